"""Geometry: boxes stay on the sheet and apart, the seal covers the left third of the leader's signature."""

from __future__ import annotations

from itertools import combinations

import pytest

from app.transcript import form
from app.transcript.form import Box
from app.transcript.pages_end import closing_height, field_boxes
from app.transcript.pages_year import plan_traits
from tests.transcript.samples import emptiest, longest, transcript


def test_columns_fill_the_width() -> None:
    for columns in (form.SUBJECT_COLUMNS, form.TRAIT_COLUMNS, form.HISTORY_COLUMNS):
        assert sum(columns) == pytest.approx(form.WIDTH)


def test_subject_columns_are_those_of_the_printed_form() -> None:
    shares = [round(width / form.WIDTH, 2) for width in form.SUBJECT_COLUMNS]
    assert shares == [0.28, 0.16, 0.16, 0.40]


@pytest.mark.parametrize("top", [form.TOP, form.BOTTOM - form.SIGNATURES_HEIGHT])
def test_fields_are_on_the_sheet_and_leave_the_words_free(top: float) -> None:
    boxes = field_boxes(top)
    for box in boxes.values():
        assert box.x >= form.LEFT
        assert box.right <= form.RIGHT
        assert box.y >= top
        assert box.bottom <= form.BOTTOM
    leader_words = Box(form.LEFT, top + form.SIGN_HEADING - 12, 250, 3 * form.SIGN_STEP + 12)
    names = Box(form.LEFT, top + form.SIGN_NAME - form.FIELD * 0.75, form.WIDTH, form.FIELD)
    for name, box in boxes.items():
        assert not box.overlaps(leader_words), name
        assert not box.overlaps(names), name


def test_leader_left_teacher_right_seal_over_the_left_third() -> None:
    boxes = field_boxes(0)
    leader, teacher, seal = boxes["CBQL"], boxes["GVCN"], boxes["PHATHANH"]
    assert leader.right < form.CENTRE < teacher.x
    covered = (min(seal.right, leader.right) - leader.x) / leader.width
    assert covered == pytest.approx(1 / 3, abs=0.02)
    assert seal.x < leader.x
    assert not seal.overlaps(teacher)
    assert seal.width == pytest.approx(35 * form.MM, abs=1)
    for first, second in combinations((leader, teacher), 2):
        assert not first.overlaps(second)


@pytest.mark.parametrize("grade", [1, 2, 3, 4, 5])
def test_the_second_page_of_an_ordinary_pupil_holds_the_signatures(grade: int) -> None:
    data = transcript(grade)
    below = closing_height(data)
    height = sum(table.height for table in plan_traits(data, below))
    assert form.TOP + 20 + form.FIELD_STEP + height + below <= form.BOTTOM + 1e-6


def test_traits_that_fill_the_page_leave_the_signatures_to_the_next() -> None:
    data = longest()
    height = sum(table.height for table in plan_traits(data, closing_height(data)))
    assert form.TOP + 20 + form.FIELD_STEP + height <= form.BOTTOM
    assert sum(len(table.rows) for table in plan_traits(emptiest(), 300.0)) == 13


def test_cover_fields_stay_inside_the_frame() -> None:
    fields, frame = form.COVER_FIELDS, form.COVER_FRAME
    assert frame.x < fields.x
    assert fields.right < frame.right
    assert fields.bottom < frame.bottom
    assert form.COVER_TITLE[0] < fields.y
    assert frame.bottom < form.FOOT[0] - form.FOOT_SIZE
