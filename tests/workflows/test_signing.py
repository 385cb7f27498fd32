"""Signing with real SoftHSM tokens: order, persons, one PIN one try, resumable, proven afterwards."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from app import messages
from app.demo import cast as demo_cast
from app.demo.run import KnownPin
from app.errors import Cancelled, NotAllowed, TokenProblem, UserError
from app.models import changelog, transcripts
from app.models.store import Session
from app.models.values import VersionRecord
from app.records.types import SigningRole, TranscriptState
from app.signing.chains import chain_to_enclose
from app.signing.discovery import find_tokens
from app.signing.trust import Trust
from app.workflows import clock, issue, people, send, settings, signing
from app.workflows.signing_plan import choose_token, for_token, make_plan, with_usable_certificates
from tests.world import QUIET, World

TEACHER, LEADER, SEAL = SigningRole


def versions(world: World) -> tuple[VersionRecord, ...]:
    with world.store.reading() as session:
        return transcripts.current_versions(session, "2023-2024")


def states(world: World) -> set[TranscriptState]:
    return {version.state for version in versions(world)}


def test_three_signatures_in_order(issued_world: World) -> None:
    total = issued_world.pupils_in_scope
    for role, state in (
        (TEACHER, TranscriptState.TEACHER_SIGNED),
        (LEADER, TranscriptState.LEADER_SIGNED),
        (SEAL, TranscriptState.SEALED),
    ):
        report = issued_world.sign(role)
        assert (report.signed, report.failed, report.left, report.stopped) == (total, (), 0, None)
        assert states(issued_world) == {state}
        again = issued_world.sign(role)
        assert (again.signed, again.already) == (0, total)


def test_nobody_signs_before_the_one_in_front(issued_world: World) -> None:
    for role in (LEADER, SEAL):
        report = issued_world.sign(role)
        assert report.signed == 0
        assert len(report.failed) == issued_world.pupils_in_scope
    assert states(issued_world) == {TranscriptState.ISSUED}


def test_each_teacher_signs_the_own_class(issued_world: World) -> None:
    report = signing.sign_transcripts(
        store=issued_world.store,
        actor=issued_world.teacher("2A"),
        role=TEACHER,
        pin=KnownPin(issued_world.cast.tokens[TEACHER].pin),
        progress=QUIET,
    )
    signed = {v.class_name for v in versions(issued_world) if v.signed_roles}
    assert (report.signed, signed) == (2, {"2A"})
    with pytest.raises(NotAllowed):
        signing.sign_transcripts(
            store=issued_world.store,
            actor=issued_world.teacher("2A"),
            role=TEACHER,
            class_name="1A",
            pin=KnownPin("x"),
            progress=QUIET,
        )


def test_wrong_pin_spends_one_try_and_signs_nothing(issued_world: World) -> None:
    asked: list[int] = []

    class Once(KnownPin):
        def ask_pin(self, request: object) -> str:
            asked.append(1)
            return "000000"

    with pytest.raises(TokenProblem) as caught:
        signing.sign_transcripts(
            store=issued_world.store, actor=issued_world.actor(), role=TEACHER, pin=Once(""), progress=QUIET
        )
    assert caught.value.code == "signing.pin_incorrect"
    assert asked == [1]
    assert states(issued_world) == {TranscriptState.ISSUED}
    assert issued_world.sign(TEACHER).signed == issued_world.pupils_in_scope


def test_another_persons_token_is_named_and_refused(issued_world: World) -> None:
    with pytest.raises(TokenProblem) as caught:
        signing.sign_transcripts(
            store=issued_world.store,
            actor=issued_world.actor(),
            role=TEACHER,
            pin=KnownPin("222222"),
            token=issued_world.cast.tokens[LEADER].serial,
            progress=QUIET,
        )
    assert caught.value.code == "signing.other_token"
    assert issued_world.made.vice_principal.name in str(caught.value.facts["holder"])


def test_no_such_token(issued_world: World) -> None:
    with pytest.raises(TokenProblem) as caught:
        signing.sign_transcripts(
            store=issued_world.store,
            actor=issued_world.actor(),
            role=TEACHER,
            pin=KnownPin("1"),
            token="khong-co",
            progress=QUIET,
        )
    assert caught.value.code == "signing.no_token"


def test_unbound_certificate_is_told_for_each_pupil(issued_world: World, tmp_path: Path) -> None:
    own = next(c.homeroom_teacher for c in issued_world.made.classes if c.name == "1A")
    other = tmp_path / "other.der"
    other.write_bytes(issued_world.cast.tokens[LEADER].certificates[0])
    report = people.bind(
        store=issued_world.store,
        actor=issued_world.actor(),
        login="gv1a",
        certificate_file=other,
        role=TEACHER,
    )
    assert own in report.warning
    assert report.fingerprint


def test_cancel_stops_between_documents_and_resumes(issued_world: World) -> None:
    class Impatient:
        def step(self, done: int, total: int, text: str) -> None:
            if done == 3:
                raise Cancelled

    report = signing.sign_transcripts(
        store=issued_world.store,
        actor=issued_world.actor(),
        role=TEACHER,
        pin=KnownPin(issued_world.cast.tokens[TEACHER].pin),
        progress=Impatient(),
    )
    assert (report.signed, report.left) == (3, issued_world.pupils_in_scope - 3)
    assert report.stopped is not None
    rest = issued_world.sign(TEACHER)
    assert (rest.signed, rest.already) == (issued_world.pupils_in_scope - 3, 3)


def test_changed_bytes_are_not_signed(issued_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    victim = versions(issued_world)[0]
    real = transcripts.documents

    def forged(session: object, version_id: int) -> object:
        found = real(session, version_id)  # type: ignore[arg-type]
        if version_id != victim.id:
            return found
        return type(found)(xml=found.xml, pdf=found.pdf + b"\n% one more line\n")

    monkeypatch.setattr(transcripts, "documents", forged)
    report = issued_world.sign(TEACHER)
    assert [failure.code for failure in report.failed] == ["signing.bytes_differ"]
    assert report.signed == issued_world.pupils_in_scope - 1


def test_revoked_versions_are_left_alone(issued_world: World) -> None:
    code = issued_world.made.classes[0].pupils[0].pupil.code
    issue.revoke(store=issued_world.store, actor=issued_world.actor(), code=code, reason="Thử")
    assert issued_world.sign(TEACHER).signed == issued_world.pupils_in_scope - 1


def test_sealing_queues_both_files_once(sealed_world: World) -> None:
    items = send.list_outbox(store=sealed_world.store, actor=sealed_world.actor())
    assert len(items) == 2 * sealed_world.pupils_in_scope
    assert len({item.key for item in items}) == len(items)
    assert {item.state.value for item in items} == {"waiting"}
    by_hash = {item.sha256 for item in items}
    assert {v.pdf_sha256 for v in versions(sealed_world)} <= by_hash
    assert {v.xml_sha256 for v in versions(sealed_world)} <= by_hash


def test_second_opinions_on_a_sealed_document(sealed_world: World, tmp_path: Path) -> None:
    version = versions(sealed_world)[0]
    with sealed_world.store.reading() as session:
        documents = transcripts.documents(session, version.id)
        assert changelog.verify_chain(session).ok
    pdf, xml = tmp_path / "a.pdf", tmp_path / "a.xml"
    pdf.write_bytes(documents.pdf)
    xml.write_bytes(documents.xml)
    told = subprocess.run(["pdfsig", "-nocert", str(pdf)], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid") == 3
    assert "Total document signed" in told
    for number in range(1, 4):
        command = [
            *("xmlsec1", "--verify", "--insecure", "--enabled-reference-uris", "same-doc"),
            *("--id-attr:Id", "DU_LIEU_HOC_BA", "--id-attr:Id", "THONG_TIN_HOC_BA"),
            *("--node-xpath", f"(//*[local-name()='Signature'])[{number}]", str(xml)),
        ]
        checked = subprocess.run(command, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr


def test_leader_and_clerk_keep_to_their_roles(issued_world: World) -> None:
    for login, role in (
        (demo_cast.CLERK, LEADER),
        (demo_cast.VICE_PRINCIPAL, SEAL),
        (demo_cast.CHECKER, TEACHER),
    ):
        with pytest.raises(NotAllowed):
            signing.sign_transcripts(
                store=issued_world.store,
                actor=issued_world.actor(login),
                role=role,
                pin=KnownPin("1"),
                progress=QUIET,
            )


def test_the_intermediate_of_a_token_is_enclosed(issued_world: World, tmp_path: Path) -> None:
    """Who has only the root can verify; the store knows the root alone, the token carries the rest."""
    leaf, issuing, root = (
        issued_world.cast.tokens[TEACHER].certificates[0],
        *issued_world.cast.authority.chain,
    )
    enclosed = chain_to_enclose(leaf, (issuing,), Trust(anchors=(root,)))
    assert enclosed == (issuing,)
    assert chain_to_enclose(leaf, (issuing,), Trust()) == (issuing,)
    assert chain_to_enclose(leaf, (), Trust(anchors=(root,))) == ()
    assert chain_to_enclose(leaf, (root, issuing), Trust()) == (issuing,)


def test_an_unfit_certificate_stops_only_its_own_class(issued_world: World) -> None:
    """The others' transcripts are signed; when none is left, nobody is asked for a PIN."""
    token = issued_world.cast.tokens[TEACHER]
    device = next(t for t in find_tokens((token.module,)) if t.serial == token.serial)
    expired = replace(device.certificates[0], not_after=device.certificates[0].not_before)
    device = replace(device, certificates=(expired, *device.certificates[1:]))
    actor = issued_world.actor()
    plan = make_plan(store=issued_world.store, actor=actor, role=TEACHER, class_name=None, ids=None)
    work = for_token(plan, device)
    rest = with_usable_certificates(plan, device, work, clock.now())
    assert {print_ for _, print_ in rest} == {print_ for _, print_ in work} - {expired.fingerprint}
    assert {item.code for item in plan.failed} == {"signing.certificate_expired"}
    assert len(plan.failed) + len(rest) == len(work)
    alone = [item for item in work if item[1] == expired.fingerprint]
    with pytest.raises(TokenProblem) as caught:
        with_usable_certificates(plan, device, alone, clock.now())
    assert caught.value.code == "signing.certificate_expired"


def test_a_clerks_certificate_does_not_sign_as_leader(issued_world: World, tmp_path: Path) -> None:
    file = tmp_path / "clerk.der"
    file.write_bytes(issued_world.cast.tokens[SEAL].certificates[0])
    people.bind(
        store=issued_world.store, actor=issued_world.actor(), login=demo_cast.CLERK, certificate_file=file
    )
    issued_world.sign(TEACHER)
    with pytest.raises(TokenProblem) as caught:
        signing.sign_transcripts(
            store=issued_world.store,
            actor=issued_world.actor(),
            role=LEADER,
            pin=KnownPin(issued_world.cast.tokens[SEAL].pin),
            token=issued_world.cast.tokens[SEAL].serial,
            progress=QUIET,
        )
    assert caught.value.code == "signing.other_token"


def test_a_full_disk_ends_the_run_and_is_told(issued_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    real = transcripts.add_signature
    kept: list[int] = []

    def keep(session: Session, **values: object) -> None:
        if len(kept) == 3:
            raise UserError("store.disk_full", folder=issued_world.folder)
        kept.append(1)
        real(session, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(transcripts, "add_signature", keep)
    report = issued_world.sign(TEACHER)
    assert report.stopped is not None
    assert (report.signed, report.left, report.stopped.code) == (
        3,
        issued_world.pupils_in_scope - 3,
        "store.disk_full",
    )
    with pytest.raises(UserError) as caught:
        issued_world.sign(TEACHER)
    assert caught.value.code == "store.disk_full"


def test_what_another_process_signed_meanwhile_is_told_by_name(
    issued_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = versions(issued_world)[0]
    real = transcripts.add_signature

    def keep(session: Session, **values: object) -> None:
        real(session, **values)  # type: ignore[arg-type]
        if values["version_id"] == victim.id:
            real(session, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(transcripts, "add_signature", keep)
    report = issued_world.sign(TEACHER)
    assert [(f.pupil, f.code) for f in report.failed] == [(victim.pupil_name, "workflow.already_signed")]
    assert (report.signed, report.stopped) == (issued_world.pupils_in_scope - 1, None)


def test_what_is_no_driver_is_refused(issued_world: World, tmp_path: Path) -> None:
    text = tmp_path / "ghi-chu.so"
    text.write_text("không phải thư viện", "utf-8")
    before = settings.list_modules(store=issued_world.store)
    for path, code in ((text, "workflow.module_bad"), (tmp_path / "khong-co.so", "workflow.no_file")):
        with pytest.raises(UserError) as caught:
            settings.add_module(store=issued_world.store, actor=issued_world.actor(), path=path)
        assert (caught.value.code, caught.value.facts["file"]) == (code, path)
    assert settings.list_modules(store=issued_world.store) == before
    link = tmp_path / "driver.so"
    link.symlink_to(issued_world.cast.tokens[SEAL].module)
    added = settings.add_module(store=issued_world.store, actor=issued_world.actor(), path=link)
    assert link in added


def test_tokens_are_named_for_what_they_are(issued_world: World) -> None:
    plan = make_plan(
        store=issued_world.store, actor=issued_world.actor(), role=TEACHER, class_name=None, ids=None
    )
    token = issued_world.cast.tokens[TEACHER]
    device = next(t for t in find_tokens((token.module,)) if t.serial == token.serial)
    cases = (((), "signing.no_token_at_all"), ((replace(device, certificates=()),), "signing.empty_token"))
    for found, code in cases:
        with pytest.raises(TokenProblem) as caught:
            choose_token(plan.tasks, found, None)
        assert caught.value.code == code
        assert messages.sentence(caught.value)
