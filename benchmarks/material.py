"""What the benchmarks work on: the demo's school of 847 pupils, generated once, nothing stored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Final

from app.demo.school import DemoSchool, make_school
from app.records.programme import out_of_scope_reason
from app.records.types import ClassYear, PupilYear, Signatory, TranscriptData
from app.workflows.freezing import Frame, freeze, new_transcript_id

PUPILS: Final = 847
VIETNAM: Final = timezone(timedelta(hours=7))
ISSUED_AT: Final = datetime(2024, 6, 3, 8, 0, tzinfo=VIETNAM)


@cache
def school() -> DemoSchool:
    """27 classes, 847 invented pupils, year 2023-2024."""
    return make_school(pupils=PUPILS)


def transcripts() -> Iterator[TranscriptData]:
    """The frozen data of every pupil whose grade is in scope (grades 1 to 4)."""
    made = school()
    leader = Signatory(("KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"), made.vice_principal.name)
    frame = Frame(((None, made.school),), leader, ISSUED_AT)
    for klass in made.classes:
        if out_of_scope_reason(klass.year, klass.grade) is None:
            for entry in klass.pupils:
                yield _frozen(frame, klass, entry)


def _frozen(frame: Frame, klass: ClassYear, entry: PupilYear) -> TranscriptData:
    number = new_transcript_id(frame.school(klass.year), klass.year, entry.key, entry.pupil.code)
    return freeze(frame=frame, klass=klass, entry=entry, transcript_id=number, version=1, replaces=None)
