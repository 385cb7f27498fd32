"""Rules about comments that are missing or do not fit on the form."""

from __future__ import annotations

from collections.abc import Iterator

from app.records.checks.base import WARNING, Hit, RuleBook, Scope, hit
from app.records.checks.comment_text import comments, quote, says_something
from app.records.checks.views import PupilView
from app.records.names import nfc
from app.records.programme import TRAIT_GROUPS, field_name

book = RuleBook()


@book.pupil(
    "comment.missing",
    WARNING,
    "Circular 27, form: comments of subjects at the end of the year",
    "Em {name} chưa có nhận xét môn {gaps} ({period}). Nhập nhận xét.",
    scope=Scope.YEAR_END,
)
def comment_missing(view: PupilView) -> Iterator[Hit]:
    """Blanks and lone marks ("-", "...") are no comment."""
    gaps = [code for code in view.subjects if not says_something(view.subject(code).comment)]
    if gaps:
        yield hit(gaps[0], gaps=", ".join(field_name(code) for code in gaps))


@book.pupil(
    "comment.group_missing",
    WARNING,
    "Circular 27, form: comments of qualities and competencies",
    "Em {name} chưa có nhận xét về {gaps} ({period}). Nhập nhận xét.",
    scope=Scope.YEAR_END,
)
def comment_group_missing(view: PupilView) -> Iterator[Hit]:
    def has_comment(group: str) -> bool:
        own = view.results.group_comments.get(group, "")
        return says_something(own) or any(
            says_something(view.trait(code).comment) for code in TRAIT_GROUPS[group]
        )

    gaps = [group for group in TRAIT_GROUPS if view.traits and not has_comment(group)]
    if gaps:
        yield hit(gaps[0], gaps=", ".join(field_name(group).lower() for group in gaps))


@book.pupil(
    "comment.too_long",
    WARNING,
    "Circular 27, form: the box beside each row, measured with the form's own font",
    "Nhận xét {field} của em {name} dài {used} dòng ở cỡ chữ nhỏ nhất, ô trên học bạ chỉ chứa {held} dòng: "
    "{quoted} ({period}). Rút gọn nhận xét.",
    scope=Scope.RESULTS,
)
def comment_too_long(view: PupilView) -> Iterator[Hit]:
    measure = view.settings.measure
    if measure is None:
        return
    for code, text in comments(view):
        used, held = measure(text, code)
        if used > held:
            yield hit(code, field=field_name(code), used=used, held=held, quoted=quote(nfc(text)))
