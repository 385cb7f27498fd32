"""The verb that reads the change log."""

from __future__ import annotations

from app.commands.answer import Answer, Grid
from app.commands.context import Context
from app.workflows import journal


def log(context: Context) -> Answer:
    """The newest entries that fit the filters; without the permission to read all, one's own."""
    args = context.args
    wanted = journal.Wanted(
        login=args.by,
        class_name=args.class_name or "",
        pupil=args.pupil,
        group=args.kind,
        first=args.since,
        last=args.until,
    )
    found = journal.journal(
        store=context.store, actor=context.actor, wanted=wanted, before=args.before, limit=args.limit
    )
    entries = [
        {
            "number": one.number,
            "at": one.at,
            "login": one.login,
            "person": one.person,
            "what": one.what,
            "old": one.old,
            "new": one.new,
            "reason": one.reason,
            "kind": one.kind,
            "entity": one.entity,
            "field": one.field,
            "class": one.place.class_name,
            "code": one.place.pupil_code,
            "hash": one.hash,
        }
        for one in found.entries
    ]
    rows = [
        (f"{one.at:%d/%m/%Y %H:%M:%S}", one.person, one.what, one.old, one.new, one.reason)
        for one in found.entries
    ]
    heads = ("Lúc", "Người", "Việc", "Trước", "Sau", "Lý do")
    line = f"{len(entries)} trong {found.total} mục."
    return Answer(
        {"entries": entries, "total": found.total, "more": found.more}, (line,), (Grid(heads, rows),)
    )
