"""What counts as a failure of conformance, and how answers are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conformance.java_tools import Unavailable
from conformance.judges import Judge, dss_problems
from conformance.run import Outcome, ask
from conformance.verdicts import Folder, Sample, Verdict, read_folder

GOOD = Verdict("judge", "question", "a.3.pdf", accepted=True)
REFUSED = Verdict("judge", "question", "spoiled.pdf", accepted=False, expected=False)
PASSED: dict[str, Any] = {
    "signer": "GVCN",
    "level": "PAdES-BASELINE-B",
    "indication": "TOTAL_PASSED",
    "sub_indication": "",
    "intact": True,
    "trusted": True,
    "scopes": 1,
    "modified": [],
}


def _nobody(folder: Folder, work: Path) -> Iterator[Verdict]:
    raise Unavailable("no such program")
    yield


JUDGE = Judge("judge", "question", _nobody)


@pytest.mark.parametrize(
    ("verdicts", "failed"),
    [
        ((GOOD, REFUSED), False),
        ((GOOD,), True),
        ((REFUSED,), True),
        ((), True),
        ((GOOD, REFUSED, Verdict("judge", "question", "b", accepted=False)), True),
        ((GOOD, REFUSED, Verdict("judge", "question", "b", accepted=True, expected=False)), True),
    ],
    ids=["good", "no control", "nothing good", "nothing at all", "good one refused", "spoiled one accepted"],
)
def test_a_judge_must_accept_the_good_and_refuse_the_spoiled(
    verdicts: tuple[Verdict, ...], failed: bool
) -> None:
    assert Outcome(JUDGE, verdicts).failed is failed


def test_a_missing_judge_is_skipped_with_its_reason(tmp_path: Path) -> None:
    outcome = ask(JUDGE, Folder((), tmp_path), tmp_path)
    assert outcome.skipped == "no such program"
    assert not outcome.failed


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"level": "PDF-NOT-ETSI"}, "level PDF-NOT-ETSI"),
        ({"indication": "TOTAL_FAILED", "sub_indication": "HASH_FAILURE"}, "TOTAL_FAILED HASH_FAILURE"),
        ({"intact": False}, "not intact"),
        ({"trusted": False}, "chain not trusted"),
        ({"scopes": 0}, "signs nothing"),
        ({"modified": ["/Rotate CREATION"]}, "changed after signing: /Rotate CREATION"),
    ],
)
def test_every_fault_that_dss_reports_is_seen(change: dict[str, Any], problem: str) -> None:
    assert dss_problems({"signatures": [PASSED]}, 1, "PAdES") == []
    assert dss_problems({"signatures": [PASSED | change]}, 1, "PAdES") == [f"GVCN: {problem}"]


def test_a_missing_signature_is_seen() -> None:
    assert dss_problems({"signatures": [PASSED]}, 2, "PAdES") == ["1 signatures found, 2 expected"]


def test_samples_say_how_many_signatures_they_hold(tmp_path: Path) -> None:
    for name in ("an.0.pdf", "an.2.pdf", "an.1.xml", "an.xml", "root.pem"):
        (tmp_path / name).touch()
    assert {(sample.path.name, sample.signatures) for sample in read_folder(tmp_path).documents} == {
        ("an.0.pdf", 0),
        ("an.2.pdf", 2),
        ("an.1.xml", 1),
        ("an.xml", 3),
    }
    assert Sample(tmp_path / "an.xml", 3) in read_folder(tmp_path).xmls


def test_an_empty_folder_is_no_proof(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_folder(tmp_path)


def test_filling_the_next_field_is_no_change() -> None:
    filled = "/Catalog /StructTreeRoot 32 0 R /K 33 0 R /K 223 0 R /K /Obj 23 0 R /V 239 0 R CREATION"
    other = filled.replace("/V 239 0 R", "/AP")
    assert dss_problems({"signatures": [PASSED | {"modified": [filled]}]}, 1, "PAdES") == []
    assert dss_problems({"signatures": [PASSED | {"modified": [filled, other]}]}, 1, "PAdES") != []
