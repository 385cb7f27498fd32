"""The screens there are: name, icon, place in the nav, and the permission that shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.records.permissions import Action, Actor, allowed_somewhere
from app.ui.desk import Desk
from app.ui.widgets.page import Page

WORK: Final = "CÔNG VIỆC"
GROUPS: Final = (WORK,)

OVERVIEW: Final = "overview"
PUPILS: Final = "pupils"
RESULTS: Final = "results"
CHECKS: Final = "checks"
TRANSCRIPTS: Final = "transcripts"


@dataclass(frozen=True, slots=True)
class ScreenSpec:
    """One screen; `make` imports it only when it is first opened."""

    id: str
    title: str
    icon: str
    group: str
    action: Action
    make: Callable[[Desk], Page]


def _overview(desk: Desk) -> Page:
    from app.ui.overview.page import OverviewPage

    return OverviewPage(desk)


def _pupils(desk: Desk) -> Page:
    from app.ui.pupils.page import PupilsPage

    return PupilsPage(desk)


def _results(desk: Desk) -> Page:
    from app.ui.results.page import ResultsPage

    return ResultsPage(desk)


def _checks(desk: Desk) -> Page:
    from app.ui.checks.page import ChecksPage

    return ChecksPage(desk)


def _transcripts(desk: Desk) -> Page:
    from app.ui.transcripts.page import TranscriptsPage

    return TranscriptsPage(desk)


SCREENS: Final = (
    ScreenSpec(OVERVIEW, "Tổng quan", "layout-dashboard", WORK, Action.LOOK_UP, _overview),
    ScreenSpec(PUPILS, "Lớp và học sinh", "users", WORK, Action.LOOK_UP, _pupils),
    ScreenSpec(RESULTS, "Nhập kết quả", "table-2", WORK, Action.LOOK_UP, _results),
    ScreenSpec(CHECKS, "Kiểm tra", "list-checks", WORK, Action.CHECK, _checks),
    ScreenSpec(TRANSCRIPTS, "Học bạ", "book-open", WORK, Action.PREVIEW, _transcripts),
)


def screens_for(actor: Actor) -> tuple[ScreenSpec, ...]:
    """The screens this person has a use for, in the order of the year's work."""
    return tuple(spec for spec in SCREENS if allowed_somewhere(actor, spec.action))
