"""Kiểm tra: classes at the left, what the rules found at the right; titles and the summer in tabs beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.interaction import Progress
from app.records.codes import PERIOD_TEXT
from app.records.permissions import Action, allowed_somewhere
from app.records.types import Finding, Period, Severity, Stage
from app.ui.checks import verbs
from app.ui.checks.acts import Acts
from app.ui.checks.awards import AwardsPanel
from app.ui.checks.filters import FilterBar
from app.ui.checks.sift import counted, in_order, sift
from app.ui.checks.summer import SummerPanel
from app.ui.checks.table import FindingsTable
from app.ui.checks.words import ALL, choices, empty_words, head_words, sentence
from app.ui.desk import Desk
from app.ui.look import frame
from app.ui.screens import RESULTS
from app.ui.tasks import Lane
from app.ui.theme import GAP, GAP_SMALL, Type
from app.ui.widgets.choices import ChoiceList
from app.ui.widgets.empty import Empty
from app.ui.widgets.page import Page
from app.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from app.workflows.checks import CheckList
    from app.workflows.kept import ClassState
    from app.workflows.report import Changes

_LEFT: Final = 248
_LEFT_SHARE: Final = 0.26
_LONG_MS: Final = 1000
"""From here on a run shows how far it is, and can be stopped."""
_TOGETHER_MS: Final = 40
"""Classes that finish within this time appear at once."""


class _Feed(QObject):
    """Brings each class to the window as soon as a worker has checked it."""

    listed = Signal(int, object)
    found = Signal(int, object)


class ChecksPage(Page):
    """Findings of a period, titles, and the assessment in summer."""

    kinds: ClassVar[frozenset[str]] = frozenset({"classes", "results", "settings", "accounts", "transcripts"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Kiểm tra")
        look = self.look
        self._list: CheckList | None = None
        self._states: dict[str, ClassState] = {}
        self._run = 0
        self._wanted = ""
        self._shown_for: tuple[str, Period] | None = None
        self._feed = _Feed(self)
        self._feed.listed.connect(self._take_list)
        self._feed.found.connect(self._take_state)
        self._soon = QTimer(self, singleShot=True, interval=_TOGETHER_MS)
        self._soon.timeout.connect(self._show_all)
        self._long = QTimer(self, singleShot=True, interval=_LONG_MS)
        self._long.timeout.connect(self._show_progress)
        self.period = Picker(look, "Kì đánh giá")
        self.period.fill([(period.value, PERIOD_TEXT[period]) for period in Period], Period.CN.value)
        self.classes = ChoiceList(look, "Các lớp")
        self.bar = FilterBar(look, may_approve=allowed_somewhere(desk.actor, Action.APPROVE))
        self.filters = self.bar.severities
        self.table = FindingsTable(look)
        self.sentence = look.label(wrap=True)
        self.empty = Empty(look, "", "Bỏ lọc", self.bar.reset)
        self.acts = Acts(self)
        self.approve, self.back = self.acts.approve, self.acts.back
        self.awards = AwardsPanel(self)
        self.summer = SummerPanel(self)
        self.tabs = QTabBar()
        self._stack = QStackedWidget()
        self._lay_out_tabs()
        self._connect()
        self.setFocusProxy(self.classes)

    def _connect(self) -> None:
        self.period.chosen.connect(lambda _: self._change_period())
        self.classes.chosen.connect(lambda _: self._show_class())
        self.bar.changed.connect(self._show_all)
        self.table.opened.connect(self._open)
        self.table.pointed.connect(self._show_chosen)
        self.tabs.currentChanged.connect(self._show_tab)

    # --- layout ---------------------------------------------------------------------------------------

    def _lay_out_tabs(self) -> None:
        for widget in (self.period, self.back, self.approve):
            self.head.addWidget(widget)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Phần của màn hình Kiểm tra")
        for name, panel in (
            ("Vấn đề", self._findings_panel()),
            ("Khen thưởng", self.awards),
            ("Đánh giá trong hè", self.summer),
        ):
            self.tabs.addTab(name)
            self._stack.addWidget(panel)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._stack, 1)

    def _findings_panel(self) -> QWidget:
        self._left = left = frame("panel")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.classes)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(left)
        row.addWidget(self._right(), 1)
        self._shortcuts(content)
        return content

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The classes give way where there is little width."""
        super().resizeEvent(event)
        self._left.setFixedWidth(min(round(_LEFT * self.look.theme.scale), round(self.width() * _LEFT_SHARE)))

    def _right(self) -> QWidget:
        right = frame("panel")
        top = QWidget()
        above = QVBoxLayout(top)
        above.setContentsMargins(GAP, GAP_SMALL, GAP, 0)
        above.addWidget(self.bar)
        self._foot = QWidget()
        below = QVBoxLayout(self._foot)
        below.setContentsMargins(GAP, 0, GAP, GAP_SMALL)
        below.setSpacing(GAP_SMALL)
        self.sentence.setMinimumHeight(2 * self.look.theme.heights.line)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.sentence)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        for button in (self.acts.waive, self.acts.suggest, self.acts.answer):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.look.label("Enter: đến ô trong lớp", Type.CAPTION, "second"))
        below.addLayout(buttons)
        findings = QVBoxLayout(right)
        findings.setContentsMargins(1, 1, 1, 1)
        findings.setSpacing(GAP_SMALL)
        findings.addWidget(top)
        findings.addWidget(self.table, 1)
        findings.addWidget(self.empty, 1)
        findings.addWidget(self._foot)
        return right

    def _shortcuts(self, panel: QWidget) -> None:
        """Single letters work inside the findings only, where nothing is typed."""
        keys_of_panel: tuple[tuple[str, Callable[[], object]], ...] = (
            *((str(n), partial(self.bar.toggle, severity)) for n, severity in enumerate(Severity, start=1)),
            ("D", self.acts.ask_approve),
            ("R", self.acts.ask_return),
            ("F8", partial(self.table.step, 1)),
            ("Shift+F8", partial(self.table.step, -1)),
            ("F9", self._check_again),
        )
        for keys, do in keys_of_panel:
            _on(keys, panel, do)
        _on("Esc", self, self._put_away)

    # --- reading --------------------------------------------------------------------------------------

    @property
    def chosen_period(self) -> Period:
        """The period shown."""
        return Period(self.period.value)

    def load(self, where: Mapping[str, str]) -> None:
        self._wanted = where.get("class", "")
        if "period" in where:
            self.period.show_value(where["period"])
        if "tab" in where or self._wanted:
            self.tabs.setCurrentIndex({"awards": 1, "summer": 2}.get(where.get("tab", ""), 0))
        self._check_again()
        panel = self._stack.currentWidget()
        if isinstance(panel, AwardsPanel | SummerPanel):
            panel.load()

    def note_changes(self, changes: Changes) -> None:
        if self.kinds & changes.kinds:
            self.awards.stale = self.summer.stale = True
        super().note_changes(changes)

    def _change_period(self) -> None:
        self._states.clear()
        self._check_again()

    def _check_again(self) -> None:
        """Check class by class; what is shown stays until a class has its new findings."""
        self._run += 1
        number, period, feed, desk = self._run, self.chosen_period, self._feed, self.desk
        if self._reading is not None:
            self._reading.drop()

        def work(progress: Progress) -> int:
            feed.listed.emit(number, verbs.check_list(desk, period))
            return verbs.check_each(desk, period, partial(feed.found.emit, number), progress)

        self._patience.start()
        self._long.start()
        self._reading = desk.runner.run(
            Lane.WORK,
            work,
            owner=self,
            done=lambda _: self._finish(number),
            failed=self._read_failed,
            cancelled=self._cut_short,
        )

    def _take_list(self, number: int, found: CheckList) -> None:
        if number != self._run:
            return
        self._list = found
        names = {item.name for item in found.classes}
        self._states = {name: state for name, state in self._states.items() if name in names}

    def _take_state(self, number: int, state: ClassState) -> None:
        if number != self._run:
            return
        self._states[state.summary.name] = state
        if not self._soon.isActive():
            self._soon.start()

    def _finish(self, number: int) -> None:
        if number != self._run:
            return
        self._soon.stop()
        self._long.stop()
        self._quiet()
        self._show_all()

    def _cut_short(self) -> None:
        self._long.stop()
        self._quiet()
        self._show_all()
        self.banner.tell(
            "warning",
            f"Đã dừng, mới kiểm tra {len(self._states)} lớp.",
            action="Kiểm tra tiếp",
            do=self._check_again,
        )

    def _show_progress(self) -> None:
        if self._reading is not None and not self._reading.ended:
            self.job_line.watch(self.desk.runner, self._reading)

    # --- showing --------------------------------------------------------------------------------------

    def _show_all(self) -> None:
        """Classes and findings as they are known now; the choice stays where it was."""
        if self._list is None:
            return
        returned = frozenset(name for name, move in self._list.moves.items() if move.returned)
        waiting = self.bar.filters.closed
        states = [
            state
            for state in in_order(self._ordered(), returned)
            if not waiting or state.summary.stages.get(self.chosen_period) is Stage.SUBMITTED
        ]
        self.note.setText(head_words(states))
        self.classes.fill(choices(states, self._list, self.chosen_period, returned), self._wanted)
        self._wanted = ""
        self._show_class()

    def _ordered(self) -> list[ClassState]:
        listed = self._list.classes if self._list else ()
        return [self._states[item.name] for item in listed if item.name in self._states]

    @property
    def _state(self) -> ClassState | None:
        """The chosen class; None while all are shown."""
        return self._states.get(self.classes.key)

    def _mine(self) -> list[Finding]:
        """The findings of the chosen class, or of all classes in the list."""
        name = self.classes.key
        names = [key for key in self.classes.keys if key != ALL] if name == ALL else [name]
        return [finding for key in names if key in self._states for finding in self._states[key].shown]

    def _show_class(self) -> None:
        if self._list is None:
            return
        mine = self._mine()
        self.bar.offer(mine, self._list.in_charge)
        found = sift(mine, self.bar.filters, self._list.in_charge)
        self.bar.count(found)
        place = (self.classes.key, self.chosen_period)
        self.table.show_lines(found.lines, anew=place != self._shown_for)
        self._shown_for = place
        some = bool(found.lines)
        if not some and (self.table.hasFocus() or self._foot.isAncestorOf(self.focusWidget() or self)):
            self.classes.setFocus()  # what is hidden would give it to a stranger
        for widget in (self.table, self._foot):
            widget.setVisible(some)
        self.empty.setVisible(not some)
        name = self.classes.key
        where = f"{len(self.classes.keys) - 1} lớp" if name in ("", ALL) else f"lớp {name}"
        self.empty.say(empty_words(counted(mine), found, where, narrow=self.bar.filters.narrow))
        self.empty.button.setVisible(self.bar.filters.narrow)
        self._show_chosen()

    def _show_chosen(self) -> None:
        current = self.table.current if self.table.isVisibleTo(self) else None
        names = self._list.names if self._list else {}
        self.sentence.setText(sentence(current, names) if current else "")
        self.acts.show(self.table.chosen if current else (), self._state, self.chosen_period)

    def _show_tab(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        somebody = allowed_somewhere(self.desk.actor, Action.APPROVE)
        self.period.setVisible(place == 0)
        for button in (self.back, self.approve):
            button.setVisible(place == 0 and somebody)
        panel = self._stack.currentWidget()
        if isinstance(panel, AwardsPanel | SummerPanel) and panel.stale:
            panel.load()

    # --- acting ---------------------------------------------------------------------------------------

    def _open(self, finding: Finding) -> None:
        self.go.emit(
            RESULTS,
            {
                "class": finding.class_name,
                "pupil": finding.pupil_code,
                "field": finding.field,
                "period": self.chosen_period.value,
            },
        )

    def _put_away(self) -> None:
        """Esc: no answer to a question, back to the list."""
        self.banner.hide()
        (self.table if self.table.isVisible() else self.classes).setFocus()


def _on(keys: str, where: QWidget, do: Callable[[], object]) -> None:
    """A key that works while the focus is inside `where`."""
    shortcut = QShortcut(QKeySequence(keys), where)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(do)
