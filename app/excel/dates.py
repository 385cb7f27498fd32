"""Dates as workbooks write them: real dates, serial numbers, and texts in every usual order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from app.excel.book import Value

SERIAL_BASE: Final = date(1899, 12, 30)
_SERIALS: Final = range(10_000, 80_000)
"""Serial numbers taken for dates: the years 1927 to 2118."""

_PARTS: Final = re.compile(r"(\d{1,4})\s*[-/.,\s]\s*(\d{1,2})\s*[-/.,\s]\s*(\d{1,4})(?:[ T]\d{1,2}:.*)?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")

Doubt = Literal["", "us_order", "two_digits"]


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date and what is doubtful about it: month before day, or a year of two digits."""

    value: date
    doubt: Doubt = ""


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full_year(text: str, latest: int) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return 2000 + year if 2000 + year <= latest else 1900 + year


def _from_serial(number: float) -> date | None:
    whole = int(number)
    if whole in _SERIALS:
        return SERIAL_BASE + timedelta(days=whole)
    compact = _COMPACT.fullmatch(str(whole))
    return _make(int(compact[1]), int(compact[2]), int(compact[3])) if compact else None


def _from_text(text: str, latest: int) -> ReadDate | None:
    stripped = text.strip().lstrip("'")
    if re.fullmatch(r"\d{5}(\.\d+)?", stripped):
        found = _from_serial(float(stripped))
        return ReadDate(found) if found else None
    match = _PARTS.fullmatch(stripped)
    if match is None:
        return None
    first, second, third = match[1], match[2], match[3]
    if len(first) == 4:
        iso = _make(int(first), int(second), int(third))
        return ReadDate(iso) if iso else None
    if len(first) > 2 or len(third) not in (2, 4):
        return None
    year, doubt = _full_year(third, latest), "two_digits" if len(third) == 2 else ""
    if (usual := _make(year, int(second), int(first))) is not None:
        return ReadDate(usual, "two_digits" if doubt else "")
    swapped = _make(year, int(first), int(second))
    return ReadDate(swapped, "us_order") if swapped else None


def read_date(value: Value | None, latest: int) -> ReadDate | None:
    """A cell as a date; `latest` is the last year that two digits may mean. None when it is no date."""
    found: ReadDate | None = None
    if isinstance(value, datetime):
        found = ReadDate(value.date())
    elif isinstance(value, date):
        found = ReadDate(value)
    elif isinstance(value, str):
        found = _from_text(value, latest)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        number = _from_serial(value)
        found = ReadDate(number) if number else None
    return found if found and 1900 < found.value.year <= latest else None


def order_is_doubtful(values: Iterable[Value | None]) -> bool:
    """Whether a column shows that Excel swapped day and month: texts with days past 12, dates never.

    A PC with American settings turns 05/09/2014 into 9 May and leaves 25/09/2014 as text.
    """
    texts = dates = False
    for value in values:
        if isinstance(value, (date, datetime)):
            if value.day > 12:
                return False
            dates = True
        elif isinstance(value, str) and (match := _PARTS.fullmatch(value.strip())):
            texts = texts or (len(match[1]) <= 2 and int(match[1]) > 12)
    return texts and dates
