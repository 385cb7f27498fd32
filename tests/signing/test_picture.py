"""A signature with the picture of a signature or of the seal (Decree 30/2020, appendix I)."""

from __future__ import annotations

import subprocess
import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from app.records.picture import Picture
from app.records.types import SigningRole
from app.signing.appearance import appearance_for, draw
from app.signing.pdf import FIELDS, sign_pdf
from app.signing.pkcs11 import Signer
from app.signing.reports import Verdict
from app.signing.verify import verify_bytes
from tests.signing.conftest import Kit
from tests.signing.samples import BOXES, SIGNED_AT, sample_pdf

BLUE_STROKE = Picture(30, 10, zlib.compress(bytes((20, 60, 170)) * 300), zlib.compress(b"\0\xff" * 150))


def _signed(signers: dict[str, Signer], kit: Kit) -> bytes:
    pdf = sample_pdf()
    for role in SigningRole:
        look = appearance_for(role, signers[role].certificate, SIGNED_AT, BLUE_STROKE)
        pdf = sign_pdf(
            pdf,
            field=FIELDS[role],
            signer=signers[role],
            signed_at=SIGNED_AT,
            appearance=look,
            chain=kit.authority.chain,
        )
    return pdf


def test_three_signatures_with_pictures_are_valid(
    signers: dict[str, Signer], kit: Kit, tmp_path: Path
) -> None:
    pdf = _signed(signers, kit)
    file = tmp_path / "signed.pdf"
    file.write_bytes(pdf)
    subprocess.run(["qpdf", "--check", file], check=True, capture_output=True)
    answer = subprocess.run(["pdfsig", "-nocert", file], check=True, capture_output=True, text=True).stdout
    assert answer.count("Signature is Valid") == 3
    report = verify_bytes(pdf, name="a.pdf", trust=kit.trust)
    assert report.verdict in {Verdict.VALID, Verdict.VALID_UNKNOWN_STATUS}


def test_the_picture_travels_with_its_transparency_and_the_time(signers: dict[str, Signer], kit: Kit) -> None:
    with pikepdf.open(BytesIO(_signed(signers, kit))) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            look = field.AP.N
            image = look.Resources.XObject.P1
            assert (int(image.Width), int(image.Height)) == (30, 10)
            assert image.read_bytes() == bytes((20, 60, 170)) * 300
            assert image.SMask.read_bytes() == b"\0\xff" * 150
            assert look.read_bytes().count(b" Tj") == 1


def _placed(role: SigningRole, signers: dict[str, Signer]) -> tuple[float, float, float, float]:
    """Left, bottom, width and height of the picture in the role's box."""
    left, bottom, right, top = BOXES[FIELDS[role]]
    look = appearance_for(role, signers[role].certificate, SIGNED_AT, BLUE_STROKE)
    words = draw(look, right - left, top - bottom).split()
    wide, _, _, high, x, y = map(float, words[1:7])
    return x, y, wide, high


@pytest.mark.parametrize("role", list(SigningRole))
def test_the_picture_keeps_its_shape_inside_the_box(role: SigningRole, signers: dict[str, Signer]) -> None:
    left, bottom, right, top = BOXES[FIELDS[role]]
    x, y, wide, high = _placed(role, signers)
    assert wide / high == pytest.approx(3, abs=0.01)
    assert x >= 0
    assert x + wide <= right - left + 0.01
    assert y > 7
    assert y + high <= top - bottom + 0.01


def test_a_third_of_the_leaders_picture_lies_where_the_seal_will_be(signers: dict[str, Signer]) -> None:
    x, _, wide, _ = _placed(SigningRole.LEADER, signers)
    left, _, right, _ = BOXES["CBQL"]
    assert x + wide / 3 == pytest.approx((right - left) / 3, abs=0.02)
    x, _, wide, _ = _placed(SigningRole.TEACHER, signers)
    left, _, right, _ = BOXES["GVCN"]
    assert x + wide / 2 == pytest.approx((right - left) / 2, abs=0.02)
