"""HTML named .xls: read when it is one plain table, else refused."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.excel.book import Merge, Sheet, Value, one_line, sparse

_MAX_SPAN: Final = 200
_MAX_CELLS: Final = 2_000_000


class _Tables(HTMLParser):
    """Collects the rows of tables as (text, column span, row span)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[tuple[str, int, int]]]] = []
        self.nested = False
        self._depth = 0
        self._cell: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            self.nested = self.nested or self._depth > 1
            self.tables.append([])
        elif tag == "tr" and self._depth:
            self._finish_cell()
            self.tables[-1].append([])
        elif tag in ("td", "th") and self._depth:
            self._finish_cell()
            spans = dict(attrs)
            self._span = _span(spans.get("colspan")), _span(spans.get("rowspan"))
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._finish_cell()
        if tag == "table" and self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _finish_cell(self) -> None:
        if self._cell is None:
            return
        if not self.tables[-1]:
            self.tables[-1].append([])
        self.tables[-1][-1].append((one_line("".join(self._cell)), *self._span))
        self._cell = None


def _span(text: str | None) -> int:
    digits = (text or "1").strip()
    return min(max(int(digits), 1), _MAX_SPAN) if digits.isascii() and digits.isdigit() else 1


def read_html(data: bytes, path: Path) -> Sheet:
    """The one table of an HTML file as a sheet; UserError `excel.html_not_plain` for anything else."""
    parser = _Tables()
    parser.feed(_text(data, path))
    parser.close()
    filled = [rows for rows in parser.tables if any(rows)]
    if parser.nested or len(filled) != 1:
        raise UserError("excel.html_not_plain", file=path.name)
    return _lay_out(filled[0], path)


def _text(data: bytes, path: Path) -> str:
    for encoding in ("utf-8-sig", "utf-16") if data[:2] not in (b"\xff\xfe", b"\xfe\xff") else ("utf-16",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError("excel.html_not_plain", file=path.name)


def _lay_out(table: list[list[tuple[str, int, int]]], path: Path) -> Sheet:
    taken: dict[tuple[int, int], str] = {}
    merges: list[Merge] = []
    for row, cells in enumerate(table):
        column = 0
        for text, width, height in cells:
            while (row, column) in taken:
                column += 1
            taken |= {(row + down, column + right): "" for down in range(height) for right in range(width)}
            if len(taken) > _MAX_CELLS:
                raise UserError("excel.html_not_plain", file=path.name)
            taken[row, column] = text
            if (width, height) != (1, 1):
                merges.append(((row, column), (row + height - 1, column + width - 1)))
            column += width
    columns = 1 + max((column for _, column in taken), default=0)
    grid: list[list[Value]] = [[taken.get((row, c), "") for c in range(columns)] for row in range(len(table))]
    return Sheet(path.stem, sparse(grid), tuple(merges))
