"""Old Vietnamese encodings in workbooks: TCVN3 (ABC, fonts .Vn…) and VNI (fonts VNI-…) to Unicode.

Both put Vietnamese into Latin-1 code points and rely on the font. The font's name decides where it is known;
without it the characters must prove it, and a text that already holds Unicode Vietnamese is never touched.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from app.records.names import nfc


class Encoding(StrEnum):
    """Old encodings that are understood."""

    TCVN3 = "TCVN3"
    VNI = "VNI"


_TCVN3_TABLE: Final = (
    "B5à B6ả B7ã B8á B9ạ A8ă BBằ BCẳ BDẵ BEắ C6ặ A9â C7ầ C8ẩ C9ẫ CAấ CBậ A7Đ AEđ CCè CEẻ CFẽ D0é D1ẹ AAê "
    "D2ề D3ể D4ễ D5ế D6ệ D7ì D8ỉ DCĩ DDí DEị DFò E1ỏ E2õ E3ó E4ọ ABô E5ồ E6ổ E7ỗ E8ố E9ộ ACơ EAờ EBở ECỡ "
    "EDớ EEợ EFù F1ủ F2ũ F3ú F4ụ ADư F5ừ F6ử F7ữ F8ứ F9ự FAỳ FBỷ FCỹ FDý FEỵ A1Ă A2Â A3Ê A4Ô A5Ơ A6Ư"
)
_TCVN3: Final = {int(pair[:2], 16): pair[2:] for pair in _TCVN3_TABLE.split()}
_TELLING: Final = "".join(chr(point) for point in _TCVN3 if point < 0xC0)
"""Signs, not letters, in Latin-1: next to a letter they hardly occur in Unicode Vietnamese."""
_TCVN3_SIGNATURE: Final = re.compile(f"[A-Za-z][{_TELLING}]|[{_TELLING}][A-Za-z]")

_TONES: Final = {0xF8: "\u0300", 0xF9: "\u0301", 0xFB: "\u0309", 0xF5: "\u0303", 0xEF: "\u0323"}
_CIRCUMFLEX: Final = dict(zip((0xE2, 0xE0, 0xE1, 0xE5, 0xE3, 0xE4), "âầấẩẫậ", strict=True))
_BREVE: Final = dict(zip((0xEA, 0xE8, 0xE9, 0xFA, 0xFC, 0xEB), "ăằắẳẵặ", strict=True))
_VNI_SINGLE: Final = dict(
    zip((0xF4, 0xF6, 0xF1, 0xEC, 0xED, 0xE6, 0xF3, 0xF2, 0xEE), "ơưđìíỉĩịỵ", strict=True)
)
_VNI_SIGNATURE: Final = re.compile("[aeouyAEOUYôöÔÖ][øùûõïØÙÛÕÏ]|[aeoAEO][âåäÂÅÄ]|[aA][êëúüÊËÚÜ]|ñ|ö|Ö|Ñ")
_UNICODE_VIETNAMESE: Final = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9\u0300-\u0323]")
_FOREIGN: Final = re.compile("[^\u0000-\u00ff]")


def _lower_of(char: str) -> int:
    """Code point of a Latin-1 letter, capitals as their small letter (20h above)."""
    point = ord(char)
    return point + 0x20 if 0xC0 <= point <= 0xDE else point


def _marked(base: str, mark: str) -> str | None:
    """The letter that `base` becomes with a VNI mark, None when the two do not join."""
    point, small = _lower_of(mark), base.lower()
    if small in "aeo" and point in _CIRCUMFLEX:
        plain = (
            _CIRCUMFLEX[point].translate(str.maketrans("âầấẩẫậ", "êềếểễệ"))
            if small == "e"
            else _CIRCUMFLEX[point]
        )
        letter = plain.translate(str.maketrans("âầấẩẫậ", "ôồốổỗộ")) if small == "o" else plain
    elif small == "a" and point in _BREVE:
        letter = _BREVE[point]
    elif small in ("a", "e", "o", "u", "y", "ô", "ö") and point in _TONES:
        letter = nfc({"ô": "ơ", "ö": "ư"}.get(small, small) + _TONES[point])
    else:
        return None
    return letter.upper() if base.isupper() else letter


def decode_vni(text: str) -> str:
    """VNI text as Unicode: a base letter and the mark after it become one letter."""
    decoded: list[str] = []
    position = 0
    while position < len(text):
        char, mark = text[position], text[position + 1 : position + 2]
        joined = _marked(char, mark) if mark else None
        if joined is not None:
            decoded.append(joined)
            position += 2
            continue
        single = _VNI_SINGLE.get(_lower_of(char))
        decoded.append(char if single is None else single.upper() if char.isupper() else single)
        position += 1
    return nfc("".join(decoded))


def decode_tcvn3(text: str, *, capitals: bool = False) -> str:
    """TCVN3 text as Unicode; `capitals` for fonts whose name ends in "H", which draw capitals."""
    decoded = nfc(text.translate(_TCVN3))
    return decoded.upper() if capitals else decoded


def font_encoding(font: str) -> Encoding | None:
    """The encoding that a font's name tells, None for an ordinary font."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return Encoding.TCVN3
    return Encoding.VNI if name.startswith("vni") else None


def draws_capitals(font: str) -> bool:
    """Whether a TCVN3 font shows small letters as capitals (.VnTimeH)."""
    return font.strip().upper().endswith("H") and font_encoding(font) is Encoding.TCVN3


def is_unicode(text: str) -> bool:
    """Whether the text holds letters that neither old encoding can hold."""
    return _FOREIGN.search(text) is not None or _UNICODE_VIETNAMESE.search(text) is not None


def signature(text: str) -> Encoding | None:
    """The encoding whose unmistakable characters the text holds; None when it proves nothing."""
    if text.isascii() or is_unicode(text):
        return None
    if _TCVN3_SIGNATURE.search(text):
        return Encoding.TCVN3
    return Encoding.VNI if _VNI_SIGNATURE.search(text) else None


def decode(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """`text` as Unicode; text that is ASCII or Unicode already comes back unchanged."""
    if is_unicode(text):
        return text
    if encoding is Encoding.VNI:
        return decode_vni(text)
    return decode_tcvn3(text, capitals=capitals)


def restore_name_case(name: str) -> str:
    """A name decoded from TCVN3, which has no capitals with tones: the case is restored word by word.

    "ánh" → "Ánh", "NGUYễN" → "NGUYỄN"; a name whose plain letters are all capitals becomes all capitals.
    """
    plain = [char for char in name if char.isascii() and char.isalpha()]
    inner = [char for word in name.split() for char in word[1:] if char.isascii() and char.isalpha()]
    if inner and all(char.isupper() for char in plain):
        return name.upper()
    return " ".join(_word_case(word) for word in name.split())


def _word_case(word: str) -> str:
    inner = [char for char in word[1:] if char.isascii() and char.isalpha()]
    if inner and all(char.isupper() for char in inner):
        return word.upper()
    return word[:1].upper() + word[1:]
