"""The three tables of results: their key columns, their cells, and what a transaction has read of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from app.models import tables as t
from app.models.base import Base
from app.records.programme import GROUP_NAMES, SUBJECT_NAMES, TRAIT_NAMES

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One table of results: its key column, its cells, and an empty row."""

    model: type[Base]
    key: str
    empty: Values

    @property
    def cells(self) -> tuple[str, ...]:
        """Columns that a person fills."""
        return tuple(self.empty)


SUBJECTS: Final = Kind(
    t.SubjectRow, "subject", {"level": None, "score": None, "first_score": None, "comment": ""}
)
TRAITS: Final = Kind(t.TraitRow, "trait", {"level": None, "comment": ""})
COMMENTS: Final = Kind(t.GroupComment, "topic", {"comment": ""})
KINDS: Final = (SUBJECTS, TRAITS, COMMENTS)

Stored = dict[tuple[str, int, str, str], Values]
"""Rows by key column, enrolment, period and code."""


@dataclass(slots=True)
class Seen:
    """Rows that a transaction has read or written, a class at a time: no query for each pupil."""

    loaded: set[tuple[int, str]] = field(default_factory=set)
    rows: Stored = field(default_factory=dict)
    outcomes: dict[int, Values | None] = field(default_factory=dict)


def kind_of(code: str) -> Kind:
    """The table of a subject, trait or group code; ValueError when it is none."""
    for names, kind in ((SUBJECT_NAMES, SUBJECTS), (TRAIT_NAMES, TRAITS), (GROUP_NAMES, COMMENTS)):
        if code in names:
            return kind
    raise ValueError(f"neither subject, trait nor group: {code}")
