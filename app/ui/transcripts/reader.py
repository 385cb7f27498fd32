"""One pupil's transcript beside the contact sheet, or over the whole screen: any version, or a draft."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app import messages
from app.errors import UserError
from app.records.types import TranscriptState
from app.ui.desk import Desk
from app.ui.look import restyle
from app.ui.states import DRAFT_SIGN, STATE_SIGNS
from app.ui.tasks import Job, Lane
from app.ui.theme import GAP, GAP_SMALL, GAP_TINY, Type
from app.ui.transcripts import verbs
from app.ui.transcripts.history import VersionsPane
from app.ui.transcripts.viewer import Viewer
from app.ui.widgets.banner import Banner
from app.ui.widgets.chip import Chip
from app.ui.widgets.elided import Elided
from app.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from app.models.values import VersionRecord
    from app.workflows.previews import ClassSheet, Kept, SheetCard
    from app.workflows.versions import VersionEntry

_DRAFT: Final = "Vẽ từ dữ liệu hiện nay; chưa có giá trị và không ký được."
_CHANGED: Final = (
    "Tệp trong kho khác bản Tổ công tác duyệt. Đừng ký, đừng in bản này; "
    "báo quản trị xem Nhật ký và khôi phục từ bản sao lưu."
)


class Reader(QFrame):
    """`save` with the version and the file that a person chose for a copy; `shown` when a page stands.

    `compare_asked` with the numbers of two versions of this pupil.
    """

    save = Signal(object, object)
    print_asked = Signal()
    full_asked = Signal()
    compare_asked = Signal(int, int)
    shown = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look = desk.look
        self.setProperty("frame", "panel")
        self._desk = desk
        self._sheet: ClassSheet | None = None
        self._older: VersionRecord | None = None
        self._history_job: Job | None = None
        self._box: list[Kept] = []
        self.card: SheetCard | None = None
        self.kept: Kept | None = None
        """The version whose page stands; None while it is drawn, and for a draft."""
        self.name = Elided(look, kind=Type.SECTION)
        self.state = Chip(look)
        self.choose = self._check("", self._toggle_versions)
        self.choose.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        look.set_icon(self.choose, "chevron-down", "text")
        self.choose.setToolTip("Các bản đã tạo: trạng thái, ngày, lý do, ai làm")
        self.draft = self._check("Xem bản nháp", self._show_pdf)
        self.draft.setToolTip("Bản nháp vẽ từ dữ liệu hiện nay; bản đã tạo giữ nguyên như lúc tạo.")
        self.versions = VersionsPane(look)
        self.versions.hide()
        self.versions.chosen.connect(self._show_version)
        self.versions.compare_asked.connect(self.compare_asked)
        self.warning = Banner(look, closable=False)
        self.viewer = Viewer(look, desk.runner)
        self.viewer.failed.connect(self._show_failure)
        self.viewer.drawn.connect(self._on_drawn)
        self.problem = Empty(look, "")
        self.problem.hide()
        self.verdict = Elided(look, tone="second")
        self._mark = QLabel()
        self.print = look.tool("printer", "In học bạ này (Ctrl+P)", self.print_asked.emit)
        self.copy = look.tool("save", "Lưu bản PDF…", self._ask_target)
        self.full = look.tool("maximize-2", "Xem cả màn hình (Enter)", self.full_asked.emit)
        self._lay_out()

    def _check(self, text: str, pressed: Callable[[], object]) -> QPushButton:
        button = self._desk.look.button(text, pressed, small=True, kind="filter")
        button.setCheckable(True)
        button.hide()
        return button

    def _lay_out(self) -> None:
        head, tools, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(GAP, GAP_SMALL, GAP, 0)
        tools.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        foot.setContentsMargins(GAP, GAP_TINY, GAP, GAP_TINY)
        for row in (head, tools, foot):
            row.setSpacing(GAP_SMALL)
        head.addWidget(self.name, 1)
        for widget in (self.state, self.choose, self.draft):
            head.addWidget(widget)
        tools.addLayout(self.viewer.tools)
        tools.addStretch(1)
        for button in (self.print, self.copy, self.full):
            tools.addWidget(button)
        foot.addWidget(self._mark)
        foot.addWidget(self.verdict, 1)
        alarm = QVBoxLayout()
        alarm.setContentsMargins(GAP, GAP_SMALL, GAP, 0)
        alarm.addWidget(self.warning)
        page = QVBoxLayout(self)
        page.setContentsMargins(1, 1, 1, 1)
        page.setSpacing(0)
        page.addLayout(head)
        page.addLayout(alarm)
        page.addLayout(tools)
        page.addWidget(self.versions)
        page.addWidget(self.viewer, 1)
        page.addWidget(self.problem, 1)
        page.addLayout(foot)

    # --- what is shown --------------------------------------------------------------------------------

    @property
    def is_draft(self) -> bool:
        """Whether the page shown is drawn from today's data."""
        return self.card is None or self.card.version is None or self.draft.isChecked()

    @property
    def version(self) -> VersionRecord | None:
        """The version that is wanted in sight, None for a draft."""
        if self.card is None or self.is_draft:
            return None
        return self._older or self.card.version

    @property
    def is_newest(self) -> bool:
        """Whether the newest version stands, with the bytes that were recorded."""
        kept, card = self.kept, self.card
        newest = card.version if card else None
        return kept is not None and newest is not None and kept.version.id == newest.id and kept.intact

    def show_card(self, sheet: ClassSheet, card: SheetCard) -> None:
        """Show a pupil; another moment of the same one keeps place, zoom, and what was wanted in sight."""
        if self.card is None or self.card.entry.key != card.entry.key:
            self.draft.setChecked(False)
            self._older = None
        self._sheet, self.card = sheet, card
        self.name.setText(card.entry.pupil.name)
        self.name.setToolTip(card.entry.pupil.name)
        self.draft.setVisible(card.version is not None)
        self.choose.setVisible(card.version is not None)
        self._show_pdf()
        if card.version is None:
            self.close_versions()
        elif self.versions.isVisibleTo(self):
            self._load_history()

    def _show_pdf(self) -> None:
        sheet, card, desk, version = self._sheet, self.card, self._desk, self.version
        if sheet is None or card is None:
            return
        self.kept = None
        self._show_facts(version)
        self.problem.hide()
        self.viewer.show()
        if version is None:
            self._box = []
            self.viewer.show_document(lambda: verbs.load_pdf(desk, sheet, card, draft=True))
            return
        number = version.id
        box: list[Kept] = []
        self._box = box

        def make() -> bytes:
            box[:] = [verbs.load_kept(desk, number)]
            return box[0].pdf

        self.viewer.show_document(make)

    def _on_drawn(self) -> None:
        self.kept = self._box[0] if self._box else None
        if self.kept is not None:
            self._show_facts(self.kept.version)
        self.shown.emit()

    def _show_facts(self, version: VersionRecord | None) -> None:
        gone = version is not None and version.state is TranscriptState.REVOKED
        self.state.show_sign(STATE_SIGNS[version.state] if version else DRAFT_SIGN)
        _strike(self.state, gone)
        self.viewer.strike(gone)
        words = f"Bản {version.version}" if version else f"Bản {_number(self.card)}"
        self.choose.setText(words)
        self.choose.setAccessibleName(f"{words}, xem các bản")
        self._show_warning(version)
        self._show_verdict(version)
        self.print.setEnabled(not gone)
        self.print.setToolTip("Bản đã thu hồi thì không in." if gone else "In học bạ này (Ctrl+P)")
        self.copy.setEnabled(version is not None)
        self.copy.setToolTip("Lưu bản PDF…" if version else "Chỉ lưu được bản đã tạo; đây là bản nháp.")

    def _show_warning(self, version: VersionRecord | None) -> None:
        """A red banner over a page that does not count, or whose bytes were changed."""
        if self.kept is not None and not self.kept.intact:
            self.warning.tell("error", _CHANGED)
        elif version is not None and version.state is TranscriptState.REVOKED:
            reason = version.revoked_reason
            self.warning.tell(
                "error", f"Bản {version.version} đã thu hồi, không còn giá trị. Lý do: {reason}"
            )
        else:
            self.warning.hide()

    def _show_verdict(self, version: VersionRecord | None) -> None:
        """Whether these are the bytes that were approved; said once they were held against their hashes."""
        icon, tone, words = "", "second", _DRAFT
        if version is not None:
            kept, code = self.kept, f"mã kiểm {short(version.data_sha256)}"
            made = f"{version.issued_at:%d/%m/%Y}"
            if kept is None:
                words = ""
            elif not kept.intact:
                icon, tone, words = "shield-x", "err", f"Khác bản Tổ công tác duyệt · {code}"
            elif version.state is TranscriptState.REVOKED:
                words = f"Bản đã thu hồi, tạo {made} · {code}"
            else:
                icon, tone = "shield-check", "ok"
                words = f"Đúng bản Tổ công tác duyệt, tạo {made} · {code}"
        self.verdict.setText(words)
        self.verdict.setToolTip(words)
        restyle(self.verdict, "tone", tone)
        look = self._desk.look
        colour = getattr(look.theme.colours, tone) if icon else ""
        self._mark.setVisible(bool(icon))
        if icon:
            self._mark.setPixmap(look.icons.pixmap(icon, colour, 16))

    def _show_failure(self, error: UserError) -> None:
        self.say(messages.sentence(error))

    def say(self, sentence: str) -> None:
        """A sentence in place of the page."""
        self.viewer.clear()
        self.viewer.hide()
        self.kept = None
        self.state.show_sign(None)
        self.verdict.setText("")
        self._mark.hide()
        self.warning.hide()
        self.print.setEnabled(False)
        self.copy.setEnabled(False)
        self.problem.say(sentence)
        self.problem.show()

    def forget(self) -> None:
        """No pupil is chosen."""
        self._sheet = self.card = self._older = self.kept = None
        self.name.setText("")
        self.draft.hide()
        self.choose.hide()
        self.close_versions()

    # --- versions -------------------------------------------------------------------------------------

    def _toggle_versions(self) -> None:
        if self.choose.isChecked():
            self._load_history()
        else:
            self.close_versions()

    def close_versions(self) -> bool:
        """Put the list of versions away and show the newest one; False when it was away already."""
        was_open = self.versions.isVisibleTo(self) or self.choose.isChecked()
        if self._history_job is not None:
            self._history_job.drop()
        self.choose.setChecked(False)
        self.versions.hide()
        if self._older is not None:
            self._older = None
            self._show_pdf()
        return was_open

    def _load_history(self) -> None:
        if self.card is None:
            return
        if self._history_job is not None:
            self._history_job.drop()
        desk, code = self._desk, verbs.code_of(self.card.entry.pupil)
        self._history_job = desk.runner.run(
            Lane.WORK,
            lambda _: verbs.load_history(desk, code),
            owner=self,
            done=self._show_history,
            failed=self._history_failed,
        )

    def _show_history(self, entries: tuple[VersionEntry, ...]) -> None:
        if self.choose.isChecked() and self.card is not None and entries:
            self.versions.show_entries(entries, self._older.version if self._older else 0)
            self.versions.show()
            self.versions.list.setFocus()

    def _history_failed(self, error: UserError) -> None:
        self.close_versions()
        self.warning.tell("error", messages.sentence(error))

    def _show_version(self, version: VersionRecord) -> None:
        newest = version.version == _number(self.card)
        self._older = None if newest else version
        self.draft.setChecked(False)
        self._show_pdf()

    # --- a copy ---------------------------------------------------------------------------------------

    def _ask_target(self) -> None:
        version = self.version
        if version is None:
            return
        gone = " (đã thu hồi)" if version.state is TranscriptState.REVOKED else ""
        name = f"Học bạ {version.class_name} {version.pupil_name} bản {version.version}{gone}.pdf"
        dialog = QFileDialog(self, "Lưu bản PDF", name, "Tệp PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(lambda target: self.save.emit(version, Path(target)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def short(digest: str) -> str:
    """A short hash to compare by eye: 7F3A-91C2."""
    return f"{digest[:4]}-{digest[4:8]}".upper()


def _number(card: SheetCard | None) -> int:
    """Number of the newest version, 0 before the first one."""
    return card.version.version if card is not None and card.version is not None else 0


def _strike(widget: QWidget, struck: bool) -> None:
    font = widget.font()
    font.setStrikeOut(struck)
    widget.setFont(font)
    widget.update()
