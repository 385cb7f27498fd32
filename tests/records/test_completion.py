"""The words of a decision of the principal, there and back."""

from __future__ import annotations

from datetime import date

import pytest

from app.records.completion import Decision, decision_number, decision_text, parse_decision

TEXT = "Quyết định số 12/QĐ-THTH ngày 20/08/2024"


def test_a_decision_is_written_and_read() -> None:
    decision = Decision("12/QĐ-THTH", date(2024, 8, 20))
    assert decision_text(decision) == TEXT
    assert parse_decision(TEXT) == decision


@pytest.mark.parametrize(
    "text", ["", "12/QĐ-TH", "Quyết định số 12 ngày 31/02/2024", f"{TEXT} và {TEXT}", "số 12 ngày 20/08/2024"]
)
def test_other_words_are_no_decision(text: str) -> None:
    assert parse_decision(text) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12/QĐ-THTH", "12/QĐ-THTH"),
        (" số 12/QĐ-THTH ", "12/QĐ-THTH"),
        ("Quyết định số 7", "7"),
        ("QĐ-THTH", None),
        ("12 QĐ", None),
        ("12;13", None),
        ("", None),
        ("1" * 41, None),
    ],
)
def test_the_number_of_a_decision(typed: str, number: str | None) -> None:
    assert decision_number(typed) == number
