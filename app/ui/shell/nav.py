"""The navigation at the left: the screens of this person, with badges for what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout

from app.ui.icons import GAP
from app.ui.look import Look
from app.ui.screens import GROUPS, ScreenSpec
from app.ui.theme import GAP_SMALL, MARGIN, NAV_NARROW, NAV_WIDTH, Type

if TYPE_CHECKING:
    from app.workflows.badges import Badge

_ICON = 18
_BADGE = 18
_DOT = 8


class NavButton(QPushButton):
    """One screen."""

    def __init__(self, look: Look, spec: ScreenSpec) -> None:
        super().__init__()
        self._look = look
        self.spec = spec
        self.badge: Badge | None = None
        self._folded = False
        self.setCheckable(True)
        self.setProperty("kind", "nav")
        self.setAccessibleName(spec.title)
        self.setIconSize(QSize(_ICON, _ICON))
        self.toggled.connect(self._recolour)
        self._recolour()

    def _recolour(self) -> None:
        colours = self._look.theme.colours
        chosen = "primary" if colours.primary != colours.sel else "on_sel"
        self._look.set_icon(self, self.spec.icon, chosen if self.isChecked() else "text2", _ICON)

    def fold(self, folded: bool) -> None:
        """Words away, tool tip instead."""
        self._folded = folded
        self.setText("" if folded else f"{GAP}{self.spec.title}")
        self._tell()

    def show_badge(self, badge: Badge | None) -> None:
        """What waits here for this person; None when nothing does."""
        self.badge = badge
        self._tell()
        self.update()

    def _tell(self) -> None:
        words = self.badge.words if self.badge else ""
        named = f"{self.spec.title}: {words}" if words else self.spec.title
        self.setAccessibleName(named)
        self.setToolTip(named if self._folded else words)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.badge is None:
            return
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self.badge.tone))
        if self._folded:
            painter.drawEllipse(self.width() - _DOT - 10, GAP_SMALL, _DOT, _DOT)
            return
        font = theme.font(Type.CAPTION_BOLD)
        words = str(self.badge.count) if self.badge.count < 1000 else "999+"
        width = max(_BADGE + 4, QFontMetrics(font).horizontalAdvance(words) + 12)
        height = max(_BADGE, QFontMetrics(font).height() + 2)
        box = QRect(self.width() - width - GAP_SMALL, (self.height() - height) // 2, width, height)
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(theme.colour("on_primary"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


class Nav(QFrame):
    """`chosen` tells the screen's id."""

    chosen = Signal(str)
    folding = Signal(bool)

    def __init__(self, look: Look, specs: Sequence[ScreenSpec]) -> None:
        super().__init__()
        self._look = look
        self._folded = False
        self.setProperty("frame", "nav")
        self.setAccessibleName("Các màn hình")
        self.buttons = {spec.id: NavButton(look, spec) for spec in specs}
        self._heads = []
        group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GAP_SMALL, 0, GAP_SMALL)
        layout.setSpacing(0)
        for name in GROUPS:
            head = look.label(name, Type.NAV_GROUP, "hint")
            head.setContentsMargins(MARGIN, GAP_SMALL, 0, 4)
            self._heads.append(head)
            layout.addWidget(head)
            for button in self.buttons.values():
                if button.spec.group == name:
                    group.addButton(button)
                    layout.addWidget(button)
                    button.clicked.connect(lambda _=False, id=button.spec.id: self.chosen.emit(id))
        layout.addStretch(1)
        self.foot = look.button("Thu gọn", self._toggle, icon="chevron-left", kind="nav")
        layout.addWidget(self.foot)
        self.fold(False)

    def show_screen(self, screen: str) -> None:
        """Mark the screen that is in front."""
        self.buttons[screen].setChecked(True)

    def show_badges(self, badges: Mapping[str, Badge]) -> None:
        """What waits on each screen, by its id; a screen without an entry has nothing waiting."""
        for screen, button in self.buttons.items():
            button.show_badge(badges.get(screen))

    @property
    def folded(self) -> bool:
        """True while only icons are shown."""
        return self._folded

    def fold(self, folded: bool) -> None:
        """Words or icons."""
        self._folded = folded
        self.setFixedWidth(NAV_NARROW if folded else round(NAV_WIDTH * self._look.theme.scale))
        for button in self.buttons.values():
            button.fold(folded)
        for head in self._heads:
            head.setVisible(not folded)
        words = "Mở rộng" if folded else "Thu gọn"
        self.foot.setText("" if folded else f"{GAP}{words}")
        self.foot.setAccessibleName(words)
        self.foot.setToolTip(words if folded else "")
        self._look.set_icon(self.foot, "chevron-right" if folded else "chevron-left", "text2", _ICON)

    def _toggle(self) -> None:
        self.fold(not self._folded)
        self.folding.emit(self._folded)
