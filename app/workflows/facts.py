"""What the store knows beside each class: counts of files, transcripts, certificates, the plan's dates."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from app.models import classes as class_rows
from app.models import counts as count_rows
from app.models import milestones as milestone_rows
from app.models import people
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.counts import Count
from app.models.store import Session
from app.models.values import BoundCertificate
from app.records.calendar import SIGNING, plan
from app.records.checks import ClassFacts
from app.records.types import ClassYear, Period, Role, SigningRole
from app.workflows import clock
from app.workflows.rules import SIGNING_LEADER


def facts_of(session: Session, klass: ClassYear) -> ClassFacts:
    """Facts of one class."""
    return facts_for(session, klass.year, (klass.name,)).get(klass.name, ClassFacts())


def facts_for(session: Session, year: str, names: Collection[str] | None = None) -> Mapping[str, ClassFacts]:
    """Facts by class name, of the named classes or of every class of the year, in a fixed number of queries.

    A certificate counts where `sign` would take it: that of the class's homeroom teacher, of a leader who has
    an open account (the one set as signing leader, else whichever lasts longest), and the school's seal.
    """
    wanted = {item.name for item in class_rows.summaries(session, year)}
    counts = count_rows.counts_of(session, year)
    live = transcript_rows.live_states(session, year)
    bound = people.certificates(session)
    teachers = people.homeroom_teachers(session, year)
    shared = _shared(session, year, bound)
    ends = _signing_ends(session, year)
    found = {}
    for name in wanted if names is None else wanted & set(names):
        own = _of_teacher(bound, teachers.get(name, ("", ""))[0])
        count = counts.get(name, {})
        found[name] = ClassFacts(
            listed=count[count_rows.LIST].found if count_rows.LIST in count else None,
            strays=_strays(count),
            transcripts=live.get(name, {}),
            certificates=shared | own,
            binding_begun=bool(bound),
            signing_ends=ends,
        )
    return found


def _of_teacher(bound: tuple[BoundCertificate, ...], login: str) -> dict[SigningRole, date]:
    mine = [item for item in bound if item.role is SigningRole.TEACHER and item.login == login]
    return {item.role: item.not_after.date() for item in mine}


def _strays(count: Mapping[str, Count]) -> Mapping[Period, tuple[int, str]]:
    return {
        period: (count[period].unmatched, count[period].file)
        for period in Period
        if period in count and count[period].unmatched
    }


def _shared(session: Session, year: str, bound: tuple[BoundCertificate, ...]) -> dict[SigningRole, date]:
    """Last days of the certificates that sign every class: the leader's and the seal."""
    chosen = settings_store.get(session, SIGNING_LEADER, "")
    leaders = {
        account.login
        for account in people.accounts(session, year)
        if not account.disabled and account.roles & {Role.LEADER, Role.ADMIN}
    }
    leaders = leaders & {chosen} or leaders
    found: dict[SigningRole, date] = {}
    for item in bound:
        leads = item.role is SigningRole.LEADER and item.login in leaders
        if leads or item.role is SigningRole.SEAL:
            found[item.role] = max(item.not_after.date(), found.get(item.role, date.min))
    return found


def _signing_ends(session: Session, year: str) -> date:
    """Last day of signing by the plan; today where that is past."""
    chosen = milestone_rows.milestones(session, year)
    (ends,) = (item.ends for item in plan(year, chosen) if item.code == SIGNING)
    return max(ends, clock.now().date())
