"""The Vietnamese sentences people read: one per code, saying what, where and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.errors import UserError
from app.sentences import classes, delivery, documents, excel, store, window
from app.sentences.commands import COMMANDS

SENTENCES: Final[Mapping[str, str]] = {
    code: sentence
    for part in (classes, delivery, documents, excel, store, window)
    for code, sentence in part.SENTENCES.items()
}


def text(code: str, facts: Mapping[str, object]) -> str:
    """The sentence for `code` with `facts` filled in; KeyError when a code has no sentence (a bug)."""
    return SENTENCES[code].format_map(dict(facts))


def sentence(error: UserError) -> str:
    """The one Vietnamese sentence that explains `error`."""
    return text(error.code, error.facts)


def with_command(error: UserError) -> str:
    """The sentence of `error` and the command that helps further, for whoever works by commands."""
    told, command = sentence(error), COMMANDS.get(error.code)
    return f"{told} Lệnh: {command.format_map(error.facts)}." if command else told
