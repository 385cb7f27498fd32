"""A report as a simple PDF: title, one table, notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.records.reports import Table
from app.records.types import School
from app.transcript import form, words
from app.transcript.book import Book
from app.transcript.fitting import text_height, wrap
from app.transcript.fonts import Face, clean, font
from app.transcript.pdfa import Properties, assemble, identifier_of
from app.transcript.pen import Pen
from app.transcript.table import Cell, Grid, Row, draw_table

SIZE: Final = 10.5
SMALLEST: Final = 6.5
MARGIN: Final = form.LEFT
FOOT_ROOM: Final = 17 * form.MM


def render_table(*tables: Table, school: School | None = None) -> bytes:
    """The report on A4, each table upright when its columns fit, else across.

    PDF/A-3b; the same input gives the same bytes. The first table's title is the document's.
    """
    title = tables[0].title
    book = Book(foot=(title,))
    for table in tables:
        _draw(book, table, school)
    author = school.name if school else ""
    identifier = identifier_of(author.encode(), repr(tables).encode())
    return assemble(book, Properties(title, words.REPORT, author, None, identifier))


def _draw(book: Book, table: Table, school: School | None) -> None:
    sheet, size, columns = _layout(table)
    pen = book.page(sheet)
    y = _titles(pen, table.title, school)
    heads = _row(table.columns, columns, size, head=True)
    grid = Grid(columns, (heads,), bottom=sheet[1] - FOOT_ROOM, page=sheet)
    rows = [_row(row, columns, size) for row in table.rows]
    pen, y = draw_table(book, pen, y, grid, rows)
    for note in table.notes:
        lines = wrap(note, sheet[0] - 2 * MARGIN, SIZE)
        if y + text_height(len(lines), SIZE) + 10 > grid.bottom:
            pen, y = book.page(sheet), form.TOP
        with pen.element("P"):
            pen.lines(MARGIN, y + 16, lines, SIZE, SIZE * form.LEADING, Face.ITALIC)
        y += text_height(len(lines), SIZE)


def _titles(pen: Pen, title: str, school: School | None) -> float:
    y = form.TOP + 10
    if school:
        with pen.element("P"):
            pen.text(MARGIN, y, school.name, 12, Face.BOLD)
        y += 26
    with pen.element("H1"):
        for line in wrap(title, pen.width - 2 * MARGIN, 15, Face.BOLD):
            pen.centred(pen.width / 2, y, line, 15, Face.BOLD)
            y += 19
    return y


def _layout(table: Table) -> tuple[tuple[float, float], float, tuple[float, ...]]:
    """Sheet, type size and column widths: as wide as the content wants, stretched to the sheet."""
    for sheet, smallest in ((form.A4, 9.0), (form.A4_LANDSCAPE, SMALLEST)):
        room = sheet[0] - 2 * MARGIN
        size = SIZE
        while size >= smallest:
            wanted = [_wanted(table, place, size) for place in range(len(table.columns))]
            if sum(wanted) <= room:
                stretch = min(room / max(sum(wanted), 1.0), 1.6)
                return sheet, size, tuple(width * stretch for width in wanted)
            size -= 0.5
    share = room / max(1, len(table.columns))
    return form.A4_LANDSCAPE, SMALLEST, tuple(share for _ in table.columns)


def _wanted(table: Table, place: int, size: float) -> float:
    """Width of a column: its longest word of the head, and its values on one line up to a limit."""
    bold, regular = font(Face.BOLD), font(Face.REGULAR)
    heads = [bold.width(word, size) for word in clean(table.columns[place]).split()]
    texts = [clean(_text(row[place])) for row in table.rows]
    values = [min(regular.width(text, size), 22 * size) for text in texts]
    longest = [regular.width(word, size) for text in texts for word in text.split()]
    return max([*heads, *values, *longest, 2.5 * size]) + 2 * form.PADDING


def _row(values: Sequence[object], columns: Sequence[float], size: float, *, head: bool = False) -> Row:
    face, role = (Face.BOLD, "TH") if head else (Face.REGULAR, "TD")
    cells = []
    for value, width in zip(values, columns, strict=True):
        lines = wrap(_text(value), width - 2 * form.PADDING + 0.01, size, face)
        cells.append(Cell(lines, size, face, centred=head or not isinstance(value, str), role=role))
    height = max(text_height(len(cell.lines), size) for cell in cells) if cells else 0.0
    return Row(max(size * 1.7, height + 2), tuple(cells))


def _text(value: object) -> str:
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)
