"""Words printed on the form: headings, labels, guidance, notes (Circular 27, appendix; domain.md 2)."""

from __future__ import annotations

from datetime import date
from typing import Final

MINISTRY: Final = "BỘ GIÁO DỤC VÀ ĐÀO TẠO"
BOOK: Final = "HỌC BẠ"
LEVEL: Final = "TIỂU HỌC"

PUPIL_NAME: Final = "Họ và tên học sinh:"
SCHOOL: Final = "Trường:"
PLACES_OLD: Final = ("Xã (Phường, Thị trấn):", "Huyện (Thành phố, Quận, Thị xã):", "Tỉnh (Thành phố):")
"""Three levels of government: schools that have a district."""
PLACES_NEW: Final = ("Xã/Phường/Đặc khu:", "Tỉnh/Thành phố:")
"""Two levels, from 1 July 2025."""

GUIDANCE_TITLE: Final = "HƯỚNG DẪN GHI HỌC BẠ"
GUIDANCE: Final = (
    "Học bạ dùng để ghi kết quả tổng hợp đánh giá cuối năm học của học sinh. Khi ghi học bạ, giáo viên "
    "cần nghiên cứu kĩ Quy định đánh giá học sinh tiểu học ban hành kèm theo Thông tư số 27/2020/TT-BGDĐT "
    "ngày 04 tháng 9 năm 2020 của Bộ trưởng Bộ Giáo dục và Đào tạo.",
    "**1. Trang 3:** ghi theo giấy khai sinh của học sinh.",
    "**2. Mục “1. Các môn học và hoạt động giáo dục”**",
    "– Trong cột “Mức đạt được”: ghi kí hiệu T nếu học sinh đạt mức “Hoàn thành tốt”; H nếu học sinh đạt "
    "mức “Hoàn thành” hoặc C nếu học sinh ở mức “Chưa hoàn thành”.",
    "– Trong cột “Điểm KTĐK”: đối với các môn học có bài kiểm tra định kì, ghi điểm số của bài kiểm tra "
    "cuối năm học; đối với học sinh được kiểm tra lại, ghi điểm số của bài kiểm tra lần cuối.",
    "– Trong cột “Nhận xét”: ghi những điểm nổi bật về sự tiến bộ, năng khiếu, hứng thú học tập đối với "
    "các môn học, hoạt động giáo dục của học sinh; nội dung, kĩ năng chưa hoàn thành trong từng môn học, "
    "hoạt động giáo dục cần được khắc phục, giúp đỡ (nếu có).",
    "**3. Mục “2. Những phẩm chất chủ yếu” và mục “3. Những năng lực cốt lõi”**",
    "– Trong cột “Mức đạt được” tương ứng với từng nội dung đánh giá về phẩm chất, năng lực: ghi kí hiệu "
    "T nếu học sinh đạt mức “Tốt”; Đ nếu học sinh đạt mức “Đạt” hoặc C nếu học sinh ở mức “Cần cố gắng”.",
    "– Trong cột “Nhận xét” tương ứng với nội dung đánh giá về phẩm chất: ghi các biểu hiện nổi bật của "
    "học sinh. Ví dụ: Đi học đầy đủ, đúng giờ; mạnh dạn khi thực hiện nhiệm vụ học tập, trình bày ý kiến "
    "cá nhân; biết giữ lời hứa; tôn trọng và biết giúp đỡ mọi người;…",
    "– Trong cột “Nhận xét” tương ứng với nội dung đánh giá về năng lực chung: ghi các biểu hiện nổi bật "
    "của học sinh. Ví dụ: Biết vệ sinh thân thể, ăn mặc gọn gàng; chủ động, phối hợp trong học tập; có "
    "khả năng tự học;…",
    "– Trong cột “Nhận xét” tương ứng với nội dung đánh giá về năng lực đặc thù: ghi các biểu hiện nổi "
    "bật của học sinh. Ví dụ: Sử dụng ngôn ngữ lưu loát trong cuộc sống và học tập, biết tư duy, lập luận "
    "và giải quyết một số vấn đề toán học quen thuộc;…",
    "**4. Mục “4. Đánh giá kết quả giáo dục”:** ghi một trong bốn mức: “Hoàn thành xuất sắc”; “Hoàn thành "
    "tốt”; “Hoàn thành”; “Chưa hoàn thành”.",
    "**5. Mục “5. Khen thưởng”:** ghi những thành tích mà học sinh được khen thưởng trong năm học. Ví dụ: "
    "Đạt danh hiệu Học sinh Xuất sắc; Đạt danh hiệu Học sinh Tiêu biểu hoàn thành tốt trong học tập và "
    "rèn luyện; Đạt giải Nhì hội giao lưu An toàn giao thông cấp huyện;…",
    "**6. Mục “6. Hoàn thành chương trình lớp học/chương trình tiểu học”:** ghi Hoàn thành chương trình "
    "lớp …… hoặc chương trình tiểu học; Chưa hoàn thành chương trình lớp ……; Được lên lớp hoặc Chưa được "
    "lên lớp. Ví dụ: Hoàn thành chương trình lớp 2; Được lên lớp 3; Hoàn thành chương trình tiểu học.",
    "Học bạ được nhà trường bảo quản và trả lại cho học sinh khi học sinh chuyển trường hoặc học xong cấp "
    "tiểu học.",
)
"""Paragraphs of page 2; the part between double asterisks stands in bold."""

SEX: Final = "Giới tính:"
BIRTH_DATE: Final = "Ngày, tháng, năm sinh:"
ETHNICITY: Final = "Dân tộc:"
NATIONALITY: Final = "Quốc tịch:"
BIRTH_PLACE: Final = "Nơi sinh:"
HOMETOWN: Final = "Quê quán:"
RESIDENCE: Final = "Nơi ở hiện nay:"
FATHER: Final = "Họ và tên cha:"
MOTHER: Final = "Họ và tên mẹ:"
GUARDIAN: Final = "Người giám hộ (nếu có):"
HISTORY_TITLE: Final = "QUÁ TRÌNH HỌC TẬP"
HISTORY_HEADS: Final = ("Năm học", "Lớp", "Tên trường", "Số đăng bộ", "Ngày nhập học/\nchuyển đến")
HEADMASTER: Final = "HIỆU TRƯỞNG"
HEADMASTER_NOTE: Final = "(Ký, ghi rõ họ tên và đóng dấu)"
TEACHER_NOTE: Final = "(Ký, ghi rõ họ tên)"
SIGNED_ELSEWHERE: Final = "Xác nhận bằng chữ ký số ở trang cuối"
SIGNED_EACH_YEAR: Final = "Xác nhận bằng chữ ký số của từng năm học"

RUNNING_HISTORY: Final = "{name} – Quá trình học tập (tiếp theo)"
RUNNING_HEAD: Final = "{name} – Lớp {class_name} – Năm học {year} (tiếp theo)"
CLASS: Final = "Lớp:"
HEIGHT: Final = "Chiều cao:"
WEIGHT: Final = "Cân nặng:"
EXCUSED: Final = "Số ngày nghỉ có phép:"
UNEXCUSED: Final = "Số ngày nghỉ không phép:"
YEAR: Final = "Năm học"
SUBJECTS_TITLE: Final = "1. Các môn học và hoạt động giáo dục"
SUBJECT_HEADS: Final = ("Môn học và\nhoạt động giáo dục", "Mức\nđạt được", "Điểm\nKTĐK", "Nhận xét")
QUALITIES_TITLE: Final = "2. Những phẩm chất chủ yếu"
QUALITY_HEADS: Final = ("Phẩm chất", "Mức đạt được", "Nhận xét")
COMPETENCIES_TITLE: Final = "3. Những năng lực cốt lõi"
GENERAL_TITLE: Final = "3.1. Những năng lực chung"
SPECIFIC_TITLE: Final = "3.2. Những năng lực đặc thù"
COMPETENCY_HEADS: Final = ("Năng lực", "Mức đạt được", "Nhận xét")
GROUP_COMMENT: Final = "Nhận xét chung"
RESULT_TITLE: Final = "4. Đánh giá kết quả giáo dục:"
AWARDS_TITLE: Final = "5. Khen thưởng:"
COMPLETION_TITLE: Final = "6. Hoàn thành chương trình lớp học/chương trình tiểu học:"
DECISION: Final = "(Theo Quyết định {decision})"
LEADER_HEADING: Final = "Xác nhận của Hiệu trưởng"
TEACHER_HEADING: Final = "Giáo viên chủ nhiệm"

TITLE_LINE: Final = "Học bạ tiểu học – {name} – Năm học {year}"
SUBJECT_LINE: Final = "Lớp {class_name} – mã học bạ {id} – phiên bản {version}"
SUMMARY_TITLE: Final = "BẢNG TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ GIÁO DỤC"
SUMMARY_LINE: Final = "{period} – Lớp {class_name} – Năm học {year}"
SUMMARY_LEADER: Final = "Hiệu trưởng"
SUMMARY_KEY: Final = (
    "Môn học và hoạt động giáo dục: T: Hoàn thành tốt; H: Hoàn thành; C: Chưa hoàn thành. "
    "Phẩm chất, năng lực: T: Tốt; Đ: Đạt; C: Cần cố gắng."
)

REPORT: Final = "Báo cáo"
DRAFT: Final = "BẢN NHÁP"
DRAFT_FOOT: Final = "Bản nháp để xem trước: không có giá trị và không ký được."
FOOT: Final = "Bản thể hiện của học bạ số. Bản gốc là tệp dữ liệu XML có chữ ký số, đính kèm trong tệp này."
FOOT_CODES: Final = "Mã học bạ: {id} – Phiên bản: {version} – Mã băm SHA-256 của dữ liệu XML: {hash}"
BOOKLET_FOOT: Final = (
    "Tập học bạ để xem và in, tổng hợp từ các học bạ số đã ký; tập này không mang chữ ký số. "
    "Bản gốc đính kèm trong tệp này."
)
BOOKLET_TITLE: Final = "Học bạ tiểu học – {name} – {years}"
SOURCES_TITLE: Final = "CÁC HỌC BẠ SỐ TRONG TẬP NÀY"
SOURCES_NOTE: Final = (
    "Mỗi năm học có một học bạ số đã ký riêng. Giá trị pháp lí thuộc về các tệp dữ liệu XML đã ký, đính kèm "
    "trong tệp PDF này; mã băm dưới đây để so lại với tệp gốc."
)
SOURCES_HEADS: Final = ("Năm học", "Lớp", "Mã học bạ", "Phiên\nbản", "SHA-256 của tệp XML đã ký")
SIGNED_MARK: Final = "Đã ký số"
SEALED_MARK: Final = "Đã đóng dấu số"
FOOT_LOOKUP: Final = "Mã tra cứu: {code}"
LOOKUP_TITLE: Final = "Mã tra cứu:"
LOOKUP_NOTE: Final = (
    "Kiểm tra bản in: quét mã QR hoặc gõ mã tra cứu vào phần mềm Học bạ số",
    "của trường phát hành để biết bản này còn hiệu lực, đã thay hay đã thu hồi.",
)
LOOKUP_ALT: Final = "Mã QR tra cứu học bạ, cùng nội dung với mã tra cứu {code}"
PAGE: Final = "Trang {page}/{pages}"
FIELD_TITLES: Final = {
    "GVCN": "Chữ ký số của giáo viên chủ nhiệm",
    "CBQL": "Chữ ký số của hiệu trưởng hoặc phó hiệu trưởng",
    "PHATHANH": "Chữ ký số phát hành của nhà trường",
}
ATTACHMENT: Final = "Dữ liệu học bạ số (XML)"


def numeric_date(day: date | None) -> str:
    """09/03/2016; empty when unknown."""
    return day.strftime("%d/%m/%Y") if day else ""


def place_and_date(place: str, day: date | None) -> str:
    """Date line of a signature block; days below 10 and the first two months with a leading zero."""
    where = place or "…………………"
    if day is None:
        return f"{where}, ngày …… tháng …… năm 20……"
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{where}, ngày {day.day:02} tháng {month} năm {day.year}"


def school_year(year: str) -> str:
    """ "2023-2024" as the form writes it: 2023 – 2024."""
    return year.replace("-", " – ")


def measure(value: float | None, unit: str) -> str:
    """118,5 cm; empty when unknown."""
    return "" if value is None else f"{value:g}".replace(".", ",") + f" {unit}"
