"""Which PKCS#11 modules exist for Vietnamese tokens, and whether a file can be one at all."""

from __future__ import annotations

import mmap
import os
import platform
import struct
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

# Names from domain D7.8; `X_s.dll` beside them is only the Windows CSP shell of `X.dll`.
KNOWN_MODULES: Final[Mapping[str, tuple[str, ...]]] = {
    "win32": (
        *("viettel-ca_v6.dll", "viettel-ca_v5.dll", "viettel-ca_v4.dll", "viettel-ca_v3.dll"),
        *("viettel-ca_v2.dll", "viettel-ca_v1.dll", "viettel-ca.dll"),
        *("vnptca_p11_v10.dll", "vnptca_p11_v8.dll", "vnptca_p11_v6.dll", "vnpt-ca_cl_v1.dll"),
        *("vnpt-ca_v4.dll", "vnpt-ca_v34.dll", "vnpt-ca_csp11.dll"),
        *("fpt-ca_v5.dll", "fpt-ca_v4.dll", "fpt-ca.dll", "fptca_v3.dll"),
        *("BkavCA.dll", "BkavCAv2S.dll", "st3csp11.dll"),
        *("ncca_csp11_v1.dll", "CA2_csp11.dll", "CA2_v34.dll", "Safe-ca_v2.dll", "efy-ca_v1.dll"),
        *("vina-ca_v5.dll", "vina-ca_v3.dll", "vina-ca_v1.dll", "newca_v4.dll", "misaca_csp11_v2.dll"),
        *("ica_csp11_v1.dll", "nca_v4.dll", "nca_v6.dll", "fca_v1.dll"),
        *("eps2003csp11.dll", "eps2003csp11v2.dll", "ShuttleCsp11_3003.dll"),
        *("eTPKCS11.dll", "bit4xpki.dll", "IDPrimePKCS1164.dll", "acospkcs11.dll", "WDPKCS.dll"),
        *("ngp11v211.dll", "gclib.dll", "SignatureP11.dll", "opensc-pkcs11.dll"),
    ),
    "linux": (
        *("libeTPkcs11.so", "libeToken.so", "fptca_v4.so", "libcastle.so", "libIDPrimePKCS11.so"),
        *("libbit4xpki.so", "opensc-pkcs11.so"),
    ),
    "darwin": ("viettel-ca_v6.dylib", "libeTPkcs11.dylib", "libbit4xpki.dylib", "opensc-pkcs11.so"),
}
FOLDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "win32": (
        "{SystemRoot}/System32",
        "{ProgramFiles}/OpenSC Project/OpenSC/pkcs11",
        "{ProgramFiles}/Bkav Corporation/BkavCA Token Manager",
    ),
    "linux": (
        *("/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/lib/pkcs11", "/usr/lib64/pkcs11"),
        *("/usr/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu/pkcs11"),
    ),
    "darwin": ("/usr/local/lib", "/usr/local/lib/pkcs11", "/Library/OpenSC/lib"),
}
ENTRY_POINT: Final = b"C_GetFunctionList"
ELF_MACHINES: Final = {3: "x86", 62: "x86_64", 40: "arm", 183: "arm64"}
PE_MACHINES: Final = {0x14C: "x86", 0x8664: "x86_64", 0xAA64: "arm64"}
MACH_MACHINES: Final = {0x01000007: "x86_64", 0x0100000C: "arm64"}
SAME_MACHINE: Final = {"amd64": "x86_64", "aarch64": "arm64", "i386": "x86", "i686": "x86"}


def candidates(extra: Sequence[Path], *, system: str = sys.platform) -> tuple[Path, ...]:
    """Modules to ask: those the person added first, then the known ones that are on this computer."""
    folders = [Path(folder.format_map(_Environment())) for folder in FOLDERS.get(system, ())]
    known = [folder / name for name in KNOWN_MODULES.get(system, ()) for folder in folders]
    found: dict[Path, Path] = {}
    for path in (*extra, *(path for path in known if path.is_file())):
        found.setdefault(path.resolve(), path)
    return tuple(found.values())


def module_problem(path: Path) -> str:
    """Why a file cannot be loaded: "missing", "not_a_module", "wrong_machine"; empty when it may be."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
            machine = _machine(view[:4096])
            if machine is None or view.find(ENTRY_POINT) < 0:
                return "not_a_module"
    except OSError:
        return "missing"
    except ValueError:
        return "not_a_module"
    own = platform.machine().lower()
    own = "x86" if struct.calcsize("P") == 4 else SAME_MACHINE.get(own, own)
    return "" if machine in ("universal", own) else "wrong_machine"


def _machine(head: bytes) -> str | None:
    """The processor a library was built for; None when it is no library."""
    if head[:4] == b"\x7fELF" and len(head) > 20:
        (number,) = struct.unpack_from("<H" if head[5] == 1 else ">H", head, 18)
        return ELF_MACHINES.get(number, "other")
    if head[:2] == b"MZ" and len(head) > 64:
        (offset,) = struct.unpack_from("<I", head, 0x3C)
        if head[offset : offset + 4] != b"PE\0\0":
            return None
        (number,) = struct.unpack_from("<H", head, offset + 4)
        return PE_MACHINES.get(number, "other")
    if head[:4] == b"\xcf\xfa\xed\xfe":
        return MACH_MACHINES.get(struct.unpack_from("<I", head, 4)[0], "other")
    return "universal" if head[:4] == b"\xca\xfe\xba\xbe" else None


class _Environment(dict[str, str]):
    """Environment variables for `str.format_map`; an unset one becomes a folder that does not exist."""

    def __missing__(self, key: str) -> str:
        return os.environ.get(key, f"/no-{key}")
