"""The Vietnamese sentences people read: one per code, saying what, where and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.errors import UserError

# Each stage keeps its codes under its own prefix, in its own block, in alphabetical order.
SENTENCES: Final[Mapping[str, str]] = {
    # --- store: opening, keys, backup -------------------------------------------------------------
    "store.backup_damaged": "Tệp sao lưu {file} bị hỏng hoặc đã bị sửa nên không khôi phục. Dữ liệu hiện có vẫn nguyên. "
    "Chọn bản sao lưu khác.",
    "store.backup_missing": "Không thấy tệp sao lưu {file}. Kiểm tra đường dẫn và ổ đĩa.",
    "store.backup_target": "Tệp sao lưu không được ghi đè lên {file} của kho dữ liệu. Chọn tên hoặc thư mục khác.",
    "store.busy": "Dữ liệu ở {folder} đang được một cửa sổ hoặc lệnh khác ghi nên lần này chưa ghi được. Chưa có "
    "gì mất; chờ một chút rồi làm lại.",
    "store.damaged": "Không đọc được {file}: tệp bị hỏng hoặc khóa không khớp. Đừng xóa tệp; khôi phục từ bản sao "
    "lưu bằng hocba restore.",
    "store.destination_exists": "Đã có kho nhận tên {name}. Đặt tên khác.",
    "store.disk_full": "Đĩa chứa {folder} đã đầy nên chưa ghi được. Dữ liệu đã lưu vẫn nguyên; dọn bớt đĩa rồi làm lại.",
    "store.exists": "Thư mục {folder} đã có dữ liệu của một trường. Chọn thư mục khác bằng --data.",
    "store.in_use": "Dữ liệu ở {folder} đang mở ở cửa sổ hoặc lệnh khác, hoặc đang được khôi phục, nâng cấp. Đóng "
    "các cửa sổ khác rồi làm lại.",
    "store.key_missing": "Máy này không còn khóa mở dữ liệu ở {folder}. Nhập mã khôi phục đã ghi lại khi tạo dữ liệu.",
    "store.missing": "Chưa có dữ liệu ở {folder}. Tạo mới bằng hocba init, hoặc khôi phục bằng hocba restore.",
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
    "account.no_user": "Lệnh này cần người thực hiện. Thêm --user và tên đăng nhập.",
    "account.own": "Không tự khóa tài khoản {login} đang dùng được. Nhờ quản trị khác.",
    "account.password_short": "Mật khẩu quá ngắn. Đặt mật khẩu từ {least} ký tự.",
    "account.unknown": "Không có tài khoản {login}. Xem danh sách bằng hocba account list.",
    "account.wait": "Đã sai mật khẩu nhiều lần. Chờ {seconds} giây rồi thử lại.",
    "account.wrong_password": "Tên đăng nhập hoặc mật khẩu chưa đúng. Xem lại bộ gõ và phím Caps Lock.{left}",
    "account.not_allowed": "{name} chưa được phép {action}{where}. "
    "Hãy nhờ người có vai trò sau làm việc này: {roles}.",
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
    # --- transcript: making XML and PDF -----------------------------------------------------------
    "transcript.bad_character": (
        "Học bạ của {name} có kí tự ẩn {code} ở mục {field}, sau đoạn “{near}”, mà tệp không ghi được: "
        "xoá kí tự đó trong ô dữ liệu rồi tạo lại học bạ."
    ),
    "transcript.bad_value": (
        "Học bạ của {name} không tạo được vì mục {field} đang là “{value}”, không đúng mẫu quốc gia: "
        "sửa mục đó rồi tạo lại học bạ."
    ),
    "transcript.xml_invalid": (
        "Tệp XML không đúng cấu trúc học bạ số ở mục {element}: "
        "kiểm tra lại tệp hoặc xin nơi gửi cấp lại tệp gốc."
    ),
    "transcript.xml_unreadable": (
        "Tệp không phải là tệp XML đọc được: kiểm tra lại tệp hoặc xin nơi gửi cấp lại tệp gốc."
    ),
    # --- signing: tokens, signatures, verification ------------------------------------------------
    "signing.pin_final_try": "USB Token {token} chỉ còn một lần thử PIN; sai lần này token sẽ khóa. Ký ở cửa sổ lệnh có hỏi PIN, hoặc gọi nơi cấp.",
    "signing.already_signed": "Ô ký {field} đã có chữ ký. Bản đã ký không được ký đè: kiểm tra lại lượt ký.",
    "signing.bytes_differ": "Tệp của {name} ({class_name}) khác bản đã duyệt nên không ký. Thu hồi, tạo lại bản mới rồi ký ở đợt sau.",
    "signing.certificate_expired": "Chứng thư của {holder} đã hết hạn ngày {not_after}. Gia hạn hoặc cắm token có chứng thư mới rồi ký lại.",
    "signing.certificate_missing": "Không thấy chứng thư cần dùng trong USB Token {token}. Cắm đúng token của người ký.",
    "signing.certificate_not_for_signing": "Chứng thư của {holder} không được cấp để ký. Chọn chứng thư chữ ký số khác.",
    "signing.certificate_not_here": "Học bạ của {name} ({class_name}) cần chứng thư của người khác, không có trong token đang cắm. Cắm token của người đó.",
    "signing.certificate_not_yet_valid": "Chứng thư của {holder} chỉ có hiệu lực từ ngày {not_before}. Kiểm tra đồng hồ máy hoặc chờ đến ngày đó.",
    "signing.certificate_unclear": "Token {serial} có {count} chứng thư và chưa rõ cái nào của {holder}. Chọn bằng --certificate.",
    "signing.certificate_file": "Không đọc được chứng thư trong tệp {file}. Chọn tệp chứng thư khác do nơi cấp đưa.",
    "signing.certificate_unreadable": "Không đọc được chứng thư trong tệp. Chọn tệp chứng thư khác do nơi cấp đưa.",
    "signing.certificate_weak": "Khóa của chứng thư {holder} quá yếu hoặc không đúng loại theo quy định. Liên hệ nơi cấp để đổi chứng thư.",
    "signing.check_failed": "Chữ ký vừa tạo cho {name} ({class_name}) không kiểm được nên không lưu. Rút token, cắm lại rồi ký tiếp.",
    "signing.crl_unreadable": "Không đọc được danh sách thu hồi trong tệp. Lấy lại tệp từ nơi cấp chứng thư.",
    "signing.done": "Bản này đã có chữ ký của {role}. Bỏ qua, không cần ký lại.",
    "signing.field_missing": "Tệp PDF không có ô ký {field}. Tạo lại học bạ rồi ký bản mới.",
    "signing.file_missing": "Không thấy {file}. Kiểm tra lại đường dẫn.",
    "signing.key_missing": "USB Token {token} có chứng thư của {holder} nhưng không có khóa đi cùng. Liên hệ nơi cấp token.",
    "signing.no_pin": "Chưa có PIN. Gõ ở dấu nhắc hoặc đặt biến {variable}.",
    "signing.no_token": "Không thấy USB Token {token}. Cắm token vào máy rồi thử lại.",
    "signing.no_token_at_all": "Chưa thấy USB Token nào trong máy. Cắm token của người ký, hoặc thêm trình điều khiển bằng "
    "hocba module add.",
    "signing.not_bound": "Chưa biết chứng thư của người ký cho {name} ({class_name}). Gắn chứng thư bằng hocba bind rồi ký.",
    "signing.not_your_turn": "Chưa đến lượt {role} ký: còn chờ {waiting}. Ký đúng thứ tự rồi quay lại.",
    "signing.empty_token": "Token đang cắm không có chứng thư số nào. Cắm token đã gắn với người ký.",
    "signing.other_token": "Token đang cắm là của {holder}, không phải của người phải ký. Cắm token đã gắn với người ký.",
    "signing.paused": "Đã dừng theo yêu cầu; không học bạ nào ký dở. Chạy lại để ký tiếp.",
    "signing.pdf_unreadable": "Không đọc được tệp PDF: tệp hỏng, bị khóa hoặc không phải PDF. Lấy lại bản gốc.",
    "signing.pin_expired": "PIN của USB Token {token} đã hết hạn. Đổi PIN bằng phần mềm của nhà cung cấp rồi ký lại.",
    "signing.pin_incorrect": "PIN của USB Token {token} không đúng và đã mất một lần thử. Kiểm tra lại PIN trước khi gõ tiếp: sai nhiều lần token sẽ bị khóa.",
    "signing.pin_locked": "USB Token {token} đã bị khóa PIN. Mang token đến nơi cấp để mở khóa.",
    "signing.pin_not_set": "USB Token {token} chưa được đặt PIN. Đặt PIN bằng phần mềm của nhà cung cấp rồi ký lại.",
    "signing.pin_unusable": "PIN vừa gõ cho USB Token {token} không đúng dạng nên chưa được thử. Gõ lại PIN.",
    "signing.report_broken": "Chữ ký không khớp nội dung: tệp đã bị sửa sau khi ký. Lấy lại bản gốc từ nơi phát hành.",
    "signing.report_changed": "Tệp bị thêm hoặc sửa ngoài các chữ ký sau khi ký. Lấy lại bản gốc từ nơi phát hành.",
    "signing.report_expired": "Chứng thư của {holder} không còn hoặc chưa có hiệu lực lúc ký. Đề nghị nơi phát hành ký lại.",
    "signing.report_good": "Chữ ký hợp lệ, nội dung nguyên vẹn; {state}.",
    "signing.report_order": "Thứ tự ký sai: phải có giáo viên chủ nhiệm, rồi cán bộ quản lý, rồi nhà trường. Đề nghị nơi phát hành ký lại.",
    "signing.report_revoked": "Chứng thư của {holder} đã bị thu hồi trước lúc ký. Đề nghị nơi phát hành ký lại.",
    "signing.report_unknown": "Nội dung nguyên vẹn, chữ ký tin cậy, chưa kiểm được chứng thư có bị thu hồi không; {state}.",
    "signing.report_unreadable": "Không đọc được tệp: hỏng hoặc không phải PDF, XML. Lấy lại bản gốc.",
    "signing.report_unsigned": "Tệp chưa có chữ ký nào. Chỉ dùng bản đã ký.",
    "signing.report_unsigned_part": "Tệp có nội dung nằm ngoài phần đã ký. Lấy lại bản gốc từ nơi phát hành.",
    "signing.report_untrusted": "Nội dung nguyên vẹn nhưng chưa tin được nơi cấp chứng thư của {holder}. Thêm chứng thư gốc của nơi cấp nếu tin cậy.",
    "signing.report_wrapped": "Phần đã ký không nằm đúng chỗ trong tệp: có dấu hiệu giả mạo. Lấy lại bản gốc từ nơi phát hành.",
    "signing.revoked": "Bản này đã bị thu hồi nên không ký được nữa. Ký bản mới thay thế.",
    "signing.signature_too_large": "Chữ ký lớn hơn chỗ dành sẵn trong tệp PDF. Bớt chứng thư trung gian rồi ký lại.",
    "signing.slot_missing": "Tệp XML không có chỗ ký {slot}. Tạo lại học bạ rồi ký bản mới.",
    "signing.state_issued": "chưa có chữ ký của giáo viên chủ nhiệm",
    "signing.state_leader_signed": "giáo viên chủ nhiệm và cán bộ quản lý đã ký, chờ nhà trường đóng dấu",
    "signing.state_sealed": "đã đủ chữ ký và dấu của nhà trường",
    "signing.state_teacher_signed": "giáo viên chủ nhiệm đã ký, chờ cán bộ quản lý",
    "signing.token_busy": "USB Token {token} đang được phần mềm khác dùng. Đóng phần mềm đó rồi thử lại.",
    "signing.token_changed": "Chứng thư trong USB Token {token} khác với lúc chọn nên chưa dùng PIN. Chọn lại token.",
    "signing.token_failed": "USB Token {token} báo lỗi ({reason}). Rút ra, cắm lại rồi ký tiếp.",
    "signing.token_removed": "USB Token {token} đã bị rút ra. Cắm lại rồi ký tiếp: những bản đã ký vẫn giữ nguyên.",
    "signing.xml_unreadable": "Không đọc được tệp XML: tệp hỏng hoặc không phải XML. Lấy lại bản gốc.",
    # --- delivery: archive, destinations, outbox --------------------------------------------------
    "delivery.unknown_kind": "Không có loại kho nhận “{kind}”. Chọn folder hoặc s3.",
    "delivery.archive_damaged": "Kho lưu trữ {place} có tệp hỏng hoặc thiếu: {path}. Chưa ghi gì. "
    "Kiểm tra lại kho, lấy bản sao lành hoặc ghi vào thư mục khác.",
    "delivery.archive_denied": "Không ghi được vào {place}: {reason}. Chọn thư mục khác, "
    "hoặc đóng chương trình đang mở thư mục này rồi làm lại.",
    "delivery.archive_empty": "Chưa có học bạ nào đã đóng dấu để đưa vào kho lưu trữ {place}. "
    "Ký và đóng dấu trước, rồi xuất lại.",
    "delivery.archive_not_empty": "Thư mục {place} đang chứa thứ khác, không phải kho lưu trữ. "
    "Chưa ghi gì. Chọn thư mục trống hoặc thư mục mới.",
    "delivery.archive_other_school": "Thư mục {place} là kho lưu trữ của trường khác ({school}). "
    "Chưa ghi gì. Chọn thư mục trống hoặc thư mục mới.",
    "delivery.archive_root": "Không ghi thẳng kho lưu trữ vào gốc ổ đĩa {place}. "
    "Chọn hoặc tạo một thư mục bên trong.",
    "delivery.auth": "Kho nhận {place} không cho vào (mã {status}). Hộp gửi tạm dừng. "
    "Kiểm tra lại khóa truy cập của nơi nhận rồi gửi tiếp.",
    "delivery.bad_endpoint": "Địa chỉ kho nhận “{value}” viết chưa đúng. "
    "Viết đủ như https://kho.example.vn rồi làm lại.",
    "delivery.bad_key": "Không dùng được “{value}” trong tên gửi đi: chỉ được có chữ không dấu, số, "
    "dấu chấm, gạch ngang, gạch dưới. Sửa lại mã rồi làm lại.",
    "delivery.bad_package": "Tệp này không phải gói học bạ đọc được. Lấy lại tệp gói từ nơi gửi.",
    "delivery.bad_receipt": "Biên nhận {name} không dùng được: {reason}. Báo nơi nhận gửi lại biên nhận.",
    "delivery.bag_added": "Tệp lạ không có trong bảng kê: {path}. Tìm xem ai đã thêm, rồi bỏ tệp ra.",
    "delivery.bag_changed": "Tệp đã bị thay đổi: {path}. Lấy lại tệp này từ bản sao lành.",
    "delivery.bag_manifest": "Bảng kê {path} không đọc được ở dòng {line}. Lấy lại bảng kê từ bản sao lành.",
    "delivery.bag_manifest_missing": "Thiếu bảng kê {path}. Lấy lại bảng kê từ bản sao lành.",
    "delivery.bag_missing": "Thiếu tệp: {path}. Lấy lại tệp này từ bản sao lành.",
    "delivery.bag_unreadable": "Không đọc được tệp {path}: {reason}. "
    "Thử ổ khác hoặc lấy lại từ bản sao lành.",
    "delivery.captive": "Mạng đang đòi đăng nhập nên chưa gửi được tới {place}. "
    "Mở trình duyệt để đăng nhập, hoặc chờ mạng khác.",
    "delivery.clock": "Kho nhận {place} từ chối vì đồng hồ máy này sai. Hộp gửi tạm dừng. "
    "Chỉnh lại ngày giờ của máy rồi gửi tiếp.",
    "delivery.conflict": "Kho nhận {place} đã có {key} với nội dung khác. Chưa ghi đè gì. "
    "So hai bản trước khi gửi.",
    "delivery.damaged": "Bản trong hộp gửi của {key} không còn đúng như lúc xếp hàng. Chưa gửi gì. "
    "Xác minh học bạ này, rồi khôi phục từ bản sao lưu.",
    "delivery.destination_full": "Hết chỗ ở nơi nhận {place}. Học bạ vẫn nằm chờ. "
    "Dọn chỗ hoặc cắm USB khác rồi gửi tiếp.",
    "delivery.disk_full": "Hết chỗ trên ổ đĩa khi ghi kho lưu trữ {place}. Đã xóa phần ghi dở, "
    "kho cũ còn nguyên. Dọn ổ đĩa hoặc chọn ổ khác rồi làm lại.",
    "delivery.folder_denied": "Không có quyền ghi vào thư mục {place}. Hộp gửi tạm dừng. "
    "Mở khóa ghi của USB hoặc xin quyền ghi rồi gửi tiếp.",
    "delivery.folder_failed": "Ghi vào thư mục {place} chưa được: {reason}. "
    "Học bạ vẫn nằm chờ và sẽ tự gửi lại.",
    "delivery.folder_missing": "Không thấy thư mục {place}. Học bạ vẫn nằm chờ. "
    "Cắm lại USB hoặc nối lại ổ chung rồi gửi tiếp.",
    "delivery.no_bucket": "Kho nhận {place} không có ngăn chứa ghi trong thiết lập. Hộp gửi tạm dừng. "
    "Kiểm tra lại tên ngăn chứa của nơi nhận.",
    "delivery.no_proof": "Kho nhận chưa xác nhận đã lưu đúng {key}. Chưa tính là đã gửi, sẽ tự gửi lại.",
    "delivery.not_a_bag": "Thư mục {place} không phải kho lưu trữ (thiếu hoặc hỏng tệp bagit.txt). "
    "Chọn đúng thư mục kho.",
    "delivery.offline": "Chưa tới được kho nhận {place}. Học bạ vẫn nằm chờ và sẽ tự gửi khi có mạng.",
    "delivery.rejected": "Kho nhận {place} từ chối {key} (mã {status}). "
    "Hỏi nơi nhận lý do rồi quyết định gửi lại.",
    "delivery.server": "Kho nhận {place} đang trục trặc (mã {status}). Học bạ vẫn nằm chờ và sẽ tự gửi lại.",
    "delivery.source_damaged": "Học bạ {pupil} (lớp {class_name}) trong dữ liệu không còn đúng "
    "mã SHA-256 đã ghi. Chưa đưa vào kho. Xác minh rồi khôi phục từ bản sao lưu.",
    "delivery.wrong_region": "Kho nhận {place} nằm ở vùng khác với thiết lập. Hộp gửi tạm dừng. "
    "Kiểm tra lại vùng của nơi nhận.",
    # --- code: the code printed on a page -----------------------------------------------------------
    "code.altered": "Mã này không khớp với dữ liệu của bản {version} trong kho. So lại mã với trang in; nếu gõ đúng thì "
    "trang in này không phải do trường tạo ra.",
    "code.current": "Đây là bản hiện hành (bản {version}): {state}. So nội dung trang in với bản lưu trong kho.",
    "code.misread": "Có ký tự gõ nhầm hoặc đổi chỗ ở {part} của mã tra cứu. So lại với trang in rồi gõ lại.",
    "code.needs_store": "Mã trên trang in chỉ tra được ở máy có dữ liệu của trường. Chọn thư mục dữ liệu bằng --data, hoặc "
    "xác minh tệp PDF, XML.",
    "code.no_version": "Học bạ này có trong kho nhưng không có bản {version}. So lại mã với trang in, rồi hỏi trường phát hành.",
    "code.not_a_code": "Đây không phải mã tra cứu học bạ. Gõ mã in trên trang: HB1 và bảy nhóm, mỗi nhóm bốn ký tự.",
    "code.not_issued_here": "Mã này của trường mang mã {school}, không phải của trường đang mở. Hỏi trường đã phát hành học bạ.",
    "code.replaced": "Bản {version} đã được thay bằng bản {replaced_by}. Dùng bản {replaced_by}.",
    "code.revoked": "Bản {version} đã bị thu hồi, chưa có bản thay thế còn hiệu lực. Không dùng trang in này.",
    "code.unknown": "Trong kho không có học bạ nào mang mã này. So lại mã với trang in, rồi hỏi trường phát hành.",
    "code.wrong_character": "Ký tự “{character}” ở nhóm {group} không có trong mã tra cứu. So lại nhóm đó với trang in.",
    "code.wrong_length": "Mã tra cứu có {length} ký tự sau HB1, ở đây đang có {count}. So lại từng nhóm bốn ký tự với trang in.",
    # --- receive: transcripts of other schools ------------------------------------------------------
    "receive.class_needed": "Em {name} chưa có ở trường trong năm học này. Nhận lại với --class và tên lớp của em.",
    "receive.differs": "Mục {field} của {name} ở trường là “{ours}”, học bạ nhận được ghi “{theirs}”; vẫn giữ giá trị ở trường. "
    "Đối chiếu với giấy khai sinh.",
    "receive.enrolled": "Đã nhận học bạ năm học {year} của {name} từ {school} và xếp em vào lớp {class_name}.",
    "receive.kept": "Đã nhận học bạ năm học {year} của {name} từ {school}.",
    "receive.later_year": "Học bạ của {name} thuộc năm học {year}, sau năm học {active} đang làm. Đổi năm học rồi nhận lại.",
    "receive.newer_known": "Trường đã nhận bản {newest} của học bạ này nên không nhận bản {version} cũ hơn. Dùng bản mới.",
    "receive.no_number": "Học bạ của {name} không có mã định danh hay số định danh cá nhân nên chưa biết là em nào. "
    "Xin trường cũ cấp lại học bạ có mã.",
    "receive.not_sealed": "Học bạ chưa đủ chữ ký của giáo viên chủ nhiệm, cán bộ quản lý và con dấu số của nhà trường. "
    "Xin trường cũ gửi bản đã phát hành.",
    "receive.other_class": "Em {name} đang ở lớp {class_name}. Nhận lại với đúng lớp đó, hoặc không ghi --class.",
    "receive.other_seal": "Con dấu số mang tên “{holder}”, học bạ ghi “{school}”. Hỏi lại trường cũ trước khi dùng học bạ này.",
    "receive.own": "Học bạ năm học {year} của {name} do chính trường này phát hành. Không cần nhận.",
    "receive.pdf": "Tệp {file} là bản PDF để xem, không phải bản học bạ để nhận. Chọn tệp XML đi cùng.",
    "receive.someone_else": "Mã trong học bạ của {name} đang là của {other}, khác cả họ tên và ngày sinh. "
    "Đối chiếu mã với giấy khai sinh trước khi nhận.",
    "receive.two_people": "Các mã trong học bạ của {name} đang là của nhiều em ở trường ({others}). "
    "Sửa mã ở trường cho đúng rồi nhận lại.",
    "receive.unchanged": "Học bạ năm học {year} của {name} đã nhận từ trước.",
    # --- programme: school years and grades that the rules cover ------------------------------------
    "programme.bad_year": "Năm học “{year}” viết chưa đúng. Hãy viết hai năm liền nhau, ví dụ 2023-2024.",
    "programme.out_of_scope": "{reason}",
    # --- workflow: stages, lookups ----------------------------------------------------------------
    "picture.unreadable": "Tệp ảnh không đọc được. Chọn một tệp PNG khác.",
    "picture.opaque": "Ảnh không có nền trong suốt nên sẽ che mất chữ. Xóa nền, lưu lại dạng PNG rồi chọn lại.",
    "picture.too_small": "Ảnh quá nhỏ hoặc trống. Chọn ảnh có nét vẽ dài từ {least} điểm ảnh trở lên.",
    "workflow.no_sealed_year": "Học bạ của {name} chưa năm nào được ký và đóng dấu đủ. Ký, đóng dấu xong rồi làm lại.",
    "workflow.school_name": "Tên trường, tên xã hoặc phường và tên tỉnh không được để trống. Ghi đủ rồi đặt lại.",
    "workflow.bad_setting": "Giá trị “{value}” không hợp với cài đặt {name}. Xem các mục bằng hocba setting list.",
    "workflow.no_milestone": "Kế hoạch không có mốc “{code}”. Chọn một trong: {known}.",
    "workflow.milestone_day": "Ngày {day} của mốc “{name}” không thuộc năm học {year}. Chọn một ngày từ tháng 8 đến hết hè năm sau.",
    "workflow.no_year": "Dữ liệu chưa có năm học {year}. Xem năm học đang mở bằng hocba status.",
    "workflow.no_setting": "Không có cài đặt “{name}”. Chọn một trong: {known}.",
    "workflow.already_signed": "Học bạ của {name} đã có chữ ký này rồi. Không ký lần nữa.",
    "workflow.no_pupil": "Không có học sinh mang mã {code} trong năm học {year}. Tìm theo tên bằng hocba pupils --search.",
    "workflow.pupil_ambiguous": "Có {count} học sinh cùng khớp với dòng của {name} nên chưa ghi. Thêm mã định danh vào dòng đó "
    "rồi nhập lại.",
    "workflow.pupil_unnamed": "Lớp {class_name} có dòng học sinh mới không có họ tên nên chưa ghi. Ghi họ tên vào tệp rồi "
    "nhập lại.",
    "workflow.stage_changed": "Lớp {name} vừa được người khác chuyển sang bước “{now}” nên việc này chưa làm. Xem lại lớp rồi "
    "quyết định làm tiếp hay không.",
    "workflow.stale": "Ô {field} vừa được người khác sửa thành “{theirs}”, khác giá trị “{yours}” đang nhập. Xem lại "
    "rồi chọn một giá trị.",
    "workflow.version_exists": "Bản {version} của học bạ này đã có. Không tạo lại; xem danh sách học bạ.",
    "workflow.version_revoked": "Bản {version} học bạ của {name} đã thu hồi nên không ký được. Tạo bản mới rồi ký.",
    "workflow.wrong_order": "Học bạ của {name} chưa đến lượt ký này. Ký theo thứ tự: giáo viên chủ nhiệm, Ban giám hiệu, "
    "con dấu.",
    "cli.bug": "Chương trình gặp lỗi chưa lường trước; dữ liệu đã ghi vẫn an toàn. Xem nhật ký và báo cho bộ phận hỗ trợ.",
    "cli.cancelled": "Đã dừng theo yêu cầu. Những gì đã xong vẫn được giữ.",
    "cli.usage": "Lệnh gõ chưa đúng. Cách dùng: {usage}",
    "workflow.already_approved": "Lớp {name} đã duyệt rồi. Cần sửa thì mở lại lớp kèm lý do.",
    "workflow.already_open": "Lớp {name} đang mở để nhập. Không cần mở lại.",
    "workflow.already_revoked": "Bản {version} học bạ của {name} đã thu hồi rồi. Tạo bản mới bằng hocba issue.",
    "workflow.already_submitted": "Lớp {name} đã chốt. Cần sửa thì nhờ Tổ công tác mở lại.",
    "workflow.bad_value": "Giá trị “{value}” không hợp với mục {field} của {name}. Xem lại rồi đặt lại.",
    "workflow.bad_year": "Năm học “{year}” chưa đúng. Ghi như 2023-2024.",
    "workflow.bind_what": "Chưa nói gắn chứng thư nào. Thêm --certificate FILE hoặc --token SERIAL.",
    "workflow.bind_whose": "Chưa rõ gắn cho ai. Ghi tên đăng nhập, hoặc --seal cho con dấu của nhà trường.",
    "workflow.cannot_read": "Không đọc được {file}: {why}. Kiểm tra quyền đọc và ổ đĩa.",
    "workflow.cannot_write": "Không ghi được {file}: {why}. Kiểm tra thư mục, quyền ghi và chỗ trống trên đĩa.",
    "workflow.class_closed": "Lớp {name} đã chốt nên không ghi thêm. Mở lại lớp kèm lý do rồi nhập.",
    "workflow.class_empty": "Lớp {name} chưa có học sinh. Nhập danh sách từ Excel trước.",
    "workflow.class_has_errors": "Lớp {name} còn {count} lỗi nên chưa chốt được. Lỗi đầu tiên: {first}",
    "workflow.class_name_odd": "Tên lớp “{name}” không cho biết khối 1 đến 5. Sửa tên lớp trong tệp.",
    "workflow.columns_of_others": "Tệp có cột của người khác, từ dòng của {name}; các cột đó không ghi. Chỉ nhập môn được phân công.",
    "workflow.destination_path": "Chưa nói thư mục của kho nhận. Ghi: hocba destination add TÊN folder THƯ_MỤC.",
    "workflow.destination_s3": "Kho nhận s3 cần --endpoint, --bucket và --access-key. Ghi đủ ba mục.",
    "workflow.future_day": "Ngày “{value}” ở mục {field} của {name} chưa tới. Xem lại ngày rồi ghi lại.",
    "workflow.module_bad": "Tệp {file} không phải trình điều khiển USB Token. Chọn đúng tệp thư viện PKCS#11 của hãng.",
    "workflow.module_machine": "Trình điều khiển {file} dành cho loại máy khác (32 bit hoặc bộ xử lý khác) nên không dùng "
    "được ở đây. Cài bản hợp với máy này.",
    "workflow.no_class": "Không có lớp {name} trong năm học {year}. Xem danh sách bằng hocba classes.",
    "workflow.no_destination": "Không có kho nhận tên {name}. Xem danh sách bằng hocba destination list.",
    "workflow.no_destination_yet": "Chưa có kho nhận nào. Thêm bằng hocba destination add rồi gửi.",
    "workflow.no_export": "Không có loại tệp “{kind}”. Chọn một trong: {known}.",
    "workflow.no_field": "Không có mục “{field}”. Chọn một trong: {known}.",
    "workflow.no_file": "Không thấy tệp {file}. Kiểm tra đường dẫn.",
    "workflow.no_first_test": "Môn {subject} ({period}) chưa có điểm lần đầu nên chưa ghi được điểm kiểm tra lại. Ghi điểm lần "
    "đầu trước.",
    "workflow.no_pupils_yet": "Tệp {file} là kết quả nhưng trường chưa có học sinh nào. Nhập danh sách học sinh trước.",
    "workflow.no_report": "Không có báo cáo “{kind}”. Chọn một trong: {known}.",
    "workflow.no_secret": "Chưa có khóa bí mật của kho nhận. Gõ ở dấu nhắc hoặc đặt biến {variable}.",
    "workflow.no_subject": "Không có môn “{subject}”. Chọn một trong: {known}.",
    "workflow.no_test": "Môn {subject} ở khối {grade} không có bài kiểm tra định kì {period} nên không ghi điểm. Ghi mức đạt "
    "được và nhận xét.",
    "workflow.not_approved": "Lớp {name} chưa duyệt nên chưa tạo học bạ. Chốt và duyệt lớp trước.",
    "workflow.not_assessed": "Khối {grade} không đánh giá {field} nên không ghi được. Xem lại tên mục.",
    "workflow.not_submitted": "Lớp {name} chưa chốt nên chưa duyệt được. Giáo viên chủ nhiệm chốt lớp trước.",
    "workflow.nothing_issued": "Học sinh có mã {code} chưa có học bạ nào. Tạo bằng hocba issue.",
    "workflow.nothing_sealed": "Năm học {year} chưa có học bạ nào đã phát hành để lưu trữ. Ký và đóng dấu trước.",
    "workflow.nothing_to_verify": "Không thấy tệp PDF hay XML nào ở {path}. Chọn tệp hoặc thư mục khác.",
    "workflow.out_of_scope": "{reason}",
    "workflow.reason_missing": "Chưa ghi lý do. Ghi lý do rồi làm lại.",
    "workflow.report_ending": "Báo cáo ghi ra .xlsx hoặc .pdf, không phải {file}. Đổi đuôi tệp.",
    "workflow.revoke_rights": "Chỉ Ban giám hiệu được thu hồi học bạ. Nhờ người có quyền, hoặc bấm Đổi người.",
    "workflow.row_other_name": "Dòng của {name} mang mã của {other}; kết quả đã ghi cho {other} theo mã. Xem lại họ tên hoặc mã trong tệp.",
    "workflow.row_unmatched": "Chưa ghép được dòng của {name} (lớp {class_name}) với học sinh nào. Xem lại mã và ngày sinh; dòng này chưa ghi.",
    "workflow.row_without_class": "Dòng của {name} không có tên lớp. Thêm cột Mã lớp, hoặc nhập với --class.",
    "workflow.school_code": "Mã trường “{code}” chưa đúng. Dùng chữ không dấu, số, gạch nối, tối đa 20 ký tự.",
    "workflow.school_unnamed": "Chưa có tên trường. Ghi tên trường rồi làm lại.",
    "workflow.skip_changed": "Dữ liệu đã khác bản {version} đã tạo. Thu hồi bản đó rồi tạo bản mới.",
    "workflow.skip_left": "Học sinh không còn học ở lớp này.",
    "workflow.skip_missing": "Còn thiếu {count} ô kết quả cuối năm. Mở lại lớp và nhập cho đủ.",
    "workflow.skip_not_approved": "Lớp {name} chưa duyệt.",
    "workflow.skip_out_of_scope": "{reason}",
    "workflow.skip_summer": "Em đang chờ đánh giá bổ sung trong hè. Tạo học bạ sau khi duyệt kết quả bổ sung.",
    "workflow.skip_unchanged": "Bản {version} vẫn đúng với dữ liệu hiện nay.",
    "workflow.value_needed": "Mục {field} của {name} không được để trống. Ghi một giá trị.",
    "workflow.verdict_revoked": "Bản {version} này đã bị nhà trường thu hồi. Hỏi trường để lấy bản thay thế.",
    # --- typed: values typed by a person ----------------------------------------------------------
    "typed.day": "Ngày “{value}” ở mục {field} của {name} chưa đúng. Ghi như 25/09/2014 hoặc 2014-09-25.",
    "typed.level": "“{value}” không phải {field} của {name}. Ghi T, H hoặc C.",
    "typed.name": "Mục {field} của {name} không có chữ số, nên “{value}” chưa ghi được. Xem lại rồi ghi bằng chữ.",
    "typed.personal_id": "Số định danh cá nhân “{value}” của {name} không đủ 12 chữ số. Ghi đúng theo giấy khai sinh.",
    "typed.score": "“{value}” không phải {field} của {name}. Ghi số nguyên từ 0 đến 10.",
    "typed.score_decimal": "Điểm “{value}” ({field} của {name}) có phần thập phân, Thông tư 27 không cho điểm thập phân. Ghi số "
    "nguyên từ 0 đến 10.",
    "typed.sex": "Giới tính “{value}” của {name} chưa đúng. Ghi Nam hoặc Nữ.",
    "typed.trait_level": "“{value}” không phải {field} của {name}. Ghi T, Đ hoặc C.",
    # --- summer: supplementary assessment and the principal's decision -----------------------------
    "summer.already_approved": "Đánh giá bổ sung của {name} đã duyệt, kết quả đã vào học bạ. Cần sửa thì mở lại lớp {class_name} "
    "kèm lý do.",
    "summer.already_listed": "{name} đã có trong danh sách đánh giá bổ sung. Xem bằng hocba summer list.",
    "summer.class_not_approved": "Lớp {class_name} chưa duyệt kết quả cuối năm nên chưa đánh giá bổ sung cho {name} được. Chốt và "
    "duyệt lớp trước.",
    "summer.closed": "Đánh giá bổ sung của {name} đã gửi duyệt nên không sửa được. Nhờ Tổ công tác trả lại bằng hocba summer "
    "return.",
    "summer.day_early": "Ngày đánh giá bổ sung của {name} ({value}) trước khi kết thúc năm học. Ghi ngày từ {first} trở đi.",
    "summer.has_errors": "Với kết quả mới, {name} còn {count} lỗi nên chưa gửi duyệt được. Lỗi đầu tiên: {first}",
    "summer.missing": "Đánh giá bổ sung của {name} còn thiếu: {missing}. Ghi bằng hocba summer set rồi gửi duyệt.",
    "summer.no_day": "Chưa có ngày đánh giá bổ sung của {name}. Ghi bằng hocba summer set {code} date NGÀY.",
    "summer.no_field": "Mục “{field}” không có trong đánh giá bổ sung. Ghi date, hoặc mức, điểm, nhận xét như TV.level, TV.score, "
    "NL_TT.level.",
    "summer.no_value": "Chưa ghi kết quả đánh giá bổ sung nào của {name}. Ghi bằng hocba summer set rồi gửi duyệt.",
    "summer.nobody": "Lớp {class_name} không có em nào để làm việc này. Xem danh sách bằng hocba summer list --class {class_name}.",
    "summer.not_candidate": "{name} không thuộc diện đánh giá bổ sung: chỉ em đang học, xếp loại Chưa hoàn thành ở lớp đã duyệt. "
    "Xem lại xếp loại của em.",
    "summer.not_needed": "{field} của {name} đã đạt nên không đánh giá bổ sung. Chỉ ghi các mục: {needed}.",
    "summer.not_listed": "{name} chưa có trong danh sách đánh giá bổ sung. Thêm em bằng hocba summer add.",
    "summer.not_submitted": "Đánh giá bổ sung của {name} chưa gửi duyệt. Gửi bằng hocba summer submit trước.",
    "summer.revoke_first": "{name} đang có bản {version} học bạ còn hiệu lực. Bản này phải thu hồi trước khi tạo bản mới theo kết "
    "quả đánh giá bổ sung.",
    "summer.whom": "Chưa rõ làm cho em nào. Ghi mã học sinh, hoặc --class và tên lớp, chỉ một trong hai.",
    "decision.day": "Ngày quyết định “{value}” chưa đúng. Ghi ngày đã qua như 20/08/2024, từ năm {first} trở đi.",
    "decision.grade_five": "{name} học lớp 5, sau lớp này không có lên lớp ở tiểu học. Chỉ ghi được --promote no.",
    "decision.not_candidate": "Hiệu trưởng chỉ quyết định lên lớp cho em xếp loại Chưa hoàn thành ở lớp đã duyệt; {name} không "
    "thuộc diện này. Xem lại xếp loại của em và lớp {class_name}.",
    "decision.number": "Số quyết định “{value}” chưa đúng. Ghi như 12/QĐ-THTH.",
    "decision.revoke_first": "{name} đang có bản {version} học bạ còn hiệu lực. Thu hồi bản này rồi tạo bản mới theo quyết định.",
    "decision.summer_first": "{name} đang chờ kết quả đánh giá bổ sung trong hè. Duyệt đánh giá đó, hoặc đưa em ra khỏi danh "
    "sách, rồi quyết định.",
    # --- gate: accepting, returning, remarks -------------------------------------------------------
    "workflow.accept_error": "“{message}” là lỗi nên không chấp nhận được. Sửa dữ liệu rồi kiểm tra lại.",
    "workflow.accept_note": "“{message}” chỉ là gợi ý nên không cần chấp nhận. Bỏ mã {id} rồi làm lại.",
    "workflow.accept_remark": "Mã {id} là nhắc nhở của Tổ công tác nên không chấp nhận như cảnh báo. Trả lời bằng "
    "hocba resolve; số của nhắc nhở xem ở hocba remarks.",
    "workflow.already_accepted": "Cảnh báo {id} đã được {by} chấp nhận với lý do “{reason}”. Muốn ghi lý do khác thì "
    "rút lại bằng hocba unaccept trước.",
    "workflow.answer_missing": "Chưa ghi câu trả lời. Ghi đã sửa gì, hoặc vì sao giữ nguyên, rồi làm lại.",
    "workflow.no_finding": "Lớp {name} không có cảnh báo mang mã {id}; có thể dữ liệu vừa đổi. Chạy lại hocba check "
    "rồi lấy mã mới.",
    "workflow.no_pupil_in_class": "Lớp {name} không có học sinh mang mã {code}. Xem mã bằng hocba pupils --class {name}.",
    "workflow.no_remark": "Năm học {year} không có nhắc nhở số {id}. Xem danh sách bằng hocba remarks.",
    "workflow.not_accepted": "Cảnh báo {id} chưa được chấp nhận nên không có gì để rút lại: {message}",
    "workflow.remark_empty": "Nhắc nhở về {code} chưa có nội dung. Ghi cần sửa gì rồi trả lại lớp.",
    "workflow.remark_on_class": "Tổ công tác nhắc lớp {name}{about}: “{content}”. Sửa rồi trả lời nhắc nhở này.",
    "workflow.remark_on_pupil": "Tổ công tác nhắc em {name}{about}: “{content}”. Sửa rồi trả lời nhắc nhở này.",
    "workflow.remark_resolved": "Nhắc nhở số {id} đã được {by} trả lời: “{answer}”. Không trả lời lần nữa.",
    "workflow.return_approved": "Lớp {name} đã duyệt nên không trả lại. Cần sửa thì mở lại lớp kèm lý do.",
    "workflow.return_empty": "Chưa nói trả lại lớp {name} vì sao. Ghi lý do, hoặc ít nhất một nhắc nhở.",
    "workflow.return_open": "Lớp {name} chưa chốt nên không có gì để trả lại. Chờ giáo viên chủ nhiệm chốt lớp.",
    # --- the window ---------------------------------------------------------------------------------
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


def text(code: str, facts: Mapping[str, object]) -> str:
    """The sentence for `code` with `facts` filled in; KeyError when a code has no sentence (a bug)."""
    return SENTENCES[code].format_map(dict(facts))


def sentence(error: UserError) -> str:
    """The one Vietnamese sentence that explains `error`."""
    return text(error.code, error.facts)
