"""Assessment in summer: the list, its stages, what approval applies, and the second round of signing."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest

from app.demo import cast
from app.errors import NotAllowed, UserError
from app.messages import sentence
from app.models import changelog, transcripts
from app.models.values import VersionRecord
from app.records.permissions import Actor
from app.records.types import (
    Level,
    Period,
    SigningRole,
    Stage,
    SubjectResult,
    SummerStage,
    TraitLevel,
    TranscriptState,
    YearClass,
    YearOutcome,
)
from app.transcript.xml_reading import parse_xml
from app.workflows import clock, gate, issue, settings, summer, summer_list, summer_values
from tests.transcript.reading import stored, text_of
from tests.workflows.weak import (
    CLASS,
    klass_of,
    pupil_of,
    pupils_of,
    subject_teacher,
    weak_class,
    weaken,
)
from tests.world import QUIET, World

NEW = {
    "date": "20/07/2024",
    "TV.level": "H",
    "TV.score": "6",
    "TV.comment": "Đọc trôi chảy hơn",
    "NL_NN.level": "Đ",
}


def enter(world: World, actor: Actor, code: str, **values: str) -> None:
    for field, value in values.items():
        summer_values.set_value(store=world.store, actor=actor, code=code, field=field, value=value)


def problem(caught: pytest.ExceptionInfo[UserError]) -> str:
    assert sentence(caught.value)
    return caught.value.code


@pytest.fixture
def code(imported_world: World) -> str:
    """The pupil of the approved class 3A who has not completed the grade."""
    return weak_class(imported_world)


@pytest.fixture
def waiting(imported_world: World, code: str) -> str:
    """That pupil on the list."""
    summer.add(store=imported_world.store, actor=imported_world.teacher(CLASS), codes=[code])
    return code


@pytest.fixture
def handed_in(imported_world: World, waiting: str) -> str:
    """All new values entered and handed in."""
    teacher = imported_world.teacher(CLASS)
    enter(imported_world, teacher, waiting, **NEW)
    summer.submit(store=imported_world.store, actor=teacher, codes=[waiting])
    return waiting


def test_a_class_lists_its_candidates(imported_world: World, code: str) -> None:
    teacher = imported_world.teacher(CLASS)
    (candidate,) = summer_list.list_pupils(store=imported_world.store, actor=teacher, class_name=CLASS)
    assert (candidate.case.entry.pupil.code, candidate.assessment) == (code, None)
    assert candidate.to_assess == candidate.missing == ("TV.level", "TV.score", "NL_NN.level")
    report = summer.add(store=imported_world.store, actor=teacher, class_name=CLASS)
    assert [one.case.stage for one in report.pupils] == [SummerStage.LISTED]
    assert report.notes == ()
    with pytest.raises(UserError) as caught:
        summer.add(store=imported_world.store, actor=teacher, class_name=CLASS)
    assert problem(caught) == "summer.nobody"
    with pytest.raises(NotAllowed) as refused:
        summer.add(store=imported_world.store, actor=teacher, codes=[code])
    assert problem(refused) == "summer.already_listed"


def test_only_candidates_of_approved_classes(imported_world: World) -> None:
    weak = weaken(imported_world)
    other = pupils_of(imported_world)[1].pupil.code
    teacher = imported_world.teacher(CLASS)
    with pytest.raises(NotAllowed) as caught:
        summer.add(store=imported_world.store, actor=teacher, codes=[weak])
    assert problem(caught) == "summer.class_not_approved"
    gate.submit(store=imported_world.store, actor=teacher, class_name=CLASS)
    gate.approve(store=imported_world.store, actor=imported_world.actor(cast.CHECKER), class_name=CLASS)
    with pytest.raises(NotAllowed) as caught:
        summer.add(store=imported_world.store, actor=teacher, codes=[weak, other])
    assert problem(caught) == "summer.not_candidate"
    assert pupil_of(imported_world, weak).supplementary is None
    for words in ({}, {"codes": [weak], "class_name": CLASS}):
        with pytest.raises(UserError) as unclear:
            summer.add(store=imported_world.store, actor=teacher, **words)  # type: ignore[arg-type]
        assert problem(unclear) == "summer.whom"


def test_values_are_entered_emptied_and_refused(imported_world: World, waiting: str) -> None:
    teacher = imported_world.teacher(CLASS)
    enter(imported_world, teacher, waiting, **NEW)
    found = pupil_of(imported_world, waiting).supplementary
    assert found is not None
    assert found.subjects == {"TV": SubjectResult(Level.H, 6, "Đọc trôi chảy hơn")}
    assert found.traits["NL_NN"].level is TraitLevel.D
    enter(imported_world, teacher, waiting, date="", **{"TV.comment": "", "NL_NN.level": ""})
    found = pupil_of(imported_world, waiting).supplementary
    assert found is not None
    assert (found.assessed_on, found.traits, found.subjects["TV"].comment) == (None, {}, "")
    refused = {
        ("TV.score", "6,5"): "typed.score_decimal",
        ("TV.level", "giỏi"): "typed.level",
        ("TV.retest", "6"): "summer.no_field",
        ("PC.comment", "Ngoan"): "summer.no_field",
        ("height", "120"): "summer.no_field",
        ("TOAN.score", "9"): "summer.not_needed",
        ("YN.level", "T"): "summer.not_needed",
        ("KH.level", "T"): "workflow.not_assessed",
        ("date", "hôm qua"): "typed.day",
        ("date", "2024-05-30"): "summer.day_early",
        ("date", f"{clock.now().date() + timedelta(days=1)}"): "workflow.future_day",
    }
    for (field, value), wanted in refused.items():
        with pytest.raises(UserError) as caught:
            enter(imported_world, teacher, waiting, **{field: value})
        assert problem(caught) == wanted, field
    assert pupil_of(imported_world, waiting).supplementary == found


def test_submitting_demands_all_of_it(imported_world: World, waiting: str) -> None:
    teacher = imported_world.teacher(CLASS)
    steps: tuple[tuple[dict[str, str], str], ...] = (
        ({}, "summer.no_day"),
        ({"date": "20/07/2024"}, "summer.no_value"),
        ({"TV.level": "H"}, "summer.missing"),
        ({"TV.score": "6"}, "summer.missing"),
    )
    for values, wanted in steps:
        enter(imported_world, teacher, waiting, **values)
        with pytest.raises(UserError) as caught:
            summer.submit(store=imported_world.store, actor=teacher, codes=[waiting])
        assert problem(caught) == wanted
    assert caught.value.facts["missing"] == "mức đạt được Ngôn ngữ"
    enter(imported_world, teacher, waiting, **{"NL_NN.level": "Đ"})
    report = summer.submit(store=imported_world.store, actor=teacher, class_name=CLASS)
    assert (report.pupils[0].case.stage, report.pupils[0].proposed) == (SummerStage.SUBMITTED, YearClass.HT)


def test_submitting_demands_no_error_of_this_pupil(imported_world: World) -> None:
    """A rule that the school has made an error finds the new values at odds."""

    code = weak_class(imported_world)
    admin = imported_world.actor()
    settings.put_setting(
        store=imported_world.store, actor=admin, name="check_severity", value="level.score=error"
    )
    summer.add(store=imported_world.store, actor=admin, codes=[code])
    enter(imported_world, admin, code, **{**NEW, "TV.score": "10"})
    with pytest.raises(NotAllowed) as caught:
        summer.submit(store=imported_world.store, actor=admin, codes=[code])
    assert problem(caught) == "summer.has_errors"
    enter(imported_world, admin, code, **{"TV.score": "6"})
    summer.submit(store=imported_world.store, actor=admin, codes=[code])


def test_approval_applies_everything_to_this_pupil_only(imported_world: World, handed_in: str) -> None:
    before = klass_of(imported_world)
    old = pupil_of(imported_world, handed_in).period(Period.CN)
    checker = imported_world.actor(cast.CHECKER)
    (done,) = summer.approve(store=imported_world.store, actor=checker, codes=[handed_in]).pupils
    entry = pupil_of(imported_world, handed_in)
    made = entry.period(Period.CN)
    assert made.subjects["TV"] == SubjectResult(Level.H, 6, "Đọc trôi chảy hơn", 3)
    assert made.traits["NL_NN"].level is TraitLevel.D
    assert {**made.subjects, "TV": old.subjects["TV"]} == old.subjects
    assert made.group_comments == old.group_comments
    assert entry.outcome == YearOutcome(YearClass.HT, (), completed=True, promoted=True)
    found = entry.supplementary
    assert found is not None
    assert found.stage is done.case.stage is SummerStage.APPROVED
    assert found.before == {
        "TV.level": "C",
        "TV.score": "3",
        "TV.comment": old.subjects["TV"].comment,
        "NL_NN.level": "C",
        "confirmed": "CHT",
        "completed": "false",
    }
    after = klass_of(imported_world)
    assert after.stages[Period.CN] is Stage.APPROVED
    assert [one for one in after.pupils if one.key != entry.key] == [
        one for one in before.pupils if one.key != entry.key
    ]


def test_approval_is_logged_value_by_value(imported_world: World, handed_in: str) -> None:
    checker = imported_world.actor(cast.CHECKER)
    summer.approve(store=imported_world.store, actor=checker, class_name=CLASS)
    key = pupil_of(imported_world, handed_in).key
    with imported_world.store.reading() as session:
        logged = changelog.entries(session, limit=9, entity=f"enrolment:{key}", actor=cast.CHECKER)
        assert changelog.verify_chain(session).ok
    assert {(one.field, one.old, one.new) for one in logged} >= {
        ("CN.TV.score", "3", "6"),
        ("CN.TV.first_score", None, "3"),
        ("CN.NL_NN.level", "C", "Đ"),
        ("confirmed", "CHT", "HT"),
        ("completed", "false", "true"),
        ("promoted", None, "true"),
        ("summer", "submitted", "approved"),
    }


def test_who_still_does_not_complete_stays_for_the_principal(imported_world: World, waiting: str) -> None:
    teacher, checker = imported_world.teacher(CLASS), imported_world.actor(cast.CHECKER)
    enter(imported_world, teacher, waiting, **{**NEW, "TV.level": "C", "TV.score": "4"})
    summer.submit(store=imported_world.store, actor=teacher, codes=[waiting])
    summer.approve(store=imported_world.store, actor=checker, codes=[waiting])
    outcome = pupil_of(imported_world, waiting).outcome
    assert (outcome.confirmed, outcome.completed, outcome.promoted) == (YearClass.CHT, False, None)


def test_the_order_of_the_stages(imported_world: World, handed_in: str) -> None:
    teacher, checker = imported_world.teacher(CLASS), imported_world.actor(cast.CHECKER)
    where = {"store": imported_world.store, "code": handed_in}
    with pytest.raises(NotAllowed) as caught:
        enter(imported_world, teacher, handed_in, **{"TV.score": "7"})
    assert problem(caught) == "summer.closed"
    with pytest.raises(NotAllowed) as caught:
        summer.remove(actor=teacher, reason="Nhầm", **where)  # type: ignore[arg-type]
    assert problem(caught) == "summer.closed"
    with pytest.raises(UserError) as silent:
        summer.send_back(actor=checker, reason=" ", **where)  # type: ignore[arg-type]
    assert problem(silent) == "workflow.reason_missing"
    summer.send_back(actor=checker, reason="Thiếu bài thi", **where)  # type: ignore[arg-type]
    for step in (summer.approve, summer.send_back):
        words = {"codes": [handed_in]} if step is summer.approve else {"code": handed_in, "reason": "x"}
        with pytest.raises(NotAllowed) as caught:
            step(store=imported_world.store, actor=checker, **words)
        assert problem(caught) == "summer.not_submitted"
    summer.submit(store=imported_world.store, actor=teacher, codes=[handed_in])
    summer.approve(store=imported_world.store, actor=checker, codes=[handed_in])
    with pytest.raises(NotAllowed) as caught:
        enter(imported_world, teacher, handed_in, **{"TV.score": "7"})
    assert problem(caught) == "summer.already_approved"
    with pytest.raises(NotAllowed) as caught:
        summer.add(store=imported_world.store, actor=teacher, codes=[handed_in])
    assert problem(caught) == "summer.already_approved"


def test_a_reopened_class_stops_the_summer(imported_world: World, handed_in: str) -> None:
    checker = imported_world.actor(cast.CHECKER)
    gate.reopen(store=imported_world.store, actor=checker, class_name=CLASS, reason="Sai điểm")
    with pytest.raises(NotAllowed) as caught:
        summer.approve(store=imported_world.store, actor=checker, codes=[handed_in])
    assert problem(caught) == "summer.class_not_approved"
    assert pupil_of(imported_world, handed_in).period(Period.CN).subjects["TV"].score == 3


def test_the_stage_is_asked_again_inside_the_transaction(
    imported_world: World, handed_in: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody gives the assessment back between looking and approving."""
    checker = imported_world.actor(cast.CHECKER)
    real = summer._chosen

    def meanwhile(*words: object) -> object:
        found = real(*words)  # type: ignore[arg-type]
        monkeypatch.setattr(summer, "_chosen", real)
        summer.send_back(store=imported_world.store, actor=checker, code=handed_in, reason="Thiếu bài")
        return found

    monkeypatch.setattr(summer, "_chosen", meanwhile)
    with pytest.raises(NotAllowed) as caught:
        summer.approve(store=imported_world.store, actor=checker, codes=[handed_in])
    assert problem(caught) == "summer.not_submitted"
    assert pupil_of(imported_world, handed_in).period(Period.CN).subjects["TV"].score == 3


def test_taking_somebody_off_the_list(imported_world: World, waiting: str) -> None:
    teacher = imported_world.teacher(CLASS)
    summer.remove(store=imported_world.store, actor=teacher, code=waiting, reason="Nhầm em")
    assert pupil_of(imported_world, waiting).supplementary is None
    with pytest.raises(NotAllowed) as caught:
        summer.remove(store=imported_world.store, actor=teacher, code=waiting, reason="Nhầm em")
    assert problem(caught) == "summer.not_listed"
    assert summer.add(store=imported_world.store, actor=teacher, codes=[waiting]).pupils


def test_who_may_do_what(imported_world: World, waiting: str) -> None:
    store = imported_world.store
    maths, reading = subject_teacher(imported_world, "TOAN"), subject_teacher(imported_world, "TV")
    enter(imported_world, reading, waiting, **{"TV.level": "H", "TV.score": "6"})
    enter(imported_world, imported_world.actor(cast.CHECKER), waiting, **{"NL_NN.level": "Đ"})
    strangers = [imported_world.actor(name) for name in (cast.CLERK, cast.VICE_PRINCIPAL, "gv2a")]
    for actor, field, value in (
        (maths, "TV.score", "7"),
        (reading, "NL_NN.level", "T"),
        (reading, "date", "20/07/2024"),
        *((stranger, "TV.score", "7") for stranger in strangers),
    ):
        with pytest.raises(NotAllowed) as caught:
            enter(imported_world, actor, waiting, **{field: value})
        assert problem(caught) == "account.not_allowed"
    enter(imported_world, imported_world.teacher(CLASS), waiting, date="20/07/2024")
    for actor in (reading, *strangers):
        with pytest.raises(NotAllowed):
            summer.submit(store=store, actor=actor, codes=[waiting])
    summer.submit(store=store, actor=imported_world.teacher(CLASS), codes=[waiting])
    for actor in (imported_world.teacher(CLASS), reading, strangers[0]):
        with pytest.raises(NotAllowed):
            summer.approve(store=store, actor=actor, codes=[waiting])
    assert summer_list.list_pupils(store=store, actor=strangers[1])
    assert summer_list.list_pupils(store=store, actor=imported_world.teacher("2A")) == ()


# --- transcripts -----------------------------------------------------------------------------------


def versions(world: World) -> dict[str, VersionRecord]:
    with world.store.reading() as session:
        found = transcripts.current_versions(session, world.made.year, CLASS)
    return {version.pupil_code: version for version in found}


def documents(world: World, version: VersionRecord) -> tuple[bytes, bytes]:
    with world.store.reading() as session:
        kept = transcripts.documents(session, version.id)
    return kept.xml, kept.pdf


def issue_class(world: World) -> issue.IssueReport:
    checker = world.actor(cast.CHECKER)
    return issue.issue(store=world.store, actor=checker, class_name=CLASS, progress=QUIET)


def sign_all(world: World) -> list[int]:
    return [world.sign(role, class_name=CLASS).signed for role in SigningRole]


def test_the_second_round_touches_nobody_else(imported_world: World, waiting: str, tmp_path: Path) -> None:
    first = issue_class(imported_world)
    others = len(pupils_of(imported_world)) - 1
    assert others >= 1
    assert (first.issued, [(one.code, one.class_name) for one in first.skipped]) == (
        others,
        [("summer", CLASS)],
    )
    assert "chờ đánh giá bổ sung trong hè" in first.skipped[0].reason
    assert sign_all(imported_world) == [others] * 3
    before = {
        code: (version, documents(imported_world, version))
        for code, version in versions(imported_world).items()
    }
    assert waiting not in before

    teacher = imported_world.teacher(CLASS)
    enter(imported_world, teacher, waiting, **NEW)
    summer.submit(store=imported_world.store, actor=teacher, codes=[waiting])
    summer.approve(store=imported_world.store, actor=imported_world.actor(cast.CHECKER), codes=[waiting])
    second = issue_class(imported_world)
    assert (second.issued, {one.code for one in second.skipped}) == (1, {"unchanged"})
    assert sign_all(imported_world) == [1, 1, 1]

    after = versions(imported_world)
    for code, (version, (xml, pdf)) in before.items():
        assert after[code] == version
        assert version.state is TranscriptState.SEALED
        assert [hashlib.sha256(part).hexdigest() for part in documents(imported_world, after[code])] == [
            hashlib.sha256(part).hexdigest() for part in (xml, pdf)
        ]
    made = after[waiting]
    assert (made.version, made.state) == (1, TranscriptState.SEALED)
    xml, pdf = documents(imported_world, made)
    data = parse_xml(xml)
    assert data.results.subjects["TV"] == SubjectResult(Level.H, 6, "Đọc trôi chảy hơn", 3)
    assert data.outcome == YearOutcome(YearClass.HT, (), completed=True, promoted=True)
    assert data.supplementary is not None
    assert data.supplementary.before["TV.score"] == "3"
    drawn = text_of(stored(pdf, tmp_path))
    assert "Hoàn thành chương trình lớp 3; Được lên lớp 4" in drawn
    assert "Chưa hoàn thành chương trình lớp 3" not in drawn


def test_a_live_transcript_must_be_revoked_first(imported_world: World, code: str) -> None:
    issue_class(imported_world)
    teacher, checker = imported_world.teacher(CLASS), imported_world.actor(cast.CHECKER)
    name = pupil_of(imported_world, code).pupil.name
    report = summer.add(store=imported_world.store, actor=teacher, codes=[code])
    assert len(report.notes) == 1
    assert name in report.notes[0]
    assert "thu hồi" in report.notes[0]
    enter(imported_world, teacher, code, **NEW)
    summer.submit(store=imported_world.store, actor=teacher, codes=[code])
    assert summer.approve(store=imported_world.store, actor=checker, codes=[code]).notes
    assert [one.pupil for one in issue_class(imported_world).skipped if one.code == "changed"] == [name]
    issue.revoke(store=imported_world.store, actor=imported_world.actor(), code=code, reason="Bổ sung")
    assert issue_class(imported_world).issued == 1
    assert versions(imported_world)[code].version == 2
