"""Rules that compare the comments of a class: equal, nearly equal, spelled in two ways."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from app.records.checks.base import NOTE, Hit, RuleBook, hit
from app.records.checks.comment_text import Reading, assessed, quote, readings
from app.records.checks.comment_words import SPELLED_ONCE, SPELLED_TWICE
from app.records.checks.views import ClassView, PupilView
from app.records.names import nfc
from app.records.programme import field_name
from app.records.similarity import clusters

book = RuleBook()
NEARLY: Final = 90
"""Per cent of likeness over which two comments count as nearly equal."""


class _Entry(NamedTuple):
    """The comment of one pupil, who stands at `place` in the class."""

    place: int
    pupil: PupilView
    reading: Reading


_Alike = dict[str, list[_Entry]]
"""Comments of one field by their form."""


def _by_field(view: ClassView) -> Mapping[str, _Alike]:
    """Comments of some length by field, equal ones together."""
    fields: dict[str, _Alike] = defaultdict(lambda: defaultdict(list))
    for place, pupil in enumerate(assessed(view)):
        for code, reading in readings(pupil):
            if len(reading.form) >= view.settings.equal_comment_length:
                fields[code][reading.form].append(_Entry(place, pupil, reading))
    return fields


def _facts(code: str, entries: list[_Entry]) -> dict[str, object]:
    names = ", ".join(entry.pupil.pupil.name for entry in entries)
    return {"field": field_name(code), "number": len(entries), "names": names}


@book.klass(
    "comment.equal",
    NOTE,
    "practice: each comment is about one child (Circular 27, article 4)",
    "Nhận xét {field} giống hệt nhau ở {number} em: {names}, cùng là {quoted} ({period}). "
    "Viết riêng cho từng em nếu chép nhầm.",
)
def comment_equal(view: ClassView) -> Iterator[Hit]:
    for code, alike in _by_field(view).items():
        for same in alike.values():
            if len(same) > 1:
                yield hit(code, same[0].pupil, quoted=quote(same[0].reading.text), **_facts(code, same))


@book.klass(
    "comment.nearly_equal",
    NOTE,
    "practice: each comment is about one child (Circular 27, article 4); over 90 % alike",
    "Nhận xét {field} gần giống nhau ở {number} em: {names}; ví dụ {quoted} và {other} ({period}). "
    "Viết riêng cho từng em nếu chép nhầm.",
)
def comment_nearly_equal(view: ClassView) -> Iterator[Hit]:
    """One finding for all comments of a field that are linked by likeness, on the first pupil's cell."""
    for code, alike in _by_field(view).items():
        same = list(alike.values())
        for places in clusters(list(alike), percent=NEARLY):
            near = sorted((entry for place in places for entry in same[place]), key=lambda entry: entry.place)
            first, other = (quote(same[place][0].reading.text) for place in places[:2])
            yield hit(code, near[0].pupil, quoted=first, other=other, **_facts(code, near))


_WORD: Final = re.compile(r"[^\W\d_]+")
_ONE_SPELLING: Final = {syllable: pair for pair in SPELLED_TWICE for syllable in pair}
_SYLLABLES: Final = frozenset(_ONE_SPELLING)
_ONCE: Final = re.compile(rf"\b(?:{'|'.join(SPELLED_ONCE)})\b", re.IGNORECASE)


@book.klass(
    "comment.spelling_mixed",
    NOTE,
    "practice: one spelling of i and y in a document (Decision 1989/QĐ-BGDĐT of 2018)",
    "Nhận xét {field} của em {name} viết “{found}”, chỗ khác trong lớp viết “{usual}”: {quoted} ({period}). "
    "Viết thống nhất một cách.",
)
def comment_spelling_mixed(view: ClassView) -> Iterator[Hit]:
    """The comments with the rarer spelling; the textbooks' spelling decides when both are as frequent."""
    used = _spellings(view)
    for usual, rare in (_usual_first(pair, used) for pair in SPELLED_TWICE):
        if used.get(usual) and used.get(rare):
            for pupil, code, reading in used[rare]:
                facts = {"field": field_name(code), "found": rare, "usual": usual}
                yield hit(code, pupil, quoted=quote(reading.text, rare), **facts)


Spellings = Mapping[str, list[tuple[PupilView, str, Reading]]]


def _spellings(view: ClassView) -> Spellings:
    """Where each spelling stands, once per comment."""
    named = frozenset(word for pupil in view.pupils for word in nfc(pupil.pupil.name).split())
    used: dict[str, list[tuple[PupilView, str, Reading]]] = defaultdict(list)
    for pupil in assessed(view):
        for code, reading in readings(pupil):
            if not _SYLLABLES.isdisjoint(reading.words):
                for syllable in sorted(_syllables(reading.text, named)):
                    used[syllable].append((pupil, code, reading))
    return used


def _syllables(text: str, named: frozenset[str]) -> set[str]:
    """Syllables with two spellings, but not in names: capitals stand for one unless they begin a sentence."""
    found = set()
    for match in _WORD.finditer(_ONCE.sub(" ", text)):
        word = match[0]
        syllable = word.casefold()
        if syllable in _SYLLABLES and (word.islower() or _begins_sentence(match, named)):
            found.add(syllable)
    return found


def _begins_sentence(match: re.Match[str], named: frozenset[str]) -> bool:
    before, after = match.string[: match.start()].rstrip(), match.string[match.end() :].lstrip()
    return (not before or before[-1] in ".!?…") and match[0] not in named and not after[:1].isupper()


def _usual_first(pair: tuple[str, str], used: Spellings) -> tuple[str, str]:
    first, second = pair
    return pair if len(used.get(first, ())) >= len(used.get(second, ())) else (second, first)
