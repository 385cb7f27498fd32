"""Asks one PKCS#11 module for its tokens in a child process, because broken drivers crash or hang."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

import pkcs11

TIMEOUT: Final = 20.0
"""Seconds for all modules together: a slow card needs 3 to 5, a broken driver would take for ever."""

GRACE: Final = 2.0
"""Seconds that a child may take to end after its answer."""


@dataclass(frozen=True, slots=True)
class RawToken:
    """A token as the module describes it; `flags` is the number CK_TOKEN_INFO.flags."""

    serial: str
    label: str
    manufacturer: str
    flags: int
    certificates: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class ModuleScan:
    """What one module answered. `problem`: "", "crashed", "timeout", "failed" or one of `module_problem`."""

    module: Path
    tokens: tuple[RawToken, ...] = ()
    problem: str = ""
    readers: tuple[str, ...] = ()
    """Readers that the driver sees, with or without a token in them."""


def scan_modules(modules: Sequence[Path], *, timeout: float = TIMEOUT) -> tuple[ModuleScan, ...]:
    """Ask all modules at once, one child process each; a crashing or hanging one is only reported.

    In a frozen application the program's entry must call `multiprocessing.freeze_support()` first.
    """
    deadline = time.monotonic() + timeout
    running = [(module, *_start(module)) for module in modules]
    return tuple(_collect(module, process, reader, deadline) for module, process, reader in running)


def _start(module: Path) -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(writer, str(module)), daemon=True)
    process.start()
    writer.close()
    return process, reader


def _collect(module: Path, process: BaseProcess, reader: Connection, deadline: float) -> ModuleScan:
    scan = _answer(module, reader, deadline)
    reader.close()
    if not scan.problem:
        process.join(GRACE)  # let it leave its driver in peace
    process.kill()
    process.join()
    process.close()
    return scan


def _answer(module: Path, reader: Connection, deadline: float) -> ModuleScan:
    try:
        if not reader.poll(max(0.0, deadline - time.monotonic())):
            return ModuleScan(module, problem="timeout")
        answer = reader.recv()
    except (EOFError, OSError):
        return ModuleScan(module, problem="crashed")
    if answer is None:
        return ModuleScan(module, problem="failed")
    tokens, readers = answer
    return ModuleScan(module, tokens=tokens, readers=readers)


def _child(writer: Connection, module: str) -> None:
    """Runs in the child: whatever a driver prints goes to standard error, never into our output."""
    if sys.stderr is not None and sys.stdout is not None:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    writer.send(read_module(module))
    writer.close()


def read_module(module: str) -> tuple[tuple[RawToken, ...], tuple[str, ...]] | None:
    """The tokens of a module with their public certificates, and its readers, without any PIN.

    None when it fails.
    """
    try:
        library = pkcs11.lib(module)
        ready = pkcs11.TokenFlag.TOKEN_INITIALIZED
        tokens = tuple(_raw(token) for token in library.get_tokens() if token.flags & ready)
        readers = (slot.slot_description.strip(" \0") for slot in library.get_slots())
        return tokens, tuple(readers)
    except (pkcs11.PKCS11Error, RuntimeError):
        return None


def _raw(token: pkcs11.Token) -> RawToken:
    return RawToken(
        serial=serial_text(token.serial),
        label=token.label.strip(" \0"),
        manufacturer=token.manufacturer_id.strip(" \0"),
        flags=int(token.flags),
        certificates=read_certificates(token),
    )


def serial_text(serial: bytes) -> str:
    """A token's serial as text, as it identifies the token in settings and on the screen."""
    return serial.decode("ascii", "replace").strip(" \0")


def read_certificates(token: pkcs11.Token) -> tuple[bytes, ...]:
    """The certificates that a token shows before login; an unreadable object is left out."""
    session = token.open()
    try:
        return tuple(value for _, value in certificate_objects(session))
    finally:
        session.close()


def certificate_objects(session: pkcs11.Session) -> list[tuple[bytes, bytes]]:
    """CKA_ID and DER of every certificate object that the session can see."""
    wanted = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}
    found: list[tuple[bytes, bytes]] = []
    for item in session.get_objects(wanted):
        try:
            found.append((bytes(item[pkcs11.Attribute.ID]), bytes(item[pkcs11.Attribute.VALUE])))
        except (pkcs11.AttributeTypeInvalid, pkcs11.AttributeSensitive):
            continue
    return found
