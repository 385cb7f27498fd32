"""The icon loader, and that exactly the icons in use are shipped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import app.ui
from app.paths import resource
from app.ui.icons import Icons

SHIPPED = {path.stem for path in resource("icons").glob("*.svg")}
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in Path(app.ui.__file__).parent.rglob("*.py"))


def test_only_icons_in_use_are_shipped() -> None:
    words = set(re.findall(r'"([a-z][a-z0-9-]*)"', SOURCES))
    assert SHIPPED - words == set()


def test_an_icon_takes_its_colour(qapp: QApplication) -> None:
    image = Icons().pixmap("lock", "#FF0000", 24).toImage()
    inks = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert inks == {"#ff0000"}


def test_an_icon_is_drawn_once(qapp: QApplication) -> None:
    icons = Icons()
    assert icons.pixmap("lock", "#000000").cacheKey() == icons.pixmap("lock", "#000000").cacheKey()
    assert icons.pixmap("lock", "#000000").cacheKey() != icons.pixmap("lock", "#111111").cacheKey()


def test_an_unknown_icon_is_a_bug(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        Icons().pixmap("no-such-icon", "#000000")
