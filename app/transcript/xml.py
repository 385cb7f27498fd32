"""Transcript data to the XML data file with its empty signature slots, and back (domain.md 4.2).

The bytes are canonical XML 1.0 behind an XML declaration, without white space between elements:
the same data gives the same bytes, and a signature's digest does not depend on who writes the file again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from lxml import etree

from app.records.programme import SUBJECT_NAMES, TRAIT_NAMES
from app.records.types import (
    Enrolment,
    HistoryRow,
    PeriodResults,
    Pupil,
    Regime,
    School,
    Signatory,
    SubjectResult,
    TraitResult,
    TranscriptData,
    YearOutcome,
)
from app.transcript import xml_names as n
from app.transcript.xml_fields import read_fields, text_element, write_fields
from app.transcript.xml_schema import parse_secure, validate

DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def build_xml(data: TranscriptData) -> bytes:
    """The data file of one transcript version, valid against the schema, every slot empty.

    UserError transcript.bad_character when a text holds a character that XML forbids.
    """
    root = etree.Element(n.ROOT)
    body = etree.SubElement(root, n.DATA, {n.ID_ATTRIBUTE: n.DATA_ID})
    _write_info(etree.SubElement(body, n.INFO, {n.ID_ATTRIBUTE: n.INFO_ID}), data)
    slots = etree.SubElement(body, n.SIGNING_INFO)
    etree.SubElement(slots, n.SUBJECT_TEACHERS)
    etree.SubElement(slots, n.HOMEROOM_SLOT)
    release = etree.SubElement(root, n.RELEASE)
    etree.SubElement(etree.SubElement(release, n.LEADER_APPROVAL), n.LEADER_SLOT)
    etree.SubElement(release, n.SEAL_SLOT)
    validate(root)
    return DECLARATION + etree.tostring(root, method="c14n")


def _write_info(info: etree._Element, data: TranscriptData) -> None:
    text_element(info, n.STRUCTURE, n.STRUCTURE_VERSION)
    version = etree.SubElement(info, n.VERSION)
    write_fields(version, data, n.VERSION_FIELDS)
    text_element(version, n.EVENT, n.EVENT_NEW)
    text_element(version, n.UPDATED_AT, data.issued_at.replace(tzinfo=None).isoformat(timespec="seconds"))
    write_fields(etree.SubElement(info, n.SCHOOL), data.school, n.SCHOOL_FIELDS)
    text_element(info, n.LEVEL_CODE, n.PRIMARY_LEVEL)
    write_fields(etree.SubElement(info, n.PUPIL), data.pupil, n.PUPIL_FIELDS)
    enrolment = etree.SubElement(info, n.ENROLMENT)
    write_fields(enrolment, data.enrolment, n.ENROLMENT_FIELDS)
    text_element(enrolment, n.NOT_ASSESSED, str(int(data.enrolment.regime is Regime.NOT_ASSESSED)))
    history = etree.SubElement(info, n.HISTORY)
    for row in data.history:
        write_fields(etree.SubElement(history, n.HISTORY_ROW), row, n.HISTORY_FIELDS)
    _write_results(info, data)
    write_fields(etree.SubElement(info, n.OUTCOME), data.outcome, n.OUTCOME_FIELDS)
    signatories = etree.SubElement(info, n.SIGNATORIES)
    write_fields(etree.SubElement(signatories, n.TEACHER), data.teacher, n.TEACHER_FIELDS)
    write_fields(etree.SubElement(signatories, n.LEADER), data.leader, n.LEADER_FIELDS)


def _write_results(info: etree._Element, data: TranscriptData) -> None:
    results = data.results
    subjects = etree.SubElement(info, n.SUBJECTS)
    text_element(subjects, n.SHOWN, " ".join(data.subjects))
    for code in _in_order(results.subjects, data.subjects):
        item = etree.SubElement(subjects, n.SUBJECT, {n.ID_ATTRIBUTE: n.SUBJECT_ID_PREFIX + code})
        text_element(item, n.SUBJECT_CODE, code)
        text_element(item, n.SUBJECT_NAME, SUBJECT_NAMES.get(code, code))
        write_fields(item, results.subjects[code], n.SUBJECT_FIELDS)
    traits = etree.SubElement(info, n.TRAITS)
    text_element(traits, n.SHOWN, " ".join(data.traits))
    for code in _in_order(results.traits, data.traits):
        item = etree.SubElement(traits, n.TRAIT)
        text_element(item, n.TRAIT_CODE, code)
        text_element(item, n.TRAIT_NAME, TRAIT_NAMES.get(code, code))
        write_fields(item, results.traits[code], n.TRAIT_FIELDS)
    comments = etree.SubElement(info, n.GROUP_COMMENTS)
    for code in sorted(results.group_comments):
        item = etree.SubElement(comments, n.GROUP_COMMENT)
        text_element(item, n.GROUP_CODE, code)
        text_element(item, n.COMMENT_TEXT, results.group_comments[code])


def _in_order(recorded: Mapping[str, object], shown: Iterable[str]) -> list[str]:
    """Recorded codes: those of the form in its order, then the others by name."""
    order = {code: place for place, code in enumerate(shown)}
    return sorted(recorded, key=lambda code: (order.get(code, len(order)), code))


def parse_xml(xml: bytes) -> TranscriptData:
    """The exact data of a data file, signed or not; says nothing about its signatures.

    UserError transcript.xml_unreadable or transcript.xml_invalid when it is not one of our files.
    """
    root = parse_secure(xml)
    validate(root)
    info = _child(root, f"{n.DATA}/{n.INFO}")
    outcome = _child(info, n.OUTCOME)
    return TranscriptData(
        **read_fields(_child(info, n.VERSION), TranscriptData, n.VERSION_FIELDS),
        school=School(**read_fields(_child(info, n.SCHOOL), School, n.SCHOOL_FIELDS)),
        pupil=Pupil(**read_fields(_child(info, n.PUPIL), Pupil, n.PUPIL_FIELDS)),
        enrolment=Enrolment(**read_fields(_child(info, n.ENROLMENT), Enrolment, n.ENROLMENT_FIELDS)),
        history=tuple(
            HistoryRow(**read_fields(row, HistoryRow, n.HISTORY_FIELDS)) for row in _child(info, n.HISTORY)
        ),
        subjects=_shown(info, n.SUBJECTS),
        traits=_shown(info, n.TRAITS),
        results=_read_results(info),
        outcome=YearOutcome(**read_fields(outcome, YearOutcome, n.OUTCOME_FIELDS)),
        teacher=_signatory(info, n.TEACHER, n.TEACHER_FIELDS),
        leader=_signatory(info, n.LEADER, n.LEADER_FIELDS),
    )


def read_summary(xml: bytes) -> dict[str, str]:
    """`transcript_id`, `version`, `school`, `year`, `pupil` (code) and `personal_id` of a data file."""
    root = parse_secure(xml)
    validate(root)
    info = _child(root, f"{n.DATA}/{n.INFO}")
    version, school, pupil = (_child(info, tag) for tag in (n.VERSION, n.SCHOOL, n.PUPIL))
    return {
        "transcript_id": version.findtext(n.VERSION_FIELDS["transcript_id"], ""),
        "version": version.findtext(n.VERSION_FIELDS["version"], ""),
        "school": school.findtext(n.SCHOOL_FIELDS["code"], ""),
        "year": version.findtext(n.VERSION_FIELDS["year"], ""),
        "pupil": pupil.findtext(n.PUPIL_FIELDS["code"], ""),
        "personal_id": pupil.findtext(n.PUPIL_FIELDS["personal_id"], ""),
    }


def _read_results(info: etree._Element) -> PeriodResults:
    subjects = {
        item.findtext(n.SUBJECT_CODE, ""): SubjectResult(**read_fields(item, SubjectResult, n.SUBJECT_FIELDS))
        for item in _child(info, n.SUBJECTS).iterfind(n.SUBJECT)
    }
    traits = {
        item.findtext(n.TRAIT_CODE, ""): TraitResult(**read_fields(item, TraitResult, n.TRAIT_FIELDS))
        for item in _child(info, n.TRAITS).iterfind(n.TRAIT)
    }
    comments = {
        item.findtext(n.GROUP_CODE, ""): item.findtext(n.COMMENT_TEXT, "")
        for item in _child(info, n.GROUP_COMMENTS)
    }
    return PeriodResults(subjects, traits, comments)


def _signatory(info: etree._Element, tag: str, names: Mapping[str, str]) -> Signatory:
    return Signatory(**read_fields(_child(info, f"{n.SIGNATORIES}/{tag}"), Signatory, names))


def _shown(info: etree._Element, tag: str) -> tuple[str, ...]:
    return tuple(_child(info, tag).findtext(n.SHOWN, "").split())


def _child(parent: etree._Element, path: str) -> etree._Element:
    element = parent.find(path)
    if element is None:
        raise LookupError(path)
    return element
