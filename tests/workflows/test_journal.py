"""The change log read back: words, filters, pages, whose entries, the check of the chain, the copy."""

from __future__ import annotations

import dataclasses
import json
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

from app.demo import cast as demo_cast
from app.errors import Cancelled, UserError
from app.models import changelog
from app.models import settings as settings_store
from app.models.store import Store
from app.records.journal import GROUPS, LogGroup
from app.records.types import Period
from app.workflows import clock, fields, gate, journal, people, settings
from app.workflows.journal import Wanted
from tests.world import PASSWORD, World

CHECKER, LEADER = demo_cast.CHECKER, demo_cast.VICE_PRINCIPAL


def read(world: World, wanted: Wanted = journal.EVERYTHING, login: str = demo_cast.ADMIN) -> journal.LogPage:
    return journal.journal(store=world.store, actor=world.actor(login), wanted=wanted)


@pytest.fixture
def edited(imported_world: World) -> World:
    """The teacher of 3A changed one score and submitted the class, the working group sent it back."""
    world = imported_world
    klass = next(one for one in world.made.classes if one.name == "3A")
    teacher = world.teacher("3A")
    fields.set_field(
        store=world.store, actor=teacher, code=klass.pupils[0].pupil.code, field="TOAN.score", value="10"
    )
    gate.submit(store=world.store, actor=teacher, class_name="3A")
    gate.return_class(
        store=world.store, actor=world.actor(CHECKER), class_name="3A", reason="Xem lại điểm Toán."
    )
    return world


def first_pupil(world: World) -> str:
    return next(one for one in world.made.classes if one.name == "3A").pupils[0].pupil.name


def test_a_change_of_a_cell_is_told_in_words_and_knows_its_cell(edited: World) -> None:
    found = read(edited, Wanted(login=edited.teacher("3A").login, group=LogGroup.RESULTS))
    (entry,) = found.entries
    assert entry.what == f"Toán, điểm KTĐK cuối năm học của {first_pupil(edited)} (3A)"
    assert entry.new == "10"
    assert entry.person == edited.teacher("3A").name
    assert (entry.cell, entry.period) == ("TOAN", Period.CN)
    assert entry.place.class_name == "3A"
    assert entry.place.pupil == first_pupil(edited)


def test_a_returned_class_carries_its_reason(edited: World) -> None:
    entry = read(edited, Wanted(group=LogGroup.CLASSES)).entries[0]
    assert (entry.what, entry.old, entry.new) == ("Trả lại lớp 3A, cuối năm học", "Đã chốt", "Đang nhập")
    assert entry.reason == "Xem lại điểm Toán."


def test_every_entry_of_a_whole_year_is_told_in_words(sealed_world: World) -> None:
    world = sealed_world
    admin = world.actor()
    people.reset_password(store=world.store, actor=admin, login=CHECKER, password="Mat-khau-khac-9")
    settings.put_setting(store=world.store, actor=admin, name="foreign_language", value="Tiếng Anh")
    with world.store.reading() as session:
        total = changelog.count(session, changelog.LogFilter())
    seen = journal.journal(store=world.store, actor=admin, limit=total + 10)
    assert seen.total == total == len(seen.entries)
    for entry in seen.entries:
        assert entry.entity not in entry.what, entry
        assert "{" not in entry.new, entry
        assert not entry.what.startswith(entry.kind), entry


def test_nothing_secret_stands_in_the_log(sealed_world: World) -> None:
    world = sealed_world
    settings.add_destination(
        store=world.store,
        actor=world.actor(),
        name="s3",
        kind="s3",
        options={"endpoint": "https://kho.example", "bucket": "hocba", "access_key": "khoa-vao"},
        secret="bi-mat-cua-kho",
    )
    people.reset_password(store=world.store, actor=world.actor(), login=CHECKER, password="Mat-khau-khac-9")
    found = journal.journal(store=world.store, actor=world.actor(), limit=100_000)
    everything = json.dumps(
        [dataclasses.asdict(one) for one in found.entries], ensure_ascii=False, default=str
    )
    pins = {token.pin for token in world.cast.tokens.values()}
    values = {value for one in found.entries for value in (one.old, one.new, one.reason)}
    assert not any(
        secret in everything for secret in (PASSWORD, "Mat-khau-khac-9", "bi-mat-cua-kho", "$argon2")
    )
    assert not pins & values
    assert "khoa-vao" not in everything


def test_without_the_permission_one_reads_only_ones_own_entries(edited: World) -> None:
    teacher = edited.teacher("3A")
    mine = read(edited, login=teacher.login)
    assert {entry.login for entry in mine.entries} == {teacher.login}
    assert mine.total == len(mine.entries) >= 2
    assert read(edited, Wanted(login=demo_cast.ADMIN), teacher.login).entries == mine.entries
    assert read(edited, Wanted(login=""), teacher.login).entries == mine.entries
    assert journal.choices(store=edited.store, actor=teacher).people == ((teacher.login, teacher.name),)
    assert journal.choices(store=edited.store, actor=teacher).classes == ("3A",)


@pytest.mark.parametrize(
    ("login", "everything"), [(LEADER, True), (CHECKER, False), (demo_cast.CLERK, False)]
)
def test_who_reads_the_whole_log(edited: World, login: str, everything: bool) -> None:
    found = journal.choices(store=edited.store, actor=edited.actor(login))
    assert found.all_people is everything
    logins = {entry.login for entry in read(edited, login=login).entries}
    assert (len(logins) > 1) is everything
    assert everything or logins <= {login}


def test_filters_by_class_pupil_and_day(edited: World) -> None:
    of_class = read(edited, Wanted(class_name="3A"))
    assert {entry.place.class_name for entry in of_class.entries} == {"3A"}
    name = first_pupil(edited)
    of_pupil = read(edited, Wanted(pupil=name.upper()))
    assert {entry.place.pupil for entry in of_pupil.entries} == {name}
    both = read(edited, Wanted(pupil=name, class_name="4A"))
    assert both.total == 0
    assert read(edited, Wanted(pupil="Không Có Ai")).entries == ()
    today = clock.now().date()
    assert read(edited, Wanted(first=today, last=today)).total == read(edited).total
    assert read(edited, Wanted(last=today - timedelta(days=1))).total == 0


def _fits(entry: journal.JournalEntry, group: LogGroup) -> bool:
    sort, family = GROUPS[group], entry.entity.partition(":")[0]
    return (not sort.kinds or entry.kind in sort.kinds) and (not sort.entities or family in sort.entities)


def test_the_groups_share_out_every_entry(sealed_world: World) -> None:
    total = read(sealed_world).total
    per_group = {group: read(sealed_world, Wanted(group=group)).total for group in LogGroup}
    assert set(GROUPS) == set(LogGroup)
    untold = [
        (one.kind, one.entity)
        for one in journal.journal(store=sealed_world.store, actor=sealed_world.actor(), limit=9999).entries
        if sum(_fits(one, group) for group in LogGroup) != 1
    ]
    assert untold == []
    assert sum(per_group.values()) == total
    assert per_group[LogGroup.TRANSCRIPTS] == 4 * sealed_world.pupils_in_scope


def test_pages_follow_each_other_without_gap_or_repeat(edited: World) -> None:
    numbers: list[int] = []
    before = None
    while True:
        found = journal.journal(store=edited.store, actor=edited.actor(), before=before, limit=100)
        numbers += [entry.number for entry in found.entries]
        if not found.more:
            break
        before = numbers[-1]
    assert numbers == list(range(found.total, 0, -1))


def tamper(store: Store, number: int) -> None:
    with store.transaction() as session:
        triggers = session.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'change_log'")
        ).scalars()
        for trigger in triggers.all():
            session.execute(text(f"DROP TRIGGER {trigger}"))
        session.execute(text("UPDATE change_log SET new = '9' WHERE id = :id"), {"id": number})


def test_the_check_names_the_first_entry_that_does_not_fit(edited: World) -> None:
    good = journal.check_journal(store=edited.store, actor=edited.actor())
    assert (good.ok, good.broken_at) == (True, None)
    assert good.checked == read(edited).total
    tamper(edited.store, 40)
    found = journal.check_journal(store=edited.store, actor=edited.actor())
    assert (found.ok, found.broken_at) == (False, 40)
    assert found.broken is not None
    assert found.broken.number == 40
    hidden = journal.check_journal(store=edited.store, actor=edited.teacher("3A"))
    assert (hidden.broken_at, hidden.broken) == (40, None)


class Impatient:
    def step(self, done: int, total: int, text: str) -> None:
        raise Cancelled


def test_a_copy_for_inspection_holds_what_the_filter_shows(edited: World, tmp_path: Path) -> None:
    target = tmp_path / "nhat-ky.xlsx"
    wanted = Wanted(class_name="3A")
    written = journal.export_journal(store=edited.store, actor=edited.actor(), target=target, wanted=wanted)
    rows = list(openpyxl.load_workbook(target).worksheets[0].iter_rows(values_only=True))
    shown = read(edited, wanted)
    assert written.rows == shown.total == len(rows) - 1
    assert [row[0] for row in rows[1 : len(shown.entries) + 1]] == [one.number for one in shown.entries]
    assert rows[1][4] == shown.entries[0].what
    assert rows[1][-1] == shown.entries[0].hash


def test_a_copy_stopped_midway_leaves_no_file(edited: World, tmp_path: Path) -> None:
    target = tmp_path / "nhat-ky.xlsx"
    with pytest.raises(Cancelled):
        journal.export_journal(store=edited.store, actor=edited.actor(), target=target, progress=Impatient())
    assert list(tmp_path.glob("nhat-ky*")) == []
    with pytest.raises(UserError, match=r"workflow\.journal_ending"):
        journal.export_journal(store=edited.store, actor=edited.actor(), target=tmp_path / "nhat-ky.txt")


def test_a_text_that_looks_like_a_formula_stays_a_text(edited: World, tmp_path: Path) -> None:
    with edited.store.transaction() as session:
        settings_store.put(session, "signing_leader", "=1+1", demo_cast.ADMIN)
    target = tmp_path / "nhat-ky.xlsx"
    wanted = Wanted(group=LogGroup.SETTINGS)
    journal.export_journal(store=edited.store, actor=edited.actor(), target=target, wanted=wanted)
    cell = openpyxl.load_workbook(target).worksheets[0].cell(2, 7)
    assert (cell.value, cell.data_type) == ("=1+1", "s")
