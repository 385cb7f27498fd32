"""CMS signatures for PAdES B-B: one signer, signing certificate protected, chain enclosed (EN 319 142-1).

Written as DER directly: everything but the digest is the same for a whole batch, and building the
structure anew with asn1crypto took nine tenths of the time of a signature.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cryptography.hazmat.primitives.asymmetric import rsa

from app.signing.certificates import parse, public_key
from app.signing.pkcs11 import Signer

OVERHEAD: Final = 1024
"""Bytes of a CMS signature beside the certificates and the signature value, generously."""

SEQUENCE, SET, INTEGER, OCTETS, NULL = 0x30, 0x31, 0x02, 0x04, b"\x05\x00"
CONTEXT_0, CONTEXT_4 = 0xA0, 0xA4

# Object identifiers, encoded (RFC 5652, RFC 5035, RFC 8017, RFC 5758).
DATA: Final = bytes.fromhex("06092a864886f70d010701")
SIGNED_DATA: Final = bytes.fromhex("06092a864886f70d010702")
CONTENT_TYPE: Final = bytes.fromhex("06092a864886f70d010903")
MESSAGE_DIGEST: Final = bytes.fromhex("06092a864886f70d010904")
SIGNING_CERTIFICATE_V2: Final = bytes.fromhex("060b2a864886f70d010910022f")
SHA256: Final = bytes.fromhex("0609608648016503040201")
SHA256_WITH_RSA: Final = bytes.fromhex("06092a864886f70d01010b")
SHA256_WITH_ECDSA: Final = bytes.fromhex("06082a8648ce3d040302")


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the signatures of one certificate share."""

    signing_certificate: bytes
    identifier: bytes
    algorithm: bytes
    certificates: bytes


def build_cms(signer: Signer, digest: bytes, chain: Sequence[bytes]) -> bytes:
    """The DER ContentInfo that signs a SHA-256 `digest`; `chain` goes in beside the signer's certificate."""
    parts = _parts(signer.certificate.der, tuple(chain))
    attributes = b"".join(
        sorted(
            (
                _attribute(CONTENT_TYPE, DATA),
                _attribute(MESSAGE_DIGEST, _der(OCTETS, digest)),
                parts.signing_certificate,
            )
        )
    )
    signature = signer.sign(_der(SET, attributes))
    version = _der(INTEGER, b"\1")
    hash_algorithm = _der(SEQUENCE, SHA256)
    info = (version, parts.identifier, hash_algorithm, _der(CONTEXT_0, attributes), parts.algorithm)
    signer_info = _der(SEQUENCE, *info, _der(OCTETS, signature))
    signed_data = (version, _der(SET, hash_algorithm), _der(SEQUENCE, DATA), parts.certificates)
    content = _der(SEQUENCE, *signed_data, _der(SET, signer_info))
    return _der(SEQUENCE, SIGNED_DATA, _der(CONTEXT_0, content))


@lru_cache(maxsize=64)
def reserved_size(der: bytes, chain: tuple[bytes, ...]) -> int:
    """Bytes to reserve for the signatures of one certificate: fixed, so that nothing is signed twice."""
    key = public_key(der)
    value = key.key_size // 8 if isinstance(key, rsa.RSAPublicKey) else key.key_size // 4 + 16
    size = OVERHEAD + value + len(der) + sum(map(len, chain)) + 2 * len(parse(der).issuer.dump())
    return -(-size // 512) * 512


@lru_cache(maxsize=64)
def _parts(der: bytes, chain: tuple[bytes, ...]) -> _Parts:
    certificate = parse(der)
    issuer: bytes = certificate.issuer.dump()
    serial: bytes = certificate["tbs_certificate"]["serial_number"].dump()
    is_rsa = isinstance(public_key(der), rsa.RSAPublicKey)
    enclosed = dict.fromkeys((der, *chain))
    return _Parts(
        signing_certificate=_signing_certificate(der, issuer, serial),
        identifier=_der(SEQUENCE, issuer, serial),
        algorithm=_der(SEQUENCE, SHA256_WITH_RSA, NULL) if is_rsa else _der(SEQUENCE, SHA256_WITH_ECDSA),
        certificates=_der(CONTEXT_0, *sorted(enclosed)),
    )


def _signing_certificate(der: bytes, issuer: bytes, serial: bytes) -> bytes:
    """signingCertificateV2 (RFC 5035), with SHA-256 by default: the certificate cannot be exchanged."""
    names = _der(SEQUENCE, _der(CONTEXT_4, issuer))
    identifier = _der(SEQUENCE, _der(OCTETS, hashlib.sha256(der).digest()), _der(SEQUENCE, names, serial))
    return _attribute(SIGNING_CERTIFICATE_V2, _der(SEQUENCE, _der(SEQUENCE, identifier)))


def _attribute(identifier: bytes, value: bytes) -> bytes:
    return _der(SEQUENCE, identifier, _der(SET, value))


def _der(tag: int, *parts: bytes) -> bytes:
    """One DER element around its parts."""
    content = b"".join(parts)
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    size = (length.bit_length() + 7) // 8
    return bytes((tag, 0x80 | size)) + length.to_bytes(size) + content
