"""Hiển thị: how this PC shows things; no permission is needed, nothing of it stands in the data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from app.ui.desk import Desk
from app.ui.preferences import ENTER_DOWN, ENTER_RIGHT, IDLE_MINUTES, ROW_HEIGHTS
from app.ui.settings.panel import Panel
from app.ui.settings.segments import Options, Segments
from app.ui.theme import SCALES

_ON: Final = "on"
_OFF: Final = "off"
_LATER: Final = "Áp dụng khi mở lại chương trình."
_ROW_WORDS: Final = ("Thấp", "Vừa", "Cao")


class DisplayPanel(Panel):
    """Each choice is kept as it is pressed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Hiển thị")
        look, kept = self.look, desk.preferences
        self.scale = Segments(look, "Cỡ chữ", [(str(s), f"{s:.0%}".replace("%", " %")) for s in SCALES])
        self.contrast = Segments(look, "Tương phản", [(_OFF, "Bình thường"), (_ON, "Tương phản cao")])
        heights = zip(ROW_HEIGHTS, _ROW_WORDS, strict=True)
        self.rows = Segments(look, "Chiều cao dòng", [(str(h), f"{words} ({h})") for h, words in heights])
        ways = [(ENTER_DOWN, "Xuống học sinh dưới"), (ENTER_RIGHT, "Sang ô bên phải")]
        self.enter_key = Segments(look, "Phím Enter", ways)
        self.moves_on = Segments(look, "Sau khi gõ mức", [(_OFF, "Ở lại ô"), (_ON, "Xuống dòng")])
        self.idle = Segments(look, "Tự khóa", [(str(m), f"{m} phút") for m in IDLE_MINUTES])
        self._put: Final[Mapping[Segments, Callable[[str], None]]] = {
            self.scale: lambda value: setattr(kept, "scale", float(value)),
            self.contrast: lambda value: setattr(kept, "high_contrast", value == _ON),
            self.rows: lambda value: setattr(kept, "row_height", int(value)),
            self.enter_key: lambda value: setattr(kept, "enter_key", value),
            self.moves_on: lambda value: setattr(kept, "level_moves_on", value == _ON),
            self.idle: lambda value: setattr(kept, "idle_minutes", int(value)),
        }
        self.say("Các lựa chọn này chỉ cho máy này, ai đăng nhập cũng dùng chung.")
        self._lay_out_options()
        self._show_kept()
        for choice in self._put:
            choice.chosen.connect(lambda value, choice=choice: self._chosen(choice, value))

    def _lay_out_options(self) -> None:
        options = Options(self.look)
        options.add("Cỡ chữ", self.scale, f"Dòng, nút và tiêu đề lớn theo. {_LATER}")
        options.add("Tương phản", self.contrast, f"Chữ đen, viền đen, dễ thấy hơn. {_LATER}")
        options.add("Chiều cao dòng", self.rows, f"Dòng của bảng nhập kết quả. {_LATER}")
        options.add("Phím Enter", self.enter_key, "Khi nhập kết quả. Shift+Enter đi ngược lại.")
        options.add(
            "Sau khi gõ mức", self.moves_on, "Gõ T, H, Đ hay C xong thì ở lại hay xuống học sinh sau."
        )
        options.add("Tự khóa sau", self.idle, "Không ai chạm phím hay chuột thì màn hình khóa lại.")
        column = self.scrolling()
        column.addWidget(options)
        column.addStretch(1)

    def _values(self) -> dict[Segments, str]:
        kept = self.desk.preferences
        return {
            self.scale: str(kept.scale),
            self.contrast: _ON if kept.high_contrast else _OFF,
            self.rows: str(kept.row_height),
            self.enter_key: kept.enter_key,
            self.moves_on: _ON if kept.level_moves_on else _OFF,
            self.idle: str(kept.idle_minutes),
        }

    def _show_kept(self) -> None:
        for choice, value in self._values().items():
            choice.show_value(value)

    def load(self, where: Mapping[str, str]) -> None:
        self._show_kept()

    def _chosen(self, choice: Segments, value: str) -> None:
        before = self._values()[choice]
        self._keep(choice, value)
        name = choice.accessibleName()
        words = choice.buttons[value].text()
        later = choice in (self.scale, self.contrast, self.rows)
        self.banner.tell(
            "done",
            f"{name}: {words}. {_LATER if later else 'Áp dụng ngay.'}",
            action="Hoàn tác",
            do=lambda: self._take_back(choice, before),
        )

    def _take_back(self, choice: Segments, value: str) -> None:
        self._keep(choice, value)
        self.banner.tell("done", f"{choice.accessibleName()}: {choice.buttons[value].text()}, như trước.")

    def _keep(self, choice: Segments, value: str) -> None:
        self._put[choice](value)
        choice.show_value(value)
