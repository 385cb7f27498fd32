"""One pupil's transcript beside the contact sheet, or alone over the whole screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from app import messages
from app.errors import UserError
from app.ui.desk import Desk
from app.ui.states import DRAFT_SIGN, STATE_SIGNS
from app.ui.theme import GAP, GAP_SMALL, GAP_TINY, Type
from app.ui.transcripts import verbs
from app.ui.transcripts.viewer import Viewer
from app.ui.widgets.chip import Chip
from app.ui.widgets.elided import Elided
from app.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from app.models.values import VersionRecord
    from app.workflows.previews import ClassSheet, SheetCard


class Reader(QFrame):
    """`save` with the version and the file that a person chose for a copy of it."""

    save = Signal(object, object)
    print_asked = Signal()
    full_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look = desk.look
        self.setProperty("frame", "panel")
        self._desk = desk
        self._sheet: ClassSheet | None = None
        self.card: SheetCard | None = None
        self.name = look.label(kind=Type.SECTION)
        self.state = Chip(look)
        self.version = Elided(look, tone="second")
        self.draft = self._draft_button(desk)
        self.viewer = Viewer(look, desk.runner)
        self.viewer.failed.connect(self._show_failure)
        self.problem = Empty(look, "")
        self.problem.hide()
        self.print = look.tool("printer", "In học bạ này (Ctrl+P)", self.print_asked.emit)
        self.copy = look.tool("save", "Lưu bản PDF…", self._ask_target)
        self.full = look.tool("maximize-2", "Xem cả màn hình (Enter)", self.full_asked.emit)
        self._lay_out()

    def _draft_button(self, desk: Desk) -> QPushButton:
        button = desk.look.button("Xem bản nháp", self._show_pdf, small=True, kind="filter")
        button.setCheckable(True)
        button.setToolTip("Bản nháp vẽ từ dữ liệu hiện nay; bản đã tạo giữ nguyên như lúc tạo.")
        button.hide()
        return button

    def _lay_out(self) -> None:
        head, tools = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(GAP, GAP_SMALL, GAP, 0)
        tools.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        for row in (head, tools):
            row.setSpacing(GAP_SMALL)
        head.addWidget(self.name)
        head.addWidget(self.state)
        head.addStretch(1)
        head.addWidget(self.draft)
        tools.addLayout(self.viewer.tools)
        tools.addStretch(1)
        for button in (self.print, self.copy, self.full):
            tools.addWidget(button)
        page = QVBoxLayout(self)
        page.setContentsMargins(1, 1, 1, 1)
        page.setSpacing(0)
        page.addLayout(head)
        page.addLayout(tools)
        page.addWidget(self.viewer, 1)
        page.addWidget(self.problem, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(GAP, GAP_TINY, GAP, GAP_TINY)
        foot.addWidget(self.version, 1)
        page.addLayout(foot)

    # --- what is shown --------------------------------------------------------------------------------

    @property
    def is_draft(self) -> bool:
        """Whether the page shown is drawn from today's data."""
        return self.card is None or self.card.version is None or self.draft.isChecked()

    def show_card(self, sheet: ClassSheet, card: SheetCard) -> None:
        """Show a pupil; another moment of the same one keeps place, zoom and the wish for the draft."""
        if self.card is None or self.card.entry.key != card.entry.key:
            self.draft.setChecked(False)
        self._sheet, self.card = sheet, card
        self.name.setText(card.entry.pupil.name)
        self.draft.setVisible(card.version is not None)
        self._show_pdf()

    def _show_pdf(self) -> None:
        sheet, card, desk, draft = self._sheet, self.card, self._desk, self.draft.isChecked()
        if sheet is None or card is None:
            return
        self._show_facts(card.version)
        self.problem.hide()
        self.viewer.show()
        self.viewer.show_document(lambda: verbs.load_pdf(desk, sheet, card, draft=draft))

    def _show_facts(self, version: VersionRecord | None) -> None:
        kept = None if self.is_draft else version
        self.state.show_sign(STATE_SIGNS[kept.state] if kept else DRAFT_SIGN)
        made = f"Bản {kept.version} · mã kiểm {_short(kept.pdf_sha256)}" if kept else ""
        self.version.setText(made or "Vẽ từ dữ liệu hiện nay; chưa có giá trị và không ký được.")
        self.print.setEnabled(True)
        self.copy.setEnabled(kept is not None)
        self.copy.setToolTip("Lưu bản PDF…" if kept else "Chỉ lưu được bản đã tạo; đây là bản nháp.")

    def _show_failure(self, error: UserError) -> None:
        self.say(messages.sentence(error))

    def say(self, sentence: str) -> None:
        """A sentence in place of the page."""
        self.viewer.clear()
        self.viewer.hide()
        self.state.show_sign(None)
        self.version.setText("")
        self.print.setEnabled(False)
        self.copy.setEnabled(False)
        self.problem.say(sentence)
        self.problem.show()

    def forget(self) -> None:
        """No pupil is chosen."""
        self._sheet = self.card = None
        self.name.setText("")
        self.draft.hide()

    # --- a copy ---------------------------------------------------------------------------------------

    def _ask_target(self) -> None:
        if self.card is None or self.card.version is None:
            return
        version = self.card.version
        name = f"Học bạ {version.class_name} {version.pupil_name} bản {version.version}.pdf"
        dialog = QFileDialog(self, "Lưu bản PDF", name, "Tệp PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(lambda target: self.save.emit(version, Path(target)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _short(digest: str) -> str:
    """A short hash to compare by eye: 7F3A-91C2."""
    return f"{digest[:4]}-{digest[4:8]}".upper()
