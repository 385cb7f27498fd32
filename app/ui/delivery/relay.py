"""Chuyển bằng USB: the outbox goes out on a stick, receipts come back; what is out without a receipt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.records.permissions import Action, allowed
from app.ui.delivery import verbs, words
from app.ui.look import Look, frame
from app.ui.theme import GAP, GAP_SMALL, MARGIN, Type
from app.ui.widgets.elided import Elided
from app.ui.widgets.empty import Empty
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.ui.delivery.page import DeliveryPage
    from app.workflows.outbox import Moved
    from app.workflows.relay import CarriedBatch, ExportReport, ReceiptReport, Relay


def _columns() -> tuple[Column[CarriedBatch], ...]:
    return (
        Column("Ngày ghi", 112, lambda row: words.day(row.day)),
        Column("Thư mục trên USB", 0, lambda row: row.place),
        Column("Học bạ chưa có biên nhận", 190, lambda row: words.number(row.parcels), right=True),
        Column("Tệp", 90, lambda row: words.number(row.files), right=True),
    )


class RelayPane(QWidget):
    """The folder on the stick is chosen once for both ways."""

    def __init__(self, page: DeliveryPage) -> None:
        super().__init__()
        self._page = page
        look = page.look
        self.folder: Path | None = None
        self.may_send = allowed(page.desk.actor, Action.SEND)
        self.what = look.label(wrap=True)
        self.place = Elided(look, "Chưa chọn thư mục trên USB.", tone="second")
        self.choose = look.button("Chọn thư mục trên USB…", self._choose, icon="folder-open")
        self.export = look.button("Xuất ra USB", self._export, icon="usb", kind="primary")
        self.take = look.button("Nhận biên nhận từ USB…", self._take, icon="inbox")
        self.back = look.button("Xếp lại vào hộp gửi", self._put_back, small=True)
        self.table: Table[CarriedBatch] = Table(look, "Đã mang đi, chưa có biên nhận", _columns())
        self.empty = Empty(look, "Không có gói nào đã mang đi mà còn thiếu biên nhận.")
        self._lay_out(look)

    def _lay_out(self, look: Look) -> None:
        steps = QHBoxLayout()
        steps.setSpacing(GAP)
        steps.addWidget(
            _step(look, "1", "Xuất gói ra USB", self.what, self.place, _line(self.choose, self.export)), 1
        )
        told = look.label(
            "Nơi nhận ghi biên nhận vào USB. Cắm lại USB đó vào máy này: học bạ chỉ thành “Đã tiếp nhận” "
            "khi có biên nhận.",
            wrap=True,
        )
        steps.addWidget(_step(look, "2", "Nhận biên nhận từ USB", told, _line(self.take)), 1)
        panel = frame("panel")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(1, GAP_SMALL, 1, 1)
        inside.setSpacing(GAP_SMALL)
        head = QHBoxLayout()
        head.setContentsMargins(GAP, 0, GAP_SMALL, 0)
        head.addWidget(look.label("Đã mang đi, chưa có biên nhận", Type.SECTION))
        head.addStretch(1)
        head.addWidget(self.back)
        self.back.setToolTip("Khi USB bị mất hoặc hỏng: học bạ chờ gửi lại, không có gì bị gửi hai lần.")
        inside.addLayout(head)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.empty, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addLayout(steps)
        layout.addWidget(panel, 1)
        for widget in (self.choose, self.export, self.take, self.back, self.place):
            widget.setVisible(self.may_send)
        self.setFocusProxy(self.choose if self.may_send else self.table)

    # --- reading --------------------------------------------------------------------------------------

    def load(self) -> None:
        """Read what would go out and what is out."""
        folder = self.folder
        self._page.read(lambda: verbs.relay(self._page.desk, folder), self.show_relay)

    def show_relay(self, relay: Relay) -> None:
        """Numbers, free room and the batches that wait for a receipt."""
        load = relay.load
        if load.files:
            self.what.setText(
                f"{words.number(load.parcels)} học bạ chờ gửi: {words.number(load.files)} tệp, "
                f"{words.size(load.size)}. Ghi xong, máy đọc lại từng tệp để chắc chắn USB giữ đúng."
            )
        else:
            self.what.setText("Không có học bạ nào chờ gửi. Học bạ vào đây sau khi đóng dấu.")
        if self.folder is not None and load.free is not None:
            self.place.setText(f"{self.folder} · còn trống {words.size(load.free)}")
        count = f"Xuất {words.number(load.parcels)} học bạ ra USB" if load.files else "Xuất ra USB"
        self.export.setText(f"\u2002{count}")
        self.export.setAccessibleName(count)
        why = "" if load.files else "Không có học bạ nào chờ gửi."
        why = why or ("" if self.folder else "Chọn thư mục trên USB trước.")
        self.export.setEnabled(not why)
        self.export.setToolTip(why)
        self.table.show_rows(relay.batches)
        self.table.setVisible(bool(relay.batches))
        self.empty.setVisible(not relay.batches)
        self.back.setEnabled(bool(relay.batches))

    # --- acting ---------------------------------------------------------------------------------------

    def _ask(self, title: str) -> Path | None:
        start = str(
            self.folder or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        )
        chosen = QFileDialog.getExistingDirectory(self, title, start)
        return Path(chosen) if chosen else None

    def _choose(self) -> None:
        self.use(self._ask("Chọn thư mục trên USB"))

    def use(self, folder: Path | None) -> None:
        """Take a folder on the stick; None changes nothing."""
        if folder is not None:
            self.folder = folder
            self._page.banner.hide()
            self.load()

    def _export(self) -> None:
        folder, desk = self.folder, self._page.desk
        if folder is not None:
            self._page.perform(
                lambda progress: verbs.export_outbox(desk, folder, progress),
                self._exported,
                title="Đang ghi ra USB",
            )

    def _exported(self, report: ExportReport) -> None:
        told = f"USB giữ đúng {words.number(report.written)} tệp đã ghi"
        if report.problem:
            sums = f"Đã ghi {words.number(report.written)} tệp, còn {words.number(report.left)} tệp."
            self._page.banner.tell("warning", f"{report.problem} {sums}")
        elif report.refused:
            self._page.banner.tell(
                "error", f"{told}. {len(report.refused)} tệp chưa ghi: {report.refused[0]}"
            )
        else:
            self._page.banner.tell("done", f"{told}. Rút USB an toàn rồi mang tới nơi nhận.")

    def _take(self) -> None:
        folder, desk = self._ask("Chọn thư mục có biên nhận"), self._page.desk
        if folder is not None:
            self.folder = folder
            self._page.perform(
                lambda _: verbs.import_receipts(desk, folder), self._taken, title="Đang đọc biên nhận"
            )

    def _taken(self, report: ReceiptReport) -> None:
        if report.unreadable:
            self._page.banner.tell("error", report.unreadable[0])
        elif not report.new:
            text = f"{report.found} biên nhận trong USB đều đã nhận từ trước. Không có gì đổi."
            self._page.banner.tell("note", text)
        else:
            text = f"Đã nhận {report.new} biên nhận mới, {words.number(report.moved)} tệp đổi tình trạng."
            self._page.banner.tell("done", text)

    def _put_back(self) -> None:
        batch, desk = self.table.row, self._page.desk
        if batch is not None:
            self._page.act(
                lambda: verbs.put_back(desk, batch.ids), self._back, title="Đang xếp lại vào hộp gửi"
            )

    def _back(self, moved: Moved) -> None:
        self._page.banner.tell("done", f"Đã xếp lại {words.number(moved.moved)} tệp vào hộp gửi.")


def _step(look: Look, number: str, title: str, *content: QWidget) -> QFrame:
    panel = frame("panel")
    layout = QVBoxLayout(panel)
    layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
    layout.setSpacing(GAP_SMALL)
    layout.addWidget(look.label(f"Bước {number}. {title}", Type.SECTION))
    for widget in content[:-1]:
        layout.addWidget(widget)
    layout.addStretch(1)
    layout.addWidget(content[-1])
    return panel


def _line(*buttons: QPushButton) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP_SMALL)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return line
