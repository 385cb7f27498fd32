"""Reading XML safely, and its inclusive and exclusive canonical forms."""

from __future__ import annotations

import copy
from typing import Final, cast

from lxml import etree

from app.errors import UserError

XML_NAMESPACE: Final = "{http://www.w3.org/XML/1998/namespace}"


def parse_xml(data: bytes) -> etree._Element:
    """The root of an XML document; entities and document types are refused.

    UserError signing.xml_unreadable.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UserError("signing.xml_unreadable") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UserError("signing.xml_unreadable")
    return root


def canonical(element: etree._Element) -> bytes:
    """Canonical XML 1.0 of an element in its document, without comments.

    Inclusive: namespaces and xml: attributes that are in force at the element are written on it, used or
    not. lxml alone writes only the namespaces that are used.
    """
    return etree.tostring(_detached(element), method="c14n", with_comments=False)


def canonical_exclusive(element: etree._Element, prefixes: list[str]) -> bytes:
    """Exclusive Canonical XML 1.0 of an element, without comments; `prefixes` are treated inclusively."""
    return etree.tostring(
        _detached(element),
        method="c14n",
        exclusive=True,
        with_comments=False,
        inclusive_ns_prefixes=prefixes or None,
    )


def _detached(element: etree._Element) -> etree._Element:
    """A copy of the element as a root of its own, with all that it inherits."""
    if not element.nsmap and not _inherited(element):
        return element  # nothing can be lost: lxml's own form is right
    attributes = _inherited(element) | {str(name): str(value) for name, value in element.attrib.items()}
    namespaces = cast(dict[str, str], element.nsmap)  # the stubs forget that a prefix may be None
    root = etree.Element(element.tag, attributes, nsmap=namespaces)
    root.text = element.text
    root.extend(copy.deepcopy(child) for child in element)
    return root


def _inherited(element: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for ancestor in element.iterancestors():
        for name, value in ancestor.attrib.items():
            if str(name).startswith(XML_NAMESPACE):
                found.setdefault(str(name), str(value))
    return found
