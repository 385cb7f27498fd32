"""XAdES signatures in the slots, with xmlsec1 and signxml as second opinions."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from lxml import etree
from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier

from app.errors import TokenProblem, UserError
from app.records.types import SigningRole
from app.signing.canonical import canonical
from app.signing.pkcs11 import Signer
from app.signing.slots import SLOTS, Slot
from app.signing.xml import sign_slot, sign_xml
from tests.signing.conftest import EXPIRED, Kit
from tests.signing.samples import SIGNED_AT, sample_xml, signed_xml

SLOT_NAMES = ("GVCN", "CBQL", "KY_PHAT_HANH")


def xmlsec(data: bytes, slot: str, kit: Kit, folder: Path) -> bool:
    """What xmlsec1 says of the signature in a slot."""
    (folder / "signed.xml").write_bytes(data)
    (folder / "root.pem").write_bytes(kit.authority.root_pem)
    ids = ("DU_LIEU_HOC_BA", "THONG_TIN_HOC_BA", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties")
    command = ["xmlsec1", "--verify", "--trusted-pem", "root.pem"]
    command += ["--node-xpath", f"//{slot}/*[local-name()='Signature']"]
    command += [word for name in ids for word in ("--id-attr:Id", name)]
    return subprocess.run([*command, "signed.xml"], cwd=folder, capture_output=True).returncode == 0


def test_every_slot_satisfies_xmlsec(sealed_xml: bytes, kit: Kit, tmp_path: Path) -> None:
    for slot in SLOT_NAMES:
        assert xmlsec(sealed_xml, slot, kit, tmp_path)
    tampered = sealed_xml.replace(b"<diemktdk>9<", b"<diemktdk>8<")
    for slot in SLOT_NAMES:
        assert not xmlsec(tampered, slot, kit, tmp_path)


def test_curve_keys_satisfy_xmlsec(signers: dict[str, Signer], kit: Kit, tmp_path: Path) -> None:
    signers = {**signers, "teacher": signers["SƠN ĐƯỜNG CONG"]}
    chain = kit.authority.chain[:1]
    assert xmlsec(
        signed_xml(sample_xml(), signers, [SigningRole.TEACHER], chain=chain), "GVCN", kit, tmp_path
    )


@pytest.mark.parametrize("role", list(SigningRole))
def test_each_signature_satisfies_signxml(
    sealed_xml: bytes, signers: dict[str, Signer], role: SigningRole
) -> None:
    certificate = x509.load_der_x509_certificate(signers[role].certificate.der)
    place = SLOTS[role].paths[0].replace("*", "KY_DUYET_HOC_BA")
    results = XAdESVerifier().verify(
        sealed_xml,
        x509_cert=certificate,
        id_attribute="Id",
        expect_config=XAdESSignatureConfiguration(location=f"./{place}/", expect_references=2),
    )
    signed = [result.signed_xml.get("Id") for result in results if result.signed_xml is not None]
    assert signed[0] == SLOTS[role].reference


def test_filling_a_slot_changes_nothing_else(signers: dict[str, Signer]) -> None:
    before = sample_xml()
    after = signed_xml(before, signers, SigningRole)
    root = etree.fromstring(after)
    for slot in SLOT_NAMES:
        for element in root.findall(f".//{slot}"):
            del element[:]
    assert etree.tostring(root, method="c14n") == etree.tostring(etree.fromstring(before), method="c14n")
    head, _, tail = after.partition(b"<GVCN>")
    assert before.startswith(head)
    assert tail


def test_the_properties_name_time_and_certificate(sealed_xml: bytes) -> None:
    root = etree.fromstring(sealed_xml)
    times = root.findall(".//{http://uri.etsi.org/01903/v1.3.2#}SigningTime")
    assert [time.text for time in times] == ["2024-06-17T08:12:30+07:00"] * 3
    assert len(root.findall(".//{http://uri.etsi.org/01903/v1.3.2#}SigningCertificateV2")) == 3


def test_canonical_form_keeps_inherited_namespaces() -> None:
    text = '<a xmlns="urn:d" xmlns:p="urn:p" xml:lang="vi"><!-- x --><b z="1" y="2">t<c/>u</b>tail</a>'
    inner = etree.fromstring(text).find("{urn:d}b")
    assert inner is not None
    expected = '<b xmlns="urn:d" xmlns:p="urn:p" y="2" z="1" xml:lang="vi">t<c></c>u</b>'
    assert canonical(inner) == expected.encode()


def test_a_filled_slot_is_not_signed_again(sealed_xml: bytes, signers: dict[str, Signer]) -> None:
    for role in SigningRole:
        with pytest.raises(UserError) as caught:
            sign_xml(sealed_xml, role=role, signer=signers[role], signed_at=SIGNED_AT)
        assert caught.value.code == "signing.already_signed"


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"", "signing.xml_unreadable"),
        (b"<HOC_BA>", "signing.xml_unreadable"),
        (b'<!DOCTYPE a [<!ENTITY e "x">]><HOC_BA>&e;</HOC_BA>', "signing.xml_unreadable"),
        (b"<HOC_BA/>", "signing.slot_missing"),
        (sample_xml().replace(b'Id="thongtinhocba"', b""), "signing.slot_missing"),
        (sample_xml().replace(b'Id="diem-TOAN"', b'Id="thongtinhocba"'), "signing.slot_missing"),
    ],
)
def test_what_cannot_be_signed(signers: dict[str, Signer], xml: bytes, code: str) -> None:
    with pytest.raises(UserError) as caught:
        sign_xml(xml, role=SigningRole.TEACHER, signer=signers["teacher"], signed_at=SIGNED_AT)
    assert caught.value.code == code


def test_a_signature_never_stands_inside_what_it_signs(signers: dict[str, Signer]) -> None:
    inside = Slot("GVCN", SLOTS[SigningRole.TEACHER].paths, "data")
    with pytest.raises(UserError) as caught:
        sign_slot(sample_xml(), slot=inside, signer=signers["teacher"], signed_at=SIGNED_AT)
    assert caught.value.code == "signing.slot_missing"


def test_an_expired_certificate_does_not_sign(signers: dict[str, Signer]) -> None:
    with pytest.raises(TokenProblem) as caught:
        sign_xml(
            sample_xml(),
            role=SigningRole.TEACHER,
            signer=signers["LÝ HẾT HẠN"],
            signed_at=EXPIRED + timedelta(days=1),
        )
    assert caught.value.code == "signing.certificate_expired"
