"""The words of codes, and the codes of words: levels, classes, periods, statuses, sex."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeVar

from app.records.classification import CLASS_NAMES
from app.records.ethnicities import ETHNICITIES, ethnicity_from_text
from app.records.names import match_key, nfc
from app.records.subject_names import subject_from_text, trait_from_text
from app.records.types import (
    Level,
    Period,
    Regime,
    Sex,
    Stage,
    Status,
    SummerStage,
    TraitLevel,
    TranscriptState,
    YearClass,
)

__all__ = [
    "ETHNICITIES",
    "LEVEL_TEXT",
    "PERIOD_PHRASE",
    "PERIOD_TEXT",
    "REGIME_TEXT",
    "STAGE_TEXT",
    "STATE_TEXT",
    "STATUS_TEXT",
    "SUMMER_STAGE_TEXT",
    "TRAIT_LEVEL_TEXT",
    "VERDICT_TEXT",
    "YEAR_CLASS_TEXT",
    "ethnicity_from_text",
    "parse_level",
    "parse_period",
    "parse_regime",
    "parse_sex",
    "parse_trait_level",
    "parse_year_class",
    "status_from_text",
    "subject_from_text",
    "trait_from_text",
]

T = TypeVar("T")

LEVEL_TEXT: Final[Mapping[Level, str]] = MappingProxyType(
    {Level.T: "Hoàn thành tốt", Level.H: "Hoàn thành", Level.C: "Chưa hoàn thành"}
)
TRAIT_LEVEL_TEXT: Final[Mapping[TraitLevel, str]] = MappingProxyType(
    {TraitLevel.T: "Tốt", TraitLevel.D: "Đạt", TraitLevel.C: "Cần cố gắng"}
)
YEAR_CLASS_TEXT: Final[Mapping[YearClass, str]] = MappingProxyType(CLASS_NAMES)
PERIOD_TEXT: Final[Mapping[Period, str]] = MappingProxyType(
    {
        Period.GK1: "Giữa học kì I",
        Period.CK1: "Cuối học kì I",
        Period.GK2: "Giữa học kì II",
        Period.CN: "Cuối năm học",
    }
)
PERIOD_PHRASE: Final[Mapping[Period, str]] = MappingProxyType(
    {period: text[0].lower() + text[1:] for period, text in PERIOD_TEXT.items()}
)
"""Inside a sentence: "cuối học kì I"."""

STATUS_TEXT: Final[Mapping[Status, str]] = MappingProxyType(
    {
        Status.STUDYING: "Đang học",
        Status.ARRIVED_1: "Chuyển đến kỳ 1",
        Status.RETURNED_1: "Nghỉ học xin học lại kỳ 1",
        Status.LEFT_1: "Chuyển đi kỳ 1",
        Status.DROPPED_1: "Thôi học kỳ 1",
        Status.ARRIVED_2: "Chuyển đến kỳ 2",
        Status.RETURNED_2: "Nghỉ học xin học lại kỳ 2",
        Status.LEFT_2: "Chuyển đi kỳ 2",
        Status.DROPPED_2: "Thôi học kỳ 2",
        Status.ARRIVED_SUMMER: "Chuyển đến trong hè",
        Status.LEFT_SUMMER: "Chuyển đi trong hè",
        Status.DROPPED_SUMMER: "Thôi học trong hè",
    }
)
"""Wording of the sector database; its numbers differ between systems, the words do not."""

REGIME_TEXT: Final[Mapping[Regime, str]] = MappingProxyType(
    {
        Regime.NORMAL: "Bình thường",
        Regime.ADJUSTED: "Khuyết tật học hoà nhập, điều chỉnh yêu cầu",
        Regime.INDIVIDUAL_PLAN: "Theo kế hoạch giáo dục cá nhân",
        Regime.NOT_ASSESSED: "Khuyết tật không đánh giá",
        Regime.FLEXIBLE: "Lớp học linh hoạt",
    }
)
STAGE_TEXT: Final[Mapping[Stage, str]] = MappingProxyType(
    {Stage.OPEN: "Đang nhập", Stage.SUBMITTED: "Đã chốt", Stage.APPROVED: "Đã duyệt"}
)
SUMMER_STAGE_TEXT: Final[Mapping[SummerStage, str]] = MappingProxyType(
    {
        SummerStage.LISTED: "Chờ đánh giá",
        SummerStage.SUBMITTED: "Đã gửi duyệt",
        SummerStage.APPROVED: "Đã duyệt",
    }
)
STATE_TEXT: Final[Mapping[TranscriptState, str]] = MappingProxyType(
    {
        TranscriptState.ISSUED: "Đã tạo",
        TranscriptState.TEACHER_SIGNED: "Giáo viên chủ nhiệm đã ký",
        TranscriptState.LEADER_SIGNED: "Lãnh đạo trường đã ký",
        TranscriptState.SEALED: "Đã phát hành",
        TranscriptState.REVOKED: "Đã thu hồi",
    }
)

VERDICT_TEXT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "valid": "Hợp lệ",
        "valid_unknown_status": "Hợp lệ, chưa rõ trạng thái chứng thư",
        "untrusted": "Chưa tin cậy được",
        "invalid": "Không hợp lệ",
        "revoked": "Đã thu hồi",
        "unsigned": "Chưa ký",
        "unreadable": "Không đọc được",
    }
)
"""Verdicts of `verify` (design section 5)."""


def _index(texts: Mapping[T, str], aliases: Mapping[str, T]) -> dict[str, T]:
    index = {match_key(text): value for value, text in texts.items()}
    return index | {match_key(alias): value for alias, value in aliases.items()}


_LEVELS: Final = _index(
    LEVEL_TEXT, {"T": Level.T, "H": Level.H, "C": Level.C, "HTT": Level.T, "HT": Level.H, "CHT": Level.C}
)
_TRAIT_LEVELS: Final = _index(
    TRAIT_LEVEL_TEXT, {"T": TraitLevel.T, "Đ": TraitLevel.D, "C": TraitLevel.C, "CCG": TraitLevel.C}
)
_YEAR_CLASSES: Final = _index(YEAR_CLASS_TEXT, {code.value: code for code in YearClass})
_REGIMES: Final = _index(REGIME_TEXT, {code.value: code for code in Regime})
_SEXES: Final = {"nam": Sex.MALE, "nữ": Sex.FEMALE, "nu": Sex.FEMALE}


def parse_level(text: str) -> Level | None:
    """Level of a subject from T/H/C, HTT/HT/CHT or the full words, in any case; None when it is neither."""
    return _LEVELS.get(match_key(text))


def parse_trait_level(text: str) -> TraitLevel | None:
    """Level of a quality or competency from T/Đ/C (also D and U+00D0 for Đ), CCG or the full words."""
    return _TRAIT_LEVELS.get(match_key(text))


def parse_year_class(text: str) -> YearClass | None:
    """Year class from HTXS/HTT/HT/CHT or the full words; None when it is neither."""
    return _YEAR_CLASSES.get(match_key(text))


def parse_sex(text: str) -> Sex | None:
    """Sex from "Nam" or "Nữ"; a bare number is never read, its meaning depends on the source."""
    return _SEXES.get(nfc(text).strip().lower())


def parse_regime(text: str) -> Regime | None:
    """Assessment regime from its code or words; None when unknown."""
    return _REGIMES.get(match_key(text))


_TERM = re.compile(r"(giua|cuoi)(?:hocki|hk|ki)(1|2|ii|i)|(g|c)(?:hk|k)(1|2|ii|i)")
_PERIODS: Final = {
    ("g", 1): Period.GK1,
    ("c", 1): Period.CK1,
    ("g", 2): Period.GK2,
    ("c", 2): Period.CN,
}
_YEAR_END: Final = frozenset({"cn", "cuoinam", "cuoinamhoc", "canam", "canamhoc"})


def parse_period(text: str) -> Period | None:
    """Period from "GK1", "Giữa học kì I", "CK2" (= CN), "Cuối năm học" and the like; None when unknown."""
    key = match_key(text)
    if key in _YEAR_END:
        return Period.CN
    match = _TERM.fullmatch(key)
    if match is None:
        return None
    half = (match[1] or match[3])[0]
    return _PERIODS[half, 2 if (match[2] or match[4]) in ("2", "ii") else 1]


def _status_key(text: str) -> str:
    """Key of a status: "kì", "học kỳ" and "HK" are one, I and II are 1 and 2."""
    key = match_key(text).replace("hocki", "ki").replace("hk", "ki")
    return re.sub(r"ki(ii?)$", lambda found: f"ki{len(found[1])}", key)


_STATUSES: Final = {_status_key(text): status for status, text in STATUS_TEXT.items()} | {
    _status_key("Đang theo học"): Status.STUDYING
}


def status_from_text(text: str) -> Status | None:
    """Enrolment status by its words; numbers are not read, other systems number differently (domain 5.2)."""
    return _STATUSES.get(_status_key(text))
