"""The days of a school year, and what a day of arrival says."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.records import calendar
from app.records.calendar import MILESTONE_NAMES, SIGNING, arrival_window, arrived_in, belongs, plan
from app.records.types import Status

YEAR = "2023-2024"


def test_the_plan_of_a_year() -> None:
    found = {item.code: (item.begins, item.ends) for item in plan(YEAR)}
    assert list(found) == list(MILESTONE_NAMES)
    assert found == {
        "term_1": (None, date(2024, 1, 18)),
        "results": (date(2024, 5, 20), date(2024, 5, 24)),
        "year_end": (None, date(2024, 5, 31)),
        "checking": (date(2024, 6, 3), date(2024, 6, 15)),
        "signing": (date(2024, 6, 15), date(2024, 6, 20)),
        "completion": (None, date(2024, 6, 30)),
    }


def test_the_last_days_of_the_plan_follow_one_another() -> None:
    ends = [item.ends for item in plan(YEAR)]
    assert ends == sorted(ends)


@pytest.mark.parametrize(
    ("chosen", "begins"),
    [(date(2024, 7, 5), date(2024, 6, 15)), (date(2024, 6, 10), date(2024, 6, 10))],
)
def test_the_school_sets_a_last_day(chosen: date, begins: date) -> None:
    found = {item.code: item for item in plan(YEAR, {SIGNING: chosen})}
    assert (found[SIGNING].begins, found[SIGNING].ends) == (begins, chosen)
    assert found["checking"] == next(item for item in plan(YEAR) if item.code == "checking")


def test_a_year_before_the_circular_has_a_plan_too() -> None:
    assert plan("2018-2019")[0].ends == date(2019, 1, 18)
    with pytest.raises(UserError):
        plan("2018")


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2023, 7, 31), False),
        (date(2023, 8, 1), True),
        (date(2024, 9, 4), True),
        (date(2024, 9, 5), False),
    ],
)
def test_days_of_a_year(day: date, inside: bool) -> None:
    assert belongs(day, YEAR) is inside


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2023, 10, 31), None),
        (date(2023, 11, 1), Status.ARRIVED_1),
        (date(2024, 1, 18), Status.ARRIVED_1),
        (date(2024, 1, 19), Status.ARRIVED_2),
        (date(2024, 5, 31), Status.ARRIVED_2),
        (date(2024, 6, 1), None),
        (date(2021, 12, 1), None),
    ],
)
def test_the_term_of_an_arrival(day: date, status: Status | None) -> None:
    assert arrived_in(day, YEAR) is status


def test_windows_of_arrival_leave_no_gap() -> None:
    windows = [
        arrival_window(status, YEAR) for status in (Status.ARRIVED_SUMMER, Status.ARRIVED_1, Status.ARRIVED_2)
    ]
    assert windows == [
        (date(2023, 5, 17), date(2023, 9, 19)),
        (date(2023, 8, 1), date(2024, 2, 1)),
        (date(2024, 1, 4), date(2024, 6, 14)),
    ]
    assert arrival_window(Status.STUDYING, YEAR) is None
    assert calendar.frame_of(YEAR).school_days == 175
