"""Sentences about workbooks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    # --- columns that a person explains -----------------------------------------------------------
    "import.columns_incomplete": "Chưa chỉ đủ cột để biết dòng nào của em nào. Chỉ cột Họ và tên, và ít nhất một cột "
    "mã hoặc ngày sinh.",
    "import.stopped": "Đã dừng trước tệp này nên chưa ghi gì từ tệp này. Nhập lại tệp khi cần.",
    "import.column_twice": "Hai cột cùng được chỉ là “{field}”. Giữ một cột, cột kia chọn Không dùng.",
    # --- excel: reading and writing workbooks -----------------------------------------------------
    "excel.award_tick": "Ô khen thưởng của {pupil} chỉ có dấu đánh, không ghi danh hiệu (ô {cell}). Ô này chưa ghi; "
    "ghi tên danh hiệu trong tệp, hoặc chọn danh hiệu trong chương trình.",
    "excel.by_position": "Vài tiêu đề cột của trang {sheet} khác mẫu CSDL ngành (từ ô {cell}) nên đọc theo thứ tự cột của "
    "mẫu. Xem lại kết quả trước khi chốt.",
    "excel.cannot_read": "Không đọc được tệp {file}. Xem quyền đọc của tệp, hoặc chép tệp sang thư mục khác rồi nạp lại.",
    "excel.cannot_write": "Không ghi được tệp {file}. Đóng tệp nếu đang mở trong Excel, kiểm tra thư mục và dung lượng đĩa, "
    "rồi làm lại.",
    "excel.code": 'Mã của {pupil} là "{value}", không phải mã (ô {cell}). Ô này chưa ghi; sửa trong tệp rồi nạp lại.',
    "excel.code_restored": "Mã của {pupil} bị Excel đổi thành số {value}, mất số 0 ở đầu (ô {cell}). Đã khôi phục thành "
    "{read}.",
    "excel.code_rounded": 'Mã của {pupil} đã bị Excel làm tròn thành "{value}" (ô {cell}), không khôi phục được. Ô này '
    "chưa ghi; nhập lại mã dưới dạng văn bản rồi nạp lại.",
    "excel.conflict": "{label} của {pupil} có hai giá trị khác nhau trong tệp (ô {first} và ô {cell}, trang {sheet}). Đã "
    "lấy giá trị đầu; sửa trong tệp nếu chưa đúng rồi nạp lại.",
    "excel.corrupt": "Tệp {file} bị hỏng hoặc tải về chưa đủ nên không đọc được. Chưa ghi gì; mở thử bằng Excel rồi lưu lại, "
    "hoặc tải lại tệp.",
    "excel.date": 'Ngày của {pupil} ở cột {heading} là "{value}", không phải ngày đúng (ô {cell}). Ô này chưa ghi; sửa '
    "theo dạng 25/09/2014 rồi nạp lại.",
    "excel.date_order": "Ngày của {pupil} ở cột {heading} có thể bị đảo ngày và tháng (ô {cell}). Đã đọc là {read}; đối "
    "chiếu với giấy khai sinh.",
    "excel.disability": '{pupil} có ghi khuyết tật "{value}" (ô {cell}). Chế độ đánh giá vẫn là bình thường; đổi chế độ '
    "nếu em được đánh giá theo cách khác.",
    "excel.duplicate": "{pupil} (ô {cell}, trang {sheet}) trùng mã, hoặc trùng tên và ngày sinh, với {other} (ô {first}). "
    "Dòng sau chưa ghi; sửa hoặc xóa dòng thừa rồi nạp lại.",
    "excel.empty_file": "Tệp {file} không có nội dung. Tải lại tệp rồi nạp lại.",
    "excel.empty_workbook": "Các trang của tệp {file} đều trống. Chọn tệp khác.",
    "excel.ethnicity": 'Dân tộc của {pupil} là "{value}", không có trong danh mục (ô {cell}). Sửa bằng tên dân tộc nếu '
    "chưa đúng.",
    "excel.exempt": 'Ô {cell} (cột {heading}) của {pupil} ghi "{value}" nên để trống, không ghi kết quả.',
    "excel.html_not_plain": "Tệp {file} là trang web lưu với đuôi .xls và không chỉ có một bảng. Mở bằng Excel, lưu thành "
    "tệp .xlsx rồi nạp lại.",
    "excel.legacy_text": "Trang {sheet} có {count} ô dùng bảng mã cũ {encoding}, đã đổi sang Unicode (ví dụ ô {cell}: "
    '"{sample}"). Xem lại vài tên trước khi dùng.',
    "excel.level": 'Mức {label} của {pupil} là "{value}", không phải T, H hoặc C (ô {cell}). Ô này chưa ghi; sửa trong '
    "tệp rồi nạp lại.",
    "excel.no_class": "{pupil} không có tên lớp, hoặc tên lớp không bắt đầu bằng khối 1 đến 5 (ô {cell}). Dòng này chưa ghi; "
    "ghi lớp trong tệp rồi nạp lại.",
    "excel.no_code": "{pupil} không có mã học sinh, mã vnEdu hay số định danh cá nhân (ô {cell}). Dòng này chưa ghi; bổ sung "
    "mã trong tệp rồi nạp lại.",
    "excel.no_file": "Không thấy tệp {file}. Kiểm tra lại đường dẫn.",
    "excel.no_name": "Dòng có mã nhưng không có họ tên (ô {cell}, trang {sheet}). Dòng này chưa ghi; bổ sung họ tên rồi nạp "
    "lại.",
    "excel.no_rows": "Tệp {file} có tiêu đề bảng nhưng không có dòng học sinh nào. Chọn tệp khác.",
    "excel.not_workbook": "Tệp {file} không phải bảng tính Excel. Chọn tệp .xlsx hoặc .xls.",
    "excel.nothing_to_write": "Không có lớp nào để ghi vào tệp {file}. Chọn ít nhất một lớp.",
    "excel.number": '{heading} của {pupil} là "{value}", không phải số từ {low} đến {high} (ô {cell}). Ô này chưa ghi; sửa '
    "trong tệp rồi nạp lại.",
    "excel.other_classes": "Đã bỏ qua {count} học sinh của lớp khác ({classes}), bắt đầu từ ô {cell}. Nạp lại không chọn lớp "
    "nếu cần cả các em này.",
    "excel.password": "Tệp {file} có mật khẩu. Mở bằng Excel, bỏ mật khẩu, lưu lại rồi nạp lại.",
    "excel.personal_id": 'Số định danh cá nhân của {pupil} là "{value}", không khớp giới tính, năm sinh hoặc mã tỉnh '
    "(ô {cell}). Vẫn giữ số này; đối chiếu với giấy khai sinh.",
    "excel.regime": 'Chế độ đánh giá của {pupil} là "{value}", không có trong danh mục (ô {cell}). Ô này chưa ghi; sửa '
    "trong tệp rồi nạp lại.",
    "excel.row_period": "Dòng của {pupil} là kết quả {said}, không phải {wanted} (ô {cell}, trang {sheet}). Dòng này chưa "
    "ghi; nạp lại với đúng kì.",
    "excel.score": 'Điểm {label} của {pupil} là "{value}", không phải số nguyên 0–10 (ô {cell}). Ô này chưa ghi; sửa trong '
    "tệp rồi nạp lại.",
    "excel.score_zero": "Điểm {label} của {pupil} là 0 (ô {cell}). Điểm này đã ghi; kiểm tra lại bài, vì có phần mềm coi 0 là "
    "chưa có điểm.",
    "excel.several_periods": "Tệp {file} có kết quả của nhiều kì. Chọn một kì rồi nạp lại.",
    "excel.sex": 'Giới tính của {pupil} là "{value}" (ô {cell}). Ô này chưa ghi; ghi Nam hoặc Nữ rồi nạp lại.',
    "excel.sheet_period": "Trang {sheet} là kết quả {said}, không phải {wanted} (ô {cell}). Trang này chưa ghi; nạp lại với "
    "đúng kì.",
    "excel.status": 'Trạng thái của {pupil} là "{value}", không có trong danh mục (ô {cell}). Ô này chưa ghi; sửa trong tệp '
    "rồi nạp lại.",
    "excel.stray_cell": "Tệp có ô ghi lạc rất xa bảng nên trang {sheet} chỉ đọc phần đầu (5.000 dòng, 200 cột). Xóa các dòng, "
    "cột thừa trong Excel nếu thấy thiếu học sinh.",
    "excel.tick": 'Ô {cell} (cột {heading}) của {pupil} là "{value}", không phải dấu x hay Có/Không. Ô này chưa ghi; sửa '
    "trong tệp rồi nạp lại.",
    "excel.too_large": "Tệp {file} lớn bất thường nên không mở. Xóa các dòng, cột thừa trong Excel, lưu lại rồi nạp lại.",
    "excel.trait_level": 'Mức {label} của {pupil} là "{value}", không phải T, Đ hoặc C (ô {cell}). Ô này chưa ghi; sửa '
    "trong tệp rồi nạp lại.",
    "excel.two_ticks": "{pupil} được đánh dấu ở hai mức xếp loại (ô {cell}). Xếp loại chưa ghi; giữ một dấu rồi nạp lại.",
    "excel.unfillable": "Tệp {file} là danh sách học sinh, không có ô kết quả để điền. Chọn tệp kết quả của CSDL ngành hoặc "
    "vnEdu.",
    "excel.unknown_column": 'Cột "{heading}" (ô {cell}, trang {sheet}) không thuộc học bạ nên không đọc.',
    "excel.unknown_kind": "Không nhận ra tệp {file}: không thấy bảng có họ tên và mã học sinh hoặc kết quả. Chọn tệp xuất từ "
    "CSDL ngành, vnEdu, hoặc tệp mẫu của chương trình.",
    "excel.unknown_subject": 'Trang {sheet} không cho biết là môn nào nên chưa đọc. Ghi "Môn: …" ở đầu trang rồi nạp lại.',
    "excel.wrong_class": "Tệp {file} là của lớp {said}, không phải lớp {wanted}. Chọn tệp khác, hoặc đổi lớp.",
    "excel.wrong_period": "Tệp {file} là kết quả {said}, không phải {wanted} ({place}). Chọn tệp khác, hoặc đổi kì.",
    "excel.wrong_year": "Tệp {file} là của năm học {said}, không phải {wanted} ({place}). Chọn tệp khác, hoặc đổi năm học.",
    "excel.year_class": 'Xếp loại của {pupil} là "{value}", không phải HTXS, HTT, HT hoặc CHT (ô {cell}). Ô này chưa ghi; '
    "sửa trong tệp rồi nạp lại.",
}
