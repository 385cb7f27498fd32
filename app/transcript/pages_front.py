"""The pages before the year: cover, guidance, personal page with the study history (domain.md 2.1 to 2.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.records.places import COMMUNE_KINDS, DISTRICT_KINDS, PROVINCE_KINDS, without_prefix
from app.records.types import HistoryRow, Pupil, School, TranscriptData
from app.transcript import form, words
from app.transcript.book import Blank, Book, draw_blanks, draw_centred
from app.transcript.fitting import text_height, wrap
from app.transcript.fonts import Face, clean, font
from app.transcript.form import Box
from app.transcript.pen import Pen
from app.transcript.table import Cell, Grid, Row, draw_table, head


def cover(book: Book, data: TranscriptData) -> None:
    """Page 1. A school with a district gets the form of three levels of government, else that of two."""
    pen = book.page()
    pen.frame(form.COVER_FRAME, 1.6)
    inner = form.COVER_FRAME
    pen.frame(Box(inner.x + 3.5, inner.y + 3.5, inner.width - 7, inner.height - 7), 0.6)
    with pen.element("P"):
        pen.centred(form.CENTRE, form.COVER_MINISTRY, words.MINISTRY, 16, Face.BOLD)
    pen.line(form.CENTRE - 60, form.COVER_MINISTRY + 8, form.CENTRE + 60, form.COVER_MINISTRY + 8, 0.8)
    with pen.element("H1"):
        pen.centred(form.CENTRE, form.COVER_TITLE[0], words.BOOK, form.COVER_TITLE[1], Face.BOLD)
        pen.centred(form.CENTRE, form.COVER_LEVEL[0], words.LEVEL, form.COVER_LEVEL[1], Face.BOLD)
    box = form.COVER_FIELDS
    y = box.y
    for label, value in cover_fields(data):
        face = Face.BOLD if label == words.PUPIL_NAME else Face.REGULAR
        bottom = draw_blanks(pen, box.x, y, [Blank(label, value, box.width, face)], form.COVER_SIZE)
        y = max(y + form.COVER_STEP, bottom)


def cover_fields(data: TranscriptData) -> tuple[tuple[str, str], ...]:
    """Labels and values of the cover."""
    school = data.school
    return (
        (words.PUPIL_NAME, data.pupil.name.upper()),
        (words.SCHOOL, without_prefix(school.name, ("Trường",))),
        *_places(school),
    )


def _places(school: School) -> tuple[tuple[str, str], ...]:
    commune = without_prefix(school.commune, COMMUNE_KINDS)
    province = without_prefix(school.province, PROVINCE_KINDS)
    if school.district:
        district = without_prefix(school.district, DISTRICT_KINDS)
        return tuple(zip(words.PLACES_OLD, (commune, district, province), strict=True))
    return tuple(zip(words.PLACES_NEW, (commune, province), strict=True))


def guidance(book: Book) -> None:
    """Page 2: how the transcript is written."""
    pen = book.page()
    y = form.TOP + 30
    with pen.element("H2"):
        pen.centred(form.CENTRE, y, words.GUIDANCE_TITLE, form.TITLE, Face.BOLD)
    y += 30
    for paragraph in words.GUIDANCE:
        y = _paragraph(pen, y, paragraph) + 4


def _paragraph(pen: Pen, y: float, paragraph: str) -> float:
    """One paragraph, its first line indented, what stands between double asterisks in bold; the next y."""
    size, leading = form.GUIDANCE, form.GUIDANCE * 1.28
    _, bold, plain = paragraph.split("**") if paragraph.startswith("**") else ("", "", paragraph)
    plain = plain.strip()
    blank = font(Face.REGULAR).width(" ", size) if bold else 0.0
    start = form.LEFT + _INDENT
    taken = font(Face.BOLD).width(clean(bold), size) + blank
    with pen.element("P"):
        beside = next(iter(wrap(plain, form.RIGHT - start - taken, size)), "")
        rest = wrap(plain.removeprefix(beside).strip(), form.WIDTH, size)
        width = font(Face.REGULAR).width(clean(beside), size)
        gaps = bold.count(" ") + beside.count(" ") + bool(bold)
        wider = (form.RIGHT - start - taken - width) / gaps if rest else 0.0
        if bold:
            pen.lines(
                start, y, (bold,), size, leading, Face.BOLD, measure=_spread(taken - blank, bold, wider)
            )
            start += taken + (bold.count(" ") + 1) * wider
        pen.lines(start, y, (beside,), size, leading, measure=_spread(width, beside, wider))
        pen.lines(form.LEFT, y + leading, rest[:-1], size, leading, measure=form.WIDTH)
        pen.lines(form.LEFT, y + leading * len(rest), rest[-1:], size, leading)
    return y + leading * (1 + len(rest))


_INDENT: Final = 20.0


def _spread(width: float, text: str, wider: float) -> float:
    """Width of a line whose blanks are each so much wider; 0 leaves it as it is."""
    return width + text.count(" ") * wider if wider else 0.0


def personal(book: Book, data: TranscriptData, *, note: str = words.SIGNED_ELSEWHERE) -> None:
    """Page 3: the pupil as on the birth certificate, the headmaster's block, the study history."""
    pen = book.page()
    book.running = words.RUNNING_HISTORY.format(name=data.pupil.name)
    with pen.element("H2"):
        pen.centred(form.CENTRE, form.TOP + 24, words.BOOK, 22, Face.BOLD)
    y = form.TOP + 62
    for line in personal_fields(data.pupil):
        y = draw_blanks(pen, form.LEFT, y, line)
    y = _headmaster(pen, y + 6, data, note)
    _history(book, pen, y + 14, data.history)


def personal_fields(pupil: Pupil) -> tuple[tuple[Blank, ...], ...]:
    """The lines of labelled blanks of page 3."""
    whole = form.WIDTH
    sex = pupil.sex.value.capitalize() if pupil.sex else ""
    name = Blank(words.PUPIL_NAME, pupil.name.upper(), whole * 0.76, Face.BOLD)
    birth = Blank(words.BIRTH_DATE, words.numeric_date(pupil.birth_date), whole * 0.44)
    return (
        (name, Blank(words.SEX, sex, whole * 0.24)),
        (
            birth,
            Blank(words.ETHNICITY, pupil.ethnicity, whole * 0.26),
            Blank(words.NATIONALITY, pupil.nationality, whole * 0.30),
        ),
        (Blank(words.BIRTH_PLACE, pupil.birth_place, whole),),
        (Blank(words.HOMETOWN, pupil.hometown, whole),),
        (Blank(words.RESIDENCE, pupil.residence, whole),),
        (Blank(words.FATHER, pupil.father, whole),),
        (Blank(words.MOTHER, pupil.mother, whole),),
        (Blank(words.GUARDIAN, pupil.guardian, whole),),
    )


def _headmaster(pen: Pen, y: float, data: TranscriptData, note: str) -> float:
    box = form.TEACHER_COLUMN
    date_line = words.place_and_date(data.place, data.issued_at.date())
    y = draw_centred(pen, box, y, date_line, form.FIELD, Face.ITALIC)
    for title in data.leader.title or (words.HEADMASTER,):
        y = draw_centred(pen, box, y + form.SIGN_STEP + 1, title, form.FIELD, Face.BOLD)
    y = draw_centred(pen, box, y + form.SIGN_STEP, words.HEADMASTER_NOTE, 11, Face.ITALIC)
    draw_centred(pen, box, y + 34, note, 10, Face.ITALIC)
    return draw_centred(pen, box, y + 66, data.leader.name, form.FIELD, Face.BOLD)


def _history(book: Book, pen: Pen, y: float, rows: Sequence[HistoryRow]) -> None:
    """The study history: prepared rows as on the printed form, more when there is more."""
    y += 18
    with pen.element("H3"):
        pen.centred(form.CENTRE, y, words.HISTORY_TITLE, form.HEADING + 1, Face.BOLD)
    heads = Row(form.HISTORY_HEAD_HEIGHT, tuple(head(text) for text in words.HISTORY_HEADS))
    grid = Grid(form.HISTORY_COLUMNS, (heads,))
    drawn = [_history_row(row) for row in rows]
    prepared = _history_row(HistoryRow("", "", ""))
    while len(drawn) < form.HISTORY_ROWS and y + 10 + grid.height([*drawn, prepared]) <= form.BOTTOM:
        drawn.append(prepared)
    draw_table(book, pen, y + 10, grid, drawn)


def _history_row(row: HistoryRow) -> Row:
    cells = history_cells(row)
    return Row(max(form.HISTORY_ROW, *(text_height(len(cell.lines), cell.size) for cell in cells)), cells)


def history_cells(row: HistoryRow) -> tuple[Cell, ...]:
    """Cells of one row of the history; a blank row offers the year to fill in."""
    texts = (
        words.school_year(row.year) or "20…… – 20……",
        row.class_name,
        row.school,
        row.register_number,
        words.numeric_date(row.date),
    )
    return tuple(
        Cell(wrap(text, width - 2 * form.PADDING, 10.5), 10.5, centred=place != 2)
        for place, (text, width) in enumerate(zip(texts, form.HISTORY_COLUMNS, strict=True))
    )
