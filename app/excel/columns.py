"""What a column holds, told by its header texts: identity, results, year outcome, or nothing of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from app.records.codes import parse_year_class
from app.records.names import match_key, search_form
from app.records.subject_names import subject_from_text, trait_from_text

IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {
    "stt": ("STT", "TT", "Số TT", "Thứ tự"),
    "class_name": ("Mã lớp", "Lớp", "Tên lớp", "Lớp học"),
    "code": (
        *("Mã học sinh", "Mã HS", "Mã định danh Bộ GD&ĐT", "Mã định danh Bộ GD", "Mã định danh học sinh"),
        *("Mã HS CSDL", "Mã định danh BGDĐT", "Mã học sinh | Mã định danh Bộ GD&ĐT"),
    ),
    "any_code": ("Mã định danh", "Số định danh"),
    "vnedu_code": ("Mã VNEDU", "Mã học sinh VNEDU", "Mã HS VNEDU"),
    "personal_id": (
        *(
            "Số định danh cá nhân",
            "Mã định danh cá nhân",
            "Số ĐDCN",
            "Số CCCD",
            "CCCD",
            "Mã định danh công dân",
        ),
        *("Số định danh cá nhân/CCCD", "ĐDCN", "Số ĐDCN/CCCD", "Mã ĐDCN"),
    ),
    "name": ("Họ tên", "Họ và tên", "Họ tên học sinh", "Họ và tên học sinh", "Tên học sinh", "Họ tên HS"),
    "family_name": ("Họ và đệm", "Họ và chữ đệm", "Họ đệm", "Họ và tên đệm", "Họ chữ đệm"),
    "given_name": ("Tên",),
    "birth_date": ("Ngày sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh"),
    "sex": ("Giới tính", "GT"),
    "female": ("Nữ",),
    "status": ("Trạng thái HS", "Trạng thái", "Trạng thái học sinh"),
    "ethnicity": ("Dân tộc", "Tên dân tộc"),
    "nationality": ("Quốc tịch",),
    "disability": ("Loại khuyết tật", "Khuyết tật"),
    "not_assessed": ("HS khuyết tật không đánh giá", "Khuyết tật không đánh giá"),
    "regime": ("Chế độ đánh giá",),
    "birth_place": ("Nơi sinh", "Nơi sinh chi tiết"),
    "hometown": ("Quê quán",),
    "residence": ("Chỗ ở hiện nay", "Nơi ở hiện nay", "Nơi ở hiện tại", "Địa chỉ hiện nay", "Chỗ ở hiện tại"),
    "father": ("Họ tên cha", "Họ và tên cha", "Họ tên bố", "Họ và tên bố"),
    "mother": ("Họ tên mẹ", "Họ và tên mẹ"),
    "guardian": (
        "Người giám hộ",
        "Họ tên người giám hộ",
        "Họ và tên người giám hộ",
        "Người giám hộ (nếu có)",
    ),
    "register_number": ("Số đăng bộ", "Sổ đăng bộ"),
    "enrolled_on": (
        "Ngày nhập học",
        "Ngày vào trường",
        "Ngày nhập học/chuyển đến",
        "Ngày nhập học/ chuyển đến",
    ),
    "height_cm": ("Chiều cao", "Chiều cao (cm)"),
    "weight_kg": ("Cân nặng", "Cân nặng (kg)"),
    "absent_excused": ("Số ngày nghỉ có phép", "Số buổi nghỉ có phép", "Nghỉ có phép", "Có phép"),
    "absent_unexcused": (
        "Số ngày nghỉ không phép",
        "Số buổi nghỉ không phép",
        "Nghỉ không phép",
        "Không phép",
    ),
    "period": ("Thời điểm đánh giá", "Thời điểm"),
    "comment_code": ("Mã nhận xét",),
    "ignore": (
        *("Ghi chú", "Nhận xét/Ghi chú", "Mã dân tộc", "Ngày nhập trạng thái", "Tổng", "Tổng số", "Sĩ số"),
        *("Mã nhận xét NL chung", "Mã nhận xét NL đặc thù", "Mã nhận xét phẩm chất", "Trạng thái đẩy"),
    ),
}
"""Field → header texts in practice (domain 6.1, 6.2, 6.3)."""

_IDENTITY_KEYS: Final = {match_key(text): field for field, texts in IDENTITY.items() for text in texts}
_LEVEL_KEYS: Final = frozenset(
    match_key(text)
    for text in ("Mức đạt được", "Mức", "Mức đạt", "MĐĐ", "Mức độ", "Mức ĐĐ", "Đánh giá", "Mức đánh giá")
)
_SCORE_KEYS: Final = frozenset(
    match_key(text)
    for text in (
        "Điểm KTĐK",
        "Điểm",
        "Điểm số",
        "Điểm KT",
        "Điểm kiểm tra",
        "Điểm bài kiểm tra",
        "KTĐK",
        "Điểm KT ĐK",
    )
) | {match_key("Điểm kiểm tra định kì")}
_GROUPS: Final = (("monhoc", "S"), ("hoatdonggiaoduc", "S"), ("nangluc", "N"), ("phamchat", "Q"))
_OUTCOMES: Final = (
    ("hoanthanhchuongtrinhtieuhoc", "completed_primary"),
    ("htcttieuhoc", "completed_primary"),
    ("hoanthanhchuongtrinh", "completed"),
    ("htct", "completed"),
    ("chuaduoclenlop", "not_promoted"),
    ("chualenlop", "not_promoted"),
    ("duoclenlop", "promoted"),
    ("lenlop", "promoted"),
)
_CLASS_HEADINGS: Final = (
    "xeploai",
    "danhgiakqgd",
    "danhgiaketquagiaoduc",
    "ketquagiaoduc",
    "kqgd",
    "tonghopketqua",
)
_PLACES: Final = (
    *(("que quan", "hometown"), ("noi sinh", "birth_place"), ("noi o", "residence"), ("cho o", "residence")),
)
_PLACE_KINDS: Final = ({"tỉnh"}, {"huyện", "quận"}, {"xã", "phường"}, {"tổ", "thôn", "xóm", "ấp", "đường"})
_PARENTS: Final = (({"cha"}, "father"), ({"bo"}, "father"), ({"me"}, "mother"), ({"giam", "ho"}, "guardian"))


@lru_cache(maxsize=4096)
def identity_of(text: str) -> str | None:
    """The field of an identity heading, None when it is none."""
    return _IDENTITY_KEYS.get(match_key(text))


def is_name_heading(text: str) -> bool:
    """Whether a heading is that of the pupils' names."""
    return identity_of(text) in ("name", "family_name")


@lru_cache(maxsize=4096)
def value_kind(text: str) -> str | None:
    """ "level", "score" or "comment" by the lowest header text, None when it says nothing."""
    key = match_key(text)
    if key in _LEVEL_KEYS:
        return "level"
    if key in _SCORE_KEYS:
        return "score"
    return "comment" if "nhanxet" in key and not key.startswith("ma") else None


@lru_cache(maxsize=4096)
def classify(path: tuple[str, ...], subject: str | None = None) -> str | None:
    """The field of a column by its header texts from top to bottom; None when it is nothing of ours.

    Fields: identity names (see IDENTITY), "TOAN.level", "TOAN.score", "TOAN.comment", "YN.level", "PC"
    (group comment), "confirmed", "tick.HTXS", "completed", "promoted", "not_promoted", "award",
    "award_extra". `subject` is the subject of the whole sheet, where its name says so. "?" before a code
    marks a name that is both a subject and a competency and has no group heading.
    """
    if not path:
        return None
    if len(path) == 1 and (field := identity_of(path[0])) is not None:
        return field
    keys = [match_key(text) for text in path]
    for found in (_group_comment(keys), _parent(path), _outcome(path, keys), _absence(keys)):
        if found is not None:
            return found
    return _result(path, keys, subject) or identity_of(path[-1]) or _upper_identity(path)


def _upper_identity(path: Sequence[str]) -> str | None:
    """Identity cells merged over several header rows leave their text at the top only."""
    return (identity_of(path[0]) if len(path) == 1 else None) or _place(path)


def _group_comment(keys: Sequence[str]) -> str | None:
    if "nhanxet" not in keys[-1] or keys[-1].startswith("ma"):
        return None
    whole = "".join(keys[-2:])
    if "nangluc" in whole or whole.startswith("nl") or "nhanxetnl" in whole:
        if "dacthu" in whole:
            return "NLDT"
        return "NLC" if "chung" in whole.replace("nhanxetchung", "") else None
    return "PC" if "phamchat" in whole or keys[-1] == "nhanxetpc" else None


def _parent(path: Sequence[str]) -> str | None:
    """Names of parents below a heading of their own ("Thông tin cha" over "Họ tên")."""
    if len(path) < 2 or not is_name_heading(path[-1]):
        return None
    words = {word for text in path[:-1] for word in search_form(text).replace("/", " ").split()}
    return next((field for marks, field in _PARENTS if marks <= words), None)


def _outcome(path: Sequence[str], keys: Sequence[str]) -> str | None:
    for key in (keys[-1], keys[0]):
        for prefix, field in _OUTCOMES:
            if key.startswith(prefix):
                return field
    if any(key.startswith(_CLASS_HEADINGS) for key in keys):
        found = parse_year_class(path[-1])
        return "confirmed" if found is None else f"tick.{found.value}"
    if any(key.startswith("khenthuong") for key in keys):
        return "award_extra" if "dotxuat" in keys[-1] else "award"
    return None


def _absence(keys: Sequence[str]) -> str | None:
    if not any(key.startswith(("sobuoinghi", "songainghi")) for key in keys[:-1]):
        return None
    if keys[-1] in ("p", "cophep"):
        return "absent_excused"
    return "absent_unexcused" if keys[-1] in ("k", "kp", "khongphep") else "ignore"


def _group(keys: Sequence[str]) -> str:
    for key in keys:
        for mark, group in _GROUPS:
            if mark in key:
                return group
    return ""


def _result(path: Sequence[str], keys: Sequence[str], subject: str | None) -> str | None:
    kind = value_kind(path[-1])
    names = path[:-1] if kind else path
    group = _group(keys)
    for text in reversed(names):
        as_trait = trait_from_text(text) if group != "S" else None
        as_subject = subject_from_text(text) if group in ("", "S") else None
        if as_trait and as_subject:
            return f"?{as_subject}|{as_trait}.{kind or 'level'}"
        if as_trait or as_subject:
            return f"{as_trait or as_subject}.{kind or 'level'}"
    if subject is not None and kind is not None:
        return f"{subject}.{kind}"
    return None


def _place(path: Sequence[str]) -> str | None:
    """Parts of an address ("Quê quán" over "Xã", or "Xã (quê quán)"): "hometown.2", province first."""
    whole = search_form(" ".join(path))
    top = next((field for mark, field in _PLACES if mark in whole), None)
    rank = place_rank(path[-1])
    return f"{top}.{rank}" if top is not None and rank is not None else None


def place_rank(text: str) -> int | None:
    """0 province, 1 district, 2 commune, 3 hamlet or street; None when the text names no kind of place.

    Diacritics count: "quán" is not "quận".
    """
    words = set(re.split(r"[^\w]+", text.lower()))
    return next((rank for rank, marks in enumerate(_PLACE_KINDS) if marks & words), None)
