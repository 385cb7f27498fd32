"""Setting one value: what is taken, who may, in which stage, and what the change log keeps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.demo import cast
from app.errors import NotAllowed, UserError
from app.messages import sentence
from app.models import changelog
from app.records.permissions import Actor
from app.records.types import Level, Period, Sex, SubjectResult, TraitLevel, YearClass
from app.workflows import clock, fields, gate
from tests.workflows.weak import CLASS, close, pupil_of, pupils_of, put, subject_teacher
from tests.world import World

REFUSED: tuple[tuple[str, str, Period, str], ...] = (
    ("TV.score", "8,5", Period.CN, "typed.score_decimal"),
    ("TV.score", "12", Period.CN, "typed.score"),
    ("TV.level", "Đ", Period.CN, "typed.level"),
    ("NL_NN.level", "H", Period.CN, "typed.trait_level"),
    ("DD.score", "8", Period.CN, "workflow.no_test"),
    ("TV.score", "8", Period.GK1, "workflow.no_test"),
    ("TV.retest", "8", Period.GK2, "workflow.no_test"),
    ("TV.retest", "8", Period.CK1, "workflow.no_first_test"),
    ("TV.retest", "", Period.CN, "workflow.value_needed"),
    ("KH.level", "T", Period.CN, "workflow.not_assessed"),
    ("TV.beauty", "T", Period.CN, "workflow.no_field"),
    ("YN.score", "8", Period.CN, "workflow.no_field"),
    ("PC.level", "T", Period.CN, "workflow.no_field"),
    ("name", " ", Period.CN, "workflow.value_needed"),
    ("name", "Sơn Thị 2", Period.CN, "typed.name"),
    ("status", "", Period.CN, "workflow.value_needed"),
    ("regime", "lạ", Period.CN, "workflow.bad_value"),
    ("birth_date", "31/02/2015", Period.CN, "typed.day"),
    ("personal_id", "1234", Period.CN, "typed.personal_id"),
    ("sex", "1", Period.CN, "typed.sex"),
    ("height", "cao", Period.CN, "workflow.bad_value"),
    ("promoted", "có lẽ", Period.CN, "workflow.bad_value"),
)


def set_one(
    world: World, code: str, field: str, value: str, *, actor: Actor | None = None, period: Period = Period.CN
) -> None:
    fields.set_field(
        store=world.store,
        actor=actor or world.teacher(CLASS),
        code=code,
        field=field,
        value=value,
        period=period,
    )


@pytest.fixture
def code(imported_world: World) -> str:
    """A pupil of the open class 3A."""
    return pupils_of(imported_world)[0].pupil.code


def refusal(world: World, code: str, field: str, value: str, **how: object) -> UserError:
    with pytest.raises(UserError) as caught:
        set_one(world, code, field, value, **how)  # type: ignore[arg-type]
    assert sentence(caught.value)
    return caught.value


def test_cells_of_a_subject_a_trait_and_a_group(imported_world: World, code: str) -> None:
    given = {
        "TV.level": "HT",
        "tv.score": "7",
        "TV.comment": " Đọc to, rõ ",
        "NL_NN.level": "D",
        "YN.comment": "Yêu trường lớp",
        "PC.comment": "Chăm ngoan",
        "comment_NLC": "Tự giác",
    }
    put(imported_world, imported_world.teacher(CLASS), code, **given)
    found = pupil_of(imported_world, code).period(Period.CN)
    assert found.subjects["TV"] == SubjectResult(Level.H, 7, "Đọc to, rõ")
    assert found.traits["NL_NN"].level is TraitLevel.D
    assert found.traits["YN"].comment == "Yêu trường lớp"
    assert (found.group_comments["PC"], found.group_comments["NLC"]) == ("Chăm ngoan", "Tự giác")


def test_other_periods_have_cells_of_their_own(imported_world: World, code: str) -> None:
    before = pupil_of(imported_world, code).period(Period.CN)
    set_one(imported_world, code, "TV.score", "5", period=Period.CK1)
    found = pupil_of(imported_world, code)
    assert found.period(Period.CK1).subjects["TV"].score == 5
    assert found.period(Period.CN) == before


def test_a_retest_keeps_the_first_score(imported_world: World, code: str) -> None:
    set_one(imported_world, code, "TV.score", "3")
    set_one(imported_world, code, "TV.retest", "4")
    set_one(imported_world, code, "TV.retest", "6")
    found = pupil_of(imported_world, code).period(Period.CN).subjects["TV"]
    assert (found.score, found.first_score) == (6, 3)
    with imported_world.store.reading() as session:
        logged = [(one.field, one.old, one.new) for one in changelog.entries(session, limit=3)]
    assert logged == [
        ("CN.TV.score", "4", "6"),
        ("CN.TV.score", "3", "4"),
        ("CN.TV.first_score", None, "3"),
    ]


def test_what_is_refused_leaves_everything_as_it_was(imported_world: World, code: str) -> None:
    before = pupil_of(imported_world, code)
    teacher = imported_world.teacher(CLASS)
    found = tuple(
        (field, value, period, refusal(imported_world, code, field, value, period=period, actor=teacher).code)
        for field, value, period, _ in REFUSED
    )
    assert found == REFUSED
    assert pupil_of(imported_world, code) == before


def test_a_birthday_to_come_is_refused(imported_world: World, code: str) -> None:
    tomorrow = clock.now().date() + timedelta(days=1)
    assert refusal(imported_world, code, "birth_date", f"{tomorrow}").code == "workflow.future_day"


def test_an_empty_value_empties_the_cell(imported_world: World, code: str) -> None:
    teacher = imported_world.teacher(CLASS)
    filled = {"award": "Giải Nhì; Giải Ba", "decision": "số 1", "height": "120,5", "guardian": "Sơn Ba"}
    filled |= {"confirmed": "HTT", "completed": "có", "promoted": "x", "completed_primary": "không"}
    put(imported_world, teacher, code, **filled, absent_excused="3")
    found = pupil_of(imported_world, code)
    assert found.outcome.awards == ("Giải Nhì", "Giải Ba")
    assert (found.enrolment.height_cm, found.pupil.guardian) == (120.5, "Sơn Ba")
    assert found.outcome.confirmed is YearClass.HTT
    cells = ("TV.level", "TV.score", "TV.comment", "YN.level", "PC.comment", "absent_excused")
    put(imported_world, teacher, code, **dict.fromkeys((*filled, *cells), ""))
    found = pupil_of(imported_world, code)
    results, outcome = found.period(Period.CN), found.outcome
    assert "TV" not in results.subjects
    assert "YN" not in results.traits
    assert "PC" not in results.group_comments
    assert (outcome.awards, outcome.decision, outcome.confirmed) == ((), "", None)
    assert (outcome.completed, outcome.promoted, outcome.completed_primary) == (None, None, None)
    assert (found.enrolment.height_cm, found.enrolment.absent_excused, found.pupil.guardian) == (
        None,
        None,
        "",
    )


def test_a_stray_result_can_go_away(imported_world: World, code: str) -> None:
    """A subject that the grade does not have is never written, but always emptied."""
    set_one(imported_world, code, "KH.level", "")
    set_one(imported_world, code, "DD.score", "")
    assert "KH" not in pupil_of(imported_world, code).period(Period.CN).subjects


@pytest.mark.parametrize("login", [cast.CLERK, cast.ADMIN, "gv3a"])
def test_who_the_pupil_is(imported_world: World, code: str, login: str) -> None:
    given = {
        "name": "Thạch  Thị Kha",
        "birth_date": "09/03/2015",
        "sex": "Nữ",
        "personal_id": "094 315 000001",
        "ethnicity": "Khmer",
        "nationality": "Việt Nam",
        "birth_place": "Xã Mỹ Tú",
        "hometown": "Sóc Trăng",
        "residence": "Ấp 3",
        "father": "Thạch Ba",
        "mother": "Sơn Thị Tư",
        "guardian": "",
    }
    put(imported_world, imported_world.actor(login), code, **given)
    found = pupil_of(imported_world, code).pupil
    assert (found.name, found.birth_date, found.sex) == ("Thạch Thị Kha", date(2015, 3, 9), Sex.FEMALE)
    assert (found.personal_id, found.ethnicity, found.guardian) == ("094315000001", "Khmer", "")
    assert (found.father, found.mother, found.residence) == ("Thạch Ba", "Sơn Thị Tư", "Ấp 3")


def test_who_may_not(imported_world: World, code: str) -> None:
    nobody = {
        cast.CLERK: ("TV.level", "PC.comment", "confirmed"),
        cast.CHECKER: ("TV.level", "name"),
        cast.VICE_PRINCIPAL: ("promoted", "decision"),
        "gv2a": ("TV.level", "height", "name"),
    }
    for login, names in nobody.items():
        actor = imported_world.actor(login)
        codes = {refusal(imported_world, code, field, "T", actor=actor).code for field in names}
        assert codes == {"account.not_allowed"}


def test_a_subject_teacher_enters_the_own_subject_only(imported_world: World, code: str) -> None:
    teacher = subject_teacher(imported_world, "TOAN")
    put(imported_world, teacher, code, **{"TOAN.level": "T", "TOAN.score": "9", "TOAN.retest": "10"})
    assert pupil_of(imported_world, code).period(Period.CN).subjects["TOAN"].score == 10
    for field in ("TV.level", "YN.level", "PC.comment", "confirmed", "height", "name"):
        assert refusal(imported_world, code, field, "T", actor=teacher).code == "account.not_allowed"
    other = pupils_of(imported_world, "2A")[0].pupil.code
    assert refusal(imported_world, other, "TOAN.level", "T", actor=teacher).code == "account.not_allowed"


def test_the_stage_of_that_period_counts(imported_world: World, code: str) -> None:
    close(imported_world)
    teacher = imported_world.teacher(CLASS)
    given = {"TV.level": "T", "PC.comment": "", "confirmed": "HT", "height": "120", "name": "Sơn Ly"}
    for field, value in given.items():
        assert refusal(imported_world, code, field, value, actor=teacher).code == "workflow.class_closed"
    set_one(imported_world, code, "TV.level", "T", period=Period.CK1)
    admin = imported_world.actor()
    gate.reopen(store=imported_world.store, actor=admin, class_name=CLASS, reason="Sai tên")
    set_one(imported_world, code, "TV.comment", "")


def test_the_stage_is_asked_inside_the_transaction(
    imported_world: World, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody closes the class between looking and writing."""
    real = fields.read_value

    def meanwhile(*words: object) -> object:
        close(imported_world)
        return real(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(fields, "read_value", meanwhile)
    with pytest.raises(NotAllowed) as caught:
        set_one(imported_world, code, "TV.comment", "")
    assert caught.value.code == "workflow.class_closed"
    assert pupil_of(imported_world, code).period(Period.CN).subjects["TV"].comment
