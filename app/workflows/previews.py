"""Looking through a class: its contact sheet, drafts from today's data, and the kept PDFs."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.errors import NotAllowed, UserError
from app.models import classes as class_rows
from app.models import seen
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.store import Store
from app.models.values import Documents, RevisionRecord, VersionRecord
from app.records import checks
from app.records.permissions import Action, Actor, require
from app.records.programme import out_of_scope_reason
from app.records.types import ClassYear, Period, PupilYear, Severity
from app.transcript.pdf import render_draft
from app.workflows import freezing
from app.workflows.exports import write_bytes
from app.workflows.freezing import Frame
from app.workflows.issue import frame_for
from app.workflows.rules import check_settings


@dataclass(frozen=True, slots=True)
class SheetCard:
    """One pupil on the contact sheet; `version` is the newest one issued, None while all is draft."""

    place: int
    """1 for the first of the class."""
    entry: PupilYear
    version: VersionRecord | None
    errors: int
    warnings: int
    seen: bool = False
    """The person who asks looked through this version."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A version as it is kept now; `intact`: its bytes are those recorded at issue and at each signature."""

    version: VersionRecord
    pdf: bytes
    intact: bool


@dataclass(frozen=True, slots=True)
class ClassSheet:
    """A class as it was at one moment, with all that its drafts need; `outside` says why it has none."""

    klass: ClassYear
    frame: Frame
    cards: tuple[SheetCard, ...]
    outside: str = ""

    def same_frame(self, other: ClassSheet) -> bool:
        """Whether both print the same things around a pupil's own results."""
        mine, theirs = (
            (replace(sheet.klass, pupils=(), stages={}), replace(sheet.frame, issued_at=self.frame.issued_at))
            for sheet in (self, other)
        )
        return mine == theirs


def open_sheet(*, store: Store, actor: Actor, class_name: str) -> ClassSheet:
    """The contact sheet of a class: pupils in order, newest versions, counts of open findings.

    NotAllowed, UserError workflow.no_class.
    """
    with store.reading() as session:
        year = settings_store.active_year(session)
        klass = class_rows.load_class(session, year, class_name)
        require(actor, Action.PREVIEW, class_name=klass.name)
        versions = transcript_rows.current_versions(session, year, klass.name)
        looked = seen.seen_by(session, actor.account_id)
    outside = out_of_scope_reason(klass.year, klass.grade) or ""
    found = () if outside else checks.run(klass, Period.CN, check_settings(store))
    counts = Counter((finding.pupil_code, finding.severity) for finding in found)
    newest = {version.enrolment_key: version for version in versions}
    cards = []
    for place, entry in enumerate(klass.pupils, start=1):
        version = newest.get(entry.key)
        errors, warnings = (
            counts[entry.pupil.code, severity] for severity in (Severity.ERROR, Severity.WARNING)
        )
        known = version is not None and version.id in looked
        cards.append(SheetCard(place, entry, version, errors, warnings, known))
    return ClassSheet(klass, frame_for(store), tuple(cards), outside)


def draft(sheet: ClassSheet, entry: PupilYear) -> bytes:
    """The marked draft (PDF) of one pupil of the sheet; reads nothing. NotAllowed workflow.out_of_scope."""
    if sheet.outside:
        raise NotAllowed("workflow.out_of_scope", reason=sheet.outside)
    klass, frame = sheet.klass, sheet.frame
    number = freezing.new_transcript_id(frame.school(klass.year), klass.year, entry.key, entry.pupil.code)
    data = freezing.freeze(
        frame=frame, klass=klass, entry=entry, transcript_id=number, version=1, replaces=None
    )
    return render_draft(data)


def stored_pdfs(*, store: Store, actor: Actor, versions: Sequence[VersionRecord]) -> Mapping[int, bytes]:
    """The kept PDFs of these versions by their number in the store, in one reading. NotAllowed."""
    for class_name in {version.class_name for version in versions}:
        require(actor, Action.PREVIEW, class_name=class_name)
    with store.reading() as session:
        return transcript_rows.pdfs(session, [version.id for version in versions])


def stored_pdf(*, store: Store, actor: Actor, version: VersionRecord) -> bytes:
    """The kept PDF of one version. NotAllowed, UserError workflow.nothing_issued."""
    found = stored_pdfs(store=store, actor=actor, versions=(version,))
    if version.id not in found:
        raise UserError("workflow.nothing_issued", code=version.pupil_code)
    return found[version.id]


def kept(*, store: Store, actor: Actor, version_id: int) -> Kept:
    """One version, its PDF, and whether PDF and XML are what was recorded. NotAllowed."""
    with store.reading() as session:
        version = transcript_rows.version(session, version_id)
        require(actor, Action.PREVIEW, class_name=version.class_name)
        documents = transcript_rows.documents(session, version_id)
        revisions = transcript_rows.revisions(session, version_id)
    return Kept(version, documents.pdf, _intact(version, documents, revisions))


def _intact(version: VersionRecord, documents: Documents, revisions: Sequence[RevisionRecord]) -> bool:
    """Every revision of the PDF is its beginning with the hash noted then; the XML has its newest hash.

    The first revision of the XML is what was approved: its hash is that of the data.
    """
    pdf = [item for item in revisions if item.media == "pdf"]
    xml = [item for item in revisions if item.media == "xml"]
    beginnings = all(_digest(documents.pdf[: item.size]) == item.sha256 for item in pdf)
    whole = _digest(documents.pdf) == version.pdf_sha256 == pdf[-1].sha256
    record = _digest(documents.xml) == version.xml_sha256 == xml[-1].sha256
    return beginnings and whole and record and xml[0].sha256 == version.data_sha256


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def save_pdf(*, store: Store, actor: Actor, version: VersionRecord, target: Path) -> Path:
    """Write the kept PDF unchanged to `target`, whole or not at all. UserError workflow.cannot_write."""
    return write_bytes(target, stored_pdf(store=store, actor=actor, version=version))
