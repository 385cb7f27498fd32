"""The words of the screen: counts, the rows of the classes, the empty list, one finding in full; no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from app.records.types import Finding, Period, Severity, Stage
from app.ui.checks.sift import Sifted, counted
from app.ui.states import SEVERITY_SIGNS, STAGE_SIGNS
from app.ui.widgets.choices import Choice

if TYPE_CHECKING:
    from app.workflows.checks import CheckList
    from app.workflows.kept import ClassState

ALL: Final = "*"
"""The row of all classes together."""


def told(counts: Counter[Severity]) -> str:
    """ "2 lỗi · 3 cảnh báo"."""
    parts = [f"{counts[s]} {SEVERITY_SIGNS[s].word.lower()}" for s in Severity if counts[s]]
    return " · ".join(parts)


def head_words(states: Sequence[ClassState]) -> str:
    """How much was looked at."""
    return f"{len(states)} lớp, {sum(state.listed for state in states)} học sinh"


def choices(
    states: Sequence[ClassState], found: CheckList, period: Period, returned: frozenset[str]
) -> list[Choice]:
    """All together (of several), then each with its counts and the sign of what is most urgent."""
    every: Counter[Severity] = Counter()
    rows = []
    for state in states:
        counts = counted(state.shown)
        every.update(counts)
        rows.append(_choice(state, counts, found, period, came_back=state.summary.name in returned))
    if len(rows) == 1:
        return rows
    errors = every[Severity.ERROR]
    mark = ("circle-x", "err", str(errors)) if errors else None
    return [Choice(ALL, "Tất cả các lớp", told(every) or "Không có vấn đề", mark), *rows]


def _choice(
    state: ClassState, counts: Counter[Severity], found: CheckList, period: Period, *, came_back: bool
) -> Choice:
    name = state.summary.name
    sign = STAGE_SIGNS[state.summary.stages.get(period, Stage.OPEN)]
    if came_back:
        mark = ("corner-up-left", "warn", "Bị trả lại")
    elif counts[Severity.ERROR]:
        mark = ("circle-x", "err", str(counts[Severity.ERROR]))
    elif not state.begun:
        mark = ("dot", "hint", "Chưa nhập")
    else:
        mark = (sign.icon, sign.colour, sign.word)
    words = told(counts) or ("Chưa có kết quả" if not state.begun else "Không có vấn đề")
    return Choice(name, f"Lớp {name}", words, mark)


def empty_words(counts: Counter[Severity], found: Sifted, where: str, *, narrow: bool) -> str:
    """Why the list is empty, with numbers."""
    reasons = f" {found.accepted} cảnh báo đã có lý do." if found.accepted else ""
    if narrow:
        return "Không có vấn đề nào hợp với bộ lọc đang chọn."
    if counts[Severity.ERROR]:
        return "Các mức đang chọn không có vấn đề nào."
    if counts.total():
        return f"Không còn lỗi trong {where}.{reasons} Còn {told(counts)} ở các mức chưa chọn."
    if reasons:
        return f"Không còn lỗi trong {where}.{reasons}"
    return f"Không còn lỗi, cảnh báo hay gợi ý nào trong {where}."


def sentence(finding: Finding, names: Mapping[str, str]) -> str:
    """The finding in full, with the reason and the person where somebody let it stand."""
    accepted = finding.accepted
    if accepted is None:
        return finding.message
    who = names.get(accepted.by, accepted.by)
    return f"{finding.message} Đã bỏ qua ngày {accepted.at:%d/%m/%Y}, {who}: {accepted.reason}"
