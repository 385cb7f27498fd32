"""The gate of a class: closing, approving, returning, reopening, and accepting warnings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.errors import NotAllowed, UserError
from app.messages import sentence
from app.models import changelog
from app.models.values import LogEntry
from app.records.types import Finding, Period, Role, Severity, Stage
from app.workflows import checks, classes, fields, gate, people, remarks, settings
from app.workflows.remarks import NewRemark
from tests.world import PASSWORD, World

WORDING = "award.wording"
"""A warning: the title of an older circular."""


def stage(world: World, name: str) -> Stage:
    found = classes.open_class(store=world.store, actor=world.actor(), class_name=name)
    return found.stages.get(Period.CN, Stage.OPEN)


def code_of(world: World, place: int = 0, name: str = "1A") -> str:
    """Class 1A: the first pupil is HTXS with the title recorded, the second HTT."""
    return next(klass for klass in world.made.classes if klass.name == name).pupils[place].pupil.code


def put(world: World, field: str, value: str, place: int = 0, name: str = "1A") -> None:
    code = code_of(world, place, name)
    fields.set_field(store=world.store, actor=world.actor(), code=code, field=field, value=value)


def findings(world: World, class_name: str | None = "1A") -> dict[str, Finding]:
    report = checks.check(store=world.store, actor=world.actor(), class_name=class_name)
    return {item.rule: item for item in report.findings}


def warned(world: World) -> str:
    """Give the second pupil of 1A a title with the wrong name; returns the id of the warning."""
    put(world, "award", "Học sinh Giỏi", place=1)
    return findings(world)[WORDING].id


def accept(world: World, login: str, *ids: str, reason: str = "Quyết định riêng") -> gate.AcceptReport:
    actor = world.actor(login)
    return gate.accept(store=world.store, actor=actor, class_name="1A", ids=ids, reason=reason)


def unaccept(world: World, login: str, *ids: str, reason: str = "Nhầm") -> gate.AcceptReport:
    actor = world.actor(login)
    return gate.unaccept(store=world.store, actor=actor, class_name="1A", ids=ids, reason=reason)


def log(world: World, kind: str) -> list[LogEntry]:
    """Entries of a kind, newest first; the chain must hold."""
    with world.store.reading() as session:
        assert changelog.verify_chain(session).ok
        return [entry for entry in changelog.entries(session, limit=100) if entry.kind == kind]


def subject_teacher(world: World, subject: str = "TOAN", class_name: str = "1A") -> str:
    people.add_account(
        store=world.store,
        actor=world.actor(),
        login="bomon",
        name="Lâm Văn Tín",
        roles=[Role.SUBJECT_TEACHER],
        classes=[class_name],
        subjects=[subject],
        password=PASSWORD,
    )
    return "bomon"


# --- closing and approving ------------------------------------------------------------------------------


def test_submit_confirms_what_was_left_to_the_proposal(imported_world: World) -> None:
    gate.submit(store=imported_world.store, actor=imported_world.teacher("1A"), class_name="1A")
    for item in checks.classify(store=imported_world.store, actor=imported_world.actor(), class_name="1A"):
        assert item.entry.outcome.confirmed is item.proposal.code is not None
        assert item.entry.outcome.completed is not None
    assert stage(imported_world, "1A") is Stage.SUBMITTED
    with pytest.raises(NotAllowed) as caught:
        put(imported_world, "height", "120")
    assert caught.value.code == "workflow.class_closed"


def test_submit_confirms_before_it_looks(imported_world: World) -> None:
    put(imported_world, "confirmed", "")
    assert "class.unconfirmed" in findings(imported_world)
    report = gate.submit(store=imported_world.store, actor=imported_world.teacher("1A"), class_name="1A")
    assert [item.rule for item in report.findings] == []


@pytest.mark.parametrize(
    ("place", "recorded", "after"),
    [
        (0, "", ("Đạt danh hiệu Học sinh Xuất sắc",)),
        (0, "Đạt giải Nhì hội thi viết chữ đẹp", ("Đạt giải Nhì hội thi viết chữ đẹp",)),
        (1, "", ()),
    ],
)
def test_closing_writes_the_computed_title_where_no_award_is(
    imported_world: World, place: int, recorded: str, after: tuple[str, ...]
) -> None:
    put(imported_world, "award", recorded, place)
    gate.submit(store=imported_world.store, actor=imported_world.teacher("1A"), class_name="1A")
    klass = classes.open_class(store=imported_world.store, actor=imported_world.actor(), class_name="1A")
    code = code_of(imported_world, place)
    assert next(e for e in klass.pupils if e.pupil.code == code).outcome.awards == after
    told = [entry for entry in log(imported_world, "result") if entry.field == "awards"]
    by_closing = [(entry.old, entry.new) for entry in told if entry.actor == "gv1a"]
    assert len(by_closing) == (1 if after and not recorded else 0)
    assert all(old == "[]" for old, _ in by_closing)


def test_submit_demands_zero_errors(listed_world: World) -> None:
    with pytest.raises(NotAllowed) as caught:
        gate.submit(store=listed_world.store, actor=listed_world.teacher("1A"), class_name="1A")
    assert caught.value.code == "workflow.class_has_errors"
    assert stage(listed_world, "1A") is Stage.OPEN


def test_a_refused_submit_confirms_nothing(imported_world: World) -> None:
    put(imported_world, "award", "")
    put(imported_world, "TV.level", "", place=1)
    with pytest.raises(NotAllowed) as caught:
        gate.submit(store=imported_world.store, actor=imported_world.teacher("1A"), class_name="1A")
    assert caught.value.code == "workflow.class_has_errors"
    klass = classes.open_class(store=imported_world.store, actor=imported_world.actor(), class_name="1A")
    assert [entry.outcome.awards for entry in klass.pupils] == [(), ()]
    assert log(imported_world, "stage") == []


def test_an_error_that_only_two_classes_show_stops_the_later_one(imported_world: World) -> None:
    holder = next(klass for klass in imported_world.made.classes if klass.name == "1A").pupils[0]
    put(imported_world, "personal_id", holder.pupil.personal_id, name="2A")
    rule = "code.duplicate_elsewhere"
    assert findings(imported_world, "2A")[rule] == findings(imported_world, None)[rule]
    with pytest.raises(NotAllowed) as caught:
        gate.submit(store=imported_world.store, actor=imported_world.teacher("2A"), class_name="2A")
    assert caught.value.code == "workflow.class_has_errors"
    gate.submit(store=imported_world.store, actor=imported_world.teacher("1A"), class_name="1A")
    assert stage(imported_world, "1A") is Stage.SUBMITTED


def test_order_of_the_stages(imported_world: World) -> None:
    admin = imported_world.actor()
    with pytest.raises(NotAllowed) as caught:
        gate.approve(store=imported_world.store, actor=admin, class_name="1A")
    assert caught.value.code == "workflow.not_submitted"
    gate.submit(store=imported_world.store, actor=admin, class_name=" 1A ")
    with pytest.raises(NotAllowed) as caught:
        gate.submit(store=imported_world.store, actor=admin, class_name="1A")
    assert caught.value.code == "workflow.already_submitted"
    gate.approve(store=imported_world.store, actor=imported_world.actor("tocongtac"), class_name="1A")
    with pytest.raises(NotAllowed) as caught:
        gate.approve(store=imported_world.store, actor=admin, class_name="1A")
    assert caught.value.code == "workflow.already_approved"
    moves = [(entry.actor, entry.field, entry.old, entry.new) for entry in log(imported_world, "stage")]
    assert moves == [
        ("tocongtac", "CN", "submitted", "approved"),
        ("quantri", "CN", "open", "submitted"),
    ]


@pytest.mark.parametrize(
    ("login", "class_name", "verb"),
    [
        ("gv1a", "2A", gate.submit),
        ("tocongtac", "1A", gate.submit),
        ("bomon", "1A", gate.submit),
        ("gv1a", "1A", gate.approve),
        ("bomon", "1A", gate.approve),
        ("vanthu", "1A", gate.approve),
    ],
)
def test_who_may_not_move_a_class(
    imported_world: World, login: str, class_name: str, verb: Callable[..., gate.StageReport]
) -> None:
    subject_teacher(imported_world)
    with pytest.raises(NotAllowed) as caught:
        verb(store=imported_world.store, actor=imported_world.actor(login), class_name=class_name)
    assert caught.value.code == "account.not_allowed"
    assert stage(imported_world, class_name) is Stage.OPEN


def test_reopen_needs_a_reason_and_logs_it(approved_world: World) -> None:
    actor = approved_world.actor("tocongtac")
    with pytest.raises(UserError):
        gate.reopen(store=approved_world.store, actor=actor, class_name="1A", reason=" ")
    gate.reopen(store=approved_world.store, actor=actor, class_name="1A", reason="Nhầm điểm Toán")
    assert stage(approved_world, "1A") is Stage.OPEN
    entry = log(approved_world, "stage")[0]
    assert (entry.actor, entry.old, entry.new) == ("tocongtac", "approved", "open")
    assert entry.reason == "Nhầm điểm Toán"
    with pytest.raises(NotAllowed) as caught:
        gate.reopen(store=approved_world.store, actor=actor, class_name="1A", reason="Nữa")
    assert caught.value.code == "workflow.already_open"


# --- returning ------------------------------------------------------------------------------------------


def give_back(world: World, login: str, reason: str = "", *notes: NewRemark) -> gate.StageReport:
    actor = world.actor(login)
    return gate.return_class(
        store=world.store, actor=actor, class_name="1A", period=Period.CN, reason=reason, remarks=notes
    )


def closed(world: World) -> World:
    gate.submit(store=world.store, actor=world.teacher("1A"), class_name="1A")
    return world


@pytest.mark.parametrize("login", ["tocongtac", "phohieutruong", "quantri"])
def test_a_submitted_class_is_returned_with_a_reason(imported_world: World, login: str) -> None:
    report = give_back(closed(imported_world), login, "Xem lại nhận xét")
    assert (report.stage, stage(imported_world, "1A")) == (Stage.OPEN, Stage.OPEN)
    entry = log(imported_world, "stage")[0]
    assert (entry.actor, entry.old, entry.new) == (login, "submitted", "open")
    assert entry.reason == "Xem lại nhận xét"


def test_remarks_of_a_return_name_pupil_and_field(imported_world: World) -> None:
    pupil = closed(imported_world).made.classes[0].pupils[0].pupil
    notes = (
        NewRemark(pupil.personal_id, "TOAN", "Nhận xét chép của bạn."),
        NewRemark("", "", "Cả lớp xem lại ngày nghỉ"),
    )
    give_back(imported_world, "tocongtac", "", *notes)
    found = remarks.remarks(store=imported_world.store, actor=imported_world.teacher("1A"))
    assert [(item.pupil_code, item.field, item.content, item.author) for item in found] == [
        (pupil.code, "TOAN", "Nhận xét chép của bạn.", "tocongtac"),
        ("", "", "Cả lớp xem lại ngày nghỉ", "tocongtac"),
    ]
    told = [(entry.actor, entry.field, entry.old, entry.new) for entry in log(imported_world, "remark")]
    assert told == [
        ("tocongtac", "CN.", None, "Cả lớp xem lại ngày nghỉ"),
        ("tocongtac", "CN.TOAN", None, "Nhận xét chép của bạn."),
    ]


@pytest.mark.parametrize(
    ("note", "code"),
    [
        (NewRemark("0000", "TOAN", "Sửa"), "workflow.no_pupil_in_class"),
        (NewRemark("", "KHONG", "Sửa"), "workflow.no_field"),
        (NewRemark("", "TOAN", "  "), "workflow.remark_empty"),
    ],
)
def test_one_bad_remark_stops_the_return(imported_world: World, note: NewRemark, code: str) -> None:
    closed(imported_world)
    with pytest.raises(UserError) as caught:
        give_back(imported_world, "tocongtac", "Lý do", NewRemark("", "", "Đúng"), note)
    assert caught.value.code == code
    assert sentence(caught.value)[0].isupper()
    assert stage(imported_world, "1A") is Stage.SUBMITTED
    assert remarks.remarks(store=imported_world.store, actor=imported_world.actor()) == ()
    assert log(imported_world, "remark") == []


def test_what_cannot_be_returned(imported_world: World) -> None:
    with pytest.raises(NotAllowed) as caught:
        give_back(imported_world, "tocongtac", "Lý do")
    assert caught.value.code == "workflow.return_open"
    with pytest.raises(UserError) as empty:
        give_back(closed(imported_world), "tocongtac", "  ")
    assert empty.value.code == "workflow.return_empty"
    gate.approve(store=imported_world.store, actor=imported_world.actor(), class_name="1A")
    with pytest.raises(NotAllowed) as caught:
        give_back(imported_world, "tocongtac", "Lý do")
    assert caught.value.code == "workflow.return_approved"
    assert stage(imported_world, "1A") is Stage.APPROVED


@pytest.mark.parametrize("login", ["gv1a", "gv2a", "bomon", "vanthu"])
def test_who_may_not_return(imported_world: World, login: str) -> None:
    subject_teacher(closed(imported_world))
    with pytest.raises(NotAllowed) as caught:
        give_back(imported_world, login, "Lý do")
    assert caught.value.code == "account.not_allowed"
    assert stage(imported_world, "1A") is Stage.SUBMITTED


# --- accepting ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["gv1a", "tocongtac", "phohieutruong", "quantri"])
def test_a_warning_is_accepted_with_a_reason(imported_world: World, login: str) -> None:
    number = warned(imported_world)
    report = accept(imported_world, login, number.upper(), number, reason=" Quyết định 12 ")
    assert [item.rule for item in report.findings] == [WORDING]
    found = findings(imported_world)[WORDING]
    assert found == report.findings[0]
    assert found.accepted is not None
    assert (found.accepted.reason, found.accepted.by) == ("Quyết định 12", login)
    assert found == findings(imported_world, None)[WORDING]
    (entry,) = log(imported_world, "accept")
    assert (entry.actor, entry.entity, entry.field) == (login, f"enrolment:{found.key}", "CN.awards")
    assert (entry.old, entry.new, entry.reason) == (None, found.message, "Quyết định 12")
    counts = checks.check(store=imported_world.store, actor=imported_world.actor()).counts
    assert (counts["warning"], counts["accepted"]) == (1, 1)


@pytest.mark.parametrize("login", ["gv2a", "bomon", "vanthu"])
def test_who_may_not_accept(imported_world: World, login: str) -> None:
    subject_teacher(imported_world)
    number = warned(imported_world)
    with pytest.raises(NotAllowed) as caught:
        accept(imported_world, login, number)
    assert caught.value.code == "account.not_allowed"
    assert findings(imported_world)[WORDING].accepted is None


def test_only_warnings_are_accepted_and_all_of_them_or_none(imported_world: World) -> None:
    number = warned(imported_world)
    put(imported_world, "award", "")
    put(imported_world, "TV.level", "", place=1)
    found = findings(imported_world)
    error = next(item for item in found.values() if item.severity is Severity.ERROR)
    cases = (
        (error.id, "workflow.accept_error"),
        (found["award.missing"].id, "workflow.accept_note"),
        ("0123456789", "workflow.no_finding"),
    )
    for other, code in cases:
        with pytest.raises(UserError) as caught:
            accept(imported_world, "gv1a", number, other)
        assert caught.value.code == code
        assert isinstance(caught.value, NotAllowed) is (code != "workflow.no_finding")
        assert sentence(caught.value)[0] in "“L"
    with pytest.raises(UserError) as silent:
        accept(imported_world, "gv1a", number, reason=" ")
    assert silent.value.code == "workflow.reason_missing"
    assert findings(imported_world)[WORDING].accepted is None
    assert log(imported_world, "accept") == []


def test_an_acceptance_ends_with_its_sentence_and_stays_as_history(imported_world: World) -> None:
    accept(imported_world, "gv1a", warned(imported_world))
    put(imported_world, "award", "Học sinh Tiên tiến", place=1)
    assert findings(imported_world)[WORDING].accepted is None
    with pytest.raises(UserError) as caught:
        unaccept(imported_world, "gv1a", findings(imported_world)[WORDING].id)
    assert caught.value.code == "workflow.not_accepted"
    warned(imported_world)
    again = findings(imported_world)[WORDING].accepted
    assert again is not None
    assert again.reason == "Quyết định riêng"


def test_an_acceptance_is_taken_back_with_a_reason(imported_world: World) -> None:
    number = warned(imported_world)
    accept(imported_world, "gv1a", number)
    with pytest.raises(NotAllowed) as caught:
        accept(imported_world, "tocongtac", number, reason="Khác")
    assert caught.value.code == "workflow.already_accepted"
    assert "gv1a" in sentence(caught.value)
    with pytest.raises(UserError):
        unaccept(imported_world, "tocongtac", number, reason="")
    report = unaccept(imported_world, "tocongtac", number, reason="Không đúng quyết định")
    assert report.findings[0].accepted is findings(imported_world)[WORDING].accepted is None
    (entry,) = log(imported_world, "unaccept")
    assert (entry.actor, entry.new, entry.reason) == ("tocongtac", None, "Không đúng quyết định")
    assert entry.old == report.findings[0].message
    accept(imported_world, "gv1a", number)
    assert findings(imported_world)[WORDING].accepted is not None


def test_once_approved_only_the_working_group_settles_warnings(imported_world: World) -> None:
    number = warned(imported_world)
    accept(closed(imported_world), "gv1a", number)
    gate.approve(store=imported_world.store, actor=imported_world.actor("tocongtac"), class_name="1A")
    with pytest.raises(NotAllowed) as caught:
        unaccept(imported_world, "gv1a", number)
    assert caught.value.code == "workflow.already_approved"
    unaccept(imported_world, "tocongtac", number)
    with pytest.raises(NotAllowed):
        accept(imported_world, "gv1a", number)
    accept(imported_world, "phohieutruong", number)
    assert findings(imported_world)[WORDING].accepted is not None


def test_what_the_school_makes_an_error_is_no_longer_accepted(imported_world: World) -> None:
    accept(imported_world, "gv1a", warned(imported_world))
    settings.put_setting(
        store=imported_world.store,
        actor=imported_world.actor(),
        name="check_severity",
        value=f"{WORDING}=error",
    )
    assert findings(imported_world)[WORDING].accepted is None
    with pytest.raises(NotAllowed) as caught:
        closed(imported_world)
    assert caught.value.code == "workflow.class_has_errors"


def test_submit_and_approve_show_what_is_accepted_and_what_is_open(imported_world: World) -> None:
    number = warned(imported_world)
    admin = imported_world.actor()
    report = gate.submit(store=imported_world.store, actor=admin, class_name="1A")
    assert [(item.id, item.accepted) for item in report.findings] == [(number, None)]
    accept(imported_world, "gv1a", number)
    report = gate.approve(store=imported_world.store, actor=admin, class_name="1A")
    assert [item.accepted is not None for item in report.findings] == [True]


def test_a_class_outside_the_circular_has_nothing_to_accept(imported_world: World) -> None:
    with pytest.raises(NotAllowed) as caught:
        gate.accept(
            store=imported_world.store,
            actor=imported_world.actor(),
            class_name="5A",
            ids=["0123456789"],
            reason="Có",
        )
    assert caught.value.code == "workflow.out_of_scope"
