"""The one seam where a driver's return values become token problems a person can act on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

import pkcs11

from app.errors import TokenProblem

REMOVED: Final = (
    pkcs11.DeviceRemoved,
    pkcs11.TokenNotPresent,
    pkcs11.SessionHandleInvalid,
    pkcs11.SessionClosed,
    pkcs11.SlotIDInvalid,
)
CODES: Final[Mapping[type[pkcs11.PKCS11Error], str]] = MappingProxyType(
    {
        pkcs11.PinIncorrect: "signing.pin_incorrect",  # the only one ever called a wrong PIN
        pkcs11.PinLocked: "signing.pin_locked",
        pkcs11.PinExpired: "signing.pin_expired",
        pkcs11.PinLenRange: "signing.pin_unusable",
        pkcs11.PinInvalid: "signing.pin_unusable",
        pkcs11.UserPinNotInitialized: "signing.pin_not_set",
        pkcs11.UserAlreadyLoggedIn: "signing.token_busy",
        pkcs11.AnotherUserAlreadyLoggedIn: "signing.token_busy",
        pkcs11.SessionCount: "signing.token_busy",
        **dict.fromkeys(REMOVED, "signing.token_removed"),
    }
)


@contextmanager
def token_errors(label: str) -> Iterator[None]:
    """Turn what a driver raises into a TokenProblem about the token `label`; the PIN is in none of them."""
    try:
        yield
    except (pkcs11.PKCS11Error, RuntimeError) as error:
        raise problem(error, label) from error


def problem(error: Exception, label: str) -> TokenProblem:
    """The problem behind an error of python-pkcs11; `reason` is the driver's own word for it."""
    for kind in type(error).__mro__:
        if kind in CODES:
            return TokenProblem(CODES[kind], token=label, reason=type(error).__name__)
    return TokenProblem("signing.token_failed", token=label, reason=type(error).__name__)
