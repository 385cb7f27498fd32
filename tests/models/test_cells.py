"""One cell on purpose: set, emptied, logged, refused when stale, and true for what comes after it."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import changelog, classes, results
from app.models.stale import UNSET
from app.models.store import Store
from app.records.types import Level, Period, PeriodResults, SubjectResult, TraitLevel, TraitResult
from tests.models.samples import YEAR, add_pupil


def put(session: Session, key: int, name: str, value: object, expected: object = UNSET) -> int:
    code, _, cell = name.partition(".")
    return results.set_cell(
        session,
        key=key,
        period=Period.CN,
        code=code,
        cell=cell,
        value=value,
        actor="gv",
        expected=expected,
    )


def stored(session: Session, code: str = "2500000001") -> PeriodResults:
    return classes.find_pupil(session, YEAR, code)[1].period(Period.CN)


def rows(session: Session) -> int:
    tables = ("subject_result", "trait_result", "group_comment")
    return sum(session.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in tables)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("TV.level", Level.H, PeriodResults({"TV": SubjectResult(Level.H)})),
        ("TV.score", 0, PeriodResults({"TV": SubjectResult(score=0)})),
        ("TV.first_score", 4, PeriodResults({"TV": SubjectResult(first_score=4)})),
        ("TV.comment", " Đọc tốt ", PeriodResults({"TV": SubjectResult(comment="Đọc tốt")})),
        ("YN.level", TraitLevel.D, PeriodResults(traits={"YN": TraitResult(TraitLevel.D)})),
        ("NL_NN.comment", "Nói rõ", PeriodResults(traits={"NL_NN": TraitResult(comment="Nói rõ")})),
        ("PC.comment", "Ngoan", PeriodResults(group_comments={"PC": "Ngoan"})),
    ],
)
def test_every_kind_of_cell_is_set_and_emptied(
    store: Store, name: str, value: object, expected: PeriodResults
) -> None:
    with store.transaction() as session:
        key = add_pupil(session).key
    with store.transaction() as session:
        assert put(session, key, name, value) == 1
        assert put(session, key, name, value) == 0
    with store.transaction() as session:
        assert stored(session) == expected
        assert put(session, key, name, None) == 1
        assert put(session, key, name, "") == 0
    with store.reading() as session:
        assert stored(session) == PeriodResults()
        assert rows(session) == 0


def test_old_and_new_are_logged_and_the_version_counts(store: Store) -> None:
    with store.transaction() as session:
        key = add_pupil(session).key
        put(session, key, "TV.level", Level.C)
    for value in (3, 5, None):
        with store.transaction() as session:
            put(session, key, "TV.score", value)
    with store.reading() as session:
        logged = changelog.entries(session, limit=3, entity=f"enrolment:{key}")
        version = session.execute(text("SELECT row_version FROM subject_result")).scalar_one()
        assert changelog.verify_chain(session).ok
    assert [(one.field, one.old, one.new, one.actor) for one in logged] == [
        ("CN.TV.score", "5", None, "gv"),
        ("CN.TV.score", "3", "5", "gv"),
        ("CN.TV.score", None, "3", "gv"),
    ]
    assert version == 4


def test_a_stale_cell_is_refused_with_both_values(store: Store) -> None:
    with store.transaction() as session:
        key = add_pupil(session).key
        put(session, key, "TV.score", 9)
    with pytest.raises(UserError) as caught, store.transaction() as session:
        put(session, key, "TV.score", 10, expected=7)
    assert caught.value.code == "workflow.stale"
    assert caught.value.facts == {"field": "TV.score", "yours": "10", "theirs": "9"}
    with pytest.raises(UserError), store.transaction() as session:
        put(session, key, "TV.score", None, expected=None)
    with store.transaction() as session:
        assert put(session, key, "TV.score", 10, expected=9) == 1
        assert put(session, key, "YN.level", TraitLevel.T, expected="") == 1


def test_imports_of_the_same_transaction_see_the_cell(store: Store) -> None:
    """`save_results` remembers what it read: a cell set between two of them must not be lost."""
    with store.transaction() as session:
        key = add_pupil(session).key
        save(session, key, SubjectResult(Level.H, 7))
        put(session, key, "TV.score", 9)
        assert save(session, key, SubjectResult(Level.T)) == 1
        assert stored(session).subjects["TV"] == SubjectResult(Level.T, 9)
        put(session, key, "TV.level", None)
        put(session, key, "TV.score", None)
        assert save(session, key, SubjectResult(score=4)) == 1
        assert stored(session).subjects["TV"] == SubjectResult(score=4)


def save(session: Session, key: int, result: SubjectResult) -> int:
    return results.save_results(
        session,
        key=key,
        period=Period.CN,
        subjects={"TV": result},
        traits={},
        group_comments={},
        year_values={},
        actor="gv",
    )


def test_a_subject_is_read_as_it_is_now(store: Store) -> None:
    with store.transaction() as session:
        key = add_pupil(session).key
        assert results.subject_in(session, key, Period.CN, "TV") == SubjectResult()
        put(session, key, "TV.score", 3)
        put(session, key, "TV.level", Level.C)
        assert results.subject_in(session, key, Period.CN, "TV") == SubjectResult(Level.C, 3)
        assert results.subject_in(session, key, Period.CK1, "TV") == SubjectResult()


@pytest.mark.parametrize("name", ["XX.level", "YN.score", "PC.level", "TV.beauty"])
def test_unknown_cells_are_bugs(store: Store, name: str) -> None:
    with store.transaction() as session:
        key = add_pupil(session).key
    with pytest.raises(ValueError, match=name.partition(".")[0]), store.transaction() as session:
        put(session, key, name, "T")


def test_impossible_scores_and_pupils_are_bugs(store: Store) -> None:
    with store.transaction() as session:
        key = add_pupil(session).key
    with pytest.raises(IntegrityError), store.transaction() as session:
        put(session, key, "TV.score", 11)
    with pytest.raises(IntegrityError), store.transaction() as session:
        put(session, 999, "TV.score", 1)
