"""Who is entitled to a year-end title: listed for the people who decide, in class order, never ranked."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.store import Store
from app.records.awards import computed, eligible
from app.records.classification import propose
from app.records.permissions import Action, Actor
from app.records.programme import out_of_scope_reason, programme_for
from app.records.types import ClassYear, PupilYear, YearClass
from app.workflows.classes import visible_classes


@dataclass(frozen=True, slots=True)
class Entitled:
    """A pupil with the titles that follow from the class, and those on which people decide."""

    class_name: str
    entry: PupilYear
    year_class: YearClass
    """As confirmed, else as proposed."""
    computed: tuple[str, ...]
    eligible: tuple[str, ...]


def awards(*, store: Store, actor: Actor, class_name: str | None = None) -> tuple[Entitled, ...]:
    """Pupils entitled to a title of Circular 27, article 13.1a, in the named class or all visible ones."""
    classes = visible_classes(store=store, actor=actor, class_name=class_name, action=Action.CHECK)
    found = (
        _entitled(klass, entry)
        for klass in classes
        if out_of_scope_reason(klass.year, klass.grade) is None
        for entry in klass.pupils
        if entry.enrolment.status.active
    )
    return tuple(item for item in found if item is not None)


def _entitled(klass: ClassYear, entry: PupilYear) -> Entitled | None:
    code = entry.outcome.confirmed or propose(klass.year, entry, klass.local).code
    rules = programme_for(klass.year, klass.grade, klass.local).rules
    title = eligible(code, rules)
    if code is None or title is None:
        return None
    titles = computed(code, rules)
    return Entitled(klass.name, entry, code, titles, () if title in titles else (title,))
