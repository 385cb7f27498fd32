"""Ngân hàng nhận xét: the phrases of the school, and everybody's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.records.permissions import Action, allowed
from app.records.programme import GROUP_NAMES, SUBJECT_NAMES
from app.ui.desk import Desk
from app.ui.look import Look
from app.ui.settings import verbs
from app.ui.settings.dialogs import AskDialog
from app.ui.settings.flow import flowing
from app.ui.settings.least import LeastWidth
from app.ui.settings.panel import Panel, choose_only
from app.ui.settings.segments import Options, Segments
from app.ui.theme import Type
from app.ui.widgets.empty import Empty
from app.ui.widgets.picker import Picker
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.workflows.phrases import PhraseInfo, PhraseReport

ALL: Final = "*"
ANY: Final = "-"
"""Stands for "any" in the choices, where an empty code would mean that nothing is chosen."""
SCHOOL: Final = "school"
MINE: Final = "mine"
_ANY_SUBJECT: Final = "Mọi môn học"
_PLACES: Final = {**SUBJECT_NAMES, **GROUP_NAMES}
_LEVELS: Final = {"T": "T", "H": "H", "Đ": "Đ", "C": "C"}
_NAME: Final = "{tên}"
_NONE: Final = "Không có câu mẫu nào khớp. Thêm câu mới, hoặc chọn phần khác."
_NONE_OF_MINE: Final = "Chưa có câu nào của riêng mình. Thêm câu mới, hoặc bấm Trường để xem câu của trường."


def place_name(code: str) -> str:
    """What a phrase is for, in words."""
    return _PLACES.get(code, _ANY_SUBJECT)


def _columns() -> tuple[Column[PhraseInfo], ...]:
    return (
        Column("Môn, phẩm chất", 232, lambda row: place_name(row.subject)),
        Column("Mức", 92, lambda row: row.level or "Mọi mức"),
        Column("Câu nhận xét", 0, lambda row: row.content),
        Column("Của ai", 92, lambda row: "Của tôi" if row.personal else "Trường"),
    )


class PhraseDialog(AskDialog):
    """The words, what they are for, and whose they are."""

    def __init__(self, look: Look, title: str, action: str, parent: QWidget, *, whose: bool) -> None:
        note = f"Viết {_NAME} ở chỗ cần tên học sinh; các từ như “em”, “con” giữ nguyên như đã gõ."
        super().__init__(look, title, note, action, parent)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Câu nhận xét")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(5 * look.theme.heights.line)
        self.text.textChanged.connect(self._look)
        self.subject = Picker(look, "Dùng cho")
        self.subject.fill([(ANY, _ANY_SUBJECT), *_PLACES.items()], ANY)
        self.level = Segments(look, "Mức", [(ANY, "Mọi mức"), *_LEVELS.items()])
        self.level.show_value(ANY)
        self.owner = Segments(look, "Của ai", [(MINE, "Của tôi"), (SCHOOL, "Của trường")])
        self.owner.show_value(MINE)
        options = Options(look)
        options.add("Dùng cho", self.subject)
        options.add("Mức", self.level)
        if whose:
            options.add("Của ai", self.owner)
        self.content.addWidget(look.label("Câu nhận xét", Type.BODY_BOLD))
        self.content.addWidget(self.text)
        options.setMinimumHeight(options.heightForWidth(self.room))
        self.content.addWidget(options)
        self.text.setFocus()
        self._look()

    def _look(self) -> None:
        ready = bool(self.text.toPlainText().strip())
        self.act.setEnabled(ready)
        self.act.setToolTip("" if ready else "Gõ câu nhận xét trước.")

    @property
    def given(self) -> tuple[str, str, str]:
        """(content, subject, level), empty for any."""
        subject, level = (one.value.replace(ANY, "") for one in (self.subject, self.level))
        return self.text.toPlainText(), subject, level


class PhrasesPanel(Panel):
    """Everybody keeps the own phrases; those of the school need the permission."""

    kinds = frozenset({"phrases"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Ngân hàng nhận xét")
        look = self.look
        self._all: tuple[PhraseInfo, ...] = ()
        self._may = allowed(desk.actor, Action.PHRASES)
        self.subject = Picker(look, "Môn, phẩm chất")
        self.subject.fill([(ALL, "Mọi phần"), (ANY, _ANY_SUBJECT), *_PLACES.items()], ALL)
        self.level = Segments(look, "Mức", [(ALL, "Mức nào cũng được"), *_LEVELS.items()])
        self.owner = Segments(look, "Của ai", [(ALL, "Tất cả"), (SCHOOL, "Trường"), (MINE, "Của tôi")])
        self.level.show_value(ALL)
        self.owner.show_value(ALL if self._may else MINE)
        for choice in (self.subject, self.level, self.owner):
            choice.chosen.connect(lambda _: self._filter())
        self.body.addWidget(flowing(self.subject, self.owner, self.level))
        self.table: Table[PhraseInfo] = Table(look, "Câu mẫu", _columns())
        self.table.setProperty("frame", "panel")
        LeastWidth(look.theme, self.table, 2, 300)
        self.table.opened.connect(lambda _: self._ask_edit())
        self.table.pointed.connect(lambda _: self._look())
        self.empty = Empty(look, _NONE)
        self.sentence = look.label(wrap=True)
        for widget in (self.table, self.empty):
            self.body.addWidget(widget, 1)
        self.body.addWidget(self.sentence)
        self.add = look.button("Thêm câu…", self._ask_new, icon="pen-line")
        self.edit = look.button("Sửa…", self._ask_edit)
        self.remove = look.button("Bỏ câu này", self._hide, icon="x")
        self.bank = look.button("Nạp bộ câu có sẵn", self._import, icon="inbox")
        self.bank.setVisible(self._may)
        self.add_actions(self.add, self.edit, self.remove, self.bank)
        self._look()

    # --- reading --------------------------------------------------------------------------------------

    def load(self, where: Mapping[str, str]) -> None:
        self.read(lambda: verbs.phrases(self.desk), self._show)

    def _show(self, found: tuple[PhraseInfo, ...]) -> None:
        self._all = found
        mine = sum(1 for one in found if one.personal)
        self.note.setText(f"{len(found) - mine} câu của trường, {mine} câu của tôi")
        self._filter()

    def _fits(self, one: PhraseInfo) -> bool:
        subject, level, owner = self.subject.value, self.level.value, self.owner.value
        return (
            (subject == ALL or one.subject == subject.replace(ANY, ""))
            and level in (ALL, one.level)
            and (owner == ALL or one.personal == (owner == MINE))
        )

    def _filter(self) -> None:
        rows = [one for one in self._all if self._fits(one)]
        self.table.show_rows(rows, max(0, self.table.currentIndex().row()))
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        mine = self.owner.value == MINE and not any(one.personal for one in self._all)
        self.empty.say(_NONE_OF_MINE if mine else _NONE)
        self._look()

    def _look(self) -> None:
        row = self.table.row
        self.sentence.setText(row.content if row else "")
        self.sentence.setVisible(row is not None)
        mine = row is not None and (row.personal or self._may)
        why = "Câu của trường do quản trị và Tổ công tác sửa." if row else "Chọn một câu trước."
        choose_only((self.edit, self.remove), when=mine, why=why)

    # --- acting ---------------------------------------------------------------------------------------

    def _ask_new(self) -> None:
        dialog = PhraseDialog(self.look, "Thêm câu mẫu", "Thêm câu", self, whose=self._may)
        if self.subject.value != ALL:
            dialog.subject.show_value(self.subject.value)
        if self.level.value != ALL:
            dialog.level.show_value(self.level.value)
        if self.owner.value == SCHOOL and self._may:
            dialog.owner.show_value(SCHOOL)
        dialog.accepted.connect(lambda: self._add(dialog))
        dialog.open()

    def _add(self, dialog: PhraseDialog) -> None:
        content, subject, level = dialog.given
        personal = dialog.owner.value == MINE
        self._put(
            lambda: verbs.add_phrase(self.desk, content, subject, level, personal),
            "Đã thêm câu mẫu.",
        )

    def _ask_edit(self) -> None:
        row = self.table.row
        if row is None or not self.edit.isEnabled():
            return
        dialog = PhraseDialog(self.look, "Sửa câu mẫu", "Lưu câu", self, whose=False)
        dialog.text.setPlainText(row.content)
        dialog.subject.show_value(row.subject or ANY)
        dialog.level.show_value(row.level or ANY)
        dialog.accepted.connect(lambda: self._edit(row, dialog))
        dialog.open()

    def _edit(self, row: PhraseInfo, dialog: PhraseDialog) -> None:
        content, subject, level = dialog.given
        self._put(
            lambda: verbs.edit_phrase(self.desk, row.id, content, subject, level),
            "Đã sửa câu mẫu.",
            back=row,
        )

    def _put(self, do: Callable[[], PhraseReport], said: str, back: PhraseInfo | None = None) -> None:
        """Add or replace a phrase; the number it got makes it possible to take it back."""

        def told(report: PhraseReport) -> None:
            self.banner.tell(
                "done",
                said,
                action="Hoàn tác",
                do=lambda: self.change(lambda: self._take_back(report.id, back), "Đã hoàn tác."),
            )

        self.perform(lambda _: do(), told, title="Đang lưu câu mẫu")

    def _take_back(self, number: int, before: PhraseInfo | None) -> object:
        if before is None:
            return verbs.hide_phrase(self.desk, number)
        return verbs.edit_phrase(self.desk, number, before.content, before.subject, before.level)

    def _hide(self) -> None:
        row = self.table.row
        if row is None:
            return
        self.change(
            lambda: verbs.hide_phrase(self.desk, row.id),
            "Đã bỏ câu mẫu khỏi ngân hàng. Nhận xét đã ghi không đổi.",
            undo=lambda: verbs.show_phrase(self.desk, row.id),
        )

    def _import(self) -> None:
        def told(report: PhraseReport) -> None:
            known = f", {report.known} câu đã có" if report.known else ""
            self.banner.tell("done", f"Đã nạp {report.added} câu mẫu cho trường{known}.")

        self.perform(lambda _: verbs.import_first_bank(self.desk), told, title="Đang nạp bộ câu có sẵn")
