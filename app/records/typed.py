"""Values as a person types them: each reader gives the value, or says by a code why it is none."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from app.records.codes import (
    parse_level,
    parse_regime,
    parse_sex,
    parse_trait_level,
    parse_year_class,
    status_from_text,
)
from app.records.names import nfc
from app.records.types import Level, Regime, Sex, Status, TraitLevel, YearClass

ANY: Final = "workflow.bad_value"
LEVEL: Final = "typed.level"
TRAIT_LEVEL: Final = "typed.trait_level"
SCORE: Final = "typed.score"
DECIMAL: Final = "typed.score_decimal"
DAY: Final = "typed.day"
SEX: Final = "typed.sex"
PERSONAL_ID: Final = "typed.personal_id"
NAME: Final = "typed.name"
REASONS: Final = (ANY, LEVEL, TRAIT_LEVEL, SCORE, DECIMAL, DAY, SEX, PERSONAL_ID, NAME)
"""Codes of the sentences that say why a value was not taken; each takes value, field and name."""

HIGHEST: Final = 10
_YES: Final = frozenset({"1", "x", "có", "yes", "true", "đúng"})
_NO: Final = frozenset({"0", "không", "no", "false", "sai"})
_DECIMAL: Final = re.compile(r"[0-9]+[.,][0-9]+")
_DAY: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_OLDEST: Final = 1900
_DAYS_OF_A_YEAR: Final = 366
_LARGEST_MEASURE: Final = 300


class Unreadable(ValueError):
    """A typed value that a field cannot take; `code` is one of `REASONS`."""

    def __init__(self, code: str = ANY) -> None:
        super().__init__(code)
        self.code = code


def level(text: str) -> Level:
    """Level of a subject: T, H, C, HTT, HT, CHT or the words (article 7.1a)."""
    found = parse_level(text)
    if found is None:
        raise Unreadable(LEVEL)
    return found


def trait_level(text: str) -> TraitLevel:
    """Level of a quality or competency: T, Đ (also D), C, CCG or the words (article 7.2)."""
    found = parse_trait_level(text)
    if found is None:
        raise Unreadable(TRAIT_LEVEL)
    return found


def score(text: str) -> int:
    """Score of a test: a whole number from 0 to 10, no decimals (article 7.1d)."""
    text = text.strip()
    if _DECIMAL.fullmatch(text):
        raise Unreadable(DECIMAL)
    if not re.fullmatch("[0-9]{1,2}", text) or int(text) > HIGHEST:
        raise Unreadable(SCORE)
    return int(text)


def day(text: str) -> date:
    """A date as 25/09/2014 (day first) or 2014-09-25, from 1900 on."""
    text = text.strip()
    try:
        if found := _ISO.fullmatch(text):
            made = date(int(found[1]), int(found[2]), int(found[3]))
        elif found := _DAY.fullmatch(text):
            made = date(int(found[3]), int(found[2]), int(found[1]))
        else:
            raise Unreadable(DAY)
    except ValueError:
        raise Unreadable(DAY) from None
    if made.year < _OLDEST:
        raise Unreadable(DAY)
    return made


def sex(text: str) -> Sex:
    """Nam or Nữ."""
    found = parse_sex(text)
    if found is None:
        raise Unreadable(SEX)
    return found


def personal_id(text: str) -> str:
    """A personal identification number: twelve digits; whether they fit the pupil is for the checks."""
    digits = "".join(text.split())
    if not re.fullmatch("[0-9]{12}", digits):
        raise Unreadable(PERSONAL_ID)
    return digits


def words(text: str) -> str:
    """Free text on one line; the look-alike Ð (U+00D0) becomes Đ."""
    return " ".join(nfc(text).replace("\u00d0", "Đ").replace("\u00f0", "đ").split())


def name(text: str) -> str:
    """A name: words without digits."""
    made = words(text)
    if any(letter.isdigit() for letter in made):
        raise Unreadable(NAME)
    return made


def flag(text: str) -> bool:
    """Yes or no: có/không, 1/0, x, yes/no, true/false."""
    word = nfc(text).strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable


def days(text: str) -> int:
    """Days of absence, 0 to 366."""
    text = text.strip()
    if not re.fullmatch("[0-9]{1,3}", text) or int(text) > _DAYS_OF_A_YEAR:
        raise Unreadable
    return int(text)


def measure(text: str) -> float:
    """Centimetres or kilograms, above 0 and below 300; comma or point before the decimals."""
    text = text.strip().replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", text) or not 0 < float(text) < _LARGEST_MEASURE:
        raise Unreadable
    return float(text)


def awards(text: str) -> tuple[str, ...]:
    """Awards separated by semicolons."""
    return tuple(part.strip() for part in nfc(text).split(";") if part.strip())


def year_class(text: str) -> YearClass:
    """HTXS, HTT, HT, CHT or the words (article 9.2a)."""
    found = parse_year_class(text)
    if found is None:
        raise Unreadable
    return found


def regime(text: str) -> Regime:
    """How the pupil is assessed (article 8), by code or words."""
    found = parse_regime(text)
    if found is None:
        raise Unreadable
    return found


def status(text: str) -> Status:
    """Enrolment status by its code 01 to 12 or its words."""
    text = text.strip()
    found = Status(text) if text in set(Status) else status_from_text(text)
    if found is None:
        raise Unreadable
    return found
