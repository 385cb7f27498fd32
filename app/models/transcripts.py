"""Transcript versions, their documents and signatures: only ever added to."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import changelog
from app.models import tables as t
from app.models.base import add_row
from app.models.loading import natural
from app.models.text import nfc
from app.models.values import Documents, OutboxState, RevisionRecord, SignatureRecord, VersionRecord
from app.records.names import sort_key
from app.records.types import SigningRole, TranscriptState

ORDER: Final = tuple(SigningRole)
"""Teacher, leader, seal: nobody signs before the one in front (domain 4.3)."""
STATE_AFTER: Final = MappingProxyType(
    {
        SigningRole.TEACHER: TranscriptState.TEACHER_SIGNED,
        SigningRole.LEADER: TranscriptState.LEADER_SIGNED,
        SigningRole.SEAL: TranscriptState.SEALED,
    }
)
_STATE_BEFORE: Final = MappingProxyType(
    {
        SigningRole.TEACHER: TranscriptState.ISSUED,
        SigningRole.LEADER: TranscriptState.TEACHER_SIGNED,
        SigningRole.SEAL: TranscriptState.LEADER_SIGNED,
    }
)
_UNSENT: Final = (OutboxState.WAITING.value, OutboxState.PAUSED.value, OutboxState.REJECTED.value)
_DELIVERED: Final = (OutboxState.STORED.value, OutboxState.ACCEPTED.value)

_AnySelect = Select[*tuple[Any, ...]]


def versions(session: Session, year: str, class_name: str | None = None) -> tuple[VersionRecord, ...]:
    """Every version of a year (or class), in the order of class lists, oldest version first."""
    statement = _versions().where(t.SchoolYear.name == year)
    if class_name is not None:
        statement = statement.where(t.SchoolClass.name == nfc(class_name))
    return _records(session, statement)


def current_versions(session: Session, year: str, class_name: str | None = None) -> tuple[VersionRecord, ...]:
    """The newest version of each enrolment, revoked or not."""
    newest: dict[int, VersionRecord] = {}
    for record in versions(session, year, class_name):
        newest[record.enrolment_key] = record
    return tuple(newest.values())


def live_states(session: Session, year: str) -> Mapping[str, Mapping[int, TranscriptState]]:
    """Class name → key of the enrolment → state of its newest version, unless that is revoked."""
    own = t.TranscriptVersion
    statement = (
        select(t.SchoolClass.name, t.Enrolment.id, own.state)
        .join(t.Transcript, t.Transcript.id == own.transcript_id)
        .join(t.Enrolment, t.Enrolment.id == t.Transcript.enrolment_id)
        .join(t.SchoolClass, t.SchoolClass.id == t.Enrolment.class_id)
        .join(t.SchoolYear, t.SchoolYear.id == t.Enrolment.year_id)
        .where(t.SchoolYear.name == year)
        .order_by(own.id)
    )
    newest = {(name, key): TranscriptState(state) for name, key, state in session.execute(statement)}
    found: defaultdict[str, dict[int, TranscriptState]] = defaultdict(dict)
    for (name, key), state in newest.items():
        if state is not TranscriptState.REVOKED:
            found[name][key] = state
    return found


def versions_of_pupil(session: Session, enrolment_key: int) -> tuple[VersionRecord, ...]:
    """The newest version of every enrolment of the pupil who has this one, oldest year first."""
    pupil = select(t.Enrolment.pupil_id).where(t.Enrolment.id == enrolment_key).scalar_subquery()
    found = _records(session, _versions().where(t.Enrolment.pupil_id == pupil))
    newest = {record.enrolment_key: record for record in found}
    return tuple(sorted(newest.values(), key=lambda record: record.year))


def version(session: Session, version_id: int) -> VersionRecord:
    """One version; LookupError when there is none."""
    found = _records(session, _versions().where(t.TranscriptVersion.id == version_id))
    if not found:
        raise LookupError(f"no transcript version {version_id}")
    return found[0]


def versions_of(session: Session, transcript_id: str) -> tuple[VersionRecord, ...]:
    """Every version of one transcript, the oldest first; empty when there is none."""
    return _records(session, _versions().where(t.Transcript.number == transcript_id))


def identifiers(session: Session) -> tuple[str, ...]:
    """The identifiers of all transcripts, of every year."""
    return tuple(session.scalars(select(t.Transcript.number)))


def find_by_content(session: Session, data: bytes) -> VersionRecord | None:
    """The version of which `data` is any revision of the XML or PDF, None when it is not ours."""
    row = t.DocumentRevision
    digest = hashlib.sha256(data).hexdigest()
    found = session.execute(select(row.version_id).where(row.sha256 == digest).limit(1)).scalar()
    return None if found is None else version(session, found)


def _versions() -> _AnySelect:
    pdf, xml = t.table(t.Document).alias("pdf"), t.table(t.Document).alias("xml")
    own = t.TranscriptVersion
    return (
        select(
            own.id,
            t.Transcript.number,
            own.version,
            own.state,
            t.Enrolment.id,
            t.SchoolClass.name,
            t.SchoolYear.name,
            t.Pupil.code,
            t.Pupil.name,
            own.data_sha256,
            pdf.c.sha256,
            xml.c.sha256,
            own.issued_at,
            own.replaces,
            own.revoked_reason,
            t.SchoolClass.grade,
        )
        .join(t.Transcript, t.Transcript.id == own.transcript_id)
        .join(t.Enrolment, t.Enrolment.id == t.Transcript.enrolment_id)
        .join(t.SchoolClass, t.SchoolClass.id == t.Enrolment.class_id)
        .join(t.SchoolYear, t.SchoolYear.id == t.Enrolment.year_id)
        .join(t.Pupil, t.Pupil.id == t.Enrolment.pupil_id)
        .join(pdf, (pdf.c.version_id == own.id) & (pdf.c.media == "pdf"))
        .join(xml, (xml.c.version_id == own.id) & (xml.c.media == "xml"))
    )


def _records(session: Session, statement: _AnySelect) -> tuple[VersionRecord, ...]:
    rows = session.execute(statement).all()
    numbers = [row[0] for row in rows]
    signed = _signed_roles(session, numbers[0] if len(numbers) == 1 else None)
    found = [(row[-1], _record(row, signed)) for row in rows]
    found.sort(
        key=lambda item: (item[0], natural(item[1].class_name), sort_key(item[1].pupil_name), item[1].id)
    )
    return tuple(record for _, record in found)


def _record(row: tuple[Any, ...], signed: Mapping[int, set[str]]) -> VersionRecord:
    number, transcript_id, version_number, state, *middle = row[:-1]
    key, class_name, year, code, name, data_sha256, pdf_sha256, xml_sha256, *last = middle
    issued_at, replaces, revoked_reason = last
    return VersionRecord(
        id=number,
        transcript_id=transcript_id,
        version=version_number,
        state=TranscriptState(state),
        enrolment_key=key,
        class_name=class_name,
        year=year,
        pupil_code=code or "",
        pupil_name=name,
        data_sha256=data_sha256,
        pdf_sha256=pdf_sha256,
        xml_sha256=xml_sha256,
        issued_at=issued_at,
        replaces=replaces,
        revoked_reason=revoked_reason,
        signed_roles=tuple(role for role in ORDER if role.value in signed.get(number, ())),
    )


def _signed_roles(session: Session, version_id: int | None) -> Mapping[int, set[str]]:
    statement = select(t.Signature.version_id, t.Signature.role)
    if version_id is not None:
        statement = statement.where(t.Signature.version_id == version_id)
    found: defaultdict[int, set[str]] = defaultdict(set)
    for number, role in session.execute(statement):
        found[number].add(role)
    return found


def next_version_number(session: Session, transcript_id: str) -> int:
    """The number that the next version of a transcript gets: 1 for a new one."""
    newest = (
        select(func.max(t.TranscriptVersion.version))
        .join(t.Transcript, t.Transcript.id == t.TranscriptVersion.transcript_id)
        .where(t.Transcript.number == transcript_id)
    )
    return (session.execute(newest).scalar() or 0) + 1


def add_version(
    session: Session,
    *,
    transcript_id: str,
    version: int,
    enrolment_key: int,
    xml: bytes,
    pdf: bytes,
    data_sha256: str,
    issued_at: datetime,
    replaces: int | None,
    actor: str,
) -> int:
    """Keep a newly issued version and return its number in the store.

    UserError workflow.version_exists when that version was issued before (nothing is replaced).
    """
    number = _transcript(session, transcript_id, enrolment_key)
    if version != next_version_number(session, transcript_id):
        raise UserError("workflow.version_exists", version=version)
    version_id = add_row(
        session,
        t.TranscriptVersion,
        transcript_id=number,
        version=version,
        state=TranscriptState.ISSUED.value,
        data_sha256=data_sha256,
        issued_at=issued_at,
        replaces=replaces,
        revoked_reason="",
    )
    for media, content in (("xml", xml), ("pdf", pdf)):
        values = {"version_id": version_id, "media": media, **_measured(content)}
        session.execute(insert(t.table(t.Document)), [values | {"content": content}])
        session.execute(insert(t.table(t.DocumentRevision)), [values | {"revision": 0, "at": issued_at}])
    entity = f"transcript:{transcript_id}:v{version}"
    changelog.record(
        session, actor=actor, kind="issue", entity=entity, field="data_sha256", old=None, new=data_sha256
    )
    return version_id


def _measured(content: bytes) -> dict[str, object]:
    return {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}


def _transcript(session: Session, transcript_id: str, enrolment_key: int) -> int:
    row = session.execute(
        select(t.Transcript.id, t.Transcript.enrolment_id).where(t.Transcript.number == transcript_id)
    ).one_or_none()
    if row is None:
        return add_row(session, t.Transcript, number=transcript_id, enrolment_id=enrolment_key)
    if row[1] != enrolment_key:
        raise ValueError(f"transcript {transcript_id} belongs to another enrolment")
    return int(row[0])


def documents(session: Session, version_id: int) -> Documents:
    """XML and PDF of a version as they are kept now; LookupError when there is none."""
    found = _contents(session, version_id)
    if len(found) != 2:
        raise LookupError(f"no documents of version {version_id}")
    return Documents(xml=found["xml"], pdf=found["pdf"])


def pdfs(session: Session, version_ids: Sequence[int]) -> Mapping[int, bytes]:
    """The PDF of each of these versions as it is kept now, in one reading; unknown numbers are left out."""
    source = t.table(t.Document)
    statement = select(source.c.version_id, source.c.content).where(
        source.c.version_id.in_(version_ids), source.c.media == "pdf"
    )
    return {row.version_id: row.content for row in session.execute(statement)}


def _contents(session: Session, version_id: int) -> dict[str, bytes]:
    source = t.table(t.Document)
    statement = select(source.c.media, source.c.content).where(source.c.version_id == version_id)
    return dict(session.execute(statement).all())


def add_signature(
    session: Session,
    *,
    version_id: int,
    role: SigningRole,
    xml: bytes,
    pdf: bytes,
    certificate_fingerprint: str,
    signer_name: str,
    signed_at: datetime,
    level: str,
    actor: str,
) -> None:
    """Keep the signed documents and who signed; the state moves on by one.

    UserError workflow.version_revoked, workflow.already_signed, workflow.wrong_order. ValueError (a bug) when
    the documents do not continue those that are kept: a signed PDF begins with the bytes before it.
    """
    before = version(session, version_id)
    _demand_turn(before, role)
    kept = documents(session, version_id)
    if not pdf.startswith(kept.pdf) or len(pdf) <= len(kept.pdf) or len(xml) <= len(kept.xml):
        raise ValueError(f"the signed documents do not continue version {version_id}")
    for media, content in (("xml", xml), ("pdf", pdf)):
        _add_revision(session, version_id, media, content, signed_at)
    values = {
        "version_id": version_id,
        "role": role.value,
        "signer_name": nfc(signer_name),
        "certificate_fingerprint": certificate_fingerprint,
        "signed_at": signed_at,
        "level": level,
        "actor": actor,
    }
    session.execute(insert(t.table(t.Signature)), [values])
    _move(session, before, STATE_AFTER[role], actor, kind=f"sign.{role.value}", reason="")


def _demand_turn(before: VersionRecord, role: SigningRole) -> None:
    if before.state is TranscriptState.REVOKED:
        raise UserError("workflow.version_revoked", name=before.pupil_name, version=before.version)
    if role in before.signed_roles:
        raise UserError("workflow.already_signed", name=before.pupil_name, role=role.value)
    if before.state is not _STATE_BEFORE[role]:
        raise UserError("workflow.wrong_order", name=before.pupil_name, role=role.value)


def _add_revision(session: Session, version_id: int, media: str, content: bytes, at: datetime) -> None:
    measured = _measured(content)
    source, kept = t.table(t.Document), t.table(t.DocumentRevision)
    session.execute(
        update(source)
        .where(source.c.version_id == version_id, source.c.media == media)
        .values(content=content, **measured)
    )
    newest = select(func.max(kept.c.revision)).where(kept.c.version_id == version_id, kept.c.media == media)
    revision = (session.execute(newest).scalar() or 0) + 1
    values = {"version_id": version_id, "media": media, "revision": revision, "at": at, **measured}
    session.execute(insert(kept), [values])


def _move(
    session: Session, before: VersionRecord, state: TranscriptState, actor: str, *, kind: str, reason: str
) -> None:
    session.execute(
        update(t.TranscriptVersion)
        .where(t.TranscriptVersion.id == before.id)
        .values(state=state.value, revoked_reason=reason)
    )
    changelog.record(
        session,
        actor=actor,
        kind=kind,
        entity=f"transcript:{before.transcript_id}:v{before.version}",
        field="state",
        old=before.state.value,
        new=state.value,
        reason=reason,
    )


def revoke(session: Session, version_id: int, reason: str, actor: str) -> None:
    """Withdraw a version for good; what of it was not sent yet is not sent any more.

    UserError workflow.version_revoked when it is withdrawn already.
    """
    before = version(session, version_id)
    if before.state is TranscriptState.REVOKED:
        raise UserError("workflow.version_revoked", name=before.pupil_name, version=before.version)
    _move(session, before, TranscriptState.REVOKED, actor, kind="revoke", reason=nfc(reason))
    session.execute(
        update(t.OutboxItem)
        .where(t.OutboxItem.version_id == version_id, t.OutboxItem.state.in_(_UNSENT))
        .values(state=OutboxState.CANCELLED.value, next_try=None)
    )


def revisions(session: Session, version_id: int) -> tuple[RevisionRecord, ...]:
    """Hash and length of every revision of both documents."""
    row = t.DocumentRevision
    statement = (
        select(row.media, row.revision, row.sha256, row.size, row.at)
        .where(row.version_id == version_id)
        .order_by(row.media, row.revision)
    )
    return tuple(RevisionRecord(*values) for values in session.execute(statement))


def signatures(session: Session, version_id: int) -> tuple[SignatureRecord, ...]:
    """Who signed a version, in the order of signing."""
    rows = session.execute(select(t.Signature).where(t.Signature.version_id == version_id)).scalars()
    found = [
        SignatureRecord(
            SigningRole(row.role),
            row.signer_name,
            row.certificate_fingerprint,
            row.signed_at,
            row.level,
            row.actor,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda record: ORDER.index(record.role)))


def delivered(session: Session) -> frozenset[int]:
    """Numbers of the versions of which everything queued is stored at its destination."""
    statement = select(t.OutboxItem.version_id, t.OutboxItem.state).where(
        t.OutboxItem.version_id.is_not(None)
    )
    states: defaultdict[int, set[str]] = defaultdict(set)
    for number, state in session.execute(statement):
        states[number or 0].add(state)
    return frozenset(number for number, found in states.items() if found <= set(_DELIVERED))
