"""Migrations: they make exactly the tables of the models, from nothing and from data."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, text

from app.errors import UserError
from app.models import backup, keys, schema
from app.models import tables as t
from app.models.engine import WRITES, make_engine
from app.models.store import Store
from tests.models.samples import other_process, wait_for
from tests.models.test_transactions import HOLD_OPEN


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", str(schema.MIGRATIONS))
    return made


def test_head_equals_the_models(store: Store) -> None:
    with store.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, t.Base.metadata) == []


def test_a_difference_would_be_seen(store: Store) -> None:
    with store.transaction() as session:
        session.execute(text("DROP INDEX ix_change_log_entity"))
        session.execute(text("ALTER TABLE school ADD COLUMN extra TEXT"))
        context = MigrationContext.configure(session.connection())
        found = {difference[0] for difference in compare_metadata(context, t.Base.metadata)}
    assert found == {"add_index", "remove_column"}


def test_the_known_revisions_are_those_of_the_migrations() -> None:
    scripts = ScriptDirectory.from_config(config())
    revisions = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(revisions)) == schema.REVISIONS
    assert scripts.get_current_head() == schema.HEAD


def test_every_constraint_has_a_name(store: Store) -> None:
    with store.reading() as session:
        statements = session.execute(text("SELECT sql FROM sqlite_master WHERE type = 'table'")).scalars()
        for sql in statements:
            assert sql.count("CONSTRAINT ") == sum(
                sql.count(word) for word in ("PRIMARY KEY", "UNIQUE (", "FOREIGN KEY", "CHECK (")
            )


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_migrations_can_be_printed_as_sql(dialect: str) -> None:
    made = config()
    made.set_main_option("dialect", dialect)
    out = io.StringIO()
    made.output_buffer = out
    with redirect_stdout(out):
        command.upgrade(made, "head", sql=True)
    assert "CREATE TABLE pupil" in out.getvalue()
    assert ("CREATE TRIGGER" in out.getvalue()) == (dialect == "sqlite")


def make_older(folder: Path) -> None:
    """Put a database of the first schema, with data, in the place of the newest."""
    key = keys.from_file(folder)
    assert key is not None
    database = folder / "hocba.db"
    database.write_bytes(b"")
    engine = make_engine(database, key, busy_seconds=1)
    schema.upgrade(engine, "0001")
    with engine.connect().execution_options(**WRITES) as connection, connection.begin():
        connection.execute(
            insert(t.table(t.School)),
            {"id": 1, "code": "1", "name": "Cũ", "commune": "", "district": "", "province": ""},
        )
        connection.execute(
            insert(t.table(t.Setting)), [{"name": f"key{n}", "value": "x" * 5000} for n in range(20)]
        )
    engine.dispose()


def test_an_older_store_is_copied_and_upgraded_with_its_data(folder: Path) -> None:
    make_older(folder)
    with Store.open(folder) as store:
        assert store.status()["schema"] == schema.HEAD
        with store.reading() as session:
            assert session.execute(text("SELECT count(*) FROM setting")).scalar() == 20
            triggers = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
            assert session.execute(text(triggers)).scalar_one() > 0
            context = MigrationContext.configure(session.connection())
            assert compare_metadata(context, t.Base.metadata) == []
    (copy,) = (folder / "backups").iterdir()
    assert copy.name.startswith("truoc-nang-cap-0001-")
    backup.restore_backup(copy, folder)
    with Store.open(folder) as store:
        assert store.status()["school"] == "Cũ"


def test_an_upgrade_that_fails_leaves_the_old_store(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_older(folder)

    def half(engine: object) -> None:
        raise UserError("store.disk_full", folder=str(folder))

    with monkeypatch.context() as patch:
        patch.setattr(backup, "upgrade", half)
        with pytest.raises(UserError):
            Store.open(folder)
    with Store.open(folder) as store:
        assert store.status()["schema"] == schema.HEAD


def test_no_upgrade_while_another_process_has_the_store_open(folder: Path) -> None:
    with other_process(HOLD_OPEN, folder) as process:
        wait_for(process, "open")
        key = keys.from_file(folder)
        assert key is not None
        engine = make_engine(folder / "hocba.db", key, busy_seconds=1)
        with engine.connect().execution_options(**WRITES) as connection, connection.begin():
            connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        engine.dispose()
        with pytest.raises(UserError) as caught:
            Store.open(folder)
        assert caught.value.code == "store.in_use"
