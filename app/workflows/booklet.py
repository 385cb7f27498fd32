"""A pupil's booklet: the sealed transcripts of all years read back from their data files."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import NotAllowed
from app.models import transcripts as transcript_rows
from app.models.store import Session, Store
from app.models.values import VersionRecord
from app.records.permissions import Action, Actor, require
from app.records.types import TranscriptState
from app.transcript.booklet import Mark, SignedYear, render_booklet
from app.transcript.xml import parse_xml
from app.workflows.classes import find


@dataclass(frozen=True, slots=True)
class Booklet:
    """The PDF, the school years in it, and those whose transcript is not sealed."""

    pdf: bytes
    years: tuple[str, ...]
    left_out: tuple[str, ...]


def booklet(*, store: Store, actor: Actor, code: str) -> Booklet:
    """Every sealed transcript of one pupil as one PDF, a view without signatures.

    NotAllowed workflow.no_sealed_year when there is none yet.
    """
    klass, entry = find(store=store, actor=actor, code=code)
    require(actor, Action.LOOK_UP, class_name=klass.name)
    with store.reading() as session:
        versions = transcript_rows.versions_of_pupil(session, entry.key)
        sealed = [version for version in versions if version.state is TranscriptState.SEALED]
        years = [_read(session, version) for version in sealed]
    if not years:
        raise NotAllowed("workflow.no_sealed_year", name=entry.pupil.name)
    left_out = tuple(v.year for v in versions if v.state is not TranscriptState.SEALED)
    return Booklet(render_booklet(years), tuple(version.year for version in sealed), left_out)


def _read(session: Session, version: VersionRecord) -> SignedYear:
    xml = transcript_rows.documents(session, version.id).xml
    made = transcript_rows.signatures(session, version.id)
    marks = {item.role: Mark(item.signer_name, item.signed_at) for item in made}
    return SignedYear(parse_xml(xml), xml, version.data_sha256, marks)
