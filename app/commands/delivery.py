"""Verbs about keeping and sending: archive, destinations, send, outbox, demo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.answer import Answer, Grid
from app.commands.context import Context, progress, secret
from app.errors import UserError
from app.workflows import archive as archive_verbs
from app.workflows import outbox as outbox_verbs
from app.workflows import relay as relay_verbs
from app.workflows import send as send_verbs
from app.workflows import settings

if TYPE_CHECKING:
    from app.models.values import OutboxItem

OUTBOX_TEXT = {
    "waiting": "Chờ gửi",
    "sending": "Đang gửi",
    "stored": "Kho nhận đã lưu",
    "accepted": "Đã tiếp nhận",
    "rejected": "Bị từ chối",
    "cancelled": "Đã hủy",
    "paused": "Tạm dừng",
}


def archive(context: Context) -> Answer:
    """Write the archive, or with --verify compare it with its manifests."""
    args = context.args
    if args.verify:
        report = archive_verbs.recheck(folder=args.folder)
    else:
        actor = context.actor
        with progress(args) as bar:
            report = archive_verbs.archive(
                store=context.store, actor=actor, folder=args.folder, year=args.year, progress=bar
            )
    failed = [{"file": item.path, "message": item.message} for item in report.failed]
    lines = [f"{args.folder}: {report.documents} học bạ, {len(failed)} chỗ hỏng."]
    lines += [item.message for item in report.failed]
    return Answer({"documents": report.documents, "failed": failed}, lines, code=1 if failed else 0)


def destination_add(context: Context) -> Answer:
    """Remember a destination."""
    args = context.args
    actor = context.actor
    if args.kind == "folder":
        if not args.path:
            raise UserError("workflow.destination_path")
        options = {"path": str(Path(args.path).resolve())}
        hidden = ""
    else:
        options = {
            name: getattr(args, name) for name in ("endpoint", "bucket", "access_key", "prefix", "region")
        }
        if not (args.endpoint and args.bucket and args.access_key):
            raise UserError("workflow.destination_s3")
        hidden = secret("HOCBA_SECRET", "Khóa bí mật của kho nhận: ", "workflow.no_secret")
    settings.add_destination(
        store=context.store, actor=actor, name=args.name, kind=args.kind, options=options, secret=hidden
    )
    return destination_list(context)


def destination_list(context: Context) -> Answer:
    """The destinations and whether they answer; being away is normal, so the exit code is 0."""
    return _places([settings.reach(record) for record in settings.destinations(store=context.store)])


def destination_test(context: Context) -> Answer:
    """Whether one destination answers; exit 1 when it does not."""
    found = settings.test_destination(store=context.store, name=context.args.name)
    return replace(_places([found]), code=0 if found.reachable else 1)


def _places(found: list[settings.Reach]) -> Answer:
    data = [
        {"name": item.name, "kind": item.kind, "reachable": item.reachable, "message": item.message}
        for item in found
    ]
    rows = [(item.name, item.kind, "có" if item.reachable else "không", item.message) for item in found]
    return Answer({"destinations": data}, grids=(Grid(("Kho nhận", "Loại", "Kết nối", "Ghi chú"), rows),))


def _item(item: OutboxItem) -> dict[str, object]:
    return {
        "id": item.id,
        "key": item.key,
        "state": item.state,
        "attempts": item.attempts,
        "next_try": item.next_try,
        "message": item.message,
    }


def send(context: Context) -> Answer:
    """Deliver what is due; exit 1 while anything still waits or was refused."""
    actor = context.actor
    with progress(context.args) as bar:
        report = send_verbs.send(
            store=context.store, actor=actor, once=context.args.once, to=context.args.to, progress=bar
        )
    lines = [f"Kho nhận đã lưu {report.sent}, đã tiếp nhận thêm {report.accepted}."]
    if report.problem:
        lines.append(report.problem)
    done = all(item.state.value in {"stored", "accepted", "cancelled"} for item in report.items)
    data = {
        "items": [_item(item) for item in report.items],
        "sent": report.sent,
        "accepted": report.accepted,
        "problem": report.problem,
    }
    return Answer(data, lines, code=0 if done else 1)


def outbox(context: Context) -> Answer:
    """The queue, after holding it, going on, cancelling items or queuing them again when asked."""
    args = context.args
    if args.action in ("cancel", "retry") and not args.ids:
        raise UserError("delivery.ids_needed")
    match args.action:
        case "pause":
            outbox_verbs.pause(store=context.store, actor=context.actor, to=args.to)
        case "resume":
            outbox_verbs.resume(store=context.store, actor=context.actor, to=args.to)
        case "cancel":
            outbox_verbs.cancel(store=context.store, actor=context.actor, ids=args.ids, reason=args.reason)
        case "retry":
            outbox_verbs.put_back(store=context.store, actor=context.actor, ids=args.ids)
    items = send_verbs.list_outbox(store=context.store, actor=context.actor)
    rows = [
        (str(item.id), item.key, OUTBOX_TEXT[item.state.value], str(item.attempts), item.message)
        for item in items
    ]
    return Answer(
        {"items": [_item(item) for item in items]},
        grids=(Grid(("Số", "Khóa", "Trạng thái", "Số lần", "Ghi chú"), rows),),
    )


def relay_export(context: Context) -> Answer:
    """The queue onto a stick; exit 1 while anything still waits or was refused."""
    actor = context.actor
    with progress(context.args) as bar:
        report = relay_verbs.export_outbox(
            store=context.store, actor=actor, folder=context.args.folder, progress=bar
        )
    lines = [f"{context.args.folder} giữ đúng {report.written} tệp, còn {report.left} tệp chờ."]
    lines += [text for text in (report.problem, *report.refused) if text]
    data = {
        "written": report.written,
        "left": report.left,
        "refused": list(report.refused),
        "problem": report.problem,
    }
    return Answer(data, lines, code=1 if report.left or report.refused else 0)


def relay_import(context: Context) -> Answer:
    """The receipts on a stick; exit 1 when one of them cannot be used."""
    report = relay_verbs.import_receipts(store=context.store, actor=context.actor, folder=context.args.folder)
    lines = [f"{report.found} biên nhận, {report.new} mới, {report.moved} tệp đổi trạng thái."]
    lines += report.unreadable
    data = {
        "receipts": report.found,
        "new": report.new,
        "moved": report.moved,
        "unreadable": list(report.unreadable),
    }
    return Answer(data, lines, code=1 if report.unreadable else 0)


def demo(context: Context) -> Answer:
    """The whole year end on a generated school."""
    from app.demo.run import run_demo  # the only verb that needs the demo's tools

    args = context.args
    with progress(args) as bar:
        report = run_demo(
            folder=args.out or Path("demo-out"), pupils=args.pupils, year=args.year, progress=bar
        )
    steps = [
        {"step": s.name, "count": s.count, "seconds": s.seconds, "result": s.result, "place": s.place}
        for s in report.steps
    ]
    rows = [
        (s.name, str(s.count), f"{s.seconds:.1f}".replace(".", ","), s.result, s.place) for s in report.steps
    ]
    data = {"steps": steps, "documents": report.documents, "verified": report.verified, "file": report.file}
    return Answer(
        data,
        grids=(Grid(("Bước", "Số lượng", "Giây", "Kết quả", "Nơi để"), rows),),
        code=0 if report.good else 1,
    )
