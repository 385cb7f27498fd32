"""What every test gets: no window on the screen, no credential store, Vietnam's clock, a fresh folder."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from app.demo.tokens import use_tokens
from app.models import passwords


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


@pytest.fixture(scope="session", autouse=True)
def real_hasher() -> Iterator[PasswordHasher]:
    """Passwords of made-up people cost next to nothing; this is the one that real people get."""
    real = passwords._HASHER
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield real


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
