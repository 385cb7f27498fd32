"""Passwords of accounts: argon2id with the library's recommended cost."""

from __future__ import annotations

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()


def _same_on_every_keyboard(text: str) -> str:
    """NFC: Vietnamese input tools send the same letters composed or decomposed."""
    return unicodedata.normalize("NFC", text)


def hash_password(text: str) -> str:
    """The argon2id hash of a password, with its salt and cost inside."""
    return _HASHER.hash(_same_on_every_keyboard(text))


def verify_password(password_hash: str, text: str) -> bool:
    """True when `text` is the password of `password_hash`."""
    try:
        return _HASHER.verify(password_hash, _same_on_every_keyboard(text))
    except (VerificationError, InvalidHashError):
        return False
