"""Keeps Python older than 3.12 alive under PySide6 6.12, whose wheels count on immortal constants.

The wheels are built for the stable ABI with macros that return None, True, False and NotImplemented without
taking a reference, which is right only where these are immortal (PEP 683, Python 3.12). On 3.11 every
`QVariant` that holds None costs None one reference, until the interpreter aborts with "deallocating None".
"""

from __future__ import annotations

import ctypes
import sys
from typing import Final

PLENTY: Final = 1 << 40
"""More references than a run of the program can lose."""


def protect_constants() -> bool:
    """Give the four constants so many references that they never run out; True where it was needed."""
    if sys.version_info >= (3, 12):
        return False
    for constant in (None, True, False, NotImplemented):
        count = ctypes.c_ssize_t.from_address(id(constant))
        if count.value < PLENTY:
            count.value += PLENTY
    return True
