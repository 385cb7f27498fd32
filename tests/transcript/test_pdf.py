"""The PDF view: every value printed, archival, the same bytes anywhere, drafts marked."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest

from app.records.codes import YEAR_CLASS_TEXT
from app.records.completion import completion_text
from app.records.places import without_prefix
from app.records.programme import SUBJECT_NAMES, TRAIT_NAMES
from app.records.types import Signatory, SubjectResult, TranscriptData
from app.transcript import words
from app.transcript.fonts import Face, font
from app.transcript.pdf import FIELDS, fits, fits_smallest, render_draft, render_pdf
from app.transcript.pdf_file import escape
from app.transcript.xml import build_xml
from tests.transcript.reading import font_rows, run, stored, structure, text_of
from tests.transcript.samples import ALL_LETTERS, LONG, NEW_SCHOOL, emptiest, longest, transcript


def _rendered(data: TranscriptData) -> bytes:
    return render_pdf(data, xml=build_xml(data))


def _squeeze(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("data", [*(transcript(grade) for grade in range(1, 6)), longest()])
def test_every_value_is_printed(data: TranscriptData, tmp_path: Path) -> None:
    text = _squeeze(text_of(stored(_rendered(data), tmp_path)))
    pupil, outcome = data.pupil, data.outcome
    assert outcome.confirmed is not None
    values = [
        *(
            pupil.name,
            pupil.name.upper(),
            pupil.ethnicity,
            pupil.birth_place,
            pupil.hometown,
            pupil.residence,
        ),
        *(pupil.father, pupil.mother, pupil.guardian, "09/03/2016", "Nữ", "Việt Nam", "118,5 cm", "21 kg"),
        *(data.teacher.name, data.leader.name, *data.leader.title, data.transcript_id, "Phiên bản: 1"),
        *("Tiểu học Thuận Hưng C", "Mỹ Tú", "Sóc Trăng", words.school_year(data.year)),
        *("Thuận Hưng, ngày 05 tháng 6 năm 2024", YEAR_CLASS_TEXT[outcome.confirmed], *outcome.awards),
        completion_text(outcome, data.enrolment.grade),
        *(SUBJECT_NAMES[code] for code in data.subjects),
        *(TRAIT_NAMES[code] for code in data.traits),
        *(result.comment for result in data.results.subjects.values()),
        *(result.comment for result in data.results.traits.values()),
        *data.results.group_comments.values(),
        *(cell for row in data.history for cell in (row.school, row.class_name, row.register_number)),
    ]
    missing = [value for value in values if _squeeze(value) not in text]
    assert missing == []


def test_levels_and_scores_stand_in_their_rows(tmp_path: Path) -> None:
    path = stored(_rendered(transcript(4)), tmp_path)
    lines = run("pdftotext", "-layout", "-f", "4", "-l", "4", path, "-").splitlines()
    (row,) = [line.split() for line in lines if line.strip().startswith("Toán")]
    assert row[1:3] == ["T", "9"]
    (row,) = [line.split() for line in lines if line.strip().startswith("Đạo đức")]
    assert row[2] == "T"
    assert "9" not in row


@pytest.mark.parametrize("data", [transcript(2), longest(), emptiest()])
def test_archival_construction(data: TranscriptData, tmp_path: Path) -> None:
    xml = build_xml(data)
    path = stored(render_pdf(data, xml=xml), tmp_path)
    assert path.read_bytes().startswith(b"%PDF-1.7\n%")
    rows = font_rows(path)
    assert len(rows) == 3
    assert all(row[0].startswith("AAAAAA+LiberationSerif") and row[3:6] == ["yes"] * 3 for row in rows)
    with pikepdf.open(path) as pdf:
        root = pdf.Root
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")
            assert metadata["dc:title"] == str(pdf.docinfo.Title)
        assert str(root.Lang) == "vi-VN"
        assert bool(root.MarkInfo.Marked)
        assert root.OutputIntents[0].DestOutputProfile.read_bytes()[36:40] == b"acsp"
        attached = root.AF[0]
        assert attached.AFRelationship == "/Data"
        assert attached.EF.F.Subtype == "/text/xml"
        assert attached.EF.F.read_bytes() == xml
        assert root.Names.EmbeddedFiles.Names[1].objgen == attached.objgen
        assert "Encrypt" not in pdf.trailer


def test_three_empty_fields_placed_once(tmp_path: Path) -> None:
    with pikepdf.open(stored(_rendered(transcript(4)), tmp_path)) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        assert tuple(str(field.T) for field in fields) == FIELDS
        assert int(pdf.Root.AcroForm.SigFlags) == 3
        annotations = [widget.objgen for page in pdf.pages for widget in page.get("/Annots", [])]
        assert annotations == [field.objgen for field in fields]
        for field in fields:
            assert field.FT == "/Sig"
            assert "/V" not in field
            assert int(field.F) & 4
            assert field.P.objgen == pdf.pages[-1].objgen
            assert isinstance(field.AP.N, pikepdf.Stream)


def test_tagged_in_reading_order(tmp_path: Path) -> None:
    with pikepdf.open(stored(_rendered(transcript(1)), tmp_path)) as pdf:
        roles = list(structure(pdf))
        assert roles[0] == "Document"
        assert roles.count("H1") == 1
        assert "Form" not in roles
        assert {"Table", "TR", "TH", "TD", "P", "H2", "H3"} <= set(roles)
        assert roles.index("H1") < roles.index("H2") < roles.index("Table")
        for page in pdf.pages:
            stream = page.Contents.read_bytes()
            assert stream.count(b"BDC") + stream.count(b"BMC") == stream.count(b"EMC")


def test_same_bytes_twice_and_in_another_process() -> None:
    here = sha256(_rendered(longest())).hexdigest()
    assert sha256(_rendered(longest())).hexdigest() == here
    program = (
        "from hashlib import sha256; from tests.transcript.samples import longest; "
        "from app.transcript.pdf import render_pdf; from app.transcript.xml import build_xml; "
        "data = longest(); print(sha256(render_pdf(data, xml=build_xml(data))).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "America/Lima", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == here


def test_another_version_is_another_document() -> None:
    data = transcript()
    first, second = (pikepdf.open(io.BytesIO(_rendered(one))) for one in (data, replace(data, version=2)))
    with first, second:
        assert bytes(first.trailer.ID[0]) != bytes(second.trailer.ID[0])


def test_foot_says_what_the_page_is(tmp_path: Path) -> None:
    data = transcript()
    xml = build_xml(data)
    text = text_of(stored(render_pdf(data, xml=xml), tmp_path))
    digest = sha256(xml).hexdigest()
    assert text.count(" ".join(digest[n : n + 4] for n in range(0, 32, 4))) == 5
    assert "Trang 5/5" in text
    assert words.FOOT in text


def test_draft_is_marked_on_every_page_and_cannot_be_signed(tmp_path: Path) -> None:
    path = stored(render_draft(transcript(3)), tmp_path)
    with pikepdf.open(path) as pdf:
        pages = len(pdf.pages)
        mark = escape(font(Face.BOLD).encode(words.DRAFT))
        assert all(mark in page.Contents.read_bytes() for page in pdf.pages)
        assert "/AcroForm" not in pdf.Root
        assert "/AF" not in pdf.Root
    for page in map(str, range(1, pages + 1)):
        text = run("pdftotext", "-f", page, "-l", page, path, "-")
        assert words.DRAFT_FOOT in text


def test_old_and_new_cover(tmp_path: Path) -> None:
    old = text_of(stored(_rendered(transcript()), tmp_path))
    new = text_of(stored(_rendered(replace(transcript(), school=NEW_SCHOOL)), tmp_path))
    assert "Huyện (Thành phố, Quận, Thị xã): Mỹ Tú" in old
    assert "Xã/Phường/Đặc khu: Thuận Hoà Tỉnh/Thành phố: Cần Thơ" in new
    assert "Huyện (" not in new


def test_place_kinds_are_not_said_twice() -> None:
    assert without_prefix("Xã Thuận Hưng", ("Xã",)) == "Thuận Hưng"
    assert without_prefix("Phường 3", ("Phường",)) == "Phường 3"
    assert without_prefix("Xãbè", ("Xã",)) == "Xãbè"


def test_principal_signs_without_a_further_title(tmp_path: Path) -> None:
    data = replace(transcript(), leader=Signatory(("HIỆU TRƯỞNG",), "Lê Văn Tám"))
    path = stored(_rendered(data), tmp_path)
    last = run("pdftotext", "-f", "5", "-l", "5", path, "-")
    assert "Xác nhận của Hiệu trưởng" in last
    assert "HIỆU TRƯỞNG" not in last


def test_letters_and_signs_survive_in_a_comment(tmp_path: Path) -> None:
    comment = " ".join(ALL_LETTERS[n : n + 10] for n in range(0, 134, 10)) + " “a” – (b) \\ √2 ≥ 1"
    data = transcript(2)
    results = replace(data.results, subjects={"TV": SubjectResult(comment=comment)})
    text = text_of(stored(_rendered(replace(data, results=results)), tmp_path))
    assert _squeeze(comment) in _squeeze(text)


@pytest.mark.parametrize("repeat", [1, 3, 12, 60])
def test_comments_never_vanish_however_long(repeat: int, tmp_path: Path) -> None:
    comment = " ".join(f"{LONG} Lần {number}." for number in range(repeat))
    data = transcript(4, comment=comment)
    results = replace(data.results, group_comments={"PC": comment, "NLC": comment, "NLDT": comment})
    path = stored(_rendered(replace(data, results=results)), tmp_path)
    text = "".join(line for line in run("pdftotext", "-raw", path, "-").splitlines() if "SHA-256" not in line)
    counts = [_squeeze(text).count(f"Lần{number}.") for number in range(repeat)]
    assert counts == [len(data.subjects) + 3] * repeat


def test_overflow_meter() -> None:
    assert fits("", "TV") == (0, 3)
    assert fits("Ngắn.", "TV") == (1, 3)
    used, available = fits(LONG, "TV")
    assert used > available
    assert fits(LONG, "PC")[0] <= fits(LONG, "PC")[1]
    assert fits("Ngắn.", "YN") == (1, 1)


@pytest.mark.parametrize(
    ("code", "held"), [("TV", 4), ("HDTN", 4), ("YN", 3), ("NL_TC", 3), ("PC", 8), ("NLC", 4), ("NLDT", 12)]
)
def test_what_does_not_fit_even_in_the_smallest_type(code: str, held: int) -> None:
    assert fits_smallest("", code) == (0, held)
    assert fits_smallest("Ngắn.", code) == (1, held)
    used, _ = fits_smallest(LONG, code)
    assert used < fits(LONG, code)[0]
    assert fits_smallest(f"{LONG} {LONG} {LONG}", code)[0] > used
    lines = "\n".join(["Dòng."] * (held + 1))
    assert fits_smallest(lines, code) == (held + 1, held)


def test_the_longest_comments_of_the_form_do_not_fit_beside_a_subject() -> None:
    assert fits_smallest(LONG, "TV") == (5, 4)
    assert fits_smallest(LONG[:200], "TV") == (4, 4)
    assert fits_smallest(LONG[:120], "YN") == (2, 3)


def test_dates_as_offices_write_them() -> None:
    assert words.place_and_date("Mỹ Tú", date(2024, 2, 5)) == "Mỹ Tú, ngày 05 tháng 02 năm 2024"
    assert words.place_and_date("Mỹ Tú", date(2024, 11, 15)) == "Mỹ Tú, ngày 15 tháng 11 năm 2024"
    assert words.measure(21.0, "kg") == "21 kg"
