"""The XML data file back to transcript data, exactly as it was written."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from app.records import xml_names as n
from app.records.types import (
    STANDARD_FORM,
    Enrolment,
    FormOptions,
    HistoryRow,
    PeriodResults,
    Pupil,
    School,
    Signatory,
    SubjectResult,
    SummerStage,
    Supplementary,
    TraitResult,
    TranscriptData,
    YearOutcome,
)
from app.transcript.xml_fields import read_fields
from app.transcript.xml_schema import parse_secure, validate


def parse_xml(xml: bytes) -> TranscriptData:
    """The exact data of a data file, signed or not; says nothing about its signatures.

    UserError transcript.xml_unreadable or transcript.xml_invalid when it is not one of our files.
    """
    root = parse_secure(xml)
    validate(root)
    info = _child(root, f"{n.DATA}/{n.INFO}")
    outcome = _child(info, n.OUTCOME)
    again = info.find(n.SUPPLEMENTARY)
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
        results=_results(info),
        outcome=YearOutcome(**read_fields(outcome, YearOutcome, n.OUTCOME_FIELDS)),
        teacher=_signatory(info, n.TEACHER, n.TEACHER_FIELDS),
        leader=_signatory(info, n.LEADER, n.LEADER_FIELDS),
        supplementary=None if again is None else _supplementary(again),
        form=_form(info.find(n.FORM)),
    )


def _form(element: etree._Element | None) -> FormOptions:
    return (
        STANDARD_FORM if element is None else FormOptions(**read_fields(element, FormOptions, n.FORM_FIELDS))
    )


def _results(info: etree._Element) -> PeriodResults:
    comments = {
        item.findtext(n.GROUP_CODE, ""): item.findtext(n.COMMENT_TEXT, "")
        for item in _child(info, n.GROUP_COMMENTS)
    }
    return PeriodResults(
        _subjects(_child(info, n.SUBJECTS), n.SUBJECT), _traits(_child(info, n.TRAITS), n.TRAIT), comments
    )


def _subjects(parent: etree._Element, tag: str) -> dict[str, SubjectResult]:
    return {
        item.findtext(n.SUBJECT_CODE, ""): SubjectResult(**read_fields(item, SubjectResult, n.SUBJECT_FIELDS))
        for item in parent.iterfind(tag)
    }


def _traits(parent: etree._Element, tag: str) -> dict[str, TraitResult]:
    return {
        item.findtext(n.TRAIT_CODE, ""): TraitResult(**read_fields(item, TraitResult, n.TRAIT_FIELDS))
        for item in parent.iterfind(tag)
    }


def _supplementary(parent: etree._Element) -> Supplementary:
    return Supplementary(
        stage=SummerStage.APPROVED,
        **read_fields(parent, Supplementary, n.SUPPLEMENTARY_FIELDS),
        subjects=_subjects(parent, n.SUBJECT_AGAIN),
        traits=_traits(parent, n.TRAIT_AGAIN),
        before={
            pair.findtext(n.CELL, ""): pair.findtext(n.CELL_VALUE, "") for pair in parent.iterfind(n.BEFORE)
        },
    )


def _signatory(info: etree._Element, tag: str, names: Mapping[str, str]) -> Signatory:
    return Signatory(**read_fields(_child(info, f"{n.SIGNATORIES}/{tag}"), Signatory, names))


def _shown(info: etree._Element, tag: str) -> tuple[str, ...]:
    return tuple(_child(info, tag).findtext(n.SHOWN, "").split())


def _child(parent: etree._Element, path: str) -> etree._Element:
    element = parent.find(path)
    if element is None:
        raise LookupError(path)
    return element
