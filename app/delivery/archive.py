"""The archive: a BagIt folder with every sealed transcript, its list and a page to open first.

`index.html` and `danh-sach.csv` are tag files at the top of the bag, where a person finds them; the
tag manifest covers them. The payload is `data/{year}/{class}/{transcript}-v{n}.pdf` and `.xml`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from app.delivery import archive_place, bagit
from app.delivery.archive_list import LIST, Row, in_order, read_list, write_list
from app.delivery.archive_page import PAGE, render_page
from app.delivery.bagit import ArchiveFailure
from app.errors import UserError
from app.interaction import Progress, SilentProgress
from app.records.types import School

SCHOOL_LABEL: Final = "External-Identifier"


@dataclass(frozen=True, slots=True)
class ArchiveDocument:
    """One sealed version with both files; the two hashes are what the store recorded, not recomputed."""

    transcript_id: str
    version: int
    class_name: str
    year: str
    pupil_code: str
    pupil_name: str
    state_text: str
    sealed_at: datetime | None
    xml_sha256: str
    pdf_sha256: str
    xml: bytes = field(repr=False)
    pdf: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """How many transcript versions the archive holds, and what failed."""

    documents: int
    failed: tuple[ArchiveFailure, ...] = ()


def write_archive(
    folder: Path,
    documents: Iterable[ArchiveDocument],
    *,
    school: School,
    year: str,
    created_at: datetime,
    progress: Progress | None = None,
    total: int = 0,
    revoked: frozenset[tuple[str, int]] = frozenset(),
) -> ArchiveReport:
    """Write or renew the archive in `folder`: whole or not at all, killed or not.

    `documents` is read lazily, one at a time; `total` is only for `progress`. What an older archive of
    the school in `folder` holds beyond `documents` is kept (older versions, other years); `revoked` names
    the versions (transcript, number) that the list has to call withdrawn. A document
    whose bytes do not fit its hashes is listed in `failed` and left out. Raises UserError
    delivery.archive_not_empty, archive_other_school, archive_damaged, archive_empty, archive_root,
    archive_denied, disk_full; whatever lay in `folder` before is then untouched.
    """
    target = archive_place.prepare(folder)
    old = _standing_rows(target, school)
    with archive_place.building(target) as temp:
        build = _Build(temp, target)
        build.add_all(documents, progress or SilentProgress(), total)
        if not build.rows and build.failed:
            return ArchiveReport(0, tuple(build.failed))
        build.keep_old(old, revoked)
        if not build.rows:
            raise UserError("delivery.archive_empty", place=target)
        with archive_place.problems(target):
            build.finish(school, year, created_at)
        archive_place.publish(temp, target)
    return ArchiveReport(len(build.rows), tuple(build.failed))


def archive_size(folder: Path) -> int:
    """Bytes of the payload as the archive itself says; 0 when it does not."""
    oxum = bagit.read_info(folder).get("Payload-Oxum", "") if bagit.is_bag(folder) else ""
    octets = oxum.partition(".")[0]
    return int(octets) if octets.isdecimal() else 0


def verify_archive(folder: Path, progress: Progress | None = None) -> ArchiveReport:
    """Every file against the manifests; UserError delivery.not_a_bag when `folder` is no archive."""
    failed = tuple(bagit.check_bag(folder, progress or SilentProgress()))
    payload = (path for path in (folder / bagit.PAYLOAD).rglob("*") if path.suffix in (".xml", ".pdf"))
    return ArchiveReport(len({path.with_suffix("") for path in payload}), failed)


class _Build:
    """The archive while it is being written into `temp`."""

    def __init__(self, temp: Path, target: Path) -> None:
        self.temp, self.target = temp, target
        self.rows: list[Row] = []
        self.failed: list[ArchiveFailure] = []
        self._payload: dict[str, str] = {}
        self._octets = 0

    def add_all(self, documents: Iterable[ArchiveDocument], progress: Progress, total: int) -> None:
        for done, document in enumerate(documents, start=1):
            self._add(document)
            progress.step(done, max(total, done), document.pupil_name)

    def keep_old(self, old: Iterable[Row], revoked: frozenset[tuple[str, int]]) -> None:
        """Copy what an older archive holds and the new one would not: nothing signed is ever dropped."""
        newest = {row.transcript_id: row.version for row in self.rows}
        for row in old:
            if row.xml_path in self._payload or row.pdf_path in self._payload:
                continue
            with archive_place.problems(self.target):
                for path, sha256 in row.files():
                    self._write(path, self._old_bytes(path, sha256), sha256)
            withdrawn = (row.transcript_id, row.version) in revoked
            self.rows.append(_old_row(row, newest.get(row.transcript_id, 0), withdrawn))

    def finish(self, school: School, year: str, created_at: datetime) -> None:
        """The list, the page, the manifests."""
        rows = in_order(self.rows)
        (self.temp / LIST).write_bytes(write_list(rows))
        page = render_page(rows, school=school, year=year, created_at=created_at)
        (self.temp / PAGE).write_bytes(page)
        info = (
            ("Source-Organization", school.name),
            (SCHOOL_LABEL, school.code),
            ("External-Description", f"Học bạ số đã đóng dấu, năm học {year}"),
            ("Bagging-Date", created_at.date().isoformat()),
            ("Bag-Software-Agent", "hocba"),
            ("Payload-Oxum", f"{self._octets}.{len(self._payload)}"),
        )
        bagit.write_bag_files(self.temp, self._payload, info)

    def _add(self, document: ArchiveDocument) -> None:
        row = _row(document)
        files = (
            (row.pdf_path, document.pdf, row.pdf_sha256),
            (row.xml_path, document.xml, row.xml_sha256),
        )
        for path, data, sha256 in files:
            if path in self._payload:
                raise ValueError(f"two documents for {path}")
            if hashlib.sha256(data).hexdigest() != sha256:
                facts = {"pupil": document.pupil_name, "class_name": document.class_name}
                self.failed.append(ArchiveFailure(path, "delivery.source_damaged", facts))
                return
        with archive_place.problems(self.target):
            for path, data, sha256 in files:
                self._write(path, data, sha256)
        self.rows.append(row)

    def _write(self, path: str, data: bytes, sha256: str) -> None:
        file = self.temp / path
        file.parent.mkdir(parents=True, exist_ok=True)
        archive_place.write_file(file, data)
        self._payload[path] = sha256
        self._octets += len(data)

    def _old_bytes(self, path: str, sha256: str) -> bytes:
        file = self.target / path
        data = file.read_bytes() if file.is_file() else b""
        if not path.startswith(f"{bagit.PAYLOAD}/") or hashlib.sha256(data).hexdigest() != sha256:
            raise UserError("delivery.archive_damaged", place=self.target, path=path)
        return data


def _standing_rows(target: Path, school: School) -> tuple[Row, ...]:
    """The rows of the school's archive that already lies in `target`; UserError for anything else."""
    with archive_place.problems(target):
        if not target.exists() or (target.is_dir() and not any(target.iterdir())):
            return ()
        info = bagit.read_info(target) if bagit.is_bag(target) else {}
        if info.get("Bag-Software-Agent") != "hocba":
            raise UserError("delivery.archive_not_empty", place=target)
        if info.get(SCHOOL_LABEL) != school.code:
            owner = info.get("Source-Organization", "")
            raise UserError("delivery.archive_other_school", place=target, school=owner)
        try:
            return _trusted_list(target)
        except (UserError, FileNotFoundError) as error:
            raise UserError("delivery.archive_damaged", place=target, path=LIST) from error


def _trusted_list(target: Path) -> tuple[Row, ...]:
    data = (target / LIST).read_bytes()
    if bagit.read_manifest(target / bagit.TAG_MANIFEST).get(LIST) != hashlib.sha256(data).hexdigest():
        raise UserError("delivery.bag_changed", path=LIST)
    return read_list(data)


def _row(document: ArchiveDocument) -> Row:
    folder = f"{bagit.PAYLOAD}/{_ascii(document.year)}/{_ascii(document.class_name)}"
    stem = f"{folder}/{_ascii(document.transcript_id)}-v{document.version}"
    return Row(
        year=document.year,
        class_name=document.class_name,
        pupil_code=document.pupil_code,
        pupil_name=document.pupil_name,
        transcript_id=document.transcript_id,
        version=document.version,
        state_text=document.state_text,
        sealed_at=document.sealed_at.isoformat(timespec="seconds") if document.sealed_at else "",
        pdf_path=f"{stem}.pdf",
        pdf_sha256=document.pdf_sha256,
        xml_path=f"{stem}.xml",
        xml_sha256=document.xml_sha256,
    )


def _old_row(row: Row, newest: int, withdrawn: bool) -> Row:
    if newest > row.version:
        return replace(row, state_text=f"Bản cũ, đã thay bằng bản {newest}")
    return replace(row, state_text="Đã thu hồi") if withdrawn else row


def _ascii(text: str) -> str:
    """A part of a file name that every system can read: no marks, Đ as D, the rest as "-"."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^A-Za-z0-9_-]+", "-", kept).strip("-") or "-"
