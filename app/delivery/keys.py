"""The key of every delivered object, the same on every destination (design section 6)."""

from __future__ import annotations

import re
from typing import Final

from app.errors import UserError

SAFE_PART: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")
SHA256: Final = re.compile(r"[0-9a-f]{64}")
EXTENSIONS: Final = frozenset({"xml", "pdf"})


def document_key(school: str, year: str, transcript_id: str, version: int, sha256: str, ext: str) -> str:
    """`{school}/{year}/{transcript_id}/v{n}/{sha256}.{xml|pdf}`."""
    if version < 1 or ext not in EXTENSIONS or not SHA256.fullmatch(sha256):
        raise ValueError(f"not a document: version {version}, {sha256!r}, {ext!r}")
    return f"{_part(school)}/{_part(year)}/{_part(transcript_id)}/v{version}/{sha256}.{ext}"


def package_key(school: str, year: str, package_id: str) -> str:
    """`{school}/{year}/packages/{id}.xml`."""
    return f"{_part(school)}/{_part(year)}/packages/{_part(package_id)}.xml"


def receipt_key(school: str, receipt_id: str) -> str:
    """`{school}/receipts/{id}.json`, written by the receiver."""
    return f"{receipt_prefix(school)}{_part(receipt_id)}.json"


def receipt_prefix(school: str) -> str:
    """Where the receipts of a school lie."""
    return f"{_part(school)}/receipts/"


def split_key(key: str) -> tuple[str, ...]:
    """The parts of a key; UserError delivery.bad_key for anything that could leave the destination."""
    return tuple(_part(part) for part in key.split("/"))


def _part(text: str) -> str:
    if not SAFE_PART.fullmatch(text) or text.endswith("."):
        raise UserError("delivery.bad_key", value=text)
    return text
