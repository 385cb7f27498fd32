"""The tokens of the interface (colours, type, space, heights); they fill the palette and one QSS template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from string import Template
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication

from app.paths import resource

FAMILIES: Final = ("Inter", "Segoe UI", "Noto Sans")
FONT_FILES: Final = ("Inter-Regular.otf", "Inter-SemiBold.otf")
SCALES: Final = (1.0, 1.1, 1.25, 1.5)
"""Font sizes a person may choose, on top of the system's own scaling."""

# Grid of 4 px; page margin 16, gap between panels 12, inside a panel 12.
GAP_TINY: Final = 4
GAP_SMALL: Final = 8
GAP: Final = 12
MARGIN: Final = 16
GAP_WIDE: Final = 24
GAP_PAGE: Final = 36
RADIUS: Final = 4
RADIUS_PANEL: Final = 6
NAV_WIDTH: Final = 192
NAV_NARROW: Final = 52
NARROW_BELOW: Final = 1280
SMALLEST: Final = (1024, 540)
USUAL: Final = (1366, 698)


class Type(Enum):
    """Kinds of text: (points at 100 %, semi-bold)."""

    CAPTION = (9.5, False)
    CAPTION_BOLD = (9.5, True)
    NAV_GROUP = (8.5, True)
    HEAD = (9.0, False)
    HEAD_BOLD = (9.0, True)
    BODY = (10.5, False)
    BODY_BOLD = (10.5, True)
    SECTION = (12.0, True)
    TITLE = (15.0, True)
    NUMBER = (24.0, True)


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour of the interface, as #RRGGBB."""

    win: str
    surface: str
    subtle: str
    border: str
    strong: str
    text: str
    text2: str
    hint: str
    primary: str
    primary_hover: str
    primary_pressed: str
    on_primary: str
    sel: str
    on_sel: str
    tint: str
    ok: str
    ok_bg: str
    warn: str
    warn_bg: str
    warn_line: str
    hole: str
    err: str
    err_bg: str
    neu: str
    neu_bg: str
    lock: str
    lock_head: str
    level_middle: str
    """Charts: levels H and Đ; the others are `primary`, `primary_pressed` and `warn_line`."""
    sign: str
    seal: str


LIGHT: Final = Colours(
    win="#F3F5F8",
    surface="#FFFFFF",
    subtle="#E9EDF2",
    border="#CBD3DD",
    strong="#7C8896",
    text="#1A2330",
    text2="#475261",
    hint="#5C6878",
    primary="#1A5A9E",
    primary_hover="#154A84",
    primary_pressed="#103B6A",
    on_primary="#FFFFFF",
    sel="#CFE2F6",
    on_sel="#1A2330",
    tint="#E1EDF9",
    ok="#1C6A3A",
    ok_bg="#E0F2E6",
    warn="#8A4B00",
    warn_bg="#FFF0D1",
    warn_line="#C77700",
    hole="#FFF7E0",
    err="#B0231B",
    err_bg="#FCE5E3",
    neu="#475261",
    neu_bg="#E9EDF2",
    lock="#EDF0F4",
    lock_head="#D9DFE6",
    level_middle="#8DB4DC",
    sign="#1F3FA8",
    seal="#B0231B",
)
HIGH_CONTRAST: Final = Colours(
    win="#FFFFFF",
    surface="#FFFFFF",
    subtle="#FFFFFF",
    border="#000000",
    strong="#000000",
    text="#000000",
    text2="#000000",
    hint="#000000",
    primary="#00317A",
    primary_hover="#00255C",
    primary_pressed="#001A40",
    on_primary="#FFFFFF",
    sel="#00317A",
    on_sel="#FFFFFF",
    tint="#FFFFFF",
    ok="#0B4A22",
    ok_bg="#FFFFFF",
    warn="#5A3000",
    warn_bg="#FFFFFF",
    warn_line="#5A3000",
    hole="#FFFFFF",
    err="#8A0000",
    err_bg="#FFFFFF",
    neu="#000000",
    neu_bg="#FFFFFF",
    lock="#FFFFFF",
    lock_head="#FFFFFF",
    level_middle="#C9D6E8",
    sign="#00317A",
    seal="#8A0000",
)


@dataclass(frozen=True, slots=True)
class Heights:
    """Heights in px, made from the line spacing of the body text so that they grow with the font."""

    line: int
    grid_row: int
    row: int
    row_two: int
    head: int
    head_group: int
    head_sub: int
    board_row: int
    button: int
    button_small: int
    nav: int
    person: int
    top_bar: int
    strip: int


def _heights(line: float) -> Heights:
    whole = round(line)
    return Heights(
        line=whole,
        grid_row=whole + 7,
        row=whole + 13,
        row_two=2 * whole + 10,
        head=whole + 9,
        head_group=whole + 7,
        head_sub=whole + 5,
        board_row=whole + 13,
        button=whole + 15,
        button_small=whole + 9,
        nav=whole + 19,
        person=2 * whole + 10,
        top_bar=whole + 27,
        strip=whole + 11,
    )


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours and sizes for one choice of contrast and font size."""

    colours: Colours
    scale: float
    heights: Heights

    def font(self, kind: Type) -> QFont:
        """The font for a kind of text, with digits that line up."""
        points, bold = kind.value
        return _font(points * self.scale, bold)

    def colour(self, name: str) -> QColor:
        """A colour of `Colours` by name."""
        return QColor(getattr(self.colours, name))

    def palette(self) -> QPalette:
        """Fusion's palette in our colours, disabled text still readable."""
        c = self.colours
        roles: Mapping[QPalette.ColorRole, str] = {
            QPalette.ColorRole.Window: c.win,
            QPalette.ColorRole.WindowText: c.text,
            QPalette.ColorRole.Base: c.surface,
            QPalette.ColorRole.AlternateBase: c.win,
            QPalette.ColorRole.Text: c.text,
            QPalette.ColorRole.Button: c.surface,
            QPalette.ColorRole.ButtonText: c.text,
            QPalette.ColorRole.BrightText: c.err,
            QPalette.ColorRole.Highlight: c.sel,
            QPalette.ColorRole.HighlightedText: c.on_sel,
            QPalette.ColorRole.Link: c.primary,
            QPalette.ColorRole.ToolTipBase: c.text,
            QPalette.ColorRole.ToolTipText: c.surface,
            QPalette.ColorRole.PlaceholderText: c.hint,
            QPalette.ColorRole.Mid: c.border,
            QPalette.ColorRole.Dark: c.strong,
        }
        palette = QPalette()
        for role, value in roles.items():
            palette.setColor(role, QColor(value))
        for role in (
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.Text,
            QPalette.ColorRole.ButtonText,
        ):
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.hint))
        return palette

    def stylesheet(self) -> str:
        """The QSS template with every token filled in."""
        sizes = {f"pt_{kind.name.lower()}": f"{kind.value[0] * self.scale:.2f}pt" for kind in Type}
        heights = {f"h_{name}": f"{value}px" for name, value in asdict(self.heights).items()}
        # A box of QSS is measured without its 1 px borders.
        boxes = {
            "box_button": f"{self.heights.button - 2}px",
            "box_small": f"{self.heights.button_small - 2}px",
            "box_button_focus": f"{self.heights.button - 4}px",
            "box_small_focus": f"{self.heights.button_small - 4}px",
            "box_nav_focus": f"{self.heights.nav - 4}px",
            "radius": f"{RADIUS}px",
            "radius_panel": f"{RADIUS_PANEL}px",
        }
        template = Template(resource("theme.qss").read_text(encoding="utf-8"))
        return template.substitute(asdict(self.colours) | sizes | heights | boxes)


def _font(points: float, bold: bool) -> QFont:
    font = QFont(list(FAMILIES))
    font.setPointSizeF(points)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def load_fonts() -> tuple[str, ...]:
    """Register the shipped fonts; returns the families that Qt found in them."""
    found: list[str] = []
    for name in FONT_FILES:
        number = QFontDatabase.addApplicationFont(str(resource("fonts", name)))
        found += QFontDatabase.applicationFontFamilies(number)
    return tuple(found)


def make_theme(*, scale: float = 1.0, high_contrast: bool = False) -> Theme:
    """A theme; needs an application, because heights come from the font's metrics."""
    line = QFontMetricsF(_font(Type.BODY.value[0] * scale, False)).lineSpacing()
    return Theme(HIGH_CONTRAST if high_contrast else LIGHT, scale, _heights(line))


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Fusion, always light (there is no dark theme: the work is white forms), our palette and QSS.

    The sheet names every colour and size, so the same sheet is the same theme; each widget alive is polished
    anew by a sheet, which is not done for nothing.
    """
    sheet = theme.stylesheet()
    if application.styleSheet() == sheet:
        return
    application.setStyle("Fusion")
    application.styleHints().setColorScheme(Qt.ColorScheme.Light)
    application.setPalette(theme.palette())
    application.setFont(theme.font(Type.BODY))
    application.setStyleSheet(sheet)


def wants_high_contrast(application: QApplication) -> bool:
    """What the operating system asks for."""
    hints = application.styleHints()  # kept: its child dies with the last reference to it
    preference = hints.accessibility().contrastPreference()
    return preference == Qt.ContrastPreference.HighContrast
