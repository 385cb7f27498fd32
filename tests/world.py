"""A small school on a real encrypted store with real SoftHSM tokens, taken as far as a test wants."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.demo import cast as demo_cast
from app.demo.cast import Cast, admit, make_tokens, teacher_login
from app.demo.run import KnownPin
from app.demo.school import DemoSchool, make_school
from app.demo.workbooks import write_workbooks
from app.interaction import SilentProgress
from app.records.permissions import Actor
from app.records.programme import out_of_scope_reason
from app.records.types import SigningRole
from app.workflows import gate, imports, issue, settings, signing
from app.workflows import store as store_verbs
from app.workflows.signing import SignReport
from app.workflows.store import Store

PASSWORD = demo_cast.PASSWORD
QUIET = SilentProgress()
SIGNERS = {
    SigningRole.TEACHER: demo_cast.ADMIN,
    SigningRole.LEADER: demo_cast.VICE_PRINCIPAL,
    SigningRole.SEAL: demo_cast.CLERK,
}


@dataclass
class World:
    """A school in a folder: the verbs below are those of the product, called as its people."""

    folder: Path
    made: DemoSchool
    cast: Cast
    store: Store
    files: tuple[Path, ...]
    recovery_code: str
    destination: Path
    classes: list[str] = field(default_factory=list)

    def actor(self, login: str = demo_cast.ADMIN) -> Actor:
        return store_verbs.login(store=self.store, login=login, password=PASSWORD)

    def teacher(self, class_name: str) -> Actor:
        return self.actor(teacher_login(class_name))

    def import_all(self) -> imports.ImportReport:
        return imports.import_files(store=self.store, actor=self.actor(), paths=self.files, progress=QUIET)

    def approve_all(self) -> None:
        for name in self.classes:
            gate.submit(store=self.store, actor=self.teacher(name), class_name=name)
            gate.approve(store=self.store, actor=self.actor(demo_cast.CHECKER), class_name=name)

    def issue_all(self) -> issue.IssueReport:
        return issue.issue(store=self.store, actor=self.actor(demo_cast.CHECKER), progress=QUIET)

    def sign(self, role: SigningRole, *, pin: str | None = None, class_name: str | None = None) -> SignReport:
        token = self.cast.tokens[role]
        return signing.sign_transcripts(
            store=self.store,
            actor=self.actor(SIGNERS[role]),
            role=role,
            pin=KnownPin(pin or token.pin),
            class_name=class_name,
            progress=QUIET,
        )

    @property
    def pupils_in_scope(self) -> int:
        return sum(len(c.pupils) for c in self.made.classes if c.name in self.classes)


@dataclass(frozen=True)
class Blueprint:
    """A prepared data folder with accounts, tokens and workbooks, copied for each test."""

    folder: Path
    made: DemoSchool
    cast: Cast
    files: tuple[Path, ...]
    recovery_code: str


def build(folder: Path, token_folder: Path, pupils: int = 10) -> Blueprint:
    """Make the school, its tokens and workbooks, and a store in which only the pupil list is imported."""
    made = make_school(pupils=pupils)
    files = write_workbooks(folder / "workbooks", made)
    cast = make_tokens(token_folder, made)
    data = folder / "data"
    report = store_verbs.init_school(
        folder=data,
        school=made.school,
        year=made.year,
        admin_login=demo_cast.ADMIN,
        admin_name="Quản trị mẫu",
        password=PASSWORD,
    )
    store = store_verbs.open_store(data)
    admin = store_verbs.login(store=store, login=demo_cast.ADMIN, password=PASSWORD)
    imports.import_files(store=store, actor=admin, paths=files[:1], progress=QUIET)
    admit(store, made, cast, folder)
    store.close()
    return Blueprint(data, made, cast, files, report.recovery_code)


@contextmanager
def world(blueprint: Blueprint, folder: Path, *, destination: bool = True) -> Iterator[World]:
    """A fresh copy of the blueprint, open; with `destination` a folder is where documents go."""
    data = folder / "data"
    shutil.copytree(blueprint.folder, data)
    store = store_verbs.open_store(data)
    place = folder / "kho-nhan"
    place.mkdir()
    names = [c.name for c in blueprint.made.classes if out_of_scope_reason(c.year, c.grade) is None]
    try:
        made = World(
            data,
            blueprint.made,
            blueprint.cast,
            store,
            blueprint.files[1:],
            blueprint.recovery_code,
            place,
            names,
        )
        if destination:
            settings.add_destination(
                store=store, actor=made.actor(), name="usb", kind="folder", options={"path": str(place)}
            )
        yield made
    finally:
        store.close()
