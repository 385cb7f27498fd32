"""Rules about comments: missing, careless, copied, about somebody else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from app.records.checks.base import NOTE, WARNING, Hit, RuleBook, Scope, hit
from app.records.checks.views import ClassView, PupilView
from app.records.names import legacy_letters, nfc
from app.records.programme import TRAIT_GROUPS, field_name

book = RuleBook()
RESULTS = Scope.RESULTS


def _comments(view: PupilView) -> Iterator[tuple[str, str]]:
    """(field, comment) of everything recorded in the period."""
    results = view.results
    for source in (results.subjects, results.traits):
        for code, result in source.items():
            if result.comment:
                yield code, result.comment
    for group, text in results.group_comments.items():
        if text:
            yield group, text


@book.pupil(
    "comment.missing",
    WARNING,
    "Circular 27, form: comments of subjects at the end of the year",
    "Em {name} chưa có nhận xét môn {gaps} ({period}). Nhập nhận xét.",
    scope=Scope.YEAR_END,
)
def comment_missing(view: PupilView) -> Iterator[Hit]:
    gaps = [code for code in view.subjects if not view.subject(code).comment.strip()]
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
        own = view.results.group_comments.get(group, "").strip()
        return bool(own) or any(view.trait(code).comment.strip() for code in TRAIT_GROUPS[group])

    gaps = [group for group in TRAIT_GROUPS if view.traits and not has_comment(group)]
    if gaps:
        yield hit(gaps[0], gaps=", ".join(field_name(group).lower() for group in gaps))


_CARELESS_SPACES: Final = re.compile(r"\s{2,}|^\s|\s$|\s[,.;:!?]")


@book.pupil(
    "comment.spaces",
    WARNING,
    "practice: careless typing",
    "Nhận xét {field} của em {name} thừa dấu cách: “{text}” ({period}). Xoá dấu cách thừa.",
    scope=RESULTS,
)
def comment_spaces(view: PupilView) -> Iterator[Hit]:
    for code, text in _comments(view):
        if text.strip() and _CARELESS_SPACES.search(text):
            yield hit(code, field=field_name(code), text=text)


@book.pupil(
    "comment.not_nfc",
    WARNING,
    "domain 5.4: text is stored in NFC",
    "Nhận xét {field} của em {name} viết bằng Unicode tổ hợp ({period}). Gõ lại nhận xét.",
    scope=RESULTS,
)
def comment_not_nfc(view: PupilView) -> Iterator[Hit]:
    for code, text in _comments(view):
        if text != nfc(text):
            yield hit(code, field=field_name(code))


@book.pupil(
    "comment.legacy",
    WARNING,
    "domain 6.5: TCVN3 and VNI text",
    "Nhận xét {field} của em {name} có chữ của bảng mã cũ: {found} ({period}). Gõ lại bằng Unicode.",
    scope=RESULTS,
)
def comment_legacy(view: PupilView) -> Iterator[Hit]:
    for code, text in _comments(view):
        if found := legacy_letters(nfc(text)):
            yield hit(code, field=field_name(code), found=" ".join(found))


_WORD: Final = re.compile(r"[^\W\d_]+")
_ADDRESS: Final = frozenset({"em", "bạn", "con", "cháu", "trò"})


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Runs of capitalised words parted by single spaces; a word of address stays in front of its run."""
    run: list[str] = []
    end = -1
    for found in _WORD.finditer(text):
        word = found[0]
        follows = text[end : found.start()] == " "
        if run and (not follows or not word[0].isupper()):
            yield tuple(run)
            run = []
        if word[0].isupper() or word in _ADDRESS:
            run.append(word)
        end = found.end()
    if run:
        yield tuple(run)


def _named(text: str) -> Iterator[tuple[str, ...]]:
    """Word sequences that are names: after a word of address, or of two capitalised words and more."""
    for run in _runs(text):
        addressed = run[0].lower() in _ADDRESS
        name = run[1:] if addressed else run
        if len(name) >= (1 if addressed else 2):
            yield name


@book.klass(
    "comment.other_pupil",
    WARNING,
    "practice: comments copied from another pupil",
    "Nhận xét {field} của em {name} nhắc tên “{named}”, là em {other} cùng lớp ({period}). Sửa lại nhận xét.",
)
def comment_other_pupil(view: ClassView) -> Iterator[Hit]:
    endings = _name_endings(view)
    for pupil in view.pupils:
        own = tuple(nfc(pupil.pupil.name).split())
        for code, text in _comments(pupil):
            for named in _named(nfc(text)):
                other = endings.get(named)
                if other is not None and own[-len(named) :] != named:
                    words = {"field": field_name(code), "named": " ".join(named)}
                    yield hit(code, pupil, other=other.pupil.name, **words)
                    break


def _name_endings(view: ClassView) -> dict[tuple[str, ...], PupilView]:
    """Every way to call a pupil: the last word of the name, the last two, … the whole."""
    endings: dict[tuple[str, ...], PupilView] = {}
    for pupil in view.pupils:
        words = tuple(nfc(pupil.pupil.name).split())
        for start in range(len(words)):
            endings.setdefault(words[start:], pupil)
    return endings


@book.klass(
    "comment.equal",
    NOTE,
    "practice: each comment is about one child (Circular 27, article 4)",
    "Nhận xét {field} giống hệt nhau ở {number} em: {names} ({period}). "
    "Viết riêng cho từng em nếu chép nhầm.",
)
def comment_equal(view: ClassView) -> Iterator[Hit]:
    groups: dict[tuple[str, str], list[PupilView]] = defaultdict(list)
    for pupil in view.pupils:
        for code, text in _comments(pupil):
            form = " ".join(nfc(text).casefold().split()).rstrip(".")
            if len(form) >= view.settings.equal_comment_length:
                groups[code, form].append(pupil)
    for (code, _), same in groups.items():
        if len(same) > 1:
            names = ", ".join(pupil.pupil.name for pupil in same)
            yield hit(code, same[0], field=field_name(code), number=len(same), names=names)
