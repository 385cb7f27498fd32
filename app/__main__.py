"""The one entry point: a verb goes to the command line, no verb opens the window."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Sequence
from pathlib import Path

from app import __version__

_WINDOW_OPTIONS = ("--data",)


def window_data(arguments: Sequence[str]) -> tuple[bool, Path | None]:
    """Whether `arguments` ask for the window, and the data folder they name (None: the platform's).

    The window takes no verb and no option but `--data DIR`; everything else belongs to the command line.
    """
    if not arguments:
        return True, None
    option, separator, value = arguments[0].partition("=")
    if option not in _WINDOW_OPTIONS:
        return False, None
    rest = [value] if separator else list(arguments[1:2])
    used = 1 if separator else 2
    return len(rest) == 1 and len(arguments) == used, Path(rest[0]) if rest else None


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window or one verb; returns the exit code of design section 5."""
    multiprocessing.freeze_support()  # first: in the bundle, worker processes start through here
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == ["--version"]:
        sys.stdout.write(f"hocba {__version__}\n")
        return 0
    window, data = window_data(arguments)
    if window:
        from app.main import run_window  # Qt is loaded only when a window is wanted

        return run_window(data)
    from app.cli import main as run_verb

    return run_verb(arguments)


if __name__ == "__main__":
    sys.exit(main())
