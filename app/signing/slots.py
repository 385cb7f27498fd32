"""Where signatures stand in the XML data file, and what each must sign (domain D4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.records.types import SigningRole

ROOT: Final = "HOC_BA"
DATA: Final = "DU_LIEU_HOC_BA"
DATA_ID: Final = "data"
INFO_ID: Final = "thongtinhocba"
SIGNING_INFO: Final = "DANH_SACH_THONG_TIN_KY"
SUBJECT_TEACHERS: Final = "DANH_SACH_GVBM"
SUBJECT_TEACHER: Final = "GVBM"
RELEASE: Final = "PHAT_HANH_HOC_BA"
ID: Final = "Id"
"""Capital I, and not an xml:id."""


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
    SigningRole.TEACHER: Slot("GVCN", (f"{DATA}/{SIGNING_INFO}/GVCN",), INFO_ID),
    SigningRole.LEADER: Slot("CBQL", (f"{RELEASE}/*/CBQL", f"{RELEASE}/CBQL"), DATA_ID),
    SigningRole.SEAL: Slot("KY_PHAT_HANH", (f"{RELEASE}/KY_PHAT_HANH",), DATA_ID),
}
