"""Archive, outbox, destinations and verification of what came out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.demo.s3 import LocalS3
from app.errors import UserError
from app.records.types import SigningRole
from app.workflows import archive, exports, issue, reports, send, settings, verify
from tests.world import QUIET, World


def roots(world: World, folder: Path) -> Path:
    file = folder / "root.pem"
    file.write_bytes(world.cast.authority.root_pem)
    return file


def states(world: World) -> dict[str, int]:
    return dict(send.outbox_counts(store=world.store))


def test_send_to_a_folder_and_verify_what_arrived(sealed_world: World, tmp_path: Path) -> None:
    total = 2 * sealed_world.pupils_in_scope
    report = send.send(store=sealed_world.store, actor=sealed_world.actor("vanthu"), progress=QUIET)
    assert (report.sent, report.problem) == (total, "")
    assert states(sealed_world) == {"stored": total}
    found = verify.verify(
        paths=[sealed_world.destination], trust_files=[roots(sealed_world, tmp_path)], progress=QUIET
    )
    assert len(found) == total
    assert {item.verdict for item in found} == {"valid_unknown_status"}
    assert {tuple(s.role for s in item.signatures) for item in found} == {tuple(SigningRole)}
    again = send.send(store=sealed_world.store, actor=sealed_world.actor("vanthu"), progress=QUIET)
    assert again.sent == 0


def test_destination_gone_and_back(sealed_world: World) -> None:
    total = 2 * sealed_world.pupils_in_scope
    shutil.rmtree(sealed_world.destination)
    report = send.send(store=sealed_world.store, actor=sealed_world.actor(), progress=QUIET)
    assert (report.sent, states(sealed_world)) == (0, {"waiting": total})
    assert report.problem
    sealed_world.destination.mkdir()
    report = send.send(store=sealed_world.store, actor=sealed_world.actor(), progress=QUIET)
    assert (report.sent, states(sealed_world)) == (total, {"stored": total})


def test_sealed_without_a_destination_waits(issued_world: World) -> None:
    assert [d.name for d in settings.destinations(store=issued_world.store)] == ["usb"]
    for role in SigningRole:
        issued_world.sign(role)
    assert states(issued_world) == {"waiting": 2 * issued_world.pupils_in_scope}


def test_other_bytes_under_the_same_key_are_refused_and_do_not_block(sealed_world: World) -> None:
    first = send.list_outbox(store=sealed_world.store, actor=sealed_world.actor())[0]
    taken = sealed_world.destination / first.key
    taken.parent.mkdir(parents=True)
    taken.write_bytes(b"other bytes")
    report = send.send(store=sealed_world.store, actor=sealed_world.actor(), progress=QUIET)
    rejected = [item for item in report.items if item.state.value == "rejected"]
    assert [item.key for item in rejected] == [first.key]
    assert rejected[0].message
    assert taken.read_bytes() == b"other bytes"
    assert report.sent == len(report.items) - 1


def test_send_to_s3_offline_then_online(sealed_world: World) -> None:
    total = 2 * sealed_world.pupils_in_scope
    with LocalS3() as server:
        settings.add_destination(
            store=sealed_world.store,
            actor=sealed_world.actor(),
            name="kho",
            kind="s3",
            options={"endpoint": server.endpoint, "bucket": server.bucket, "access_key": server.access_key},
            secret=server.secret,
        )
        server.go_offline()
        offline = send.send(store=sealed_world.store, actor=sealed_world.actor(), to="kho", progress=QUIET)
        assert (offline.sent, states(sealed_world)) == (0, {"waiting": total})
        server.go_online()
        online = send.send(store=sealed_world.store, actor=sealed_world.actor(), to="kho", progress=QUIET)
        assert (online.sent, states(sealed_world)) == (total, {"stored": total})


def test_archive_and_recheck(sealed_world: World, tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    report = archive.archive(
        store=sealed_world.store, actor=sealed_world.actor("tocongtac"), folder=folder, progress=QUIET
    )
    assert (report.documents, report.failed) == (sealed_world.pupils_in_scope, ())
    assert archive.recheck(folder=folder).failed == ()
    victim = next(folder.rglob("*.pdf"))
    victim.write_bytes(victim.read_bytes() + b" ")
    assert [victim.name in str(item.path) for item in archive.recheck(folder=folder).failed] == [True]


def test_a_revoked_transcript_stays_in_the_archive_and_is_called_so(
    sealed_world: World, tmp_path: Path
) -> None:
    folder = tmp_path / "kho"
    admin = sealed_world.actor()
    for revoked in (False, True):
        if revoked:
            code = sealed_world.made.classes[0].pupils[0].pupil.code
            issue.revoke(store=sealed_world.store, actor=admin, code=code, reason="Sai ngày sinh")
        report = archive.archive(store=sealed_world.store, actor=admin, folder=folder, progress=QUIET)
        assert report.documents == sealed_world.pupils_in_scope
        assert (folder / "danh-sach.csv").read_text("utf-8-sig").count("Đã thu hồi") == revoked
    assert archive.recheck(folder=folder).failed == ()


def test_archive_of_nothing(issued_world: World, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        archive.archive(
            store=issued_world.store, actor=issued_world.actor(), folder=tmp_path / "kho", progress=QUIET
        )
    assert caught.value.code == "workflow.nothing_sealed"
    assert not (tmp_path / "kho").exists()


def test_verdicts_of_the_store(sealed_world: World, tmp_path: Path) -> None:
    code = sealed_world.made.classes[0].pupils[0].pupil.code
    admin = sealed_world.actor()
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(issue.stored_pdf(store=sealed_world.store, actor=admin, code=code) or b"")

    def verdict() -> str:
        return verify.verify(paths=[pdf], store=sealed_world.store, progress=QUIET)[0].verdict

    assert verdict() == "valid_unknown_status"
    assert verify.verify(paths=[pdf], progress=QUIET)[0].verdict == "untrusted"
    issue.revoke(store=sealed_world.store, actor=admin, code=code, reason="Thử thu hồi")
    assert verdict() == "revoked"


def test_partly_signed_document_is_valid(issued_world: World, tmp_path: Path) -> None:
    issued_world.sign(SigningRole.TEACHER)
    code = issued_world.made.classes[0].pupils[0].pupil.code
    documents = issue.stored_documents(store=issued_world.store, actor=issued_world.actor(), code=code)
    assert documents is not None
    for name, data in (("a.pdf", documents.pdf), ("a.xml", documents.xml)):
        file = tmp_path / name
        file.write_bytes(data)
        report = verify.verify(paths=[file], store=issued_world.store, progress=QUIET)[0]
        assert (report.verdict, len(report.signatures)) == ("valid_unknown_status", 1)


def test_forged_documents_are_invalid(sealed_world: World, tmp_path: Path) -> None:
    code = sealed_world.made.classes[0].pupils[0].pupil.code
    documents = issue.stored_documents(store=sealed_world.store, actor=sealed_world.actor(), code=code)
    assert documents is not None
    forged = {
        "appended.pdf": documents.pdf + b"\n%%EOF\n",
        "changed.pdf": documents.pdf.replace(b"/Title", b"/Titel", 1),
        "changed.xml": documents.xml.replace(b">T<", b">H<", 1),
        "garbage.pdf": b"%PDF-1.7 nothing",
        "empty.xml": b"",
    }
    for name, data in forged.items():
        (tmp_path / name).write_bytes(data)
    found = verify.verify(paths=[tmp_path], store=sealed_world.store, progress=QUIET)
    verdicts = {Path(item.file).name: item.verdict for item in found}
    assert verdicts == {
        "appended.pdf": "invalid",
        "changed.pdf": "invalid",
        "changed.xml": "invalid",
        "garbage.pdf": "unreadable",
        "empty.xml": "unreadable",
    }


@pytest.mark.parametrize("kind", exports.EXPORT_KINDS)
def test_exports(imported_world: World, tmp_path: Path, kind: str) -> None:
    report = exports.export(
        store=imported_world.store,
        actor=imported_world.teacher("3A"),
        kind=kind,
        class_name="3A",
        target=tmp_path / "ra.xls",
    )
    assert report.file.name == "ra.xlsx"
    assert report.note
    assert report.file.stat().st_size > 1000


@pytest.mark.parametrize(("kind", "ending"), [(k, e) for k in reports.REPORT_KINDS for e in ("xlsx", "pdf")])
def test_reports(issued_world: World, tmp_path: Path, kind: str, ending: str) -> None:
    target = tmp_path / f"bao-cao.{ending}"
    reports.report(store=issued_world.store, actor=issued_world.actor("tocongtac"), kind=kind, target=target)
    assert target.read_bytes()[:2] in {b"PK", b"%P"}


def test_class_summary_pdf(imported_world: World, tmp_path: Path) -> None:
    target = tmp_path / "tong-hop.pdf"
    exports.export(
        store=imported_world.store,
        actor=imported_world.actor(),
        kind="class-summary",
        class_name="4A",
        target=target,
    )
    assert target.read_bytes().startswith(b"%PDF-")
