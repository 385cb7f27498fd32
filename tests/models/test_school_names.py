"""The school's names by date of validity, and pictures of signatures, in the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.models import changelog, settings
from app.models.store import Store
from tests.models.samples import SCHOOL

MERGED = date(2025, 7, 1)
NEW = replace(SCHOOL, commune="Xã Mỹ Hương", district="", province="Cần Thơ", body="UBND xã Mỹ Hương")


def test_names_hold_from_their_day_on(store: Store) -> None:
    with store.transaction() as session:
        assert settings.name_school(session, MERGED, NEW, "admin") == 5
    with store.reading() as session:
        assert settings.school_at(session, date(2024, 5, 31)) == SCHOOL
        assert settings.school_at(session, MERGED) == NEW
        assert settings.school(session) == NEW
        assert settings.school_names(session) == ((None, SCHOOL), (MERGED, NEW))


def test_a_day_already_named_is_corrected_and_logged(store: Store) -> None:
    better = replace(NEW, commune="Phường Mỹ Hương")
    with store.transaction() as session:
        settings.name_school(session, MERGED, NEW, "admin")
        assert settings.name_school(session, MERGED, better, "admin") == 1
        assert settings.name_school(session, MERGED, better, "admin") == 0
        assert settings.school_at(session, MERGED) == better
        log = [entry for entry in changelog.entries(session) if entry.entity == "school:2025-07-01"]
    assert [(entry.field, entry.old, entry.new) for entry in log[:1]] == [
        ("commune", "Xã Mỹ Hương", "Phường Mỹ Hương")
    ]


def test_the_code_is_always_that_of_the_school(store: Store) -> None:
    with store.transaction() as session:
        settings.name_school(session, MERGED, replace(NEW, code="khác"), "admin")
        assert settings.school_at(session, MERGED).code == SCHOOL.code


def test_pictures_are_kept_replaced_and_taken_away(store: Store) -> None:
    with store.transaction() as session:
        settings.put_picture(session, "", b"seal", "admin")
        settings.put_picture(session, "gv", b"one", "admin")
        settings.put_picture(session, "gv", b"two", "admin")
        assert settings.pictures(session) == {"": b"seal", "gv": b"two"}
        settings.put_picture(session, "", None, "admin")
        assert settings.pictures(session) == {"gv": b"two"}
        log = [entry for entry in changelog.entries(session) if entry.entity.startswith("picture:")]
    assert len(log) == 4
