"""Sentences about making XML and PDF, the code on a page, signing and verifying."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
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
    "signing.no_token_at_all": "Chưa thấy USB Token nào trong máy. Cắm token của người ký, hoặc nhờ quản trị thêm trình điều khiển ở Thiết lập, Ký số.",
    "signing.not_bound": "Chưa biết chứng thư của người ký cho {name} ({class_name}). Nhờ quản trị gắn ở Thiết lập, Ký số rồi ký.",
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
    # --- code: the code printed on a page ---------------------------------------------------------
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
}
