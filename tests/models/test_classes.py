"""Classes, stages, and which pupil a row of a list means."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import changelog, classes, people
from app.models.store import Store
from app.records.types import HistoryRow, Period, Pupil, PupilYear, Regime, Sex, Stage, Status
from tests.models.samples import PUPIL, YEAR, add_pupil


def save(session: Session, class_name: str = "3A", /, **fields: object) -> int:
    classes.ensure_class(session, YEAR, class_name, int(class_name[0]), "admin")
    return classes.save_pupil(session, year=YEAR, class_name=class_name, fields=fields, actor="admin")


def everybody(session: Session) -> list[tuple[str, PupilYear]]:
    return [(klass.name, entry) for klass in classes.load_classes(session, YEAR) for entry in klass.pupils]


def test_a_pupil_comes_back_whole(store: Store) -> None:
    with store.transaction() as session:
        entry = add_pupil(session, regime=Regime.ADJUSTED, status=Status.ARRIVED_2, absent_excused=0)
    assert entry.pupil == Pupil(
        code="2500000001",
        name="Thạch Thị Sóc Kha",
        birth_date=date(2014, 3, 9),
        sex=Sex.FEMALE,
        vnedu_code="1500000001",
        personal_id="094214000001",
        ethnicity="Khmer",
    )
    enrolment = entry.enrolment
    assert (enrolment.class_name, enrolment.grade, enrolment.height_cm) == ("3A", 3, 128.5)
    assert (enrolment.regime, enrolment.status) == (Regime.ADJUSTED, Status.ARRIVED_2)
    assert (enrolment.absent_excused, enrolment.absent_unexcused) == (0, None)


def test_the_same_row_again_changes_nothing(store: Store) -> None:
    with store.transaction() as session:
        assert save(session, "3A", **PUPIL) > 0
    before = store.status()["audit_entries"]
    with store.transaction() as session:
        assert save(session, "3A", **PUPIL) == 0
    assert store.status()["audit_entries"] == before


def test_empty_values_never_erase(store: Store) -> None:
    with store.transaction() as session:
        entry = add_pupil(session)
        changed = save(session, code="2500000001", name="", sex=None, ethnicity="  ", height_cm=None)
        assert changed == 0
        assert classes.find_pupil(session, YEAR, "2500000001")[1] == entry


def test_text_is_composed_and_changes_are_logged(store: Store) -> None:
    with store.transaction() as session:
        entry = add_pupil(session)
        name = unicodedata.normalize("NFD", "Thạch Thị Sóc Khà")
        assert save(session, code=entry.pupil.code, name=f" {name} ", weight_kg=27.5) == 2
        found = classes.find_pupil(session, YEAR, entry.pupil.code)[1]
        log = {entry.field: (entry.old, entry.new) for entry in changelog.entries(session, limit=2)}
    assert found.pupil.name == "Thạch Thị Sóc Khà"
    assert unicodedata.is_normalized("NFC", found.pupil.name)
    assert log == {"name": ("Thạch Thị Sóc Kha", "Thạch Thị Sóc Khà"), "weight_kg": (None, "27.5")}


@pytest.mark.parametrize(
    "row",
    [
        {"code": "2500000001", "name": "Tên đã sửa"},
        {"personal_id": "094214000001", "name": "Thạch Thị Sóc Kha"},
        {"personal_id": "094214000001", "name": "Tên đã sửa", "birth_date": date(2014, 3, 9)},
        {"vnedu_code": "1500000001", "personal_id": "094314000001"},
        {"name": "Thạch Thị Sóc Kha", "birth_date": date(2014, 3, 9)},
        {"name": "Thạch Thị Sóc Kha"},
    ],
    ids=["code", "personal", "personal-birth", "vnedu", "name-birth", "name"],
)
def test_a_row_finds_its_pupil(store: Store, row: dict[str, object]) -> None:
    with store.transaction() as session:
        entry = add_pupil(session)
        save(session, "3A", residence="ấp Cần Đước", **row)
        ((_, found),) = everybody(session)
    assert found.key == entry.key
    assert found.pupil.residence == "ấp Cần Đước"


@pytest.mark.parametrize(
    ("class_name", "row"),
    [
        ("3A", {"code": "2500000002", "name": "Lê Minh", "personal_id": "094214000001"}),
        ("3A", {"code": "2500000002", "name": "Lê Minh", "vnedu_code": "1500000001"}),
        ("3A", {"name": "Lê Minh", "birth_date": date(2014, 5, 5), "personal_id": "094214000001"}),
        ("3A", {"code": "2500000002", "name": "Thạch Thị Sóc Kha", "birth_date": date(2014, 3, 9)}),
        ("3A", {"name": "Thạch Thị Sóc Kha", "birth_date": date(2014, 5, 5)}),
        ("3B", {"name": "Thạch Thị Sóc Kha", "birth_date": date(2014, 3, 9)}),
    ],
    ids=["copied-number", "copied-vnedu", "copied-number-alone", "namesake", "other-birth", "other-class"],
)
def test_two_people_are_never_merged(store: Store, class_name: str, row: dict[str, object]) -> None:
    with store.transaction() as session:
        entry = add_pupil(session)
        save(session, class_name, **row)
        found = [other for _, other in everybody(session)]
    assert len(found) == 2
    assert entry in found


def test_an_ambiguous_row_is_refused(store: Store) -> None:
    with store.transaction() as session:
        for code in ("2500000001", "2500000002"):
            add_pupil(session, code=code, personal_id="", vnedu_code="")
        with pytest.raises(UserError) as caught:
            save(session, name=PUPIL["name"], birth_date=PUPIL["birth_date"])
    assert caught.value.code == "workflow.pupil_ambiguous"


def test_a_new_pupil_needs_a_name_and_a_class(store: Store) -> None:
    with store.transaction() as session:
        with pytest.raises(UserError) as caught:
            save(session, code="2500000009")
        assert caught.value.code == "workflow.pupil_unnamed"
        with pytest.raises(UserError) as caught:
            classes.save_pupil(session, year=YEAR, class_name="9Z", fields=PUPIL, actor="admin")
        assert caught.value.code == "workflow.no_class"
        with pytest.raises(ValueError, match="shoe_size"):
            save(session, name="Lê Minh", shoe_size=30)


def test_a_pupil_moves_between_classes_of_a_year(store: Store) -> None:
    with store.transaction() as session:
        entry = add_pupil(session)
        assert save(session, "3B", code="2500000001") == 1
        name, found = classes.find_pupil(session, YEAR, "1500000001")
        logged = changelog.entries(session, limit=1)[0]
    assert (name, found.key) == ("3B", entry.key)
    assert (logged.kind, logged.old, logged.new) == ("move", "3A", "3B")


def test_the_next_year_is_another_enrolment_of_the_same_pupil(store: Store) -> None:
    with store.transaction() as session:
        entry = add_pupil(session)
        elsewhere = [
            HistoryRow("2022-2023", "2C", "Trường Khác", "5"),
            HistoryRow("2025-2026", "5C", "Trường Sau"),
        ]
        classes.set_history(session, entry.key, elsewhere, "admin")
        classes.ensure_class(session, "2024-2025", "4A", 4, "admin")
        classes.save_pupil(
            session, year="2024-2025", class_name="4A", fields={"code": "2500000001"}, actor="admin"
        )
        old = classes.find_pupil(session, YEAR, "2500000001")[1]
        new = classes.find_pupil(session, "2024-2025", "2500000001")[1]
        assert session.execute(text("SELECT count(*) FROM pupil")).scalar() == 1
    assert old.key != new.key
    assert [(row.year, row.class_name, row.school) for row in new.history] == [
        ("2022-2023", "2C", "Trường Khác"),
        ("2023-2024", "3A", "Trường Tiểu học Hoa Sen"),
        ("2024-2025", "4A", "Trường Tiểu học Hoa Sen"),
    ]
    assert old.history == new.history[:2]


def test_pupils_without_codes_are_many(store: Store) -> None:
    with store.transaction() as session:
        save(session, name="Lê Minh")
        save(session, name="Lê Mai")
        assert len(everybody(session)) == 2
        with pytest.raises(UserError) as caught:
            classes.find_pupil(session, YEAR, "")
    assert caught.value.code == "workflow.no_pupil"


def test_lists_are_in_vietnamese_and_natural_order(store: Store) -> None:
    with store.transaction() as session:
        for name in ("10A", "2B", "2A10", "2A9"):
            classes.ensure_class(session, YEAR, name, 2, "admin")
        for number, name in enumerate(("Lê Văn An", "Lê Duy", "Lê Dũng", "Lê Ái")):
            save(session, "2B", code=str(number), name=name)
        names = [klass.name for klass in classes.load_classes(session, YEAR)]
        assert [item.name for item in classes.summaries(session, YEAR)] == names
        klass = classes.load_class(session, YEAR, "2B")
    assert names == ["2A9", "2A10", "2B", "10A"]
    assert [entry.pupil.name for entry in klass.pupils] == ["Lê Ái", "Lê Văn An", "Lê Dũng", "Lê Duy"]


def test_summaries_count_who_is_there(store: Store) -> None:
    with store.transaction() as session:
        add_pupil(session)
        save(session, code="2", name="Lê Minh", status=Status.LEFT_1)
        (found,) = classes.summaries(session, YEAR)
        assert len(everybody(session)) == 2
        assert classes.summaries(session, "2030-2031") == ()
    assert (found.name, found.grade, found.pupils, found.stages) == ("3A", 3, 1, {})


def test_a_class_names_its_teacher(store: Store) -> None:
    with store.transaction() as session:
        add_pupil(session)
        people.add_account(
            session,
            login="lan",
            name="Nguyễn Thị Lan",
            title="",
            roles=frozenset(),
            classes=frozenset({"3A"}),
            subjects=frozenset(),
            password_hash="",
            year=YEAR,
            actor="admin",
        )
        assert classes.load_class(session, YEAR, "3A").homeroom_teacher == "Nguyễn Thị Lan"
        with pytest.raises(UserError) as caught:
            classes.load_class(session, YEAR, "3Z")
    assert caught.value.code == "workflow.no_class"


def move(session: Session, stage: Stage, expected: Stage) -> None:
    classes.set_stage(
        session,
        year=YEAR,
        class_name="3A",
        period=Period.CN,
        stage=stage,
        actor="gv",
        reason="Sửa điểm",
        expected=expected,
    )


def test_stages_move_and_are_logged(store: Store) -> None:
    with store.transaction() as session:
        add_pupil(session)
        move(session, Stage.SUBMITTED, Stage.OPEN)
        move(session, Stage.APPROVED, Stage.SUBMITTED)
        assert classes.load_class(session, YEAR, "3A").stages == {Period.CN: Stage.APPROVED}
        logged = changelog.entries(session, limit=1)[0]
    assert (logged.old, logged.new, logged.reason) == ("submitted", "approved", "Sửa điểm")


def test_a_stage_that_somebody_moved_is_told(store: Store) -> None:
    with store.transaction() as session:
        add_pupil(session)
        move(session, Stage.SUBMITTED, Stage.OPEN)
        with pytest.raises(UserError) as caught:
            move(session, Stage.SUBMITTED, Stage.OPEN)
    assert caught.value.code == "workflow.stage_changed"
    assert (caught.value.facts["expected"], caught.value.facts["actual"]) == ("open", "submitted")


def test_one_field_is_set_emptied_and_compared(store: Store) -> None:
    with store.transaction() as session:
        entry = add_pupil(session)
        assert classes.set_enrolment_field(session, entry.key, "regime", Regime.FLEXIBLE, "gv") == 1
        assert classes.set_enrolment_field(session, entry.key, "regime", Regime.FLEXIBLE, "gv") == 0
        assert classes.set_enrolment_field(session, entry.key, "height_cm", None, "gv", expected=128.5) == 1
        assert classes.set_enrolment_field(session, entry.key, "absent_excused", 0, "gv", expected=None) == 1
        with pytest.raises(UserError) as caught:
            classes.set_enrolment_field(session, entry.key, "absent_excused", 3, "gv", expected=None)
        with pytest.raises(ValueError, match="class_name"):
            classes.set_enrolment_field(session, entry.key, "class_name", "3B", "gv")
        found = classes.find_pupil(session, YEAR, entry.pupil.code)[1].enrolment
    assert caught.value.code == "workflow.stale"
    assert (caught.value.facts["yours"], caught.value.facts["theirs"]) == ("3", "0")
    assert found == replace(entry.enrolment, regime=Regime.FLEXIBLE, height_cm=None, absent_excused=0)


def queries(session: Session, year: str) -> int:
    """How many statements loading a whole year takes."""
    seen: list[str] = []

    def note(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", note)
    classes.load_classes(session, year)
    event.remove(bind, "before_cursor_execute", note)
    return len(seen)


def test_loading_takes_the_same_few_queries_for_any_number(store: Store) -> None:
    with store.transaction() as session:
        add_pupil(session)
        few = queries(session, YEAR)
        for number in range(60):
            save(session, f"{number % 5 + 1}A", code=str(number), name=f"Lê Minh {number}")
        assert len(everybody(session)) == 61
        assert queries(session, YEAR) == few
    assert few <= 13
