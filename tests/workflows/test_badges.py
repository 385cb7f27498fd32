"""What waits for one person: the same numbers as on the screens, kept between looks and never stale."""

from __future__ import annotations

import time
from typing import Any

import pytest

from app.demo import cast
from app.errors import NotAllowed
from app.models import classes as class_rows
from app.models import outbox as outbox_rows
from app.models.changelog import entries
from app.models.values import OutboxState
from app.records import checks as rules
from app.records.findings import fingerprint
from app.records.local import RULES_OFF, SHOWN_COMPETENCIES
from app.records.permissions import Action, Actor, allowed
from app.records.types import ClassYear, Finding, Period, Severity, SigningRole
from app.workflows import (
    badges,
    checks,
    classes,
    clock,
    fields,
    gate,
    issue,
    outbox,
    overview,
    people,
    remarks,
    settings,
    signing_plan,
)
from app.workflows import store as store_verbs
from app.workflows.badges import Badge
from app.workflows.findings import look
from app.workflows.kept import ClassState, states
from app.workflows.remarks import NewRemark
from tests.world import PASSWORD, World

CLASS = "3A"


def first_code(world: World, class_name: str = CLASS) -> str:
    return next(c for c in world.made.classes if c.name == class_name).pupils[0].pupil.code


def put(world: World, field: str, value: str, class_name: str = CLASS) -> None:
    code = first_code(world, class_name)
    fields.set_field(store=world.store, actor=world.teacher(class_name), code=code, field=field, value=value)


def of(world: World, login: str) -> dict[str, Badge]:
    return dict(badges.badges(store=world.store, actor=world.actor(login)))


def directly(world: World, period: Period = Period.CN) -> list[Finding]:
    """Every finding, with nothing kept from earlier looks."""
    with world.store.reading() as session:
        loaded = class_rows.load_classes(session, world.made.year)
        inside = [klass for klass in loaded if klass.name in world.classes]
        return sorted(look(session, inside, period), key=key)


def kept(world: World, period: Period = Period.CN) -> list[Finding]:
    report = checks.check(store=world.store, actor=world.actor(), period=period)
    return sorted(report.findings, key=key)


def key(finding: Finding) -> tuple[str, ...]:
    return (finding.class_name, finding.rule, finding.pupil, finding.field, finding.message)


# --- what is kept -------------------------------------------------------------------------------------------


def test_kept_findings_are_those_of_a_new_look_after_every_kind_of_change(imported_world: World) -> None:
    world = imported_world
    admin, checker = world.actor(), world.actor(cast.CHECKER)

    def same() -> None:
        assert kept(world) == directly(world)

    same()
    put(world, "TOAN.level", "")
    same()
    assert any(item.rule == "level.missing" for item in kept(world))
    put(world, "TV.comment", "em đọc tốt")
    same()
    warning = next(item for item in kept(world) if item.rule == "comment.capital")
    told: dict[str, Any] = {"class_name": CLASS, "ids": [warning.id], "reason": "Đã xem"}
    gate.accept(store=world.store, actor=admin, **told)
    same()
    assert next(item for item in kept(world) if item.id == warning.id).accepted is not None
    gate.unaccept(store=world.store, actor=admin, **told)
    same()
    remarks.suggest(
        store=world.store,
        actor=checker,
        class_name=CLASS,
        remarks=[NewRemark(first_code(world), "TV", "Viết hoa đầu câu")],
    )
    same()
    (open_remark,) = remarks.remarks(store=world.store, actor=admin)
    remarks.resolve(store=world.store, actor=world.teacher(CLASS), id=open_remark.id, answer="Đã sửa")
    same()
    settings.put_setting(store=world.store, actor=admin, name=RULES_OFF, value="level.missing")
    same()
    assert not any(item.rule == "level.missing" for item in kept(world))
    people.disable_account(store=world.store, actor=admin, login=world.teacher("2A").login)
    same()
    assert any(item.rule == "class.no_teacher" and item.class_name == "2A" for item in kept(world))
    gate.submit(store=world.store, actor=admin, class_name="1A")
    same()
    put(world, "name", "Trần văn  Bình")
    same()


def test_a_local_rule_is_noticed_in_every_class(imported_world: World) -> None:
    assert kept(imported_world) == directly(imported_world)
    settings.put_setting(
        store=imported_world.store, actor=imported_world.actor(), name=SHOWN_COMPETENCIES[2], value="NL_NN"
    )
    found = kept(imported_world)
    assert found == directly(imported_world)
    assert any(item.rule == "trait.not_shown" for item in found)


def test_another_process_is_noticed(imported_world: World) -> None:
    """The change log tells, whoever wrote: here a second store on the same folder."""
    assert kept(imported_world) == directly(imported_world)
    other = store_verbs.open_store(imported_world.folder)
    try:
        actor = store_verbs.login(store=other, login=cast.ADMIN, password=PASSWORD)
        code = first_code(imported_world)
        fields.set_field(store=other, actor=actor, code=code, field="TOAN.level", value="")
    finally:
        other.close()
    found = kept(imported_world)
    assert found == directly(imported_world)
    assert any(item.rule == "level.missing" for item in found)


def test_pupils_alike_in_two_classes_are_found_when_one_changes(imported_world: World) -> None:
    assert kept(imported_world) == directly(imported_world)
    number = next(c for c in imported_world.made.classes if c.name == "1A").pupils[0].pupil.personal_id
    put(imported_world, "personal_id", number)
    found = kept(imported_world)
    assert found == directly(imported_world)
    assert {item.class_name for item in found if item.rule == "code.duplicate_elsewhere"} == {CLASS}


def test_periods_are_kept_apart(imported_world: World) -> None:
    assert kept(imported_world) == directly(imported_world)
    assert kept(imported_world, Period.CK1) == directly(imported_world, Period.CK1)
    assert any(item.rule == "results.none" for item in kept(imported_world, Period.CK1))


def test_only_what_changed_is_checked_again(imported_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = imported_world.actor()
    checks.check(store=imported_world.store, actor=admin)
    put(imported_world, "TOAN.level", "")
    ran: list[str] = []
    real = rules.run

    def run(klass: ClassYear, *others: Any) -> tuple[Finding, ...]:
        ran.append(klass.name)
        return real(klass, *others)

    def across(*_: object) -> tuple[Finding, ...]:
        raise AssertionError("nobody's list changed")

    monkeypatch.setattr(rules, "run", run)
    monkeypatch.setattr(rules, "run_across", across)
    checks.check(store=imported_world.store, actor=admin)
    assert ran == [CLASS]
    checks.check(store=imported_world.store, actor=admin)
    assert ran == [CLASS]


def test_a_look_that_was_stopped_keeps_what_it_did(imported_world: World) -> None:
    seen: list[str] = []

    class Stop(Exception):
        pass

    def each(state: ClassState) -> None:
        seen.append(state.summary.name)
        if len(seen) == 2:
            raise Stop

    with imported_world.store.reading() as session:
        with pytest.raises(Stop):
            states(imported_world.store, session, Period.CN, each=each)
        whole = states(imported_world.store, session, Period.CN)
    assert seen == ["1A", "2A"]
    assert [item.summary.name for item in whole] == imported_world.classes
    assert kept(imported_world) == directly(imported_world)


def test_each_class_is_told_as_it_finishes(imported_world: World) -> None:
    steps: list[tuple[int, int]] = []
    told: list[str] = []

    class Watch:
        def step(self, done: int, total: int, text: str) -> None:
            steps.append((done, total))

    done = checks.check_each(
        store=imported_world.store,
        actor=imported_world.actor(cast.CHECKER),
        found=lambda state: told.append(state.summary.name),
        progress=Watch(),
    )
    count = len(imported_world.classes)
    assert done == count
    assert told == imported_world.classes
    assert steps == [(number, count) for number in range(1, count + 1)]


def test_a_class_without_results_is_not_begun_and_no_mistake(listed_world: World) -> None:
    with listed_world.store.reading() as session:
        found = states(listed_world.store, session, Period.CN)
    assert all(not item.begun and item.errors == 0 for item in found)
    assert all(any(f.rule == "results.none" for f in item.findings) for item in found)
    assert "checks" not in of(listed_world, cast.CHECKER)
    board = classes.board(store=listed_world.store, actor=listed_world.actor())
    assert all(item.counts["check"][0] == 0 for item in board if not item.out_of_scope)


# --- badges -------------------------------------------------------------------------------------------------


def test_errors_are_those_of_the_screen(imported_world: World) -> None:
    put(imported_world, "TOAN.level", "")
    put(imported_world, "TV.level", "")
    put(imported_world, "TV.level", "", "1A")
    for login in (cast.CHECKER, cast.ADMIN, cast.VICE_PRINCIPAL):
        report = checks.check(store=imported_world.store, actor=imported_world.actor(login))
        badge = of(imported_world, login)["checks"]
        assert (badge.count, badge.tone) == (report.counts["error"], "err")
        assert badge.count == 3
        assert badge.words == "3 lỗi phải sửa ở 2 lớp"
    teacher = badges.badges(store=imported_world.store, actor=imported_world.teacher(CLASS))
    assert teacher["checks"] == Badge(2, "err", f"2 lỗi phải sửa ở {CLASS}")
    other = badges.badges(store=imported_world.store, actor=imported_world.teacher("2A"))
    assert "checks" not in other
    assert "checks" not in of(imported_world, cast.CLERK)


def test_a_finished_class_can_be_closed_then_approved_then_issued(imported_world: World) -> None:
    world, teacher = imported_world, imported_world.teacher(CLASS)
    mine = badges.badges(store=world.store, actor=teacher)
    assert mine["results"] == Badge(1, "primary", "1 lớp đủ kết quả, chốt được")
    gate.submit(store=world.store, actor=teacher, class_name=CLASS)
    assert badges.badges(store=world.store, actor=teacher) == {}
    assert of(world, cast.CHECKER)["checks"] == Badge(1, "primary", "1 lớp đã chốt, chờ duyệt")
    gate.approve(store=world.store, actor=world.actor(cast.CHECKER), class_name=CLASS)
    found = of(world, cast.CHECKER)
    assert "checks" not in found
    planned = issue.plan(store=world.store, actor=world.actor(cast.CHECKER), class_name=CLASS)
    assert found["transcripts"].count == len(planned.make) > 0
    assert "transcripts" not in of(world, cast.VICE_PRINCIPAL)


def test_remarks_wait_for_whoever_may_answer(imported_world: World) -> None:
    world = imported_world
    gate.submit(store=world.store, actor=world.teacher(CLASS), class_name=CLASS)
    gate.return_class(
        store=world.store,
        actor=world.actor(cast.CHECKER),
        class_name=CLASS,
        remarks=[NewRemark(first_code(world), "TV", "Viết rõ hơn"), NewRemark("", "", "Xem lại")],
    )
    mine = badges.badges(store=world.store, actor=world.teacher(CLASS))
    assert mine["results"] == Badge(2, "warn", "2 nhắc nhở của Tổ công tác chờ trả lời")
    assert "results" not in of(world, cast.CHECKER)
    other = badges.badges(store=world.store, actor=world.teacher("2A"))
    assert other["results"].tone == "primary"


@pytest.mark.parametrize("role", SigningRole)
def test_what_can_be_signed_is_what_signing_would_sign(issued_world: World, role: SigningRole) -> None:
    world = issued_world
    for before in list(SigningRole)[: list(SigningRole).index(role)]:
        world.sign(before)
    logins = (cast.ADMIN, cast.VICE_PRINCIPAL, cast.CLERK, world.teacher(CLASS).login)
    action = {
        SigningRole.TEACHER: Action.SIGN_TEACHER,
        SigningRole.LEADER: Action.SIGN_LEADER,
        SigningRole.SEAL: Action.SEAL,
    }[role]
    numbers = []
    for login in logins:
        actor = world.actor(login)
        tasks = signing_plan.make_plan(
            store=world.store, actor=actor, role=role, class_name=None, ids=None
        ).tasks
        wanted = len([task for task in tasks if allowed(actor, action, task.version.class_name)])
        badge = of(world, login).get("signing")
        assert (badge.count if badge else 0) == wanted, login
        numbers.append(wanted)
    assert max(numbers) == world.pupils_in_scope


def test_the_outbox_waits_for_the_clerk_and_a_refusal_comes_first(sealed_world: World) -> None:
    world = sealed_world
    count = world.pupils_in_scope
    assert of(world, cast.CLERK)["delivery"] == Badge(count, "primary", f"{count} học bạ chờ gửi")
    assert "delivery" not in of(world, cast.CHECKER)
    refuse(world)
    assert of(world, cast.CLERK)["delivery"] == Badge(1, "warn", "1 học bạ bị từ chối")
    assert of(world, cast.VICE_PRINCIPAL)["delivery"].tone == "warn"
    queue = outbox.queue(store=world.store, actor=world.actor(cast.CLERK))
    assert sum(parcel.state == "rejected" for parcel in queue.parcels) == 1
    teacher = badges.badges(store=world.store, actor=world.teacher(CLASS))
    assert "delivery" not in teacher


def refuse(world: World) -> None:
    with world.store.transaction() as session:
        item = outbox_rows.items(session)[0]
        outbox_rows.mark(
            session,
            item.id,
            state=OutboxState.REJECTED,
            attempts=1,
            next_try=None,
            message="Kho nhận từ chối",
            at=clock.now(),
        )


def test_counting_again_is_quick(imported_world: World) -> None:
    actor: Actor = imported_world.actor()
    badges.badges(store=imported_world.store, actor=actor)
    begun = time.perf_counter()
    badges.badges(store=imported_world.store, actor=actor)
    assert time.perf_counter() - begun < 0.5


# --- the overview -------------------------------------------------------------------------------------------


def test_milestones_count_what_is_done_and_who_is_late(imported_world: World) -> None:
    world = imported_world
    put(world, "TOAN.level", "")
    gate.submit(store=world.store, actor=world.teacher("1A"), class_name="1A")
    gate.approve(store=world.store, actor=world.actor(cast.CHECKER), class_name="1A")
    found = overview.overview(store=world.store, actor=world.actor())
    assert len(found.deadlines) == 5
    by_code = {item.milestone.code: item for item in found.deadlines}
    total = len(world.classes)
    assert (by_code["results"].done, by_code["results"].open_classes) == (total - 1, (CLASS,))
    assert (by_code["checking"].done, by_code["checking"].total) == (1, total)
    assert by_code["signing"].of_transcripts
    assert (by_code["signing"].done, by_code["signing"].total) == (0, world.pupils_in_scope)
    assert by_code["completion"].total == 0
    assert by_code["results"].late(by_code["results"].milestone.ends) is False
    assert by_code["results"].late(found.today) is (found.today > by_code["results"].milestone.ends)


def test_the_overview_tells_of_the_own_certificate(issued_world: World) -> None:
    world = issued_world
    found = overview.overview(store=world.store, actor=world.actor(cast.CLERK))
    assert all(item.role is SigningRole.SEAL for item in found.expiring)
    assert all(item.days <= overview.WARN_DAYS for item in found.expiring)
    nobody = overview.overview(store=world.store, actor=world.actor(cast.CHECKER))
    assert nobody.expiring == ()


def test_the_board_names_the_teacher_and_the_last_step(imported_world: World) -> None:
    world = imported_world
    gate.submit(store=world.store, actor=world.teacher(CLASS), class_name=CLASS)
    gate.return_class(
        store=world.store, actor=world.actor(cast.CHECKER), class_name=CLASS, reason="Xem lại nhận xét"
    )
    (mine,) = classes.board(store=world.store, actor=world.teacher(CLASS))
    assert mine.move is not None
    assert mine.move.returned
    assert (mine.move.reason, mine.move.actor) == ("Xem lại nhận xét", cast.CHECKER)
    assert mine.move.name == world.actor(cast.CHECKER).name
    assert mine.teacher == world.teacher(CLASS).name
    other = next(i for i in classes.board(store=world.store, actor=world.actor()) if i.name == "1A")
    assert other.move is None


# --- suggesting ---------------------------------------------------------------------------------------------


def test_a_suggestion_needs_the_right_and_an_open_gate(imported_world: World) -> None:
    world = imported_world
    asked = [NewRemark(first_code(world), "TV", "Viết rõ hơn")]
    with pytest.raises(NotAllowed) as refused:
        remarks.suggest(store=world.store, actor=world.teacher(CLASS), class_name=CLASS, remarks=asked)
    assert refused.value.code == "account.not_allowed"
    checker = world.actor(cast.CHECKER)
    report = remarks.suggest(store=world.store, actor=checker, class_name=CLASS, remarks=asked)
    assert (report.made, report.changes.ids) == (1, frozenset({CLASS}))
    with world.store.reading() as session:
        newest = entries(session, limit=1)[0]
    assert (newest.kind, newest.new) == ("remark", "Viết rõ hơn")
    gate.submit(store=world.store, actor=world.teacher(CLASS), class_name=CLASS)
    gate.approve(store=world.store, actor=checker, class_name=CLASS)
    with pytest.raises(NotAllowed) as closed:
        remarks.suggest(store=world.store, actor=checker, class_name=CLASS, remarks=asked)
    assert closed.value.code == "workflow.already_approved"


def test_findings_are_named_as_the_gate_names_them(imported_world: World) -> None:
    put(imported_world, "TV.comment", "em đọc tốt")
    for finding in kept(imported_world):
        assert fingerprint(finding, Period.CN).startswith(finding.id)
        assert finding.severity in Severity
