"""The QR code on the pages: read by zbar as a scanner reads paper, in nobody's way, tagged, on no draft."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random

import pikepdf
import pytest
from PIL import Image, ImageFilter

from app.records.page_code import PageCode, page_code, parse
from app.records.types import Signatory, TranscriptData
from app.transcript import form
from app.transcript.pdf import render_draft, render_pdf
from app.transcript.qr import dark_runs
from app.transcript.xml import build_xml
from tests.transcript.reading import run, stored, text_of
from tests.transcript.samples import emptiest, longest, transcript

WIDE_HEADING = Signatory(("PHÓ HIỆU TRƯỞNG PHỤ TRÁCH CHUYÊN MÔN",), "Nguyễn Hoàng Phương Uyên")
SAMPLES = {
    "ordinary": transcript(2),
    "identifier as issued": replace(transcript(4), transcript_id="16be2950592f6ff6", version=12),
    "last page nearly empty": longest(),
    "hardly any data": emptiest(),
    "longest school code": replace(
        transcript(3), school=replace(transcript().school, code="truong-th-thuan-hung")
    ),
}


def code_of(data: TranscriptData) -> PageCode:
    return page_code(
        school=data.school.code,
        transcript_id=data.transcript_id,
        version=data.version,
        data_sha256=sha256(build_xml(data)).hexdigest(),
    )


def pictures(data: TranscriptData, folder: Path, dpi: int) -> list[Path]:
    """The first and the last page in grey."""
    pdf = stored(render_pdf(data, xml=build_xml(data)), folder)
    with pikepdf.open(pdf) as opened:
        pages = [1, len(opened.pages)]
    pictures = [folder / f"trang-{page}" for page in pages]
    for page, picture in zip(pages, pictures, strict=True):
        only = ("-f", str(page), "-l", str(page), "-singlefile")
        run("pdftoppm", "-r", str(dpi), "-gray", "-png", *only, pdf, picture)
    return [picture.with_suffix(".png") for picture in pictures]


def scanned(picture: Path) -> str:
    return run("zbarimg", "--nodbus", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", picture).strip()


@pytest.mark.parametrize(("name", "dpi"), [*((name, 150) for name in SAMPLES), ("ordinary", 300)])
def test_read_from_the_first_and_the_last_page(name: str, dpi: int, tmp_path: Path) -> None:
    data = SAMPLES[name]
    found = [scanned(picture) for picture in pictures(data, tmp_path, dpi)]
    assert found == [code_of(data).payload] * 2
    assert parse(found[0]) == code_of(data)


@pytest.mark.parametrize("turn", [1.0, 178.0])
def test_read_after_printing_and_scanning(turn: float, tmp_path: Path) -> None:
    data = SAMPLES["identifier as issued"]
    for picture in pictures(data, tmp_path, 200):
        with Image.open(picture) as page:
            pale = page.convert("L").point(lambda grey: 60 + grey * 170 // 255)
            paper = pale.filter(ImageFilter.GaussianBlur(0.9))
            noise = Image.frombytes("L", paper.size, Random(4711).randbytes(paper.width * paper.height))
            turned = Image.blend(paper, noise, 0.1).rotate(
                turn, Image.Resampling.BICUBIC, expand=True, fillcolor=200
            )
            turned.save(picture)
        assert scanned(picture) == code_of(data).payload


@pytest.mark.parametrize("data", SAMPLES.values(), ids=SAMPLES)
def test_typed_code_on_every_page(data: TranscriptData, tmp_path: Path) -> None:
    path = stored(render_pdf(data, xml=build_xml(data)), tmp_path)
    with pikepdf.open(path) as pdf:
        pages = len(pdf.pages)
    assert text_of(path).count(f"Mã tra cứu: {code_of(data).typed}") >= pages
    first = run("pdftotext", "-raw", "-l", "1", path, "-")
    assert "quét mã QR" in first


def figures(pdf: pikepdf.Pdf) -> list[tuple[int, str, list[float]]]:
    """Page number, alternative text and box of each figure."""
    pages = [str(page.objgen) for page in pdf.pages]
    return [
        (pages.index(str(kid.Pg.objgen)), str(kid.Alt), [float(edge) for edge in kid.A.BBox])
        for kid in pdf.Root.StructTreeRoot.K.K
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/S") == "/Figure"
    ]


@pytest.mark.parametrize("data", SAMPLES.values(), ids=SAMPLES)
def test_tagged_and_beside_words_and_signature_fields(data: TranscriptData, tmp_path: Path) -> None:
    path = stored(render_pdf(data, xml=build_xml(data)), tmp_path)
    with pikepdf.open(path) as pdf:
        found = figures(pdf)
        fields = [[float(edge) for edge in field.Rect] for field in pdf.Root.AcroForm.Fields]
        last = len(pdf.pages) - 1
    assert [page for page, _, _ in found] == [0, last]
    assert all(code_of(data).typed in alt for _, alt, _ in found)
    for page, _, box in found:
        obstacles = [*_words(path, page), *(fields if page == last else [])]
        assert not [other for other in obstacles if _overlap(box, other)]
        assert box[2] - box[0] == pytest.approx(20 * form.MM, abs=0.1)


def _words(path: Path, page: int) -> list[list[float]]:
    """Boxes of the words of a page, y upwards."""
    lines = run("pdftotext", "-bbox", "-f", str(page + 1), "-l", str(page + 1), path, "-").splitlines()
    boxes = []
    for line in lines:
        if "<word " in line:
            left, top, right, bottom = (
                float(line.split(f'{key}="')[1].split('"')[0]) for key in ("xMin", "yMin", "xMax", "yMax")
            )
            boxes.append([left, form.A4[1] - bottom, right, form.A4[1] - top])
    return boxes


def _overlap(one: list[float], other: list[float]) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    return across > 0 and min(one[3], other[3]) - max(one[1], other[1]) > 0


def test_a_wide_heading_of_the_leader_stays_readable(tmp_path: Path) -> None:
    """Then the code is on the cover, and typed in every foot."""
    data = replace(transcript(2), leader=WIDE_HEADING)
    path = stored(render_pdf(data, xml=build_xml(data)), tmp_path)
    with pikepdf.open(path) as pdf:
        assert [page for page, _, _ in figures(pdf)] == [0]
    assert code_of(data).typed in run("pdftotext", "-f", "5", path, "-")


def test_a_draft_carries_no_code(tmp_path: Path) -> None:
    path = stored(render_draft(transcript(2)), tmp_path)
    assert "Mã tra cứu" not in text_of(path)
    with pikepdf.open(path) as pdf:
        assert figures(pdf) == []


def test_runs_are_the_dark_modules() -> None:
    modules, runs = dark_runs("HB1.94000123." + "-".join(["0000"] * 7))
    assert modules == 29
    finder = [(row, column, length) for row, column, length in runs if row == 0 and column in (0, 22)]
    assert finder == [(0, 0, 7), (0, 22, 7)]
    assert all(column >= 0 and column + length <= modules for _, column, length in runs)


def test_nothing_of_the_pupil_is_in_it() -> None:
    data = transcript(2)
    code = code_of(data)
    pupil = data.pupil
    assert not [part for part in (pupil.code, pupil.personal_id, pupil.vnedu_code) if part in code.payload]
