"""Looking through a class: the contact sheet, drafts, and kept PDFs in one reading."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from app.demo import cast as demo_cast
from app.errors import NotAllowed, UserError
from app.records.types import TranscriptState
from app.workflows import classes, issue, previews
from tests.world import World


def test_the_sheet_has_every_pupil_in_order_with_the_newest_version(issued_world: World) -> None:
    world = issued_world
    sheet = previews.open_sheet(store=world.store, actor=world.actor(), class_name="3A")
    klass = classes.open_class(store=world.store, actor=world.actor(), class_name="3A")
    assert [card.entry for card in sheet.cards] == list(klass.pupils)
    assert [card.place for card in sheet.cards] == list(range(1, len(klass.pupils) + 1))
    assert {card.version.state for card in sheet.cards if card.version} == {TranscriptState.ISSUED}
    code = sheet.cards[0].entry.pupil.code
    issue.revoke(store=world.store, actor=world.actor(demo_cast.VICE_PRINCIPAL), code=code, reason="Sai tên")
    again = previews.open_sheet(store=world.store, actor=world.actor(), class_name="3A")
    assert again.cards[0].version is not None
    assert again.cards[0].version.state is TranscriptState.REVOKED
    assert again.same_frame(sheet)


def test_findings_are_counted_for_each_pupil(listed_world: World) -> None:
    sheet = previews.open_sheet(store=listed_world.store, actor=listed_world.actor(), class_name="3A")
    assert all(card.version is None for card in sheet.cards)
    assert all(card.errors > 0 for card in sheet.cards)


def test_a_draft_reads_nothing_and_is_the_preview_of_the_pupil(imported_world: World) -> None:
    world = imported_world
    sheet = previews.open_sheet(store=world.store, actor=world.actor(), class_name="3A")
    world.store.close()
    first, second = (previews.draft(sheet, card.entry) for card in sheet.cards[:2])
    assert first.startswith(b"%PDF-")
    assert first != second
    assert previews.draft(sheet, sheet.cards[0].entry) == first


def test_kept_pdfs_of_a_class_come_in_one_reading(issued_world: World) -> None:
    world = issued_world
    sheet = previews.open_sheet(store=world.store, actor=world.actor(), class_name="3A")
    versions = [card.version for card in sheet.cards if card.version]
    found = previews.stored_pdfs(store=world.store, actor=world.actor(), versions=versions)
    digests = {number: hashlib.sha256(pdf).hexdigest() for number, pdf in found.items()}
    assert digests == {version.id: version.pdf_sha256 for version in versions}


def test_a_copy_has_the_same_bytes(issued_world: World, tmp_path: Path) -> None:
    world = issued_world
    sheet = previews.open_sheet(store=world.store, actor=world.actor(), class_name="3A")
    version = sheet.cards[0].version
    assert version is not None
    target = tmp_path / "học bạ.pdf"
    previews.save_pdf(store=world.store, actor=world.actor(), version=version, target=target)
    assert hashlib.sha256(target.read_bytes()).hexdigest() == version.pdf_sha256
    with pytest.raises(UserError) as told:
        previews.save_pdf(
            store=world.store, actor=world.actor(), version=version, target=tmp_path / "không có" / "a.pdf"
        )
    assert told.value.code == "workflow.cannot_write"


def test_another_teacher_sees_neither_sheet_nor_document(issued_world: World) -> None:
    world = issued_world
    other = world.teacher("1A")
    with pytest.raises(NotAllowed):
        previews.open_sheet(store=world.store, actor=other, class_name="3A")
    sheet = previews.open_sheet(store=world.store, actor=world.actor(), class_name="3A")
    version = sheet.cards[0].version
    assert version is not None
    with pytest.raises(NotAllowed):
        previews.stored_pdf(store=world.store, actor=other, version=version)


def test_grade_5_has_no_drafts(imported_world: World) -> None:
    sheet = previews.open_sheet(store=imported_world.store, actor=imported_world.actor(), class_name="5A")
    assert "Khối 5" in sheet.outside
    with pytest.raises(NotAllowed):
        previews.draft(sheet, sheet.cards[0].entry)
