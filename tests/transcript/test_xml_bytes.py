"""The bytes: canonical, and the same in every process, place, language and time zone."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree

from app.records.types import TranscriptData
from app.transcript.xml import DECLARATION, build_xml, parse_xml
from tests.transcript.chain import sealed
from tests.transcript.samples import emptiest, longest, transcript
from tests.transcript.test_xml import again

ROOT = Path(__file__).resolve().parents[2]
MAKE = """
from hashlib import sha256
from app.transcript.pdf import render_pdf
from app.transcript.xml import build_xml
from tests.transcript.samples import emptiest, longest, transcript
from tests.transcript.test_xml import again
for data in (transcript(2), longest(), emptiest(), again()):
    xml = build_xml(data)
    print(sha256(xml).hexdigest(), sha256(render_pdf(data, xml=xml)).hexdigest())
"""


def made(folder: Path, **environment: str) -> str:
    """Hashes of XML and PDF of four samples, made by a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", MAKE],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_two_processes_make_the_same_bytes(tmp_path: Path) -> None:
    first = made(ROOT, PYTHONHASHSEED="1", TZ="Asia/Ho_Chi_Minh", LC_ALL="C.UTF-8")
    second = made(
        tmp_path,
        PYTHONHASHSEED="2",
        TZ="America/St_Johns",
        LC_ALL="C",
        LANG="vi_VN",
        SOURCE_DATE_EPOCH="1",
        PYTHONUTF8="0",
    )
    assert first == second
    assert len(set(first.split())) == 8


def test_the_time_of_issue_is_part_of_the_data() -> None:
    data = transcript()
    later = replace(data, issued_at=data.issued_at + timedelta(seconds=1))
    assert build_xml(data) == build_xml(replace(data))
    assert build_xml(data) != build_xml(later)
    assert parse_xml(build_xml(later)).issued_at - data.issued_at == timedelta(seconds=1)


def canonical_again(xml: bytes) -> bytes:
    """What any tool writes that reads the bytes and canonicalises them (C14N 1.0, inclusive)."""
    return etree.tostring(etree.fromstring(xml), method="c14n", exclusive=False, with_comments=True)


@pytest.mark.parametrize("data", [transcript(1), longest(), emptiest(), again()])
def test_bytes_behind_the_declaration_are_their_own_canonical_form(data: TranscriptData) -> None:
    xml = build_xml(data)
    assert xml.startswith(DECLARATION)
    assert canonical_again(xml) == xml.removeprefix(DECLARATION)


def test_a_signed_file_is_its_own_canonical_form_too() -> None:
    xml, report = sealed(build_xml(again()))
    assert report.verdict == "valid_unknown_status"
    assert canonical_again(xml) == xml.removeprefix(DECLARATION)
    assert parse_xml(xml) == again()
