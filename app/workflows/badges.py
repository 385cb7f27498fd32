"""What waits for one person, by screen: the numbers in the nav, the same as on the screens themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app.models import classes as class_rows
from app.models import gate as gate_rows
from app.models import people
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.store import Session, Store
from app.models.values import OutboxState, RemarkRecord
from app.records.permissions import Action, Actor, allowed, allowed_somewhere
from app.records.programme import SUBJECT_NAMES
from app.records.types import Period, Role, SigningRole, Stage, TranscriptState
from app.workflows.kept import ClassState, states
from app.workflows.outbox import TO_SEND, parcels

Tone = Literal["err", "warn", "primary"]
_OF_CLASSES: Final = (Action.CHECK, Action.SUBMIT, Action.APPROVE, Action.ISSUE)
_TURN: Final[Mapping[SigningRole, tuple[Action, TranscriptState]]] = {
    SigningRole.TEACHER: (Action.SIGN_TEACHER, TranscriptState.ISSUED),
    SigningRole.LEADER: (Action.SIGN_LEADER, TranscriptState.TEACHER_SIGNED),
    SigningRole.SEAL: (Action.SEAL, TranscriptState.LEADER_SIGNED),
}


@dataclass(frozen=True, slots=True)
class Badge:
    """A number, the colour it has, and what it counts, as a sentence for tool tip and screen reader.

    Tone: "err" has to be repaired, "warn" was refused or is late, "primary" is ready to be done.
    """

    count: int
    tone: Tone
    words: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one person, as numbers and names; every list is in the school's order."""

    errors: Mapping[str, int]
    """Class → errors to repair, in the classes this person may check."""
    to_submit: tuple[str, ...]
    """Complete classes without an error that this person may close."""
    to_approve: tuple[str, ...]
    remarks: tuple[RemarkRecord, ...]
    """Open remarks that this person may answer."""
    to_issue: Mapping[str, int]
    """Class → transcripts that can be made."""
    to_sign: Mapping[SigningRole, Mapping[str, int]]
    """Role → class → transcripts whose turn it is and for which a certificate is bound."""
    rejected: int
    """Parcels that the receiver refused; 0 for people who do not see the outbox."""
    to_send: int


def badges(*, store: Store, actor: Actor) -> Mapping[str, Badge]:
    """Screen id → what waits there for this person; a screen where nothing waits has no entry."""
    with store.reading() as session:
        found = waiting(store, session, actor)
    return dict(_badges(found))


def waiting(store: Store, session: Session, actor: Actor) -> Waiting:
    """Everything that waits for this person at the year's end of the active year."""
    year = settings_store.active_year(session)
    concerned = {
        item.name
        for item in class_rows.summaries(session, year)
        if any(allowed(actor, action, class_name=item.name) for action in _OF_CLASSES)
    }
    classes = states(store, session, Period.CN, concerned)
    live = transcript_rows.live_states(session, year)
    sees_outbox = allowed_somewhere(actor, Action.OUTBOX)
    queue = [parcel.state for parcel in parcels(session)] if sees_outbox else []
    may_send = allowed(actor, Action.SEND)
    return Waiting(
        errors={
            item.summary.name: item.errors for item in _where(classes, actor, Action.CHECK) if item.errors
        },
        to_submit=tuple(
            item.summary.name for item in _where(classes, actor, Action.SUBMIT) if _closable(item)
        ),
        to_approve=_names(classes, actor, Action.APPROVE, Stage.SUBMITTED),
        remarks=_remarks(session, year, actor),
        to_issue=_to_issue(classes, live, actor),
        to_sign=_to_sign(session, year, live, actor),
        rejected=queue.count(OutboxState.REJECTED),
        to_send=sum(state in TO_SEND for state in queue) if may_send else 0,
    )


def _where(classes: Sequence[ClassState], actor: Actor, action: Action) -> list[ClassState]:
    return [item for item in classes if allowed(actor, action, class_name=item.summary.name)]


def _stage(item: ClassState) -> Stage:
    return item.summary.stages.get(Period.CN, Stage.OPEN)


def _closable(item: ClassState) -> bool:
    whole = item.total > 0 and item.complete == item.total
    return whole and not item.errors and _stage(item) is Stage.OPEN


def _names(classes: Sequence[ClassState], actor: Actor, action: Action, stage: Stage) -> tuple[str, ...]:
    return tuple(item.summary.name for item in _where(classes, actor, action) if _stage(item) is stage)


def _remarks(session: Session, year: str, actor: Actor) -> tuple[RemarkRecord, ...]:
    return tuple(item for item in gate_rows.remarks(session, year) if may_answer(actor, item))


def may_answer(actor: Actor, remark: RemarkRecord) -> bool:
    """Whoever may edit the class, or the subject the remark is about (`remarks.resolve`)."""
    subject = remark.field if remark.field in SUBJECT_NAMES else None
    return allowed(actor, Action.EDIT, class_name=remark.class_name, subject=subject)


def _to_issue(
    classes: Sequence[ClassState], live: Mapping[str, Mapping[int, TranscriptState]], actor: Actor
) -> Mapping[str, int]:
    counts = {
        item.summary.name: len(item.ready - live.get(item.summary.name, {}).keys())
        for item in _where(classes, actor, Action.ISSUE)
        if _stage(item) is Stage.APPROVED
    }
    return {name: count for name, count in counts.items() if count}


def _to_sign(
    session: Session, year: str, live: Mapping[str, Mapping[int, TranscriptState]], actor: Actor
) -> Mapping[SigningRole, Mapping[str, int]]:
    """The same as the tasks of `signing_plan.make_plan`, from the states alone."""
    bound = {(item.role, item.login) for item in people.certificates(session)}
    teachers = people.homeroom_teachers(session, year)
    leaders = _leaders(session, year, actor)
    found = {}
    for role, (action, turn) in _TURN.items():
        logins = {SigningRole.LEADER: leaders, SigningRole.SEAL: {""}}.get(role)
        counts = {
            name: sum(state is turn for state in of_class.values())
            for name, of_class in live.items()
            if allowed(actor, action, class_name=name)
            and any((role, login) in bound for login in logins or {teachers.get(name, ("", ""))[0]})
        }
        found[role] = {name: count for name, count in counts.items() if count}
    return found


def _leaders(session: Session, year: str, actor: Actor) -> set[str]:
    if Role.LEADER in actor.roles and Role.ADMIN not in actor.roles:
        return {actor.login}
    return {
        account.login
        for account in people.accounts(session, year)
        if not account.disabled and account.roles & {Role.LEADER, Role.ADMIN}
    }


def _badges(found: Waiting) -> Iterator[tuple[str, Badge]]:
    """Of several things on one screen the most urgent is counted: err, then warn, then primary."""
    if errors := sum(found.errors.values()):
        where = next(iter(found.errors)) if len(found.errors) == 1 else f"{len(found.errors)} lớp"
        yield "checks", Badge(errors, "err", f"{errors} lỗi phải sửa ở {where}")
    elif count := len(found.to_approve):
        yield "checks", Badge(count, "primary", f"{count} lớp đã chốt, chờ duyệt")
    if count := len(found.remarks):
        yield "results", Badge(count, "warn", f"{count} nhắc nhở của Tổ công tác chờ trả lời")
    elif count := len(found.to_submit):
        yield "results", Badge(count, "primary", f"{count} lớp đủ kết quả, chốt được")
    if count := sum(found.to_issue.values()):
        yield "transcripts", Badge(count, "primary", f"Tạo được {count} học bạ")
    if count := sum(sum(of_role.values()) for of_role in found.to_sign.values()):
        yield "signing", Badge(count, "primary", f"{count} học bạ đến lượt ký")
    if found.rejected:
        yield "delivery", Badge(found.rejected, "warn", f"{found.rejected} học bạ bị từ chối")
    elif found.to_send:
        yield "delivery", Badge(found.to_send, "primary", f"{found.to_send} học bạ chờ gửi")
