"""Verbs of the summer: supplementary assessment, and the principal's decision."""

from __future__ import annotations

from app.commands.answer import Answer, Grid
from app.commands.context import Context
from app.records.codes import SUMMER_STAGE_TEXT, YEAR_CLASS_TEXT
from app.records.programme import field_name
from app.records.summer import codes_of
from app.workflows import decision, summer, summer_list, summer_values
from app.workflows.summer_list import SummerPupil, SummerReport


def list_pupils(context: Context) -> Answer:
    """The pupils who are assessed again, and who could be."""
    found = summer_list.list_pupils(
        store=context.store, actor=context.actor, class_name=context.args.class_name
    )
    line = () if found else ("Không có em nào thuộc diện đánh giá bổ sung trong hè.",)
    return Answer({"pupils": [_pupil(item) for item in found]}, line, (_grid(found),) if found else ())


def _pupil(item: SummerPupil) -> dict[str, object]:
    pupil, found, live = item.case.entry.pupil, item.assessment, item.live
    return {
        "code": pupil.code,
        "name": pupil.name,
        "class": item.case.klass.name,
        "stage": item.case.stage,
        "assessed_on": found.assessed_on if found else None,
        "subjects": {
            code: {"level": one.level, "score": one.score, "comment": one.comment}
            for code, one in (found.subjects if found else {}).items()
        },
        "traits": {
            code: {"level": one.level, "comment": one.comment}
            for code, one in (found.traits if found else {}).items()
        },
        "before": dict(found.before) if found else {},
        "to_assess": list(codes_of(item.to_assess)),
        "missing": list(item.missing),
        "proposed": item.proposed,
        "transcript": {"version": live.version, "state": live.state} if live else None,
    }


def _grid(found: tuple[SummerPupil, ...]) -> Grid:
    rows = []
    for item in found:
        stage, assessment = item.case.stage, item.assessment
        day = assessment.assessed_on if assessment else None
        rows.append(
            (
                item.case.klass.name,
                item.case.entry.pupil.code,
                item.case.name,
                SUMMER_STAGE_TEXT[stage] if stage else "Chưa vào danh sách",
                f"{day:%d/%m/%Y}" if day else "",
                ", ".join(field_name(code) for code in codes_of(item.to_assess)),
                YEAR_CLASS_TEXT[item.proposed] if item.proposed else "",
            )
        )
    heads = ("Lớp", "Mã", "Họ và tên", "Trạng thái", "Ngày", "Đánh giá lại", "Đề nghị")
    return Grid(heads, rows)


def _told(report: SummerReport) -> Answer:
    data = {"pupils": [_pupil(item) for item in report.pupils], "notes": list(report.notes)}
    return Answer(data, report.notes, (_grid(report.pupils),))


def add(context: Context) -> Answer:
    """Put pupils on the list."""
    args = context.args
    return _told(
        summer.add(store=context.store, actor=context.actor, codes=args.codes, class_name=args.class_name)
    )


def remove(context: Context) -> Answer:
    """Take a pupil off the list."""
    args = context.args
    return _told(summer.remove(store=context.store, actor=context.actor, code=args.code, reason=args.reason))


def set_value(context: Context) -> Answer:
    """Set the day or one new value."""
    args = context.args
    return _told(
        summer_values.set_value(
            store=context.store, actor=context.actor, code=args.code, field=args.field, value=args.value
        )
    )


def submit(context: Context) -> Answer:
    """Hand the new values to the working group."""
    args = context.args
    return _told(
        summer.submit(store=context.store, actor=context.actor, codes=args.codes, class_name=args.class_name)
    )


def approve(context: Context) -> Answer:
    """Approve and apply the new values."""
    args = context.args
    return _told(
        summer.approve(store=context.store, actor=context.actor, codes=args.codes, class_name=args.class_name)
    )


def send_back(context: Context) -> Answer:
    """Give a submitted assessment back."""
    args = context.args
    return _told(
        summer.send_back(store=context.store, actor=context.actor, code=args.code, reason=args.reason)
    )


def decide(context: Context) -> Answer:
    """The principal's decision on moving up."""
    args = context.args
    report = decision.decide(
        store=context.store,
        actor=context.actor,
        code=args.code,
        promote=args.promote == "yes",
        number=args.number,
        on=args.date,
    )
    data = {
        "code": args.code,
        "promoted": report.promoted,
        "decision": report.decision,
        "notes": list(report.notes),
    }
    word = "Được lên lớp" if report.promoted else "Chưa được lên lớp"
    return Answer(data, (f"{word} theo {report.decision}.", *report.notes))
