"""The sample school to play with: invented pupils, in a folder of its own beside the real data."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app import messages
from app.errors import UserError
from app.interaction import Progress
from app.models import settings as settings_store
from app.models import store as store_file
from app.models.filelock import exclusive
from app.models.files import LOCK
from app.models.store import Store
from app.paths import resource
from app.records.permissions import Actor
from app.records.types import Role, School
from app.workflows import classes, fields, gate, imports, people
from app.workflows import store as store_verbs

SAMPLE: Final = "sample"
"""Name of the setting that marks the data as invented."""
MARK: Final = "TRUONG-MAU.txt"
"""File that marks a folder as one that may be thrown away."""
PRACTICE: Final = "tep-excel-de-tap-nhap"
"""Folder of workbooks to practise importing with."""
PASSWORD: Final = "tap-dung"
"""Password of everybody in the sample school."""
ADMIN: Final = "quantri"
YEAR: Final = "2023-2024"
SCHOOL: Final = School("00000000", "Trường Tiểu học Mẫu (dữ liệu bịa)", "Xã Mẫu", "", "Tỉnh Mẫu")
_LEADER_TITLE: Final = "HIỆU TRƯỞNG"
_STAFF: Final = (
    ("hieutruong", "Nguyễn Văn Mẫu", Role.LEADER, _LEADER_TITLE, ()),
    ("tocongtac", "Sơn Thị Tập", Role.CHECKER, "", ()),
    ("vanthu", "Trần Thị Dùng", Role.CLERK, "", ()),
    ("gv1a", "Thạch Thị Một", Role.HOMEROOM, "", ("1A",)),
    ("gv2a", "Lý Văn Hai", Role.HOMEROOM, "", ("2A",)),
    ("gv3a", "Kim Thị Ba", Role.HOMEROOM, "", ("3A",)),
    ("gv4a", "Lâm Thị Bốn", Role.HOMEROOM, "", ("4A",)),
    ("gv5a", "Phạm Văn Năm", Role.HOMEROOM, "", ("5A",)),
)
_APPROVED: Final = "1A"
_SUBMITTED: Final = "2A"
_WITH_HOLE: Final = "4A"


@dataclass(frozen=True, slots=True)
class SampleReport:
    """Where the sample school lies, its pupils, and how to get in."""

    folder: Path
    pupils: int
    login: str
    password: str


def sample_folder(folder: Path) -> Path:
    """The folder of the sample school that belongs to a data folder: beside it."""
    return folder.with_name(f"{folder.name}-truong-mau")


def has_sample(folder: Path) -> bool:
    """True when the sample school of a data folder was made."""
    place = sample_folder(folder)
    return (place / MARK).exists() and store_file.exists(place)


def is_sample(*, store: Store) -> bool:
    """True when everything in this store is invented."""
    with store.reading() as session:
        return bool(settings_store.get(session, SAMPLE, ""))


def make_sample(*, folder: Path, progress: Progress) -> SampleReport:
    """Make the sample school that belongs to a data folder; it appears whole or not at all.

    Class 1A is approved, 2A submitted, 3A and 4A are open, and 4A lacks a score. UserError sample.exists,
    sample.folder_taken, store.disk_full, store.no_access.
    """
    place = sample_folder(folder)
    if has_sample(folder):
        raise UserError("sample.exists", folder=str(place))
    if place.exists() and not (place / MARK).exists():
        raise UserError("sample.folder_taken", folder=str(place))
    throw_away(folder=folder)
    with ExitStack() as undo:
        undo.callback(throw_away, folder=folder)
        _begin(place)
        store_verbs.init_school(
            folder=place,
            school=SCHOOL,
            year=YEAR,
            admin_login=ADMIN,
            admin_name="Quản trị mẫu",
            password=PASSWORD,
        )
        with store_verbs.open_store(place) as store:
            pupils = _fill(store, place, progress)
        undo.pop_all()
    return SampleReport(place, pupils, ADMIN, PASSWORD)


def _begin(place: Path) -> None:
    try:
        place.mkdir(parents=True, mode=0o700)
        (place / MARK).write_text(messages.text("sample.mark", {}) + "\n", encoding="utf-8")
        shutil.copytree(resource("sample"), place / PRACTICE, ignore=shutil.ignore_patterns("*.md"))
    except OSError:
        raise UserError("store.no_access", folder=str(place.parent)) from None


def _fill(store: Store, place: Path, progress: Progress) -> int:
    admin = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    with store.transaction() as session:
        settings_store.put(session, SAMPLE, "yes", admin.login)
    files = sorted((place / PRACTICE).glob("*.xlsx"))  # the list of pupils comes first
    report = imports.import_files(store=store, actor=admin, paths=files, progress=progress)
    _admit(store, admin)
    gate.submit(store=store, actor=admin, class_name=_APPROVED)
    gate.approve(store=store, actor=admin, class_name=_APPROVED)
    gate.submit(store=store, actor=admin, class_name=_SUBMITTED)
    _leave_hole(store, admin)
    return report.files[0].rows_read


def _admit(store: Store, admin: Actor) -> None:
    for login, name, role, title, taught in _STAFF:
        people.add_account(
            store=store,
            actor=admin,
            login=login,
            name=name,
            roles=(role,),
            classes=taught,
            subjects=(),
            password=PASSWORD,
            title=title,
        )


def _leave_hole(store: Store, admin: Actor) -> None:
    """One class has something to find and to repair."""
    first = classes.open_class(store=store, actor=admin, class_name=_WITH_HOLE).pupils[0]
    fields.set_field(store=store, actor=admin, code=first.pupil.code, field="TOAN.score", value="")


def throw_away(*, folder: Path) -> None:
    """Delete the sample school that belongs to a data folder, whole or half made; never anything else.

    UserError store.in_use while it is open somewhere, store.no_access.
    """
    place = sample_folder(folder)
    if not (place / MARK).exists():
        return
    with exclusive(place / LOCK) as alone:
        if not alone:
            raise UserError("store.in_use", folder=str(place))
    try:
        shutil.rmtree(place)
    except OSError:
        raise UserError("store.no_access", folder=str(place)) from None
