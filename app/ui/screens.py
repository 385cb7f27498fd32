"""The screens there are: name, icon, place in the nav, and the permissions that show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.errors import NotAllowed
from app.records.permissions import MATRIX, ROLE_TEXT, Action, Actor, allowed_somewhere
from app.records.types import Role
from app.ui.desk import Desk
from app.ui.widgets.page import Page

WORK: Final = "CÔNG VIỆC"
LOOKING: Final = "TRA CỨU"
MANAGING: Final = "QUẢN TRỊ"
GROUPS: Final = (WORK, LOOKING, MANAGING)

OVERVIEW: Final = "overview"
PUPILS: Final = "pupils"
RESULTS: Final = "results"
CHECKS: Final = "checks"
TRANSCRIPTS: Final = "transcripts"
SIGNING: Final = "signing"
DELIVERY: Final = "delivery"
LOOKUP: Final = "lookup"
REPORTS: Final = "reports"
SETTINGS: Final = "settings"
JOURNAL: Final = "journal"


@dataclass(frozen=True, slots=True)
class ScreenSpec:
    """One screen, shown to whoever may do one of `actions`; `make` imports it when it is first opened."""

    id: str
    title: str
    icon: str
    group: str
    actions: frozenset[Action]
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


def _signing(desk: Desk) -> Page:
    from app.ui.signing.page import SigningPage

    return SigningPage(desk)


def _delivery(desk: Desk) -> Page:
    from app.ui.delivery.page import DeliveryPage

    return DeliveryPage(desk)


def _lookup(desk: Desk) -> Page:
    from app.ui.lookup.page import LookupPage

    return LookupPage(desk)


def _reports(desk: Desk) -> Page:
    from app.ui.reports.page import ReportsPage

    return ReportsPage(desk)


def _settings(desk: Desk) -> Page:
    from app.ui.settings.page import SettingsPage

    return SettingsPage(desk)


def _journal(desk: Desk) -> Page:
    from app.ui.journal.page import JournalPage

    return JournalPage(desk)


def _spec(
    id: str, title: str, icon: str, group: str, make: Callable[[Desk], Page], *actions: Action
) -> ScreenSpec:
    return ScreenSpec(id, title, icon, group, frozenset(actions), make)


_A = Action
_EVERYBODY: Final = _A.LOOK_UP
SCREENS: Final = (
    _spec(OVERVIEW, "Tổng quan", "layout-dashboard", WORK, _overview, _EVERYBODY),
    _spec(PUPILS, "Lớp và học sinh", "users", WORK, _pupils, _EVERYBODY),
    _spec(RESULTS, "Nhập kết quả", "table-2", WORK, _results, _EVERYBODY),
    _spec(CHECKS, "Kiểm tra", "list-checks", WORK, _checks, _A.CHECK),
    _spec(TRANSCRIPTS, "Học bạ", "book-open", WORK, _transcripts, _A.PREVIEW),
    _spec(SIGNING, "Ký số", "signature", WORK, _signing, _A.SIGN_TEACHER, _A.SIGN_LEADER, _A.SEAL),
    _spec(DELIVERY, "Lưu trữ và gửi", "archive", WORK, _delivery, _A.OUTBOX, _A.ARCHIVE),
    _spec(LOOKUP, "Tra cứu, xác minh", "file-search", LOOKING, _lookup, _EVERYBODY),
    _spec(REPORTS, "Báo cáo", "chart-column", LOOKING, _reports, _A.REPORT),
    _spec(SETTINGS, "Thiết lập", "settings", MANAGING, _settings, _EVERYBODY),
    _spec(JOURNAL, "Nhật ký", "history", MANAGING, _journal, _EVERYBODY),
)


def screens_for(actor: Actor) -> tuple[ScreenSpec, ...]:
    """The screens this person has a use for, in the order of the year's work."""
    return tuple(spec for spec in SCREENS if any(allowed_somewhere(actor, action) for action in spec.actions))


def not_for(actor: Actor, screen: str) -> NotAllowed:
    """Why this person cannot open a screen: account.not_allowed, naming the roles whose screen it is."""
    spec = next(spec for spec in SCREENS if spec.id == screen)
    roles = ", ".join(ROLE_TEXT[role] for role in Role if spec.actions & MATRIX[role].keys())
    return NotAllowed(
        "account.not_allowed",
        name=actor.name,
        action=f"mở màn hình {spec.title}",
        where="",
        roles=roles,
    )
