"""What two frozen records say differently: item by item, with the words that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Final

from app.records.codes import REGIME_TEXT, STATUS_TEXT, YEAR_CLASS_TEXT
from app.records.findings import FIELD_TEXT
from app.records.programme import field_name
from app.records.types import (
    FormOptions,
    Regime,
    School,
    Signatory,
    Status,
    SubjectOrder,
    SubjectResult,
    Supplementary,
    TraitResult,
    TranscriptData,
    Untaught,
    YearClass,
)

_CELLS: Final = {"level": "mức", "score": "điểm KTĐK", "first_score": "điểm lần đầu", "comment": "nhận xét"}
_SCHOOL: Final = {
    "code": "Mã trường",
    "name": "Tên trường",
    "commune": "Xã, phường, đặc khu",
    "district": "Huyện",
    "province": "Tỉnh, thành phố",
    "body": "Cơ quan chủ quản",
}
_FORM: Final = {
    "untaught": "Dòng của môn không học",
    "order": "Thứ tự các môn",
    "guidance": "Trang hướng dẫn ghi học bạ",
    "foreign_language": "Tên của Ngoại ngữ 1",
    "minority_language": "Tên của Tiếng dân tộc",
}
_WORDS: Final[Mapping[object, str]] = MappingProxyType(
    {
        **{regime: REGIME_TEXT[regime] for regime in Regime},
        **{status: STATUS_TEXT[status] for status in Status},
        **{kind: YEAR_CLASS_TEXT[kind] for kind in YearClass},
        Untaught.DROPPED: "bỏ dòng",
        Untaught.STRUCK: "gạch chéo",
        SubjectOrder.STANDARD: "như mẫu in",
        SubjectOrder.ARTS_FIRST: "Nghệ thuật trước Giáo dục thể chất",
    }
)
_Item = tuple[str, str]
"""Label and text."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text; `changed`: the other text does not have it there."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One item that two versions say differently; an empty side says nothing."""

    label: str
    before: tuple[Span, ...]
    after: tuple[Span, ...]


def differences(before: TranscriptData, after: TranscriptData) -> tuple[Difference, ...]:
    """Every item that differs, in the order of the form.

    Number, identifier and time of a version do not count.
    """
    old, new = dict(_items(before)), dict(_items(after))
    labels = dict.fromkeys((*new, *old))
    return tuple(
        Difference(label, *spans(old.get(label, ""), new.get(label, "")))
        for label in labels
        if old.get(label, "") != new.get(label, "")
    )


def spans(before: str, after: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Two texts cut into pieces that are the same and pieces that changed, word by word."""
    old, new = (re.findall(r"\s*\S+", text) for text in (before, after))
    left: list[Span] = []
    right: list[Span] = []
    for tag, *(a, b, c, d) in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for made, words in ((left, old[a:b]), (right, new[c:d])):
            if words:
                made.append(Span("".join(words), tag != "equal"))
    return tuple(left), tuple(right)


def _items(data: TranscriptData) -> Iterator[_Item]:
    yield "Năm học", data.year
    yield from _named(data.school, {item.name: _SCHOOL[item.name] for item in fields(School)})
    yield "Địa danh", data.place
    yield from _fields(data.pupil)
    yield from _fields(data.enrolment)
    for row in data.history:
        words = (row.class_name, row.school, row.register_number, _text(row.date))
        yield f"Quá trình học tập {row.year}", " · ".join(filter(None, words))
    yield "Các môn in trên học bạ", ", ".join(field_name(code) for code in data.subjects)
    yield from _cells(data.results.subjects, data.subjects, "")
    yield "Các phẩm chất, năng lực in trên học bạ", ", ".join(field_name(code) for code in data.traits)
    yield from _cells(data.results.traits, data.traits, "")
    for code, comment in data.results.group_comments.items():
        yield f"{field_name(code)}: nhận xét", comment
    yield from _fields(data.outcome)
    if data.supplementary is not None:
        yield from _again(data.supplementary)
    for label, signatory in (("Giáo viên chủ nhiệm", data.teacher), ("Lãnh đạo ký", data.leader)):
        yield label, _signatory(signatory)
    yield from _named(data.form, {item.name: _FORM[item.name] for item in fields(FormOptions)})


def _fields(value: object) -> Iterator[_Item]:
    """Every field of a record, under the name that people know it by."""
    known: Mapping[str, str] = {name: words[:1].upper() + words[1:] for name, words in FIELD_TEXT.items()}
    names: Mapping[str, str] = {"class_name": "Lớp", "grade": "Khối", **known}
    yield from _named(value, names)


def _named(value: object, names: Mapping[str, str]) -> Iterator[_Item]:
    for item in fields(value):  # type: ignore[arg-type]
        yield names[item.name], _text(getattr(value, item.name))


def _cells(
    results: Mapping[str, SubjectResult] | Mapping[str, TraitResult], order: Sequence[str], ahead: str
) -> Iterator[_Item]:
    for code in dict.fromkeys((*order, *results)):
        if code in results:
            for item in fields(results[code]):
                words = _text(getattr(results[code], item.name))
                yield f"{ahead}{field_name(code)}: {_CELLS[item.name]}", words


def _again(again: Supplementary) -> Iterator[_Item]:
    yield "Ngày đánh giá bổ sung", _text(again.assessed_on)
    for results in (again.subjects, again.traits):
        yield from _cells(results, (), "Đánh giá bổ sung, ")


def _signatory(value: Signatory) -> str:
    return ", ".join(filter(None, (" / ".join(value.title), value.name)))


def _text(value: object) -> str:
    """A value as people read it; empty for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    if isinstance(value, tuple):
        return "; ".join(value)
    return _WORDS.get(value, str(value))
