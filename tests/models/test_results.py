"""Results are written cell by cell, nothing is erased by emptiness, and every cell is logged."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import changelog, classes, results
from app.models.store import Store
from app.records.types import (
    Level,
    Period,
    PupilYear,
    SubjectResult,
    TraitLevel,
    TraitResult,
    YearClass,
    YearOutcome,
)
from tests.models.samples import YEAR, add_pupil

TV = SubjectResult(Level.T, 9, "Đọc tốt")


def save(
    session: Session,
    key: int,
    *,
    period: Period = Period.CN,
    subjects: Mapping[str, SubjectResult] | None = None,
    traits: Mapping[str, TraitResult] | None = None,
    comments: Mapping[str, str] | None = None,
    year: Mapping[str, object] | None = None,
    expected: Mapping[str, object] | None = None,
) -> int:
    return results.save_results(
        session,
        key=key,
        period=period,
        subjects=subjects or {},
        traits=traits or {},
        group_comments=comments or {},
        year_values=year or {},
        actor="gv",
        expected=expected,
    )


def reload(session: Session, entry: PupilYear) -> PupilYear:
    return classes.find_pupil(session, YEAR, entry.pupil.code)[1]


def test_results_come_back_whole(store: Store) -> None:
    with store.transaction() as session:
        entry = add_pupil(session)
        changed = save(
            session,
            entry.key,
            subjects={"TV": TV, "DD": SubjectResult(Level.H)},
            traits={"YN": TraitResult(TraitLevel.D, "Ngoan")},
            comments={"PC": "Chăm chỉ"},
            year={"confirmed": YearClass.HTT, "completed": True, "promoted": False, "awards": ("Học sinh",)},
        )
        save(session, entry.key, period=Period.CK1, subjects={"TV": SubjectResult(Level.C, 4)})
    with store.reading() as session:
        found = reload(session, entry)
    end = found.period(Period.CN)
    assert changed == 3 + 1 + 2 + 1 + 4
    assert end.subjects == {"TV": TV, "DD": SubjectResult(Level.H)}
    assert end.traits == {"YN": TraitResult(TraitLevel.D, "Ngoan")}
    assert end.group_comments == {"PC": "Chăm chỉ"}
    assert found.period(Period.CK1).subjects == {"TV": SubjectResult(Level.C, 4)}
    assert found.outcome == YearOutcome(YearClass.HTT, ("Học sinh",), completed=True, promoted=False)


def test_only_what_changed_is_written_and_logged(store: Store) -> None:
    with store.transaction() as session:
        entry = add_pupil(session)
        save(session, entry.key, subjects={"TV": TV})
    with store.transaction() as session:
        assert save(session, entry.key, subjects={"TV": SubjectResult(Level.T, 10)}) == 1
        logged = changelog.entries(session, limit=1)[0]
        assert reload(session, entry).period(Period.CN).subjects["TV"] == SubjectResult(
            Level.T, 10, "Đọc tốt"
        )
        versions = session.execute(text("SELECT row_version FROM subject_result")).scalars().all()
    assert (logged.entity, logged.field) == (f"enrolment:{entry.key}", "CN.TV.score")
    assert (logged.old, logged.new, logged.actor) == ("9", "10", "gv")
    assert versions == [2]


def test_empty_values_never_erase(store: Store) -> None:
    with store.transaction() as session:
        entry = add_pupil(session)
        save(session, entry.key, subjects={"TV": TV}, comments={"PC": "x"}, year={"completed": False})
        before = reload(session, entry)
        empty = {
            "subjects": {"TV": SubjectResult(), "TOAN": SubjectResult()},
            "traits": {"YN": TraitResult()},
            "comments": {"PC": " "},
        }
        assert save(session, entry.key, year={"completed": None, "awards": (), "decision": ""}, **empty) == 0  # type: ignore[arg-type]
        assert reload(session, entry) == before


def test_a_retest_keeps_the_first_score_when_told(store: Store) -> None:
    with store.transaction() as session:
        entry = add_pupil(session)
        save(session, entry.key, subjects={"TV": SubjectResult(Level.C, 4)})
        save(session, entry.key, subjects={"TV": SubjectResult(Level.H, 6, "", 4)})
        assert reload(session, entry).period(Period.CN).subjects["TV"] == SubjectResult(Level.H, 6, "", 4)


def test_several_pupils_in_one_transaction(store: Store) -> None:
    """The rows that a transaction has read are those it goes on with, also for a class mate."""
    with store.transaction() as session:
        first = add_pupil(session)
        save(session, first.key, subjects={"TV": TV})
        second = add_pupil(session, code="2", name="Lê Minh", personal_id="", vnedu_code="")
        save(session, second.key, subjects={"TV": TV})
        assert save(session, first.key, subjects={"TV": TV}) == 0
        assert save(session, first.key, period=Period.GK1, subjects={"TV": TV}) == 3
        assert save(session, second.key, subjects={"TV": SubjectResult(score=8)}) == 1
        scores = [reload(session, entry).period(Period.CN).subjects["TV"].score for entry in (first, second)]
    assert scores == [9, 8]


def test_a_stale_cell_is_refused_with_both_values(store: Store) -> None:
    with store.transaction() as session:
        entry = add_pupil(session)
        save(session, entry.key, subjects={"TV": TV}, year={"confirmed": YearClass.HT})
    better = {"TV": SubjectResult(score=10)}
    with pytest.raises(UserError) as caught, store.transaction() as session:
        save(session, entry.key, subjects=better, expected={"TV.score": 7})
    assert caught.value.code == "workflow.stale"
    assert caught.value.facts == {"field": "TV.score", "yours": "10", "theirs": "9"}
    with store.transaction() as session:
        assert reload(session, entry).period(Period.CN).subjects["TV"].score == 9
        assert save(session, entry.key, subjects=better, expected={"TV.score": 9}) == 1
        assert save(session, entry.key, subjects=better, expected={"TV.score": 9}) == 0
        with pytest.raises(UserError):
            results.set_outcome(session, entry.key, "confirmed", YearClass.HTT, "gv", expected=None)
        done = results.set_outcome(
            session, entry.key, "confirmed", YearClass.HTT, "gv", expected=YearClass.HT
        )
    assert done == 1


def test_an_outcome_is_set_and_emptied(store: Store) -> None:
    with store.transaction() as session:
        entry = add_pupil(session)
        assert results.set_outcome(session, entry.key, "promoted", False, "gv") == 1
        assert results.set_outcome(session, entry.key, "awards", ("Giải Nhì", "Học sinh"), "gv") == 1
        assert reload(session, entry).outcome == YearOutcome(awards=("Giải Nhì", "Học sinh"), promoted=False)
        assert results.set_outcome(session, entry.key, "promoted", None, "gv") == 1
        assert results.set_outcome(session, entry.key, "awards", (), "gv") == 1
        assert results.set_outcome(session, entry.key, "decision", None, "gv") == 0
        assert reload(session, entry).outcome == YearOutcome()


def test_impossible_values_are_bugs(store: Store) -> None:
    with store.transaction() as session:
        entry = add_pupil(session)
    with pytest.raises(LookupError), store.transaction() as session:
        save(session, 999, subjects={"TV": TV})
    with pytest.raises(ValueError, match="beauty"), store.transaction() as session:
        save(session, entry.key, year={"beauty": 1})
    with pytest.raises(IntegrityError, match="score"), store.transaction() as session:
        save(session, entry.key, subjects={"TV": SubjectResult(score=11)})


def test_periods_can_be_loaded_alone(store: Store) -> None:
    with store.transaction() as session:
        entry = add_pupil(session)
        save(session, entry.key, subjects={"TV": TV})
        save(session, entry.key, period=Period.CK1, subjects={"TV": TV})
        alone = classes.load_class(session, YEAR, "3A", periods=[Period.CK1]).pupils[0]
    assert set(alone.results) == {Period.CK1}


def test_characters_that_xml_forbids_are_not_kept(store: Store) -> None:
    with store.transaction() as session:
        key = add_pupil(session).key
        save(session, key, subjects={"TV": SubjectResult(comment="Đọc\x0b tốt\x01\ufffe, viết\nđẹp\ud800")})
        kept = classes.load_class(session, YEAR, "3A").pupils[0].period(Period.CN)
    assert kept.subjects["TV"].comment == "Đọc tốt, viết\nđẹp"
