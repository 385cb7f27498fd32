"""The words of signing: what each role does, and what stopped a run with the steps that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app import messages
from app.errors import UserError
from app.interaction import PinState
from app.records.types import SigningRole
from app.ui.states import Sign


@dataclass(frozen=True, slots=True)
class RoleWords:
    """How one role is called and what it does."""

    name: str
    step: str
    act: str
    """The verb of the button: "Ký", "Ký duyệt", "Đóng dấu"."""
    running: str
    stopped: str
    done: str
    icon: str

    def button(self, count: int) -> str:
        """ "Ký 268 học bạ"; without a number when there is nothing."""
        return f"{self.act} {count} học bạ" if count else f"{self.act} học bạ"

    def again(self, count: int) -> str:
        """ "Ký tiếp 107 học bạ"."""
        return f"{'Đóng dấu' if self.act == 'Đóng dấu' else 'Ký'} tiếp {count} học bạ"


ROLES: Final[Mapping[SigningRole, RoleWords]] = {
    SigningRole.TEACHER: RoleWords(
        "Giáo viên chủ nhiệm ký", "GVCN", "Ký", "Đang ký", "Ký đang dừng", "Đã ký", "signature"
    ),
    SigningRole.LEADER: RoleWords(
        "Ban giám hiệu ký duyệt",
        "Ban giám hiệu",
        "Ký duyệt",
        "Đang ký duyệt",
        "Ký duyệt đang dừng",
        "Đã ký",
        "signature",
    ),
    SigningRole.SEAL: RoleWords(
        "Văn thư đóng dấu",
        "Đóng dấu",
        "Đóng dấu",
        "Đang đóng dấu",
        "Đóng dấu đang dừng",
        "Đã đóng dấu",
        "stamp",
    ),
}
PIN_WORDS: Final[Mapping[PinState, str]] = {
    PinState.NORMAL: "Bình thường",
    PinState.TRIED: "Đã có lần nhập sai",
    PinState.FINAL_TRY: "Chỉ còn một lần thử",
    PinState.LOCKED: "Đã khóa",
}
CAN_SIGN: Final = Sign("check", "Ký được", "ok", "ok_bg")
CANNOT_SIGN: Final = Sign("circle-x", "Chưa ký được", "err", "err_bg")
READING: Final = Sign("loader", "Đang đọc", "text2", "neu_bg")
NO_TOKEN: Final = "Cắm USB Token. Tự nhận ra, không cần bấm gì."


def spoken_time(seconds: float) -> str:
    """ "khoảng 4 phút" or "khoảng 40 giây"."""
    if seconds < 60:
        return f"khoảng {max(1, round(seconds))} giây"
    return f"khoảng {round(seconds / 60)} phút"


def spaced(serial: str) -> str:
    """A serial in groups of four, as it is read aloud."""
    return " ".join(serial[start : start + 4] for start in range(0, len(serial), 4))


def result_title(role: SigningRole, signed: int, failed: int, left: int) -> str:
    """ "Đã ký 267, không ký 1": never "thành công"."""
    verb = "đóng dấu" if role is SigningRole.SEAL else "ký"
    parts = [f"Đã {verb} {signed}", f"không {verb} {failed}"]
    return ", ".join([*parts, f"chưa {verb} {left}"] if left else parts)


# --- what stopped a run ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Halt:
    """Why a run ended early: icon, title, one sentence more, and the steps before the last one."""

    icon: str
    title: str
    sentence: str
    steps: tuple[str, ...]


_REMOVED: Final = frozenset({"signing.token_removed", "signing.no_token", "signing.no_token_at_all"})
_WAIT: Final = "Chờ dòng chữ “Ký được” hiện ở thẻ bên phải, thường mất 3 đến 5 giây."
_HALTS: Final[Mapping[str, Halt]] = {
    "signing.pin_incorrect": Halt(
        "key-round",
        "PIN sai",
        "Token đã mất một lần thử.",
        (
            "Xem dòng “Thử PIN” ở thẻ bên phải: đó là điều token tự báo.",
            "Không chắc PIN thì đừng thử tiếp, gọi nơi cấp token: sai liên tiếp token sẽ khóa.",
        ),
    ),
    "signing.pin_unusable": Halt(
        "key-round",
        "PIN gõ vào không đúng dạng",
        "PIN chưa được thử trên token nên không mất lần thử nào.",
        ("Tắt bộ gõ tiếng Việt, xem lại độ dài của PIN.",),
    ),
    "signing.pin_locked": Halt(
        "lock",
        "USB Token đã khóa",
        "Token khóa vì nhập sai PIN nhiều lần.",
        ("Mang token đến nơi cấp để mở khóa.", "Cắm lại token đã mở khóa vào máy này."),
    ),
    "signing.token_busy": Halt(
        "usb",
        "Phần mềm khác đang dùng USB Token",
        "Token chỉ phục vụ một phần mềm một lúc.",
        ("Đóng phần mềm ký khác đang mở.", _WAIT),
    ),
    "signing.token_changed": Halt(
        "usb",
        "USB Token đã đổi",
        "Chứng thư trong token khác với lúc xem nên PIN chưa được dùng.",
        ("Xem lại tên người và sê-ri ở thẻ bên phải.", _WAIT),
    ),
}


def halt_of(error: UserError, holder: str, serial: str) -> Halt:
    """The words for what ended a run; `holder` and `serial` name the token that is awaited."""
    plug_in = f"Cắm lại USB Token của {holder}, sê-ri {spaced(serial)}."
    if error.code in _REMOVED:
        return Halt("unplug", "USB Token đã bị rút ra", "", (plug_in, _WAIT))
    if error.code in _HALTS:
        return _HALTS[error.code]
    told = messages.sentence(error)
    if error.code.startswith("store."):
        return Halt("circle-x", "Không ghi được vào dữ liệu của trường", told, ("Làm theo câu trên.",))
    return Halt("usb", "USB Token báo lỗi", told, ("Rút token ra.", plug_in, _WAIT))
