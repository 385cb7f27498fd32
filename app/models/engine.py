"""Connections to one SQLCipher file: key, durability, and how a transaction begins."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

BEGIN: Final = "hocba_begin"
"""Execution option: the statement that begins a transaction; empty for statements that allow none."""
WRITES: Final = MappingProxyType({BEGIN: "BEGIN IMMEDIATE"})
"""Options of connections that take the write lock when they begin."""
OUTSIDE: Final = MappingProxyType({BEGIN: ""})
"""Options of connections that run outside any transaction."""


def _address(path: Path) -> str:
    """A URI that never creates a file; a network path keeps its two leading slashes."""
    posix = path.absolute().as_posix()
    return "file://" + ("" if posix.startswith("/") else "/") + quote(posix) + "?mode=rw"


def connect(path: Path, key: bytes, *, busy_seconds: float, foreign_keys: bool = True) -> Any:
    """A driver connection in autocommit mode; the key is raw, so no time goes into deriving it."""
    connection = driver.connect(
        _address(path), uri=True, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    try:
        for pragma in (
            "cipher_log_level = NONE",
            f"key = \"x'{key.hex()}'\"",
            f"busy_timeout = {int(busy_seconds * 1000)}",
            "journal_mode = WAL",
            "synchronous = FULL",
            f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
            "recursive_triggers = ON",
            "cache_size = -16000",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except driver.Error:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    statement = connection.get_execution_options().get(BEGIN, "BEGIN")
    if statement:
        connection.exec_driver_sql(statement)


def make_engine(path: Path, key: bytes, *, busy_seconds: float, foreign_keys: bool = True) -> Engine:
    """An engine on the encrypted file. Readers see one snapshot; writers carry the options `WRITES`."""
    creator: Callable[[], Any] = lambda: connect(  # noqa: E731
        path, key, busy_seconds=busy_seconds, foreign_keys=foreign_keys
    )
    engine = create_engine("sqlite+pysqlite://", module=driver, creator=creator, poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return engine
