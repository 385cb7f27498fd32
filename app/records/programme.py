"""What is taught, tested and assessed per grade and school year: rule sets as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from app.errors import UserError
from app.records.rulesets import RULE_SETS, RuleSet, covering
from app.records.types import (
    STANDARD,
    FormOptions,
    LocalRules,
    Period,
    PeriodResults,
    PupilYear,
    Regime,
    SubjectOrder,
    SubjectResult,
)

SUBJECT_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TV": "Tiếng Việt",
        "TOAN": "Toán",
        "NN1": "Ngoại ngữ 1",
        "LSDL": "Lịch sử và Địa lí",
        "KH": "Khoa học",
        "TIN": "Tin học và Công nghệ (Tin học)",
        "CN": "Tin học và Công nghệ (Công nghệ)",
        "DD": "Đạo đức",
        "TNXH": "Tự nhiên và Xã hội",
        "GDTC": "Giáo dục thể chất",
        "AN": "Nghệ thuật (Âm nhạc)",
        "MT": "Nghệ thuật (Mĩ thuật)",
        "HDTN": "Hoạt động trải nghiệm",
        "TDT": "Tiếng dân tộc",
    }
)
"""Names as printed, in the order of the form."""

ARTS_FIRST: Final = (
    "TV",
    "TOAN",
    "NN1",
    "LSDL",
    "KH",
    "TIN",
    "CN",
    "DD",
    "TNXH",
    "AN",
    "MT",
    "GDTC",
    "HDTN",
    "TDT",
)
"""Order of the rows in some provincial exports (domain D2.4)."""

QUALITIES: Final = ("YN", "NA", "CC", "TT", "TN")
GENERAL: Final = ("TCTH", "GTHT", "GQVD")
SPECIFIC: Final = ("NL_NN", "NL_TT", "NL_KH", "NL_CN", "NL_TIN", "NL_TM", "NL_TC")
TRAIT_GROUPS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"PC": QUALITIES, "NLC": GENERAL, "NLDT": SPECIFIC}
)
GROUP_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {"PC": "Phẩm chất chủ yếu", "NLC": "Năng lực chung", "NLDT": "Năng lực đặc thù"}
)
TRAIT_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "YN": "Yêu nước",
        "NA": "Nhân ái",
        "CC": "Chăm chỉ",
        "TT": "Trung thực",
        "TN": "Trách nhiệm",
        "TCTH": "Tự chủ và tự học",
        "GTHT": "Giao tiếp và hợp tác",
        "GQVD": "Giải quyết vấn đề và sáng tạo",
        "NL_NN": "Ngôn ngữ",
        "NL_TT": "Tính toán",
        "NL_KH": "Khoa học",
        "NL_CN": "Công nghệ",
        "NL_TIN": "Tin học",
        "NL_TM": "Thẩm mĩ",
        "NL_TC": "Thể chất",
    }
)
FIELD_NAMES: Final[Mapping[str, str]] = MappingProxyType({**SUBJECT_NAMES, **TRAIT_NAMES, **GROUP_NAMES})
"""Every subject, trait and group code with its printed name."""


class OutOfScope(UserError):
    """No rule set covers this grade in this school year; `reason` is a Vietnamese sentence."""

    def __init__(self, year: str, grade: int, reason: str) -> None:
        super().__init__("programme.out_of_scope", year=year, grade=grade, reason=reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Programme:
    """One grade in one school year. Codes stand in the order of the form."""

    year: str
    grade: int
    subjects: tuple[str, ...]
    """Compulsory subjects and activities."""
    electives: tuple[str, ...]
    traits: tuple[str, ...]
    """Qualities, general and shown specific competencies."""
    tests: Mapping[Period, frozenset[str]]
    """Subjects with a periodic test, with that in Tiếng dân tộc where the school sets one."""
    rules: RuleSet
    local: LocalRules

    @property
    def rule_set(self) -> str:
        """Name of the circular."""
        return self.rules.name


def start_year(year: str) -> int:
    """First calendar year of "2023-2024"; UserError `programme.bad_year` when it is not a school year."""
    match = re.fullmatch(r"(\d{4})-(\d{4})", year, re.ASCII)
    if match is None or int(match[2]) != int(match[1]) + 1:
        raise UserError("programme.bad_year", year=year)
    return int(match[1])


def out_of_scope_reason(year: str, grade: int) -> str | None:
    """Vietnamese sentence on why this grade and year are not assessed here; None when they are."""
    begins = start_year(year)
    if grade not in range(1, 6):
        return f"Khối {grade} không thuộc cấp tiểu học (khối 1 đến khối 5)."
    if covering(begins, grade) is not None:
        return None
    first = min(rules.first_year[grade] for rules in RULE_SETS)
    return (
        f"Khối {grade} năm học {year} đánh giá theo Thông tư 30/2014 và 22/2016, chưa làm học bạ số; "
        f"Thông tư 27/2020 áp dụng cho khối {grade} từ năm học {first}-{first + 1}."
    )


@lru_cache(maxsize=256)
def programme_for(year: str, grade: int, local: LocalRules = STANDARD) -> Programme:
    """The programme of a grade in a school year; raises `OutOfScope` where no rule set applies.

    Circular 27, article 7 (tests); Circular 32/2018 (subjects); shown competencies by practice.
    """
    reason = out_of_scope_reason(year, grade)
    rules = None if reason else covering(start_year(year), grade)
    if reason or rules is None:
        raise OutOfScope(year, grade, reason or "")
    return _programme(rules, year, grade, local)


def _programme(rules: RuleSet, year: str, grade: int, local: LocalRules) -> Programme:
    electives = tuple(rules.electives[grade].split())
    specific = dict(local.specific).get(grade) or rules.specific[grade].split()
    tests = {period: _tests(rules, grade, period, local, electives) for period in Period}
    return Programme(
        year=year,
        grade=grade,
        subjects=tuple(rules.subjects[grade].split()),
        electives=electives,
        traits=(*QUALITIES, *GENERAL, *specific),
        tests=MappingProxyType(tests),
        rules=rules,
        local=local,
    )


def _tests(
    rules: RuleSet, grade: int, period: Period, local: LocalRules, electives: tuple[str, ...]
) -> frozenset[str]:
    set_by_rule = frozenset(rules.tests[period].get(grade, "").split())
    own = local.minority_language_test and period in (Period.CK1, Period.CN) and "TDT" in electives
    return set_by_rule | {"TDT"} if own else set_by_rule


def field_name(code: str) -> str:
    """Printed name of a subject, trait or group code; an unknown code names itself."""
    return FIELD_NAMES.get(code, code)


def rows_of_form(order: SubjectOrder) -> tuple[str, ...]:
    """Codes of all rows of table 1 in this order."""
    return tuple(SUBJECT_NAMES) if order is SubjectOrder.STANDARD else ARTS_FIRST


def row_name(code: str, form: FormOptions) -> str:
    """The name of a row with its language in brackets: "Ngoại ngữ 1 (Tiếng Anh)"."""
    language = {"NN1": form.foreign_language, "TDT": form.minority_language}.get(code, "")
    name = SUBJECT_NAMES.get(code, code)
    return f"{name} ({language})" if language else name


def is_recorded(result: SubjectResult | None) -> bool:
    """True when anything stands in the subject's cells."""
    return result is not None and (
        result.level is not None or result.score is not None or bool(result.comment.strip())
    )


def shown_subjects(programme: Programme, pupil_year: PupilYear, period: Period) -> tuple[str, ...]:
    """Subjects of this pupil's form: compulsory and recorded electives, in the order of the form.

    Flexible classes: Tiếng Việt and Toán only (Circular 27, article 8).
    """
    if pupil_year.enrolment.regime is Regime.FLEXIBLE:
        return programme.rules.flexible
    results: PeriodResults = pupil_year.period(period)
    taken = {code for code in programme.electives if is_recorded(results.subjects.get(code))}
    if not taken:
        return programme.subjects
    return tuple(code for code in SUBJECT_NAMES if code in taken or code in programme.subjects)
