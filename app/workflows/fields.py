"""Setting one value on purpose: a cell of the results, a value of the year, or who the pupil is."""

from __future__ import annotations

from datetime import date

from app.errors import UserError
from app.models import classes as class_rows
from app.models.steps import record_step
from app.models.store import Store
from app.records import typed
from app.records.checks.results import EARLY_COMPUTING
from app.records.codes import PERIOD_PHRASE
from app.records.permissions import Actor, require
from app.records.programme import SUBJECT_NAMES, TRAIT_NAMES, field_name, programme_for
from app.records.types import ClassYear, Period
from app.workflows import clock
from app.workflows.classes import find
from app.workflows.field_table import TESTED, Field, Place, field_named
from app.workflows.report import Changes, changed
from app.workflows.steps import class_place


def set_field(
    *, store: Store, actor: Actor, code: str, field: str, value: str, period: Period = Period.CN
) -> Changes:
    """Set `field` of the pupil with `code` to `value` as typed; an empty value empties it.

    `period` is that of cells and comments; values of the year belong to CN. Subjects: the assigned teacher
    or the homeroom teacher (Circular 27: domain 1.2); who the pupil is: whoever brings lists in.
    UserError workflow.no_field, workflow.bad_value, typed.*, workflow.no_test, workflow.not_assessed,
    workflow.no_first_test, workflow.value_needed; NotAllowed account.not_allowed, workflow.class_closed.
    """
    target = field_named(field)
    klass, entry = find(store=store, actor=actor, code=code)
    require(actor, target.action, class_name=klass.name, subject=target.subject)
    place = Place(entry.key, period if target.code else Period.CN)
    meant = read_value(target, value, entry.pupil.name)
    if meant is not None:
        demand_assessed(klass, target, place.period)
    with store.transaction() as session:
        class_rows.demand_open(session, klass.year, klass.name, place.period)
        target.write(session, place, meant, actor.login)
        where = class_place(klass.year, klass.name)
        record_step(session, actor=actor.login, place=where, title=_title(target, entry.pupil.name))
    return changed("results", ids=frozenset({klass.name}))


def _title(target: Field, name: str) -> str:
    """What a step of this field is called: "Toán, điểm KTĐK của Trần Gia Bảo"."""
    own = field_name(target.code) if target.code else ""
    words = target.label.removesuffix(own).strip()
    return f"{own}, {words} của {name}" if own else f"{words[:1].upper()}{words[1:]} của {name}"


def read_value(target: Field, text: str, name: str) -> object:
    """The value that `text` means, None when it empties the field; `name` is the pupil's."""
    if not text.strip():
        if target.needed:
            raise UserError("workflow.value_needed", field=target.label, name=name)
        return None
    try:
        meant = target.read(text)
    except typed.Unreadable as error:
        raise UserError(error.code, field=target.label, value=text, name=name) from None
    if isinstance(meant, date) and meant > clock.now().date():
        raise UserError("workflow.future_day", field=target.label, value=text, name=name)
    return meant


def demand_assessed(klass: ClassYear, target: Field, period: Period) -> None:
    """Refuse a subject, test or trait that the grade does not have (Circular 27, article 7; 32/2018).

    Empty cells are always taken: that is how a stray result goes away.
    """
    code = target.code
    if code not in SUBJECT_NAMES and code not in TRAIT_NAMES:
        return
    programme = programme_for(klass.year, klass.grade, klass.local)
    known = {*programme.subjects, *programme.electives, *programme.traits, *EARLY_COMPUTING}
    if code not in known:
        raise UserError("workflow.not_assessed", field=field_name(code), grade=klass.grade)
    if target.cell in TESTED and code not in programme.tests[period]:
        raise UserError(
            "workflow.no_test", subject=field_name(code), grade=klass.grade, period=PERIOD_PHRASE[period]
        )
