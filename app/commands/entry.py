"""Verbs about class results: import, lists, classify, single values."""

from __future__ import annotations

from app.commands.answer import Answer, Grid
from app.commands.context import Context, progress
from app.records.codes import STAGE_TEXT, STATUS_TEXT, YEAR_CLASS_TEXT
from app.records.types import ClassYear, Period, PupilYear, Severity, Stage
from app.workflows import checks as check_verbs
from app.workflows import classes as class_verbs
from app.workflows import fields, imports

SEVERITY_TEXT = {Severity.ERROR: "Lỗi", Severity.WARNING: "Cảnh báo", Severity.NOTE: "Gợi ý"}
_LOUD = frozenset({Severity.ERROR, Severity.WARNING})


def import_files(context: Context) -> Answer:
    """Bring workbooks in; exit 1 with problems, 2 or 3 when a file was refused."""
    args = context.args
    actor = context.actor
    with progress(args) as bar:
        report = imports.import_files(
            store=context.store,
            actor=actor,
            paths=args.files,
            class_name=args.class_name,
            period=args.period,
            dry_run=args.dry_run,
            progress=bar,
        )
    loud = any(item.severity in _LOUD for file in report.files for item in file.findings)
    code = max([1 if loud else 0, *(file.exit_code for file in report.files)])
    rows = [
        (
            str(item.file.name),
            SEVERITY_TEXT[found.severity],
            f"{found.sheet} {found.cell}".strip(),
            found.message,
        )
        for item in report.files
        for found in item.findings
    ]
    lines = [
        f"{item.file.name}: {item.kind}, đọc {item.rows_read} dòng, ghi {item.rows_written} dòng."
        for item in report.files
    ]
    grids = (Grid(("Tệp", "Mức", "Ô", "Chuyện gì và làm gì tiếp"), rows),) if rows else ()
    return Answer({"files": [_file(item) for item in report.files]}, lines, grids, code)


def _file(item: imports.FileReport) -> dict[str, object]:
    return {
        "file": item.file,
        "kind": item.kind,
        "rows_read": item.rows_read,
        "rows_written": item.rows_written,
        "refused": item.refused,
        "findings": [
            {"severity": found.severity, "sheet": found.sheet, "cell": found.cell, "message": found.message}
            for found in item.findings
        ],
    }


def classes(context: Context) -> Answer:
    """The classes with their stages."""
    found = class_verbs.list_classes(store=context.store, actor=context.actor)
    data = [
        {
            "name": item.name,
            "grade": item.grade,
            "pupils": item.pupils,
            "stages": {period: item.stages.get(period, Stage.OPEN) for period in Period},
        }
        for item in found
    ]
    rows = [
        (item.name, str(item.grade), str(item.pupils), STAGE_TEXT[item.stages.get(Period.CN, Stage.OPEN)])
        for item in found
    ]
    return Answer({"classes": data}, grids=(Grid(("Lớp", "Khối", "Sĩ số", "Cuối năm học"), rows),))


def pupils(context: Context) -> Answer:
    """The pupils of a class or of all classes."""
    args = context.args
    found = class_verbs.list_pupils(
        store=context.store, actor=context.actor, class_name=args.class_name, search=args.search
    )
    data = [_pupil(item.class_name, item.pupil) for item in found]
    rows = [
        (
            item.class_name,
            item.pupil.pupil.code,
            item.pupil.pupil.name,
            STATUS_TEXT[item.pupil.enrolment.status],
        )
        for item in found
    ]
    return Answer({"pupils": data}, grids=(Grid(("Lớp", "Mã", "Họ và tên", "Trạng thái"), rows),))


def _pupil(class_name: str, entry: PupilYear) -> dict[str, object]:
    pupil = entry.pupil
    return {
        "code": pupil.code,
        "personal_id": pupil.personal_id,
        "vnedu_code": pupil.vnedu_code,
        "name": pupil.name,
        "birth_date": pupil.birth_date,
        "sex": pupil.sex,
        "class": class_name,
        "status": STATUS_TEXT[entry.enrolment.status],
        "regime": entry.enrolment.regime,
    }


def results(context: Context) -> Answer:
    """The results of a class in one period."""
    args = context.args
    klass = class_verbs.open_class(store=context.store, actor=context.actor, class_name=args.class_name)
    data = [_result(entry, args.period) for entry in klass.pupils]
    return Answer(
        {"class": klass.name, "period": args.period, "results": data},
        grids=(_results_grid(klass, args.period),),
    )


def _result(entry: PupilYear, period: Period) -> dict[str, object]:
    found = entry.period(period)
    outcome = entry.outcome
    return {
        "code": entry.pupil.code,
        "name": entry.pupil.name,
        "subjects": {
            code: {"level": item.level, "score": item.score, "comment": item.comment}
            for code, item in found.subjects.items()
        },
        "traits": {code: item.level for code, item in found.traits.items()},
        "comments": dict(found.group_comments),
        "outcome": {
            "confirmed": outcome.confirmed,
            "awards": list(outcome.awards),
            "completed": outcome.completed,
            "promoted": outcome.promoted,
        },
    }


def _results_grid(klass: ClassYear, period: Period) -> Grid:
    codes = sorted({code for entry in klass.pupils for code in entry.period(period).subjects})
    rows = []
    for entry in klass.pupils:
        found = entry.period(period).subjects
        cells = [found.get(code) for code in codes]
        shown = [
            "" if cell is None else f"{cell.level or ''} {'' if cell.score is None else cell.score}"
            for cell in cells
        ]
        rows.append((entry.pupil.name, *shown))
    return Grid(("Họ và tên", *codes), rows)


def classify(context: Context) -> Answer:
    """The proposed classification of each pupil."""
    found = check_verbs.classify(store=context.store, actor=context.actor, class_name=context.args.class_name)
    data = []
    rows = []
    for item in found:
        proposal = item.proposal
        code = proposal.code if proposal.status in {"classified", "missing"} else proposal.status
        confirmed = item.entry.outcome.confirmed
        data.append(
            {
                "code": item.entry.pupil.code,
                "name": item.entry.pupil.name,
                "class": item.class_name,
                "proposed": code,
                "confirmed": confirmed,
                "missing": [{"field": m.field, "period": m.period, "what": m.what} for m in proposal.missing],
                "reason": proposal.reason,
            }
        )
        holes = f"còn thiếu {len(proposal.missing)} ô" if proposal.missing else proposal.reason
        shown = YEAR_CLASS_TEXT[proposal.code] if proposal.code else holes
        rows.append(
            (item.class_name, item.entry.pupil.name, shown, YEAR_CLASS_TEXT[confirmed] if confirmed else "")
        )
    return Answer({"pupils": data}, grids=(Grid(("Lớp", "Họ và tên", "Đề nghị", "Xác nhận"), rows),))


def set_field(context: Context) -> Answer:
    """Set one value of one pupil; an empty value empties it."""
    args = context.args
    fields.set_field(
        store=context.store,
        actor=context.actor,
        code=args.code,
        field=args.field,
        value=args.value,
        period=args.period,
    )
    told = f"Đã đặt {args.field} = “{args.value}”." if args.value.strip() else f"Đã để trống {args.field}."
    return Answer({"code": args.code, "field": args.field, "value": args.value}, (told,))
