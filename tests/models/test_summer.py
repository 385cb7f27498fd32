"""The list of the assessment in summer as it is stored, loaded with the pupils, and logged."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import changelog, classes, summer
from app.models.store import Store
from app.records.types import Level, SubjectResult, SummerStage, Supplementary, TraitLevel, TraitResult
from tests.models.samples import YEAR, add_pupil

DAY = date(2024, 7, 20)


def assessment(session: Session, code: str = "2500000001") -> Supplementary | None:
    return classes.find_pupil(session, YEAR, code)[1].supplementary


def listed(session: Session) -> int:
    key = add_pupil(session).key
    summer.add(session, key, "gv")
    return key


def test_it_comes_back_with_the_pupil_and_with_nobody_else(store: Store) -> None:
    with store.transaction() as session:
        key = listed(session)
        add_pupil(session, code="2", name="Lê Minh", personal_id="", vnedu_code="")
        assert assessment(session) == Supplementary()
        summer.set_day(session, key, DAY, "gv")
        summer.set_value(session, key, "TV", "level", Level.H, "gv")
        summer.set_value(session, key, "TV", "score", 6, "gv")
        summer.set_value(session, key, "NL_NN", "level", TraitLevel.D, "gv")
        summer.set_value(session, key, "NL_NN", "comment", " Nói rõ ", "gv")
        summer.move(session, key, SummerStage.APPROVED, actor="tct", before={"TV.score": "3"})
    with store.reading() as session:
        assert assessment(session) == Supplementary(
            SummerStage.APPROVED,
            DAY,
            {"TV": SubjectResult(Level.H, 6)},
            {"NL_NN": TraitResult(TraitLevel.D, "Nói rõ")},
            {"TV.score": "3"},
        )
        assert assessment(session, "2") is None


def test_values_are_emptied_and_stale_ones_refused(store: Store) -> None:
    with store.transaction() as session:
        key = listed(session)
        assert summer.set_value(session, key, "TV", "score", 6, "gv") == 1
        assert summer.set_value(session, key, "TV", "score", 6, "gv") == 0
        with pytest.raises(UserError) as caught:
            summer.set_value(session, key, "TV", "score", 7, "gv", expected=5)
        assert caught.value.code == "workflow.stale"
        assert summer.set_value(session, key, "TV", "score", None, "gv", expected=6) == 1
        assert summer.set_day(session, key, DAY, "gv", expected=None) == 1
        with pytest.raises(UserError):
            summer.set_day(session, key, date(2024, 7, 21), "gv", expected=None)
        assert summer.set_day(session, key, DAY, "gv") == 0
        assert summer.set_day(session, key, None, "gv") == 1
        assert assessment(session) == Supplementary()
        with pytest.raises(ValueError, match="first_score"):
            summer.set_value(session, key, "TV", "first_score", 1, "gv")


def test_every_step_is_logged_and_counted(store: Store) -> None:
    with store.transaction() as session:
        key = listed(session)
        summer.set_value(session, key, "TV", "score", 5, "gv")
        summer.set_value(session, key, "TV", "score", 6, "gv")
        summer.move(session, key, SummerStage.SUBMITTED, actor="gv")
        summer.move(session, key, SummerStage.LISTED, actor="tct", reason="Thiếu bài")
        version = session.execute(text("SELECT row_version FROM supplementary")).scalar_one()
        value = session.execute(text("SELECT row_version FROM supplementary_result")).scalar_one()
    with store.transaction() as session:
        summer.remove(session, key, reason="Nhầm em", actor="gv")
        assert assessment(session) is None
    with store.reading() as session:
        logged = changelog.entries(session, limit=7, entity=f"enrolment:{key}")
    assert (version, value) == (3, 2)
    assert [(one.field, one.old, one.new, one.reason) for one in logged] == [
        ("summer", "listed", None, "Nhầm em"),
        ("summer.TV.score", "6", None, ""),
        ("summer", "submitted", "listed", "Thiếu bài"),
        ("summer", "listed", "submitted", ""),
        ("summer.TV.score", "5", "6", ""),
        ("summer.TV.score", None, "5", ""),
        ("summer", None, "listed", ""),
    ]
