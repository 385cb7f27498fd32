"""The year outcome's columns (class as word or tick, completion, promotion, awards) and the measures."""

from __future__ import annotations

from typing import Final

from app.excel.identity_cells import RowReader
from app.excel.values import Problem, is_exempt, read_number, read_tick
from app.records.codes import parse_year_class
from app.records.types import Severity, YearClass

_MEASURES: Final = {
    "height_cm": (50.0, 220.0),
    "weight_kg": (8.0, 150.0),
    "absent_excused": (0.0, 250.0),
    "absent_unexcused": (0.0, 250.0),
}
_WHOLE: Final = frozenset({"absent_excused", "absent_unexcused"})
_FLAGS: Final = ("completed", "promoted", "completed_primary")


def read_outcome(row: RowReader) -> tuple[dict[str, object], dict[str, str]]:
    """Fields of `YearOutcome` that the row holds, and the cell of each."""
    values: dict[str, object] = {}
    cells: dict[str, str] = {}
    confirmed = _confirmed(row)
    if confirmed is not None:
        values["confirmed"], cells["confirmed"] = confirmed[0], row.cell(confirmed[1])
    for field in _FLAGS:
        column = row.header.column(field)
        flag = _flag(row, column)
        if flag is not None and column is not None:
            values[field], cells[field] = flag, row.cell(column)
    column = row.header.column("not_promoted")
    if column is not None and _flag(row, column):
        values["promoted"], cells["promoted"] = False, row.cell(column)
    awards = _awards(row)
    if awards:
        values["awards"] = tuple(text for text, _ in awards)
        cells["awards"] = row.cell(awards[0][1])
    return values, cells


def _confirmed(row: RowReader) -> tuple[YearClass, int] | None:
    column = row.header.column("confirmed")
    if column is not None and (value := row.sheet.value(row.row, column)) is not None:
        found = parse_year_class(row.sheet.text(row.row, column))
        if found is None:
            exempt = is_exempt(value)
            row.report(
                Severity.NOTE if exempt else Severity.ERROR,
                column,
                "excel.exempt" if exempt else "excel.year_class",
            )
        return (found, column) if found else None
    ticked = [
        (YearClass(field.removeprefix("tick.")), place)
        for place, field in row.header.fields.items()
        if field.startswith("tick.") and read_tick(row.sheet.value(row.row, place))
    ]
    if len(ticked) > 1:
        row.report(Severity.ERROR, ticked[1][1], "excel.two_ticks")
        return None
    return ticked[0] if ticked else None


def _flag(row: RowReader, column: int | None) -> bool | None:
    value = row.sheet.value(row.row, column) if column is not None else None
    if value is None or column is None:
        return None
    tick = read_tick(value)
    text = row.sheet.text(row.row, column).lower()
    if tick is None and text.startswith(("chưa", "không")):
        return False
    if tick is None and text.startswith(("hoàn thành", "được lên lớp", "lên lớp", "đạt")):
        return True
    if tick is None:
        row.report(Severity.ERROR, column, "excel.tick")
    return tick


def _awards(row: RowReader) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for field in ("award", "award_extra"):
        column = row.header.column(field)
        value = row.sheet.value(row.row, column) if column is not None else None
        if value is None or column is None:
            continue
        if read_tick(value) is not None or is_exempt(value):
            row.report(Severity.NOTE, column, "excel.award_tick")
            continue
        raw = str(value).replace("\n", ";")
        found += [(" ".join(part.split()), column) for part in raw.split(";") if part.strip()]
    return found


def read_measures(row: RowReader) -> tuple[dict[str, object], dict[str, str]]:
    """Height, weight and absences (fields of `Enrolment`) that the row holds, and the cell of each."""
    values: dict[str, object] = {}
    cells: dict[str, str] = {}
    for field, (low, high) in _MEASURES.items():
        column = row.header.column(field)
        value = row.sheet.value(row.row, column) if column is not None else None
        if value is None or column is None:
            continue
        number = read_number(value, low, high)
        if isinstance(number, Problem) or (field in _WHOLE and not number.is_integer()):
            code = "excel.exempt" if is_exempt(value) else "excel.number"
            row.report(
                Severity.NOTE if is_exempt(value) else Severity.ERROR,
                column,
                code,
                low=int(low),
                high=int(high),
            )
            continue
        values[field] = int(number) if field in _WHOLE else number
        cells[field] = row.cell(column)
    return values, cells
