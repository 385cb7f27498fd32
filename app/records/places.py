"""Names of the school and its places: by date of validity, and as the form and date lines write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.records.types import School

Named = tuple[date | None, School]
"""The first day of validity, None for the beginning, and the school as it is named from then on."""

COMMUNE_KINDS: Final = ("Xã", "Phường", "Thị trấn", "Đặc khu")
DISTRICT_KINDS: Final = ("Huyện", "Thành phố", "Quận", "Thị xã", "TP.")
PROVINCE_KINDS: Final = ("Tỉnh", "Thành phố", "TP.")


def named_on(names: Sequence[Named], day: date) -> School:
    """The school as it is named on `day`; `names` are in order, the first has no day."""
    return [school for first, school in names if first is None or first <= day][-1]


def without_prefix(name: str, kinds: Sequence[str]) -> str:
    """A place without the kind that its label already says: "Xã Thuận Hưng" gives "Thuận Hưng".

    A number keeps its kind: "Quận 1", "Phường 3".
    """
    for kind in kinds:
        rest = name[len(kind) :].strip()
        if name.casefold().startswith(kind.casefold() + " ") and not rest[:1].isdigit():
            return rest
    return name


def date_line_place(school: School) -> str:
    """Địa danh of a date line: the commune's own name (Decree 30/2020, appendix I)."""
    return without_prefix(school.commune, COMMUNE_KINDS)
