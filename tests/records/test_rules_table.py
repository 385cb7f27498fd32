"""The document of the rules is what the program knows."""

from __future__ import annotations

from app.records.checks import GROUPS, RULES
from scripts.rules_table import FILE, table


def test_the_document_is_current() -> None:
    told = "docs/quy-tac-kiem-tra.md is old: run python -m scripts.rules_table"
    assert FILE.read_text(encoding="utf-8") == table(), told


def test_every_rule_stands_in_it_once() -> None:
    lines = table().splitlines()
    for rule in RULES:
        assert sum(line.startswith(f"| `{rule}` |") for line in lines) == 1
    assert sum(len(rules) for rules in GROUPS.values()) == len(RULES)
