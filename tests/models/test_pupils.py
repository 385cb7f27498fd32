"""Who a pupil is, one field at a time."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.models import changelog, classes, pupils
from app.models.store import Store
from app.records.types import Sex
from tests.models.samples import YEAR, add_pupil


def test_a_field_is_set_emptied_and_logged(store: Store) -> None:
    with store.transaction() as session:
        entry = add_pupil(session)
    with store.transaction() as session:
        assert pupils.set_pupil_field(session, entry.key, "birth_date", date(2014, 9, 3), "gv") == 1
        assert pupils.set_pupil_field(session, entry.key, "sex", Sex.FEMALE, "gv") == 0
        assert pupils.set_pupil_field(session, entry.key, "ethnicity", None, "gv") == 1
        assert pupils.set_pupil_field(session, entry.key, "sex", None, "gv") == 1
    with store.reading() as session:
        found = classes.find_pupil(session, YEAR, entry.pupil.code)[1].pupil
        logged = [(one.field, one.old, one.new) for one in changelog.entries(session, limit=3)]
    assert (found.birth_date, found.ethnicity, found.sex) == (date(2014, 9, 3), "", None)
    assert ("birth_date", "2014-03-09", "2014-09-03") in logged
    assert ("ethnicity", "Khmer", "") in logged


def test_a_stale_field_is_refused(store: Store) -> None:
    with store.transaction() as session:
        entry = add_pupil(session)
    with pytest.raises(UserError) as caught, store.transaction() as session:
        pupils.set_pupil_field(session, entry.key, "name", "Thạch Kha", "gv", expected="Thạch Thị Kha")
    assert caught.value.code == "workflow.stale"
    with pytest.raises(ValueError, match="beauty"), store.transaction() as session:
        pupils.set_pupil_field(session, entry.key, "beauty", "x", "gv")
