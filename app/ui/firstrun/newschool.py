"""A new school in five steps: school, year, administrator, recovery code, done."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from app import messages
from app.errors import UserError
from app.interaction import Progress
from app.records.types import School
from app.ui.firstrun import verbs
from app.ui.firstrun.form import Field, Form
from app.ui.firstrun.parts import at_top, foot
from app.ui.firstrun.recovery import RecoveryStep
from app.ui.look import Look
from app.ui.tasks import Lane, TaskRunner
from app.ui.theme import GAP
from app.ui.widgets.banner import Banner
from app.ui.widgets.steps import Steps

STEPS: Final = ("Trường", "Năm học", "Người quản trị", "Mã khôi phục", "Xong")
SCHOOL: Final = (
    Field("name", "Tên trường", "Trường Tiểu học …"),
    Field("code", "Mã trường", "Mã trong CSDL ngành"),
    Field("commune", "Xã, phường", ""),
    Field("district", "Huyện, quận", "Để trống nếu không còn cấp huyện", optional=True),
    Field("province", "Tỉnh, thành phố", ""),
)
YEAR: Final = (Field("year", "Năm học", "2023-2024"),)
ADMIN: Final = (
    Field("person", "Họ và tên", ""),
    Field("login", "Tên đăng nhập", "Chữ không dấu, ví dụ: quantri"),
    Field("password", "Mật khẩu", "Từ 6 ký tự, không dấu", secret=True),
    Field("again", "Gõ lại mật khẩu", "", secret=True),
)
NOTES: Final = (
    "Thông tin này được in trên học bạ.",
    "Năm học đang làm học bạ.",
    "Người quản trị tạo tài khoản cho các thầy cô khác.",
    "",
    "",
)


def current_year(today: date) -> str:
    """The school year that `today` belongs to; it begins in August."""
    first = today.year if today.month >= 8 else today.year - 1
    return f"{first}-{first + 1}"


class NewSchool(QWidget):
    """Creates the data; `created` when they can be opened, `back` when the person goes back."""

    created = Signal()
    back = Signal()

    def __init__(self, look: Look, runner: TaskRunner, folder: Path, today: date) -> None:
        super().__init__()
        self._look = look
        self._runner = runner
        self._folder = folder
        self.steps = Steps(look, STEPS)
        self.banner = Banner(look)
        self.school, self.year, self.admin = (Form(look, fields) for fields in (SCHOOL, YEAR, ADMIN))
        self.year.inputs["year"].setText(current_year(today))
        self.recovery = RecoveryStep(look)
        self.recovery.proven.connect(self._check)
        self.recovery.save.clicked.connect(self._save_code)
        self.recovery.print.clicked.connect(self._ask_printer)
        self._done = look.label(
            "Đã tạo dữ liệu. Bước tiếp theo: đăng nhập, rồi nhập danh sách học sinh từ Excel.", wrap=True
        )
        self._stack = QStackedWidget()
        for part in (self.school, self.year, self.admin, self.recovery, self._done):
            self._stack.addWidget(at_top(part))
        self._note = look.label(tone="second", wrap=True)
        self.leave = look.button("Quay lại", self._back)
        self.next = look.button("Tiếp theo", self._next, kind="primary")
        for form in (self.school, self.year, self.admin):
            form.changed.connect(self._check)
            form.entered.connect(self._next)
        self._lay_out()
        self._show(0)

    def begin(self) -> None:
        """The steps stand in front: put the cursor in the first field."""
        self._show(min(self.step, 2))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP + 4)
        layout.addWidget(self.steps)
        layout.addWidget(self._note)
        layout.addWidget(self.banner)
        layout.addWidget(self._stack)
        layout.addLayout(foot(self._look, f"Dữ liệu mã hóa, để ở {self._folder}", self.leave, self.next))

    @property
    def step(self) -> int:
        """0 school, 1 year, 2 administrator, 3 recovery code, 4 done."""
        return self._stack.currentIndex()

    def _show(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.steps.show_step(step)
        self.banner.hide()
        self._note.setText(NOTES[step])
        self._note.setVisible(bool(NOTES[step]))
        self.leave.setVisible(step in (0, 1, 2))
        words = {2: "Tạo dữ liệu", 4: "Đăng nhập"}.get(step, "Tiếp theo")
        self.next.setText(words)
        self.next.setAccessibleName(words)
        self._check()
        forms = {0: self.school, 1: self.year, 2: self.admin}
        if step in forms:
            forms[step].focus_first()
        elif step == 3:
            self.recovery.answer.setFocus()

    def _check(self) -> None:
        ready = (
            self.school.complete,
            self.year.complete,
            self.admin.complete,
            self.recovery.is_proven,
            True,
        )
        self.next.setEnabled(ready[self.step])

    def _back(self) -> None:
        if self.step == 0:
            self.back.emit()
        else:
            self._show(self.step - 1)

    def _next(self) -> None:
        if not self.next.isEnabled():
            return
        if self.step == 2:
            self._create()
        elif self.step == 4:
            self.created.emit()
        else:
            self._show(self.step + 1)

    def _answers(self) -> verbs.Answers:
        s = self.school
        return verbs.Answers(
            School(s.text("code"), s.text("name"), s.text("commune"), s.text("district"), s.text("province")),
            self.year.text("year"),
            self.admin.text("login"),
            self.admin.text("person"),
            self.admin.inputs["password"].text(),
        )

    def _create(self) -> None:
        if self.admin.inputs["password"].text() != self.admin.inputs["again"].text():
            self.banner.tell("error", "Hai lần gõ mật khẩu khác nhau. Gõ lại cả hai.")
            return
        folder, answers = self._folder, self._answers()
        self.next.setEnabled(False)

        def work(_: Progress) -> str:
            return verbs.create(folder, answers)

        self._runner.run(
            Lane.WORK,
            work,
            title="Đang tạo dữ liệu",
            owner=self,
            done=self._created,
            failed=self._refused,
        )

    def _created(self, code: str) -> None:
        for key in ("password", "again"):
            self.admin.inputs[key].clear()
        self.recovery.show_code(code)
        self._show(3)

    def _refused(self, error: UserError) -> None:
        at = 0 if error.code.startswith("workflow.school") else 1 if error.code == "workflow.bad_year" else 2
        self._show(at)
        self.banner.tell("error", messages.sentence(error))

    def _save_code(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Lưu mã khôi phục", "ma-khoi-phuc.txt", "Văn bản (*.txt)")
        if name:
            self.save_code(Path(name))

    @property
    def _sheet(self) -> str:
        """What is kept of the code, on paper or in a file."""
        return f"Mã khôi phục dữ liệu Học bạ số\n{self.school.text('name')}\n\n{self.recovery.code}\n"

    def save_code(self, target: Path) -> None:
        """Write the code to a file the person chose."""
        try:
            target.write_text(self._sheet, encoding="utf-8")
        except OSError:
            self.banner.tell("error", f"Không ghi được tệp {target.name}. Chọn thư mục khác, hoặc chép tay.")
        else:
            self.banner.tell("done", f"Đã lưu mã vào {target.name}. Cất tệp ở nơi khác máy này.")

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle("In mã khôi phục")
        dialog.accepted.connect(lambda: self.print_code(printer))
        QDialog.open(dialog)

    def print_code(self, printer: QPrinter) -> None:
        """Print the code on the printer the person chose."""
        text = self._sheet
        self._runner.run(
            Lane.PRINT,
            lambda _: print_sheet(printer, text),
            title="Đang in mã khôi phục",
            owner=self,
            done=lambda _: self.banner.tell("done", "Đã gửi mã đến máy in. Cất tờ giấy ở nơi khác máy này."),
            failed=lambda error: self.banner.tell("error", messages.sentence(error)),
        )


def print_sheet(printer: QPrinter, text: str) -> None:
    """One sheet of plain text. UserError ui.print_failed."""
    sheet = QTextDocument()
    sheet.setDefaultFont(QFont("Inter", 16))
    sheet.setPlainText(text)
    sheet.print_(printer)
    if printer.printerState() is QPrinter.PrinterState.Error:
        raise UserError("ui.print_failed")
