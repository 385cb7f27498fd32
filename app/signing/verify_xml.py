"""Checks the signatures of an XML file: the signed element must be the one that is read, in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lxml import etree

from app.errors import UserError
from app.records.types import SigningRole
from app.signing.canonical import parse_xml
from app.signing.flow import wrong_order
from app.signing.reports import CheckedDocument, CheckedSignature
from app.signing.slots import (
    DATA,
    DATA_ID,
    ID,
    INFO_ID,
    RELEASE,
    ROOT,
    SIGNING_INFO,
    SLOTS,
    SUBJECT_TEACHER,
    SUBJECT_TEACHERS,
)
from app.signing.verify_xades import check_signature
from app.signing.xades import ds

SUBJECT_TEACHER_ROLE: Final = "subject_teacher"
SIGNATURE: Final = ds("Signature")


def check_xml(data: bytes) -> CheckedDocument:
    """Check every signature; UserError signing.xml_unreadable when this is no XML or declares entities.

    A file that is no XML, but begins with a whole signed document, was changed after signing.
    """
    try:
        root = parse_xml(data)
    except UserError:
        beginning = data[: data.find(b">", data.rfind(b"</")) + 1]
        if len(beginning) == len(data):
            raise
        found = check_xml(beginning)
        if not (found.signatures or found.problem):
            raise
        signatures = tuple(replace(item, covers_all=False) for item in found.signatures)
        return CheckedDocument(signatures, "signing.report_changed")
    return _check_root(root)


def _check_root(root: etree._Element) -> CheckedDocument:
    signatures = list(root.iter(SIGNATURE))
    if not signatures:
        return CheckedDocument(())
    targets = _targets(root)
    if targets is None:
        return CheckedDocument((), "signing.report_wrapped")
    transcript = root.tag == ROOT
    if transcript and not _skeleton(root):
        return CheckedDocument((), "signing.report_wrapped")
    if transcript and next(root.iter(etree.Comment), None) is not None:
        # Canonical XML leaves comments out: one inside a signed text cuts it short for whoever reads it.
        return CheckedDocument((), "signing.report_unsigned_part")
    places = dict(_places(root)) if transcript else dict.fromkeys(signatures, ("", ""))
    if set(places) != set(signatures):
        return CheckedDocument((), "signing.report_wrapped")
    checked = [
        check_signature(signature, targets, role=role, reference=reference)
        for signature, (role, reference) in places.items()
    ]
    return _judged(root, checked, transcript)


def _judged(
    root: etree._Element, checked: list[tuple[CheckedSignature, etree._Element | None]], transcript: bool
) -> CheckedDocument:
    signatures = tuple(
        replace(item, covers_all=item.intact and not _has_loose_content(root, [target]))
        for item, target in checked
    )
    if not transcript:
        return CheckedDocument(signatures)
    roles = tuple(item.role for item in signatures)
    whole = any(role != SUBJECT_TEACHER_ROLE for role in roles)
    if whole and _has_loose_content(root, [target for _, target in checked]):
        return CheckedDocument(signatures, "signing.report_unsigned_part")
    return CheckedDocument(signatures, "signing.report_order" if wrong_order(roles) else "")


def _has_loose_content(root: etree._Element, covered: list[etree._Element | None]) -> bool:
    """Whether any text, attribute or comment stands outside the covered elements and the signatures."""
    if any(True for before in (True, False) for _ in root.itersiblings(preceding=before)):
        return True
    waiting = [] if root in covered else [root]
    while waiting:
        element = waiting.pop()
        if set(element.attrib) - {ID} or (element.text or "").strip():
            return True
        for child in element:
            if (child.tail or "").strip() or not isinstance(child.tag, str):
                return True
            if child.tag != SIGNATURE and child not in covered:
                waiting.append(child)
    return False


def _targets(root: etree._Element) -> dict[str, etree._Element] | None:
    """Elements by their Id; None when one Id stands twice, the root of every wrapping attack."""
    elements = [element for element in root.iter("*") if element.get(ID) is not None]
    counts = Counter(element.get(ID) for element in elements)
    if any(count > 1 for count in counts.values()):
        return None
    return {str(element.get(ID)): element for element in elements}


def _skeleton(root: etree._Element) -> bool:
    """Whether the two signed elements stand where every reader looks for them (domain D4.2)."""
    if [child.tag for child in root] != [DATA, RELEASE]:
        return False
    data = root[0]
    return (
        data.get(ID) == DATA_ID
        and len(data) == 2
        and data[0].get(ID) == INFO_ID
        and data[1].tag == SIGNING_INFO
        and all(child.tag in (SUBJECT_TEACHERS, SLOTS[SigningRole.TEACHER].tag) for child in data[1])
    )


def _places(root: etree._Element) -> Iterator[tuple[etree._Element, tuple[str, str]]]:
    """Each signature that stands in a slot, in signing order, with its role and the Id it must refer to."""
    teachers = root.iterfind(f"{DATA}/{SIGNING_INFO}/{SUBJECT_TEACHERS}/{SUBJECT_TEACHER}")
    for slot in teachers:
        yield from ((signature, (SUBJECT_TEACHER_ROLE, "")) for signature in slot.iterfind(SIGNATURE))
    for role, known in SLOTS.items():
        for path in known.paths:
            for slot in root.iterfind(path):
                signatures = slot.iterfind(SIGNATURE)
                yield from ((signature, (role.value, known.reference)) for signature in signatures)
