"""The Vietnamese sentences people read: one per code, saying what, where and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.errors import UserError

# Each stage keeps its codes under its own prefix, in its own block, in alphabetical order.
SENTENCES: Final[Mapping[str, str]] = {
    # --- store: opening, keys, backup -------------------------------------------------------------
    # --- account: login, permissions --------------------------------------------------------------
    # --- excel: reading and writing workbooks -----------------------------------------------------
    # --- transcript: making XML and PDF -----------------------------------------------------------
    # --- signing: tokens, signatures, verification ------------------------------------------------
    # --- delivery: archive, destinations, outbox --------------------------------------------------
    # --- workflow: stages, lookups ----------------------------------------------------------------
    # --- demo -------------------------------------------------------------------------------------
}


def text(code: str, facts: Mapping[str, object]) -> str:
    """The sentence for `code` with `facts` filled in; KeyError when a code has no sentence (a bug)."""
    return SENTENCES[code].format_map(dict(facts))


def sentence(error: UserError) -> str:
    """The one Vietnamese sentence that explains `error`."""
    return text(error.code, error.facts)
