"""Quality of results in numbers: subjects, tests, traits, year classes and titles (domain 4.8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
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
from app.records.programme import (
    SUBJECT_NAMES,
    TRAIT_NAMES,
    Programme,
    field_name,
    out_of_scope_reason,
    programme_for,
    shown_subjects,
)
from app.records.reports import (
    SCHOOL,
    WHOLE,
    Bar,
    Cell,
    Chart,
    Part,
    Scope,
    Shade,
    Sheet,
    Table,
    in_scope,
    is_approved,
    outside_reasons,
    scope_words,
)
from app.records.types import ClassYear, Period, PupilYear, Regime, Sex

KINH: Final = "01"
MISSING: Final = "Chưa có"
NOT_ASSESSED: Final = "Không đánh giá"
NO_TITLE: Final = "Không có danh hiệu"
NO_MIXED_CLASSES: Final = "Không có cột Lớp ghép vì dữ liệu của trường không ghi lớp ghép."
_SPLITS: Final = ("Tổng số", "Tỉ lệ %", "Nữ", "Dân tộc", "Nữ dân tộc", "Khuyết tật")
_DISABLED: Final = frozenset({Regime.ADJUSTED, Regime.INDIVIDUAL_PLAN, Regime.NOT_ASSESSED})
_BANDS: Final = (
    (Part("9–10", Shade.BEST), 9, 10),
    (Part("7–8", Shade.GOOD), 7, 8),
    (Part("5–6", Shade.MIDDLE), 5, 6),
    (Part("Dưới 5", Shade.LOW), 0, 4),
)
_THREE: Final = (Shade.GOOD, Shade.MIDDLE, Shade.LOW)
_FOUR: Final = (Shade.BEST, *_THREE)


@dataclass(frozen=True, slots=True)
class _Pupil:
    entry: PupilYear
    klass: ClassYear

    @property
    def programme(self) -> Programme:
        return programme_for(self.klass.year, self.klass.grade, self.klass.local)

    @property
    def regime(self) -> Regime:
        return self.entry.enrolment.regime

    @property
    def girl(self) -> bool:
        return self.entry.pupil.sex is Sex.FEMALE

    @property
    def minority(self) -> bool:
        text = self.entry.pupil.ethnicity.strip()
        return bool(text) and ethnicity_from_text(text) != KINH


Value = Callable[[_Pupil, str, Period], str | None]
"""The words of one pupil's part for an item, MISSING, NOT_ASSESSED, or None when it does not concern them."""


@dataclass(frozen=True, slots=True)
class _Topic:
    """What one table counts. Without `items` there is one line of parts for each group."""

    name: str
    sheet: str
    heads: tuple[str, ...]
    parts: Callable[[Sequence[_Pupil]], Sequence[Part]]
    value: Value
    items: Callable[[Sequence[_Pupil], Period], Sequence[str]] | None = None


@dataclass(frozen=True, slots=True)
class _Group:
    label: str | int
    pupils: tuple[_Pupil, ...]


def subject_sheets(
    classes: Sequence[ClassYear], scope: Scope = WHOLE, *, whole: bool = True
) -> tuple[Sheet, ...]:
    """Levels T/H/C of each subject, and the bands of the periodic test scores."""
    return _sheets((_LEVELS, _SCORES), classes, scope, whole=whole)


def trait_sheets(
    classes: Sequence[ClassYear], scope: Scope = WHOLE, *, whole: bool = True
) -> tuple[Sheet, ...]:
    """Levels T/Đ/C of each quality and competency."""
    return _sheets((_TRAITS,), classes, scope, whole=whole)


def year_sheets(
    classes: Sequence[ClassYear], scope: Scope = WHOLE, *, whole: bool = True
) -> tuple[Sheet, ...]:
    """Year classes (article 9.2a) and titles (article 13); always those of the year's end."""
    return _sheets((_CLASSES, _TITLES), classes, replace(scope, item="", period=Period.CN), whole=whole)


def quality_tables(classes: Sequence[ClassYear], period: Period = Period.CN) -> tuple[Table, ...]:
    """Every quality table of the school; year classes and titles only at the year's end."""
    scope = Scope(period=period)
    sheets = (*subject_sheets(classes, scope), *trait_sheets(classes, scope))
    if period is Period.CN:
        sheets = (*sheets, *year_sheets(classes, scope))
    return tuple(sheet.table for sheet in sheets)


def items_of(classes: Sequence[ClassYear], scope: Scope, *, traits: bool) -> tuple[str, ...]:
    """Codes of the subjects, or of the traits, that the classes of the scope have; in the form's order."""
    pupils = [one for group in _per_class(_counted_classes(classes, scope)) for one in group.pupils]
    return tuple(_traits_of(pupils, scope.period) if traits else _subjects_of(pupils, scope.period))


# --- from classes to sheets ---------------------------------------------------------------------------


def _sheets(
    topics: Sequence[_Topic], classes: Sequence[ClassYear], scope: Scope, *, whole: bool
) -> tuple[Sheet, ...]:
    """`whole`: the classes are those of the whole school, so that sums of grades are true."""
    chosen = _counted_classes(classes, scope)
    per_class = _per_class(chosen)
    by_class = bool(not whole or scope.grade or scope.class_name or scope.item)
    groups = per_class if by_class else _per_grade(per_class)
    if len(groups) > 1:
        everybody = tuple(one for group in groups for one in group.pupils)
        groups = [*groups, _Group("Cộng" if by_class else SCHOOL, everybody)]
    first = "Lớp" if by_class else "Khối"
    tail = _tail(classes, scope)
    notes = (*outside_reasons(in_scope(classes, scope)), *_unknown(per_class), NO_MIXED_CLASSES)
    return tuple(
        Sheet(
            Table(
                f"{one.name} – {tail}",
                (first, *one.heads, *_SPLITS),
                _rows(one, groups, scope),
                notes,
                one.sheet,
            ),
            _chart(one, per_class, scope),
        )
        for one in topics
    )


def _tail(classes: Sequence[ClassYear], scope: Scope) -> str:
    year = f", năm học {classes[0].year}" if classes else ""
    item = f", {field_name(scope.item)}" if scope.item else ""
    return f"{PERIOD_PHRASE[scope.period]}{year}{scope_words(scope)}{item}"


def _counted_classes(classes: Sequence[ClassYear], scope: Scope) -> list[ClassYear]:
    """The classes of the scope that follow a rule set; only approved ones when the scope says so."""
    return [
        one
        for one in in_scope(classes, scope)
        if out_of_scope_reason(one.year, one.grade) is None
        and (not scope.approved_only or is_approved(one, scope.period))
    ]


def _per_class(classes: Iterable[ClassYear]) -> list[_Group]:
    return [
        _Group(one.name, tuple(_Pupil(entry, one) for entry in one.pupils if entry.enrolment.status.active))
        for one in classes
    ]


def _per_grade(groups: Sequence[_Group]) -> list[_Group]:
    grades: dict[int, list[_Pupil]] = {}
    for group in groups:
        for one in group.pupils:
            grades.setdefault(one.klass.grade, []).append(one)
    return [_Group(grade, tuple(pupils)) for grade, pupils in grades.items()]


def _unknown(groups: Sequence[_Group]) -> tuple[str, ...]:
    """Pupils whom a split cannot place, so that nobody takes a hole for a number."""
    pupils = [one.entry.pupil for group in groups for one in group.pupils]
    found = (
        (sum(one.sex is None for one in pupils), "giới tính", "Nữ"),
        (sum(not one.ethnicity.strip() for one in pupils), "dân tộc", "Dân tộc"),
    )
    return tuple(
        f"{count} em chưa ghi {what} nên không tính vào cột {column}."
        for count, what, column in found
        if count
    )


def _items(topic: _Topic, pupils: Sequence[_Pupil], scope: Scope) -> Sequence[str]:
    if topic.items is None:
        return ("",)
    return [code for code in topic.items(pupils, scope.period) if scope.item in ("", code)]


def _rows(topic: _Topic, groups: Sequence[_Group], scope: Scope) -> tuple[tuple[Cell, ...], ...]:
    rows: list[tuple[Cell, ...]] = []
    for group in groups:
        for code in _items(topic, group.pupils, scope):
            head = (group.label, field_name(code)) if code else (group.label,)
            rows += ((*head, *line) for line in _lines(topic, group.pupils, code, scope.period))
    return tuple(rows)


def _lines(topic: _Topic, pupils: Sequence[_Pupil], code: str, period: Period) -> Iterable[tuple[Cell, ...]]:
    """One line per part; the percentage is of the pupils with a value. Others follow, so that all add up."""
    valued = [(one, found) for one in pupils if (found := topic.value(one, code, period)) is not None]
    parts = [part.words for part in topic.parts(pupils)]
    total = sum(found in parts for _, found in valued)
    for words in parts:
        chosen = [one for one, found in valued if found == words]
        yield (words, *_split(chosen, round(100 * len(chosen) / total, 2) if total else 0.0))
    for words in (MISSING, NOT_ASSESSED):
        if chosen := [one for one, found in valued if found == words]:
            yield (words, *_split(chosen, ""))


def _split(chosen: Sequence[_Pupil], share: Cell) -> tuple[Cell, ...]:
    return (
        len(chosen),
        share,
        sum(one.girl for one in chosen),
        sum(one.minority for one in chosen),
        sum(one.girl and one.minority for one in chosen),
        sum(one.regime in _DISABLED for one in chosen),
    )


def _chart(topic: _Topic, groups: Sequence[_Group], scope: Scope) -> Chart:
    """A bar per subject or trait; per class when one of them is chosen, or when the topic has none."""
    everybody = [one for group in groups for one in group.pupils]
    parts = tuple(topic.parts(everybody))
    if topic.items is None or scope.item:
        title = f"{topic.name} theo lớp" + (f": {field_name(scope.item)}" if scope.item else "")
        bars = (
            _bar(topic, parts, f"Lớp {group.label}", group.pupils, scope.item, scope.period)
            for group in groups
        )
    else:
        title = f"{topic.name}{scope_words(scope)}"
        codes = _items(topic, everybody, scope)
        bars = (_bar(topic, parts, field_name(code), everybody, code, scope.period) for code in codes)
    return Chart(title, parts, tuple(bar for bar in bars if bar.total or bar.outside))


def _bar(
    topic: _Topic, parts: Sequence[Part], label: str, pupils: Sequence[_Pupil], code: str, period: Period
) -> Bar:
    found = [words for one in pupils if (words := topic.value(one, code, period)) is not None]
    counts = tuple(found.count(part.words) for part in parts)
    return Bar(label, counts, len(found) - sum(counts))


# --- the topics ---------------------------------------------------------------------------------------


def _without(one: _Pupil) -> str:
    return NOT_ASSESSED if one.regime is Regime.NOT_ASSESSED else MISSING


def _subjects_of(pupils: Sequence[_Pupil], period: Period) -> list[str]:
    shown = {code for one in pupils for code in shown_subjects(one.programme, one.entry, period)}
    return [code for code in SUBJECT_NAMES if code in shown]


def _level(one: _Pupil, code: str, period: Period) -> str | None:
    result = one.entry.period(period).subjects.get(code)
    if result and result.level:
        return LEVEL_TEXT[result.level]
    return _without(one) if code in shown_subjects(one.programme, one.entry, period) else None


def _tested_of(pupils: Sequence[_Pupil], period: Period) -> list[str]:
    tested = {code for one in pupils for code in one.programme.tests[period]}
    return [code for code in _subjects_of(pupils, period) if code in tested]


def _band(one: _Pupil, code: str, period: Period) -> str | None:
    if code not in one.programme.tests[period]:
        return None
    result = one.entry.period(period).subjects.get(code)
    score = result.score if result else None
    if score is not None:
        return next((part.words for part, low, high in _BANDS if low <= score <= high), MISSING)
    return _without(one) if code in shown_subjects(one.programme, one.entry, period) else None


def _traits_of(pupils: Sequence[_Pupil], _period: Period) -> list[str]:
    shown = {code for one in pupils for code in one.programme.traits}
    return [code for code in TRAIT_NAMES if code in shown]


def _trait(one: _Pupil, code: str, period: Period) -> str | None:
    result = one.entry.period(period).traits.get(code)
    if result and result.level:
        return TRAIT_LEVEL_TEXT[result.level]
    asked = code in one.programme.traits and one.regime is not Regime.FLEXIBLE
    return _without(one) if asked else None


def _year_class(one: _Pupil, _code: str, _period: Period) -> str | None:
    confirmed = one.entry.outcome.confirmed
    code = confirmed or propose(one.klass.year, one.entry, one.klass.local).code
    return YEAR_CLASS_TEXT[code] if code else _without(one)


def _title(one: _Pupil, _code: str, _period: Period) -> str | None:
    held = {title_in(award) for award in one.entry.outcome.awards}
    return next((title for title in one.programme.rules.titles if title in held), NO_TITLE)


def _title_parts(pupils: Sequence[_Pupil]) -> Sequence[Part]:
    titles = dict.fromkeys(title for one in pupils for title in one.programme.rules.titles)
    shaded = zip(titles, (Shade.BEST, Shade.GOOD), strict=False)
    return (*(Part(*pair) for pair in shaded), Part(NO_TITLE, Shade.NONE)) if titles else ()


def _parts(words: Iterable[str], shades: Iterable[Shade]) -> Callable[[Sequence[_Pupil]], Sequence[Part]]:
    fixed = tuple(Part(*pair) for pair in zip(words, shades, strict=True))
    return lambda _: fixed


_LEVELS: Final = _Topic(
    "Môn học và hoạt động giáo dục",
    "Môn học",
    ("Môn", "Mức"),
    _parts(LEVEL_TEXT.values(), _THREE),
    _level,
    _subjects_of,
)
_SCORES: Final = _Topic(
    "Điểm kiểm tra định kì",
    "Điểm KTĐK",
    ("Môn", "Điểm"),
    _parts((part.words for part, _, _ in _BANDS), _FOUR),
    _band,
    _tested_of,
)
_TRAITS: Final = _Topic(
    "Phẩm chất và năng lực",
    "Phẩm chất – năng lực",
    ("Nội dung", "Mức"),
    _parts(TRAIT_LEVEL_TEXT.values(), _THREE),
    _trait,
    _traits_of,
)
_CLASSES: Final = _Topic(
    "Kết quả giáo dục", "Xếp loại", ("Mức",), _parts(YEAR_CLASS_TEXT.values(), _FOUR), _year_class
)
_TITLES: Final = _Topic("Khen thưởng", "Khen thưởng", ("Danh hiệu",), _title_parts, _title)
