"""Opening workbooks: every format, and every way a file can be bad, without ending the program."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.excel.book import address, clean, shown
from app.excel.helper import Helper, HelperProblem
from app.excel.parse import parse_file
from app.excel.reading import read_book
from app.excel.safety import AREA_LIMIT, sheet_extent
from app.excel.writing import write_csdl_results
from app.records.types import Period
from tests.excel.people import YEAR, klass
from tests.excel.workbooks import xls, xlsx

LIST: list[list[object]] = [
    ["STT", "Mã lớp", "Mã học sinh", "Họ tên", "Ngày sinh", "Giới tính"],
    [1, "1A", "9400000001", "Sơn Thị Hân", date(2017, 3, 25), "Nữ"],
]


def refused(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        parse_file(path, year=YEAR)
    assert path.name in str(caught.value.facts["file"])
    return caught.value.code


@pytest.mark.parametrize("maker", [xlsx, xls])
def test_both_formats_give_the_same_cells(tmp_path: Path, maker: object) -> None:
    make = xlsx if maker is xlsx else xls
    book = read_book(make(tmp_path / f"a.{make.__name__}", ("Sheet1", LIST)))
    sheet = book.sheets[0]
    assert sheet.text(0, 3) == "Họ tên"
    assert sheet.text(1, 4) == "25/03/2017"
    assert sheet.value(1, 0) == 1.0
    assert sheet.value(7, 7) is None


def test_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "khong-co.xlsx") == "excel.no_file"


def test_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "lop.xlsx").mkdir()
    assert refused(tmp_path / "lop.xlsx") == "excel.cannot_read"


@pytest.mark.parametrize("content", [b"", b"\0" * 4096, b"\r\n  \r\n"])
def test_empty_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "trong.xlsx"
    path.write_bytes(content)
    assert refused(path) == "excel.empty_file"


@pytest.mark.parametrize("maker", [xlsx, xls])
def test_empty_workbook(tmp_path: Path, maker: object) -> None:
    make = xlsx if maker is xlsx else xls
    assert refused(make(tmp_path / "trong.dat", ("Sheet1", []))) == "excel.empty_workbook"


@pytest.mark.parametrize("maker", [xlsx, xls])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_truncated_file(tmp_path: Path, maker: object, share: float) -> None:
    make = xlsx if maker is xlsx else xls
    path = make(tmp_path / "dut.dat", ("Sheet1", LIST + [LIST[1]] * 300))
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert refused(path) in ("excel.corrupt", "excel.empty_workbook", "excel.unknown_kind")


def test_damaged_sheet_inside_the_archive(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "hong.xlsx", ("Sheet1", LIST))
    _rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2])
    assert refused(path) == "excel.corrupt"


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7 hoc ba", b"\x89PNG\r\n\x1a\n", b"STT;Ho ten\r\n1;Son Thi Han", "Danh sách".encode()],
)
def test_other_kinds_of_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "anh.xls"
    path.write_bytes(content)
    assert refused(path) == "excel.not_workbook"


def test_word_document_is_not_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "van-ban.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refused(path) == "excel.not_workbook"


def test_encrypted_workbook(tmp_path: Path) -> None:
    path = tmp_path / "khoa.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 600
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 600
    )
    assert refused(path) == "excel.password"


def test_workbook_of_another_kind(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "thu-chi.xlsx", ("Sheet1", [["Ngày", "Khoản", "Số tiền"], [1, "Phấn", 20000]]))
    assert refused(path) == "excel.unknown_kind"


def test_header_without_pupils(tmp_path: Path) -> None:
    assert refused(xlsx(tmp_path / "trong.xlsx", ("Sheet1", LIST[:1]))) == "excel.no_rows"


def _rewrite(path: Path, part: str, change: object) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert callable(change)
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_stray_cell_in_the_far_corner(tmp_path: Path) -> None:
    """python-calamine would ask for 550 GB and end the process."""
    path = xlsx(tmp_path / "lac.xlsx", ("Sheet1", LIST))
    stray = b'<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
    _rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", stray))
    parsed = parse_file(path, year=YEAR)
    assert [row.fields["name"] for row in parsed.pupils] == ["Sơn Thị Hân"]
    assert "excel.stray_cell" in [finding.code for finding in parsed.findings]


def test_the_extent_of_a_sheet_is_measured() -> None:
    extent = sheet_extent(b'<row r="2"><c r="B2" s="1"/><c s="3" r="AA7" t="s"><v>1</v></c></row>')
    assert (extent.rows, extent.columns) == (7, 27)
    assert sheet_extent(b'<x:c r="XFD1048576"/>').area > AREA_LIMIT


def test_archive_that_unpacks_to_too_much(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "bom.xlsx", ("Sheet1", LIST))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/media/image1.bin", "w", force_zip64=True) as target,
    ):
        block = b"\0" * 10_000_000
        for _ in range(41):
            target.write(block)
    assert refused(path) == "excel.too_large"


def test_junk_down_to_the_last_row_of_an_xls(tmp_path: Path) -> None:
    rows: list[list[object]] = [*LIST]
    rows += [["", "", "", ""] for _ in range(65_536 - len(rows) - 1)]
    rows.append([" ", None, "", "\u00a0"])
    parsed = parse_file(xls(tmp_path / "rac.xls", ("Sheet1", rows)), year=YEAR)
    assert parsed.rows_read == 1


HTML = """<html><head><meta charset="utf-8"></head><body><table border=1>
<tr><th rowspan=2>STT</th><th rowspan=2>Mã lớp</th><th rowspan=2>Mã học sinh</th><th rowspan=2>Họ tên</th>
<th colspan=2>Toán</th><th rowspan=2>Lên lớp</th></tr>
<tr><th>Mức đạt được</th><th>Điểm<br>KTĐK</th></tr>
<tr><td>1</td><td>4A</td><td>9400000001</td><td>Thạch&nbsp;Ngọc Hân</td><td>T</td><td>9</td><td>x</td></tr>
</table></body></html>"""


def test_html_named_xls(tmp_path: Path) -> None:
    path = tmp_path / "ket-qua.xls"
    path.write_text(HTML, encoding="utf-8")
    row = parse_file(path, year=YEAR).results[0]
    assert (row.name, row.code, row.class_name) == ("Thạch Ngọc Hân", "9400000001", "4A")
    assert (row.subjects["TOAN"].score, row.year["promoted"]) == (9, True)


def test_html_in_utf16(tmp_path: Path) -> None:
    path = tmp_path / "ket-qua.xls"
    path.write_bytes(HTML.encode("utf-16"))
    assert parse_file(path, year=YEAR).rows_read == 1


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><table><tr><td>Họ tên</td></tr></table></td></tr></table>",
        "<table><tr><td>a</td></tr></table><table><tr><td>b</td></tr></table>",
        "<table></table>",
    ],
)
def test_html_that_is_not_one_plain_table(tmp_path: Path, html: str) -> None:
    path = tmp_path / "trang.xls"
    path.write_text(html, encoding="utf-8")
    assert refused(path) == "excel.html_not_plain"


@pytest.fixture
def helper() -> Iterator[Helper]:
    one = Helper()
    yield one
    one.close()


def test_the_helper_outlives_a_file_that_kills_it(tmp_path: Path, helper: Helper) -> None:
    """The reader aborts on the first file; the next ones are read by a new process."""
    good = xls(tmp_path / "tot.xls", ("Sheet1", LIST))
    for name, data in _killers(good.read_bytes()):
        bad = tmp_path / f"{name}.xls"
        bad.write_bytes(data)
        with pytest.raises(HelperProblem):
            helper.load(bad)
    assert helper.load(good)[0][0] == "Sheet1"


def _killers(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The last text cell moved to row and column 65,535, which asks for 137 GB; and a file cut short."""
    cell = data.rindex(b"\xfd\x00\x0a\x00")
    yield "goc-xa", data[: cell + 4] + b"\xff\xff\xff\xff" + data[cell + 8 :]
    yield "dut", data[:3000]


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    path = xls(tmp_path / "tot.xls", ("Sheet1", LIST))
    assert read_book(path).sheets == read_book(path).sheets


def test_texts_as_the_person_sees_them() -> None:
    assert clean("  Ngo\u0302\u0301c\u00a0An\u200b ") == "Ngốc An"
    assert (shown(3.0), shown(8.5), shown(date(2014, 9, 5)), shown(True)) == (
        "3",
        "8,5",
        "05/09/2014",
        "True",
    )
    assert (address(16, 7), address(0, 26)) == ("H17", "AA1")


def test_a_class_summary_written_by_us_is_readable_after_zipping_again(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_csdl_results(path, klass("2A", 2), Period.CN)
    _rewrite(path, "docProps/core.xml", lambda xml: xml)
    assert parse_file(path, year=YEAR).rows_read == 2


def test_without_a_helper_the_file_is_read_here(
    tmp_path: Path, helper: Helper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise OSError("no new process")

    monkeypatch.setattr("app.excel.helper.ProcessPoolExecutor.submit", forbidden)
    assert helper.load(xls(tmp_path / "tot.xls", ("Sheet1", LIST)))[0][0] == "Sheet1"


def test_a_script_without_a_main_guard_still_reads(tmp_path: Path) -> None:
    path = xls(tmp_path / "tot.xls", ("Sheet1", LIST))
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\nfrom app.excel.reading import read_book\n"
        f"print(read_book(Path({str(path)!r})).sheets[0].name)\n",
        encoding="utf-8",
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, str(script)],
        env={"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Sheet1" in done.stdout
