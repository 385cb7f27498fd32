"""SoftHSM tokens for the demo and the tests: keys are made inside the token, as on a real one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, cast

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pkcs11 import Attribute, CertificateType, KeyType, ObjectClass, Session, Token
from pkcs11.util import ec
from pkcs11.util.rsa import encode_rsa_public_key

from app.demo.pki import END, START, DemoAuthority
from app.errors import UserError

MODULES: Final = (
    Path("/usr/lib/softhsm/libsofthsm2.so"),
    Path("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
    Path("/usr/lib64/pkcs11/libsofthsm2.so"),
    Path("/opt/homebrew/lib/softhsm/libsofthsm2.so"),
    Path("/usr/local/lib/softhsm/libsofthsm2.so"),
    Path("C:/SoftHSM2/lib/softhsm2-x64.dll"),
)
CONFIGURATION: Final = """directories.tokendir = {folder}
objectstore.backend = file
log.level = ERROR
slots.removable = true
"""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose certificate a token shall carry; `uids` like "CCCD:…", "MST:…"."""

    authority: DemoAuthority
    common_name: str
    organisation: str = ""
    unit: str = ""
    province: str = ""
    uids: tuple[str, ...] = ()
    key: Literal["rsa-2048", "rsa-3072", "ec-p256"] = "rsa-2048"
    not_before: datetime = START
    not_after: datetime = END
    always_authenticate: bool = False
    """The key wants the PIN before each signature (CKA_ALWAYS_AUTHENTICATE), as some cards do."""


@dataclass(frozen=True, slots=True)
class DemoToken:
    """A token that was made: where it is, how to open it, and its certificates (DER, one per holder)."""

    serial: str
    label: str
    pin: str
    module: Path
    certificates: tuple[bytes, ...]


def softhsm_module() -> Path:
    """The SoftHSM library of this computer; UserError demo.no_softhsm when it is not installed."""
    named = os.environ.get("HOCBA_SOFTHSM")
    for path in (Path(named), *MODULES) if named else MODULES:
        if path.is_file():
            return path
    raise UserError("demo.no_softhsm")


def use_tokens(conf_dir: Path) -> Path:
    """Point this process and its children at the tokens below `conf_dir`; returns the configuration file.

    SoftHSM reads the variable when a process first initialises it, so do this before anything else.
    """
    folder = conf_dir.resolve() / "tokens"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = conf_dir.resolve() / "softhsm2.conf"
    if not file.exists():
        file.write_text(CONFIGURATION.format(folder=folder), encoding="utf-8")
    os.environ["SOFTHSM2_CONF"] = str(file)
    return file


def make_token(conf_dir: Path, *, label: str, pin: str, so_pin: str, holders: Sequence[Holder]) -> DemoToken:
    """Initialise a new token below `conf_dir` with one key pair and certificate for each holder.

    Sessions that this process holds on SoftHSM are closed by it. UserError demo.no_softhsm.
    """
    module = softhsm_module()
    use_tokens(conf_dir)
    known = {token.serial for token in _library_tokens(module)}
    _initialise(label, pin, so_pin)
    token = next(token for token in _library_tokens(module) if token.serial not in known)
    session = token.open(rw=True, user_pin=pin)
    try:
        certificates = tuple(
            _add_holder(session, holder, number.to_bytes(2)) for number, holder in enumerate(holders, 1)
        )
    finally:
        session.close()
    pkcs11.lib(str(module)).finalize()
    return DemoToken(token.serial.decode("ascii").strip(), label, pin, module, certificates)


def _library_tokens(module: Path) -> list[Token]:
    library = pkcs11.lib(str(module))
    library.reinitialize()
    ready = pkcs11.TokenFlag.TOKEN_INITIALIZED
    return [token for token in library.get_tokens() if token.flags & ready]


def _initialise(label: str, pin: str, so_pin: str) -> None:
    command = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", pin, "--so-pin", so_pin]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        raise UserError("demo.no_softhsm") from None  # the cause holds the PIN


def _add_holder(session: Session, holder: Holder, key_id: bytes) -> bytes:
    public_key = _make_key(session, holder, key_id)
    der = holder.authority.issue(
        public_key,
        holder.common_name,
        organisation=holder.organisation,
        unit=holder.unit,
        province=holder.province,
        uids=holder.uids,
        not_before=holder.not_before,
        not_after=holder.not_after,
    )
    certificate = x509.load_der_x509_certificate(der)
    session.create_object(
        {
            Attribute.CLASS: ObjectClass.CERTIFICATE,
            Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
            Attribute.TOKEN: True,
            Attribute.PRIVATE: False,
            Attribute.ID: key_id,
            Attribute.LABEL: holder.common_name,
            Attribute.SUBJECT: certificate.subject.public_bytes(),
            Attribute.ISSUER: certificate.issuer.public_bytes(),
            Attribute.VALUE: der,
        }
    )
    return der


def _make_key(session: Session, holder: Holder, key_id: bytes) -> CertificatePublicKeyTypes:
    use = pkcs11.MechanismFlag.SIGN | pkcs11.MechanismFlag.VERIFY
    private = {Attribute.ALWAYS_AUTHENTICATE: holder.always_authenticate}
    if holder.key == "ec-p256":
        curve = {Attribute.EC_PARAMS: ec.encode_named_curve_parameters("secp256r1")}
        domain = session.create_domain_parameters(KeyType.EC, curve, local=True)
        public, _ = domain.generate_keypair(
            id=key_id, label="key", store=True, capabilities=use, private_template=private
        )
        der = ec.encode_ec_public_key(public)
    else:
        bits = int(holder.key.removeprefix("rsa-"))
        public, _ = session.generate_keypair(
            KeyType.RSA, bits, id=key_id, label="key", store=True, capabilities=use, private_template=private
        )
        der = encode_rsa_public_key(public)
    return cast(CertificatePublicKeyTypes, load_der_public_key(der))
