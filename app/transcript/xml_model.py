"""The structure of the XML data file as a table; schema, documentation and sentences are made from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.records import xml_names as n

MANY: Final = "unbounded"


@dataclass(frozen=True, slots=True)
class Simple:
    """A type of text: its XSD base, its facets in order, and what it allows in words."""

    base: str
    facets: tuple[tuple[str, str], ...]
    words: str


@dataclass(frozen=True, slots=True)
class Item:
    """One child element: its type, what it says, where its name comes from, and how often it may stand."""

    name: str
    kind: str
    """A key of `SIMPLE` or `GROUPS`."""
    label: str
    source: str
    """A key of `SOURCES`."""
    example: str = ""
    least: int = 0
    most: str = "1"


@dataclass(frozen=True, slots=True)
class Group:
    """An element with children, in this order."""

    label: str
    items: tuple[Item, ...] = ()
    identifier: str = ""
    """The fixed value of its attribute Id, "*" for any, empty for none."""
    slot: bool = False
    """It holds only ds:Signature elements."""
    unique: tuple[tuple[str, str], ...] = ()
    """Pairs of child and grandchild: no two of these children have the same value there."""


SOURCES: Final[Mapping[str, str]] = {
    "K": "khung tệp mà các phần mềm ký học bạ thật dùng",
    "QG": "trường trao đổi quốc gia của học bạ tiểu học (thongtinsohocbasotieuhoc)",
    "4998": "QĐ 4998/QĐ-BGDĐT ngày 31/12/2021",
    "TT27": "mục của mẫu học bạ theo Thông tư 27/2020/TT-BGDĐT, tên thẻ do chương trình đặt",
    "R": "do chương trình đặt",
}


def _one_of(*values: str) -> tuple[tuple[str, str], ...]:
    return tuple(("enumeration", value) for value in values)


def _between(low: str, high: str) -> tuple[tuple[str, str], ...]:
    return (("minInclusive", low), ("maxInclusive", high))


def _pattern(value: str) -> tuple[tuple[str, str], ...]:
    return (("pattern", value),)


_TIME: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}"

SIMPLE: Final[Mapping[str, Simple]] = {
    "String": Simple("xs:string", (), "chữ"),
    "Text": Simple("xs:string", (("minLength", "1"),), "chữ, không rỗng"),
    "Text12": Simple("xs:string", (("maxLength", "12"),), "chữ, tối đa 12 kí tự"),
    "Text20": Simple("xs:string", (("maxLength", "20"),), "chữ, tối đa 20 kí tự"),
    "Text150": Simple("xs:string", (("maxLength", "150"),), "chữ, tối đa 150 kí tự"),
    "Code": Simple("xs:string", _pattern("[A-Z][A-Z0-9_]*"), "mã: chữ hoa không dấu, số, gạch dưới"),
    "Codes": Simple(
        "xs:string", _pattern("([A-Z][A-Z0-9_]*( [A-Z][A-Z0-9_]*)*)?"), "các mã, cách nhau một dấu cách"
    ),
    "Flag": Simple("xs:string", _one_of("0", "1"), "0 không, 1 có"),
    "Sex": Simple("xs:string", _one_of("0", "1", "2"), "0 chưa có thông tin, 1 nam, 2 nữ (QCVN 109:2017)"),
    "Ethnicity": Simple("xs:string", _pattern("[0-9]{2,3}"), "mã dân tộc 01–55 của danh mục thống kê"),
    "Country": Simple("xs:string", _pattern("[A-Z]{2}"), "mã nước hai chữ"),
    "Grade": Simple("xs:integer", _between("1", "5"), "số 1–5"),
    "Status": Simple("xs:string", _pattern("0[1-9]|1[0-2]"), "mã 01–12 của CSDL ngành"),
    "Regime": Simple(
        "xs:string",
        _one_of("normal", "adjusted", "individual_plan", "not_assessed", "flexible"),
        "normal bình thường, adjusted hoà nhập có điều chỉnh, individual_plan kế hoạch giáo dục cá nhân, "
        "not_assessed không đánh giá, flexible lớp linh hoạt",
    ),
    "Level": Simple("xs:string", _one_of("T", "H", "C"), "T hoàn thành tốt, H hoàn thành, C chưa hoàn thành"),
    "TraitLevel": Simple("xs:string", _one_of("T", "Đ", "C"), "T tốt, Đ đạt (U+0110), C cần cố gắng"),
    "YearClass": Simple(
        "xs:string",
        _one_of("HTXS", "HTT", "HT", "CHT"),
        "hoàn thành xuất sắc, hoàn thành tốt, hoàn thành, chưa hoàn thành",
    ),
    "Score": Simple("xs:integer", _between("0", "10"), "số nguyên 0–10"),
    "Days": Simple("xs:integer", _between("0", "400"), "số nguyên 0–400"),
    "Measure": Simple("xs:double", (*_pattern(r"[0-9.eE+\-]+"), *_between("0", "300")), "số thực 0–300"),
    "Version": Simple("xs:integer", _between("1", "9999"), "số nguyên từ 1"),
    "Date": Simple("xs:date", _pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}"), "YYYY-MM-DD"),
    "Year": Simple("xs:string", _pattern("[0-9]{4}-[0-9]{4}"), "hai năm liền nhau, 2023-2024"),
    "Moment": Simple(
        "xs:dateTime",
        _pattern(_TIME + r"(\.[0-9]{1,6})?[+\-][0-9]{2}:[0-9]{2}"),
        "thời điểm ISO 8601 có múi giờ, +07:00 ở Việt Nam",
    ),
    "LocalTime": Simple("xs:dateTime", _pattern(_TIME), "YYYY-MM-DDTHH:mm:ss, giờ Việt Nam"),
    "Untaught": Simple("xs:string", _one_of("dropped", "struck"), "dropped bỏ dòng, struck gạch chéo"),
    "Order": Simple(
        "xs:string",
        _one_of("standard", "arts_first"),
        "standard như mẫu in, arts_first Nghệ thuật đứng trước Giáo dục thể chất",
    ),
    "Structure": Simple("xs:string", _one_of(n.STRUCTURE_VERSION), f"luôn là {n.STRUCTURE_VERSION}"),
    "Primary": Simple("xs:string", _one_of(n.PRIMARY_LEVEL), f"luôn là {n.PRIMARY_LEVEL}, tiểu học"),
    "Event": Simple(
        "xs:string", _one_of(n.EVENT_NEW), f"luôn là {n.EVENT_NEW}: bản sửa là bản mới thay bản đã thu hồi"
    ),
}

_VERSION = n.VERSION_FIELDS
_SCHOOL = n.SCHOOL_FIELDS
_PUPIL = n.PUPIL_FIELDS
_ENROLMENT = n.ENROLMENT_FIELDS
_HISTORY = n.HISTORY_FIELDS
_SUBJECT = n.SUBJECT_FIELDS
_TRAIT = n.TRAIT_FIELDS
_OUTCOME = n.OUTCOME_FIELDS
_FORM = n.FORM_FIELDS

_SUBJECT_ITEMS: Final = (
    Item(n.SUBJECT_CODE, "Code", "mã môn học", "QG", "TV", 1),
    Item(n.SUBJECT_NAME, "Text", "tên môn học", "TT27", "Tiếng Việt", 1),
    Item(_SUBJECT["level"], "Level", "mức đạt được", "TT27", "T"),
    Item(_SUBJECT["score"], "Score", "điểm kiểm tra định kì, lần cuối", "TT27", "9"),
    Item(_SUBJECT["first_score"], "Score", "điểm kiểm tra định kì lần đầu, khi có kiểm tra lại", "R", "4"),
    Item(_SUBJECT["comment"], "String", "nhận xét", "TT27", "Đọc to, rõ ràng."),
)

GROUPS: Final[Mapping[str, Group]] = {
    "Transcript": Group(
        "học bạ số",
        (
            Item(n.DATA, "Data", "dữ liệu học bạ; cán bộ quản lý và nhà trường ký phần này", "K", "", 1),
            Item(n.RELEASE, "Release", "chữ ký phát hành", "K", "", 1),
        ),
    ),
    "Data": Group(
        "dữ liệu học bạ",
        (
            Item(n.INFO, "Info", "thông tin học bạ; giáo viên chủ nhiệm ký phần này", "R", "", 1),
            Item(n.SIGNING_INFO, "TeacherSlots", "chữ ký của giáo viên", "K", "", 1),
        ),
        n.DATA_ID,
    ),
    "TeacherSlots": Group(
        "chữ ký của giáo viên",
        (
            Item(
                n.SUBJECT_TEACHERS,
                "SubjectTeachers",
                "giáo viên bộ môn; tiểu học không bắt buộc ký",
                "K",
                "",
                1,
            ),
            Item(n.HOMEROOM_SLOT, "Slot", f"ô ký của giáo viên chủ nhiệm, trỏ tới #{n.INFO_ID}", "K", "", 1),
        ),
    ),
    "SubjectTeachers": Group(
        "giáo viên bộ môn",
        (
            Item(
                n.SUBJECT_TEACHER,
                "SubjectSlot",
                "ô ký của một giáo viên bộ môn, trỏ tới một môn",
                "K",
                "",
                0,
                MANY,
            ),
        ),
    ),
    "Release": Group(
        "chữ ký phát hành",
        (
            Item(n.LEADER_APPROVAL, "Approval", "ký duyệt", "R", "", 1),
            Item(n.SEAL_SLOT, "Slot", f"ô ký của nhà trường (con dấu số), trỏ tới #{n.DATA_ID}", "K", "", 1),
        ),
    ),
    "Approval": Group(
        "ký duyệt",
        (Item(n.LEADER_SLOT, "Slot", f"ô ký của cán bộ quản lý, trỏ tới #{n.DATA_ID}", "K", "", 1),),
    ),
    "Slot": Group("ô ký", slot=True),
    "SubjectSlot": Group("ô ký của giáo viên bộ môn", identifier="*", slot=True),
    "Info": Group(
        "thông tin học bạ",
        (
            Item(n.STRUCTURE, "Structure", "phiên bản của cấu trúc này", "R", n.STRUCTURE_VERSION, 1),
            Item(n.VERSION, "VersionInfo", "bản học bạ", "R", "", 1),
            Item(n.SCHOOL, "School", "trường phát hành", "R", "", 1),
            Item(n.LEVEL_CODE, "Primary", "mã cấp học", "QG", n.PRIMARY_LEVEL, 1),
            Item(n.PUPIL, "Pupil", "học sinh", "R", "", 1),
            Item(n.ENROLMENT, "Enrolment", "năm học của học sinh", "R", "", 1),
            Item(n.HISTORY, "History", "quá trình học tập", "R", "", 1),
            Item(n.SUBJECTS, "Subjects", "môn học và hoạt động giáo dục", "QG", "", 1),
            Item(n.TRAITS, "Traits", "phẩm chất và năng lực", "R", "", 1),
            Item(n.GROUP_COMMENTS, "GroupComments", "nhận xét chung của từng nhóm", "R", "", 1),
            Item(n.OUTCOME, "Outcome", "kết quả cả năm", "R", "", 1),
            Item(n.SUPPLEMENTARY, "Supplementary", "đánh giá bổ sung trong hè, khi có", "R"),
            Item(n.SIGNATORIES, "Signatories", "người ký in trên học bạ", "R", "", 1),
            Item(n.FORM, "Form", "cách in học bạ, khi khác mẫu chung", "R"),
        ),
        n.INFO_ID,
    ),
    "VersionInfo": Group(
        "bản học bạ",
        (
            Item(n.RECORD_STATE, "String", "trạng thái thông tin học bạ", "QG"),
            Item(n.RECORD_ID, "Text", "mã bản ghi trao đổi", "QG", "8f0c2b71d5aa9e04", 1),
            Item(_VERSION["transcript_id"], "Text", "mã định danh học bạ", "QG", "8f0c2b71d5aa9e04", 1),
            Item(_VERSION["version"], "Version", "số của bản, tăng dần", "QG", "1", 1),
            Item(_VERSION["replaces"], "Version", "số của bản bị thay thế", "R", "1"),
            Item(_VERSION["issued_at"], "Moment", "thời điểm tạo bản", "R", "2024-06-05T09:15:30+07:00", 1),
            Item(_VERSION["place"], "String", "địa danh phát hành", "QG", "Thuận Hưng"),
            Item(_VERSION["year"], "Year", "năm học", "TT27", "2023-2024", 1),
            Item(n.EVENT, "Event", "sự kiện", "QG", n.EVENT_NEW, 1),
            Item(n.UPDATED_AT, "LocalTime", "thời gian cập nhật", "QG", "2024-06-05T09:15:30", 1),
        ),
    ),
    "School": Group(
        "trường phát hành",
        (
            Item(n.DEPARTMENT_CODE, "String", "mã sở giáo dục", "QG"),
            Item(_SCHOOL["code"], "Text20", "mã trường", "QG", "94722001"),
            Item(_SCHOOL["name"], "String", "tên trường", "TT27", "Trường Tiểu học Thuận Hưng C"),
            Item(_SCHOOL["commune"], "String", "xã, phường, đặc khu", "TT27", "Xã Thuận Hưng"),
            Item(
                _SCHOOL["district"],
                "String",
                "huyện, chỉ có đến hết năm học 2024-2025",
                "TT27",
                "Huyện Mỹ Tú",
            ),
            Item(_SCHOOL["province"], "String", "tỉnh, thành phố", "TT27", "Tỉnh Sóc Trăng"),
            Item(_SCHOOL["body"], "String", "cơ quan chủ quản", "R", "UBND xã Thuận Hưng"),
        ),
    ),
    "Pupil": Group(
        "học sinh",
        (
            Item(_PUPIL["code"], "Text20", "mã định danh Bộ GD&ĐT", "QG", "9412345678"),
            Item(_PUPIL["vnedu_code"], "Text20", "mã vnEdu", "R", "2512345678"),
            Item(_PUPIL["personal_id"], "Text12", "số định danh cá nhân", "4998", "094316000001"),
            Item(_PUPIL["name"], "Text150", "họ và tên", "QG", "Thạch Thị Sô Phia"),
            Item(_PUPIL["birth_date"], "Date", "ngày sinh", "4998", "2016-03-09"),
            Item(_PUPIL["sex"], "Sex", "giới tính", "QG", "2", 1),
            Item(_PUPIL["ethnicity"], "String", "dân tộc, ghi theo giấy khai sinh", "TT27", "Khmer"),
            Item(n.ETHNICITY_CODE, "Ethnicity", "mã dân tộc", "QG", "05"),
            Item(_PUPIL["nationality"], "String", "quốc tịch", "TT27", "Việt Nam"),
            Item(n.NATIONALITY_CODE, "Country", "mã quốc tịch", "QG", "VN"),
            Item(n.POLICY_GROUP, "String", "đối tượng chính sách", "QG"),
            Item(_PUPIL["birth_place"], "String", "nơi sinh", "TT27", "Xã Thuận Hưng, tỉnh Sóc Trăng"),
            Item(_PUPIL["hometown"], "String", "quê quán", "TT27", "Xã Thuận Hưng, tỉnh Sóc Trăng"),
            Item(_PUPIL["residence"], "String", "nơi ở hiện nay", "TT27", "Ấp Tà Ân A1, xã Thuận Hưng"),
            Item(_PUPIL["father"], "String", "họ và tên cha", "QG", "Thạch Sơn"),
            Item(_PUPIL["mother"], "String", "họ và tên mẹ", "QG", "Lý Thị Ngọc Hân"),
            Item(_PUPIL["guardian"], "String", "họ và tên người giám hộ", "QG", "Sơn Thị Đa"),
        ),
    ),
    "Enrolment": Group(
        "năm học của học sinh",
        (
            Item(n.LEVEL_GROUP, "Primary", "mã nhóm cấp học", "4998", n.PRIMARY_LEVEL, 1),
            Item(n.CLASS_CODE, "String", "mã lớp như trong tệp của CSDL ngành, là tên lớp", "4998", "2A"),
            Item(_ENROLMENT["class_name"], "String", "tên lớp", "TT27", "2A"),
            Item(_ENROLMENT["grade"], "Grade", "khối", "QG", "2", 1),
            Item(_ENROLMENT["status"], "Status", "mã trạng thái", "4998", "01", 1),
            Item(n.STATUS_NAME, "Text", "trạng thái bằng chữ", "R", "Đang học", 1),
            Item(_ENROLMENT["regime"], "Regime", "chế độ đánh giá", "R", "normal", 1),
            Item(_ENROLMENT["register_number"], "String", "số đăng bộ", "TT27", "0127/2022"),
            Item(_ENROLMENT["enrolled_on"], "Date", "ngày nhập học hoặc chuyển đến", "TT27", "2022-09-05"),
            Item(_ENROLMENT["height_cm"], "Measure", "chiều cao, cm", "4998", "118.5"),
            Item(_ENROLMENT["weight_kg"], "Measure", "cân nặng, kg", "4998", "21.0"),
            Item(_ENROLMENT["absent_excused"], "Days", "số ngày nghỉ có phép", "TT27", "2"),
            Item(_ENROLMENT["absent_unexcused"], "Days", "số ngày nghỉ không phép", "TT27", "0"),
            Item(n.NOT_ASSESSED, "Flag", "học sinh khuyết tật không đánh giá", "QG", "0", 1),
        ),
    ),
    "History": Group(
        "quá trình học tập",
        (Item(n.HISTORY_ROW, "HistoryRow", "một năm học đã qua", "QG", "", 0, MANY),),
    ),
    "HistoryRow": Group(
        "một năm học đã qua",
        (
            Item(_HISTORY["year"], "String", "năm học", "TT27", "2022-2023"),
            Item(_HISTORY["class_name"], "String", "lớp", "TT27", "1A"),
            Item(_HISTORY["school"], "String", "tên trường", "TT27", "Trường Tiểu học Thuận Hưng C"),
            Item(_HISTORY["register_number"], "String", "số đăng bộ", "TT27", "0127/2022"),
            Item(_HISTORY["date"], "Date", "ngày nhập học hoặc chuyển đến", "TT27", "2022-09-05"),
        ),
    ),
    "Subjects": Group(
        "môn học và hoạt động giáo dục",
        (
            Item(n.SHOWN, "Codes", "các môn in trên học bạ, đúng thứ tự", "R", "TV TOAN DD TNXH", 1),
            Item(n.SUBJECT, "Subject", "kết quả của một môn", "K", "", 0, MANY),
        ),
        unique=((n.SUBJECT, n.SUBJECT_CODE),),
    ),
    "Subject": Group("kết quả của một môn", _SUBJECT_ITEMS, "*"),
    "SubjectAgain": Group("một môn được đánh giá lại", _SUBJECT_ITEMS),
    "Traits": Group(
        "phẩm chất và năng lực",
        (
            Item(
                n.SHOWN,
                "Codes",
                "các phẩm chất, năng lực in trên học bạ, đúng thứ tự",
                "R",
                "YN NA CC TT TN",
                1,
            ),
            Item(n.TRAIT, "Trait", "một phẩm chất hoặc năng lực", "R", "", 0, MANY),
        ),
        unique=((n.TRAIT, n.TRAIT_CODE),),
    ),
    "Trait": Group(
        "một phẩm chất hoặc năng lực",
        (
            Item(n.TRAIT_CODE, "Code", "mã phẩm chất, năng lực", "R", "YN", 1),
            Item(n.TRAIT_NAME, "Text", "tên phẩm chất, năng lực", "TT27", "Yêu nước", 1),
            Item(_TRAIT["level"], "TraitLevel", "mức đạt được", "TT27", "T"),
            Item(_TRAIT["comment"], "String", "nhận xét", "TT27", "Biết quan tâm bạn bè."),
        ),
    ),
    "GroupComments": Group(
        "nhận xét chung của từng nhóm",
        (Item(n.GROUP_COMMENT, "GroupComment", "nhận xét chung của một nhóm", "R", "", 0, MANY),),
        unique=((n.GROUP_COMMENT, n.GROUP_CODE),),
    ),
    "GroupComment": Group(
        "nhận xét chung của một nhóm",
        (
            Item(
                n.GROUP_CODE, "Code", "PC phẩm chất, NLC năng lực chung, NLDT năng lực đặc thù", "R", "PC", 1
            ),
            Item(n.COMMENT_TEXT, "String", "nhận xét", "TT27", "Đi học đầy đủ, đúng giờ.", 1),
        ),
    ),
    "Outcome": Group(
        "kết quả cả năm",
        (
            Item(_OUTCOME["confirmed"], "YearClass", "đánh giá kết quả giáo dục", "TT27", "HTT"),
            Item(
                _OUTCOME["awards"],
                "String",
                "khen thưởng, mỗi thẻ một dòng",
                "TT27",
                "Học sinh Xuất sắc",
                0,
                MANY,
            ),
            Item(_OUTCOME["completed"], "Flag", "đã hoàn thành chương trình lớp học", "QG", "1"),
            Item(_OUTCOME["promoted"], "Flag", "được lên lớp", "QG", "1"),
            Item(
                _OUTCOME["completed_primary"],
                "Flag",
                "đã hoàn thành chương trình tiểu học (lớp 5)",
                "QG",
                "1",
            ),
            Item(
                _OUTCOME["decision"], "String", "số, ngày quyết định của hiệu trưởng, khi có", "R", "12/QĐ-TH"
            ),
        ),
    ),
    "Supplementary": Group(
        "đánh giá bổ sung",
        (
            Item(n.SUPPLEMENTARY_FIELDS["assessed_on"], "Date", "ngày đánh giá bổ sung", "R", "2024-07-20"),
            Item(n.SUBJECT_AGAIN, "SubjectAgain", "một môn được đánh giá lại", "R", "", 0, MANY),
            Item(n.TRAIT_AGAIN, "Trait", "một phẩm chất, năng lực được đánh giá lại", "R", "", 0, MANY),
            Item(n.BEFORE, "Before", "một giá trị đã bị thay", "R", "", 0, MANY),
        ),
        unique=(
            (n.SUBJECT_AGAIN, n.SUBJECT_CODE),
            (n.TRAIT_AGAIN, n.TRAIT_CODE),
            (n.BEFORE, n.CELL),
        ),
    ),
    "Before": Group(
        "một giá trị đã bị thay",
        (
            Item(n.CELL, "String", "ô: mã môn hoặc phẩm chất, năng lực, dấu chấm, mục", "R", "TV.score", 1),
            Item(n.CELL_VALUE, "String", "giá trị trước khi đánh giá bổ sung", "R", "3", 1),
        ),
    ),
    "Signatories": Group(
        "người ký in trên học bạ",
        (
            Item(n.TEACHER, "Teacher", "giáo viên chủ nhiệm", "R", "", 1),
            Item(n.LEADER, "Leader", "hiệu trưởng hoặc phó hiệu trưởng", "R", "", 1),
        ),
    ),
    "Form": Group(
        "cách in học bạ",
        (
            Item(_FORM["untaught"], "Untaught", "dòng của môn không học", "R", "dropped", 1),
            Item(_FORM["order"], "Order", "thứ tự các môn", "R", "standard", 1),
            Item(_FORM["guidance"], "Flag", "in trang hướng dẫn ghi học bạ", "R", "1", 1),
            Item(_FORM["foreign_language"], "String", "tên của Ngoại ngữ 1", "TT27", "Tiếng Anh"),
            Item(_FORM["minority_language"], "String", "tên của Tiếng dân tộc", "TT27", "Tiếng Khmer"),
        ),
    ),
    "Teacher": Group(
        "giáo viên chủ nhiệm",
        (
            Item(
                n.TEACHER_FIELDS["title"],
                "String",
                "chức vụ, mỗi thẻ một dòng",
                "R",
                "Giáo viên chủ nhiệm",
                0,
                MANY,
            ),
            Item(
                n.TEACHER_FIELDS["name"], "String", "họ và tên giáo viên chủ nhiệm", "TT27", "Trần Thị Ngọc"
            ),
        ),
    ),
    "Leader": Group(
        "hiệu trưởng hoặc phó hiệu trưởng",
        (
            Item(
                n.LEADER_FIELDS["title"],
                "String",
                "chức vụ giám hiệu ký học bạ, mỗi thẻ một dòng",
                "QG",
                "HIỆU TRƯỞNG",
                0,
                MANY,
            ),
            Item(n.LEADER_FIELDS["name"], "String", "họ và tên người ký duyệt", "TT27", "Nguyễn Hoàng Uyên"),
        ),
    ),
}
"""The content of each kind of element; "Transcript" is that of the root."""

START: Final = "Transcript"
UNFILLED: Final = frozenset({n.RECORD_STATE, n.DEPARTMENT_CODE, n.POLICY_GROUP})
"""National fields that may stand in a file of another program; this one neither writes nor reads them."""


def walk(group: str = START, path: str = n.ROOT) -> Iterator[tuple[str, Item]]:
    """Every element below the root with its path of tags, in the order of the file."""
    for item in GROUPS[group].items:
        below = f"{path}/{item.name}"
        yield below, item
        if item.kind in GROUPS:
            yield from walk(item.kind, below)


LABELS: Final[Mapping[str, str]] = {path: item.label for path, item in walk()}
"""Path of tags → what the element says, in Vietnamese, for sentences."""
PUPIL_LABELS: Final[Mapping[str, str]] = {
    attribute: LABELS[f"{n.ROOT}/{n.DATA}/{n.INFO}/{n.PUPIL}/{name}"] for attribute, name in _PUPIL.items()
}
"""Attribute of `Pupil` → what it says, in Vietnamese."""
