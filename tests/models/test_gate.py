"""Accepted findings and remarks as they are kept, each with its entry in the change log."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import NotAllowed, UserError
from app.models import changelog, classes, gate
from app.models.store import Session, Store
from app.records.findings import fingerprint
from app.records.types import Finding, Period, Severity, Stage
from tests.models.samples import YEAR, add_pupil


def finding(key: int) -> Finding:
    return Finding("award.wording", Severity.WARNING, "3A", "1", "Kha", "awards", "Sai tên.", key=key)


def keep(session: Session, found: Finding, period: Period = Period.CN) -> str:
    mark = fingerprint(found, period)
    gate.accept(
        session, year=YEAR, period=period, finding=found, fingerprint=mark, reason=" Đúng thế ", actor="gv"
    )
    return mark


def note(session: Session, class_name: str = "3A", **values: object) -> int:
    given: dict[str, object] = {
        "period": Period.CN,
        "key": 0,
        "field": "",
        "content": "Xem lại",
        "reason": "Trả lại",
        **values,
    }
    return gate.add_remark(session, year=YEAR, class_name=class_name, actor="to", **given)  # type: ignore[arg-type]


def last(session: Session) -> tuple[str | None, ...]:
    one = changelog.entries(session, limit=1)[0]
    return one.actor, one.kind, one.entity, one.field, one.old, one.new, one.reason


def test_an_acceptance_is_kept_withdrawn_and_logged(store: Store) -> None:
    with store.transaction() as session:
        key = add_pupil(session).key
        mark = keep(session, finding(key))
        kept = gate.accepted(session, YEAR, Period.CN)
        assert [(name, item.reason, item.by) for name, item in kept.items()] == [(mark, "Đúng thế", "gv")]
        assert kept[mark].at.utcoffset() is not None
        assert last(session) == (
            *("gv", "accept", f"enrolment:{key}", "CN.awards", None, "Sai tên.", "Đúng thế"),
        )
        gate.withdraw(
            session,
            year=YEAR,
            period=Period.CN,
            finding=finding(key),
            fingerprint=mark,
            reason="Nhầm",
            actor="gv",
        )
        assert gate.accepted(session, YEAR, Period.CN) == {}
        assert last(session)[1:] == (
            *("unaccept", f"enrolment:{key}", "CN.awards", "Sai tên.", None, "Nhầm"),
        )
        assert changelog.verify_chain(session).ok


def test_an_acceptance_holds_for_its_period_and_year(store: Store) -> None:
    with store.transaction() as session:
        key = add_pupil(session).key
        keep(session, replace(finding(key), key=0), Period.CK1)
        assert len(gate.accepted(session, YEAR, Period.CK1)) == 1
        assert gate.accepted(session, YEAR, Period.CN) == {}
        assert gate.accepted(session, "2024-2025", Period.CK1) == {}
        assert last(session)[2] == f"class:{YEAR}:3A"


def test_remarks_are_listed_as_asked(store: Store) -> None:
    with store.transaction() as session:
        key = add_pupil(session).key
        add_pupil(session, "2A", code="2", personal_id="", vnedu_code="", name="Lý Ái")
        first = note(session, key=key, field="TOAN")
        second = note(session, "2A", period=Period.CK1)
        found = gate.remarks(session, YEAR)
        assert [(item.id, item.class_name, item.period, item.key) for item in found] == [
            (first, "3A", Period.CN, key),
            (second, "2A", Period.CK1, 0),
        ]
        assert (found[0].pupil, found[0].pupil_code, found[0].field) == (
            *("Thạch Thị Sóc Kha", "2500000001", "TOAN"),
        )
        assert (found[1].pupil, found[1].pupil_code) == ("", "")
        assert [item.id for item in gate.remarks(session, YEAR, names={"2A"})] == [second]
        assert [item.id for item in gate.remarks(session, YEAR, period=Period.CN)] == [first]
        assert gate.remarks(session, YEAR, names=()) == gate.remarks(session, "2024-2025") == ()


def test_a_remark_is_answered_once(store: Store) -> None:
    with store.transaction() as session:
        add_pupil(session)
        number = note(session)
        assert last(session) == (*("to", "remark", f"class:{YEAR}:3A", "CN.", None, "Xem lại", "Trả lại"),)
        answered = gate.resolve(session, year=YEAR, number=number, answer=" Đã sửa ", actor="gv")
        assert (answered.answer, answered.resolved_by) == ("Đã sửa", "gv")
        assert answered.resolved_at is not None
        assert last(session)[:2] == ("gv", "resolve")
        assert last(session)[4:] == ("Xem lại", None, "Đã sửa")
        assert gate.remarks(session, YEAR) == ()
        assert gate.remarks(session, YEAR, everything=True) == (answered,)
        with pytest.raises(NotAllowed) as caught:
            gate.resolve(session, year=YEAR, number=number, answer="Lần nữa", actor="gv")
        assert caught.value.code == "workflow.remark_resolved"
        with pytest.raises(UserError) as missing:
            gate.remark(session, "2024-2025", number)
        assert missing.value.code == "workflow.no_remark"


def test_a_write_asks_for_an_open_class(store: Store) -> None:
    with store.transaction() as session:
        add_pupil(session)
        classes.demand_open(session, YEAR, "3A", Period.CN)
        classes.set_stage(
            session,
            year=YEAR,
            class_name="3A",
            period=Period.CN,
            stage=Stage.SUBMITTED,
            actor="gv",
            reason="",
            expected=Stage.OPEN,
        )
        classes.demand_open(session, YEAR, "3A", Period.CK1)
        with pytest.raises(NotAllowed) as caught:
            classes.demand_open(session, YEAR, "3A", Period.CN)
        assert caught.value.code == "workflow.class_closed"
        classes.demand_stage(session, YEAR, "3A", Period.CN, Stage.SUBMITTED)
        with pytest.raises(NotAllowed) as moved:
            classes.demand_stage(session, YEAR, "3A", Period.CN, Stage.OPEN)
        assert (moved.value.code, moved.value.facts["now"]) == ("workflow.stage_changed", "đã chốt")
