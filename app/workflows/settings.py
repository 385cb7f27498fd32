"""Settings of the school: PKCS#11 modules, trust anchors, destinations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app import messages
from app.delivery.destinations import DeliveryProblem, Destination
from app.delivery.folder import FolderDestination
from app.delivery.s3 import S3Destination
from app.errors import UserError
from app.models import settings as settings_store
from app.models.store import Store
from app.models.values import DestinationRecord
from app.records.local import ACCEPTS, FORM_SETTINGS
from app.records.permissions import Action, Actor, require
from app.signing.certificates import CertificateInfo, describe
from app.signing.discovery import TokenInfo, find_tokens
from app.signing.modules import module_problem
from app.signing.trust import load_pem
from app.workflows.report import NOTHING, Changes, changed
from app.workflows.rules import SIGNING_LEADER, knows_rules

_MODULE_PROBLEMS: Final[Mapping[str, str]] = {
    "missing": "workflow.no_file",
    "not_a_module": "workflow.module_bad",
    "wrong_machine": "workflow.module_machine",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """A destination and what a test of it proved."""

    name: str
    kind: str
    reachable: bool
    message: str


def add_module(*, store: Store, actor: Actor, path: Path) -> tuple[Path, ...]:
    """Remember a PKCS#11 module beside the known ones, under the path given (a link may move on).

    UserError workflow.no_file, workflow.module_bad, workflow.module_machine.
    """
    require(actor, Action.SETTINGS)
    if problem := module_problem(path):
        raise UserError(_MODULE_PROBLEMS[problem], file=path)
    with store.transaction() as session:
        settings_store.add_module(session, path.absolute(), actor.login)
        return settings_store.modules(session)


def remove_module(*, store: Store, actor: Actor, path: Path) -> Changes:
    """Forget a PKCS#11 module that was added by hand."""
    require(actor, Action.SETTINGS)
    with store.transaction() as session:
        removed = settings_store.remove_module(session, path, actor.login)
    return changed("settings") if removed else NOTHING


def list_modules(*, store: Store) -> tuple[Path, ...]:
    """The modules that were added by hand."""
    with store.reading() as session:
        return settings_store.modules(session)


def tokens(*, store: Store | None) -> tuple[TokenInfo, ...]:
    """USB tokens plugged in and their certificates; asks for no PIN. Without a store: known modules only."""
    return find_tokens(() if store is None else list_modules(store=store))


def add_anchors(*, store: Store, actor: Actor, file: Path) -> tuple[CertificateInfo, ...]:
    """Trust every certificate of a PEM file (roots and intermediates)."""
    require(actor, Action.SETTINGS)
    loaded = load_pem(file)
    with store.transaction() as session:
        for der in loaded:
            settings_store.add_anchor(session, der, actor.login)
    return list_anchors(store=store)


def remove_anchor(*, store: Store, actor: Actor, der: bytes) -> Changes:
    """Trust a root or intermediate certificate no longer."""
    require(actor, Action.SETTINGS)
    with store.transaction() as session:
        removed = settings_store.remove_anchor(session, der, actor.login)
    return changed("settings") if removed else NOTHING


def trust_again(*, store: Store, actor: Actor, der: bytes) -> Changes:
    """Undo `remove_anchor`. UserError signing.certificate_unreadable."""
    require(actor, Action.SETTINGS)
    describe(der)
    with store.transaction() as session:
        settings_store.add_anchor(session, der, actor.login)
    return changed("settings")


def list_anchors(*, store: Store) -> tuple[CertificateInfo, ...]:
    """The certificates trusted beside the built-in ones."""
    with store.reading() as session:
        return tuple(describe(der) for der in settings_store.anchors(session))


def add_destination(
    *, store: Store, actor: Actor, name: str, kind: str, options: Mapping[str, str], secret: str = ""
) -> Changes:
    """Remember where documents go: kind "folder" (path) or "s3" (endpoint, bucket, access_key, …)."""
    require(actor, Action.DESTINATIONS)
    connect(DestinationRecord(name=name, kind=kind, options=dict(options), secret=secret, paused=False))
    with store.transaction() as session:
        settings_store.add_destination(
            session, name=name, kind=kind, options=dict(options), secret=secret, actor=actor.login
        )
    return changed("destinations")


def destinations(*, store: Store) -> tuple[DestinationRecord, ...]:
    """Destinations in the order they were added; the first is where documents go."""
    with store.reading() as session:
        return settings_store.destinations(session)


def pause_destination(*, store: Store, actor: Actor, name: str, paused: bool) -> Changes:
    """Stop sending to a destination, or go on. UserError workflow.no_destination."""
    require(actor, Action.DESTINATIONS)
    with store.transaction() as session:
        settings_store.set_destination_paused(session, name, paused, actor.login)
    return changed("destinations", "outbox")


def connect(record: DestinationRecord) -> Destination:
    """The destination behind a record. UserError delivery.unknown_kind."""
    options = record.options
    if record.kind == "folder":
        return FolderDestination(Path(options["path"]))
    if record.kind == "s3":
        return S3Destination(
            endpoint=options["endpoint"],
            bucket=options["bucket"],
            access_key=options["access_key"],
            secret=record.secret,
            prefix=options.get("prefix", ""),
            region=options.get("region", "us-east-1"),
        )
    raise UserError("delivery.unknown_kind", kind=record.kind)


def test_destination(*, store: Store, name: str) -> Reach:
    """Ask the destination for a listing; UserError workflow.no_destination when there is none so named."""
    record = next((item for item in destinations(store=store) if item.name == name), None)
    if record is None:
        raise UserError("workflow.no_destination", name=name)
    return reach(record)


def reach(record: DestinationRecord) -> Reach:
    """Whether the destination answers now."""
    try:
        connect(record).check()
    except DeliveryProblem as problem:
        return Reach(record.name, record.kind, False, messages.sentence(problem))
    return Reach(record.name, record.kind, True, "Kết nối được.")


KNOWN_SETTINGS: Final[Mapping[str, Callable[[str], bool]]] = {
    **ACCEPTS,
    **FORM_SETTINGS,
    SIGNING_LEADER: lambda value: bool(value.strip()),
}
"""Settings a school may change, each with what it accepts."""


def put_setting(*, store: Store, actor: Actor, name: str, value: str) -> Changes:
    """Change one setting of the school; UserError workflow.no_setting, workflow.bad_setting."""
    require(actor, Action.SETTINGS)
    accepts = KNOWN_SETTINGS.get(name)
    if accepts is None:
        raise UserError("workflow.no_setting", name=name, known=", ".join(KNOWN_SETTINGS))
    if not (accepts(value) and knows_rules(name, value)):
        raise UserError("workflow.bad_setting", name=name, value=value)
    with store.transaction() as session:
        settings_store.put(session, name, value, actor.login)
    return changed("settings")


def list_settings(*, store: Store) -> Mapping[str, str]:
    """Every setting with its value, empty when it is not set."""
    with store.reading() as session:
        return {name: settings_store.get(session, name, "") for name in KNOWN_SETTINGS}
