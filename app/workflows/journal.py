"""Reading the change log: pages in words, filters, the check of its chain, and a copy for inspection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.excel import writing
from app.interaction import Progress, SilentProgress
from app.models import changelog, log_places
from app.models import classes as class_rows
from app.models import settings as settings_store
from app.models.base import VIETNAM
from app.models.changelog import LogFilter
from app.models.store import Session, Store
from app.models.values import LogEntry
from app.records.journal import GROUPS, NOWHERE, LogGroup, LogPlace
from app.records.journal_words import describe
from app.records.names import search_form
from app.records.permissions import Action, Actor, allowed
from app.records.types import Period
from app.workflows import clock
from app.workflows.exports import ExportReport

PAGE: Final = 200
PROGRAM: Final = "Chương trình"
"""Who acts when nobody is signed in: sending, creating the store."""
_COPIED: Final = 2000
_HEADS: Final = (
    *("Số mục", "Thời điểm", "Tên đăng nhập", "Người thực hiện", "Việc", "Trước", "Sau", "Lý do"),
    *("Loại", "Đối tượng", "Trường dữ liệu", "Mã băm SHA-256"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: empty values leave nothing out. `login` None is everybody, "" the program itself.

    `pupil` is text of a name or code, in any case and without diacritics. `year` empty: the active year.
    """

    login: str | None = None
    class_name: str = ""
    pupil: str = ""
    group: LogGroup | None = None
    first: date | None = None
    last: date | None = None
    year: str = ""


EVERYTHING: Final = Wanted()


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One entry in words. `cell` and `period` name what was changed, for going there."""

    number: int
    at: datetime
    login: str
    person: str
    what: str
    old: str
    new: str
    reason: str
    kind: str
    entity: str
    field: str
    hash: str
    place: LogPlace = NOWHERE
    cell: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some entries, newest first. `more`: there are older ones; `total`: how many fit in all."""

    entries: tuple[JournalEntry, ...]
    more: bool
    total: int


@dataclass(frozen=True, slots=True)
class JournalCheck:
    """Whether the chain of the log is whole; `broken` is the first entry that does not fit, as it stands."""

    ok: bool
    entries: int
    checked: int
    """Entries that were looked at, the newest ones."""
    at: datetime
    broken_at: int | None = None
    broken: JournalEntry | None = None


@dataclass(frozen=True, slots=True)
class JournalChoices:
    """What one may filter by: (login, name) of people and names of classes. `all_people`: sees everybody."""

    people: tuple[tuple[str, str], ...]
    classes: tuple[str, ...]
    all_people: bool


def choices(*, store: Store, actor: Actor) -> JournalChoices:
    """People who acted and the classes of the active year; without the permission only oneself."""
    everybody = allowed(actor, Action.JOURNAL)
    with store.reading() as session:
        year = settings_store.active_year(session)
        names = log_places.account_names(session)
        logins = changelog.actors(session) if everybody else (actor.login,)
        classes = class_rows.summaries(session, year)
    people = sorted(((login, _name(login, names)) for login in logins), key=lambda one: search_form(one[1]))
    seen = (one.name for one in classes if everybody or allowed(actor, Action.LOOK_UP, one.name))
    return JournalChoices(tuple(people), tuple(seen), everybody)


def journal(
    *, store: Store, actor: Actor, wanted: Wanted = EVERYTHING, before: int | None = None, limit: int = PAGE
) -> LogPage:
    """A page of the log, newest first; `before` goes on after a page.

    Without the permission to read the whole log one gets one's own entries, whatever is asked for.
    """
    with store.reading() as session:
        found = _filter(session, actor, wanted)
        if found is None:
            return LogPage((), more=False, total=0)
        rows = changelog.page(session, found, before=before, limit=limit + 1)
        total = changelog.count(session, found)
        entries = _told(session, rows[:limit], log_places.account_names(session))
    return LogPage(entries, more=len(rows) > limit, total=total)


def check_journal(*, store: Store, actor: Actor, progress: Progress | None = None) -> JournalCheck:
    """Recompute the whole chain. The broken entry itself is shown to whoever may read the whole log."""
    bar = progress or SilentProgress()
    with store.reading() as session:
        status = changelog.verify_chain(
            session, step=lambda done, total: bar.step(done, total, "Đang kiểm tra nhật ký")
        )
        broken = None
        if status.broken_at is not None and allowed(actor, Action.JOURNAL):
            rows = changelog.between(session, status.broken_at, status.broken_at)
            broken = next(iter(_told(session, rows, log_places.account_names(session))), None)
    return JournalCheck(status.ok, status.entries, status.entries, clock.now(), status.broken_at, broken)


def export_journal(
    *, store: Store, actor: Actor, target: Path, wanted: Wanted = EVERYTHING, progress: Progress | None = None
) -> ExportReport:
    """Write the wanted entries as .xlsx for an inspection, oldest hashes and codes included.

    UserError workflow.journal_ending, workflow.journal_long (a sheet holds 1 048 575 rows),
    excel.cannot_write.
    """
    if target.suffix.lower() != ".xlsx":
        raise UserError("workflow.journal_ending", file=target)
    bar = progress or SilentProgress()
    with store.reading() as session:
        found = _filter(session, actor, wanted)
        total = 0 if found is None else changelog.count(session, found)
        if total > writing.LONGEST:
            raise UserError("workflow.journal_long", count=total, most=writing.LONGEST)
        rows = _copied(session, found, total, bar) if found is not None else iter(())
        sheet = writing.write_long_table(target, "Nhật ký", _HEADS, rows)
    return ExportReport(target, sheets=(sheet,), rows=total)


def _copied(session: Session, found: LogFilter, total: int, bar: Progress) -> Iterator[tuple[str | int, ...]]:
    names = log_places.account_names(session)
    before: int | None = None
    done = 0
    while rows := changelog.page(session, found, before=before, limit=_COPIED):
        bar.step(done, total, "Đang ghi nhật ký")
        for one in _told(session, rows, names):
            moment = f"{one.at:%d/%m/%Y %H:%M:%S}"
            yield (
                *(one.number, moment, one.login, one.person, one.what, one.old, one.new, one.reason),
                *(one.kind, one.entity, one.field, one.hash),
            )
        before = rows[-1].id
        done += len(rows)


def _filter(session: Session, actor: Actor, wanted: Wanted) -> LogFilter | None:
    """The filter for the log, None when nothing can fit; nobody gets beyond what they may read."""
    login = wanted.login if allowed(actor, Action.JOURNAL) else actor.login
    sort = GROUPS[wanted.group] if wanted.group else None
    entities = None
    if wanted.pupil.strip():
        pupils = _pupils(session, wanted.pupil)
        if not pupils:
            return None
        entities = log_places.entities_of_pupils(pupils)
    if wanted.class_name:
        year = wanted.year or settings_store.active_year(session)
        of_class = log_places.entities_of_class(year, wanted.class_name)
        entities = of_class if entities is None else log_places.both(entities, of_class)
    return LogFilter(
        actor=login,
        kinds=sort.kinds if sort else frozenset(),
        families=sort.entities if sort else frozenset(),
        entities=entities,
        since=_midnight(wanted.first) if wanted.first else None,
        until=_midnight(wanted.last + timedelta(days=1)) if wanted.last else None,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _pupils(session: Session, text: str) -> list[int]:
    wanted = search_form(text)
    return [
        number
        for number, name, code in log_places.pupil_names(session)
        if wanted in search_form(name) or code == text.strip()
    ]


def _name(login: str, names: dict[str, str]) -> str:
    return names.get(login, login) if login else PROGRAM


def _told(session: Session, rows: Sequence[LogEntry], names: dict[str, str]) -> tuple[JournalEntry, ...]:
    places = log_places.places(session, {row.entity for row in rows})
    return tuple(_entry(row, places.get(row.entity, NOWHERE), names) for row in rows)


def _entry(row: LogEntry, place: LogPlace, names: dict[str, str]) -> JournalEntry:
    words = describe(row.kind, row.entity, row.field, row.old, row.new, place)
    return JournalEntry(
        number=row.id,
        at=row.at,
        login=row.actor,
        person=_name(row.actor, names),
        what=words.what,
        old=words.old,
        new=words.new,
        reason=row.reason,
        kind=row.kind,
        entity=row.entity,
        field=row.field,
        hash=row.hash,
        place=place,
        cell=words.cell,
        period=words.period,
    )
