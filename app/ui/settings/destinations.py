"""Kho nhận: where signed documents are sent; a test says what it proved and what not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog

from app.ui.desk import Desk
from app.ui.firstrun.form import Field, Form
from app.ui.settings import verbs
from app.ui.settings.dialogs import FormDialog
from app.ui.settings.least import LeastWidth
from app.ui.settings.panel import Panel, choose_only
from app.ui.states import Sign
from app.ui.tasks import Lane
from app.ui.widgets.empty import Empty
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.models.values import DestinationRecord
    from app.workflows.settings import Reach

FOLDER: Final = "folder"
S3: Final = "s3"
_KINDS: Final = {FOLDER: "Thư mục", S3: "Kho S3"}
_RUNNING: Final = Sign("check", "Đang dùng", "ok", "ok_bg")
_PAUSED: Final = Sign("pause", "Tạm dừng", "warn", "warn_bg")
_PROVEN: Final = {
    FOLDER: "{name}: thư mục có mặt và ghi được. Chưa ghi thử tệp nào.",
    S3: "{name}: kho trả lời, nhận khóa truy cập và đúng tên kho. Chưa ghi thử tệp nào.",
}
_FOLDER_FIELDS: Final = (
    Field("name", "Tên kho nhận", "Ví dụ: USB của trường"),
    Field("path", "Thư mục", "Đường dẫn đầy đủ"),
)
_S3_FIELDS: Final = (
    Field("name", "Tên kho nhận", "Ví dụ: kho của Sở"),
    Field("endpoint", "Địa chỉ", "https://…"),
    Field("bucket", "Tên kho (bucket)"),
    Field("access_key", "Mã truy cập"),
    Field("secret", "Khóa bí mật", secret=True),
    Field("prefix", "Thư mục trong kho", "Để trống nếu không có", optional=True),
    Field("region", "Vùng", "us-east-1", optional=True),
)


def _state(row: DestinationRecord) -> Sign:
    return _PAUSED if row.paused else _RUNNING


def _where(row: DestinationRecord) -> str:
    options = row.options
    if row.kind == FOLDER:
        return options.get("path", "")
    return f"{options.get('endpoint', '')} · {options.get('bucket', '')}"


def _columns() -> tuple[Column[DestinationRecord], ...]:
    return (
        Column("Tên", 168, lambda row: row.name),
        Column("Loại", 96, lambda row: _KINDS.get(row.kind, row.kind)),
        Column("Ở đâu", 0, _where),
        Column("Trạng thái", 116, lambda row: _state(row).word, sign=_state),
    )


class DestinationsPanel(Panel):
    """The first destination that is in use gets the documents."""

    kinds = frozenset({"destinations", "settings", "outbox"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Kho nhận")
        look = self.look
        self.say("Học bạ đã đóng dấu được gửi đến kho đầu tiên trong danh sách.")
        self.table: Table[DestinationRecord] = Table(look, "Kho nhận", _columns())
        self.table.setProperty("frame", "panel")
        LeastWidth(look.theme, self.table, 2, 200)
        self.table.pointed.connect(lambda _: self._look())
        self.table.opened.connect(lambda _: self._test())
        self.empty = Empty(look, "Chưa có kho nhận nào. Thêm một thư mục (ổ mạng, USB) hoặc một kho S3.")
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.empty, 1)
        self.add_folder = look.button("Thêm thư mục…", self._ask_folder, icon="folder-open")
        self.add_s3 = look.button("Thêm kho S3…", self._ask_s3, icon="server")
        self.test = look.button("Thử kết nối", self._test, icon="refresh-cw")
        self.pause = look.button("Tạm dừng gửi", self._pause, icon="pause")
        self.add_actions(self.add_folder, self.add_s3, self.test, self.pause)
        self._look()

    def load(self, where: Mapping[str, str]) -> None:
        self.read(lambda: verbs.destinations(self.desk), self._show)

    def _show(self, rows: tuple[DestinationRecord, ...]) -> None:
        self.table.show_rows(rows, max(0, self.table.currentIndex().row()))
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._look()

    def _look(self) -> None:
        row = self.table.row
        choose_only((self.test, self.pause), when=row is not None, why="Chọn một kho nhận trước.")
        words = "Gửi tiếp" if row is not None and row.paused else "Tạm dừng gửi"
        self.pause.setText(f"\u2002{words}")
        self.pause.setAccessibleName(words)

    # --- adding ---------------------------------------------------------------------------------------

    def _ask_folder(self) -> None:
        place = QFileDialog.getExistingDirectory(self, "Chọn thư mục nhận học bạ")
        if place:
            self.ask_folder(Path(place))

    def ask_folder(self, place: Path) -> None:
        """Ask for the name of a folder that was chosen."""
        dialog = self._dialog(
            "Thêm thư mục nhận",
            "Có thể là ổ mạng của trường, hoặc USB.",
            _FOLDER_FIELDS,
            lambda form: self._add(form, FOLDER, ("path",)),
        )
        dialog.fill(name=place.name, path=str(place))
        dialog.open()

    def _ask_s3(self) -> None:
        note = "Kho theo giao thức S3 của Sở, Phòng hay nhà cung cấp. Khóa bí mật được mã hóa cùng dữ liệu."
        keys = ("endpoint", "bucket", "access_key", "prefix", "region")
        self._dialog("Thêm kho S3", note, _S3_FIELDS, lambda form: self._add(form, S3, keys)).open()

    def _dialog(
        self, title: str, note: str, fields: tuple[Field, ...], add: Callable[[Form], None]
    ) -> FormDialog:
        dialog = FormDialog(self.look, title, note, fields, "Thêm kho nhận", self)
        dialog.accepted.connect(lambda: add(dialog.form))
        return dialog

    def _add(self, form: Form, kind: str, keys: tuple[str, ...]) -> None:
        name = form.text("name")
        options = {key: form.text(key) for key in keys if form.text(key)}
        secret = form.inputs["secret"].text() if "secret" in form.inputs else ""
        self.change(
            lambda: verbs.add_destination(self.desk, name, kind, options, secret),
            f"Đã thêm kho nhận {name}. Bấm Thử kết nối để biết kho có nhận được không.",
        )

    # --- one destination ------------------------------------------------------------------------------

    def _test(self) -> None:
        row = self.table.row
        if row is None:
            return
        name = row.name
        self.perform(
            lambda _: verbs.test_destination(self.desk, name),
            self._tested,
            title=f"Đang thử {name}",
            lane=Lane.NET,
        )

    def _tested(self, reach: Reach) -> None:
        if reach.reachable:
            self.banner.tell("done", _PROVEN[reach.kind].format(name=reach.name))
        else:
            self.banner.tell("warning", f"{reach.name}: {reach.message}")

    def _pause(self) -> None:
        row = self.table.row
        if row is None:
            return
        name, paused = row.name, not row.paused
        words = "Đã tạm dừng gửi đến" if paused else "Gửi tiếp đến"
        self.change(
            lambda: verbs.pause_destination(self.desk, name, paused),
            f"{words} {name}.",
            undo=lambda: verbs.pause_destination(self.desk, name, not paused),
        )
