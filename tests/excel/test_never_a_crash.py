"""Whatever stands in a workbook: an answer or a sentence for the person, never a crash."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.excel.parse import parse_file
from app.excel.writing import write_csdl_results
from app.messages import sentence, text
from app.records.types import Period
from tests.excel.people import YEAR, klass
from tests.excel.workbooks import xls, xlsx

WORDS = (
    *(
        "STT",
        "Mã lớp",
        "Lớp",
        "Mã học sinh",
        "Mã VNEDU",
        "Mã định danh",
        "Số định danh cá nhân",
        "Họ tên",
        "Tên",
    ),
    *(
        "Họ và đệm",
        "Ngày sinh",
        "Giới tính",
        "Nữ",
        "Trạng thái HS",
        "Dân tộc",
        "Quê quán",
        "Tỉnh",
        "Xã",
        "Cha",
    ),
    *(
        "Môn học và hoạt động giáo dục",
        "Năng lực cốt lõi",
        "Phẩm chất chủ yếu",
        "Toán",
        "Tiếng việt",
        "Khoa học",
    ),
    *(
        "Mức đạt được",
        "Điểm KTĐK",
        "Nhận xét",
        "Nhận xét phẩm chất",
        "Yêu nước",
        "Tin học",
        "Xếp loại",
        "Lên lớp",
    ),
    *("Hoàn thành tốt", "Đánh giá KQGD", "Khen thưởng", "Thời điểm đánh giá", "Cuối kì 2", "x-51-2-ck2-2023"),
    *(
        "LỚP 4A",
        "Tổng",
        "Hiệu trưởng",
        "4A",
        "x",
        "T",
        "Đ",
        "9,5",
        "Trần Gia Bảo",
        "25/09/2014",
        "Nam",
        "HOCBA-1",
    ),
    *("Chiều cao", "Số buổi nghỉ", "P", "K", "code", "name", "TOAN.score", "Cuối học kì I", "NguyÔn V¨n ¸nh"),
)
CELLS = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.integers(-5, 99_999_999_999),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=8),
)
GRIDS = st.lists(st.lists(CELLS, max_size=12), max_size=9)
HEAD = [
    "STT",
    "Mã lớp",
    "Mã học sinh",
    "Họ tên",
    "Ngày sinh",
    "Giới tính",
    "Toán",
    "Yêu nước",
    "Lên lớp",
    "Xếp loại",
]


def answer(path: Path) -> None:
    for said in _sentences(path):
        assert said
        assert "{" not in said


def _sentences(path: Path) -> list[str]:
    """The refusal, or everything that was found; facts that quote cells are blanked."""
    try:
        parsed = parse_file(path, year=YEAR)
    except UserError as error:
        return [sentence(error)]
    quoted = {"value": "", "heading": "", "pupil": "", "other": "", "sample": ""}
    return [text(finding.code, {**finding.facts, **quoted}) for finding in parsed.findings]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(grid=GRIDS)
def test_any_cells(tmp_path: Path, grid: list[list[object]]) -> None:
    answer(xlsx(tmp_path / "bat-ky.xlsx", ("Sheet1", grid)))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, max_size=12), min_size=1, max_size=6), depth=st.integers(0, 2))
def test_any_cells_below_a_header(tmp_path: Path, rows: list[list[object]], depth: int) -> None:
    answer(xlsx(tmp_path / "bat-ky.xlsx", ("Sheet1", [[None]] * depth + [HEAD, *rows])))


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_any_damage(tmp_path: Path, seed: int, suffix: str) -> None:
    path = tmp_path / f"hong.{suffix}"
    if suffix == "xlsx":
        write_csdl_results(path, klass("1A", 3), Period.CN)
    else:
        xls(
            path,
            ("Sheet1", [HEAD, *([1, "1A", f"94{n}", "Lý An", "1/2/2017", "Nam", "T"] for n in range(30))]),
        )
    rnd = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(rnd.choice((1, 4, 30))):
        data[rnd.randrange(len(data))] = rnd.randrange(256)
    path.write_bytes(data)
    answer(path)
