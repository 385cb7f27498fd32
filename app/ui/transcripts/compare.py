"""Two versions of one transcript: what they say differently, word by word, and their pages side by side."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from app import messages
from app.errors import UserError
from app.records.types import TranscriptState
from app.ui.desk import Desk
from app.ui.look import frame, restyle
from app.ui.states import STATE_SIGNS
from app.ui.tasks import Lane
from app.ui.theme import GAP, GAP_SMALL, Colours, Type
from app.ui.transcripts import verbs
from app.ui.transcripts.history import moment
from app.ui.transcripts.viewer import Viewer
from app.ui.widgets.elided import Elided

if TYPE_CHECKING:
    from app.models.values import VersionRecord
    from app.workflows.differences import Span
    from app.workflows.versions import Comparison

_NOTHING: Final = "Hai bản ghi giống nhau ở mọi mục; chỉ khác số bản và lúc tạo."
_LABEL_WIDTH: Final = 24


class ComparePanel(QWidget):
    """`closed` when the person goes back."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look = desk.look
        self._desk = desk
        self._wanted = (0, 0)
        self.comparison: Comparison | None = None
        self.title = Elided(look, kind=Type.SECTION)
        self.list_button = look.button("Các mục khác nhau", partial(self._show_pages, False), kind="filter")
        self.pages_button = look.button(
            "Hai bản cạnh nhau", partial(self._show_pages, True), kind="filter", icon="columns-2"
        )
        group = QButtonGroup(self)
        for button in (self.list_button, self.pages_button):
            button.setCheckable(True)
            group.addButton(button)
        self.list_button.setChecked(True)
        self.back = look.button("Quay lại", self.closed.emit, icon="corner-up-left")
        self.back.setToolTip("Về các học bạ (Esc)")
        self.text = QTextBrowser()
        self.text.setAccessibleName("Các mục khác nhau giữa hai bản")
        self.text.setFont(look.theme.font(Type.BODY))
        self.viewers = (Viewer(look, desk.runner), Viewer(look, desk.runner))
        self.heads = (look.label(kind=Type.BODY_BOLD), look.label(kind=Type.BODY_BOLD))
        self._pages = QWidget()
        self._lay_out()
        self._follow()
        self.setFocusProxy(self.text)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP_SMALL)
        head.addWidget(self.title, 1)
        for button in (self.list_button, self.pages_button, self.back):
            head.addWidget(button)
        pages = QHBoxLayout(self._pages)
        pages.setContentsMargins(0, 0, 0, 0)
        pages.setSpacing(GAP)
        for label, viewer in zip(self.heads, self.viewers, strict=True):
            panel = frame("panel")
            inside = QVBoxLayout(panel)
            inside.setContentsMargins(1, GAP_SMALL, 1, 1)
            inside.setSpacing(GAP_SMALL)
            row = QHBoxLayout()
            row.setContentsMargins(GAP, 0, GAP, 0)
            row.addWidget(label)
            inside.addLayout(row)
            inside.addWidget(viewer, 1)
            pages.addWidget(panel, 1)
        self._pages.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_SMALL)
        layout.addLayout(head)
        layout.addWidget(self.text, 1)
        layout.addWidget(self._pages, 1)

    def _follow(self) -> None:
        """Both pages scroll together."""
        for one, other in (self.viewers, reversed(self.viewers)):
            one.view.verticalScrollBar().valueChanged.connect(other.view.verticalScrollBar().setValue)

    def open_on(self, code: str, name: str, before: int, after: int) -> None:
        """Read two versions of a pupil and show how they differ."""
        desk = self._desk
        self.comparison = None
        self.title.setText(f"{name}: bản {before} và bản {after}")
        self.text.clear()
        self.list_button.setChecked(True)
        self._show_pages(False)
        desk.runner.run(
            Lane.WORK,
            lambda _: verbs.compare(desk, code, before, after),
            owner=self,
            done=self._show,
            failed=self._fail,
        )

    def _show(self, found: Comparison) -> None:
        self.comparison = found
        count = len(found.differences)
        words = f"Các mục khác nhau {count}"
        self.list_button.setText(words)
        self.list_button.setAccessibleName(words)
        self.text.setHtml(page_of(found, self._desk.look.theme.colours))
        for label, viewer, version in zip(self.heads, self.viewers, (found.before, found.after), strict=True):
            gone = version.state is TranscriptState.REVOKED
            label.setText(_head(version))
            restyle(label, "tone", "err" if gone else "")
            viewer.strike(gone)
        if self.pages_button.isChecked():
            self._show_pages(True)

    def _fail(self, error: UserError) -> None:
        self.text.setPlainText(messages.sentence(error))

    def _show_pages(self, pages: bool) -> None:
        self.text.setVisible(not pages)
        self._pages.setVisible(pages)
        (self.viewers[0] if pages else self.text).setFocus()
        found = self.comparison
        if not pages or found is None:
            return
        for viewer, version in zip(self.viewers, (found.before, found.after), strict=True):
            if viewer.paper is None or self._wanted != (found.before.id, found.after.id):
                viewer.show_document(partial(self._make, version.id))
        self._wanted = (found.before.id, found.after.id)

    def _make(self, version_id: int) -> bytes:
        return verbs.load_kept(self._desk, version_id).pdf


def _head(version: VersionRecord) -> str:
    return f"Bản {version.version} · {STATE_SIGNS[version.state].word} · tạo {moment(version.issued_at)}"


def page_of(found: Comparison, colours: Colours) -> str:
    """The table of differences as HTML, changed words marked on both sides."""
    if not found.differences:
        return f"<p>{_NOTHING}</p>"
    edge = f"border-bottom: 1px solid {colours.border}"
    heads = "".join(
        f'<th align="left" style="color: {colours.text2}; {edge}">{escape(words)}</th>'
        for words in ("Mục", _head(found.before), _head(found.after))
    )
    rows = "".join(
        f'<tr><td width="{_LABEL_WIDTH}%" style="{edge}">{escape(item.label)}</td>'
        f'<td style="{edge}">{_marked(item.before, colours)}</td>'
        f'<td style="{edge}">{_marked(item.after, colours)}</td></tr>'
        for item in found.differences
    )
    return f'<table width="100%" cellspacing="0" cellpadding="8"><tr>{heads}</tr>{rows}</table>'


def _marked(spans: Iterable[Span], colours: Colours) -> str:
    mark = f"background-color: {colours.warn_bg}; color: {colours.warn}; text-decoration: underline"
    pieces = [
        f'<span style="{mark}">{escape(span.text)}</span>' if span.changed else escape(span.text)
        for span in spans
    ]
    return "".join(pieces) or f'<span style="color: {colours.hint}">trống</span>'
