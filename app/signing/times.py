"""Signing times as documents write them: Vietnamese local time with its offset."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final

VIETNAM: Final = timezone(timedelta(hours=7))


def iso_local(moment: datetime) -> str:
    """An aware time like "2026-05-28T09:15:30+07:00" (ISO 8601, decree 30/2020)."""
    return moment.astimezone(VIETNAM).isoformat(timespec="seconds")


def pdf_local(moment: datetime) -> str:
    """An aware time as a PDF date, "D:20260528091530+07'00'"."""
    return moment.astimezone(VIETNAM).strftime("D:%Y%m%d%H%M%S+07'00'")
