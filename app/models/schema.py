"""Schema revisions: which ones this program knows, and bringing an older file to the newest."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

from app.errors import UserError
from app.models.engine import WRITES

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""All revisions in order; kept here so that opening a store need not load the migrations."""
HEAD: Final = REVISIONS[-1]
MIGRATIONS: Final = Path(__file__).parent / "migrations"


def revision_of(connection: Connection, file: Path) -> str:
    """The schema revision of an open database; UserError store.newer_schema or store.damaged."""
    if not inspect(connection).has_table("alembic_version"):
        raise UserError("store.damaged", file=str(file))
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision is None:
        raise UserError("store.damaged", file=str(file))
    if revision not in REVISIONS:
        raise UserError("store.newer_schema", folder=str(file.parent), schema=str(revision))
    return str(revision)


def upgrade(engine: Engine, target: str = HEAD) -> None:
    """Bring the database to `target` in one transaction: all of it or nothing."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", MIGRATIONS.as_posix().replace("%", "%%"))
    with engine.connect().execution_options(**WRITES) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, target)
