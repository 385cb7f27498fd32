"""What every verb may ask for: the store, the signed-in person, passwords, PIN and progress."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.errors import Cancelled, NotAllowed, TokenProblem
from app.interaction import PinRequest, PinState
from app.paths import default_data_dir
from app.records.permissions import Actor
from app.workflows import store as store_verbs
from app.workflows.store import Store


class Context:
    """One call of the command line. Close it to close the store."""

    def __init__(self, args: Namespace) -> None:
        self.args = args
        self.folder: Path = args.data or default_data_dir()
        self._store: Store | None = None
        self._actor: Actor | None = None

    @property
    def store(self) -> Store:
        """The store, opened on first use."""
        if self._store is None:
            self._store = store_verbs.open_store(self.folder)
        return self._store

    def store_if_any(self) -> Store | None:
        """The store when the folder holds one, None otherwise."""
        return self.store if store_verbs.has_store(self.folder) else None

    @property
    def actor(self) -> Actor:
        """The person named by --user, after the password was checked."""
        if self._actor is None:
            if not self.args.user:
                raise NotAllowed("account.no_user")
            password = secret("HOCBA_PASSWORD", f"Mật khẩu của {self.args.user}: ", "account.no_password")
            self._actor = store_verbs.login(store=self.store, login=self.args.user, password=password)
        return self._actor

    def close(self) -> None:
        """Close the store, if it was opened."""
        if self._store is not None:
            self._store.close()


def secret(variable: str, prompt: str, missing: str) -> str:
    """A secret from the environment or, at a terminal, from a prompt that shows nothing."""
    value = os.environ.get(variable)
    if value is not None:
        return value
    if not sys.stdin.isatty():
        raise NotAllowed(missing, variable=variable)
    return getpass.getpass(prompt)


class TerminalPin:
    """Takes the PIN from HOCBA_PIN or the prompt; refuses to spend the last try of a token unasked."""

    def ask_pin(self, request: PinRequest) -> str:
        if request.state is PinState.LOCKED:
            raise TokenProblem("signing.pin_locked", token=request.token_serial)
        if request.state is PinState.FINAL_TRY and not self._sure(request):
            raise Cancelled
        asked = f"PIN của {request.holder} (sê-ri {request.token_serial}), ký {request.documents} học bạ: "
        try:
            return secret("HOCBA_PIN", asked, "signing.no_pin")
        except NotAllowed as error:
            raise TokenProblem(error.code, **error.facts) from None

    def _sure(self, request: PinRequest) -> bool:
        if os.environ.get("HOCBA_PIN") is not None or not sys.stdin.isatty():
            raise TokenProblem("signing.pin_final_try", token=request.token_serial)
        last = request.token_serial[-4:]
        warning = f"Token chỉ còn một lần thử PIN. Gõ 4 ký tự cuối của sê-ri ({last}) để tiếp tục: "
        return getpass.getpass(warning) == last


class BarProgress:
    """A progress bar on standard error."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None)

    def step(self, done: int, total: int, text: str) -> None:
        self._bar.update(self._task, completed=done, total=total or None, description=text)


@contextmanager
def progress(args: Namespace) -> Iterator[BarProgress]:
    """Progress for one job; silent with --quiet, and where standard error is no terminal."""
    console = Console(stderr=True, quiet=args.quiet)
    shown = console.is_terminal and not args.quiet
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not shown) as bar:
        yield BarProgress(bar)
