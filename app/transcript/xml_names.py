"""Every element name of the XML data file, in one place, so that the Ministry's names can replace ours.

Upper-case names and the three Ids come from signing tools for the real files, lower-case names from the
national list of exchange fields (domain.md 4.2); the rest are ours. `resources/xsd/hoc-ba.xsd` says the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.records.types import SigningRole

STRUCTURE_VERSION: Final = "1.0"
PRIMARY_LEVEL: Final = "02"
EVENT_NEW: Final = "NEW"

# The skeleton (names and nesting known).
ROOT: Final = "HOC_BA"
DATA: Final = "DU_LIEU_HOC_BA"
DATA_ID: Final = "data"
INFO_ID: Final = "thongtinhocba"
ID_ATTRIBUTE: Final = "Id"
SUBJECT: Final = "DIEM_TONG_KET"
SUBJECT_ID_PREFIX: Final = "diem-"
SIGNING_INFO: Final = "DANH_SACH_THONG_TIN_KY"
SUBJECT_TEACHERS: Final = "DANH_SACH_GVBM"
SUBJECT_TEACHER: Final = "GVBM"
HOMEROOM_SLOT: Final = "GVCN"
RELEASE: Final = "PHAT_HANH_HOC_BA"
LEADER_SLOT: Final = "CBQL"
SEAL_SLOT: Final = "KY_PHAT_HANH"

# Containers (ours; the real ones are unknown).
INFO: Final = "THONG_TIN_HOC_BA"
STRUCTURE: Final = "phienbancautruc"
VERSION: Final = "THONG_TIN_PHIEN_BAN"
SCHOOL: Final = "THONG_TIN_TRUONG"
PUPIL: Final = "THONG_TIN_HOC_SINH"
ENROLMENT: Final = "THONG_TIN_NAM_HOC"
HISTORY: Final = "QUA_TRINH_HOC_TAP"
HISTORY_ROW: Final = "_quatrinhhoctap"
SUBJECTS: Final = "_dsbangdiem"
TRAITS: Final = "DANH_SACH_PHAM_CHAT_NANG_LUC"
TRAIT: Final = "PHAM_CHAT_NANG_LUC"
SHOWN: Final = "hienthi"
GROUP_COMMENTS: Final = "DANH_SACH_NHAN_XET_CHUNG"
GROUP_COMMENT: Final = "NHAN_XET_CHUNG"
OUTCOME: Final = "KET_QUA_NAM_HOC"
SIGNATORIES: Final = "NGUOI_KY"
TEACHER: Final = "GIAO_VIEN_CHU_NHIEM"
LEADER: Final = "CAN_BO_QUAN_LY"
LEADER_APPROVAL: Final = "KY_DUYET_HOC_BA"

# Fields that say more about a value already there, for readers that know only the national list.
EVENT: Final = "SuKien"
UPDATED_AT: Final = "ThoiGianCapNhat"
LEVEL_CODE: Final = "macaphoc"
NOT_ASSESSED: Final = "cokhuyettatkhongdanhgia"
SUBJECT_NAME: Final = "tenmonhoc"
TRAIT_NAME: Final = "ten"

# Key of an item in a list: subject, trait and group comment.
SUBJECT_CODE: Final = "mamonhoc"
TRAIT_CODE: Final = "ma"
GROUP_CODE: Final = "manhom"
COMMENT_TEXT: Final = "noidung"

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
}
PUPIL_FIELDS: Final[Mapping[str, str]] = {
    "code": "mahocsinh",
    "vnedu_code": "mahocsinhvnedu",
    "personal_id": "sodinhdanh",
    "name": "hovaten",
    "birth_date": "ngaythangnamsinh",
    "sex": "gioitinh",
    "ethnicity": "dantoc",
    "nationality": "quoctich",
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
TEACHER_FIELDS: Final[Mapping[str, str]] = {"title": "chucvu", "name": "hovaten"}
LEADER_FIELDS: Final[Mapping[str, str]] = {"title": "chucvugiamhieu", "name": "hovaten"}


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a role's ds:Signature goes (path below the root) and the Id it must reference."""

    path: str
    reference: str


SLOTS: Final[Mapping[SigningRole, Slot]] = {
    SigningRole.TEACHER: Slot(f"{DATA}/{SIGNING_INFO}/{HOMEROOM_SLOT}", INFO_ID),
    SigningRole.LEADER: Slot(f"{RELEASE}/{LEADER_APPROVAL}/{LEADER_SLOT}", DATA_ID),
    SigningRole.SEAL: Slot(f"{RELEASE}/{SEAL_SLOT}", DATA_ID),
}
