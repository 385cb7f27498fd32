"""Setting one value that has no other verb: regime, confirmed class, award, promotion, absences, …"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from app.errors import NotAllowed, UserError
from app.models import classes as class_rows
from app.models import results as result_rows
from app.models.store import Session, Store
from app.records.names import nfc
from app.records.permissions import Action, Actor, require
from app.records.types import Period, Regime, Stage, Status, YearClass
from app.workflows.classes import find
from app.workflows.report import Changes, changed

_YES: Final = frozenset({"1", "x", "có", "yes", "true", "đúng"})
_NO: Final = frozenset({"0", "không", "no", "false", "sai"})


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a value lies and how its text is read."""

    write: Callable[[Session, int, str, object, str], None]
    read: Callable[[str], object]
    field: str


def _flag(text: str) -> bool:
    word = text.strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(text)


def _days(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 366:
        raise ValueError(text)
    return value


def _measure(text: str) -> float:
    value = float(text.replace(",", "."))
    if not 0 < value < 300:
        raise ValueError(text)
    return value


def _awards(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in nfc(text).split(";") if part.strip())


def _enrolment(session: Session, key: int, field: str, value: object, actor: str) -> None:
    class_rows.set_enrolment_field(session, key, field, value, actor)


def _outcome(session: Session, key: int, field: str, value: object, actor: str) -> None:
    result_rows.set_outcome(session, key, field, value, actor)


def _comment(session: Session, key: int, field: str, value: object, actor: str) -> None:
    result_rows.save_results(
        session,
        key=key,
        period=Period.CN,
        subjects={},
        traits={},
        group_comments={field: str(value)},
        year_values={},
        actor=actor,
    )


_FIELDS: Final[Mapping[str, _Target]] = {
    "regime": _Target(_enrolment, Regime, "regime"),
    "status": _Target(_enrolment, Status, "status"),
    "absent_excused": _Target(_enrolment, _days, "absent_excused"),
    "absent_unexcused": _Target(_enrolment, _days, "absent_unexcused"),
    "height": _Target(_enrolment, _measure, "height_cm"),
    "weight": _Target(_enrolment, _measure, "weight_kg"),
    "register_number": _Target(_enrolment, nfc, "register_number"),
    "confirmed": _Target(_outcome, lambda text: YearClass(text.upper()), "confirmed"),
    "award": _Target(_outcome, _awards, "awards"),
    "completed": _Target(_outcome, _flag, "completed"),
    "promoted": _Target(_outcome, _flag, "promoted"),
    "completed_primary": _Target(_outcome, _flag, "completed_primary"),
    "decision": _Target(_outcome, nfc, "decision"),
    "comment_PC": _Target(_comment, nfc, "PC"),
    "comment_NLC": _Target(_comment, nfc, "NLC"),
    "comment_NLDT": _Target(_comment, nfc, "NLDT"),
}


def set_field(*, store: Store, actor: Actor, code: str, field: str, value: str) -> Changes:
    """Set `field` of the pupil with `code` to `value` as typed.

    UserError workflow.no_field, workflow.bad_value; NotAllowed when the class is closed.
    """
    target = _FIELDS.get(field)
    if target is None:
        raise UserError("workflow.no_field", field=field, known=", ".join(_FIELDS))
    klass, entry = find(store=store, actor=actor, code=code)
    require(actor, Action.EDIT, class_name=klass.name)
    if klass.stages.get(Period.CN, Stage.OPEN) is not Stage.OPEN:
        raise NotAllowed("workflow.class_closed", name=klass.name)
    try:
        meant = target.read(value)
    except ValueError:
        raise UserError("workflow.bad_value", field=field, value=value, name=entry.pupil.name) from None
    with store.transaction() as session:
        target.write(session, entry.key, target.field, meant, actor.login)
    return changed("results", ids=frozenset({klass.name}))
