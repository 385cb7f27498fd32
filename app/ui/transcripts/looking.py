"""Looking through: what the foot says, and when a person cannot have looked through a version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.ui.transcripts.signs import revoked

if TYPE_CHECKING:
    from app.ui.transcripts.reader import Reader
    from app.ui.transcripts.sheet import ContactSheet
    from app.workflows.previews import SheetCard

KEYS: Final = (
    "Mũi tên: chọn học bạ  ·  Phím cách: đã xem, xem tiếp  ·  R: trả lại  ·  Enter: cả màn hình  ·  "
    "+ −: phóng to, thu nhỏ  ·  [ ]: lớp khác"
)
KEYS_FULL: Final = (
    "Esc: về các học bạ  ·  Phím cách: đã xem, xem tiếp  ·  Ctrl+PgUp, Ctrl+PgDn: em trước, em sau  ·  "
    "PgUp PgDn: trang  ·  Ctrl+lăn chuột: phóng to, thu nhỏ  ·  Ctrl+P: in"
)
END: Final = "Đã đến học bạ cuối. Bấm ] để xem lớp sau."
_DRAWING: Final = "Trang đang vẽ, chưa ghi Đã xem."


def why_not_seen(reader: Reader, sheet: ContactSheet, card: SheetCard) -> str:
    """Why nobody can have looked through this pupil's version yet; empty once its true page stands."""
    if card.version is None:
        return "Bản nháp thì chưa ghi Đã xem. Ghi được sau khi tạo học bạ."
    if revoked(card):
        return f"Bản {card.version.version} đã thu hồi nên không ghi Đã xem."
    if not reader.isVisible():
        return "" if sheet.shows(card.entry.key) else _DRAWING
    if reader.version is None or reader.version.id != card.version.id:
        return f"Đang xem bản khác. Chọn bản {card.version.version} rồi ghi Đã xem."
    if reader.kept is None:
        return _DRAWING
    return "" if reader.is_newest else "Tệp khác bản Tổ công tác duyệt nên không ghi Đã xem."
