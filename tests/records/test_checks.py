"""Every rule: one planted mistake in a clean class gives exactly that finding."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest

from app.records import checks
from app.records.awards import EXCELLENT, OUTSTANDING, award_text
from app.records.checks import RULES, CheckSettings
from app.records.types import (
    ClassYear,
    Level,
    LocalRules,
    Period,
    PeriodResults,
    Regime,
    Severity,
    Sex,
    Status,
    TraitLevel,
    YearClass,
    YearOutcome,
)
from tests.records.builders import (
    Change,
    both,
    changed,
    enrolment,
    groups,
    make_class,
    outcome,
    period_results,
    pupil,
    subject,
    trait,
)
from tests.records.test_class_facts import PLANTED as PLANTED_WITH_FACTS

NFD = unicodedata.normalize("NFD", "Đọc trôi chảy, hiểu bài.")
GROUP_COMMENTS = {"PC": "Chăm học.", "NLC": "Tự học tốt.", "NLDT": "Tính nhanh."}
NARROW = CheckSettings(measure=lambda text, code: (2 if text == "Đọc tốt." else 1, 1))
MALE = pupil(sex=Sex.MALE, personal_id="094214400001")
NO_OUTCOME = both(outcome(**dict.fromkeys(("confirmed", "completed", "promoted"))), outcome(awards=()))
FAILING = both(
    subject("TV", level=Level.C, score=4),
    outcome(confirmed=YearClass.CHT, completed=False, promoted=False, awards=()),
)


@dataclass(frozen=True)
class Planted:
    """One mistake, and the field and grade in which it is found."""

    rule: str
    field: str
    change: Change | None = None
    grade: int = 4
    period: Period = Period.CN
    settings: CheckSettings = CheckSettings()  # noqa: RUF009
    whole: Callable[[ClassYear], ClassYear] | None = None

    def klass(self) -> ClassYear:
        klass = make_class(self.grade)
        if self.whole is not None:
            klass = self.whole(klass)
        return changed(klass, self.change) if self.change else klass


def copied(klass: ClassYear, **fields: str) -> ClassYear:
    """The class with fields of the second pupil copied from the first."""
    return changed(klass, pupil(**{name: getattr(klass.pupils[0].pupil, name) for name in fields}), at=1)


PLANTED = [
    Planted("name.missing", "name", pupil(name="  ")),
    Planted("name.characters", "name", pupil(name="Lê Văn An 2")),
    Planted("name.legacy", "name", pupil(name="Ðỗ Văn An")),
    Planted("name.not_nfc", "name", pupil(name=unicodedata.normalize("NFD", "Lê Văn Ánh"))),
    Planted("name.spaces", "name", pupil(name="Lê  Văn An")),
    Planted("name.case", "name", pupil(name="Lê văn An")),
    Planted("name.case", "name", pupil(name="LÊ VĂN AN")),
    Planted("birth_date.missing", "birth_date", pupil(birth_date=None)),
    Planted(
        "birth_date.impossible",
        "birth_date",
        pupil(birth_date=date(2023, 9, 1), personal_id="094223000001", sex=Sex.MALE),
    ),
    Planted(
        "birth_date.impossible",
        "birth_date",
        pupil(birth_date=date(1990, 9, 1), personal_id="094090000001", sex=Sex.MALE),
    ),
    Planted(
        "age.young",
        "birth_date",
        pupil(birth_date=date(2015, 1, 1), personal_id="094215000001", sex=Sex.MALE),
    ),
    Planted(
        "age.old", "birth_date", pupil(birth_date=date(2010, 1, 1), personal_id="094210000001", sex=Sex.MALE)
    ),
    Planted("sex.missing", "sex", pupil(sex=None)),
    Planted("code.missing", "code", pupil(code="")),
    Planted("personal_id.missing", "personal_id", pupil(personal_id="")),
    Planted("personal_id.format", "personal_id", pupil(personal_id="94214000000")),
    Planted("personal_id.province", "personal_id", pupil(personal_id="099214000000", sex=Sex.MALE)),
    Planted("personal_id.sex", "personal_id", pupil(personal_id="094314000000", sex=Sex.MALE)),
    Planted("personal_id.birth_year", "personal_id", pupil(personal_id="094213000000", sex=Sex.MALE)),
    Planted("personal_page.incomplete", "ethnicity", pupil(ethnicity="")),
    Planted("personal_page.incomplete", "father", pupil(father="", mother="")),
    Planted("code.duplicate", "code", whole=lambda klass: copied(klass, code="")),
    Planted("code.duplicate", "vnedu_code", whole=lambda klass: copied(klass, vnedu_code="")),
    Planted("pupil.duplicate", "name", whole=lambda klass: copied(klass, name="", birth_date="")),
    Planted("enrolment.class", "class_name", enrolment(class_name="4B")),
    Planted("enrolment.grade", "grade", enrolment(grade=5)),
    Planted("enrolment.absences", "absent_excused", enrolment(absent_excused=-1)),
    Planted("enrolment.absences", "absent_unexcused", enrolment(absent_unexcused=200)),
    Planted("enrolment.absences_many", "absent_excused", enrolment(absent_excused=50)),
    Planted("status.results", "status", enrolment(status=Status.LEFT_1)),
    Planted("status.results", "status", enrolment(status=Status.DROPPED_2)),
    Planted("regime.not_assessed", "regime", enrolment(regime=Regime.NOT_ASSESSED)),
    Planted(
        "regime.not_assessed",
        "regime",
        both(enrolment(regime=Regime.NOT_ASSESSED), period_results(PeriodResults())),
    ),
    Planted("results.none", "results", period_results(PeriodResults())),
    Planted("results.none", "results", period_results(PeriodResults(), Period.GK1), period=Period.GK1),
    Planted("level.missing", "MT", subject("MT", level=None)),
    Planted("level.missing", "NN1", subject("NN1", Period.GK2, level=None), grade=3, period=Period.GK2),
    Planted("score.missing", "KH", subject("KH", score=None)),
    Planted("score.missing", "TOAN", subject("TOAN", Period.GK1, score=None), period=Period.GK1),
    Planted(
        "score.missing",
        "TDT",
        subject("TDT", level=Level.T, comment="Đọc tốt."),
        whole=lambda klass: replace(klass, local=LocalRules(minority_language_test=True)),
    ),
    Planted("trait.missing", "NA", trait("NA", level=None)),
    Planted("trait.missing", "NL_TIN", trait("NL_TIN", Period.CK1, level=None), period=Period.CK1),
    Planted(
        "plan.incomplete", "GDTC", both(enrolment(regime=Regime.INDIVIDUAL_PLAN), subject("GDTC", level=None))
    ),
    Planted("elective.level_missing", "TDT", subject("TDT", comment="Đọc tốt.")),
    Planted("subject.not_taught", "TNXH", subject("TNXH", level=Level.T)),
    Planted("subject.not_taught", "KH", subject("KH", score=9), grade=2),
    Planted("subject.early", "TIN", subject("TIN", level=Level.T), grade=1),
    Planted("trait.not_shown", "NL_TIN", trait("NL_TIN", level=TraitLevel.T), grade=2),
    Planted("score.range", "TV", subject("TV", score=11)),
    Planted("score.range", "TV", subject("TV", score=-1)),
    Planted(
        "score.zero",
        "TV",
        both(FAILING, subject("TV", score=0), trait("NL_NN", level=TraitLevel.C)),
    ),
    Planted("score.unexpected", "DD", subject("DD", score=3)),
    Planted("score.unexpected", "TV", subject("TV", Period.GK1, score=9), grade=3, period=Period.GK1),
    Planted("score.unexpected", "NN1", subject("NN1", level=Level.T, score=9, comment="Nói rõ."), grade=1),
    Planted("score.minority_language", "TDT", subject("TDT", level=Level.T, score=9, comment="Đọc tốt.")),
    Planted("score.first_test", "TV", subject("TV", first_score=12)),
    Planted("score.retest_lower", "TV", subject("TV", first_score=10)),
    Planted("level.score", "TV", both(subject("TV", score=6), outcome(confirmed=YearClass.HT, awards=()))),
    Planted(
        "level.score",
        "TV",
        both(
            subject("TV", level=Level.H),
            trait("NL_NN", level=TraitLevel.D),
            outcome(confirmed=YearClass.HT, awards=()),
        ),
    ),
    Planted(
        "level.score",
        "TV",
        both(subject("TV", Period.CK1, level=Level.C), trait("NL_NN", Period.CK1, level=TraitLevel.C)),
        period=Period.CK1,
    ),
    Planted("competency.subject", "NL_TC", trait("NL_TC", Period.GK2, level=TraitLevel.C), period=Period.GK2),
    Planted("competency.subject", "NL_TT", trait("NL_TT", Period.CK1, level=TraitLevel.D), period=Period.CK1),
    Planted("competency.subject", "NL_TM", subject("AN", Period.GK2, level=Level.C), period=Period.GK2),
    Planted("class.unconfirmed", "confirmed", outcome(confirmed=None)),
    Planted("class.differs", "confirmed", outcome(confirmed=YearClass.HTT, awards=())),
    Planted("award.class", "awards", outcome(awards=(award_text(EXCELLENT), award_text(OUTSTANDING)))),
    Planted("award.missing", "awards", outcome(awards=("Giải Nhì hội thi vẽ tranh",))),
    Planted("award.wording", "awards", outcome(awards=(award_text(EXCELLENT), "Học sinh Giỏi"))),
    Planted("award.repeated", "awards", outcome(awards=(award_text(EXCELLENT), EXCELLENT.upper()))),
    Planted("completion.missing", "completed", outcome(completed=None)),
    Planted(
        "completion.class",
        "completed",
        both(FAILING, outcome(completed=True, promoted=True), trait("NL_NN", level=TraitLevel.C)),
    ),
    Planted("promotion.missing", "promoted", outcome(promoted=None)),
    Planted("promotion.refused", "promoted", outcome(promoted=False)),
    Planted(
        "promotion.undecided",
        "promoted",
        both(FAILING, outcome(promoted=True), trait("NL_NN", level=TraitLevel.C)),
    ),
    Planted("primary.grade", "completed_primary", outcome(completed_primary=True)),
    Planted("primary.completion", "completed_primary", outcome(completed_primary=False), grade=5),
    Planted("comment.missing", "TV", subject("TV", comment=" ")),
    Planted("comment.group_missing", "PC", groups({"NLC": "Tự học tốt.", "NLDT": "Tính nhanh."})),
    Planted("comment.spaces", "TV", subject("TV", comment="Đọc tốt ,  hiểu bài.")),
    Planted(
        "comment.spaces", "PC", groups({"PC": "Chăm học. ", "NLC": "Tự học tốt.", "NLDT": "Tính nhanh."})
    ),
    Planted("comment.not_nfc", "TV", subject("TV", Period.GK1, comment=NFD), period=Period.GK1),
    Planted("comment.legacy", "NA", trait("NA", comment="Hoïc toát.")),
    Planted("comment.other_pupil", "TV", subject("TV", comment="Em Bình đọc tốt.")),
    Planted("comment.other_pupil", "TV", subject("TV", comment="Đọc tốt, giúp bạn Trần Văn Bình học.")),
    Planted(
        "comment.equal",
        "TV",
        whole=lambda klass: changed(
            changed(klass, subject("TV", comment="Đọc to, rõ ràng; hiểu nội dung bài.")),
            subject("TV", comment="Đọc to,  rõ ràng; Hiểu nội dung bài."),
            at=1,
        ),
        settings=CheckSettings(disabled=frozenset({"comment.spaces"})),
    ),
    Planted(
        "comment.nearly_equal",
        "TV",
        whole=lambda klass: changed(
            changed(klass, subject("TV", comment="Đọc to, rõ ràng; hiểu nội dung bài.")),
            subject("TV", comment="Đọc to, rõ ràng, hiểu nội dung bài."),
            at=1,
        ),
    ),
    Planted("comment.spelling_mixed", "TV", subject("TV", comment="Có kĩ năng đọc, kỹ năng viết.")),
    Planted("comment.too_long", "TV", subject("TV", comment="Đọc tốt."), settings=NARROW),
    Planted("comment.full_stop", "TV", subject("TV", Period.GK1, comment="Đọc tốt"), period=Period.GK1),
    Planted("comment.capital", "PC", groups({**GROUP_COMMENTS, "PC": "chăm học."})),
    Planted("comment.punctuation", "NA", trait("NA", comment="Chăm học,, ngoan.")),
    Planted(
        "comment.placeholder", "TV", subject("TV", Period.GK2, comment="Em [tên] ngoan."), period=Period.GK2
    ),
    Planted("comment.gender", "TV", both(MALE, subject("TV", comment="Cô bé đọc tốt."))),
    Planted("comment.pronoun", "TV", subject("TV", comment="Nó đọc tốt.")),
    Planted("comment.contradicts", "TV", subject("TV", comment="Em đọc còn yếu.")),
    Planted("comment.contradicts", "NLC", groups({**GROUP_COMMENTS, "NLC": "Không tự giác."})),
    Planted("comment.hurtful", "TV", subject("TV", comment="Em lười biếng.")),
    Planted("class.no_teacher", "homeroom_teacher", whole=lambda klass: replace(klass, homeroom_teacher=" ")),
    Planted("class.empty", "pupils", whole=lambda klass: replace(klass, pupils=())),
    Planted("class.name_grade", "grade", whole=lambda klass: renamed(klass, "5A")),
    Planted("class.out_of_scope", "grade", grade=5, whole=lambda klass: last_year(klass)),
]


def renamed(klass: ClassYear, name: str) -> ClassYear:
    pupils = tuple(enrolment(class_name=name)(entry) for entry in klass.pupils)
    return replace(klass, name=name, pupils=pupils)


def last_year(klass: ClassYear) -> ClassYear:
    """The class one year earlier, with everybody born one year earlier."""

    def earlier(entry_index: int) -> Change:
        entry = klass.pupils[entry_index]
        birth = entry.pupil.birth_date
        assert birth is not None
        born = birth.replace(year=birth.year - 1)
        number = entry.pupil.personal_id
        return pupil(birth_date=born, personal_id=f"{number[:4]}{born.year % 100:02}{number[6:]}")

    pupils = tuple(earlier(index)(entry) for index, entry in enumerate(klass.pupils))
    return replace(klass, year="2023-2024", pupils=pupils)


@pytest.mark.parametrize(
    "planted", [pytest.param(one, id=f"{one.rule}-{number}") for number, one in enumerate(PLANTED)]
)
def test_one_mistake_gives_exactly_that_finding(planted: Planted) -> None:
    klass = planted.klass()
    findings = checks.run(klass, planted.period, planted.settings)
    assert [(found.rule, found.field) for found in findings] == [(planted.rule, planted.field)]
    found = findings[0]
    assert found.severity is RULES[planted.rule].severity
    assert found.class_name == klass.name
    assert "{" not in found.message
    assert found.message.endswith(".")
    if found.pupil.strip():
        assert found.pupil in found.message
        assert found.pupil_code in {entry.pupil.code for entry in klass.pupils}


def test_every_rule_is_planted() -> None:
    elsewhere = {"code.duplicate_elsewhere", *(one.rule for one in PLANTED_WITH_FACTS)}
    assert {one.rule for one in PLANTED} | elsewhere == set(RULES)


@pytest.mark.parametrize("period", Period)
@pytest.mark.parametrize("grade", range(1, 6))
def test_a_clean_class_gives_no_finding(grade: int, period: Period) -> None:
    assert checks.run(make_class(grade, 31), period) == ()


def test_a_clean_school_gives_no_finding() -> None:
    school = [make_class(grade, letter=letter) for grade in range(1, 5) for letter in "ABC"]
    assert checks.run_all(school, Period.CN) == ()


def test_strict_settings_pass_a_clean_class_too() -> None:
    klass = replace(make_class(3), local=LocalRules(minority_language_test=True))
    assert checks.run(klass, Period.CN, CheckSettings(equal_comment_length=0)) == ()


def test_rules_tell_identifier_severity_source_and_sentence() -> None:
    assert len(RULES) == len({id(rule) for rule in RULES.values()}) >= 50
    for rule in RULES.values():
        assert rule.source
        assert rule.message.endswith(".")
        assert not any(word in rule.message.lower() for word in ("vui lòng", "!", "error"))
    books = [rule.id for module in checks._MODULES for rule in module.book.rules]
    assert len(books) == len(set(books)), "two rules share an identifier"


def test_the_same_code_in_two_classes() -> None:
    first, second = make_class(4), make_class(3)
    twin = changed(second, pupil(code=first.pupils[0].pupil.code))
    findings = checks.run_all([first, twin], Period.CN)
    assert [(found.rule, found.class_name, found.field) for found in findings] == [
        ("code.duplicate_elsewhere", "3A", "code")
    ]
    assert "lớp 4A" in findings[0].message
    left = changed(first, enrolment(status=Status.LEFT_SUMMER))
    assert checks.run_all([left, twin], Period.CN) == ()


def test_the_same_code_twice_in_one_class_is_told_once() -> None:
    klass = make_class(4)
    twice = changed(klass, pupil(code=klass.pupils[0].pupil.code), at=1)
    assert [found.rule for found in checks.run_all([twice, make_class(3)], Period.CN)] == ["code.duplicate"]


def test_gaps_of_a_pupil_who_left_are_nobodys_work() -> None:
    gone = both(enrolment(status=Status.LEFT_SUMMER, height_cm=1.0), pupil(sex=None, personal_id=""))
    assert checks.run(changed(make_class(4), gone), Period.CN) == ()


@pytest.mark.parametrize(
    ("age", "rules"),
    [
        *((3, ["birth_date.impossible"]), (4, ["age.young"]), (7, ["age.young"]), (8, []), (11, [])),
        *((12, ["age.old"]), (20, ["age.old"]), (21, ["birth_date.impossible"])),
    ],
)
def test_ages_of_grade_3(age: int, rules: list[str]) -> None:
    year = 2023 - age
    number = f"094{2 if year >= 2000 else 0}{year % 100:02}000001"
    born = pupil(birth_date=date(year, 1, 1), personal_id=number, sex=Sex.MALE)
    assert [found.rule for found in checks.run(changed(make_class(3), born), Period.CN)] == rules


@pytest.mark.parametrize(
    ("status", "period", "due"),
    [
        (Status.STUDYING, Period.GK1, True),
        (Status.ARRIVED_SUMMER, Period.GK1, True),
        (Status.ARRIVED_1, Period.GK1, False),
        (Status.ARRIVED_1, Period.CK1, True),
        (Status.RETURNED_1, Period.CK1, True),
        (Status.ARRIVED_2, Period.CK1, False),
        (Status.ARRIVED_2, Period.CN, True),
        (Status.LEFT_1, Period.GK1, False),
        (Status.LEFT_2, Period.CN, False),
        (Status.DROPPED_SUMMER, Period.CN, False),
    ],
)
def test_results_are_due_by_status(status: Status, period: Period, due: bool) -> None:
    nothing = both(enrolment(status=status), *(period_results(PeriodResults(), one) for one in Period))
    klass = changed(make_class(2), nothing)
    assert [found.rule for found in checks.run(klass, period)] == (["results.none"] if due else [])


def test_a_flexible_class_needs_two_subjects_only() -> None:
    klass = make_class(3, 2)
    only_two = {code: klass.pupils[0].period(Period.CN).subjects[code] for code in ("TV", "TOAN")}
    bare = both(enrolment(regime=Regime.FLEXIBLE), period_results(PeriodResults(only_two)))
    assert checks.run(changed(klass, bare), Period.CN) == ()


def test_a_disabled_pupil_who_is_not_assessed_needs_nothing() -> None:
    bare = both(enrolment(regime=Regime.NOT_ASSESSED), period_results(PeriodResults()), NO_OUTCOME)
    assert checks.run(changed(make_class(3), bare), Period.CN) == ()


def test_a_pupil_who_failed_consistently_is_no_finding() -> None:
    klass = changed(make_class(2), both(FAILING, trait("NL_NN", level=TraitLevel.C)))
    assert checks.run(klass, Period.CN) == ()
    by_decision = outcome(promoted=True, decision="12/QĐ-THTHC ngày 25/8/2024")
    assert checks.run(changed(klass, by_decision), Period.CN) == ()


def test_another_period_is_not_looked_at() -> None:
    klass = changed(make_class(4), both(subject("TV", level=None), outcome(confirmed=None)))
    assert checks.run(klass, Period.CK1) == ()


def test_settings_switch_rules_off_and_change_severity() -> None:
    klass = changed(make_class(4), subject("TV", Period.CK1, level=Level.C))
    assert checks.run(klass, Period.CK1, CheckSettings(compare_scores=False, competency_gap=0)) == ()
    assert (
        checks.run(
            klass, Period.CK1, CheckSettings(disabled=frozenset({"level.score", "competency.subject"}))
        )
        == ()
    )
    stricter = CheckSettings(severities={"level.score": Severity.ERROR}, competency_gap=0)
    assert [found.severity for found in checks.run(klass, Period.CK1, stricter)] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("music", "art", "sense", "steps"),
    [
        *(("T", "T", "T", 0), ("T", "T", "Đ", 1), ("T", "T", "C", 2), ("T", "H", "Đ", 0), ("T", "H", "T", 1)),
        *(("H", "H", "Đ", 0), ("H", "H", "C", 1), ("C", "T", "C", 0), ("C", "T", "Đ", 1), ("T", "C", "T", 2)),
    ],
)
def test_sense_of_beauty_is_read_from_music_and_art(music: str, art: str, sense: str, steps: int) -> None:
    subjects = (subject(code, Period.GK1, level=Level(level)) for code, level in (("AN", music), ("MT", art)))
    beauty = trait("NL_TM", Period.GK1, level=TraitLevel(sense))
    klass = changed(make_class(1), both(*subjects, beauty))
    for gap in (1, 2):
        found = [one.rule for one in checks.run(klass, Period.GK1, CheckSettings(competency_gap=gap))]
        assert found == (["competency.subject"] if steps >= gap else [])


def test_bands_of_scores_are_the_schools_choice() -> None:
    narrow = CheckSettings(level_scores={Level.T: (9, 10), Level.H: (5, 8), Level.C: (0, 4)})
    klass = changed(make_class(1), subject("TV", score=8))
    rules = [found.rule for found in checks.run(klass, Period.CN, narrow)]
    assert rules.count("level.score") == 1 + 2 * sum(entry.key % 4 != 1 for entry in klass.pupils[1:])


def test_counts_name_every_severity() -> None:
    klass = changed(make_class(4), both(pupil(sex=None, personal_id="")))
    assert checks.counts(checks.run(klass, Period.CN)) == {"error": 1, "warning": 1, "note": 0}


def test_findings_carry_the_period_where_it_matters() -> None:
    klass = changed(make_class(4), both(subject("TV", level=None), pupil(sex=None)))
    periods = {found.rule: found.period for found in checks.run(klass, Period.CN)}
    assert periods == {"sex.missing": None, "level.missing": Period.CN}


def test_an_open_outcome_is_one_finding() -> None:
    klass = changed(make_class(4), lambda entry: replace(entry, outcome=YearOutcome()))
    assert [found.rule for found in checks.run(klass, Period.CN)] == ["class.unconfirmed"]


def test_without_a_confirmed_class_the_proposal_is_compared() -> None:
    klass = changed(make_class(4), outcome(confirmed=None, completed=False, promoted=None))
    rules = [found.rule for found in checks.run(klass, Period.CN)]
    assert rules == ["class.unconfirmed", "completion.class"]
