"""The code printed on a transcript's page: which transcript, which version, and which data it was made from.

Typed form: `HB1-` and seven groups of four characters. The first four groups hold the transcript's
identifier (64 bits), the last three the version (9 bits) and the first 40 bits of the data's SHA-256. The
last character of either part is its check character, a sum weighted by position modulo 23 as in ISBN-10: any
single wrong character and any swap of neighbours is found, and it is known in which part. The QR code holds
the same with the school's code in front. Neither says anything about the pupil (domain.md 4.7).

The 23 characters are the digits and the consonants that look like none of them. Without a vowel, a D or a W,
no Vietnamese keyboard (Telex, VNI) changes what a hand scanner or a clerk types.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from string import hexdigits
from types import MappingProxyType
from typing import Final

from app.errors import UserError

ALPHABET: Final = "0123456789CFHJKLMNPRTVX"
BASE: Final = len(ALPHABET)
"""23, a prime: every weight from 1 to 22 is invertible."""
TAG: Final = "HB1"
GROUP: Final = 4
LENGTH: Final = 28
IDENTIFIER_PART: Final = 16
"""Characters of the first part, its check character among them; 12 are left for the second."""
HANDLE_DIGITS: Final = 16
DATA_DIGITS: Final = 10
"""Hexadecimal digits."""
VERSIONS: Final = 512
PARTS: Final = ("bốn nhóm đầu", "ba nhóm cuối")

_DATA_BITS: Final = 4 * DATA_DIGITS
_VALUES: Final = {character: value for value, character in enumerate(ALPHABET)}
_MISREAD: Final = str.maketrans("OQIZSGB", "0012568")
"""Letters that never occur, read as the digit they are taken for."""
_SEPARATORS: Final = str.maketrans("", "", "-‐‑–—_ \t\r\n")
_TAGGED: Final = re.compile(r"HB\d[-. ]", re.IGNORECASE)


class CodeStatus(StrEnum):
    """What the store says of a page's code."""

    CURRENT = "current"
    REPLACED = "replaced"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    NOT_ISSUED_HERE = "not_issued_here"
    """The QR code names another school."""
    ALTERED = "altered"
    """Identifier and version are ours, the data are not."""


STATUS_TEXT: Final[Mapping[CodeStatus, str]] = MappingProxyType(
    {
        CodeStatus.CURRENT: "Hiện hành",
        CodeStatus.REPLACED: "Đã thay",
        CodeStatus.REVOKED: "Đã thu hồi",
        CodeStatus.UNKNOWN: "Không có trong kho",
        CodeStatus.NOT_ISSUED_HERE: "Của trường khác",
        CodeStatus.ALTERED: "Không khớp dữ liệu",
    }
)


@dataclass(frozen=True, slots=True)
class PageCode:
    """What a page says of itself.

    `handle`: 16 hexadecimal digits, see `handle_of`. `data`: the first 10 hexadecimal digits of the data's
    SHA-256. `school` is empty when the code was typed: only the QR code carries it.
    """

    handle: str
    version: int
    data: str
    school: str = ""

    @property
    def typed(self) -> str:
        """HB1-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX, as printed."""
        second = self.version << _DATA_BITS | int(self.data, 16)
        text = _part(int(self.handle, 16), IDENTIFIER_PART) + _part(second, LENGTH - IDENTIFIER_PART)
        return "-".join([TAG, *(text[start : start + GROUP] for start in range(0, LENGTH, GROUP))])

    @property
    def payload(self) -> str:
        """What the QR code holds: HB1.94000123.XXXX-XXXX-…"""
        return f"{TAG}.{self.school}.{self.typed.removeprefix(TAG + '-')}"


def page_code(*, school: str, transcript_id: str, version: int, data_sha256: str) -> PageCode:
    """The code of one version; `data_sha256` in hexadecimal. ValueError for a version outside 1 to 511."""
    if not 1 <= version < VERSIONS:
        raise ValueError(f"no page code for version {version}")
    return PageCode(handle_of(transcript_id), version, data_sha256[:DATA_DIGITS].lower(), school)


def handle_of(transcript_id: str) -> str:
    """The 64 bits that stand for an identifier: its own 16 hexadecimal digits, else those of its SHA-256."""
    if len(transcript_id) == HANDLE_DIGITS and set(transcript_id) <= set(hexdigits):
        return transcript_id.lower()
    return sha256(transcript_id.encode()).hexdigest()[:HANDLE_DIGITS]


def looks_like_code(text: str) -> bool:
    """True when `text` is meant as a page code, rightly written or not: it has the tag, or all characters."""
    if text.lower().endswith((".pdf", ".xml")):
        return False
    bare = _split(text)[1]
    return bool(_TAGGED.match(text.strip())) or (len(bare) == LENGTH and set(bare) <= set(ALPHABET))


def parse(text: str) -> PageCode:
    """The code that was typed or scanned: case, blanks and hyphens do not matter, the tag may be left out.

    UserError code.not_a_code, code.wrong_character, code.wrong_length, code.misread: each says where.
    """
    school, bare = _split(text)
    _demand_form(text, bare)
    first = _number(bare[:IDENTIFIER_PART], PARTS[0], 1 << 4 * HANDLE_DIGITS)
    second = _number(bare[IDENTIFIER_PART:], PARTS[1], VERSIONS << _DATA_BITS)
    version, data = divmod(second, 1 << _DATA_BITS)
    if version == 0:
        raise UserError("code.misread", part=PARTS[1])
    return PageCode(f"{first:0{HANDLE_DIGITS}x}", version, f"{data:0{DATA_DIGITS}x}", school)


def _split(text: str) -> tuple[str, str]:
    """The school's code, where there is one, and the bare characters of the code."""
    plain = unicodedata.normalize("NFKC", text).strip()
    school = ""
    if plain.upper().startswith(TAG):
        school, _, plain = plain[len(TAG) :].rpartition(".")
    return school.strip(". "), plain.upper().translate(_SEPARATORS).translate(_MISREAD)


def _demand_form(text: str, bare: str) -> None:
    if not looks_like_code(text) and len(bare) < LENGTH // 2:
        raise UserError("code.not_a_code")
    for place, character in enumerate(bare):
        if character not in _VALUES:
            raise UserError("code.wrong_character", character=character, group=place // GROUP + 1)
    if len(bare) != LENGTH:
        raise UserError("code.wrong_length", count=len(bare), length=LENGTH)


def _part(number: int, length: int) -> str:
    """`number` in `length` characters; the last is the check character."""
    values: list[int] = []
    for _ in range(length - 1):
        number, value = divmod(number, BASE)
        values.append(value)
    values.reverse()
    check = -_weighted(values) * pow(length, -1, BASE) % BASE
    return "".join(ALPHABET[value] for value in (*values, check))


def _number(text: str, part: str, limit: int) -> int:
    values = [_VALUES[character] for character in text]
    number = 0
    for value in values[:-1]:
        number = number * BASE + value
    if _weighted(values) % BASE or number >= limit:
        raise UserError("code.misread", part=part)
    return number


def _weighted(values: list[int]) -> int:
    return sum(place * value for place, value in enumerate(values, start=1))
