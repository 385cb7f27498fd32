"""The comment bank: phrases of the school and of each person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, insert, or_, select, update
from sqlalchemy.orm import Session

from app.models import changelog
from app.models import tables as t
from app.models.base import add_row
from app.models.tables_desk import Phrase
from app.models.text import nfc


@dataclass(frozen=True, slots=True)
class PhraseRecord:
    """One phrase; `subject` and `level` may be empty (any), `account_id` is None for the school's."""

    id: int
    account_id: int | None
    subject: str
    level: str
    content: str
    hidden: bool


def plain(content: str) -> str:
    """A phrase as it is kept: composed letters, one blank between words, none around."""
    return " ".join(nfc(content).split())


def phrases(session: Session, account_id: int | None) -> tuple[PhraseRecord, ...]:
    """The phrases of the school and those of one person, in the order in which they were added."""
    mine = Phrase.account_id == account_id if account_id is not None else Phrase.account_id.is_(None)
    statement = (
        select(Phrase)
        .where(Phrase.hidden.is_(False), or_(Phrase.account_id.is_(None), mine))
        .order_by(Phrase.id)
    )
    return tuple(_record(row) for row in session.execute(statement).scalars())


def phrase(session: Session, number: int) -> PhraseRecord | None:
    """One phrase by its number, hidden ones too."""
    row = session.execute(select(Phrase).where(Phrase.id == number)).scalar()
    return None if row is None else _record(row)


def count(session: Session, account_id: int | None) -> int:
    """How many phrases the school (None) or a person has in use."""
    statement = select(func.count()).select_from(Phrase).where(_owned(account_id), Phrase.hidden.is_(False))
    return int(session.execute(statement).scalar_one())


def add_phrase(
    session: Session, *, account_id: int | None, subject: str, level: str, content: str, actor: str
) -> int | None:
    """Add a phrase, or bring a hidden one back; its number, None when it is there already."""
    content = plain(content)
    same = (
        _owned(account_id),
        Phrase.subject == subject,
        Phrase.level == level,
        Phrase.content == content,
    )
    known = session.execute(select(Phrase.id, Phrase.hidden).where(*same)).first()
    if known is not None and not known.hidden:
        return None
    if known is not None:
        _set_hidden(session, known.id, False)
        number = int(known.id)
    else:
        number = add_row(
            session,
            Phrase,
            account_id=account_id,
            subject=subject,
            level=level,
            content=content,
            hidden=False,
            row_version=1,
        )
    _log(session, actor, number, None, content)
    return number


def add_phrases(
    session: Session, *, account_id: int | None, given: Iterable[tuple[str, str, str]], actor: str
) -> int:
    """Add many (subject, level, content) at once; returns how many are new."""
    statement = select(Phrase.subject, Phrase.level, Phrase.content).where(_owned(account_id))
    known = {tuple(row) for row in session.execute(statement)}
    wanted = ((subject, level, plain(content)) for subject, level, content in given)
    fresh = [item for item in dict.fromkeys(wanted) if item not in known]
    if fresh:
        rows = [
            {
                "account_id": account_id,
                "subject": subject,
                "level": level,
                "content": content,
                "hidden": False,
                "row_version": 1,
            }
            for subject, level, content in fresh
        ]
        session.execute(insert(t.table(Phrase)), rows)
        owner = "school" if account_id is None else str(account_id)
        changelog.record(
            session,
            actor=actor,
            kind="import",
            entity=f"phrases:{owner}",
            field="count",
            old=None,
            new=str(len(fresh)),
        )
    return len(fresh)


def hide_phrase(session: Session, number: int, actor: str) -> bool:
    """Take a phrase out of use; False when it is unknown or hidden already."""
    found = phrase(session, number)
    if found is None or found.hidden:
        return False
    _set_hidden(session, number, True)
    _log(session, actor, number, found.content, None)
    return True


def _set_hidden(session: Session, number: int, hidden: bool) -> None:
    session.execute(
        update(Phrase).where(Phrase.id == number).values(hidden=hidden, row_version=Phrase.row_version + 1)
    )


def _owned(account_id: int | None) -> ColumnElement[bool]:
    return Phrase.account_id.is_(None) if account_id is None else Phrase.account_id == account_id


def _record(row: Phrase) -> PhraseRecord:
    return PhraseRecord(row.id, row.account_id, row.subject, row.level, row.content, row.hidden)


def _log(session: Session, actor: str, number: int, old: str | None, new: str | None) -> None:
    changelog.record(
        session, actor=actor, kind="phrase", entity=f"phrase:{number}", field="content", old=old, new=new
    )
