"""Schools at several stages, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.records.types import SigningRole
from tests.world import Blueprint, World, build, world


@pytest.fixture(scope="session")
def listed(tmp_path_factory: pytest.TempPathFactory, token_dir: Path) -> Blueprint:
    """Accounts, tokens, workbooks; only the pupil list is in the store."""
    return build(tmp_path_factory.mktemp("listed"), token_dir)


def _later(earlier: Blueprint, folder: Path, *steps: str) -> Blueprint:
    with world(earlier, folder, destination=False) as made:
        for step in steps:
            if step in set(SigningRole):
                made.sign(SigningRole(step))
            else:
                getattr(made, step)()
    shutil.rmtree(folder / "kho-nhan")
    return replace(earlier, folder=folder / "data")


@pytest.fixture(scope="session")
def imported(listed: Blueprint, tmp_path_factory: pytest.TempPathFactory) -> Blueprint:
    """All results are in."""
    return _later(listed, tmp_path_factory.mktemp("imported"), "import_all")


@pytest.fixture(scope="session")
def approved(imported: Blueprint, tmp_path_factory: pytest.TempPathFactory) -> Blueprint:
    """Every class in scope is approved."""
    return _later(imported, tmp_path_factory.mktemp("approved"), "approve_all")


@pytest.fixture(scope="session")
def issued(approved: Blueprint, tmp_path_factory: pytest.TempPathFactory) -> Blueprint:
    """Every transcript is issued, none is signed."""
    return _later(approved, tmp_path_factory.mktemp("issued"), "issue_all")


@pytest.fixture(scope="session")
def sealed(issued: Blueprint, tmp_path_factory: pytest.TempPathFactory) -> Blueprint:
    """Every transcript is signed three times and queued."""
    return _later(issued, tmp_path_factory.mktemp("sealed"), *SigningRole)


@pytest.fixture
def listed_world(listed: Blueprint, tmp_path: Path) -> Iterator[World]:
    with world(listed, tmp_path) as made:
        yield made


@pytest.fixture
def imported_world(imported: Blueprint, tmp_path: Path) -> Iterator[World]:
    with world(imported, tmp_path) as made:
        yield made


@pytest.fixture
def approved_world(approved: Blueprint, tmp_path: Path) -> Iterator[World]:
    with world(approved, tmp_path) as made:
        yield made


@pytest.fixture
def issued_world(issued: Blueprint, tmp_path: Path) -> Iterator[World]:
    with world(issued, tmp_path) as made:
        yield made


@pytest.fixture
def sealed_world(sealed: Blueprint, tmp_path: Path) -> Iterator[World]:
    with world(sealed, tmp_path) as made:
        yield made
