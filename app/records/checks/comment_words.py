"""Words that the rules about comments look for: data, in small letters, sorted.

All lists are practice: collected from how teachers of primary schools write, not from a circular.
Article 4 of Circular 27 asks for comments that encourage; articles 6 and 7 ask that they say what the child
achieved.
"""

from __future__ import annotations

from typing import Final


def _phrases(text: str) -> tuple[str, ...]:
    """Phrases parted by bars and lines."""
    return tuple(phrase.strip() for line in text.strip().splitlines() for phrase in line.split("|"))


def _words(text: str) -> frozenset[str]:
    """Single words parted by bars and lines."""
    return frozenset(_phrases(text))


# Gender

# Practice: nouns that say boy and, where a sentence or clause begins or after “là”, mean the pupil.
MALE: Final = _phrases(
    """
    anh chàng | bé trai | chàng trai | chú bé | cậu bé | cậu học sinh | cậu học trò | cậu nhóc | cậu trai
    cậu trò | học sinh nam | nam sinh
    """
)

# Practice: the same for girl.
FEMALE: Final = _phrases(
    """
    bé gái | cô bé | cô gái | cô học sinh | cô học trò | cô nhóc | cô nàng | cô trò nhỏ | học sinh nữ
    nữ sinh
    """
)

# Practice: nouns that as often mean somebody else (a friend, a brother): only where a sentence begins or
# after “là”.
MALE_FRIEND: Final = _phrases(
    """
    bạn nam | bạn trai | con trai | em trai | người anh
    """
)

# Practice: the same for girl.
FEMALE_FRIEND: Final = _phrases(
    """
    bạn gái | bạn nữ | con gái | em gái | người chị
    """
)

# Practice: what follows such a noun when it means others (“bạn gái trong lớp”, “bạn nam và bạn nữ”).
OTHERS_FOLLOW: Final = _words(
    """
    bàn | bên | cùng | của | em | hay | hoặc | khác | kia | lớp | mình | nam | ngồi | nào | này | nữ | trong
    tổ | và | với | đều | ở
    """
)

# Practice: the end of what says who the pupil is (“Em là một …”).
IS_A: Final = _phrases(
    """
    là | là bạn | là em | là một | là một bạn | là một em | là một người | là người | như một | ra dáng
    ra dáng một | rất ra dáng | xứng đáng là
    """
)

# Practice: a sentence with these tells of a story, where people are not the pupil.
STORY: Final = _phrases(
    """
    bài hát | bài thơ | bài đọc | câu chuyện | hát bài | hát về | hậu quả | kể chuyện | kể lại | kể về
    kể được | nhân vật | truyện | tác hại | đóng vai
    """
)

# Practice: before these people of a picture or a friend follow.
PICTURED: Final = _phrases(
    """
    bạn thân | bức tranh | chuyện | kể | người bạn | nặn | tranh | vai | vẽ
    """
)

# Address

# Practice: words of address that are rude or too familiar wherever they stand.
RUDE_ADDRESS: Final = _phrases(
    """
    anh ta | chị ta | con nhỏ này | cô ta | cậu ta | hắn | hắn ta | mày | tao | thằng | thằng bé | thằng cu
    thằng nhóc | thằng nhỏ | thằng này
    """
)

# Practice: harmless words with the same syllables.
RUDE_ADDRESS_PARTS: Final = _phrases(
    """
    cau mày | chân mày | cô ta rô | kẻ mày | lông mày | mày mò | mày râu | mày đay | mặt mày | nhíu mày
    tao nhã | tao đàn | thanh tao | thầy cô ta | thằng bờm | thằng cuội | thằng gù | ăn mày
    """
)

# Practice: pronouns of a third person, unless an adult or friend was named before.
THIRD_PERSON: Final = _phrases(
    """
    anh ấy | bà ấy | chị ấy | cô ấy | cậu ấy | ông ấy
    """
)

# Practice: who such a pronoun may go back to.
THIRD_PERSON_OF: Final = _words(
    """
    anh | bà | bác | bạn | chú | chị | cô | cậu | dì | mẹ | nàng | thầy | vua | ông
    """
)

# Practice: “nó” is as often a thing (“biết đọc sách và yêu quý nó”): a child where a sentence begins, and
# before these.
IT_AS_CHILD: Final = _phrases(
    """
    cháu nó | em nó | nó chưa chú ý | nó chưa tập trung | nó hay nói chuyện | nó học | nó không chú ý
    nó không chịu | nó không học | nó không làm bài | nó không tập trung | nó làm bài | nó nói chuyện
    nó phát biểu | nó tiếp thu | nó viết | nó đi học | nó đọc
    """
)

# Practice: address of adults or of anybody, found where a sentence begins and before what pupils do.
ADULT_ADDRESS: Final = _phrases(
    """
    anh | bà | bọn nó | chúng nó | chị | con bé | con nhỏ | nó | tụi nó | ông
    """
)

# Practice: what pupils do or are in comments.
PUPIL_DOES: Final = _words(
    """
    biết | chăm | chưa | còn | có | cần | cố | hay | hiểu | hoà | hoàn | hát | hòa | học | hợp | không
    luôn | làm | lười | lễ | mạnh | ngoan | nói | nắm | rất | tham | thích | thường | thực | tiếp | tích
    tính | tự | viết | vẽ | đi | đã | đọc
    """
)

# The level

_CANNOT: Final = _phrases(
    """
    giải | hiểu | hát | kể | làm | nghe | nhận biết | nhớ | nói | nắm | phân biệt | phát âm | thuộc
    thực hiện | trả lời | tính | viết | vận dụng | vẽ | đặt câu | đọc
    """
)

# Practice: what nobody writes of “Hoàn thành tốt” or “Tốt”.
WEAK: Final = (
    *_phrases(
        """
        chưa biết | chưa hiểu | chưa hiểu bài | chưa hoàn thành | chưa nắm bài | chưa nắm chắc
        chưa nắm kiến thức | chưa nắm vững | chưa thuộc bài | chưa thuộc bảng | chưa đáp ứng | chưa đạt
        còn chậm | còn kém | còn quá chậm | còn quá yếu | còn rất chậm | còn rất yếu | còn yếu
        hiểu bài chậm | học kém | học yếu | hổng kiến thức | hổng nhiều kiến thức | không biết
        không hiểu bài | không hoàn thành | không nắm chắc | không thuộc bài | không đạt | kiến thức yếu
        làm bài chậm | mất gốc | mắc nhiều lỗi | nhiều hạn chế | quá chậm | quá hạn chế | quá kém | quá yếu
        rất chậm | rất hạn chế | rất kém | rất yếu | sai nhiều | tiếp thu bài chậm | tiếp thu bài còn chậm
        tiếp thu chậm | tính chậm | tính toán yếu | viết chậm | viết yếu | yếu kém | đọc chậm | đọc yếu
        """
    ),
    *(f"chưa {verb} được" for verb in _CANNOT),
    *(f"không {verb} được" for verb in _CANNOT),
)

# Practice: the same of a quality or competency, besides.
WEAK_TRAIT: Final = _phrases(
    """
    chưa biết giúp đỡ | chưa chăm chỉ | chưa chăm học | chưa có trách nhiệm | chưa có ý thức | chưa hợp tác
    chưa lễ phép | chưa ngoan | chưa trung thực | chưa tự giác | chưa tự học | chưa đoàn kết | hay nói dối
    không trung thực | không tự giác | thiếu trung thực | thiếu trách nhiệm | thiếu ý thức
    """
)

# Practice: what makes such words mild or past, anywhere in the sentence.
SOFTENED: Final = _phrases(
    """
    ban đầu | còn chút | có lúc | hơi | hồi đầu | không còn | khắc phục | lúc đầu | một chút | một số
    một vài | một ít | nay đã | thỉnh thoảng | tiến bộ nhiều | tiến bộ rõ | trước kia | trước đây | tuần đầu
    vài | vượt qua | đã tiến bộ | đôi chút | đôi chỗ | đôi khi | đôi lúc | đầu học kì | đầu học kỳ | đầu kì
    đầu năm
    """
)

# Practice: what makes such words a condition or somebody else's, before them in the sentence.
NOT_THE_PUPIL: Final = _phrases(
    """
    ai | bạn | bạn bè | chỗ | các bạn | gì | hỏi | khi | kèm | lúc | người | những phần | nếu | phần | điều
    """
)

# Practice: right before, these turn the phrase round (“không còn yếu”, “chưa bao giờ chưa hoàn thành”).
NEGATED_BY: Final = _phrases(
    """
    bao giờ | bài nào | bớt | chẳng | chẳng có | chẳng hề | hết | không | không bao giờ | không bị
    không còn | không còn tình trạng | không có | không có bài nào | không có môn nào | không hề
    không phải | không phải là | không để | khỏi | môn nào | tránh
    """
)

# Practice: right behind, these leave a high standard only (“chưa đọc được diễn cảm”, “chưa đạt điểm tối đa”).
MILD_BEHIND: Final = _phrases(
    """
    diễn cảm | hay | hết | kĩ | kỹ | lắm | mức cao | nhanh | rộng | sâu | thật | trôi chảy | tối đa
    xuất sắc | điểm 10 | điểm cao | điểm tuyệt đối | điểm tối đa | đẹp
    """
)

# Practice: praise that nobody writes of “Chưa hoàn thành” or “Cần cố gắng”, without the words of QUALIFIED.
PRAISE: Final = _phrases(
    """
    giỏi | hiểu bài nhanh | hiểu bài tốt | hiểu sâu | hoàn thành rất tốt | hoàn thành tốt
    hoàn thành xuất sắc | học rất tốt | học tốt | nắm bài tốt | nắm bài vững | nắm chắc | nắm rất chắc
    nắm rất vững | nắm tốt | nắm vững | nổi trội | rất giỏi | rất tốt | thành thạo | tiếp thu bài nhanh
    tiếp thu bài tốt | tiếp thu nhanh | tiếp thu tốt | vượt trội | vận dụng linh hoạt | vận dụng tốt
    xuất sắc
    """
)

# Practice: the same of a quality or competency, besides.
PRAISE_TRAIT: Final = _phrases(
    """
    gương mẫu | luôn chăm chỉ | luôn trung thực | luôn tự giác | rất chăm chỉ | rất chăm học
    rất có trách nhiệm | rất mạnh dạn | rất ngoan | rất trung thực | rất tích cực | rất tự giác
    tính toán nhanh | tự giác cao
    """
)

# Practice: with one of these a comment is not praise only.
QUALIFIED: Final = _words(
    """
    chưa | chậm | còn | cần | cố | hơn | hạn | hỗ | không | khắc | kèm | kém | luyện | lười | mới | nhưng
    nên | phải | quên | rèn | sai | song | thiếu | tuy | vẫn | yếu | ít | ôn | đôi
    """
)

# Hurtful words

# Practice (Circular 27, article 4: encourage): words that hurt or put a label on a child.
HURTFUL: Final = _phrases(
    """
    béo ú | bướng | bướng bỉnh | bất tài | chây lười | chậm phát triển | chậm thông minh | cá biệt | côn đồ
    cứng đầu | cứng đầu cứng cổ | du côn | dối trá | dốt | dốt nát | dở hơi | gian dối | gian xảo | hèn nhát
    hư thân | hư đốn | hết thuốc chữa | hỗn hào | hỗn láo | hỗn xược | khùng | khờ khạo | kém cỏi
    kém thông minh | láo | láo lếu | láo toét | láo xược | lì lợm | lưu manh | lười | lười biếng | lười nhác
    mất dạy | mập ú | ngang bướng | ngang ngược | ngu | ngu dốt | ngu ngốc | ngu si | ngu đần | ngốc
    ngốc nghếch | ngỗ nghịch | ngỗ ngược | ngớ ngẩn | phá phách | quậy phá | ranh ma | thiểu năng | trộm cắp
    tăng động | tối dạ | tự kỉ | tự kỷ | vô dụng | vô giáo dục | vô kỉ luật | vô kỷ luật | vô lễ
    vô trách nhiệm | vô tích sự | vô ý thức | xấc xược | xấu nết | xấu tính | ích kỉ | ích kỷ | óc bã đậu
    ù lì | ăn cắp | ăn hại | điên | đần | đần độn | đầu gấu | đầu đất | đểu | đồ bỏ đi | đồ ngốc
    ương bướng
    """
)

# Practice: “hư” also means broken; it is a label of a child only.
NAUGHTY: Final = _phrases(
    """
    bé hư | cháu hư | con hư | còn hư | em hư | em hư hỏng | hay hư | hơi hư | học sinh hư
    học sinh hư hỏng | quá hư | rất hư | rất hư hỏng | trò hư | trẻ hư | trẻ hư hỏng
    """
)

# Practice: things that break (“sách của em hư bìa”).
THINGS: Final = _words(
    """
    bàn | bút | cặp | dụng | ghế | máy | sách | thước | vở | xe | đồ
    """
)

# Practice: harmless words with the same syllables (story, flower, animal).
HURTFUL_PARTS: Final = _phrases(
    """
    chàng ngốc | con lười | các nước chậm phát triển | giấu dốt | ngu công | điên điển
    """
)

# Practice: before such a word, with only REFUSED_LINKS between, these make it harmless.
REFUSED_BY: Final = _words(
    """
    bớt | chê | chưa | chẳng | chống | ghét | hết | không | khắc | lên | phê | tránh | xa | đồng | đừng
    """
)

# Practice: what may stand between (“không có thói”, “biết phê phán hành vi”).
REFUSED_LINKS: Final = _words(
    """
    ai | bao | biểu | bè | bạn | bị | cho | chê | các | cách | còn | có | cư | của | cử | em | giờ | gọi
    hay | hiện | hành | hề | học | là | lánh | lời | mình | một | người | những | nào | nên | nói | phán
    phải | phục | quen | ra | sinh | sự | thái | thói | trêu | tình | tính | tật | tỏ | vi | việc | vẻ | với
    xấu | xử | án | được | độ
    """
)

# Spelling and templates

# Practice: textbooks after Decision 1989/QĐ-BGDĐT of 2018 write i, and "quy" with y. The usual one
# comes first.
SPELLED_TWICE: Final = (
    *(("hi", "hy"), ("hỉ", "hỷ"), ("kì", "kỳ"), ("kí", "ký"), ("kĩ", "kỹ"), ("kỉ", "kỷ"), ("kị", "kỵ")),
    *(("li", "ly"), ("lí", "lý"), ("mĩ", "mỹ"), ("quy", "qui"), ("quý", "quí"), ("quỳ", "quì")),
    *(("quỵ", "quị"), ("quỷ", "quỉ"), ("quỹ", "quĩ"), ("sĩ", "sỹ"), ("tỉ", "tỷ")),
)

# Practice: words that have one spelling only.
SPELLED_ONCE: Final = _phrases(
    """
    hi hi | hỉ mũi | kì cọ | kí lô | li ti | lí lắc | lí nhí | tỉ mỉ | tỉ tê
    """
)

# Practice: marks of a template that was not filled in, as patterns on the text as typed.
PLACEHOLDERS: Final = (
    r"#(?:DIV/0!|N/A|NAME\?|NULL!|REF!|VALUE!)",
    r"(?i:\b(?:asdf|lorem ipsum|null|qwerty|undefined|(?:ghi|nhập|viết) nhận xét (?:tại|vào|ở) đây)\b)",
    r"<(?:[^\W\d_](?:[^<>]*[^\W_])?|\.{3}|…)>",
    r"\((?:HS|họ tên|họ và tên|hs|tên|tên HS|tên học sinh|\.{3}|…)\)",
    r"\?{3,}",
    r"\.{4,}|…{2,}|…\.{2,}",
    r"\[[^\[\]\d]+\]",
    r"\b(?:Bạn|Con|Em|HS|Học sinh|bạn|em|học sinh) ?(?:\.{3}|…) ?(?=[^\W\d_])",
    r"\b(?:Thị|Văn) [A-Z]\b",
    r"(?i:\b(?:x{3,5}|y{3,5}|z{3,5})\b)",
    r"\{[^{}]*\}",
    r"_{2,}",
)

# Practice: one of these words is in every such mark that has no sign in it.
PLACEHOLDER_WORDS: Final = _words(
    """
    asdf | lorem | null | qwerty | undefined | xxx | xxxx | xxxxx | yyy | yyyy | yyyyy | zzz | zzzz | zzzzz
    đây
    """
)

# Names

# Practice: words of address in front of a pupil's name.
ADDRESS: Final = _words(
    """
    bé | bạn | cháu | con | em | hs | sinh | trò
    """
)

# Practice: before these a capitalised word is a place, a people or a language, not a pupil.
PLACE_BEFORE: Final = _words(
    """
    biển | chùa | chợ | cầu | dân | huyện | hồ | lăng | miền | ngoại | người | núi | nước | phường | phố
    quê | quận | rạch | sông | thôn | tiếng | trường | tỉnh | tộc | tới | từ | vùng | văn | về | vịnh | xã
    xóm | đình | đường | đảo | đến | đền | ấp | ở
    """
)

# Practice: adults and people of stories who bear the name (“cô Hạnh”, “chú Bình”).
PERSON_BEFORE: Final = _words(
    """
    anh | ba | bà | bác | bố | chú | chị | cô | cậu | dì | hùng | má | mẹ | nàng | sĩ | thầy | vua | vật
    ông
    """
)

# Practice: these join the pupil to another one (“cùng Bình”, “giúp Dũng”).
TOGETHER: Final = _words(
    """
    cùng | giúp | kèm | nhờ | và | với | đỡ
    """
)

# Practice: given names that also begin ordinary words or are subjects: not a name on their own.
NOT_ALONE: Final = _words(
    """
    anh | chuyên | duy | hay | hiếu | hoài | họa | khoa | kinh | như | nhạc | sinh | sử | thi | thu | thành
    thường | tin | tiến | toàn | toán | việt | văn | ý | địa
    """
)
