"""Verdicts on PDFs: genuine, tampered, appended to, signed by strangers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils.generic import DictionaryObject, NameObject, TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner
from pyhanko.sign.signers import sign_pdf as pyhanko_sign
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.demo.pki import DemoAuthority
from app.records.types import SigningRole
from app.signing.pdf_update import Update
from app.signing.pkcs11 import Signer
from app.signing.reports import Verdict
from app.signing.trust import Trust
from app.signing.verify import verify_bytes
from tests.signing.conftest import EXPIRED, Kit
from tests.signing.samples import SIGNED_AT, sample_pdf, signed_pdf

ROLES = list(SigningRole)


def verdict(data: bytes, kit: Kit) -> Verdict:
    return verify_bytes(data, name="x.pdf", trust=kit.trust).verdict


def test_a_sealed_document_is_reported_in_full(sealed_pdf: bytes, kit: Kit) -> None:
    report = verify_bytes(sealed_pdf, name="x.pdf", trust=kit.trust)
    assert report.verdict is Verdict.VALID_UNKNOWN_STATUS
    assert [item.role for item in report.signatures] == ["teacher", "leader", "seal"]
    for item in report.signatures:
        assert (item.integrity, item.certificate_status, item.level) == ("intact", "unknown", "B-B")
        assert (item.time, item.time_source, item.covers_all) == (SIGNED_AT, "signer", True)
        assert "CA cấp dưới" in item.issuer
    assert "CN=THẠCH THỊ SA RÂY" in report.signatures[0].subject
    assert report.message.endswith("đã đủ chữ ký và dấu của nhà trường.")


@pytest.mark.parametrize("count", [1, 2])
def test_a_partly_signed_document_is_genuine_and_says_so(
    signers: dict[str, Signer], kit: Kit, count: int
) -> None:
    data = signed_pdf(sample_pdf(), signers, ROLES[:count], chain=kit.authority.chain[:1])
    report = verify_bytes(data, name="x.pdf", trust=kit.trust)
    assert report.verdict is Verdict.VALID_UNKNOWN_STATUS
    assert "chờ" in report.message


def test_without_the_intermediate_the_path_comes_from_the_trust(signers: dict[str, Signer], kit: Kit) -> None:
    data = signed_pdf(sample_pdf(), signers, ROLES[:1])
    assert verdict(data, kit) is Verdict.UNTRUSTED
    with_sub_ca = Trust().including(kit.authority.chain)
    assert (len(with_sub_ca.anchors), len(with_sub_ca.intermediates)) == (1, 1)
    report = verify_bytes(data, name="x.pdf", trust=with_sub_ca)
    assert report.verdict is Verdict.VALID_UNKNOWN_STATUS


def test_an_unknown_authority_is_untrusted(sealed_pdf: bytes, kit: Kit) -> None:
    stranger = Trust(anchors=(DemoAuthority.create().chain[-1],))
    report = verify_bytes(sealed_pdf, name="x.pdf", trust=stranger)
    assert report.verdict is Verdict.UNTRUSTED
    assert {item.certificate_status for item in report.signatures} == {"untrusted"}
    assert verify_bytes(sealed_pdf, name="x.pdf", trust=Trust()).verdict is Verdict.UNTRUSTED


def test_every_changed_byte_is_noticed(sealed_pdf: bytes, kit: Kit) -> None:
    """Any byte of the whole file, also in the padding of the signatures and the enclosed certificates."""
    step = max(1, len(sealed_pdf) // 60)
    for place in [*range(20, len(sealed_pdf), step), len(sealed_pdf) - 8]:
        changed = bytearray(sealed_pdf)
        changed[place] ^= 0x01
        answer = verdict(bytes(changed), kit)
        assert answer in (Verdict.INVALID, Verdict.UNREADABLE, Verdict.UNTRUSTED), place


@pytest.mark.parametrize(
    "tail",
    [b"\n", b"x", b"\n% note\n", b"\n%%EOF\n", b"<html></html>", bytes(2000)],
    ids=lambda tail: repr(tail[:12]),
)
def test_bytes_after_the_end_are_invalid(sealed_pdf: bytes, kit: Kit, tail: bytes) -> None:
    assert verdict(sealed_pdf + tail, kit) is Verdict.INVALID


def test_a_message_that_takes_in_its_padding_is_broken(sealed_pdf: bytes, kit: Kit) -> None:
    """The outermost length of the last signature, which nothing protects, made greater."""
    begin = sealed_pdf.rindex(b"/Contents <3082") + len(b"/Contents <3082")
    length = int(sealed_pdf[begin : begin + 4], 16)
    changed = sealed_pdf[:begin] + b"%04x" % (length + 256) + sealed_pdf[begin + 4 :]
    assert verdict(changed, kit) is Verdict.INVALID


def test_a_cut_file_that_was_signed_is_invalid(sealed_pdf: bytes, kit: Kit) -> None:
    assert verdict(sealed_pdf[:-10], kit) is Verdict.INVALID
    assert verdict(sealed_pdf[: sealed_pdf.index(b"%%EOF")], kit) is Verdict.UNREADABLE


def test_a_changed_enclosed_certificate_is_noticed(signers: dict[str, Signer], kit: Kit) -> None:
    """The last signature's chain is under no signature, and the path may come from the trust instead."""
    data = signed_pdf(sample_pdf(), signers, ROLES, chain=kit.authority.chain)
    trust = Trust().including(kit.authority.chain)
    assert verify_bytes(data, name="x.pdf", trust=trust).verdict is Verdict.VALID_UNKNOWN_STATUS
    for certificate in kit.authority.chain:
        text = certificate.hex().encode()
        begin = data.rindex(text)
        for place in range(begin + 9, begin + len(text), 83):
            changed = bytearray(data)
            changed[place] = ord("0") if changed[place] != ord("0") else ord("1")
            answer = verify_bytes(bytes(changed), name="x.pdf", trust=trust).verdict
            assert not answer.startswith("valid"), place - begin


def test_a_copied_last_line_does_not_hide_appended_bytes(sealed_pdf: bytes, kit: Kit) -> None:
    last = sealed_pdf[sealed_pdf.rindex(b"startxref") :]
    assert verdict(sealed_pdf + b"junk\n" + last, kit) is Verdict.INVALID


def append(data: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """The PDF with a further, unsigned revision."""
    writer = IncrementalPdfFileWriter(BytesIO(data))
    change(writer)
    result = BytesIO()
    writer.write(result)  # type: ignore[no-untyped-call]
    return result.getvalue()


def _new_page_content(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    content = page["/Contents"]
    content = content[0] if isinstance(content, list) else content
    content.get_object()._data = b"BT ET"
    content.get_object()._encoded_data = None
    writer.mark_update(page.raw_get("/Contents"))


def _other_title(writer: IncrementalPdfFileWriter) -> None:
    writer.set_info(
        writer.add_object(DictionaryObject({NameObject("/Title"): TextStringObject("khác")}))  # type: ignore[no-untyped-call]
    )


def _catalog_entry(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/OpenAction"] = DictionaryObject({NameObject("/S"): NameObject("/JavaScript")})  # type: ignore[no-untyped-call]
    writer.update_root()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("change", [_new_page_content, _other_title, _catalog_entry])
@pytest.mark.parametrize("count", [1, 3])
def test_a_revision_that_changes_the_document_is_invalid(
    signers: dict[str, Signer], kit: Kit, change: Callable[[IncrementalPdfFileWriter], None], count: int
) -> None:
    data = signed_pdf(sample_pdf(), signers, ROLES[:count], chain=kit.authority.chain[:1])
    assert verdict(append(data, change), kit) is Verdict.INVALID


def test_a_change_between_two_signatures_is_invalid(signers: dict[str, Signer], kit: Kit) -> None:
    data = signed_pdf(sample_pdf(), signers, ROLES[:1], chain=kit.authority.chain[:1])
    data = signed_pdf(append(data, _new_page_content), signers, ROLES[1:2], chain=kit.authority.chain[:1])
    report = verify_bytes(data, name="x.pdf", trust=kit.trust)
    assert report.verdict is Verdict.INVALID
    assert not any(item.covers_all for item in report.signatures)


@pytest.mark.parametrize(
    "roles", [["leader"], ["seal"], ["leader", "teacher"], ["teacher", "seal", "leader"]]
)
def test_the_order_of_signers_is_checked(signers: dict[str, Signer], kit: Kit, roles: list[str]) -> None:
    data = signed_pdf(
        sample_pdf(), signers, [SigningRole(role) for role in roles], chain=kit.authority.chain[:1]
    )
    report = verify_bytes(data, name="x.pdf", trust=kit.trust)
    assert report.verdict is Verdict.INVALID
    assert report.message.startswith("Thứ tự ký sai")


def test_a_certificate_must_be_valid_when_it_signed(signers: dict[str, Signer], kit: Kit) -> None:
    signers = {**signers, "teacher": signers["LÝ HẾT HẠN"]}
    before = EXPIRED - timedelta(days=30)
    good = signed_pdf(sample_pdf(), signers, ROLES[:1], at=before, chain=kit.authority.chain[:1])
    assert verdict(good, kit) is Verdict.VALID_UNKNOWN_STATUS, "expired today, valid when it signed"


def test_an_expired_certificate_is_reported(
    signers: dict[str, Signer], kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.signing.pdf.check_usable", lambda certificate, at: None)
    signers = {**signers, "teacher": signers["LÝ HẾT HẠN"]}
    for hours, expected, status in (
        (6, Verdict.VALID_UNKNOWN_STATUS, "unknown"),  # local time written as UTC: tolerated
        (8, Verdict.INVALID, "expired"),
    ):
        at = EXPIRED + timedelta(hours=hours)
        data = signed_pdf(sample_pdf(), signers, ROLES[:1], at=at, chain=kit.authority.chain[:1])
        report = verify_bytes(data, name="x.pdf", trust=kit.trust)
        assert (report.verdict, report.signatures[0].certificate_status) == (expected, status)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (sample_pdf(), Verdict.UNSIGNED),
        (b"", Verdict.UNREADABLE),
        (b"%PDF-1.7\n", Verdict.UNREADABLE),
        (b"PK\x03\x04 not a document", Verdict.UNREADABLE),
    ],
)
def test_documents_without_signatures(kit: Kit, data: bytes, expected: Verdict) -> None:
    report = verify_bytes(data, name="x", trust=kit.trust)
    assert (report.verdict, report.signatures) == (expected, ())


def test_a_truncated_document_is_never_valid(sealed_pdf: bytes, kit: Kit) -> None:
    for size in (10, 1000, len(sealed_pdf) // 2, len(sealed_pdf) - 1):
        assert verdict(sealed_pdf[:size], kit) in (Verdict.INVALID, Verdict.UNREADABLE)


def test_a_document_cut_back_to_a_signed_revision_is_partly_signed(sealed_pdf: bytes, kit: Kit) -> None:
    ends = [match.end() for match in re.finditer(rb"%%EOF\n", sealed_pdf)]
    report = verify_bytes(sealed_pdf[: ends[1]], name="x.pdf", trust=kit.trust)
    assert [item.role for item in report.signatures] == ["teacher"]


def test_the_moment_of_verifying_is_a_parameter(sealed_pdf: bytes, kit: Kit) -> None:
    later = datetime(2060, 1, 1, tzinfo=UTC)
    report = verify_bytes(sealed_pdf, name="x.pdf", trust=kit.trust, at=later)
    assert report.verdict is Verdict.VALID_UNKNOWN_STATUS


def sign_elsewhere(pdf: bytes, field: str, kit: Kit) -> bytes:
    """Sign with pyHanko's own signer, which also touches metadata and the catalogue."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    der = kit.authority.issue(key.public_key(), "PHẦN MỀM KHÁC")
    pem = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register(asn1_x509.Certificate.load(kit.authority.chain[0]))
    signer = SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(der),
        signing_key=asn1_keys.PrivateKeyInfo.load(pem),
        cert_registry=store,
    )
    meta = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    result: BytesIO = pyhanko_sign(IncrementalPdfFileWriter(BytesIO(pdf)), meta, signer=signer)
    return result.getvalue()


@pytest.mark.parametrize("tagged", [False, True])
def test_another_program_may_sign_the_next_field(signers: dict[str, Signer], kit: Kit, tagged: bool) -> None:
    chain = kit.authority.chain[:1]
    data = signed_pdf(sample_pdf(tagged=tagged), signers, ROLES[:1], chain=chain)
    data = sign_elsewhere(data, "CBQL", kit)
    data = signed_pdf(data, signers, ROLES[2:], chain=chain)
    report = verify_bytes(data, name="x.pdf", trust=kit.trust)
    assert report.verdict is Verdict.VALID_UNKNOWN_STATUS
    assert [item.common_name for item in report.signatures][1] == "PHẦN MỀM KHÁC"
    assert {item.level for item in report.signatures} == {"B-B"}


@pytest.mark.parametrize("tagged", [False, True])
def test_a_signature_cannot_bring_other_changes_along(
    signers: dict[str, Signer], kit: Kit, tagged: bool
) -> None:
    """A revision that fills a field and, in the same breath, moves it or changes its look."""
    chain = kit.authority.chain[:1]
    first = signed_pdf(sample_pdf(tagged=tagged), signers, ROLES[:1], chain=chain)
    for key, change in (("/Rect", b"[0 0 595 842]"), ("/MK", b"<< >>")):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("app.signing.pdf._fill_field", _filling(key, change))
            data = signed_pdf(first, signers, ROLES[1:2], chain=chain)
        assert verdict(data, kit) is Verdict.INVALID, key


def _filling(key: str, change: bytes) -> Callable[[Update, DictionaryObject, int, int], None]:
    def fill(update: Update, widget: DictionaryObject, signature: int, appearance: int) -> None:
        changes = {
            "/V": b"%d 0 R" % signature,
            "/AP": b"<< /N %d 0 R >>" % appearance,
            "/F": b"4",
            key: change,
        }
        update.replace(widget, changes)

    return fill
