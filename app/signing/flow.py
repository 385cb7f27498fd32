"""Who signs next: teacher, then leader, then the school's seal (domain D4.3). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.errors import NotAllowed
from app.records.types import SigningRole, TranscriptState

ORDER: Final[tuple[SigningRole, ...]] = (SigningRole.TEACHER, SigningRole.LEADER, SigningRole.SEAL)
STATES: Final[tuple[TranscriptState, ...]] = (
    TranscriptState.ISSUED,
    TranscriptState.TEACHER_SIGNED,
    TranscriptState.LEADER_SIGNED,
    TranscriptState.SEALED,
)
"""The state after 0, 1, 2 and 3 signatures."""
ROLE_TEXT: Final[Mapping[SigningRole, str]] = {
    SigningRole.TEACHER: "giáo viên chủ nhiệm",
    SigningRole.LEADER: "cán bộ quản lý",
    SigningRole.SEAL: "nhà trường (đóng dấu)",
}


def next_role(state: TranscriptState) -> SigningRole | None:
    """Whose turn it is; None when the version is sealed or revoked."""
    if state not in STATES or state is TranscriptState.SEALED:
        return None
    return ORDER[STATES.index(state)]


def state_after(role: SigningRole) -> TranscriptState:
    """The state that the signature of `role` leads to."""
    return STATES[ORDER.index(role) + 1]


def has_signed(state: TranscriptState, role: SigningRole) -> bool:
    """Whether `role` has signed a version in this state; False for a revoked one."""
    return state in STATES and STATES.index(state) > ORDER.index(role)


def check_turn(state: TranscriptState, role: SigningRole) -> None:
    """Refuse a signature out of turn: NotAllowed signing.revoked, .done or .not_your_turn."""
    if state is TranscriptState.REVOKED:
        raise NotAllowed("signing.revoked")
    if has_signed(state, role):
        raise NotAllowed("signing.done", role=ROLE_TEXT[role])
    waiting = next_role(state)
    if waiting is not None and waiting is not role:
        raise NotAllowed("signing.not_your_turn", role=ROLE_TEXT[role], waiting=ROLE_TEXT[waiting])


def wrong_order(roles: tuple[str, ...]) -> bool:
    """Whether signatures of a finished document, in the order they were made, break the order of roles."""
    known = [ORDER.index(SigningRole(role)) for role in roles if role in set(ORDER)]
    firsts = list(dict.fromkeys(known))
    return firsts != list(range(len(firsts)))


def state_of(roles: tuple[str, ...]) -> TranscriptState:
    """The state of a document that carries the signatures of `roles` in the right order."""
    return STATES[len({role for role in roles if role in set(ORDER)})]
