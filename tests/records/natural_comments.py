"""Comments as teachers write them, invented: none of them is a mistake. Models: domain 2.5."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.records.types import Sex


class Sample(NamedTuple):
    """A comment on a field with a level ("" for groups), for a pupil of either sex when `sex` is None."""

    field: str
    level: str
    text: str
    sex: Sex | None = None


# Field and level, then one comment a line; "nam:" and "nữ:" say whose it is.
_TEXT = """
# TV T
Em đọc to, rõ ràng, lưu loát; viết chữ đẹp, trình bày sạch sẽ.
Đọc diễn cảm tốt, hiểu sâu nội dung bài; viết câu văn giàu hình ảnh.
Em học tốt môn Tiếng Việt. Cần phát huy.
Kĩ năng đọc, viết tốt; cần luyện thêm kể chuyện cho hấp dẫn hơn.
Đọc trôi chảy, chữ viết đều nét. Em cần cẩn thận hơn khi viết chính tả.
Em có vốn từ phong phú, biết dùng từ đặt câu; cần cố gắng hơn nữa ở phần tập làm văn.
Đôi khi em viết còn chậm nhưng bài làm luôn đủ ý.
Đầu năm em đọc còn chậm, nay đã đọc lưu loát, ngắt nghỉ đúng chỗ.
Em không còn đọc chậm như trước; viết đúng chính tả.
Biết hỏi thầy cô khi chưa hiểu bài; đọc hiểu tốt.
Em luôn mạnh dạn hỏi những điều chưa biết.
Biết giúp đỡ các bạn đọc còn yếu; đọc tốt, viết đẹp.
Em nhiệt tình kèm bạn còn chậm trong nhóm đọc.
Chưa bao giờ em quên làm bài; đọc và viết tốt.
Không có bài nào chưa hoàn thành, chữ viết nắn nót.
Nắm chắc kiến thức; kể lại được câu chuyện “Cậu bé thông minh” bằng lời của mình.
Đọc phân vai rất hay, nhập vai cô bé trong truyện tự nhiên.
Kể lại truyện "Cô bé quàng khăn đỏ" hấp dẫn, đúng giọng nhân vật.
Em đọc thuộc bài thơ Thằng Bờm, hiểu ý nghĩa câu chuyện.
Em chịu khó mày mò tìm hiểu nghĩa của từ khó.
Em đọc được truyện Ngu Công dời núi và nêu được ý nghĩa.
Hiểu bài nhanh, trả lời đúng trọng tâm câu hỏi; phát âm đúng các tiếng có âm đầu l/n, s/x, tr/ch.
Em có tiến bộ vượt bậc: đọc tốt, viết tốt, nói tự tin!
Cô rất vui vì em đọc sách mỗi ngày. Chúc mừng em!
Em biết đọc sách và yêu quý nó như người bạn.
Con đọc bài lưu loát, viết chữ sạch đẹp. Cô khen con.
Bạn đọc tốt, biết lắng nghe và nhận xét bài của bạn khác.
Viết đúng, đẹp, đều nét (cỡ chữ nhỏ).
Em kể hay về Thánh Gióng, chàng trai làng Phù Đổng; nhớ câu mở đầu “Đời Hùng Vương thứ sáu.”
Em kể chuyện Tấm Cám, cô gái hiền lành chăm chỉ, rất cuốn hút (cả lớp đều thích nghe.)
# TV H
Đọc bài tương đối trôi chảy; cần luyện viết thêm ở nhà.
Em đọc đúng nhưng còn chậm, cần luyện đọc thêm mỗi ngày.
Viết được đoạn văn ngắn; còn mắc nhiều lỗi chính tả, cần rèn thêm.
Nắm được kiến thức cơ bản, có cố gắng trong học tập.
Hoàn thành bài học; trình bày bài chưa sạch đẹp.
Em đọc được bài, hiểu nội dung; chữ viết chưa đều nét.
Có tiến bộ trong đọc hiểu, cần mạnh dạn phát biểu hơn.
Biết dùng dấu câu; đôi lúc còn viết sai dấu hỏi, dấu ngã.
Em còn nhút nhát, cần tự tin hơn khi đọc trước lớp.
Chữ viết rõ ràng, biết trả lời câu hỏi về nội dung bài đọc.
Em có ý thức rèn chữ, giữ vở; cần đọc nhanh hơn.
Bước đầu biết viết câu đủ ý, cần dùng từ chính xác hơn.
# TV C
Em đọc còn chậm, cần luyện đọc nhiều hơn ở nhà.
Chưa nắm chắc âm, vần; cần được thầy cô và gia đình giúp đỡ thêm.
Em chưa viết được đoạn văn; cần cố gắng rèn luyện trong hè.
Đọc chưa thành thạo, cần rèn đọc hằng ngày.
Còn lúng túng khi viết câu; em cần luyện tập thêm.
Em có cố gắng nhưng chưa hoàn thành tốt phần viết.
Cần ôn lại bảng chữ cái và tập ghép vần cùng bố mẹ.
# TOAN T
Em tính toán nhanh, chính xác; giải tốt các bài toán có lời văn.
Nắm vững các phép tính cộng, trừ, nhân, chia trong phạm vi đã học.
Nhận biết tốt các yếu tố hình học, tính được chu vi và diện tích.
Thực hiện thành thạo phép cộng và trừ hỗn số.
Em có tư duy lô-gíc, trình bày khoa học. Rất đáng khen!
Em làm toán cẩn thận, điểm kiểm tra đạt 9,5 làm tròn thành 10.
So sánh số tốt: biết điền dấu >, <, = vào chỗ chấm.
Biết so sánh 3 < 5 và 7 > 2, tính nhẩm nhanh.
Tiếp thu bài nhanh, vận dụng linh hoạt vào thực tế; không còn yếu phép chia.
Không hề chậm khi tính nhẩm, kết quả luôn chính xác.
Một vài bài toán khó em chưa làm được nhưng em không nản.
Bài kiểm tra chưa đạt điểm tối đa nhưng em nắm chắc kiến thức.
Em đã khắc phục tình trạng tính toán còn chậm, nay tính nhanh và đúng.
Nắm chắc kiến thức, làm bài cẩn thận; cần phát huy.
Hoàn thành tốt nội dung môn học, say mê giải toán vui.
Biết xem đồng hồ, đổi đơn vị ki-lô-gam ra gam, mi-li-mét ra xăng-ti-mét.
Em rất thích học toán, điểm mạnh là hình học, điểm yếu đang được rèn thêm.
Chủ yếu làm đúng, ít khi nhầm lẫn; tự tin lên bảng.
Thuộc bảng nhân 6, 7, 8, 9; tính nhanh.
Đặt tính đúng, tính đúng, trình bày sạch.
# TOAN H
Hoàn thành các bài tập cơ bản; cần rèn thêm kĩ năng giải toán có lời văn.
Thực hiện được phép nhân, phép chia; còn nhầm lẫn khi đổi đơn vị đo.
Em làm được bài tập nhưng tính còn chậm.
Biết đặt tính, có lúc tính chưa cẩn thận.
Thuộc bảng cửu chương, cần vận dụng nhanh hơn.
Nhận dạng được các hình đã học, vẽ được đoạn thẳng.
Em tích cực làm bài, đôi khi còn phụ thuộc vào bạn.
Có nhiều tiến bộ so với học kì I.
Cần đọc kĩ đề bài trước khi giải.
# TOAN C
Em chưa thuộc bảng nhân, cần ôn luyện thêm.
Thực hiện phép tính còn sai nhiều; cần kèm cặp thêm trong hè.
Em cần cố gắng học thuộc bảng cộng và bảng trừ.
Tiếp thu chậm, chưa giải được bài toán có lời văn.
Còn nhầm lẫn giữa chu vi và diện tích, cần thực hành nhiều.
# NN1 T
Phát âm chuẩn, mạnh dạn giao tiếp bằng tiếng Anh.
Em nghe hiểu tốt, nói tự tin; thuộc từ vựng theo chủ đề.
Tích cực xây dựng bài, viết câu đúng ngữ pháp.
Em dùng tốt mẫu câu What's your name? và How old are you?
# NN1 H
Nghe hiểu câu đơn giản; cần luyện phát âm thêm.
Nhớ được từ vựng cơ bản, còn rụt rè khi nói.
Viết được câu ngắn theo mẫu.
# NN1 C
Chưa nhớ từ vựng, em cần học bài thường xuyên hơn.
# LSDL T
Nêu được các sự kiện lịch sử tiêu biểu, tự hào về truyền thống của cha ông ta.
Chỉ đúng vị trí tỉnh Bình Thuận và tỉnh An Giang trên bản đồ.
Em kể rành mạch về Hai Bà Trưng, Lý Thường Kiệt và Trần Hưng Đạo.
Em yêu quê hương, đất nước Việt Nam, biết giữ gìn cảnh đẹp.
# LSDL H
Đọc được lược đồ đơn giản, nhớ một số mốc lịch sử.
Nêu được đặc điểm thiên nhiên của vùng Nam Bộ.
# KH T
Em thích làm thí nghiệm, phân biệt được dung dịch và hỗn hợp.
Giải thích được các hiện tượng tự nhiên, nêu được vai trò của chất béo và chất đạm.
Hiểu vai trò của hệ thần kinh, biết phòng tránh bệnh béo phì.
Biết trồng và chăm sóc cây, hiểu nó cần ánh sáng, nước và không khí.
# KH H
Nêu được cách phòng bệnh; cần quan sát kĩ hơn khi làm thí nghiệm.
Biết bảo vệ môi trường xung quanh.
# TIN T
Sử dụng chuột, bàn phím thành thạo; soạn thảo văn bản nhanh.
Biết lưu tệp, tạo bài trình chiếu đẹp; giữ gìn máy tính không hư hỏng.
# TIN H
Thực hiện được các thao tác cơ bản, gõ phím còn chậm.
# CN T
Khéo tay, làm được nhiều sản phẩm thủ công đẹp.
Sử dụng dụng cụ an toàn, biết bảo quản đồ dùng khi bị hư.
# CN H
Lắp ghép được mô hình theo hướng dẫn.
# DD T
Lễ phép, vâng lời thầy cô; biết giúp đỡ bạn khuyết tật.
Em biết phê phán thói lười biếng và gian lận.
Không lười biếng, luôn hoàn thành việc được giao.
Ngoan ngoãn, không nói dối, không vô lễ với người lớn.
Biết nhận lỗi và sửa lỗi, không giấu dốt.
Em không đồng tình với hành vi ích kỉ, biết chia sẻ cùng mọi người.
Em có ước mơ đẹp: mai sau trở thành bác sĩ chữa bệnh cho mọi người.
Hạnh kiểm tốt, chăm ngoan, được bạn bè yêu mến.
Không làm hư hỏng đồ dùng, sách vở của lớp; biết nói không với thói gian dối.
Em đã hết bướng bỉnh, bớt lười biếng hơn và ngoan hơn trước.
# DD H
Biết chào hỏi lễ phép; cần giữ trật tự trong giờ học.
Em còn nghịch ngợm, cần chú ý nghe giảng hơn.
# TNXH T
Biết quan sát, nêu được ích lợi của cây và con vật, yêu thích nó.
Nói được tên, nơi sống của một số con vật: gà, vịt, bò,...
Em biết giữ vệ sinh thân thể, phòng tránh tai nạn...
# TNXH H
Kể được các thành viên trong gia đình, biết yêu thương anh, chị, em.
# GDTC T
Tập đúng động tác, nhanh nhẹn, khéo léo; tích cực tham gia trò chơi.
Có năng khiếu thể thao: chạy nhanh, bật xa, ném bóng chính xác.
An toàn là điều em luôn nhớ khi tập luyện.
# GDTC H
Thực hiện được bài tập; sức bền còn hạn chế.
# AN T
Hát đúng giai điệu, thuộc lời ca; gõ đệm đúng nhịp.
Em đọc đúng các nốt đồ, rê, mi, pha, son; biểu diễn tự tin.
Hát hay bài Bác Hồ - Người cho em tất cả.
# AN H
Thuộc lời bài hát; cần giữ nhịp ổn định hơn.
# MT T
Phối màu hài hòa, vẽ được khuôn mặt với lông mày, đôi mắt có thần.
Em vẽ bức tranh chàng trai cày ruộng rất đẹp.
Em có óc thẩm mĩ, nét vẽ thanh tao.
# MT H
Vẽ đúng chủ đề, tô màu còn lem một chút.
# HDTN T
Tham gia tích cực các hoạt động tập thể; biết làm việc nhóm.
Bình tĩnh, tự tin khi trình bày trước tập thể.
Dũng cảm nhận lỗi, mạnh dạn nêu ý kiến.
Em chơi hòa đồng với các bạn gái và bạn trai trong lớp.
Biết tự chăm sóc bản thân, trông em gái giúp mẹ.
Em cùng mẹ nấu ăn, giúp bà quét nhà, nhặt rau…
# HDTN H
Biết giữ vệ sinh chung; cần mạnh dạn hơn khi hợp tác.
# YN T
Yêu trường lớp, quê hương, đất nước; kính trọng thầy cô giáo.
# NA T
Biết yêu thương, giúp đỡ bạn bè; quan tâm đến bạn yếu hơn mình.
nam: Hòa nhã, nhường nhịn các bạn gái trong lớp.
# CC T
Chăm chỉ học tập, chịu khó tìm tòi; đi học đầy đủ.
Chưa bao giờ đi học muộn, luôn chuẩn bị bài trước khi đến lớp.
# CC Đ
Đôi khi chưa tự giác học bài, cần cố gắng hơn.
# CC C
Còn ham chơi, chưa chăm học; cần tự giác hơn.
# TT T
Trung thực, thật thà; biết nhận lỗi khi làm sai.
# TN T
Có trách nhiệm với công việc được giao, giữ gìn của công.
# TCTH Đ
Biết chuẩn bị đồ dùng học tập, cần chủ động hơn trong giờ tự học.
# GTHT T
Giao tiếp tự tin, biết lắng nghe và chia sẻ với mọi người.
# GQVD Đ
Biết nêu thắc mắc khi gặp khó khăn, cần tự tìm cách giải quyết.
# NL_TT C
Tính toán còn chậm, cần luyện tập thường xuyên.
# PC
Đi học đầy đủ, đúng giờ; mạnh dạn khi thực hiện nhiệm vụ học tập, trình bày ý kiến cá nhân; biết giữ lời hứa…
Tôn trọng và biết giúp đỡ mọi người; lễ phép, kính trọng ông bà, cha mẹ.
Em ngoan, đoàn kết với bạn bè, giúp đỡ các bạn còn yếu trong lớp.
Luôn có trách nhiệm trong công việc chung. Cháu ngoan Bác Hồ.
# NLC
Biết vệ sinh thân thể, ăn mặc gọn gàng; chủ động, phối hợp trong học tập; có khả năng tự học.
Có khả năng tự học; mạnh dạn hỏi bạn, hỏi thầy cô khi chưa hiểu.
Em tự tin, biết hợp tác; cần chủ động hơn khi làm việc nhóm.
# NLDT
Sử dụng ngôn ngữ lưu loát trong cuộc sống và học tập, biết tư duy, lập luận đơn giản.
Tính toán nhanh, vận động khéo léo; yêu thích cái đẹp.
# TV T
nữ: Cô bé thông minh, ham học hỏi, đọc bài lưu loát.
nữ: Em là một cô bé ngoan, viết chữ rất đẹp.
nữ: Bạn gái chăm ngoan, nói năng nhỏ nhẹ, đọc hay.
nam: Cậu bé vui vẻ, đọc to và rõ ràng.
nam: Em là chàng trai tốt bụng, đọc bài hay.
nam: Em xứng đáng là nam sinh gương mẫu của lớp.
nam: Em chơi thân với một bạn gái cùng bàn, cả hai đọc tốt.
nữ: Em có em trai học lớp 1, thường dạy em đọc chữ.
nữ: Em biết nhường nhịn em trai, đọc truyện cho em nghe.
nam: Bạn nữ nào trong tổ cũng khen em viết đẹp.
nữ: Anh trai dạy em đọc và em rất quý anh ấy.
"""


def _samples() -> Iterator[Sample]:
    field = level = ""
    for line in _TEXT.strip().splitlines():
        if line.startswith("# "):
            field, level = (*line[2:].split(), "")[:2]
            continue
        sex = next((sex for sex in Sex if line.startswith(f"{sex.value}: ")), None)
        text = line.removeprefix(f"{sex.value}: ") if sex else line
        yield Sample(field, level, text, sex)


NATURAL = tuple(_samples())
