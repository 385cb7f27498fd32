"""The pages before the year: cover, guidance, personal page with the study history (domain.md 2.1 to 2.3)."""

from __future__ import annotations

from collections.abc import Sequence

from app.records.types import HistoryRow, Pupil, School, TranscriptData
from app.transcript import form, words
from app.transcript.book import Blank, Book, draw_blanks, draw_centred
from app.transcript.fitting import text_height, wrap
from app.transcript.fonts import Face, font
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
    commune = without_prefix(school.commune, ("Xã", "Phường", "Thị trấn", "Đặc khu"))
    province = without_prefix(school.province, ("Tỉnh", "Thành phố", "TP."))
    if school.district:
        district = without_prefix(school.district, ("Huyện", "Thành phố", "Quận", "Thị xã", "TP."))
        return tuple(zip(words.PLACES_OLD, (commune, district, province), strict=True))
    return tuple(zip(words.PLACES_NEW, (commune, province), strict=True))


def without_prefix(name: str, kinds: Sequence[str]) -> str:
    """A place without the kind that its label already says: "Xã Thuận Hưng" gives "Thuận Hưng".

    A number keeps its kind: "Quận 1", "Phường 3".
    """
    for kind in kinds:
        rest = name[len(kind) :].strip()
        if name.casefold().startswith(kind.casefold() + " ") and not rest[:1].isdigit():
            return rest
    return name


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
    size, indent = form.GUIDANCE, 20.0
    _, bold, plain = paragraph.split("**") if paragraph.startswith("**") else ("", "", paragraph)
    plain = plain.strip()
    leading = size * 1.28
    with pen.element("P"):
        x = form.LEFT + indent
        if bold:
            x = pen.text(x, y, bold, size, Face.BOLD) + font(Face.REGULAR).width(" ", size)
        beside = next(iter(wrap(plain, form.RIGHT - x, size)), "")
        rest = wrap(plain.removeprefix(beside).strip(), form.WIDTH, size)
        pen.lines(x, y, (beside,), size, leading, measure=form.RIGHT - x if rest else 0)
        pen.lines(form.LEFT, y + leading, rest[:-1], size, leading, measure=form.WIDTH)
        pen.lines(form.LEFT, y + leading * len(rest), rest[-1:], size, leading)
    return y + leading * (1 + len(rest))


def personal(book: Book, data: TranscriptData) -> None:
    """Page 3: the pupil as on the birth certificate, the headmaster's block, the study history."""
    pen = book.page()
    with pen.element("H2"):
        pen.centred(form.CENTRE, form.TOP + 24, words.BOOK, 22, Face.BOLD)
    y = form.TOP + 62
    for line in personal_fields(data.pupil):
        y = draw_blanks(pen, form.LEFT, y, line)
    y = _headmaster(pen, y + 6, data)
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


def _headmaster(pen: Pen, y: float, data: TranscriptData) -> float:
    box = form.TEACHER_COLUMN
    date_line = words.place_and_date(data.place, data.issued_at.date())
    y = draw_centred(pen, box, y, date_line, form.FIELD, Face.ITALIC)
    for title in data.leader.title or (words.HEADMASTER,):
        y = draw_centred(pen, box, y + form.SIGN_STEP + 1, title, form.FIELD, Face.BOLD)
    y = draw_centred(pen, box, y + form.SIGN_STEP, words.HEADMASTER_NOTE, 11, Face.ITALIC)
    draw_centred(pen, box, y + 34, words.SIGNED_ELSEWHERE, 10, Face.ITALIC)
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
