"""The gate: accepted findings, remarks, counts of imported rows, supplementary assessment in summer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _of_class(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["class_id"], ["school_class.id"], name=f"fk_{table}_class_id_school_class"
    )


def _of_enrolment(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["enrolment_id"], ["enrolment.id"], name=f"fk_{table}_enrolment_id_enrolment"
    )


def _accepted_finding() -> None:
    op.create_table(
        "accepted_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=3), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        _of_class("accepted_finding"),
        _of_enrolment("accepted_finding"),
        sa.PrimaryKeyConstraint("id", name="pk_accepted_finding"),
        sa.UniqueConstraint(
            "class_id", "period", "fingerprint", name="uq_accepted_finding_class_id_period_fingerprint"
        ),
    )


def _remark() -> None:
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=3), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("resolved_by", sa.String(length=80), nullable=False),
        sa.Column("resolved_at", sa.String(length=32), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        _of_class("remark"),
        _of_enrolment("remark"),
        sa.PrimaryKeyConstraint("id", name="pk_remark"),
    )
    op.create_index("ix_remark_class_id_period", "remark", ["class_id", "period"])


def _class_count() -> None:
    op.create_table(
        "class_count",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=4), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("unmatched", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        _of_class("class_count"),
        sa.PrimaryKeyConstraint("class_id", "source", name="pk_class_count"),
    )


def _supplementary() -> None:
    op.create_table(
        "supplementary",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        _of_enrolment("supplementary"),
        sa.PrimaryKeyConstraint("enrolment_id", name="pk_supplementary"),
    )


def _supplementary_result() -> None:
    op.create_table(
        "supplementary_result",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("level", sa.String(length=1), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 10", name="ck_supplementary_result_score"),
        _of_enrolment("supplementary_result"),
        sa.PrimaryKeyConstraint("enrolment_id", "code", name="pk_supplementary_result"),
        sqlite_with_rowid=False,
    )


def upgrade() -> None:
    _accepted_finding()
    _remark()
    _class_count()
    _supplementary()
    _supplementary_result()
