"""Names by date of validity in transcripts, pictures in signatures, the booklet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from app.errors import NotAllowed, UserError
from app.models import transcripts
from app.models.values import Documents
from app.records.types import SigningRole, TranscriptData, Untaught
from app.transcript.xml import parse_xml
from app.workflows import booklet, exports, issue, school, settings
from tests.transcript.reading import run, stored, text_of
from tests.transcript.test_pictures import png
from tests.workflows.test_issue import codes, some_code
from tests.world import World

NEW = {"commune": "Xã Mỹ Hương", "district": "", "province": "Thành phố Cần Thơ", "body": "UBND XÃ MỸ HƯƠNG"}


def name(world: World, day: date, given: Mapping[str, str] = NEW) -> None:
    school.set_names(store=world.store, actor=world.actor(), valid_from=day, given=given)


def put(world: World, setting: str, value: str) -> None:
    settings.put_setting(store=world.store, actor=world.actor(), name=setting, value=value)


def documents(world: World, class_name: str = "1A") -> Documents:
    found = issue.stored_documents(store=world.store, actor=world.actor(), code=some_code(world, class_name))
    assert found is not None
    return found


def data(world: World, class_name: str = "1A") -> TranscriptData:
    return parse_xml(documents(world, class_name).xml)


def test_a_year_keeps_its_names_however_late_it_is_issued(approved_world: World) -> None:
    name(approved_world, date(2025, 7, 1))
    approved_world.issue_all()
    found = data(approved_world)
    assert (found.school.commune, found.school.district) == ("Thuận Hưng", "Mỹ Tú")
    assert found.place == "Mỹ Hương"


def test_names_of_the_day_of_issue_where_the_school_wants_them(approved_world: World) -> None:
    name(approved_world, date(2025, 7, 1))
    put(approved_world, "form_names_on", "issue")
    approved_world.issue_all()
    assert (data(approved_world).school.district, data(approved_world).school.body) == (
        "",
        "UBND XÃ MỸ HƯƠNG",
    )


def test_later_names_leave_issued_versions_unchanged(issued_world: World) -> None:
    name(issued_world, date(2090, 1, 1))
    assert codes(issued_world.issue_all()).keys() == {"unchanged", "out_of_scope"}
    put(issued_world, "form_untaught", "struck")
    assert "changed" in codes(issued_world.issue_all())


def test_what_is_not_given_stays_as_it_was(listed_world: World) -> None:
    name(listed_world, date(2025, 7, 1))
    name(listed_world, date(2026, 9, 1), {"name": "Trường Tiểu học Mỹ Hương"})
    last = school.list_names(store=listed_world.store)[-1][1]
    assert (last.name, last.commune, last.district) == ("Trường Tiểu học Mỹ Hương", "Xã Mỹ Hương", "")


@pytest.mark.parametrize("field", ["name", "commune", "province"])
def test_names_are_never_empty(listed_world: World, field: str) -> None:
    with pytest.raises(UserError) as caught:
        name(listed_world, date(2025, 7, 1), {field: " "})
    assert caught.value.code == "workflow.school_name"


def test_only_the_administrator_names_the_school(listed_world: World) -> None:
    with pytest.raises(NotAllowed):
        school.set_names(
            store=listed_world.store, actor=listed_world.teacher("1A"), valid_from=date(2025, 7, 1), given=NEW
        )


def test_the_form_is_frozen_as_the_school_chose_it(approved_world: World) -> None:
    for setting, value in (("form_untaught", "struck"), ("form_guidance", "0"), ("form_order", "arts_first")):
        put(approved_world, setting, value)
    put(approved_world, "foreign_language", "Tiếng Pháp")
    approved_world.issue_all()
    low, high = data(approved_world, "1A"), data(approved_world, "3A")
    assert low.form.untaught is Untaught.STRUCK
    assert not low.form.guidance
    assert low.form.foreign_language == ("Tiếng Pháp" if "NN1" in low.subjects else "")
    assert high.form.foreign_language == "Tiếng Pháp"
    assert high.subjects.index("MT") < high.subjects.index("GDTC")


def test_the_class_summary_names_the_managing_body(approved_world: World, tmp_path: Path) -> None:
    name(approved_world, date(2020, 9, 1), {"body": "PHÒNG GD&ĐT HUYỆN MỸ TÚ"})
    file = tmp_path / "bang.pdf"
    exports.export(
        store=approved_world.store,
        actor=approved_world.actor(),
        kind="class-summary",
        class_name="1A",
        target=file,
    )
    assert "PHÒNG GD&ĐT HUYỆN MỸ TÚ" in text_of(file)


def test_pictures_stand_in_the_signatures(issued_world: World, tmp_path: Path) -> None:
    file = tmp_path / "anh.png"
    file.write_bytes(png())
    for holder in ("", "quantri"):
        login = issued_world.actor().login if holder else ""
        school.set_picture(store=issued_world.store, actor=issued_world.actor(), holder=login, file=file)
    for role in SigningRole:
        assert issued_world.sign(role).failed == ()
    assert school.picture_holders(store=issued_world.store)[0] == ""
    with pikepdf.open(BytesIO(documents(issued_world).pdf)) as pdf:
        looks = {str(field.T): field.AP.N for field in pdf.Root.AcroForm.Fields}
        assert "/XObject" in looks["PHATHANH"].Resources
        assert "/XObject" not in looks["CBQL"].Resources


@pytest.mark.parametrize(("holder", "code"), [("khong-co", "account.unknown"), ("", "workflow.no_file")])
def test_a_picture_needs_a_holder_and_a_file(
    listed_world: World, tmp_path: Path, holder: str, code: str
) -> None:
    file = tmp_path / "anh.png"
    if holder:
        file.write_bytes(png())
    with pytest.raises(UserError) as caught:
        school.set_picture(store=listed_world.store, actor=listed_world.actor(), holder=holder, file=file)
    assert caught.value.code == code


def test_a_picture_is_taken_away(listed_world: World, tmp_path: Path) -> None:
    file = tmp_path / "anh.png"
    file.write_bytes(png())
    for given in (file, None):
        school.set_picture(store=listed_world.store, actor=listed_world.actor(), holder="", file=given)
    assert school.picture_holders(store=listed_world.store) == ()


def test_a_booklet_of_what_is_sealed(sealed_world: World, tmp_path: Path) -> None:
    code = some_code(sealed_world)
    made = booklet.booklet(store=sealed_world.store, actor=sealed_world.actor(), code=code)
    assert (made.years, made.left_out) == (("2023-2024",), ())
    path = stored(made.pdf, tmp_path)
    text = text_of(path)
    with sealed_world.store.reading() as session:
        version = next(v for v in transcripts.current_versions(session, "2023-2024") if v.pupil_code == code)
        signers = [one.signer_name for one in transcripts.signatures(session, version.id)]
    assert version.transcript_id in text
    assert all("".join(signer.split()) in "".join(text.split()) for signer in signers)
    assert "hoc-ba-2023-2024.xml" in run("pdfdetach", "-list", path)


def test_no_booklet_before_the_seal(issued_world: World) -> None:
    with pytest.raises(NotAllowed) as caught:
        booklet.booklet(store=issued_world.store, actor=issued_world.actor(), code=some_code(issued_world))
    assert caught.value.code == "workflow.no_sealed_year"


def test_a_teacher_sees_only_the_own_class(sealed_world: World) -> None:
    with pytest.raises(NotAllowed):
        booklet.booklet(
            store=sealed_world.store, actor=sealed_world.teacher("2A"), code=some_code(sealed_world, "1A")
        )


def test_frames_agree_on_the_place_of_an_older_issue(approved_world: World) -> None:
    name(approved_world, date(2025, 7, 1))
    frame = issue.frame_for(approved_world.store)
    assert frame.place == "Mỹ Hương"
    earlier = replace(frame, issued_at=frame.issued_at.replace(year=2024))
    assert earlier.place == "Thuận Hưng"
