"""The verb that lists the change log."""

from __future__ import annotations

from pathlib import Path

from tests.commands.conftest import Run


def test_the_log_is_listed_newest_first(school: Run, workbooks: list[Path]) -> None:
    school("import", workbooks[0])
    code, answer = school("log", "--limit", 5)
    assert code == 0
    numbers = [entry["number"] for entry in answer["entries"]]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == 5
    assert answer["more"]
    assert answer["total"] == numbers[0]
    _, older = school("log", "--limit", 5, "--before", numbers[-1])
    assert older["entries"][0]["number"] == numbers[-1] - 1


def test_the_log_is_filtered(school: Run, workbooks: list[Path]) -> None:
    school("import", workbooks[0])
    _, answer = school("log", "--class", "3A", "--kind", "pupils", "--by", "quantri")
    assert answer["entries"]
    assert {entry["class"] for entry in answer["entries"]} == {"3A"}
    assert {entry["login"] for entry in answer["entries"]} == {"quantri"}
    assert school("log", "--until", "2000-01-01")[1]["total"] == 0


def test_an_unknown_kind_is_a_usage_error(school: Run) -> None:
    code, answer = school("log", "--kind", "moon")
    assert (code, answer["error"]["code"]) == (2, "cli.usage")
