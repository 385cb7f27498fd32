"""Where signatures stand in the XML data file, and what each must sign (domain D4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.records.types import SigningRole
from app.records.xml_names import (
    DATA,
    DATA_ID,
    HOMEROOM_SLOT,
    INFO_ID,
    LEADER_SLOT,
    RELEASE,
    ROOT,
    SEAL_SLOT,
    SIGNING_INFO,
    SUBJECT_TEACHER,
    SUBJECT_TEACHERS,
)
from app.records.xml_names import ID_ATTRIBUTE as ID

__all__ = [
    "DATA",
    "DATA_ID",
    "ID",
    "INFO_ID",
    "RELEASE",
    "ROOT",
    "SIGNING_INFO",
    "SLOTS",
    "SUBJECT_TEACHER",
    "SUBJECT_TEACHERS",
    "Slot",
]


@dataclass(frozen=True, slots=True)
class Slot:
    """The element that takes a role's ds:Signature, and the Id that the signature refers to.

    The real name of the element around CBQL is unknown, so any one element may stand there.
    """

    tag: str
    paths: tuple[str, ...]
    """From the root, for `find`; the first that exists counts."""
    reference: str


SLOTS: Final[Mapping[SigningRole, Slot]] = {
    SigningRole.TEACHER: Slot(HOMEROOM_SLOT, (f"{DATA}/{SIGNING_INFO}/{HOMEROOM_SLOT}",), INFO_ID),
    SigningRole.LEADER: Slot(
        LEADER_SLOT, (f"{RELEASE}/*/{LEADER_SLOT}", f"{RELEASE}/{LEADER_SLOT}"), DATA_ID
    ),
    SigningRole.SEAL: Slot(SEAL_SLOT, (f"{RELEASE}/{SEAL_SLOT}",), DATA_ID),
}
