"""The school's own rules as settings: their names, what each accepts, and the values they stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from app.records.programme import SPECIFIC
from app.records.types import Level, LocalRules, Severity

MINORITY_LANGUAGE_TEST: Final = "minority_language_test"
ELECTIVES_COUNT: Final = "electives_count"
SHOWN_COMPETENCIES: Final = tuple(f"competencies_{grade}" for grade in range(1, 6))
LEVEL_SCORES: Final = "check_level_scores"
COMPETENCY_GAP: Final = "check_competency_gap"
RULES_OFF: Final = "check_off"
SEVERITIES: Final = "check_severity"


def _flag(value: str) -> bool:
    return value in {"0", "1"}


def _competencies(value: str) -> bool:
    codes = value.split()
    return not codes or (set(codes) <= set(SPECIFIC) and len(set(codes)) == len(codes))


def level_scores(text: str) -> Mapping[Level, tuple[int, int]] | None:
    """ "T=9-10 H=5-8 C=0-4": lowest and highest score that fits a level; None when it says something else."""
    parts = re.findall(r"([THC])=(\d{1,2})-(\d{1,2})", text)
    bands = {Level(code): (int(low), int(high)) for code, low, high in parts}
    whole = len(parts) == len(text.split()) == len(bands) == len(Level)
    return bands if whole and all(0 <= low <= high <= 10 for low, high in bands.values()) else None


def severities(text: str) -> Mapping[str, Severity] | None:
    """ "rule=warning rule=note": another severity by rule; None when it says something else."""
    pairs = [part.partition("=") for part in text.split()]
    known = {severity.value for severity in Severity}
    if any(value not in known or not rule for rule, _, value in pairs):
        return None
    return {rule: Severity(value) for rule, _, value in pairs}


ACCEPTS: Final[Mapping[str, Callable[[str], bool]]] = MappingProxyType(
    {
        MINORITY_LANGUAGE_TEST: _flag,
        ELECTIVES_COUNT: _flag,
        **dict.fromkeys(SHOWN_COMPETENCIES, _competencies),
        LEVEL_SCORES: lambda value: value == "off" or level_scores(value) is not None,
        COMPETENCY_GAP: lambda value: value in {"0", "1", "2"},
        RULES_OFF: lambda value: True,
        SEVERITIES: lambda value: severities(value) is not None,
    }
)
"""Every setting of the rules with what it accepts; the rules named are looked up by the workflow."""


def local_rules(settings: Mapping[str, str]) -> LocalRules:
    """The rules that `settings` stand for; what is not set is as in the circular or in common practice."""
    shown = ((grade, _ordered(settings.get(name, ""))) for grade, name in enumerate(SHOWN_COMPETENCIES, 1))
    return LocalRules(
        minority_language_test=settings.get(MINORITY_LANGUAGE_TEST, "") == "1",
        electives_count=settings.get(ELECTIVES_COUNT, "") != "0",
        specific=tuple((grade, codes) for grade, codes in shown if codes),
    )


def _ordered(text: str) -> tuple[str, ...]:
    """Codes in the order of the form."""
    chosen = set(text.split())
    return tuple(code for code in SPECIFIC if code in chosen)
