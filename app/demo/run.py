"""The whole year end on a generated school, from workbooks to delivered and verified transcripts."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.demo import cast as people_of_demo
from app.demo.cast import Cast, admit, make_tokens, teacher_login
from app.demo.pictures import take_pictures
from app.demo.s3 import LocalS3
from app.demo.school import DemoSchool, make_school
from app.demo.tokens import use_tokens
from app.demo.workbooks import write_workbooks
from app.errors import UserError
from app.interaction import PinRequest, Progress, SilentProgress
from app.records.permissions import Actor
from app.records.programme import out_of_scope_reason
from app.records.types import ClassYear, SigningRole, Stage
from app.workflows import archive, checks, gate, imports, issue, send, settings, signing, verify
from app.workflows import store as store_verbs
from app.workflows.store import Store

MARK: Final = "demo.json"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the closing table."""

    name: str
    count: int
    seconds: float
    result: str
    place: str


@dataclass(slots=True)
class DemoReport:
    """All steps; `good` only when every one did what it should."""

    file: Path
    steps: list[Step] = field(default_factory=list)
    documents: int = 0
    verified: int = 0
    good: bool = True


class KnownPin:
    """Answers with the PIN of the demo's own token."""

    def __init__(self, pin: str) -> None:
        self._pin = pin

    def ask_pin(self, request: PinRequest) -> str:
        return self._pin


def run_demo(*, folder: Path, pupils: int, year: str, progress: Progress) -> DemoReport:
    """Run the demo below `folder`, which must be new, empty, or left by an earlier demo.

    Raises UserError demo.folder_taken, demo.needs_dev, demo.no_softhsm.
    """
    folder = folder.resolve()
    _clear(folder)
    demo = _Demo(folder, make_school(pupils=pupils, year=year), progress)
    with LocalS3() as server:
        return demo.run(server)


def _clear(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).is_file():
            raise UserError("demo.folder_taken", folder=folder)
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("{}", encoding="utf-8")


class _Demo:
    def __init__(self, folder: Path, made: DemoSchool, progress: Progress) -> None:
        self._folder = folder
        self._made = made
        self._progress = progress
        self._data = folder / "du-lieu"
        self._report = DemoReport(folder / MARK)
        self._store: Store | None = None

    @property
    def store(self) -> Store:
        assert self._store is not None
        return self._store

    def _as(self, login: str) -> Actor:
        return store_verbs.login(store=self.store, login=login, password=people_of_demo.PASSWORD)

    def _step(self, name: str, work: Callable[[], tuple[int, str, Path]]) -> None:
        """Run one step, time it, and keep its line; a result that begins with "HỎNG" spoils the demo."""
        started = time.perf_counter()
        self._progress.step(0, 0, name)
        count, result, place = work()
        seconds = round(time.perf_counter() - started, 2)
        shown = str(place.relative_to(self._folder)) if place.is_relative_to(self._folder) else str(place)
        self._report.steps.append(Step(name, count, seconds, result, shown))

    def _demand(self, truth: bool, result: str) -> str:
        """`result` when it is as it should be; otherwise the demo fails and says so."""
        if truth:
            return result
        self._report.good = False
        return f"HỎNG: {result}"

    def run(self, server: LocalS3) -> DemoReport:
        """All steps in order; the store is closed whatever happens."""
        use_tokens(self._folder / "token")
        try:
            self._prepare(server)
            self._fill()
            self._sign()
            self._deliver(server)
            self._step("Ảnh màn hình, trang PDF", self._pictures)
        finally:
            if self._store is not None:
                self._store.close()
        return self._report

    # --- preparing ------------------------------------------------------------------------------------

    def _prepare(self, server: LocalS3) -> None:
        self._step("Viết tệp Excel của trường", self._write_workbooks)
        tokens: list[Cast] = []
        self._step("Tạo token và chứng thư mẫu", lambda: self._make_tokens(tokens))
        self._cast = tokens[0]
        self._step("Tạo trường, tài khoản", lambda: self._init(server))

    def _write_workbooks(self) -> tuple[int, str, Path]:
        place = self._folder / "tep-excel"
        self._files = write_workbooks(place, self._made)
        return len(self._files), "tệp .xlsx", place

    def _make_tokens(self, out: list[Cast]) -> tuple[int, str, Path]:
        out.append(make_tokens(self._folder / "token", self._made))
        certificates = sum(len(token.certificates) for token in out[0].tokens.values())
        return len(out[0].tokens), f"token, {certificates} chứng thư", self._folder / "token"

    def _init(self, server: LocalS3) -> tuple[int, str, Path]:
        made = self._made
        report = store_verbs.init_school(
            folder=self._data,
            school=made.school,
            year=made.year,
            admin_login=people_of_demo.ADMIN,
            admin_name="Quản trị mẫu",
            password=people_of_demo.PASSWORD,
        )
        self._store = store_verbs.open_store(self._data)
        # The classes exist once the list is in, and an account names its class: the list comes first.
        admin = self._as(people_of_demo.ADMIN)
        listed = imports.import_files(
            store=self.store, actor=admin, paths=self._files[:1], progress=SilentProgress()
        )
        accounts = admit(self.store, made, self._cast, self._folder)
        settings.add_destination(
            store=self.store,
            actor=admin,
            name="kho-mau",
            kind="s3",
            options={"endpoint": server.endpoint, "bucket": server.bucket, "access_key": server.access_key},
            secret=server.secret,
        )
        self._write_mark(report.recovery_code, server)
        pupils = sum(len(klass.pupils) for klass in made.classes)
        good = listed.files[0].rows_written == pupils
        return accounts, self._demand(good, f"tài khoản; {listed.files[0].rows_written} học sinh"), self._data

    def _write_mark(self, recovery_code: str, server: LocalS3) -> None:
        tokens = self._cast.tokens
        content = {
            "data": str(self._data),
            "school": self._made.school.name,
            "year": self._made.year,
            "logins": {
                "admin": people_of_demo.ADMIN,
                "checker": people_of_demo.CHECKER,
                "leader": people_of_demo.VICE_PRINCIPAL,
                "clerk": people_of_demo.CLERK,
                "homeroom": {c.name: teacher_login(c.name) for c in self._made.classes},
            },
            "password": people_of_demo.PASSWORD,
            "recovery_code": recovery_code,
            "tokens": {
                role.value: {"serial": token.serial, "label": token.label, "pin": token.pin}
                for role, token in tokens.items()
            },
            "pins": {role.value: token.pin for role, token in tokens.items()},
            "module": str(tokens[SigningRole.SEAL].module),
            "softhsm2_conf": str(self._folder / "token" / "softhsm2.conf"),
            "root_certificate": str(self._folder / "goc-tin-cay.pem"),
            "destination": {
                "name": "kho-mau",
                "kind": "s3",
                "endpoint": server.endpoint,
                "bucket": server.bucket,
            },
            "delivered": str(self._folder / "nhan-ve"),
            "archive": str(self._folder / "kho-luu-tru"),
        }
        self._report.file.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")

    # --- results --------------------------------------------------------------------------------------

    @property
    def _in_scope(self) -> list[ClassYear]:
        return [c for c in self._made.classes if out_of_scope_reason(c.year, c.grade) is None]

    def _fill(self) -> None:
        self._step("Nhập kết quả từ Excel", self._import)
        self._step("Kiểm tra", self._check)
        self._step("Chốt lớp, duyệt lớp", self._close_classes)
        self._step("Tạo học bạ", self._issue)

    def _import(self) -> tuple[int, str, Path]:
        report = imports.import_files(
            store=self.store,
            actor=self._as(people_of_demo.ADMIN),
            paths=self._files[1:],
            progress=self._progress,
        )
        written = sum(item.rows_written for item in report.files)
        findings = sum(len(item.findings) for item in report.files)
        expected = 2 * sum(len(klass.pupils) for klass in self._in_scope)
        good = written == expected and not findings
        result = f"dòng từ {len(report.files)} tệp, {findings} vướng mắc"
        return written, self._demand(good, result), self._folder / "tep-excel"

    def _check(self) -> tuple[int, str, Path]:
        report = checks.check(store=self.store, actor=self._as(people_of_demo.CHECKER))
        counts = report.counts
        found = f"{counts['error']} lỗi, {counts['warning']} cảnh báo"
        result = f"học sinh; {found}; {counts['out_of_scope']} lớp ngoài phạm vi"
        return counts["pupils"], self._demand(counts["error"] == 0, result), self._data

    def _close_classes(self) -> tuple[int, str, Path]:
        checker = self._as(people_of_demo.CHECKER)
        wanted = self._in_scope
        approved = 0
        for done, klass in enumerate(wanted, start=1):
            teacher = self._as(teacher_login(klass.name))
            gate.submit(store=self.store, actor=teacher, class_name=klass.name)
            report = gate.approve(store=self.store, actor=checker, class_name=klass.name)
            approved += report.stage is Stage.APPROVED
            self._progress.step(done, len(wanted), f"Lớp {klass.name}")
        return approved, self._demand(approved == len(wanted), "lớp đã duyệt"), self._data

    def _issue(self) -> tuple[int, str, Path]:
        report = issue.issue(
            store=self.store, actor=self._as(people_of_demo.CHECKER), progress=self._progress
        )
        expected = sum(len(klass.pupils) for klass in self._in_scope)
        self._report.documents = report.issued
        good = report.issued == expected
        return (
            report.issued,
            self._demand(good, f"học bạ; {len(report.skipped)} em khối 5 ngoài phạm vi"),
            self._data,
        )

    # --- signing --------------------------------------------------------------------------------------

    def _sign(self) -> None:
        for role, who, name in (
            (SigningRole.TEACHER, people_of_demo.ADMIN, "GVCN ký"),
            (SigningRole.LEADER, people_of_demo.VICE_PRINCIPAL, "Phó Hiệu trưởng ký duyệt (KT.)"),
            (SigningRole.SEAL, people_of_demo.CLERK, "Đóng dấu, phát hành"),
        ):
            self._step(name, lambda role=role, who=who: self._sign_as(role, who))  # type: ignore[misc]

    def _sign_as(self, role: SigningRole, who: str) -> tuple[int, str, Path]:
        token = self._cast.tokens[role]
        report = signing.sign_transcripts(
            store=self.store,
            actor=self._as(who),
            role=role,
            pin=KnownPin(token.pin),
            token=token.serial,
            progress=self._progress,
        )
        good = report.signed == self._report.documents and not report.failed and report.stopped is None
        return (
            report.signed,
            self._demand(good, f"học bạ (PDF và XML), không ký {len(report.failed)}"),
            self._data,
        )

    # --- keeping, sending, verifying ------------------------------------------------------------------

    def _deliver(self, server: LocalS3) -> None:
        self._step("Xuất kho lưu trữ", self._archive)
        self._step("Kiểm tra lại kho", self._recheck)
        server.go_offline()
        self._step("Mất mạng: gửi thử", self._send_offline)
        server.go_online()
        self._step("Có mạng: gửi hộp gửi", self._send)
        self._step("Tải về từ kho nhận", lambda: self._fetch())
        self._step("Xác minh bản tải về", self._verify)

    def _archive(self) -> tuple[int, str, Path]:
        place = self._folder / "kho-luu-tru"
        report = archive.archive(
            store=self.store, actor=self._as(people_of_demo.CHECKER), folder=place, progress=self._progress
        )
        good = report.documents == self._report.documents and not report.failed
        return report.documents, self._demand(good, "học bạ, BagIt 1.0"), place

    def _recheck(self) -> tuple[int, str, Path]:
        place = self._folder / "kho-luu-tru"
        report = archive.recheck(folder=place)
        good = report.documents == self._report.documents and not report.failed
        return (
            report.documents,
            self._demand(good, f"học bạ nguyên vẹn, {len(report.failed)} chỗ hỏng"),
            place,
        )

    def _send_offline(self) -> tuple[int, str, Path]:
        send.send(store=self.store, actor=self._as(people_of_demo.CLERK), progress=self._progress)
        waiting = send.outbox_counts(store=self.store).get("waiting", 0)
        good = waiting == 2 * self._report.documents
        return waiting, self._demand(good, "tệp chờ gửi, không mất gì"), self._data

    def _send(self) -> tuple[int, str, Path]:
        report = send.send(store=self.store, actor=self._as(people_of_demo.CLERK), progress=self._progress)
        good = report.sent == 2 * self._report.documents and not report.problem
        return report.sent, self._demand(good, "tệp, kho nhận báo đúng SHA-256"), self._data

    def _fetch(self) -> tuple[int, str, Path]:
        """Copies of what the destination really holds, read through the destination itself."""
        place = self._folder / "nhan-ve"
        destination = settings.connect(settings.destinations(store=self.store)[0])
        keys = destination.list(f"{self._made.school.code}/{self._made.year}/")
        for done, key in enumerate(keys, start=1):
            file = place / key
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(destination.get(key) or b"")
            self._progress.step(done, len(keys), key)
        good = len(keys) == 2 * self._report.documents
        return len(keys), self._demand(good, "tệp trên kho nhận"), place

    def _verify(self) -> tuple[int, str, Path]:
        place = self._folder / "nhan-ve"
        found = verify.verify(
            paths=[place], trust_files=[self._folder / "goc-tin-cay.pem"], progress=self._progress
        )
        whole = [
            item
            for item in found
            if item.verdict in {"valid", "valid_unknown_status"} and len(item.signatures) == len(SigningRole)
        ]
        self._report.verified = len(whole)
        good = len(whole) == 2 * self._report.documents
        return len(whole), self._demand(good, "tệp hợp lệ, đủ ba chữ ký"), place

    def _pictures(self) -> tuple[int, str, Path]:
        place = self._folder / "anh"
        self.store.close()
        count = take_pictures(
            place=place,
            data=self._data,
            login=people_of_demo.ADMIN,
            password=people_of_demo.PASSWORD,
            documents=self._folder / "nhan-ve",
            workbook=self._folder / "tep-excel" / "ket-qua-4A.xlsx",
        )
        return count, self._demand(count > 0, "ảnh PNG"), place
