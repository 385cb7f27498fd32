"""The XML data file: skeleton, exact round trip, schema, refusal of anything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from app import messages
from app.errors import UserError
from app.records.programme import SUBJECT_NAMES, TRAIT_GROUPS, TRAIT_NAMES
from app.records.types import (
    Enrolment,
    FormOptions,
    HistoryRow,
    Level,
    PeriodResults,
    Pupil,
    School,
    Signatory,
    SigningRole,
    SubjectOrder,
    SubjectResult,
    SummerStage,
    Supplementary,
    TraitLevel,
    TraitResult,
    TranscriptData,
    Untaught,
    YearOutcome,
)
from app.signing.slots import SLOTS
from app.transcript.xml import build_xml, parse_xml
from tests.transcript.samples import VIETNAM, emptiest, longest, transcript


def again() -> TranscriptData:
    """A pupil who was assessed again in summer."""
    return replace(
        transcript(4),
        supplementary=Supplementary(
            SummerStage.APPROVED,
            date(2024, 7, 20),
            {"TOAN": SubjectResult(Level.H, 6, "Đã nắm được phép chia.")},
            {"TCTH": TraitResult(TraitLevel.D)},
            {"TOAN.score": "3", "TOAN.level": "C", "TCTH.level": "C"},
        ),
    )


NASTY = [
    *(
        "]]>",
        "<![CDATA[x]]>",
        "&amp;",
        "  đầu và cuối  ",
        "dòng một\ndòng hai\r\n\tba\r",
        "",
        " ",
        "\x85\u2028",
    ),
    *(
        "Hoa\u0300ng De\u0302\u0323",
        "Thạch\xa0Sơn",
        "\ufeffx",
        "\u200b",
        "Ð",
        "𝒳😀",
        "<!-- -->",
        "x" * 20_000,
    ),
]
ILLEGAL = ["\x00", "Ấp\x0b1", "\x1f", "\ud800", "\ufffe", "a\uffff"]
"""What XML 1.0 cannot hold."""
LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
TEXT = st.sampled_from(NASTY) | st.text(LETTERS | st.sampled_from("\t\n\r\x7f\x85Đđ “”&<>'\""), max_size=12)
SHORT_TEXT = st.sampled_from([text for text in NASTY if len(text) <= 12]) | st.text(LETTERS, max_size=12)
DAYS = st.none() | st.dates()
NUMBERS = st.none() | st.integers(0, 400)
SCORES = st.none() | st.integers(0, 10)
MEASURES = st.none() | st.floats(0, 300)
MOMENTS = st.datetimes(timezones=st.just(VIETNAM))
YEARS = st.integers(2020, 2050).map(lambda year: f"{year}-{year + 1}")


def _built(kind: type[Any], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Every text field arbitrary unless `fields` says otherwise, the rest by its type."""
    texts = {name: TEXT for name, hint in kind.__annotations__.items() if hint == "str"}
    return st.builds(kind, **{**texts, **fields})


SUBJECTS = st.dictionaries(
    st.sampled_from(list(SUBJECT_NAMES)), _built(SubjectResult, score=SCORES, first_score=SCORES)
)
TRAITS = st.dictionaries(st.sampled_from(list(TRAIT_NAMES)), _built(TraitResult))
RESULTS = st.builds(
    PeriodResults, SUBJECTS, TRAITS, st.dictionaries(st.sampled_from(list(TRAIT_GROUPS)), TEXT)
)
AGAIN = st.builds(
    Supplementary,
    st.just(SummerStage.APPROVED),
    DAYS,
    SUBJECTS,
    TRAITS,
    st.dictionaries(TEXT, TEXT, max_size=3),
)
SIGNATORY = _built(Signatory, title=st.lists(TEXT, max_size=2).map(tuple))
DATA = st.builds(
    TranscriptData,
    transcript_id=TEXT.filter(bool),
    version=st.integers(1, 9999),
    replaces=st.none() | st.integers(1, 9998),
    issued_at=MOMENTS,
    school=_built(School, code=SHORT_TEXT),
    place=TEXT,
    year=YEARS,
    pupil=_built(
        Pupil,
        birth_date=DAYS,
        code=SHORT_TEXT,
        vnedu_code=SHORT_TEXT,
        personal_id=SHORT_TEXT,
        name=SHORT_TEXT,
    ),
    enrolment=_built(
        Enrolment,
        grade=st.integers(1, 5),
        enrolled_on=DAYS,
        height_cm=MEASURES,
        weight_kg=MEASURES,
        absent_excused=NUMBERS,
        absent_unexcused=NUMBERS,
    ),
    history=st.lists(_built(HistoryRow, date=DAYS), max_size=3).map(tuple),
    subjects=st.lists(st.sampled_from(list(SUBJECT_NAMES)), unique=True).map(tuple),
    traits=st.lists(st.sampled_from(list(TRAIT_NAMES)), unique=True).map(tuple),
    results=RESULTS,
    outcome=_built(YearOutcome, awards=st.lists(TEXT, max_size=2).map(tuple)),
    teacher=SIGNATORY,
    leader=SIGNATORY,
    supplementary=st.none() | AGAIN,
    form=_built(
        FormOptions,
        untaught=st.sampled_from(Untaught),
        order=st.sampled_from(SubjectOrder),
        guidance=st.booleans(),
    ),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DATA)
def test_round_trip_is_exact(data: TranscriptData) -> None:
    """Letter by letter, whoever writes the same XML again in another encoding."""
    xml = build_xml(data)
    assert parse_xml(xml) == data
    rewritten = etree.tostring(etree.fromstring(xml), encoding="UTF-16", xml_declaration=True)
    assert parse_xml(bytes(rewritten)) == data  # type: ignore[arg-type]
    assert build_xml(parse_xml(xml)) == xml


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_in_every_text_of_the_record(text: str) -> None:
    data = transcript(4)
    results = replace(
        data.results,
        subjects={**data.results.subjects, "TV": SubjectResult(comment=text)},
        traits={**data.results.traits, "YN": TraitResult(comment=text)},
        group_comments={"PC": text, "NLC": text},
    )
    nasty = replace(
        data,
        place=text,
        pupil=replace(data.pupil, name=text[:150], residence=text, ethnicity=text, nationality=text),
        history=(HistoryRow("", text, text),),
        results=results,
        outcome=replace(data.outcome, awards=(text, "", text), decision=text),
        supplementary=Supplementary(SummerStage.APPROVED, before={"TV.comment": text}),
    )
    assert parse_xml(build_xml(nasty)) == nasty


@pytest.mark.parametrize("data", [transcript(1), transcript(5), longest(), emptiest(), again()])
def test_round_trip_of_samples(data: TranscriptData) -> None:
    assert parse_xml(build_xml(data)) == data


def test_skeleton_of_the_ministry() -> None:
    root = etree.fromstring(build_xml(transcript(4)))
    assert root.tag == "HOC_BA"
    assert [child.tag for child in root] == ["DU_LIEU_HOC_BA", "PHAT_HANH_HOC_BA"]
    assert root[0].get("Id") == "data"
    assert root[0][0].get("Id") == "thongtinhocba"
    ids = [element.get("Id") for element in root.iter("DIEM_TONG_KET")]
    assert ids == [f"diem-{code}" for code in transcript(4).subjects]
    assert root.find("DU_LIEU_HOC_BA/DANH_SACH_THONG_TIN_KY/DANH_SACH_GVBM") is not None
    assert all(not element.tag.startswith("{") for element in root.iter("*"))


@pytest.mark.parametrize("role", list(SigningRole))
def test_each_slot_is_empty_and_outside_what_it_signs(role: SigningRole) -> None:
    root = etree.fromstring(build_xml(transcript()))
    slot = root.find(SLOTS[role].paths[0])
    assert slot is not None
    assert len(slot) == 0
    assert not slot.text
    (signed,) = [element for element in root.iter("*") if element.get("Id") == SLOTS[role].reference]
    assert slot not in list(signed.iter("*"))


def test_national_fields() -> None:
    xml = build_xml(transcript()).decode()
    for field in (
        *("<madinhdanhhocba>HB-94000123-2023-0000000001<", "<matruong>94000123<", "<macaphoc>02<"),
        *("<mahocsinh>9412345678<", "<hovaten>Thạch Thị Sô Phia<", "<gioitinh>2<", "<dantoc>05<"),
        *(
            "<tendantoc>Khmer<",
            "<quoctich>VN<",
            "<manhomcaphoc>02<",
            "<malop>2A<",
            "<sodinhdanh>094316001234<",
        ),
        *("<matrangthaihientai>01<", "<tentrangthai>Đang học<", "<IdBanGhi>HB-94000123-2023-0000000001<"),
        *("<makhoi>2<", "<hotencha>Thạch Sơn<", "<duoclenlop>1<", "<dahthanhctrinhlophoc>1<"),
        *("<cokhuyettatkhongdanhgia>0<", "<chucvugiamhieu>PHÓ HIỆU TRƯỞNG<", "<diadanhphathanh>Thuận Hưng<"),
        *("<SuKien>NEW<", "<PhienBan>1<", "<ThoiGianCapNhat>2024-06-05T09:15:30<"),
    ):
        assert field in xml


def test_same_value_same_bytes_whatever_the_order_of_its_mappings() -> None:
    data = transcript(3)
    results = data.results
    turned = PeriodResults(
        dict(reversed(list(results.subjects.items()))),
        dict(reversed(list(results.traits.items()))),
        dict(reversed(list(results.group_comments.items()))),
    )
    assert build_xml(replace(data, results=turned)) == build_xml(data)


def test_results_outside_the_form_are_kept() -> None:
    data = transcript(1)
    subjects = {**data.results.subjects, "TIN": SubjectResult(comment="Học thêm")}
    more = replace(data, results=replace(data.results, subjects=subjects))
    assert "TIN" not in more.subjects
    assert parse_xml(build_xml(more)).results.subjects["TIN"].comment == "Học thêm"


def test_a_signed_file_is_read_alike() -> None:
    root = etree.fromstring(build_xml(transcript()))
    for slot in SLOTS.values():
        place = root.find(slot.paths[0])
        assert place is not None
        etree.SubElement(place, "{http://www.w3.org/2000/09/xmldsig#}Signature")
    assert parse_xml(etree.tostring(root)) == transcript()


@pytest.mark.parametrize("text", ILLEGAL)
@pytest.mark.parametrize(
    "change",
    [
        lambda data, text: replace(data, place=text),
        lambda data, text: replace(data, pupil=replace(data.pupil, mother=text)),
        lambda data, text: replace(data, outcome=replace(data.outcome, awards=("", text))),
        lambda data, text: replace(data, results=PeriodResults(group_comments={"PC": text})),
        lambda data, text: replace(data, leader=Signatory((text,), "")),
    ],
)
def test_what_xml_cannot_hold_is_refused(
    change: Callable[[TranscriptData, str], TranscriptData], text: str
) -> None:
    with pytest.raises(UserError) as caught:
        build_xml(change(transcript(), text))
    assert caught.value.code == "transcript.bad_character"


def test_forbidden_character_is_named() -> None:
    data = transcript()
    bad = replace(data, pupil=replace(data.pupil, residence="Ấp Tà Ân\x0b A1"))
    with pytest.raises(UserError) as caught:
        build_xml(bad)
    assert caught.value.code == "transcript.bad_character"
    sentence = messages.sentence(caught.value)
    assert all(part in sentence for part in ("Ấp Tà Ân", "Thạch Thị Sô Phia", "nơi ở hiện nay", "U+000B"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (
            lambda data: replace(data, pupil=replace(data.pupil, personal_id="0943160012345")),
            "số định danh cá nhân",
        ),
        (lambda data: replace(data, pupil=replace(data.pupil, name="Sơn " * 50)), "họ và tên"),
        (lambda data: replace(data, school=replace(data.school, code="9" * 21)), "mã trường"),
        (
            lambda data: replace(data, enrolment=replace(data.enrolment, absent_excused=-1)),
            "số ngày nghỉ có phép",
        ),
        (lambda data: replace(data, enrolment=replace(data.enrolment, height_cm=float("nan"))), "chiều cao"),
        (lambda data: replace(data, year="2023"), "năm học"),
        (
            lambda data: replace(data, results=PeriodResults({"TOAN": SubjectResult(score=11)})),
            "điểm kiểm tra định kì (Toán)",
        ),
    ],
)
def test_a_value_that_the_schema_refuses_is_named(
    change: Callable[[TranscriptData], TranscriptData], field: str
) -> None:
    with pytest.raises(UserError) as caught:
        build_xml(change(transcript()))
    assert caught.value.code == "transcript.bad_value"
    sentence = messages.sentence(caught.value)
    assert f"mục {field} đang là" in sentence
    assert str(caught.value.facts["name"]) in sentence


def test_all_fifteen_traits_and_the_first_score_of_a_retest() -> None:
    data = transcript(4)
    assert len(data.traits) == 15
    retested = {**data.results.subjects, "TOAN": SubjectResult(score=6, first_score=3)}
    root = etree.fromstring(build_xml(replace(data, results=replace(data.results, subjects=retested))))
    assert [item.findtext("ma") for item in root.iter("PHAM_CHAT_NANG_LUC")] == list(data.traits)
    (maths,) = [item for item in root.iter("DIEM_TONG_KET") if item.findtext("mamonhoc") == "TOAN"]
    assert (maths.findtext("diemktdk"), maths.findtext("diemktdklandau")) == ("6", "3")


@pytest.mark.parametrize(
    ("ethnicity", "nationality", "codes"),
    [
        ("Khơ-me", "việt nam", ("05", "VN")),
        ("Kinh", "Cam-pu-chia", ("01", None)),
        ("Người Sao Hoả", "", (None, None)),
        ("", "Việt Nam", (None, "VN")),
    ],
)
def test_codes_stand_beside_words_that_the_lists_know(
    ethnicity: str, nationality: str, codes: tuple[str | None, str | None]
) -> None:
    data = transcript()
    pupil = replace(data.pupil, ethnicity=ethnicity, nationality=nationality)
    xml = build_xml(replace(data, pupil=pupil))
    place = etree.fromstring(xml).find("DU_LIEU_HOC_BA/THONG_TIN_HOC_BA/THONG_TIN_HOC_SINH")
    assert place is not None
    assert (place.findtext("dantoc"), place.findtext("quoctich")) == codes
    assert parse_xml(xml).pupil == pupil


def test_only_an_approved_assessment_in_summer_is_written() -> None:
    with pytest.raises(ValueError, match="approved"):
        build_xml(replace(transcript(), supplementary=Supplementary(SummerStage.SUBMITTED)))


@pytest.mark.parametrize(
    ("old", "new", "element"),
    [
        (b"<makhoi>2</makhoi>", b"<makhoi>6</makhoi>", "makhoi"),
        (b"<diemktdk>9</diemktdk>", b"<diemktdk>9.5</diemktdk>", "diemktdk"),
        (b"<GVCN></GVCN>", b"<GVCN><x/></GVCN>", "x"),
        (b"<GVCN></GVCN>", b"", "DANH_SACH_THONG_TIN_KY"),
        (b'Id="thongtinhocba"', b'Id="other"', "THONG_TIN_HOC_BA"),
        (b"<macaphoc>", b"<la></la><macaphoc>", "la"),
        (b"<mamonhoc>TOAN</mamonhoc>", b"<mamonhoc>TV</mamonhoc>", "DIEM_TONG_KET"),
        (b"<ma>NA</ma>", b"<ma>YN</ma>", "PHAM_CHAT_NANG_LUC"),
        (b"2016-03-09", b"2016-03-09+07:00", "ngaythangnamsinh"),
        (b"T09:15:30+07:00", b"T24:00:00+07:00", "thoigianphathanh"),
        (b"<PhienBan>1", b"<PhienBan>1" + b"0" * 5000, "PhienBan"),
        (b"<chieucao>118.5", b"<chieucao>NaN", "chieucao"),
    ],
)
def test_other_structure_is_refused(old: bytes, new: bytes, element: str) -> None:
    xml = build_xml(transcript())
    assert old in xml
    with pytest.raises(UserError) as caught:
        parse_xml(xml.replace(old, new, 1))
    assert caught.value.code == "transcript.xml_invalid"
    assert element in messages.sentence(caught.value)


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"PK\x03\x04",
        b"<HOC_BA>",
        b'<!DOCTYPE HOC_BA [<!ENTITY e SYSTEM "file:///etc/passwd">]><HOC_BA>&e;</HOC_BA>',
        b'<!DOCTYPE HOC_BA SYSTEM "http://127.0.0.1:9/x.dtd"><HOC_BA/>',
        build_xml(transcript()).replace(b"<diemktdk>9", b"<diemktdk><!-- -->9", 1),
        build_xml(transcript()).replace(b"<diemktdk>9", b"<diemktdk><?x y?>9", 1),
        build_xml(transcript()) + b"<!-- -->",
    ],
)
def test_unreadable_and_hostile_files_are_refused(xml: bytes) -> None:
    with pytest.raises(UserError) as caught:
        parse_xml(xml)
    assert caught.value.code in {"transcript.xml_unreadable", "transcript.xml_invalid"}
    assert "passwd" not in messages.sentence(caught.value)
    assert "root:" not in str(caught.value.facts)


def test_birth_date_and_moment_keep_their_precision() -> None:
    data = transcript()
    moment = data.issued_at + timedelta(microseconds=123)
    odd = replace(data, issued_at=moment, pupil=replace(data.pupil, birth_date=date(2016, 2, 29)))
    assert parse_xml(build_xml(odd)).issued_at.microsecond == 123
    assert parse_xml(build_xml(odd)).pupil.birth_date == date(2016, 2, 29)
