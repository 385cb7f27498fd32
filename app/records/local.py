"""The school's own rules as settings: their names, what each accepts, and the values they stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from app.records.programme import SPECIFIC
from app.records.types import FormOptions, Level, LocalRules, Severity, SubjectOrder, Untaught

MINORITY_LANGUAGE_TEST: Final = "minority_language_test"
ELECTIVES_COUNT: Final = "electives_count"
SHOWN_COMPETENCIES: Final = tuple(f"competencies_{grade}" for grade in range(1, 6))
LEVEL_SCORES: Final = "check_level_scores"
COMPETENCY_GAP: Final = "check_competency_gap"
RULES_OFF: Final = "check_off"
SEVERITIES: Final = "check_severity"
FORM_UNTAUGHT: Final = "form_untaught"
FORM_ORDER: Final = "form_order"
FORM_GUIDANCE: Final = "form_guidance"
FOREIGN_LANGUAGE: Final = "foreign_language"
MINORITY_LANGUAGE: Final = "minority_language"
NAMES_ON: Final = "form_names_on"
"""Whose day decides on the school's names in a transcript: "year" (its last day) or "issue"."""
ENGLISH: Final = "Tiếng Anh"


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


def _language(value: str) -> bool:
    return not value or bool(re.fullmatch(r"Tiếng [^\W\d_][\w -]{0,30}", value))


FORM_SETTINGS: Final[Mapping[str, Callable[[str], bool]]] = MappingProxyType(
    {
        FORM_UNTAUGHT: lambda value: value in set(Untaught),
        FORM_ORDER: lambda value: value in set(SubjectOrder),
        FORM_GUIDANCE: _flag,
        FOREIGN_LANGUAGE: _language,
        MINORITY_LANGUAGE: _language,
        NAMES_ON: lambda value: value in {"year", "issue"},
    }
)
"""Every setting of the printed form with what it accepts."""

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


def form_options(settings: Mapping[str, str]) -> FormOptions:
    """The printed form that `settings` stand for; what is not set is as in domain D2.4."""
    return FormOptions(
        untaught=Untaught(settings.get(FORM_UNTAUGHT) or Untaught.DROPPED),
        order=SubjectOrder(settings.get(FORM_ORDER) or SubjectOrder.STANDARD),
        guidance=settings.get(FORM_GUIDANCE, "") != "0",
        foreign_language=settings.get(FOREIGN_LANGUAGE) or ENGLISH,
        minority_language=settings.get(MINORITY_LANGUAGE, ""),
    )
