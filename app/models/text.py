"""Values as the store and the change log write them."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from enum import Enum
from typing import Final

_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold: kept, one such character would stop the transcript of its pupil."""


def nfc(text: str) -> str:
    """Text as it is stored: composed Unicode (NFC), without the invisible characters that XML forbids."""
    clean = _UNWRITABLE.sub("", text)
    return clean if clean.isascii() else unicodedata.normalize("NFC", clean)


def text_of(value: object) -> str | None:
    """A value as the change log shows it; None stays None."""
    if value is None or (isinstance(value, str) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return json.dumps(list(value), ensure_ascii=False)
    return str(value)


def empty(value: object) -> bool:
    """True for what an import must never write over something: None, empty text, an empty list."""
    return value is None or value == "" or value == ()


def column_value(value: object) -> object:
    """A value as a column takes it: codes as text, text composed, lists as JSON."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return nfc(value.strip())
    if isinstance(value, (tuple, list)):
        return json.dumps([nfc(str(item)) for item in value], ensure_ascii=False)
    return value
