"""Tables of the first schema: people, classes, results, settings, the change log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("login_key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("failed_tries", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.String(length=32), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("login_key", name="uq_account_login_key"),
    )


def _change_log() -> None:
    op.create_table(
        "change_log",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("entity", sa.String(length=80), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_change_log"),
    )
    op.create_index("ix_change_log_entity", "change_log", ["entity"])


def _change_log_head() -> None:
    op.create_table(
        "change_log_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_change_log_head"),
    )


def _destination() -> None:
    op.create_table(
        "destination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_destination"),
        sa.UniqueConstraint("name", name="uq_destination_name"),
    )


def _pkcs11_module() -> None:
    op.create_table(
        "pkcs11_module",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pkcs11_module"),
        sa.UniqueConstraint("path", name="uq_pkcs11_module_path"),
    )


def _pupil() -> None:
    op.create_table(
        "pupil",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("vnedu_code", sa.String(length=20), nullable=False),
        sa.Column("personal_id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("sex", sa.String(length=5), nullable=True),
        sa.Column("ethnicity", sa.Text(), nullable=False),
        sa.Column("nationality", sa.Text(), nullable=False),
        sa.Column("birth_place", sa.Text(), nullable=False),
        sa.Column("hometown", sa.Text(), nullable=False),
        sa.Column("residence", sa.Text(), nullable=False),
        sa.Column("father", sa.Text(), nullable=False),
        sa.Column("mother", sa.Text(), nullable=False),
        sa.Column("guardian", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pupil"),
        sa.UniqueConstraint("code", name="uq_pupil_code"),
    )
    op.create_index("ix_pupil_name_birth_date", "pupil", ["name", "birth_date"])
    op.create_index("ix_pupil_personal_id", "pupil", ["personal_id"])
    op.create_index("ix_pupil_vnedu_code", "pupil", ["vnedu_code"])


def _school() -> None:
    op.create_table(
        "school",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("commune", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_school"),
    )


def _school_year() -> None:
    op.create_table(
        "school_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=9), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_school_year"),
        sa.UniqueConstraint("name", name="uq_school_year_name"),
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )


def _trust_anchor() -> None:
    op.create_table(
        "trust_anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("der", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trust_anchor"),
        sa.UniqueConstraint("fingerprint", name="uq_trust_anchor_fingerprint"),
    )


def _account_role() -> None:
    op.create_table(
        "account_role",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_account_role_account_id_account"),
        sa.PrimaryKeyConstraint("account_id", "role", name="pk_account_role"),
    )


def _certificate() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("not_after", sa.String(length=32), nullable=False),
        sa.Column("token_serial", sa.Text(), nullable=False),
        sa.Column("bound_at", sa.String(length=32), nullable=False),
        sa.Column("unbound_at", sa.String(length=32), nullable=True),
        sa.Column("der", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_certificate_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
    )
    op.create_index("ix_certificate_role_account_id", "certificate", ["role", "account_id"])


def _history() -> None:
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("year", sa.String(length=9), nullable=False),
        sa.Column("class_name", sa.String(length=40), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("register_number", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name="fk_history_pupil_id_pupil"),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
        sa.UniqueConstraint("pupil_id", "position", name="uq_history_pupil_id_position"),
    )


def _milestone() -> None:
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["year_id"], ["school_year.id"], name="fk_milestone_year_id_school_year"),
        sa.PrimaryKeyConstraint("id", name="pk_milestone"),
        sa.UniqueConstraint("year_id", "code", name="uq_milestone_year_id_code"),
    )


def _receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("destination", sa.String(length=80), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("received_at", sa.String(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_receipt"),
        sa.UniqueConstraint("destination", "key", name="uq_receipt_destination_key"),
    )


def _school_class() -> None:
    op.create_table(
        "school_class",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["year_id"], ["school_year.id"], name="fk_school_class_year_id_school_year"),
        sa.PrimaryKeyConstraint("id", name="pk_school_class"),
        sa.UniqueConstraint("year_id", "name", name="uq_school_class_year_id_name"),
    )


def _assignment() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_assignment_account_id_account"),
        sa.ForeignKeyConstraint(
            ["class_id"], ["school_class.id"], name="fk_assignment_class_id_school_class"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
        sa.UniqueConstraint(
            "account_id", "class_id", "subject", name="uq_assignment_account_id_class_id_subject"
        ),
    )
    op.create_index("ix_assignment_class_id_subject", "assignment", ["class_id", "subject"])


def _class_stage() -> None:
    op.create_table(
        "class_stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=3), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["school_class.id"], name="fk_class_stage_class_id_school_class"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_class_stage"),
        sa.UniqueConstraint("class_id", "period", name="uq_class_stage_class_id_period"),
    )


def _enrolment() -> None:
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=2), nullable=False),
        sa.Column("regime", sa.String(length=20), nullable=False),
        sa.Column("register_number", sa.String(length=40), nullable=False),
        sa.Column("enrolled_on", sa.Date(), nullable=True),
        sa.Column("height_cm", sa.Double(), nullable=True),
        sa.Column("weight_kg", sa.Double(), nullable=True),
        sa.Column("absent_excused", sa.Integer(), nullable=True),
        sa.Column("absent_unexcused", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["school_class.id"], name="fk_enrolment_class_id_school_class"),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name="fk_enrolment_pupil_id_pupil"),
        sa.ForeignKeyConstraint(["year_id"], ["school_year.id"], name="fk_enrolment_year_id_school_year"),
        sa.PrimaryKeyConstraint("id", name="pk_enrolment"),
        sa.UniqueConstraint("pupil_id", "year_id", name="uq_enrolment_pupil_id_year_id"),
    )
    op.create_index("ix_enrolment_class_id", "enrolment", ["class_id"])
    op.create_index("ix_enrolment_year_id", "enrolment", ["year_id"])


def _group_comment() -> None:
    op.create_table(
        "group_comment",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=3), nullable=False),
        sa.Column("topic", sa.String(length=10), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name="fk_group_comment_enrolment_id_enrolment"
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "period", "topic", name="pk_group_comment"),
        sqlite_with_rowid=False,
    )


def _subject_result() -> None:
    op.create_table(
        "subject_result",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=3), nullable=False),
        sa.Column("subject", sa.String(length=10), nullable=False),
        sa.Column("level", sa.String(length=1), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("first_score", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_score BETWEEN 0 AND 10", name="ck_subject_result_first_score"),
        sa.CheckConstraint("score BETWEEN 0 AND 10", name="ck_subject_result_score"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name="fk_subject_result_enrolment_id_enrolment"
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "period", "subject", name="pk_subject_result"),
        sqlite_with_rowid=False,
    )


def _trait_result() -> None:
    op.create_table(
        "trait_result",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=3), nullable=False),
        sa.Column("trait", sa.String(length=10), nullable=False),
        sa.Column("level", sa.String(length=1), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name="fk_trait_result_enrolment_id_enrolment"
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "period", "trait", name="pk_trait_result"),
        sqlite_with_rowid=False,
    )


def _year_result() -> None:
    op.create_table(
        "year_result",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.String(length=4), nullable=True),
        sa.Column("awards", sa.Text(), nullable=False),
        sa.Column("completed", sa.Boolean(), nullable=True),
        sa.Column("promoted", sa.Boolean(), nullable=True),
        sa.Column("completed_primary", sa.Boolean(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name="fk_year_result_enrolment_id_enrolment"
        ),
        sa.PrimaryKeyConstraint("enrolment_id", name="pk_year_result"),
    )


def upgrade() -> None:
    for make in (
        _account,
        _change_log,
        _change_log_head,
        _destination,
        _pkcs11_module,
        _pupil,
        _school,
        _school_year,
        _setting,
        _trust_anchor,
        _account_role,
        _certificate,
        _history,
        _milestone,
        _receipt,
        _school_class,
        _assignment,
        _class_stage,
        _enrolment,
        _group_comment,
        _subject_result,
        _trait_result,
        _year_result,
    ):
        make()
