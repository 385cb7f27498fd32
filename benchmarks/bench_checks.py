"""Every rule over every class of the school, with comments measured; and the costliest rule at its worst."""

from __future__ import annotations

from app.records import checks
from app.records.checks import CheckSettings
from app.records.similarity import clusters
from app.records.types import Period
from app.transcript.pdf import fits_smallest
from benchmarks.material import school
from benchmarks.timing import Row, medians

CLASSES, PUPILS, FIELDS = 27, 31, 28
_COPIED = "Em {0} đọc to, rõ ràng; viết chữ đều nét, trình bày bài sạch đẹp {1}."


def rows() -> list[Row]:
    """27 classes that are already loaded; loading is the store's time."""
    classes = school().classes
    settings = CheckSettings(measure=fits_smallest)
    copied = [_COPIED.format(number, number % 7) for number in range(PUPILS)]
    every, alike = medians(
        [
            lambda: checks.run_all(classes, Period.CN, settings),
            lambda: [clusters(copied, percent=90) for _ in range(CLASSES * FIELDS)],
        ],
        rounds=5,
    )
    return [
        Row(f"all checks, {len(classes)} classes", every, 1.0),
        Row(f"likeness of {CLASSES * PUPILS * FIELDS} copied comments", alike, 3.0),
    ]
