"""A finding is known again by what it says about whom."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest

from app.records.findings import FIELD_TEXT, fingerprint
from app.records.types import Acceptance, Enrolment, Finding, Period, Pupil, Severity, YearOutcome

FINDING = Finding(
    "award.wording", Severity.WARNING, "3A", "2500000001", "Thạch Kha", "awards", "Sai tên.", key=7
)
MARK = fingerprint(FINDING, Period.CN)


def test_a_fingerprint_is_a_sha256_that_never_changes() -> None:
    assert MARK == "eb91193734f068ae9981554af99d3713da9bd708f63f5bfc17f4dc428189594a"


@pytest.mark.parametrize(
    "other",
    [
        replace(FINDING, class_name="3B"),
        replace(FINDING, rule="award.class"),
        replace(FINDING, field="confirmed"),
        replace(FINDING, message="Sai tên hẳn."),
        replace(FINDING, key=8),
        replace(FINDING, key=0),
        replace(FINDING, class_name="3", rule="Aaward.wording"),
    ],
)
def test_another_finding_has_another_fingerprint(other: Finding) -> None:
    assert fingerprint(other, Period.CN) != MARK
    assert fingerprint(FINDING, Period.CK1) != MARK


@pytest.mark.parametrize(
    "same",
    [
        replace(FINDING, pupil_code="2500000002", pupil="Thạch Thị Kha"),
        replace(FINDING, severity=Severity.ERROR, period=Period.CN),
        replace(FINDING, id="1234", accepted=Acceptance("Đúng thế", "gv", datetime.now(UTC))),
    ],
)
def test_what_people_add_does_not_change_it(same: Finding) -> None:
    assert fingerprint(same, Period.CN) == MARK


def test_without_a_store_the_code_names_the_pupil() -> None:
    bare = replace(FINDING, key=0)
    assert fingerprint(bare, Period.CN) != fingerprint(replace(bare, pupil_code="9"), Period.CN)


@pytest.mark.parametrize("record", [Pupil, Enrolment, YearOutcome])
def test_every_field_has_words(record: type[Pupil | Enrolment | YearOutcome]) -> None:
    assert {item.name for item in fields(record)} <= FIELD_TEXT.keys()


def test_codes_have_the_words_of_the_form() -> None:
    assert (FIELD_TEXT["TOAN"], FIELD_TEXT["YN"], FIELD_TEXT["PC"]) == (
        "môn Toán",
        "Yêu nước",
        "Phẩm chất chủ yếu",
    )
