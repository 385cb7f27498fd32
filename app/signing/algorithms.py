"""Signature and digest algorithms that the law allows (circular 15/2025/TT-BKHCN, appendix I)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

from app.signing.certificates import PublicKey

HASHES: Final[Mapping[str, hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
SMALLEST_RSA: Final = 2048


def digest(name: str, data: bytes) -> bytes | None:
    """The digest of `data`; None when the algorithm is not allowed."""
    return hashlib.new(name, data).digest() if name in HASHES else None


def verifies(key: PublicKey, scheme: str, hash_name: str, signature: bytes, data: bytes) -> bool:
    """Whether `signature` is right. `scheme`: "rsassa_pkcs1v15", "rsassa_pss", "ecdsa" (DER)."""
    algorithm = HASHES.get(hash_name)
    if algorithm is None:
        return False
    try:
        if isinstance(key, rsa.RSAPublicKey):
            return key.key_size >= SMALLEST_RSA and _rsa(key, scheme, algorithm, signature, data)
        if scheme != "ecdsa":
            return False
        key.verify(signature, data, ec.ECDSA(algorithm))
    except (InvalidSignature, ValueError):
        return False
    return True


def _rsa(
    key: rsa.RSAPublicKey, scheme: str, algorithm: hashes.HashAlgorithm, signature: bytes, data: bytes
) -> bool:
    if scheme == "rsassa_pkcs1v15":
        key.verify(signature, data, padding.PKCS1v15(), algorithm)
        return True
    if scheme == "rsassa_pss":
        key.verify(signature, data, padding.PSS(padding.MGF1(algorithm), padding.PSS.AUTO), algorithm)
        return True
    return False


def der_ecdsa(signature: bytes) -> bytes:
    """r and s side by side, as XML and tokens write them, in DER."""
    half = len(signature) // 2
    return utils.encode_dss_signature(int.from_bytes(signature[:half]), int.from_bytes(signature[half:]))
