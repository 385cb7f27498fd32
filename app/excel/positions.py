"""The sector's result file by position, when its header texts were changed: the last resort."""

from __future__ import annotations

from typing import Final

from app.excel.csdl_layout import IDENTITY_COLUMNS, result_columns
from app.excel.header import Header, make_header

_TRUSTED: Final = 5
"""Result columns that must still be known by their texts, in the right places."""


def by_position(header: Header, grade: int | None) -> Header | None:
    """`header` with its unknown columns filled in from the template of `grade`; None when nothing needs it.

    Only when the identity columns and at least five result columns stand where the template has them, and
    none stands elsewhere.
    """
    if grade is None or not header.unknown:
        return None
    template = result_columns(grade)
    if max(header.fields, default=0) > len(template):
        return None
    agreeing = sum(
        1 for column, field in header.fields.items() if column < len(template) and template[column] == field
    )
    known = sum(1 for field in header.fields.values() if field not in ("ignore", "any_code"))
    added = {
        column: template[column]
        for column in header.unknown
        if column < len(template) and template[column] not in header.columns
    }
    if agreeing < known or agreeing < len(IDENTITY_COLUMNS) + _TRUSTED or not added:
        return None
    fields = dict(sorted((dict(header.fields) | added).items()))
    paths = {column: (text,) for column, text in header.texts.items()}
    return make_header(header.first, header.last, fields, paths)
