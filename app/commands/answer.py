"""What a verb answers with, and how it is printed: one JSON object, or lines and a table."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

WIDTH: Final = 120
"""Columns of text when standard output is no terminal."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table for people: column heads and rows of text."""

    heads: tuple[str, ...]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """JSON object, lines and tables for people, and the exit code."""

    data: Mapping[str, object]
    lines: Sequence[str] = ()
    grids: Sequence[Grid] = field(default=())
    code: int = 0


def _plain(value: object) -> object:
    """JSON form of a value: dates and times in ISO 8601, enumerations by value, sets sorted."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(str(item.value) if isinstance(item, Enum) else str(item) for item in value)
    raise TypeError(f"no JSON form for {type(value).__name__}")


def show(answer: Answer, *, as_json: bool, quiet: bool) -> None:
    """Print an answer on standard output; with `as_json` nothing else is there."""
    if as_json:
        sys.stdout.write(json.dumps(answer.data, ensure_ascii=False, default=_plain) + "\n")
        return
    if quiet:
        return
    console = Console(
        highlight=False, markup=False, soft_wrap=True, width=None if sys.stdout.isatty() else WIDTH
    )
    for grid in answer.grids:
        table = Table(show_edge=False, header_style="bold")
        for head in grid.heads:
            table.add_column(head)
        for row in grid.rows:
            table.add_row(*row)
        console.print(table)
    for line in answer.lines:
        console.print(line)
