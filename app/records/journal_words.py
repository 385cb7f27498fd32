"""What an entry of the change log says, in words that a teacher understands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from app.records.calendar import MILESTONE_NAMES
from app.records.codes import PERIOD_PHRASE, STAGE_TEXT, STATE_TEXT, SUMMER_STAGE_TEXT
from app.records.findings import FIELD_TEXT
from app.records.journal import NOWHERE, LogPlace, LogWords
from app.records.log_words import value_words
from app.records.permissions import ROLE_TEXT
from app.records.programme import field_name
from app.records.types import Period, Role, Stage, SummerStage, TranscriptState


@dataclass(frozen=True, slots=True)
class _Raw:
    kind: str
    entity: str
    field: str
    old: str | None
    new: str | None
    place: LogPlace

    @property
    def about(self) -> str:
        """What stands behind the first word of the entity."""
        return self.entity.partition(":")[2]


def describe(
    kind: str, entity: str, field: str, old: str | None, new: str | None, place: LogPlace = NOWHERE
) -> LogWords:
    """The words of an entry; an entry of a kind that is not known here is told by its own codes."""
    raw = _Raw(kind, entity, field, old, new, place)
    known = _WORDS.get((kind, entity.partition(":")[0])) or _WORDS.get((kind, ""))
    return known(raw) if known else LogWords(" ".join((kind, entity, field)).strip(), old or "", new or "")


# --- results, pupils, classes -------------------------------------------------------------------------

_CELLS: Final = {
    "level": "mức đạt được",
    "score": "điểm KTĐK",
    "first_score": "điểm KTĐK lần đầu",
    "comment": "nhận xét",
}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _values(raw: _Raw) -> tuple[str, str]:
    return value_words(raw.field, raw.old), value_words(raw.field, raw.new)


def _result(raw: _Raw) -> LogWords:
    period, _, rest = raw.field.partition(".")
    code, _, cell = rest.partition(".")
    if period not in set(Period) or cell not in _CELLS:
        what = _capital(FIELD_TEXT.get(raw.field, raw.field))
        return LogWords(f"{what} của {raw.place.whom}", *_values(raw), raw.field, Period.CN)
    when = Period(period)
    what = f"{field_name(code)}, {_CELLS[cell]} {PERIOD_PHRASE[when]} của {raw.place.whom}"
    return LogWords(what, raw.old or "", raw.new or "", code, when)


def _summer(raw: _Raw) -> LogWords:
    of = f"của {raw.place.whom}"
    if raw.field == "summer":
        old, new = (SUMMER_STAGE_TEXT[SummerStage(text)] if text else "" for text in (raw.old, raw.new))
        return LogWords(f"Đánh giá bổ sung trong hè {of}", old, new)
    if raw.field == "summer.date":
        return LogWords(f"Ngày đánh giá bổ sung {of}", _day(raw.old), _day(raw.new))
    _, code, cell = (*raw.field.split("."), "", "")[:3]
    what = f"{field_name(code)}, {_CELLS.get(cell, cell)} đánh giá bổ sung {of}"
    return LogWords(what, raw.old or "", raw.new or "", code, Period.CN)


def _edit(raw: _Raw) -> LogWords:
    if raw.field == "history":
        return LogWords(f"Quá trình học tập của {raw.place.whom}", _rows(raw.old), _rows(raw.new))
    return LogWords(f"{_capital(FIELD_TEXT.get(raw.field, raw.field))} của {raw.place.whom}", *_values(raw))


def _created(words: str) -> Callable[[_Raw], LogWords]:
    def told(raw: _Raw) -> LogWords:
        name = _member(raw.new or raw.old, "name") or raw.place.pupil
        place = raw.place if not name else LogPlace(pupil=name, class_name=raw.place.class_name)
        return LogWords(f"{words} {place.whom}")

    return told


def _enrolled(words: str) -> Callable[[_Raw], LogWords]:
    def told(raw: _Raw) -> LogWords:
        name = raw.place.pupil or NOWHERE.whom
        return LogWords(f"{words} lớp {_member(raw.new or raw.old, 'class')}: {name}")

    return told


def _class_of(raw: _Raw) -> str:
    return raw.about.partition(":")[2]


def _stage(raw: _Raw) -> LogWords:
    old, new = (Stage(text) if text else Stage.OPEN for text in (raw.old, raw.new))
    verb = {Stage.SUBMITTED: "Chốt", Stage.APPROVED: "Duyệt"}.get(new)
    if verb is None:
        verb = "Mở lại" if old is Stage.APPROVED else "Trả lại"
    when = PERIOD_PHRASE[Period(raw.field)]
    return LogWords(f"{verb} lớp {_class_of(raw)}, {when}", STAGE_TEXT[old], STAGE_TEXT[new])


def _at_field(verb: str) -> Callable[[_Raw], LogWords]:
    """Findings and remarks: about a field of a pupil, or of a class."""

    def told(raw: _Raw) -> LogWords:
        period, _, field = raw.field.partition(".")
        pupil = raw.entity.startswith("enrolment:")
        whom = raw.place.whom if pupil else f"lớp {_class_of(raw)}"
        about = f", mục {FIELD_TEXT.get(field, field)}" if field else ""
        when = Period(period) if period in set(Period) else None
        return LogWords(f"{verb} {whom}{about}", raw.old or "", raw.new or "", field if pupil else "", when)

    return told


# --- transcripts and their delivery -------------------------------------------------------------------

_SENT: Final = {
    "waiting": "Chờ gửi",
    "sending": "Đang gửi",
    "stored": "Kho nhận đã lưu",
    "accepted": "Đã tiếp nhận",
    "rejected": "Bị từ chối",
    "cancelled": "Đã hủy",
    "paused": "Tạm dừng",
}


def _of_transcript(raw: _Raw) -> str:
    version = f", bản {raw.place.version}" if raw.place.version else ""
    return f"học bạ của {raw.place.whom}{version}"


def _issue(raw: _Raw) -> LogWords:
    return LogWords(f"Tạo {_of_transcript(raw)}", "", _short(raw.new))


def _moved(verb: str) -> Callable[[_Raw], LogWords]:
    def told(raw: _Raw) -> LogWords:
        old, new = (STATE_TEXT[TranscriptState(text)] if text else "" for text in (raw.old, raw.new))
        return LogWords(f"{verb} {_of_transcript(raw)}", old, new)

    return told


def _delivery(verb: str) -> Callable[[_Raw], LogWords]:
    def told(raw: _Raw) -> LogWords:
        media = f", tệp {raw.place.media.upper()}" if raw.place.media else ""
        what = f"{verb} {_of_transcript(raw)}{media}" if raw.place.pupil else f"{verb} gói {raw.field}"
        old, new = (_SENT.get(text or "", text or "") for text in (raw.old, raw.new))
        return LogWords(what, old, new)

    return told


# --- people and settings ------------------------------------------------------------------------------

_ACCOUNT_FIELDS: Final = {"name": "Họ và tên", "title": "Chức danh", "roles": "Vai trò"}
_SETTINGS: Final = {
    "active_year": "Năm học đang dùng",
    "signing_leader": "Lãnh đạo ký học bạ",
    "place": "Địa danh trên học bạ",
    "minority_language_test": "Bài kiểm tra Tiếng dân tộc",
    "electives_count": "Tính môn tự chọn khi xếp loại",
    "check_level_scores": "Quy tắc mức và điểm",
    "check_competency_gap": "Quy tắc năng lực và môn học",
    "check_off": "Quy tắc đã tắt",
    "check_severity": "Mức của quy tắc",
    "form_untaught": "Dòng môn không học trên học bạ",
    "form_order": "Thứ tự môn trên học bạ",
    "form_guidance": "Trang hướng dẫn ghi học bạ",
    "foreign_language": "Tên ngoại ngữ trên học bạ",
    "minority_language": "Tên tiếng dân tộc trên học bạ",
    "form_names_on": "Ngày lấy tên trường trên học bạ",
    "archive.last": "Lần xuất kho lưu trữ gần nhất",
}
_SCHOOL_FIELDS: Final = {
    "code": "Mã trường",
    "name": "Tên trường",
    "commune": "Xã, phường",
    "district": "Huyện, quận",
    "province": "Tỉnh, thành phố",
    "body": "Cơ quan chủ quản",
}
_CERTIFICATES: Final = {
    "certificate.teacher": "chứng thư số giáo viên chủ nhiệm",
    "certificate.leader": "chứng thư số lãnh đạo",
    "certificate.seal": "chứng thư số con dấu",
}


def _person(raw: _Raw) -> str:
    return raw.place.person or raw.about or "nhà trường"


def _account(words: str) -> Callable[[_Raw], LogWords]:
    return lambda raw: LogWords(f"{words} {_person(raw)}", _roles(raw.old), _roles(raw.new))


def _plainly(words: str) -> Callable[[_Raw], LogWords]:
    """Said without values: there is nothing to show, or it is nobody's business."""
    return lambda raw: LogWords(f"{words} {_person(raw)}".strip())


def _edit_account(raw: _Raw) -> LogWords:
    what = f"{_ACCOUNT_FIELDS.get(raw.field, raw.field)} của tài khoản {_person(raw)}"
    read = _roles if raw.field == "roles" else (lambda text: text or "")
    return LogWords(what, read(raw.old), read(raw.new))


def _assign(raw: _Raw) -> LogWords:
    what = f"Phân công năm học {raw.field} của {_person(raw)}"
    return LogWords(what, _duties(raw.old), _duties(raw.new))


def _duty(verb: str) -> Callable[[_Raw], LogWords]:
    """A duty carried over to another year, or taken back: the account's number, class and subject."""

    def told(raw: _Raw) -> LogWords:
        text = raw.new or raw.old
        subject = _member(text, "subject")
        what = f"môn {field_name(subject)}" if subject else "chủ nhiệm"
        return LogWords(f"{verb} {what} lớp {_member(text, 'class')}".rstrip())

    return told


def _bind(verb: str) -> Callable[[_Raw], LogWords]:
    def told(raw: _Raw) -> LogWords:
        what = _CERTIFICATES.get(raw.field, raw.field)
        return LogWords(f"{verb} {what} của {_person(raw)}", _short(raw.old), _short(raw.new))

    return told


def _setting(raw: _Raw) -> LogWords:
    old, new = ("" if (text or "").startswith("{") else text or "" for text in (raw.old, raw.new))
    return LogWords(f"Thiết lập: {_SETTINGS.get(raw.field, raw.field)}", old, new)


def _school(raw: _Raw) -> LogWords:
    since = f", từ ngày {_day(raw.about)}" if raw.about else ""
    what = f"{_SCHOOL_FIELDS.get(raw.field, raw.field)}{since}"
    return LogWords(what, raw.old or "", raw.new or "")


def _destination(raw: _Raw) -> LogWords:
    if raw.kind == "add":
        return LogWords(f"Thêm kho nhận {raw.about}", "", _options(raw.new))
    if raw.field == "paused":
        return LogWords(f"{'Tạm dừng' if raw.new == 'true' else 'Gửi tiếp'} kho nhận {raw.about}")
    if raw.field in ("secret", "password"):
        return LogWords(f"Đổi khóa bí mật của kho nhận {raw.about}")
    return LogWords(
        f"{_ABOUT_PLACE.get(raw.kind, 'Sửa')} kho nhận {raw.about}", _options(raw.old), _options(raw.new)
    )


_ABOUT_PLACE: Final = {"remove": "Bỏ", "delete": "Bỏ"}


def _as_is(words: str) -> Callable[[_Raw], LogWords]:
    return lambda raw: LogWords(words, raw.old or "", raw.new or "")


def _shortly(words: str) -> Callable[[_Raw], LogWords]:
    return lambda raw: LogWords(words, _short(raw.old), _short(raw.new))


def _picture(raw: _Raw) -> LogWords:
    whose = f"chữ ký của {raw.place.person or raw.about}" if raw.about else "con dấu của trường"
    return LogWords(f"{'Đổi' if raw.new else 'Bỏ'} ảnh {whose}", _short(raw.old), _short(raw.new))


def _milestone(raw: _Raw) -> LogWords:
    what = f"Mốc {MILESTONE_NAMES.get(raw.field, raw.field)}, năm học {raw.about}"
    return LogWords(what, _day(raw.old), _day(raw.new))


# --- values -------------------------------------------------------------------------------------------


def _day(text: str | None) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}" if text else ""


def _short(digest: str | None) -> str:
    """The first digits of a fingerprint, as on a transcript's page: "mã FD25-21D5"."""
    return f"mã {digest[:4]}-{digest[4:8]}".upper().replace("MÃ", "mã") if digest else ""


def _roles(text: str | None) -> str:
    """Role codes among other words, "Lê An (clerk)", as their names."""
    return re.sub(r"[a-z_]+", lambda found: _role(found[0]), text or "")


def _role(word: str) -> str:
    return ROLE_TEXT[Role(word)] if word in set(Role) else word


def _duties(text: str | None) -> str:
    """ "3A 4B:TOAN" as "3A; 4B Toán"."""
    parts = (one.partition(":") for one in (text or "").split())
    return "; ".join(f"{name} {field_name(code)}" if code else f"chủ nhiệm {name}" for name, _, code in parts)


def _rows(text: str | None) -> str:
    """The rows of a history kept as JSON."""
    rows: list[list[str | None]] = json.loads(text) if text else []
    return "; ".join(", ".join(cell for cell in row if cell) for row in rows)


def _member(text: str | None, name: str) -> str:
    """One value of a creation kept as a JSON object; empty when it is not there."""
    return str(json.loads(text).get(name) or "") if text and text.startswith("{") else ""


def _options(text: str | None) -> str:
    """Where a destination lies; keys to it are left out."""
    if not text or not text.startswith("{"):
        return text or ""
    shown = {name: value for name, value in json.loads(text).items() if value and "key" not in name}
    return ", ".join(f"{value}" for value in shown.values())


_WORDS: Final[Mapping[tuple[str, str], Callable[[_Raw], LogWords]]] = MappingProxyType(
    {
        ("result", ""): _result,
        ("summer", ""): _summer,
        ("create", "pupil"): _created("Thêm hồ sơ học sinh"),
        ("delete", "pupil"): _created("Bỏ hồ sơ học sinh"),
        ("create", "enrolment"): _enrolled("Thêm vào"),
        ("delete", "enrolment"): _enrolled("Bỏ khỏi"),
        ("edit", "pupil"): _edit,
        ("edit", "enrolment"): _edit,
        ("move", ""): lambda raw: LogWords(f"Chuyển lớp: {raw.place.whom}", raw.old or "", raw.new or ""),
        ("receive", ""): lambda raw: LogWords(
            f"Nhận học bạ từ trường khác của {raw.place.whom}", "", _short(raw.new)
        ),
        ("create", "class"): lambda raw: LogWords(
            f"Thêm lớp {_class_of(raw)}, năm học {raw.about.partition(':')[0]}", "", f"Khối {raw.new}"
        ),
        ("stage", ""): _stage,
        ("accept", ""): _at_field("Bỏ qua cảnh báo của"),
        ("unaccept", ""): _at_field("Thôi bỏ qua cảnh báo của"),
        ("remark", ""): _at_field("Nhắc nhở về"),
        ("resolve", ""): _at_field("Trả lời nhắc nhở về"),
        ("issue", ""): _issue,
        ("sign.teacher", ""): _moved("GVCN ký"),
        ("sign.leader", ""): _moved("Ban giám hiệu ký duyệt"),
        ("sign.seal", ""): _moved("Đóng dấu"),
        ("revoke", ""): _moved("Thu hồi"),
        ("deliver", ""): _delivery("Gửi"),
        ("cancel", ""): _delivery("Hủy gửi"),
        ("requeue", ""): _delivery("Gửi lại"),
        ("relay", ""): _delivery("Chép ra USB"),
        ("login", ""): _plainly("Đăng nhập:"),
        ("login_failed", ""): _plainly("Đăng nhập sai mật khẩu:"),
        ("add", "account"): _account("Thêm tài khoản"),
        ("edit", "account"): _edit_account,
        ("assign", ""): _assign,
        ("disable", ""): _plainly("Khóa tài khoản"),
        ("enable", ""): _plainly("Mở lại tài khoản"),
        ("password", ""): _plainly("Đặt mật khẩu mới cho"),
        ("bind", ""): _bind("Gắn"),
        ("unbind", ""): _bind("Gỡ"),
        ("setting", ""): _setting,
        ("create", "school"): _as_is("Tạo dữ liệu của trường"),
        ("edit", "school"): _school,
        ("delete", "school"): _as_is("Bỏ tên trường"),
        ("add", "module"): _as_is("Thêm trình điều khiển USB Token"),
        ("remove", "module"): _as_is("Bỏ trình điều khiển USB Token"),
        ("add", "trust"): _shortly("Thêm chứng thư gốc tin cậy"),
        ("remove", "trust"): _shortly("Bỏ chứng thư gốc tin cậy"),
        ("add", "destination"): _destination,
        ("edit", "destination"): _destination,
        ("remove", "destination"): _destination,
        ("delete", "destination"): _destination,
        ("edit", "picture"): _picture,
        ("import", "import"): lambda raw: LogWords(f"Nhập tệp {raw.field}", "", f"{raw.new} giá trị"),
        ("recovery", ""): _as_is("Lập mã khôi phục mới"),
        ("create", "assignment"): _duty("Phân công"),
        ("delete", "assignment"): _duty("Bỏ phân công"),
        ("delete", "class"): lambda raw: LogWords(
            f"Bỏ lớp {_class_of(raw)}, năm học {raw.about.partition(':')[0]}"
        ),
        ("delete", "year"): _as_is("Bỏ năm học"),
        ("import", "phrases"): _as_is("Nhập câu vào ngân hàng nhận xét"),
        ("phrase", ""): _as_is("Ngân hàng nhận xét"),
        ("milestone", ""): _milestone,
        ("create", "year"): _as_is("Thêm năm học"),
    }
)
