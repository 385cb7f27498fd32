"""Issuing: only approved classes, unchanged versions stay, revoked ones get a successor."""

from __future__ import annotations

import hashlib

import pytest

from app.errors import Cancelled, NotAllowed, UserError
from app.models import classes as class_rows
from app.models import transcripts
from app.models.pupils import set_pupil_field
from app.records.types import TranscriptState
from app.workflows import fields, gate, issue
from tests.world import QUIET, World


def codes(report: issue.IssueReport) -> dict[str, int]:
    return {
        code: sum(1 for s in report.skipped if s.code == code) for code in {s.code for s in report.skipped}
    }


def some_code(world: World, class_name: str = "1A") -> str:
    return next(c for c in world.made.classes if c.name == class_name).pupils[0].pupil.code


def test_every_pupil_in_scope_gets_one(approved_world: World) -> None:
    report = approved_world.issue_all()
    assert report.issued == approved_world.pupils_in_scope
    assert codes(report) == {"out_of_scope": 10 - approved_world.pupils_in_scope}
    again = approved_world.issue_all()
    assert again.issued == 0
    assert codes(again)["unchanged"] == report.issued


def test_documents_are_kept_with_their_hashes(issued_world: World) -> None:
    with issued_world.store.reading() as session:
        for version in transcripts.current_versions(session, "2023-2024"):
            documents = transcripts.documents(session, version.id)
            assert hashlib.sha256(documents.pdf).hexdigest() == version.pdf_sha256
            assert hashlib.sha256(documents.xml).hexdigest() == version.data_sha256


def test_class_that_is_not_approved(imported_world: World) -> None:
    with pytest.raises(NotAllowed) as caught:
        issue.issue(store=imported_world.store, actor=imported_world.actor(), class_name="1A", progress=QUIET)
    assert caught.value.code == "workflow.not_approved"
    report = imported_world.issue_all()
    assert report.issued == 0
    assert set(codes(report)) == {"not_approved", "out_of_scope"}


def test_teacher_may_not_issue(approved_world: World) -> None:
    with pytest.raises(NotAllowed):
        issue.issue(
            store=approved_world.store, actor=approved_world.teacher("1A"), class_name="1A", progress=QUIET
        )


def test_cancel_keeps_what_is_done(approved_world: World) -> None:
    class Impatient:
        def step(self, done: int, total: int, text: str) -> None:
            if done == 3:
                raise Cancelled

    with pytest.raises(Cancelled):
        issue.issue(store=approved_world.store, actor=approved_world.actor(), progress=Impatient())
    assert approved_world.issue_all().issued == approved_world.pupils_in_scope - 3


def test_changed_data_need_a_revocation_first(issued_world: World) -> None:
    admin = issued_world.actor()
    code = some_code(issued_world)
    gate.reopen(store=issued_world.store, actor=admin, class_name="1A", reason="Sai số ngày nghỉ")
    fields.set_field(store=issued_world.store, actor=admin, code=code, field="absent_excused", value="9")
    gate.submit(store=issued_world.store, actor=admin, class_name="1A")
    gate.approve(store=issued_world.store, actor=admin, class_name="1A")
    assert codes(issued_world.issue_all())["changed"] == 1
    issue.revoke(store=issued_world.store, actor=admin, code=code, reason="Sai số ngày nghỉ")
    assert issued_world.issue_all().issued == 1
    version = issue.current_version(store=issued_world.store, actor=admin, code=code)
    assert version is not None
    assert (version.version, version.replaces, version.state) == (2, 1, TranscriptState.ISSUED)


def test_revoking_needs_a_reason_and_the_right(issued_world: World) -> None:
    code = some_code(issued_world)
    with pytest.raises(NotAllowed):
        issue.revoke(store=issued_world.store, actor=issued_world.teacher("1A"), code=code, reason="x")
    with pytest.raises(UserError) as caught:
        issue.revoke(store=issued_world.store, actor=issued_world.actor(), code=code, reason="  ")
    assert caught.value.code == "workflow.reason_missing"


def test_preview_is_a_draft_of_any_of_the_codes(imported_world: World) -> None:
    pupil = next(c for c in imported_world.made.classes if c.name == "2A").pupils[0].pupil
    drafts = {
        issue.preview(store=imported_world.store, actor=imported_world.actor(), code=code)[:5]
        for code in (pupil.code, pupil.personal_id)
    }
    assert drafts == {b"%PDF-"}
    with pytest.raises(UserError) as caught:
        issue.preview(store=imported_world.store, actor=imported_world.actor(), code="khong-co")
    assert caught.value.code == "workflow.no_pupil"


def test_a_value_outside_the_national_form_stops_one_pupil_and_names_the_field(approved_world: World) -> None:
    code = some_code(approved_world)
    with approved_world.store.transaction() as session:
        key = class_rows.find_pupil(session, "2023-2024", code)[1].key
        set_pupil_field(session, key, "personal_id", "0942140000001", "quantri")
    report = approved_world.issue_all()
    assert report.issued == approved_world.pupils_in_scope - 1
    (refused,) = [item for item in report.skipped if item.code == "invalid"]
    assert refused.class_name == "1A"
    assert all(part in refused.reason for part in (refused.pupil, "số định danh cá nhân", "0942140000001"))
    assert issue.current_version(store=approved_world.store, actor=approved_world.actor(), code=code) is None
