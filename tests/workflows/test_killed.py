"""The process dies (kill -9) at random moments of import and issue: nothing lost, doubled or half-written."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.models import classes, settings, transcripts
from app.models.values import VersionRecord
from app.records.types import ClassYear
from app.workflows import store as store_verbs
from tests.world import PASSWORD, World

KILLS = 3
VERB = "import sys; from app.cli import main; print('go', flush=True); sys.exit(main(sys.argv[1:]))"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX signals")


def run(data: Path, *words: object, seconds: float = 60) -> int | None:
    """A verb in a process of its own; its exit code, or None when it was killed `seconds` after its start."""
    arguments = ("--data", data, "--user", "quantri", "--json", "--quiet", *words)
    with subprocess.Popen(
        [sys.executable, "-c", VERB, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOCBA_PASSWORD": PASSWORD},
        cwd=Path(__file__).parents[2],
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "go\n"
        try:
            process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return None
        return process.returncode


def killed(world: World, folder: Path, *words: object) -> Iterator[Path]:
    """First a copy in which the verb ran undisturbed, then copies in which it was killed at random."""
    whole = folder / "whole"
    shutil.copytree(world.folder, whole)
    started = time.monotonic()
    assert run(whole, *words) == 0
    took = time.monotonic() - started
    yield whole
    chance = random.Random(took)
    for number in range(KILLS):
        data = folder / f"killed{number}"
        shutil.copytree(world.folder, data)
        run(data, *words, seconds=chance.uniform(0.0, took))
        yield data


def stored(data: Path) -> tuple[tuple[ClassYear, ...], tuple[VersionRecord, ...]]:
    """Every class and every transcript version, once the chain of the log is found whole."""
    with store_verbs.open_store(data) as store:
        assert store.status()["audit_chain"] == "ok"
        with store.reading() as session:
            year = settings.active_year(session)
            listed = classes.load_classes(session, year)
            versions = transcripts.versions(session, year)
            for version in versions:
                assert transcripts.documents(session, version.id).pdf.startswith(b"%PDF")
    return tuple(listed), tuple(versions)


def undisturbed(world: World, data: Path) -> World:
    """The same school, its verbs working on `data`."""
    return replace(world, folder=data, store=store_verbs.open_store(data))


def test_import(listed_world: World, tmp_path: Path) -> None:
    listed_world.store.close()
    states = killed(listed_world, tmp_path, "import", *listed_world.files)
    whole, _ = stored(next(states))
    for data in states:
        for klass in stored(data)[0]:
            filled = sum(1 for entry in klass.pupils if entry.results)
            assert filled in (0, len(klass.pupils)), f"{klass.name} is half imported"
        with (again := undisturbed(listed_world, data)).store:
            again.import_all()
        assert stored(data)[0] == whole


def test_issue(approved_world: World, tmp_path: Path) -> None:
    approved_world.store.close()
    states = killed(approved_world, tmp_path, "issue")
    whole = [version.enrolment_key for version in stored(next(states))[1]]
    assert len(whole) == approved_world.pupils_in_scope
    for data in states:
        before = stored(data)[1]
        with (again := undisturbed(approved_world, data)).store:
            again.issue_all()
        after = stored(data)[1]
        assert sorted(version.enrolment_key for version in after) == sorted(whole)
        assert set(before) <= set(after)
        assert all(version.version == 1 for version in after)
