"""What happens to a sealed PDF when the network is back: a document time stamp, then validation data.

Both are further revisions, written by pyHanko as any neighbour would; the PDF must stay PDF/A and signed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Final

from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore

VALID: Final = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC))


def stamping_authority() -> DummyTimeStamper:
    """A time-stamp authority of its own, made for one run."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.COMMON_NAME, "Dấu thời gian mẫu"),
        ]
    )
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID[0])
        .not_valid_after(VALID[1])
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return DummyTimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        asn1_keys.PrivateKeyInfo.load(secret),
    )


def with_time_stamp(pdf: bytes, authority: DummyTimeStamper) -> bytes:
    """The PDF with one more revision: a document time stamp over all of it."""
    out = BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    PdfTimeStamper(authority).timestamp_pdf(writer, "sha256", output=out)
    return out.getvalue()


def with_validation_data(pdf: bytes, certificates: Sequence[bytes]) -> bytes:
    """The PDF with one more revision: a document security store that holds these DER certificates."""
    file = BytesIO(pdf)
    contents = PdfFileReader(file).embedded_signatures[0].pkcs7_content
    known = [asn1_x509.Certificate.load(der) for der in certificates]
    DocumentSecurityStore.add_dss(file, contents, certs=known, force_write=True)
    return file.getvalue()
