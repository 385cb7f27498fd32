"""The window. Qt lives here and in app/main.py only."""

from __future__ import annotations

from app.ui.immortal import protect_constants

protect_constants()
