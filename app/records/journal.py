"""The groups by which people look through the change log, and what its entries are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.records.types import Period


class LogGroup(StrEnum):
    """Kinds of entries as people look for them."""

    RESULTS = "results"
    IMPORTS = "imports"
    PUPILS = "pupils"
    CLASSES = "classes"
    TRANSCRIPTS = "transcripts"
    DELIVERY = "delivery"
    ACCOUNTS = "accounts"
    LOGINS = "logins"
    SETTINGS = "settings"


GROUP_TEXT: Final[Mapping[LogGroup, str]] = MappingProxyType(
    {
        LogGroup.RESULTS: "Kết quả",
        LogGroup.IMPORTS: "Nhập từ Excel",
        LogGroup.PUPILS: "Danh sách, hồ sơ học sinh",
        LogGroup.CLASSES: "Chốt, duyệt, nhắc nhở",
        LogGroup.TRANSCRIPTS: "Tạo, ký, thu hồi học bạ",
        LogGroup.DELIVERY: "Gửi học bạ",
        LogGroup.ACCOUNTS: "Tài khoản, phân công",
        LogGroup.LOGINS: "Đăng nhập",
        LogGroup.SETTINGS: "Thiết lập của trường",
    }
)


@dataclass(frozen=True, slots=True)
class Sort:
    """The entries of a group: of one of `kinds` and about one of `entities`; empty means any."""

    kinds: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    """The first word of an entity, such as "enrolment"."""


_PEOPLE: Final = frozenset({"pupil", "enrolment", "class"})
GROUPS: Final[Mapping[LogGroup, Sort]] = MappingProxyType(
    {
        LogGroup.RESULTS: Sort(frozenset({"result", "summer"})),
        LogGroup.IMPORTS: Sort(entities=frozenset({"import"})),
        LogGroup.PUPILS: Sort(frozenset({"create", "edit", "move", "delete", "receive"}), _PEOPLE),
        LogGroup.CLASSES: Sort(frozenset({"stage", "accept", "unaccept", "remark", "resolve"})),
        LogGroup.TRANSCRIPTS: Sort(
            frozenset({"issue", "sign.teacher", "sign.leader", "sign.seal", "revoke"})
        ),
        LogGroup.DELIVERY: Sort(entities=frozenset({"outbox"})),
        LogGroup.ACCOUNTS: Sort(
            frozenset(
                {
                    *("add", "assign", "edit", "disable", "enable", "password", "bind", "unbind"),
                    *("create", "delete"),
                }
            ),
            frozenset({"account", "assignment"}),
        ),
        LogGroup.LOGINS: Sort(frozenset({"login", "login_failed"})),
        LogGroup.SETTINGS: Sort(
            entities=frozenset(
                {
                    "school",
                    "setting",
                    "module",
                    "trust",
                    "destination",
                    "picture",
                    "phrase",
                    "phrases",
                    "year",
                }
            )
        ),
    }
)


@dataclass(frozen=True, slots=True)
class LogPlace:
    """Whom or what an entry is about, as the store knows it today; empty where it is not known (any more)."""

    pupil: str = ""
    pupil_code: str = ""
    class_name: str = ""
    year: str = ""
    person: str = ""
    """Name of the account."""
    version: int = 0
    """Of the transcript."""
    media: str = ""
    """xml or pdf, of a delivery."""

    @property
    def whom(self) -> str:
        """The pupil with the class: "Thạch Ngọc Hân (3A)"."""
        name = self.pupil or "một em không còn trong danh sách"
        return f"{name} ({self.class_name})" if self.class_name else name


NOWHERE: Final = LogPlace()


@dataclass(frozen=True, slots=True)
class LogWords:
    """An entry in words: what happened to whom, what stood there before and after."""

    what: str
    old: str = ""
    new: str = ""
    cell: str = ""
    """Code of the subject, trait, group or field that was changed; empty when no cell was."""
    period: Period | None = None
