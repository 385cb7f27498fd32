"""Documents to judge: a small demo's archive, and pupils caught before and after each signature and later."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from app.demo.run import KnownPin, run_demo
from app.interaction import SilentProgress
from app.records.types import SigningRole
from app.workflows import classes, issue, signing
from app.workflows import store as store_verbs
from app.workflows.store import Store
from conformance.stamping import stamping_authority, with_time_stamp, with_validation_data

PUPILS: Final = 15
YEAR: Final = "2023-2024"
GRADES: Final = (1, 2, 3, 4)
_WHO: Final = {SigningRole.TEACHER: "admin", SigningRole.LEADER: "leader", SigningRole.SEAL: "clerk"}


def make_samples(folder: Path) -> Path:
    """Fill `folder` with `{code}.{signatures}.pdf|xml`, `root.pem` and `archive/`; returns it.

    Raises RuntimeError when the demo itself fails: there is nothing to judge then.
    """
    os.environ["HOCBA_KEY_FILE_ONLY"] = "1"  # the person's own credential store is left alone
    folder.mkdir(parents=True)
    report = run_demo(folder=folder / "demo", pupils=PUPILS, year=YEAR, progress=SilentProgress())
    if not report.good:
        bad = "; ".join(f"{step.name}: {step.result}" for step in report.steps)
        raise RuntimeError(f"the demo failed, so there is nothing to judge: {bad}")
    facts = json.loads(report.file.read_text(encoding="utf-8"))
    shutil.copyfile(facts["root_certificate"], folder / "root.pem")
    shutil.copytree(facts["archive"], folder / "archive")
    store = store_verbs.open_store(Path(facts["data"]))
    try:
        _catch_each_state(store, facts, folder)
    finally:
        store.close()
    _add_later_revisions(folder)
    return folder


def _add_later_revisions(folder: Path) -> None:
    """What comes when the network is back, in both orders, on one sealed PDF of each grade."""
    authority = stamping_authority()
    certificates = [
        certificate.public_bytes(Encoding.DER)
        for certificate in x509.load_pem_x509_certificates((folder / "root.pem").read_bytes())
    ]
    (folder / "later").mkdir()
    for path in folder.glob("*.3.pdf"):
        sealed = path.read_bytes()
        stamped = with_time_stamp(sealed, authority)
        known = with_validation_data(sealed, certificates)
        for name, data in (
            ("stamped", stamped),
            ("known", known),
            ("stamped-known", with_validation_data(stamped, certificates)),
            ("known-stamped", with_time_stamp(known, authority)),
        ):
            (folder / "later" / f"{path.stem}-{name}.pdf").write_bytes(data)


def _catch_each_state(store: Store, facts: Mapping[str, Any], folder: Path) -> None:
    """Withdraw one transcript of each grade, issue it anew, sign it three times; keep every state."""
    codes = _one_of_each_grade(store, facts)
    admin = store_verbs.login(store=store, login=facts["logins"]["admin"], password=facts["password"])
    for code in codes:
        issue.revoke(store=store, actor=admin, code=code, reason="Mẫu để đối chiếu")
    issue.issue(store=store, actor=admin, progress=SilentProgress())
    _keep(store, facts, codes, folder, signatures=0)
    for signatures, role in enumerate(SigningRole, start=1):
        _sign(store, facts, role, expected=len(codes))
        _keep(store, facts, codes, folder, signatures=signatures)


def _one_of_each_grade(store: Store, facts: Mapping[str, Any]) -> tuple[str, ...]:
    admin = store_verbs.login(store=store, login=facts["logins"]["admin"], password=facts["password"])
    names = {item.grade: item.name for item in classes.list_classes(store=store, actor=admin)}
    opened = (classes.open_class(store=store, actor=admin, class_name=names[grade]) for grade in GRADES)
    return tuple(klass.pupils[0].pupil.code for klass in opened)


def _sign(store: Store, facts: Mapping[str, Any], role: SigningRole, expected: int) -> None:
    actor = store_verbs.login(store=store, login=facts["logins"][_WHO[role]], password=facts["password"])
    token = facts["tokens"][role.value]
    report = signing.sign_transcripts(
        store=store,
        actor=actor,
        role=role,
        pin=KnownPin(token["pin"]),
        token=token["serial"],
        progress=SilentProgress(),
    )
    if report.signed != expected:
        raise RuntimeError(f"{role}: {report.signed} of {expected} signed: {report.failed}, {report.stopped}")


def _keep(
    store: Store, facts: Mapping[str, Any], codes: Sequence[str], folder: Path, *, signatures: int
) -> None:
    admin = store_verbs.login(store=store, login=facts["logins"]["admin"], password=facts["password"])
    for code in codes:
        documents = issue.stored_documents(store=store, actor=admin, code=code)
        if documents is None:
            raise RuntimeError(f"nothing was issued for {code}")
        (folder / f"{code}.{signatures}.pdf").write_bytes(documents.pdf)
        (folder / f"{code}.{signatures}.xml").write_bytes(documents.xml)
