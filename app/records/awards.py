"""Year-end awards: two titles with exact wording, one computed, one decided by people (article 13)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.records.classification import Proposal
from app.records.names import search_form
from app.records.types import YearClass

EXCELLENT: Final = "Học sinh Xuất sắc"
OUTSTANDING: Final = "Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện"
TITLES: Final = (EXCELLENT, OUTSTANDING)

REQUIRED_CLASS: Final[Mapping[str, YearClass]] = MappingProxyType(
    {EXCELLENT: YearClass.HTXS, OUTSTANDING: YearClass.HTT}
)
"""Class that each title asks for (Circular 27, article 13.1a)."""

_OLD_TITLES: Final = ("hoc sinh gioi", "hoc sinh tien tien", "hoc sinh kha", "hoc sinh tieu bieu")


def eligible(year_class: YearClass | Proposal | None) -> str | None:
    """The title that this class is eligible for; None when there is none.

    "Học sinh Xuất sắc" follows from the class. The other title also asks for an outstanding subject or
    clear progress, recognised by the class: it is offered, and a teacher decides.
    """
    code = year_class.code if isinstance(year_class, Proposal) else year_class
    return next((title for title, needed in REQUIRED_CLASS.items() if needed is code), None)


def computed(year_class: YearClass | Proposal | None) -> tuple[str, ...]:
    """Titles that need no further decision: "Học sinh Xuất sắc" for Hoàn thành xuất sắc."""
    return (EXCELLENT,) if eligible(year_class) == EXCELLENT else ()


def title_in(award: str) -> str | None:
    """The title that a recorded award names ("Đạt danh hiệu Học sinh Xuất sắc"), in any case; else None."""
    form = search_form(award)
    return next((title for title in TITLES if search_form(title) in form), None)


def is_title_misworded(award: str) -> bool:
    """True for a title of an older circular or a shortened one, such as "Học sinh Giỏi"."""
    form = search_form(award)
    return title_in(award) is None and any(old in form for old in _OLD_TITLES)


def award_text(title: str) -> str:
    """As written in section 5 of the form: "Đạt danh hiệu Học sinh Xuất sắc"."""
    return f"Đạt danh hiệu {title}"
