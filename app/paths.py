"""Where things lie: the data folder and the resources, frozen or not."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs


def resources() -> Path:
    """The `resources/` folder, beside the package or inside the bundle."""
    bundle = getattr(sys, "_MEIPASS", None)
    base = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return base / "resources"


def resource(*parts: str) -> Path:
    """A file below `resources/`."""
    return resources().joinpath(*parts)


def default_data_dir() -> Path:
    """The platform's data folder of this application and user."""
    return Path(platformdirs.user_data_dir("hocba", appauthor=False))
