"""Who has to sign what: the expected certificate of each transcript, and the token that holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app import messages
from app.errors import NotAllowed, TokenProblem, UserError
from app.models import classes as class_rows
from app.models import people
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.store import Session, Store
from app.models.values import AccountRecord, BoundCertificate, VersionRecord
from app.records.permissions import Actor
from app.records.types import Role, SigningRole, TranscriptState
from app.signing.certificates import check_usable
from app.signing.discovery import TokenInfo
from app.signing.flow import check_turn
from app.signing.pkcs11 import Signer, TokenSession
from app.workflows.report import Failure

Assigned = tuple[VersionRecord, str]
"""A version and the fingerprint of the certificate that shall sign it."""
_OF_ONE_CERTIFICATE: Final = frozenset({"signing.certificate_missing", "signing.key_missing"})
"""Problems of one certificate on a token that is otherwise in order."""


@dataclass(frozen=True, slots=True)
class Task:
    """One version to sign, and the certificates that may do it (SHA-256 fingerprints)."""

    version: VersionRecord
    fingerprints: tuple[str, ...]


@dataclass(slots=True)
class Plan:
    """What a run will do: tasks, how many are signed already, and who is refused."""

    school_code: str
    tasks: list[Task] = field(default_factory=list)
    already: int = 0
    failed: list[Failure] = field(default_factory=list)
    versions: list[VersionRecord] = field(default_factory=list)
    """Everything looked at: tasks, already signed and refused."""


@dataclass(frozen=True, slots=True)
class _People:
    bound: tuple[BoundCertificate, ...]
    teachers: Mapping[str, AccountRecord | None]
    leaders: frozenset[str]
    """Logins of those who may sign as leader; a certificate bound to anybody else does not count."""

    def fingerprints(self, role: SigningRole, actor: Actor, class_name: str) -> tuple[str, ...]:
        """Certificates that may sign a class: the homeroom teacher's, a leader's, the school's."""
        logins = self._logins(role, actor, class_name)
        return tuple(item.fingerprint for item in self.bound if item.role is role and item.login in logins)

    def _logins(self, role: SigningRole, actor: Actor, class_name: str) -> tuple[str, ...]:
        if role is SigningRole.SEAL:
            return ("",)
        if role is SigningRole.TEACHER:
            teacher = self.teachers.get(class_name)
            return () if teacher is None else (teacher.login,)
        if Role.LEADER in actor.roles and Role.ADMIN not in actor.roles:
            return (actor.login,)
        return tuple(self.leaders)


def failure(version: VersionRecord, code: str, **facts: object) -> Failure:
    """A refused transcript with its sentence."""
    told = messages.text(code, {"name": version.pupil_name, "class_name": version.class_name, **facts})
    if version.pupil_name not in told:
        told = f"{version.pupil_name} ({version.class_name}): {told}"
    return Failure(version.pupil_name, code, told, (version.transcript_id,))


def make_plan(
    *, store: Store, actor: Actor, role: SigningRole, class_name: str | None, ids: frozenset[str] | None
) -> Plan:
    """Sort the current versions into tasks, signed and refused. UserError workflow.no_class."""
    with store.reading() as session:
        year = settings_store.active_year(session)
        if class_name is not None and class_name not in {
            item.name for item in class_rows.summaries(session, year)
        }:
            raise UserError("workflow.no_class", name=class_name, year=year)
        versions = transcript_rows.current_versions(session, year, class_name)
        names = {version.class_name for version in versions}
        teachers = {name: people.homeroom_teacher(session, year, name) for name in names}
        leaders = frozenset(
            account.login
            for account in people.accounts(session, year)
            if not account.disabled and account.roles & {Role.LEADER, Role.ADMIN}
        )
        known = _People(people.certificates(session), teachers, leaders)
        plan = Plan(settings_store.school(session).code)
    for version in versions:
        if _concerns(actor, role, version) and (ids is None or version.transcript_id in ids):
            plan.versions.append(version)
            _place(plan, version, role, known.fingerprints(role, actor, version.class_name))
    return plan


def _concerns(actor: Actor, role: SigningRole, version: VersionRecord) -> bool:
    if version.state is TranscriptState.REVOKED:
        return False
    everywhere = Role.ADMIN in actor.roles or role is not SigningRole.TEACHER
    return everywhere or version.class_name in actor.classes


def _place(plan: Plan, version: VersionRecord, role: SigningRole, prints: tuple[str, ...]) -> None:
    if role in version.signed_roles:
        plan.already += 1
        return
    try:
        check_turn(version.state, role)
    except NotAllowed as refusal:
        plan.failed.append(failure(version, refusal.code, **refusal.facts))
        return
    if not prints:
        plan.failed.append(failure(version, "signing.not_bound"))
    else:
        plan.tasks.append(Task(version, prints))


def own_certificates(session: Session, actor: Actor, role: SigningRole) -> tuple[BoundCertificate, ...]:
    """The certificates that may sign in `role` for this person, whether or not anything waits for them."""
    bound = tuple(item for item in people.certificates(session) if item.role is role)
    if role is SigningRole.SEAL:
        return tuple(item for item in bound if not item.login)
    if Role.ADMIN in actor.roles:
        return tuple(item for item in bound if item.login)
    mine = people.plain_login(actor.login)
    return tuple(item for item in bound if people.plain_login(item.login) == mine)


def choose_token(tasks: Iterable[Task], found: Sequence[TokenInfo], serial: str | None) -> TokenInfo:
    """The token that holds an expected certificate; TokenProblem says what is plugged in instead."""
    if serial is not None:
        found = [token for token in found if token.serial == serial]
    if not found and serial is None:
        raise TokenProblem("signing.no_token_at_all")
    if not found:
        raise TokenProblem("signing.no_token", token=serial)
    expected = {fingerprint for task in tasks for fingerprint in task.fingerprints}
    for token in found:
        if expected & {item.fingerprint for item in token.certificates}:
            return token
    holders = {item.common_name for token in found for item in token.certificates}
    if not holders:
        raise TokenProblem("signing.empty_token")
    raise TokenProblem("signing.other_token", holder=", ".join(sorted(holders)))


def for_token(plan: Plan, token: TokenInfo) -> list[Assigned]:
    """(version, fingerprint) for what this token can sign; the rest is refused by name."""
    here = {item.fingerprint for item in token.certificates}
    chosen: list[Assigned] = []
    for task in plan.tasks:
        mine = [fingerprint for fingerprint in task.fingerprints if fingerprint in here]
        if mine:
            chosen.append((task.version, mine[0]))
        else:
            plan.failed.append(failure(task.version, "signing.certificate_not_here"))
    return chosen


def with_usable_certificates(
    plan: Plan, token: TokenInfo, work: Sequence[Assigned], now: datetime
) -> list[Assigned]:
    """`work` without what an expired or unfit certificate would have to sign, which is refused by name.

    TokenProblem of the first such certificate when nothing is left to sign: nobody is asked for a PIN.
    """
    wanted = {fingerprint for _, fingerprint in work}
    problems: dict[str, TokenProblem] = {}
    for certificate in token.certificates:
        if certificate.fingerprint in wanted:
            try:
                check_usable(certificate, now)
            except TokenProblem as problem:
                problems[certificate.fingerprint] = problem
    return _without(plan, work, problems)


def find_signers(plan: Plan, opened: TokenSession, work: Sequence[Assigned]) -> dict[str, Signer]:
    """The signer of each certificate in `work`; what has no key on the token is refused by name.

    TokenProblem when no certificate has one.
    """
    signers: dict[str, Signer] = {}
    problems: dict[str, TokenProblem] = {}
    for fingerprint in dict.fromkeys(fingerprint for _, fingerprint in work):
        try:
            signers[fingerprint] = opened.signer(fingerprint)
        except TokenProblem as problem:
            if problem.code not in _OF_ONE_CERTIFICATE:
                raise
            problems[fingerprint] = problem
    _without(plan, work, problems)
    return signers


def _without(plan: Plan, work: Sequence[Assigned], problems: Mapping[str, TokenProblem]) -> list[Assigned]:
    rest = [item for item in work if item[1] not in problems]
    if work and not rest:
        raise problems[work[0][1]]
    for version, fingerprint in work:
        if fingerprint in problems:
            problem = problems[fingerprint]
            plan.failed.append(failure(version, problem.code, **problem.facts))
    return rest
