"""Học bạ: the pupils of a class, the true PDF of each (draft or issued), and issuing for the class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from app import messages
from app.errors import UserError
from app.records.permissions import Action, allowed, allowed_somewhere
from app.records.programme import out_of_scope_reason
from app.records.types import Period, Stage
from app.ui.desk import Desk
from app.ui.look import frame
from app.ui.states import DRAFT_SIGN, OUTSIDE_SIGN, STAGE_SIGNS, STATE_SIGNS
from app.ui.theme import GAP, GAP_SMALL, Type
from app.ui.transcripts import verbs
from app.ui.transcripts.viewer import Viewer
from app.ui.widgets.chip import Chip
from app.ui.widgets.choices import Choice, ChoiceList
from app.ui.widgets.elided import Elided
from app.ui.widgets.empty import Empty
from app.ui.widgets.page import Page
from app.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from app.models.values import ClassSummary
    from app.workflows.classes import ListedPupil
    from app.workflows.issue import IssueReport

_LEFT: Final = 300


class TranscriptsPage(Page):
    """Live preview of what will be, or the kept document of what was issued."""

    kinds: ClassVar[frozenset[str]] = frozenset({"classes", "results", "transcripts"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Học bạ")
        look = self.look
        self._classes: dict[str, ClassSummary] = {}
        self._pupils: dict[str, ListedPupil] = {}
        self._wanted: Mapping[str, str] = {}
        self.class_picker = Picker(look, "Lớp", kind=Type.SECTION)
        self.class_picker.chosen.connect(lambda _: self._load_pupils())
        self.stage = Chip(look)
        self.issue = look.button("Tạo học bạ", self._issue, icon="book-open", kind="primary")
        self.head.insertWidget(1, self.class_picker)
        self.head.insertWidget(2, self.stage)
        self.head.addWidget(self.issue)
        self.issue.setVisible(allowed_somewhere(desk.actor, Action.ISSUE))
        self.pupils = ChoiceList(look, "Học sinh của lớp")
        self.pupils.chosen.connect(self._load_document)
        self.name = look.label(kind=Type.SECTION)
        self.state = Chip(look)
        self.version = Elided(look, tone="second")
        self.draft = self._draft_button()
        self.viewer = Viewer(look)
        self.viewer.failed.connect(lambda: self._show_problem("Không đọc được tệp PDF này."))
        self.problem = Empty(look, "")
        self.problem.hide()
        self.foot = look.label(kind=Type.CAPTION, tone="second")
        self.setFocusProxy(self.pupils)
        self._lay_out_pages()
        self._shortcuts()

    def _draft_button(self) -> QPushButton:
        button = self.look.button("Xem bản nháp", self._reload_document, small=True, kind="filter")
        button.setCheckable(True)
        button.setToolTip("Bản nháp vẽ từ dữ liệu hiện nay; bản đã tạo giữ nguyên như lúc tạo.")
        button.hide()
        return button

    def _lay_out_pages(self) -> None:
        left, right = frame("panel"), frame("panel")
        left.setFixedWidth(round(_LEFT * self.look.theme.scale))
        inside = QVBoxLayout(left)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.pupils)
        head = QHBoxLayout()
        head.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        head.setSpacing(GAP)
        head.addWidget(self.name)
        head.addWidget(self.state)
        head.addWidget(self.version, 1)
        head.addWidget(self.draft)
        head.addLayout(self.viewer.tools)
        page = QVBoxLayout(right)
        page.setContentsMargins(1, 1, 1, 1)
        page.setSpacing(0)
        page.addLayout(head)
        page.addWidget(self.viewer, 1)
        page.addWidget(self.problem, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(left)
        row.addWidget(right, 1)
        self.body.addLayout(row, 1)
        self.body.addWidget(self.foot)

    def _shortcuts(self) -> None:
        keys = {
            "+": lambda: self.viewer.zoom(1.25),
            "=": lambda: self.viewer.zoom(1.25),
            "-": lambda: self.viewer.zoom(0.8),
            "0": self.viewer.fit_width,
            "PgDown": lambda: self.viewer.turn(1),
            "PgUp": lambda: self.viewer.turn(-1),
            "]": lambda: self.class_picker.step(1),
            "[": lambda: self.class_picker.step(-1),
        }
        for key, do in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(do)

    # --- reading --------------------------------------------------------------------------------------

    def load(self, where: Mapping[str, str]) -> None:
        self._wanted = where
        self.read(lambda: verbs.load_classes(self.desk), self._show_classes)

    def _show_classes(self, found: tuple[ClassSummary, ...]) -> None:
        self._classes = {item.name: item for item in found}
        wanted = self._wanted.get("class", "") or self.class_picker.value or self._first(found)
        self.class_picker.fill([(item.name, f"Lớp {item.name}") for item in found], wanted)
        if found:
            self._load_pupils()
        else:
            self._show_problem("Chưa có lớp nào nên chưa có học bạ.")

    def _first(self, found: tuple[ClassSummary, ...]) -> str:
        """The first class that has something to do here: an approved one."""
        ready = (item.name for item in found if _stage(item) is Stage.APPROVED)
        return next(ready, found[0].name if found else "")

    def _load_pupils(self) -> None:
        name = self.class_picker.value
        self._show_class(self._classes[name])
        self.read(lambda: verbs.load_pupils(self.desk, name), self._show_pupils)

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
        self.foot.setText(
            "Mũi tên: chọn học sinh  ·  PgUp PgDn: trang  ·  + −: phóng to, thu nhỏ  ·  0: vừa chiều rộng"
            if ready or not self.issue.isVisible()
            else why
        )

    def _show_pupils(self, found: tuple[ListedPupil, ...]) -> None:
        self._pupils = {row.pupil.pupil.code: row for row in found}
        choices = [
            Choice(code, f"{place}  {row.pupil.pupil.name}", _born(row))
            for place, (code, row) in enumerate(self._pupils.items(), start=1)
        ]
        self.pupils.fill(choices, self._wanted.get("pupil", ""))
        self._wanted = {}
        if found:
            self._load_document(self.pupils.key)
        else:
            self._show_problem("Lớp chưa có học sinh.")

    def _reload_document(self) -> None:
        self._load_document(self.pupils.key)

    def _load_document(self, code: str) -> None:
        row = self._pupils.get(code)
        if row is None:
            return
        self.name.setText(row.pupil.pupil.name)
        draft = self.draft.isChecked()
        self.read(lambda: verbs.load_document(self.desk, code, draft=draft), self._show_document)

    def _show_document(self, document: verbs.Document) -> None:
        self.problem.hide()
        self.viewer.show()
        version = document.version
        self.state.show_sign(STATE_SIGNS[version.state] if version else DRAFT_SIGN)
        self.version.setText(
            f"Bản {version.version} · mã kiểm {_short(version.pdf_sha256)}" if version else ""
        )
        self.draft.setVisible(version is not None or self.draft.isChecked())
        self.viewer.show_pdf(document.pdf)

    def _read_failed(self, error: UserError) -> None:
        """A page that cannot be drawn shows its sentence in its place."""
        self._quiet()
        self._show_problem(messages.sentence(error))

    def _show_problem(self, sentence: str) -> None:
        self.viewer.clear()
        self.viewer.hide()
        self.state.show_sign(None)
        self.version.setText("")
        self.problem.say(sentence)
        self.problem.show()

    # --- acting ---------------------------------------------------------------------------------------

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


def _born(row: ListedPupil) -> str:
    born = row.pupil.pupil.birth_date
    return f"sinh {born:%d/%m/%Y}" if born else "chưa có ngày sinh"


def _short(digest: str) -> str:
    """A short hash to compare by eye: 7F3A-91C2."""
    return f"{digest[:4]}-{digest[4:8]}".upper()
