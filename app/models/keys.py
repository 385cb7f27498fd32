"""Where the store's key lives: the operating system's credential store, else a key file of mode 0600."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal, TypeVar

from app.models.files import KEY_FILE, write_private

SERVICE: Final = "hocba"
KeyStore = Literal["keyring", "key_file"]
_KEY_BYTES: Final = 32
_USELESS: Final = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
"""Backends that keep nothing, or keep it in the clear."""
_T = TypeVar("_T")


def save(folder: Path, store_id: str, key: bytes) -> KeyStore:
    """Keep `key` for `store_id` in the best place of this machine and say which.

    Once the credential store holds it, an older key file is removed, so that a copied folder is unreadable.
    """
    if _keyring_usable() and _keep_in_keyring(store_id, key):
        (folder / KEY_FILE).unlink(missing_ok=True)
        return "keyring"
    write_private(folder / KEY_FILE, key.hex().encode())
    return "key_file"


def load(folder: Path, store_id: str) -> tuple[bytes, KeyStore] | None:
    """The key and where it was found; None when this machine does not know it."""
    if (key := from_file(folder)) is not None:
        return key, "key_file"
    if _keyring_usable() and (key := _from_keyring(store_id)) is not None:
        return key, "keyring"
    return None


def from_file(folder: Path) -> bytes | None:
    """The key in the folder's key file, None when there is no such file or it is not a key."""
    try:
        text = (folder / KEY_FILE).read_text("ascii")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return _decode(text)


def _decode(text: str | None) -> bytes | None:
    try:
        key = bytes.fromhex((text or "").strip())
    except ValueError:
        return None
    return key if len(key) == _KEY_BYTES else None


def _keyring_usable() -> bool:
    if os.environ.get("HOCBA_KEY_FILE_ONLY") == "1":
        return False
    import keyring

    backend = keyring.get_keyring()
    if type(backend).__module__.startswith(_USELESS):
        return False
    return bool(backend.priority > 0)


def _ask(question: Callable[[], _T]) -> _T | None:
    """The answer of the credential store; None when it is locked, refuses or has gone away."""
    import keyring.errors

    try:
        return question()
    except (keyring.errors.KeyringError, OSError):
        return None


def _keep_in_keyring(store_id: str, key: bytes) -> bool:
    import keyring

    def keep() -> bool:
        keyring.set_password(SERVICE, store_id, key.hex())
        return keyring.get_password(SERVICE, store_id) == key.hex()

    return bool(_ask(keep))


def _from_keyring(store_id: str) -> bytes | None:
    import keyring

    return _decode(_ask(lambda: keyring.get_password(SERVICE, store_id)))
