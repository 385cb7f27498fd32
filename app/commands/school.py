"""Verbs about the school itself: its names by date of validity, the pictures of its signers and its seal."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from app.commands.answer import Answer, Grid
from app.commands.context import Context
from app.workflows import school

_FIELDS: Final = ("name", "commune", "district", "province", "body")
_HEADS: Final = ("Từ ngày", "Tên trường", "Xã/Phường", "Huyện", "Tỉnh/Thành phố", "Cơ quan chủ quản")


def school_set(context: Context) -> Answer:
    """Keep the names that hold from a day on."""
    args = context.args
    given = {field: getattr(args, field) for field in _FIELDS if getattr(args, field) is not None}
    school.set_names(store=context.store, actor=context.actor, valid_from=args.valid_from, given=given)
    return school_list(context)


def school_list(context: Context) -> Answer:
    """Every set of names."""
    found = school.list_names(store=context.store)
    rows = [
        (first.strftime("%d/%m/%Y") if first else "từ đầu", *(getattr(named, field) for field in _FIELDS))
        for first, named in found
    ]
    data = [{"valid_from": first, **asdict(named)} for first, named in found]
    return Answer({"schools": data}, grids=(Grid(_HEADS, rows),))


def picture_set(context: Context) -> Answer:
    """Keep the picture of a signature or of the seal."""
    args = context.args
    school.set_picture(store=context.store, actor=context.actor, holder=args.login, file=args.file)
    return picture_list(context)


def picture_remove(context: Context) -> Answer:
    """Take a picture away."""
    school.set_picture(store=context.store, actor=context.actor, holder=context.args.login, file=None)
    return picture_list(context)


def picture_list(context: Context) -> Answer:
    """Whose signature has a picture."""
    found = school.picture_holders(store=context.store)
    rows = [(login or "con dấu của trường",) for login in found]
    return Answer({"pictures": list(found)}, grids=(Grid(("Có ảnh của",), rows),))
