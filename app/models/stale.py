"""Stale writes: what somebody saw is compared with what is stored now, and both are told."""

from __future__ import annotations

from enum import Enum
from typing import Final

from app.errors import UserError
from app.models.text import column_value, text_of


class _Unset(Enum):
    UNSET = "unset"


UNSET: Final = _Unset.UNSET
"""Says that the caller does not compare."""


def check_expected(field: str, expected: object, stored: object, wanted: object) -> None:
    """UserError workflow.stale(field, yours, theirs) when `stored` is neither `expected` nor `wanted`."""
    if expected is UNSET:
        return
    if _plain(stored) in (_plain(column_value(expected)), _plain(column_value(wanted))):
        return
    yours, theirs = (text_of(value) or "(trống)" for value in (wanted, stored))
    raise UserError("workflow.stale", field=field, yours=yours, theirs=theirs)


def _plain(value: object) -> object:
    """Empty text counts as nothing."""
    return None if value == "" else value
