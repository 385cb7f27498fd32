"""Decodes cells in an old Vietnamese encoding, by their font where known, else column by column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from app.excel.book import Sheet, Value
from app.excel.legacy_text import Encoding, decode, draws_capitals, font_encoding, is_unicode, signature

Fonts = Mapping[tuple[int, int], str]
"""(row, column), zero-based → font name."""


_WINGDINGS: Final = ("ü", "þ")
"""Ticks of the font Wingdings, as their bytes read."""


@dataclass(slots=True)
class _Votes:
    """What the texts of a column, or of a whole sheet, prove."""

    signs: Counter[Encoding] = field(default_factory=Counter)
    unicode: int = 0

    def winner(self) -> Encoding | None:
        """TCVN3 proves itself with one cell, VNI (whose signs also occur in foreign names) with two."""
        tcvn3, vni = self.signs[Encoding.TCVN3], self.signs[Encoding.VNI]
        if tcvn3 > self.unicode and tcvn3 * 2 >= vni:
            return Encoding.TCVN3
        return Encoding.VNI if vni >= 2 and vni > self.unicode else None


def _count(sheet: Sheet) -> tuple[_Votes, dict[int, _Votes]]:
    whole, columns = _Votes(), dict[int, _Votes]()
    for values in sheet.rows.values():
        for column, value in enumerate(values):
            if not isinstance(value, str) or value.isascii():
                continue
            votes = columns.setdefault(column, _Votes())
            if is_unicode(value):
                votes.unicode += 1
                whole.unicode += 1
            elif (sign := signature(value)) is not None:
                votes.signs[sign] += 1
                whole.signs[sign] += 1
    return whole, columns


def decode_sheet(sheet: Sheet, fonts: Fonts) -> Sheet:
    """`sheet` with its legacy cells as Unicode and noted in `legacy`; unchanged when there are none."""
    whole, columns = _count(sheet)
    sheet_wide = whole.winner() if not whole.unicode else None
    chosen = {
        column: votes.winner() or (None if votes.unicode else sheet_wide) for column, votes in columns.items()
    }
    if not fonts and not any(chosen.values()):
        return sheet
    legacy: dict[tuple[int, int], str] = {}
    rows = {row: _decode_row(row, values, chosen, fonts, legacy) for row, values in sheet.rows.items()}
    return replace(sheet, rows=rows, legacy=legacy)


def _decode_row(
    row: int,
    values: Sequence[Value],
    chosen: Mapping[int, Encoding | None],
    fonts: Fonts,
    legacy: dict[tuple[int, int], str],
) -> list[Value]:
    decoded: list[Value] = []
    for column, value in enumerate(values):
        font = fonts.get((row, column), "")
        encoding = font_encoding(font) or chosen.get(column)
        capitals = draws_capitals(font)
        if (
            isinstance(value, str)
            and encoding
            and value not in _WINGDINGS
            and (capitals or not value.isascii())
            and not is_unicode(value)
        ):
            legacy[row, column] = encoding.value
            decoded.append(decode(value, encoding, capitals=capitals))
        else:
            decoded.append(value)
    return decoded
