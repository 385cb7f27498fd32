"""Names by date of validity, and how the form and date lines write places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.records import local
from app.records.places import date_line_place, named_on, without_prefix
from app.records.types import FormOptions, School, SubjectOrder, Untaught

OLD = School("1", "Trường Tiểu học Thuận Hưng C", "Xã Thuận Hưng", "Huyện Mỹ Tú", "Tỉnh Sóc Trăng")
NEW = replace(OLD, commune="Xã Mỹ Hương", district="", province="Thành phố Cần Thơ")
LATER = replace(NEW, name="Trường Tiểu học Mỹ Hương")
NAMES = ((None, OLD), (date(2025, 7, 1), NEW), (date(2026, 9, 1), LATER))


@pytest.mark.parametrize(
    ("day", "school"),
    [
        (date(2024, 5, 31), OLD),
        (date(2025, 6, 30), OLD),
        (date(2025, 7, 1), NEW),
        (date(2026, 8, 31), NEW),
        (date(2030, 1, 1), LATER),
    ],
)
def test_names_hold_from_their_day_on(day: date, school: School) -> None:
    assert named_on(NAMES, day) == school


@pytest.mark.parametrize(
    ("name", "kinds", "bare"),
    [
        ("Xã Thuận Hưng", ("Xã",), "Thuận Hưng"),
        ("Phường 3", ("Phường",), "Phường 3"),
        ("Xãbè", ("Xã",), "Xãbè"),
        ("Thuận Hưng", ("Xã",), "Thuận Hưng"),
    ],
)
def test_kinds_are_not_said_twice(name: str, kinds: tuple[str, ...], bare: str) -> None:
    assert without_prefix(name, kinds) == bare


def test_date_lines_name_the_commune() -> None:
    assert date_line_place(OLD) == "Thuận Hưng"
    assert date_line_place(replace(OLD, commune="Phường 1")) == "Phường 1"


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        (local.FORM_UNTAUGHT, "struck", "gạch"),
        (local.FORM_ORDER, "arts_first", "khác"),
        (local.FORM_GUIDANCE, "0", "không"),
        (local.FOREIGN_LANGUAGE, "Tiếng Anh", "Anh"),
        (local.MINORITY_LANGUAGE, "Tiếng Ê-đê", "Tiếng <Khmer>"),
        (local.MINORITY_LANGUAGE, "", "Tiếng " + "a" * 60),
        (local.NAMES_ON, "issue", "hôm nay"),
    ],
)
def test_settings_of_the_form(name: str, good: str, bad: str) -> None:
    assert local.FORM_SETTINGS[name](good)
    assert not local.FORM_SETTINGS[name](bad)


def test_what_the_settings_stand_for() -> None:
    assert local.form_options({}) == FormOptions(foreign_language="Tiếng Anh")
    chosen = {
        local.FORM_UNTAUGHT: "struck",
        local.FORM_ORDER: "arts_first",
        local.FORM_GUIDANCE: "0",
        local.FOREIGN_LANGUAGE: "Tiếng Pháp",
        local.MINORITY_LANGUAGE: "Tiếng Khmer",
    }
    assert local.form_options(chosen) == FormOptions(
        Untaught.STRUCK, SubjectOrder.ARTS_FIRST, False, "Tiếng Pháp", "Tiếng Khmer"
    )
