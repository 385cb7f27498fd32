"""The school's own rules: what settings accept, and what they change."""

from __future__ import annotations

import pytest

from app.records import local
from app.records.classification import propose
from app.records.programme import GENERAL, QUALITIES, SPECIFIC, programme_for
from app.records.types import STANDARD, Level, LocalRules, Severity
from tests.records.builders import make_entry, subject, trait

YEAR = "2023-2024"

ACCEPTED = [
    (local.MINORITY_LANGUAGE_TEST, "1"),
    (local.ELECTIVES_COUNT, "0"),
    ("competencies_1", "NL_NN NL_TT NL_TM NL_TC"),
    ("competencies_2", ""),
    (local.LEVEL_SCORES, "T=9-10 H=5-8 C=0-4"),
    (local.LEVEL_SCORES, "off"),
    (local.COMPETENCY_GAP, "0"),
    (local.RULES_OFF, "comment.full_stop level.score"),
    (local.SEVERITIES, "level.score=note score.zero=error"),
    (local.SEVERITIES, ""),
]
REFUSED = [
    (local.MINORITY_LANGUAGE_TEST, "có"),
    (local.ELECTIVES_COUNT, ""),
    ("competencies_1", "NL_NN NL_XX"),
    ("competencies_1", "NL_NN NL_NN"),
    (local.LEVEL_SCORES, "T=9-10 H=5-8"),
    (local.LEVEL_SCORES, "T=9-11 H=5-8 C=0-4"),
    (local.LEVEL_SCORES, "T=10-9 H=5-8 C=0-4"),
    (local.LEVEL_SCORES, "T=9-10 T=9-10 C=0-4"),
    (local.LEVEL_SCORES, "T=9-10 H=5-8 C=0-4 X=1-2"),
    (local.COMPETENCY_GAP, "3"),
    (local.SEVERITIES, "level.score=loud"),
    (local.SEVERITIES, "level.score"),
]


@pytest.mark.parametrize(("name", "value"), ACCEPTED)
def test_accepted(name: str, value: str) -> None:
    assert local.ACCEPTS[name](value)


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_refused(name: str, value: str) -> None:
    assert not local.ACCEPTS[name](value)


def test_nothing_set_is_the_standard() -> None:
    assert local.local_rules({}) == STANDARD == LocalRules()


def test_settings_become_rules() -> None:
    rules = local.local_rules(
        {"minority_language_test": "1", "electives_count": "0", "competencies_2": "NL_TC NL_NN"}
    )
    assert rules == LocalRules(True, False, ((2, ("NL_NN", "NL_TC")),))


def test_bands_and_severities_are_read() -> None:
    assert local.level_scores("C=0-4 T=9-10 H=5-8") == {Level.T: (9, 10), Level.H: (5, 8), Level.C: (0, 4)}
    assert local.severities("a.b=note") == {"a.b": Severity.NOTE}


def test_an_elective_counts_unless_the_school_says_otherwise() -> None:
    entry = subject("TDT", level=Level.C, comment="Cần đọc nhiều hơn.")(make_entry(0, 1, "1A", YEAR))
    assert propose(YEAR, entry).code == "CHT"
    assert propose(YEAR, entry, LocalRules(electives_count=False)).code == "HTXS"


@pytest.mark.parametrize("grade", range(1, 5))
def test_other_competencies_may_be_shown(grade: int) -> None:
    shown = ("NL_NN", "NL_TT")
    rules = LocalRules(specific=((grade, shown),))
    assert programme_for(YEAR, grade, rules).traits == (*QUALITIES, *GENERAL, *shown)
    other = grade % 4 + 1
    assert programme_for(YEAR, other, rules).traits == programme_for(YEAR, other).traits
    without = trait("NL_TC", level=None)(make_entry(0, grade, f"{grade}A", YEAR))
    assert propose(YEAR, without).status == "missing"
    assert propose(YEAR, without, rules).code == "HTXS"
    assert set(shown) < set(SPECIFIC)
