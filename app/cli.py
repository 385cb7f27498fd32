"""The verbs without a window: parse, run, print, and turn every failure into a sentence and an exit code."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

from app import messages
from app.commands.answer import Answer, show
from app.commands.context import Context
from app.commands.parser import build
from app.errors import Cancelled, UserError
from app.logs import logging_to

BUG_EXIT = 70


def main(argv: Sequence[str]) -> int:
    """Run one verb; returns the exit code (0 done, 1 findings, 2 usage or input, 3 not allowed, 4 token)."""
    as_json = "--json" in argv
    try:
        args = build().parse_args(list(argv))
        if not hasattr(args, "run"):
            raise UserError("cli.usage", usage="hocba LỆNH … (xem: hocba --help)")
    except UserError as error:
        return _fail(error.code, messages.with_command(error), error.exit_code, as_json)
    context = Context(args)
    with logging_to(context.folder):
        return _run(context, as_json)


def _run(context: Context, as_json: bool) -> int:
    args = context.args
    try:
        try:
            answer: Answer = args.run(context)
        finally:
            context.close()
    except UserError as error:
        return _fail(error.code, messages.with_command(error), error.exit_code, as_json)
    except (Cancelled, KeyboardInterrupt):
        return _fail("cancelled", messages.text("cli.cancelled", {}), 1, as_json)
    except Exception:
        logging.getLogger(__name__).exception("unexpected failure")
        return _fail("bug", messages.text("cli.bug", {}), BUG_EXIT, as_json)
    show(answer, as_json=as_json, quiet=args.quiet)
    return answer.code


def _fail(code: str, message: str, exit_code: int, as_json: bool) -> int:
    if as_json:
        show(Answer({"error": {"code": code, "message": message}}), as_json=True, quiet=False)
    else:
        sys.stderr.write(message + "\n")
    return exit_code
