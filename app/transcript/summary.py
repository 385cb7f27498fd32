"""Bảng tổng hợp kết quả đánh giá giáo dục của lớp, as PDF (Circular 27, article 10; domain.md 2.6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from app.records.awards import EXCELLENT, OUTSTANDING, title_in
from app.records.codes import PERIOD_TEXT, REGIME_TEXT, STATUS_TEXT, YEAR_CLASS_TEXT
from app.records.programme import SUBJECT_NAMES, TRAIT_GROUPS, TRAIT_NAMES, programme_for, shown_subjects
from app.records.types import ClassYear, Period, PupilYear, Regime, School, YearClass
from app.transcript import form, words
from app.transcript.book import Book, draw_centred
from app.transcript.fitting import text_height, wrap
from app.transcript.fonts import Face, clean, font
from app.transcript.form import Box
from app.transcript.pdfa import Properties, assemble, identifier_of
from app.transcript.pen import Pen
from app.transcript.table import Cell, draw_cell, draw_row

Value = Callable[[PupilYear], str]

HEAD_HEIGHTS: Final = (18.0, 44.0, 92.0)
HEAD_SIZE: Final = 8.5
SIZE: Final = 9.5
ROW: Final = 17.0
LOW_ROW: Final = 14.0
"""What a row may shrink to when the class then fits one sheet with its signatures."""
TITLES: Final = 54.0
BODY_LINE: Final = 14.0
MARGIN: Final = 12 * form.MM
NARROW: Final = 17.0
"""Least width of a column with one mark; a class that needs more room goes on A3."""
BOTTOM: Final = 14 * form.MM
SIGNATURES: Final = 98.0
CLOSING: Final = 16.0 + SIGNATURES
KEPT: Final = 3
"""Rows that never leave the signature block alone on a page."""
AWARD_TEXT: Final = {EXCELLENT: "Xuất sắc", OUTSTANDING: "Tiêu biểu"}
TICK: Final = "x"


@dataclass(frozen=True, slots=True)
class Column:
    """One column, or a group of columns under a common head. Width 0 shares what is left."""

    title: str
    value: Value = str
    width: float = 0.0
    turned: bool = False
    centred: bool = True
    parts: tuple[Column, ...] = ()

    def leaves(self) -> Iterator[Column]:
        """The columns that hold values."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


def render_class_summary(klass: ClassYear, period: Period, school: School) -> bytes:
    """The class's table for one period on A4, or A3 when it is wide; PDF/A-3b, same input, same bytes.

    UserError programme.out_of_scope when the grade is assessed under other rules in that year.
    """
    columns = summary_columns(klass, period)
    sheet, widths = _sheet(columns)
    title = words.SUMMARY_TITLE
    line = words.SUMMARY_LINE.format(
        period=PERIOD_TEXT[period], class_name=klass.name, year=words.school_year(klass.year)
    )
    book = Book(foot=(f"{title} – {line}",), margin=MARGIN)
    pen = book.page(sheet)
    y = _titles(pen, school, title, line)
    y = _rows(book, pen, y, columns, widths, klass)
    _closing(book, sheet, y, klass)
    parts = (school.code, klass.year, klass.name, period.value, repr(klass))
    identifier = identifier_of(*(part.encode() for part in parts))
    return assemble(book, Properties(f"{title} – {line}", line, school.name, None, identifier))


def summary_columns(klass: ClassYear, period: Period) -> tuple[Column, ...]:
    """Columns as the grade and period want them: scores where there is a test, outcome at year end only."""
    programme = programme_for(klass.year, klass.grade, klass.local)
    taken = {code for pupil in klass.pupils for code in shown_subjects(programme, pupil, period)}
    subjects = [code for code in SUBJECT_NAMES if code in taken or code in programme.subjects]
    tested = programme.tests[period] | {
        code
        for pupil in klass.pupils
        for code, result in pupil.period(period).subjects.items()
        if result.score is not None
    }
    numbers = {id(pupil): str(number) for number, pupil in enumerate(klass.pupils, 1)}
    columns = (
        Column("STT", lambda pupil: numbers[id(pupil)], 24.0),
        Column("Mã học sinh", lambda pupil: pupil.pupil.code, 62.0),
        Column("Họ và tên học sinh", lambda pupil: pupil.pupil.name, 130.0, centred=False),
        Column(
            "Môn học và hoạt động giáo dục",
            parts=tuple(_subject(code, period, code in tested) for code in subjects),
        ),
        Column("Phẩm chất chủ yếu", parts=_traits("PC", programme.traits, period)),
        Column(
            "Năng lực cốt lõi",
            parts=(
                Column("Năng lực chung", parts=_traits("NLC", programme.traits, period)),
                Column("Năng lực đặc thù", parts=_traits("NLDT", programme.traits, period)),
            ),
        ),
    )
    return (*columns, *(_year_end() if period is Period.CN else ()), Column("Ghi chú", _remark, 52.0))


def _subject(code: str, period: Period, tested: bool) -> Column:
    def level(pupil: PupilYear) -> str:
        return getattr(pupil.period(period).subjects.get(code), "level", None) or ""

    if not tested:
        return Column(SUBJECT_NAMES[code], level, turned=True)

    def score(pupil: PupilYear) -> str:
        found = getattr(pupil.period(period).subjects.get(code), "score", None)
        return "" if found is None else str(found)

    parts = (Column("Mức đạt được", level, turned=True), Column("Điểm KTĐK", score, turned=True))
    return Column(SUBJECT_NAMES[code].replace(" (", "\n("), parts=parts)


def _traits(group: str, shown: tuple[str, ...], period: Period) -> tuple[Column, ...]:
    def level(code: str, pupil: PupilYear) -> str:
        return getattr(pupil.period(period).traits.get(code), "level", None) or ""

    codes = [code for code in shown if code in TRAIT_GROUPS[group]]
    return tuple(Column(TRAIT_NAMES[code], partial(level, code), turned=True) for code in codes)


def _year_end() -> tuple[Column, ...]:
    def is_class(code: YearClass, pupil: PupilYear) -> str:
        return TICK if pupil.outcome.confirmed is code else ""

    def title(pupil: PupilYear) -> str:
        titles = [title_in(award) for award in pupil.outcome.awards]
        return ", ".join(AWARD_TEXT[found] for found in titles if found)

    def other(pupil: PupilYear) -> str:
        return TICK if any(award and not title_in(award) for award in pupil.outcome.awards) else ""

    classes = tuple(
        Column(text, partial(is_class, code), turned=True) for code, text in YEAR_CLASS_TEXT.items()
    )
    awards = (Column("Cuối năm", title, 42.0), Column("Đột xuất", other, turned=True))

    def stays(pupil: PupilYear) -> str:
        return TICK if pupil.outcome.promoted is False else ""

    return (
        Column("Đánh giá KQGD", parts=classes),
        Column("Khen thưởng", parts=awards),
        Column("Chưa được lên lớp", stays, turned=True),
    )


def _remark(pupil: PupilYear) -> str:
    enrolment = pupil.enrolment
    parts = []
    if not enrolment.status.active:
        parts.append(STATUS_TEXT[enrolment.status])
    if enrolment.regime is not Regime.NORMAL:
        parts.append(REGIME_TEXT[enrolment.regime])
    return "; ".join(parts)


def _sheet(columns: tuple[Column, ...]) -> tuple[tuple[float, float], tuple[float, ...]]:
    """The sheet that is wide enough, and the width of every leaf column."""
    leaves = [leaf for column in columns for leaf in column.leaves()]
    fixed = sum(leaf.width for leaf in leaves)
    shared = sum(1 for leaf in leaves if not leaf.width)
    sheet = form.A4_LANDSCAPE
    if (sheet[0] - 2 * MARGIN - fixed) / shared < NARROW:
        sheet = form.A3_LANDSCAPE
    share = min(30.0, (sheet[0] - 2 * MARGIN - fixed) / shared)
    return sheet, tuple(leaf.width or share for leaf in leaves)


def _titles(pen: Pen, school: School, title: str, line: str) -> float:
    """The school with its managing body, the title; returns y of the table."""
    y = MARGIN
    with pen.element("P"):
        if school.body:
            pen.text(MARGIN, y + 8, school.body, 11)
            y += BODY_LINE
        pen.text(MARGIN, y + 8, school.name, 12, Face.BOLD)
    with pen.element("H1"):
        pen.centred(pen.width / 2, y + 26, title, 15, Face.BOLD)
    with pen.element("P"):
        pen.centred(pen.width / 2, y + 43, line, 12.5, Face.BOLD)
    return y + TITLES


def _rows(
    book: Book, pen: Pen, y: float, columns: tuple[Column, ...], widths: tuple[float, ...], klass: ClassYear
) -> float:
    """Draw the table; its last rows go to the next page together with the signatures."""
    rows = _lowered(_body(klass, columns, widths), pen.height - BOTTOM - y - sum(HEAD_HEIGHTS) - CLOSING)
    kept = sum(height for height, _ in rows[-KEPT:]) + CLOSING
    with pen.element("Table") as table:
        y = _heads(pen, y, columns, widths)
    for place, (height, cells) in enumerate(rows):
        needed = kept if place == len(rows) - KEPT else height
        if y + needed > pen.height - BOTTOM:
            pen = book.page((pen.width, pen.height))
            with pen.inside(table):
                y = _heads(pen, MARGIN, columns, widths)
        with pen.inside(table):
            draw_row(pen, MARGIN, y, widths, height, cells)
        y += height
    return y


def _body(
    klass: ClassYear, columns: tuple[Column, ...], widths: tuple[float, ...]
) -> list[tuple[float, tuple[Cell, ...]]]:
    leaves = [leaf for column in columns for leaf in column.leaves()]
    rows = []
    for pupil in klass.pupils:
        cells = tuple(
            _body_cell(leaf, leaf.value(pupil), width) for leaf, width in zip(leaves, widths, strict=True)
        )
        rows.append((max(ROW, *(text_height(len(cell.lines), cell.size) for cell in cells)), cells))
    return rows


def _lowered(rows: list[tuple[float, tuple[Cell, ...]]], room: float) -> list[tuple[float, tuple[Cell, ...]]]:
    """Rows a little lower when all of them then fit into `room`, else as they are."""
    low = [max(LOW_ROW, *(_least(cell) for cell in cells)) for _, cells in rows]
    if not rows or sum(height for height, _ in rows) <= room or sum(low) > room:
        return rows
    spare = (room - sum(low)) / len(rows)
    return [(height + spare, cells) for height, (_, cells) in zip(low, rows, strict=True)]


def _least(cell: Cell) -> float:
    return len(cell.lines) * cell.size * form.LEADING + 2.0


def _body_cell(leaf: Column, text: str, width: float) -> Cell:
    size = SIZE
    while font(Face.REGULAR).width(clean(text), size) > width - 5 and size > 7.5:
        size -= 0.5
    return Cell(wrap(text, width - 4, size), size, centred=leaf.centred, padding=2.5)


def _heads(pen: Pen, y: float, columns: tuple[Column, ...], widths: tuple[float, ...]) -> float:
    remaining = list(widths)
    with pen.element("TR"):
        x = MARGIN
        for column in columns:
            x = _head(pen, x, y, column, remaining, 0)
    return y + sum(HEAD_HEIGHTS)


def _head(pen: Pen, x: float, y: float, column: Column, widths: list[float], level: int) -> float:
    """Draw one head with what is below it, taking its leaves' widths; return the x where it ends."""
    if not column.parts:
        width = widths.pop(0)
        box = Box(x, y, width, sum(HEAD_HEIGHTS[level:]))
        draw_cell(pen, box, _head_cell(column, box))
        return x + width
    count = sum(1 for _ in column.leaves())
    box = Box(x, y, sum(widths[:count]), HEAD_HEIGHTS[level])
    draw_cell(pen, box, _head_cell(column, box))
    for part in column.parts:
        x = _head(pen, x, y + HEAD_HEIGHTS[level], part, widths, level + 1)
    return x


def _head_cell(column: Column, box: Box) -> Cell:
    room = (box.height if column.turned else box.width) - 3
    across = (box.width if column.turned else box.height) - 2
    size = HEAD_SIZE
    while size > 6:
        lines = wrap(column.title, room, size, Face.BOLD)
        longest = max((font(Face.BOLD).width(word, size) for word in column.title.split()), default=0)
        if len(lines) * size * form.LEADING <= across and longest <= room:
            break
        size -= 0.5
    lines = wrap(column.title, room, size, Face.BOLD)
    return Cell(lines, size, Face.BOLD, centred=True, role="TH", turned=column.turned)


def _closing(book: Book, sheet: tuple[float, float], y: float, klass: ClassYear) -> None:
    """The key to the marks and the signature block, kept together."""
    pen = book.pages[-1]
    if y + CLOSING > sheet[1] - BOTTOM:
        pen, y = book.page(sheet), MARGIN
    with pen.element("P"):
        pen.text(MARGIN, y + 14, words.SUMMARY_KEY, 10, Face.ITALIC)
    width = (sheet[0] - 2 * MARGIN) / 2
    left = Box(MARGIN, y, width, SIGNATURES)
    right = Box(MARGIN + width, y, width, SIGNATURES)
    draw_centred(pen, right, y + 30, words.place_and_date("", None), 12, Face.ITALIC)
    for box, title, note in (
        (left, words.SUMMARY_LEADER, words.HEADMASTER_NOTE),
        (right, words.TEACHER_HEADING, words.TEACHER_NOTE),
    ):
        draw_centred(pen, box, y + 46, title, 12, Face.BOLD)
        draw_centred(pen, box, y + 60, note, 11, Face.ITALIC)
    draw_centred(pen, right, y + SIGNATURES - 4, klass.homeroom_teacher, 12, Face.BOLD)
