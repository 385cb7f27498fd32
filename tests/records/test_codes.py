"""Words of other systems and our codes, both ways."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records import codes
from app.records.codes import ETHNICITIES
from app.records.programme import SUBJECT_NAMES, TRAIT_NAMES
from app.records.types import Level, Period, Regime, Sex, Status, TraitLevel, YearClass


@pytest.mark.parametrize(
    ("text", "level"),
    [
        *(
            ("T", Level.T),
            ("h", Level.H),
            (" C ", Level.C),
            ("HTT", Level.T),
            ("ht", Level.H),
            ("CHT", Level.C),
        ),
        *(("Hoàn thành tốt", Level.T), ("HOÀN THÀNH", Level.H), ("chưa  hoàn thành", Level.C)),
        *(("Đ", None), ("D", None), ("Tốt", None), ("Miễn", None), ("M", None), ("X", None), ("-", None)),
        *(("", None), ("9", None), ("TT", None), ("CCG", None), ("HTXS", None)),
    ],
)
def test_levels_of_subjects(text: str, level: Level | None) -> None:
    assert codes.parse_level(text) is level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        *(("T", TraitLevel.T), ("Đ", TraitLevel.D), ("đ", TraitLevel.D), ("D", TraitLevel.D)),
        *(("d", TraitLevel.D), ("\u00d0", TraitLevel.D), ("\u00f0", TraitLevel.D), ("C", TraitLevel.C)),
        *(("CCG", TraitLevel.C), ("Tốt", TraitLevel.T), ("ĐẠT", TraitLevel.D), ("Cần cố gắng", TraitLevel.C)),
        *(("H", None), ("HTT", None), ("x", None), ("", None), ("Hoàn thành tốt", None)),
    ],
)
def test_levels_of_traits(text: str, level: TraitLevel | None) -> None:
    assert codes.parse_trait_level(text) is level


@pytest.mark.parametrize(
    ("text", "year_class"),
    [
        *(("HTXS", YearClass.HTXS), ("htt", YearClass.HTT), ("HT", YearClass.HT), ("CHT", YearClass.CHT)),
        *(
            ("Hoàn thành xuất sắc", YearClass.HTXS),
            ("Chưa hoàn thành", YearClass.CHT),
            ("Giỏi", None),
            ("", None),
        ),
    ],
)
def test_year_classes(text: str, year_class: YearClass | None) -> None:
    assert codes.parse_year_class(text) is year_class


PERIODS = {
    Period.GK1: (
        "GK1",
        "gk1",
        "GKI",
        "GHK1",
        "GHKI",
        "Giữa kì 1",
        "Giữa kỳ I",
        "Giữa học kì I",
        "Giữa HK1",
        "Giữa HKI",
    ),
    Period.CK1: ("CK1", "CKI", "CHK1", "Cuối kì 1", "Cuối học kỳ I", "CUỐI HỌC KÌ I", "Cuối HK I"),
    Period.GK2: ("GK2", "GKII", "GHK2", "Giữa kì 2", "Giữa kì II", "Giữa học kì II", "Giữa HKII"),
    Period.CN: ("CN", "CK2", "CKII", "Cuối kì 2", "Cuối học kỳ II", "Cuối năm", "Cuối năm học", "Cả năm"),
}


@pytest.mark.parametrize(
    ("text", "period"), [(text, period) for period, group in PERIODS.items() for text in group]
)
def test_periods(text: str, period: Period) -> None:
    assert codes.parse_period(text) is period
    assert codes.parse_period(unicodedata.normalize("NFD", text)) is period


@pytest.mark.parametrize("text", ["", "HK1", "Học kì I", "Kì 1", "GK3", "CK", "2", "Giữa năm"])
def test_periods_that_are_not_clear(text: str) -> None:
    assert codes.parse_period(text) is None


def test_printed_periods_are_read_back() -> None:
    for period, text in codes.PERIOD_TEXT.items():
        assert codes.parse_period(text) is period


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Đang học", Status.STUDYING),
        ("Đang theo học", Status.STUDYING),
        ("Chuyển đến kì 1", Status.ARRIVED_1),
        ("chuyển đến học kỳ I", Status.ARRIVED_1),
        ("Chuyển đi HK II", Status.LEFT_2),
        ("Thôi học kỳ 2", Status.DROPPED_2),
        ("Nghỉ học xin học lại kỳ 1", Status.RETURNED_1),
        ("Chuyển đi trong hè", Status.LEFT_SUMMER),
        ("01", None),
        ("1", None),
        ("Bảo lưu", None),
        ("", None),
    ],
)
def test_statuses_are_read_by_their_words(text: str, status: Status | None) -> None:
    assert codes.status_from_text(text) is status


def test_every_status_text_is_read_back() -> None:
    assert set(codes.STATUS_TEXT) == set(Status)
    for status, text in codes.STATUS_TEXT.items():
        assert codes.status_from_text(text) is status
    for regime, text in codes.REGIME_TEXT.items():
        assert codes.parse_regime(text) is regime is codes.parse_regime(regime.value)
    assert codes.parse_regime("khác") is None
    assert set(codes.REGIME_TEXT) == set(Regime)


@pytest.mark.parametrize(
    ("text", "sex"),
    [("Nam", Sex.MALE), ("NỮ", Sex.FEMALE), (" nữ ", Sex.FEMALE), ("Nu", Sex.FEMALE)]
    + [(text, None) for text in ("1", "0", "02", "x", "", "Nám", "Nư")],
)
def test_sex_is_read_from_words_only(text: str, sex: Sex | None) -> None:
    assert codes.parse_sex(text) is sex


SUBJECTS = {
    "TV": "Tiếng việt|T.Việt|TV|Môn Tiếng Việt",
    "TOAN": "Toán học|Toán|TOÁN|1. Toán",
    "NN1": "Ngoại ngữ|Ng.ngữ|Tiếng Anh|Anh|Ngoại ngữ 1 (Tiếng Anh)",
    "LSDL": "Lịch sử và Địa lý|Lịch sử & Địa lí|LS&ĐL|LS/ĐL|Lịch sử\nvà Địa lí",
    "KH": "Khoa học",
    "TIN": "Tin|TH-CN (Tin học)|TH&CN (Tin học)|Tin học và Công nghệ (Tin học)|Tin học",
    "CN": "C.nghệ|TH-CN (Công nghệ)|Công nghệ|Tin học và Công nghệ (Công nghệ)",
    "DD": "Đ.đức|ĐẠO ĐỨC",
    "TNXH": "TN-XH|TN&XH|Tự nhiên xã hội|Tự nhiên và Xã hội",
    "GDTC": "Thể dục|Thể chất|Giáo dục thể chất",
    "AN": "Nhạc|NT (Âm nhạc)|Âm nhạc|Nghệ thuật (Âm nhạc)",
    "MT": "Mỹ thuật|Mĩ thuật|Nghệ thuật (Mỹ thuật)",
    "HDTN": "HĐTN|Hoạt động trải nghiệm",
    "TDT": "Tiếng Khmer|Tiếng DT|Tiếng dân tộc",
}


@pytest.mark.parametrize(
    ("text", "code"), [(text, code) for code, group in SUBJECTS.items() for text in group.split("|")]
)
def test_subjects_by_their_names(text: str, code: str) -> None:
    assert codes.subject_from_text(text) == code
    assert codes.subject_from_text(unicodedata.normalize("NFD", text.upper())) == code


@pytest.mark.parametrize(
    "text", ["", "Tin học và Công nghệ", "Nghệ thuật", "Ghi chú", "Họ tên", "Kĩ thuật", "12"]
)
def test_what_names_no_single_subject(text: str) -> None:
    assert codes.subject_from_text(text) is None


def test_printed_names_are_read_back() -> None:
    assert all(codes.subject_from_text(name) == code for code, name in SUBJECT_NAMES.items())
    assert all(codes.trait_from_text(name) == code for code, name in TRAIT_NAMES.items())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Khoa học", "NL_KH"),
        ("Thẩm mỹ", "NL_TM"),
        ("GQVĐ và sáng tạo", "GQVD"),
        ("Giải quyết vấn đề\nvà sáng tạo", "GQVD"),
        ("Tự chủ  và tự học", "TCTH"),
        ("Năng lực ngôn ngữ", "NL_NN"),
        ("Phẩm chất chăm chỉ", "CC"),
        ("Toán", None),
        ("", None),
    ],
)
def test_traits_by_their_names(text: str, code: str | None) -> None:
    assert codes.trait_from_text(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("Kinh", "01"), ("Khmer", "05"), ("Khơ-me", "05"), ("khờ me", "05"), ("Hoa", "04"), ("Hán", "04")),
        *(("H'Mông", "08"), ("Hmông", "08"), ("Êđê", "12"), ("Gia rai", "10"), ("Bahnar", "13")),
        *(("Dân tộc Tày", "02"), ("Bru - Vân Kiều", "23"), ("người nước ngoài", "55")),
        *(("05", None), ("", None), ("Khác", None)),
    ],
)
def test_ethnic_groups(text: str, code: str | None) -> None:
    assert codes.ethnicity_from_text(text) == code


def test_there_are_54_ethnic_groups_and_foreigners() -> None:
    assert list(ETHNICITIES) == [f"{number:02}" for number in range(1, 56)]
    assert all(codes.ethnicity_from_text(name) == code for code, name in ETHNICITIES.items())
    assert (ETHNICITIES["54"], ETHNICITIES["27"], ETHNICITIES["40"]) == ("Rơ-măm", "Gié-Triêng", "Phù Lá")


@given(st.text(max_size=30))
def test_no_text_breaks_a_parser(text: str) -> None:
    values = (
        *(codes.parse_level(text), codes.parse_trait_level(text), codes.parse_year_class(text)),
        *(codes.parse_period(text), codes.status_from_text(text), codes.parse_sex(text)),
        *(codes.subject_from_text(text), codes.trait_from_text(text), codes.ethnicity_from_text(text)),
    )
    assert all(value is None or isinstance(value, str) for value in values)
