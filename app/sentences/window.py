"""Sentences about the window and the demo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    # --- the window -------------------------------------------------------------------------------
    "ui.print_failed": "Máy in không nhận trang. Kiểm tra máy in còn giấy và còn nối với máy tính, rồi in lại.",
    "ui.unreadable_pdf": "Tệp PDF của học bạ này không đọc được. Kiểm tra dữ liệu ở Nhật ký, "
    "rồi khôi phục từ bản sao lưu gần nhất nếu cần.",
    # --- demo -------------------------------------------------------------------------------------
    "demo.folder_taken": "Thư mục {folder} đã có tệp khác. Chọn thư mục mới bằng --out.",
    "demo.no_pictures": "Không chụp được ảnh bằng {tool}: {why}. Cài công cụ đó rồi chạy lại.",
    "demo.too_few": "Trường mẫu cần ít nhất {least} học sinh, mỗi khối một em. Tăng --pupils.",
    "demo.needs_dev": "Chưa chạy được bản mẫu: thiếu bộ công cụ {module}. "
    "Cài bản dành cho người phát triển (make setup) rồi chạy lại.",
    "demo.no_softhsm": "Chưa tạo được token mẫu: máy này chưa có SoftHSM. Hãy cài gói softhsm2 rồi chạy lại.",
}
