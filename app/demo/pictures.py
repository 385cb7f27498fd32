"""Pictures of the demo: the window's screens and the pages of one delivered transcript, as PNG."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from app.errors import UserError

_SECONDS: Final = 180


def take_pictures(
    *, place: Path, data: Path, login: str, password: str, documents: Path, workbook: Path
) -> int:
    """Write the pictures into `place`; returns how many there are. UserError demo.no_pictures.

    `workbook` is what the picture of the import page shows.
    """
    place.mkdir(parents=True, exist_ok=True)
    sample = sorted(documents.rglob("*.pdf"))[0]
    _run(["pdftoppm", "-r", "80", "-png", str(sample), str(place / "hoc-ba")], {})
    window = [sys.executable, "-m", "app.ui.shots", "--data", str(data), "--user", login]
    shots = [*window, "--out", str(place), "--class", "4A", "--import", str(workbook)]
    _run(shots, {"HOCBA_PASSWORD": password, "QT_QPA_PLATFORM": "offscreen"})
    return len(list(place.glob("*.png")))


def _run(command: list[str], variables: dict[str, str]) -> None:
    try:
        subprocess.run(
            command, check=True, capture_output=True, timeout=_SECONDS, env={**os.environ, **variables}
        )
    except (OSError, subprocess.SubprocessError) as error:
        detail = getattr(error, "stderr", b"") or str(error).encode()
        raise UserError(
            "demo.no_pictures", tool=command[0], why=detail.decode(errors="replace")[-300:]
        ) from None
