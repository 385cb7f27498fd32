import eu.europa.esig.dss.diagnostic.DiagnosticData;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.enumerations.SubIndication;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonCertificateSource;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Validates signed PDF and XML files against the given trust anchors, offline.
 * Arguments: anchors.pem, chain.pem (certificates that are not trusted by themselves), then files.
 * One JSON line for each file: file, signatures[].
 */
public final class DssCheck {
    private DssCheck() {}

    public static void main(String[] arguments) throws Exception {
        CommonTrustedCertificateSource anchors = new CommonTrustedCertificateSource();
        read(arguments[0], anchors);
        CommonCertificateSource chain = new CommonCertificateSource();
        read(arguments[1], chain);
        for (int i = 2; i < arguments.length; i++) {
            System.out.println(Json.of(check(arguments[i], anchors, chain)));
        }
    }

    private static void read(String pem, CommonCertificateSource into) throws Exception {
        try (InputStream bytes = new FileInputStream(pem)) {
            for (Certificate found : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
                into.addCertificate(new CertificateToken((X509Certificate) found));
            }
        }
    }

    /**
     * DSS's own policy with one change: revocation data may be missing, because level B carries none and this
     * runs offline. Changes after signing are only a warning there, so they are listed for the caller to judge.
     */
    private static InputStream policy() throws IOException {
        try (InputStream bytes = DssCheck.class.getResourceAsStream("/policy/constraint.xml")) {
            String text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
            String own = text.replace("<RevocationDataAvailable Level=\"FAIL\"", "<RevocationDataAvailable Level=\"INFORM\"")
                    .replace("<AcceptableRevocationDataFound Level=\"FAIL\"", "<AcceptableRevocationDataFound Level=\"INFORM\"");
            return new ByteArrayInputStream(own.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Map<String, Object> check(
            String file, CommonTrustedCertificateSource anchors, CommonCertificateSource chain) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("file", file);
        try {
            DSSDocument document = new FileDocument(file);
            SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(document);
            CommonCertificateVerifier verifier = new CommonCertificateVerifier();
            verifier.setTrustedCertSources(anchors);
            verifier.setAdjunctCertSources(chain);
            validator.setCertificateVerifier(verifier);
            try (InputStream policy = policy()) {
                answer.put("signatures", signatures(validator.validateDocument(policy)));
            }
        } catch (Exception | Error problem) {
            answer.put("error", problem.toString());
            answer.put("signatures", List.of());
        }
        return answer;
    }

    private static List<Object> signatures(Reports reports) {
        DiagnosticData data = reports.getDiagnosticData();
        SimpleReport report = reports.getSimpleReport();
        List<Object> answer = new ArrayList<>();
        for (SignatureWrapper signature : data.getSignatures()) {
            answer.add(describe(signature, report));
        }
        return answer;
    }

    private static Map<String, Object> describe(SignatureWrapper signature, SimpleReport report) {
        String id = signature.getId();
        SubIndication why = report.getSubIndication(id);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("signer", report.getSignedBy(id));
        answer.put("field", signature.getFirstFieldName());
        answer.put("level", String.valueOf(signature.getSignatureFormat()));
        answer.put("indication", String.valueOf(report.getIndication(id)));
        answer.put("sub_indication", why == null ? "" : why.toString());
        answer.put("intact", signature.isSignatureIntact() && signature.isSignatureValid());
        answer.put("trusted", signature.isTrustedChain());
        answer.put("scopes", signature.getSignatureScopes().size());
        answer.put("modified", signature.getPdfUndefinedChanges().stream()
                .map(change -> change.getValue() + " " + change.getAction()).toList());
        return answer;
    }
}
