"""Every element name of the XML data file, in one place, so that the Ministry's names can replace ours.

Upper-case names and the Ids come from signing tools for the real files, lower-case names from the national
list of exchange fields and the pupil data set of QĐ 4998/QĐ-BGDĐT (domain.md 4.2, 5.1); the rest are ours.
To replace a name: change it here, run `python -m app.transcript.xsd`, which writes the schema and the tables
of `docs/xml-hoc-ba.md` anew. Building, reading, signing and verifying all follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

STRUCTURE_VERSION: Final = "1.0"
PRIMARY_LEVEL: Final = "02"
EVENT_NEW: Final = "NEW"

# The skeleton (names and nesting known; KY_DUYET_HOC_BA around CBQL is ours).
ROOT: Final = "HOC_BA"
DATA: Final = "DU_LIEU_HOC_BA"
SIGNING_INFO: Final = "DANH_SACH_THONG_TIN_KY"
SUBJECT_TEACHERS: Final = "DANH_SACH_GVBM"
SUBJECT_TEACHER: Final = "GVBM"
HOMEROOM_SLOT: Final = "GVCN"
RELEASE: Final = "PHAT_HANH_HOC_BA"
LEADER_APPROVAL: Final = "KY_DUYET_HOC_BA"
LEADER_SLOT: Final = "CBQL"
SEAL_SLOT: Final = "KY_PHAT_HANH"

# Ids, which signatures refer to. The attribute has a capital I and is no xml:id.
ID_ATTRIBUTE: Final = "Id"
DATA_ID: Final = "data"
INFO_ID: Final = "thongtinhocba"
SUBJECT_ID_PREFIX: Final = "diem-"

# Containers (ours, but for the three that the national list names).
INFO: Final = "THONG_TIN_HOC_BA"
VERSION: Final = "THONG_TIN_PHIEN_BAN"
SCHOOL: Final = "THONG_TIN_TRUONG"
PUPIL: Final = "THONG_TIN_HOC_SINH"
ENROLMENT: Final = "THONG_TIN_NAM_HOC"
HISTORY: Final = "QUA_TRINH_HOC_TAP"
HISTORY_ROW: Final = "_quatrinhhoctap"
SUBJECTS: Final = "_dsbangdiem"
SUBJECT: Final = "DIEM_TONG_KET"
TRAITS: Final = "DANH_SACH_PHAM_CHAT_NANG_LUC"
TRAIT: Final = "PHAM_CHAT_NANG_LUC"
GROUP_COMMENTS: Final = "DANH_SACH_NHAN_XET_CHUNG"
GROUP_COMMENT: Final = "NHAN_XET_CHUNG"
FORM: Final = "MAU_IN"
OUTCOME: Final = "KET_QUA_NAM_HOC"
SUPPLEMENTARY: Final = "DANH_GIA_BO_SUNG"
SUBJECT_AGAIN: Final = "MON_DANH_GIA_LAI"
TRAIT_AGAIN: Final = "PHAM_CHAT_NANG_LUC_DANH_GIA_LAI"
BEFORE: Final = "GIA_TRI_TRUOC"
SIGNATORIES: Final = "NGUOI_KY"
TEACHER: Final = "GIAO_VIEN_CHU_NHIEM"
LEADER: Final = "CAN_BO_QUAN_LY"

# Fields that say a value once more, as a code or in words, for readers that know only one of the two.
STRUCTURE: Final = "phienbancautruc"
RECORD_ID: Final = "IdBanGhi"
EVENT: Final = "SuKien"
UPDATED_AT: Final = "ThoiGianCapNhat"
LEVEL_CODE: Final = "macaphoc"
LEVEL_GROUP: Final = "manhomcaphoc"
CLASS_CODE: Final = "malop"
STATUS_NAME: Final = "tentrangthai"
ETHNICITY_CODE: Final = "dantoc"
NATIONALITY_CODE: Final = "quoctich"
NOT_ASSESSED: Final = "cokhuyettatkhongdanhgia"
SUBJECT_NAME: Final = "tenmonhoc"
TRAIT_NAME: Final = "ten"
SHOWN: Final = "hienthi"

# National exchange fields that this program does not fill: it holds no such data, or may not know them yet.
RECORD_STATE: Final = "trangthaithongtinhocba"
DEPARTMENT_CODE: Final = "masogd"
POLICY_GROUP: Final = "doituongchinhsach"

# Key of an item in a list, and the text of a pair.
SUBJECT_CODE: Final = "mamonhoc"
TRAIT_CODE: Final = "ma"
GROUP_CODE: Final = "manhom"
COMMENT_TEXT: Final = "noidung"
CELL: Final = "ogiatri"
CELL_VALUE: Final = "giatri"

# Attribute of a record type to element name, in the order of the file.
VERSION_FIELDS: Final[Mapping[str, str]] = {
    "transcript_id": "madinhdanhhocba",
    "version": "PhienBan",
    "replaces": "thaythephienban",
    "issued_at": "thoigianphathanh",
    "place": "diadanhphathanh",
    "year": "namhoc",
}
SCHOOL_FIELDS: Final[Mapping[str, str]] = {
    "code": "matruong",
    "name": "tentruong",
    "commune": "tenxa",
    "district": "tenhuyen",
    "province": "tentinh",
    "body": "tencoquanchuquan",
}
FORM_FIELDS: Final[Mapping[str, str]] = {
    "untaught": "monkhonghoc",
    "order": "thutumon",
    "guidance": "inhuongdan",
    "foreign_language": "ngoaingu1",
    "minority_language": "tiengdantoc",
}
PUPIL_FIELDS: Final[Mapping[str, str]] = {
    "code": "mahocsinh",
    "vnedu_code": "mahocsinhvnedu",
    "personal_id": "sodinhdanh",
    "name": "hovaten",
    "birth_date": "ngaythangnamsinh",
    "sex": "gioitinh",
    "ethnicity": "tendantoc",
    "nationality": "tenquoctich",
    "birth_place": "noisinh",
    "hometown": "quequan",
    "residence": "noiohiennay",
    "father": "hotencha",
    "mother": "hotenme",
    "guardian": "hotennguoigiamho",
}
ENROLMENT_FIELDS: Final[Mapping[str, str]] = {
    "class_name": "tenlop",
    "grade": "makhoi",
    "status": "matrangthaihientai",
    "regime": "chedodanhgia",
    "register_number": "sodangbo",
    "enrolled_on": "ngaynhaphoc",
    "height_cm": "chieucao",
    "weight_kg": "cannang",
    "absent_excused": "songaynghicophep",
    "absent_unexcused": "songaynghikhongphep",
}
HISTORY_FIELDS: Final[Mapping[str, str]] = {
    "year": "namhoc",
    "class_name": "tenlop",
    "school": "tentruong",
    "register_number": "sodangbo",
    "date": "ngaynhaphoc",
}
SUBJECT_FIELDS: Final[Mapping[str, str]] = {
    "level": "mucdatduoc",
    "score": "diemktdk",
    "first_score": "diemktdklandau",
    "comment": "nhanxet",
}
TRAIT_FIELDS: Final[Mapping[str, str]] = {"level": "mucdatduoc", "comment": "nhanxet"}
OUTCOME_FIELDS: Final[Mapping[str, str]] = {
    "confirmed": "danhgiaketquagiaoduc",
    "awards": "khenthuong",
    "completed": "dahthanhctrinhlophoc",
    "promoted": "duoclenlop",
    "completed_primary": "dahthanhctrinhtieuhoc",
    "decision": "quyetdinh",
}
SUPPLEMENTARY_FIELDS: Final[Mapping[str, str]] = {"assessed_on": "ngaydanhgia"}
TEACHER_FIELDS: Final[Mapping[str, str]] = {"title": "chucvu", "name": "hovaten"}
LEADER_FIELDS: Final[Mapping[str, str]] = {"title": "chucvugiamhieu", "name": "hovaten"}
