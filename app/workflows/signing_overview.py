"""Before signing: whose token is plugged in, what is ready, what will not be signed and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from app import messages
from app.errors import TokenProblem
from app.interaction import PinState
from app.models import changelog, people
from app.models import seen as seen_rows
from app.models import settings as settings_store
from app.models.changelog import LogFilter
from app.models.store import Session, Store
from app.models.values import AccountRecord, BoundCertificate, VersionRecord
from app.records.permissions import SIGNING_ACTIONS, Actor, allowed_somewhere, require
from app.records.types import SigningRole
from app.signing.certificates import CertificateInfo, check_usable, describe
from app.signing.chains import build_chain
from app.signing.discovery import TokenInfo, find_tokens
from app.signing.flow import ROLE_TEXT, next_role
from app.signing.trust import Trust, default_trust
from app.workflows import clock
from app.workflows.report import Failure
from app.workflows.signing_plan import (
    Plan,
    for_token,
    make_plan,
    own_certificates,
    with_usable_certificates,
)
from app.workflows.verification import common_name

CheckState = Literal["ok", "warning", "failed"]
TITLES: Final[Mapping[SigningRole, str]] = {
    SigningRole.TEACHER: "GIÁO VIÊN CHỦ NHIỆM",
    SigningRole.LEADER: "HIỆU TRƯỞNG",
    SigningRole.SEAL: "CON DẤU SỐ CỦA NHÀ TRƯỜNG",
}
"""The line above a signature where the account names no other."""
_SAME_SECOND: Final = timedelta(seconds=1)
_NOT_TURN: Final = "signing.not_your_turn"
_REASONS: Final[Mapping[str, str]] = {
    "signing.not_bound": "Chưa gắn chứng thư số của người ký. Nhờ quản trị gắn ở Thiết lập, mục Ký số.",
    "signing.certificate_not_here": "Cần chứng thư của người khác. Cắm token của người đó rồi ký.",
}
"""Reasons that hold for a whole class."""


@dataclass(frozen=True, slots=True)
class Ready:
    """One transcript that can be signed now."""

    transcript_id: str
    pupil: str
    pupil_code: str
    class_name: str


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class: len(ready) + signed + waiting + refused = its current transcripts."""

    name: str
    teacher: str
    ready: tuple[Ready, ...]
    signed: int
    waiting: int
    """It is not yet this role's turn."""
    refused: int
    seen: int
    """How many of `ready` this person has looked through."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Pupils of one class that will not be signed now, for one reason."""

    class_name: str
    pupils: tuple[str, ...]
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at before signing; `cure` says what to do unless it is "ok"."""

    name: str
    state: CheckState
    text: str
    cure: str = ""


@dataclass(frozen=True, slots=True)
class TokenCard:
    """The token that will sign, as it describes itself. `people`: names on its fitting certificates."""

    serial: str
    label: str
    manufacturer: str
    pin_state: PinState
    people: tuple[str, ...]
    title: tuple[str, ...]
    """The lines above the signature, as printed; empty when several people sign with this token."""
    issuer: str
    not_before: datetime
    not_after: datetime
    """Of the certificate that ends first."""
    days_left: int
    """Whole days until `not_after`; negative once it is over."""


@dataclass(frozen=True, slots=True)
class SigningOverview:
    """Everything before a run. `token` is None while no fitting token is plugged in."""

    role: SigningRole
    classes: tuple[ClassLine, ...]
    refusals: tuple[Refusal, ...]
    token: TokenCard | None
    strangers: tuple[str, ...]
    """Names on the tokens that are plugged in but may not sign here."""
    wanted: str
    """Whose token is awaited; empty when no certificate is bound."""
    checks: tuple[Check, ...]

    @property
    def ready(self) -> tuple[Ready, ...]:
        """All transcripts that can be signed, class by class."""
        return tuple(item for line in self.classes for item in line.ready)

    @property
    def can_sign(self) -> bool:
        """True when a token is there and no check has failed."""
        return self.token is not None and all(item.state != "failed" for item in self.checks)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What one short reading found."""

    own: tuple[BoundCertificate, ...]
    accounts: Mapping[str, AccountRecord]
    teachers: Mapping[str, str]
    anchors: tuple[bytes, ...]
    seen: frozenset[int]
    written: datetime | None


def overview(
    *, store: Store, actor: Actor, role: SigningRole, found: Sequence[TokenInfo] | None = None
) -> SigningOverview:
    """What this person can sign as `role` now; asks for no PIN and writes nothing. NotAllowed.

    `found`: the tokens plugged in, when they are known already; else they are looked up here, which takes
    as long as the slowest driver.
    """
    if not allowed_somewhere(actor, SIGNING_ACTIONS[role]):
        require(actor, SIGNING_ACTIONS[role])
    plan = make_plan(store=store, actor=actor, role=role, class_name=None, ids=None)
    with store.reading() as session:
        facts = _facts(session, actor, role)
        modules = settings_store.modules(session)
    tokens = tuple(find_tokens(modules) if found is None else found)
    device = _fitting(tokens, facts.own)
    here = _here(device, facts.own)
    _refuse_what_is_not_here(plan, device)
    return SigningOverview(
        role=role,
        classes=tuple(_lines(plan, role, facts)),
        refusals=tuple(_refusals(plan, role)),
        token=None if device is None else _card(device, here, role, facts),
        strangers=() if device else _names(tokens),
        wanted=_wanted(facts.own),
        checks=tuple(_checks(role, tokens, device, here, facts)),
    )


def _facts(session: Session, actor: Actor, role: SigningRole) -> _Facts:
    year = settings_store.active_year(session)
    newest = changelog.page(session, LogFilter(), limit=1)
    return _Facts(
        own=own_certificates(session, actor, role),
        accounts={account.login: account for account in people.accounts(session, year)},
        teachers={name: found[1] for name, found in people.homeroom_teachers(session, year).items()},
        anchors=settings_store.anchors(session),
        seen=frozenset(seen_rows.seen_by(session, actor.account_id)),
        written=newest[0].at if newest else None,
    )


def _fitting(tokens: Sequence[TokenInfo], own: Sequence[BoundCertificate]) -> TokenInfo | None:
    wanted = {item.fingerprint for item in own}
    fits = (token for token in tokens if wanted & {item.fingerprint for item in token.certificates})
    return next(fits, None)


def _here(device: TokenInfo | None, own: Sequence[BoundCertificate]) -> tuple[CertificateInfo, ...]:
    wanted = {item.fingerprint for item in own}
    return () if device is None else tuple(c for c in device.certificates if c.fingerprint in wanted)


def _refuse_what_is_not_here(plan: Plan, device: TokenInfo | None) -> None:
    """Leave only those tasks in the plan that a token in sight can do; without one, all stay."""
    if device is None:
        return
    work = for_token(plan, device)
    with suppress(TokenProblem):  # no certificate may sign: the check of the certificate says so once
        work = with_usable_certificates(plan, device, work, clock.now())
    kept = {version.id for version, _ in work}
    plan.tasks = [task for task in plan.tasks if task.version.id in kept]


def _lines(plan: Plan, role: SigningRole, facts: _Facts) -> Iterator[ClassLine]:
    ready: defaultdict[str, list[VersionRecord]] = defaultdict(list)
    for task in plan.tasks:
        ready[task.version.class_name].append(task.version)
    state_of = _failures(plan)
    signed = Counter(v.class_name for v in plan.versions if role in v.signed_roles)
    waiting = Counter(v.class_name for v, failed in state_of if failed.code == _NOT_TURN)
    refused = Counter(v.class_name for v, failed in state_of if failed.code != _NOT_TURN)
    for name in dict.fromkeys(version.class_name for version in plan.versions):
        mine = ready[name]
        yield ClassLine(
            name=name,
            teacher=facts.teachers.get(name, ""),
            ready=tuple(Ready(v.transcript_id, v.pupil_name, v.pupil_code, name) for v in mine),
            signed=signed[name],
            waiting=waiting[name],
            refused=refused[name],
            seen=sum(v.id in facts.seen for v in mine),
        )


def _failures(plan: Plan) -> list[tuple[VersionRecord, Failure]]:
    versions = {version.transcript_id: version for version in plan.versions}
    return [(versions[failed.ids[0]], failed) for failed in plan.failed]


def _refusals(plan: Plan, role: SigningRole) -> Iterator[Refusal]:
    """By class and reason; a reason that names its pupil stays alone."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for version, failed in _failures(plan):
        reason = _reason(version, failed)
        groups.setdefault((version.class_name, failed.code, reason), []).append(version.pupil_name)
    for (class_name, code, reason), pupils in groups.items():
        yield Refusal(class_name, tuple(pupils), code, reason)


def _reason(version: VersionRecord, failed: Failure) -> str:
    if failed.code == _NOT_TURN:
        waiting = next_role(version.state)
        return f"Chưa đến lượt: còn chờ {ROLE_TEXT[waiting] if waiting else ''} ký."
    return _REASONS.get(failed.code, failed.message)


def _card(device: TokenInfo, here: Sequence[CertificateInfo], role: SigningRole, facts: _Facts) -> TokenCard:
    first = min(here, key=lambda item: item.not_after)
    return TokenCard(
        serial=device.serial,
        label=device.label,
        manufacturer=device.manufacturer,
        pin_state=device.pin_state,
        people=tuple(item.common_name for item in here),
        title=_title(here, role, facts) if len(here) == 1 else (),
        issuer=common_name(first.issuer),
        not_before=first.not_before,
        not_after=first.not_after,
        days_left=(first.not_after - clock.now()) // timedelta(days=1),
    )


def _title(here: Sequence[CertificateInfo], role: SigningRole, facts: _Facts) -> tuple[str, ...]:
    login = next((item.login for item in facts.own if item.fingerprint == here[0].fingerprint), "")
    account = facts.accounts.get(login)
    lines = account.title.split("/") if account is not None else []
    return tuple(line.strip() for line in lines if line.strip()) or (TITLES[role],)


def _wanted(own: Sequence[BoundCertificate]) -> str:
    names = tuple(dict.fromkeys(describe(item.der).common_name for item in own))
    return names[0] if len(names) == 1 else f"{len(names)} người" if names else ""


# --- what is checked before --------------------------------------------------------------------------------


def _checks(
    role: SigningRole,
    tokens: Sequence[TokenInfo],
    device: TokenInfo | None,
    here: Sequence[CertificateInfo],
    facts: _Facts,
) -> Iterator[Check]:
    yield _right_person(role, tokens, device, here, facts)
    if device is not None:
        yield _usable(here)
        if device.pin_state is PinState.LOCKED:
            cure = "Mang token đến nơi cấp để mở khóa."
            yield Check("pin", "failed", "Token đã khóa vì nhập sai PIN nhiều lần.", cure)
    yield _clock(facts.written)
    if device is not None:
        yield _trusted(tokens, here, facts.anchors)
        yield _revocation(default_trust())


def _right_person(
    role: SigningRole,
    tokens: Sequence[TokenInfo],
    device: TokenInfo | None,
    here: Sequence[CertificateInfo],
    facts: _Facts,
) -> Check:
    if not facts.own:
        whose = "của nhà trường" if role is SigningRole.SEAL else "của người ký"
        cure = "Nhờ quản trị gắn chứng thư ở Thiết lập, mục Ký số."
        return Check("person", "failed", f"Chưa gắn chứng thư số {whose}.", cure)
    if device is not None:
        names = here[0].common_name if len(here) == 1 else f"{len(here)} người"
        return Check("person", "ok", f"Đúng người: chứng thư của {names} đã gắn với vai ký này.")
    wanted = _wanted(facts.own)
    strangers = ", ".join(_names(tokens))
    if strangers:
        cure = f"Cắm token của {wanted} rồi ký."
        return Check("person", "failed", f"Token đang cắm là của {strangers}.", cure)
    if tokens:
        cure = f"Cắm token của {wanted}, hoặc bấm Chẩn đoán token."
        return Check("person", "failed", "Token đang cắm không có chứng thư số nào.", cure)
    return Check("person", "failed", "Chưa cắm USB Token.", f"Cắm token của {wanted}.")


def _usable(here: Sequence[CertificateInfo]) -> Check:
    """Whether a certificate may sign now; others on the same token are refused class by class."""
    problems: list[TokenProblem] = []
    for certificate in here:
        try:
            check_usable(certificate, clock.now())
        except TokenProblem as problem:
            problems.append(problem)
    if not problems:
        return Check("certificate", "ok", "Chứng thư còn hạn và được cấp để ký.")
    text, _, cure = messages.sentence(problems[0]).partition(". ")
    return Check("certificate", "failed" if len(problems) == len(here) else "warning", f"{text}.", cure)


def _clock(written: datetime | None) -> Check:
    now = clock.now()
    told = f"{now:%H:%M} ngày {now:%d/%m/%Y}"
    if written is not None and now + _SAME_SECOND < written:
        text = f"Giờ máy là {told}, sớm hơn lần ghi cuối ({written.astimezone(now.tzinfo):%H:%M %d/%m/%Y})."
        return Check("clock", "failed", text, "Chỉnh lại ngày giờ của máy rồi ký.")
    return Check("clock", "ok", f"Giờ máy hợp lý: {told}.")


def _names(tokens: Sequence[TokenInfo]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.common_name for token in tokens for item in token.certificates))


def _trusted(
    tokens: Sequence[TokenInfo], here: Sequence[CertificateInfo], anchors: tuple[bytes, ...]
) -> Check:
    nearby = tuple(item.der for token in tokens for item in token.certificates)
    trust = default_trust().including(anchors)
    if all(build_chain(item.der, nearby, trust).path for item in here):
        return Check("trust", "ok", "Nơi cấp chứng thư được máy này tin cậy.")
    text = "Máy này chưa có chứng thư gốc của nơi cấp. Vẫn ký được."
    return Check("trust", "warning", text, "Nhờ quản trị thêm chứng thư gốc ở Thiết lập, mục Ký số.")


def _revocation(trust: Trust) -> Check:
    """As far as known: revocation lists ship with the program or not at all."""
    if trust.crls:
        return Check("revocation", "ok", "Có danh sách thu hồi để đối chiếu khi xác minh.")
    text = "Máy này không giữ danh sách thu hồi nên chưa biết chứng thư có bị thu hồi không. Vẫn ký được."
    return Check("revocation", "warning", text, "Nghi token bị lộ thì hỏi nơi cấp trước khi ký.")
