"""The rules about comments: what teachers write passes, each mistake gives its one finding."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import pytest

from app.records import checks
from app.records.checks import CheckSettings, comment_words
from app.records.checks.comment_text import Phrases, quote, read
from app.records.types import ClassYear, Finding, Level, Period, Sex, Status, TraitLevel
from app.transcript.pdf import fits_smallest
from tests.records.builders import (
    Change,
    both,
    changed,
    enrolment,
    groups,
    make_class,
    pupil,
    subject,
    trait,
)
from tests.records.mistaken_comments import MISTAKEN
from tests.records.natural_comments import NATURAL, Sample

MEASURED = CheckSettings(measure=fits_smallest)


def planted(sample: Sample, sex: Sex = Sex.FEMALE) -> Change:
    """A pupil of that sex with the sample's level and comment."""
    if not sample.level:
        return both(pupil(sex=sex), groups({**GROUPS, sample.field: sample.text}))
    if sample.field in ("YN", "NA", "CC", "TT", "TN", "TCTH", "GTHT", "GQVD", "NL_TT"):
        given = trait(sample.field, level=TraitLevel(sample.level), comment=sample.text)
    else:
        given = subject(sample.field, level=Level(sample.level), comment=sample.text)
    return both(pupil(sex=sex), given)


GROUPS = dict(make_class(4).pupils[0].period(Period.CN).group_comments)


def comment_findings(klass: ClassYear, settings: CheckSettings = MEASURED) -> list[Finding]:
    return [one for one in checks.run(klass, Period.CN, settings) if one.rule.startswith("comment.")]


def rules_of(klass: ClassYear) -> list[str]:
    return [one.rule for one in comment_findings(klass)]


def sexes(sample: Sample) -> Sequence[Sex]:
    return (sample.sex,) if sample.sex else tuple(Sex)


@pytest.mark.parametrize("sample", [pytest.param(one, id=one.text[:40]) for one in NATURAL])
def test_what_teachers_write_is_no_finding(sample: Sample) -> None:
    for sex in sexes(sample):
        assert comment_findings(changed(make_class(4), planted(sample, sex))) == []


def test_natural_comments_are_many_and_of_every_level() -> None:
    assert len(NATURAL) >= 150
    assert {sample.level for sample in NATURAL} == {"T", "H", "C", "Đ", ""}


NAMES = (
    "Hạnh Mai Bình Thuận An Anh Dũng Nam Hiếu Đạt Duy Như Toàn Khoa Hồ Việt Văn Thu Hà Bác Trưng Vy Mỹ Quý"
)
"""Given names that are also ordinary words, places or people of history."""


def test_natural_comments_side_by_side_are_no_finding() -> None:
    names = NAMES.split()
    klass = make_class(4, len(names))
    for at, given in enumerate(names):
        klass = changed(klass, pupil(name=f"Lê Thị {given}"), at)
    for at, sample in enumerate(one for one in NATURAL if one.level and one.sex is None):
        klass = changed(klass, planted(sample), at % len(names))
    assert comment_findings(klass) == []


MISTAKES = [
    pytest.param(rule, sample, id=f"{rule}-{number}")
    for rule, samples in MISTAKEN.items()
    for number, sample in enumerate(samples)
]


@pytest.mark.parametrize(("rule", "sample"), MISTAKES)
def test_one_mistake_gives_exactly_its_finding(rule: str, sample: Sample) -> None:
    for sex in sexes(sample):
        klass = changed(make_class(4), planted(sample, sex))
        (found,) = comment_findings(klass)
        assert (found.rule, found.field) == (rule, sample.field)
        assert found.pupil in found.message
        assert found.message.endswith(".")
        assert quote(unicodedata.normalize("NFC", sample.text))[1:30] in found.message


@pytest.mark.parametrize("rule", MISTAKEN)
def test_every_rule_has_ten_mistakes_and_each_its_own_sentence(rule: str) -> None:
    assert len(MISTAKEN[rule]) >= 10
    messages = [
        found.message
        for sample in MISTAKEN[rule]
        for found in comment_findings(changed(make_class(4), planted(sample, sexes(sample)[0])))
    ]
    assert len(set(messages)) == len(messages), "an accepted finding must not cover another text"


@pytest.mark.parametrize(
    ("comment", "found"),
    [
        ("Em An đọc tốt.", False),
        ("Em Nguyễn Thị An đọc tốt.", False),
        ("Em Thị An đọc tốt.", False),
        ("Bình tĩnh, tự tin khi đọc.", False),
        ("Em đọc tốt Tiếng Việt.", False),
        ("Con Châu đọc tốt.", True),
        ("Em cùng bạn Dũng làm bài tốt.", True),
        ("Minh Châu đọc tốt.", False),
        ("Lê Minh Châu đọc tốt.", True),
        ("Em thích Hồ Chí Minh Châu Á.", False),
    ],
)
def test_who_a_comment_names(comment: str, found: bool) -> None:
    klass = make_class(1, 4)
    assert [entry.pupil.name for entry in klass.pupils] == [
        *("Nguyễn Thị An", "Trần Văn Bình", "Lê Minh Châu", "Thạch Ngọc Dũng"),
    ]
    if comment.startswith("Minh Châu"):
        klass = changed(klass, pupil(name="Phạm Minh Châu"))
    rules = [one.rule for one in checks.run(changed(klass, subject("TV", comment=comment)), Period.CN)]
    assert rules == (["comment.other_pupil"] if found else [])


def test_short_equal_comments_are_allowed_and_long_ones_named_once() -> None:
    def same(text: str) -> ClassYear:
        klass = make_class(1)
        for at in range(3):
            klass = changed(klass, subject("TV", comment=text), at)
        return klass

    assert checks.run(same("Đọc tốt."), Period.CN) == ()
    findings = checks.run(same("Đọc to, rõ ràng, hiểu nội dung bài."), Period.CN)
    assert [found.rule for found in findings] == ["comment.equal"]
    assert "ở 3 em" in findings[0].message


# Other pupils of the class are Trần Văn Bình, Lê Hạnh, Phạm Thị Mai, Võ Bình Thuận, Lý Ngọc Anh, Hồ Hoà.
OTHERS = ("Trần Văn Bình", "Lê Hạnh", "Phạm Thị Mai", "Võ Bình Thuận", "Lý Ngọc Anh", "Hồ Hoà")


def class_of(name: str, comment: str) -> ClassYear:
    klass = make_class(4, 1 + len(OTHERS))
    klass = changed(klass, both(pupil(name=name), subject("TV", comment=comment)))
    for at, other in enumerate(OTHERS, 1):
        klass = changed(klass, pupil(name=other), at)
    return klass


@pytest.mark.parametrize(
    ("comment", "other"),
    [
        ("Em Bình đọc tốt.", "Trần Văn Bình"),
        ("Bình đọc tốt.", "Trần Văn Bình"),
        ("Đọc tốt. Mai viết đẹp.", "Phạm Thị Mai"),
        ("Bạn Hạnh đọc tốt.", "Lê Hạnh"),
        ("Em biết cùng Mai làm bài.", "Phạm Thị Mai"),
        ("Em giúp Hạnh đọc bài.", "Lê Hạnh"),
        ("Em với Bình hay nói chuyện.", "Trần Văn Bình"),
        ("Đọc tốt, giúp bạn Phạm Thị Mai học.", "Phạm Thị Mai"),
        ("Em trần văn bình đọc tốt.", "Trần Văn Bình"),
        ("PHẠM THỊ MAI đọc tốt.", "Phạm Thị Mai"),
        ("Học sinh Hạnh đọc tốt.", "Lê Hạnh"),
        ("HS Mai đọc tốt.", "Phạm Thị Mai"),
        ("Em Hòa đọc tốt.", "Hồ Hoà"),
        ("Em Ngọc Anh đọc tốt.", "Lý Ngọc Anh"),
        ("Bạn Anh đọc tốt.", "Lý Ngọc Anh"),
        ("Em Bình Thuận đọc tốt.", "Võ Bình Thuận"),
    ],
)
def test_another_pupil_is_named(comment: str, other: str) -> None:
    (found,) = comment_findings(class_of("Nguyễn Thị An", comment))
    assert found.rule == "comment.other_pupil"
    assert f"là em {other} cùng lớp" in found.message
    assert comment in found.message


@pytest.mark.parametrize(
    ("name", "comment"),
    [
        ("Nguyễn Thị An", "Em mong mai sau thành cô giáo."),
        ("Nguyễn Thị An", "Mai sau em muốn làm bác sĩ."),
        ("Nguyễn Thị An", "Hạnh kiểm tốt, đọc hay."),
        ("Nguyễn Thị An", "Giúp bạn bình tĩnh khi đọc."),
        ("Nguyễn Thị An", "Bình tĩnh, tự tin khi đọc."),
        ("Nguyễn Thị An", "Em kể về quê ở Bình Thuận rất hay."),
        ("Nguyễn Thị An", "Em viết về tỉnh Bình Thuận hay."),
        ("Nguyễn Thị An", "Em học tốt tiếng Anh."),
        ("Nguyễn Thị An", "Em học tốt Toán và Anh văn."),
        ("Nguyễn Thị An", "Anh văn đọc tốt."),
        ("Nguyễn Thị An", "Em quý cô Hạnh và chú Bình."),
        ("Nguyễn Thị An", "Kể hay chuyện “Mai và Bình”."),
        ("Nguyễn Thị An", "Bạn hòa đồng, đọc tốt."),
        ("Nguyễn Thị An", "Hòa nhã với bạn bè."),
        ("Nguyễn Thị An", "Em An đọc tốt. An viết đẹp."),
        ("Nguyễn Thị An", "Em được hạnh phúc trong tình bạn."),
        ("Đỗ Ngọc Mai", "Em Mai đọc tốt. Mai viết đẹp."),
        ("Đỗ Bình An", "Bình An đọc tốt. Bình có tiến bộ."),
        ("Trịnh Thị Hòa", "Em Hoà đọc tốt."),
        ("Đỗ Tuấn Anh", "Anh đọc tốt, viết đẹp."),
        ("Thạch Thị Mày", "Em Mày đọc tốt."),
        ("Kim Láo", "Em Láo viết đẹp."),
    ],
)
def test_nobody_else_is_named(name: str, comment: str) -> None:
    assert rules_of(class_of(name, comment)) == []


@pytest.mark.parametrize(
    ("other", "comment"),
    [
        ("Lê Thái Bình", "Em yêu cảnh đẹp Thái Bình."),
        ("Lê Mỹ Tú", "Em tả quê Mỹ Tú rất hay."),
        ("Hồ Kim Đồng", "Em học tập chú Kim Đồng."),
        ("Trần Ngọc Hà", "Em kính trọng cô Ngọc Hà."),
    ],
)
def test_a_place_or_an_adult_is_no_pupil_of_that_name(other: str, comment: str) -> None:
    klass = changed(class_of("Nguyễn Thị An", comment), pupil(name=other), 1)
    assert rules_of(klass) == []


def with_comments(*texts: str, field: str = "TV") -> ClassYear:
    """A class whose first pupils have these comments."""
    klass = make_class(4, 8)
    for at, text in enumerate(texts):
        klass = changed(klass, subject(field, comment=text), at)
    return klass


NEAR = "Đọc to, rõ ràng, lưu loát; viết chữ đều nét, trình bày sạch đẹp."


@pytest.mark.parametrize(
    "other",
    [
        "Đọc to, rõ ràng, lưu loát; viết chữ đều nét, trình bày sạch sẽ.",
        "Đọc to, rõ ràng, lưu loát; viết chữ đều nét, trình bày đẹp.",
        "Em đọc to, rõ ràng, lưu loát; viết chữ đều nét, trình bày sạch đẹp.",
        "Đọc to rõ ràng, lưu loát. Viết chữ đều nét, trình bày sạch đẹp.",
        "Đọc to, rõ ràng, lưu loát; viết chữ đẹp nét, trình bày sạch đẹp.",
        "Đọc to, rõ ràng và lưu loát; viết chữ đều nét, trình bày sạch đẹp.",
        "Đọc to, rõ ràng, lưu loát; viết chữ đều nét, trình bày sạch đẹp hơn.",
        "Đọc to, rõ ràng, lưu loát; viết chữ đều nét; trình bày sạch đẹp!",
        "Đọc to, rõ tiếng, lưu loát; viết chữ đều nét, trình bày sạch đẹp.",
        "Đọc bài to, rõ ràng, lưu loát; viết chữ đều nét, trình bày sạch đẹp.",
    ],
)
def test_nearly_equal_comments_are_one_finding(other: str) -> None:
    klass = with_comments(NEAR, other)
    (found,) = comment_findings(klass)
    assert (found.rule, found.field, found.pupil) == (
        "comment.nearly_equal",
        "TV",
        klass.pupils[0].pupil.name,
    )
    assert "ở 2 em" in found.message
    assert all(entry.pupil.name in found.message for entry in klass.pupils[:2])


@pytest.mark.parametrize(
    "texts",
    [
        (NEAR, "Đọc to, rõ ràng; viết chữ đẹp, biết giữ vở sạch; trình bày rõ."),
        (NEAR, "Đọc to, rõ ràng, lưu loát; viết chữ đều nét, trình bày có tiến bộ."),
        (NEAR, "Đọc còn vấp, cần luyện thêm; viết chữ đều nét, trình bày sạch đẹp."),
        ("Đọc rất tốt.", "Đọc rất tốt!"),
        ("Đọc rõ, viết đẹp.", "Đọc rõ, viết đẹp!"),
    ],
)
def test_comments_that_differ_or_are_short_are_no_finding(texts: tuple[str, ...]) -> None:
    assert rules_of(with_comments(*texts)) == []


def test_equal_and_nearly_equal_comments_are_told_apart() -> None:
    klass = with_comments(NEAR, NEAR.replace("to", "tô"), NEAR, NEAR.replace("nét", "tay"))
    equal, nearly = comment_findings(klass)
    assert (equal.rule, nearly.rule) == ("comment.equal", "comment.nearly_equal")
    assert "ở 2 em" in equal.message
    assert "ở 4 em" in nearly.message
    other_field = changed(with_comments(NEAR), subject("TOAN", comment=NEAR.replace("to", "tô")), 1)
    assert rules_of(other_field) == []


@pytest.mark.parametrize(
    ("usual", "rare", "at"),
    [
        (("Kĩ năng đọc tốt.", "Rèn kĩ năng viết."), "Có kỹ năng nói.", "kỹ"),
        (("Có kỹ năng nói.", "Kỹ năng đọc tốt."), "Rèn kĩ năng viết.", "kĩ"),
        (("Yêu thích mĩ thuật.",), "Học mỹ thuật tốt.", "mỹ"),
        (("Nêu được lí do.",), "Giải thích có lý lẽ.", "lý"),
        (("Học tốt cả học kì.",), "Tiến bộ trong học kỳ này.", "kỳ"),
        (("Muốn làm bác sĩ.",), "Thích làm ca sỹ.", "sỹ"),
        (("Nêu đúng tỉ lệ.",), "Tính đúng tỷ số.", "tỷ"),
        (("Em giàu hi vọng.",), "Thầy hy vọng em tiến bộ.", "hy"),
        (("Biết yêu quý bạn.",), "Biết yêu quí thầy cô.", "quí"),
        (("Kỉ luật tốt.",), "Có kỷ luật khi học.", "kỷ"),
        (("Biết kí tên.",), "Biết ký hiệu toán.", "ký"),
        (("Đúng quy tắc.",), "Đọc đúng qui định.", "qui"),
        ((), "Kĩ năng đọc tốt, kỹ năng viết khá.", "kỹ"),
    ],
)
def test_two_spellings_in_a_class(usual: tuple[str, ...], rare: str, at: str) -> None:
    klass = with_comments(*usual, rare)
    (found,) = comment_findings(klass)
    assert (found.rule, found.pupil) == ("comment.spelling_mixed", klass.pupils[len(usual)].pupil.name)
    assert f"viết “{at}”" in found.message
    assert rare in found.message


@pytest.mark.parametrize(
    "texts",
    [
        ("Kĩ năng đọc tốt.", "Nêu được lý do."),
        ("Làm bài tỉ mỉ.", "Nêu đúng tỷ lệ."),
        ("Nói lí nhí.", "Nêu được lý do."),
        ("Kể về Lý Thường Kiệt.", "Nêu được lí do."),
        ("Em yêu quê Mỹ Tú.", "Vẽ có thẩm mĩ."),
        ("Lý Thường Kiệt được em kể rất hay.", "Nêu được lí do."),
        ("Mỹ và em cùng đọc tốt.", "Vẽ có thẩm mĩ."),
        ("Bạn Kỳ đọc tốt.", "Học kì này em tiến bộ."),
        ("Đọc bài “Kỹ năng sống”.", "Có kĩ năng nói."),
    ],
)
def test_names_and_words_of_one_spelling_are_left_alone(texts: tuple[str, ...]) -> None:
    klass = changed(with_comments(*texts), pupil(name="Trần Thị Mỹ"), 5)
    assert rules_of(klass) == []


@pytest.mark.parametrize("nothing", ["", " ", "-", "...", "…", ".", "\u00a0", "/"])
def test_a_mark_alone_is_no_comment(nothing: str) -> None:
    klass = changed(make_class(4), both(subject("TV", comment=nothing), groups({**GROUPS, "PC": nothing})))
    rules = rules_of(klass)
    assert [rule for rule in rules if rule != "comment.spaces"] == [
        "comment.missing",
        "comment.group_missing",
    ]


def test_comments_of_a_pupil_who_left_are_nobodys_work() -> None:
    gone = both(enrolment(status=Status.LEFT_SUMMER), subject("TV", comment="Em Bình ngu, kỹ năng"))
    klass = changed(with_comments("", "Kĩ năng đọc tốt.", "Kĩ năng viết tốt."), gone)
    assert rules_of(klass) == []


def test_length_is_measured_where_a_measure_is_given() -> None:
    long = changed(make_class(4), planted(MISTAKEN["comment.too_long"][0]))
    assert comment_findings(long, CheckSettings()) == []
    (found,) = comment_findings(long)
    assert "dài 5 dòng ở cỡ chữ nhỏ nhất, ô trên học bạ chỉ chứa 4 dòng" in found.message


@pytest.mark.parametrize(
    ("text", "phrase", "shown"),
    [
        ("Đọc tốt.", "", "“Đọc tốt.”"),
        ("một hai ba\nbốn", "", "“một hai ba bốn”"),
        ("ngoan " * 20, "", "“ngoan ngoan ngoan ngoan ngoan ngoan … ngoan ngoan ngoan ”, 120 kí tự"),
        ("rất " * 20 + "ngu " + "quá " * 20, "ngu", f"“… {'rất ' * 7}ngu {'quá ' * 6}…”, 164 kí tự"),
        ("Ngu " + "quá " * 20, "ngu", f"“Ngu {'quá ' * 14}…”, 84 kí tự"),
        ("rất " * 20 + "ngu.", "ngu", f"“… {'rất ' * 13}ngu.”, 84 kí tự"),
        ("a" * 70, "", f"“{'a' * 40} … {'a' * 20}”, 70 kí tự"),
    ],
)
def test_a_long_comment_is_quoted_round_the_place(text: str, phrase: str, shown: str) -> None:
    assert quote(text, phrase) == shown


LISTS = {
    name: value
    for name, value in vars(comment_words).items()
    if name.isupper() and not name.startswith("_") and name not in ("PLACEHOLDERS", "SPELLED_TWICE", "WEAK")
}


@pytest.mark.parametrize("name", LISTS)
def test_word_lists_are_small_letters_without_repetition(name: str) -> None:
    value = LISTS[name]
    assert value
    for phrase in value:
        assert phrase == " ".join(phrase.casefold().split())
        assert isinstance(value, tuple) or " " not in phrase
    if isinstance(value, tuple):
        assert list(value) == sorted(set(value))


def test_every_phrase_is_found_as_whole_words_only() -> None:
    for name, value in LISTS.items():
        if isinstance(value, tuple):
            phrases = Phrases(value)
            for phrase in value:
                assert [found.phrase for found in phrases.find(read(f"Em {phrase}, em."))], (name, phrase)
                assert not list(phrases.find(read(re.sub(r"(\w+)", r"\1z", phrase))))
