"""The people of the demo: accounts, three SoftHSM tokens, and whose certificate is where."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.demo.pki import DemoAuthority
from app.demo.school import DemoSchool
from app.demo.tokens import DemoToken, Holder, make_token
from app.records.programme import out_of_scope_reason
from app.records.types import Role, SigningRole
from app.workflows import people, settings
from app.workflows.store import Store, login

PASSWORD: Final = "HocBa-Mau-2024"
ADMIN: Final = "quantri"
VICE_PRINCIPAL: Final = "phohieutruong"
CLERK: Final = "vanthu"
CHECKER: Final = "tocongtac"
VICE_TITLE: Final = "KT. HIỆU TRƯỞNG/PHÓ HIỆU TRƯỞNG"
_SO_PIN: Final = "87654321"
_PINS: Final = {SigningRole.TEACHER: "111111", SigningRole.LEADER: "222222", SigningRole.SEAL: "333333"}


@dataclass(frozen=True, slots=True)
class Cast:
    """The authority and one token for each signing role."""

    authority: DemoAuthority
    tokens: dict[SigningRole, DemoToken]


def make_tokens(folder: Path, made: DemoSchool) -> Cast:
    """A certification authority and three tokens; the teachers' one holds a key for each homeroom teacher."""
    authority = DemoAuthority.create()
    teachers = [c for c in made.classes if out_of_scope_reason(c.year, c.grade) is None]
    unit = made.school.name
    holders = {
        SigningRole.TEACHER: [
            _person(authority, c.homeroom_teacher, unit, i) for i, c in enumerate(teachers)
        ],
        SigningRole.LEADER: [_person(authority, made.vice_principal.name, unit, 900)],
        SigningRole.SEAL: [
            Holder(
                authority, unit, organisation=unit, province=made.school.province, uids=("MST:2200999999",)
            )
        ],
    }
    labels = {
        SigningRole.TEACHER: "GVCN",
        SigningRole.LEADER: "BAN GIAM HIEU",
        SigningRole.SEAL: "CON DAU SO",
    }
    tokens = {
        role: make_token(folder, label=labels[role], pin=_PINS[role], so_pin=_SO_PIN, holders=holders[role])
        for role in SigningRole
    }
    return Cast(authority, tokens)


def _person(authority: DemoAuthority, name: str, unit: str, number: int) -> Holder:
    return Holder(authority, name, organisation=unit, province="Sóc Trăng", uids=(f"CCCD:094185{number:06}",))


def teacher_login(class_name: str) -> str:
    """Login of a homeroom teacher."""
    return f"gv{class_name.lower()}"


def admit(store: Store, made: DemoSchool, cast: Cast, folder: Path) -> int:
    """Add everybody's account, bind the certificates, trust the root; returns the number of accounts."""
    admin = login(store=store, login=ADMIN, password=PASSWORD)
    root = folder / "goc-tin-cay.pem"
    root.write_bytes(cast.authority.root_pem)
    chain = folder / "chuoi-chung-thu.pem"
    chain.write_text("".join(ssl.DER_cert_to_PEM_cert(der) for der in cast.authority.chain), encoding="ascii")
    settings.add_anchors(store=store, actor=admin, file=chain)
    settings.add_module(store=store, actor=admin, path=cast.tokens[SigningRole.SEAL].module)
    staff: list[tuple[str, str, Role, str, tuple[str, ...]]] = [
        (VICE_PRINCIPAL, made.vice_principal.name, Role.LEADER, VICE_TITLE, ()),
        (CLERK, made.clerk.name, Role.CLERK, "", ()),
        (CHECKER, made.checker.name, Role.CHECKER, "", ()),
        *((teacher_login(c.name), c.homeroom_teacher, Role.HOMEROOM, "", (c.name,)) for c in made.classes),
    ]
    for who, name, role, title, classes in staff:
        people.add_account(
            store=store,
            actor=admin,
            login=who,
            name=name,
            roles=(role,),
            classes=classes,
            subjects=(),
            password=PASSWORD,
            title=title,
        )
    _bind(store, made, cast, folder)
    return len(staff) + 1


def _bind(store: Store, made: DemoSchool, cast: Cast, folder: Path) -> None:
    admin = login(store=store, login=ADMIN, password=PASSWORD)
    taught = [c for c in made.classes if out_of_scope_reason(c.year, c.grade) is None]
    owners: dict[SigningRole, list[str | None]] = {
        SigningRole.TEACHER: [teacher_login(c.name) for c in taught],
        SigningRole.LEADER: [VICE_PRINCIPAL],
        SigningRole.SEAL: [None],
    }
    file = folder / "chung-thu.der"
    for role, token in cast.tokens.items():
        for who, der in zip(owners[role], token.certificates, strict=True):
            file.write_bytes(der)
            people.bind(store=store, actor=admin, login=who, certificate_file=file, role=role)
    file.unlink()
