"""The 12-digit number against sex, birth year and province; zeros that a spreadsheet dropped."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records.identity import PROVINCES, check_personal_id, restore_zeros
from app.records.types import Sex

BOY, GIRL = Sex.MALE, Sex.FEMALE
BIRTH = date(2014, 5, 6)


@pytest.mark.parametrize(
    ("number", "sex", "birth", "problems"),
    [
        ("094214000000", BOY, BIRTH, ()),
        ("094314123456", GIRL, BIRTH, ()),
        ("094099000001", BOY, date(1999, 1, 1), ()),
        ("094199000001", GIRL, date(1999, 1, 1), ()),
        ("094414000001", BOY, date(2114, 1, 1), ()),
        ("001214000000", BOY, BIRTH, ()),
        ("094314000000", BOY, BIRTH, ("sex",)),
        ("094214000000", GIRL, BIRTH, ("sex",)),
        ("094213000000", BOY, BIRTH, ("birth_year",)),
        ("094014000000", BOY, BIRTH, ("birth_year",)),
        ("094113000000", BOY, BIRTH, ("sex", "birth_year")),
        ("999214000000", BOY, BIRTH, ("province",)),
        ("003214000000", BOY, BIRTH, ("province",)),
        ("09421400000", BOY, BIRTH, ("format",)),
        ("0942140000000", BOY, BIRTH, ("format",)),
        ("09421400000A", BOY, BIRTH, ("format",)),
        ("09421400000٣", BOY, BIRTH, ("format",)),
        ("", BOY, BIRTH, ("format",)),
        ("094314000000", None, BIRTH, ()),
        ("094313000000", GIRL, None, ()),
        ("094213000000", None, None, ()),
    ],
)
def test_check(number: str, sex: Sex | None, birth: date | None, problems: tuple[str, ...]) -> None:
    assert check_personal_id(number, sex, birth) == problems


def test_there_are_63_provinces() -> None:
    assert len(PROVINCES) == 63
    assert PROVINCES["094"] == "Sóc Trăng"
    assert (PROVINCES["001"], PROVINCES["096"]) == ("Hà Nội", "Cà Mau")


@pytest.mark.parametrize(
    ("text", "sex", "birth", "restored"),
    [
        ("94214000000", BOY, BIRTH, "094214000000"),
        ("94214000000.0", BOY, BIRTH, "094214000000"),
        (" 94214000000 ", BOY, BIRTH, "094214000000"),
        ("1214000000", BOY, BIRTH, "001214000000"),
        ("94214000000", GIRL, BIRTH, None),
        ("94214000000", BOY, date(2015, 1, 1), None),
        ("94214000000", None, BIRTH, None),
        ("94214000000", BOY, None, None),
        ("3214000000", BOY, BIRTH, None),
        ("094214000000", BOY, BIRTH, None),
        ("214000000", BOY, BIRTH, None),
        ("9.4214E+10", BOY, BIRTH, None),
        ("", BOY, BIRTH, None),
    ],
)
def test_restore_zeros(text: str, sex: Sex | None, birth: date | None, restored: str | None) -> None:
    assert restore_zeros(text, sex, birth) == restored


numbers = st.builds(
    lambda province, birth, sex, tail: (
        f"{province}{2 * (birth.year // 100 - 19) + (sex is GIRL)}{birth.year % 100:02}{tail:06}",
        sex,
        birth,
    ),
    st.sampled_from(sorted(PROVINCES)),
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(Sex),
    st.integers(0, 999_999),
)


@given(numbers)
def test_a_number_built_by_the_rule_is_valid_and_survives_a_spreadsheet(
    number: tuple[str, Sex, date],
) -> None:
    text, sex, birth = number
    assert check_personal_id(text, sex, birth) == ()
    assert restore_zeros(str(int(text)), sex, birth) == text


@given(st.text(max_size=14), st.sampled_from(Sex), st.dates())
def test_what_is_restored_is_always_valid(text: str, sex: Sex, birth: date) -> None:
    restored = restore_zeros(text, sex, birth)
    assert restored is None or check_personal_id(restored, sex, birth) == ()
