"""Rules about the year's end: classification, awards, completion, promotion (articles 9, 11, 13)."""

from __future__ import annotations

from collections.abc import Iterator

from app.records.awards import computed, is_title_misworded, title_in
from app.records.checks.base import ERROR, NOTE, WARNING, Hit, RuleBook, Scope, hit
from app.records.checks.views import PupilView
from app.records.codes import YEAR_CLASS_TEXT
from app.records.completion import LAST_GRADE, completion
from app.records.names import search_form

book = RuleBook()
END = Scope.YEAR_END


@book.pupil(
    "class.unconfirmed",
    WARNING,
    "Circular 27, article 9.2a: the homeroom teacher classifies",
    "Em {name} chưa được xác nhận kết quả giáo dục; chương trình đề xuất {proposed}. "
    "Xác nhận hoặc chọn mức khác.",
    scope=END,
)
def class_unconfirmed(view: PupilView) -> Iterator[Hit]:
    proposed = view.proposal.code
    if proposed is not None and view.outcome.confirmed is None:
        yield hit("confirmed", proposed=YEAR_CLASS_TEXT[proposed])


@book.pupil(
    "class.differs",
    WARNING,
    "Circular 27, article 9.2a",
    "Em {name} được xác nhận {confirmed} nhưng kết quả cho thấy {proposed}. "
    "{reason}Sửa xếp loại hoặc kết quả.",
    scope=END,
)
def class_differs(view: PupilView) -> Iterator[Hit]:
    confirmed, proposal = view.outcome.confirmed, view.proposal
    if confirmed is not None and proposal.code is not None and confirmed is not proposal.code:
        words = {"confirmed": YEAR_CLASS_TEXT[confirmed], "proposed": YEAR_CLASS_TEXT[proposal.code]}
        yield hit("confirmed", reason=f"{proposal.reason} ".lstrip(), **words)


@book.pupil(
    "award.class",
    ERROR,
    "Circular 27, article 13.1a",
    "Em {name} có danh hiệu {title} nhưng kết quả giáo dục là {actual}. Bỏ danh hiệu hoặc sửa xếp loại.",
    scope=END,
)
def award_class(view: PupilView) -> Iterator[Hit]:
    titles = {title for award in view.outcome.awards if (title := title_in(award, view.rules))}
    for title in sorted(titles):
        if view.year_class is not None and view.year_class is not view.rules.titles[title]:
            yield hit("awards", title=title, actual=YEAR_CLASS_TEXT[view.year_class])


@book.pupil(
    "award.missing",
    NOTE,
    "Circular 27, article 13.1a",
    "Em {name} hoàn thành xuất sắc mà chưa ghi danh hiệu {title}. Thêm danh hiệu nếu trường khen.",
    scope=END,
)
def award_missing(view: PupilView) -> Iterator[Hit]:
    recorded = {title_in(award, view.rules) for award in view.outcome.awards}
    for title in computed(view.outcome.confirmed, view.rules):
        if title not in recorded:
            yield hit("awards", title=title)


@book.pupil(
    "award.wording",
    WARNING,
    "Circular 27, article 13.1a: exact titles",
    "Khen thưởng “{award}” của em {name} không phải danh hiệu hiện hành. Ghi đúng tên danh hiệu.",
    scope=END,
)
def award_wording(view: PupilView) -> Iterator[Hit]:
    for award in view.outcome.awards:
        if is_title_misworded(award, view.rules):
            yield hit("awards", award=award)


@book.pupil(
    "award.repeated",
    WARNING,
    "practice: careless typing",
    "Khen thưởng “{award}” của em {name} ghi hai lần. Xoá một dòng.",
    scope=END,
)
def award_repeated(view: PupilView) -> Iterator[Hit]:
    seen: set[str] = set()
    for award in view.outcome.awards:
        form = title_in(award, view.rules) or search_form(award)
        if form in seen:
            yield hit("awards", award=award)
        seen.add(form)


@book.pupil(
    "completion.missing",
    WARNING,
    "Circular 27, article 11",
    "Em {name} xếp loại {actual} mà chưa ghi hoàn thành chương trình lớp học. Đánh dấu hoàn thành.",
    scope=END,
)
def completion_missing(view: PupilView) -> Iterator[Hit]:
    confirmed = view.outcome.confirmed
    if confirmed is not None and completion(confirmed) and view.outcome.completed is None:
        yield hit("completed", actual=YEAR_CLASS_TEXT[confirmed])


@book.pupil(
    "completion.class",
    ERROR,
    "Circular 27, article 11.1: one of the three upper classes",
    "Em {name} xếp loại {actual} nhưng ghi {written} chương trình lớp học. "
    "Sửa xếp loại hoặc phần hoàn thành.",
    scope=END,
)
def completion_class(view: PupilView) -> Iterator[Hit]:
    year_class, completed = view.year_class, view.outcome.completed
    if year_class is not None and completed is not None and completed is not completion(year_class):
        written = "hoàn thành" if completed else "chưa hoàn thành"
        yield hit("completed", actual=YEAR_CLASS_TEXT[year_class], written=written)


@book.pupil(
    "promotion.missing",
    WARNING,
    "Circular 27, article 11",
    "Em {name} hoàn thành chương trình lớp {grade} mà chưa ghi được lên lớp. Đánh dấu lên lớp.",
    scope=END,
)
def promotion_missing(view: PupilView) -> Iterator[Hit]:
    if view.grade < LAST_GRADE and view.outcome.completed and view.outcome.promoted is None:
        yield hit("promoted", grade=view.grade)


@book.pupil(
    "promotion.refused",
    ERROR,
    "Circular 27, article 11.1: who completes the grade moves up",
    "Em {name} hoàn thành chương trình lớp {grade} nhưng ghi chưa được lên lớp. Sửa một trong hai.",
    scope=END,
)
def promotion_refused(view: PupilView) -> Iterator[Hit]:
    if view.grade < LAST_GRADE and view.completed and view.outcome.promoted is False:
        yield hit("promoted", grade=view.grade)


@book.pupil(
    "promotion.undecided",
    WARNING,
    "Circular 27, article 11.2: the principal decides",
    "Em {name} chưa hoàn thành chương trình mà ghi được lên lớp. Ghi số, ngày quyết định của hiệu trưởng.",
    scope=END,
)
def promotion_undecided(view: PupilView) -> Iterator[Hit]:
    outcome = view.outcome
    if outcome.promoted and view.completed is False and not outcome.decision.strip():
        yield hit("promoted")


@book.pupil(
    "primary.grade",
    ERROR,
    "Circular 27, article 11.3",
    "Em {name} học lớp {grade} mà ghi hoàn thành chương trình tiểu học. Bỏ phần này.",
    scope=END,
)
def primary_grade(view: PupilView) -> Iterator[Hit]:
    if view.grade < LAST_GRADE and view.outcome.completed_primary:
        yield hit("completed_primary", grade=view.grade)


@book.pupil(
    "primary.completion",
    ERROR,
    "Circular 27, article 11.3",
    "Em {name} ghi hoàn thành chương trình lớp 5 và chương trình tiểu học không khớp nhau. "
    "Sửa một trong hai.",
    scope=END,
)
def primary_completion(view: PupilView) -> Iterator[Hit]:
    primary, completed = view.outcome.completed_primary, view.completed
    if view.grade == LAST_GRADE and primary is not None and completed is not None and primary != completed:
        yield hit("completed_primary")
