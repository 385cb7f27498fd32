"""The process dies (kill -9) at random moments of sign, archive, send: nothing lost, doubled, half-done."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models import outbox, transcripts
from app.models.values import OutboxItem, VersionRecord
from app.records.types import SigningRole
from app.signing.trust import Trust
from app.signing.verify import verify_bytes
from app.workflows import archive, send
from app.workflows import store as store_verbs
from tests.workflows.test_killed import run, undisturbed
from tests.world import QUIET, World

KILLS = 2
SEAL = SigningRole.SEAL

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX signals")


def kills(took: float) -> Iterator[float]:
    """Moments at which to kill a process that needs `took` seconds: while it works, not while it starts."""
    chance = random.Random(took)
    return (chance.uniform(0.4, 1.0) * took for _ in range(KILLS))


def undisturbed_time(data: Path, copy: Path, *words: object) -> float:
    """Seconds that the verb takes on a copy of the data folder when nobody disturbs it."""
    shutil.copytree(data, copy)
    started = time.monotonic()
    assert run(copy, *words) == 0
    return time.monotonic() - started


def versions(data: Path) -> tuple[tuple[VersionRecord, ...], tuple[OutboxItem, ...]]:
    """Versions and outbox, once the log is found whole and every signature on every document intact."""
    with store_verbs.open_store(data) as store:
        assert store.status()["audit_chain"] == "ok"
        with store.reading() as session:
            found = transcripts.current_versions(session, "2023-2024")
            for version in found:
                kept = transcripts.documents(session, version.id)
                for document in (kept.pdf, kept.xml):
                    report = verify_bytes(document, name="", trust=Trust())
                    assert tuple(item.role for item in report.signatures) == version.signed_roles
                    assert all(item.integrity == "intact" for item in report.signatures)
            return found, outbox.items(session)


def test_seal(issued_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for role in (SigningRole.TEACHER, SigningRole.LEADER):
        issued_world.sign(role)
    issued_world.store.close()
    monkeypatch.setenv("HOCBA_PIN", issued_world.cast.tokens[SEAL].pin)
    words = ("sign", "--role", SEAL, "--token", issued_world.cast.tokens[SEAL].serial)
    took = undisturbed_time(issued_world.folder, tmp_path / "whole", *words)
    total = issued_world.pupils_in_scope
    for number, moment in enumerate(kills(took)):
        data = tmp_path / f"killed{number}"
        shutil.copytree(issued_world.folder, data)
        run(data, *words, seconds=moment)
        sealed, queued = versions(data)
        assert len(queued) == 2 * sum(SEAL in version.signed_roles for version in sealed)
        with (again := undisturbed(issued_world, data)).store:
            report = again.sign(SEAL)
        assert report.signed + report.already == total
        sealed, queued = versions(data)
        assert len(queued) == len({item.key for item in queued}) == 2 * total
        assert {item.sha256 for item in queued} == {
            digest for version in sealed for digest in (version.pdf_sha256, version.xml_sha256)
        }


def test_archive(sealed_world: World, tmp_path: Path) -> None:
    sealed_world.store.close()
    took = undisturbed_time(sealed_world.folder, tmp_path / "whole", "archive", tmp_path / "kho")
    for number, moment in enumerate(kills(took)):
        folder = tmp_path / f"ra{number}" / "kho"
        folder.parent.mkdir()
        run(sealed_world.folder, "archive", folder, seconds=moment)
        if folder.exists():
            assert archive.recheck(folder=folder).failed == ()
        with (again := undisturbed(sealed_world, sealed_world.folder)).store as store:
            report = archive.archive(store=store, actor=again.actor(), folder=folder, progress=QUIET)
        assert (report.documents, report.failed) == (sealed_world.pupils_in_scope, ())
        assert archive.recheck(folder=folder) == report
        assert [path.name for path in folder.parent.iterdir()] == ["kho"]


def test_send(sealed_world: World, tmp_path: Path) -> None:
    sealed_world.store.close()
    place = sealed_world.destination
    took = undisturbed_time(sealed_world.folder, tmp_path / "whole", "send")
    for number, moment in enumerate(kills(took)):
        shutil.rmtree(place)
        place.mkdir()
        data = tmp_path / f"killed{number}"
        shutil.copytree(sealed_world.folder, data)
        run(data, "send", seconds=moment)
        _, before = versions(data)
        for item in before:
            if item.state.value == "stored":
                assert (place / item.key).is_file(), f"{item.key} is lost"
        with (again := undisturbed(sealed_world, data)).store as store:
            report = send.send(store=store, actor=again.actor(), progress=QUIET)
        assert {item.state.value for item in report.items} == {"stored"}
        files = {path.relative_to(place).as_posix(): path for path in place.rglob("*") if path.is_file()}
        assert set(files) == {item.key for item in report.items}
        for item in report.items:
            assert hashlib.sha256(files[item.key].read_bytes()).hexdigest() == item.sha256
