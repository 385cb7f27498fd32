"""The secure way into an XML data file, and its schema (`resources/xsd/hoc-ba.xsd`), compiled once."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from lxml import etree

from app.errors import UserError
from app.paths import resource
from app.records import xml_names as n
from app.transcript.xml_model import LABELS


def parse_secure(xml: bytes) -> etree._Element:
    """The root element, read without entities, DTD or network.

    Comments and processing instructions are refused too: canonical XML leaves comments out, so that one put
    into a signed text would cut it short for the reader and still fit the signature.

    UserError transcript.xml_unreadable when it is not well-formed XML or holds any of these.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UserError("transcript.xml_unreadable", reason=str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UserError("transcript.xml_unreadable", reason="DOCTYPE")
    if _has_remarks(root):
        raise UserError("transcript.xml_unreadable", reason="comment")
    return root


def _has_remarks(root: etree._Element) -> bool:
    beside = (*root.itersiblings(preceding=True), *root.itersiblings())
    return bool(beside) or next(root.iter(etree.Comment, etree.PI), None) is not None


def validate(root: etree._Element) -> None:
    """UserError transcript.xml_invalid, with the first deviation, when `root` does not follow the schema."""
    reason = deviation(root)
    if reason is None:
        return
    named = re.search(r"Element '([^']+)'", reason[1])
    raise UserError("transcript.xml_invalid", element=named.group(1) if named else n.ROOT, reason=reason[1])


def deviation(root: etree._Element) -> tuple[etree._Element | None, str] | None:
    """The first element that does not follow the schema and what is wrong with it; None when all do."""
    schema = _schema()
    if schema.validate(root):
        return None
    log: Any = schema.error_log  # the stubs know nothing of its entries
    first = log[0]
    found = root.getroottree().xpath(first.path) if first.path else []
    element = found[0] if isinstance(found, list) and found else None
    return (element if isinstance(element, etree._Element) else None), first.message


def described(element: etree._Element) -> str:
    """What an element says, in Vietnamese, with the subject or trait that it is about."""
    path = "/".join(str(part.tag) for part in (*reversed(list(element.iterancestors())), element))
    label = re.split(r"[,;(]", LABELS.get(path, str(element.tag)))[0].strip()
    parent = element.getparent()
    about = "" if parent is None else parent.findtext(n.SUBJECT_NAME) or parent.findtext(n.TRAIT_NAME) or ""
    return f"{label} ({about})" if about and about != element.text else label


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(resource("xsd", "hoc-ba.xsd"))))
