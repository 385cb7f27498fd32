"""The layers of the design, as a table that the whole package is held against."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parent.parent
APP: Final = ROOT / "app"

STAGES: Final = frozenset({"excel", "transcript", "signing", "delivery", "models"})
SHARED: Final = frozenset({"errors", "interaction", "paths"})


@dataclass(frozen=True)
class Layer:
    """What the modules of one layer may import: our layers, and packages that are not Python's own.

    `types`: layers and packages that may be named below `if TYPE_CHECKING:` only. Above the workflows these
    are the stages: a screen or a verb may say in an annotation which value a workflow handed to it.
    """

    ours: frozenset[str]
    packages: frozenset[str]
    types: frozenset[str]


def _layer(*ours: str, packages: str = "", types: str = "") -> Layer:
    return Layer(frozenset(ours), frozenset(packages.split()), frozenset(types.split()))


ABOVE_THE_STAGES: Final = ("records", "messages", "config", *SHARED)
VALUES: Final = " ".join(sorted(STAGES))

# A layer is the first name after `app.`; "" is app/__init__.py. Every layer may import itself and "".
LAYERS: Final[Mapping[str, Layer]] = {
    "": _layer(),
    "errors": _layer(),
    "messages": _layer("errors", "sentences"),
    "sentences": _layer(),
    "interaction": _layer("errors"),
    "paths": _layer(packages="platformdirs"),
    "config": _layer("errors", "paths"),
    "logs": _layer(),
    "records": _layer("errors"),
    "excel": _layer("records", *SHARED, packages="openpyxl python_calamine lxml"),
    "transcript": _layer("records", *SHARED, packages="reportlab pikepdf lxml PIL"),
    "signing": _layer(
        "records",
        "messages",
        *SHARED,
        packages="pkcs11 pyhanko pyhanko_certvalidator signxml lxml cryptography asn1crypto",
    ),
    "delivery": _layer("records", "messages", *SHARED, packages="boto3 botocore lxml", types="mypy_boto3_s3"),
    "models": _layer(
        "records", *SHARED, packages="sqlalchemy alembic sqlcipher3 keyring argon2 cryptography"
    ),
    "workflows": _layer(*ABOVE_THE_STAGES, *STAGES),
    "ui": _layer(*ABOVE_THE_STAGES, "workflows", packages="PySide6 shiboken6", types=VALUES),
    "main": _layer(*ABOVE_THE_STAGES, "logs", "workflows", "ui", packages="PySide6 shiboken6", types=VALUES),
    "commands": _layer(*ABOVE_THE_STAGES, "workflows", "demo", packages="rich", types=VALUES),
    "cli": _layer(*ABOVE_THE_STAGES, "logs", "workflows", "commands", packages="rich", types=VALUES),
    "demo": _layer(
        *ABOVE_THE_STAGES,
        "workflows",
        "excel",
        packages="rich cryptography asn1crypto pkcs11 moto werkzeug",
        types=VALUES,
    ),
    "__main__": _layer("main", "cli"),
}

# Imported inside functions only, so that a verb does not pay for what it does not use.
LAZY: Final[Mapping[str, frozenset[str]]] = {
    "__main__": frozenset({"app.main", "app.cli"}),
    "commands": frozenset({"app.demo"}),
    "demo": frozenset({"moto"}),
}


@dataclass(frozen=True)
class Import:
    """One imported module by its full name, and where."""

    module: str
    line: int
    lazy: bool
    for_types: bool


def imports_of(tree: ast.Module, package: str) -> Iterator[Import]:
    """Every import of a module, those inside functions included; `package` resolves relative ones."""
    lazy = _inside(tree, lambda node: isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    for_types = _inside(tree, _is_type_block)
    for node in ast.walk(tree):
        for module in _imported(node, package):
            yield Import(module, getattr(node, "lineno", 0), id(node) in lazy, id(node) in for_types)


def _inside(tree: ast.Module, wanted: Callable[[ast.AST], bool]) -> set[int]:
    return {id(node) for block in ast.walk(tree) if wanted(block) for node in ast.walk(block)}


def _is_type_block(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _imported(node: ast.AST, package: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        parents = package.split(".")[: len(package.split(".")) - node.level + 1]
        base = ".".join([*parents, node.module or ""]).strip(".") if node.level else str(node.module)
        # `from app import records` imports a layer, `from app.records import types` a module of it.
        yield from (f"{base}.{alias.name}" if base == "app" else base for alias in node.names)
    elif isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__"} and node.args:
        name = node.args[0]
        yield name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else "?"


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def layer_of(path: Path) -> str:
    """The layer that a file below app/ belongs to."""
    first = path.relative_to(APP).parts[0]
    return first.removesuffix(".py") if first != "__init__.py" else ""


def violations(source: str, layer: str, package: str = "app") -> list[str]:
    """What a module of `layer` imports without being allowed to, one sentence each."""
    allowed = LAYERS[layer]
    found = []
    for one in imports_of(ast.parse(source), package):
        top, _, rest = one.module.partition(".")
        if top == "app":
            target = rest.partition(".")[0]
            good = target in {layer, "", "__version__"} | allowed.ours
        else:
            target = top
            good = top in sys.stdlib_module_names or top in allowed.packages
        good = good or (one.for_types and target in allowed.types)
        early = not (one.lazy or one.for_types) and any(
            _below(one.module, name) for name in LAZY.get(layer, ())
        )
        if not good:
            found.append(f"line {one.line}: {layer} must not import {one.module}")
        elif early:
            found.append(f"line {one.line}: {layer} may import {one.module} only inside a function")
    return found


def _below(module: str, name: str) -> bool:
    return module == name or module.startswith(f"{name}.")


FILES: Final = sorted(APP.rglob("*.py"))


def test_every_layer_is_in_the_table() -> None:
    assert {layer_of(path) for path in FILES} <= set(LAYERS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    package = ".".join(path.relative_to(ROOT).parent.parts)
    assert violations(path.read_text(encoding="utf-8"), layer_of(path), package) == []


@pytest.mark.parametrize("path", sorted(APP.glob("models/migrations/**/*.py")), ids=lambda path: path.name)
def test_migrations_import_nothing_of_ours(path: Path) -> None:
    package = ".".join(path.relative_to(ROOT).parent.parts)
    ours = imports_of(ast.parse(path.read_text(encoding="utf-8")), package)
    assert [one for one in ours if one.module.split(".")[0] == "app"] == []


@pytest.mark.parametrize(
    ("layer", "source"),
    [
        ("records", "import lxml"),
        ("records", "from app.models import store"),
        ("excel", "from app.transcript.pdf import render_pdf"),
        ("excel", "from app import signing"),
        ("excel", "def f():\n    import sqlalchemy"),
        ("transcript", "from ..models import store"),
        ("signing", "import importlib\nimportlib.import_module('app.models.store')"),
        ("workflows", "from sqlalchemy.orm import Session"),
        ("workflows", "import app.ui.shell"),
        ("ui", "from app.models.store import Store"),
        (
            "records",
            "if TYPE_CHECKING:\n    from app.models.store import Store",
        ),
        ("cli", "from PySide6.QtCore import QObject"),
        ("commands", "from app.demo import run"),
        ("__main__", "from app.main import run_window"),
    ],
)
def test_a_forbidden_import_is_found(layer: str, source: str) -> None:
    assert violations(source, layer, f"app.{layer}") != []


@pytest.mark.parametrize(
    ("layer", "source"),
    [
        ("records", "from app.errors import UserError\nimport re"),
        ("records", "from .types import Pupil\nfrom . import names"),
        ("excel", "import openpyxl\nfrom app.records.types import Pupil"),
        ("cli", "from app import __version__, messages"),
        ("commands", "def f():\n    from app.demo import run"),
        (
            "commands",
            "if TYPE_CHECKING:\n    from app.models.values import OutboxItem",
        ),
        ("__main__", "def f():\n    from app.main import run_window"),
    ],
)
def test_an_allowed_import_passes(layer: str, source: str) -> None:
    assert violations(source, layer, f"app.{layer}") == []
