"""Writes the workbooks that the invented school would get out of CSDL ngành, and its own templates."""

from __future__ import annotations

from pathlib import Path

from app.demo.school import DemoSchool
from app.excel.writing import write_csdl_pupils, write_csdl_results, write_our_template
from app.records.programme import out_of_scope_reason
from app.records.types import ClassYear, Period


def write_workbooks(folder: Path, made: DemoSchool) -> tuple[Path, ...]:
    """The pupil list first, then for each class its results and its comments with the personal data."""
    folder.mkdir(parents=True, exist_ok=True)
    pupils = folder / "danh-sach-hoc-sinh.xlsx"
    write_csdl_pupils(pupils, made.classes)
    files = [pupils]
    for klass in made.classes:
        if out_of_scope_reason(klass.year, klass.grade) is None:
            files += _write_class(folder, klass)
    return tuple(files)


def _write_class(folder: Path, klass: ClassYear) -> list[Path]:
    results = folder / f"ket-qua-{klass.name}.xlsx"
    write_csdl_results(results, klass, Period.CN)
    comments = folder / f"nhan-xet-{klass.name}.xlsx"
    write_our_template(comments, klass, Period.CN)
    return [results, comments]
