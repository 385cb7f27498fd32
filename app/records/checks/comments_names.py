"""The rule about comments that name another pupil of the class."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.records.checks import comment_words as words
from app.records.checks.base import WARNING, Hit, RuleBook, hit
from app.records.checks.comment_text import Reading, assessed, quote, readings, without_titles
from app.records.checks.views import ClassView, PupilView
from app.records.names import TONE_MARKS, nfc
from app.records.programme import field_name
from app.records.provinces import PROVINCES

book = RuleBook()

Name = tuple[str, ...]
_TONE_PLACES: Final = tuple(
    (nfc(first + second + mark), nfc(first + mark + second))
    for first, second in ("oa", "oe", "uy")
    for mark in TONE_MARKS[1:]
)
"""A tone on the second vowel and on the first: Hoà and Hòa are one name."""
_PLACES: Final = frozenset(tuple(name.split()) for name in (*PROVINCES.values(), "Việt Nam"))
_FULL: Final = 3
"""Words of a name that is clear even in small letters."""


@book.klass(
    "comment.other_pupil",
    WARNING,
    "practice: comments copied from another pupil",
    "Nhận xét {field} của em {name} nhắc tên “{named}”, là em {other} cùng lớp: {quoted} ({period}). "
    "Sửa lại nhận xét.",
)
def comment_other_pupil(view: ClassView) -> Iterator[Hit]:
    """Names in capitals, and whole ones without; “bạn bình” may begin “bình tĩnh” and is not found."""
    callings = _Callings(view)
    for pupil in assessed(view):
        own = _name(pupil)
        for code, reading in readings(pupil):
            named = next((name for name in callings.in_comment(reading) if not _is_part(name, own)), None)
            if named is not None:
                shown = " ".join(named)
                facts = {"field": field_name(code), "named": shown, "other": callings.who[named].pupil.name}
                yield hit(code, pupil, quoted=quote(reading.text, shown.casefold()), **facts)


class _Callings:
    """Every way to call the pupils of a class."""

    def __init__(self, view: ClassView) -> None:
        self.who: dict[Name, PupilView] = {}
        """By the last word of the name, the last two, … the whole."""
        self._full: dict[str, list[Name]] = defaultdict(list)
        for pupil in view.pupils:
            name = _name(pupil)
            for start in range(len(name)):
                self.who.setdefault(name[start:], pupil)
            for given in name[-1:]:
                self._full[given.casefold()].append(name)
                self._full[_new_tones(given).casefold()].append(name)

    def in_comment(self, reading: Reading) -> Iterator[Name]:
        """Pupils' names in a comment, as they stand there."""
        given = self._full.keys() & reading.words
        if not given:
            return
        for run in _runs(without_titles(reading.text)):
            if (name := _called(run)) in self.who:
                yield name
        plain = _old_tones(reading.plain)
        for name in (name for word in sorted(given) for name in self._full[word]):
            if len(name) >= _FULL and f" {' '.join(name).casefold()} " in plain:
                yield name


def _name(pupil: PupilView) -> Name:
    return tuple(_old_tones(nfc(pupil.pupil.name)).split())


def _old_tones(text: str) -> str:
    for new, old in _TONE_PLACES:
        text = text.replace(new, old)
    return text


def _new_tones(text: str) -> str:
    for new, old in _TONE_PLACES:
        text = text.replace(old, new)
    return text


def _is_part(name: Name, whole: Name) -> bool:
    return any(whole[start : start + len(name)] == name for start in range(len(whole)))


@dataclass(frozen=True, slots=True)
class _Run:
    """Capitalised words in a row, with the small words before and after; "" at a mark or an end."""

    words: Name
    before: str
    after: str
    opens: bool
    """True at the beginning of a sentence."""


_CAPITALS: Final = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")


def _runs(text: str) -> Iterator[_Run]:
    for clause in _CAPITALS.finditer(text):
        opens = text[: clause.start()].rstrip()[-1:] in ("", ".", "!", "?", "…", ";")
        clause_words = clause[0].split()
        start = 0
        while start < len(clause_words):
            end = start
            while end < len(clause_words) and clause_words[end][0].isupper():
                end += 1
            if end > start:
                before = clause_words[start - 1].casefold() if start else ""
                after = clause_words[end].casefold() if end < len(clause_words) else ""
                yield _Run(tuple(clause_words[start:end]), before, after, opens and not start)
            start = end + 1


def _called(run: _Run) -> Name:
    """What a run calls a pupil; nothing for a place, an adult, or an ordinary word at the beginning."""
    name, before, opens = run.words, run.before, run.opens
    if len(name) > 1 and name[0].casefold() in words.ADDRESS:
        name, before, opens = name[1:], name[0].casefold(), False
    called = tuple(_old_tones(word) for word in name)
    if before in words.ADDRESS:
        return called
    if before in words.PLACE_BEFORE or before in words.PERSON_BEFORE or name in _PLACES:
        return ()
    if len(name) > 1:
        return called
    alone = name[0].casefold() not in words.NOT_ALONE
    clear = before in words.TOGETHER or (opens and run.after in words.PUPIL_DOES)
    return called if alone and clear else ()
