"""Codes of printed pages against the store: current, replaced, revoked, and what is not ours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import UserError
from app.models import transcripts
from app.models.values import VersionRecord
from app.records.page_code import CodeStatus, PageCode, page_code
from app.records.types import TranscriptState
from app.workflows import issue, page_codes
from tests.world import World


def some_version(world: World, class_name: str = "1A") -> VersionRecord:
    with world.store.reading() as session:
        return transcripts.current_versions(session, "2023-2024", class_name)[0]


def code_of(world: World, version: VersionRecord) -> PageCode:
    return page_code(
        school=world.made.school.code,
        transcript_id=version.transcript_id,
        version=version.version,
        data_sha256=version.data_sha256,
    )


def test_current_and_its_state(issued_world: World) -> None:
    version = some_version(issued_world)
    code = code_of(issued_world, version)
    for text in (code.typed, code.payload, f"{code.payload.lower()}\r"):
        found = page_codes.look_up(store=issued_world.store, text=text)
        assert (found.status, found.version) == (CodeStatus.CURRENT, 1)
        assert (found.transcript_id, found.issued_at) == (version.transcript_id, version.issued_at)
        assert found.state is TranscriptState.ISSUED
        assert "chưa có chữ ký của giáo viên chủ nhiệm" in found.message


def test_a_sealed_one_says_so(sealed_world: World) -> None:
    code = code_of(sealed_world, some_version(sealed_world))
    found = page_codes.look_up(store=sealed_world.store, text=code.payload)
    assert (found.status, found.state) == (CodeStatus.CURRENT, TranscriptState.SEALED)
    assert "đã đủ chữ ký và dấu" in found.message


def test_revoked_then_replaced_then_revoked_again(issued_world: World) -> None:
    world, admin = issued_world, issued_world.actor()
    version = some_version(world)
    first = code_of(world, version).typed

    def ask(text: str) -> page_codes.CodeReport:
        return page_codes.look_up(store=world.store, text=text)

    issue.revoke(store=world.store, actor=admin, code=version.pupil_code, reason="Sai số ngày nghỉ")
    found = ask(first)
    assert (found.status, found.replaced_by) == (CodeStatus.REVOKED, None)
    assert found.revoked_reason == "Sai số ngày nghỉ"
    world.issue_all()
    found = ask(first)
    assert (found.status, found.replaced_by) == (CodeStatus.REPLACED, 2)
    assert "bản 2" in found.message
    second = code_of(world, some_version(world)).typed
    assert ask(second).status is CodeStatus.CURRENT
    issue.revoke(store=world.store, actor=admin, code=version.pupil_code, reason="Nhầm lớp")
    assert (ask(first).status, ask(first).replaced_by) == (CodeStatus.REVOKED, None)
    assert ask(second).status is CodeStatus.REVOKED


def test_what_is_not_in_the_store(issued_world: World) -> None:
    code = code_of(issued_world, some_version(issued_world))
    foreign = replace(code, handle="0" * 16, school="79000001")
    cases = {
        replace(code, handle="0" * 16).payload: CodeStatus.UNKNOWN,
        replace(code, handle="0" * 16).typed: CodeStatus.UNKNOWN,
        replace(code, version=7).payload: CodeStatus.UNKNOWN,
        foreign.payload: CodeStatus.NOT_ISSUED_HERE,
        foreign.typed: CodeStatus.UNKNOWN,
        replace(code, data="0" * 10).payload: CodeStatus.ALTERED,
    }
    found = {text: page_codes.look_up(store=issued_world.store, text=text) for text in cases}
    assert {text: report.status for text, report in found.items()} == cases
    assert "79000001" in found[foreign.payload].message


def test_the_name_is_for_those_who_may_look_up(issued_world: World) -> None:
    version = some_version(issued_world, "1A")
    text = code_of(issued_world, version).payload

    def name(login: str | None) -> str | None:
        actor = issued_world.actor(login) if login else None
        return page_codes.look_up(store=issued_world.store, text=text, actor=actor).pupil

    assert name(None) is None
    assert name("quantri") == version.pupil_name
    own, other = issued_world.teacher("1A"), issued_world.teacher("2A")
    assert name(own.login) == version.pupil_name
    assert name(other.login) is None


def test_a_misread_code_is_refused(issued_world: World) -> None:
    code = code_of(issued_world, some_version(issued_world)).typed
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    with pytest.raises(UserError) as caught:
        page_codes.look_up(store=issued_world.store, text=wrong)
    assert caught.value.code == "code.misread"


def test_identifiers_of_another_form_are_found(issued_world: World) -> None:
    """A store may hold identifiers that are not 16 hexadecimal digits."""
    version = some_version(issued_world)
    with issued_world.store.transaction() as session:
        transcripts.add_version(
            session,
            transcript_id="HB-94722001-0001",
            version=1,
            enrolment_key=version.enrolment_key,
            xml=b"<x/>",
            pdf=b"%PDF-",
            data_sha256=version.data_sha256,
            issued_at=version.issued_at,
            replaces=None,
            actor="quantri",
        )
    code = code_of(issued_world, replace(version, transcript_id="HB-94722001-0001"))
    found = page_codes.look_up(store=issued_world.store, text=code.typed)
    assert (found.status, found.transcript_id) == (CodeStatus.CURRENT, "HB-94722001-0001")
