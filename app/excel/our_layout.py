"""Our own template: a hidden row of field codes says what each column holds, so headings may be reworded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.excel.book import Sheet
from app.excel.header import Header, make_header
from app.records.codes import parse_period
from app.records.programme import (
    GENERAL,
    GROUP_NAMES,
    QUALITIES,
    SPECIFIC,
    SUBJECT_NAMES,
    TRAIT_NAMES,
    Programme,
)
from app.records.types import Period

MARK: Final = "HOCBA-1"
"""First cell of every sheet of the template; the number is the layout's version."""
META_ROW: Final = 0
"""Hidden: mark, class, period, school year."""
CODE_ROW: Final = 1
"""Hidden: the field of each column."""
TITLE_ROW: Final = 2
HEADER_ROWS: Final = (4, 5)
FIRST_ROW: Final = 6
MAX_SUBJECT_TEXT: Final = 60

IDENTITY: Final = ("stt", "code", "name", "birth_date", "female")
MEASURES: Final = ("height_cm", "weight_kg", "absent_excused", "absent_unexcused")
OUTCOME: Final = ("confirmed", "completed", "promoted", "award")


@dataclass(frozen=True, slots=True)
class Meta:
    """What the hidden first row says."""

    class_name: str
    period: Period | None
    year: str


def read_meta(sheet: Sheet) -> Meta | None:
    """The template's own statement, None when the sheet is not of our template."""
    if sheet.text(META_ROW, 0) != MARK:
        return None
    return Meta(sheet.text(META_ROW, 1), parse_period(sheet.text(META_ROW, 2)), sheet.text(META_ROW, 3))


def read_header(sheet: Sheet) -> Header:
    """The template's header by its codes; codes that this version does not know are unknown columns."""
    known = _known_fields()
    fields = {column: code for column, code in sheet.cells(CODE_ROW) if code in known}
    paths: dict[int, tuple[str, ...]] = {}
    for column, code in sheet.cells(CODE_ROW):
        texts = tuple(text for row in HEADER_ROWS if (text := sheet.text(row, column)))
        paths[column] = texts or (code,)
    return make_header(CODE_ROW, FIRST_ROW - 1, fields, paths)


def _known_fields() -> frozenset[str]:
    results = {f"{code}.{kind}" for code in SUBJECT_NAMES for kind in ("level", "score", "comment")}
    results |= {f"{code}.{kind}" for code in TRAIT_NAMES for kind in ("level", "comment")}
    identity = {*IDENTITY, "personal_id", "vnedu_code"}
    return frozenset(results | identity | {*MEASURES, *OUTCOME, *GROUP_NAMES, "completed_primary"})


def result_fields(programme: Programme, period: Period) -> tuple[str, ...]:
    """Fields of the results of one grade and period, in the order of the form."""
    fields: list[str] = []
    shown = [code for code in SUBJECT_NAMES if code in programme.subjects or code in programme.electives]
    for code in shown:
        fields.append(f"{code}.level")
        if code in programme.tests[period] or (code == "TDT" and period in (Period.CK1, Period.CN)):
            fields.append(f"{code}.score")
        fields.append(f"{code}.comment")
    for group, codes in (("PC", QUALITIES), ("NLC", GENERAL), ("NLDT", SPECIFIC)):
        fields += [f"{code}.level" for code in codes if code in programme.traits]
        fields.append(group)
    return tuple(fields)
