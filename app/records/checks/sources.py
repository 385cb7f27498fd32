"""What a rule rests on, in Vietnamese: read out of the rule's `source`, which names it in a fixed form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_YEARS: Final = {"27": "27/2020", "32": "32/2018", "15": "15/2025"}
_DOMAIN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "1": "Lộ trình áp dụng Thông tư 27/2020",
        "1.1": "Khung kế hoạch năm học",
        "1.3": "Cách kiểm tra định kì trong thực tế",
        "3.1": "Thông tư 32/2018, môn học từng khối",
        "3.3": "Năng lực đặc thù các hệ thống dùng ở từng khối",
        "4.1": "Quy trình học bạ số",
        "4.3": "Thứ tự ký học bạ số",
        "4.5": "Mã học sinh của CSDL ngành",
        "5.1": "Quyết định 4998/QĐ-BGDĐT, dữ liệu học sinh",
        "5.2": "Danh mục trạng thái của CSDL ngành",
        "5.3": "Cấu tạo số định danh cá nhân",
        "5.4": "Cách viết họ tên và tuổi học từng khối",
        "6.5": "Bảng mã TCVN3 và VNI",
    }
)
"""Section of the domain's description → what it is about."""

_PARTS: Final = re.compile(
    r"Circular (?P<circular>\d+)(?:/(?P<year>\d{4}))?"
    r"(?:, (?:articles? (?P<article>\d+(?:\.\d+[a-zđ]?)?(?: and \d+)?)"
    r"|(?P<form>form)(?P<guidance> guidance)?))?"
    r"|Decree (?P<decree>\d+/\d{4}), article (?P<of_decree>\d+)"
    r"|Decision (?P<decision>\d+/QĐ-BGDĐT)"
    r"|domain (?P<domain>\d+(?:\.\d+)?)"
    r"|(?P<who>WHO growth reference 2007)"
    r"|(?P<practice>practice)"
)


def basis(source: str) -> str:
    """Circulars, articles and practice that `source` names, such as "Thông tư 27/2020, Điều 7.1a"."""
    return "; ".join(dict.fromkeys(_in_words(found) for found in _PARTS.finditer(source)))


def outline(message: str) -> str:
    """A rule's sentence with an ellipsis for each of its facts: "Em … chưa có giới tính." """
    return re.sub(r"\{\w+\}\.?", "…", message)


def is_sound(source: str) -> bool:
    """True when a source begins with what the rule rests on, and every section it names is known."""
    named = [found["domain"] for found in _PARTS.finditer(source) if found["domain"]]
    return _PARTS.match(source) is not None and set(named) <= set(_DOMAIN)


def _in_words(found: re.Match[str]) -> str:
    if found["circular"]:
        number = found["circular"]
        name = f"{number}/{found['year']}" if found["year"] else _YEARS.get(number, number)
        return f"Thông tư {name}{_place(found)}"
    if found["decree"]:
        return f"Nghị định {found['decree']}, Điều {found['of_decree']}"
    if found["decision"]:
        return f"Quyết định {found['decision']}"
    if found["domain"]:
        return _DOMAIN.get(found["domain"], "")
    return "Chuẩn tăng trưởng WHO 2007" if found["who"] else "Thực tế ở trường"


def _place(found: re.Match[str]) -> str:
    if found["article"]:
        return f", Điều {found['article'].replace(' and ', ' và ')}"
    if found["guidance"]:
        return ", hướng dẫn ghi học bạ"
    return ", mẫu học bạ" if found["form"] else ""
