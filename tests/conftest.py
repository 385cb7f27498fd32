"""What every test gets: no window on the screen, no credential store, Vietnam's clock, a fresh folder."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from app.demo.tokens import use_tokens


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--onscreen`: watch the windows instead of drawing them nowhere."""
    parser.addoption("--onscreen", action="store_true", help="show the windows of the tests")


def pytest_configure(config: pytest.Config) -> None:
    """Set the environment before anything of ours or of Qt's is imported."""
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["HOCBA_KEY_FILE_ONLY"] = "1"
    os.environ["TZ"] = "Asia/Ho_Chi_Minh"
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A developer's own passwords, PINs and data folder never reach a test."""
    for name in (
        "HOCBA_USER",
        "HOCBA_PASSWORD",
        "HOCBA_NEW_PASSWORD",
        "HOCBA_PIN",
        "HOCBA_SECRET",
        "HOCBA_SMOKE",
    ):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path_factory.getbasetemp() / "home"
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A path for a data folder that does not exist yet."""
    return tmp_path / "data"


@pytest.fixture(scope="session")
def token_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one folder of SoftHSM tokens of this process: SoftHSM reads its configuration only once."""
    folder = tmp_path_factory.mktemp("softhsm")
    use_tokens(folder)
    return folder
