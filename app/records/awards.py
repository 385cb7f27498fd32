"""Year-end awards: two titles with exact wording, one computed, one decided by people (article 13)."""

from __future__ import annotations

from typing import Final

from app.records.classification import Proposal
from app.records.names import search_form
from app.records.rulesets import CIRCULAR_27, EXCELLENT, OUTSTANDING, RuleSet
from app.records.types import YearClass

__all__ = ["EXCELLENT", "OUTSTANDING", "award_text", "computed", "eligible", "is_title_misworded", "title_in"]

_OLD_TITLES: Final = ("hoc sinh gioi", "hoc sinh tien tien", "hoc sinh kha", "hoc sinh tieu bieu")


def eligible(year_class: YearClass | Proposal | None, rules: RuleSet = CIRCULAR_27) -> str | None:
    """The title that this class is eligible for; None when there is none.

    "Học sinh Xuất sắc" follows from the class. The other title also asks for an outstanding subject or
    clear progress, recognised by the class: it is offered, and a teacher decides.
    """
    code = year_class.code if isinstance(year_class, Proposal) else year_class
    return next((title for title, needed in rules.titles.items() if needed is code), None)


def computed(year_class: YearClass | Proposal | None, rules: RuleSet = CIRCULAR_27) -> tuple[str, ...]:
    """Titles that need no further decision: "Học sinh Xuất sắc" for Hoàn thành xuất sắc."""
    title = eligible(year_class, rules)
    return (title,) if title is not None and title in rules.computed_titles else ()


def title_in(award: str, rules: RuleSet = CIRCULAR_27) -> str | None:
    """The title that a recorded award names ("Đạt danh hiệu Học sinh Xuất sắc"), in any case; else None."""
    form = search_form(award)
    return next((title for title in rules.titles if search_form(title) in form), None)


def is_title_misworded(award: str, rules: RuleSet = CIRCULAR_27) -> bool:
    """True for a title of an older circular or a shortened one, such as "Học sinh Giỏi"."""
    form = search_form(award)
    return title_in(award, rules) is None and any(old in form for old in _OLD_TITLES)


def award_text(title: str) -> str:
    """As written in section 5 of the form: "Đạt danh hiệu Học sinh Xuất sắc"."""
    return f"Đạt danh hiệu {title}"
