"""What is signed, logged or received is never edited or deleted: triggers of the database itself."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APPEND_ONLY = ("change_log", "document_revision", "signature", "receipt")
KEPT = ("transcript", "transcript_version", "document")


def _forbid(name: str, event: str, table: str, condition: str = "") -> None:
    when = f"WHEN {condition} " if condition else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when}"
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def upgrade() -> None:
    if op.get_context().dialect.name != "sqlite":
        return
    for table in APPEND_ONLY:
        _forbid(f"tr_{table}_update", "UPDATE", table)
    for table in (*APPEND_ONLY, *KEPT):
        _forbid(f"tr_{table}_delete", "DELETE", table)
    _forbid("tr_transcript_update", "UPDATE", "transcript")
    # The frozen facts of a version never change; revoked is final, sealed can only become revoked.
    _forbid(
        "tr_transcript_version_frozen",
        "UPDATE OF id, transcript_id, version, data_sha256, issued_at, replaces",
        "transcript_version",
    )
    _forbid(
        "tr_transcript_version_state",
        "UPDATE OF state, revoked_reason",
        "transcript_version",
        "OLD.state = 'revoked' OR (OLD.state = 'sealed' AND NEW.state <> 'revoked')",
    )
    # A PDF may only grow at its end; both documents only grow.
    _forbid(
        "tr_document_grows",
        "UPDATE",
        "document",
        "NEW.version_id <> OLD.version_id OR NEW.media <> OLD.media OR NEW.size <= OLD.size"
        " OR length(NEW.content) <> NEW.size"
        " OR (OLD.media = 'pdf' AND substr(NEW.content, 1, OLD.size) <> OLD.content)",
    )
