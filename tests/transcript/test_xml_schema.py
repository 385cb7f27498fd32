"""The published schema and its documentation: one mapping of names, one table, nothing beside them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from lxml import etree

from app.paths import resource
from app.records import xml_names as n
from app.records.types import (
    Enrolment,
    FormOptions,
    HistoryRow,
    Pupil,
    School,
    Signatory,
    SubjectResult,
    Supplementary,
    TraitResult,
    TranscriptData,
    YearOutcome,
)
from app.transcript import xsd
from app.transcript.xml import build_xml
from app.transcript.xml_model import GROUPS, SIMPLE, SOURCES, UNFILLED, walk
from tests.transcript.samples import transcript
from tests.transcript.test_xml import again

ROOT = Path(__file__).resolve().parents[2]
XS = "{http://www.w3.org/2001/XMLSchema}"
VALUES = {
    *(n.STRUCTURE_VERSION, n.PRIMARY_LEVEL, n.EVENT_NEW),
    *(n.ID_ATTRIBUTE, n.DATA_ID, n.INFO_ID, n.SUBJECT_ID_PREFIX),
}
"""Constants of the mapping that are no element."""


def mapped() -> set[str]:
    """Every element name of the mapping."""
    found: set[str] = set()
    for key, value in vars(n).items():
        if key.isupper() and isinstance(value, str):
            found.add(value)
        elif key.isupper() and isinstance(value, Mapping):
            found |= set(value.values())
    return found - VALUES


def declared() -> list[etree._Element]:
    """Every element declaration of the published schema."""
    return list(etree.parse(str(resource(*xsd.SCHEMA))).iter(f"{XS}element"))


def documentation() -> str:
    return (ROOT / "docs" / xsd.DOCUMENT).read_text(encoding="utf-8")


def test_the_schema_and_the_mapping_know_the_same_names() -> None:
    assert {item.get("name") for item in declared()} == mapped()


def test_the_published_files_are_those_of_the_table() -> None:
    assert resource(*xsd.SCHEMA).read_text(encoding="utf-8") == xsd.schema()
    assert documentation() == xsd.documented(documentation())
    with pytest.raises(ValueError, match="marks"):
        xsd.documented("# Tệp dữ liệu")


def test_every_declaration_is_documented() -> None:
    told = [item.findtext(f"{XS}annotation/{XS}documentation", "") for item in declared()]
    assert all(re.search(r"\S.* \[(K|QG|4998|TT27|R)\]", text) for text in told)


def test_the_documentation_lists_every_element_with_number_type_source_and_example() -> None:
    tables = documentation().split(xsd.BEGIN)[1]
    for _, item in walk():
        (row, *_) = re.findall(rf"^\| `{item.name}` \|.*$", tables, re.MULTILINE)
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 6
        assert all(cells[:5])
        assert bool(cells[5]) == (item.kind in SIMPLE and item.name not in UNFILLED), item.name
        assert cells[4] in SOURCES
    for name in mapped() - {n.ROOT}:
        assert f"| `{name}` |" in tables


def test_every_example_of_a_field_fits_its_type() -> None:
    document = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{}</xs:schema>'
    types = xsd.schema().split("<xs:simpleType name=", 1)[1]
    simple = "<xs:simpleType name=" + types.removesuffix("</xs:schema>\n")
    for _, item in walk():
        if not item.example:
            continue
        schema = etree.XMLSchema(
            etree.fromstring(document.format(f'<xs:element name="x" type="{item.kind}"/>{simple}'))
        )
        example = etree.Element("x")
        example.text = item.example
        assert schema.validate(example), item.name


def test_every_kind_is_used_and_every_value_is_written_somewhere() -> None:
    used = {item.kind for _, item in walk()} | {"Transcript"}
    assert used == set(GROUPS) | set(SIMPLE)
    written = {element.tag for element in etree.fromstring(build_xml(again())).iter("*")}
    rare = {"thaythephienban", "hotennguoigiamho", "diemktdklandau", "dahthanhctrinhtieuhoc", "quyetdinh"}
    rare |= {n.SUBJECT_TEACHER, n.FORM, n.SCHOOL_FIELDS["body"], *n.FORM_FIELDS.values()}
    assert mapped() - written == UNFILLED | rare


def test_every_field_of_the_record_has_a_name() -> None:
    nested = {"school", "pupil", "enrolment", "history", "subjects", "traits", "results", "outcome"}
    nested |= {"teacher", "leader", "supplementary", "form"}
    for kind, names in (
        (School, n.SCHOOL_FIELDS),
        (Pupil, n.PUPIL_FIELDS),
        (Enrolment, n.ENROLMENT_FIELDS),
        (HistoryRow, n.HISTORY_FIELDS),
        (SubjectResult, n.SUBJECT_FIELDS),
        (TraitResult, n.TRAIT_FIELDS),
        (YearOutcome, n.OUTCOME_FIELDS),
        (Signatory, n.TEACHER_FIELDS),
        (Signatory, n.LEADER_FIELDS),
        (FormOptions, n.FORM_FIELDS),
    ):
        assert set(names) == set(kind.__annotations__)
    assert set(n.VERSION_FIELDS) == set(TranscriptData.__annotations__) - nested
    here = {"stage", "subjects", "traits", "before"}
    assert set(n.SUPPLEMENTARY_FIELDS) == set(Supplementary.__annotations__) - here


def test_national_fields_that_are_not_filled_may_stand_in_a_file() -> None:
    xml = build_xml(transcript()).replace(b"<matruong>", b"<masogd>94</masogd><matruong>")
    schema = etree.XMLSchema(etree.parse(str(resource(*xsd.SCHEMA))))
    assert schema.validate(etree.fromstring(xml))


RENAMED = {
    '"HOC_BA"': '"HocBaSo"',
    '"DU_LIEU_HOC_BA"': '"DuLieu"',
    '"CBQL"': '"LanhDao"',
    '"KY_DUYET_HOC_BA"': '"KyDuyet"',
    '"GVCN"': '"ChuNhiem"',
    '"thongtinhocba"': '"ThongTin1"',
    '"DIEM_TONG_KET"': '"MonHoc"',
    '"diemktdk"': '"Diem"',
    '"hovaten"': '"HoTen"',
    '"sodinhdanh"': '"SoDDCN"',
}


def test_names_are_replaced_in_one_module_and_the_whole_chain_follows(tmp_path: Path) -> None:
    """Build, validate, sign three slots, verify and read, in a copy of the program with other names."""
    for folder in ("app", "resources", "docs", "tests"):
        copytree(
            ROOT / folder, tmp_path / folder, ignore=ignore_patterns("__pycache__", "*.png", "ui", "icons")
        )
    module = tmp_path / "app" / "records" / "xml_names.py"
    source = module.read_text(encoding="utf-8")
    for old, new in RENAMED.items():
        assert old in source
        source = source.replace(old, new)
    module.write_text(source, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.transcript.chain"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    verdict, xml = done.stdout.split("\n", 1)
    assert verdict == "valid_unknown_status ['teacher', 'leader', 'seal'] True"
    written = {str(element.tag) for element in etree.fromstring(xml.encode()).iter("*")}
    assert {"HocBaSo", "DuLieu", "LanhDao", "KyDuyet", "ChuNhiem", "MonHoc", "Diem"} <= written
    assert not {"HOC_BA", "CBQL", "GVCN", "diemktdk", "hovaten"} & written
    assert "`SoDDCN`" in (tmp_path / "docs" / xsd.DOCUMENT).read_text(encoding="utf-8")
