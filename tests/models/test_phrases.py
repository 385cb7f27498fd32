"""The comment bank: whose phrases, no doubles, hidden and brought back."""

from __future__ import annotations

from app.models import changelog, people, phrases
from app.models.store import Store
from app.records.types import Role
from tests.models.samples import YEAR


def account(store: Store, login: str) -> int:
    with store.transaction() as session:
        return people.add_account(
            session,
            login=login,
            name=login,
            title="",
            roles=frozenset({Role.HOMEROOM}),
            classes=frozenset(),
            subjects=frozenset(),
            password_hash="x",
            year=YEAR,
            actor="admin",
        )


def add(store: Store, owner: int | None, content: str, subject: str = "TV", level: str = "T") -> int | None:
    with store.transaction() as session:
        return phrases.add_phrase(
            session, account_id=owner, subject=subject, level=level, content=content, actor="admin"
        )


def contents(store: Store, owner: int | None) -> list[str]:
    with store.reading() as session:
        return [one.content for one in phrases.phrases(session, owner)]


def test_everybody_sees_the_school_and_the_own_phrases(store: Store) -> None:
    first, second = account(store, "gv1"), account(store, "gv2")
    add(store, None, "Học tốt")
    add(store, first, "Đọc to")
    add(store, second, "Viết đẹp")
    assert contents(store, first) == ["Học tốt", "Đọc to"]
    assert contents(store, None) == ["Học tốt"]


def test_a_phrase_is_composed_tidied_and_there_once(store: Store) -> None:
    assert add(store, None, "  Học   to\u0302\u0301t ") is not None
    assert contents(store, None) == ["Học tốt"]
    assert add(store, None, "Học tốt") is None
    assert add(store, None, "Học tốt", level="H") is not None
    assert add(store, account(store, "gv1"), "Học tốt") is not None


def test_a_hidden_phrase_comes_back_with_its_number(store: Store) -> None:
    number = add(store, None, "Học tốt")
    assert number is not None
    with store.transaction() as session:
        assert phrases.hide_phrase(session, number, "admin")
        assert not phrases.hide_phrase(session, number, "admin")
    assert contents(store, None) == []
    assert add(store, None, "Học tốt") == number
    with store.reading() as session:
        told = [(e.old, e.new) for e in changelog.entries(session, entity=f"phrase:{number}")]
    assert told == [(None, "Học tốt"), ("Học tốt", None), (None, "Học tốt")]


def test_many_at_once_add_only_what_is_new(store: Store) -> None:
    add(store, None, "Học tốt")
    given = [("TV", "T", "Học tốt"), ("", "T", "Tiến bộ"), ("", "T", "Tiến  bộ")]
    with store.transaction() as session:
        assert phrases.add_phrases(session, account_id=None, given=given, actor="admin") == 1
    assert contents(store, None) == ["Học tốt", "Tiến bộ"]
    with store.transaction() as session:
        assert phrases.add_phrases(session, account_id=None, given=given, actor="admin") == 0
