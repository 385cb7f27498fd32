"""Small files, small functions, and a Vietnamese sentence for every code that a person may meet."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from app.messages import SENTENCES

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDERS: Final = ("app", "benchmarks", "conformance", "scripts", "tests")
FILE_LINES: Final = 500
FUNCTION_LINES: Final = 60
# A migration is one long list of columns, frozen once released: its size says nothing.
MIGRATIONS: Final = ROOT / "app" / "models" / "migrations" / "versions"
FILES: Final = sorted(
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*.py")
    if not path.is_relative_to(MIGRATIONS)
)
APP_FILES: Final = [path for path in FILES if path.is_relative_to(ROOT / "app")]


def long_functions(source: str) -> list[str]:
    """The functions of `source` that are longer than allowed, decorators and docstring counted."""
    return [
        f"{node.name}: {length}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_and_functions_are_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= FILE_LINES
    assert long_functions(source) == []


def test_a_long_function_is_found() -> None:
    assert long_functions("def f():\n" + "    x = 1\n" * FUNCTION_LINES) == ["f: 61"]
    assert long_functions("def f():\n" + "    x = 1\n" * (FUNCTION_LINES - 1)) == []


@dataclass(frozen=True)
class Raised:
    """One place that makes an error for a person: its code and the facts given, None when not visible."""

    code: str
    facts: frozenset[str] | None
    line: int


def error_names(trees: list[ast.Module]) -> frozenset[str]:
    """UserError and every class of ours below it that keeps its constructor."""
    names = {"UserError"}
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    while True:
        below = {
            node.name
            for node in classes
            if any(isinstance(base, ast.Name) and base.id in names for base in node.bases)
            and not _own_init(node)
        }
        if below <= names:
            return frozenset(names)
        names |= below


def _own_init(node: ast.ClassDef) -> bool:
    return any(isinstance(part, ast.FunctionDef) and part.name == "__init__" for part in node.body)


def raised(tree: ast.Module, names: frozenset[str]) -> Iterator[Raised]:
    """Every call of an error class with a literal code."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or _called(node) not in names or not node.args:
            continue
        code = node.args[0]
        if isinstance(code, ast.Constant) and isinstance(code.value, str):
            given = [keyword.arg for keyword in node.keywords]
            facts = None if None in given else frozenset(name for name in given if name)
            yield Raised(code.value, facts, node.lineno)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def placeholders(sentence: str) -> frozenset[str]:
    """The facts that a sentence needs."""
    fields = (field for _, field, _, _ in string.Formatter().parse(sentence) if field is not None)
    return frozenset(field.partition(".")[0].partition("[")[0] for field in fields)


def message_problems(source: str, names: frozenset[str]) -> list[str]:
    """Codes without a sentence, and sentences that need a fact which is not given."""
    found = []
    for one in raised(ast.parse(source), names):
        if one.code not in SENTENCES:
            found.append(f"line {one.line}: no sentence for {one.code}")
        elif one.facts is not None and (missing := placeholders(SENTENCES[one.code]) - one.facts):
            found.append(f"line {one.line}: {one.code} needs {', '.join(sorted(missing))}")
    return found


TREES: Final = [ast.parse(path.read_text(encoding="utf-8")) for path in APP_FILES]
ERRORS: Final = error_names(TREES)


@pytest.mark.parametrize("path", APP_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_code_has_its_sentence(path: Path) -> None:
    assert message_problems(path.read_text(encoding="utf-8"), ERRORS) == []


def test_a_missing_sentence_or_fact_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.test_sizes.SENTENCES", {"demo.known": "Tệp {file} hỏng: {reason.name}."})
    assert message_problems('raise UserError("demo.unknown")', ERRORS) == [
        "line 1: no sentence for demo.unknown"
    ]
    assert message_problems('raise NotAllowed("demo.known", file=1)', ERRORS) == [
        "line 1: demo.known needs reason"
    ]
    assert message_problems('raise TokenProblem("demo.known", file=1, reason=2)', ERRORS) == []
    assert message_problems('raise UserError("demo.known", **facts)', ERRORS) == []


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_reads_as_one(code: str) -> None:
    sentence = SENTENCES[code]
    assert sentence == sentence.strip()
    assert "!" not in sentence
    assert "vui lòng" not in sentence.lower()
    assert all(name.isidentifier() for name in placeholders(sentence))


def test_every_file_begins_with_a_docstring() -> None:
    bare = [path for path in FILES if path.stat().st_size and ast.get_docstring(_tree(path)) is None]
    assert bare == []


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
