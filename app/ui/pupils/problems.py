"""Every problem of every file in one table, with what can be done about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHeaderView

from app.records.types import Severity
from app.ui.look import Look
from app.ui.pupils.fit import Roomy
from app.ui.states import SEVERITY_SIGNS, Sign
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.excel.mapping import UnknownTable
    from app.workflows.import_rows import FileFinding

EXPLAIN: Final = "Chỉ cột…"
MATCH: Final = "Ghép…"
_WORDS_WIDTH: Final = 240
_LEVEL, _PLACE, _PUPIL, _WORDS, ACTION = range(5)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding with its file; `unknown` is the table whose columns a person can explain."""

    path: Path
    finding: FileFinding
    unknown: UnknownTable | None = None

    @property
    def file(self) -> str:
        """The file's name."""
        return self.path.name

    @property
    def action(self) -> str:
        """What a person can do about it here, "" when the file itself has to be repaired."""
        if self.unknown is not None:
            return EXPLAIN
        return MATCH if self.finding.row else ""


def sorted_problems(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Errors first, those that can be decided here before the others, else in the order of the files."""
    order = list(Severity)
    return tuple(sorted(problems, key=lambda item: (order.index(item.finding.severity), not item.action)))


def _place(row: Problem) -> str:
    where = row.finding.cell or "cả tệp"
    return f"{where}\n{row.file}"


def _action_sign(row: Problem) -> Sign | None:
    icon = {EXPLAIN: "columns-2", MATCH: "link"}.get(row.action, "")
    return Sign(icon, row.action, "primary", "tint") if icon else None


def _columns(*, acting: bool) -> tuple[Column[Problem], ...]:
    columns: tuple[Column[Problem], ...] = (
        Column(
            "Mức",
            104,
            lambda row: SEVERITY_SIGNS[row.finding.severity].word,
            sign=lambda row: SEVERITY_SIGNS[row.finding.severity],
        ),
        Column("Ô trong tệp", 136, _place),
        Column("Học sinh", 140, lambda row: row.finding.pupil),
        Column("Chuyện gì và làm gì tiếp", 0, lambda row: row.finding.message),
    )
    return (*columns, Column("", 104, lambda row: row.action, sign=_action_sign)) if acting else columns


def problem_table(look: Look, *, acting: bool = True) -> Table[Problem]:
    """The table, two lines to a row."""
    table: Table[Problem] = Table(look, "Vấn đề trong các tệp", _columns(acting=acting))
    table.setWordWrap(True)
    Roomy(table, {_WORDS: round(_WORDS_WIDTH * look.theme.scale)})
    rows = table.verticalHeader()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(look.theme.heights.row_two)
    return table
