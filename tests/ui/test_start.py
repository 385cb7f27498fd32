"""The program as a process: smoke start, log without personal data, pictures, Vietnamese words of Qt."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.main import start_log
from app.ui import translation
from tests.ui.driving import ADMIN, PASSWORD


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "HOCBA_KEY_FILE_ONLY": "1", "QT_QPA_PLATFORM": "offscreen", **variables},
    )


def test_the_window_starts_and_closes_by_itself(data: Path) -> None:
    done = run("app", "--data", str(data), HOCBA_SMOKE="1")
    assert done.returncode == 0, done.stderr
    assert "first paint after" in (data / "hocba.log").read_text(encoding="utf-8")


def test_the_first_start_works_without_a_folder(tmp_path: Path) -> None:
    done = run("app", "--data", str(tmp_path / "khong-co"), HOCBA_SMOKE="1")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "khong-co").exists()


def test_nothing_heavy_is_loaded_before_the_window_stands() -> None:
    heavy = "reportlab pikepdf boto3 pyhanko pkcs11 openpyxl python_calamine sqlalchemy lxml PySide6.QtPdf"
    code = f"import sys, app.main; print([m for m in {heavy.split()!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_log_holds_places_and_no_values(tmp_path: Path) -> None:
    handler = start_log(tmp_path)
    assert handler is not None
    try:
        name = "Nguyễn Thị Kim Ngân"
        try:
            raise ValueError(name)
        except ValueError:
            logging.getLogger("app.test").exception("it broke")
    finally:
        logging.getLogger("app").removeHandler(handler)
        handler.close()
    text = (tmp_path / "hocba.log").read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "test_start.py" in text
    assert "Kim Ngân" not in text


def test_pictures_of_every_screen(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "anh"
    done = run(
        "app.ui.shots",
        *("--data", str(data), "--user", ADMIN, "--out", str(out)),
        HOCBA_PASSWORD=PASSWORD,
    )
    assert done.returncode == 0, done.stderr
    pictures = sorted(out.glob("*.png"))
    numbers = ["01", "02", "03", "04", "04", "04", "05", "06", "06", "08"]
    assert [path.stem[:2] for path in pictures] == numbers
    assert {(QImage(str(path)).width(), QImage(str(path)).height()) for path in pictures} == {(1366, 768)}


def test_pictures_with_a_wrong_password_fail(data: Path, tmp_path: Path) -> None:
    done = run(
        "app.ui.shots",
        *("--data", str(data), "--user", ADMIN, "--out", str(tmp_path)),
        HOCBA_PASSWORD="sai",
    )
    assert done.returncode != 0


def test_qt_s_own_words_are_vietnamese(qapp: QApplication) -> None:
    kept = translation.install(qapp)
    try:
        assert QCoreApplication.translate("QWidgetTextControl", "&Paste") == "&Dán"
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Hủy"
        assert QCoreApplication.translate("x", "unknown words") == "unknown words"
    finally:
        for translator in kept:
            qapp.removeTranslator(translator)


@pytest.mark.parametrize("word", sorted(translation.WORDS.values()))
def test_qt_s_words_read_well(word: str) -> None:
    assert word == word.strip()
    assert "!" not in word
