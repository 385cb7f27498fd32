"""The code on the page: nothing is lost, any single slip is found, people's ways of writing are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.messages import sentence
from app.records.page_code import (
    ALPHABET,
    PARTS,
    TAG,
    PageCode,
    handle_of,
    looks_like_code,
    page_code,
    parse,
)

HEX = "0123456789abcdef"
CODES = st.builds(
    PageCode,
    handle=st.text(HEX, min_size=16, max_size=16),
    version=st.integers(1, 511),
    data=st.text(HEX, min_size=10, max_size=10),
    school=st.sampled_from(("", "94722001", "HN-12345", "a1")),
)
CODE = page_code(
    school="94722001", transcript_id="0123456789abcdef", version=2, data_sha256="fedcba9876543210" * 4
)


def refusal(text: str) -> UserError | None:
    try:
        parse(text)
    except UserError as error:
        return error
    return None


@given(CODES)
def test_typed_and_scanned_give_it_back(code: PageCode) -> None:
    assert parse(code.payload) == code
    assert parse(code.typed) == PageCode(code.handle, code.version, code.data)
    assert looks_like_code(code.typed)
    assert looks_like_code(code.payload)


@given(CODES)
def test_every_wrong_character_is_found(code: PageCode) -> None:
    tag, groups = code.typed.split("-", 1)
    for place, right in enumerate(groups):
        if right == "-":
            continue
        for wrong in ALPHABET.replace(right, ""):
            error = refusal(f"{tag}-{groups[:place]}{wrong}{groups[place + 1 :]}")
            assert error is not None
            assert error.facts["part"] == PARTS[place >= 20]


@given(CODES)
def test_every_swap_within_a_part_and_between_neighbours_is_found(code: PageCode) -> None:
    plain = code.typed.removeprefix(TAG).replace("-", "")
    pairs = {(a, b) for part in (range(16), range(16, 28)) for a in part for b in part if a < b} | {(15, 16)}
    for a, b in pairs:
        if plain[a] != plain[b]:
            swapped = plain[:a] + plain[b] + plain[a + 1 : b] + plain[a] + plain[b + 1 :]
            assert refusal(swapped) is not None, (a, b)


@pytest.mark.parametrize(
    "text",
    [
        CODE.typed.lower(),
        f"  {CODE.typed}\r\n",
        CODE.typed.removeprefix("HB1-"),
        CODE.typed.replace("-", ""),
        CODE.typed.replace("-", " "),
        CODE.typed.replace("-", "–"),
        CODE.payload.lower(),
        CODE.typed.removeprefix("HB1-").replace("0", "O").replace("1", "I").replace("8", "B"),
    ],
)
def test_the_ways_people_write_it(text: str) -> None:
    found = parse(text)
    assert (found.handle, found.version, found.data) == (CODE.handle, CODE.version, CODE.data)
    assert looks_like_code(text)


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("", "code.not_a_code", "HB1"),
        ("Lê Văn Tám", "code.not_a_code", "HB1"),
        ("HB1-0123", "code.wrong_length", "đang có 4"),
        (CODE.typed[:-1], "code.wrong_length", "đang có 27"),
        (CODE.typed + "7", "code.wrong_length", "đang có 29"),
        (CODE.typed[:9] + "?" + CODE.typed[10:], "code.wrong_character", "nhóm 2"),
    ],
)
def test_what_is_not_right_is_said_with_its_place(text: str, code: str, told: str) -> None:
    error = refusal(text)
    assert error is not None
    assert error.code == code
    assert told in sentence(error)


def test_printed_form_and_payload() -> None:
    tag, *groups = CODE.typed.split("-")
    assert (tag, [len(group) for group in groups]) == ("HB1", [4] * 7)
    assert CODE.payload == f"HB1.94722001.{'-'.join(groups)}"
    assert set("".join(groups)) <= set(ALPHABET)


def test_no_vietnamese_keyboard_changes_it() -> None:
    """Telex and VNI act on vowels, on DD and D9, and on W."""
    assert not set(ALPHABET + TAG) & set("AEIOUYDW")


@pytest.mark.parametrize(
    "path", ["hoc-ba.pdf", "HB1-ban-in.pdf", "HB1-ban-in.XML", "kho", "94722001", "2023-2024"]
)
def test_files_are_no_codes(path: str) -> None:
    assert not looks_like_code(path)


def test_identifiers_of_any_form_have_a_handle() -> None:
    assert handle_of("0123456789ABCDEF") == "0123456789abcdef"
    assert handle_of("HB-94000123-2023-0000000001") != handle_of("HB-94000123-2023-0000000002")


@pytest.mark.parametrize("version", [0, 512])
def test_versions_that_no_code_holds(version: int) -> None:
    with pytest.raises(ValueError, match="version"):
        page_code(school="", transcript_id="a", version=version, data_sha256="0" * 64)


def test_numbers_beyond_the_fields_are_refused() -> None:
    """Right check characters over values that no page can hold."""
    tail = CODE.typed.replace("-", "")[-12:]
    assert all(refusal("X" * 15 + last + tail) for last in ALPHABET)
    zeros = PageCode("0" * 16, 1, "0" * 10).typed.removeprefix("HB1-").replace("-", "")[:16] + "0" * 12
    error = refusal(zeros)
    assert error is not None
    assert error.facts == {"part": PARTS[1]}
