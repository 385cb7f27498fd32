"""The one QSS template: button kinds, inputs, panels, tabs and heads; `theme.Theme` fills in the tokens."""

from __future__ import annotations

from string import Template
from typing import Final

TEMPLATE: Final = Template(
    """
QToolTip { background: $text; color: $surface; border: 0; padding: 4px 8px; }

QPushButton, QToolButton[kind="menu"] {
    background: $surface; color: $text; border: 1px solid $strong; border-radius: $radius;
    padding: 0 12px; min-height: $box_button;
}
QPushButton:hover, QToolButton[kind="menu"]:hover { background: $tint; }
QPushButton:pressed { background: $sel; }
QPushButton:focus, QToolButton[kind="menu"]:focus { border: 2px solid $primary; padding: 0 11px; min-height: $box_button_focus; }
QPushButton:disabled, QToolButton[kind="menu"]:disabled { background: $subtle; color: $hint; border-color: $border; }
QPushButton[kind="primary"] { background: $primary; color: $on_primary; border-color: $primary; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $primary_hover; }
QPushButton[kind="primary"]:pressed { background: $primary_pressed; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $subtle; color: $hint; border-color: $border; }
QPushButton[kind="danger"] { color: $err; border-color: $err; }
QPushButton[kind="flat"], QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; padding: 0 8px; }
QPushButton[kind="link"] { color: $primary; }
QPushButton[kind="flat"]:hover, QPushButton[kind="link"]:hover { background: $tint; }
QPushButton[kind="flat"]:focus, QPushButton[kind="link"]:focus { border: 2px solid $primary; padding: 0 7px; }
QPushButton[size="small"] { min-height: $box_small; padding: 0 8px; }
QPushButton[size="small"]:focus { min-height: $box_small_focus; padding: 0 7px; }
QPushButton[kind="tool"] { padding: 0; min-width: $box_button; max-width: $box_button; }
QPushButton[kind="tool"]:focus { padding: 0; }
QToolButton[kind="menu"] { text-align: left; padding-right: 24px; }
QToolButton[kind="menu"]:focus { padding-right: 23px; }
QToolButton[kind="menu"]::menu-indicator { image: none; }

QPushButton[kind="filter"]:checked { background: $sel; color: $on_sel; border-color: $primary; font-weight: 600; }

QLineEdit, QPlainTextEdit, QTextEdit {
    background: $surface; color: $text; border: 1px solid $strong; border-radius: $radius;
    selection-background-color: $primary; selection-color: $on_primary;
}
QLineEdit { padding: 0 9px; min-height: $box_button; }
QPlainTextEdit, QTextEdit { padding: 4px 6px; }
QLineEdit:focus { border: 2px solid $primary; padding: 0 8px; min-height: $box_button_focus; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $primary; padding: 3px 5px; }
QLineEdit[state="error"] { border: 2px solid $err; padding: 0 8px; min-height: $box_button_focus; }
QLineEdit:disabled { background: $subtle; color: $hint; }
QPlainTextEdit[readOnly="true"], QTextEdit[readOnly="true"] { background: $win; border-color: $border; }

QFrame[frame="panel"] { background: $surface; border: 1px solid $border; border-radius: $radius_panel; }
QFrame[frame="topbar"] { background: $surface; border: 0; border-bottom: 1px solid $border; }
QFrame[frame="strip"] { background: $surface; border: 0; border-top: 1px solid $border; }
QFrame[frame="nav"] { background: $subtle; border: 0; border-right: 1px solid $border; }
QFrame[frame="foot"] { background: $surface; border: 0; border-top: 1px solid $border; }
QFrame[frame="rule"] { background: $border; border: 0; }
QFrame[frame="side"] { background: $surface; border: 0; border-left: 1px solid $border; }
QFrame[frame="banner"][state="error"] { background: $err_bg; border: 1px solid $err; border-radius: $radius_panel; }
QFrame[frame="banner"][state="warning"] { background: $warn_bg; border: 1px solid $warn_line; border-radius: $radius_panel; }
QFrame[frame="banner"][state="note"] { background: $tint; border: 1px solid $primary; border-radius: $radius_panel; }
QFrame[frame="banner"][state="done"] { background: $ok_bg; border: 1px solid $ok; border-radius: $radius_panel; }
QFrame[frame="banner"] QLabel { background: transparent; }

QLabel[tone="second"] { color: $text2; }
QLabel[tone="hint"] { color: $hint; }
QLabel[tone="ok"] { color: $ok; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="err"] { color: $err; }
QLabel[tone="primary"] { color: $primary; }

QPushButton[kind="nav"] {
    background: transparent; border: 0; border-left: 4px solid transparent; border-radius: 0;
    text-align: left; padding: 0 8px 0 12px; min-height: $h_nav; max-height: $h_nav;
}
QPushButton[kind="nav"]:hover { background: $tint; }
QPushButton[kind="nav"]:focus { border: 2px solid $primary; padding: 0 6px 0 14px; min-height: $box_nav_focus; max-height: $box_nav_focus; }
QPushButton[kind="nav"]:checked { background: $sel; color: $on_sel; border-left: 4px solid $primary; font-weight: 600; }
QPushButton[kind="strip"] { background: transparent; border: 1px solid transparent; padding: 0 6px; min-height: 22px; max-height: 22px; color: $text2; font-size: $pt_caption; }
QPushButton[kind="strip"]:hover { background: $tint; }
QPushButton[kind="strip"]:focus { border: 2px solid $primary; padding: 0 5px; min-height: 20px; max-height: 20px; }
QPushButton[kind="strip"][tone="ok"] { color: $ok; }
QPushButton[kind="strip"][tone="warn"] { color: $warn; font-weight: 600; }
QPushButton[kind="strip"][tone="err"] { color: $err; font-weight: 600; }
QPushButton[kind="strip"][tone="primary"] { color: $primary; font-weight: 600; }

QAbstractItemView {
    background: $surface; border: 0; outline: 0; gridline-color: $border;
    selection-background-color: $sel; selection-color: $on_sel;
}
QTableView[frame="panel"], QListView[frame="panel"] { border: 1px solid $border; }
QHeaderView { background: $subtle; border: 0; }
QHeaderView::section {
    background: $subtle; color: $text2; border: 0; border-bottom: 1px solid $border;
    padding: 0 8px; font-size: $pt_caption; font-weight: 600; min-height: $h_head;
}
QTableCornerButton::section { background: $subtle; border: 0; }

QTabBar { background: transparent; border: 0; }
QTabBar::tab { background: transparent; color: $text2; border: 0; border-bottom: 3px solid transparent; padding: 0 12px; min-height: $box_button; }
QTabBar::tab:selected { color: $primary; border-bottom: 3px solid $primary; font-weight: 600; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { border: 2px solid $primary; }

QProgressBar { background: $subtle; border: 0; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: $primary; border-radius: 3px; }
QProgressBar[kind="line"] { background: transparent; min-height: 2px; max-height: 2px; border-radius: 0; }

QMenu { background: $surface; border: 1px solid $strong; padding: 4px 0; }
QMenu::item { padding: 6px 24px 6px 12px; }
QMenu::item:selected { background: $sel; color: $on_sel; }
QMenu::item:disabled { color: $hint; }
QMenu::separator { height: 1px; background: $border; margin: 4px 0; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $strong; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QDialog { background: $surface; }
"""
)
