"""What the store knows beside a class, and the findings that come of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import event

from app.demo.cast import VICE_PRINCIPAL, teacher_login
from app.demo.school import make_school
from app.demo.workbooks import write_workbooks
from app.models.store import Store
from app.records.checks import ClassFacts
from app.records.types import Finding, Period, Role, SigningRole, Status, TranscriptState
from app.workflows import checks, clock, fields, imports, people, plan, settings
from app.workflows import store as store_verbs
from app.workflows.facts import facts_for, facts_of
from app.workflows.tally import Tally
from tests.workflows.test_imports import edited, load, opened, results_file
from tests.world import PASSWORD, QUIET, World

YEAR = "2023-2024"


def facts(world: World, name: str = "1A") -> ClassFacts:
    with world.store.reading() as session:
        return facts_for(session, YEAR, {name})[name]


def found(world: World, name: str = "1A", period: Period = Period.CN) -> list[Finding]:
    report = checks.check(store=world.store, actor=world.actor(), class_name=name, period=period)
    return list(report.findings)


def rules(world: World, name: str = "1A", period: Period = Period.CN) -> list[str]:
    return [finding.rule for finding in found(world, name, period)]


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The demo's year end is today."""
    moment = datetime(2024, 5, 25, 8, tzinfo=clock.VIETNAM)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return monkeypatch


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """Every statement that the store runs meanwhile."""
    told: list[str] = []

    def note(*values: object) -> None:
        told.append(str(values[2]))

    with store.reading() as session:
        engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield told
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_counts_come_from_the_files(imported_world: World) -> None:
    for made in imported_world.made.classes:
        known = facts(imported_world, made.name)
        assert known.listed == len(made.pupils)
        assert known.strays == {}
        assert known.transcripts == {}


def test_a_clean_school_has_no_findings(imported_world: World) -> None:
    for name in imported_world.classes:
        assert rules(imported_world, name) == []
        assert "class.count_list" not in rules(imported_world, name, Period.GK1)


def test_a_fresh_import_without_people_has_no_findings_of_signing(tmp_path: Path) -> None:
    made = make_school(pupils=10)
    files = write_workbooks(tmp_path / "files", made)
    store_verbs.init_school(
        folder=tmp_path / "data",
        school=made.school,
        year=made.year,
        admin_login="quantri",
        admin_name="Quản trị mẫu",
        password=PASSWORD,
    )
    store = store_verbs.open_store(tmp_path / "data")
    try:
        admin = store_verbs.login(store=store, login="quantri", password=PASSWORD)
        imports.import_files(store=store, actor=admin, paths=files, progress=QUIET)
        report = checks.check(store=store, actor=admin)
        assert {finding.rule for finding in report.findings} == {"class.no_teacher"}
    finally:
        store.close()


def test_a_pupil_who_is_gone_differs_from_the_list(imported_world: World) -> None:
    code = opened(imported_world, "1A").pupils[0].pupil.code
    fields.set_field(
        store=imported_world.store,
        actor=imported_world.actor(),
        code=code,
        field="status",
        value=Status.LEFT_SUMMER.value,
    )
    assert rules(imported_world) == ["class.count_list"]
    assert rules(imported_world, "2A") == []


def test_a_list_counts_those_who_belong_to_the_class(listed_world: World) -> None:
    tally = Tally()
    for status in (None, Status.STUDYING, Status.ARRIVED_2, Status.LEFT_1, Status.DROPPED_SUMMER):
        tally.listed("1A", status)
    with listed_world.store.transaction() as session:
        tally.keep(session, year=YEAR, period=Period.CN, file="ds.xlsx")
    assert facts(listed_world).listed == 3


def test_rows_of_nobody_are_remembered_until_a_better_file_comes(listed_world: World, tmp_path: Path) -> None:
    strange = edited(results_file(listed_world, "1A"), tmp_path / "kq.xlsx", 3, 4, "9999999999")
    strange = edited(strange, strange, 4, 4, "Người Lạ Hoắc")
    load(listed_world, strange, dry_run=True)
    assert facts(listed_world).strays == {}
    load(listed_world, strange)
    assert facts(listed_world).strays == {Period.CN: (1, "kq.xlsx")}
    (told,) = [one for one in found(listed_world) if one.rule == "class.count_results"]
    assert "kq.xlsx có 1 dòng" in told.message
    assert "class.count_results" not in rules(listed_world, period=Period.CK1)
    load(listed_world, results_file(listed_world, "1A"))
    assert facts(listed_world).strays == {}


def test_rows_without_a_class_belong_to_the_class_of_the_file(listed_world: World, tmp_path: Path) -> None:
    nowhere = tmp_path / "kq.xlsx"
    book = openpyxl.load_workbook(results_file(listed_world, "1A"))
    for row in book.worksheets[0].iter_rows(min_row=4):
        row[1].value = None
    book.worksheets[0].cell(row=4, column=3).value = "9999999999"
    book.worksheets[0].cell(row=4, column=4).value = "Người Lạ Hoắc"
    book.save(nowhere)
    load(listed_world, nowhere)
    assert facts(listed_world).strays == {Period.CN: (1, "kq.xlsx")}
    assert facts(listed_world, "2A").strays == {}


def test_a_refused_file_counts_nothing(listed_world: World, tmp_path: Path) -> None:
    before = facts(listed_world)
    corrupt = tmp_path / "hong.xlsx"
    corrupt.write_bytes(listed_world.files[0].read_bytes()[:2000])
    load(listed_world, corrupt)
    assert facts(listed_world) == before


def test_certificates_of_the_class(imported_world: World, today: pytest.MonkeyPatch) -> None:
    known = facts(imported_world)
    assert known.binding_begun
    assert set(known.certificates) == set(SigningRole)
    assert known.signing_ends == date(2024, 6, 20)
    people.disable_account(store=imported_world.store, actor=imported_world.actor(), login=VICE_PRINCIPAL)
    assert set(facts(imported_world).certificates) == {SigningRole.TEACHER, SigningRole.SEAL}
    (told,) = found(imported_world)
    assert (told.rule, told.field) == ("certificate.missing", "certificate.leader")
    people.disable_account(
        store=imported_world.store, actor=imported_world.actor(), login=teacher_login("1A")
    )
    assert rules(imported_world) == ["class.no_teacher", "certificate.missing"]


def test_the_leader_whom_the_school_chose_signs(imported_world: World, tmp_path: Path) -> None:
    admin = imported_world.actor()
    people.add_account(
        store=imported_world.store,
        actor=admin,
        login="hieutruong",
        name="Thạch Thị Sa",
        roles=(Role.LEADER,),
        classes=(),
        subjects=(),
        password=PASSWORD,
    )
    assert SigningRole.LEADER in facts(imported_world).certificates
    settings.put_setting(store=imported_world.store, actor=admin, name="signing_leader", value="hieutruong")
    assert SigningRole.LEADER not in facts(imported_world).certificates


def test_a_certificate_that_ends_before_signing(imported_world: World, today: pytest.MonkeyPatch) -> None:
    day = facts(imported_world).certificates[SigningRole.SEAL]
    today.setattr(clock, "now", lambda: datetime(day.year, day.month, day.day, tzinfo=UTC))
    assert facts(imported_world).signing_ends == day
    assert rules(imported_world) == []
    today.setattr(clock, "now", lambda: datetime(day.year + 1, day.month, day.day, tzinfo=UTC))
    assert rules(imported_world) == ["certificate.expires"] * len(SigningRole)


def test_the_schools_own_last_day_of_signing(imported_world: World, today: pytest.MonkeyPatch) -> None:
    admin = imported_world.actor()
    plan.set_milestone(store=imported_world.store, actor=admin, code="signing", day=date(2024, 8, 15))
    assert facts(imported_world).signing_ends == date(2024, 8, 15)
    year, milestones = plan.list_milestones(store=imported_world.store)
    assert year == YEAR
    assert [item.ends for item in milestones if item.code == "signing"] == [date(2024, 8, 15)]


def test_transcripts_of_the_class(issued_world: World) -> None:
    states = facts(issued_world).transcripts
    keys = [entry.key for entry in opened(issued_world, "1A").pupils]
    assert states == dict.fromkeys(keys, TranscriptState.ISSUED)
    assert rules(issued_world) == []


def test_one_class_reads_as_among_all(issued_world: World) -> None:
    with issued_world.store.reading() as session:
        every = facts_for(session, YEAR)
        assert set(every) == {made.name for made in issued_world.made.classes}
        assert facts_for(session, YEAR, {"1A", "9Z"}) == {"1A": every["1A"]}
        assert facts_of(session, opened(issued_world, "1A")) == every["1A"]
        assert facts_for(session, YEAR, ()) == {}


def test_the_number_of_queries_does_not_grow(issued_world: World) -> None:
    def asked(names: set[str] | None) -> int:
        with statements(issued_world.store) as told, issued_world.store.reading() as session:
            facts_for(session, YEAR, names)
        return len([one for one in told if one.startswith("SELECT")])

    assert 0 < asked({"1A"}) == asked(None) <= 14
