"""Which cells of an .xlsx use an old Vietnamese font, by openpyxl: python-calamine shows no fonts."""

from __future__ import annotations

import re
import warnings
import zipfile
from pathlib import Path
from typing import Final

import openpyxl

from app.excel.legacy_sheet import Fonts
from app.excel.legacy_text import font_encoding

_LEGACY_FONT: Final = re.compile(rb'<(?:\w+:)?name\s+val="(?:\.Vn|VNI)', re.IGNORECASE)
_STYLES: Final = "xl/styles.xml"


def legacy_fonts(path: Path, archive: zipfile.ZipFile) -> dict[str, Fonts]:
    """Sheet name → cells with a legacy font; empty (and quick) when the workbook names no such font."""
    if _STYLES not in archive.namelist() or not _LEGACY_FONT.search(archive.read(_STYLES)):
        return {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
    fonts: dict[str, Fonts] = {}
    for sheet in book.worksheets:
        fonts[sheet.title] = {
            (cell.row - 1, cell.column - 1): cell.font.name
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str) and cell.font and font_encoding(cell.font.name or "")
        }
    book.close()
    return fonts
