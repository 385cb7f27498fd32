"""The kinds of reports and files at the left: their words, and which options each one has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.records.permissions import Action, Actor, allowed_somewhere

FILL: Final = "fill"


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the list. `report`: the workflow's kind; `files`: (export kind, tab) for one class."""

    key: str
    title: str
    about: str
    report: str = ""
    files: tuple[tuple[str, str], ...] = ()
    item: str = ""
    """The name of the option that chooses one subject or trait; empty without such an option."""
    periods: bool = True

    @property
    def action(self) -> Action:
        """The permission it asks for."""
        return Action.REPORT if self.report else Action.EXPORT


KINDS: Final = (
    Kind("progress", "Tiến độ học bạ số", "Đã tạo, đã ký, đã phát hành", "progress", periods=False),
    Kind("subjects", "Kết quả theo môn học", "Mức và điểm kiểm tra", "subjects", item="Môn"),
    Kind("traits", "Phẩm chất và năng lực", "Tốt, Đạt, Cần cố gắng", "traits", item="Nội dung"),
    Kind("year", "Xếp loại và khen thưởng", "Cuối năm học", "year", periods=False),
    Kind(
        "class",
        "Bảng tổng hợp lớp",
        "Excel, PDF của một lớp",
        files=(("class-summary", "Bảng tổng hợp"), ("our-template", "Mẫu nhập của trường")),
    ),
    Kind(
        "csdl",
        "Tệp nộp CSDL ngành",
        "Kết quả, nhận xét của một lớp",
        files=(("csdl-results", "Tệp kết quả"), ("csdl-comments", "Tệp nhận xét")),
    ),
    Kind(FILL, "Điền tệp vnEdu gốc", "Giữ nguyên mã, cột của tệp"),
)


def kinds_for(actor: Actor) -> tuple[Kind, ...]:
    """The kinds that this person may use for at least one class."""
    return tuple(kind for kind in KINDS if allowed_somewhere(actor, kind.action))
