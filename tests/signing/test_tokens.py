"""Finding tokens, logging in, and every way in which a token refuses."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import replace
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from app.errors import TokenProblem
from app.interaction import PinState
from app.messages import sentence
from app.signing.certificates import public_key
from app.signing.discovery import discover, find_tokens, pin_state
from app.signing.modules import KNOWN_MODULES, candidates, module_problem
from app.signing.pkcs11 import Signer, open_token
from app.signing.scan import scan_modules
from app.signing.token_errors import problem
from tests.signing.conftest import PIN, Kit

SOURCE_ANSWERS = "int C_GetFunctionList(void *list) { %s }\n"


def broken_module(folder: Path, body: str) -> Path:
    """A library with the right entry point that misbehaves."""
    source, target = folder / "module.c", folder / "module.so"
    includes = "#include <stdlib.h>\n#include <unistd.h>\n#include <stdio.h>\n"
    source.write_text(includes + SOURCE_ANSWERS % body, encoding="ascii")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", target, source], check=True)
    return target


def test_tokens_show_their_certificates_without_a_pin(kit: Kit) -> None:
    token = kit.tokens["people"]
    assert token.serial == kit.made["people"].serial
    assert {info.der for info in token.certificates} == set(kit.made["people"].certificates)
    assert token.pin_state is PinState.NORMAL
    assert "login_required" in token.flags
    leader = next(info for info in token.certificates if info.common_name == "NGUYỄN VĂN HÙNG")
    assert (leader.cccd, leader.mst) == ("094070000002", "2200000001")


def test_broken_modules_hide_only_themselves(kit: Kit, tmp_path: Path) -> None:
    crash = broken_module(tmp_path, "abort(); return 0;")
    text = tmp_path / "text.so"
    text.write_text("C_GetFunctionList", encoding="ascii")
    found = discover([crash, text, tmp_path / "none.so", kit.module])
    problems = dict(found.modules)
    assert problems[crash] == "crashed"
    assert problems[text] == "not_a_module"
    assert problems[tmp_path / "none.so"] == "missing"
    assert problems[kit.module] == ""
    assert {token.label for token in found.tokens} == {"people", "seal", "curve", "strict"}


def test_a_hanging_module_is_given_up(tmp_path: Path) -> None:
    module = broken_module(tmp_path, 'puts("noise"); sleep(600); return 0;')
    (scan,) = scan_modules([module], timeout=1.0)
    assert scan.problem == "timeout"


def test_a_module_for_another_processor_is_recognised(kit: Kit, tmp_path: Path) -> None:
    library = bytearray(kit.module.read_bytes())
    library[18:20] = (3).to_bytes(2, "little")  # ELF e_machine: i386
    other = tmp_path / "other.so"
    other.write_bytes(library)
    assert module_problem(other) == "wrong_machine"
    assert module_problem(kit.module) == ""


def test_known_modules_are_data_and_hold_no_test_token() -> None:
    assert {"win32", "linux", "darwin"} == set(KNOWN_MODULES)
    assert not any("softhsm" in name.lower() for names in KNOWN_MODULES.values() for name in names)
    first = Path("/first.so")
    assert candidates([first, first])[0] == first
    assert candidates([first, first]).count(first) == 1


@pytest.mark.parametrize(
    ("flags", "state"),
    [
        (0, PinState.NORMAL),
        (pkcs11.TokenFlag.USER_PIN_COUNT_LOW, PinState.TRIED),
        (pkcs11.TokenFlag.USER_PIN_COUNT_LOW | pkcs11.TokenFlag.USER_PIN_FINAL_TRY, PinState.FINAL_TRY),
        (pkcs11.TokenFlag.USER_PIN_LOCKED, PinState.LOCKED),
    ],
)
def test_pin_states_come_from_the_token(flags: int, state: PinState) -> None:
    assert pin_state(flags) is state


@pytest.mark.parametrize(
    "name", ["THẠCH THỊ SA RÂY", "DANH KHÓA DÀI", "SƠN ĐƯỜNG CONG", "TRƯỜNG TIỂU HỌC MẪU"]
)
def test_signatures_fit_the_certificate(signers: dict[str, Signer], name: str) -> None:
    signer = signers[name]
    key, signature = public_key(signer.certificate.der), signer.sign(b"data")
    if isinstance(key, rsa.RSAPublicKey):
        assert len(signature) == key.key_size // 8
        key.verify(signature, b"data", padding.PKCS1v15(), hashes.SHA256())
    else:
        key.verify(signature, b"data", ec.ECDSA(hashes.SHA256()))


class CountingToken:
    """A real token that counts how often it is opened with a PIN."""

    def __init__(self, token: pkcs11.Token) -> None:
        self.token = token
        self.flags = token.flags
        self.pins: list[str] = []

    def open(self, user_pin: str | None = None) -> pkcs11.Session:
        if user_pin is not None:
            self.pins.append(user_pin)
        return self.token.open(user_pin=user_pin)


def test_a_wrong_pin_is_tried_once_and_named_nowhere(
    kit: Kit, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = pkcs11.lib(str(kit.module))
    counting = CountingToken(library.get_token(token_label="curve"))
    monkeypatch.setattr("app.signing.pkcs11._find", lambda token: counting)
    with pytest.raises(TokenProblem) as caught, open_token(kit.tokens["curve"], "13572468"):
        pytest.fail("logged in with a wrong PIN")
    assert counting.pins == ["13572468"]
    assert (caught.value.code, caught.value.exit_code) == ("signing.pin_incorrect", 4)
    assert "13572468" not in sentence(caught.value) + repr(caught.value) + repr(caught.value.__cause__)
    assert "13572468" not in caplog.text
    assert pin_state(int(library.get_token(token_label="curve").flags)) is PinState.TRIED


def test_only_the_drivers_wrong_pin_is_called_so() -> None:
    codes = {
        kind: problem(kind(), "T").code
        for kind in vars(pkcs11).values()
        if isinstance(kind, type) and issubclass(kind, pkcs11.PKCS11Error)
    }
    assert [kind for kind, code in codes.items() if code == "signing.pin_incorrect"] == [pkcs11.PinIncorrect]
    assert codes[pkcs11.PinLocked] == "signing.pin_locked"
    assert codes[pkcs11.DeviceRemoved] == codes[pkcs11.TokenNotPresent] == "signing.token_removed"
    assert codes[pkcs11.GeneralError] == "signing.token_failed"
    for kind in codes:
        assert sentence(problem(kind(), "T"))


@pytest.mark.parametrize("pin", ["", "12\x0034", "12\ud80034", "1" * 300])
def test_what_cannot_be_a_pin_costs_no_try(kit: Kit, pin: str) -> None:
    with pytest.raises(TokenProblem) as caught, open_token(kit.tokens["people"], pin):
        pass
    assert caught.value.code == "signing.pin_unusable"
    assert caught.value.__context__ is None


def test_a_token_that_is_not_there(kit: Kit, signers: dict[str, Signer]) -> None:
    gone = replace(kit.tokens["people"], serial="0000000000000000")
    with pytest.raises(TokenProblem) as caught, open_token(gone, PIN):
        pass
    assert caught.value.code == "signing.no_token"
    assert signers["SƠN ĐƯỜNG CONG"].sign(b"the open sessions are untouched")


def test_another_certificate_than_the_one_shown_stops_before_the_pin(kit: Kit) -> None:
    swapped = replace(kit.tokens["seal"], certificates=kit.tokens["curve"].certificates)
    with pytest.raises(TokenProblem) as caught, open_token(swapped, "wrong PIN"):
        pass
    assert caught.value.code == "signing.token_changed"


def test_another_persons_certificate_is_not_on_this_token(kit: Kit) -> None:
    foreign = kit.tokens["people"].certificates[0].fingerprint
    (seal,) = [token for token in find_tokens([kit.module]) if token.label == "seal"]
    with open_token(seal, PIN) as session, pytest.raises(TokenProblem) as caught:
        session.signer(foreign)
    assert caught.value.code == "signing.certificate_missing"


def test_a_token_removed_in_a_batch_says_so(kit: Kit) -> None:
    with open_token(kit.tokens["seal"], PIN) as session:
        signer = session.signer(kit.tokens["seal"].certificates[0].fingerprint)
        assert signer.sign(b"first")
        pkcs11.lib(str(kit.module)).reinitialize()  # every session is gone, as when the token is pulled out
        with pytest.raises(TokenProblem) as caught:
            signer.sign(b"second")
    assert caught.value.code == "signing.token_removed"


def test_a_key_that_wants_the_pin_each_time_signs_a_batch(kit: Kit) -> None:
    token = kit.tokens["strict"]
    with open_token(token, PIN) as session:
        signer = session.signer(token.certificates[0].fingerprint)
        assert [len(signer.sign(b"%d" % number)) for number in range(5)] == [256] * 5


def test_certificates_are_told_by_their_bytes(kit: Kit) -> None:
    for info in kit.tokens["people"].certificates:
        assert info.fingerprint == hashlib.sha256(info.der).hexdigest()
