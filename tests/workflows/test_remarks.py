"""Remarks of the working group: they show up as warnings until a teacher of the field answers."""

from __future__ import annotations

import pytest

from app.errors import NotAllowed, UserError
from app.messages import sentence
from app.models import changelog
from app.records.types import Period, Severity
from app.workflows import checks, gate, remarks
from app.workflows.remarks import NewRemark
from tests.workflows.test_gate import subject_teacher
from tests.world import World

TOLD = "Tổ công tác nhắc em {name} (môn Toán): “Nhận xét chép của bạn”. Sửa rồi trả lời nhắc nhở này."


@pytest.fixture
def returned(imported_world: World) -> World:
    """1A came back with three remarks: on Toán of its first pupil, on its second pupil, on the class."""
    gate.submit(store=imported_world.store, actor=imported_world.teacher("1A"), class_name="1A")
    first, second = (entry.pupil.code for entry in imported_world.made.classes[0].pupils)
    gate.return_class(
        store=imported_world.store,
        actor=imported_world.actor("tocongtac"),
        class_name="1A",
        remarks=(
            NewRemark(first, "TOAN", "Nhận xét chép của bạn."),
            NewRemark(second, "", "Xem lại cả em này"),
            NewRemark("", "homeroom_teacher", "Ghi đủ họ tên"),
        ),
    )
    return imported_world


def numbers(world: World) -> list[int]:
    found = remarks.remarks(store=world.store, actor=world.actor(), class_name="1A")
    return [item.id for item in found]


def resolve(world: World, login: str, number: int, answer: str = "Đã viết lại") -> remarks.ResolveReport:
    return remarks.resolve(store=world.store, actor=world.actor(login), id=number, answer=answer)


def test_open_remarks_are_warnings_on_pupil_and_field(returned: World) -> None:
    report = checks.check(store=returned.store, actor=returned.teacher("1A"), class_name="1A")
    found = [item for item in report.findings if item.rule == "remark.open"]
    first = returned.made.classes[0].pupils[0].pupil
    assert found[0].message == TOLD.format(name=first.name)
    assert (found[0].pupil_code, found[0].pupil, found[0].field) == (first.code, first.name, "TOAN")
    assert found[1].message.endswith(": “Xem lại cả em này”. Sửa rồi trả lời nhắc nhở này.")
    assert found[2].message.startswith("Tổ công tác nhắc lớp 1A (giáo viên chủ nhiệm): “Ghi")
    assert {item.severity for item in found} == {Severity.WARNING}
    everywhere = checks.check(store=returned.store, actor=returned.actor("tocongtac")).findings
    assert [item for item in everywhere if item.rule == "remark.open"] == found
    other_period = checks.check(store=returned.store, actor=returned.actor(), period=Period.CK1).findings
    assert "remark.open" not in {item.rule for item in other_period}


def test_a_remark_is_answered_not_accepted(returned: World) -> None:
    report = checks.check(store=returned.store, actor=returned.actor(), class_name="1A")
    with pytest.raises(NotAllowed) as caught:
        gate.accept(
            store=returned.store,
            actor=returned.teacher("1A"),
            class_name="1A",
            ids=[report.findings[0].id],
            reason="Kệ",
        )
    assert caught.value.code == "workflow.accept_remark"


@pytest.mark.parametrize(
    ("login", "place"), [("gv1a", 0), ("gv1a", 1), ("gv1a", 2), ("quantri", 2), ("bomon", 0)]
)
def test_whoever_may_edit_the_field_answers(returned: World, login: str, place: int) -> None:
    subject_teacher(returned)
    number = numbers(returned)[place]
    report = resolve(returned, login, number, " Đã viết lại ")
    assert (report.remark.answer, report.remark.resolved_by) == ("Đã viết lại", login)
    assert number not in numbers(returned)
    everything = remarks.remarks(store=returned.store, actor=returned.actor(), everything=True)
    assert [item.id for item in everything if item.resolved_at is not None] == [number]
    with returned.store.reading() as session:
        entry = changelog.entries(session, limit=1)[0]
        assert changelog.verify_chain(session).ok
    assert (entry.actor, entry.kind, entry.old) == (login, "resolve", report.remark.content)
    assert (entry.new, entry.reason) == (None, "Đã viết lại")
    findings = checks.check(store=returned.store, actor=returned.actor(), class_name="1A").findings
    assert sum(item.rule == "remark.open" for item in findings) == 2


@pytest.mark.parametrize(
    ("login", "place"), [("gv2a", 0), ("bomon", 1), ("bomon", 2), ("tocongtac", 0), ("phohieutruong", 0)]
)
def test_nobody_else_answers(returned: World, login: str, place: int) -> None:
    subject_teacher(returned)
    number = numbers(returned)[place]
    with pytest.raises(NotAllowed) as caught:
        resolve(returned, login, number)
    assert caught.value.code == "account.not_allowed"
    assert number in numbers(returned)


def test_an_answer_says_something_and_is_final(returned: World) -> None:
    number = numbers(returned)[0]
    with pytest.raises(UserError) as caught:
        resolve(returned, "gv1a", number, "  ")
    assert caught.value.code == "workflow.answer_missing"
    resolve(returned, "gv1a", number)
    with pytest.raises(NotAllowed) as again:
        resolve(returned, "quantri", number, "Khác")
    assert again.value.code == "workflow.remark_resolved"
    assert "Đã viết lại" in sentence(again.value)
    with pytest.raises(UserError) as missing:
        resolve(returned, "gv1a", 999)
    assert missing.value.code == "workflow.no_remark"


def test_remarks_are_seen_by_those_who_see_the_class(returned: World) -> None:
    assert len(remarks.remarks(store=returned.store, actor=returned.teacher("1A"))) == 3
    assert remarks.remarks(store=returned.store, actor=returned.teacher("2A")) == ()
    assert remarks.remarks(store=returned.store, actor=returned.actor(), period=Period.GK1) == ()
    with pytest.raises(NotAllowed):
        remarks.remarks(store=returned.store, actor=returned.teacher("2A"), class_name="1A")
    with pytest.raises(UserError) as caught:
        remarks.remarks(store=returned.store, actor=returned.actor(), class_name="9Z")
    assert caught.value.code == "workflow.no_class"
