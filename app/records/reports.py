"""Reports as values: tables of numbers with their charts, and the progress of transcripts (domain 4.8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from app.records.codes import PERIOD_PHRASE
from app.records.names import sort_key
from app.records.programme import out_of_scope_reason
from app.records.types import ClassYear, Period, Stage, TranscriptState

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Table:
    """A report's table: every row has as many cells as there are columns. `notes` say what was left out.

    `name` is that of its sheet in a workbook; empty: "Báo cáo".
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    name: str = ""


class Shade(StrEnum):
    """How a part of a bar is drawn; dark to light, and never red (ui.md, section 2)."""

    BEST = "best"
    GOOD = "good"
    MIDDLE = "middle"
    LIGHT = "light"
    LOW = "low"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that every bar is divided into."""

    words: str
    shade: Shade


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: pupils in each part, and pupils outside the 100 % (they have no value)."""

    label: str
    counts: tuple[int, ...]
    outside: int = 0

    @property
    def total(self) -> int:
        """The pupils who make up 100 %."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of 100 % with the same parts, in the order given: by subject of the form or by name of class."""

    title: str
    parts: tuple[Part, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table, and the same numbers as a chart where bars can show them."""

    table: Table
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report covers; empty values leave nothing out. `item` is a subject or trait code."""

    grade: int | None = None
    class_name: str = ""
    item: str = ""
    period: Period = Period.CN
    approved_only: bool = False


WHOLE: Final = Scope()


def in_scope(classes: Iterable[ClassYear], scope: Scope) -> tuple[ClassYear, ...]:
    """The classes of the scope by grade and name, approved or not."""
    chosen = (
        one for one in classes if scope.grade in (None, one.grade) and scope.class_name in ("", one.name)
    )
    return tuple(sorted(chosen, key=lambda one: (one.grade, sort_key(one.name))))


def is_approved(klass: ClassYear, period: Period) -> bool:
    """The working group approved the class for this period."""
    return klass.stages.get(period) is Stage.APPROVED


def caption(classes: Sequence[ClassYear], scope: Scope) -> str:
    """One sentence under every report: how many classes it counts, which of them are not approved yet.

    `classes` are those of the scope, approved or not; grades without a rule set are not asked for.
    """
    asked = [one for one in classes if out_of_scope_reason(one.year, one.grade) is None]
    waiting = [one.name for one in asked if not is_approved(one, scope.period)]
    when = PERIOD_PHRASE[scope.period]
    if not asked:
        return "Không có lớp nào trong phạm vi đã chọn."
    if not waiting:
        return f"Đủ {len(asked)} lớp, tất cả đã duyệt {when}."
    counted = f"{len(asked)} lớp: đã duyệt {when} {len(asked) - len(waiting)} lớp, chưa duyệt {len(waiting)}"
    what = "chưa có trong báo cáo này" if scope.approved_only else "số của các lớp này còn có thể thay đổi"
    return f"{counted} ({', '.join(waiting)}); {what}."


def outside_reasons(classes: Iterable[ClassYear]) -> tuple[str, ...]:
    """Why some grades have no numbers, each reason once."""
    found = (out_of_scope_reason(one.year, one.grade) for one in classes)
    return tuple(dict.fromkeys(reason for reason in found if reason))


def scope_words(scope: Scope) -> str:
    """The scope as the tail of a title: ", lớp 3A"; empty for the whole school."""
    if scope.class_name:
        return f", lớp {scope.class_name}"
    return f", khối {scope.grade}" if scope.grade else ""


# --- progress of transcripts --------------------------------------------------------------------------


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
    asked: bool = True
    """False for a grade that gets no transcripts in this year."""


PROGRESS_COLUMNS: Final = (
    *("Khối", "Lớp", "Học sinh", "Đã tạo", "GVCN đã ký", "BGH đã ký", "Đã phát hành", "Đã nộp"),
    *("Đã thu hồi", "Còn vướng"),
)
SCHOOL: Final = "Toàn trường"
_ORDER: Final = (
    TranscriptState.ISSUED,
    TranscriptState.TEACHER_SIGNED,
    TranscriptState.LEADER_SIGNED,
    TranscriptState.SEALED,
)
_STEPS: Final = (
    Part("Đã phát hành", Shade.BEST),
    Part("BGH đã ký", Shade.GOOD),
    Part("GVCN đã ký", Shade.MIDDLE),
    Part("Đã tạo", Shade.LIGHT),
    Part("Chưa tạo", Shade.NONE),
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


def _in_order(classes: Iterable[ClassProgress]) -> list[ClassProgress]:
    return sorted(classes, key=lambda one: (one.grade, sort_key(one.class_name)))


def progress_table(
    year: str, classes: Iterable[ClassProgress], *, total: str = SCHOOL, tail: str = ""
) -> Table:
    """One row per class, a total per grade and one for everything. A later state includes the earlier.

    `total` names the last row. Unless it is the school's, there are no totals per grade: not every class of
    a grade need be there.
    """
    ordered = _in_order(classes)
    rows: list[tuple[Cell, ...]] = []
    for grade, group in groupby(ordered, key=lambda one: one.grade):
        members = list(group)
        rows += [(grade, one.class_name, *_progress_numbers([one])) for one in members]
        if total == SCHOOL:
            rows.append((grade, "Cộng khối", *_progress_numbers(members)))
    rows.append((total, "", *_progress_numbers(ordered)))
    title = f"Tiến độ học bạ số năm học {year}{tail}"
    return Table(title, PROGRESS_COLUMNS, tuple(rows), name="Tiến độ")


def progress_chart(classes: Iterable[ClassProgress]) -> Chart:
    """One bar per class that gets transcripts: how far the pupils' current versions are."""
    bars = []
    for one in _in_order(one for one in classes if one.asked):
        reached = [one.states.count(state) for state in reversed(_ORDER)]
        bars.append(Bar(f"Lớp {one.class_name}", (*reached, max(0, one.pupils - sum(reached)))))
    return Chart("Học sinh của từng lớp theo bước đã đến", _STEPS, tuple(bars))
