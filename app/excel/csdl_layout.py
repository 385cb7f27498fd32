"""The sector's year-end result template (CSDL ngành) as tables: columns per grade, texts, sheet names."""

from __future__ import annotations

from typing import Final

from app.records.programme import TRAIT_NAMES

IDENTITY_COLUMNS: Final = ("stt", "class_name", "code", "name", "birth_date")
IDENTITY_TEXTS: Final = ("STT", "Mã lớp", "Mã học sinh", "Họ tên", "Ngày sinh")

_TAIL: Final = "YN.level NA.level CC.level TT.level TN.level completed promoted confirmed"
_GENERAL: Final = "TCTH.level GTHT.level GQVD.level"
_LOW: Final = (
    "TOAN.level TOAN.score TV.level TV.score DD.level TNXH.level NN1.level TDT.level TIN.level AN.level "
    f"MT.level HDTN.level GDTC.level {_GENERAL} "
    f"NL_NN.level NL_TT.level NL_KH.level NL_TM.level NL_TC.level {_TAIL}"
)
_TRAITS_7: Final = (
    f"{_GENERAL} NL_NN.level NL_TT.level NL_KH.level NL_CN.level NL_TIN.level NL_TM.level NL_TC.level {_TAIL}"
)
_MIDDLE: Final = (
    "TOAN.level TOAN.score TV.level TV.score DD.level TNXH.level NN1.level NN1.score TIN.level TIN.score "
    f"TDT.level CN.level CN.score AN.level MT.level HDTN.level GDTC.level {_TRAITS_7}"
)
_HIGH: Final = (
    "TOAN.level TOAN.score TV.level TV.score DD.level LSDL.level LSDL.score NN1.level NN1.score TIN.level "
    "TIN.score KH.level KH.score TDT.level CN.level CN.score AN.level MT.level HDTN.level GDTC.level "
    f"{_TRAITS_7}"
)
_BY_GRADE: Final = {1: _LOW, 2: _LOW, 3: _MIDDLE, 4: _HIGH, 5: _HIGH}

SUBJECT_TEXTS: Final = {
    "TOAN": "Toán",
    "TV": "Tiếng việt",
    "DD": "Đạo đức",
    "TNXH": "Tự nhiên và Xã hội",
    "NN1": "Ngoại ngữ",
    "TDT": "Tiếng dân tộc",
    "TIN": "TH-CN (Tin học)",
    "CN": "TH-CN (Công nghệ)",
    "AN": "Âm nhạc",
    "MT": "Mĩ thuật",
    "HDTN": "Hoạt động trải nghiệm",
    "GDTC": "Giáo dục thể chất",
    "LSDL": "Lịch sử và Địa lí",
    "KH": "Khoa học",
}
"""Subject names as the template spells them; also the sheet names of the comments workbook."""
TRAIT_TEXTS: Final = {**TRAIT_NAMES, "GQVD": "GQVĐ và sáng tạo"}
OUTCOME_TEXTS: Final = {
    "completed": "Hoàn thành\nchương trình lớp học",
    "promoted": "Lên lớp",
    "confirmed": "Xếp loại",
}
LEVEL_TEXT: Final = "Mức đạt được"
SCORE_TEXT: Final = "Điểm KTĐK"
HEADER_ROWS: Final = 3
FILE_GRADES: Final = {1: "Khoi12", 2: "Khoi12", 3: "Khoi3", 4: "Khoi45", 5: "Khoi45"}


def result_columns(grade: int) -> tuple[str, ...]:
    """Fields of the template's columns from the left, identity first; KeyError outside grades 1 to 5."""
    return IDENTITY_COLUMNS + tuple(_BY_GRADE[grade].split())
