"""Trust anchors and intermediate certificates: those that ship with the program, and those given."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from asn1crypto import pem  # type: ignore[import-untyped]

from app.errors import UserError
from app.paths import resource
from app.signing.certificates import describe, parse, pem_certificates

# SHA-256 of the Vietnamese roots and sub-CAs as published by third parties (domain D7.6), to be compared
# with the files by hand before they are put into resources/trust/: the hosts are unreachable from here.
KNOWN_CERTIFICATES: Final[Mapping[str, str]] = {
    "VGCA root G2": "f04ba4b459a7c9a1b971ad9b1cb833e695a80c79aea63b174b66a70edfe2fdb8",
    "VGCA state agencies G2": "d8cab7a4aef92e6bb2509d7c61cee7b44f3731b2d21074963530277b366fae4b",
    "VGCA root G1": "f7bc89054cec7f12730d7b8cd3eb7955b163835087e5eb873edfb584763b3f90",
    "VGCA state agencies G1": "75e969c07ba35c29c72bbc1bfb880f20f3891a619b00b77eb02ca6160736a1fe",
    "vnrca256.p7b": "bac8bf609ab420a8ee1780d74f4de5c7f7184959d2a7375b0a75e4c29f0908e7",
}


@dataclass(frozen=True, slots=True)
class Trust:
    """DER certificates that are believed, those that only help to build a path, and DER revocation lists."""

    anchors: tuple[bytes, ...] = field(default=(), repr=False)
    intermediates: tuple[bytes, ...] = field(default=(), repr=False)
    crls: tuple[bytes, ...] = field(default=(), repr=False)

    def including(self, certificates: tuple[bytes, ...]) -> Trust:
        """This trust with more certificates: self-signed ones become anchors, others help to build paths."""
        roots = tuple(der for der in certificates if is_root(der))
        others = tuple(der for der in certificates if der not in roots)
        return Trust(_merged(self.anchors, roots), _merged(self.intermediates, others), self.crls)


def is_root(der: bytes) -> bool:
    """Whether a certificate names itself as its issuer."""
    return bool(parse(der).self_issued)


def load_pem(path: Path) -> tuple[bytes, ...]:
    """The DER certificates of a PEM or DER file; UserError signing.certificate_file without any."""
    try:
        found = pem_certificates(path.read_bytes())
        for der in found:
            describe(der)
    except (OSError, ValueError, UserError):
        found = ()
    if not found:
        raise UserError("signing.certificate_file", file=path)
    return found


def load_crls(path: Path) -> tuple[bytes, ...]:
    """The DER revocation lists of a PEM or DER file; UserError signing.crl_unreadable."""
    try:
        data = path.read_bytes()
        if not pem.detect(data):
            return (data,)
        return tuple(der for kind, _, der in pem.unarmor(data, multiple=True) if kind == "X509 CRL")
    except (OSError, ValueError):
        raise UserError("signing.crl_unreadable") from None


@lru_cache(maxsize=4)
def default_trust(folder: Path | None = None) -> Trust:
    """The certificates that ship in `resources/trust/` (*.pem); empty when the folder is."""
    files = sorted((folder or resource("trust")).glob("*.pem"))
    return Trust().including(tuple(der for file in files for der in load_pem(file)))


def fingerprint(der: bytes) -> str:
    """SHA-256 in hexadecimal, as `KNOWN_CERTIFICATES` and certificate views show it."""
    return hashlib.sha256(der).hexdigest()


def _merged(first: tuple[bytes, ...], second: tuple[bytes, ...]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(first + second))
