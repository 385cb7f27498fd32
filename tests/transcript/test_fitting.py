"""Breaking lines, sharing a page among rows: nothing is lost, nothing is wider or higher than its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.transcript import form
from app.transcript.book import fit_line
from app.transcript.fitting import share_height, text_height, wrap
from app.transcript.fonts import Face, font
from app.transcript.table import Cell, Row, split
from tests.transcript.samples import LONG

WORDS = st.lists(st.text("aăâbcdđeêghikABĐ.,", min_size=1, max_size=30), max_size=40).map(" ".join)


@given(WORDS, st.floats(20, 400), st.sampled_from(form.COMMENT_SIZES))
def test_lines_fit_and_hold_everything(text: str, width: float, size: float) -> None:
    lines = wrap(text, width, size)
    assert all(font(Face.REGULAR).width(line, size) <= width + 1e-6 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_new_lines_are_kept() -> None:
    assert wrap("một\nhai  ba\n\n", 200, 11) == ("một", "hai ba")


def test_a_word_wider_than_the_line_is_broken() -> None:
    assert len(wrap("a" * 100, 50, 10)) > 5


@given(st.lists(WORDS, min_size=1, max_size=14), st.floats(100, 900))
def test_rows_hold_their_comments(comments: list[str], available: float) -> None:
    floors = [20.0] * len(comments)
    fits = share_height(comments, floors, column=200, available=available, largest=46)
    for fit in fits:
        assert fit.height >= max(20.0, text_height(len(fit.lines), fit.size)) - 1e-6
    smallest = all(fit.size == form.COMMENT_SIZES[-1] or fit.height <= 20 for fit in fits)
    assert sum(fit.height for fit in fits) <= available + 1e-6 or smallest


def test_the_longest_comment_shrinks_first() -> None:
    fits = share_height([LONG, "ngắn"], [20, 20], column=200, available=90, largest=46)
    assert fits[0].size < form.COMMENT_SIZES[0]
    assert fits[1].size == form.COMMENT_SIZES[0]


def test_a_value_shrinks_to_its_blank_before_it_breaks() -> None:
    name = "Nguyễn Hoàng Phương Thảo Quỳnh Trang"
    width = font(Face.BOLD).width(name, 12)
    assert fit_line(name, width + 3, 12, Face.BOLD) == ((name,), 12)
    lines, size = fit_line(name, width * 0.9 + 3, 12, Face.BOLD)
    assert lines == (name,)
    assert size == pytest.approx(10.8)
    lines, size = fit_line(name, width * 0.6, 12, Face.BOLD)
    assert len(lines) == 2
    assert size == pytest.approx(10.2)
    assert fit_line(name * 9, width, 12, Face.BOLD)[1] == 8


def test_spare_room_is_shared_up_to_the_largest() -> None:
    fits = share_height(["a", "b"], [20, 20], column=200, available=60, largest=46)
    assert [fit.height for fit in fits] == [30, 30]
    fits = share_height(["a", "b"], [20, 20], column=200, available=600, largest=46)
    assert [fit.height for fit in fits] == [46, 46]


@pytest.mark.parametrize("count", [1, 80, 300])
def test_a_row_higher_than_a_page_is_split_without_loss(count: int) -> None:
    lines = tuple(f"dòng {number}" for number in range(count))
    row = Row(text_height(count, 8), (Cell(("Toán",)), Cell(lines, 8)))
    parts = list(split(row, 600))
    assert tuple(line for part in parts for line in part.cells[1].lines) == lines
    assert all(part.height <= 600 for part in parts)
    for part in parts:
        assert text_height(len(part.cells[1].lines), 8) <= part.height + 1e-6
