"""Values as people type them, and the sentence for each that is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.messages import SENTENCES, text
from app.records import typed
from app.records.types import Level, Regime, Sex, Status, TraitLevel, YearClass


@pytest.mark.parametrize(
    ("read", "given", "meant"),
    [
        (typed.level, "t", Level.T),
        (typed.level, "Chưa hoàn thành", Level.C),
        (typed.level, "HTT", Level.T),
        (typed.trait_level, "D", TraitLevel.D),
        (typed.trait_level, "đ", TraitLevel.D),
        (typed.trait_level, "\u00d0", TraitLevel.D),
        (typed.trait_level, "CCG", TraitLevel.C),
        (typed.score, " 10 ", 10),
        (typed.score, "0", 0),
        (typed.day, "25/09/2014", date(2014, 9, 25)),
        (typed.day, "5/9/2014", date(2014, 9, 5)),
        (typed.day, "2014-09-25", date(2014, 9, 25)),
        (typed.sex, "nữ", Sex.FEMALE),
        (typed.personal_id, "094 214 000001", "094214000001"),
        (typed.name, "  Thạch  Thị\u00d0ào ", "Thạch ThịĐào"),
        (typed.name, "Nguye\u0302\u0303n", "Nguyễn"),
        (typed.words, "Ấp 3, xã  Mỹ Tú", "Ấp 3, xã Mỹ Tú"),
        (typed.flag, "Có", True),
        (typed.flag, "0", False),
        (typed.days, "12", 12),
        (typed.measure, "128,5", 128.5),
        (typed.awards, "Giải Nhì; ;Giải Ba ", ("Giải Nhì", "Giải Ba")),
        (typed.year_class, "chưa hoàn thành", YearClass.CHT),
        (typed.regime, "flexible", Regime.FLEXIBLE),
        (typed.status, "08", Status.LEFT_2),
        (typed.status, "Chuyển đi học kỳ I", Status.LEFT_1),
    ],
)
def test_what_a_text_means(read: Callable[[str], object], given: str, meant: object) -> None:
    assert read(given) == meant


@pytest.mark.parametrize(
    ("read", "given", "code"),
    [
        (typed.level, "Đ", typed.LEVEL),
        (typed.level, "7", typed.LEVEL),
        (typed.trait_level, "H", typed.TRAIT_LEVEL),
        (typed.score, "8,5", typed.DECIMAL),
        (typed.score, "8.0", typed.DECIMAL),
        (typed.score, "11", typed.SCORE),
        (typed.score, "-1", typed.SCORE),
        (typed.score, "1_0", typed.SCORE),
        (typed.score, "٣", typed.SCORE),
        (typed.day, "31/02/2014", typed.DAY),
        (typed.day, "09/25/2014", typed.DAY),
        (typed.day, "01/01/1899", typed.DAY),
        (typed.day, "25/9", typed.DAY),
        (typed.sex, "1", typed.SEX),
        (typed.personal_id, "94214000001", typed.PERSONAL_ID),
        (typed.personal_id, "09421400000x", typed.PERSONAL_ID),
        (typed.name, "Thạch Thị 2", typed.NAME),
        (typed.flag, "có lẽ", typed.ANY),
        (typed.days, "367", typed.ANY),
        (typed.days, "-1", typed.ANY),
        (typed.measure, "nan", typed.ANY),
        (typed.measure, "0", typed.ANY),
        (typed.measure, "300", typed.ANY),
        (typed.year_class, "giỏi", typed.ANY),
        (typed.regime, "đặc biệt", typed.ANY),
        (typed.status, "13", typed.ANY),
    ],
)
def test_what_is_no_value(read: Callable[[str], object], given: str, code: str) -> None:
    with pytest.raises(typed.Unreadable) as caught:
        read(given)
    assert caught.value.code == code


@pytest.mark.parametrize("code", typed.REASONS)
def test_each_reason_has_a_sentence_that_names_value_and_pupil(code: str) -> None:
    assert code in SENTENCES
    told = text(code, {"value": "8,5", "field": "điểm KTĐK Toán", "name": "Sơn Thị Ly"})
    assert "8,5" in told
    assert "Sơn Thị Ly" in told
