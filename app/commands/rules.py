"""Verbs about the rules of the checks and the plan of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.answer import Answer, Grid
from app.commands.context import Context
from app.commands.entry import SEVERITY_TEXT
from app.records.checks.sources import outline
from app.workflows import plan
from app.workflows.rules import list_rules

if TYPE_CHECKING:
    from datetime import date

    from app.records.calendar import Milestone


def rules(context: Context) -> Answer:
    """Every rule as this school has set it; without data as it comes."""
    found = list_rules(store=context.store_if_any())
    data = [
        {
            "rule": item.rule.id,
            "severity": item.severity,
            "source": item.rule.source,
            "basis": item.basis,
            "message": item.rule.message,
            "enabled": item.enabled,
        }
        for item in found
    ]
    rows = [
        (
            item.rule.id,
            SEVERITY_TEXT[item.severity] if item.enabled else "Tắt",
            outline(item.rule.message),
            item.basis,
        )
        for item in found
    ]
    return Answer({"rules": data}, grids=(Grid(("Quy tắc", "Mức", "Câu báo", "Căn cứ"), rows),))


def milestone_list(context: Context) -> Answer:
    """The plan of a year."""
    year, found = plan.list_milestones(store=context.store, year=context.args.year)
    return _plan(year, found)


def milestone_set(context: Context) -> Answer:
    """Set the last day of a milestone."""
    args = context.args
    plan.set_milestone(store=context.store, actor=context.actor, code=args.code, day=args.day, year=args.year)
    return milestone_list(context)


def _plan(year: str, found: tuple[Milestone, ...]) -> Answer:
    data = [
        {"code": item.code, "name": item.name, "begins": item.begins, "ends": item.ends} for item in found
    ]
    rows = [(item.code, item.name, _day(item.begins), _day(item.ends)) for item in found]
    return Answer(
        {"year": year, "milestones": data}, grids=(Grid(("Mốc", "Việc", "Từ ngày", "Đến ngày"), rows),)
    )


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%d/%m/%Y}"
