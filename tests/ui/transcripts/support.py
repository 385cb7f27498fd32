"""A crowded class without a store, drafts of it, what pages say, and the screen on real data."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache

from pytestqt.qtbot import QtBot

from app.demo.school import make_school
from app.records.types import Signatory
from app.ui.shell.window import MainWindow
from app.ui.transcripts import drawing
from app.ui.transcripts.page import TranscriptsPage
from app.ui.transcripts.viewer import Viewer
from app.workflows import previews
from app.workflows.freezing import Frame
from app.workflows.previews import ClassSheet, SheetCard
from tests.ui.driving import rest, sign_in

MOMENT = datetime(2024, 6, 3, 8, 0, tzinfo=timezone(timedelta(hours=7)))


@cache
def crowd(pupils: int = 60) -> ClassSheet:
    """A class of many pupils, nothing stored."""
    made = make_school(pupils=400)
    first = [item for item in made.classes if item.grade == 1]
    entries = [entry for item in first for entry in item.pupils][:pupils]
    assert len(entries) == pupils
    cards = tuple(
        SheetCard(place, replace(entry, key=place), None, 0, 0) for place, entry in enumerate(entries, 1)
    )
    frame = Frame(((None, made.school),), Signatory(("HIỆU TRƯỞNG",), made.vice_principal.name), MOMENT)
    return ClassSheet(first[0], frame, cards)


@cache
def draft(place: int = 1) -> bytes:
    """The draft of one of them."""
    return previews.draft(crowd(), crowd().cards[place - 1].entry)


def text_of(pdf: bytes, page: int) -> str:
    """What a page says."""
    with drawing.opened(pdf) as document:
        return str(document.getAllText(page).text())


def shown_text(viewer: Viewer) -> str:
    """What the page in sight says."""
    assert viewer.paper is not None
    return text_of(viewer.paper.pdf, viewer.page)


def open_page(qtbot: QtBot, window: MainWindow, login: str, **where: str) -> TranscriptsPage:
    """Sign in, open the screen, wait until all is drawn."""
    workspace = sign_in(qtbot, window, login)
    workspace.open("transcripts", where)
    rest(qtbot, window)
    page = workspace.page
    assert isinstance(page, TranscriptsPage)
    return page
