"""A class as a sheet of cells: which columns, what each cell says and in which state; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.records.codes import LEVEL_TEXT, TRAIT_LEVEL_TEXT
from app.records.programme import (
    GROUP_NAMES,
    SUBJECT_NAMES,
    TRAIT_GROUPS,
    OutOfScope,
    Programme,
    field_name,
    is_recorded,
    programme_for,
)
from app.records.types import ClassYear, Finding, Period, PupilYear, Regime, Severity

SHORT: Final[Mapping[str, str]] = {
    "TV": "Tiếng Việt",
    "TOAN": "Toán",
    "NN1": "N. ngữ 1",
    "LSDL": "LS&ĐL",
    "KH": "Khoa học",
    "TIN": "Tin học",
    "CN": "C. nghệ",
    "DD": "ĐĐ",
    "TNXH": "TNXH",
    "GDTC": "GDTC",
    "AN": "ÂN",
    "MT": "MT",
    "HDTN": "HĐTN",
    "TDT": "T. dân tộc",
    "YN": "Yêu nước",
    "NA": "Nhân ái",
    "CC": "Chăm chỉ",
    "TT": "Tr. thực",
    "TN": "Tr. nhiệm",
    "TCTH": "Tự chủ",
    "GTHT": "Giao tiếp",
    "GQVD": "Giải q. VĐ",
    "NL_NN": "Ngôn ngữ",
    "NL_TT": "Tính toán",
    "NL_KH": "Khoa học",
    "NL_CN": "C. nghệ",
    "NL_TIN": "Tin học",
    "NL_TM": "Thẩm mĩ",
    "NL_TC": "Thể chất",
}
"""Heads of narrow columns; the full name is in the tool tip and is read out."""
_HOLE_RULES: Final = {
    "level.missing": "level",
    "elective.level_missing": "level",
    "score.missing": "score",
    "trait.missing": "trait",
}
_SCORE_RULES: Final = ("score.", "level.score")
_GROUP: Final = {code: group for group, codes in TRAIT_GROUPS.items() for code in codes}


class Tab(StrEnum):
    """The parts of the sheet, named as on the form."""

    SUBJECTS = "Môn học và HĐGD"
    TRAITS = "Phẩm chất, năng lực"
    COMMENTS = "Nhận xét"


class State(StrEnum):
    """How a cell is drawn, and the word it is read out with."""

    PLAIN = ""
    EMPTY = "trống"
    HOLE = "còn thiếu"
    WARNING = "cảnh báo"
    ERROR = "lỗi"
    EXEMPT = "không đánh giá"


@dataclass(frozen=True, slots=True)
class Spec:
    """One column. `part` is level, score, trait, comment or group; `width` in px at 100 %."""

    code: str
    part: str
    caption: str
    width: int


@dataclass(frozen=True, slots=True)
class SheetGroup:
    """Columns under one head."""

    text: str
    tip: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, its state, and the sentence of a finding."""

    text: str
    state: State
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything one tab shows; `cells[row][column]`, `holes[row]` counts what is missing of a pupil."""

    pupils: tuple[PupilYear, ...]
    specs: tuple[Spec, ...]
    groups: tuple[SheetGroup, ...]
    cells: tuple[tuple[Cell, ...], ...]
    holes: tuple[int, ...]


def make_sheet(klass: ClassYear, period: Period, tab: Tab, findings: Sequence[Finding]) -> Sheet:
    """The sheet of one tab. A class outside the programme has its pupils and no columns."""
    try:
        programme = programme_for(klass.year, klass.grade, klass.local)
    except OutOfScope:
        programme = None
    specs, groups = _columns(programme, klass, period, tab) if programme else ((), ())
    found = _by_pupil(findings)
    rows = [_row(entry, period, specs, found.get(entry.pupil.code, ())) for entry in klass.pupils]
    holes = tuple(_holes(found.get(entry.pupil.code, ())) for entry in klass.pupils)
    return Sheet(klass.pupils, specs, groups, tuple(rows), holes)


def _by_pupil(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.pupil_code, []).append(finding)
    return found


def _holes(findings: Sequence[Finding]) -> int:
    return sum(1 for finding in findings if finding.rule in _HOLE_RULES or finding.rule == "results.none")


# --- columns --------------------------------------------------------------------------------------------


def _shown(programme: Programme, klass: ClassYear, period: Period) -> tuple[str, ...]:
    """Compulsory subjects and the electives that somebody in the class takes, in the form's order."""
    taken = {
        code
        for entry in klass.pupils
        for code in programme.electives
        if is_recorded(entry.period(period).subjects.get(code))
    }
    return tuple(code for code in SUBJECT_NAMES if code in taken or code in programme.subjects)


def _columns(
    programme: Programme, klass: ClassYear, period: Period, tab: Tab
) -> tuple[tuple[Spec, ...], tuple[SheetGroup, ...]]:
    if tab is Tab.TRAITS:
        return _trait_columns(programme)
    subjects = _shown(programme, klass, period)
    if tab is Tab.COMMENTS:
        return _comment_columns(subjects)
    specs: list[Spec] = []
    groups: list[SheetGroup] = []
    for code in subjects:
        first = len(specs)
        tested = code in programme.tests[period]
        specs.append(Spec(code, "level", "Mức", 29 if tested else 37))
        if tested:
            specs.append(Spec(code, "score", "Điểm", 33))
        groups.append(SheetGroup(SHORT[code], field_name(code), first, len(specs) - 1))
    return tuple(specs), tuple(groups)


def _trait_columns(programme: Programme) -> tuple[tuple[Spec, ...], tuple[SheetGroup, ...]]:
    specs: list[Spec] = []
    groups: list[SheetGroup] = []
    for group, name in GROUP_NAMES.items():
        codes = [code for code in programme.traits if _GROUP[code] == group]
        if codes:
            groups.append(SheetGroup(name, name, len(specs), len(specs) + len(codes) - 1))
            specs += [Spec(code, "trait", SHORT[code], 62) for code in codes]
    return tuple(specs), tuple(groups)


def _comment_columns(subjects: Sequence[str]) -> tuple[tuple[Spec, ...], tuple[SheetGroup, ...]]:
    specs = [Spec(code, "comment", "", 190) for code in subjects]
    specs += [Spec(group, "group", "", 220) for group in GROUP_NAMES]
    names = [*(field_name(code) for code in subjects), *GROUP_NAMES.values()]
    groups = [SheetGroup(name, name, place, place) for place, name in enumerate(names)]
    return tuple(specs), tuple(groups)


# --- cells ----------------------------------------------------------------------------------------------


def _row(
    entry: PupilYear, period: Period, specs: Sequence[Spec], findings: Sequence[Finding]
) -> tuple[Cell, ...]:
    exempt = entry.enrolment.regime is Regime.NOT_ASSESSED or not entry.enrolment.status.active
    nothing = any(finding.rule == "results.none" for finding in findings)
    return tuple(_cell(entry, period, spec, findings, exempt, nothing) for spec in specs)


def value_of(entry: PupilYear, period: Period, spec: Spec) -> str:
    """What is recorded, as it stands in the cell."""
    results = entry.period(period)
    if spec.part == "group":
        return results.group_comments.get(spec.code, "")
    if spec.part == "trait":
        trait = results.traits.get(spec.code)
        return trait.level.value if trait and trait.level else ""
    subject = results.subjects.get(spec.code)
    if subject is None:
        return ""
    if spec.part == "level":
        return subject.level.value if subject.level else ""
    if spec.part == "score":
        return "" if subject.score is None else str(subject.score)
    return subject.comment


def _cell(
    entry: PupilYear,
    period: Period,
    spec: Spec,
    findings: Sequence[Finding],
    exempt: bool,
    nothing: bool,
) -> Cell:
    text = value_of(entry, period, spec)
    mine = [finding for finding in findings if _concerns(finding, spec)]
    sentence = " ".join(finding.message for finding in mine)
    holes = [finding for finding in mine if finding.rule in _HOLE_RULES]
    worst = [finding.severity for finding in mine if finding not in holes]
    required = spec.part in ("level", "score", "trait")
    if Severity.ERROR in worst:
        return Cell(text, State.ERROR, sentence)
    if Severity.WARNING in worst and text:
        return Cell(text, State.WARNING, sentence)
    if not text and exempt:
        return Cell("", State.EXEMPT, "")
    if not text and required and (holes or nothing):
        return Cell("", State.HOLE, sentence)
    return Cell(text, State.PLAIN if text else State.EMPTY, sentence)


def _concerns(finding: Finding, spec: Spec) -> bool:
    """Does a finding belong to this column? Level and score of one subject share its code."""
    if finding.field != spec.code:
        return False
    if finding.rule.startswith("comment."):
        return spec.part in ("comment", "group")
    if finding.rule in _HOLE_RULES:
        return spec.part == _HOLE_RULES[finding.rule]
    if spec.part == "score":
        return finding.rule.startswith(_SCORE_RULES)
    return spec.part in ("level", "trait") and not finding.rule.startswith(_SCORE_RULES)


_WORDS: Final = {
    "level": {level.value: text for level, text in LEVEL_TEXT.items()},
    "trait": {level.value: text for level, text in TRAIT_LEVEL_TEXT.items()},
}


def spoken(entry: PupilYear, spec: Spec, cell: Cell) -> str:
    """A cell for a screen reader: "Thạch Ngọc Hân, Toán, mức, Hoàn thành tốt"."""
    part = {"level": "mức", "score": "điểm", "trait": "mức"}.get(spec.part, "nhận xét")
    value = _WORDS.get(spec.part, {}).get(cell.text, cell.text)
    words = [entry.pupil.name, field_name(spec.code), part, value, cell.state.value, cell.sentence]
    return ", ".join(word for word in words if word)


def progress(sheets: Iterable[Sheet]) -> tuple[int, int]:
    """(filled, required) cells over the given sheets; comments are not required cells."""
    filled = missing = 0
    for sheet in sheets:
        for row in sheet.cells:
            for spec, cell in zip(sheet.specs, row, strict=True):
                if spec.part in ("comment", "group") or cell.state is State.EXEMPT:
                    continue
                missing += cell.state is State.HOLE
                filled += bool(cell.text)
    return filled, filled + missing
