"""The demo's school and the comment bank break no rule about comments."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest

from app.demo.school import make_school
from app.paths import resource
from app.records import checks
from app.records.checks import CheckSettings
from app.records.similarity import clusters
from app.records.types import ClassYear, Level, Period, PeriodResults, TraitLevel, TraitResult
from app.transcript.pdf import fits_smallest
from tests.records.builders import changed, make_class, period_results, subject

BANK = json.loads(resource("comment_bank", "phrases.json").read_text(encoding="utf-8"))


def in_period(klass: ClassYear, period: Period) -> ClassYear:
    """The class with the results of the end of the year in another period."""
    pupils = tuple(
        replace(entry, results={period: entry.results.get(Period.CN, PeriodResults())})
        for entry in klass.pupils
    )
    return replace(klass, pupils=pupils)


def about_comments(school: Sequence[ClassYear], period: Period = Period.CN) -> list[str]:
    found = checks.run_all(school, period, CheckSettings(measure=fits_smallest))
    return [one.message for one in found if one.rule.startswith("comment.")]


@pytest.mark.parametrize("period", Period)
def test_the_demo_school_has_no_finding_about_comments(period: Period) -> None:
    school = [in_period(klass, period) for klass in make_school(pupils=847).classes]
    assert sum(len(klass.pupils) for klass in school) == 847
    assert about_comments(school, period) == []


@pytest.mark.parametrize("code", BANK["subjects"])
@pytest.mark.parametrize("level", Level)
def test_every_comment_of_the_bank_suits_its_level(code: str, level: Level) -> None:
    klass = make_class(4, 36)
    for at, (opening, ending) in enumerate(product(BANK["openings"][level], BANK["subjects"][code])):
        klass = changed(klass, subject(code, level=level, comment=f"{opening}; {ending}."), at)
    assert about_comments([klass]) == []


@pytest.mark.parametrize("group", BANK["groups"])
@pytest.mark.parametrize("level", TraitLevel)
def test_every_group_comment_of_the_bank_suits_any_level(group: str, level: TraitLevel) -> None:
    bank = BANK["groups"][group]
    klass = make_class(4, 36)
    for at, (opening, ending) in enumerate(product(bank["openings"], bank["endings"])):
        own = klass.pupils[at].period(Period.CN)
        traits = {code: TraitResult(level) for code in own.traits}
        comments = {**own.group_comments, group: f"{opening}; {ending}."}
        klass = changed(klass, period_results(PeriodResults(own.subjects, traits, comments)), at)
    assert about_comments([klass]) == []


@pytest.mark.parametrize("code", BANK["subjects"])
def test_no_two_comments_of_the_bank_are_nearly_equal(code: str) -> None:
    openings = [opening for level in Level for opening in BANK["openings"][level]]
    texts = [f"{one}; {two}".casefold() for one, two in product(openings, BANK["subjects"][code])]
    assert clusters(texts, percent=90) == []
