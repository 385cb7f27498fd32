"""Tables of numbers for the office: progress of transcripts and quality of results (domain 4.8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from app.records.awards import title_in
from app.records.classification import propose
from app.records.codes import (
    LEVEL_TEXT,
    PERIOD_PHRASE,
    TRAIT_LEVEL_TEXT,
    YEAR_CLASS_TEXT,
    ethnicity_from_text,
)
from app.records.names import sort_key
from app.records.programme import (
    SUBJECT_NAMES,
    TRAIT_NAMES,
    Programme,
    out_of_scope_reason,
    programme_for,
    shown_subjects,
)
from app.records.types import ClassYear, Period, PupilYear, Regime, Sex, TranscriptState

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Table:
    """A report: every row has as many cells as there are columns. `notes` say what was left out and why."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """How far one class is: the state of each pupil's current transcript version, if there is one."""

    class_name: str
    grade: int
    pupils: int
    states: tuple[TranscriptState, ...] = ()
    delivered: int = 0
    """Transcripts whose receiver confirmed them."""
    blocked: int = 0
    """Pupils who cannot get a transcript yet (errors, missing results)."""


PROGRESS_COLUMNS: Final = (
    *("Khối", "Lớp", "Học sinh", "Đã tạo", "GVCN đã ký", "Lãnh đạo đã ký", "Đã phát hành", "Đã nộp"),
    *("Đã thu hồi", "Còn vướng"),
)
_ORDER: Final = (
    TranscriptState.ISSUED,
    TranscriptState.TEACHER_SIGNED,
    TranscriptState.LEADER_SIGNED,
    TranscriptState.SEALED,
)


def _progress_numbers(classes: Sequence[ClassProgress]) -> tuple[int, ...]:
    states = [state for one in classes for state in one.states]
    reached = (sum(state in _ORDER[place:] for state in states) for place in range(len(_ORDER)))
    return (
        sum(one.pupils for one in classes),
        *reached,
        sum(one.delivered for one in classes),
        states.count(TranscriptState.REVOKED),
        sum(one.blocked for one in classes),
    )


def progress_table(year: str, classes: Iterable[ClassProgress]) -> Table:
    """One row per class, a total per grade and one for the school. A later state includes the earlier."""
    ordered = sorted(classes, key=lambda one: (one.grade, sort_key(one.class_name)))
    rows: list[tuple[Cell, ...]] = []
    for grade, group in groupby(ordered, key=lambda one: one.grade):
        members = list(group)
        rows += [(grade, one.class_name, *_progress_numbers([one])) for one in members]
        rows.append((grade, "Cộng khối", *_progress_numbers(members)))
    rows.append(("Toàn trường", "", *_progress_numbers(ordered)))
    return Table(f"Tiến độ học bạ số năm học {year}", PROGRESS_COLUMNS, tuple(rows))


_DISABLED: Final = frozenset({Regime.ADJUSTED, Regime.INDIVIDUAL_PLAN, Regime.NOT_ASSESSED})
_SPLITS: Final = ("Số lượng", "Tỉ lệ %", "Nữ", "Dân tộc", "Nữ dân tộc", "Khuyết tật")
_BANDS: Final = (("Dưới 5", 0, 4), ("5–6", 5, 6), ("7–8", 7, 8), ("9–10", 9, 10))
KINH: Final = "01"


@dataclass(frozen=True, slots=True)
class _Pupil:
    entry: PupilYear
    klass: ClassYear

    @property
    def programme(self) -> Programme:
        return programme_for(self.klass.year, self.klass.grade, self.klass.local)

    @property
    def girl(self) -> bool:
        return self.entry.pupil.sex is Sex.FEMALE

    @property
    def minority(self) -> bool:
        text = self.entry.pupil.ethnicity.strip()
        return bool(text) and ethnicity_from_text(text) != KINH


def _split(chosen: Sequence[_Pupil], total: int) -> tuple[Cell, ...]:
    return (
        len(chosen),
        round(100 * len(chosen) / total, 2) if total else 0.0,
        sum(one.girl for one in chosen),
        sum(one.minority for one in chosen),
        sum(one.girl and one.minority for one in chosen),
        sum(one.entry.enrolment.regime in _DISABLED for one in chosen),
    )


@dataclass
class _Lines:
    """Rows of one table: the value of every pupil, counted per wording."""

    rows: list[tuple[Cell, ...]] = field(default_factory=list)

    def add(
        self,
        head: tuple[Cell, ...],
        pupils: Sequence[_Pupil],
        value: Callable[[_Pupil], str | None],
        wordings: Iterable[str],
    ) -> None:
        """One row per wording; the percentage is of the pupils who have a value."""
        valued = [(one, found) for one in pupils if (found := value(one)) is not None]
        for wording in wordings:
            chosen = [one for one, found in valued if found == wording]
            self.rows.append((*head, wording, *_split(chosen, len(valued))))


def _by_grade(classes: Sequence[ClassYear]) -> tuple[dict[int, list[_Pupil]], tuple[str, ...]]:
    """Active pupils of the grades with a rule set, and the reasons for those left out."""
    grades: dict[int, list[_Pupil]] = {}
    reasons: dict[str, None] = {}
    for klass in sorted(classes, key=lambda one: one.grade):
        if reason := out_of_scope_reason(klass.year, klass.grade):
            reasons[reason] = None
            continue
        active = (entry for entry in klass.pupils if entry.enrolment.status.active)
        grades.setdefault(klass.grade, []).extend(_Pupil(entry, klass) for entry in active)
    return grades, tuple(reasons)


def quality_tables(classes: Sequence[ClassYear], period: Period = Period.CN) -> tuple[Table, ...]:
    """Quality per grade: subjects, test scores, qualities and competencies; at year's end classes and awards.

    Each row counts pupils, percentage of the pupils with a value, girls, minority pupils, minority girls
    and disabled pupils.
    """
    grades, notes = _by_grade(classes)
    year = classes[0].year if classes else ""
    tail = f"{PERIOD_PHRASE[period]}, năm học {year}"
    tables = [
        Table(
            f"Môn học và hoạt động giáo dục – {tail}",
            ("Khối", "Môn", "Mức", *_SPLITS),
            _levels(grades, period),
        ),
        Table(
            f"Điểm kiểm tra định kì – {tail}",
            ("Khối", "Môn", "Điểm", *_SPLITS),
            _scores(grades, period),
        ),
        Table(
            f"Phẩm chất và năng lực – {tail}", ("Khối", "Nội dung", "Mức", *_SPLITS), _traits(grades, period)
        ),
    ]
    if period is Period.CN:
        classified = _year_classes(grades)
        tables.append(Table(f"Kết quả giáo dục – {tail}", ("Khối", "Mức", *_SPLITS), classified))
        tables.append(Table(f"Khen thưởng – {tail}", ("Khối", "Danh hiệu", *_SPLITS), _awards(grades)))
    return tuple(Table(one.title, one.columns, one.rows, notes) for one in tables)


def _subjects_of(pupils: Sequence[_Pupil], period: Period) -> list[str]:
    shown = {code for one in pupils for code in shown_subjects(one.programme, one.entry, period)}
    return [code for code in SUBJECT_NAMES if code in shown]


def _levels(grades: dict[int, list[_Pupil]], period: Period) -> tuple[tuple[Cell, ...], ...]:
    lines = _Lines()
    for grade, pupils in grades.items():
        for code in _subjects_of(pupils, period):

            def level(one: _Pupil, code: str = code) -> str | None:
                result = one.entry.period(period).subjects.get(code)
                return LEVEL_TEXT[result.level] if result and result.level else None

            lines.add((grade, SUBJECT_NAMES[code]), pupils, level, LEVEL_TEXT.values())
    return tuple(lines.rows)


def _scores(grades: dict[int, list[_Pupil]], period: Period) -> tuple[tuple[Cell, ...], ...]:
    lines = _Lines()
    for grade, pupils in grades.items():
        tests = pupils[0].programme.tests[period] if pupils else ()
        for code in (code for code in _subjects_of(pupils, period) if code in tests):

            def band(one: _Pupil, code: str = code) -> str | None:
                result = one.entry.period(period).subjects.get(code)
                score = result.score if result else None
                return next(
                    (name for name, low, high in _BANDS if score is not None and low <= score <= high), None
                )

            lines.add((grade, SUBJECT_NAMES[code]), pupils, band, (name for name, _, _ in _BANDS))
    return tuple(lines.rows)


def _traits(grades: dict[int, list[_Pupil]], period: Period) -> tuple[tuple[Cell, ...], ...]:
    lines = _Lines()
    for grade, pupils in grades.items():
        for code in pupils[0].programme.traits if pupils else ():

            def level(one: _Pupil, code: str = code) -> str | None:
                result = one.entry.period(period).traits.get(code)
                return TRAIT_LEVEL_TEXT[result.level] if result and result.level else None

            lines.add((grade, TRAIT_NAMES[code]), pupils, level, TRAIT_LEVEL_TEXT.values())
    return tuple(lines.rows)


def _year_classes(grades: dict[int, list[_Pupil]]) -> tuple[tuple[Cell, ...], ...]:
    def year_class(one: _Pupil) -> str | None:
        confirmed = one.entry.outcome.confirmed
        code = confirmed or propose(one.klass.year, one.entry, one.klass.local).code
        return YEAR_CLASS_TEXT[code] if code else None

    lines = _Lines()
    for grade, pupils in grades.items():
        lines.add((grade,), pupils, year_class, YEAR_CLASS_TEXT.values())
    return tuple(lines.rows)


def _awards(grades: dict[int, list[_Pupil]]) -> tuple[tuple[Cell, ...], ...]:
    """Percentages are of all pupils of the grade."""
    rows: list[tuple[Cell, ...]] = []
    for grade, pupils in grades.items():
        for title in pupils[0].programme.rules.titles if pupils else ():
            holders = [
                one for one in pupils if any(title_in(award) == title for award in one.entry.outcome.awards)
            ]
            rows.append((grade, title, *_split(holders, len(pupils))))
    return tuple(rows)
