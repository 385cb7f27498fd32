"""Who may do what, and for which classes: one matrix, asked by every workflow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from types import MappingProxyType
from typing import Final

from app.errors import NotAllowed
from app.records.types import Role, SigningRole


class Action(StrEnum):
    """Every act that needs a permission."""

    LOOK_UP = "look_up"
    STATUS = "status"
    IMPORT_LIST = "import_list"
    IMPORT_RESULTS = "import_results"
    EDIT = "edit"
    CHECK = "check"
    ACCEPT = "accept"
    CLASSIFY = "classify"
    SUBMIT = "submit"
    APPROVE = "approve"
    REOPEN = "reopen"
    SUMMER = "summer"
    DECIDE = "decide"
    PREVIEW = "preview"
    EXPORT = "export"
    ISSUE = "issue"
    SIGN_TEACHER = "sign_teacher"
    SIGN_LEADER = "sign_leader"
    SEAL = "seal"
    REVOKE = "revoke"
    ARCHIVE = "archive"
    SEND = "send"
    OUTBOX = "outbox"
    TRANSFER = "transfer"
    REPORT = "report"
    JOURNAL = "journal"
    PHRASES = "phrases"
    ACCOUNTS = "accounts"
    BIND = "bind"
    SETTINGS = "settings"
    DESTINATIONS = "destinations"
    BACKUP = "backup"
    RESTORE = "restore"


class Scope(Enum):
    """How far a permission reaches."""

    SCHOOL = auto()
    OWN_CLASS = auto()
    """Classes of which the person is the homeroom teacher."""
    TAUGHT_CLASS = auto()
    """Classes in which the person teaches some subject."""
    ASSIGNED_SUBJECT = auto()
    """Exactly the assigned (class, subject)."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in person: roles, homeroom classes, and assigned (class, subject) pairs."""

    account_id: int
    login: str
    name: str
    roles: frozenset[Role]
    classes: frozenset[str] = field(default_factory=frozenset)
    subjects: frozenset[tuple[str, str]] = field(default_factory=frozenset)


A = Action
_HOMEROOM = (
    *(A.LOOK_UP, A.IMPORT_LIST, A.IMPORT_RESULTS, A.EDIT, A.CHECK, A.ACCEPT, A.CLASSIFY, A.SUBMIT),
    *(A.SUMMER, A.PREVIEW, A.EXPORT, A.REPORT, A.SIGN_TEACHER),
)
_CHECKER = (
    *(A.LOOK_UP, A.STATUS, A.CHECK, A.ACCEPT, A.CLASSIFY, A.APPROVE, A.REOPEN, A.PREVIEW, A.ISSUE),
    *(A.SUMMER, A.EXPORT, A.ARCHIVE, A.OUTBOX, A.REPORT, A.PHRASES),
)
_LEADER = (
    *(A.LOOK_UP, A.STATUS, A.CHECK, A.ACCEPT, A.APPROVE, A.REOPEN, A.PREVIEW, A.SIGN_LEADER),
    *(A.DECIDE, A.REVOKE, A.ARCHIVE, A.OUTBOX, A.REPORT, A.JOURNAL),
)
_CLERK = (
    *(A.LOOK_UP, A.STATUS, A.IMPORT_LIST, A.PREVIEW, A.SEAL, A.SEND, A.OUTBOX),
    *(A.ARCHIVE, A.TRANSFER),
)

MATRIX: Final[Mapping[Role, Mapping[Action, Scope]]] = MappingProxyType(
    {
        Role.ADMIN: dict.fromkeys(Action, Scope.SCHOOL),
        Role.HOMEROOM: {**dict.fromkeys(_HOMEROOM, Scope.OWN_CLASS), A.STATUS: Scope.SCHOOL},
        Role.SUBJECT_TEACHER: {
            A.LOOK_UP: Scope.TAUGHT_CLASS,
            A.IMPORT_RESULTS: Scope.ASSIGNED_SUBJECT,
            A.EDIT: Scope.ASSIGNED_SUBJECT,
            A.SUMMER: Scope.ASSIGNED_SUBJECT,
            A.STATUS: Scope.SCHOOL,
        },
        Role.CHECKER: dict.fromkeys(_CHECKER, Scope.SCHOOL),
        Role.LEADER: dict.fromkeys(_LEADER, Scope.SCHOOL),
        Role.CLERK: dict.fromkeys(_CLERK, Scope.SCHOOL),
    }
)

SIGNING_ACTIONS: Final[Mapping[SigningRole, Action]] = MappingProxyType(
    {
        SigningRole.TEACHER: A.SIGN_TEACHER,
        SigningRole.LEADER: A.SIGN_LEADER,
        SigningRole.SEAL: A.SEAL,
    }
)

ROLE_TEXT: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.ADMIN: "Quản trị",
        Role.HOMEROOM: "Giáo viên chủ nhiệm",
        Role.SUBJECT_TEACHER: "Giáo viên bộ môn",
        Role.CHECKER: "Tổ công tác",
        Role.LEADER: "Ban giám hiệu",
        Role.CLERK: "Văn thư",
    }
)

ACTION_TEXT: Final[Mapping[Action, str]] = MappingProxyType(
    {
        A.LOOK_UP: "tra cứu",
        A.STATUS: "xem tình trạng dữ liệu",
        A.IMPORT_LIST: "nhập danh sách học sinh",
        A.IMPORT_RESULTS: "nhập kết quả từ tệp",
        A.EDIT: "sửa kết quả",
        A.CHECK: "kiểm tra dữ liệu",
        A.ACCEPT: "chấp nhận cảnh báo",
        A.CLASSIFY: "xếp loại",
        A.SUBMIT: "chốt lớp",
        A.APPROVE: "duyệt lớp",
        A.REOPEN: "mở lại lớp",
        A.SUMMER: "ghi đánh giá bổ sung trong hè",
        A.DECIDE: "quyết định lên lớp",
        A.PREVIEW: "xem thử học bạ",
        A.EXPORT: "xuất tệp",
        A.ISSUE: "tạo học bạ",
        A.SIGN_TEACHER: "ký vai giáo viên chủ nhiệm",
        A.SIGN_LEADER: "ký vai lãnh đạo trường",
        A.SEAL: "ký phát hành (đóng dấu)",
        A.REVOKE: "thu hồi học bạ",
        A.ARCHIVE: "xuất bộ lưu trữ",
        A.SEND: "gửi học bạ",
        A.OUTBOX: "xem hàng chờ gửi",
        A.TRANSFER: "lập gói chuyển trường",
        A.REPORT: "lập báo cáo",
        A.JOURNAL: "xem nhật ký của cả trường",
        A.PHRASES: "sửa ngân hàng nhận xét của trường",
        A.ACCOUNTS: "quản lý tài khoản",
        A.BIND: "gắn chứng thư số",
        A.SETTINGS: "đổi cài đặt của trường",
        A.DESTINATIONS: "quản lý nơi nhận",
        A.BACKUP: "sao lưu dữ liệu",
        A.RESTORE: "khôi phục dữ liệu",
    }
)


def _reaches(actor: Actor, scope: Scope, class_name: str | None, subject: str | None) -> bool:
    match scope:
        case Scope.SCHOOL:
            return True
        case Scope.OWN_CLASS:
            return class_name in actor.classes
        case Scope.TAUGHT_CLASS:
            return any(taught == class_name for taught, _ in actor.subjects)
        case Scope.ASSIGNED_SUBJECT:
            return (class_name, subject) in actor.subjects


def allowed(actor: Actor, action: Action, class_name: str | None = None, subject: str | None = None) -> bool:
    """May `actor` do `action` in this class (and subject)?

    Without `class_name` the question is about the whole school; without `subject`, about every subject
    of the class.
    """
    scopes = (MATRIX[role].get(action) for role in actor.roles)
    return any(scope is not None and _reaches(actor, scope, class_name, subject) for scope in scopes)


def allowed_somewhere(actor: Actor, action: Action) -> bool:
    """May `actor` do `action` in at least one class? For menus and lists; never instead of `require`."""
    classes = {None, *actor.classes, *(taught for taught, _ in actor.subjects)}
    subjects = {None, *(code for _, code in actor.subjects)}
    return any(allowed(actor, action, name, code) for name in classes for code in subjects)


def require(actor: Actor, action: Action, class_name: str | None = None, subject: str | None = None) -> None:
    """Raise NotAllowed `account.not_allowed` (name, action, where, roles) unless `allowed`."""
    if allowed(actor, action, class_name, subject):
        return
    roles = ", ".join(ROLE_TEXT[role] for role in Role if action in MATRIX[role])
    where = f" ở lớp {class_name}" if class_name else ""
    raise NotAllowed(
        "account.not_allowed", name=actor.name, action=ACTION_TEXT[action], where=where, roles=roles
    )
