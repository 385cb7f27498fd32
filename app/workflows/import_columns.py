"""Columns of workbooks that nobody recognises: explained once by a person, remembered for that heading."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.excel.mapping import ColumnMap, UnknownTable, unknown_table
from app.models import settings as settings_store
from app.models.store import Store
from app.records.findings import FIELD_TEXT
from app.records.permissions import Action, Actor, allowed_somewhere, require
from app.records.programme import GROUP_NAMES, SUBJECT_NAMES, TRAIT_NAMES
from app.workflows.report import Changes, changed

_SETTING: Final = "columns."
_IDENTITY: Final = (
    *("name", "birth_date", "sex", "class_name", "code", "personal_id", "vnedu_code", "ethnicity"),
    *("nationality", "birth_place", "hometown", "residence", "father", "mother", "guardian", "status"),
    *("register_number", "height_cm", "weight_kg", "absent_excused", "absent_unexcused"),
)
_WHO: Final = frozenset({"code", "personal_id", "vnedu_code", "birth_date"})
_CELLS: Final = {"level": "mức", "score": "điểm", "comment": "nhận xét"}


def _choices() -> dict[str, str]:
    words = {name: FIELD_TEXT[name] for name in _IDENTITY}
    words |= {
        f"{code}.{cell}": f"{name}: {text}"
        for code, name in SUBJECT_NAMES.items()
        for cell, text in _CELLS.items()
    }
    words |= {f"{code}.level": f"{name}: mức" for code, name in TRAIT_NAMES.items()}
    words |= {code: f"nhận xét {name}" for code, name in GROUP_NAMES.items()}
    words["confirmed"] = FIELD_TEXT["confirmed"]
    return {name: text[:1].upper() + text[1:] for name, text in words.items()}


FIELDS: Final[Mapping[str, str]] = _choices()
"""Field → words: everything that a column may be said to hold."""


def explain(path: Path) -> UnknownTable | None:
    """The table of a workbook that is not recognised, None when it cannot be read or has none."""
    try:
        return unknown_table(path)
    except UserError:
        return None


def remember(*, store: Store, actor: Actor, signature: str, fields: Mapping[int, str]) -> Changes:
    """Keep what the columns of tables with this signature hold (zero-based column → a name of `FIELDS`).

    UserError import.columns_incomplete without a name and something that tells namesakes apart,
    import.column_twice; NotAllowed.
    """
    if not any(allowed_somewhere(actor, action) for action in (Action.IMPORT_LIST, Action.IMPORT_RESULTS)):
        require(actor, Action.IMPORT_LIST)
    held = set(fields.values())
    if unknown := held - FIELDS.keys():
        raise ValueError(f"not fields of a workbook: {sorted(unknown)}")
    if "name" not in held or not held & _WHO:
        raise UserError("import.columns_incomplete")
    twice = [name for name, count in Counter(fields.values()).items() if count > 1]
    if twice:
        raise UserError("import.column_twice", field=FIELDS[twice[0]])
    value = json.dumps({str(column): name for column, name in sorted(fields.items())})
    with store.transaction() as session:
        settings_store.put(session, f"{_SETTING}{signature}", value, actor.login)
    return changed("settings")


def remembered(store: Store, signature: str) -> ColumnMap | None:
    """What was said of tables with this signature."""
    with store.reading() as session:
        value = settings_store.get(session, f"{_SETTING}{signature}", "")
    return ColumnMap({int(column): name for column, name in json.loads(value).items()}) if value else None
