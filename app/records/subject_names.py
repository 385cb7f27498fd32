"""Recognising subjects and traits by the many names that workbooks give them (domain 3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.records.names import match_key
from app.records.programme import SUBJECT_NAMES, TRAIT_NAMES

SUBJECT_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "TV": ("TV", "T.Việt", "Tiếng Việt"),
    "TOAN": ("Toán", "Toán học"),
    "NN1": (
        *("NN1", "NN", "Ngoại ngữ", "Ng.ngữ", "Ngoại ngữ 1", "Ngoại ngữ 1 (Tiếng Anh)", "Tiếng Anh", "Anh"),
        *("T.Anh", "Anh văn", "Ngoại ngữ (Tiếng Anh)", "Tiếng Anh 1"),
    ),
    "LSDL": ("LSDL", "LS&ĐL", "LS/ĐL", "LS-ĐL", "Lịch sử & Địa lí", "Lịch sử Địa lí", "Sử Địa"),
    "KH": ("KH", "Khoa học"),
    "TIN": (
        *(
            "TIN",
            "Tin học",
            "TH",
            "TH-CN (Tin học)",
            "TH&CN (Tin học)",
            "THVCN(H",
            "Tin học & Công nghệ (Tin học)",
        ),
        *("TH và CN (Tin học)", "Tin học và Công nghệ - Tin học"),
    ),
    "CN": (
        *("CN", "C.nghệ", "Công nghệ", "TH-CN (Công nghệ)", "TH&CN (Công nghệ)", "THVCN(N"),
        *("Tin học & Công nghệ (Công nghệ)", "TH và CN (Công nghệ)", "Tin học và Công nghệ - Công nghệ"),
    ),
    "DD": ("DD", "Đ.đức", "Đạo đức"),
    "TNXH": ("TNXH", "TN-XH", "TN&XH", "TN và XH", "Tự nhiên xã hội", "Tự nhiên & Xã hội"),
    "GDTC": ("GDTC", "Thể dục", "Thể chất", "GD thể chất"),
    "AN": ("AN", "Nhạc", "Âm nhạc", "NT (Âm nhạc)", "Nghệ thuật - Âm nhạc"),
    "MT": ("MT", "Mĩ thuật", "NT (Mĩ thuật)", "Nghệ thuật - Mĩ thuật"),
    "HDTN": ("HDTN", "HĐTN", "HĐ trải nghiệm"),
    "TDT": (
        *(
            "TDT",
            "Tiếng dân tộc",
            "Tiếng dân tộc thiểu số",
            "Tiếng DT",
            "Tiếng DTTS",
            "Tiếng Khmer",
            "Tiếng Khơ-me",
        ),
        *(
            "Tiếng Hoa",
            "Tiếng Chăm",
            "Tiếng Mông",
            "Tiếng Ê-đê",
            "Tiếng Gia-rai",
            "Tiếng Ba-na",
            "Tiếng Thái",
        ),
    ),
}
"""Code → names in practice. i/y, case, diacritics, spaces and punctuation do not count."""

TRAIT_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "TCTH": ("TC-TH", "Tự chủ, tự học", "Tự chủ - Tự học"),
    "GTHT": ("GT-HT", "Giao tiếp, hợp tác", "Giao tiếp - Hợp tác"),
    "GQVD": (
        "GQVĐ",
        "GQVĐ và sáng tạo",
        "GQVĐ&ST",
        "GQVĐ-ST",
        "Giải quyết vấn đề, sáng tạo",
        "Giải quyết vấn đề",
    ),
}


def _index(names: Mapping[str, str], aliases: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    index = {match_key(name): code for code, name in names.items()}
    index |= {match_key(code): code for code in names}
    return index | {match_key(alias): code for code, group in aliases.items() for alias in group}


_SUBJECTS: Final = _index(SUBJECT_NAMES, SUBJECT_ALIASES)
_TRAITS: Final = _index(TRAIT_NAMES, TRAIT_ALIASES)


def subject_from_text(text: str) -> str | None:
    """The subject code of a heading or sheet name; None when unknown.

    "Khoa học", "Tin học", "Công nghệ" and "Thể chất" are competencies too: the caller decides by the
    group heading above. "Tin học và Công nghệ" alone names two rows and gives None.
    """
    key = match_key(text).lstrip("0123456789")
    return _SUBJECTS.get(key) or _SUBJECTS.get(key.removeprefix("mon"))


def trait_from_text(text: str) -> str | None:
    """The code of a quality or competency by its heading; None when unknown. See `subject_from_text`."""
    key = match_key(text).lstrip("0123456789")
    for prefix in ("", "nanglucdacthu", "nanglucchung", "nangluc", "phamchat"):
        if key.startswith(prefix) and (code := _TRAITS.get(key.removeprefix(prefix))):
            return code
    return None
