"""The words of what the change log keeps: which field, and what stood in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from app.records.codes import PERIOD_PHRASE, REGIME_TEXT, STATUS_TEXT, YEAR_CLASS_TEXT
from app.records.findings import FIELD_TEXT
from app.records.programme import field_name
from app.records.types import Period, Regime, Status, YearClass

CELL_TEXT: Final[Mapping[str, str]] = MappingProxyType(
    {"level": "Mức", "score": "Điểm", "first_score": "Điểm lần đầu", "comment": "Nhận xét"}
)
"""The cells of a subject, trait or group."""
_OTHERS: Final = {"class": "Lớp", "history": "Quá trình học tập", "new": "Học sinh mới"}
_FLAGS: Final = {"true": "có", "false": "không"}


def field_words(field: str) -> str:
    """A field of the log as a label: "CN.TOAN.score" is "Toán · Điểm", "birth_date" "Ngày sinh".

    Cells of another period than the end of the year carry it: "Toán · Điểm (giữa học kì I)".
    """
    if field in _OTHERS:
        return _OTHERS[field]
    period, _, rest = field.partition(".")
    code, _, cell = rest.partition(".")
    if period not in set(Period) or cell not in CELL_TEXT:
        words = FIELD_TEXT.get(field, field)
        return words[:1].upper() + words[1:]
    when = "" if period == Period.CN else f" ({PERIOD_PHRASE[Period(period)]})"
    return f"{field_name(code)} · {CELL_TEXT[cell]}{when}"


def value_words(field: str, text: str | None) -> str:
    """A value of the log as people read it; empty when nothing stood there."""
    if not text:
        return ""
    read = _VALUES.get(field)
    return text if read is None else read(text)


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}"


def _number(text: str) -> str:
    return text.removesuffix(".0").replace(".", ",")


def _list(text: str) -> str:
    return "; ".join(json.loads(text))


def _flag(text: str) -> str:
    return _FLAGS[text]


_VALUES: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        **dict.fromkeys(("birth_date", "enrolled_on"), _day),
        **dict.fromkeys(("height_cm", "weight_kg"), _number),
        **dict.fromkeys(("completed", "promoted", "completed_primary"), _flag),
        "awards": _list,
        "history": lambda text: f"{len(json.loads(text))} dòng",
        "status": lambda text: STATUS_TEXT[Status(text)],
        "regime": lambda text: REGIME_TEXT[Regime(text)],
        "confirmed": lambda text: YEAR_CLASS_TEXT[YearClass(text)],
    }
)
