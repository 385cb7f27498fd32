"""Rules about how a name is written (domain 5.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.records.checks.base import ERROR, WARNING, Hit, RuleBook, hit
from app.records.checks.views import PupilView
from app.records.names import legacy_letters, nfc

book = RuleBook()


@book.pupil(
    "name.missing",
    ERROR,
    "Circular 27, article 10: the transcript names the pupil",
    "Học sinh mã {code} ở lớp {class_name} chưa có họ tên. Nhập họ tên theo giấy khai sinh.",
)
def name_missing(view: PupilView) -> Iterator[Hit]:
    if not view.pupil.name.strip():
        yield hit("name", code=view.pupil.code or "(trống)")


@book.pupil(
    "name.characters",
    ERROR,
    "practice: typing errors in lists",
    "Họ tên “{name}” có kí tự không phải chữ: {found}. Sửa theo giấy khai sinh.",
)
def name_characters(view: PupilView) -> Iterator[Hit]:
    name = nfc(view.pupil.name)
    legacy = legacy_letters(name)
    odd = [
        char for char in name if not (char.isalpha() or char.isspace() or char in "'’-." or char in legacy)
    ]
    if odd:
        yield hit("name", found=" ".join(dict.fromkeys(odd)))


@book.pupil(
    "name.legacy",
    WARNING,
    "domain 6.5: TCVN3 and VNI text in old lists",
    "Họ tên “{name}” có chữ của bảng mã cũ: {found}. Gõ lại họ tên bằng Unicode.",
)
def name_legacy(view: PupilView) -> Iterator[Hit]:
    if found := legacy_letters(nfc(view.pupil.name)):
        yield hit("name", found=" ".join(found))


@book.pupil(
    "name.not_nfc",
    WARNING,
    "domain 5.4: text is stored in NFC",
    "Họ tên “{name}” viết bằng Unicode tổ hợp nên tìm và so khớp sẽ sai. Gõ lại họ tên.",
)
def name_not_nfc(view: PupilView) -> Iterator[Hit]:
    if view.pupil.name != nfc(view.pupil.name):
        yield hit("name")


@book.pupil(
    "name.spaces",
    WARNING,
    "practice: careless typing",
    "Họ tên “{name}” thừa dấu cách. Xoá dấu cách thừa.",
)
def name_spaces(view: PupilView) -> Iterator[Hit]:
    name = view.pupil.name
    if name.strip() and name != " ".join(name.split()):
        yield hit("name")


@book.pupil(
    "name.case",
    WARNING,
    "practice: names are written with capital initials",
    "Họ tên “{name}” viết hoa chưa đúng. Viết hoa chữ cái đầu mỗi tiếng.",
)
def name_case(view: PupilView) -> Iterator[Hit]:
    name = nfc(view.pupil.name)
    parts = [part for part in re.split(r"[\s'’.-]+", name) if part.isalpha()]
    if not legacy_letters(name) and any(part != part[0].upper() + part[1:].lower() for part in parts):
        yield hit("name")
