"""Rules about what comments say: gender, address, the level, hurtful words. Precision comes before reach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.records.checks import comment_words as words
from app.records.checks.base import WARNING, Hit, RuleBook, Scope, hit
from app.records.checks.comment_text import Found, Phrases, Reading, quote, readings
from app.records.checks.views import PupilView
from app.records.codes import LEVEL_TEXT, TRAIT_LEVEL_TEXT
from app.records.names import nfc
from app.records.programme import TRAIT_GROUPS, field_name
from app.records.types import Level, Sex, TraitLevel

book = RuleBook()
RESULTS = Scope.RESULTS

_OF_THE_OTHER: Final = {
    Sex.MALE: (Phrases(words.FEMALE, words.FEMALE_FRIEND), frozenset(words.FEMALE)),
    Sex.FEMALE: (Phrases(words.MALE, words.MALE_FRIEND), frozenset(words.MALE)),
}
_IS_A: Final = tuple(f" {phrase} " for phrase in words.IS_A)
_CALLED: Final = (" nhé ", " nha ", " lên ")
_STORY: Final = Phrases(words.STORY)
_ART: Final = Phrases(words.STORY, words.PICTURED)


@book.pupil(
    "comment.gender",
    WARNING,
    "practice: comments copied from a pupil of the other sex",
    "Nhận xét {field} gọi em {name} ({sex}) là “{found}”: {quoted} ({period}). Sửa lại cách gọi.",
    scope=RESULTS,
)
def comment_gender(view: PupilView) -> Iterator[Hit]:
    """A noun of the other sex that can only mean the pupil; talk about friends and stories is left alone."""
    sex = view.pupil.sex
    if sex is None:
        return
    phrases, clear = _OF_THE_OTHER[sex]
    for code, reading in readings(view):
        for found in phrases.find(reading):
            if _means_the_pupil(found, clear=found.phrase in clear):
                yield hit(code, sex=sex.value, **_facts(code, found))
                break


def _means_the_pupil(found: Found, *, clear: bool) -> bool:
    before = found.before
    if _ART.within(found.sentence_before) or _follows(found) in words.OTHERS_FOLLOW:
        return False
    if before.endswith(_IS_A):
        return True
    if clear and (found.opens_clause or before.strip() == "một"):
        return True
    if clear and before.endswith(_CALLED):
        return not found.after.strip()
    return found.opens_sentence


def _follows(found: Found) -> str:
    """The next word of the clause."""
    return (found.after.split() or [""])[0]


_RUDE: Final = Phrases(words.RUDE_ADDRESS, words.RUDE_ADDRESS_PARTS)
_THIRD_PERSON: Final = Phrases(words.THIRD_PERSON)
_IT: Final = Phrases(words.IT_AS_CHILD)
_ADULT: Final = Phrases(words.ADULT_ADDRESS)


@book.pupil(
    "comment.pronoun",
    WARNING,
    "practice: a pupil is “em” in a record",
    "Nhận xét {field} của em {name} xưng hô “{found}”: {quoted} ({period}). Gọi học sinh là “em”.",
    scope=RESULTS,
)
def comment_pronoun(view: PupilView) -> Iterator[Hit]:
    """“Nó” may be a thing: it is found where it begins a sentence or does what only a child does."""
    named = _names_of(view)
    for code, reading in readings(view):
        found = next((one for one in _wrong_address(reading) if one.phrase not in named), None)
        if found is not None:
            yield hit(code, **_facts(code, found))


def _names_of(view: PupilView) -> frozenset[str]:
    """The words of the pupil's name, which may be ordinary words too (Anh)."""
    return frozenset(nfc(view.pupil.name).casefold().split())


def _wrong_address(reading: Reading) -> Iterator[Found]:
    yield from (found for found in _RUDE.find(reading) if found.phrase not in words.RUDE_ADDRESS_PARTS)
    for found in _THIRD_PERSON.find(reading):
        if words.THIRD_PERSON_OF.isdisjoint(reading.plain[: found.start].split()):
            yield found
    yield from _IT.find(reading)
    for found in _ADULT.find(reading):
        if found.opens_sentence and _follows(found) in words.PUPIL_DOES:
            yield found


_WEAK: Final = Phrases(words.WEAK)
_WEAK_TRAIT: Final = Phrases(words.WEAK, words.WEAK_TRAIT)
_PRAISE: Final = Phrases(words.PRAISE)
_PRAISE_TRAIT: Final = Phrases(words.PRAISE, words.PRAISE_TRAIT)
_SOFTENED: Final = Phrases(words.SOFTENED)
_NOT_THE_PUPIL: Final = Phrases(words.NOT_THE_PUPIL)
_NEGATED: Final = tuple(f" {phrase} " for phrase in words.NEGATED_BY)
_MILD: Final = tuple(f" {phrase} " for phrase in words.MILD_BEHIND)


@book.pupil(
    "comment.contradicts",
    WARNING,
    "practice: the comment says what the level says (Circular 27, articles 6 and 7)",
    "Em {name}: {field} ghi {level} nhưng nhận xét viết “{found}”: {quoted} ({period}). "
    "Kiểm tra mức và nhận xét.",
    scope=RESULTS,
)
def comment_contradicts(view: PupilView) -> Iterator[Hit]:
    """Strong words only: advice ("cần cố gắng hơn") stands beside every level."""
    for code, reading in readings(view):
        level = _level_of(view, code)
        found: Found | None = None
        if level == "T":
            weak = _WEAK if isinstance(level, Level) else _WEAK_TRAIT
            found = next((one for one in weak.find(reading) if _says_weak(one)), None)
        elif level == "C" and words.QUALIFIED.isdisjoint(reading.words):
            praise = _PRAISE if isinstance(level, Level) else _PRAISE_TRAIT
            found = next(praise.find(reading), None)
        if found is not None and level is not None:
            text = LEVEL_TEXT[level] if isinstance(level, Level) else TRAIT_LEVEL_TEXT[level]
            yield hit(code, level=text, **_facts(code, found))


def _level_of(view: PupilView, code: str) -> Level | TraitLevel | None:
    """Recorded level of a field; of a group only what all its traits share."""
    if code not in TRAIT_GROUPS:
        return view.subject(code).level or view.trait(code).level
    levels = {view.trait(trait).level for trait in TRAIT_GROUPS[code] if trait in view.traits}
    return levels.pop() if len(levels) == 1 else None


def _says_weak(found: Found) -> bool:
    """False for what is softened, past, negated, or about somebody else."""
    before = found.sentence_before.removeprefix(" bạn")
    return not (
        found.before.endswith(_NEGATED)
        or found.after.startswith(_MILD)
        or _NOT_THE_PUPIL.within(before)
        or _SOFTENED.within(found.sentence)
    )


_HURTFUL: Final = Phrases(words.HURTFUL, words.HURTFUL_PARTS)
_NAUGHTY: Final = Phrases(words.NAUGHTY)


@book.pupil(
    "comment.hurtful",
    WARNING,
    "practice: comments encourage (Circular 27, article 4)",
    "Nhận xét {field} của em {name} có từ ngữ xúc phạm hoặc chê bai “{found}”: {quoted} ({period}). "
    "Viết lại theo hướng động viên.",
    scope=RESULTS,
)
def comment_hurtful(view: PupilView) -> Iterator[Hit]:
    for code, reading in readings(view):
        possible = (*_HURTFUL.find(reading), *_NAUGHTY.find(reading))
        found = next((one for one in possible if _hurts(one) and one.phrase not in _names_of(view)), None)
        if found is not None:
            yield hit(code, **_facts(code, found))


def _hurts(found: Found) -> bool:
    if found.phrase in words.HURTFUL_PARTS or _STORY.within(found.sentence):
        return False
    if found.phrase in words.NAUGHTY and not words.THINGS.isdisjoint(found.sentence.split()):
        return False
    return not _refused(found.before.split())


def _refused(before: list[str]) -> bool:
    """True when the words right before refuse what follows ("không có thói", "biết phê phán")."""
    for word in reversed(before):
        if word in words.REFUSED_BY:
            return True
        if word not in words.REFUSED_LINKS:
            return False
    return False


def _facts(code: str, found: Found) -> dict[str, object]:
    return {
        "field": field_name(code),
        "found": found.phrase,
        "quoted": quote(found.reading.text, found.phrase),
    }
