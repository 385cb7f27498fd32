"""The package that goes to the department: ids, versions, events and hashes, with a slot for the seal.

The official layout is not published (domain.md 4.2, 4.3 item 5): the names that the national exchange
does publish (IdBanGhi, SuKien, PhienBan, ThoiGianCapNhat) are used, all names stand in this module only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import Final

from lxml import etree

from app.delivery.keys import SHA256
from app.errors import UserError

ROOT: Final = "GOI_HOC_BA"
DATA: Final = "DU_LIEU_GOI"
DATA_ID: Final = "goi"
"""Id of the element that the signature in SLOT refers to; the slot lies outside it."""
SLOT: Final = "KY_GOI"
LIST: Final = "DANH_SACH_HOC_BA"
RECORD: Final = "HOC_BA"
FILE: Final = "TEP"
TIME_FORMAT: Final = "%Y-%m-%dT%H:%M:%S"
VIETNAM: Final = timezone(timedelta(hours=7))


class Event(StrEnum):
    """What happened to a record (domain.md 4.2: SuKien)."""

    NEW = "NEW"
    UPDATE = "UPDATE"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class PackageFile:
    """One file of a record: "xml" or "pdf", and its SHA-256."""

    kind: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PackageEntry:
    """One version of one transcript; `updated_at` is aware; a CANCEL names the files it withdraws."""

    transcript_id: str
    version: int
    event: Event
    updated_at: datetime
    files: tuple[PackageFile, ...]
    replaces: int | None = None
    reason: str = ""
    """Why it was cancelled."""


@dataclass(frozen=True, slots=True)
class Package:
    """What a package says."""

    id: str
    school: str
    year: str
    created_at: datetime
    entries: tuple[PackageEntry, ...]


def build_package(package: Package) -> bytes:
    """The unsigned bytes: same value, same bytes; the seal is put into SLOT elsewhere."""
    root = etree.Element(ROOT)
    data = etree.SubElement(root, DATA, Id=DATA_ID)
    _add(data, "MA_GOI", package.id)
    _add(data, "MA_TRUONG", package.school)
    _add(data, "NAM_HOC", package.year)
    _add(data, "THOI_GIAN_TAO", _time(package.created_at))
    _add(data, "SO_LUONG", str(len(package.entries)))
    records = etree.SubElement(data, LIST)
    for entry in sorted(package.entries, key=lambda entry: (entry.transcript_id, entry.version, entry.event)):
        _record(records, entry)
    etree.SubElement(root, SLOT)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def read_package(xml: bytes) -> Package:
    """The package in `xml`, signed or not; UserError delivery.bad_package when it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    try:
        root = etree.fromstring(xml, parser)
        data = _one(root, DATA) if root.tag == ROOT else None
        if data is None or data.get("Id") != DATA_ID:
            raise UserError("delivery.bad_package")
        entries = tuple(_read_record(record) for record in _one(data, LIST))
        if int(_text(data, "SO_LUONG")) != len(entries):
            raise UserError("delivery.bad_package")
        created_at = _read_time(_text(data, "THOI_GIAN_TAO"))
        return Package(
            _text(data, "MA_GOI"), _text(data, "MA_TRUONG"), _text(data, "NAM_HOC"), created_at, entries
        )
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UserError("delivery.bad_package") from error


def _record(parent: etree._Element, entry: PackageEntry) -> None:
    record = etree.SubElement(parent, RECORD)
    _add(record, "IdBanGhi", entry.transcript_id)
    _add(record, "SuKien", entry.event.value)
    _add(record, "PhienBan", str(entry.version))
    _add(record, "ThoiGianCapNhat", _time(entry.updated_at))
    if entry.replaces is not None:
        _add(record, "ThayThePhienBan", str(entry.replaces))
    if entry.reason:
        _add(record, "LyDo", entry.reason)
    for file in sorted(entry.files, key=lambda file: file.kind):
        if not SHA256.fullmatch(file.sha256):
            raise ValueError(f"not a SHA-256: {file.sha256!r}")
        etree.SubElement(record, FILE, Loai=file.kind, SHA256=file.sha256)


def _read_record(record: etree._Element) -> PackageEntry:
    replaces, reason = record.findtext("ThayThePhienBan"), record.findtext("LyDo")
    files = tuple(PackageFile(file.get("Loai", ""), file.get("SHA256", "")) for file in record.iterfind(FILE))
    if not all(SHA256.fullmatch(file.sha256) for file in files):
        raise UserError("delivery.bad_package")
    return PackageEntry(
        _text(record, "IdBanGhi"),
        int(_text(record, "PhienBan")),
        Event(_text(record, "SuKien")),
        _read_time(_text(record, "ThoiGianCapNhat")),
        files,
        int(replaces) if replaces else None,
        reason or "",
    )


def _one(parent: etree._Element, tag: str) -> etree._Element:
    found: Sequence[etree._Element] = parent.findall(tag)
    if len(found) != 1:
        raise UserError("delivery.bad_package")
    return found[0]


def _text(parent: etree._Element, tag: str) -> str:
    return _one(parent, tag).text or ""


def _add(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, tag).text = text


def _time(value: datetime) -> str:
    """Vietnamese time without an offset, as the national exchange writes it."""
    return value.astimezone(VIETNAM).strftime(TIME_FORMAT)


def _read_time(text: str) -> datetime:
    return datetime.strptime(text, TIME_FORMAT).replace(tzinfo=VIETNAM)
