"""PAdES signatures, with poppler's pdfsig as the second opinion."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from app.errors import TokenProblem, UserError
from app.records.types import SigningRole
from app.signing.appearance import Appearance, Style, appearance_font, appearance_for, draw
from app.signing.cms import build_cms, reserved_size
from app.signing.pdf import FIELDS, sign_pdf
from app.signing.pkcs11 import Signer
from tests.signing.conftest import EXPIRED, Kit
from tests.signing.samples import SIGNED_AT, sample_pdf, signed_pdf


def run(command: Sequence[str | Path]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def pdfsig(data: bytes, folder: Path) -> str:
    file = folder / "signed.pdf"
    file.write_bytes(data)
    return run(["pdfsig", "-nocert", file])


def sign(pdf: bytes, signer: Signer, *, field: str = "GVCN", at: datetime = SIGNED_AT) -> bytes:
    look = appearance_for(SigningRole.TEACHER, signer.certificate, at)
    return sign_pdf(pdf, field=field, signer=signer, signed_at=at, appearance=look)


@pytest.mark.parametrize("object_streams", [True, False])
def test_three_signatures_stand_beside_each_other(
    signers: dict[str, Signer], tmp_path: Path, kit: Kit, object_streams: bool
) -> None:
    pdf = sample_pdf(object_streams=object_streams)
    for count, role in enumerate(SigningRole, 1):
        longer = signed_pdf(pdf, signers, [role], chain=kit.authority.chain)
        assert longer.startswith(pdf)
        pdf = longer
        answer = pdfsig(pdf, tmp_path)
        assert answer.count("Signature is Valid") == count
        assert answer.count("ETSI.CAdES.detached") == count
        assert answer.count("Total document signed") == 1
    assert "Signature Field Name: GVCN" in answer
    assert "CN=THẠCH THỊ SA RÂY" in answer
    run(["qpdf", "--check", tmp_path / "signed.pdf"])


@pytest.mark.parametrize("name", ["DANH KHÓA DÀI", "SƠN ĐƯỜNG CONG"])
def test_other_kinds_of_keys(signers: dict[str, Signer], tmp_path: Path, name: str) -> None:
    answer = pdfsig(sign(sample_pdf(), signers[name]), tmp_path)
    assert "Signature is Valid" in answer
    assert f"Signer Certificate Common Name: {name}" in answer


def test_the_signature_fits_its_fixed_place(signers: dict[str, Signer], kit: Kit) -> None:
    for signer in signers.values():
        for chain in ((), kit.authority.chain):
            size = reserved_size(signer.certificate.der, chain)
            used = len(build_cms(signer, bytes(32), chain))
            assert used <= size - 256
            assert size < used + 2048


def test_the_mark_is_read_and_drawn_with_an_embedded_font(sealed_pdf: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sealed.pdf"
    file.write_bytes(sealed_pdf)
    text = run(["pdftotext", file, "-"])
    assert "THẠCH THỊ SA RÂY" in text
    assert text.count("2024-06-17T08:12:30+07:00") == 3
    assert "Đã ký số" in text
    fonts = [line.split() for line in run(["pdffonts", file]).splitlines()[2:]]
    assert len(fonts) == 4
    assert all(line[-5] == "yes" for line in fonts), "every font is embedded"


def test_glyph_widths_match_the_font(kit: Kit) -> None:
    info = kit.tokens["people"].certificates[0]
    font = appearance_font(appearance_for(SigningRole.TEACHER, info, SIGNED_AT))
    assert font.width("T") == pytest.approx(0.611, abs=0.001)  # Times: T is 611/1000 wide
    assert font.width("Đ") == pytest.approx(0.722, abs=0.001)
    assert re.fullmatch(r"[A-Z]{6}\+LiberationSerif", font.name)


def test_personal_marks_are_blue_and_seals_are_red(kit: Kit) -> None:
    school = kit.tokens["seal"].certificates[0]
    personal = draw(appearance_for(SigningRole.LEADER, school, SIGNED_AT), 180, 60)
    seal = draw(appearance_for(SigningRole.SEAL, school, SIGNED_AT), 100, 100)
    assert personal.startswith(b"q 0 0.2 0.6 rg")
    assert seal.startswith(b"q 0.8 0 0 RG 0.8 0 0 rg")


@pytest.mark.parametrize(("width", "height"), [(100, 100), (180, 60), (60, 40), (400, 80), (30, 30)])
@pytest.mark.parametrize("style", list(Style))
def test_text_stays_inside_any_sensible_box(width: float, height: float, style: Style) -> None:
    name = "TRƯỜNG TIỂU HỌC DÂN TỘC BÁN TRÚ THUẬN HƯNG C"
    look = Appearance(style, (name, "Đã ký số", "2024-06-17T08:12:30+07:00"))
    places = re.findall(rb"/F1 ([\d.]+) Tf 1 0 0 1 (-?[\d.]+) (-?[\d.]+) Tm", draw(look, width, height))
    assert places
    assert all(float(x) >= 0 and 0 <= float(y) <= height - 0.7 * float(size) for size, x, y in places)


def test_the_leaders_text_stays_out_from_under_the_seal(kit: Kit) -> None:
    """Decree 30/2020, article 33: the seal covers a third of the signature on the left."""
    person = kit.tokens["people"].certificates[0]
    content = draw(appearance_for(SigningRole.LEADER, person, SIGNED_AT), 190, 80)
    lefts = [float(x) for x in re.findall(rb"1 0 0 1 (-?[\d.]+) ", content)]
    assert len(lefts) >= 3
    assert min(lefts) > 190 / 3
    assert b"/F1 10.00 Tf" in content


def test_the_document_says_signed_and_append_only(sealed_pdf: bytes) -> None:
    with pikepdf.open(BytesIO(sealed_pdf)) as pdf:
        assert pdf.Root.AcroForm.SigFlags == 3
        for field in pdf.Root.AcroForm.Fields:
            assert field.F == 4
            assert "/Font" in field.AP.N.Resources
            assert field.V.SubFilter == "/ETSI.CAdES.detached"
            assert str(field.V.M) == "D:20240617081230+07'00'"


def test_the_same_moment_and_key_give_the_same_bytes(signers: dict[str, Signer]) -> None:
    pdf = sample_pdf()
    assert sign(pdf, signers["teacher"]) == sign(pdf, signers["teacher"])


def test_a_filled_field_is_not_signed_again(sealed_pdf: bytes, signers: dict[str, Signer]) -> None:
    with pytest.raises(UserError) as caught:
        sign(sealed_pdf, signers["teacher"])
    assert caught.value.code == "signing.already_signed"


@pytest.mark.parametrize(
    ("pdf", "field", "code"),
    [
        (sample_pdf(), "KHAC", "signing.field_missing"),
        (b"", "GVCN", "signing.pdf_unreadable"),
        (b"%PDF-1.7 cut off", "GVCN", "signing.pdf_unreadable"),
        (sample_pdf()[:4000], "GVCN", "signing.pdf_unreadable"),
        (b"<HOC_BA/>", "GVCN", "signing.pdf_unreadable"),
    ],
)
def test_what_cannot_be_signed(signers: dict[str, Signer], pdf: bytes, field: str, code: str) -> None:
    with pytest.raises(UserError) as caught:
        sign(pdf, signers["teacher"], field=field)
    assert caught.value.code == code


def test_certificates_sign_only_while_they_are_valid(signers: dict[str, Signer]) -> None:
    expired = signers["LÝ HẾT HẠN"]
    for at, code in (
        (EXPIRED + timedelta(seconds=1), "signing.certificate_expired"),
        (datetime(2019, 1, 1, tzinfo=UTC), "signing.certificate_not_yet_valid"),
    ):
        with pytest.raises(TokenProblem) as caught:
            sign(sample_pdf(), expired, at=at)
        assert caught.value.code == code
    assert sign(sample_pdf(), expired, at=EXPIRED - timedelta(days=1))


def test_fields_of_the_three_roles() -> None:
    assert FIELDS == {"teacher": "GVCN", "leader": "CBQL", "seal": "PHATHANH"}
