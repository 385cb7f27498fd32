"""Remarks of the working group on a class, a pupil or one field: made on return, answered by teachers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import NotAllowed, UserError
from app.models import classes as class_rows
from app.models import gate as gate_rows
from app.models import settings as settings_store
from app.models.store import Session, Store
from app.models.values import RemarkRecord
from app.records.findings import FIELD_TEXT
from app.records.names import nfc
from app.records.permissions import Action, Actor, allowed, allowed_somewhere, require
from app.records.programme import SUBJECT_NAMES
from app.records.types import ClassYear, Period, Stage
from app.workflows.report import Changes, changed


@dataclass(frozen=True, slots=True)
class NewRemark:
    """What the working group asks for.

    `code` is any of the pupil's three codes, empty for the class; `field` a subject, trait or data field
    (`records.findings.FIELD_TEXT`), empty for the whole pupil or class.
    """

    code: str
    field: str
    content: str


@dataclass(frozen=True, slots=True)
class ResolveReport:
    """The remark with its answer."""

    remark: RemarkRecord
    changes: Changes


@dataclass(frozen=True, slots=True)
class SuggestReport:
    """How many remarks were made."""

    made: int
    changes: Changes


def add_all(
    session: Session,
    actor: Actor,
    klass: ClassYear,
    period: Period,
    remarks: Sequence[NewRemark],
    reason: str,
) -> None:
    """Write the remarks that come with a return.

    UserError workflow.remark_empty, workflow.no_field, workflow.no_pupil_in_class.
    """
    for remark in remarks:
        if not remark.content.strip():
            raise UserError("workflow.remark_empty", code=remark.code or klass.name)
        if remark.field and remark.field not in FIELD_TEXT:
            raise UserError("workflow.no_field", field=remark.field, known=", ".join(FIELD_TEXT))
        gate_rows.add_remark(
            session,
            year=klass.year,
            class_name=klass.name,
            period=period,
            key=_key(klass, remark.code.strip()),
            field=remark.field,
            content=remark.content,
            actor=actor.login,
            reason=reason,
        )


def _key(klass: ClassYear, code: str) -> int:
    """Number of the enrolment with this code; 0 for no code."""
    if not code:
        return 0
    for entry in klass.pupils:
        pupil = entry.pupil
        if code in (pupil.code, pupil.personal_id, pupil.vnedu_code):
            return entry.key
    raise UserError("workflow.no_pupil_in_class", code=code, name=klass.name)


def remarks(
    *,
    store: Store,
    actor: Actor,
    class_name: str | None = None,
    period: Period | None = None,
    everything: bool = False,
) -> tuple[RemarkRecord, ...]:
    """Open remarks of the named class or of all visible ones, of one period or of all.

    With `everything` the answered ones too. NotAllowed; UserError workflow.no_class.
    """
    with store.reading() as session:
        year = settings_store.active_year(session)
        names = _visible(session, actor, year, class_name)
        return gate_rows.remarks(session, year, names=names, period=period, everything=everything)


def _visible(session: Session, actor: Actor, year: str, class_name: str | None) -> frozenset[str]:
    if class_name is not None:
        name = nfc(class_name.strip())
        class_rows.known_class(session, year, name)
        require(actor, Action.LOOK_UP, class_name=name)
        return frozenset({name})
    if not allowed_somewhere(actor, Action.LOOK_UP):
        require(actor, Action.LOOK_UP)
    known = (item.name for item in class_rows.summaries(session, year))
    return frozenset(name for name in known if allowed(actor, Action.LOOK_UP, class_name=name))


def suggest(
    *,
    store: Store,
    actor: Actor,
    class_name: str,
    period: Period = Period.CN,
    remarks: Sequence[NewRemark],
) -> SuggestReport:
    """Ask for corrections of a class that is not approved, without moving it; by whoever may approve it.

    NotAllowed workflow.already_approved; UserError as `add_all`, workflow.return_empty for no remark.
    """
    with store.transaction() as session:
        klass = class_rows.load_class(session, settings_store.active_year(session), class_name, ())
        require(actor, Action.APPROVE, class_name=klass.name)
        if klass.stages.get(period) is Stage.APPROVED:
            raise NotAllowed("workflow.already_approved", name=klass.name)
        if not remarks:
            raise UserError("workflow.return_empty", name=klass.name)
        add_all(session, actor, klass, period, remarks, "")
    return SuggestReport(len(remarks), changed("classes", ids=frozenset({klass.name})))


def resolve(*, store: Store, actor: Actor, id: int, answer: str) -> ResolveReport:
    """Answer a remark, which closes it: by whoever may edit the class, or the subject the remark is about.

    UserError workflow.no_remark, workflow.answer_missing; NotAllowed workflow.remark_resolved.
    """
    with store.transaction() as session:
        year = settings_store.active_year(session)
        found = gate_rows.remark(session, year, id)
        subject = found.field if found.field in SUBJECT_NAMES else None
        require(actor, Action.EDIT, class_name=found.class_name, subject=subject)
        if not answer.strip():
            raise UserError("workflow.answer_missing")
        resolved = gate_rows.resolve(session, year=year, number=id, answer=answer, actor=actor.login)
    return ResolveReport(resolved, changed("classes", ids=frozenset({found.class_name})))
