"""Single cells: levels, scores, ticks, codes, numbers, dates."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.excel.book import Value
from app.excel.dates import SERIAL_BASE, order_is_doubtful, read_date
from app.excel.values import (
    EXEMPT,
    Code,
    Problem,
    name_text,
    read_code,
    read_level,
    read_number,
    read_score,
    read_sex,
    read_tick,
    read_trait_level,
)
from app.records.types import Level, Sex, TraitLevel


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (9.0, 9),
        (10, 10),
        (0.0, 0),
        ("9", 9),
        ("9 ", 9),
        ("9,0", 9),
        ("9.0", 9),
        ("'7", 7),
        ("10,00", 10),
        ("\u00a08", 8),
    ],
)
def test_scores(value: Value, expected: int) -> None:
    assert read_score(value) == expected


@pytest.mark.parametrize(
    "value",
    [8.5, "8,5", "8.5", 11.0, -1.0, "-1", "chín", "9/10", True, date(2024, 5, 8), "T", "1e1", "99", "9;"],
)
def test_no_scores(value: Value) -> None:
    assert read_score(value) == Problem("excel.score")


@pytest.mark.parametrize("value", ["Miễn", "miễn", "M", "X", "x", "-", "—", "–", "Không đánh giá", "KĐG"])
def test_exempt_marks(value: str) -> None:
    assert read_score(value) is EXEMPT
    assert read_level(value) is EXEMPT
    assert read_trait_level(value) is EXEMPT


@given(st.floats(allow_nan=True, allow_infinity=True) | st.integers(-1000, 1000) | st.text(max_size=12))
def test_a_score_is_whole_and_in_range_or_a_problem(value: float | int | str) -> None:
    read = read_score(value)
    assert isinstance(read, Problem) or (type(read) is int and 0 <= read <= 10)


@pytest.mark.parametrize(
    ("text", "level"),
    [("T", Level.T), (" h ", Level.H), ("CHT", Level.C), ("Hoàn thành tốt", Level.T), ("HT", Level.H)],
)
def test_levels(text: str, level: Level) -> None:
    assert read_level(text) is level


@pytest.mark.parametrize("value", ["Đ", "Đạt", "D", "HTXS", "T9", 9.0, True])
def test_no_levels(value: Value) -> None:
    assert read_level(value) == Problem("excel.level")


@pytest.mark.parametrize(
    "text", ["Đ", "đ", "D", "d", "Ð", "ð", "Đạt", "Ðạt", "ĐẠT", "D\u0323at".replace("D\u0323at", "Đạt")]
)
def test_every_way_to_write_reached(text: str) -> None:
    assert read_trait_level(text) is TraitLevel.D


@pytest.mark.parametrize("value", ["H", "HTT", 1.0, "K"])
def test_no_trait_levels(value: Value) -> None:
    assert read_trait_level(value) == Problem("excel.trait_level")


@pytest.mark.parametrize("value", ["x", "X", "✓", "✔", "v", "\uf0fc", "ü", 1.0, "1", True, "Có"])
def test_ticks(value: Value) -> None:
    assert read_tick(value) is True


@pytest.mark.parametrize(
    ("value", "expected"), [("Không", False), (0.0, False), ("", None), (None, None), ("?", None)]
)
def test_no_ticks(value: Value | None, expected: bool | None) -> None:
    assert read_tick(value) is expected


@pytest.mark.parametrize(
    ("text", "sex"),
    [("Nam", Sex.MALE), ("nữ", Sex.FEMALE), ("NỮ", Sex.FEMALE), ("Nu\u031b\u0303", Sex.FEMALE)],
)
def test_sex(text: str, sex: Sex) -> None:
    assert read_sex(text) is sex


@pytest.mark.parametrize("value", [1.0, "01", "0", "2"])
def test_a_number_says_nothing_about_sex(value: Value) -> None:
    assert read_sex(value) == Problem("excel.sex")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("094214000001", Code("094214000001")),
        (" 0942 1400 0001 ", Code("094214000001")),
        ("'094214000001", Code("094214000001")),
        (94214000001.0, Code("94214000001", True)),
        (94214000001, Code("94214000001", True)),
        ("9.4214000001E+10", Code("94214000001", True)),
        ("2500000001.0", Code("2500000001")),
        ("HS-01", Code("HS-01")),
    ],
)
def test_codes(value: Value, code: Code) -> None:
    assert read_code(value) == code


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("9,4E+10", "excel.code_rounded"),
        ("9.4214E+10", "excel.code_rounded"),
        (1.5, "excel.code"),
        (True, "excel.code"),
    ],
)
def test_no_codes(value: Value, problem: str) -> None:
    assert read_code(value) == Problem(problem)


@pytest.mark.parametrize(
    ("value", "number"), [("120,5 cm", 120.5), ("55kg", 55.0), (118.0, 118.0), ("1,5", None), ("cao", None)]
)
def test_measures(value: Value, number: float | None) -> None:
    assert read_number(value, 50, 220) == (number if number is not None else Problem("excel.number"))


def test_the_icelandic_letter_in_a_name() -> None:
    assert name_text("Ðặng  Thị\nÐào") == "Đặng Thị Đào"
    assert name_text(5.0) == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("25/09/2014", date(2014, 9, 25)),
        ("5/9/2014", date(2014, 9, 5)),
        ("25-9-2014", date(2014, 9, 25)),
        ("25.09.2014", date(2014, 9, 25)),
        ("25 / 09 / 2014", date(2014, 9, 25)),
        ("2014-09-25", date(2014, 9, 25)),
        ("2014-09-25 00:00:00", date(2014, 9, 25)),
        (datetime(2014, 9, 25, 0, 0), date(2014, 9, 25)),  # noqa: DTZ001
        (date(2014, 9, 25), date(2014, 9, 25)),
        (41907.0, date(2014, 9, 25)),
        ("41907", date(2014, 9, 25)),
        (20140925.0, date(2014, 9, 25)),
    ],
)
def test_dates(value: Value, expected: date) -> None:
    read = read_date(value, 2024)
    assert read is not None
    assert (read.value, read.doubt) == (expected, "")


@pytest.mark.parametrize(("text", "year"), [("25/09/14", 2014), ("25/09/98", 1998), ("25/09/24", 2024)])
def test_years_of_two_digits(text: str, year: int) -> None:
    read = read_date(text, 2024)
    assert read is not None
    assert (read.value, read.doubt) == (date(year, 9, 25), "two_digits")


def test_month_first_is_read_and_doubted() -> None:
    read = read_date("09/25/2014", 2024)
    assert read is not None
    assert (read.value, read.doubt) == (date(2014, 9, 25), "us_order")


@pytest.mark.parametrize(
    "value", ["31/02/2014", "2014", "hôm qua", "25/09", "", True, 2014.0, "25/09/2044", None, -5.0]
)
def test_no_dates(value: Value | None) -> None:
    assert read_date(value, 2024) is None


@given(st.dates(date(1950, 1, 1), date(2024, 12, 31)))
def test_every_form_of_a_date_is_the_same_date(day: date) -> None:
    serial = float((day - SERIAL_BASE).days)
    for value in (day, serial, f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", day.isoformat()):
        read = read_date(value, 2024)
        assert read is not None
        assert read.value == day


def test_a_column_where_excel_swapped_day_and_month() -> None:
    swapped: list[Value | None] = ["25/09/2014", datetime(2014, 5, 9, 0, 0), None]  # noqa: DTZ001
    assert order_is_doubtful(swapped)
    assert not order_is_doubtful([*swapped, date(2014, 9, 13)])
    assert not order_is_doubtful(["25/09/2014", "05/09/2014"])
    assert not order_is_doubtful([date(2014, 5, 9)])
