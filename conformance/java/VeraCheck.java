import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Checks PDF files against PDF/A-3b; one JSON line for each file: file, flavour, compliant, failed[]. */
public final class VeraCheck {
    private VeraCheck() {}

    public static void main(String[] files) {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            System.out.println(Json.of(check(file)));
        }
    }

    private static Map<String, Object> check(String file) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("file", file);
        PDFAFlavour flavour = PDFAFlavour.PDFA_3_B;
        try (InputStream bytes = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(bytes, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            answer.put("flavour", result.getPDFAFlavour().toString());
            answer.put("compliant", result.isCompliant());
            answer.put("failed", failedRules(result));
        } catch (Exception | Error problem) {
            answer.put("compliant", false);
            answer.put("failed", List.of("unreadable: " + problem));
        }
        return answer;
    }

    private static List<String> failedRules(ValidationResult result) {
        Map<String, String> rules = new LinkedHashMap<>();
        for (TestAssertion test : result.getTestAssertions()) {
            if (test.getStatus() == TestAssertion.Status.FAILED) {
                String rule = test.getRuleId().getClause() + "-" + test.getRuleId().getTestNumber();
                rules.putIfAbsent(rule, rule + " " + test.getMessage());
            }
        }
        return new ArrayList<>(rules.values());
    }
}
