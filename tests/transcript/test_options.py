"""What a school chooses within the form: struck rows, order, languages, guidance; told by the XML."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from app.records.programme import ARTS_FIRST, SUBJECT_NAMES, row_name, rows_of_form
from app.records.types import FormOptions, SubjectOrder, TranscriptData, Untaught
from app.transcript import form, words
from app.transcript.pages_year import subject_rows
from app.transcript.pdf import render_pdf
from app.transcript.table import Row
from app.transcript.xml import build_xml, parse_xml
from tests.transcript.reading import run, stored, text_of
from tests.transcript.samples import longest, transcript

STRUCK = FormOptions(untaught=Untaught.STRUCK)
NAMED = FormOptions(foreign_language="Tiếng Anh", minority_language="Tiếng Khmer")
ROOM = 620.0


def _chosen(options: FormOptions, grade: int = 1, *, extra: tuple[str, ...] = ()) -> TranscriptData:
    return replace(transcript(grade, extra=extra), form=options)


def _rendered(data: TranscriptData) -> bytes:
    return render_pdf(data, xml=build_xml(data))


def _names(rows: list[Row]) -> list[str]:
    return [" ".join(row.cells[0].lines) for row in rows]


def test_both_orders_hold_every_subject() -> None:
    assert rows_of_form(SubjectOrder.STANDARD) == tuple(SUBJECT_NAMES)
    assert sorted(ARTS_FIRST) == sorted(SUBJECT_NAMES)
    assert ARTS_FIRST.index("MT") < ARTS_FIRST.index("GDTC")


def test_rows_not_studied_are_dropped_by_default() -> None:
    rows = subject_rows(transcript(1), ROOM)
    assert len(rows) == 8
    assert not any(cell.struck for row in rows for cell in row.cells)


@pytest.mark.parametrize("order", list(SubjectOrder))
@pytest.mark.parametrize("grade", [1, 2, 3, 4, 5])
def test_rows_not_studied_are_struck_in_their_places(grade: int, order: SubjectOrder) -> None:
    data = transcript(grade)
    ordered = tuple(code for code in rows_of_form(order) if code in data.subjects)
    data = replace(data, subjects=ordered, form=replace(STRUCK, order=order))
    rows = subject_rows(data, ROOM)
    assert _names(rows) == [SUBJECT_NAMES[code] for code in rows_of_form(order)]
    struck = [row.cells[1].struck for row in rows]
    assert struck == [code not in data.subjects for code in rows_of_form(order)]
    assert sum(row.height for row in rows) <= ROOM + form.TOLERANCE
    assert all(sum(row.widths or form.SUBJECT_COLUMNS) == pytest.approx(form.WIDTH) for row in rows)


def _solid_lines(path: Path) -> int:
    """Straight rules on the page of subjects; dotted lines are drawn in a state of their own."""
    with pikepdf.open(path) as pdf:
        stream = pdf.pages[3].Contents.read_bytes()
    return sum(line.endswith(b" l S") for line in stream.splitlines())


def test_a_struck_row_is_one_line_from_corner_to_corner(tmp_path: Path) -> None:
    plain = stored(_rendered(_chosen(FormOptions())), tmp_path, "plain.pdf")
    struck = stored(_rendered(_chosen(STRUCK)), tmp_path, "struck.pdf")
    assert (_solid_lines(plain), _solid_lines(struck)) == (0, 6)
    assert "Lịch sử và Địa lí" not in text_of(plain)
    assert "Lịch sử và Địa lí" in text_of(struck)


def test_comments_that_cannot_fit_one_page_stay_easy_to_read() -> None:
    rows = subject_rows(longest(), ROOM)
    assert sum(row.height for row in rows) > ROOM
    assert min(row.cells[3].size for row in rows) >= 9.5
    short = subject_rows(transcript(4), ROOM)
    assert {row.cells[3].size for row in short} == {form.COMMENT_SIZES[0]}


def test_languages_stand_below_their_subject(tmp_path: Path) -> None:
    rows = subject_rows(_chosen(NAMED, 4, extra=("TDT",)), ROOM)
    lines = {row.cells[0].lines for row in rows}
    assert {("Ngoại ngữ 1", "(Tiếng Anh)"), ("Tiếng dân tộc", "(Tiếng Khmer)")} <= lines
    assert row_name("TV", NAMED) == "Tiếng Việt"
    assert row_name("NN1", FormOptions()) == "Ngoại ngữ 1"


@pytest.mark.parametrize(("guidance", "pages"), [(True, 5), (False, 4)])
def test_the_guidance_page_is_a_choice(guidance: bool, pages: int, tmp_path: Path) -> None:
    path = stored(_rendered(_chosen(FormOptions(guidance=guidance))), tmp_path)
    assert (words.GUIDANCE_TITLE in text_of(path)) is guidance
    assert f"Pages:           {pages}" in run("pdfinfo", path)


@pytest.mark.parametrize(
    "options", [FormOptions(), NAMED, STRUCK, FormOptions(Untaught.STRUCK, guidance=False)]
)
def test_a_version_prints_alike_from_its_data_file(options: FormOptions) -> None:
    data = _chosen(options, 4)
    xml = build_xml(data)
    assert parse_xml(xml) == data
    assert render_pdf(parse_xml(xml), xml=xml) == render_pdf(data, xml=xml)


def test_the_data_file_names_the_language_and_only_a_chosen_form() -> None:
    assert "<tenmonhoc>Ngoại ngữ 1 (Tiếng Anh)</tenmonhoc>" in build_xml(_chosen(NAMED, 4)).decode()
    assert "<MAU_IN>" not in build_xml(transcript(4)).decode()
