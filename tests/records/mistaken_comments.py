"""Comments with one mistake each, invented: ten and more for every rule about one comment."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from app.records.types import Sex
from tests.records.natural_comments import Sample

_NAM, _NU = Sex.MALE, Sex.FEMALE
_LONG: Final = (
    "Em đọc lưu loát, hiểu nội dung bài học và biết liên hệ với cuộc sống hằng ngày",
    "viết đoạn văn đủ ý, câu văn giàu hình ảnh, dùng dấu câu hợp lí và trình bày sạch đẹp",
    "tích cực phát biểu xây dựng bài, biết lắng nghe và nhận xét bài làm của các bạn",
    "tham gia đầy đủ các hoạt động của lớp và của trường, giữ gìn sách vở cẩn thận",
    "mạnh dạn trình bày ý kiến trước tập thể, giọng nói to, rõ ràng, tự nhiên và truyền cảm",
    "biết chia sẻ với mọi người, yêu quý thầy cô, bạn bè, kính trọng ông bà và cha mẹ",
    "chuẩn bị bài chu đáo trước khi đến lớp, ghi chép đầy đủ và học bài đúng giờ",
)


def _long() -> Iterator[Sample]:
    for number in range(5):
        parts = [_LONG[(number + step) % 7] for step in range(7)]
        yield Sample("TV", "T", "Em luôn cố gắng; " + "; ".join(parts[:3]) + ".")
        yield Sample("NLC", "", "Em luôn cố gắng; " + "; ".join(parts[:4]) + ".")
        yield Sample("PC", "", "Em luôn cố gắng; " + "; ".join(parts) + ".")
        yield Sample("YN", "T", "Em luôn cố gắng; " + "; ".join(parts[:3]) + ".")


def _subject(level: str, *texts: str) -> list[Sample]:
    return [Sample("TV", level, text) for text in texts]


def _of(sex: Sex, *texts: str) -> list[Sample]:
    return [Sample("TV", "T", text, sex) for text in texts]


_PLAIN: Final = (
    *("Đọc to, rõ ràng.", "Viết chữ đẹp.", "Em ngoan, lễ phép.", "Kể chuyện tự nhiên.", "Tính đúng, đủ ý."),
    *("Chăm phát biểu.", "Hiểu nội dung bài.", "Nói rõ ý.", "Giữ vở sạch.", "Biết giúp đỡ bạn."),
)

MISTAKEN: Final[dict[str, list[Sample]]] = {
    "comment.too_long": list(_long()),
    "comment.spaces": _subject(
        "T",
        *("Đọc  tốt.", " Đọc tốt.", "Đọc tốt. ", "Đọc tốt , viết đẹp.", "Đọc tốt .", "Đọc tốt ; viết đẹp."),
        *("Đọc tốt\u00a0\u00a0và đúng.", "Đọc tốt !", "Em\tđọc  tốt.", "Đọc tốt : rõ và hay.", "Đọc tốt.\n"),
    ),
    "comment.not_nfc": _subject("T", *(unicodedata.normalize("NFD", text) for text in _PLAIN)),
    "comment.legacy": _subject(
        "T",
        *("Hoïc toát.", "Ðọc tốt.", "Vieát ñeïp.", "Em hoïc chaêm.", "Reøn chöõ.", "§äc tèt.", "ViÕt ®Ñp."),
        *("Em häc tèt.", "Laøm baøi ñuùng.", "Giöõ vôû saïch."),
    ),
    "comment.full_stop": _subject(
        "T",
        *(text.rstrip(".") for text in _PLAIN),
        *("Đọc tốt, viết đẹp,", "Đọc tốt;", "Viết đẹp (chữ nghiêng)", "Em đọc tốt. Viết đẹp", "Đọc bài “Mẹ”"),
    ),
    "comment.capital": _subject("T", *(text[0].lower() + text[1:] for text in _PLAIN)),
    "comment.punctuation": _subject(
        "T",
        *(
            "Đọc tốt..",
            "Đọc tốt,, viết đẹp.",
            "Đọc tốt,viết đẹp.",
            "Đọc tốt,. viết đẹp.",
            "Đọc tốt.Viết đẹp.",
        ),
        *(
            "Đọc tốt;; viết đẹp.",
            "Đọc tốt., viết đẹp.",
            "Đọc tốt;viết đẹp.",
            "Đọc tốt!.",
            "Đọc tốt.viết đẹp.",
        ),
        *("Đọc.. viết đẹp.", "Đọc tốt?.", "Đọc tốt,;viết đẹp."),
    ),
    "comment.placeholder": _subject(
        "T",
        *("Em {tên} đọc tốt.", "Em [HS] đọc tốt.", "Em <họ tên> đọc tốt.", "Em ____ đọc tốt."),
        *("Em xxx đọc tốt.", "Em ... đọc tốt.", "Em .......... đọc tốt.", "Em … đọc tốt.", "Em {} đọc tốt."),
        *(
            "Em Nguyễn Văn A đọc tốt.",
            "Đọc tốt môn [tên môn].",
            "Em (tên) đọc tốt.",
            "#N/A.",
            "Em XXX ngoan.",
        ),
        *(
            "Em {{name}} đọc tốt.",
            "Đọc tốt bài ______.",
            "Đọc tốt <br> viết đẹp.",
            "Nhập nhận xét tại đây.",
            "Em <...> đọc tốt.",
            "Em (…) ngoan.",
            "Em ??? đọc tốt.",
        ),
    ),
    "comment.gender": [
        *_of(
            _NAM,
            *("Cô bé thông minh, đọc tốt.", "Em là một cô bé ngoan.", "Bạn gái chăm chỉ, đọc hay."),
            *("Em là nữ sinh gương mẫu.", "Đọc hay, cô bé rất tự tin.", "Nữ sinh tích cực phát biểu."),
            *("Em là con gái út, ngoan và chăm.", "Cố gắng lên nhé cô bé!", "Em ngoan. Bạn nữ này đọc tốt.")[
                :2
            ],
            *(
                "Một cô học trò chăm ngoan.",
                "Em xứng đáng là học sinh nữ tiêu biểu.",
                "Em là bạn gái hiền lành.",
            ),
        ),
        *_of(
            _NU,
            *("Cậu bé thông minh, đọc tốt.", "Em là chàng trai tốt bụng.", "Em là một cậu bé ngoan."),
            *("Bạn trai chăm chỉ, đọc hay.", "Nam sinh gương mẫu, đọc tốt.", "Cố gắng lên chàng trai!"),
            *("Em ra dáng người anh cả, biết dạy em đọc.", "Em là con trai trưởng, đọc tốt."),
            *("Cậu học trò ham đọc sách.", "Đọc hay, cậu bé rất tự tin.", "Bé trai lanh lợi, đọc tốt."),
        ),
    ],
    "comment.pronoun": _subject(
        "T",
        *("Nó đọc tốt.", "Hắn đọc tốt.", "Thằng bé đọc tốt.", "Mày đọc tốt lắm.", "Tao khen em đọc tốt."),
        *("Anh ấy đọc tốt.", "Chị ấy viết đẹp.", "Ông đọc tốt.", "Bà viết đẹp.", "Cô ấy đọc lưu loát."),
        *("Anh ta đọc tốt.", "Con bé đọc hay.", "Đọc hay vì nó học bài đều.", "Đọc tốt, thằng này tiến bộ."),
        *(
            "Chị có ý thức đọc bài.",
            "Tụi nó học tốt.",
            "Đọc được. Nó rất ngoan.",
            "Cậu ta đọc tốt.",
            "Cháu nó ngoan.",
        ),
    ),
    "comment.contradicts": [
        *_subject(
            "T",
            *("Chưa hoàn thành bài đọc.", "Đọc còn yếu.", "Em chưa đạt yêu cầu.", "Chưa nắm được âm vần."),
            *(
                "Em đọc còn chậm.",
                "Em không thuộc bài.",
                "Chưa đọc được bài.",
                "Tiếp thu chậm, viết sai nhiều.",
            ),
            *("Bạn còn yếu phần đọc.", "Em bị mất gốc, cần ôn lại.", "Viết tốt. Nhưng em đọc rất chậm."),
            *("Chưa biết viết câu.", "Học yếu, cần cố gắng.", "Chưa nắm vững kiến thức."),
        ),
        *_subject(
            "C",
            *("Hoàn thành tốt môn học.", "Đọc viết thành thạo.", "Học xuất sắc.", "Nắm vững kiến thức."),
            *("Em học tốt.", "Tiếp thu nhanh, đọc hay.", "Nắm chắc bài, chăm chỉ.", "Em đọc giỏi."),
            *("Hoàn thành xuất sắc bài đọc.", "Đọc rất tốt.", "Vận dụng linh hoạt, sáng tạo."),
        ),
        Sample("CC", "T", "Chưa chăm học."),
        Sample("TT", "T", "Em thiếu trung thực trong học tập."),
        Sample("TN", "T", "Thiếu trách nhiệm với việc chung."),
        Sample("CC", "C", "Em rất chăm chỉ."),
        Sample("TT", "C", "Luôn trung thực, thật thà."),
        Sample("NL_TT", "C", "Tính toán nhanh."),
        Sample("PC", "", "Em chưa ngoan, hay nói dối."),
        Sample("NLC", "", "Không tự giác trong học tập."),
    ],
    "comment.hurtful": _subject(
        "H",
        *(
            "Em ngu quá.",
            "Em dốt môn đọc.",
            "Đầu óc đần độn.",
            "Em lười biếng.",
            "Em rất hư.",
            "Em láo với cô.",
        ),
        *("Đồ mất dạy.", "Em thật vô dụng.", "Năng lực kém cỏi.", "Bị thiểu năng.", "Em bướng bỉnh."),
        *(
            "Cứng đầu, không nghe lời.",
            "Học sinh hư.",
            "Em lười học.",
            "Em ngốc nghếch.",
            "Học sinh cá biệt.",
        ),
        *("Em vô lễ với thầy cô.", "Tối dạ, khó dạy.", "Em lì lợm.", "Em tăng động trong giờ."),
        *("Em không chăm mà lười.", "Em chưa ngoan, còn hỗn láo.", "Em hư hỏng.", "Em gian dối."),
    ),
}
