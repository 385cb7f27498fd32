"""Rules that need facts from elsewhere: counts of files, certificates, the days of the year, growth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pytest

from app.records import checks
from app.records.checks import RULES, ClassFacts
from app.records.types import (
    ClassYear,
    Level,
    LocalRules,
    Period,
    PeriodResults,
    SigningRole,
    Stage,
    Status,
    TranscriptState,
)
from tests.records.builders import (
    Change,
    both,
    changed,
    enrolment,
    make_class,
    outcome,
    period_results,
    pupil,
    subject,
)

EARLY, LAST = date(2024, 6, 19), date(2024, 6, 20)
VALID: Mapping[SigningRole, date] = dict.fromkeys(SigningRole, date(2026, 1, 1))
READY = ClassFacts(listed=6, certificates=VALID, binding_begun=True, signing_ends=LAST)
BARE = ClassFacts(listed=6, signing_ends=LAST)
"""As after a fresh import: a list, no certificate."""


def at_stage(stage: Stage, *changes: Change) -> ClassYear:
    klass = replace(make_class(4), stages={Period.CN: stage})
    for at, change in enumerate(changes):
        klass = changed(klass, change, at)
    return klass


def issued(klass: ClassYear, state: TranscriptState = TranscriptState.ISSUED) -> dict[int, TranscriptState]:
    return {entry.key: state for entry in klass.pupils}


OPEN, SUBMITTED, APPROVED = (at_stage(stage) for stage in Stage)
FIRST = APPROVED.pupils[0].key
NOT_FIRST = {key: state for key, state in issued(APPROVED).items() if key != FIRST}


LEFT_IN_TERM_1 = both(
    enrolment(status=Status.LEFT_1),
    *(period_results(PeriodResults(), period) for period in (Period.GK2, Period.CN)),
)


@dataclass(frozen=True)
class Planted:
    """One mistake, and the fields in which it is found."""

    rule: str
    fields: tuple[str, ...]
    klass: ClassYear = OPEN
    facts: ClassFacts = READY
    period: Period = Period.CN
    said: str = ""


def without(role: SigningRole) -> ClassFacts:
    return replace(READY, certificates={one: day for one, day in VALID.items() if one is not role})


def until(role: SigningRole, day: date) -> ClassFacts:
    return replace(READY, certificates={**VALID, role: day})


def arrived(status: Status, day: date) -> ClassYear:
    return at_stage(Stage.OPEN, enrolment(status=status, enrolled_on=day))


PLANTED = [
    Planted("class.count_list", ("pupils",), facts=replace(READY, listed=7), said="gần nhất có 7."),
    Planted("class.count_list", ("pupils",), facts=replace(BARE, listed=5), period=Period.GK1),
    Planted(
        "class.count_list",
        ("pupils",),
        at_stage(Stage.OPEN, enrolment(status=Status.LEFT_SUMMER)),
        said="có 5 học sinh",
    ),
    Planted(
        "class.count_results",
        ("results",),
        facts=replace(READY, strays={Period.CN: (2, "ket-qua.xlsx")}),
        said="ket-qua.xlsx có 2 dòng",
    ),
    Planted(
        "class.count_transcripts",
        ("transcripts",),
        APPROVED,
        replace(READY, transcripts=NOT_FIRST),
        said=f"em {APPROVED.pupils[0].pupil.name} chưa có",
    ),
    Planted(
        "class.count_transcripts",
        ("transcripts",),
        at_stage(Stage.APPROVED, LEFT_IN_TERM_1),
        replace(READY, listed=5, transcripts=issued(APPROVED)),
        said="đã rời lớp",
    ),
    *(
        Planted(
            "certificate.missing", (f"certificate.{role}",), klass, without(role), said="Thiết lập, Ký số"
        )
        for role in SigningRole
        for klass in (OPEN, SUBMITTED)
    ),
    Planted(
        "certificate.missing",
        tuple(f"certificate.{role}" for role in SigningRole),
        SUBMITTED,
        BARE,
        said=SUBMITTED.homeroom_teacher,
    ),
    *(
        Planted("certificate.expires", (f"certificate.{role}",), facts=until(role, EARLY), said="19/06/2024")
        for role in SigningRole
    ),
    Planted("enrolment.height", ("height_cm",), at_stage(Stage.OPEN, enrolment(height_cm=1.25))),
    Planted("enrolment.weight", ("weight_kg",), at_stage(Stage.OPEN, enrolment(weight_kg=225.0))),
    Planted("enrolment.date", ("enrolled_on",), arrived(Status.STUDYING, date(2031, 9, 5))),
    Planted("enrolment.date", ("enrolled_on",), arrived(Status.ARRIVED_1, date(2001, 9, 5))),
    Planted("status.date", ("enrolled_on",), arrived(Status.ARRIVED_1, date(2024, 3, 4)), said="04/03/2024"),
    Planted("status.date", ("enrolled_on",), arrived(Status.ARRIVED_1, date(2020, 9, 5))),
    Planted("status.date", ("enrolled_on",), arrived(Status.ARRIVED_2, date(2023, 10, 2)), said="kỳ 2"),
    Planted("status.date", ("enrolled_on",), arrived(Status.ARRIVED_SUMMER, date(2023, 11, 20))),
    Planted("status.date", ("enrolled_on",), arrived(Status.STUDYING, date(2024, 2, 19)), said="Đang học"),
]


@pytest.mark.parametrize(
    "planted", [pytest.param(one, id=f"{one.rule}-{number}") for number, one in enumerate(PLANTED)]
)
def test_one_mistake_gives_exactly_that_finding(planted: Planted) -> None:
    findings = checks.run(planted.klass, planted.period, facts=planted.facts)
    assert [(found.rule, found.field) for found in findings] == [
        (planted.rule, field) for field in planted.fields
    ]
    assert planted.said in findings[0].message
    assert all(found.severity is RULES[found.rule].severity for found in findings)
    assert not any("{" in found.message for found in findings)


@pytest.mark.parametrize("period", Period)
@pytest.mark.parametrize("facts", [None, ClassFacts(), BARE, READY])
def test_a_clean_class_gives_no_finding(facts: ClassFacts | None, period: Period) -> None:
    assert checks.run(OPEN, period, facts=facts) == ()
    school = [make_class(grade) for grade in range(1, 5)]
    known = {klass.name: facts for klass in school if facts}
    assert checks.run_all(school, period, facts=known) == ()


@pytest.mark.parametrize(
    ("klass", "facts", "period"),
    [
        pytest.param(SUBMITTED, BARE, Period.CK1, id="certificates are a matter of the year's end"),
        pytest.param(OPEN, until(SigningRole.SEAL, date(2024, 1, 1)), Period.GK1, id="expiry too"),
        pytest.param(SUBMITTED, until(SigningRole.SEAL, LAST), Period.CN, id="valid on the last day"),
        pytest.param(APPROVED, READY, Period.CN, id="nothing is issued yet"),
        pytest.param(SUBMITTED, replace(READY, transcripts=NOT_FIRST), Period.CN, id="reopened"),
        pytest.param(APPROVED, replace(READY, transcripts=issued(APPROVED)), Period.CN, id="all issued"),
        pytest.param(
            APPROVED,
            replace(BARE, transcripts=issued(APPROVED, TranscriptState.SEALED)),
            Period.CN,
            id="all signed, nobody signs any more",
        ),
        pytest.param(
            at_stage(Stage.APPROVED, enrolment(status=Status.LEFT_SUMMER)),
            replace(READY, listed=5, transcripts=issued(APPROVED)),
            Period.CN,
            id="who leaves in summer takes the transcript along",
        ),
        pytest.param(replace(OPEN, pupils=()), replace(READY, listed=6), Period.GK1, id="an empty class"),
    ],
)
def test_what_is_no_mistake(klass: ClassYear, facts: ClassFacts, period: Period) -> None:
    empty = {"class.empty"} if not klass.pupils else set()
    assert {found.rule for found in checks.run(klass, period, facts=facts)} == empty


def test_a_class_without_a_teacher_is_told_once() -> None:
    klass = replace(SUBMITTED, homeroom_teacher="")
    found = checks.run(klass, Period.CN, facts=without(SigningRole.TEACHER))
    assert [one.rule for one in found] == ["class.no_teacher"]


def test_a_class_out_of_scope_needs_no_certificate() -> None:
    klass = replace(make_class(5, year="2024-2025"), year="2023-2024", stages={Period.CN: Stage.SUBMITTED})
    rules = {found.rule for found in checks.run(klass, Period.CN, facts=BARE)}
    assert "class.out_of_scope" in rules
    assert not any(rule.startswith("certificate") for rule in rules)


def test_many_pupils_without_a_transcript_are_counted_after_the_fifth() -> None:
    klass = replace(make_class(4, 9), stages={Period.CN: Stage.APPROVED})
    first = klass.pupils[0].key
    facts = replace(READY, listed=9, transcripts={first: TranscriptState.ISSUED})
    (found,) = checks.run(klass, Period.CN, facts=facts)
    assert "và 3 em khác chưa có học bạ" in found.message


@pytest.mark.parametrize(
    ("status", "day"),
    [
        (Status.ARRIVED_1, date(2023, 8, 20)),
        (Status.ARRIVED_1, date(2024, 1, 25)),
        (Status.ARRIVED_2, date(2024, 1, 10)),
        (Status.ARRIVED_2, date(2024, 5, 31)),
        (Status.ARRIVED_SUMMER, date(2023, 6, 10)),
        (Status.ARRIVED_SUMMER, date(2023, 9, 11)),
        (Status.STUDYING, date(2020, 9, 5)),
        (Status.STUDYING, date(2023, 10, 9)),
        (Status.RETURNED_2, date(2020, 9, 5)),
    ],
)
def test_days_that_fit_the_status(status: Status, day: date) -> None:
    assert checks.run(arrived(status, day), Period.CN) == ()


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2023, 9, 5), ["GK1", "CK1", "GK2", "CN"]),
        (date(2023, 12, 4), ["CK1", "GK2", "CN"]),
        (date(2024, 2, 19), ["CN"]),
        (date(2024, 7, 1), ["GK1", "CK1", "GK2", "CN"]),
    ],
)
def test_periods_before_the_arrival_are_nobodys_gap(day: date, due: list[str]) -> None:
    nothing = both(enrolment(enrolled_on=day), *(period_results(PeriodResults(), one) for one in Period))
    klass = changed(make_class(2), nothing)
    missing = [
        period.value
        for period in Period
        if "results.none" in {found.rule for found in checks.run(klass, period)}
    ]
    assert missing == due


@pytest.mark.parametrize(
    ("grade", "field", "value", "odd"),
    [
        (1, "height_cm", 93.0, True),
        (1, "height_cm", 95.0, False),
        (1, "height_cm", 138.0, False),
        (1, "height_cm", 141.0, True),
        (5, "height_cm", 141.0, False),
        (5, "height_cm", 166.0, True),
        (5, "height_cm", 1.41, True),
        (1, "weight_kg", 10.0, True),
        (1, "weight_kg", 45.0, False),
        (1, "weight_kg", 46.0, True),
        (5, "weight_kg", 46.0, False),
        (5, "weight_kg", 120.0, True),
    ],
)
def test_heights_and_weights_by_grade(grade: int, field: str, value: float, odd: bool) -> None:
    klass = changed(make_class(grade), enrolment(**{field: value}))
    rule = {"height_cm": "enrolment.height", "weight_kg": "enrolment.weight"}[field]
    assert [found.rule for found in checks.run(klass, Period.CN)] == ([rule] if odd else [])


def test_a_pupil_who_is_late_may_be_taller() -> None:
    late = both(pupil(birth_date=date(2014, 1, 1), personal_id="094214000001"), enrolment(height_cm=150.0))
    klass = changed(make_class(1), late)
    assert [found.rule for found in checks.run(klass, Period.CN)] == []


@pytest.mark.parametrize(("counts", "rules"), [(True, ["class.differs"]), (False, [])])
def test_an_elective_counts_when_the_school_says_so(counts: bool, rules: list[str]) -> None:
    language = subject("TDT", level=Level.C, comment="Đọc còn chậm.")
    klass = changed(make_class(4), both(language, outcome(awards=())))
    local = replace(klass, local=LocalRules(electives_count=counts))
    found = [one.rule for one in checks.run(local, Period.CN)]
    assert [rule for rule in found if rule.startswith("class.")] == rules
