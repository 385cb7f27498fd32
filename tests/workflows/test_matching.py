"""A row of results finds its pupil by codes, else by name and birth date; a copied code never misleads it."""

from __future__ import annotations

from datetime import date

import pytest

from app.excel.parsed import ResultRow, Where
from app.records.types import ClassYear, Enrolment, Pupil, PupilYear
from app.workflows.matching import Roster

BORN = date(2015, 3, 9)
OTHER_DAY = date(2015, 11, 20)
PUPILS = (
    Pupil("0900000001", "Lê Anh", BORN, personal_id="094215000001"),
    Pupil("0900000002", "Lê Ánh", BORN, personal_id="094315000002", vnedu_code="2500000002"),
    Pupil("0900000003", "Thạch Đạt", OTHER_DAY),
)
KLASS = ClassYear(
    "3A",
    3,
    "2023-2024",
    "",
    tuple(PupilYear(pupil, Enrolment("3A", 3), key=key) for key, pupil in enumerate(PUPILS, 1)),
)


def row(
    name: str, born: date | None = None, *, code: str = "", personal_id: str = "", vnedu: str = ""
) -> ResultRow:
    return ResultRow(Where("Sheet1", "A4"), "3A", code, personal_id, vnedu, name, born, {}, {}, {}, {}, {})


@pytest.mark.parametrize(
    ("given", "key"),
    [
        (row("Lê Anh", BORN, code="0900000001"), 1),
        (row("LÊ ÁNH", BORN), 2),
        (row("Tên Đã Đổi", BORN, code="0900000001"), 1),
        (row("Lê Anh", OTHER_DAY, code="0900000001"), 1),
        (row("Lê Anh", OTHER_DAY), None),
        (row("Lê Anh"), None),
        (row("Lê Anh", BORN, code="0999999999"), None),
        (row("Thạch Đạt", OTHER_DAY, code="0900000001"), None),
        (row("Lê Ánh", BORN, code="0900000001", personal_id="094315000002"), None),
        (row("Lê Ánh", BORN, code="0900000002", vnedu="2500000002"), 2),
    ],
)
def test_whom_a_row_means(given: ResultRow, key: int | None) -> None:
    assert Roster(KLASS).find(given) == key


def test_a_code_of_another_name_is_told() -> None:
    roster = Roster(KLASS)
    assert roster.other_name(row("Lê Ánh", code="0900000001"), 1) == "Lê Anh"
    assert roster.other_name(row("lê  anh", code="0900000001"), 1) == ""
    assert roster.other_name(row("", code="0900000001"), 1) == ""
