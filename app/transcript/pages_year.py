"""The pages of the school year: subjects, qualities and competencies (domain.md 2.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.records.places import without_prefix
from app.records.programme import TRAIT_GROUPS, TRAIT_NAMES, row_name, rows_of_form
from app.records.types import SubjectResult, TraitResult, TranscriptData, Untaught
from app.transcript import form, words
from app.transcript.book import Blank, Book, draw_blanks
from app.transcript.fitting import RowFit, share_height, text_height, wrap
from app.transcript.fonts import Face
from app.transcript.form import Box
from app.transcript.pen import Pen
from app.transcript.table import Cell, Grid, Row, draw_cell, draw_table, head, mark


def subjects_page(book: Book, data: TranscriptData) -> None:
    """Table 1, on one page as long as comments allow."""
    pen = book.page()
    book.running = words.RUNNING_HEAD.format(
        name=data.pupil.name, class_name=data.enrolment.class_name, year=words.school_year(data.year)
    )
    y = form.TOP + 20
    for line in year_fields(data):
        y = draw_blanks(pen, form.LEFT, y, line)
    y = _heading(pen, y + 2, words.SUBJECTS_TITLE) + 6
    heads = Row(form.SUBJECT_HEAD_HEIGHT, tuple(head(text) for text in words.SUBJECT_HEADS))
    grid = Grid(form.SUBJECT_COLUMNS, (heads,))
    draw_table(book, pen, y, grid, subject_rows(data, form.BOTTOM - y - grid.head_height))


def year_fields(data: TranscriptData) -> tuple[tuple[Blank, ...], ...]:
    """The lines of labelled blanks above table 1."""
    enrolment, whole = data.enrolment, form.WIDTH
    excused, unexcused = (
        "" if days is None else str(days) for days in (enrolment.absent_excused, enrolment.absent_unexcused)
    )
    return (
        (
            Blank(words.PUPIL_NAME, data.pupil.name, whole * 0.78, Face.BOLD),
            Blank(words.CLASS, enrolment.class_name, whole * 0.22),
        ),
        (
            Blank(words.HEIGHT, words.measure(enrolment.height_cm, "cm"), whole * 0.5),
            Blank(words.WEIGHT, words.measure(enrolment.weight_kg, "kg"), whole * 0.5),
        ),
        (
            Blank(words.EXCUSED, excused, whole * 0.5),
            Blank(words.UNEXCUSED, unexcused, whole * 0.5),
        ),
    )


def subject_rows(data: TranscriptData, available: float) -> list[Row]:
    """Rows of table 1, together at most `available` points high as long as their comments allow."""
    struck = _struck_rows(data)
    taught = _taught_rows(data, available - sum(row.height for row in struck.values()))
    return [row for code in _codes(data) if (row := taught.get(code) or struck.get(code))]


def _codes(data: TranscriptData) -> Iterator[str]:
    """Subjects in the order of the form, those that the pupil does not study in their places."""
    rest = list(data.subjects)
    order = rows_of_form(data.form.order)
    for code in order if data.form.untaught is Untaught.STRUCK else ():
        if code in rest:
            rest.remove(code)
        yield code
    yield from rest


def _struck_rows(data: TranscriptData) -> dict[str, Row]:
    """The crossed rows of the subjects that the pupil does not study; none where the school drops them."""
    if data.form.untaught is Untaught.DROPPED:
        return {}
    crossed = Cell(struck=True)
    widths = (form.SUBJECT_COLUMNS[0], sum(form.SUBJECT_COLUMNS[1:]))
    found = {}
    for code in rows_of_form(data.form.order):
        if code not in data.subjects:
            name = _subject_name(row_name(code, data.form))
            height = max(form.STRUCK_ROW, text_height(len(name), form.TABLE))
            found[code] = Row(height, (Cell(name), crossed), widths)
    return found


def _taught_rows(data: TranscriptData, available: float) -> dict[str, Row]:
    names = [_subject_name(row_name(code, data.form)) for code in data.subjects]
    results = [data.results.subjects.get(code, SubjectResult()) for code in data.subjects]
    fits = _fits(names, [result.comment for result in results], available)
    return {
        code: Row(
            fit.height,
            (
                Cell(name),
                mark(result.level or ""),
                mark("" if result.score is None else str(result.score)),
                Cell(fit.lines, fit.size, dotted=2),
            ),
        )
        for code, name, result, fit in zip(data.subjects, names, results, fits, strict=True)
    }


def _fits(names: Sequence[tuple[str, ...]], comments: Sequence[str], available: float) -> tuple[RowFit, ...]:
    """What each row gets. When no size makes them fit one page, they share two and stay easy to read."""
    floors = [max(form.SUBJECT_ROW[0], text_height(len(name), form.TABLE)) for name in names]
    column, largest = form.SUBJECT_COLUMNS[3], form.SUBJECT_ROW[1]
    fits = share_height(comments, floors, column=column, available=available, largest=largest)
    if sum(fit.height for fit in fits) <= available + form.TOLERANCE:
        return fits
    two_pages = available + _SECOND_PAGE
    return share_height(comments, floors, column=column, available=two_pages, largest=0.0)


_SECOND_PAGE: Final = 0.9 * (form.BODY.height - form.SUBJECT_HEAD_HEIGHT)
"""Room on a second page; rows break between pages, so not all of it can be used."""


def _subject_name(name: str) -> tuple[str, ...]:
    """The name as the form breaks it: a language goes below, as does a bracket that the line cannot hold."""
    width = form.SUBJECT_COLUMNS[0] - 2 * form.PADDING
    lines = wrap(name, width, form.TABLE)
    whole = len(lines) == 1 and "(Tiếng" not in name
    return lines if whole else wrap(name.replace(" (", "\n("), width, form.TABLE)


def _heading(pen: Pen, y: float, text: str, role: str = "H3") -> float:
    with pen.element(role):
        pen.text(form.LEFT, y, text, form.HEADING, Face.BOLD)
    return y


@dataclass(frozen=True, slots=True)
class TraitTable:
    """One of the three tables of qualities and competencies, measured.

    `rows` carry a comment each, or none of them does and `merged` stands beside them all.
    """

    group: str
    rows: tuple[Row, ...]
    merged: Cell | None

    @property
    def height(self) -> float:
        """Height with its title."""
        return _ABOVE[self.group] + form.TRAIT_HEAD_HEIGHT + sum(row.height for row in self.rows)


_TITLES = {"PC": words.QUALITIES_TITLE, "NLC": words.GENERAL_TITLE, "NLDT": words.SPECIFIC_TITLE}
_ABOVE = {"PC": 23.0, "NLC": 42.0, "NLDT": 25.0}
"""Room for the titles above each table."""
_YEAR_LINE = 20.0 + form.FIELD_STEP


def plan_traits(data: TranscriptData, below: float) -> tuple[TraitTable, ...]:
    """Measure tables 2 and 3 so that the page holds them and `below` points more, if it can.

    Rows get lower first, then comments smaller; when even that is not enough, what is below goes to
    another page.
    """
    room = form.BOTTOM - form.TOP - _YEAR_LINE
    plan: tuple[TraitTable, ...] = ()
    for available, smallest in ((room - below, form.COMMENT_SIZES[3]), (room, form.COMMENT_SIZES[-1])):
        for row, size in _looks(smallest):
            plan = tuple(_measure(data, group, row, size) for group in _TITLES)
            if sum(table.height for table in plan) <= available:
                return plan
    return plan


def _looks(smallest: float) -> Iterator[tuple[float, float]]:
    """Row heights and comment sizes to try, best first."""
    for row in form.TRAIT_ROWS:
        yield row, form.COMMENT_SIZES[0]
    for size in form.COMMENT_SIZES[1:]:
        if size >= smallest:
            yield form.TRAIT_ROWS[-1], size


def _measure(data: TranscriptData, group: str, row: float, size: float) -> TraitTable:
    codes = [code for code in data.traits if code in TRAIT_GROUPS[group]]
    results = [data.results.traits.get(code, TraitResult()) for code in codes]
    shared = data.results.group_comments.get(group, "")
    width = form.TRAIT_COLUMNS[2] - 2 * form.PADDING
    single = any(result.comment for result in results)
    texts = [wrap(result.comment, width, size) for result in results]
    common = wrap(shared, width, size)
    apart = single or text_height(len(common), size) > form.BOTTOM - form.TOP - 2 * form.FIELD_STEP
    if not apart:
        row = max(row, text_height(len(common), size) / max(1, len(codes)))
    rows = [
        Row(
            max(row, text_height(len(lines), size)),
            (
                Cell((TRAIT_NAMES.get(code, code),)),
                mark(result.level or ""),
                *((Cell(lines, size),) if apart else ()),
            ),
            () if apart else form.TRAIT_COLUMNS[:2],
        )
        for code, result, lines in zip(codes, results, texts, strict=True)
    ]
    if not apart:
        return TraitTable(group, tuple(rows), Cell(common, size, dotted=len(codes)))
    if shared:
        widths = (sum(form.TRAIT_COLUMNS[:2]), form.TRAIT_COLUMNS[2])
        cells = (Cell((words.GROUP_COMMENT,)), Cell(common, size))
        rows.append(Row(max(row, text_height(len(common), size)), cells, widths))
    return TraitTable(group, tuple(rows), None)


def traits_page(book: Book, data: TranscriptData, below: float) -> tuple[Pen, float]:
    """Tables 2 and 3; returns the page and y where they end, for what follows and is `below` points high."""
    pen = book.page()
    school = Blank(words.SCHOOL, without_prefix(data.school.name, ("Trường",)), form.WIDTH * 0.66)
    year = Blank(words.YEAR, words.school_year(data.year), form.WIDTH * 0.34)
    draw_blanks(pen, form.LEFT, form.TOP + 20, (school, year))
    y = form.TOP + _YEAR_LINE
    for table in plan_traits(data, below):
        whole = table.height if table.merged else _ABOVE[table.group] + form.TRAIT_HEAD_HEIGHT + 40
        if y + whole > form.BOTTOM:
            pen, y = book.next_page(), form.TOP
        pen, y = _draw_traits(book, pen, y, table)
    return pen, y


def _draw_traits(book: Book, pen: Pen, y: float, table: TraitTable) -> tuple[Pen, float]:
    heads = words.QUALITY_HEADS if table.group == "PC" else words.COMPETENCY_HEADS
    head_row = Row(form.TRAIT_HEAD_HEIGHT, tuple(head(text) for text in heads))
    y += _ABOVE[table.group] - 6
    if table.group == "NLC":
        _heading(pen, y - 17, words.COMPETENCIES_TITLE)
    _heading(pen, y, _TITLES[table.group], "H3" if table.group == "PC" else "H4")
    grid = Grid(form.TRAIT_COLUMNS, (head_row,))
    top = y + 6 + grid.head_height
    pen, y = draw_table(book, pen, y + 6, grid, table.rows)
    if table.merged:
        left = sum(form.TRAIT_COLUMNS[:2])
        with pen.element("Table"), pen.element("TR"):
            draw_cell(pen, Box(form.LEFT + left, top, form.TRAIT_COLUMNS[2], y - top), table.merged)
    return pen, y
