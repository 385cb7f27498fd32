"""The words of the change log, one row per kind of entry."""

from __future__ import annotations

import json

import pytest

from app.records.journal import GROUP_TEXT, GROUPS, LogGroup, LogPlace
from app.records.journal_words import describe
from app.records.types import Period

HAN = LogPlace("Thạch Ngọc Hân", "9423000001", "3A", "2023-2024", version=2, media="pdf")
WHOM = "Thạch Ngọc Hân (3A)"
E = "enrolment:7"
T = "transcript:ab:v2"
SHA = "fd2521d509cea4a8" * 4
CASES = [
    ("result", E, "CN.TOAN.score", "6", "9", f"Toán, điểm KTĐK cuối năm học của {WHOM}", "6", "9"),
    ("result", E, "GK1.TV.level", None, "T", f"Tiếng Việt, mức đạt được giữa học kì I của {WHOM}", "", "T"),
    ("result", E, "confirmed", None, "HTXS", f"Xếp loại của {WHOM}", "", "Hoàn thành xuất sắc"),
    ("result", E, "promoted", "false", "true", f"Lên lớp của {WHOM}", "không", "có"),
    ("result", E, "awards", "[]", '["Thư khen"]', f"Khen thưởng của {WHOM}", "", "Thư khen"),
    ("edit", "pupil:3", "birth_date", None, "2015-02-01", f"Ngày sinh của {WHOM}", "", "01/02/2015"),
    ("move", E, "class", "3B", "3A", f"Chuyển lớp: {WHOM}", "3B", "3A"),
    ("summer", E, "summer", None, "listed", f"Đánh giá bổ sung trong hè của {WHOM}", "", "Chờ đánh giá"),
    (
        *("summer", E, "summer.TOAN.score", "4", "6"),
        *(f"Toán, điểm KTĐK đánh giá bổ sung của {WHOM}", "4", "6"),
    ),
    (
        *("stage", "class:2023-2024:3A", "CN", "submitted", "approved"),
        *("Duyệt lớp 3A, cuối năm học", "Đã chốt", "Đã duyệt"),
    ),
    (
        *("stage", "class:2023-2024:3A", "CN", "approved", "open"),
        *("Mở lại lớp 3A, cuối năm học", "Đã duyệt", "Đang nhập"),
    ),
    (
        *("remark", "class:2023-2024:3A", "CN.awards", None, "Xem lại."),
        *("Nhắc nhở về lớp 3A, mục khen thưởng", "", "Xem lại."),
    ),
    ("issue", T, "data_sha256", None, SHA, f"Tạo học bạ của {WHOM}, bản 2", "", "mã FD25-21D5"),
    (
        *("sign.leader", T, "state", "teacher_signed", "leader_signed"),
        *(f"Ban giám hiệu ký duyệt học bạ của {WHOM}, bản 2",),
        *("Giáo viên chủ nhiệm đã ký", "Lãnh đạo trường đã ký"),
    ),
    (
        *("deliver", "outbox:4", "a/v1/b", "sending", "stored"),
        *(f"Gửi học bạ của {WHOM}, bản 2, tệp PDF", "Đang gửi", "Kho nhận đã lưu"),
    ),
    ("assign", "account:gv3a", "2023-2024", "", "3A 4B:TOAN", None, "", "chủ nhiệm 3A; 4B Toán"),
    ("edit", "account:gv3a", "roles", "clerk", "clerk checker", None, "Văn thư", "Văn thư Tổ công tác"),
    ("setting", "setting", "active_year", None, "2023-2024", "Thiết lập: Năm học đang dùng", "", "2023-2024"),
    ("milestone", "year:2023-2024", "signing", None, "2024-06-20", None, "", "20/06/2024"),
    ("import", "import:2023-2024:1", "lop-3a.xlsx", None, "131", "Nhập tệp lop-3a.xlsx", "", "131 giá trị"),
]


@pytest.mark.parametrize(("kind", "entity", "field", "before", "after", "what", "old", "new"), CASES)
def test_words(
    kind: str, entity: str, field: str, before: str | None, after: str, what: str | None, old: str, new: str
) -> None:
    words = describe(kind, entity, field, before, after, HAN)
    assert what is None or words.what == what
    assert (words.old, words.new) == (old, new)


def test_a_changed_cell_says_where_it_is() -> None:
    words = describe("result", E, "CK1.TOAN.comment", None, "Tốt.", HAN)
    assert (words.cell, words.period) == ("TOAN", Period.CK1)
    outcome = describe("result", E, "confirmed", None, "HTT", HAN)
    assert (outcome.cell, outcome.period) == ("confirmed", Period.CN)
    assert describe("move", E, "class", "3B", "3A", HAN).cell == ""


def test_a_pupil_who_is_gone_is_told_from_the_entry_itself() -> None:
    told = json.dumps({"name": "Kim Rây Mây"})
    assert describe("delete", "pupil:9", "", told, None).what == "Bỏ hồ sơ học sinh Kim Rây Mây"
    nobody = describe("result", E, "CN.TOAN.level", None, "T")
    assert nobody.what == "Toán, mức đạt được cuối năm học của một em không còn trong danh sách"


def test_keys_of_a_destination_are_left_out() -> None:
    options = json.dumps({"access_key": "khoa-vao", "bucket": "hocba", "endpoint": "https://kho.example"})
    words = describe("add", "destination:kho", "s3", None, options)
    assert words.what == "Thêm kho nhận kho"
    assert words.new == "hocba, https://kho.example"


def test_an_entry_of_tomorrow_is_told_by_its_codes() -> None:
    words = describe("dance", "moon:1", "step", "a", "b")
    assert (words.what, words.old, words.new) == ("dance moon:1 step", "a", "b")


def test_every_group_has_words_and_a_rule() -> None:
    assert set(GROUP_TEXT) == set(GROUPS) == set(LogGroup)
    assert all(sort.kinds or sort.entities for sort in GROUPS.values())
