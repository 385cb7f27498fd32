"""Việc của tôi: what waits for this person, most urgent first; no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.records.permissions import Action, Actor, allowed
from app.records.types import SigningRole
from app.ui.overview.cells import STAGES, CellState, cell_of
from app.ui.screens import CHECKS, DELIVERY, RESULTS, SIGNING, TRANSCRIPTS

if TYPE_CHECKING:
    from app.workflows.badges import Waiting
    from app.workflows.classes import ClassProgress
    from app.workflows.overview import Expiring

SHOWN: Final = 4
NEAR_DAYS: Final = 30
"""A certificate that ends this soon comes before the daily work."""
FAR_DAYS: Final = 90
_SIGN: Final = {
    SigningRole.TEACHER: "Ký",
    SigningRole.LEADER: "Ký duyệt",
    SigningRole.SEAL: "Đóng dấu",
}
_ROW: Final = {stage.id: row for row, stage in enumerate(STAGES)}


@dataclass(frozen=True, slots=True)
class Todo:
    """One line: icon, colour of the icon, words, and the screen its button opens."""

    icon: str
    colour: str
    title: str
    detail: str
    button: str
    screen: str
    where: Mapping[str, str] = field(default_factory=dict)


def _names(classes: Sequence[ClassProgress]) -> str:
    return _listed([item.name for item in classes])


def _at(
    board: Sequence[ClassProgress], actor: Actor, stage: str, action: Action, *states: CellState
) -> list[ClassProgress]:
    """Classes whose cell in `stage` has one of `states`, where this person may do `action`."""
    return [
        item
        for item in board
        if cell_of(item, _ROW[stage]).state in states and allowed(actor, action, item.name)
    ]


def todo_list(
    actor: Actor,
    board: Sequence[ClassProgress],
    waiting: Waiting | None = None,
    expiring: Sequence[Expiring] = (),
) -> tuple[Todo, ...]:
    """At most four lines; empty when nothing waits. Without `waiting` from the board alone."""
    lines = (
        *_remarks(waiting),
        *_broken(actor, board, waiting),
        *_rejected(waiting),
        *_to_sign(waiting),
        *_ending(expiring, NEAR_DAYS),
        *_to_submit(actor, board),
        *_to_approve(actor, board),
        *_to_issue(actor, board),
        *_to_send(waiting),
        *_to_enter(actor, board),
        *_ending(expiring, FAR_DAYS, NEAR_DAYS),
    )
    return lines[:SHOWN]


def _listed(names: Sequence[str], most: int = 6) -> str:
    more = f" và {len(names) - most} lớp nữa" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _remarks(waiting: Waiting | None) -> list[Todo]:
    if waiting is None or not waiting.remarks:
        return []
    names = list(dict.fromkeys(item.class_name for item in waiting.remarks))
    count = len(waiting.remarks)
    where = f"Lớp {names[0]} có" if len(names) == 1 else f"{len(names)} lớp có"
    return [
        Todo(
            "corner-up-left",
            "warn",
            f"{where} {count} nhắc nhở của Tổ công tác chờ trả lời",
            f"{_listed(names)}: {waiting.remarks[0].content}",
            "Mở lớp",
            RESULTS,
            {"class": names[0], "period": waiting.remarks[0].period.value},
        )
    ]


def _broken(actor: Actor, board: Sequence[ClassProgress], waiting: Waiting | None) -> list[Todo]:
    if waiting is None:
        names = [item.name for item in _at(board, actor, "check", Action.CHECK, CellState.ERRORS)]
    else:
        names = list(waiting.errors)
    if not names:
        return []
    title = f"Lớp {names[0]} còn lỗi phải sửa" if len(names) == 1 else f"{len(names)} lớp còn lỗi phải sửa"
    counts = waiting.errors if waiting else {}
    detail = _listed([f"{name} {counts[name]} lỗi" if name in counts else name for name in names])
    return [Todo("circle-x", "err", title, detail, "Xem lỗi", CHECKS, {"class": names[0]})]


def _rejected(waiting: Waiting | None) -> list[Todo]:
    if waiting is None or not waiting.rejected:
        return []
    title = f"{waiting.rejected} học bạ bị kho nhận từ chối"
    return [Todo("inbox", "warn", title, "Xem lý do rồi gửi lại", "Xem hộp gửi", DELIVERY)]


def _to_sign(waiting: Waiting | None) -> list[Todo]:
    lines = []
    for role, counts in (waiting.to_sign if waiting else {}).items():
        if counts:
            title = f"{_SIGN[role]} {sum(counts.values())} học bạ của {len(counts)} lớp"
            where = {"role": role.value}
            icon = "stamp" if role is SigningRole.SEAL else "signature"
            lines.append(Todo(icon, "sign", title, _listed(list(counts)), "Ký số", SIGNING, where))
    return lines


def _ending(expiring: Sequence[Expiring], within: int, beyond: int = -1_000_000) -> list[Todo]:
    """Certificates that end within some days."""
    lines = []
    for item in expiring:
        if not beyond < item.days <= within:
            continue
        whose = "Chứng thư số của nhà trường" if item.role is SigningRole.SEAL else "Chứng thư số của tôi"
        when = f"hết hạn sau {item.days} ngày" if item.days >= 0 else "đã hết hạn"
        detail = f"Hạn {item.ends:%d/%m/%Y}. Gia hạn trước đợt ký."
        lines.append(Todo("key-round", "warn", f"{whose} {when}", detail, "Xem", SIGNING))
    return lines


def _to_send(waiting: Waiting | None) -> list[Todo]:
    if waiting is None or not waiting.to_send:
        return []
    title = f"{waiting.to_send} học bạ chờ gửi"
    return [Todo("send", "primary", title, "Đã đóng dấu, nằm trong hộp gửi", "Mở hộp gửi", DELIVERY)]


def _to_submit(actor: Actor, board: Sequence[ClassProgress]) -> list[Todo]:
    ready = _at(board, actor, "submitted", Action.SUBMIT, CellState.TURN)
    if not ready:
        return []
    title = f"Chốt lớp {ready[0].name}" if len(ready) == 1 else f"{len(ready)} lớp đủ kết quả, chưa chốt"
    return [
        Todo(
            "lock",
            "primary",
            title,
            f"{_names(ready)}: không còn lỗi",
            "Mở lớp",
            RESULTS,
            {"class": ready[0].name},
        )
    ]


def _to_approve(actor: Actor, board: Sequence[ClassProgress]) -> list[Todo]:
    ready = _at(board, actor, "approved", Action.APPROVE, CellState.TURN)
    if not ready:
        return []
    title = f"Duyệt lớp {ready[0].name}" if len(ready) == 1 else f"{len(ready)} lớp đã chốt, chờ duyệt"
    return [Todo("check", "primary", title, _names(ready), "Kiểm tra", CHECKS, {"class": ready[0].name})]


def _to_issue(actor: Actor, board: Sequence[ClassProgress]) -> list[Todo]:
    ready = _at(board, actor, "issued", Action.ISSUE, CellState.TURN, CellState.RUNNING)
    if not ready:
        return []
    cells = [cell_of(item, _ROW["issued"]) for item in ready]
    count = sum(cell.total - cell.done for cell in cells)
    title = f"Tạo {count} học bạ của {len(ready)} lớp"
    return [
        Todo("book-open", "primary", title, _names(ready), "Mở học bạ", TRANSCRIPTS, {"class": ready[0].name})
    ]


def _to_enter(actor: Actor, board: Sequence[ClassProgress]) -> list[Todo]:
    open_cells = (CellState.TURN, CellState.RUNNING)
    mine = [item for item in board if cell_of(item, _ROW["results"]).state in open_cells]
    mine = [item for item in mine if allowed(actor, Action.LOOK_UP, item.name)]
    if not mine:
        return []
    cells = [cell_of(item, _ROW["results"]) for item in mine]
    count = sum(cell.total - cell.done for cell in cells)
    title = (
        f"Lớp {mine[0].name} còn {count} học sinh chưa đủ kết quả"
        if len(mine) == 1
        else f"{len(mine)} lớp chưa đủ kết quả"
    )
    return [Todo("table-2", "warn", title, _names(mine), "Mở lớp", RESULTS, {"class": mine[0].name})]
