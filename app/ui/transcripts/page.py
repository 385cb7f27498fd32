"""Học bạ: the contact sheet of a class, the true PDF of each pupil (draft or issued), printing, issuing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app import messages
from app.errors import UserError
from app.records.permissions import Action, allowed, allowed_somewhere
from app.records.programme import out_of_scope_reason
from app.records.types import Period, Stage
from app.ui.desk import Desk
from app.ui.states import OUTSIDE_SIGN, STAGE_SIGNS
from app.ui.theme import GAP, GAP_SMALL, Type
from app.ui.transcripts import verbs
from app.ui.transcripts.drawing import PageKind
from app.ui.transcripts.filters import Filters
from app.ui.transcripts.paper import PaperWork
from app.ui.transcripts.reader import Reader
from app.ui.transcripts.sheet import ContactSheet
from app.ui.transcripts.viewer import CALM_MS
from app.ui.widgets.chip import Chip
from app.ui.widgets.elided import Elided
from app.ui.widgets.empty import Empty
from app.ui.widgets.page import Page
from app.ui.widgets.picker import Picker
from app.workflows.report import Changes

if TYPE_CHECKING:
    from app.models.values import ClassSummary, VersionRecord
    from app.workflows.issue import IssueReport
    from app.workflows.previews import ClassSheet

BESIDE: Final = 940
"""From this width on the transcript stands beside the sheet; below, it takes the place of the sheet."""
_KEYS: Final = (
    "Mũi tên: chọn học bạ  ·  Enter: cả màn hình  ·  PgUp PgDn: trang  ·  + − 0: phóng to, thu nhỏ, vừa  ·  "
    "Ctrl+P: in"
)
_KEYS_FULL: Final = (
    "Esc: về các học bạ  ·  Ctrl+PgUp, Ctrl+PgDn: em trước, em sau  ·  PgUp PgDn: trang  ·  "
    "Ctrl+lăn chuột: phóng to, thu nhỏ  ·  Ctrl+P: in"
)


class TranscriptsPage(Page):
    """Live preview of what will be, or the kept document of what was issued."""

    kinds: ClassVar[frozenset[str]] = frozenset({"classes", "results", "transcripts"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Học bạ")
        look = self.look
        self._classes: dict[str, ClassSummary] = {}
        self._open: ClassSheet | None = None
        self._wanted: Mapping[str, str] = {}
        self._why = ""
        self._full = False
        self.class_picker = Picker(look, "Lớp", kind=Type.SECTION)
        self.class_picker.chosen.connect(lambda _: self._load_sheet())
        self.stage = Chip(look)
        self.issue = look.button("Tạo học bạ", self._issue, icon="book-open", kind="primary")
        self.paper = PaperWork(self)
        self.print_class = look.button("In cả lớp…", self._print_class, icon="printer")
        self.head.insertWidget(1, self.class_picker)
        self.head.insertWidget(2, self.stage)
        self.head.addWidget(self.print_class)
        self.head.addWidget(self.issue)
        self.issue.setVisible(allowed_somewhere(desk.actor, Action.ISSUE))
        self.filters = Filters(look)
        self.filters.chosen.connect(lambda: self._show_cards())
        self.sheet = ContactSheet(look, desk.runner, lambda sheet, card: verbs.load_pdf(desk, sheet, card))
        self.sheet.chosen.connect(lambda _: self._show_chosen())
        self.sheet.opened.connect(lambda _: self.show_full(True))
        self.kind_buttons = self._make_kinds()
        self.reader = Reader(desk)
        self.reader.full_asked.connect(lambda: self.show_full(not self._full))
        self.reader.print_asked.connect(self._print_one)
        self.reader.save.connect(self._save)
        self.empty = Empty(look, "")
        self.empty.hide()
        self.foot = Elided(look, kind=Type.CAPTION, tone="second")
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._load_sheet)
        self.setFocusProxy(self.sheet)
        self._lay_out_pages()
        self._shortcuts()

    def _make_kinds(self) -> dict[PageKind, QPushButton]:
        group = QButtonGroup(self)
        made: dict[PageKind, QPushButton] = {}
        for kind in PageKind:
            button = self.look.button(kind.value, partial(self._show_kind, kind), kind="filter", small=True)
            button.setCheckable(True)
            button.setToolTip(f"Xem trang {kind.value[0].lower()}{kind.value[1:]} của cả lớp")
            group.addButton(button)
            made[kind] = button
        made[PageKind.SUBJECTS].setChecked(True)
        return made

    def _lay_out_pages(self) -> None:
        self._bar = QWidget()
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(GAP_SMALL)
        bar.addWidget(self.filters, 1)
        bar.addWidget(self.look.label("Xem trang", tone="second"))
        for button in self.kind_buttons.values():
            bar.addWidget(button)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.sheet)
        self._row = QHBoxLayout()
        self._row.setSpacing(GAP)
        self._row.addWidget(self._left, 54)
        self._row.addWidget(self.reader, 46)
        self.body.addWidget(self._bar)
        self.body.addLayout(self._row, 1)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.foot)

    def _shortcuts(self) -> None:
        view = self.reader.viewer.view
        keys: Mapping[str, Callable[[], object]] = {
            "+": lambda: view.step_zoom(1),
            "=": lambda: view.step_zoom(1),
            "-": lambda: view.step_zoom(-1),
            "0": self.reader.viewer.toggle_fit,
            "PgDown": lambda: view.turn(1),
            "PgUp": lambda: view.turn(-1),
            "Ctrl+PgDown": lambda: self.sheet.step(1),
            "Ctrl+PgUp": lambda: self.sheet.step(-1),
            "]": lambda: self.class_picker.step(1),
            "[": lambda: self.class_picker.step(-1),
            "Esc": lambda: self.show_full(False),
            "Ctrl+P": self._print_one,
            "Ctrl+Shift+P": self._print_class,
        }
        for key, do in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(do)

    # --- reading --------------------------------------------------------------------------------------

    def load(self, where: Mapping[str, str]) -> None:
        self._wanted = where
        self.read(lambda: verbs.load_classes(self.desk), self._show_classes)

    def note_changes(self, changes: Changes) -> None:
        """While results are typed, only this class is read again, once the typing pauses."""
        if self.isVisible() and self._open is not None and changes.kinds & self.kinds == {"results"}:
            self._calm.start()
        else:
            super().note_changes(changes)

    def _show_classes(self, found: tuple[ClassSummary, ...]) -> None:
        self._classes = {item.name: item for item in found}
        wanted = self._wanted.get("class", "") or self.class_picker.value or self._first(found)
        self.class_picker.fill([(item.name, f"Lớp {item.name}") for item in found], wanted)
        if found:
            self._load_sheet()
        else:
            self._show_problem("Chưa có lớp nào nên chưa có học bạ.")

    def _first(self, found: tuple[ClassSummary, ...]) -> str:
        """The first class that has something to do here: an approved one."""
        ready = (item.name for item in found if _stage(item) is Stage.APPROVED)
        return next(ready, found[0].name if found else "")

    def _load_sheet(self) -> None:
        name = self.class_picker.value
        self._show_class(self._classes[name])
        self.read(lambda: verbs.load_sheet(self.desk, name), self._show_sheet)

    def _show_class(self, item: ClassSummary) -> None:
        outside = out_of_scope_reason(self.desk.school.year, item.grade)
        stage = _stage(item)
        self.stage.show_sign(OUTSIDE_SIGN if outside else STAGE_SIGNS[stage])
        ready = stage is Stage.APPROVED and allowed(self.desk.actor, Action.ISSUE, item.name)
        words = f"Tạo học bạ lớp {item.name}"
        self.issue.setText(f"\u2002{words}")
        self.issue.setAccessibleName(words)
        self.issue.setEnabled(ready)
        why = outside or f"Lớp {item.name} chưa duyệt nên chưa tạo được học bạ."
        self.issue.setToolTip("" if ready else why)
        self._why = "" if ready or not allowed_somewhere(self.desk.actor, Action.ISSUE) else why
        self._show_foot()

    def _show_foot(self) -> None:
        self.foot.setText(_KEYS_FULL if self._full else self._why or _KEYS)

    def _show_sheet(self, found: ClassSheet) -> None:
        self._open = found
        if found.outside:
            self._show_problem(found.outside)
        elif not found.cards:
            self._show_problem("Lớp chưa có học sinh.")
        else:
            self.empty.hide()
            self.filters.count(found.cards)
            code, self._wanted = self._wanted.get("pupil", ""), {}
            wanted = next((card.entry.key for card in found.cards if card.entry.pupil.code == code), 0)
            self._arrange()
            self._show_cards(wanted)

    def _show_kind(self, kind: PageKind) -> None:
        """The same page of every pupil, in the reader too."""
        self.sheet.show_kind(kind)
        paper = self.reader.viewer.paper
        if paper is not None:
            self.reader.viewer.view.jump(paper.page_of(kind))

    def _show_cards(self, key: int = 0) -> None:
        """The cards of the filter; the reader follows the choice."""
        if self._open is not None:
            self.sheet.show_sheet(self._open, self.filters.let_through(self._open.cards), key)
            self._show_chosen()

    def _show_chosen(self) -> None:
        found = self._open
        card = next((card for card in self.sheet.rows.cards if card.entry.key == self.sheet.key), None)
        if found is not None and card is not None and self.reader.isVisibleTo(self):
            self.reader.show_card(found, card)

    def _read_failed(self, error: UserError) -> None:
        self._quiet()
        self._show_problem(messages.sentence(error))

    def _show_problem(self, sentence: str) -> None:
        """A sentence in place of everything below the head."""
        self._open = None
        self.reader.forget()
        self.reader.viewer.clear()
        self._arrange()
        self.empty.say(sentence)
        self.empty.show()

    # --- sheet and page -------------------------------------------------------------------------------

    @property
    def full(self) -> bool:
        """Whether one transcript takes the whole screen."""
        return self._full

    def show_full(self, full: bool) -> None:
        """One transcript over the whole screen, or the sheet again where it was left."""
        if full == self._full or self._open is None:
            return
        self._full = full
        self._arrange()
        if full:
            self._show_chosen()
            self.reader.viewer.setFocus()
        else:
            self.sheet.setFocus()
            self.sheet.scrollTo(self.sheet.currentIndex())

    def _arrange(self) -> None:
        some = self._open is not None
        beside = self.width() >= BESIDE * self.look.theme.scale
        self._bar.setVisible(some and not self._full)
        self._left.setVisible(some and not self._full)
        self.reader.setVisible(some and (self._full or beside))
        self.print_class.setEnabled(some)
        words = "Về các học bạ (Esc)" if self._full else "Xem cả màn hình (Enter)"
        self.reader.full.setToolTip(words)
        self.reader.full.setAccessibleName(words)
        self._show_foot()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before = self.reader.isVisibleTo(self)
        self._arrange()
        if not before:
            self._show_chosen()

    # --- acting ---------------------------------------------------------------------------------------

    def _print_one(self) -> None:
        card, found = self.reader.card, self._open
        if card is not None and found is not None and self.reader.viewer.paper is not None:
            pages = len(self.reader.viewer.paper.sizes)
            self.paper.ask_one(
                found, card, draft=self.reader.is_draft, page=self.reader.viewer.page, pages=pages
            )

    def _print_class(self) -> None:
        if self._open is not None:
            self.paper.ask_class(self._open, self.sheet.rows.cards)

    def _save(self, version: VersionRecord, target: Path) -> None:
        self.perform(
            lambda _: verbs.save_pdf(self.desk, version, target),
            lambda written: self.banner.tell("done", f"Đã lưu bản PDF vào {written}."),
            title="Đang lưu bản PDF",
        )

    def _issue(self) -> None:
        name = self.class_picker.value
        self.issue.setEnabled(False)
        self.perform(
            lambda progress: verbs.issue_class(self.desk, name, progress),
            self._issued,
            title=f"Đang tạo học bạ lớp {name}",
        )

    def _stopped(self) -> None:
        super()._stopped()
        self.load({})

    def _issued(self, report: IssueReport) -> None:
        self.issue.setEnabled(True)
        reasons = Counter(item.reason for item in report.skipped)
        left = " ".join(f"{count} không tạo: {reason}" for reason, count in reasons.items())
        kind = "done" if report.issued or not report.skipped else "note"
        self.banner.tell(kind, f"Đã tạo {report.issued} học bạ. {left}".strip())


def _stage(item: ClassSummary) -> Stage:
    return item.stages.get(Period.CN, Stage.OPEN)
