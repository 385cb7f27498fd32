"""One login on one token, and signers for the certificates on it; one PIN is one try."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Protocol

import pkcs11
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, TokenFlag
from pkcs11.types import SignMixin

from app.errors import TokenProblem
from app.signing.certificates import CertificateInfo, PublicKey, describe, public_key
from app.signing.discovery import TokenInfo
from app.signing.scan import certificate_objects, read_certificates, serial_text
from app.signing.token_errors import token_errors

log = logging.getLogger(__name__)

SHA256_PREFIX: Final = bytes.fromhex("3031300d060960864801650304020105000420")
"""DigestInfo of SHA-256 (RFC 8017, 9.2): hardware tokens do CKM_RSA_PKCS over it (domain D7.5)."""
LONGEST_PIN: Final = 255

# A PKCS#11 library is initialised once for the whole process, so who uses it is counted for the process.
_in_use: Counter[str] = Counter()


class Signer(Protocol):
    """Signs bytes with the key of one certificate."""

    @property
    def certificate(self) -> CertificateInfo:
        """Whose signature it will be."""

    def sign(self, data: bytes) -> bytes:
        """RSA PKCS#1 v1.5 with SHA-256, or ECDSA with SHA-256 as DER; TokenProblem when it fails."""


class TokenSession:
    """An open login; made by `open_token`, of no use after its `with` block."""

    def __init__(self, token: TokenInfo, session: pkcs11.Session, pin: str) -> None:
        self._token = token
        self._session = session
        self._pin = pin

    def signer(self, fingerprint: str) -> Signer:
        """The signer for a certificate (SHA-256, hexadecimal) on this token.

        TokenProblem signing.certificate_missing or signing.key_missing.
        """
        with token_errors(self._token.label):
            for key_id, der in certificate_objects(self._session):
                if hashlib.sha256(der).hexdigest() == fingerprint.lower():
                    return self._signer(key_id, describe(der))
        raise TokenProblem("signing.certificate_missing", token=self._token.label)

    def _signer(self, key_id: bytes, certificate: CertificateInfo) -> Signer:
        wanted = public_key(certificate.der)
        template = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: key_id}
        for key in self._session.get_objects(template):
            if isinstance(key, SignMixin) and _belongs(key, wanted):
                return _KeySigner(certificate, key, self._token.label, self._pin_for(key))
        raise TokenProblem("signing.key_missing", token=self._token.label, holder=certificate.common_name)

    def _pin_for(self, key: SignMixin) -> str | None:
        """The PIN again, only for a key that wants it before each signature (CKA_ALWAYS_AUTHENTICATE)."""
        return self._pin if _attribute(key, Attribute.ALWAYS_AUTHENTICATE) is True else None


class _KeySigner:
    """A private key in a token; each signature is checked with the certificate before it is handed out."""

    def __init__(self, certificate: CertificateInfo, key: SignMixin, label: str, pin: str | None) -> None:
        self.certificate = certificate
        self._public = public_key(certificate.der)
        self._key = key
        self._label = label
        self._curve = isinstance(self._public, ec.EllipticCurvePublicKey)
        self._options: dict[str, str] = {} if pin is None else {"pin": pin}

    def sign(self, data: bytes) -> bytes:
        digest = hashlib.sha256(data).digest()
        with token_errors(self._label):
            signature = self._raw(digest)
        try:
            check_signature(self._public, signature, digest)
        except InvalidSignature:
            raise TokenProblem("signing.token_failed", token=self._label, reason="BadSignature") from None
        return signature

    def _raw(self, digest: bytes) -> bytes:
        if self._curve:
            raw = self._key.sign(digest, mechanism=Mechanism.ECDSA, **self._options)
            half = len(raw) // 2
            return utils.encode_dss_signature(int.from_bytes(raw[:half]), int.from_bytes(raw[half:]))
        return self._key.sign(SHA256_PREFIX + digest, mechanism=Mechanism.RSA_PKCS, **self._options)


@contextmanager
def open_token(token: TokenInfo, pin: str) -> Iterator[TokenSession]:
    """Log in to a token for a batch of signatures and log out afterwards.

    The token is looked up afresh by its serial and its certificates are compared before the PIN is used.
    The PIN is tried once. TokenProblem signing.no_token, .token_changed, .pin_… or .token_….
    """
    _check_pin(pin, token)
    module = str(token.module)
    with token_errors(token.label):
        found = _find(token)
        _compare(token, found)
        if found.flags & TokenFlag.USER_PIN_LOCKED:
            raise TokenProblem("signing.pin_locked", token=token.label, reason="PinLocked")
        session = found.open(user_pin=pin)
    _in_use[module] += 1
    try:
        yield TokenSession(token, session, pin)
    finally:
        _in_use[module] -= 1
        _close(session)


def check_signature(key: PublicKey, signature: bytes, digest: bytes) -> None:
    """Check a signature over a SHA-256 digest; cryptography's InvalidSignature when it is wrong."""
    prehashed = utils.Prehashed(hashes.SHA256())
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, digest, padding.PKCS1v15(), prehashed)
    else:
        key.verify(signature, digest, ec.ECDSA(prehashed))


def _check_pin(pin: str, token: TokenInfo) -> None:
    """Refuse what cannot be a PIN before it costs a try; the PIN itself goes into no message."""
    surrogate = any("\ud800" <= letter <= "\udfff" for letter in pin)
    if not pin or surrogate or "\0" in pin or len(pin) > LONGEST_PIN:
        raise TokenProblem("signing.pin_unusable", token=token.label, reason="PinInvalid")


def _find(token: TokenInfo) -> pkcs11.Token:
    module = str(token.module)
    library = pkcs11.lib(module)
    found = _present(library, token.serial)
    if found is None and not _in_use[module]:
        library.reinitialize()  # some drivers see a token plugged in later only after a fresh start
        found = _present(library, token.serial)
    if found is None:
        raise TokenProblem("signing.no_token", token=token.label)
    return found


def _present(library: pkcs11._pkcs11.lib, serial: str) -> pkcs11.Token | None:
    return next((item for item in library.get_tokens() if serial_text(item.serial) == serial), None)


def _compare(token: TokenInfo, found: pkcs11.Token) -> None:
    """The certificates that were shown to the person must still be on the token."""
    shown = {certificate.fingerprint for certificate in token.certificates}
    present = {hashlib.sha256(der).hexdigest() for der in read_certificates(found)}
    if not shown <= present:
        raise TokenProblem("signing.token_changed", token=token.label)


def _belongs(key: SignMixin, wanted: PublicKey) -> bool:
    """Whether a private key with the certificate's CKA_ID is the certificate's own key."""
    if isinstance(wanted, ec.EllipticCurvePublicKey):
        return _attribute(key, Attribute.KEY_TYPE) is KeyType.EC  # no public part: the first signature tells
    modulus = _attribute(key, Attribute.MODULUS)
    same = not isinstance(modulus, bytes) or int.from_bytes(modulus) == wanted.public_numbers().n
    return _attribute(key, Attribute.KEY_TYPE) is KeyType.RSA and same


def _attribute(key: SignMixin, attribute: Attribute) -> object:
    try:
        return key[attribute]
    except (pkcs11.AttributeTypeInvalid, pkcs11.AttributeSensitive):
        return None


def _close(session: pkcs11.Session) -> None:
    try:
        session.close()
    except pkcs11.PKCS11Error as error:
        log.info("token session ended before it was closed: %s", type(error).__name__)
