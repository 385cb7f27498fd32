"""Tables: cells, rows, and a whole table over as many pages as it needs, its head on each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.transcript import form
from app.transcript.book import Book
from app.transcript.fitting import text_height
from app.transcript.fonts import Face
from app.transcript.form import Box
from app.transcript.pen import Pen
from app.transcript.tags import Node


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: lines already broken, and how they look."""

    lines: tuple[str, ...] = ()
    size: float = form.TABLE
    face: Face = Face.REGULAR
    centred: bool = False
    role: str = "TD"
    dotted: int = 0
    """Dotted writing lines to draw while there is no text."""
    struck: bool = False
    """Crossed out from corner to corner."""
    turned: bool = False
    """Read from below, for narrow columns' heads."""
    padding: float = form.PADDING


EMPTY: Final = Cell()


def head(text: str, size: float = form.TABLE_HEAD) -> Cell:
    """A column's heading."""
    return Cell(tuple(text.split("\n")), size, Face.BOLD, centred=True, role="TH")


def mark(text: str, size: float = form.TABLE) -> Cell:
    """A level, a score, a number: centred."""
    return Cell((text,) if text else (), size, centred=True)


def draw_row(
    pen: Pen, x: float, y: float, widths: Sequence[float], height: float, cells: Sequence[Cell]
) -> None:
    """Draw one row of cells with their rules, text in the middle of the height."""
    with pen.element("TR"):
        for width, cell in zip(widths, cells, strict=True):
            draw_cell(pen, Box(x, y, width, height), cell)
            x += width


def draw_cell(pen: Pen, box: Box, cell: Cell) -> None:
    """Draw one framed cell."""
    pen.frame(box)
    if cell.struck:
        pen.line(box.x, box.bottom, box.right, box.y)
    if cell.dotted and not cell.lines:
        step = box.height / (cell.dotted + 0.4)
        for place in range(cell.dotted):
            pen.dots(box.x + form.PADDING, box.y + step * (place + 1) - 2, box.right - form.PADDING)
    if not cell.lines:
        return
    leading = cell.size * form.LEADING
    baseline = box.y + (box.height - leading * len(cell.lines)) / 2 + cell.size * 0.92
    with pen.element(cell.role):
        if cell.turned:
            baseline = box.middle - leading * len(cell.lines) / 2 + cell.size * 0.92
            for line in cell.lines:
                pen.turned(baseline, box.y + box.height / 2, line, cell.size, cell.face)
                baseline += leading
        elif cell.centred:
            for line in cell.lines:
                pen.centred(box.middle, baseline, line, cell.size, cell.face)
                baseline += leading
        else:
            pen.lines(box.x + cell.padding, baseline, cell.lines, cell.size, leading, cell.face)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its height, its cells, and their widths where they differ from the table's columns."""

    height: float
    cells: tuple[Cell, ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's columns and head; `x` is its left edge, `top` and `bottom` bound it on further pages."""

    columns: tuple[float, ...]
    heads: tuple[Row, ...]
    x: float = form.LEFT
    top: float = form.TOP
    bottom: float = form.BOTTOM
    page: tuple[float, float] = form.A4

    @property
    def head_height(self) -> float:
        """Height of the head."""
        return sum(row.height for row in self.heads)

    def height(self, rows: Sequence[Row]) -> float:
        """Height of the table on one page."""
        return self.head_height + sum(row.height for row in rows)


def draw_table(book: Book, pen: Pen, y: float, grid: Grid, rows: Sequence[Row]) -> tuple[Pen, float]:
    """Draw a table from `y` on, going on on further pages; return the page and y where it ends."""
    with pen.element("Table") as table:
        pass
    first = rows[0].height if rows else 0.0
    if y + grid.head_height + first > grid.bottom + form.TOLERANCE and y > grid.top:
        pen, y = book.next_page(grid.page), grid.top
    y = _draw_rows(pen, y, grid, table, grid.heads)
    room = grid.bottom - grid.top - grid.head_height
    for part in (part for row in rows for part in split(row, room)):
        if y + part.height > grid.bottom + form.TOLERANCE and y > grid.top + grid.head_height:
            pen = book.next_page(grid.page)
            y = _draw_rows(pen, grid.top, grid, table, grid.heads)
        y = _draw_rows(pen, y, grid, table, [part])
    return pen, y


def split(row: Row, room: float) -> Iterator[Row]:
    """The row itself, or, when no page holds it, pieces that fit; no line is lost."""
    while row.height > room + form.TOLERANCE:
        counts = [int((room - form.PADDING) // (cell.size * form.LEADING)) for cell in row.cells]
        pairs = list(zip(row.cells, counts, strict=True))
        yield Row(room, tuple(replace(cell, lines=cell.lines[:n]) for cell, n in pairs), row.widths)
        rest = tuple(replace(cell, lines=cell.lines[n:]) for cell, n in pairs)
        height = max(text_height(len(cell.lines), cell.size) for cell in rest)
        row = Row(max(height, form.SUBJECT_ROW[0]), rest, row.widths)
    yield row


def _draw_rows(pen: Pen, y: float, grid: Grid, table: Node, rows: Sequence[Row]) -> float:
    with pen.inside(table):
        for row in rows:
            draw_row(pen, grid.x, y, row.widths or grid.columns, row.height, row.cells)
            y += row.height
    return y
