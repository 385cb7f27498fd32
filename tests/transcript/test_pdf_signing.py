"""Signing the issued PDF with a foreign library, field by field: pdfsig, qpdf and the bytes agree."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf

from app.transcript.pdf import FIELDS, render_pdf
from app.transcript.xml import build_xml
from tests.transcript.reading import run, stored, text_of
from tests.transcript.samples import transcript


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> SimpleSigner:
    """A self-signed key that only this test knows."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Người ký thử")])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(4711)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("signer")
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    load: Any = SimpleSigner.load
    loaded = load(str(folder / "key.pem"), str(folder / "cert.pem"))
    assert isinstance(loaded, SimpleSigner)
    return loaded


def test_three_incremental_signatures_into_the_fields(signer: SimpleSigner, tmp_path: Path) -> None:
    data = transcript(4)
    pdf = render_pdf(data, xml=build_xml(data))
    before = text_of(stored(pdf, tmp_path))
    for count, field in enumerate(FIELDS, 1):
        out = io.BytesIO()
        metadata = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES)
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        sign_pdf(writer, metadata, signer, existing_fields_only=True, output=out)
        signed = out.getvalue()
        assert signed.startswith(pdf)
        pdf = signed
        path = stored(pdf, tmp_path, f"{count}.pdf")
        report = run("pdfsig", "-nocert", path)
        assert report.count("Signature is Valid.") == count
        assert report.count("Signature Field Name: " + field) == 1
    assert "Total document signed" in report
    assert text_of(path).startswith(before[:2000])
