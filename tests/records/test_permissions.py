"""Who may do what: the whole matrix, and how far each permission reaches."""

from __future__ import annotations

import pytest

from app.errors import NotAllowed
from app.messages import sentence
from app.records.permissions import (
    ACTION_TEXT,
    MATRIX,
    ROLE_TEXT,
    Action,
    Actor,
    allowed,
    allowed_somewhere,
    require,
)
from app.records.types import Role

# One letter per role that may do the action for a class of its own, or for the school:
# A admin, H homeroom (own class), S subject teacher (assigned), C checker, L leader, V clerk.
WHO = {
    "look_up": "AHSCLV",
    "status": "AHSCLV",
    "import_list": "AHV",
    "import_results": "AHS",
    "edit": "AHS",
    "check": "AHCL",
    "accept": "AHCL",
    "classify": "AHC",
    "submit": "AH",
    "approve": "ACL",
    "reopen": "ACL",
    "summer": "AHSC",
    "decide": "AL",
    "preview": "AHCLV",
    "export": "AHC",
    "issue": "AC",
    "sign_teacher": "AH",
    "sign_leader": "AL",
    "seal": "AV",
    "revoke": "AL",
    "archive": "ACLV",
    "send": "AV",
    "outbox": "ACLV",
    "transfer": "AV",
    "report": "AHCL",
    "journal": "AL",
    "phrases": "AC",
    "accounts": "A",
    "bind": "A",
    "settings": "A",
    "destinations": "A",
    "backup": "A",
    "restore": "A",
}
LETTERS = dict(zip("AHSCLV", Role, strict=True))


def actor(role: Role) -> Actor:
    classes = frozenset({"3A"}) if role is Role.HOMEROOM else frozenset()
    subjects = frozenset({("3A", "NN1"), ("4B", "NN1")}) if role is Role.SUBJECT_TEACHER else frozenset()
    return Actor(1, "thu.ha", "Trịnh Thu Hà", frozenset({role}), classes, subjects)


def test_the_matrix_names_every_action_and_role() -> None:
    assert set(WHO) == {action.value for action in Action} == {action.value for action in ACTION_TEXT}
    assert set(MATRIX) == set(Role) == set(ROLE_TEXT)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("letter", LETTERS)
def test_each_cell_of_the_matrix(letter: str, action: Action) -> None:
    expected = letter in WHO[action.value]
    person = actor(LETTERS[letter])
    assert allowed(person, action, "3A", "NN1") is expected
    assert allowed_somewhere(person, action) is expected


@pytest.mark.parametrize("action", Action)
def test_without_a_role_nothing_is_allowed(action: Action) -> None:
    nobody = Actor(2, "x", "X", frozenset(), frozenset({"3A"}), frozenset({("3A", "NN1")}))
    assert not allowed(nobody, action, "3A", "NN1")
    assert not allowed_somewhere(nobody, action)


@pytest.mark.parametrize(
    ("role", "action", "class_name", "subject", "expected"),
    [
        (Role.HOMEROOM, Action.EDIT, "3A", None, True),
        (Role.HOMEROOM, Action.EDIT, "3A", "TOAN", True),
        (Role.HOMEROOM, Action.EDIT, "3B", None, False),
        (Role.HOMEROOM, Action.EDIT, None, None, False),
        (Role.HOMEROOM, Action.LOOK_UP, "3B", None, False),
        (Role.SUBJECT_TEACHER, Action.EDIT, "4B", "NN1", True),
        (Role.SUBJECT_TEACHER, Action.EDIT, "4B", "TOAN", False),
        (Role.SUBJECT_TEACHER, Action.EDIT, "4B", None, False),
        (Role.SUBJECT_TEACHER, Action.EDIT, "5A", "NN1", False),
        (Role.SUBJECT_TEACHER, Action.IMPORT_RESULTS, None, "NN1", False),
        (Role.SUBJECT_TEACHER, Action.LOOK_UP, "4B", None, True),
        (Role.SUBJECT_TEACHER, Action.LOOK_UP, "5A", None, False),
        (Role.CHECKER, Action.APPROVE, None, None, True),
        (Role.CHECKER, Action.EDIT, "3A", None, False),
        (Role.LEADER, Action.SEAL, None, None, False),
        (Role.CLERK, Action.SIGN_LEADER, None, None, False),
        (Role.ADMIN, Action.EDIT, "3A", None, True),
    ],
)
def test_how_far_a_permission_reaches(
    role: Role, action: Action, class_name: str | None, subject: str | None, expected: bool
) -> None:
    assert allowed(actor(role), action, class_name, subject) is expected


def test_roles_add_up() -> None:
    roles = frozenset({Role.HOMEROOM, Role.CLERK})
    person = Actor(1, "a", "A", roles, frozenset({"3A"}))
    assert allowed(person, Action.SUBMIT, "3A")
    assert allowed(person, Action.SEAL)
    assert not allowed(person, Action.APPROVE, "3A")


def test_a_refusal_says_who_can_help() -> None:
    require(actor(Role.CHECKER), Action.ISSUE, "3A")
    with pytest.raises(NotAllowed) as refused:
        require(actor(Role.HOMEROOM), Action.APPROVE, "3A")
    assert refused.value.exit_code == 3
    assert sentence(refused.value) == (
        "Trịnh Thu Hà chưa được phép duyệt lớp ở lớp 3A. "
        "Hãy nhờ người có vai trò sau làm việc này: Quản trị, Tổ công tác, Ban giám hiệu."
    )
