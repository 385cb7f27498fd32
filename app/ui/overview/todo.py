"""Việc của tôi: what waits for this person, most urgent first, from the board; no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.records.permissions import Action, Actor, allowed
from app.ui.overview.cells import STAGES, CellState, cell_of
from app.ui.screens import CHECKS, RESULTS, TRANSCRIPTS

if TYPE_CHECKING:
    from app.workflows.classes import ClassProgress

SHOWN: Final = 4
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


def _names(classes: Sequence[ClassProgress], most: int = 6) -> str:
    names = [item.name for item in classes]
    more = f" và {len(names) - most} lớp nữa" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _at(
    board: Sequence[ClassProgress], actor: Actor, stage: str, action: Action, *states: CellState
) -> list[ClassProgress]:
    """Classes whose cell in `stage` has one of `states`, where this person may do `action`."""
    return [
        item
        for item in board
        if cell_of(item, _ROW[stage]).state in states and allowed(actor, action, item.name)
    ]


def todo_list(actor: Actor, board: Sequence[ClassProgress]) -> tuple[Todo, ...]:
    """At most four lines; empty when nothing waits."""
    lines = (
        *_broken(actor, board),
        *_to_submit(actor, board),
        *_to_approve(actor, board),
        *_to_issue(actor, board),
        *_to_enter(actor, board),
    )
    return lines[:SHOWN]


def _broken(actor: Actor, board: Sequence[ClassProgress]) -> list[Todo]:
    broken = _at(board, actor, "check", Action.CHECK, CellState.ERRORS)
    if not broken:
        return []
    title = (
        f"Lớp {broken[0].name} còn lỗi phải sửa"
        if len(broken) == 1
        else f"{len(broken)} lớp còn lỗi phải sửa"
    )
    where = {"class": broken[0].name}
    return [Todo("circle-x", "err", title, _names(broken), "Xem lỗi", CHECKS, where)]


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
