"""The verbs of signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.records.permissions import Actor

if TYPE_CHECKING:
    from app.workflows.store import KnownLogin, Store


def sign_in(store: Store, login: str, password: str) -> Actor:
    """Check the password; NotAllowed account.*"""
    from app.workflows import store as verbs

    return verbs.login(store=store, login=login, password=password)


def known(store: Store) -> tuple[KnownLogin, ...]:
    """Who may sign in here."""
    from app.workflows import store as verbs

    return verbs.known_logins(store=store)
