"""The XML data file: skeleton, exact round trip, schema, refusal of anything else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from app import messages
from app.errors import UserError
from app.paths import resource
from app.records.programme import SUBJECT_NAMES, TRAIT_GROUPS, TRAIT_NAMES
from app.records.types import (
    Enrolment,
    HistoryRow,
    PeriodResults,
    Pupil,
    School,
    SigningRole,
    SubjectResult,
    TraitResult,
    TranscriptData,
    YearOutcome,
)
from app.transcript import xml_names as n
from app.transcript.xml import build_xml, parse_xml, read_summary
from tests.transcript.samples import VIETNAM, emptiest, longest, transcript

TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\t\n\rĐđ “”&<>'\""), max_size=12
)
DAYS = st.none() | st.dates()
NUMBERS = st.none() | st.integers(0, 400)
SCORES = st.none() | st.integers(0, 10)
MEASURES = st.none() | st.floats(0, 300, allow_nan=False)
MOMENTS = st.datetimes(timezones=st.just(VIETNAM))


def _built(kind: type[Any], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Every text field arbitrary unless `fields` says otherwise, the rest by its type."""
    texts = {name: TEXT for name, hint in kind.__annotations__.items() if hint == "str"}
    return st.builds(kind, **{**texts, **fields})


def _legal(text: str) -> bool:
    return not re.search("[\ufffe\uffff]", text)


RESULTS = st.builds(
    PeriodResults,
    st.dictionaries(
        st.sampled_from(list(SUBJECT_NAMES)), _built(SubjectResult, score=SCORES, first_score=SCORES)
    ),
    st.dictionaries(st.sampled_from(list(TRAIT_NAMES)), _built(TraitResult)),
    st.dictionaries(st.sampled_from(list(TRAIT_GROUPS)), TEXT),
)
DATA = st.builds(
    replace,
    st.just(transcript()),
    transcript_id=TEXT.filter(bool),
    version=st.integers(1, 99),
    replaces=st.none() | st.integers(1, 98),
    issued_at=MOMENTS,
    school=_built(School),
    place=TEXT,
    pupil=_built(Pupil, birth_date=DAYS),
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
)


@settings(max_examples=150, deadline=None)
@given(DATA)
def test_round_trip_is_exact(data: TranscriptData) -> None:
    if not _legal(repr(data)):
        return
    assert parse_xml(build_xml(data)) == data


@pytest.mark.parametrize("data", [transcript(1), transcript(5), longest(), emptiest()])
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
    slot = root.find(n.SLOTS[role].path)
    assert slot is not None
    assert len(slot) == 0
    assert not slot.text
    (signed,) = [element for element in root.iter("*") if element.get("Id") == n.SLOTS[role].reference]
    assert slot not in list(signed.iter("*"))


def test_national_fields() -> None:
    xml = build_xml(transcript()).decode()
    for field in (
        *("<madinhdanhhocba>HB-94000123-2023-0000000001<", "<matruong>94000123<", "<macaphoc>02<"),
        *("<mahocsinh>9412345678<", "<hovaten>Thạch Thị Sô Phia<", "<gioitinh>2<", "<dantoc>Khmer<"),
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


def test_bytes_are_canonical() -> None:
    xml = build_xml(transcript())
    declaration, body = xml.split(b"\n", 1)
    assert declaration == b'<?xml version="1.0" encoding="UTF-8"?>'
    assert etree.tostring(etree.fromstring(xml), method="c14n") == body


def test_results_outside_the_form_are_kept() -> None:
    data = transcript(1)
    subjects = {**data.results.subjects, "TIN": SubjectResult(comment="Học thêm")}
    more = replace(data, results=replace(data.results, subjects=subjects))
    assert "TIN" not in more.subjects
    assert parse_xml(build_xml(more)).results.subjects["TIN"].comment == "Học thêm"


def test_a_signed_file_is_read_alike() -> None:
    root = etree.fromstring(build_xml(transcript()))
    for slot in n.SLOTS.values():
        place = root.find(slot.path)
        assert place is not None
        etree.SubElement(place, "{http://www.w3.org/2000/09/xmldsig#}Signature")
    assert parse_xml(etree.tostring(root)) == transcript()


def test_summary() -> None:
    assert read_summary(build_xml(transcript())) == {
        "transcript_id": "HB-94000123-2023-0000000001",
        "version": "1",
        "school": "94000123",
        "year": "2023-2024",
        "pupil": "9412345678",
        "personal_id": "094316001234",
    }


def test_forbidden_character_is_named() -> None:
    data = transcript()
    bad = replace(data, pupil=replace(data.pupil, residence="Ấp Tà Ân\x0b A1"))
    with pytest.raises(UserError) as caught:
        build_xml(bad)
    assert caught.value.code == "transcript.bad_character"
    assert "Ấp Tà Ân" in messages.sentence(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "element"),
    [
        (b"<makhoi>2</makhoi>", b"<makhoi>6</makhoi>", "makhoi"),
        (b"<diemktdk>9</diemktdk>", b"<diemktdk>9.5</diemktdk>", "diemktdk"),
        (b"<GVCN></GVCN>", b"<GVCN><x/></GVCN>", "x"),
        (b"<GVCN></GVCN>", b"", "DANH_SACH_THONG_TIN_KY"),
        (b'Id="thongtinhocba"', b'Id="other"', "THONG_TIN_HOC_BA"),
        (b"<macaphoc>", b"<la></la><macaphoc>", "la"),
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
    ],
)
def test_unreadable_and_hostile_files_are_refused(xml: bytes) -> None:
    with pytest.raises(UserError) as caught:
        parse_xml(xml)
    assert caught.value.code in {"transcript.xml_unreadable", "transcript.xml_invalid"}
    assert "passwd" not in messages.sentence(caught.value)
    assert "root:" not in str(caught.value.facts)


def test_schema_and_names_agree() -> None:
    declared = set(re.findall(r'name="([^"]+)"', resource("xsd", "hoc-ba.xsd").read_text("utf-8")))
    names = {value for key, value in vars(n).items() if key.isupper() and isinstance(value, str)}
    for key, value in vars(n).items():
        if key.endswith("_FIELDS"):
            names |= set(value.values())
    constants = {n.STRUCTURE_VERSION, n.PRIMARY_LEVEL, n.EVENT_NEW, n.DATA_ID, n.INFO_ID, n.SUBJECT_ID_PREFIX}
    assert names - constants <= declared


def test_every_field_of_the_record_has_a_name() -> None:
    for kind, names in (
        (School, n.SCHOOL_FIELDS),
        (Pupil, n.PUPIL_FIELDS),
        (Enrolment, n.ENROLMENT_FIELDS),
        (HistoryRow, n.HISTORY_FIELDS),
        (SubjectResult, n.SUBJECT_FIELDS),
        (TraitResult, n.TRAIT_FIELDS),
        (YearOutcome, n.OUTCOME_FIELDS),
    ):
        assert set(names) == set(kind.__annotations__)


def test_birth_date_and_moment_keep_their_precision() -> None:
    data = transcript()
    moment = data.issued_at + timedelta(microseconds=123)
    odd = replace(data, issued_at=moment, pupil=replace(data.pupil, birth_date=date(2016, 2, 29)))
    assert parse_xml(build_xml(odd)).issued_at.microsecond == 123
    assert parse_xml(build_xml(odd)).pupil.birth_date == date(2016, 2, 29)
