"""Counts of the last files, milestones of the year, and the state of the newest transcripts."""

from __future__ import annotations

from datetime import date

from app.models import changelog, classes, counts, milestones, transcripts
from app.models.counts import LIST, Count
from app.models.store import Session, Store
from app.records.types import Period, SigningRole, TranscriptState
from tests.models.samples import NOW, YEAR, add_pupil, add_version, sign


def put(session: Session, source: str, file: str, **found: tuple[int, int]) -> None:
    rows = {f"3{name}": Count(*values) for name, values in found.items()}
    counts.put_counts(session, year=YEAR, source=source, file=file, at=NOW, counts=rows)


def test_only_the_last_file_of_a_source_is_known(store: Store) -> None:
    with store.transaction() as session:
        for name in ("3A", "3B"):
            classes.ensure_class(session, YEAR, name, 3, "admin")
        put(session, LIST, "ds.xlsx", A=(31, 0), B=(30, 0))
        put(session, Period.CN, "kq.xlsx", A=(29, 2), Z=(1, 1))
        put(session, Period.CN, "kq-2.xlsx", A=(31, 0))
        put(session, Period.GK1, "kq-gk1.xlsx", B=(28, 1))
        assert counts.counts_of(session, YEAR) == {
            "3A": {"list": Count(31, 0, "ds.xlsx"), "CN": Count(31, 0, "kq-2.xlsx")},
            "3B": {"list": Count(30, 0, "ds.xlsx"), "GK1": Count(28, 1, "kq-gk1.xlsx")},
        }
        assert counts.counts_of(session, "2024-2025") == {}


def test_a_milestone_is_kept_and_logged_once(store: Store) -> None:
    def move(day: date) -> None:
        milestones.set_milestone(
            session, year=YEAR, code="signing", due_on=day, description="Ký số học bạ", actor="hieutruong"
        )

    with store.transaction() as session:
        assert milestones.milestones(session, YEAR) == {}
        for day in (date(2024, 6, 25), date(2024, 6, 25), date(2024, 7, 1)):
            move(day)
        assert milestones.milestones(session, YEAR) == {"signing": date(2024, 7, 1)}
        assert milestones.milestones(session, "2024-2025") == {}
        found = [entry for entry in changelog.entries(session) if entry.kind == "milestone"]
    assert [(entry.actor, entry.field, entry.old, entry.new) for entry in found] == [
        ("hieutruong", "signing", "2024-06-25", "2024-07-01"),
        ("hieutruong", "signing", None, "2024-06-25"),
    ]


def test_the_newest_version_of_a_transcript_counts_unless_it_is_revoked(store: Store) -> None:
    with store.transaction() as session:
        entry = add_pupil(session)
        assert transcripts.live_states(session, YEAR) == {}
        first = add_version(session, entry)
        assert transcripts.live_states(session, YEAR) == {"3A": {entry.key: TranscriptState.ISSUED}}
        sign(session, first, SigningRole.TEACHER)
        assert transcripts.live_states(session, YEAR)["3A"][entry.key] is TranscriptState.TEACHER_SIGNED
        transcripts.revoke(session, first, "Sai điểm", "admin")
        assert transcripts.live_states(session, YEAR) == {}
        add_version(session, entry, version=2)
        assert transcripts.live_states(session, YEAR) == {"3A": {entry.key: TranscriptState.ISSUED}}
        assert transcripts.live_states(session, "2024-2025") == {}
