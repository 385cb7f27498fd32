"""Edit distance and clusters, against the plain table of distances."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records.similarity import clusters, distance

LETTERS = "aăâ đê."
SHORT = st.text(LETTERS, max_size=40)
WORDS = ["đọc", "viết", "tốt", "rõ", "bài", "em", "hiểu", "nhanh"]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=3, max_size=14)
LONG = st.text("ab", min_size=60, max_size=150)
"""Longer than one machine word."""


def table(first: str, second: str) -> int:
    """Levenshtein distance by the textbook's table."""
    row = list(range(len(second) + 1))
    for at, one in enumerate(first, 1):
        corner, row[0] = row[0], at
        for column, other in enumerate(second, 1):
            corner, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, corner + (one != other)),
            )
    return row[-1]


def plain_clusters(texts: Sequence[str], percent: int) -> list[list[int]]:
    """Clusters by comparing every pair."""
    groups = [{place} for place in range(len(texts))]
    for first, second in combinations(range(len(texts)), 2):
        longer = max(len(texts[first]), len(texts[second]))
        if 100 * (longer - table(texts[first], texts[second])) > percent * longer:
            joined = [group for group in groups if first in group or second in group]
            groups = [group for group in groups if group not in joined] + [set().union(*joined)]
    return sorted(sorted(group) for group in groups if len(group) > 1)


def edited(text: str, edits: Sequence[tuple[int, str]]) -> str:
    """`text` with characters replaced ("x"), put in ("+x") and taken out ("")."""
    for place, letter in edits:
        at = place % (len(text) + 1)
        text = text[:at] + letter.removeprefix("+") + text[at + (not letter.startswith("+")) :]
    return text


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        *(("", "", 0), ("", "bài", 3), ("bài", "", 3), ("bài", "bài", 0), ("bài", "bái", 1)),
        *(("kitten", "sitting", 3), ("đọc tốt", "tốt đọc", 6), ("a" * 200, "a" * 199 + "b", 1)),
    ],
)
def test_known_distances(first: str, second: str, expected: int) -> None:
    assert distance(first, second) == expected


@given(SHORT, SHORT)
def test_distance_is_that_of_the_table(first: str, second: str) -> None:
    assert distance(first, second) == distance(second, first) == table(first, second)


@given(LONG, LONG)
def test_distance_of_long_texts(first: str, second: str) -> None:
    assert distance(first, second) == table(first, second)


EDITS = st.lists(st.tuples(st.integers(0, 200), st.sampled_from(["", "x", "+x", " ", "+ "])), max_size=8)


@given(SENTENCES.map(" ".join), st.lists(EDITS, min_size=1, max_size=8), st.sampled_from([50, 80, 90, 95]))
def test_clusters_of_edited_sentences_are_those_of_every_pair(
    text: str, changes: list[list[tuple[int, str]]], percent: int
) -> None:
    texts = [text, *(edited(text, edits) for edits in changes)]
    assert sorted(clusters(texts, percent=percent)) == plain_clusters(texts, percent)


@given(st.lists(SENTENCES.map(" ".join), max_size=10), st.sampled_from([50, 70, 90]))
def test_clusters_of_other_sentences_are_those_of_every_pair(texts: list[str], percent: int) -> None:
    assert sorted(clusters(texts, percent=percent)) == plain_clusters(texts, percent)


def test_exactly_the_limit_is_not_over_it() -> None:
    text = "0123456789" * 2
    assert clusters([text, text[:-2] + "xy"], percent=90) == []
    assert clusters([text, text[:-1] + "x"], percent=90) == [[0, 1]]
    assert clusters([text, text + "x", text[:-1]], percent=90) == [[0, 1, 2]]
    assert clusters([], percent=90) == clusters(["", "a"], percent=90) == []


def test_links_carry_on() -> None:
    first = "đọc to, rõ ràng; hiểu nội dung"
    second, third = first.replace("to", "ta"), first.replace("to, rõ", "ta, ró").replace("hiểu", "hiếu")
    assert distance(first, third) * 10 >= len(first)
    assert clusters([first, third], percent=90) == []
    assert clusters([first, third, second], percent=90) == [[0, 1, 2]]
