"""What was looked through is kept per person and version, once."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from app.models import people, seen
from app.models.store import Store
from app.records.types import Role
from tests.models.samples import YEAR, add_pupil, add_version


def add_account(store: Store, login: str) -> int:
    with store.transaction() as session:
        return people.add_account(
            session,
            login=login,
            name=f"Người {login}",
            title="",
            roles=frozenset({Role.CHECKER}),
            classes=frozenset(),
            subjects=frozenset(),
            password_hash="x",
            year=YEAR,
            actor="admin",
        )


@pytest.fixture
def version(store: Store) -> int:
    with store.transaction() as session:
        return add_version(session, add_pupil(session))


def test_the_first_look_is_kept_with_its_time(store: Store, version: int) -> None:
    person = add_account(store, "mot")
    with store.transaction() as session:
        assert seen.seen_by(session, person) == {}
        assert seen.mark_seen(session, account_id=person, version_id=version)
    with store.reading() as session:
        first = seen.seen_by(session, person)
    with store.transaction() as session:
        assert not seen.mark_seen(session, account_id=person, version_id=version)
    with store.reading() as session:
        assert seen.seen_by(session, person) == first
    assert set(first) == {version}
    assert first[version].utcoffset() is not None


def test_each_person_has_their_own(store: Store, version: int) -> None:
    one, two = add_account(store, "mot"), add_account(store, "hai")
    with store.transaction() as session:
        seen.mark_seen(session, account_id=two, version_id=version)
        assert seen.seen_by(session, one) == {}
        seen.mark_seen(session, account_id=one, version_id=version)
        assert [name for name, _ in seen.viewers(session, version)] == ["Người hai", "Người mot"]
        assert seen.viewers(session, version + 1) == ()


def test_a_version_that_is_not_there_cannot_be_seen(store: Store, version: int) -> None:
    person = add_account(store, "mot")
    with pytest.raises(IntegrityError), store.transaction() as session:
        seen.mark_seen(session, account_id=person, version_id=version + 1)
