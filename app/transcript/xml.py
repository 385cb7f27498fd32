"""Transcript data to the XML data file with its empty signature slots (domain.md 4.2).

The bytes are canonical XML 1.0 behind an XML declaration, without white space between elements:
the same data gives the same bytes, and a signature's digest does not depend on who writes the file again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from lxml import etree

from app.errors import UserError
from app.records import xml_names as n
from app.records.codes import STATUS_TEXT
from app.records.ethnicities import ethnicity_from_text
from app.records.names import match_key
from app.records.programme import SUBJECT_NAMES, TRAIT_NAMES, row_name
from app.records.types import (
    STANDARD_FORM,
    Enrolment,
    FormOptions,
    Pupil,
    Regime,
    SubjectResult,
    SummerStage,
    Supplementary,
    TraitResult,
    TranscriptData,
)
from app.transcript.xml_fields import BadCharacter, text_element, write_fields
from app.transcript.xml_reading import parse_xml
from app.transcript.xml_schema import described, deviation

__all__ = ["build_xml", "parse_xml"]

DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_COUNTRIES: Final[Mapping[str, str]] = {match_key("Việt Nam"): "VN"}
"""Nationalities with their code; any other stands in words only."""
_EXCERPT: Final = 60


def build_xml(data: TranscriptData) -> bytes:
    """The data file of one transcript version, valid against the schema, every slot empty.

    UserError transcript.bad_character when a text holds a character that XML forbids, and
    transcript.bad_value when the schema refuses a value; both name the pupil and the field.
    """
    root = etree.Element(n.ROOT)
    body = etree.SubElement(root, n.DATA, {n.ID_ATTRIBUTE: n.DATA_ID})
    info = etree.SubElement(body, n.INFO, {n.ID_ATTRIBUTE: n.INFO_ID})
    who = data.pupil.name or data.pupil.code
    try:
        _write_info(info, data)
    except BadCharacter as error:
        field = described(error.element)
        raise UserError(
            "transcript.bad_character", name=who, field=field, near=error.near, code=error.code
        ) from error
    _add_slots(root, body)
    _demand_valid(root, who)
    return DECLARATION + etree.tostring(root, method="c14n")


def _add_slots(root: etree._Element, body: etree._Element) -> None:
    slots = etree.SubElement(body, n.SIGNING_INFO)
    etree.SubElement(slots, n.SUBJECT_TEACHERS)
    etree.SubElement(slots, n.HOMEROOM_SLOT)
    release = etree.SubElement(root, n.RELEASE)
    etree.SubElement(etree.SubElement(release, n.LEADER_APPROVAL), n.LEADER_SLOT)
    etree.SubElement(release, n.SEAL_SLOT)


def _demand_valid(root: etree._Element, who: str) -> None:
    found = deviation(root)
    if found is None:
        return
    element, reason = found
    element = root if element is None else element
    value = "".join(map(str, element.itertext()))[:_EXCERPT]
    raise UserError("transcript.bad_value", name=who, field=described(element), value=value, reason=reason)


def _write_info(info: etree._Element, data: TranscriptData) -> None:
    text_element(info, n.STRUCTURE, n.STRUCTURE_VERSION)
    version = etree.SubElement(info, n.VERSION)
    text_element(version, n.RECORD_ID, data.transcript_id)
    write_fields(version, data, n.VERSION_FIELDS)
    text_element(version, n.EVENT, n.EVENT_NEW)
    text_element(version, n.UPDATED_AT, data.issued_at.replace(tzinfo=None).isoformat(timespec="seconds"))
    write_fields(etree.SubElement(info, n.SCHOOL), data.school, n.SCHOOL_FIELDS)
    text_element(info, n.LEVEL_CODE, n.PRIMARY_LEVEL)
    _write_pupil(etree.SubElement(info, n.PUPIL), data.pupil)
    _write_enrolment(etree.SubElement(info, n.ENROLMENT), data.enrolment)
    history = etree.SubElement(info, n.HISTORY)
    for row in data.history:
        write_fields(etree.SubElement(history, n.HISTORY_ROW), row, n.HISTORY_FIELDS)
    _write_results(info, data)
    write_fields(etree.SubElement(info, n.OUTCOME), data.outcome, n.OUTCOME_FIELDS)
    if data.supplementary is not None:
        _write_supplementary(etree.SubElement(info, n.SUPPLEMENTARY), data.supplementary, data.form)
    signatories = etree.SubElement(info, n.SIGNATORIES)
    write_fields(etree.SubElement(signatories, n.TEACHER), data.teacher, n.TEACHER_FIELDS)
    write_fields(etree.SubElement(signatories, n.LEADER), data.leader, n.LEADER_FIELDS)
    if data.form != STANDARD_FORM:
        write_fields(etree.SubElement(info, n.FORM), data.form, n.FORM_FIELDS)


def _write_pupil(parent: etree._Element, pupil: Pupil) -> None:
    country = _COUNTRIES.get(match_key(pupil.nationality), "")
    beside = {
        "ethnicity": (n.ETHNICITY_CODE, ethnicity_from_text(pupil.ethnicity) or ""),
        "nationality": (n.NATIONALITY_CODE, country),
    }
    write_fields(parent, pupil, n.PUPIL_FIELDS, beside)


def _write_enrolment(parent: etree._Element, enrolment: Enrolment) -> None:
    text_element(parent, n.LEVEL_GROUP, n.PRIMARY_LEVEL)
    if enrolment.class_name:
        text_element(parent, n.CLASS_CODE, enrolment.class_name)
    beside = {"status": (n.STATUS_NAME, STATUS_TEXT[enrolment.status])}
    write_fields(parent, enrolment, n.ENROLMENT_FIELDS, beside)
    text_element(parent, n.NOT_ASSESSED, str(int(enrolment.regime is Regime.NOT_ASSESSED)))


def _write_results(info: etree._Element, data: TranscriptData) -> None:
    results = data.results
    subjects = etree.SubElement(info, n.SUBJECTS)
    text_element(subjects, n.SHOWN, " ".join(data.subjects))
    for code in _in_order(results.subjects, data.subjects):
        item = etree.SubElement(subjects, n.SUBJECT, {n.ID_ATTRIBUTE: n.SUBJECT_ID_PREFIX + code})
        _write_subject(item, code, results.subjects[code], data.form)
    traits = etree.SubElement(info, n.TRAITS)
    text_element(traits, n.SHOWN, " ".join(data.traits))
    for code in _in_order(results.traits, data.traits):
        _write_trait(etree.SubElement(traits, n.TRAIT), code, results.traits[code])
    comments = etree.SubElement(info, n.GROUP_COMMENTS)
    for code in sorted(results.group_comments):
        item = etree.SubElement(comments, n.GROUP_COMMENT)
        text_element(item, n.GROUP_CODE, code)
        text_element(item, n.COMMENT_TEXT, results.group_comments[code])


def _write_subject(item: etree._Element, code: str, result: SubjectResult, form: FormOptions) -> None:
    text_element(item, n.SUBJECT_CODE, code)
    text_element(item, n.SUBJECT_NAME, row_name(code, form))
    write_fields(item, result, n.SUBJECT_FIELDS)


def _write_trait(item: etree._Element, code: str, result: TraitResult) -> None:
    text_element(item, n.TRAIT_CODE, code)
    text_element(item, n.TRAIT_NAME, TRAIT_NAMES.get(code, code))
    write_fields(item, result, n.TRAIT_FIELDS)


def _write_supplementary(parent: etree._Element, again: Supplementary, form: FormOptions) -> None:
    if again.stage is not SummerStage.APPROVED:
        raise ValueError("only an approved assessment belongs in a transcript")
    write_fields(parent, again, n.SUPPLEMENTARY_FIELDS)
    for code in _in_order(again.subjects, SUBJECT_NAMES):
        _write_subject(etree.SubElement(parent, n.SUBJECT_AGAIN), code, again.subjects[code], form)
    for code in _in_order(again.traits, TRAIT_NAMES):
        _write_trait(etree.SubElement(parent, n.TRAIT_AGAIN), code, again.traits[code])
    for cell in sorted(again.before):
        pair = etree.SubElement(parent, n.BEFORE)
        text_element(pair, n.CELL, cell)
        text_element(pair, n.CELL_VALUE, again.before[cell])


def _in_order(recorded: Mapping[str, object], shown: Iterable[str]) -> list[str]:
    """Recorded codes: those of the form in its order, then the others by name."""
    order = {code: place for place, code in enumerate(shown)}
    return sorted(recorded, key=lambda code: (order.get(code, len(order)), code))
