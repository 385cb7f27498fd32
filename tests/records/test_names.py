"""Order, storing form and searching form of Vietnamese names."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records.names import (
    ALPHABET,
    TONE_MARKS,
    VIETNAMESE_LETTERS,
    legacy_letters,
    nfc,
    search_form,
    sort_key,
)

TONED = {
    "a": "aàảãáạ",
    "ă": "ăằẳẵắặ",
    "â": "âầẩẫấậ",
    "e": "eèẻẽéẹ",
    "ê": "êềểễếệ",
    "i": "iìỉĩíị",
    "o": "oòỏõóọ",
    "ô": "ôồổỗốộ",
    "ơ": "ơờởỡớợ",
    "u": "uùủũúụ",
    "ư": "ưừửữứự",
    "y": "yỳỷỹýỵ",
}
PLAIN = {"ă": "a", "â": "a", "ê": "e", "ô": "o", "ơ": "o", "ư": "u"}
ACCENTED = [c for vowel, tones in TONED.items() for c in tones if c not in "aeiouy"] + ["đ"]
BOTH_CASES = ACCENTED + [char.upper() for char in ACCENTED]


def test_there_are_134_accented_letters() -> None:
    assert len(set(BOTH_CASES)) == 134
    assert set(ACCENTED) <= VIETNAMESE_LETTERS


@pytest.mark.parametrize("letter", BOTH_CASES)
def test_every_accented_letter_is_found_by_its_plain_letter(letter: str) -> None:
    vowel = next((vowel for vowel, tones in TONED.items() if letter.lower() in tones), "d")
    assert search_form(letter) == PLAIN.get(vowel, vowel)
    assert search_form(unicodedata.normalize("NFD", letter)) == search_form(letter)
    assert nfc(unicodedata.normalize("NFD", letter)) == letter
    assert legacy_letters(f"B{letter}n") == ""


@pytest.mark.parametrize("letter", BOTH_CASES)
def test_every_letter_sorts_at_its_place(letter: str) -> None:
    small = letter.lower()
    base, tones = next((pair for pair in TONED.items() if small in pair[1]), ("đ", "đ"))
    letters, marks, *_ = sort_key(letter)
    assert letters == (ALPHABET.index(base),)
    assert marks == ((tones.index(small),) if tones.index(small) else ())
    assert sort_key(letter) == sort_key(unicodedata.normalize("NFD", letter))


@pytest.mark.parametrize("vowel", TONED)
def test_tones_follow_the_dictionary(vowel: str) -> None:
    ordered = [f"Lê {vowel}{mark}" for mark in TONE_MARKS]
    assert sorted(ordered[3:] + ordered[:3], key=sort_key) == ordered


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Lê Văn Dũng", "Lê Văn Duy"),
        ("Trần Ái", "Lê An"),
        ("Lê An", "Trần Án"),
        ("Lê Anh", "Lê Ánh"),
        ("Lê Ân", "Lê Bình"),
        ("Lê Ăn", "Lê Ân"),
        ("Lê Dương", "Lê Đạt"),
        ("Lê Hoa", "Lê Hòa"),
        ("Lê Hoà", "Lê Hóa"),
        ("Lê Hòa", "Lê Hoá"),
        ("Lê Tư", "Lê Ty"),
        ("Lê Ôn", "Lê Ơn"),
        ("Lê Thị An", "Lê Văn An"),
        ("Đỗ An", "Lê An"),
        ("Dỗ An", "Đô An"),
        ("Lê An", "Lê Thị An"),
        ("Hồ Thị Mỹ An", "Huỳnh Kim An"),
        ("Thạch Thị Sa Rây", "Thạch Sà Rươne"),
    ],
)
def test_order_of_two_names(first: str, second: str) -> None:
    assert sort_key(first) < sort_key(second)


def test_case_and_spaces_do_not_count() -> None:
    assert sort_key("LÊ  VĂN AN ") == sort_key("Lê Văn An")
    assert sort_key("  ") < sort_key("A")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Đặng  Thị Hồng Ngọc", "dang thi hong ngoc"),
        ("Ðức", "duc"),
        ("THẠCH THỊ SÀ RƯƠNE", "thach thi sa ruone"),
        ("H'Lan", "h'lan"),
        ("", ""),
    ],
)
def test_search_form(text: str, form: str) -> None:
    assert search_form(text) == form


@pytest.mark.parametrize(
    "text", ["Nguyeãn Vaên An", "NguyÔn V¨n An", "Ðỗ An", "TrÇn ThÞ Hoµ", "Toaùn", "lôùp"]
)
def test_legacy_letters_are_seen(text: str) -> None:
    assert legacy_letters(text)


@pytest.mark.parametrize(
    "text", ["Hoà Toàn Tuân Huê Thuý Hoè Uyên Nguyễn", "Sách «Toán» 20° – “tốt” ½", "Kpă H'Blŭ Êban", "Zí Fa"]
)
def test_unicode_text_is_not_called_legacy(text: str) -> None:
    assert legacy_letters(text) == ""


@given(st.text(alphabet="".join(BOTH_CASES) + "aeiouybcdghklmnpqrstvx '-", max_size=30))
def test_forms_are_stable(text: str) -> None:
    assert search_form(search_form(text)) == search_form(text)
    assert search_form(text.upper()) == search_form(text.lower()) == search_form(text)
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(text)


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_order_is_total_for_any_text(a: str, b: str, c: str) -> None:
    keys = [sort_key(name) for name in (a, b, c)]
    first, second, third = sorted(keys)
    assert first <= second <= third
    assert sorted([keys[2], keys[0], keys[1]]) == [first, second, third]
