"""Sentences about stages, lookups, typed values, summer, the gate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    # --- programme: school years and grades that the rules cover ----------------------------------
    "programme.bad_year": "Năm học “{year}” viết chưa đúng. Hãy viết hai năm liền nhau, ví dụ 2023-2024.",
    "programme.out_of_scope": "{reason}",
    # --- steps: undo and redo ---------------------------------------------------------------------
    "step.nothing": "Ở đây không còn gì để hoàn tác hoặc làm lại. Xem Lịch sử thay đổi để biết các lần sửa trước.",
    "step.other_year": "Bước “{title}” thuộc năm học {year}, không phải năm học đang mở. Mở năm học đó rồi hoàn tác.",
    "step.renumbered": "Học sinh của bước này đã bị xóa hoặc nhập lại từ sau đó nên chưa ghi gì. Mở lớp rồi sửa trực tiếp.",
    "step.stale": "{field} của {name} đã đổi thành “{theirs}” từ sau bước này nên chưa ghi lại “{yours}”. "
    "Mở ô đó rồi chọn một giá trị.",
    "step.used": "Hồ sơ của {name} đã có thay đổi khác từ sau bước này nên chưa ghi gì. "
    "Xem Lịch sử thay đổi của học sinh rồi sửa trực tiếp.",
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
    "workflow.code_taken": "Mã {code} trong tệp đang là mã của {name} nên chưa ghép. Sửa mã trong tệp, hoặc bỏ qua dòng này.",
    "workflow.import_changed": "Tệp {file} hoặc dữ liệu đã khác lúc xem trước nên chưa ghi gì từ tệp này. "
    "Xem trước lại rồi ghi.",
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
    "workflow.no_version": "Học bạ của em có mã {code} không có bản {version}. Chọn một bản trong danh sách các bản.",
    "workflow.not_approved": "Lớp {name} chưa duyệt nên chưa tạo học bạ. Chốt và duyệt lớp trước.",
    "workflow.not_assessed": "Khối {grade} không đánh giá {field} nên không ghi được. Xem lại tên mục.",
    "workflow.not_submitted": "Lớp {name} chưa chốt nên chưa duyệt được. Giáo viên chủ nhiệm chốt lớp trước.",
    "workflow.nothing_issued": "Học sinh có mã {code} chưa có học bạ nào. Tạo bằng hocba issue.",
    "workflow.nothing_sealed": "Năm học {year} chưa có học bạ nào đã phát hành để lưu trữ. Ký và đóng dấu trước.",
    "workflow.nothing_to_verify": "Không thấy tệp PDF hay XML nào ở {path}. Chọn tệp hoặc thư mục khác.",
    "workflow.out_of_scope": "{reason}",
    "workflow.reason_missing": "Chưa ghi lý do. Ghi lý do rồi làm lại.",
    "workflow.journal_ending": "Nhật ký ghi ra tệp .xlsx, không phải {file}. Đổi đuôi tệp.",
    "workflow.journal_long": "Có {count} mục nhật ký, một tệp Excel chỉ chứa được {most}. Thu hẹp khoảng ngày rồi xuất lại.",
    "workflow.report_ending": "Báo cáo ghi ra .xlsx hoặc .pdf, không phải {file}. Đổi đuôi tệp.",
    "workflow.revoke_rights": "Chỉ Ban giám hiệu được thu hồi học bạ. Nhờ người có quyền, hoặc bấm Đổi người.",
    "workflow.row_lookalike": "{name} có họ tên và ngày sinh giống {other} (lớp {where}) nhưng khác mã. Ghép với em đó, "
    "hoặc thêm em mới.",
    "workflow.row_other_name": "Dòng của {name} mang mã của {other}; kết quả đã ghi cho {other} theo mã. Xem lại họ tên hoặc mã trong tệp.",
    "workflow.row_unmatched": "Chưa ghép được dòng của {name} (lớp {class_name}) với học sinh nào. Xem lại mã và ngày sinh; dòng này chưa ghi.",
    "workflow.row_without_class": "Dòng của {name} không có tên lớp. Thêm cột Mã lớp, hoặc nhập với --class.",
    "workflow.school_code": "Mã trường “{code}” chưa đúng. Dùng chữ không dấu, số, gạch nối, tối đa 20 ký tự.",
    "workflow.school_unnamed": "Chưa có tên trường. Ghi tên trường rồi làm lại.",
    "workflow.seen_revoked": "Bản {version} học bạ của {name} đã thu hồi nên không ghi là đã xem. Tạo bản mới rồi xem.",
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
    # --- summer: supplementary assessment and the principal's decision ----------------------------
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
    # --- gate: accepting, returning, remarks ------------------------------------------------------
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
    # --- years: roll-over and its undo --------------------------------------------------------------
    "years.backing_up": "Đang sao lưu trước khi chuyển",
    "years.bad_choice": "Không chuyển {name} vào lớp “{class_name}” được. Chọn một lớp cùng khối hoặc khối trên trong "
    "danh sách.",
    "years.moving": "Đang chuyển lớp {class_name}",
    "years.nobody": "Không còn học sinh nào của năm học {year} để chuyển sang năm học {to}. Xem lại các em chưa quyết định.",
    "years.not_later": "Năm học {year} không sau năm học {now}. Chọn một năm học sau.",
    "years.nothing_to_undo": "Chưa có lần chuyển năm nào để hoàn tác.",
    "years.reason_assumed": "Khối {grade} năm này không làm học bạ số ở đây nên mặc định lên lớp.",
    "years.reason_assumed_last": "Khối {grade} năm này không làm học bạ số ở đây nên mặc định học xong tiểu học.",
    "years.reason_chosen": "Chọn tay. {before}",
    "years.reason_no_class": "Chưa có xếp loại cuối năm. Ghi xếp loại rồi chuyển sau, hoặc chọn ở đây.",
    "years.reason_no_promotion": "Chưa ghi được lên lớp hay không. Ghi ở kết quả cuối năm, hoặc chọn ở đây.",
    "years.reason_not_completed": "Chưa hoàn thành chương trình lớp {grade}. Chờ đánh giá bổ sung hoặc quyết định của hiệu trưởng.",
    "years.reason_primary": "Hoàn thành chương trình tiểu học.",
    "years.reason_stays": "Chưa được lên lớp.",
    "years.reason_summer": "Đang chờ kết quả đánh giá bổ sung trong hè.",
    "years.reason_there": "Đã có trong năm học mới.",
    "years.stale": "Dữ liệu năm học {year} vừa thay đổi nên chưa chuyển em nào. Xem lại kế hoạch rồi chuyển.",
    "years.step": "Chuyển {count} học sinh sang năm học {year}",
    "years.used": "Không hoàn tác chuyển năm được vì năm học {year} đã có: {found}. Sửa từng em ở Lớp và học sinh.",
}
