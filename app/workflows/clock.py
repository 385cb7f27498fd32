"""The time of Vietnam: +07:00, whole seconds."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final

VIETNAM: Final = timezone(timedelta(hours=7))


def now() -> datetime:
    """The present moment, aware, at +07:00, without fractions of a second."""
    return datetime.now(VIETNAM).replace(microsecond=0)
