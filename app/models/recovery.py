"""The recovery code, and `store.json`: the store's number and its key wrapped by that code."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.errors import UserError
from app.models.files import DESCRIPTION, write_private

FORMAT: Final = 1
ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 characters without 0, O, 1 and I, which people confuse on paper."""
_GROUPS: Final = 5
_GROUP: Final = 5
_ARGON2: Final = {"time_cost": 3, "memory_cost": 65536, "parallelism": 1}
_KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Description:
    """What `store.json` says: readable without any key, and the same for every schema."""

    store_id: str
    created_at: str
    """ISO 8601 with offset."""
    wrapped: dict[str, Any]
    """KDF parameters, salt, nonce and the wrapped key, base64."""


def new_code() -> str:
    """A fresh recovery code of 125 random bits, as "ABCDE-FGHJK-…" (five groups of five)."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def plain_code(text: str) -> str:
    """The bare characters of a typed code: case, spaces and hyphens do not matter."""
    return "".join(character for character in text.upper() if character.isalnum())


def _kek(code: str, salt: bytes, costs: dict[str, int]) -> bytes:
    return hash_secret_raw(
        secret=plain_code(code).encode(),
        salt=salt,
        hash_len=_KEY_BYTES,
        type=Type.ID,
        **{name: int(costs[name]) for name in _ARGON2},
    )


def wrap(key: bytes, code: str, store_id: str) -> dict[str, Any]:
    """The store's key encrypted under the recovery code (argon2id, AES-256-GCM)."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(_kek(code, salt, _ARGON2)).encrypt(nonce, key, store_id.encode())
    encoded = {name: base64.b64encode(part).decode() for name, part in (("salt", salt), ("nonce", nonce))}
    return {"kdf": "argon2id", **_ARGON2, **encoded, "key": base64.b64encode(sealed).decode()}


def unwrap(description: Description, code: str) -> bytes:
    """The store's 32-byte key; UserError store.recovery_wrong when the code does not fit."""
    wrapped = description.wrapped
    salt, nonce, sealed = (base64.b64decode(wrapped[name]) for name in ("salt", "nonce", "key"))
    try:
        return AESGCM(_kek(code, salt, wrapped)).decrypt(nonce, sealed, description.store_id.encode())
    except InvalidTag:
        raise UserError("store.recovery_wrong") from None


def write(folder: Path, description: Description) -> None:
    """Write `store.json` into `folder`."""
    content = {
        "format": FORMAT,
        "store_id": description.store_id,
        "created_at": description.created_at,
        "wrapped_key": description.wrapped,
    }
    write_private(folder / DESCRIPTION, json.dumps(content, indent=1).encode())


def read(folder: Path) -> Description:
    """Read `store.json`; UserError store.damaged or store.newer_schema."""
    path = folder / DESCRIPTION
    try:
        content = json.loads(path.read_bytes())
        if int(content["format"]) > FORMAT:
            raise UserError(
                "store.newer_schema", folder=str(folder), schema=f"store.json {content['format']}"
            )
        return Description(
            store_id=str(content["store_id"]),
            created_at=str(content["created_at"]),
            wrapped=dict(content["wrapped_key"]),
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        raise UserError("store.damaged", file=str(path)) from None
