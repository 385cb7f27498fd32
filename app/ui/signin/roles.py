"""A person's place in one line, as a school says it: "GVCN 4A", "Ban giám hiệu"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.records.permissions import ROLE_TEXT, Actor
from app.records.programme import SUBJECT_NAMES
from app.records.types import Role

_ORDER: Final = (
    Role.LEADER,
    Role.HOMEROOM,
    Role.SUBJECT_TEACHER,
    Role.CHECKER,
    Role.CLERK,
    Role.ADMIN,
)


def roles_text(roles: Iterable[Role], classes: Iterable[str] = ()) -> str:
    """Roles in words, the most telling first; a homeroom teacher with the classes."""
    held = set(roles)
    homeroom = f"GVCN {', '.join(sorted(classes))}" if classes else ROLE_TEXT[Role.HOMEROOM]
    words = {**ROLE_TEXT, Role.HOMEROOM: homeroom}
    return ", ".join(words[role] for role in _ORDER if role in held)


def actor_text(actor: Actor) -> str:
    """Roles with the classes and subjects they are for."""
    parts = []
    for role in _ORDER:
        if role not in actor.roles:
            continue
        if role is Role.HOMEROOM and actor.classes:
            parts.append(f"GVCN {', '.join(sorted(actor.classes))}")
        elif role is Role.SUBJECT_TEACHER and actor.subjects:
            parts.append(_taught(actor))
        else:
            parts.append(ROLE_TEXT[role])
    return ", ".join(parts)


def _taught(actor: Actor) -> str:
    subjects = sorted({SUBJECT_NAMES.get(code, code) for _, code in actor.subjects})
    classes = sorted({name for name, _ in actor.subjects})
    return f"{', '.join(subjects)} {', '.join(classes)}"
