"""Versions of a transcript: their history, what differs, the eye mark per person, the dry run of issuing."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import text, update

from app.demo import cast as demo_cast
from app.errors import Cancelled, NotAllowed, UserError
from app.models import tables as t
from app.models import transcripts
from app.records.permissions import Actor
from app.records.types import SigningRole, TranscriptState
from app.workflows import fields, gate, issue, previews, versions
from app.workflows.differences import Span, spans
from app.workflows.versions import StepKind
from tests.world import QUIET, World

NAME = "3A"


def some_code(world: World, class_name: str = NAME) -> str:
    return next(c for c in world.made.classes if c.name == class_name).pupils[0].pupil.code


def leader(world: World) -> Actor:
    return world.actor(demo_cast.VICE_PRINCIPAL)


def current(world: World, code: str) -> int:
    version = issue.current_version(store=world.store, actor=world.actor(), code=code)
    assert version is not None
    return version.id


def replace_version(world: World, code: str, **changes: str) -> None:
    """Version 2 of one pupil, with other data, as the school makes it."""
    admin = world.actor()
    reason = "Sai số ngày nghỉ"
    versions.revoke(store=world.store, actor=leader(world), code=code, reason=reason)
    gate.reopen(store=world.store, actor=admin, class_name=NAME, reason=reason)
    for field, value in changes.items():
        name = field.replace("__", ".")
        fields.set_field(store=world.store, actor=admin, code=code, field=name, value=value)
    gate.submit(store=world.store, actor=admin, class_name=NAME)
    gate.approve(store=world.store, actor=admin, class_name=NAME)
    assert issue.issue(store=world.store, actor=admin, class_name=NAME, progress=QUIET).issued == 1


def test_history_tells_every_step_of_every_version(issued_world: World) -> None:
    world = issued_world
    code = some_code(world)
    world.sign(SigningRole.TEACHER, class_name=NAME)
    replace_version(world, code, absent_excused="9")
    newest, first = versions.history(store=world.store, actor=world.actor(), code=code)
    assert [(item.version.version, item.version.state) for item in (newest, first)] == [
        (2, TranscriptState.ISSUED),
        (1, TranscriptState.REVOKED),
    ]
    assert newest.version.replaces == 1
    assert [step.kind for step in newest.steps] == [StepKind.ISSUE]
    assert [step.kind for step in first.steps] == [StepKind.ISSUE, StepKind.TEACHER, StepKind.REVOKE]
    made, signed, gone = first.steps
    assert made.who == world.actor(demo_cast.CHECKER).name
    assert signed.who
    assert (gone.who, gone.reason) == (leader(world).name, "Sai số ngày nghỉ")
    assert made.at.replace(microsecond=0) <= signed.at <= gone.at
    assert {item.revision for item in first.revisions if item.media == "pdf"} == {0, 1}


def test_no_history_before_the_first_version(imported_world: World) -> None:
    code = some_code(imported_world)
    assert versions.history(store=imported_world.store, actor=imported_world.actor(), code=code) == ()


def test_compare_names_what_changed_and_nothing_else(issued_world: World) -> None:
    world = issued_world
    code = some_code(world)
    replace_version(world, code, absent_excused="9", TOAN__comment="Tính nhanh, rất cẩn thận.")
    found = versions.compare(store=world.store, actor=world.actor(), code=code, before=1, after=2)
    assert (found.before.version, found.after.version) == (1, 2)
    told = {item.label: "".join(span.text for span in item.after) for item in found.differences}
    assert told == {"Ngày nghỉ có phép": "9", "Toán: nhận xét": "Tính nhanh, rất cẩn thận."}
    same = versions.compare(store=world.store, actor=world.actor(), code=code, before=2, after=2)
    assert same.differences == ()


def test_compare_asks_for_versions_that_there_are(issued_world: World) -> None:
    world = issued_world
    with pytest.raises(UserError) as told:
        versions.compare(store=world.store, actor=world.actor(), code=some_code(world), before=1, after=2)
    assert told.value.code == "workflow.no_version"


def test_changed_words_are_marked_on_both_sides() -> None:
    before, after = spans("Đọc to, rõ ràng.", "Đọc rất to, rõ.")
    assert "".join(span.text for span in before) == "Đọc to, rõ ràng."
    assert [span.text for span in before if span.changed] == [" rõ ràng."]
    assert after[0] == Span("Đọc", changed=False)
    assert Span(" rất", changed=True) in after
    assert "".join(span.text for span in after) == "Đọc rất to, rõ."
    assert spans("", "9") == ((), (Span("9", changed=True),))


def test_seen_is_noted_once_for_each_person(issued_world: World) -> None:
    world = issued_world
    checker, head = world.actor(demo_cast.CHECKER), leader(world)
    number = current(world, some_code(world))
    first = versions.mark_seen(store=world.store, actor=checker, version_id=number)
    assert first.changes.kinds == {"seen"}
    again = versions.mark_seen(store=world.store, actor=checker, version_id=number)
    assert not again.changes.kinds
    assert versions.seen_versions(store=world.store, actor=checker) == {number}
    assert versions.seen_versions(store=world.store, actor=head) == set()
    sheets = {
        person.login: previews.open_sheet(store=world.store, actor=person, class_name=NAME)
        for person in (checker, head)
    }
    assert [card.seen for card in sheets[checker.login].cards].count(True) == 1
    assert not any(card.seen for card in sheets[head.login].cards)
    (entry,) = versions.history(store=world.store, actor=head, code=some_code(world))
    assert [name for name, _ in entry.seen] == [checker.name]


def test_a_new_version_is_not_seen_yet_and_a_revoked_one_cannot_be(issued_world: World) -> None:
    world = issued_world
    code = some_code(world)
    number = current(world, code)
    versions.mark_seen(store=world.store, actor=leader(world), version_id=number)
    replace_version(world, code, absent_excused="9")
    sheet = previews.open_sheet(store=world.store, actor=leader(world), class_name=NAME)
    assert not any(card.seen for card in sheet.cards)
    with pytest.raises(UserError) as told:
        versions.mark_seen(store=world.store, actor=leader(world), version_id=number)
    assert told.value.code == "workflow.seen_revoked"


def test_another_teacher_neither_sees_nor_marks(issued_world: World) -> None:
    world = issued_world
    code, other = some_code(world), world.teacher("1A")
    number = current(world, code)
    with pytest.raises(NotAllowed):
        versions.mark_seen(store=world.store, actor=other, version_id=number)
    with pytest.raises(NotAllowed):
        versions.history(store=world.store, actor=other, code=code)
    with pytest.raises(NotAllowed):
        versions.compare(store=world.store, actor=other, code=code, before=1, after=1)
    with pytest.raises(NotAllowed):
        previews.kept(store=world.store, actor=other, version_id=number)
    own = world.teacher(NAME)
    assert versions.mark_seen(store=world.store, actor=own, version_id=number).version.id == number


@pytest.mark.parametrize("login", [demo_cast.CHECKER, demo_cast.CLERK])
def test_only_leaders_revoke(issued_world: World, login: str) -> None:
    world = issued_world
    code = some_code(world)
    with pytest.raises(NotAllowed) as told:
        versions.revoke(store=world.store, actor=world.actor(login), code=code, reason="Sai tên")
    assert told.value.code == "workflow.revoke_rights"
    done = versions.revoke(store=world.store, actor=leader(world), code=code, reason="Sai tên")
    assert done.version.state is TranscriptState.REVOKED
    assert {"transcripts", "outbox"} <= done.changes.kinds


def test_kept_bytes_are_held_against_every_hash(issued_world: World) -> None:
    world = issued_world
    number = current(world, some_code(world))
    assert previews.kept(store=world.store, actor=world.actor(), version_id=number).intact
    world.sign(SigningRole.TEACHER, class_name=NAME)
    signed = previews.kept(store=world.store, actor=world.actor(), version_id=number)
    assert signed.intact
    assert signed.version.state is TranscriptState.TEACHER_SIGNED


@pytest.mark.parametrize("media", ["pdf", "xml"])
def test_a_changed_byte_is_seen(issued_world: World, media: str) -> None:
    world = issued_world
    number = current(world, some_code(world))
    with world.store.transaction() as session:
        session.execute(text("DROP TRIGGER tr_document_grows"))  # whoever changes bytes gets past it
        content = getattr(transcripts.documents(session, number), media)
        source = t.table(t.Document)
        session.execute(
            update(source)
            .where(source.c.version_id == number, source.c.media == media)
            .values(content=content + b"\n")
        )
    assert not previews.kept(store=world.store, actor=world.actor(), version_id=number).intact


def test_the_plan_makes_nothing_and_says_what_issuing_then_does(approved_world: World) -> None:
    world = approved_world
    checker = world.actor(demo_cast.CHECKER)
    found = issue.plan(store=world.store, actor=checker)
    assert len(found.make) == world.pupils_in_scope
    assert {item.version for item in found.make} == {1}
    assert len(found.make) + len(found.skipped) == sum(len(c.pupils) for c in world.made.classes)
    report = world.issue_all()
    assert (report.issued, report.skipped) == (len(found.make), found.skipped)
    again = issue.plan(store=world.store, actor=checker)
    assert again.make == ()
    assert Counter(item.code for item in again.skipped)["unchanged"] == report.issued


def test_the_plan_finds_what_the_schema_refuses(approved_world: World) -> None:
    world = approved_world
    with world.store.transaction() as session:
        session.execute(
            update(t.table(t.Pupil)).where(t.Pupil.code == some_code(world)).values(mother="A\x07B")
        )
    found = issue.plan(store=world.store, actor=world.actor(), class_name=NAME)
    (refused,) = found.skipped
    assert refused.code == "invalid"
    assert "kí tự ẩn" in refused.reason
    report = issue.issue(store=world.store, actor=world.actor(), class_name=NAME, progress=QUIET)
    assert (report.issued, report.skipped) == (len(found.make), found.skipped)


def test_the_plan_after_a_revocation_makes_the_next_version(issued_world: World) -> None:
    world = issued_world
    code = some_code(world)
    versions.revoke(store=world.store, actor=leader(world), code=code, reason="Sai tên")
    (planned,) = issue.plan(store=world.store, actor=world.actor(), class_name=NAME).make
    assert (planned.class_name, planned.version) == (NAME, 2)


def test_the_plan_asks_for_the_right_and_an_approved_class(imported_world: World) -> None:
    world = imported_world
    with pytest.raises(NotAllowed):
        issue.plan(store=world.store, actor=world.teacher("1A"), class_name="1A")
    with pytest.raises(NotAllowed) as told:
        issue.plan(store=world.store, actor=world.actor(), class_name="1A")
    assert told.value.code == "workflow.not_approved"


def test_the_plan_can_be_stopped(approved_world: World) -> None:
    class Impatient:
        def step(self, done: int, total: int, text: str) -> None:
            if done == 2:
                raise Cancelled

    with pytest.raises(Cancelled):
        issue.plan(store=approved_world.store, actor=approved_world.actor(), progress=Impatient())
