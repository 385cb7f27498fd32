"""A class of the sample school with one pupil who has not completed the grade."""

from __future__ import annotations

from app.demo import cast
from app.models import classes as class_rows
from app.records.permissions import Actor
from app.records.types import ClassYear, PupilYear, Role
from app.workflows import fields, gate, people
from tests.world import PASSWORD, World

CLASS = "3A"
WEAK = {
    "TV.level": "C",
    "TV.score": "3",
    "NL_NN.level": "C",
    **dict.fromkeys(("confirmed", "completed", "promoted", "award", "decision"), ""),
}


def klass_of(world: World, class_name: str = CLASS) -> ClassYear:
    """A class as stored now."""
    with world.store.reading() as session:
        return class_rows.load_class(session, world.made.year, class_name)


def pupils_of(world: World, class_name: str = CLASS) -> tuple[PupilYear, ...]:
    """The pupils of a class as stored now, those made first in front."""
    return tuple(sorted(klass_of(world, class_name).pupils, key=lambda entry: entry.pupil.code))


def pupil_of(world: World, code: str) -> PupilYear:
    """A pupil as stored now."""
    with world.store.reading() as session:
        return class_rows.find_pupil(session, world.made.year, code)[1]


def put(world: World, actor: Actor, code: str, **values: str) -> None:
    """Set several fields."""
    for field, value in values.items():
        fields.set_field(store=world.store, actor=actor, code=code, field=field, value=value)


def weaken(world: World, class_name: str = CLASS) -> str:
    """Make the first pupil of an open class one who has not completed the grade; returns the code."""
    code = pupils_of(world, class_name)[0].pupil.code
    put(world, world.teacher(class_name), code, **WEAK)
    return code


def close(world: World, class_name: str = CLASS) -> None:
    """Submit and approve one class."""
    gate.submit(store=world.store, actor=world.teacher(class_name), class_name=class_name)
    gate.approve(store=world.store, actor=world.actor(cast.CHECKER), class_name=class_name)


def weak_class(world: World) -> str:
    """Class 3A approved with one such pupil; returns the code."""
    code = weaken(world)
    close(world)
    return code


def subject_teacher(world: World, subject: str, class_name: str = CLASS) -> Actor:
    """The teacher of one subject in one class."""
    login = f"bm.{subject.lower()}"
    people.add_account(
        store=world.store,
        actor=world.actor(),
        login=login,
        name="Danh Thị Bộ",
        roles=(Role.SUBJECT_TEACHER,),
        classes=(class_name,),
        subjects=(subject,),
        password=PASSWORD,
    )
    return world.actor(login)
