"""Runs migrations on the connection that the store hands over, or prints them as SQL (`--sql`)."""

from __future__ import annotations

from alembic import context

config = context.config
target_metadata = config.attributes.get("metadata")


def run_offline() -> None:
    """Print the SQL for a database that is not at hand."""
    context.configure(
        dialect_name=config.get_main_option("dialect") or "sqlite",
        target_metadata=target_metadata,
        literal_binds=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    """Migrate inside the transaction of the given connection."""
    context.configure(
        connection=config.attributes["connection"],
        target_metadata=target_metadata,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
