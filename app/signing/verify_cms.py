"""Checks one CMS signature of a PDF against the bytes that it covers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from asn1crypto import cms, parser  # type: ignore[import-untyped]

from app.signing.algorithms import HASHES, verifies
from app.signing.certificates import public_key

ATTRIBUTES_TAG: Final = b"\x31"
"""Signed attributes are signed as a SET, whatever tag they carry inside the message (RFC 5652, 5.4)."""


@dataclass(frozen=True, slots=True)
class CmsResult:
    """`certificate` is the signer's, DER; `certificate_protected` says it is under the signature itself."""

    intact: bool
    certificate: bytes = b""
    extra: tuple[bytes, ...] = ()
    time: datetime | None = None
    certificate_protected: bool = False


def check_cms(content: bytes, covered: Callable[[str], bytes]) -> CmsResult:
    """Check a detached CMS signature; `covered(hash name)` gives the digest of what it covers.

    Bytes after the message must be zeros, as a PDF pads them. Anything unreadable is not intact.
    """
    try:
        message = cms.ContentInfo.load(content)
        if any(content[len(message.dump()) :]) or not _type_and_content_only(content):
            return CmsResult(intact=False)
        return _check(message["content"], covered)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return CmsResult(intact=False)


def _type_and_content_only(content: bytes) -> bool:
    """Whether the message holds its two parts and nothing more: a wrong length would take in the padding."""
    rest = parser.parse(content)[4]
    for _ in range(2):
        rest = rest[sum(map(len, parser.parse(rest)[3:])) :]
    return not rest


def _check(data: Any, covered: Callable[[str], bytes]) -> CmsResult:
    (info,) = data["signer_infos"]
    signed = ATTRIBUTES_TAG + info["signed_attrs"].dump()[1:]  # before anything else parses and rewrites it
    certificates = {item.chosen.dump() for item in data["certificates"] if item.name == "certificate"}
    signer = _signer(info, data["certificates"])
    attributes = {item["type"].native: item["values"] for item in info["signed_attrs"]}
    protection = _protection(attributes, signer)
    version = "v1" if info["sid"].name == "issuer_and_serial_number" else "v3"
    intact = (
        data["version"].native == info["version"].native == version
        and data["encap_content_info"]["content_type"].native == "data"
        and attributes["content_type"][0].native == "data"
        and protection is not False
        and _digest_matches(info, attributes, covered)
        and _value_matches(info, signer, signed)
    )
    time = attributes["signing_time"][0].native if "signing_time" in attributes else None
    return CmsResult(intact, signer, tuple(sorted(certificates - {signer})), time, protection is True)


def _signer(info: Any, certificates: Any) -> bytes:
    """The DER certificate that the signer info names; ValueError when it is not enclosed."""
    sid = info["sid"]
    for item in certificates:
        certificate = item.chosen
        if sid.name == "issuer_and_serial_number":
            same = certificate.serial_number == sid.chosen["serial_number"].native and _same_name(
                certificate.issuer, sid.chosen["issuer"]
            )
        else:
            same = certificate.key_identifier == sid.chosen.native
        if same:
            return bytes(certificate.dump())
    raise ValueError("signer's certificate is missing")


def _same_name(first: Any, second: Any) -> bool:
    return bool(first.dump() == second.dump() or first == second)


def _protection(attributes: dict[str, Any], signer: bytes) -> bool | None:
    """Whether signingCertificateV2 names this certificate; None when there is no such attribute."""
    if "signing_certificate_v2" not in attributes:
        return None
    identifier = attributes["signing_certificate_v2"][0]["certs"][0]
    name = identifier["hash_algorithm"]["algorithm"].native
    return name in HASHES and bool(hashlib.new(name, signer).digest() == identifier["cert_hash"].native)


def _digest_matches(info: Any, attributes: dict[str, Any], covered: Callable[[str], bytes]) -> bool:
    name = info["digest_algorithm"]["algorithm"].native
    return name in HASHES and bool(attributes["message_digest"][0].native == covered(name))


def _value_matches(info: Any, signer: bytes, signed: bytes) -> bool:
    algorithm = info["signature_algorithm"]
    scheme = algorithm.signature_algo
    name = info["digest_algorithm"]["algorithm"].native
    if algorithm["algorithm"].native != "rsassa_pkcs1v15" and algorithm.hash_algo != name:
        return False
    return verifies(public_key(signer), scheme, name, info["signature"].native, signed)
