"""Checks one XML signature: its references, its value and its XAdES properties."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from app.signing.algorithms import der_ecdsa, digest, verifies
from app.signing.canonical import canonical, canonical_exclusive
from app.signing.certificates import parse, public_key
from app.signing.reports import CheckedSignature
from app.signing.slots import ID, SLOTS
from app.signing.xades import C14N, C14N_11, DS, ENVELOPED, EXCLUSIVE, XADES, ds

NAMES: Final = {"ds": DS, "xades": XADES}
SIGNED_PROPERTIES_SUFFIX: Final = "#SignedProperties"
MORE: Final = "http://www.w3.org/2001/04/xmldsig-more#"
ENC: Final = "http://www.w3.org/2001/04/xmlenc#"
DIGESTS: Final = {f"{ENC}sha256": "sha256", f"{MORE}sha384": "sha384", f"{ENC}sha512": "sha512"}
METHODS: Final = {
    f"{MORE}{family}-{name}": (scheme, name)
    for family, scheme in (("rsa", "rsassa_pkcs1v15"), ("ecdsa", "ecdsa"))
    for name in ("sha256", "sha384", "sha512")
} | {
    f"http://www.w3.org/2007/05/xmldsig-more#{name}-rsa-MGF1": ("rsassa_pss", name)
    for name in ("sha256", "sha384", "sha512")
}
WITH_COMMENTS: Final = "#WithComments"
CLAIMED_ROLE: Final = (
    "xades:SignedSignatureProperties/xades:SignerRoleV2/xades:ClaimedRoles/xades:ClaimedRole"
)
SLOT_TAGS: Final = frozenset(slot.tag for slot in SLOTS.values())


class _Refused(Exception):
    """A part of a signature that is missing, wrong or not allowed."""


@dataclass(frozen=True, slots=True)
class _Context:
    signature: etree._Element
    targets: Mapping[str, etree._Element]
    reference: str
    """The Id that must be signed; empty when any element outside the signature may be."""


def check_signature(
    signature: etree._Element, targets: Mapping[str, etree._Element], *, role: str, reference: str
) -> tuple[CheckedSignature, etree._Element | None]:
    """Check one ds:Signature; also returns the element that it signs, when it is intact.

    `targets`: the only element with each Id. Anything unknown or not allowed makes it not intact.
    """
    certificates: tuple[bytes, ...] = ()
    try:
        certificates = _certificates(signature)
        context = _Context(signature, targets, reference)
        properties = _signed_properties(signature)
        signer = _signer(certificates, properties)
        target, has_properties = _check_references(context, properties)
        _check_value(signature, signer)
        _check_slot(signature, properties)
    except (_Refused, ValueError, TypeError, etree.LxmlError):
        return CheckedSignature(
            role, intact=False, certificate=certificates[0] if certificates else b""
        ), None
    trusted = properties if has_properties else None
    checked = CheckedSignature(
        role=role,
        intact=True,
        certificate=signer,
        extra=tuple(der for der in certificates if der != signer),
        time=_time(trusted),
        level="B-B" if trusted is not None and trusted.find(".//xades:CertDigest", NAMES) is not None else "",
    )
    return checked, target


def _signed_properties(signature: etree._Element) -> etree._Element | None:
    """The XAdES properties, which must say that they are about this signature (EN 319 132-1, 4.3.1)."""
    qualifying = signature.find("ds:Object/xades:QualifyingProperties", NAMES)
    if qualifying is None:
        return None
    if qualifying.get("Target") != f"#{signature.get(ID)}":
        raise _Refused("properties of another signature")
    return qualifying.find("xades:SignedProperties", NAMES)


def _check_slot(signature: etree._Element, properties: etree._Element | None) -> None:
    """A signature that says for which slot it was made must stand in that slot."""
    claimed = properties.findtext(CLAIMED_ROLE, "", NAMES) if properties is not None else ""
    place = signature.getparent()
    if claimed in SLOT_TAGS and (place is None or place.tag != claimed):
        raise _Refused("slot of another role")


def _check_references(context: _Context, properties: etree._Element | None) -> tuple[etree._Element, bool]:
    """The signed element, and whether the XAdES properties are signed too."""
    references = context.signature.findall("ds:SignedInfo/ds:Reference", NAMES)
    about = [item for item in references if item.get("Type", "").endswith(SIGNED_PROPERTIES_SUFFIX)]
    data = [item for item in references if item not in about]
    if len(data) != 1 or len(about) != (0 if properties is None else 1):
        raise _Refused("references")
    for item in about:
        if properties is None or item.get("URI") != f"#{properties.get(ID)}":
            raise _Refused("properties")
        if context.targets.get(str(properties.get(ID))) is not properties:
            raise _Refused("properties")
        _check_digest(item, properties, context.signature)
    target = _target(context, data[0])
    _check_digest(data[0], target, context.signature)
    return target, bool(about)


def _target(context: _Context, reference: etree._Element) -> etree._Element:
    uri = reference.get("URI", "")
    if context.reference and uri != f"#{context.reference}":
        raise _Refused("wrong element")
    root = context.signature.getroottree().getroot()
    target = context.targets.get(uri[1:]) if uri.startswith("#") else root if uri == "" else None
    if target is None or context.signature in (target, *target.iterancestors()):
        raise _Refused("no such element")
    inside = target in context.signature.iterancestors()
    if inside and ENVELOPED not in _transforms(reference):
        raise _Refused("signs itself")
    return target


def _transforms(reference: etree._Element) -> list[str]:
    return [str(item.get("Algorithm")) for item in reference.findall("ds:Transforms/ds:Transform", NAMES)]


def _check_digest(reference: etree._Element, target: etree._Element, signature: etree._Element) -> None:
    names = _transforms(reference)
    if names[:1] == [ENVELOPED]:
        names = names[1:]
        target = _without(target, signature)
    if len(names) > 1:
        raise _Refused("transforms")
    method = reference.find("ds:Transforms/ds:Transform[last()]", NAMES)
    data = _canonical(names[0] if names else C14N, target, method)
    value = _binary(reference.find("ds:DigestValue", NAMES))
    algorithm = reference.find("ds:DigestMethod", NAMES)
    name = DIGESTS.get(algorithm.get("Algorithm", ""), "") if algorithm is not None else ""
    if digest(name, data) != value:
        raise _Refused("digest")


def _without(target: etree._Element, signature: etree._Element) -> etree._Element:
    """The target in a copy of its document from which the signature is taken out (enveloped)."""
    tree = signature.getroottree()
    if signature not in target.iter(ds("Signature")):
        return target
    copied = etree.fromstring(etree.tostring(tree, method="c14n"))
    target_path, signature_path = tree.getelementpath(target), tree.getelementpath(signature)
    found = copied.find(signature_path)
    parent = found.getparent() if found is not None else None
    if found is None or parent is None:
        raise _Refused("enveloped")
    _drop(parent, found)
    rest = copied if target_path == "." else copied.find(target_path)
    if rest is None:
        raise _Refused("enveloped")
    return rest


def _drop(parent: etree._Element, child: etree._Element) -> None:
    """Remove a child and keep the text behind it."""
    previous = child.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
    parent.remove(child)


def _canonical(name: str, element: etree._Element, method: etree._Element | None) -> bytes:
    plain = name.removesuffix(WITH_COMMENTS).removesuffix("WithComments")
    if plain in (C14N, C14N_11):
        return canonical(element)
    if plain.rstrip("#") == EXCLUSIVE.rstrip("#"):
        prefixes = method.find(f"{{{EXCLUSIVE}}}InclusiveNamespaces") if method is not None else None
        return canonical_exclusive(
            element, prefixes.get("PrefixList", "").split() if prefixes is not None else []
        )
    raise _Refused("canonicalisation")


def _check_value(signature: etree._Element, signer: bytes) -> None:
    info = signature.find("ds:SignedInfo", NAMES)
    value = _binary(signature.find("ds:SignatureValue", NAMES))
    if info is None:
        raise _Refused("no SignedInfo")
    form = info.find("ds:CanonicalizationMethod", NAMES)
    method = info.find("ds:SignatureMethod", NAMES)
    if form is None or method is None or method.get("Algorithm") not in METHODS:
        raise _Refused("method")
    scheme, name = METHODS[str(method.get("Algorithm"))]
    data = _canonical(form.get("Algorithm", ""), info, form)
    if not verifies(public_key(signer), scheme, name, der_ecdsa(value) if scheme == "ecdsa" else value, data):
        raise _Refused("value")


def _certificates(signature: etree._Element) -> tuple[bytes, ...]:
    found = tuple(map(_binary, signature.findall("ds:KeyInfo/ds:X509Data/ds:X509Certificate", NAMES)))
    for der in found:
        parse(der)
    if not found:
        raise _Refused("no certificate")
    return found


def _signer(certificates: tuple[bytes, ...], properties: etree._Element | None) -> bytes:
    """The certificate that the signed properties name; without them the first one that is enclosed."""
    entry = properties.find(".//xades:Cert/xades:CertDigest", NAMES) if properties is not None else None
    if entry is None:
        return certificates[0]
    value = _binary(entry.find("ds:DigestValue", NAMES))
    method = entry.find("ds:DigestMethod", NAMES)
    name = DIGESTS.get(method.get("Algorithm", ""), "") if method is not None else ""
    found = [der for der in certificates if digest(name, der) == value]
    if not found:
        raise _Refused("certificate exchanged")
    return found[0]


def _time(properties: etree._Element | None) -> datetime | None:
    text = properties.findtext(".//xades:SigningTime", "", NAMES) if properties is not None else ""
    if not text:
        return None
    moment = datetime.fromisoformat(text.strip())
    return moment if moment.tzinfo else None


def _binary(element: etree._Element | None) -> bytes:
    if element is None:
        raise _Refused("missing value")
    text = "".join((element.text or "").split())
    try:
        value = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise _Refused("base64") from None
    if base64.b64encode(value).decode("ascii") != text:
        raise _Refused("base64")  # the spare bits of the last letter were changed
    return value
