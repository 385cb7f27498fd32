"""Signing all that is ready for a role with one PIN: plan, sign, check, keep, one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from app.delivery.keys import document_key
from app.errors import Cancelled, TokenProblem, UserError
from app.interaction import PinPrompt, PinRequest, Progress
from app.models import outbox as outbox_rows
from app.models import people
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.store import Session, Store
from app.models.values import Documents, VersionRecord
from app.records.permissions import SIGNING_ACTIONS, Actor, allowed_somewhere, require
from app.records.picture import Picture
from app.records.types import SigningRole
from app.signing.appearance import appearance_for
from app.signing.chains import chain_to_enclose
from app.signing.discovery import TokenInfo, find_tokens
from app.signing.pdf import sign_pdf
from app.signing.pkcs11 import Signer, open_token
from app.signing.reports import Verdict
from app.signing.trust import Trust, default_trust
from app.signing.verify import verify_bytes
from app.signing.xml import sign_xml
from app.transcript.pictures import read_picture
from app.workflows import clock
from app.workflows.report import NOTHING, Changes, Failure, changed
from app.workflows.signing_plan import (
    Plan,
    choose_token,
    failure,
    find_signers,
    for_token,
    make_plan,
    with_usable_certificates,
)

PDF_FIELDS: Final[Mapping[SigningRole, str]] = {
    SigningRole.TEACHER: "GVCN",
    SigningRole.LEADER: "CBQL",
    SigningRole.SEAL: "PHATHANH",
}


@dataclass(frozen=True, slots=True)
class SignReport:
    """signed + already + failed + left = all transcripts looked at; `stopped` says why a run ended early."""

    signed: int
    already: int
    failed: tuple[Failure, ...]
    left: int = 0
    stopped: UserError | None = None
    changes: Changes = NOTHING
    signed_ids: frozenset[str] = frozenset()
    """Transcripts that carry this role's signature now, made in this run or before."""


@dataclass(frozen=True, slots=True)
class SignNews:
    """Told before and after each document: signed + len(failed) + left = all that the run will look at.

    The document being signed counts as left.
    """

    version: VersionRecord
    begun: bool
    """True just before it is signed, False once it is kept or refused."""
    signed: int
    failed: tuple[Failure, ...]
    left: int


def sign_transcripts(
    *,
    store: Store,
    actor: Actor,
    role: SigningRole,
    pin: PinPrompt,
    token: str | None = None,
    class_name: str | None = None,
    ids: frozenset[str] | None = None,
    progress: Progress,
    watch: Callable[[SignNews], object] | None = None,
) -> SignReport:
    """Sign every current transcript that is ready for `role`, PDF and XML, with one PIN.

    `ids` narrows it to some transcripts; `watch` hears of each one, on the calling thread.

    What is signed counts as already done, so a run can be repeated at any time. Each document is checked
    and kept in a transaction of its own before the next one is begun. Raises TokenProblem when no signature
    could be begun; a token that fails later, or a disk that fills up, ends the run and is told in `stopped`.
    """
    action = SIGNING_ACTIONS[role]
    if class_name is not None or not allowed_somewhere(actor, action):
        require(actor, action, class_name=class_name)
    plan = make_plan(store=store, actor=actor, role=role, class_name=class_name, ids=ids)
    if not plan.tasks:
        return SignReport(0, plan.already, tuple(plan.failed), signed_ids=_signed_before(plan, role))
    with store.reading() as session:
        modules = settings_store.modules(session)
        anchors = settings_store.anchors(session)
        pictures = _pictures(session)
    plugged_in = find_tokens(modules)
    device = choose_token(plan.tasks, plugged_in, token)
    work = with_usable_certificates(plan, device, for_token(plan, device), clock.now())
    typed = _ask_pin(pin, device, work)
    nearby = tuple(item.der for found in plugged_in for item in found.certificates)
    run = _Run(store, actor, role, plan, default_trust().including(anchors), nearby, pictures, watch)
    with open_token(device, typed) as opened:
        signers = find_signers(plan, opened, work)
        return run.all([item for item in work if item[1] in signers], signers, progress)


def _signed_before(plan: Plan, role: SigningRole) -> frozenset[str]:
    return frozenset(item.transcript_id for item in plan.versions if role in item.signed_roles)


def _pictures(session: Session) -> Mapping[str, Picture]:
    """Picture of the signature or of the seal, by fingerprint of its holder's certificate."""
    kept = {holder: read_picture(png) for holder, png in settings_store.pictures(session).items()}
    bound = people.certificates(session)
    holders = {item.fingerprint: people.plain_login(item.login) for item in bound}
    return {print_: kept[holder] for print_, holder in holders.items() if holder in kept}


def _ask_pin(pin: PinPrompt, device: TokenInfo, work: Sequence[tuple[VersionRecord, str]]) -> str:
    """The PIN as typed."""
    prints = {print_ for _, print_ in work}
    mine = [item for item in device.certificates if item.fingerprint in prints]
    holder = mine[0].common_name if len(mine) == 1 else device.label
    return pin.ask_pin(PinRequest(holder, device.label, device.serial, len(work), device.pin_state))


class _Run:
    """One batch on an open token."""

    def __init__(
        self,
        store: Store,
        actor: Actor,
        role: SigningRole,
        plan: Plan,
        trust: Trust,
        nearby: tuple[bytes, ...],
        pictures: Mapping[str, Picture],
        watch: Callable[[SignNews], object] | None,
    ) -> None:
        self._store = store
        self._actor = actor
        self._role = role
        self._plan = plan
        self._trust = trust
        self._nearby = nearby
        self._pictures = pictures
        self._watch = watch
        self._done: set[str] = set()
        self._refused = 0

    def all(
        self, work: Sequence[tuple[VersionRecord, str]], signers: Mapping[str, Signer], progress: Progress
    ) -> SignReport:
        """Sign one after the other; a fault of one document does not stop the rest."""
        total = len(work)
        stopped: UserError | None = None
        try:
            progress.step(0, total, "Đang ký")
            for done, (version, fingerprint) in enumerate(work, start=1):
                self._tell(version, total, begun=True)
                self._one_or_refuse(version, signers[fingerprint])
                self._tell(version, total, begun=False)
                progress.step(done, total, f"{version.class_name} · {version.pupil_name}")
        except UserError as problem:
            if not self._done and not isinstance(problem, TokenProblem):
                raise
            stopped = problem
        except Cancelled:
            stopped = UserError("signing.paused")
        return SignReport(
            signed=len(self._done),
            already=self._plan.already,
            failed=tuple(self._plan.failed),
            left=total - len(self._done) - self._refused,
            stopped=stopped,
            changes=changed("transcripts", "outbox") if self._done else NOTHING,
            signed_ids=_signed_before(self._plan, self._role) | self._done,
        )

    def _tell(self, version: VersionRecord, total: int, *, begun: bool) -> None:
        if self._watch is not None:
            left = total - len(self._done) - self._refused
            self._watch(SignNews(version, begun, len(self._done), tuple(self._plan.failed), left))

    def _refuse(self, version: VersionRecord, code: str, **facts: object) -> None:
        self._plan.failed.append(failure(version, code, **facts))
        self._refused += 1

    def _one_or_refuse(self, version: VersionRecord, signer: Signer) -> None:
        """What is wrong with one document (somebody else signed or revoked it meanwhile) is told by name.

        A token that fails, or a store that cannot be written, ends the run.
        """
        try:
            self._one(version, signer)
        except TokenProblem:
            raise
        except UserError as problem:
            if problem.code.startswith("store."):
                raise
            self._refuse(version, problem.code, **problem.facts)

    def _one(self, version: VersionRecord, signer: Signer) -> None:
        with self._store.reading() as session:
            documents = transcript_rows.documents(session, version.id)
        if _hashes(documents) != (version.pdf_sha256, version.xml_sha256):
            self._refuse(version, "signing.bytes_differ")
            return
        at = clock.now()
        signed = self._sign(documents, signer, at)
        if not all(self._holds(data) for data in (signed.pdf, signed.xml)):
            self._refuse(version, "signing.check_failed")
            return
        with self._store.transaction() as session:
            self._keep(session, version, signed, signer, at)
        self._done.add(version.transcript_id)

    def _holds(self, data: bytes) -> bool:
        """True when every signature up to this role's is intact; trust in the issuer is another matter."""
        report = verify_bytes(data, name="", trust=self._trust)
        roles = {item.role for item in report.signatures if item.integrity == "intact"}
        return report.verdict is not Verdict.INVALID and self._role.value in roles

    def _sign(self, documents: Documents, signer: Signer, at: datetime) -> Documents:
        certificate = signer.certificate
        chain = chain_to_enclose(certificate.der, self._nearby, self._trust)
        pdf = sign_pdf(
            documents.pdf,
            field=PDF_FIELDS[self._role],
            signer=signer,
            signed_at=at,
            appearance=appearance_for(
                self._role, certificate, at, self._pictures.get(certificate.fingerprint)
            ),
            chain=chain,
        )
        xml = sign_xml(documents.xml, role=self._role, signer=signer, signed_at=at, chain=chain)
        return Documents(xml=xml, pdf=pdf)

    def _keep(
        self, session: Session, version: VersionRecord, signed: Documents, signer: Signer, at: datetime
    ) -> None:
        transcript_rows.add_signature(
            session,
            version_id=version.id,
            role=self._role,
            xml=signed.xml,
            pdf=signed.pdf,
            certificate_fingerprint=signer.certificate.fingerprint,
            signer_name=signer.certificate.common_name,
            signed_at=at,
            level="B-B",
            actor=self._actor.login,
        )
        if self._role is SigningRole.SEAL:
            self._queue(session, version, signed)

    def _queue(self, session: Session, version: VersionRecord, signed: Documents) -> None:
        """Put both files into the outbox in the same transaction as the seal."""
        pdf_hash, xml_hash = _hashes(signed)
        for digest, ending in ((xml_hash, "xml"), (pdf_hash, "pdf")):
            key = document_key(
                self._plan.school_code, version.year, version.transcript_id, version.version, digest, ending
            )
            outbox_rows.enqueue(
                session, version_id=version.id, items=((key, digest, ending),), destination=""
            )


def _hashes(documents: Documents) -> tuple[str, str]:
    return sha256(documents.pdf).hexdigest(), sha256(documents.xml).hexdigest()
