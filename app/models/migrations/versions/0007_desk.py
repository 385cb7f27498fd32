"""Working at a desk: versions looked through, steps that can be undone, phrases for comments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _seen_version() -> None:
    op.create_table(
        "seen_version",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_seen_version_account_id_account"),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["transcript_version.id"],
            name="fk_seen_version_version_id_transcript_version",
        ),
        sa.PrimaryKeyConstraint("account_id", "version_id", name="pk_seen_version"),
    )


def _step() -> None:
    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("first_entry", sa.Integer(), nullable=False),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_step"),
    )
    op.create_index("ix_step_actor_place_state", "step", ["actor", "place", "state"])


def _phrase() -> None:
    op.create_table(
        "phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=10), nullable=False),
        sa.Column("level", sa.String(length=1), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_phrase_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_phrase"),
        sa.UniqueConstraint(
            "account_id", "subject", "level", "content", name="uq_phrase_account_id_subject_level_content"
        ),
    )
    op.create_index("ix_phrase_subject", "phrase", ["subject"])


def upgrade() -> None:
    _seen_version()
    _step()
    _phrase()
