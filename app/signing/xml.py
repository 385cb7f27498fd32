"""XAdES B-B signatures in a role's slot of the XML data file; earlier signatures stay as they are."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec, utils
from lxml import etree

from app.errors import UserError
from app.records.types import SigningRole
from app.signing.canonical import canonical, parse_xml
from app.signing.certificates import check_usable, public_key
from app.signing.pkcs11 import Signer
from app.signing.slots import ID, SLOTS, Slot
from app.signing.times import iso_local
from app.signing.xades import (
    C14N,
    DS,
    ECDSA_SHA256,
    RSA_SHA256,
    SHA256,
    SIGNED_PROPERTIES_TYPE,
    XADES,
    ds,
    xades,
)

DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def sign_xml(
    xml: bytes, *, role: SigningRole, signer: Signer, signed_at: datetime, chain: Sequence[bytes] = ()
) -> bytes:
    """Fill the slot of `role` in a transcript's data file.

    UserError signing.xml_unreadable, .slot_missing, .already_signed; TokenProblem as `check_usable` and the
    signer raise.
    """
    return sign_slot(xml, slot=SLOTS[role], signer=signer, signed_at=signed_at, chain=chain)


def sign_slot(
    xml: bytes, *, slot: Slot, signer: Signer, signed_at: datetime, chain: Sequence[bytes] = ()
) -> bytes:
    """Sign the element with the slot's `reference` into the slot, which must lie outside of it."""
    check_usable(signer.certificate, signed_at)
    root = parse_xml(xml)
    place = _empty_slot(root, slot)
    target = _target(root, slot.reference)
    if target in (place, *place.iterancestors()):
        raise UserError("signing.slot_missing", slot=slot.tag)
    _sign(place, target, slot, signer, signed_at, chain)
    return DECLARATION + etree.tostring(root.getroottree(), method="c14n", with_comments=True)


def _empty_slot(root: etree._Element, slot: Slot) -> etree._Element:
    found = next((place for path in slot.paths if (place := root.find(path)) is not None), None)
    if found is None:
        raise UserError("signing.slot_missing", slot=slot.tag)
    if len(found) or (found.text or "").strip():
        raise UserError("signing.already_signed", field=slot.tag)
    return found


def _target(root: etree._Element, identifier: str) -> etree._Element:
    found = [element for element in root.iter("*") if element.get(ID) == identifier]
    if len(found) != 1:
        raise UserError("signing.slot_missing", slot=f"#{identifier}")
    return found[0]


def _sign(
    place: etree._Element,
    target: etree._Element,
    slot: Slot,
    signer: Signer,
    signed_at: datetime,
    chain: Sequence[bytes],
) -> None:
    name = f"ky-{slot.tag}"
    signature = etree.SubElement(place, ds("Signature"), {ID: name}, nsmap={"ds": DS})
    signed_info = etree.SubElement(signature, ds("SignedInfo"))
    value = etree.SubElement(signature, ds("SignatureValue"))
    data = etree.SubElement(etree.SubElement(signature, ds("KeyInfo")), ds("X509Data"))
    for der in dict.fromkeys((signer.certificate.der, *chain)):
        _text(data, ds("X509Certificate"), _base64(der))
    properties = _properties(signature, slot, signer.certificate.der, signed_at)
    curve = isinstance(public_key(signer.certificate.der), ec.EllipticCurvePublicKey)
    etree.SubElement(signed_info, ds("CanonicalizationMethod"), Algorithm=C14N)
    etree.SubElement(signed_info, ds("SignatureMethod"), Algorithm=ECDSA_SHA256 if curve else RSA_SHA256)
    _reference(signed_info, target, {ID: f"{name}-ref", "URI": f"#{slot.reference}"})
    _reference(signed_info, properties, {"URI": f"#{name}-xades", "Type": SIGNED_PROPERTIES_TYPE})
    signed = signer.sign(canonical(signed_info))
    value.text = _base64(_plain_ecdsa(signed, signer.certificate.der) if curve else signed)


def _properties(signature: etree._Element, slot: Slot, der: bytes, signed_at: datetime) -> etree._Element:
    """The signed properties; they name the slot, so that a signature cannot be moved to another one."""
    name = str(signature.get(ID))
    holder = etree.SubElement(signature, ds("Object"))
    qualifying = etree.SubElement(
        holder, xades("QualifyingProperties"), {"Target": f"#{name}"}, nsmap={"xades": XADES}
    )
    properties = etree.SubElement(qualifying, xades("SignedProperties"), {ID: f"{name}-xades"})
    about_signature = etree.SubElement(properties, xades("SignedSignatureProperties"))
    _text(about_signature, xades("SigningTime"), iso_local(signed_at))
    certificate = etree.SubElement(
        etree.SubElement(about_signature, xades("SigningCertificateV2")), xades("Cert")
    )
    _digest(etree.SubElement(certificate, xades("CertDigest")), der)
    role = etree.SubElement(about_signature, xades("SignerRoleV2"))
    _text(etree.SubElement(role, xades("ClaimedRoles")), xades("ClaimedRole"), slot.tag)
    about_data = etree.SubElement(properties, xades("SignedDataObjectProperties"))
    form = etree.SubElement(about_data, xades("DataObjectFormat"), ObjectReference=f"#{name}-ref")
    _text(form, xades("MimeType"), "text/xml")
    return properties


def _reference(signed_info: etree._Element, target: etree._Element, attributes: dict[str, str]) -> None:
    reference = etree.SubElement(signed_info, ds("Reference"), attributes)
    transforms = etree.SubElement(reference, ds("Transforms"))
    etree.SubElement(transforms, ds("Transform"), Algorithm=C14N)
    _digest(reference, canonical(target))


def _digest(parent: etree._Element, data: bytes) -> None:
    etree.SubElement(parent, ds("DigestMethod"), Algorithm=SHA256)
    _text(parent, ds("DigestValue"), _base64(hashlib.sha256(data).digest()))


def _text(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, tag).text = text


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _plain_ecdsa(signature: bytes, der: bytes) -> bytes:
    """XML Signature wants r and s side by side (RFC 4050 style), not as DER."""
    size = (public_key(der).key_size + 7) // 8
    r, s = utils.decode_dss_signature(signature)
    return r.to_bytes(size) + s.to_bytes(size)
