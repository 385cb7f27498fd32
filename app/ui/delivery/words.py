"""The outbox in words: signs of the states, sentences of a parcel, sizes and times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from app.ui.states import Sign

if TYPE_CHECKING:
    from app.models.values import LogEntry
    from app.workflows.outbox import History, Parcel, Queue

OUTBOX_SIGNS: Final[Mapping[str, Sign]] = {
    "waiting": Sign("clock", "Chờ gửi", "text2", "neu_bg"),
    "sending": Sign("send", "Đang gửi", "primary", "tint"),
    "stored": Sign("server", "Kho nhận đã lưu", "primary", "tint"),
    "accepted": Sign("circle-check", "Đã tiếp nhận", "ok", "ok_bg"),
    "rejected": Sign("circle-x", "Bị từ chối", "err", "err_bg"),
    "cancelled": Sign("x", "Đã hủy", "text2", "neu_bg"),
    "paused": Sign("pause", "Tạm dừng", "warn", "warn_bg"),
}
CARRIED_SIGN: Final = Sign("usb", "Đã ra USB", "primary", "tint")
WAIT_FOR_PERSON: Final = "chờ người"


def sign(parcel: Parcel) -> Sign:
    """Icon and word of a parcel's state; stored on a carried stick is not yet at a receiver."""
    return CARRIED_SIGN if parcel.carried else OUTBOX_SIGNS[parcel.state]


def name(parcel: Parcel) -> str:
    """The pupil, or the package's file name."""
    first = parcel.files[0]
    return first.pupil or first.item.key.rpartition("/")[2]


def about(parcel: Parcel) -> str:
    """ "1A · bản 1", or what it is."""
    first = parcel.files[0]
    return f"{first.class_name} · bản {first.version}" if first.pupil else "Gói học bạ"


def lines(parcel: Parcel, queue: Queue) -> tuple[str, str]:
    """What happened, and what to do next."""
    behind = parcel.behind
    message = behind.item.message
    match parcel.state:
        case "rejected":
            return split(message, "Hỏi nơi nhận lý do, rồi thử lại hoặc hủy gửi.")
        case "paused":
            return split(message, "Bấm “Gửi tiếp” khi đã sửa xong.")
        case "sending":
            return "Đang gửi tới kho nhận", "Không cần làm gì"
        case "waiting" if message:
            return split(message, "Không cần làm gì")
        case "waiting" if queue.hold == "hand":
            return "Chờ, việc gửi đang tạm dừng", "Bấm “Gửi tiếp” khi muốn gửi lại"
        case "waiting":
            return "Chưa gửi lần nào", "Bấm nút gửi, hoặc xuất ra USB"
        case "stored" if parcel.carried:
            return "USB giữ đúng tệp đã ghi", "Mang USB tới nơi nhận, chờ biên nhận mang về"
        case "stored":
            return "Kho nhận giữ đúng tệp đã gửi", "Chờ biên nhận của nơi nhận. Không cần làm gì"
        case "accepted":
            return f"Có biên nhận ngày {day(behind.changed_at)}, {behind.changed_at:%H:%M}", "Xong"
        case _:
            return f"Đã hủy: {message}", "Không gửi nữa. Học bạ trong máy vẫn còn nguyên"


def split(message: str, otherwise: str) -> tuple[str, str]:
    """The first sentence and the rest."""
    first, _, rest = message.partition(". ")
    return first.removesuffix("."), rest or otherwise


def next_step(parcel: Parcel, queue: Queue) -> str:
    """When it is tried again, or what it waits for."""
    at = parcel.behind.item.next_try
    if at is not None:
        return f"lúc {clock(at)}"
    if parcel.state in ("rejected", "paused"):
        return WAIT_FOR_PERSON
    if parcel.state == "waiting":
        return "khi có mạng" if queue.hold in ("away", "login_page") else "khi bấm gửi"
    return "chờ biên nhận" if parcel.state == "stored" else ""


def clock(at: datetime) -> str:
    """ "09:31", with the day when it is another one: "09:31 ngày 18/06/2024"."""
    today = datetime.now(at.tzinfo).date()
    return f"{at:%H:%M}" if at.date() == today else f"{at:%H:%M} ngày {day(at)}"


def day(at: datetime) -> str:
    """17/06/2024."""
    return f"{at:%d/%m/%Y}"


def size(octets: int) -> str:
    """ "214 KB", "9,4 MB", "1,2 GB"."""
    for unit, step in (("GB", 1_000_000_000), ("MB", 1_000_000)):
        if octets >= step:
            return f"{octets / step:.1f} {unit}".replace(".", ",")
    return f"{-(-octets // 1000)} KB"


def number(value: int) -> str:
    """With a point between thousands, as the school writes it."""
    return f"{value:,}".replace(",", ".")


def told(history: History) -> list[tuple[str, str, str]]:
    """The history as (colour of the dot, sentence, time); what both files did at once is said once."""
    found: list[tuple[str, str, str]] = []
    if history.queued_at is not None:
        found.append(("ok", "Đóng dấu và xếp vào hộp gửi, nội dung khóa lại", _moment(history.queued_at)))
    for entry in history.entries:
        line = (_colour(entry), _entry(entry), _moment(entry.at))
        if line not in found[-2:]:
            found.append(line)
    return found


def _moment(at: datetime) -> str:
    return f"{day(at)} {at:%H:%M}"


def _colour(entry: LogEntry) -> str:
    colours = {"rejected": "err", "accepted": "ok", "stored": "primary", "paused": "warn"}
    failed = entry.kind == "deliver" and entry.new == "waiting"
    return "warn" if failed else colours.get(entry.new or "", "text2")


def _entry(entry: LogEntry) -> str:
    who = f" ({entry.actor})" if entry.actor else ""
    match entry.kind, entry.new:
        case "relay", _:
            return f"Ghi ra {entry.reason}, đọc lại đúng tệp{who}"
        case "cancel", _:
            return f"Hủy gửi{who}: {entry.reason}"
        case "requeue", _:
            return f"Xếp lại vào hộp gửi{who}"
        case _, "stored":
            return "Kho nhận đã lưu, mã SHA-256 khớp"
        case _, "accepted":
            return "Có biên nhận của nơi nhận"
        case _, "rejected":
            return f"Bị từ chối: {entry.reason}"
        case _, "paused":
            return f"Tạm dừng: {entry.reason}"
        case _:
            return f"Gửi chưa được: {split(entry.reason, '')[0]}"
