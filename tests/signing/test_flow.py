"""Turns and states: a table of every state and role."""

from __future__ import annotations

import pytest

from app.errors import NotAllowed
from app.messages import sentence
from app.records.types import SigningRole, TranscriptState
from app.signing.flow import check_turn, has_signed, next_role, state_after, state_of, wrong_order

S, R = TranscriptState, SigningRole


@pytest.mark.parametrize(
    ("state", "role", "code"),
    [
        (S.ISSUED, R.TEACHER, None),
        (S.ISSUED, R.LEADER, "signing.not_your_turn"),
        (S.ISSUED, R.SEAL, "signing.not_your_turn"),
        (S.TEACHER_SIGNED, R.TEACHER, "signing.done"),
        (S.TEACHER_SIGNED, R.LEADER, None),
        (S.TEACHER_SIGNED, R.SEAL, "signing.not_your_turn"),
        (S.LEADER_SIGNED, R.TEACHER, "signing.done"),
        (S.LEADER_SIGNED, R.LEADER, "signing.done"),
        (S.LEADER_SIGNED, R.SEAL, None),
        (S.SEALED, R.TEACHER, "signing.done"),
        (S.SEALED, R.LEADER, "signing.done"),
        (S.SEALED, R.SEAL, "signing.done"),
        (S.REVOKED, R.TEACHER, "signing.revoked"),
        (S.REVOKED, R.LEADER, "signing.revoked"),
        (S.REVOKED, R.SEAL, "signing.revoked"),
    ],
)
def test_turns(state: TranscriptState, role: SigningRole, code: str | None) -> None:
    assert has_signed(state, role) is (code == "signing.done")
    if code is None:
        check_turn(state, role)
        assert next_role(state) is role
        assert next_role(state_after(role)) is not role
        return
    with pytest.raises(NotAllowed) as caught:
        check_turn(state, role)
    assert caught.value.code == code
    assert sentence(caught.value)


def test_nobody_signs_a_finished_version() -> None:
    assert next_role(S.SEALED) is None
    assert next_role(S.REVOKED) is None


@pytest.mark.parametrize(
    ("roles", "wrong", "state"),
    [
        ((), False, S.ISSUED),
        (("teacher",), False, S.TEACHER_SIGNED),
        (("subject_teacher", "teacher", "leader"), False, S.LEADER_SIGNED),
        (("teacher", "teacher", "leader", "seal"), False, S.SEALED),
        (("leader", "teacher"), True, None),
        (("leader",), True, None),
        (("teacher", "seal"), True, None),
        (("Signature1",), False, S.ISSUED),
    ],
)
def test_order_of_a_finished_document(
    roles: tuple[str, ...], wrong: bool, state: TranscriptState | None
) -> None:
    assert wrong_order(roles) is wrong
    if state is not None:
        assert state_of(roles) is state
