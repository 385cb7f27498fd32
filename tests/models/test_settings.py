"""Settings of the school, its years, modules, anchors and destinations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import changelog, settings
from app.models.store import Store
from tests.models.samples import SCHOOL, YEAR


def test_settings_are_kept_and_logged_once(store: Store) -> None:
    with store.transaction() as session:
        assert settings.get(session, "idle", "10") == "10"
        for value in ("15", "15", "20"):
            settings.put(session, "idle", value, "admin")
        assert settings.get(session, "idle", "10") == "20"
        found = [entry for entry in changelog.entries(session) if entry.field == "idle"]
    assert [(entry.old, entry.new) for entry in found] == [("15", "20"), (None, "15")]


def test_the_school_can_be_renamed(store: Store) -> None:
    renamed = replace(SCHOOL, name="Trường Tiểu học Hoa Súng", district="")
    with store.transaction() as session:
        assert settings.set_school(session, renamed, "admin") == 2
        assert settings.set_school(session, renamed, "admin") == 0
        assert settings.school(session) == renamed


def test_years_are_added(store: Store) -> None:
    with store.transaction() as session:
        settings.set_active_year(session, "2024-2025", "admin")
        assert settings.years(session) == (YEAR, "2024-2025")
        assert settings.active_year(session) == "2024-2025"


def test_modules_and_anchors_are_kept_once(store: Store) -> None:
    with store.transaction() as session:
        for _ in range(2):
            settings.add_module(session, Path("/opt/tên lạ.so"), "admin")
            settings.add_anchor(session, b"der", "admin")
        assert settings.modules(session) == (Path("/opt/tên lạ.so"),)
        assert settings.anchors(session) == (b"der",)


def test_destinations_come_back_and_keep_their_secret_out_of_the_log(store: Store) -> None:
    options = {"endpoint": "http://127.0.0.1:9000", "bucket": "học bạ"}
    with store.transaction() as session:
        settings.add_destination(
            session, name="kho", kind="s3", options=options, secret="bí mật", actor="admin"
        )
        with pytest.raises(UserError) as twice:
            settings.add_destination(session, name="kho", kind="s3", options={}, secret="", actor="a")
        with pytest.raises(UserError) as unknown:
            settings.destination(session, "khác")
        found = settings.destination(session, "kho")
        settings.add_destination(session, name="anh", kind="folder", options={}, secret="", actor="a")
        assert settings.destinations(session) == (found, settings.destination(session, "anh"))
        log = changelog.entries(session)
    assert (found.kind, found.options, found.secret, found.paused) == ("s3", options, "bí mật", False)
    assert (twice.value.code, unknown.value.code) == ("store.destination_exists", "workflow.no_destination")
    assert all("bí mật" not in f"{entry.old}{entry.new}" for entry in log)
