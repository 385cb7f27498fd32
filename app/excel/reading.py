"""Opens a workbook of any kind and age safely: what it is by its bytes, then its cells as plain values."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Final

import openpyxl
from lxml import etree

from app.errors import UserError
from app.excel.book import Book, Sheet, Value, sparse
from app.excel.calamine import PasswordProblem, RawSheet, ReadProblem, load
from app.excel.fonts import legacy_fonts
from app.excel.helper import Helper, HelperProblem
from app.excel.html_table import read_html
from app.excel.legacy_sheet import Fonts, decode_sheet
from app.excel.recognise import recognise as recognise
from app.excel.safety import INFLATED_LIMIT, far_reaching, inflated_size

FAR_ROWS: Final = 5_000
FAR_COLUMNS: Final = 200
"""What is read of a sheet that has a stray cell far outside."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF: Final = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    KeyError,
    ValueError,
)


@cache
def _helper() -> Helper:
    return Helper()


def read_book(path: Path) -> Book:
    """The workbook at `path`, every text NFC and decoded from old encodings.

    Raises UserError: `excel.no_file`, `excel.cannot_read`, `excel.empty_file`, `excel.password`,
    `excel.not_workbook`, `excel.corrupt`, `excel.too_large`, `excel.html_not_plain`.
    """
    data = _bytes(path)
    if not data.strip(b"\0 \r\n\t"):
        raise UserError("excel.empty_file", file=path.name)
    if data[:2] == b"PK":
        return _read_zip(path)
    if data[:8] == _OLE or data[:2] in _BIFF:
        return _read_ole(path, data)
    head = data[:4096].replace(b"\0", b"").lower()
    if b"<table" in data.replace(b"\0", b"").lower() and not head.lstrip(b"\xef\xbb\xbf\xff\xfe").startswith(
        b"%pdf"
    ):
        return Book(path, "html", (decode_sheet(read_html(data, path), {}),))
    raise UserError("excel.not_workbook", file=path.name)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as problem:
        raise UserError("excel.no_file", file=str(path)) from problem
    except OSError as problem:
        raise UserError("excel.cannot_read", file=str(path)) from problem


def _read_ole(path: Path, data: bytes) -> Book:
    wide = {
        name: name.encode("utf-16-le") in data for name in ("EncryptedPackage", "WordDocument", "PowerPoint")
    }
    if wide["EncryptedPackage"]:
        raise UserError("excel.password", file=path.name)
    if wide["WordDocument"] or wide["PowerPoint"]:
        raise UserError("excel.not_workbook", file=path.name)
    return _finish(path, "xls", _in_helper(path), {})


def _read_zip(path: Path) -> Book:
    try:
        with zipfile.ZipFile(path) as archive:
            kind = _zip_kind(archive)
            if inflated_size(archive) > INFLATED_LIMIT:
                raise UserError("excel.too_large", file=path.name)
            if kind == "":
                raise UserError("excel.not_workbook", file=path.name)
            if kind != "xlsx":
                return _finish(path, kind, _in_helper(path), {})
            if far_reaching(archive):
                return Book(path, "xlsx", _read_bounded(path))
            fonts = legacy_fonts(path, archive)
        return _finish(path, "xlsx", load(path), fonts)
    except PasswordProblem as problem:
        raise UserError("excel.password", file=path.name) from problem
    except (ReadProblem, OSError, etree.XMLSyntaxError, *_DAMAGED) as problem:
        raise UserError("excel.corrupt", file=path.name) from problem


def _zip_kind(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names:
        return "xlsx"
    is_ods = (
        "content.xml" in names and b"spreadsheet" in archive.read("mimetype")
        if "mimetype" in names
        else False
    )
    return "ods" if is_ods else ""


def _in_helper(path: Path) -> list[RawSheet]:
    try:
        return _helper().load(path)
    except HelperProblem as problem:
        raise UserError(
            "excel.password" if problem.password else "excel.corrupt", file=path.name
        ) from problem


def _finish(path: Path, kind: str, raw: list[RawSheet], fonts: dict[str, Fonts]) -> Book:
    sheets = tuple(
        decode_sheet(Sheet(name, rows, merges, visible), fonts.get(name, {}))
        for name, visible, rows, merges in raw
    )
    if not any(sheet.rows for sheet in sheets):
        raise UserError("excel.empty_workbook", file=path.name)
    return Book(path, kind, sheets)


def _read_bounded(path: Path) -> tuple[Sheet, ...]:
    """Sheets of an .xlsx that reaches too far, row by row and only near the corner A1."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        sheets = [
            _bounded(sheet.title, sheet.iter_rows(max_row=FAR_ROWS, max_col=FAR_COLUMNS, values_only=True))
            for sheet in book.worksheets
        ]
        book.close()
    return tuple(sheets)


def _bounded(name: str, rows: Iterable[Sequence[object]]) -> Sheet:
    kept = [[_plain(value) for value in row] for row in rows]
    return decode_sheet(Sheet(name, sparse(kept), stray=True), {})


def _plain(value: object) -> Value:
    if isinstance(value, (str, int, float, bool, date, datetime, time, timedelta)):
        return value
    return "" if value is None else str(value)
