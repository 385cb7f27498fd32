"""What a verb answers with: what changed, so that open screens refresh themselves."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """Kinds of things that changed ("classes", "results", "transcripts", "outbox", …) and their ids."""

    kinds: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()


NOTHING = Changes()


EVERYTHING = Changes(
    frozenset(
        {
            *("classes", "results", "transcripts", "outbox", "settings", "accounts"),
            *("milestones", "phrases", "remarks", "seen"),
        }
    )
)
"""What may have changed when another process wrote."""


def changed(*kinds: str, ids: frozenset[str] = frozenset()) -> Changes:
    """Shorthand for the changes of one verb."""
    return Changes(frozenset(kinds), ids)


@dataclass(frozen=True, slots=True)
class Failure:
    """One item of a batch that could not be done: the pupil, a code and the sentence."""

    pupil: str
    code: str
    message: str
    ids: tuple[str, ...] = field(default=())
