"""Tables of the first schema: transcripts, their documents and signatures, the outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _transcript() -> None:
    op.create_table(
        "transcript",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name="fk_transcript_enrolment_id_enrolment"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_transcript"),
        sa.UniqueConstraint("number", name="uq_transcript_number"),
    )
    op.create_index("ix_transcript_enrolment_id", "transcript", ["enrolment_id"])


def _transcript_version() -> None:
    op.create_table(
        "transcript_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("data_sha256", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.String(length=32), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("revoked_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name="fk_transcript_version_transcript_id_transcript"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_transcript_version"),
        sa.UniqueConstraint("transcript_id", "version", name="uq_transcript_version_transcript_id_version"),
    )


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("media", sa.String(length=4), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["transcript_version.id"], name="fk_document_version_id_transcript_version"
        ),
        sa.PrimaryKeyConstraint("version_id", "media", name="pk_document"),
    )


def _document_revision() -> None:
    op.create_table(
        "document_revision",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("media", sa.String(length=4), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["transcript_version.id"],
            name="fk_document_revision_version_id_transcript_version",
        ),
        sa.PrimaryKeyConstraint("version_id", "media", "revision", name="pk_document_revision"),
    )
    op.create_index("ix_document_revision_sha256", "document_revision", ["sha256"])


def _outbox_item() -> None:
    op.create_table(
        "outbox_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("destination", sa.String(length=80), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("media", sa.String(length=4), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.String(length=32), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.String(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["transcript_version.id"],
            name="fk_outbox_item_version_id_transcript_version",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outbox_item"),
        sa.UniqueConstraint("destination", "key", name="uq_outbox_item_destination_key"),
    )
    op.create_index("ix_outbox_item_sha256", "outbox_item", ["sha256"])
    op.create_index("ix_outbox_item_state_next_try", "outbox_item", ["state", "next_try"])
    op.create_index("ix_outbox_item_version_id", "outbox_item", ["version_id"])


def _signature() -> None:
    op.create_table(
        "signature",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("signer_name", sa.Text(), nullable=False),
        sa.Column("certificate_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("signed_at", sa.String(length=32), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["transcript_version.id"], name="fk_signature_version_id_transcript_version"
        ),
        sa.PrimaryKeyConstraint("version_id", "role", name="pk_signature"),
    )


def upgrade() -> None:
    for make in (
        _transcript,
        _transcript_version,
        _document,
        _document_revision,
        _outbox_item,
        _signature,
    ):
        make()
