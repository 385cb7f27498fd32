"""What a signing certificate says: names, Vietnamese identifiers, validity, and whether it may sign."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final, cast

from asn1crypto import pem  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from app.errors import TokenProblem, UserError

UID_OID: Final = "0.9.2342.19200300.100.1.1"
SHORT_NAMES: Final = {
    "2.5.4.3": "CN",
    "2.5.4.4": "SN",
    "2.5.4.5": "SERIALNUMBER",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.9": "STREET",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.12": "T",
    "2.5.4.42": "GN",
    "1.2.840.113549.1.9.1": "E",
    "0.9.2342.19200300.100.1.25": "DC",
    UID_OID: "UID",
}
SIGNING_USES: Final = frozenset({"digital_signature", "non_repudiation"})
LOCAL_AS_UTC: Final = timedelta(hours=7)
"""Some Vietnamese tools write local time as UTC: recognised, not refused (domain D7.6)."""

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey


@dataclass(frozen=True, slots=True)
class CertificateInfo:
    """A certificate as people and checks need it. Times are aware (UTC), `fingerprint` is SHA-256 in hex."""

    subject: str
    """All parts in the certificate's order, like "C=VN, O=…, UID=CCCD:…, CN=…"."""
    issuer: str
    common_name: str
    serial: str
    """Serial number in hexadecimal."""
    fingerprint: str
    not_before: datetime
    not_after: datetime
    cccd: str
    """The holder's 12-digit number from UID=CCCD:…, empty when the certificate does not say."""
    mst: str
    """Tax code of the organisation from UID=MST:…, or empty."""
    organisation: str
    der: bytes = field(repr=False)


@lru_cache(maxsize=512)
def describe(der: bytes) -> CertificateInfo:
    """Read a DER certificate; UserError signing.certificate_unreadable when it is none."""
    try:
        certificate = parse(der)
        validity = certificate["tbs_certificate"]["validity"]
        parts = _parts(certificate.subject)
        return CertificateInfo(
            subject=_text(parts),
            issuer=_text(_parts(certificate.issuer)),
            common_name=_last(parts, "CN"),
            serial=f"{certificate.serial_number:x}",
            fingerprint=hashlib.sha256(der).hexdigest(),
            not_before=cast(datetime, validity["not_before"].native),
            not_after=cast(datetime, validity["not_after"].native),
            cccd=_uid(parts, "CCCD"),
            mst=_uid(parts, "MST"),
            organisation=_last(parts, "O"),
            der=der,
        )
    except (ValueError, TypeError, KeyError):
        raise UserError("signing.certificate_unreadable") from None


@lru_cache(maxsize=512)
def parse(der: bytes) -> asn1_x509.Certificate:
    """The ASN.1 view of a certificate; ValueError when `der` is not exactly one certificate."""
    return asn1_x509.Certificate.load(der, strict=True)


@lru_cache(maxsize=512)
def public_key(der: bytes) -> PublicKey:
    """The public key of a DER certificate; ValueError for a kind that the law does not allow (D7.5)."""
    try:
        key = load_der_public_key(parse(der).public_key.dump())
    except UnsupportedAlgorithm as error:
        raise ValueError(str(error)) from None
    if isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        return key
    raise ValueError("neither RSA nor ECDSA")


def load_certificate(path: Path) -> CertificateInfo:
    """Read the first certificate of a PEM or DER file; UserError signing.certificate_file."""
    try:
        return describe(pem_certificates(path.read_bytes())[0])
    except (OSError, ValueError, IndexError, UserError):
        raise UserError("signing.certificate_file", file=path) from None


def pem_certificates(data: bytes) -> tuple[bytes, ...]:
    """The DER certificates of a PEM bundle or one DER file; ValueError when PEM is broken."""
    if not pem.detect(data):
        return (data,)
    return tuple(der for kind, _, der in pem.unarmor(data, multiple=True) if kind.endswith("CERTIFICATE"))


def check_usable(certificate: CertificateInfo, at: datetime) -> None:
    """Refuse to sign with a certificate that is not valid at `at`, weak, or not meant for signing.

    Circular 15/2025/TT-BKHCN, article 5.1 and appendix I. TokenProblem signing.certificate_….
    """
    facts = {"holder": certificate.common_name, "not_after": f"{certificate.not_after:%d/%m/%Y}"}
    if at > certificate.not_after:
        raise TokenProblem("signing.certificate_expired", **facts)
    if at < certificate.not_before:
        begin = f"{certificate.not_before:%d/%m/%Y}"
        raise TokenProblem("signing.certificate_not_yet_valid", **facts, not_before=begin)
    if problem := signing_problem(certificate.der):
        raise TokenProblem(f"signing.certificate_{problem}", **facts)


def signing_problem(der: bytes) -> str:
    """Why a certificate must not sign: "weak", "not_for_signing", or empty when it may."""
    usage = parse(der).key_usage_value
    if usage is not None and not SIGNING_USES & cast(set[str], usage.native):
        return "not_for_signing"
    try:
        key = public_key(der)
    except ValueError:
        return "weak"
    smallest = 2048 if isinstance(key, rsa.RSAPublicKey) else 256
    return "weak" if key.key_size < smallest else ""


def _parts(name: asn1_x509.Name) -> list[tuple[str, str]]:
    return [
        (SHORT_NAMES.get(part["type"].dotted, part["type"].dotted), str(part["value"].native))
        for group in name.chosen
        for part in group
    ]


def _text(parts: list[tuple[str, str]]) -> str:
    return ", ".join(f"{key}={value}" for key, value in parts)


def _last(parts: list[tuple[str, str]], wanted: str) -> str:
    return next((value for key, value in reversed(parts) if key == wanted), "")


def _uid(parts: list[tuple[str, str]], prefix: str) -> str:
    pattern = re.compile(rf"\s*{prefix}\s*:\s*(\S.*?)\s*", re.IGNORECASE)
    found = (pattern.fullmatch(value) for key, value in parts if key == "UID")
    return next((match.group(1) for match in found if match), "")
