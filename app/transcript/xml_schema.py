"""The secure way into an XML data file, and its schema (`resources/xsd/hoc-ba.xsd`), compiled once."""

from __future__ import annotations

import re
from functools import cache

from lxml import etree

from app.errors import UserError
from app.paths import resource
from app.transcript import xml_names as n


def parse_secure(xml: bytes) -> etree._Element:
    """The root element, read without entities, DTD or network.

    UserError transcript.xml_unreadable when it is not well-formed XML or carries a DOCTYPE.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UserError("transcript.xml_unreadable", reason=str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UserError("transcript.xml_unreadable", reason="DOCTYPE")
    return root


def validate(root: etree._Element) -> None:
    """UserError transcript.xml_invalid, with the first deviation, when `root` does not follow the schema."""
    try:
        _schema().assertValid(root)
    except etree.DocumentInvalid as error:
        named = re.search(r"Element '([^']+)'", str(error))
        element = named.group(1) if named else n.ROOT
        raise UserError("transcript.xml_invalid", element=element, reason=str(error)) from error


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(resource("xsd", "hoc-ba.xsd"))))
