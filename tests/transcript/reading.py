"""Second opinions on a PDF: Poppler, qpdf, pikepdf."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf


def run(*command: str | Path) -> str:
    """Standard output of a tool that must succeed."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def stored(pdf: bytes, folder: Path, name: str = "a.pdf") -> Path:
    """The bytes as a file that qpdf finds sound."""
    path = folder / name
    path.write_bytes(pdf)
    run("qpdf", "--check", path)
    return path


def text_of(path: Path) -> str:
    """All text with single blanks, in the order of drawing."""
    return " ".join(run("pdftotext", "-raw", path, "-").split())


def font_rows(path: Path) -> list[list[str]]:
    """Rows of pdffonts: name, type, encoding, embedded, subset, Unicode, object, generation."""
    return [line.split() for line in run("pdffonts", path).splitlines()[2:]]


def structure(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Roles of the structure tree in reading order."""
    yield from _roles(pdf.Root.StructTreeRoot.K)


def _roles(element: pikepdf.Object) -> Iterator[str]:
    yield str(element.S)[1:]
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _roles(kid)
