"""Receiving really signed transcripts at another school: genuine ones only, whole, and never twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.errors import NotAllowed, UserError
from app.models import changelog, received
from app.models import classes as class_rows
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.store import Store
from app.records.permissions import Actor
from app.records.types import (
    Period,
    Pupil,
    PupilYear,
    Role,
    School,
    SigningRole,
    Stage,
    Status,
    TranscriptData,
)
from app.transcript.xml import parse_xml
from app.workflows import issue, receiving
from app.workflows import store as store_verbs
from app.workflows.receiving import Received, arrival_status
from tests.world import PASSWORD, QUIET, Blueprint, World, world

NEXT_YEAR = "2024-2025"
CLERK = Actor(0, "vanthu", "Văn thư", frozenset({Role.CLERK}))


@dataclass
class Transfer:
    """The receiving school and the sealed transcript of one pupil of grade 1."""

    store: Store
    clerk: Actor
    file: Path
    root: Path
    data: TranscriptData

    def receive(
        self, *files: Path, class_name: str | None = None, results: bool = False
    ) -> tuple[Received, ...]:
        return receiving.receive(
            store=self.store,
            actor=self.clerk,
            paths=files or (self.file,),
            class_name=class_name,
            trust_files=(self.root,),
            with_results=results,
            progress=QUIET,
        ).received

    def pupil(self, year: str) -> PupilYear:
        with self.store.reading() as session:
            return class_rows.find_pupil(session, year, self.data.pupil.code)[1]

    def pupils(self, year: str, class_name: str = "2A") -> tuple[Pupil, ...]:
        with self.store.reading() as session:
            return tuple(entry.pupil for entry in class_rows.load_class(session, year, class_name).pupils)


@dataclass(frozen=True)
class Brought:
    """What a pupil brings along: a signed data file, and the root certificate behind its signatures."""

    content: bytes
    root: bytes


def signed_file(made: World) -> bytes:
    """The data file of the first pupil of class 1A as far as it is signed."""
    with made.store.reading() as session:
        version = transcript_rows.current_versions(session, "2023-2024", "1A")[0]
        return transcript_rows.documents(session, version.id).xml


@pytest.fixture(scope="session")
def brought(sealed: Blueprint, tmp_path_factory: pytest.TempPathFactory) -> Brought:
    with world(sealed, tmp_path_factory.mktemp("sender"), destination=False) as made:
        return Brought(signed_file(made), made.cast.authority.root_pem)


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of another school, with a class 1A and 2A in each of three years."""
    folder = tmp_path_factory.mktemp("elsewhere") / "data"
    store_verbs.init_school(
        folder=folder,
        school=School("94722099", "Trường Tiểu học Mẫu Khác", "Xã Khác", "", "Cần Thơ"),
        year=NEXT_YEAR,
        admin_login="quantri",
        admin_name="Quản trị mẫu",
        password=PASSWORD,
    )
    store = store_verbs.open_store(folder)
    with store.transaction() as session:
        for year, name in product(("2022-2023", "2023-2024", NEXT_YEAR), ("1A", "2A")):
            class_rows.ensure_class(session, year, name, int(name[0]), "quantri")
    store.close()
    return folder


def arriving(brought: Brought, elsewhere: Path, folder: Path, year: str) -> Iterator[Transfer]:
    """The other school in `year`, with the file in its hands."""
    copytree(elsewhere, folder / "truong-khac")
    file, root = folder / "hoc-ba.xml", folder / "goc.pem"
    file.write_bytes(brought.content)
    root.write_bytes(brought.root)
    store = store_verbs.open_store(folder / "truong-khac")
    with store.transaction() as session:
        settings_store.set_active_year(session, year, "quantri")
    try:
        yield Transfer(store, CLERK, file, root, parse_xml(brought.content))
    finally:
        store.close()


@pytest.fixture
def moved(brought: Brought, elsewhere: Path, tmp_path: Path) -> Iterator[Transfer]:
    """The year after: the pupil comes to class 2A of another school."""
    yield from arriving(brought, elsewhere, tmp_path, NEXT_YEAR)


@pytest.fixture
def moved_now(brought: Brought, elsewhere: Path, tmp_path: Path) -> Iterator[Transfer]:
    """The same year: the pupil comes to class 1A of another school."""
    yield from arriving(brought, elsewhere, tmp_path, "2023-2024")


def entries(store: Store) -> int:
    with store.reading() as session:
        return len(changelog.entries(session, limit=10_000))


def test_a_new_pupil_arrives_with_everything_the_record_says(moved: Transfer) -> None:
    (got,) = moved.receive(class_name="2A")
    assert (got.action, got.verdict, got.class_name) == ("enrolled", "valid_unknown_status", "2A")
    assert (got.code, got.name, got.year) == (moved.data.pupil.code, moved.data.pupil.name, "2023-2024")
    assert (got.warnings, got.sealed_by) == ((), moved.data.school.name)
    entry = moved.pupil(NEXT_YEAR)
    assert entry.pupil == moved.data.pupil
    elsewhere = [row for row in entry.history if row.year < NEXT_YEAR]
    assert elsewhere == list(moved.data.history)
    assert {row.school for row in elsewhere} == {moved.data.school.name}
    (record,) = receiving.received_records(store=moved.store, actor=CLERK, code=got.code)
    assert (record.transcript_id, record.version) == (moved.data.transcript_id, moved.data.version)
    documents = receiving.received_documents(store=moved.store, actor=CLERK, code=got.code)
    assert documents == {"2023-2024": moved.file.read_bytes()}
    assert parse_xml(documents["2023-2024"]) == moved.data
    with moved.store.reading() as session:
        kinds = {item.kind: item for item in changelog.entries(session)}
        assert changelog.verify_chain(session).ok
    assert (kinds["receive"].new, kinds["receive"].actor) == (record.sha256, "vanthu")


def test_the_same_file_twice_changes_nothing(moved: Transfer) -> None:
    moved.receive(class_name="2A")
    before = entries(moved.store)
    for class_name in ("2A", None):
        (again,) = moved.receive(class_name=class_name)
        assert (again.action, again.history_added) == ("unchanged", 0)
    assert entries(moved.store) == before
    assert len(moved.pupils(NEXT_YEAR)) == 1
    (first, second) = moved.receive(moved.file, moved.file)
    assert (first.action, second.action) == ("unchanged", "unchanged")


@pytest.mark.parametrize("known_by", ["code", "personal_id"])
def test_a_pupil_who_is_there_is_completed_and_never_made_twice(moved: Transfer, known_by: str) -> None:
    pupil = moved.data.pupil
    with moved.store.transaction() as session:
        fields = {known_by: getattr(pupil, known_by), "name": pupil.name, "father": "Tên Khác Hẳn"}
        class_rows.save_pupil(session, year=NEXT_YEAR, class_name="2A", fields=fields, actor="quantri")
    (got,) = moved.receive()
    assert (got.action, got.class_name) == ("kept", "2A")
    (stored,) = moved.pupils(NEXT_YEAR)
    assert (stored.code, stored.personal_id, stored.mother) == (pupil.code, pupil.personal_id, pupil.mother)
    assert stored.father == "Tên Khác Hẳn"
    (warning,) = got.warnings
    assert "Tên Khác Hẳn" in warning
    assert pupil.father in warning
    assert moved.receive(class_name="2A")[0].action == "unchanged"


def test_a_record_that_came_last_year_finds_its_pupil_this_year(moved: Transfer) -> None:
    pupil = moved.data.pupil
    with moved.store.transaction() as session:
        fields = {"code": pupil.code, "name": pupil.name, "birth_date": pupil.birth_date}
        class_rows.save_pupil(session, year="2022-2023", class_name="1A", fields=fields, actor="quantri")
    assert moved.receive()[0].action == "kept"
    assert moved.receive(class_name="2A")[0].action == "enrolled"
    assert len(moved.pupils(NEXT_YEAR)) == 1
    assert len(receiving.received_records(store=moved.store, actor=CLERK, code=pupil.code)) == 1


def _save(transfer: Transfer, **fields: object) -> None:
    with transfer.store.transaction() as session:
        class_rows.save_pupil(session, year=NEXT_YEAR, class_name="2A", fields=fields, actor="quantri")


def _two_people(transfer: Transfer) -> None:
    pupil = transfer.data.pupil
    _save(transfer, code=pupil.code, name="Sơn Thị Một")
    _save(transfer, personal_id=pupil.personal_id, name="Sơn Thị Hai")


def _someone_else(transfer: Transfer) -> None:
    _save(transfer, code=transfer.data.pupil.code, name="Sơn Thị Một", birth_date=date(2010, 1, 1))


def _in_another_class(transfer: Transfer) -> None:
    pupil = transfer.data.pupil
    with transfer.store.transaction() as session:
        class_rows.ensure_class(session, NEXT_YEAR, "2B", 2, "quantri")
        fields = {"code": pupil.code, "name": pupil.name}
        class_rows.save_pupil(session, year=NEXT_YEAR, class_name="2B", fields=fields, actor="quantri")


@pytest.mark.parametrize(
    ("prepare", "class_name", "part"),
    [
        (lambda transfer: None, None, "--class"),
        (_two_people, "2A", "Sơn Thị Hai, Sơn Thị Một"),
        (_someone_else, "2A", "Sơn Thị Một"),
        (_in_another_class, "2A", "đang ở lớp 2B"),
    ],
)
def test_a_doubtful_pupil_is_left_to_a_person(
    moved: Transfer, prepare: Callable[[Transfer], None], class_name: str | None, part: str
) -> None:
    prepare(moved)
    before = entries(moved.store)
    (got,) = moved.receive(class_name=class_name)
    assert got.action == "refused"
    assert part in got.message
    assert entries(moved.store) == before


def _forged(content: bytes) -> bytes:
    return content.replace(b"<mucdatduoc>H", b"<mucdatduoc>T", 1).replace(b"<hovaten>", b"<hovaten>X", 1)


def _wrapped(content: bytes) -> bytes:
    """The signed data hidden in the release part, another one in its place."""
    start, end = content.index(b"<DU_LIEU_HOC_BA"), content.index(b"</DU_LIEU_HOC_BA>") + 17
    genuine = content[start:end]
    other = genuine.replace(b'Id="data"', b'Id="data2"').replace(b'Id="thongtinhocba"', b'Id="khac"')
    other = other.replace(b"<hovaten>", b"<hovaten>X", 1)
    hidden = content[end:].replace(b"<PHAT_HANH_HOC_BA>", b"<PHAT_HANH_HOC_BA><KHAC>" + genuine + b"</KHAC>")
    return content[:start] + other + hidden


def _commented(content: bytes) -> bytes:
    """A comment is no part of the canonical form: the signature fits, the reader sees half a name."""
    place = content.index(b"<hovaten>") + len(b"<hovaten>") + 4
    return content[:place] + b"<!-- -->" + content[place:]


def _unsigned(content: bytes) -> bytes:
    head, *parts = content.split(b"<ds:Signature ")
    return head + b"".join(part.split(b"</ds:Signature>")[1] for part in parts)


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (_forged, "invalid"),
        (_wrapped, "invalid"),
        (_commented, "invalid"),
        (_unsigned, "unsigned"),
        (lambda content: content[:500], "unreadable"),
        (lambda content: content + b"<x/>", "invalid"),
        (lambda content: b"%PDF-1.7\n" + content, "unreadable"),
        (lambda content: b"<a/>", "unsigned"),
    ],
)
def test_nothing_but_a_genuine_file_is_taken(
    moved: Transfer, change: Callable[[bytes], bytes], verdict: str
) -> None:
    bad = moved.file.with_name("gia.xml")
    bad.write_bytes(change(moved.file.read_bytes()))
    before = entries(moved.store)
    refused, good = moved.receive(bad, moved.file, class_name="2A")
    assert (refused.action, refused.verdict, refused.code) == ("refused", verdict, "")
    assert refused.message
    assert good.action == "enrolled"
    assert len(moved.pupils(NEXT_YEAR)) == 1
    assert entries(moved.store) > before


def test_an_unknown_authority_is_refused(moved: Transfer) -> None:
    report = receiving.receive(
        store=moved.store, actor=CLERK, paths=[moved.file], class_name="2A", progress=QUIET
    )
    assert (report.received[0].action, report.received[0].verdict) == ("refused", "untrusted")
    assert report.changes.kinds == frozenset()


def test_a_transcript_without_the_seal_is_refused(
    issued_world: World, elsewhere: Path, tmp_path: Path
) -> None:
    issued_world.sign(SigningRole.TEACHER, class_name="1A")
    half = Brought(signed_file(issued_world), issued_world.cast.authority.root_pem)
    for transfer in arriving(half, elsewhere, tmp_path, NEXT_YEAR):
        (got,) = transfer.receive(class_name="2A")
        assert (got.action, got.verdict) == ("refused", "valid_unknown_status")
        assert "con dấu số" in got.message


def test_own_documents_are_known_and_withdrawn_ones_refused(sealed_world: World, tmp_path: Path) -> None:
    file = tmp_path / "hoc-ba.xml"
    file.write_bytes(signed_file(sealed_world))
    admin = sealed_world.actor()

    def received_now() -> Received:
        (got,) = receiving.receive(
            store=sealed_world.store, actor=admin, paths=[file], progress=QUIET
        ).received
        return got

    assert received_now().action == "own"
    code = parse_xml(file.read_bytes()).pupil.code
    issue.revoke(store=sealed_world.store, actor=admin, code=code, reason="Sai điểm")
    assert (received_now().action, received_now().verdict) == ("refused", "revoked")


def test_a_record_of_a_later_year_is_refused(brought: Brought, elsewhere: Path, tmp_path: Path) -> None:
    for transfer in arriving(brought, elsewhere, tmp_path, "2022-2023"):
        (got,) = transfer.receive(class_name="2A")
        assert got.action == "refused"
        assert "2022-2023" in got.message


def test_results_of_this_year_are_written_only_when_asked_and_only_where_nothing_stands(
    moved_now: Transfer,
) -> None:
    (got,) = moved_now.receive(class_name="1A")
    assert (got.action, got.results_written) == ("enrolled", 0)
    assert moved_now.pupil("2023-2024").period(Period.CN).subjects == {}
    key = moved_now.pupil("2023-2024").key
    with moved_now.store.transaction() as session:
        class_rows.set_enrolment_fields(session, key, {"absent_excused": 77}, "quantri")
    (got,) = moved_now.receive(results=True)
    assert got.action == "unchanged"
    assert got.results_written > 30
    entry = moved_now.pupil("2023-2024")
    assert entry.period(Period.CN) == moved_now.data.results
    assert entry.outcome == moved_now.data.outcome
    assert (entry.enrolment.absent_excused, entry.enrolment.height_cm) == (
        77,
        moved_now.data.enrolment.height_cm,
    )
    assert moved_now.receive(results=True)[0].results_written == 0


def test_results_are_not_written_into_a_closed_class(moved_now: Transfer) -> None:
    with moved_now.store.transaction() as session:
        class_rows.set_stage(
            session,
            year="2023-2024",
            class_name="1A",
            period=Period.CN,
            stage=Stage.SUBMITTED,
            actor="quantri",
            reason="",
            expected=Stage.OPEN,
        )
    before = entries(moved_now.store)
    (got,) = moved_now.receive(class_name="1A", results=True)
    assert got.action == "refused"
    assert "Lớp 1A đã chốt" in got.message
    assert entries(moved_now.store) == before
    assert moved_now.receive(class_name="1A")[0].action == "enrolled"


def test_a_newer_version_follows_and_an_older_one_is_refused(moved: Transfer) -> None:
    moved.receive(class_name="2A")
    person_key = moved.pupil(NEXT_YEAR).key
    with moved.store.reading() as session:
        (first,) = received.of_pupil(session, person_key)
    values = {
        "pupil_id": first.pupil_id,
        "year": first.year,
        "transcript_id": first.transcript_id,
        "school_code": first.school_code,
        "school": first.school,
        "issued_at": first.issued_at,
        "sealed_by": first.sealed_by,
        "verdict": first.verdict,
        "received_at": first.received_at,
        "actor": "vanthu",
    }
    with moved.store.transaction() as session:
        received.keep(session, **values, version=3, content=b"<ban-3/>")  # type: ignore[arg-type]
    with moved.store.transaction() as session, pytest.raises(UserError) as caught:
        received.keep(session, **values, version=2, content=b"<ban-2/>")  # type: ignore[arg-type]
    assert caught.value.code == "receive.newer_known"
    documents = receiving.received_documents(store=moved.store, actor=CLERK, code=moved.data.pupil.code)
    assert documents == {"2023-2024": b"<ban-3/>"}


@pytest.mark.parametrize(
    "words", ["UPDATE received_transcript SET year = '2000-2001'", "DELETE FROM received_transcript"]
)
def test_what_was_received_is_never_changed(moved: Transfer, words: str) -> None:
    moved.receive(class_name="2A")
    with pytest.raises(IntegrityError, match="append-only"), moved.store.transaction() as session:
        session.execute(text(words))


@pytest.mark.parametrize("role", [Role.CHECKER, Role.LEADER, Role.SUBJECT_TEACHER, Role.HOMEROOM])
def test_only_whoever_keeps_the_lists_may_receive(moved: Transfer, role: Role) -> None:
    moved.clerk = Actor(0, "ai", "Ai Đó", frozenset({role}))
    with pytest.raises(NotAllowed):
        moved.receive(class_name="2A")


@pytest.mark.parametrize(
    ("file", "class_name", "code"),
    [("khong-co.xml", "2A", "workflow.no_file"), ("", "9Z", "workflow.no_class")],
)
def test_a_missing_file_or_class_stops_before_anything_is_written(
    moved: Transfer, file: str, class_name: str, code: str
) -> None:
    before = entries(moved.store)
    more = [moved.file.with_name(file)] if file else []
    with pytest.raises(UserError) as caught:
        moved.receive(moved.file, *more, class_name=class_name)
    assert caught.value.code == code
    assert entries(moved.store) == before


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2024, 8, 15), Status.ARRIVED_SUMMER),
        (date(2024, 12, 2), Status.ARRIVED_1),
        (date(2025, 3, 3), Status.ARRIVED_2),
        (date(2026, 11, 23), Status.STUDYING),
    ],
)
def test_the_day_says_how_the_pupil_came(day: date, status: Status) -> None:
    assert arrival_status(day, NEXT_YEAR) is status
