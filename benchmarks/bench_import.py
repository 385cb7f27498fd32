"""The school's workbooks into an empty store, beside reading the same files with python-calamine alone."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

import python_calamine

from app.demo.workbooks import write_workbooks
from app.interaction import SilentProgress
from app.workflows import imports
from app.workflows import store as store_verbs
from benchmarks.material import PUPILS, school
from benchmarks.timing import Row

ROUNDS: Final = 3
PASSWORD: Final = "do-thoi-gian-1"


def rows() -> list[Row]:
    """All files of the demo's school: the pupils' list, then the results."""
    os.environ["HOCBA_KEY_FILE_ONLY"] = "1"
    ours, reading = [], []
    with tempfile.TemporaryDirectory() as folder:
        files = write_workbooks(Path(folder) / "files", school())
        for number in range(ROUNDS):
            ours.append(_import(Path(folder) / f"store{number}", files))
            start = time.perf_counter()
            _read(files)
            reading.append(time.perf_counter() - start)
    alone = statistics.median(reading)
    what = f"import {PUPILS} pupils with results ({len(files)} files)"
    return [Row(what, statistics.median(ours), 3.0, "python-calamine alone", alone)]


def _import(folder: Path, files: tuple[Path, ...]) -> float:
    store_verbs.init_school(
        folder=folder,
        school=school().school,
        year=school().year,
        admin_login="quantri",
        admin_name="Quản trị",
        password=PASSWORD,
    )
    store = store_verbs.open_store(folder)
    try:
        admin = store_verbs.login(store=store, login="quantri", password=PASSWORD)
        start = time.perf_counter()
        report = imports.import_files(store=store, actor=admin, paths=files, progress=SilentProgress())
        taken = time.perf_counter() - start
    finally:
        store.close()
    if sum(item.rows_written for item in report.files) < PUPILS:
        raise RuntimeError("the import wrote less than the school has")
    return taken


def _read(files: tuple[Path, ...]) -> None:
    for file in files:
        book = python_calamine.CalamineWorkbook.from_path(str(file))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
