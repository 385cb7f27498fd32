"""Verbs about school years: the list, working in another one, the roll-over to the next and its undo."""

from __future__ import annotations

from app.commands.answer import Answer, Grid
from app.commands.context import Context, progress
from app.workflows import years
from app.workflows.years import Move, RollOver, Teachers

MOVE_TEXT = {
    Move.UP: "lên lớp",
    Move.STAYS: "ở lại",
    Move.LEAVES: "rời trường",
    Move.OPEN: "chưa quyết định",
    Move.THERE: "đã có ở năm mới",
}


def year_list(context: Context) -> Answer:
    """Every school year with its counts."""
    found = years.list_years(store=context.store, actor=context.actor)
    rows = [
        (one.name, str(one.classes), str(one.pupils), str(one.sealed), "đang dùng" if one.active else "")
        for one in found
    ]
    data = [
        {
            "name": one.name,
            "classes": one.classes,
            "pupils": one.pupils,
            "sealed": one.sealed,
            "active": one.active,
        }
        for one in found
    ]
    heads = ("Năm học", "Lớp", "Học sinh", "Học bạ đã phát hành", "")
    return Answer({"years": data}, grids=(Grid(heads, rows),))


def year_open(context: Context) -> Answer:
    """Let everybody work in another year."""
    args = context.args
    years.set_active(store=context.store, actor=context.actor, year=args.year, new=args.new)
    return year_list(context)


def year_roll_over(context: Context) -> Answer:
    """Carry the pupils into the next year; with --dry-run only the plan. Exit 1 when somebody is open."""
    args = context.args
    plan = years.plan_roll_over(store=context.store, actor=context.actor, to=args.to)
    if args.dry_run:
        line = f"Chưa ghi gì. Sẽ chuyển {plan.moving} học sinh sang năm học {plan.to}."
        return _told(plan, {"dry_run": True}, line)
    with progress(args) as bar:
        report = years.roll_over(
            store=context.store,
            actor=context.actor,
            plan=plan,
            teachers=Teachers(args.teachers),
            activate=args.activate,
            progress=bar,
        )
    made = {
        "dry_run": False,
        "classes_made": report.classes,
        "assignments": report.assignments,
        "backup": report.backup,
    }
    line = f"Đã chuyển {report.pupils} học sinh sang năm học {report.to}. Bản sao lưu: {report.backup.name}."
    return _told(plan, made, line)


def _told(plan: RollOver, extra: dict[str, object], line: str) -> Answer:
    data = {
        "year": plan.year,
        "to": plan.to,
        "moving": plan.moving,
        "counts": {move.value: count for move, count in plan.counts.items()},
        "pupils": [
            {
                "code": pupil.code,
                "name": pupil.name,
                "class": pupil.class_name,
                "move": pupil.move,
                "target": pupil.target,
                "reason": pupil.reason,
            }
            for pupil in plan.pupils
        ],
        **extra,
    }
    heads = ("Lớp", "Lớp mới", *(text.capitalize() for text in MOVE_TEXT.values()))
    rows = [
        (item.name, item.target or "rời trường", *(str(item.counts[move]) for move in Move))
        for item in plan.classes
    ]
    problems = [f"{item.name} (lớp {item.class_name}): {item.reason}" for item in plan.problems]
    return Answer(data, (*problems, line), (Grid(heads, rows),), code=1 if problems else 0)


def year_undo(context: Context) -> Answer:
    """Take the newest roll-over back."""
    found = years.undo_roll_over(store=context.store, actor=context.actor).undone
    data = {"year": found.start, "to": found.to, "pupils": found.pupils, "classes": found.classes}
    return Answer(data, (f"Đã hoàn tác: {found.title}. Năm học đang dùng xem ở danh sách năm học.",))
