"""Rules about careless typing in comments: spaces, marks, encodings, templates that were not filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase
from typing import Final

from app.records.checks.base import WARNING, Hit, RuleBook, Scope, hit
from app.records.checks.comment_text import Reading, comments, quote, readings
from app.records.checks.comment_words import PLACEHOLDER_WORDS, PLACEHOLDERS
from app.records.checks.views import PupilView
from app.records.names import legacy_letters, nfc
from app.records.programme import field_name

book = RuleBook()
RESULTS = Scope.RESULTS

_CARELESS_SPACES: Final = re.compile(r"\s{2,}|^\s|\s$|\s(?!\.{3}|\?{3})[,.;:!?]")


@book.pupil(
    "comment.spaces",
    WARNING,
    "practice: careless typing",
    "Nhận xét {field} của em {name} thừa dấu cách: {quoted} ({period}). Xoá dấu cách thừa.",
    scope=RESULTS,
)
def comment_spaces(view: PupilView) -> Iterator[Hit]:
    for code, text in comments(view):
        found = _CARELESS_SPACES.search(text) if text.strip() else None
        if found:
            yield hit(code, field=field_name(code), quoted=quote(nfc(text), _around(text, found)))


@book.pupil(
    "comment.not_nfc",
    WARNING,
    "domain 5.4: text is stored in NFC",
    "Nhận xét {field} của em {name} viết bằng Unicode tổ hợp: {quoted} ({period}). Gõ lại nhận xét.",
    scope=RESULTS,
)
def comment_not_nfc(view: PupilView) -> Iterator[Hit]:
    for code, text in comments(view):
        if text != nfc(text):
            yield hit(code, field=field_name(code), quoted=quote(nfc(text)))


@book.pupil(
    "comment.legacy",
    WARNING,
    "domain 6.5: TCVN3 and VNI text",
    "Nhận xét {field} của em {name} có chữ của bảng mã cũ ({found}): {quoted} ({period}). "
    "Gõ lại bằng Unicode.",
    scope=RESULTS,
)
def comment_legacy(view: PupilView) -> Iterator[Hit]:
    for code, text in comments(view):
        if found := legacy_letters(nfc(text)):
            yield hit(code, field=field_name(code), found=" ".join(found), quoted=quote(nfc(text)))


_ENDS: Final = ".!?…"
_CLOSING: Final = "\"'”’»)]}"


@book.pupil(
    "comment.full_stop",
    WARNING,
    "practice: careless typing",
    "Nhận xét {field} của em {name} thiếu dấu chấm ở cuối: {quoted} ({period}). Thêm dấu chấm.",
    scope=RESULTS,
)
def comment_full_stop(view: PupilView) -> Iterator[Hit]:
    for code, reading in readings(view):
        if reading.text.rstrip().rstrip(_CLOSING).rstrip()[-1:] not in _ENDS:
            yield hit(code, field=field_name(code), quoted=quote(reading.text))


@book.pupil(
    "comment.capital",
    WARNING,
    "practice: careless typing",
    "Nhận xét {field} của em {name} không viết hoa đầu câu: {quoted} ({period}). Viết hoa chữ đầu.",
    scope=RESULTS,
)
def comment_capital(view: PupilView) -> Iterator[Hit]:
    for code, reading in readings(view):
        if reading.text.lstrip()[0].islower():
            yield hit(code, field=field_name(code), quoted=quote(reading.text))


_TIGHT: Final = re.compile(r"[.,;:!?](?!\s|$)")
"""A mark with no blank behind it; quick to look for."""
_CARELESS_MARKS: Final = re.compile(
    r"""(?<!\.)\.\.(?!\.)  # two full stops, not an ellipsis
    | [,;:]{2,} | [,;:](?!\.\.\.)[.!?] | (?<![.v])\.[,;:] | [!?][.,;:]  # marks piled up
    | [^\W\d_][,;!?][^\W\d_] | [a-zà-ỹ]\.[^\W\d_]{2}  # no blank behind
    """,
    re.VERBOSE,
)


@book.pupil(
    "comment.punctuation",
    WARNING,
    "practice: careless typing",
    "Nhận xét {field} của em {name} có dấu câu sai ở chỗ “{found}”: {quoted} ({period}). Sửa dấu câu.",
    scope=RESULTS,
)
def comment_punctuation(view: PupilView) -> Iterator[Hit]:
    """Doubled or piled up marks, and no blank after one; an ellipsis and "8,5" are fine."""
    for code, reading in readings(view):
        found = _CARELESS_MARKS.search(reading.text) if _TIGHT.search(reading.text) else None
        if found:
            quoted = quote(reading.text, _around(reading.text, found))
            yield hit(code, field=field_name(code), found=found[0], quoted=quoted)


_PLACEHOLDER: Final = re.compile("|".join(PLACEHOLDERS))
_SIGNS: Final = frozenset("#(<?[_{…")
_PLACEHOLDING: Final = PLACEHOLDER_WORDS | frozenset(ascii_lowercase)
"""Words of every placeholder without a sign; a letter on its own stands in “Nguyễn Văn A”."""


@book.pupil(
    "comment.placeholder",
    WARNING,
    "practice: comments made from a template",
    "Nhận xét {field} của em {name} còn chỗ trống của bản mẫu “{found}”: {quoted} ({period}). "
    "Điền nội dung hoặc xoá chỗ trống.",
    scope=RESULTS,
)
def comment_placeholder(view: PupilView) -> Iterator[Hit]:
    for code, reading in readings(view):
        found = _PLACEHOLDER.search(reading.text) if _may_hold_place(reading) else None
        if found:
            quoted = quote(reading.text, _around(reading.text, found))
            yield hit(code, field=field_name(code), found=found[0].strip(), quoted=quoted)


def _may_hold_place(reading: Reading) -> bool:
    """False, quickly, for most comments."""
    text = reading.text
    signed = not _SIGNS.isdisjoint(text) or "..." in text
    return signed or not _PLACEHOLDING.isdisjoint(reading.words)


def _around(text: str, found: re.Match[str]) -> str:
    """The place found with a few characters on both sides, so that a quotation can be cut round it."""
    return text[max(0, found.start() - 4) : found.end() + 4].casefold()
