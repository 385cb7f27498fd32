"""The three families of failure: shown to the person, silent, or a bug (anything else)."""

from __future__ import annotations


class UserError(Exception):
    """Something the person can understand and act on.

    The core raises a code with facts; `app.messages.sentence` turns it into one Vietnamese sentence.
    `exit_code` is what the command line returns: 2 wrong usage or unreadable input.
    """

    exit_code = 2

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class NotAllowed(UserError):
    """Login, permission or stage forbids it (exit code 3)."""

    exit_code = 3


class TokenProblem(UserError):
    """No token, wrong token, wrong PIN, or a token that fails (exit code 4)."""

    exit_code = 4


class Cancelled(Exception):
    """The person asked to stop; everything done so far is kept."""
