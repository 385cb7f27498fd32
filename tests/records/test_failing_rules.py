"""A rule that cannot run is itself a finding; the other rules go on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.demo.school import make_school
from app.records import checks
from app.records.checks import Scope
from app.records.types import ClassYear, Period, Severity

KLASS: ClassYear = make_school(pupils=15).classes[2]


def broken(*_: object) -> None:
    raise ZeroDivisionError


def with_broken(monkeypatch: pytest.MonkeyPatch, scope: Scope, check: str, rule: str) -> None:
    rules = checks._BY_SCOPE[scope]
    changed: dict[str, Any] = {check: broken}
    put = tuple(replace(item, **changed) if item.id == rule else item for item in rules)
    monkeypatch.setitem(checks._BY_SCOPE, scope, put)


def test_for_a_pupil_it_names_the_pupil(monkeypatch: pytest.MonkeyPatch) -> None:
    before = checks.run(KLASS, Period.CN)
    with_broken(monkeypatch, Scope.PUPIL, "check_pupil", "sex.missing")
    found = checks.run(KLASS, Period.CN)
    failed = [item for item in found if item.rule == "rule.failed"]
    assert [item.pupil for item in failed] == [entry.pupil.name for entry in KLASS.pupils]
    assert failed[0].severity is Severity.WARNING
    assert failed[0].message == (
        f"Quy tắc “Chưa có giới tính” chưa chạy được với em {KLASS.pupils[0].pupil.name} "
        "(ZeroDivisionError). Xem lại em này bằng mắt và báo người quản trị."
    )
    assert [item for item in found if item.rule != "rule.failed"] == list(before)


def test_for_a_class_it_names_the_class(monkeypatch: pytest.MonkeyPatch) -> None:
    with_broken(monkeypatch, Scope.CLASS, "check_class", "class.no_teacher")
    (failed,) = [item for item in checks.run(KLASS, Period.CN) if item.rule == "rule.failed"]
    assert failed.pupil == ""
    assert f"chưa chạy được ở lớp {KLASS.name}" in failed.message


def test_between_classes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with_broken(monkeypatch, Scope.SCHOOL, "check_school", "code.duplicate_elsewhere")
    (failed,) = checks.run_across([KLASS], Period.CN)
    assert (failed.rule, failed.class_name) == ("rule.failed", KLASS.name)
