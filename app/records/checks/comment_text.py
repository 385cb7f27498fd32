"""How rules read a comment: its words, its clauses, and what of it a finding quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.records.checks.views import ClassView, PupilView
from app.records.names import nfc

_MARKS: Final = ",.;:!?…()/“"
_CLAUSE: Final = re.compile(r"[,.;:!?…()“]")
_SENTENCE: Final = re.compile(r"[.;!?…]")
_QUOTED: Final = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_SAYS: Final = re.compile(r"[^\W_]")
_LONGEST_QUOTE: Final = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """One comment as rules read it.

    `text` is what was typed, in NFC. `form` compares comments: no case, single blanks, no full stop at the
    end. `plain` is for finding words: small letters, a blank round every word and mark, without what stands
    in quotation marks (titles of stories). `words` are those of `plain`.
    """

    text: str
    form: str
    plain: str
    words: frozenset[str]


def read(text: str) -> Reading:
    """The reading of a recorded comment."""
    composed = nfc(text)
    low = " ".join(composed.casefold().split())
    plain = without_titles(low)
    for mark in _MARKS:
        if mark in plain:
            plain = plain.replace(mark, f" {mark} ")
    words = plain.split()
    return Reading(composed, low.rstrip("."), f" {' '.join(words)} ", frozenset(words))


def without_titles(text: str) -> str:
    """`text` without what stands in quotation marks."""
    return _QUOTED.sub("“", text) if '"' in text or "“" in text or "«" in text else text


Comments = tuple[tuple[str, str], ...]
"""(field, comment)."""


def comments(view: PupilView) -> Comments:
    """Every comment recorded in the period."""
    results = view.results
    return (
        *((code, one.comment) for code, one in results.subjects.items() if one.comment),
        *((code, one.comment) for code, one in results.traits.items() if one.comment),
        *((code, text) for code, text in results.group_comments.items() if text),
    )


def readings(view: PupilView) -> tuple[tuple[str, Reading], ...]:
    """(field, reading) of every comment of the period that says something."""
    return _readings(comments(view))


@lru_cache(maxsize=64)
def _readings(recorded: Comments) -> tuple[tuple[str, Reading], ...]:
    """Kept for a class of pupils: a dozen rules ask for them."""
    return tuple((code, read(text)) for code, text in recorded if says_something(text))


def says_something(comment: str) -> bool:
    """False for blanks, and for marks that only fill the cell ("-", "...")."""
    return _SAYS.search(comment) is not None


def assessed(view: ClassView) -> Iterator[PupilView]:
    """Pupils of the class whose results are due in the period."""
    return (pupil for pupil in view.pupils if pupil.enrolment.status.active and pupil.due)


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a comment, between `start` and `end` of its plain text."""

    reading: Reading
    phrase: str
    start: int
    end: int

    @property
    def before(self) -> str:
        """The words of the same clause before the phrase, with a blank round each."""
        return self._before(_CLAUSE)

    @property
    def after(self) -> str:
        """The words of the same clause after the phrase, with a blank round each."""
        return _CLAUSE.split(self.reading.plain[self.end :], maxsplit=1)[0]

    @property
    def opens_clause(self) -> bool:
        """True when nothing of its clause stands before it."""
        return not self.before.strip()

    @property
    def opens_sentence(self) -> bool:
        """True when nothing of its sentence stands before it."""
        return not self.sentence_before.strip()

    @property
    def sentence_before(self) -> str:
        """The words and marks of the same sentence before the phrase, with a blank round each."""
        return self._before(_SENTENCE)

    @property
    def sentence(self) -> str:
        """The whole sentence round the phrase."""
        return self.sentence_before + _SENTENCE.split(self.reading.plain[self.start :], maxsplit=1)[0]

    def _before(self, marks: re.Pattern[str]) -> str:
        return marks.split(self.reading.plain[: self.start])[-1]


class Phrases:
    """Finds phrases of one word or more in comments, as whole words; the longest one where two begin."""

    def __init__(self, *lists: Iterable[str]) -> None:
        phrases = sorted(
            {phrase for one in lists for phrase in one}, key=lambda phrase: (-len(phrase), phrase)
        )
        self._first = frozenset(phrase.split()[0] for phrase in phrases)
        self._last = frozenset(phrase.split()[-1] for phrase in phrases)
        self._pattern = re.compile(f" ({'|'.join(map(re.escape, phrases))})(?= )")

    def find(self, reading: Reading) -> Iterator[Found]:
        """Every phrase, in order."""
        if self._first.isdisjoint(reading.words) or self._last.isdisjoint(reading.words):
            return
        for match in self._pattern.finditer(reading.plain):
            yield Found(reading, match[1], match.start(1), match.end(1))

    def within(self, words: str) -> bool:
        """True when one of the phrases stands in `words`, which have a blank round each."""
        return self._pattern.search(words) is not None


def quote(text: str, phrase: str = "") -> str:
    """`text` in quotation marks; when long, the part with `phrase`, or both ends, and its length."""
    shown = " ".join(text.splitlines())
    if len(shown) <= _LONGEST_QUOTE:
        return f"“{shown}”"
    at = shown.casefold().find(phrase) if phrase else -1
    if at < 0:
        part = f"{_left(shown[: _LONGEST_QUOTE - 20])} … {_right(shown[-20:])}"
    else:
        first = max(0, min(at + len(phrase) // 2 - _LONGEST_QUOTE // 2, len(shown) - _LONGEST_QUOTE))
        last = max(first + _LONGEST_QUOTE, at + len(phrase))
        before = shown[first:at] if first == 0 else f"… {_right(shown[first:at])}"
        after = shown[at:last] if last == len(shown) else f"{_left(shown[at:last], len(phrase))} …"
        part = before + after
    return f"“{part}”, {len(shown)} kí tự"


def _left(part: str, least: int = 1) -> str:
    """`part` without the word that was cut at its end, but `least` characters."""
    end = part.rfind(" ", least)
    return part[:end] if end > 0 else part


def _right(part: str) -> str:
    """`part` without the word that was cut at its beginning."""
    return part.partition(" ")[2] or part
