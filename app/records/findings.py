"""Naming a finding so that a person can accept it and it is known again, and the words of its field."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.records.programme import FIELD_NAMES, SUBJECT_NAMES
from app.records.types import Finding, Period

ID_DIGITS: Final = 10
"""How much of a fingerprint people read and type."""

FIELD_TEXT: Final[Mapping[str, str]] = MappingProxyType(
    {
        **FIELD_NAMES,
        **{code: f"môn {name}" for code, name in SUBJECT_NAMES.items()},
        "results": "kết quả",
        "pupils": "danh sách học sinh",
        "grade": "khối",
        "class_name": "tên lớp",
        "homeroom_teacher": "giáo viên chủ nhiệm",
        "name": "họ và tên",
        "birth_date": "ngày sinh",
        "sex": "giới tính",
        "code": "mã học sinh",
        "personal_id": "số định danh cá nhân",
        "vnedu_code": "mã vnEdu",
        "ethnicity": "dân tộc",
        "nationality": "quốc tịch",
        "birth_place": "nơi sinh",
        "hometown": "quê quán",
        "residence": "nơi ở",
        "father": "họ tên cha",
        "mother": "họ tên mẹ",
        "guardian": "người giám hộ",
        "status": "trạng thái",
        "regime": "chế độ đánh giá",
        "register_number": "số đăng bộ",
        "enrolled_on": "ngày vào trường",
        "height_cm": "chiều cao",
        "weight_kg": "cân nặng",
        "absent_excused": "ngày nghỉ có phép",
        "absent_unexcused": "ngày nghỉ không phép",
        "confirmed": "xếp loại",
        "awards": "khen thưởng",
        "completed": "hoàn thành chương trình lớp học",
        "promoted": "lên lớp",
        "completed_primary": "hoàn thành chương trình tiểu học",
        "decision": "quyết định của hiệu trưởng",
        "transcripts": "học bạ",
        "certificate.teacher": "chứng thư số của giáo viên chủ nhiệm",
        "certificate.leader": "chứng thư số của lãnh đạo",
        "certificate.seal": "chứng thư số của nhà trường",
    }
)
"""Every field that a finding or a remark may be about, as words inside a sentence."""


def fingerprint(finding: Finding, period: Period) -> str:
    """SHA-256 (hex) of what a finding says about whom, as asked for `period`.

    It changes with the sentence: what was accepted once is not accepted when the facts are others.
    """
    pupil = finding.key or finding.pupil_code
    parts = (finding.class_name, period.value, finding.rule, pupil, finding.field, finding.message)
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
