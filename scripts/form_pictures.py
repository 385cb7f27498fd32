"""Pictures of the printed form, an older revision beside this one.

`python -m scripts.form_pictures REVISION` writes PNG files of at most 200 KB into docs/mau-hoc-ba/. It needs
git, Poppler and, for the picture of signatures, SoftHSM.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

ROOT: Final = Path(__file__).resolve().parent.parent
TARGET: Final = ROOT / "docs" / "mau-hoc-ba"
DPI: Final = 66
LARGEST: Final = 200_000
GAP: Final = 12
CAPTION: Final = 26
GREY: Final = 200

SAMPLES: Final = """
import sys
from dataclasses import replace
from pathlib import Path
from app.records.types import Period, Regime
from app.transcript.pdf import render_draft, render_pdf
from app.transcript.summary import render_class_summary
from app.transcript.xml import build_xml
from tests.transcript.samples import OLD_SCHOOL, emptiest, longest, school_class, transcript

folder = Path(sys.argv[1])
made = {
    "lop1": transcript(1), "lop4": transcript(4, extra=("TDT",)), "dai": longest(), "trong": emptiest(),
}
try:
    from app.records.types import FormOptions, Untaught
    named = FormOptions(foreign_language="Tiếng Anh", minority_language="Tiếng Khmer")
    made["lop4"] = replace(made["lop4"], form=named)
    made["gach"] = replace(made["lop1"], form=replace(named, untaught=Untaught.STRUCK))
except ImportError:
    made["gach"] = made["lop1"]
for name, data in made.items():
    (folder / f"{name}.pdf").write_bytes(render_pdf(data, xml=build_xml(data)))
(folder / "nhap.pdf").write_bytes(render_draft(made["lop4"]))
table = render_class_summary(school_class(31, 4), Period.CN, OLD_SCHOOL)
(folder / "bang.pdf").write_bytes(table)
"""


@dataclass(frozen=True)
class Pair:
    """One picture: pages of a sample before and after, with a caption for each side."""

    name: str
    sample: str
    before: tuple[int, ...]
    after: tuple[int, ...]
    dpi: int = DPI


PAIRS: Final = (
    Pair("bia-va-huong-dan", "lop4", (1, 2), (1, 2)),
    Pair("trang-ca-nhan", "lop4", (3,), (3,)),
    Pair("lop-4-du-13-mon", "lop4", (4, 5), (4,)),
    Pair("lop-1", "lop1", (4, 5), (4, 5)),
    Pair("mon-khong-hoc-gach-cheo", "gach", (4,), (4,)),
    Pair("nhan-xet-rat-dai", "dai", (5, 6), (5, 6)),
    Pair("khong-co-gi", "trong", (5,), (5,)),
    Pair("ban-nhap", "nhap", (4,), (4,)),
    Pair("bang-tong-hop-lop", "bang", (1, 2), (1,), 44),
)


def main(revision: str) -> None:
    """Draw every pair, and the signatures of this revision."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        old, before, after = (Path(name, part) for part in ("tree", "before", "after"))
        archive = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True)
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
            tar.extractall(old, filter="data")
        for tree, folder in ((old, before), (ROOT, after)):
            folder.mkdir()
            subprocess.run([sys.executable, "-c", SAMPLES, str(folder)], cwd=tree, check=True)
        for pair in PAIRS:
            left = pages(before / f"{pair.sample}.pdf", pair.before, pair.dpi)
            right = pages(after / f"{pair.sample}.pdf", pair.after, pair.dpi)
            keep(pair.name, side_by_side((("Trước", left), ("Sau", right))))
        keep("chu-ky-va-con-dau", signatures(Path(name)))


def pages(pdf: Path, numbers: Sequence[int], dpi: int) -> list[Image.Image]:
    """Pages of a PDF as grey pictures."""
    found = []
    for number in map(str, numbers):
        command = ["pdftoppm", "-r", str(dpi), "-png", "-f", number, "-l", number, str(pdf)]
        png = subprocess.run(command, check=True, capture_output=True).stdout
        found.append(Image.open(io.BytesIO(png)).convert("RGB"))
    return found


def side_by_side(parts: Sequence[tuple[str, Sequence[Image.Image]]]) -> Image.Image:
    """Rows of pages next to each other, each part under its caption."""
    sheets = [sheet for _, found in parts for sheet in found]
    width = sum(sheet.width + GAP for sheet in sheets) + GAP * len(parts)
    height = max(sheet.height for sheet in sheets) + CAPTION + GAP
    whole = Image.new("RGB", (width, height), (GREY, GREY, GREY))
    draw = ImageDraw.Draw(whole)
    font = ImageFont.truetype(str(ROOT / "resources" / "fonts" / "LiberationSerif-Bold.ttf"), 16)
    x = GAP
    for caption, found in parts:
        draw.text((x, 4), caption, fill="black", font=font)
        for sheet in found:
            whole.paste(sheet, (x, CAPTION))
            x += sheet.width + GAP
        x += GAP
    return whole


def keep(name: str, picture: Image.Image) -> None:
    """Write a PNG with as many colours as its size allows."""
    for colours in (64, 32, 16, 8):
        content = io.BytesIO()
        picture.quantize(colours).save(content, "PNG", optimize=True)
        if content.tell() <= LARGEST:
            break
    (TARGET / f"{name}.png").write_bytes(content.getvalue())


def signatures(folder: Path) -> Image.Image:
    """The end of a transcript signed three times on a SoftHSM token, without and with pictures."""
    from app.demo.pki import DemoAuthority
    from app.demo.tokens import Holder, make_token
    from app.records.types import SigningRole
    from app.signing.appearance import appearance_for
    from app.signing.discovery import find_tokens
    from app.signing.pdf import FIELDS, sign_pdf
    from app.signing.pkcs11 import open_token
    from app.transcript.pdf import render_pdf
    from app.transcript.pictures import read_picture, tidy_picture
    from app.transcript.xml import build_xml
    from tests.transcript.samples import VIETNAM, transcript

    names = ("TRẦN THỊ BÍCH NGỌC", "NGUYỄN HOÀNG PHƯƠNG UYÊN", "TRƯỜNG TIỂU HỌC THUẬN HƯNG C")
    authority = DemoAuthority.create()
    holders = tuple(Holder(authority, name) for name in names)
    made = make_token(folder, label="form", pin="246810", so_pin="13579135", holders=holders)
    token = next(token for token in find_tokens([made.module]) if token.label == "form")
    data, at = transcript(4), datetime(2024, 6, 17, 8, 12, 30, tzinfo=VIETNAM)
    drawn = {role: read_picture(tidy_picture(scribble(role))) for role in SigningRole}
    ends = []
    with open_token(token, "246810") as session:
        signers = {one.common_name: session.signer(one.fingerprint) for one in token.certificates}
        for pictures in ({}, drawn):
            pdf = render_pdf(data, xml=build_xml(data))
            for role, name in zip(SigningRole, names, strict=True):
                signer = signers[name]
                look = appearance_for(role, signer.certificate, at, pictures.get(role))
                pdf = sign_pdf(pdf, field=FIELDS[role], signer=signer, signed_at=at, appearance=look)
            file = folder / "signed.pdf"
            file.write_bytes(pdf)
            (page,) = pages(file, (5,), 80)
            ends.append(page.crop((0, int(page.height * 0.6), page.width, page.height)))
    return side_by_side((("Không có ảnh", ends[:1]), ("Có ảnh chữ ký và con dấu", ends[1:])))


def scribble(role: str) -> bytes:
    """An invented signature in blue, or an invented seal in red, on nothing."""
    from math import cos, sin, tau

    image = Image.new("RGBA", (800, 800 if role == "seal" else 300), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    if role == "seal":
        red = (205, 20, 20, 255)
        for edge, width in ((6, 22), (60, 8)):
            draw.ellipse((edge, edge, 800 - edge, 800 - edge), outline=red, width=width)
        radii = [150 if n % 2 == 0 else 60 for n in range(10)]
        star = [(400 + r * sin(tau * n / 10), 400 - r * cos(tau * n / 10)) for n, r in enumerate(radii)]
        draw.polygon(star, fill=red)
    else:
        shift = 1.0 if role == "teacher" else 2.3
        steps = [n / 400 for n in range(400)]
        stroke = [
            (60 + 680 * t + 40 * sin(shift + t * 37), 150 + 80 * sin(shift * 2 + t * 23)) for t in steps
        ]
        draw.line(stroke, fill=(20, 60, 170, 255), width=9, joint="curve")
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


if __name__ == "__main__":
    main(sys.argv[1])
