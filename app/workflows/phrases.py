"""The comment bank: phrases of the school, kept by who may, and everybody's own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.errors import UserError
from app.models import phrases as rows
from app.models.phrases import PhraseRecord
from app.models.store import Session, Store
from app.paths import resource
from app.records.permissions import Action, Actor, require
from app.records.programme import GROUP_NAMES, SUBJECT_NAMES
from app.records.types import Level, TraitLevel
from app.workflows.report import NOTHING, Changes, changed

NAME: Final = "{tên}"
"""Stands for the pupil's name; whoever inserts the phrase fills it in."""
LONGEST: Final = 500
"""Characters of one phrase; the boxes of the form hold far less."""
PLACES: Final = (*SUBJECT_NAMES, *GROUP_NAMES)
"""Codes that a comment belongs to, in the order of the form."""
_LEVELS: Final = frozenset({*Level, *TraitLevel})
_BRACES: Final = re.compile(r"\{[^{}]*\}|[{}]")


@dataclass(frozen=True, slots=True)
class PhraseInfo:
    """A phrase as listed. `subject` empty: any subject of lessons; `level` empty: any level."""

    id: int
    subject: str
    level: str
    content: str
    personal: bool


@dataclass(frozen=True, slots=True)
class PhraseReport:
    """What was added: `id` of one phrase (0 for many), how many, and how many were there already."""

    id: int
    added: int
    known: int
    changes: Changes


def list_phrases(*, store: Store, actor: Actor, subject: str = "", level: str = "") -> tuple[PhraseInfo, ...]:
    """The phrases that this person may use: the own ones first, then those of the school.

    With `subject` (a subject or PC, NLC, NLDT) only what fits it: those of exactly this subject first, then
    those for any subject; the latter speak of lessons and never fit a group of traits. With `level` only
    what fits that level.
    """
    with store.reading() as session:
        found = rows.phrases(session, actor.account_id)
    fitting = [item for item in found if _fits(item, subject, level)]
    fitting.sort(key=lambda item: (item.account_id is None, bool(subject) and item.subject != subject))
    return tuple(
        PhraseInfo(item.id, item.subject, item.level, item.content, item.account_id is not None)
        for item in fitting
    )


def _fits(item: PhraseRecord, subject: str, level: str) -> bool:
    right_place = not subject or item.subject == subject or (not item.subject and subject in SUBJECT_NAMES)
    return right_place and (not level or item.level in ("", level))


def add_phrase(
    *, store: Store, actor: Actor, content: str, subject: str = "", level: str = "", personal: bool = True
) -> PhraseReport:
    """Add a phrase of one's own, or (permission PHRASES) of the school.

    `{tên}` and words such as "em" stay as they are written. UserError phrase.empty, phrase.long,
    phrase.braces, phrase.level, phrase.exists, workflow.no_subject.
    """
    _demand(actor, personal)
    text = _checked(content, subject, level)
    with store.transaction() as session:
        number = _add(session, actor, text, subject, level, personal)
    return PhraseReport(number, 1, 0, changed("phrases"))


def edit_phrase(
    *, store: Store, actor: Actor, number: int, content: str, subject: str, level: str
) -> PhraseReport:
    """Replace a phrase: the old one is hidden, so that the log stays explained. Errors as of `add_phrase`."""
    text = _checked(content, subject, level)
    with store.transaction() as session:
        before = _own(session, actor, number)
        same = (before.content, before.subject, before.level) == (text, subject, level)
        if same:
            return PhraseReport(number, 0, 1, NOTHING)
        rows.hide_phrase(session, number, actor.login)
        fresh = _add(session, actor, text, subject, level, before.account_id is not None)
    return PhraseReport(fresh, 1, 0, changed("phrases"))


def hide_phrase(*, store: Store, actor: Actor, number: int) -> Changes:
    """Take a phrase out of use. UserError phrase.unknown."""
    with store.transaction() as session:
        _own(session, actor, number)
        rows.hide_phrase(session, number, actor.login)
    return changed("phrases")


def show_phrase(*, store: Store, actor: Actor, number: int) -> Changes:
    """Undo `hide_phrase`. UserError phrase.unknown."""
    with store.transaction() as session:
        found = _own(session, actor, number)
        rows.add_phrase(
            session,
            account_id=found.account_id,
            subject=found.subject,
            level=found.level,
            content=found.content,
            actor=actor.login,
        )
    return changed("phrases")


def import_first_bank(*, store: Store, actor: Actor) -> PhraseReport:
    """Take the phrases that come with the product as the school's first ones; adds what is missing."""
    require(actor, Action.PHRASES)
    given = tuple(dict.fromkeys(first_bank()))
    with store.transaction() as session:
        added = rows.add_phrases(session, account_id=None, given=given, actor=actor.login)
    return PhraseReport(0, added, len(given) - added, changed("phrases") if added else NOTHING)


def first_bank() -> Iterator[tuple[str, str, str]]:
    """(subject, level, content) of `phrases.json`: openings for a level, endings for a subject."""
    bank = json.loads(resource("comment_bank", "phrases.json").read_text(encoding="utf-8"))
    for level, openings in bank["openings"].items():
        yield from (("", level, text) for text in openings)
    for subject, endings in bank["subjects"].items():
        yield from ((subject, "", text) for text in endings)
    for group, parts in bank["groups"].items():
        yield from ((group, "", text) for text in (*parts["openings"], *parts["endings"]))


def _demand(actor: Actor, personal: bool) -> None:
    if not personal:
        require(actor, Action.PHRASES)


def _own(session: Session, actor: Actor, number: int) -> PhraseRecord:
    """A phrase that this person may change; those of others do not exist for them."""
    found = rows.phrase(session, number)
    if found is None or found.account_id not in (None, actor.account_id):
        raise UserError("phrase.unknown")
    _demand(actor, found.account_id is not None)
    return found


def _add(session: Session, actor: Actor, text: str, subject: str, level: str, personal: bool) -> int:
    number = rows.add_phrase(
        session,
        account_id=actor.account_id if personal else None,
        subject=subject,
        level=level,
        content=text,
        actor=actor.login,
    )
    if number is None:
        raise UserError("phrase.exists", content=text)
    return number


def _checked(content: str, subject: str, level: str) -> str:
    text = rows.plain(content)
    if not text:
        raise UserError("phrase.empty")
    if len(text) > LONGEST:
        raise UserError("phrase.long", size=len(text), most=LONGEST)
    strange = [found for found in _BRACES.findall(text) if found != NAME]
    if strange:
        raise UserError("phrase.braces", found=strange[0], name=NAME)
    if subject and subject not in PLACES:
        raise UserError("workflow.no_subject", subject=subject, known=", ".join(PLACES))
    if level and level not in _LEVELS:
        raise UserError("phrase.level", level=level)
    return text
