"""A fresh store for each test, copied from one that was really created once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from app.models.store import Store
from tests.models.samples import SCHOOL, YEAR


class Template(NamedTuple):
    """A closed store and its recovery code."""

    folder: Path
    recovery_code: str


@pytest.fixture(autouse=True)
def _key_file_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCBA_KEY_FILE_ONLY", "1")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    folder = tmp_path_factory.mktemp("template") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOCBA_KEY_FILE_ONLY", "1")
        store, code = Store.create(folder, school=SCHOOL, year=YEAR)
    store.close()
    return Template(folder, code)


@pytest.fixture
def folder(template: Template, tmp_path: Path) -> Path:
    """A data folder with a new, closed store."""
    return Path(shutil.copytree(template.folder, tmp_path / "data"))


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """A new, open store."""
    opened = Store.open(folder)
    yield opened
    opened.close()
