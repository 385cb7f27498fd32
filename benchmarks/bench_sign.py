"""A PDF and an XML signature on a SoftHSM token, beside its bare operation and pyHanko's plain call."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from asn1crypto import x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.demo.pki import DemoAuthority
from app.demo.tokens import Holder, make_token
from app.records.types import SigningRole
from app.signing.appearance import appearance_for
from app.signing.discovery import find_tokens
from app.signing.pdf import sign_pdf
from app.signing.pkcs11 import Signer, open_token
from app.signing.xml import sign_xml
from app.workflows.freezing import render
from benchmarks.material import ISSUED_AT, transcripts
from benchmarks.timing import Row, medians

PIN = "123456"


def rows() -> list[Row]:
    """Own overhead is the whole signature less the bare operation of the same round."""
    with tempfile.TemporaryDirectory() as folder, _signer(Path(folder)) as signer:
        bare, pdf, xml, plain = medians(_works(signer), rounds=25)
    return [
        Row("PDF signature with a SoftHSM token", pdf, None, "bare token operation", bare),
        Row("PDF signature, own part", pdf - bare, 0.015, "pyHanko's plain call, own part", plain - bare),
        Row("XML signature with a SoftHSM token", xml, None, "bare token operation", bare),
        Row("XML signature, own part", xml - bare, 0.015),
    ]


def _works(signer: Signer) -> list[Callable[[], object]]:
    made = render(next(transcripts()))
    role = SigningRole.TEACHER
    mark = appearance_for(role, signer.certificate, ISSUED_AT)
    return [
        lambda: signer.sign(made.xml),
        lambda: sign_pdf(made.pdf, field="GVCN", signer=signer, signed_at=ISSUED_AT, appearance=mark),
        lambda: sign_xml(made.xml, role=role, signer=signer, signed_at=ISSUED_AT),
        lambda: _plain(made.pdf, signer),
    ]


@contextmanager
def _signer(folder: Path) -> Iterator[Signer]:
    holder = Holder(DemoAuthority.create(), "Nguyễn Thị Thử")
    made = make_token(folder, label="BENCH", pin=PIN, so_pin=PIN, holders=[holder])
    token = next(found for found in find_tokens([made.module]) if found.serial == made.serial)
    with open_token(token, PIN) as session:
        yield session.signer(sha256(made.certificates[0]).hexdigest())


class _PlainSigner(signers.Signer):
    """pyHanko's signer over the same token."""

    def __init__(self, signer: Signer) -> None:
        certificate = x509.Certificate.load(signer.certificate.der)
        registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        super().__init__(signing_cert=certificate, cert_registry=registry)
        self._signer = signer

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return bytes(256) if dry_run else self._signer.sign(data)


def _plain(pdf: bytes, signer: Signer) -> BytesIO:
    metadata = signers.PdfSignatureMetadata(
        field_name="GVCN", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    out = BytesIO()
    signers.sign_pdf(
        IncrementalPdfFileWriter(BytesIO(pdf)), metadata, signer=_PlainSigner(signer), output=out
    )
    return out
