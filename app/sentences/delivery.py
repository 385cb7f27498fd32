"""Sentences about archive, destinations, outbox, transcripts of other schools."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
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
    "delivery.held": "Việc gửi tới {place} đang tạm dừng. Bấm “Gửi tiếp” ở hộp gửi khi muốn gửi lại.",
    "delivery.ids_needed": "Chưa ghi số của mục nào. Xem số ở cột đầu của hộp gửi rồi ghi sau lệnh.",
    "delivery.no_bucket": "Kho nhận {place} không có ngăn chứa ghi trong thiết lập. Hộp gửi tạm dừng. "
    "Kiểm tra lại tên ngăn chứa của nơi nhận.",
    "delivery.no_item": "Trong hộp gửi không có mục số {number}. Xem lại danh sách rồi chọn lại.",
    "delivery.no_proof": "Kho nhận chưa xác nhận đã lưu đúng {key}. Chưa tính là đã gửi, sẽ tự gửi lại.",
    "delivery.no_reason": "Chưa ghi lý do hủy gửi. Ghi lý do rồi hủy.",
    "delivery.no_receipts": "Trong {place} không có biên nhận nào của trường. "
    "Chọn đúng thư mục mà nơi nhận đã ghi biên nhận vào.",
    "delivery.not_a_bag": "Thư mục {place} không phải kho lưu trữ (thiếu hoặc hỏng tệp bagit.txt). "
    "Chọn đúng thư mục kho.",
    "delivery.nothing_to_carry": "Không còn học bạ nào chờ gửi nên không có gì để xuất ra USB.",
    "delivery.offline": "Chưa tới được kho nhận {place}. Học bạ vẫn nằm chờ và sẽ tự gửi khi có mạng.",
    "delivery.rejected": "Kho nhận {place} từ chối {key} (mã {status}). "
    "Hỏi nơi nhận lý do rồi quyết định gửi lại.",
    "delivery.server": "Kho nhận {place} đang trục trặc (mã {status}). Học bạ vẫn nằm chờ và sẽ tự gửi lại.",
    "delivery.source_damaged": "Học bạ {pupil} (lớp {class_name}) trong dữ liệu không còn đúng "
    "mã SHA-256 đã ghi. Chưa đưa vào kho. Xác minh rồi khôi phục từ bản sao lưu.",
    "delivery.stick_denied": "Không ghi được vào {place}. Phần đã ghi xong vẫn giữ, học bạ còn lại nằm chờ. "
    "Mở khóa ghi của USB hoặc chọn thư mục khác rồi xuất tiếp.",
    "delivery.stick_failed": "Ghi vào {place} chưa được: {reason}. "
    "Phần đã ghi xong vẫn giữ, học bạ còn lại nằm chờ. Đổi USB khác rồi xuất tiếp.",
    "delivery.stick_full": "Hết chỗ ở {place}. Phần đã ghi xong vẫn giữ, học bạ còn lại nằm chờ. "
    "Dọn chỗ hoặc cắm USB khác rồi xuất tiếp.",
    "delivery.stick_pulled": "Không còn thấy {place}. Phần đã ghi xong vẫn giữ, học bạ còn lại nằm chờ. "
    "Cắm lại USB rồi xuất tiếp.",
    "delivery.stick_small": "{place} chỉ còn trống {free}, cần {needed}. Chưa ghi gì. "
    "Dọn chỗ hoặc cắm USB khác.",
    "delivery.wrong_region": "Kho nhận {place} nằm ở vùng khác với thiết lập. Hộp gửi tạm dừng. "
    "Kiểm tra lại vùng của nơi nhận.",
    # --- receive: transcripts of other schools ----------------------------------------------------
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
}
