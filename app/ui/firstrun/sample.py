"""The sample school: made once, opened, thrown away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import messages
from app.errors import UserError
from app.interaction import Progress
from app.ui.firstrun import verbs
from app.ui.firstrun.parts import foot
from app.ui.look import Look
from app.ui.tasks import Lane, TaskRunner
from app.ui.theme import GAP, Type
from app.ui.widgets.banner import Banner
from app.ui.widgets.jobline import JobLine

ABOUT: Final = (
    "Trường mẫu có 5 lớp, 50 học sinh bịa và kết quả cuối năm: lớp 1A đã duyệt, 2A đã chốt, "
    "4A còn thiếu một điểm. Nhập, chốt, duyệt, tạo học bạ thoải mái: không có gì là thật, không gửi đi đâu."
)


class SampleStep(QWidget):
    """`opened` tells the folder to open, `back` when the person goes back."""

    opened = Signal(object)
    back = Signal()

    def __init__(self, look: Look, runner: TaskRunner, folder: Path) -> None:
        super().__init__()
        self._look = look
        self._runner = runner
        self._folder = folder
        self._state: verbs.SampleState | None = None
        self.banner = Banner(look)
        self.job_line = JobLine(look)
        self.login = look.label(kind=Type.BODY_BOLD, wrap=True)
        self.leave = look.button("Quay lại", self.back.emit)
        self.remove = look.button("Xóa trường mẫu", self._remove, kind="danger")
        self.next = look.button("Tạo trường mẫu", self._go_on, kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(look.label("Trường mẫu – dữ liệu bịa để tập dùng", Type.SECTION))
        layout.addWidget(self.banner)
        layout.addWidget(self.job_line)
        layout.addWidget(look.label(ABOUT, wrap=True))
        layout.addWidget(self.login)
        layout.addStretch(1)
        layout.addLayout(
            foot(
                look,
                "Để ở thư mục riêng, không lẫn với dữ liệu của trường.",
                self.remove,
                self.leave,
                self.next,
            )
        )

    def begin(self) -> None:
        """The step stands in front: is there a sample school already?"""
        self.banner.hide()
        self._run(lambda _: verbs.sample_state(self._folder), "", "")

    def _show(self, state: verbs.SampleState) -> None:
        self._state = state
        people = f"Đăng nhập bằng {state.login} (hoặc gv1a, tocongtac, hieutruong, vanthu)."
        self.login.setText(f"{people} Mật khẩu của mọi người là {state.password}")
        self.remove.setVisible(state.there)
        words = "Mở trường mẫu" if state.there else "Tạo trường mẫu"
        self.next.setText(words)
        self.next.setAccessibleName(words)
        self._wake()
        self.next.setFocus()

    def _wake(self) -> None:
        for button in (self.next, self.remove, self.leave):
            button.setEnabled(True)

    def _go_on(self) -> None:
        if self._state is None or not self._state.there:
            done = "Đã tạo trường mẫu với 50 học sinh bịa."
            self._run(lambda told: verbs.make_sample(self._folder, told), "Đang tạo trường mẫu", done)
        else:
            self.opened.emit(self._state.folder)

    def _remove(self) -> None:
        self._run(lambda _: verbs.throw_away(self._folder), "Đang xóa trường mẫu", "Đã xóa trường mẫu.")

    def _run(self, work: Callable[[Progress], verbs.SampleState], title: str, said: str) -> None:
        def done(state: verbs.SampleState) -> None:
            self._show(state)
            if said:
                self.banner.tell("done", said)

        for button in (self.next, self.remove, self.leave):
            button.setEnabled(False)
        job = self._runner.run(
            Lane.WORK,
            work,
            title=title,
            owner=self,
            done=done,
            failed=self._refused,
            cancelled=self.begin,
        )
        if title:
            self.job_line.watch(self._runner, job)

    def _refused(self, error: UserError) -> None:
        self._wake()
        self.banner.tell("error", messages.sentence(error))
