"""Sentences about opening the data, keys, backup, login and permissions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    # --- store: opening, keys, backup -------------------------------------------------------------
    "store.backup_damaged": "Tệp sao lưu {file} bị hỏng hoặc đã bị sửa nên không khôi phục. Dữ liệu hiện có vẫn nguyên. "
    "Chọn bản sao lưu khác.",
    "store.backup_missing": "Không thấy tệp sao lưu {file}. Kiểm tra đường dẫn và ổ đĩa.",
    "store.backup_target": "Tệp sao lưu không được ghi đè lên {file} của kho dữ liệu. Chọn tên hoặc thư mục khác.",
    "store.busy": "Dữ liệu ở {folder} đang được một cửa sổ hoặc lệnh khác ghi nên lần này chưa ghi được. Chưa có "
    "gì mất; chờ một chút rồi làm lại.",
    "store.damaged": "Không đọc được {file}: tệp bị hỏng hoặc khóa không khớp. Đừng xóa tệp; khôi phục từ bản sao lưu.",
    "store.destination_exists": "Đã có kho nhận tên {name}. Đặt tên khác.",
    "store.disk_full": "Đĩa chứa {folder} đã đầy nên chưa ghi được. Dữ liệu đã lưu vẫn nguyên; dọn bớt đĩa rồi làm lại.",
    "store.exists": "Thư mục {folder} đã có dữ liệu của một trường. Chọn thư mục khác bằng --data.",
    "store.in_use": "Dữ liệu ở {folder} đang mở ở cửa sổ hoặc lệnh khác, hoặc đang được khôi phục, nâng cấp. Đóng "
    "các cửa sổ khác rồi làm lại.",
    "store.key_missing": "Máy này không còn khóa mở dữ liệu ở {folder}. Nhập mã khôi phục đã ghi lại khi tạo dữ liệu.",
    "store.missing": "Chưa có dữ liệu ở {folder}. Tạo mới, hoặc khôi phục từ bản sao lưu.",
    "store.newer_schema": "Dữ liệu ở {folder} thuộc phiên bản mới hơn (lược đồ {schema}) nên chương trình này không mở, "
    "và không sửa gì. Cài bản Học bạ số mới.",
    "store.no_access": "Không đọc hoặc ghi được ở {folder}. Kiểm tra ổ đĩa còn cắm và quyền ghi của thư mục.",
    "store.recovery_needed": "Máy này không có khóa của bản sao lưu. Nhập mã khôi phục của dữ liệu đó.",
    "store.recovery_wrong": "Mã khôi phục chưa đúng. Xem lại từng nhóm năm ký tự; không cần phân biệt chữ hoa, dấu cách hay "
    "gạch nối.",
    "store.no_recovery_code": "Cần mã khôi phục của dữ liệu này. Gõ ở dấu nhắc hoặc đặt biến {variable}.",
    # --- account: login, permissions --------------------------------------------------------------
    "account.exists": "Đã có tài khoản {login}. Chọn tên đăng nhập khác.",
    "account.no_new_password": "Chưa có mật khẩu cho tài khoản mới. Gõ ở dấu nhắc hoặc đặt biến {variable}.",
    "account.no_password": "Chưa có mật khẩu. Gõ ở dấu nhắc hoặc đặt biến {variable}.",
    "account.no_role": "Tài khoản {login} chưa có vai trò nào. Thêm ít nhất một --role.",
    "account.last_admin": "Không còn tài khoản quản trị nào dùng được. Thêm một quản trị khác trước.",
    "account.no_name": "Tài khoản {login} chưa có họ tên. Ghi họ tên như trên học bạ.",
    "account.no_user": "Lệnh này cần người thực hiện. Thêm --user và tên đăng nhập.",
    "account.not_bound": "{login} không có chứng thư số nào đang gắn. Xem lại danh sách.",
    "account.own_role": "Không tự bỏ vai trò quản trị của tài khoản {login} đang dùng. Nhờ quản trị khác.",
    "account.password_same": "Mật khẩu mới giống mật khẩu đang dùng. Đặt mật khẩu khác.",
    "account.own": "Không tự khóa tài khoản {login} đang dùng được. Nhờ quản trị khác.",
    "account.password_short": "Mật khẩu quá ngắn. Đặt mật khẩu từ {least} ký tự.",
    "account.unknown": "Không có tài khoản {login}. Xem lại danh sách tài khoản.",
    "account.wait": "Đã sai mật khẩu nhiều lần. Chờ {seconds} giây rồi thử lại.",
    "account.wrong_password": "Tên đăng nhập hoặc mật khẩu chưa đúng. Xem lại bộ gõ và phím Caps Lock.{left}",
    # --- settings -------------------------------------------------------------------------------------
    "phrase.braces": "Câu mẫu có “{found}”. Chỉ dùng được {name}, nơi sẽ điền tên học sinh; sửa lại câu.",
    "phrase.empty": "Câu mẫu còn trống. Gõ câu nhận xét rồi lưu.",
    "phrase.exists": "Ngân hàng đã có câu “{content}” cho môn và mức này. Không thêm nữa.",
    "phrase.level": "Không có mức {level}. Chọn T, H, Đ, C hoặc mọi mức.",
    "phrase.long": "Câu mẫu dài {size} ký tự, quá {most} ký tự. Tách thành nhiều câu.",
    "phrase.unknown": "Câu mẫu này không còn, hoặc là của người khác. Mở lại danh sách.",
    "workflow.no_rule": "Không có quy tắc {rule}. Chọn một quy tắc trong danh sách.",
    "workflow.school_code_used": "Mã trường {code} đã nằm trong học bạ đã tạo nên không đổi nữa. "
    "Cần mã khác thì làm trên dữ liệu mới.",
    # --- permissions ----------------------------------------------------------------------------------
    "account.not_allowed": "{name} chưa được phép {action}{where}. "
    "Hãy nhờ người có vai trò sau làm việc này: {roles}.",
    # --- the sample school ----------------------------------------------------------------------------
    "sample.exists": "Trường mẫu đã có ở {folder}. Mở trường đó, hoặc xóa đi rồi tạo lại.",
    "sample.folder_taken": "Thư mục {folder} đã có thứ khác nên chưa tạo trường mẫu. Dời thư mục đó đi rồi làm lại.",
    "sample.mark": "Thư mục này chứa trường mẫu của Học bạ số: dữ liệu bịa để tập dùng, xóa lúc nào cũng được.",
}
