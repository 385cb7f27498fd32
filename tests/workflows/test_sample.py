"""The sample school: what is in it, where it lies, and that it can be thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.demo.sample import sample_school
from app.errors import Cancelled, UserError
from app.interaction import SilentProgress
from app.models import classes as class_rows
from app.paths import resource
from app.records.types import Period, Role, Severity, Stage
from app.workflows import checks, classes, sample
from app.workflows import store as store_verbs

QUIET = SilentProgress()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "hocba"


@pytest.fixture
def made(folder: Path) -> Iterator[store_verbs.Store]:
    report = sample.make_sample(folder=folder, progress=QUIET)
    with store_verbs.open_store(report.folder) as store:
        yield store


def test_it_lies_beside_the_data_and_says_what_it_is(folder: Path, made: store_verbs.Store) -> None:
    assert made.folder == sample.sample_folder(folder)
    assert made.folder.parent == folder.parent
    assert sample.is_sample(store=made)
    assert sample.has_sample(folder)
    assert not folder.exists()
    assert "dữ liệu bịa" in (made.folder / sample.MARK).read_text(encoding="utf-8")
    assert "dữ liệu bịa" in str(made.status()["school"])


def test_its_pupils_and_results_are_those_of_the_generator(made: store_verbs.Store) -> None:
    """The workbooks in resources/sample are what `python -m app.demo.sample` writes: invented people only."""
    wanted = sample_school()
    with made.reading() as session:
        loaded = class_rows.load_classes(session, sample.YEAR)
    assert [klass.name for klass in loaded] == [klass.name for klass in wanted.classes]
    for klass, expected in zip(loaded, wanted.classes, strict=True):
        assert [e.pupil for e in klass.pupils] == [e.pupil for e in expected.pupils]
        for entry, other in zip(klass.pupils, expected.pupils, strict=True):
            for code, result in other.period(Period.CN).subjects.items():
                if (klass.name, code) != ("4A", "TOAN"):
                    assert entry.period(Period.CN).subjects[code].score == result.score


def test_classes_stand_at_several_stages_and_one_has_something_to_repair(made: store_verbs.Store) -> None:
    admin = store_verbs.login(store=made, login=sample.ADMIN, password=sample.PASSWORD)
    stages = {
        item.name: item.stages.get(Period.CN, Stage.OPEN)
        for item in classes.list_classes(store=made, actor=admin)
    }
    assert stages == {
        "1A": Stage.APPROVED,
        "2A": Stage.SUBMITTED,
        "3A": Stage.OPEN,
        "4A": Stage.OPEN,
        "5A": Stage.OPEN,
    }
    errors = [one for one in checks.check(store=made, actor=admin).findings if one.severity is Severity.ERROR]
    assert [(one.class_name, one.field) for one in errors] == [("4A", "TOAN")]


def test_everybody_gets_in_with_the_same_password(made: store_verbs.Store) -> None:
    known = store_verbs.known_logins(store=made)
    actors = [store_verbs.login(store=made, login=one.login, password=sample.PASSWORD) for one in known]
    assert {role for actor in actors for role in actor.roles} == set(Role) - {Role.SUBJECT_TEACHER}
    assert {name for actor in actors for name in actor.classes} == {"1A", "2A", "3A", "4A", "5A"}


def test_throwing_away_takes_all_of_it_and_nothing_else(folder: Path, made: store_verbs.Store) -> None:
    with pytest.raises(UserError) as refused:
        sample.throw_away(folder=folder)
    assert refused.value.code == "store.in_use"
    made.close()
    beside = folder.with_name("khac.txt")
    beside.write_text("giữ lại", encoding="utf-8")
    sample.throw_away(folder=folder)
    assert not sample.sample_folder(folder).exists()
    assert not sample.has_sample(folder)
    assert beside.exists()
    sample.throw_away(folder=folder)


def test_a_folder_without_the_mark_is_never_touched(folder: Path) -> None:
    place = sample.sample_folder(folder)
    place.mkdir(parents=True)
    (place / "cua-toi.txt").write_text("quan trọng", encoding="utf-8")
    sample.throw_away(folder=folder)
    with pytest.raises(UserError) as refused:
        sample.make_sample(folder=folder, progress=QUIET)
    assert refused.value.code == "sample.folder_taken"
    assert (place / "cua-toi.txt").exists()


def test_it_is_not_made_twice(folder: Path, made: store_verbs.Store) -> None:
    with pytest.raises(UserError) as refused:
        sample.make_sample(folder=folder, progress=QUIET)
    assert refused.value.code == "sample.exists"
    assert sample.has_sample(folder)


def test_stopping_on_the_way_leaves_nothing(folder: Path) -> None:
    class Impatient:
        def step(self, done: int, total: int, text: str) -> None:
            if done:
                raise Cancelled

    with pytest.raises(Cancelled):
        sample.make_sample(folder=folder, progress=Impatient())
    assert not sample.sample_folder(folder).exists()


def test_a_real_school_is_no_sample(folder: Path) -> None:
    store_verbs.init_school(
        folder=folder,
        school=sample.SCHOOL,
        year=sample.YEAR,
        admin_login="quantri",
        admin_name="Quản trị",
        password="mat-khau",
    )
    with store_verbs.open_store(folder) as store:
        assert not sample.is_sample(store=store)


def test_the_workbooks_are_shipped_with_a_word_on_where_they_come_from() -> None:
    assert len(list(resource("sample").glob("*.xlsx"))) == 9
    assert (resource("sample") / "README.md").exists()
