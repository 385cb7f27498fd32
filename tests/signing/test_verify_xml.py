"""Verdicts on data files: genuine, tampered, wrapped, signed in the wrong order or the wrong place."""

from __future__ import annotations

import base64
import copy
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, SignatureConstructionMethod
from signxml.signer import XMLSigner

from app.demo.pki import DemoAuthority
from app.errors import UserError
from app.records.types import SigningRole
from app.signing.pkcs11 import Signer
from app.signing.reports import Verdict
from app.signing.slots import Slot
from app.signing.trust import Trust
from app.signing.verify import verify_bytes, verify_path
from app.signing.xades import DS
from app.signing.xml import sign_slot
from tests.signing.conftest import EXPIRED, Kit
from tests.signing.samples import SIGNED_AT, sample_xml, signed_xml

ROLES = list(SigningRole)
INFO = "DU_LIEU_HOC_BA/THONG_TIN_HOC_BA"
TEACHER_SLOT = "DU_LIEU_HOC_BA/DANH_SACH_THONG_TIN_KY/GVCN"
SEAL_SLOT = "PHAT_HANH_HOC_BA/KY_PHAT_HANH"
LEADER_SLOT = "PHAT_HANH_HOC_BA/KY_DUYET_HOC_BA/CBQL"


def verdict(data: bytes, kit: Kit) -> Verdict:
    return verify_bytes(data, name="x.xml", trust=kit.trust).verdict


def at(root: etree._Element, path: str) -> etree._Element:
    element = root.find(path)
    assert element is not None
    return element


def test_a_sealed_file_is_reported_in_full(sealed_xml: bytes, kit: Kit) -> None:
    report = verify_bytes(sealed_xml, name="x.xml", trust=kit.trust)
    assert report.verdict is Verdict.VALID_UNKNOWN_STATUS
    assert [item.role for item in report.signatures] == ["teacher", "leader", "seal"]
    for item in report.signatures:
        assert (item.integrity, item.certificate_status, item.level) == ("intact", "unknown", "B-B")
        assert (item.time, item.time_source, item.covers_all) == (SIGNED_AT, "signer", True)


@pytest.mark.parametrize("count", [1, 2])
def test_a_partly_signed_file_is_genuine_and_says_so(
    signers: dict[str, Signer], kit: Kit, count: int
) -> None:
    data = signed_xml(sample_xml(), signers, ROLES[:count], chain=kit.authority.chain[:1])
    report = verify_bytes(data, name="x.xml", trust=kit.trust)
    assert report.verdict is Verdict.VALID_UNKNOWN_STATUS
    assert "chờ" in report.message


def test_curve_and_long_keys(signers: dict[str, Signer], kit: Kit) -> None:
    signers = {**signers, "teacher": signers["SƠN ĐƯỜNG CONG"], "leader": signers["DANH KHÓA DÀI"]}
    data = signed_xml(sample_xml(), signers, ROLES, chain=kit.authority.chain[:1])
    assert verdict(data, kit) is Verdict.VALID_UNKNOWN_STATUS


def test_changed_bytes_are_noticed(sealed_xml: bytes, kit: Kit) -> None:
    """Every fifth letter of the signed data; elsewhere a change must at least not be called valid data."""
    end = sealed_xml.index(b"<DANH_SACH_THONG_TIN_KY>")
    for place in range(sealed_xml.index(b"<DU_LIEU"), end, 5):
        changed = bytearray(sealed_xml)
        changed[place] ^= 0x01
        assert verdict(bytes(changed), kit) in (Verdict.INVALID, Verdict.UNREADABLE), place


@pytest.mark.parametrize(
    "part",
    [
        b"<ds:SignatureValue>",
        b"<ds:DigestValue>",
        b"<xades:SigningTime>2",
        b"<ds:X509Certificate>MII",
        b'CertDigest><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha2',
    ],
)
def test_changed_signatures_are_noticed(sealed_xml: bytes, kit: Kit, part: bytes) -> None:
    for start in (sealed_xml.index(part), sealed_xml.rindex(part)):
        changed = bytearray(sealed_xml)
        changed[start + len(part)] ^= 0x01
        assert verdict(bytes(changed), kit) is Verdict.INVALID


def wrap_by_second_element(root: etree._Element) -> None:
    """The classic: the signed element hides elsewhere, a forged one stands in its place."""
    info = at(root, INFO)
    forged = copy.deepcopy(info)
    forged[0].text = "Người Khác"
    data = at(root, "DU_LIEU_HOC_BA")
    data.replace(info, forged)
    at(root, "PHAT_HANH_HOC_BA").append(info)


def wrap_without_id(root: etree._Element) -> None:
    wrap_by_second_element(root)
    del at(root, INFO).attrib["Id"]


def wrap_whole_data(root: etree._Element) -> None:
    data = at(root, "DU_LIEU_HOC_BA")
    forged = copy.deepcopy(data)
    forged[0][0].text = "Người Khác"
    forged.set("Id", "data2")
    forged[0].set("Id", "thongtinhocba2")
    root.replace(data, forged)
    etree.SubElement(at(root, "PHAT_HANH_HOC_BA"), "KHAC").append(data)


def wrap_in_object(root: etree._Element) -> None:
    info = at(root, INFO)
    forged = copy.deepcopy(info)
    forged[0].text = "Người Khác"
    forged.set("Id", "khac")
    at(root, "DU_LIEU_HOC_BA").replace(info, forged)
    signature = at(root, TEACHER_SLOT)[0]
    etree.SubElement(signature, "{http://www.w3.org/2000/09/xmldsig#}Object").append(info)


def duplicate_id(root: etree._Element) -> None:
    etree.SubElement(at(root, "PHAT_HANH_HOC_BA"), "KHAC", Id="thongtinhocba")


def duplicate_id_on_root(root: etree._Element) -> None:
    root.set("Id", "thongtinhocba")


def second_data_element(root: etree._Element) -> None:
    root.insert(0, root.makeelement("DU_LIEU_HOC_BA"))


def loose_text(root: etree._Element) -> None:
    at(root, "PHAT_HANH_HOC_BA").text = "Đã lên lớp"


def loose_attribute(root: etree._Element) -> None:
    at(root, "PHAT_HANH_HOC_BA").set("trangthai", "1")


def loose_element(root: etree._Element) -> None:
    etree.SubElement(at(root, "PHAT_HANH_HOC_BA"), "ghichu").text = "Đã lên lớp"


def comment_in_a_value(root: etree._Element) -> None:
    """Canonical XML leaves comments out, so the digest still fits; a reader of `text` sees half a name."""
    name = at(root, f"{INFO}/hovaten")
    text = name.text or ""
    name.text = text[:3]
    comment = etree.Comment("")
    comment.tail = text[3:]
    name.append(comment)


def swapped_slots(root: etree._Element) -> None:
    """The leader's signature of #data in the teacher's slot."""
    at(root, TEACHER_SLOT)[:] = [copy.deepcopy(at(root, LEADER_SLOT)[0])]


def signature_elsewhere(root: etree._Element) -> None:
    etree.SubElement(root[1], "KHAC").append(at(root, LEADER_SLOT)[0])


@pytest.mark.parametrize(
    "attack",
    [
        wrap_by_second_element,
        wrap_without_id,
        wrap_whole_data,
        wrap_in_object,
        duplicate_id,
        duplicate_id_on_root,
        second_data_element,
        loose_text,
        loose_attribute,
        loose_element,
        comment_in_a_value,
        swapped_slots,
        signature_elsewhere,
    ],
)
@pytest.mark.parametrize("count", [1, 3])
def test_what_is_read_must_be_what_was_signed(
    signers: dict[str, Signer], kit: Kit, attack: Callable[[etree._Element], None], count: int
) -> None:
    if attack in (swapped_slots, signature_elsewhere):
        count = max(count, 2)  # needs the leader's signature
    data = signed_xml(sample_xml(), signers, ROLES[:count], chain=kit.authority.chain[:1])
    root = etree.fromstring(data)
    attack(root)
    assert verdict(etree.tostring(root), kit) is Verdict.INVALID


@pytest.mark.parametrize("roles", [["leader"], ["seal"], ["teacher", "seal"], ["leader", "seal"]])
def test_a_missing_earlier_signature_is_invalid(
    signers: dict[str, Signer], kit: Kit, roles: list[str]
) -> None:
    chain = kit.authority.chain[:1]
    data = signed_xml(sample_xml(), signers, [SigningRole(role) for role in roles], chain=chain)
    report = verify_bytes(data, name="x.xml", trust=kit.trust)
    assert report.verdict is Verdict.INVALID
    assert report.message.startswith("Thứ tự ký sai")


def test_a_teacher_who_signs_after_the_leader_breaks_the_leaders_signature(
    signers: dict[str, Signer], kit: Kit
) -> None:
    order = [SigningRole.LEADER, SigningRole.TEACHER]
    data = signed_xml(sample_xml(), signers, order, chain=kit.authority.chain[:1])
    assert verdict(data, kit) is Verdict.INVALID


def test_each_role_must_sign_its_own_part(signers: dict[str, Signer], kit: Kit) -> None:
    chain = kit.authority.chain[:1]
    data = signed_xml(sample_xml(), signers, ROLES[:1], chain=chain)
    narrow = Slot("CBQL", (LEADER_SLOT,), "thongtinhocba")
    data = sign_slot(data, slot=narrow, signer=signers["leader"], signed_at=SIGNED_AT, chain=chain)
    assert verdict(data, kit) is Verdict.INVALID


def test_another_certificate_for_the_same_key_is_noticed(signers: dict[str, Signer], kit: Kit) -> None:
    data = signed_xml(sample_xml(), signers, ROLES[:1], chain=kit.authority.chain[:1])
    own = signers["teacher"].certificate.der
    key = x509.load_der_x509_certificate(own).public_key()
    other = kit.authority.issue(key, "KẺ MẠO DANH")
    swapped = data.replace(base64.b64encode(own), base64.b64encode(other))
    assert swapped != data
    assert verdict(swapped, kit) is Verdict.INVALID


def test_an_unknown_authority_is_untrusted(sealed_xml: bytes) -> None:
    stranger = Trust(anchors=(DemoAuthority.create().chain[-1],))
    assert verify_bytes(sealed_xml, name="x.xml", trust=stranger).verdict is Verdict.UNTRUSTED


def test_an_expired_certificate_is_reported(
    signers: dict[str, Signer], kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.signing.xml.check_usable", lambda certificate, at: None)
    signers = {**signers, "teacher": signers["LÝ HẾT HẠN"]}
    late = EXPIRED + timedelta(days=1)
    data = signed_xml(sample_xml(), signers, ROLES[:1], at=late, chain=kit.authority.chain[:1])
    report = verify_bytes(data, name="x.xml", trust=kit.trust)
    assert (report.verdict, report.signatures[0].certificate_status) == (Verdict.INVALID, "expired")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (sample_xml(), Verdict.UNSIGNED),
        (b"<a/>", Verdict.UNSIGNED),
        (b"<a>", Verdict.UNREADABLE),
        (b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', Verdict.UNREADABLE),
    ],
)
def test_files_without_signatures(kit: Kit, data: bytes, expected: Verdict) -> None:
    assert verdict(data, kit) is expected


def test_a_subject_teachers_signature_covers_one_subject(signers: dict[str, Signer], kit: Kit) -> None:
    xml = sample_xml().replace(b"<DANH_SACH_GVBM>", b'<DANH_SACH_GVBM><GVBM Id="gv1"></GVBM>')
    slot = Slot("GVBM", ("DU_LIEU_HOC_BA/DANH_SACH_THONG_TIN_KY/DANH_SACH_GVBM/GVBM",), "diem-TOAN")
    chain = kit.authority.chain[:1]
    data = sign_slot(xml, slot=slot, signer=signers["SƠN ĐƯỜNG CONG"], signed_at=SIGNED_AT, chain=chain)
    report = verify_bytes(data, name="x.xml", trust=kit.trust)
    assert report.verdict is Verdict.VALID_UNKNOWN_STATUS
    assert [(item.role, item.covers_all) for item in report.signatures] == [("subject_teacher", False)]
    data = signed_xml(data, signers, ROLES, chain=chain)
    assert verdict(data, kit) is Verdict.VALID_UNKNOWN_STATUS


def test_a_signed_package_of_another_kind(signers: dict[str, Signer], kit: Kit) -> None:
    xml = b'<GOI><DU_LIEU Id="goi"><hoc_ba>1</hoc_ba></DU_LIEU><CHU_KY></CHU_KY></GOI>'
    slot = Slot("CHU_KY", ("CHU_KY",), "goi")
    chain = kit.authority.chain[:1]
    data = sign_slot(xml, slot=slot, signer=signers[SigningRole.SEAL], signed_at=SIGNED_AT, chain=chain)
    report = verify_bytes(data, name="x.xml", trust=kit.trust)
    assert report.verdict is Verdict.VALID_UNKNOWN_STATUS
    assert report.signatures[0].covers_all
    assert verdict(data.replace(b"<hoc_ba>1", b"<hoc_ba>2"), kit) is Verdict.INVALID


@pytest.mark.parametrize("method", ["REC-xml-c14n-20010315", "xml-exc-c14n#", "xml-c14n11"])
def test_a_plain_enveloped_signature_of_another_tool(kit: Kit, method: str) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    der = kit.authority.issue(key.public_key(), "MÁY KHÁC")
    algorithm = next(item for item in CanonicalizationMethod if item.value.endswith(method))
    signer = XMLSigner(method=SignatureConstructionMethod.enveloped, c14n_algorithm=algorithm)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificates = [x509.load_der_x509_certificate(item) for item in (der, kit.authority.chain[0])]
    root = etree.fromstring('<a xmlns:x="urn:x"><b>nội dung</b></a>')
    data = etree.tostring(signer.sign(root, key=pem, cert=certificates), encoding="utf-8")
    report = verify_bytes(data, name="x.xml", trust=kit.trust)
    assert report.verdict is Verdict.VALID_UNKNOWN_STATUS
    assert (report.signatures[0].level, report.signatures[0].time_source) == ("", "")
    assert verdict(data.replace("nội dung".encode(), b"khac"), kit) is Verdict.INVALID


def test_paths_are_files_and_folders(sealed_xml: bytes, sealed_pdf: bytes, kit: Kit, tmp_path: Path) -> None:
    folder = tmp_path / "lớp 3A"
    folder.mkdir()
    (folder / "b.xml").write_bytes(sealed_xml)
    (folder / "a.PDF").write_bytes(sealed_pdf)
    (folder / "index.html").write_bytes(b"<p>")
    reports = verify_path(tmp_path, kit.trust)
    assert [Path(report.file).name for report in reports] == ["a.PDF", "b.xml"]
    assert {report.verdict for report in reports} == {Verdict.VALID_UNKNOWN_STATUS}
    assert verify_path(folder / "index.html", kit.trust)[0].verdict is Verdict.UNREADABLE
    with pytest.raises(UserError) as caught:
        verify_path(tmp_path / "không có", kit.trust)
    assert caught.value.code == "signing.file_missing"


def test_leader_and_seal_cannot_change_places(sealed_xml: bytes, kit: Kit) -> None:
    """Both sign the same element; only the signed role says which slot is whose."""
    root = etree.fromstring(sealed_xml)
    leader, seal = at(root, LEADER_SLOT), at(root, SEAL_SLOT)
    first, second = leader[0], seal[0]
    leader.append(second)
    seal.append(first)
    forged = etree.tostring(root, method="c14n")
    report = verify_bytes(forged, name="x.xml", trust=kit.trust)
    assert report.verdict is Verdict.INVALID
    assert [item.integrity for item in report.signatures] == ["intact", "broken", "broken"]


@pytest.mark.parametrize("tail", [b"x", bytes(3), b"<a/>", b"<!-- note -->", b"<?note x?>"], ids=repr)
def test_content_after_the_end_is_invalid(sealed_xml: bytes, kit: Kit, tail: bytes) -> None:
    assert verdict(sealed_xml + tail, kit) is Verdict.INVALID


def test_a_relative_namespace_is_broken_and_no_bug(sealed_xml: bytes, kit: Kit) -> None:
    """libxml2 refuses to canonicalise such a namespace."""
    changed = sealed_xml.replace(b'xmlns:xades="http://', b'xmlns:xades="xttp_//', 1)
    assert verdict(changed, kit) is Verdict.INVALID


def test_enclosed_certificates_and_values_are_exact(signers: dict[str, Signer], kit: Kit) -> None:
    """No signature protects them, so what changes them must be noticed otherwise."""
    data = signed_xml(sample_xml(), signers, ROLES, chain=kit.authority.chain[:1])
    trust = Trust().including(kit.authority.chain)
    root = etree.fromstring(data)
    enclosed = at(root, SEAL_SLOT).findall(f".//{{{DS}}}X509Certificate")[1]
    text = enclosed.text or ""
    for place in range(0, len(text) - 4, 97):
        other = "A" if text[place] != "A" else "B"
        enclosed.text = text[:place] + other + text[place + 1 :]
        changed = etree.tostring(root, method="c14n")
        assert not verify_bytes(changed, name="x.xml", trust=trust).verdict.startswith("valid"), place
