"""The booklet of several years: a view that names, attaches and never replaces the signed transcripts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pikepdf

from app.records.types import HistoryRow, SigningRole
from app.transcript import words
from app.transcript.booklet import Mark, SignedYear, render_booklet
from app.transcript.xml import build_xml
from tests.transcript.reading import font_rows, run, stored, structure, text_of
from tests.transcript.samples import NEW_SCHOOL, OLD_SCHOOL, VIETNAM, longest, transcript
from tests.transcript.test_layout import overlapping, words_of

SIGNERS = ("TRẦN THỊ BÍCH NGỌC", "NGUYỄN HOÀNG PHƯƠNG UYÊN", "TRƯỜNG TIỂU HỌC THUẬN HƯNG C")


def _year(grade: int, first: int) -> SignedYear:
    year = f"{first}-{first + 1}"
    rows = tuple(
        HistoryRow(f"{2020 + n}-{2021 + n}", f"{n}A", OLD_SCHOOL.name, "0127/2021", date(2021, 9, 6))
        for n in range(1, grade + 1)
    )
    data = replace(
        transcript(grade),
        year=year,
        history=rows,
        transcript_id=f"HB-{first}",
        issued_at=datetime(first + 1, 6, 5, 9, 0, tzinfo=VIETNAM),
        school=NEW_SCHOOL if first >= 2025 else OLD_SCHOOL,
    )
    at = datetime(first + 1, 6, 17, 8, 12, 30, tzinfo=VIETNAM)
    marks = {role: Mark(name, at) for role, name in zip(SigningRole, SIGNERS, strict=True)}
    xml = build_xml(data)
    return SignedYear(data, xml, sha256(xml).hexdigest(), marks)


YEARS = (_year(3, 2023), _year(4, 2024), _year(5, 2025))


def test_one_book_of_three_years(tmp_path: Path) -> None:
    path = stored(render_booklet(YEARS), tmp_path)
    text = text_of(path)
    assert "Pages:           10" in run("pdfinfo", path)
    for year in YEARS:
        assert f"Năm học {words.school_year(year.data.year)}" in text
        assert f"Mã học bạ: {year.data.transcript_id} – Phiên bản: 1" in text
        assert "".join(sha256(year.xml).hexdigest()) in "".join(text.split())
        assert year.marks[SigningRole.TEACHER].signed_at.isoformat() in text
    assert text.count(words.BOOKLET_FOOT[:40]) == 10
    assert text.count("0127/2021") == 5
    assert "Xã/Phường/Đặc khu: Thuận Hoà" in text
    assert words.SIGNED_EACH_YEAR in text


def test_it_is_archival_tagged_and_unsigned(tmp_path: Path) -> None:
    path = stored(render_booklet(YEARS), tmp_path)
    assert all(row[3:6] == ["yes"] * 3 for row in font_rows(path))
    with pikepdf.open(path) as pdf:
        assert "/AcroForm" not in pdf.Root
        names = [str(one) for one in list(pdf.Root.Names.EmbeddedFiles.Names)[::2]]
        assert names == [f"hoc-ba-{year.data.year}.xml" for year in YEARS]
        attached = [one.EF.F.read_bytes() for one in pdf.Root.AF]
        assert attached == [year.xml for year in YEARS]
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")
        assert list(structure(pdf)).count("H1") == 1


def test_same_bytes_and_one_year_is_a_booklet_too(tmp_path: Path) -> None:
    assert render_booklet(YEARS) == render_booklet(YEARS)
    assert "Pages:           6" in run("pdfinfo", stored(render_booklet(YEARS[:1]), tmp_path))


def test_long_years_stay_legible(tmp_path: Path) -> None:
    data = longest()
    year = replace(
        YEARS[0], data=data, marks={SigningRole.LEADER: Mark(data.leader.name.upper(), data.issued_at)}
    )
    for page in words_of(stored(render_booklet((year,)), tmp_path)):
        assert overlapping(page) == []
