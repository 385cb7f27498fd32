"""Writes a workbook safely: whole and new, or the old file untouched."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path

from lxml.etree import SerialisationError
from openpyxl import Workbook, load_workbook

from app.errors import UserError


def save(book: Workbook, path: Path) -> None:
    """Write `book` beside `path` and move it there in one step.

    Raises UserError `excel.cannot_write` when the folder is missing, read-only or full, or the file is open
    in Excel.
    """
    whole = io.BytesIO()  # openpyxl must not meet a full disk itself: its zip file would complain unasked
    temporary: Path | None = None
    try:
        book.save(whole)
        handle, name = tempfile.mkstemp(prefix=".hocba-", suffix=".xlsx", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as target:
            target.write(whole.getbuffer())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
        temporary = None
    except (OSError, SerialisationError) as problem:  # the latter when the folder of temporary files is full
        raise UserError("excel.cannot_write", file=str(path)) from problem
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def sheet_names(path: Path) -> tuple[str, ...]:
    """Names of the visible sheets of a workbook that was just written."""
    book = load_workbook(path, read_only=True)
    try:
        return tuple(sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible")
    finally:
        book.close()
