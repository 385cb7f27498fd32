"""Học bạ: the contact sheet of a class, the true PDF of each pupil (draft or version), looking through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
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
from app.ui.transcripts.acts import Acts
from app.ui.transcripts.compare import ComparePanel
from app.ui.transcripts.drawing import PageKind
from app.ui.transcripts.filters import Filters
from app.ui.transcripts.issuing import IssuePanel
from app.ui.transcripts.looking import END, KEYS, KEYS_FULL, why_not_seen
from app.ui.transcripts.paper import PaperWork
from app.ui.transcripts.reader import Reader
from app.ui.transcripts.sheet import ContactSheet
from app.ui.transcripts.signs import counts, revoked
from app.ui.transcripts.viewer import CALM_MS
from app.ui.widgets.chip import Chip
from app.ui.widgets.elided import Elided
from app.ui.widgets.empty import Empty
from app.ui.widgets.page import Page
from app.ui.widgets.picker import Picker
from app.workflows.report import Changes

if TYPE_CHECKING:
    from app.models.values import ClassSummary, VersionRecord
    from app.workflows.issue import IssuePlan
    from app.workflows.previews import ClassSheet, SheetCard

BESIDE: Final = 940
"""From this width on the transcript stands beside the sheet; below, it takes the place of the sheet."""


class Mode(Enum):
    """What takes the room below the head."""

    SHEET = auto()
    FULL = auto()
    ISSUE = auto()
    COMPARE = auto()


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
        self._mode = self._before = Mode.SHEET
        self.acts = Acts(self)
        self.paper = PaperWork(self)
        self._make_head()
        self.filters = Filters(look)
        self.filters.chosen.connect(lambda: self._show_cards())
        self.sheet = ContactSheet(look, desk.runner, lambda sheet, card: verbs.load_pdf(desk, sheet, card))
        self.sheet.chosen.connect(lambda _: self._show_chosen())
        self.sheet.opened.connect(lambda _: self.show_full(True))
        self.sheet.images.arrived.connect(lambda _: self._show_acts())
        self.kind_buttons = self._make_kinds()
        self._make_reader()
        self.issuing = IssuePanel(desk)
        self.compare = ComparePanel(desk)
        self.empty = Empty(look, "")
        self.empty.hide()
        self.foot = Elided(look, kind=Type.CAPTION, tone="second")
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._load_sheet)
        self.setFocusProxy(self.sheet)
        self._lay_out_pages()
        self._connect()
        self._shortcuts()

    def _make_head(self) -> None:
        look = self.look
        self.class_picker = Picker(look, "Lớp", kind=Type.SECTION)
        self.class_picker.chosen.connect(lambda _: self._change_class())
        self.stage = Chip(look)
        self.seen = look.label(kind=Type.BODY_BOLD)
        self.issue = look.button("Tạo học bạ…", self._open_issuing, icon="book-open")
        self.print_class = look.button("In cả lớp…", self._print_class, icon="printer")
        self.head.insertWidget(1, self.class_picker)
        self.head.insertWidget(2, self.stage)
        for widget in (self.seen, self.print_class, self.issue):
            self.head.addWidget(widget)
        self.issue.setVisible(allowed_somewhere(self.desk.actor, Action.ISSUE))

    def _make_reader(self) -> None:
        self.reader = Reader(self.desk)
        self.reader.full_asked.connect(lambda: self.show_full(not self.full))
        self.reader.print_asked.connect(self._print_one)
        self.reader.save.connect(self._save)
        self.reader.shown.connect(self._show_acts)
        self.reader.compare_asked.connect(self._open_compare)

    def _connect(self) -> None:
        self.acts.next.clicked.connect(self.see_and_next)
        self.acts.noted.connect(self._note_seen)
        self.acts.planned.connect(self._show_plan)
        self.acts.asked.connect(self._open_issuing)
        self.issuing.asked.connect(self.acts.plan)
        self.issuing.agreed.connect(self._start_issuing)
        self.issuing.closed.connect(lambda: self._enter(Mode.SHEET))
        self.compare.closed.connect(lambda: self._enter(self._before))

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
        self._middle = QWidget()
        row = QHBoxLayout(self._middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._left, 54)
        row.addWidget(self.reader, 46)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._middle, 1)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.issuing, 1)
        self.body.addWidget(self.compare, 1)
        foot = QHBoxLayout()
        foot.setSpacing(GAP_SMALL)
        foot.addWidget(self.foot, 1)
        for button in (self.acts.back, self.acts.revoke, self.acts.next):
            foot.addWidget(button)
        self.body.addLayout(foot)
        self.issuing.hide()
        self.compare.hide()

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
            "Esc": self._go_back,
            "R": self.acts.send_back,
            "Ctrl+P": self._print_one,
            "Ctrl+Shift+P": self._print_class,
        }
        for key, do in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(do)

    # --- reading --------------------------------------------------------------------------------------

    def load(self, where: Mapping[str, str]) -> None:
        self._wanted = where
        if where:
            self._close_panels()
        self.read(lambda: verbs.load_classes(self.desk), self._show_classes)

    def note_changes(self, changes: Changes) -> None:
        """While results are typed, only this class is read again, once the typing pauses."""
        if self.isVisible() and self._open is not None and changes.kinds & self.kinds == {"results"}:
            self._calm.start()
        else:
            super().note_changes(changes)

    def _change_class(self) -> None:
        self._close_panels()
        self._load_sheet()

    def _close_panels(self) -> None:
        """What was opened for one class or pupil makes way for another."""
        if self._mode in (Mode.ISSUE, Mode.COMPARE):
            self._enter(Mode.SHEET)

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
        self.issue.setEnabled(ready)
        why = outside or f"Lớp {item.name} chưa duyệt nên chưa tạo được học bạ."
        self.issue.setToolTip("" if ready else why)
        self._why = "" if ready or not allowed_somewhere(self.desk.actor, Action.ISSUE) else why
        self._show_foot()

    def _show_foot(self) -> None:
        self._say(KEYS_FULL if self.full else self._why or KEYS)

    def _say(self, words: str) -> None:
        """A line at the foot; its tool tip tells what does not fit."""
        self.foot.setText(words)
        self.foot.setToolTip(words)

    def _show_sheet(self, found: ClassSheet) -> None:
        self._open = found
        if found.outside:
            self._show_problem(found.outside)
        elif not found.cards:
            self._show_problem("Lớp chưa có học sinh.")
        else:
            self.empty.hide()
            self._show_counts()
            code, self._wanted = self._wanted.get("pupil", ""), {}
            wanted = next((card.entry.key for card in found.cards if card.entry.pupil.code == code), 0)
            self._arrange()
            self._show_cards(wanted)
            if self._mode is Mode.ISSUE:
                self.issuing.again()

    def _show_kind(self, kind: PageKind) -> None:
        """The same page of every pupil, in the reader too."""
        self.sheet.show_kind(kind)
        paper = self.reader.viewer.paper
        if paper is not None:
            self.reader.viewer.view.jump(paper.pages[kind])

    def _show_cards(self, key: int = 0) -> None:
        """The cards of the filter; the reader follows the choice."""
        if self._open is not None:
            self.sheet.show_sheet(self._open, self.filters.let_through(self._open.cards), key)
            self._show_chosen()

    def _show_chosen(self) -> None:
        found = self._open
        card = self._chosen
        if found is not None and card is not None and self.reader.isVisibleTo(self):
            self.reader.show_card(found, card)
        self._show_acts()

    def _read_failed(self, error: UserError) -> None:
        self._quiet()
        self._show_problem(messages.sentence(error))

    def _show_problem(self, sentence: str) -> None:
        """A sentence in place of everything below the head."""
        self._open = None
        self._mode = Mode.SHEET
        self.seen.setText("")
        self.reader.forget()
        self.reader.viewer.clear()
        self._arrange()
        self._show_acts()
        self.empty.say(sentence)
        self.empty.show()

    # --- sheet and page -------------------------------------------------------------------------------

    @property
    def mode(self) -> Mode:
        """What takes the room below the head."""
        return self._mode

    @property
    def full(self) -> bool:
        """Whether one transcript takes the whole screen."""
        return self._mode is Mode.FULL

    def show_full(self, full: bool) -> None:
        """One transcript over the whole screen, or the sheet again where it was left."""
        if full != self.full and self._open is not None:
            self._enter(Mode.FULL if full else Mode.SHEET)

    def _enter(self, mode: Mode) -> None:
        if self._mode is Mode.ISSUE:
            self.acts.drop_plan()
        self._mode = mode
        self._arrange()
        self._show_chosen()
        if mode is Mode.SHEET:
            self.sheet.setFocus()
            self.sheet.scrollTo(self.sheet.currentIndex())
        else:
            inside = {Mode.FULL: self.reader.viewer, Mode.ISSUE: self.issuing, Mode.COMPARE: self.compare}
            inside[mode].setFocus()

    def _go_back(self) -> None:
        """Esc: put away what was opened last."""
        if self._mode is Mode.COMPARE:
            self._enter(self._before)
        elif self._mode is not Mode.ISSUE and self.reader.close_versions():
            (self.reader.viewer if self.full else self.sheet).setFocus()
        elif self._mode is not Mode.SHEET:
            self._enter(Mode.SHEET)

    def _arrange(self) -> None:
        some, mode = self._open is not None, self._mode
        beside = self.width() >= BESIDE * self.look.theme.scale
        sheet = some and mode is Mode.SHEET
        self._bar.setVisible(sheet)
        self._middle.setVisible(some and mode in (Mode.SHEET, Mode.FULL))
        self._left.setVisible(sheet)
        self.reader.setVisible(some and (self.full or (sheet and beside)))
        self.issuing.setVisible(mode is Mode.ISSUE)
        self.compare.setVisible(mode is Mode.COMPARE)
        self.print_class.setEnabled(some)
        words = "Về các học bạ (Esc)" if self.full else "Xem cả màn hình (Enter)"
        self.reader.full.setToolTip(words)
        self.reader.full.setAccessibleName(words)
        reading = some and mode in (Mode.SHEET, Mode.FULL)
        self.foot.setVisible(mode in (Mode.SHEET, Mode.FULL))
        self.acts.offer(reading)
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
        if card is None or not self.reader.print.isEnabled():
            return
        if found is not None and self.reader.viewer.paper is not None:
            pages = len(self.reader.viewer.paper.sizes)
            self.paper.ask_one(
                found, card, draft=self.reader.is_draft, page=self.reader.viewer.page, pages=pages
            )

    def _print_class(self) -> None:
        if self._open is not None:
            cards = [card for card in self.sheet.rows.cards if not revoked(card)]
            self.paper.ask_class(self._open, cards)

    def _save(self, version: VersionRecord, target: Path) -> None:
        self.perform(
            lambda _: verbs.save_pdf(self.desk, version, target),
            lambda written: self.banner.tell("done", f"Đã lưu bản PDF vào {written}."),
            title="Đang lưu bản PDF",
        )

    # --- seen -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self._mode in (Mode.SHEET, Mode.FULL):
            if not event.isAutoRepeat():
                self.see_and_next()
            return
        super().keyPressEvent(event)

    def see_and_next(self) -> None:
        """Note the transcript in sight as seen and go to the next; a draft is only passed by."""
        card = self._chosen
        if card is None:
            return
        if counts(card):
            why = why_not_seen(self.reader, self.sheet, card)
            if why:
                self._say(why)
                return
            self.acts.mark_seen()
        last = self.sheet.currentIndex().row() == len(self.sheet.rows.cards) - 1
        self.sheet.step(1)
        self._show_foot()
        if last:
            self._say(END)

    @property
    def _chosen(self) -> SheetCard | None:
        return next((card for card in self.sheet.rows.cards if card.entry.key == self.sheet.key), None)

    def _note_seen(self, version_id: int) -> None:
        """The mark is stored: show it on the card and in the count."""
        if self._open is None:
            return
        cards = tuple(
            replace(card, seen=True) if card.version and card.version.id == version_id else card
            for card in self._open.cards
        )
        self._open = replace(self._open, cards=cards)
        self._show_counts()
        self.sheet.show_sheet(self._open, self.filters.let_through(cards))
        shown = self.reader.card
        if self._chosen is not None and shown is not None and self._chosen.entry.key != shown.entry.key:
            self._show_chosen()
        self._show_acts()

    def _show_counts(self) -> None:
        cards = self._open.cards if self._open else ()
        self.filters.count(cards)
        there = sum(map(counts, cards))
        done = sum(card.seen and counts(card) for card in cards)
        self.seen.setText(f"Đã xem {done}/{there}" if there else "")

    def _show_acts(self) -> None:
        card = self._chosen if self._open is not None else None
        self.acts.show(
            self._open,
            card,
            "Chưa có học bạ." if card is None else why_not_seen(self.reader, self.sheet, card),
        )

    # --- comparing and issuing ------------------------------------------------------------------------

    def _open_compare(self, before: int, after: int) -> None:
        card = self.reader.card
        if card is not None:
            pupil = card.entry.pupil
            self._before = self._mode
            self.compare.open_on(verbs.code_of(pupil), pupil.name, before, after)
            self._enter(Mode.COMPARE)

    def _open_issuing(self) -> None:
        if self._open is not None and self.issue.isEnabled():
            self.banner.hide()
            self._enter(Mode.ISSUE)
            self.issuing.open_on(self._open.klass.name)

    def _show_plan(self, plan: IssuePlan) -> None:
        if self._mode is Mode.ISSUE:
            self.issuing.show_plan(plan)

    def _start_issuing(self, class_name: str) -> None:
        self._enter(Mode.SHEET)
        self.acts.issue(class_name)

    def _stopped(self) -> None:
        super()._stopped()
        told = self.acts.stopped()
        if told:
            self.banner.tell("note", told)
        self.load({})


def _stage(item: ClassSummary) -> Stage:
    return item.stages.get(Period.CN, Stage.OPEN)
