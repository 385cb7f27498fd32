"""Mẫu in và quy định: what the circulars and the form leave to the school (domain D1 and D2.4)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtWidgets import QLineEdit, QPushButton

from app.records import local
from app.records.programme import SPECIFIC, TRAIT_NAMES, OutOfScope, programme_for
from app.records.types import SubjectOrder, Untaught
from app.ui.desk import Desk
from app.ui.settings import verbs
from app.ui.settings.flow import flowing
from app.ui.settings.panel import Panel
from app.ui.settings.segments import Options, Segments

_NO: Final = "0"
_YES: Final = "1"
_USUAL_BANDS: Final = "T=7-10 H=5-8 C=0-4"
_STRICT_BANDS: Final = "T=9-10 H=5-8 C=0-4"
_CHOICES: Final = (
    (
        local.FORM_UNTAUGHT,
        "Môn không học",
        ((Untaught.DROPPED, "Bỏ dòng"), (Untaught.STRUCK, "Giữ dòng, gạch chéo")),
        Untaught.DROPPED,
        "Dòng của những môn học sinh không học trong bảng kết quả.",
    ),
    (
        local.FORM_ORDER,
        "Thứ tự môn",
        ((SubjectOrder.STANDARD, "Như mẫu"), (SubjectOrder.ARTS_FIRST, "Nghệ thuật trước Thể chất")),
        SubjectOrder.STANDARD,
        "Một số tỉnh xuất bảng theo thứ tự thứ hai.",
    ),
    (
        local.FORM_GUIDANCE,
        "Trang hướng dẫn",
        ((_YES, "Có in"), (_NO, "Không in")),
        _YES,
        "Trang hướng dẫn ghi học bạ ở đầu quyển.",
    ),
    (
        local.NAMES_ON,
        "Tên trường trên học bạ",
        (("year", "Của cuối năm học"), ("issue", "Của ngày tạo học bạ")),
        "year",
        "Khi trường hoặc địa danh đổi tên giữa chừng.",
    ),
    (
        local.MINORITY_LANGUAGE_TEST,
        "Kiểm tra Tiếng dân tộc",
        ((_NO, "Không"), (_YES, "Có bài kiểm tra định kì")),
        _NO,
        "Nơi dạy Tiếng dân tộc có bài kiểm tra cuối kì thì bật.",
    ),
    (
        local.ELECTIVES_COUNT,
        "Môn tự chọn",
        ((_YES, "Tính khi xếp loại"), (_NO, "Không tính")),
        _YES,
        "Môn tự chọn đã ghi mức có tính vào xếp loại cuối năm hay không.",
    ),
    (
        local.LEVEL_SCORES,
        "So điểm với mức",
        ((_USUAL_BANDS, "T từ 7"), (_STRICT_BANDS, "T từ 9"), ("off", "Không so")),
        _USUAL_BANDS,
        "Cảnh báo khi điểm kiểm tra và mức của môn cách xa nhau; H từ 5 đến 8, C dưới 5.",
    ),
    (
        local.COMPETENCY_GAP,
        "So môn với năng lực",
        (("1", "Lệch 1 bậc thì báo"), ("2", "Lệch 2 bậc"), (_NO, "Không so")),
        "1",
        "Cảnh báo khi mức của môn và của năng lực đặc thù tương ứng không hợp nhau.",
    ),
)
"""(setting, name, (value, words)…, value when it is not set, what it means)."""
_LANGUAGES: Final = (
    (local.FOREIGN_LANGUAGE, "Ngoại ngữ 1", local.ENGLISH),
    (local.MINORITY_LANGUAGE, "Tiếng dân tộc", ""),
)


class OptionsPanel(Panel):
    """Each choice is kept as it is pressed; issued transcripts keep theirs."""

    kinds = frozenset({"settings"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Mẫu in và quy định")
        self._facts: verbs.OptionFacts | None = None
        self.choices: dict[str, Segments] = {}
        self.languages: dict[str, QLineEdit] = {}
        self.competencies: dict[str, dict[str, QPushButton]] = {}
        self.say(
            "Những điều thông tư và mẫu học bạ để trường tự chọn. Học bạ đã tạo giữ nguyên lựa chọn lúc đó."
        )
        self.options = Options(self.look)
        self._add_choices()
        self._add_languages()
        self._add_competencies()
        column = self.scrolling()
        column.addWidget(self.options)
        column.addStretch(1)

    def _add_choices(self) -> None:
        for setting, name, items, _, note in _CHOICES:
            choice = Segments(self.look, name, [(str(code), words) for code, words in items])
            choice.chosen.connect(lambda value, setting=setting: self._put_choice(setting, value))
            self.choices[setting] = choice
            self.options.add(name, choice, note)

    def _add_languages(self) -> None:
        for setting, name, usual in _LANGUAGES:
            field = QLineEdit()
            field.setAccessibleName(name)
            field.setPlaceholderText(usual or "Ví dụ: Tiếng Khmer")
            field.setMaximumWidth(round(280 * self.look.theme.scale))
            field.editingFinished.connect(lambda setting=setting: self._put_language(setting))
            self.languages[setting] = field
            note = "Tên in trong ngoặc sau tên môn. Gõ xong bấm Enter."
            self.options.add(f"{name}: tiếng gì", field, note)

    def _add_competencies(self) -> None:
        for grade, setting in enumerate(local.SHOWN_COMPETENCIES, start=1):
            buttons = {}
            for code in SPECIFIC:
                button = self.look.button(
                    TRAIT_NAMES[code], partial(self._put_competencies, setting), kind="filter"
                )
                button.setCheckable(True)
                button.setAccessibleName(f"Năng lực đặc thù khối {grade}: {TRAIT_NAMES[code]}")
                buttons[code] = button
            self.competencies[setting] = buttons
            note = "Năng lực đặc thù có ô ở khối này; ít nhất một." if grade == 1 else ""
            self.options.add(f"Năng lực khối {grade}", flowing(*buttons.values()), note)

    # --- reading --------------------------------------------------------------------------------------

    def load(self, where: Mapping[str, str]) -> None:
        self.read(lambda: verbs.options(self.desk), self._show)

    def _show(self, facts: verbs.OptionFacts) -> None:
        self._facts = facts
        for setting, _, _, usual, _ in _CHOICES:
            value = facts.values[setting] or str(usual)
            self.choices[setting].show_value(value)
        for setting, _, usual in _LANGUAGES:
            self.languages[setting].setText(facts.values[setting] or usual)
        for setting, buttons in self.competencies.items():
            shown = self._shown_competencies(setting)
            for code, button in buttons.items():
                button.setChecked(code in shown)

    def _shown_competencies(self, setting: str) -> tuple[str, ...]:
        """Those of a grade: as set, else as in the rules of the year."""
        if self._facts is None:
            return ()
        kept = self._facts.values[setting].split()
        grade = local.SHOWN_COMPETENCIES.index(setting) + 1
        try:
            usual = [code for code in programme_for(self._facts.year, grade).traits if code in SPECIFIC]
        except OutOfScope:
            usual = list(SPECIFIC)
        return tuple(code for code in SPECIFIC if code in (kept or usual))

    # --- acting ---------------------------------------------------------------------------------------

    def _put(self, setting: str, value: str, before: str, said: str) -> None:
        self.change(
            lambda: verbs.put_setting(self.desk, setting, value),
            said,
            undo=lambda: verbs.put_setting(self.desk, setting, before),
        )

    def _put_choice(self, setting: str, value: str) -> None:
        if self._facts is None:
            return
        usual = next(str(one[3]) for one in _CHOICES if one[0] == setting)
        choice = self.choices[setting]
        said = f"{choice.accessibleName()}: {choice.buttons[value].text()}."
        self._put(setting, value, self._facts.values[setting] or usual, said)

    def _put_language(self, setting: str) -> None:
        if self._facts is None:
            return
        value = " ".join(self.languages[setting].text().split())
        usual = {one: words for one, _, words in _LANGUAGES}[setting]
        before = self._facts.values[setting] or usual
        if value != before:
            name = self.languages[setting].accessibleName()
            self._put(setting, value, before, f"{name}: {value or 'để trống'}.")

    def _put_competencies(self, setting: str) -> None:
        buttons = self.competencies[setting]
        before = self._shown_competencies(setting)
        wanted = tuple(code for code, button in buttons.items() if button.isChecked())
        if not wanted:
            for code, button in buttons.items():
                button.setChecked(code in before)
            self.banner.tell("warning", "Mỗi khối cần ít nhất một năng lực đặc thù. Chưa đổi gì.")
            return
        grade = local.SHOWN_COMPETENCIES.index(setting) + 1
        names = ", ".join(TRAIT_NAMES[code] for code in wanted)
        self._put(setting, " ".join(wanted), " ".join(before), f"Năng lực đặc thù khối {grade}: {names}.")
