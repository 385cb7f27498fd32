"""Single cells as values of the domain: a value, or a `Problem` that says what is wrong with the cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from app.excel.book import Value, one_line, shown
from app.records.codes import parse_level, parse_sex, parse_trait_level
from app.records.names import match_key
from app.records.types import Level, Sex, TraitLevel


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell gives no value: the code of its sentence."""

    code: str


EXEMPT: Final = Problem("excel.exempt")
"""A mark that says "not assessed here": the cell stays empty, with a note."""

_EXEMPT_WORDS: Final = frozenset({"mien", "m", "x", "mg", "kdg", "khongdanhgia", "khonghoc"})
_TCVN3_D: Final = "\u00a7"
"""A lone Đ typed in a .VnTime font."""
_DASHES: Final = frozenset("-–—_./\\")
_TICKS: Final = frozenset(
    {"x", "v", "✓", "✔", "☑", "☒", "√", "\uf0fc", "\uf0fe", "ü", "þ", "1", "có", "đúng", "true", "✗", "✘"}
)
_CROSSES: Final = frozenset({"0", "không", "sai", "false"})
_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_DIGITS: Final = re.compile(r"[0-9]+")
_SCIENTIFIC: Final = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)


_level = lru_cache(maxsize=1024)(parse_level)
_trait_level = lru_cache(maxsize=1024)(parse_trait_level)


def is_exempt(value: Value) -> bool:
    """Whether the cell holds "Miễn", "X", "-" or the like instead of a result."""
    if not isinstance(value, str):
        return False
    text = one_line(value)
    return bool(text) and (set(text) <= _DASHES or match_key(text) in _EXEMPT_WORDS)


def read_level(value: Value) -> Level | Problem:
    """A subject's level (T, H, C, HTT, "Hoàn thành tốt"…)."""
    level = _level(shown(value)) if isinstance(value, str) else None
    if level is not None:
        return level
    return EXEMPT if is_exempt(value) else Problem("excel.level")


def read_trait_level(value: Value) -> TraitLevel | Problem:
    """The level of a quality or competency (T, Đ, C, also D and U+00D0; "Tốt"…)."""
    text = "Đ" if value == _TCVN3_D else value
    level = _trait_level(shown(text)) if isinstance(text, str) else None
    if level is not None:
        return level
    return EXEMPT if is_exempt(value) else Problem("excel.trait_level")


def read_score(value: Value) -> int | Problem:
    """A test score: a whole number from 0 to 10 (Circular 27, article 7.1d). "9,0", "9.0" and "9 " are 9."""
    number: float | None = None
    if isinstance(value, str):
        text = one_line(value).replace(" ", "").lstrip("'")
        number = float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        number = float(value)
    if number is not None and number.is_integer() and 0 <= number <= 10:
        return int(number)
    return EXEMPT if is_exempt(value) else Problem("excel.score")


def read_tick(value: Value | None) -> bool | None:
    """True for a tick in any form, False for 0 or "Không", None when empty or anything else."""
    if isinstance(value, bool):
        return value
    text = shown(value).lower()
    if text in _TICKS:
        return True
    return False if text in _CROSSES else None


def read_sex(value: Value) -> Sex | Problem:
    """Sex by its word; a bare number is never read (domain 5.2)."""
    return parse_sex(shown(value)) or Problem("excel.sex")


def read_number(value: Value, low: float, high: float) -> float | Problem:
    """A measure between `low` and `high`, with a comma or a point."""
    number: float | None = None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = float(value)
    elif isinstance(value, str):
        text = re.sub(r"\s*(cm|kg|ngày|buổi)\.?$", "", one_line(value), flags=re.IGNORECASE).replace(" ", "")
        number = float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
    return number if number is not None and low <= number <= high else Problem("excel.number")


@dataclass(frozen=True, slots=True)
class Code:
    """A code as text; `was_number` when Excel held it as a number, so that zeros in front may be lost."""

    text: str
    was_number: bool = False


def read_code(value: Value) -> Code | Problem:
    """A code as text, whatever Excel made of it. Digits rounded away by "9,4E+10" cannot be brought back."""
    if isinstance(value, (bool, date, datetime)):
        return Problem("excel.code")
    if isinstance(value, float):
        return Code(str(int(value)), True) if value.is_integer() and value >= 0 else Problem("excel.code")
    if isinstance(value, int):
        return Code(str(value), True)
    text = re.sub(r"\s+", "", shown(value)).lstrip("'’`")
    if _SCIENTIFIC.fullmatch(text):
        return _from_scientific(text)
    return Code(re.sub(r"\.0+$", "", text)) if text else Problem("excel.code")


def _from_scientific(text: str) -> Code | Problem:
    """Only when every digit is still there: 9.4214000001E+10 is exact, 9.4E+10 is not."""
    mantissa, _, exponent = text.lower().replace(",", ".").partition("e")
    digits = mantissa.replace(".", "")
    missing = int(exponent) - (len(digits) - 1)
    return Code(digits, True) if missing == 0 else Problem("excel.code_rounded")


def is_digits(text: str) -> bool:
    """Whether the text is ASCII digits only."""
    return _DIGITS.fullmatch(text) is not None


def name_text(value: Value | None) -> str:
    """A person's name: one line, U+00D0 as Đ, no leading numbers or list marks."""
    return shown(value).replace("Ð", "Đ").replace("ð", "đ") if isinstance(value, str) else ""
