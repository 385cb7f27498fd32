"""Versions and signatures are only ever added; the order is kept; the database refuses the rest."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.errors import UserError
from app.models import outbox, settings, transcripts
from app.models.store import Store
from app.models.values import OutboxState
from app.records.types import PupilYear, SigningRole, TranscriptState
from tests.models.samples import NOW, YEAR, add_pupil, add_version, seal, sign

TEACHER, LEADER, SEAL = SigningRole


@pytest.fixture
def issued(store: Store) -> tuple[PupilYear, int]:
    """A pupil with an issued version."""
    with store.transaction() as session:
        entry = add_pupil(session)
        return entry, add_version(session, entry)


def test_a_version_comes_back_whole(store: Store, issued: tuple[PupilYear, int]) -> None:
    entry, version_id = issued
    with store.reading() as session:
        (found,) = transcripts.versions(session, YEAR)
        kept = transcripts.documents(session, version_id)
        assert transcripts.versions(session, YEAR, "3A") == (found,)
        assert transcripts.versions(session, YEAR, "3B") == ()
        assert transcripts.versions(session, "2030-2031") == ()
    assert (kept.xml, kept.pdf) == (b"<xml/>", b"%PDF-1")
    assert (found.transcript_id, found.version, found.enrolment_key) == ("t1", 1, entry.key)
    assert (found.class_name, found.year, found.pupil_code) == ("3A", YEAR, "2500000001")
    assert (found.state, found.signed_roles, found.replaces) == (TranscriptState.ISSUED, (), None)
    assert found.pdf_sha256 == hashlib.sha256(kept.pdf).hexdigest()
    assert found.xml_sha256 == hashlib.sha256(kept.xml).hexdigest()
    assert found.issued_at == NOW
    assert found.issued_at.isoformat() == NOW.isoformat()


def test_signatures_add_revisions_in_order(store: Store, issued: tuple[PupilYear, int]) -> None:
    _, version_id = issued
    states = []
    for role in SigningRole:
        with store.transaction() as session:
            sign(session, version_id, role)
            states.append(transcripts.version(session, version_id).state)
    with store.reading() as session:
        found = transcripts.version(session, version_id)
        kept = transcripts.documents(session, version_id)
        revisions = transcripts.revisions(session, version_id)
        signatures = transcripts.signatures(session, version_id)
    assert states == [
        TranscriptState.TEACHER_SIGNED,
        TranscriptState.LEADER_SIGNED,
        TranscriptState.SEALED,
    ]
    assert found.signed_roles == (TEACHER, LEADER, SEAL)
    assert [item.role for item in signatures] == [TEACHER, LEADER, SEAL]
    assert signatures[0].signed_at == NOW
    assert [(item.media, item.revision) for item in revisions] == [
        (media, number) for media in ("pdf", "xml") for number in range(4)
    ]
    for item in revisions[:4]:
        assert hashlib.sha256(kept.pdf[: item.size]).hexdigest() == item.sha256
    assert revisions[3].sha256 == found.pdf_sha256
    assert revisions[7].sha256 == found.xml_sha256


@pytest.mark.parametrize(
    ("before", "role", "code"),
    [
        ((), LEADER, "workflow.wrong_order"),
        ((), SEAL, "workflow.wrong_order"),
        ((TEACHER,), SEAL, "workflow.wrong_order"),
        ((TEACHER,), TEACHER, "workflow.already_signed"),
        ((TEACHER, LEADER, SEAL), LEADER, "workflow.already_signed"),
    ],
)
def test_a_turn_is_taken_once_and_in_order(
    store: Store, issued: tuple[PupilYear, int], before: tuple[SigningRole, ...], role: SigningRole, code: str
) -> None:
    _, version_id = issued
    with store.transaction() as session:
        for done in before:
            sign(session, version_id, done)
    with pytest.raises(UserError) as caught, store.transaction() as session:
        sign(session, version_id, role)
    assert caught.value.code == code
    with store.reading() as session:
        assert transcripts.version(session, version_id).signed_roles == before


@pytest.mark.parametrize(
    ("xml", "pdf"),
    [(b"<xml/>+", b"%PDF-2 other"), (b"<xml/>+", b"%PDF-1"), (b"<xml/>", b"%PDF-1+"), (b"", b"%PDF-1+")],
)
def test_documents_that_do_not_continue_are_a_bug(
    store: Store, issued: tuple[PupilYear, int], xml: bytes, pdf: bytes
) -> None:
    with pytest.raises(ValueError, match="do not continue"), store.transaction() as session:
        transcripts.add_signature(
            session,
            version_id=issued[1],
            role=TEACHER,
            xml=xml,
            pdf=pdf,
            certificate_fingerprint="f",
            signer_name="x",
            signed_at=NOW,
            level="B-B",
            actor="gv",
        )


def test_a_new_version_follows_a_revoked_one(store: Store, issued: tuple[PupilYear, int]) -> None:
    entry, first = issued
    with store.transaction() as session:
        assert transcripts.next_version_number(session, "t1") == 2
        assert transcripts.next_version_number(session, "t2") == 1
        transcripts.revoke(session, first, "Sai điểm", "leader")
        second = add_version(session, entry, version=2)
    with store.reading() as session:
        everything = transcripts.versions(session, YEAR)
        current = transcripts.current_versions(session, YEAR)
    assert [item.id for item in everything] == [first, second]
    assert [(item.id, item.replaces) for item in current] == [(second, 1)]
    assert (everything[0].state, everything[0].revoked_reason) == (TranscriptState.REVOKED, "Sai điểm")


def test_a_revoked_version_stays_so(store: Store, issued: tuple[PupilYear, int]) -> None:
    with store.transaction() as session:
        transcripts.revoke(session, issued[1], "Sai điểm", "leader")
        with pytest.raises(UserError) as signing:
            sign(session, issued[1], TEACHER)
        with pytest.raises(UserError) as again:
            transcripts.revoke(session, issued[1], "x", "leader")
    assert signing.value.code == again.value.code == "workflow.version_revoked"


def test_a_version_is_issued_once(store: Store, issued: tuple[PupilYear, int]) -> None:
    entry, version_id = issued
    for number in (1, 3):
        with pytest.raises(UserError) as caught, store.transaction() as session:
            add_version(session, entry, version=number)
        assert caught.value.code == "workflow.version_exists"
    with store.transaction() as session:
        other = add_pupil(session, code="2", name="Lê Minh", personal_id="", vnedu_code="")
        with pytest.raises(ValueError, match="another enrolment"):
            add_version(session, other, version=2)
    with store.reading() as session:
        assert [item.id for item in transcripts.versions(session, YEAR)] == [version_id]
        with pytest.raises(LookupError):
            transcripts.documents(session, 99)


def test_revoking_stops_what_is_not_sent(store: Store, issued: tuple[PupilYear, int]) -> None:
    _, version_id = issued
    seal(store, version_id)
    with store.transaction() as session:
        settings.add_destination(session, name="kho", kind="folder", options={}, secret="", actor="admin")
        record = transcripts.version(session, version_id)
        wanted = [("k.xml", record.xml_sha256, "xml"), ("k.pdf", record.pdf_sha256, "pdf")]
        outbox.enqueue(session, version_id=version_id, items=wanted, destination="kho")
        first = outbox.items(session)[0]
        assert transcripts.delivered(session) == frozenset()
        outbox.mark(
            session, first.id, state=OutboxState.STORED, attempts=1, next_try=None, message="", at=NOW
        )
        assert transcripts.delivered(session) == frozenset()
        transcripts.revoke(session, version_id, "Sai", "leader")
        states = [item.state for item in outbox.items(session)]
    assert states == [OutboxState.STORED, OutboxState.CANCELLED]


def test_any_revision_of_a_document_is_recognised(store: Store, issued: tuple[PupilYear, int]) -> None:
    with store.reading() as session:
        first = transcripts.documents(session, issued[1])
    seal(store, issued[1])
    with store.reading() as session:
        last = transcripts.documents(session, issued[1])
        for data in (first.xml, first.pdf, last.xml, last.pdf):
            found = transcripts.find_by_content(session, data)
            assert found is not None
            assert (found.id, found.state) == (issued[1], TranscriptState.SEALED)
        assert transcripts.find_by_content(session, last.pdf + b"+") is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE document SET content = x'00', size = 1, sha256 = ''",
        "UPDATE document SET content = content || x'00'",
        "UPDATE document SET content = x'00' || content, size = size + 1 WHERE media = 'pdf'",
        "UPDATE document SET content = x'3C', size = 1 WHERE media = 'xml'",
        "UPDATE document SET media = 'txt'",
        "DELETE FROM document",
        "UPDATE document_revision SET sha256 = ''",
        "DELETE FROM document_revision",
        "INSERT OR REPLACE INTO document_revision SELECT * FROM document_revision",
        "UPDATE signature SET signer_name = ''",
        "DELETE FROM signature",
        "DELETE FROM transcript_version",
        "UPDATE transcript_version SET data_sha256 = ''",
        "UPDATE transcript_version SET version = 7",
        "UPDATE transcript_version SET state = 'issued'",
        "UPDATE transcript SET number = ''",
        "DELETE FROM transcript",
    ],
)
def test_the_database_itself_keeps_what_is_sealed(
    store: Store, issued: tuple[PupilYear, int], statement: str
) -> None:
    seal(store, issued[1])
    with pytest.raises(IntegrityError, match="append-only"), store.transaction() as session:
        session.execute(text(statement))


@pytest.mark.parametrize("state", ["issued", "sealed"])
def test_the_database_itself_keeps_what_is_revoked(
    store: Store, issued: tuple[PupilYear, int], state: str
) -> None:
    with store.transaction() as session:
        transcripts.revoke(session, issued[1], "Sai điểm", "leader")
    with pytest.raises(IntegrityError, match="append-only"), store.transaction() as session:
        session.execute(text(f"UPDATE transcript_version SET state = '{state}'"))


def test_a_pdf_may_grow_after_the_seal(store: Store, issued: tuple[PupilYear, int]) -> None:
    """Time stamps and long-term data are later revisions (design, section 2)."""
    seal(store, issued[1])
    before = pdf_size(store, issued[1])
    with store.transaction() as session:
        session.execute(
            text(
                "UPDATE document SET content = CAST(content || x'00' AS BLOB), size = size + 1 "
                "WHERE media = 'pdf'"
            )
        )
    assert pdf_size(store, issued[1]) == before + 1


def pdf_size(store: Store, version_id: int) -> int:
    with store.reading() as session:
        return len(transcripts.documents(session, version_id).pdf)
