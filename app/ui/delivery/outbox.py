"""Hộp gửi: what holds the queue, how far it is, every transcript in it, and the chosen one in full."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.interaction import Progress
from app.records.permissions import Action, allowed
from app.ui.delivery import verbs, words
from app.ui.delivery.autosend import AutoSend
from app.ui.delivery.cells import TwoLineCell
from app.ui.delivery.detail import Detail
from app.ui.delivery.flow import ALL, Flow, states_of
from app.ui.look import frame
from app.ui.screens import PUPILS, SETTINGS
from app.ui.tasks import Job, Lane
from app.ui.theme import GAP, GAP_SMALL, Type
from app.ui.widgets.banner import Banner
from app.ui.widgets.elided import Elided
from app.ui.widgets.empty import Empty
from app.ui.widgets.picker import Picker
from app.ui.widgets.reason import ReasonDialog
from app.ui.widgets.table import Column, Table
from app.workflows.report import changed

if TYPE_CHECKING:
    from app.ui.delivery.page import DeliveryPage
    from app.workflows.outbox import History, Moved, Parcel, Queue
    from app.workflows.send import SendReport

EMPTY: Final = "Hộp gửi trống. Học bạ vào đây sau khi đóng dấu."
_PANE: Final = 320
_BOTH_FIT: Final = 1040
"""Width at 100 % from which table and pane stand side by side."""
_REFRESH_MS: Final = 1_000
_OPEN: Final = ("waiting", "sending", "paused")
_WIDEST: Final = 16_777_215
"""Qt's own largest width: no limit."""
_STILL: Final = "Ký số và lưu trữ vẫn làm bình thường."


class OutboxPane(QWidget):
    """Everything is read through the page; the pane keeps the last queue it showed."""

    def __init__(self, page: DeliveryPage) -> None:
        super().__init__()
        self._page = page
        self.desk = page.desk
        look = page.look
        self.queue: Queue | None = None
        self._sending: Job | None = None
        self._reading: Job | None = None
        self._covering = False
        self.may_send = allowed(self.desk.actor, Action.SEND)
        self.send = look.button("Gửi", self._send, icon="send", kind="primary")
        self.pause = look.button("Tạm dừng gửi", self._pause, icon="pause")
        self.status = Banner(look, closable=False)
        self.flow = Flow(look)
        self.flow.chosen.connect(lambda _: self._show_rows())
        self.shown = Elided(look, "", Type.BODY_BOLD)
        self.to_label = look.label("Kho nhận", Type.CAPTION, "second")
        self.to = Picker(look, "Kho nhận")
        self.to.chosen.connect(lambda _: self.load())
        self.table: Table[Parcel] = Table(look, "Học bạ trong hộp gửi", self._columns())
        self.table.pointed.connect(self._point)
        self.table.opened.connect(lambda _: self._open())
        self.more = look.button("Chi tiết", self._open, small=True)
        self.detail = Detail(look, may_send=self.may_send)
        self.empty = Empty(look, EMPTY)
        self.auto = AutoSend(self.desk, self._tried, self)
        self._refresh = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._refresh.timeout.connect(self.load)
        self.desk.runner.stepped.connect(self._on_step)
        self._connect_detail()
        self._lay_out()

    def _columns(self) -> tuple[Column[Parcel], ...]:
        def sentence(parcel: Parcel) -> str:
            return "\n".join(words.lines(parcel, self.queue)) if self.queue else ""

        return (
            Column("Tình trạng", 156, lambda row: words.sign(row).word, sign=words.sign),
            Column("Học bạ", 172, lambda row: f"{words.name(row)}\n{words.about(row)}"),
            Column("Chuyện gì và làm gì tiếp", 0, sentence),
            Column("Đã thử", 62, lambda row: f"{row.attempts} lần" if row.attempts else ""),
            Column("Thử lần tới", 108, lambda row: words.next_step(row, self.queue) if self.queue else ""),
        )

    def _connect_detail(self) -> None:
        self.detail.wants_try.connect(self.try_now)
        self.detail.wants_cancel.connect(self._cancel)
        self.detail.wants_back.connect(self._put_back)
        self.detail.wants_pupil.connect(self._show_pupil)
        self.detail.closed.connect(self._uncover)
        shortcut = QShortcut(QKeySequence("Ctrl+R"), self)
        shortcut.activated.connect(self.try_now)

    def _lay_out(self) -> None:
        heights = self._page.look.theme.heights
        self.table.setItemDelegate(TwoLineCell(self._page.look, self.table))
        self.table.verticalHeader().setDefaultSectionSize(heights.row_two)
        bar = QHBoxLayout()
        bar.setContentsMargins(GAP, GAP_SMALL, GAP_SMALL, 0)
        bar.setSpacing(GAP_SMALL)
        bar.addWidget(self.shown, 1)
        bar.addWidget(self.more)
        bar.addWidget(self.to_label)
        bar.addWidget(self.to)
        self.list_panel = frame("panel")
        inside = QVBoxLayout(self.list_panel)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(GAP_SMALL)
        inside.addLayout(bar)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.empty, 1)
        self.detail.setMinimumWidth(round(_PANE * self._page.look.theme.scale))
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.list_panel, 1)
        row.addWidget(self.detail)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_SMALL)
        layout.addWidget(self.status)
        layout.addWidget(self.flow)
        layout.addLayout(row, 1)
        self.setFocusProxy(self.table)

    # --- reading --------------------------------------------------------------------------------------

    def load(self) -> None:
        """Read the queue anew; rows stay until it is there."""
        to = self.to.value
        self._page.read(lambda: verbs.queue(self.desk, to), self.show_queue)

    def show_queue(self, queue: Queue) -> None:
        """Everything but the chosen parcel's history, which follows."""
        chosen = self.table.row
        self.queue = queue
        self.to.fill([(name, name) for name in queue.destinations], queue.to)
        self.to.setVisible(bool(queue.destinations))
        self.to_label.setVisible(bool(queue.destinations))
        self.flow.show_counts({state.value: count for state, count in queue.counts.items()})
        self.flow.setVisible(bool(queue.parcels))
        self._show_status(queue)
        self._show_rows(chosen)
        self._show_buttons(queue)
        if self.may_send:
            self.auto.plan(queue.to, queue.next_try if queue.hold in ("away", "login_page") else None)

    def _show_rows(self, chosen: Parcel | None = None) -> None:
        queue = self.queue
        if queue is None:
            return
        states = states_of(self.flow.key)
        rows = [row for row in queue.parcels if not states or row.state.value in states]
        place = next((at for at, row in enumerate(rows) if chosen and row.ids == chosen.ids), 0)
        scroll = self.table.verticalScrollBar().value() if chosen else 0
        self.table.show_rows(rows, place)
        self.table.verticalScrollBar().setValue(scroll)
        word = self.flow.counters[self.flow.key].word
        step = "" if self.flow.key == ALL else f"{word}: "
        self.shown.setText(f"{step}{words.number(len(rows))} học bạ")
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.say(f"Không có học bạ nào ở bước “{word}”." if queue.parcels else EMPTY)
        self._fit()
        self._point(place if rows else -1)

    def _show_status(self, queue: Queue) -> None:
        count = words.number(sum(queue.counts[state] for state in queue.counts if state.value in _OPEN))
        when = f" từ {words.clock(queue.held_since)}" if queue.held_since else ""
        again = f"tự thử lại lúc {words.clock(queue.next_try)}" if queue.next_try else "chờ thử lại"
        problem, rest = words.split(queue.problem, "")
        may = self.may_send
        match queue.hold:
            case "hand":
                text = f"Đang tạm dừng gửi{when}. {count} học bạ nằm chờ. {_STILL}"
                self._tell(text, "Gửi tiếp" if may else "", self._send_on)
            case "refused":
                self._tell(
                    f"{problem}. {rest} {count} học bạ nằm chờ.", "Gửi tiếp" if may else "", self._send
                )
            case "login_page":
                text = f"{problem}. {rest} {count} học bạ nằm chờ, {again}. {_STILL}"
                self._tell(text, "Thử ngay" if may else "", self._send)
            case "away":
                text = f"{problem}, lần thử gần nhất{when.replace(' từ', ' lúc')}. "
                text += f"{count} học bạ nằm chờ, {again}. {_STILL}"
                self._tell(text, "Thử ngay" if may else "", self._send)
            case "no_destination" if queue.parcels:
                text = "Chưa có kho nhận nào. Thêm kho nhận ở Thiết lập, hoặc chuyển bằng USB."
                may_set = allowed(self.desk.actor, Action.DESTINATIONS)
                self._tell(text, "Mở Thiết lập" if may_set else "", self._show_settings)
            case _:
                self.status.hide()

    def _tell(self, text: str, action: str, do: Callable[[], object]) -> None:
        self.status.tell("warning", text, action=action, do=do)

    def _show_buttons(self, queue: Queue) -> None:
        waiting = sum(count for state, count in queue.counts.items() if state.value in _OPEN)
        words_ = f"Gửi {words.number(waiting)} học bạ" if waiting else "Gửi"
        self.send.setText(f"\u2002{words_}")
        self.send.setAccessibleName(words_)
        if not waiting:
            why = "Không có học bạ nào chờ gửi."
        elif queue.hold == "hand":
            why = "Đang tạm dừng. Bấm “Gửi tiếp” trước."
        elif not queue.destinations:
            why = "Chưa có kho nhận. Thêm ở Thiết lập, hoặc chuyển bằng USB."
        else:
            why = "Đang gửi." if self.sending else ""
        self.send.setEnabled(not why)
        self.send.setToolTip(why)
        self.pause.setVisible(self.may_send and self._page.tab == "outbox" and queue.hold in ("none", "away"))
        self.pause.setEnabled(bool(queue.destinations))

    @property
    def sending(self) -> bool:
        """True while this window sends."""
        return self._sending is not None and not self._sending.ended

    # --- the chosen parcel ----------------------------------------------------------------------------

    def _point(self, row: int) -> None:
        queue, rows = self.queue, self.table.rows_model.rows
        if queue is None or not 0 <= row < len(rows):
            return
        parcel = rows[row]
        self.detail.show_parcel(parcel, queue)
        if self._reading is not None:
            self._reading.drop()

        def arrived(history: History) -> None:
            self.detail.show_history(history)

        self._reading = self.desk.runner.run(
            Lane.WORK,
            lambda _: verbs.history(self.desk, parcel.ids),
            owner=self,
            done=arrived,
            failed=self._page.tell_error,
        )

    def _fit(self) -> None:
        """Side by side where there is room; else the pane covers the table when it is asked for."""
        narrow = self.width() / self._page.look.theme.scale < _BOTH_FIT
        some = bool(self.table.rows_model.rows)
        self._covering = self._covering and narrow and some
        self.list_panel.setVisible(not self._covering)
        self.detail.setVisible(some and (not narrow or self._covering))
        self.more.setVisible(some and narrow)
        self.detail.close_pane.setVisible(self._covering)
        limit = _WIDEST if self._covering else self.detail.minimumWidth()
        self.detail.setMaximumWidth(limit)

    def _open(self) -> None:
        self._covering = True
        self._fit()
        first = self.detail.close_pane if self._covering else self.detail.pupil
        first.setFocus()

    def _uncover(self) -> None:
        self._covering = False
        self._fit()
        self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # --- acting ---------------------------------------------------------------------------------------

    def _send(self) -> None:
        to = self.to.value
        self._start(lambda progress: verbs.send(self.desk, to, progress))

    def _send_on(self) -> None:
        to = self.to.value
        self._start(lambda progress: verbs.send_on(self.desk, to, progress))

    def try_now(self) -> None:
        """Send the chosen parcel alone, now (Ctrl+R); nothing for what is on its way or has arrived."""
        parcel, to = self.table.row, self.to.value
        if parcel is None or not self.may_send or parcel.state.value not in (*_OPEN, "rejected"):
            return
        self._start(lambda progress: verbs.try_now(self.desk, to, parcel.unsent, progress))

    def _start(self, work: Callable[[Progress], SendReport]) -> None:
        if self.sending:
            return
        self.auto.plan("", None)
        self._sending = self._page.perform(work, self._sent, title="Đang gửi học bạ", lane=Lane.NET)
        if self.queue is not None:
            self._show_buttons(self.queue)

    def _on_step(self, job: Job) -> None:
        if job is self._sending and not self._refresh.isActive():
            self._refresh.start()

    def _sent(self, report: SendReport) -> None:
        self._sending = None
        told = f"Kho nhận đã lưu thêm {words.number(report.sent)} tệp"
        if report.accepted:
            told += f", có biên nhận cho {words.number(report.accepted)} tệp"
        if not report.problem:
            self._page.banner.tell("done", f"{told}.")
        elif report.sent:
            self._page.banner.tell("note", f"{told} trước khi dừng.")
        self.load()

    def stopped(self) -> None:
        """The person stopped the sending: tell everybody what became of it so far."""
        self._sending = None
        self.desk.runner.changed.emit(changed("outbox"))

    def _tried(self, report: SendReport | None) -> None:
        if report is not None:
            self.desk.runner.changed.emit(report.changes)
        self.load()

    def _pause(self) -> None:
        to = self.to.value
        self._page.act(lambda: verbs.pause(self.desk, to), lambda _: None, title="Đang tạm dừng gửi")

    def _cancel(self) -> None:
        parcel = self.table.row
        if parcel is None:
            return
        dialog = ReasonDialog(
            self._page.look,
            f"Hủy gửi học bạ của {words.name(parcel)}",
            "Học bạ không bị xóa và vẫn còn nguyên trong máy; sau này xếp lại vào hộp gửi được. "
            "Lý do được ghi vào nhật ký.",
            "Hủy gửi",
            self,
        )
        dialog.accepted.connect(lambda: self._cancel_for(parcel, dialog.reason))
        dialog.open()

    def _cancel_for(self, parcel: Parcel, reason: str) -> None:
        self._page.act(
            lambda: verbs.cancel(self.desk, parcel.ids, reason), self._cancelled, title="Đang hủy gửi"
        )

    def _cancelled(self, moved: Moved) -> None:
        if moved.left:
            kept = f"{moved.left} tệp đang trên đường hoặc đã tới kho nhận nên giữ nguyên"
            self._page.banner.tell("note", f"Đã hủy {moved.moved} tệp; {kept}.")
        else:
            self._page.banner.tell("done", "Đã hủy gửi học bạ này. Không có gì bị xóa.")

    def _put_back(self) -> None:
        parcel = self.table.row
        if parcel is not None:
            ids = parcel.ids if parcel.carried else parcel.unsent
            self._page.act(
                lambda: verbs.put_back(self.desk, ids),
                lambda _: None,
                title="Đang xếp lại vào hộp gửi",
            )

    def _show_pupil(self) -> None:
        parcel = self.table.row
        if parcel is not None:
            first = parcel.files[0]
            self._page.go.emit(PUPILS, {"class": first.class_name, "pupil": first.pupil_code})

    def _show_settings(self) -> None:
        self._page.go.emit(SETTINGS, {"section": "destinations"})
