"""veraPDF and EU DSS: built once with Maven, then run as plain Java programs."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
TARGET: Final = HERE / "target"
STAMP: Final = TARGET / "built-from"
HEAP: Final = "-Xmx768m"


class Unavailable(Exception):
    """A judge cannot be asked on this machine; the text says why."""


def build() -> None:
    """Compile the two judges and collect their libraries, unless nothing changed since the last time.

    Raises Unavailable when Java or Maven is missing or the libraries cannot be fetched.
    """
    for program in ("java", "javac", "mvn"):
        if shutil.which(program) is None:
            raise Unavailable(f"no {program} on this machine")
    sources = _digest_of_sources()
    if STAMP.is_file() and STAMP.read_text() == sources:
        return
    shutil.rmtree(TARGET, ignore_errors=True)
    offline = _maven("--offline")
    fetched = offline if offline.returncode == 0 else _maven()
    if fetched.returncode != 0:
        last = [line for line in fetched.stdout.splitlines() if "ERROR" in line][:1]
        raise Unavailable(f"Maven could not build the judges: {' '.join(last) or fetched.stderr[-300:]}")
    STAMP.write_text(sources)


def run(judge: str, arguments: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """Ask `judge` (a Java class) about files; one answer per file. Raises RuntimeError when it fails."""
    classpath = os.pathsep.join([str(TARGET / "classes"), str(TARGET / "jars" / "*")])
    command = ["java", HEAP, "-XX:+UseSerialGC", "-cp", classpath, judge, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{judge} stopped with {done.returncode}: {done.stderr[-1000:]}")
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {answer["file"]: answer for answer in answers}


def _maven(*options: str) -> subprocess.CompletedProcess[str]:
    command = ["mvn", "--batch-mode", "--quiet", *options, "--file", str(HERE / "pom.xml"), "compile"]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def _digest_of_sources() -> str:
    digest = hashlib.sha256()
    for path in [HERE / "pom.xml", *sorted((HERE / "java").glob("*.java"))]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
