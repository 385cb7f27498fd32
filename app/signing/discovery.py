"""The USB tokens plugged in, with their certificates: looked up afresh each time, without a PIN."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pkcs11 import TokenFlag

from app.errors import UserError
from app.interaction import PinState
from app.signing.certificates import CertificateInfo, describe
from app.signing.modules import KNOWN_MODULES, candidates, module_problem
from app.signing.scan import TIMEOUT, ModuleScan, RawToken, scan_modules

__all__ = ["KNOWN_MODULES", "Discovery", "TokenInfo", "discover", "find_tokens", "pin_state"]

SHOWN_FLAGS: Final = (
    TokenFlag.LOGIN_REQUIRED,
    TokenFlag.USER_PIN_INITIALIZED,
    TokenFlag.PROTECTED_AUTHENTICATION_PATH,
    TokenFlag.WRITE_PROTECTED,
    TokenFlag.USER_PIN_COUNT_LOW,
    TokenFlag.USER_PIN_FINAL_TRY,
    TokenFlag.USER_PIN_LOCKED,
    TokenFlag.USER_PIN_TO_BE_CHANGED,
)


@dataclass(frozen=True, slots=True)
class TokenInfo:
    """A token is its serial and its certificates, never a slot number.

    `flags` are the names of CK_TOKEN_INFO.flags in lower case, like "login_required".
    """

    serial: str
    label: str
    module: Path
    manufacturer: str
    certificates: tuple[CertificateInfo, ...]
    pin_state: PinState
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Discovery:
    """Tokens found, and the modules that were asked with what was wrong with them ("" when nothing)."""

    tokens: tuple[TokenInfo, ...]
    modules: tuple[tuple[Path, str], ...]
    readers: tuple[tuple[Path, tuple[str, ...]], ...] = ()
    """By module: the readers it sees, with or without a token in them."""


def find_tokens(extra_modules: Sequence[Path]) -> tuple[TokenInfo, ...]:
    """All tokens that the given and the known modules show; a broken module hides only its own tokens."""
    return discover(extra_modules).tokens


def discover(extra_modules: Sequence[Path], *, timeout: float = TIMEOUT) -> Discovery:
    """Like `find_tokens`, and says of every module what is wrong with it. `timeout` in seconds."""
    problems = {path: module_problem(path) for path in candidates(extra_modules)}
    scans = scan_modules([path for path, problem in problems.items() if not problem], timeout=timeout)
    problems |= {scan.module: scan.problem for scan in scans}
    readers = tuple((scan.module, scan.readers) for scan in scans)
    return Discovery(_tokens(scans), tuple(problems.items()), readers)


def pin_state(flags: int) -> PinState:
    """The state of the PIN as the token reports it."""
    if flags & TokenFlag.USER_PIN_LOCKED:
        return PinState.LOCKED
    if flags & TokenFlag.USER_PIN_FINAL_TRY:
        return PinState.FINAL_TRY
    return PinState.TRIED if flags & TokenFlag.USER_PIN_COUNT_LOW else PinState.NORMAL


def _tokens(scans: Sequence[ModuleScan]) -> tuple[TokenInfo, ...]:
    """One entry for each serial: of two modules that show a token, the one that shows certificates wins."""
    found: dict[str, TokenInfo] = {}
    for scan in scans:
        for raw in scan.tokens:
            token = _token(scan.module, raw)
            earlier = found.get(token.serial)
            if earlier is None or len(earlier.certificates) < len(token.certificates):
                found[token.serial] = token
    return tuple(found.values())


def _token(module: Path, raw: RawToken) -> TokenInfo:
    return TokenInfo(
        serial=raw.serial,
        label=raw.label,
        module=module,
        manufacturer=raw.manufacturer,
        certificates=tuple(info for der in raw.certificates if (info := _described(der))),
        pin_state=pin_state(raw.flags),
        flags=tuple(str(flag.name).lower() for flag in SHOWN_FLAGS if raw.flags & flag),
    )


def _described(der: bytes) -> CertificateInfo | None:
    try:
        return describe(der)
    except UserError:
        return None  # not an X.509 certificate: of no use for signing
