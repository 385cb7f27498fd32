"""Invented Vietnamese names, Kinh, Khmer and Hoa, as they are found together in the Mekong delta."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from app.records.types import Sex


@dataclass(frozen=True, slots=True)
class _People:
    families: tuple[str, ...]
    male: tuple[str, ...]
    female: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


_KINH: Final = _People(
    _words("Nguyễn, Trần, Lê, Phạm, Huỳnh, Võ, Đặng, Bùi, Hồ, Ngô, Dương, Lý, Phan, Trương, Đinh, Mai, Cao"),
    _words(
        "Gia Bảo, Minh Khang, Đức Anh, Hoàng Phúc, Tuấn Kiệt, Minh Trí, Quốc Thịnh, Hữu Nghĩa, Nhật Huy, "
        "Thiên Ân, Đăng Khoa, Trung Hiếu, Phước Lộc, Anh Dũng, Thanh Duy, Khánh Đăng, Quang Vinh, Chí Thành, "
        "Hải Đăng, Tấn Phát, Xuân Trường, Công Danh, Bảo Long, Việt Hoàng, Thế Vỹ, Ngọc Sơn, Trọng Nhân"
    ),
    _words(
        "Thị Kim Ngân, Ngọc Hân, Bảo Trân, Thị Mỹ Duyên, Thanh Trúc, Phương Thảo, Gia Hân, Khánh Linh, "
        "Thị Như Ý, Quỳnh Anh, Tường Vy, Cẩm Tú, Diễm My, Minh Thư, Yến Nhi, Bích Ngọc, Thùy Dương, "
        "Thị Kiều Oanh, Hồng Ánh, Trâm Anh, Nhã Uyên, Thị Ngọc Ái, Mai Phương, Hoàng Yến, Thảo Nguyên"
    ),
)
_KHMER: Final = _People(
    _words("Thạch, Sơn, Kim, Danh, Lâm, Châu, Trà, Liêu, Kiên, Đào, Hứa, Tăng"),
    _words(
        "Sà Rươl, Minh Đức, Sô Phi, Rít Thy, Hoàng Khang, Sóc Kha, Bun Thia, Chanh Đa, Thanh Sang, Đa Ra, "
        "Pha La, Ngọc Thành, Rây Mây, Vi Bol, Quốc Cường"
    ),
    _words(
        "Thị Sà Khên, Thị Sô Phia, Ngọc Hân, Thị Bích Ly, Thị Rô Sa, Thị Sa Rây, Chanh Thi, Thị Linh Đa, "
        "Thị Ma Ly, Thị Đa Vy, Sô Khum, Thị Thia Ri, Thị Kim Sane, Thị Liễu"
    ),
)
_HOA: Final = _People(
    _words("Trịnh, Quách, Lưu, Tạ, Vương, Ông, Lâm, Mã"),
    _words("Gia Huy, Chấn Phong, Vĩnh Khang, Tuấn Minh, Kiến Văn, Quốc Hào, Bửu Lâm"),
    _words("Mỹ Linh, Tú Quyên, Bội Sam, Giai Kỳ, Tuyết Nghi, Huệ Mẫn, Lệ Hoa"),
)
_GROUPS: Final = (("Kinh", _KINH, 60), ("Khmer", _KHMER, 34), ("Hoa", _HOA, 6))


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person."""

    name: str
    sex: Sex
    ethnicity: str


def person(random: Random, sex: Sex | None = None, ethnicity: str | None = None) -> Person:
    """An invented person; two calls may give the same name, as in life."""
    shares = [share for _, _, share in _GROUPS]
    group = random.choices(_GROUPS, shares)[0]
    if ethnicity is not None:
        group = next(item for item in _GROUPS if item[0] == ethnicity)
    chosen = sex or random.choice((Sex.MALE, Sex.FEMALE))
    given = random.choice(group[1].male if chosen is Sex.MALE else group[1].female)
    return Person(f"{random.choice(group[1].families)} {given}", chosen, group[0])


def relative(random: Random, of: str, sex: Sex, ethnicity: str) -> str:
    """A parent's name: a father shares the family name of `of`."""
    other = person(random, sex, ethnicity).name
    if sex is Sex.FEMALE:
        return other
    return " ".join((of.split()[0], *other.split()[1:]))
