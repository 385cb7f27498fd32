"""The 12-digit personal identification number: province, sex and century, birth year, six digits."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.records.provinces import PROVINCES
from app.records.types import Sex

__all__ = ["PROBLEMS", "PROVINCES", "check_personal_id", "restore_zeros"]

FORMAT: Final = "format"
PROVINCE: Final = "province"
SEX: Final = "sex"
BIRTH_YEAR: Final = "birth_year"
PROBLEMS: Final = (FORMAT, PROVINCE, SEX, BIRTH_YEAR)

_LENGTH: Final = 12
_MAX_LOST_ZEROS: Final = 2
"""No province code begins with three zeros."""


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def check_personal_id(personal_id: str, sex: Sex | None, birth: date | None) -> tuple[str, ...]:
    """What does not fit, as codes out of `PROBLEMS`; empty when all fits or nothing is known against it.

    There is no check digit. Digit 4 holds the century (two values each, even for boys, odd for girls),
    digits 5 and 6 the year of birth.
    """
    if len(personal_id) != _LENGTH or not _is_digits(personal_id):
        return (FORMAT,)
    problems = []
    if personal_id[:3] not in PROVINCES:
        problems.append(PROVINCE)
    century, parity = divmod(int(personal_id[3]), 2)
    if sex is not None and parity != (0 if sex is Sex.MALE else 1):
        problems.append(SEX)
    if birth is not None and (19 + century) * 100 + int(personal_id[4:6]) != birth.year:
        problems.append(BIRTH_YEAR)
    return tuple(problems)


def restore_zeros(text: str, sex: Sex | None, birth: date | None) -> str | None:
    """The full number when a spreadsheet dropped its leading zeros, else None.

    Only when province, sex and birth year all fit the completed number: a guess is never made. A number
    that is already complete needs nothing and gives None.
    """
    digits = text.strip().removesuffix(".0")
    lost = _LENGTH - len(digits)
    if not _is_digits(digits) or not 1 <= lost <= _MAX_LOST_ZEROS or sex is None or birth is None:
        return None
    restored = digits.zfill(_LENGTH)
    return None if check_personal_id(restored, sex, birth) else restored
