"""Finds the header of a table: 1 to 4 rows, anywhere in the first rows, merged or filled forward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.excel.book import Sheet
from app.excel.columns import classify, identity_of, is_name_heading, place_rank, value_kind
from app.records.names import match_key
from app.records.programme import TRAIT_NAMES
from app.records.subject_names import subject_from_text, trait_from_text

SEARCH_ROWS: Final = 20
MAX_DEPTH: Final = 4
_ANCHORS: Final = frozenset(
    {"stt", "class_name", "code", "any_code", "vnedu_code", "personal_id", "birth_date", "sex"}
)
_PARTED: Final = ("hometown", "birth_place", "residence", "name")
"""Identity headings that may span several columns."""
_VER2_PLACES: Final = {19: "hometown.0", 20: "hometown.1", 21: "hometown.2", 22: "hometown.3"} | {
    23: "birth_place.0",
    24: "birth_place.1",
}
"""Zero-based columns T-Y of the sector's pupil list, version 2, whose headings do not name their group."""


@dataclass(frozen=True, slots=True)
class Header:
    """A table's header: its rows (zero-based, inclusive) and what each column holds."""

    first: int
    last: int
    fields: Mapping[int, str]
    """Column → field (see `columns.classify`)."""
    texts: Mapping[int, str]
    """Column → its header texts joined, for messages."""
    unknown: tuple[int, ...]
    """Columns with a header that is nothing of ours."""
    columns: Mapping[str, int]
    """Field → its first column."""

    def column(self, field: str) -> int | None:
        """The first column that holds `field`."""
        return self.columns.get(field)

    def has(self, *fields: str) -> bool:
        """Whether any column holds one of `fields`."""
        return any(field in self.columns for field in fields)

    @property
    def result_fields(self) -> tuple[str, ...]:
        """The fields of subjects and traits."""
        return tuple(held for held in self.fields.values() if "." in held and not held[-1].isdigit())


def is_header_row(sheet: Sheet, row: int) -> bool:
    """Whether a row names the pupils' column and at least one more identity column."""
    found = {identity_of(text) for _, text in sheet.cells(row)}
    return bool(found & {"name", "family_name"}) and bool(found & _ANCHORS)


def find_header(sheet: Sheet, subject: str | None = None, start: int = 0) -> Header | None:
    """The first header at or below row `start`, within the first rows from there; None when there is none."""
    for row in range(start, start + SEARCH_ROWS):
        if is_header_row(sheet, row):
            return _build(sheet, row, subject)
    return None


def _build(sheet: Sheet, anchor: int, subject: str | None) -> Header:
    first = anchor
    while first > 0 and anchor - first < 2 and _is_group_row(sheet, first - 1):
        first -= 1
    last = _last_row(sheet, anchor, first)
    paths = _paths(sheet, first, last)
    fields = _settle({column: classify(path, subject) for column, path in paths.items()})
    fields = _ver2_places(fields, paths)
    return make_header(first, last, fields, paths)


def make_header(
    first: int, last: int, fields: Mapping[int, str], paths: Mapping[int, Sequence[str]]
) -> Header:
    """A header from its columns' fields and texts."""
    unknown = tuple(column for column in paths if column not in fields)
    texts = {column: " – ".join(path) for column, path in paths.items()}
    columns: dict[str, int] = {}
    for column, field in fields.items():
        columns.setdefault(field, column)
    return Header(first, last, fields, texts, unknown, columns)


def _is_group_row(sheet: Sheet, row: int) -> bool:
    """A row of group headings above the row that names the pupils' column."""
    texts = [match_key(text) for _, text in sheet.cells(row)]
    marks = ("monhoc", "nangluccotloi", "nanglucchung", "phamchat", "danhgiakqgd")
    return len(texts) >= 2 and sum(text.startswith(marks) for text in texts) >= 2


def _last_row(sheet: Sheet, anchor: int, first: int) -> int:
    name = next(column for column, text in sheet.cells(anchor) if is_name_heading(text))
    last = anchor
    for (top, left), (bottom, right) in sheet.merges:
        if top <= anchor <= bottom and left <= name <= right:
            last = max(last, min(bottom, first + MAX_DEPTH - 1))
    while last - first + 1 < MAX_DEPTH and _continues(sheet, last + 1, name):
        last += 1
    return last


def _continues(sheet: Sheet, row: int, name: int) -> bool:
    """Whether the row below still belongs to the header: no pupil in it, and words of a header."""
    if (text := sheet.text(row, name)) and not is_name_heading(text):
        return False
    texts = [text for _, text in sheet.cells(row)]
    known = sum(1 for text in texts if _is_header_word(text))
    return known >= 1 and known * 2 >= len(texts)


@lru_cache(maxsize=4096)
def _is_header_word(text: str) -> bool:
    if place_rank(text) is not None:
        return True
    if len(match_key(text)) < 3 or text.replace(",", "").replace(".", "").isdigit():
        return False
    return bool(
        value_kind(text)
        or subject_from_text(text)
        or trait_from_text(text)
        or identity_of(text)
        or classify((text,)) is not None
        or match_key(text).startswith(
            ("nangluc", "phamchat", "hoanthanh", "nghethuat", "tinhoc", "cuoinam", "dotxuat")
        )
    )


def _paths(sheet: Sheet, first: int, last: int) -> dict[int, tuple[str, ...]]:
    """Column → header texts from top to bottom, repeated ones once, group headings carried to the right."""
    width = max(len(sheet.rows.get(row, ())) for row in range(first, last + 1))
    merged = _merged_texts(sheet, first, last)
    grid = [
        [merged.get((row, c)) or sheet.text(row, c) for c in range(width)] for row in range(first, last + 1)
    ]
    for level in range(len(grid) - 1):
        _fill_forward(grid, level)
    paths: dict[int, tuple[str, ...]] = {}
    for column in range(width):
        texts = [line[column] for line in grid if line[column]]
        path = tuple(text for number, text in enumerate(texts) if number == 0 or text != texts[number - 1])
        if path:
            paths[column] = path
    return paths


def _merged_texts(sheet: Sheet, first: int, last: int) -> dict[tuple[int, int], str]:
    texts: dict[tuple[int, int], str] = {}
    for (top, left), (bottom, right) in sheet.merges:
        if bottom < first or top > last or right - left > 300:
            continue
        text = sheet.text(top, left)
        for row in range(max(top, first), min(bottom, last) + 1):
            texts |= dict.fromkeys(((row, column) for column in range(left, right + 1)), text)
    return texts


def _fill_forward(grid: list[list[str]], level: int) -> None:
    """Carry a heading to the blank cells on its right that have a text below and the same heading above."""
    line = grid[level]
    for column in range(1, len(line)):
        below = any(grid[lower][column] for lower in range(level + 1, len(grid)))
        same_above = all(grid[upper][column] == grid[upper][column - 1] for upper in range(level))
        if not line[column] and below and same_above and not _stands_alone(grid, level, column):
            line[column] = line[column - 1]


def _stands_alone(grid: list[list[str]], level: int, column: int) -> bool:
    """A blank beside an identity heading is not its continuation."""
    return level == 0 and identity_of(grid[level][column - 1]) not in (None, *_PARTED)


def _settle(found: Mapping[int, str | None]) -> dict[int, str]:
    """Names of both a subject and a competency: a subject until the first competency or a second mention."""
    settled: dict[int, str] = {}
    in_traits = False
    for column, field in found.items():
        if field is None:
            continue
        if field.startswith("?"):
            names, _, kind = field[1:].partition(".")
            as_subject, as_trait = names.split("|")
            taken = f"{as_subject}.{kind}" in settled.values()
            settled[column] = f"{as_trait if in_traits or taken else as_subject}.{kind}"
            continue
        in_traits = in_traits or field.partition(".")[0] in TRAIT_NAMES
        settled[column] = field
    return _without_repeats(settled)


def _without_repeats(fields: Mapping[int, str]) -> dict[int, str]:
    """The first column of a field wins; a second name column is the rest of a merged heading."""
    kept: dict[int, str] = {}
    for column, field in fields.items():
        if field in kept.values() and field not in ("ignore", "tick"):
            kept[column] = "name_rest" if field == "name" and fields.get(column - 1) == "name" else "ignore"
        else:
            kept[column] = field
    return kept


def _ver2_places(fields: dict[int, str], paths: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """Address parts of the version 2 pupil list by position, when the columns around confirm that version."""
    if fields.get(25) != "birth_place" or fields.get(26) != "residence":
        return fields
    for column, field in _VER2_PLACES.items():
        path = paths.get(column)
        if column not in fields and path and place_rank(path[-1]) == int(field[-1]):
            fields[column] = field
    return fields
