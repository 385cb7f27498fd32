"""What one cell of the board says, from the counts of a class; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.workflows.classes import ClassProgress


@dataclass(frozen=True, slots=True)
class BoardStage:
    """One row of the board. `unit` is what its counts count."""

    id: str
    name: str
    icon: str
    unit: str
    todo: str
    """What to do when it is this stage's turn."""


STAGES: Final = (
    BoardStage("results", "Nhập kết quả", "table-2", "học sinh đủ ô", "Nhập nốt các ô còn thiếu."),
    BoardStage("check", "Kiểm tra", "list-checks", "học sinh", "Sửa các lỗi rồi kiểm tra lại."),
    BoardStage("submitted", "Chốt lớp", "lock", "học sinh", "GVCN chốt lớp."),
    BoardStage("approved", "Duyệt", "check", "học sinh", "Tổ công tác xem và duyệt lớp."),
    BoardStage("issued", "Tạo học bạ", "book-open", "học bạ", "Tổ công tác tạo học bạ."),
    BoardStage("teacher", "GVCN ký", "signature", "học bạ", "GVCN ký học bạ của lớp."),
    BoardStage("leader", "BGH ký duyệt", "signature", "học bạ", "Ban giám hiệu ký duyệt."),
    BoardStage("sealed", "Đóng dấu", "stamp", "học bạ", "Văn thư đóng dấu phát hành."),
    BoardStage("sent", "Gửi kho nhận", "send", "học bạ", "Văn thư gửi tới kho nhận."),
)


class CellState(StrEnum):
    """The seven looks of a board cell; each has a shape of its own."""

    DONE = "Xong"
    TURN = "Đến lượt làm"
    RUNNING = "Đang làm"
    ERRORS = "Có lỗi phải sửa"
    RETURNED = "Bị trả lại"
    NOT_YET = "Chưa đến"
    OUTSIDE = "Không làm học bạ số"


@dataclass(frozen=True, slots=True)
class BoardCell:
    """State and counts of one class in one stage."""

    state: CellState
    done: int
    total: int
    count: int = 0
    """Errors, or remarks of a class that came back."""

    @property
    def percent(self) -> int:
        """Whole percent done, never 100 before all is done."""
        return 0 if not self.total else min(99, self.done * 100 // self.total)


def _complete(progress: ClassProgress, stage: str) -> bool:
    done, total = progress.counts.get(stage, (0, 0))
    return total > 0 and done >= total


def cell_of(progress: ClassProgress, row: int) -> BoardCell:
    """The cell of a class in stage `row` (0 to 8)."""
    stage = STAGES[row]
    if progress.out_of_scope:
        return BoardCell(CellState.OUTSIDE, 0, 0)
    done, total = progress.counts.get(stage.id, (0, 0))
    if stage.id == "check" and progress.move is not None and progress.move.returned:
        return BoardCell(CellState.RETURNED, done, total, progress.errors or progress.remarks)
    if _complete(progress, stage.id):
        return BoardCell(CellState.DONE, done, total)
    before_done = row == 0 or _complete(progress, STAGES[row - 1].id)
    if stage.id == "check" and before_done:
        return BoardCell(CellState.ERRORS, done, total, progress.errors)
    if 0 < done < total:
        return BoardCell(CellState.RUNNING, done, total)
    return BoardCell(CellState.TURN if before_done and total else CellState.NOT_YET, done, total)


def spoken(progress: ClassProgress, row: int) -> str:
    """The cell for a screen reader: "Lớp 2B, BGH ký duyệt, 12 trên 30, đang làm"."""
    cell = cell_of(progress, row)
    if cell.state is CellState.OUTSIDE:
        return f"Lớp {progress.name}, {STAGES[row].name}, {progress.out_of_scope}"
    state = cell.state.value[0].lower() + cell.state.value[1:]
    number = f", {counted(progress)}" if cell.count else ""
    return f"Lớp {progress.name}, {STAGES[row].name}, {cell.done} trên {cell.total}, {state}{number}"


def counted(progress: ClassProgress) -> str:
    """ "2 lỗi, 1 nhắc nhở"; empty when there is neither."""
    parts = ((progress.errors, "lỗi"), (progress.remarks, "nhắc nhở"))
    return ", ".join(f"{count} {word}" for count, word in parts if count)
