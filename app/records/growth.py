"""Heights and weights that a pupil of some age can have: outside them the number is a typing error."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

Limits = tuple[float, float]

HEIGHT_CM: Final[Mapping[int, Limits]] = MappingProxyType(
    {
        5: (90, 131),
        6: (94, 138),
        7: (98, 145),
        8: (103, 151),
        9: (108, 158),
        10: (112, 165),
        11: (116, 172),
        12: (120, 179),
        13: (126, 187),
        14: (132, 193),
    }
)
"""Age by the way schools count → lowest and highest height.

WHO growth reference 5-19 years (2007), height for age: from four standard deviations below the median of
the shorter sex on the birthday to three above that of the taller one a year later, rounded outward.
Vietnamese pupils are on average shorter than the reference, so the lower side is the wider one.
"""

WEIGHT_KG: Final[Mapping[int, Limits]] = MappingProxyType(
    {
        5: (10, 40),
        6: (11, 45),
        7: (12, 50),
        8: (13, 60),
        9: (15, 70),
        10: (17, 80),
        11: (18, 90),
        12: (20, 95),
        13: (22, 105),
        14: (25, 115),
    }
)
"""Age → lowest and highest weight.

WHO growth reference (2007), weight for age to ten years, body mass index for age after: four standard
deviations to either side, rounded outward.
"""


def plausible(value: float, ages: Collection[int], table: Mapping[int, Limits]) -> bool:
    """True when a pupil of any of `ages` can measure this much; ages outside the table count as its ends."""
    youngest, oldest = min(table), max(table)
    rows = [table[min(max(age, youngest), oldest)] for age in ages]
    return min(low for low, _ in rows) <= value <= max(high for _, high in rows)
