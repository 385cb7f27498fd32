"""Certificates up to a trust anchor, and whether they were valid and unrevoked when a document was signed."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from cryptography import x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError, ValidationError

from app.errors import UserError
from app.signing.algorithms import HASHES, verifies
from app.signing.certificates import LOCAL_AS_UTC, describe, parse, public_key, signing_problem
from app.signing.trust import Trust, is_root

log = logging.getLogger(__name__)

LONGEST_CHAIN: Final = 6
"""More certificates than this above a leaf are none that a CA of this country issues."""
MOMENTS: Final = 3
"""A path is looked for at so many moments of the leaf's life, because intermediates are renewed."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Leaf first, anchor last; empty when no anchor is reached. All are valid from `begin` to `end`."""

    path: tuple[bytes, ...]
    begin: datetime
    end: datetime


def certificate_status(
    leaf: bytes, extra: tuple[bytes, ...], trust: Trust, signed_at: datetime | None, now: datetime
) -> str:
    """The `certificate_status` of a report for a signature that claims the time `signed_at`."""
    try:
        chain = build_chain(leaf, extra, trust)
    except (UserError, ValueError):
        return "untrusted"
    if not chain.path or signing_problem(leaf):
        return "untrusted"
    time = signed_at or now
    if not any(chain.begin <= moment <= chain.end for moment in (time, time - LOCAL_AS_UTC)):
        return "expired"
    states = {
        _revocation(der, issuer, trust.crls, time, now)
        for der, issuer in zip(chain.path, chain.path[1:], strict=False)
    }
    return next((state for state in ("revoked", "unknown", "good") if state in states), "unknown")


@lru_cache(maxsize=1024)
def build_chain(leaf: bytes, extra: tuple[bytes, ...], trust: Trust) -> Chain:
    """The path from a leaf to an anchor of `trust` (RFC 5280), found once per certificate."""
    info = describe(leaf)
    life = (info.not_after - info.not_before) / (MOMENTS + 1)
    for step in range(MOMENTS, 0, -1):
        path = _path_at(leaf, extra, trust, info.not_before + life * step)
        if path:
            members = [describe(der) for der in path]
            begin = max(member.not_before for member in members)
            return Chain(path, begin, min(member.not_after for member in members))
    return Chain((), info.not_before, info.not_after)


def chain_to_enclose(leaf: bytes, nearby: tuple[bytes, ...], trust: Trust) -> tuple[bytes, ...]:
    """DER certificates above `leaf` for its signatures: up to a root, else as far as those at hand reach.

    The root itself stays out: who verifies must have it from elsewhere, and no signature protects it.
    `nearby`: certificates found beside it, as vendors put their own on the token (domain D7.6).
    """
    path = build_chain(leaf, nearby, trust).path
    above = path[1:] if path else _issuers(leaf, (*nearby, *trust.intermediates))
    return tuple(der for der in above if not is_root(der))


@lru_cache(maxsize=64)
def _issuers(leaf: bytes, pool: tuple[bytes, ...]) -> tuple[bytes, ...]:
    found: list[bytes] = []
    current: bytes | None = leaf
    while current is not None and not is_root(current) and len(found) < LONGEST_CHAIN:
        below = current
        current = next((der for der in pool if der not in found and _issued(below, by=der)), None)
        found += [] if current is None else [current]
    return tuple(found)


def _issued(der: bytes, *, by: bytes) -> bool:
    """Whether `by` may have signed `der`: named as its issuer, and the signature right if we can tell.

    Old authorities signed with algorithms that are not allowed any more; those are not checked.
    """
    try:
        certificate = parse(der)
        algorithm, body = certificate["signature_algorithm"], certificate["tbs_certificate"]
        if (
            certificate.issuer.dump() != parse(by).subject.dump()
            or algorithm.dump() != body["signature"].dump()
        ):
            return False
        if algorithm.hash_algo not in HASHES:
            return True
        value = certificate["signature_value"].native
        return verifies(public_key(by), algorithm.signature_algo, algorithm.hash_algo, value, body.dump())
    except (ValueError, TypeError, KeyError):
        return False


@lru_cache(maxsize=1024)
def altered(extra: tuple[bytes, ...], trust: Trust) -> bool:
    """Whether one of the certificates enclosed in a signature, which it does not protect, was changed.

    A certificate whose issuer is at hand must bear that issuer's signature; one whose issuer is not must not
    differ from a known certificate with the same serial number and key.
    """
    known = tuple(dict.fromkeys((*extra, *trust.intermediates, *trust.anchors)))
    try:
        return any(_altered(der, known) for der in extra)
    except (ValueError, TypeError):
        return True


def _altered(der: bytes, known: tuple[bytes, ...]) -> bool:
    certificate = parse(der)
    named = (other for other in known if parse(other).subject.dump() == certificate.issuer.dump())
    wanted = certificate.authority_key_identifier
    issuers = [other for other in named if wanted is not None and parse(other).key_identifier == wanted]
    if is_root(der):
        issuers.append(der)
    if issuers:
        return not any(_issued(der, by=issuer) for issuer in issuers)
    twins = (parse(other) for other in known if other != der)
    return any(
        twin.serial_number == certificate.serial_number
        and twin.public_key.dump() == certificate.public_key.dump()
        for twin in twins
    )


def _path_at(leaf: bytes, extra: tuple[bytes, ...], trust: Trust, moment: datetime) -> tuple[bytes, ...]:
    others = [parse(der) for der in (*extra, *trust.intermediates)]
    context = ValidationContext(
        trust_roots=[parse(der) for der in trust.anchors],
        other_certs=others,
        moment=moment,
        best_signature_time=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
        time_tolerance=timedelta(seconds=1),
    )
    validator = CertificateValidator(parse(leaf), validation_context=context)
    loop = asyncio.new_event_loop()
    try:
        path = loop.run_until_complete(validator.async_validate_path())
    except (PathBuildingError, PathValidationError, ValidationError) as error:
        log.debug("no path to an anchor: %s", error)
        return ()
    finally:
        loop.close()
    return tuple(certificate.dump() for certificate in reversed(list(path)))


def _revocation(der: bytes, issuer: bytes, crls: tuple[bytes, ...], time: datetime, now: datetime) -> str:
    """What the revocation lists say about one certificate at `time`; "unknown" without a usable one."""
    state = "unknown"
    serial = parse(der).serial_number
    for crl in (_issued_list(data, issuer) for data in crls):
        if crl is None:
            continue
        revoked = crl.get_revoked_certificate_by_serial_number(serial)
        if revoked is not None and revoked.revocation_date_utc <= time:
            return "revoked"
        end = crl.next_update_utc
        if crl.last_update_utc >= time or (end is not None and end >= now):
            state = "good"
    return state


@lru_cache(maxsize=256)
def _issued_list(data: bytes, issuer: bytes) -> x509.CertificateRevocationList | None:
    """A revocation list, when `issuer` really signed it."""
    try:
        crl = x509.load_der_x509_crl(data)
        same = crl.issuer.public_bytes() == parse(issuer).subject.dump()
        return crl if same and crl.is_signature_valid(public_key(issuer)) else None
    except (ValueError, TypeError):
        return None


def utc_now() -> datetime:
    """The clock of this computer."""
    return datetime.now(UTC)
