"""Sao lưu và khôi phục: a copy to a file, back from a file once its content was seen, a new recovery code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout

from app.errors import UserError
from app.ui.desk import Desk
from app.ui.look import frame, rule
from app.ui.settings import verbs
from app.ui.settings.flow import flowing
from app.ui.settings.panel import Panel
from app.ui.settings.recovery import RecoveryDialog
from app.ui.theme import GAP, GAP_SMALL

if TYPE_CHECKING:
    from app.workflows.backups import BackupContent, BackupFile

ENDING: Final = ".hocba"
_KIND: Final = f"Bản sao lưu (*{ENDING})"


class BackupPanel(Panel):
    """Nothing is replaced before the content of the backup was shown and the password given."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Sao lưu và khôi phục")
        look = self.look
        self.dialog: RecoveryDialog | None = None
        self._file: Path | None = None
        self.automatic = look.label(wrap=True)
        self.save = look.button("Sao lưu…", self._ask_target, icon="save", kind="primary")
        self.choose = look.button("Chọn bản sao lưu…", self._ask_file, icon="folder-open")
        self.code = QLineEdit()
        self.code.setAccessibleName("Mã khôi phục của bản sao lưu")
        self.code.setPlaceholderText("Mã khôi phục của bản sao lưu này")
        self.code.returnPressed.connect(lambda: self._look_again())
        self.look_again = look.button("Xem bản sao lưu", self._look_again)
        self.facts = look.label(wrap=True)
        self.restore = look.button("Khôi phục bản này…", self._ask_restore, kind="danger")
        self.new_code = look.button("Tạo mã khôi phục mới…", self._ask_code, icon="key-round")
        self._lay_out_parts()
        self._forget()

    def _lay_out_parts(self) -> None:
        look, column = self.look, self.scrolling()
        self.found = frame("panel")
        inside = QVBoxLayout(self.found)
        inside.setContentsMargins(GAP, GAP, GAP, GAP)
        inside.setSpacing(GAP_SMALL)
        inside.addWidget(self.facts)
        inside.addWidget(flowing(self.restore))
        self.asking = flowing(self.code, self.look_again)
        self.code.setMinimumWidth(round(320 * look.theme.scale))
        parts = (
            (
                "Sao lưu",
                "Một tệp đã mã hóa, có đủ dữ liệu. Cất ở ổ khác hoặc USB; mở lại cần mã khôi phục.",
                (self.automatic, flowing(self.save)),
            ),
            (
                "Khôi phục",
                "Thay toàn bộ dữ liệu bằng một bản sao lưu. Xem trong bản đó có gì rồi mới thay; "
                "dữ liệu đang dùng được giữ lại trong thư mục riêng.",
                (flowing(self.choose), self.asking, self.found),
            ),
            (
                "Mã khôi phục",
                "Máy hỏng hoặc mất khóa thì chỉ mã này mở được dữ liệu. Tạo mã mới khi mã cũ bị lộ hay "
                "thất lạc; các bản sao lưu đã làm vẫn mở bằng mã cũ.",
                (flowing(self.new_code),),
            ),
        )
        for number, (title, note, widgets) in enumerate(parts):
            if number:
                column.addWidget(rule())
            column.addWidget(self.head_line(title))
            column.addWidget(look.label(note, tone="second", wrap=True))
            for widget in widgets:
                column.addWidget(widget)
        column.addStretch(1)

    def load(self, where: Mapping[str, str]) -> None:
        self.read(lambda: verbs.last_automatic(self.desk), self._show_automatic)

    def _show_automatic(self, found: BackupFile | None) -> None:
        self.automatic.setText(
            "Chưa có bản tự động nào; chương trình tự sao lưu mỗi ngày một lần, từ ngày thứ hai."
            if found is None
            else f"Bản tự động gần nhất: {found.at:%H:%M %d/%m/%Y}, {size_text(found.size)}, "
            f"tệp {found.path.name}."
        )

    # --- writing ----------------------------------------------------------------------------------------

    def _ask_target(self) -> None:
        usual = f"hocba-{datetime.now().astimezone():%Y-%m-%d}{ENDING}"
        name, _ = QFileDialog.getSaveFileName(self, "Sao lưu vào tệp", usual, _KIND)
        if name:
            self.back_up(Path(name) if name.endswith(ENDING) else Path(name + ENDING))

    def back_up(self, target: Path) -> None:
        """Write a backup into the file that a person chose."""
        self.perform(
            lambda progress: verbs.make_backup(self.desk, target, progress),
            self._backed_up,
            title=f"Đang sao lưu vào {target.name}",
        )

    def _backed_up(self, made: BackupFile) -> None:
        self.banner.tell(
            "done",
            f"Đã sao lưu vào {made.path.name}, {size_text(made.size)}. Cất tệp ở ổ khác máy này.",
        )

    # --- bringing back ----------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Chọn bản sao lưu", "", _KIND)
        if name:
            self.look_at(Path(name))

    def look_at(self, file: Path, code: str = "") -> None:
        """Show what is in the backup that a person chose; replaces nothing."""
        self._forget()
        self._file = file
        self.code.setText(code)
        self.perform(
            lambda _: verbs.look_into(self.desk, file, code), self._show_found, title=f"Đang xem {file.name}"
        )

    def _look_again(self) -> None:
        if self._file is not None and self.code.text().strip():
            self.look_at(self._file, self.code.text().strip())

    def _forget(self) -> None:
        self.found.hide()
        self.asking.hide()

    def _show_found(self, found: BackupContent) -> None:
        whose = "" if found.own else " Bản này là của dữ liệu khác, không phải dữ liệu đang mở."
        self.facts.setText(
            f"{found.school} (mã {found.code}), năm học {found.year.replace('-', '–')}.\n"
            f"Sao lưu lúc {found.made_at:%H:%M ngày %d/%m/%Y}.\n"
            f"{found.classes} lớp, {found.pupils} học sinh, {found.transcripts} bản học bạ, "
            f"{found.signatures} chữ ký, {found.accounts} tài khoản.{whose}"
        )
        self.found.show()

    def tell_error(self, error: UserError) -> None:
        """A backup of another PC asks for its recovery code."""
        super().tell_error(error)
        if error.code in ("store.recovery_needed", "store.recovery_wrong"):
            self.asking.show()
            self.code.setFocus()

    def _ask_restore(self) -> None:
        file, code = self._file, self.code.text().strip()
        if file is None:
            return
        self.confirmed(
            "Khôi phục bản sao lưu",
            f"Mọi thay đổi sau bản {file.name} không còn trong dữ liệu đang dùng. "
            "Xong việc, đăng nhập lại bằng mật khẩu có trong bản đó.",
            "Khôi phục",
            lambda password: self.perform(
                lambda progress: verbs.restore(self.desk, file, password, code, progress),
                lambda _: self._forget(),
                title=f"Đang khôi phục từ {file.name}",
            ),
        )

    # --- the recovery code ------------------------------------------------------------------------------

    def _ask_code(self) -> None:
        self.confirmed(
            "Tạo mã khôi phục mới",
            "Mã đang dùng hết hiệu lực với dữ liệu này ngay khi có mã mới. Chuẩn bị giấy bút hoặc USB trước.",
            "Tạo mã mới",
            lambda password: self.perform(
                lambda _: verbs.new_recovery_code(self.desk, password),
                self._show_code,
                title="Đang tạo mã khôi phục",
            ),
        )

    def _show_code(self, code: str) -> None:
        self.dialog = RecoveryDialog(self.look, code, self.desk.school.name, self)
        self.dialog.accepted.connect(
            lambda: self.banner.tell("done", "Đã đổi mã khôi phục. Hủy giấy hoặc tệp ghi mã cũ.")
        )
        self.dialog.open()


def size_text(size: int) -> str:
    """34 MB, 812 KB."""
    return f"{size / 1e6:.0f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} KB"
