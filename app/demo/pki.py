"""An invented certification authority: a root, one issuing CA below it, and leaf certificates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.x509.oid import NameOID

START: Final = datetime(2020, 1, 1, tzinfo=UTC)
END: Final = datetime(2045, 1, 1, tzinfo=UTC)
ORGANISATION: Final = "Cơ quan chứng thực mẫu (không có giá trị pháp lý)"


def subject_name(
    common_name: str,
    *,
    organisation: str = "",
    unit: str = "",
    province: str = "",
    uids: Sequence[str] = (),
) -> x509.Name:
    """A subject as Vietnamese CAs write it: C, ST, O, OU, UID=MST:…, UID=CCCD:…, CN (domain D7.9)."""
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    texts = (
        (NameOID.STATE_OR_PROVINCE_NAME, province),
        (NameOID.ORGANIZATION_NAME, organisation),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, unit),
    )
    parts += [x509.NameAttribute(oid, value) for oid, value in texts if value]
    parts += [x509.NameAttribute(NameOID.USER_ID, uid) for uid in uids]
    parts.append(x509.NameAttribute(NameOID.COMMON_NAME, common_name))
    return x509.Name(parts)


@dataclass(frozen=True, slots=True)
class DemoAuthority:
    """A root and an issuing CA with their keys, which live only as long as this value."""

    root: x509.Certificate
    root_key: rsa.RSAPrivateKey
    issuing: x509.Certificate
    issuing_key: rsa.RSAPrivateKey

    @classmethod
    def create(cls, name: str = "Chứng thực mẫu", *, not_before: datetime = START) -> DemoAuthority:
        """Make a fresh hierarchy; nothing is written anywhere."""
        root_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        root_name = subject_name(f"{name} - Gốc", organisation=ORGANISATION)
        name_below = subject_name(f"{name} - CA cấp dưới", organisation=ORGANISATION)
        validity = (not_before, END)
        root = _ca(root_name, root_key.public_key(), root_name, root_key, 1, validity)
        issuing = _ca(name_below, key.public_key(), root_name, root_key, 0, validity)
        return cls(root, root_key, issuing, key)

    @property
    def root_pem(self) -> bytes:
        """The trust anchor, PEM."""
        return self.root.public_bytes(serialization.Encoding.PEM)

    @property
    def chain(self) -> tuple[bytes, ...]:
        """DER certificates between a leaf and the root, leaf's issuer first, root last."""
        der = serialization.Encoding.DER
        return self.issuing.public_bytes(der), self.root.public_bytes(der)

    def issue(
        self,
        public_key: CertificatePublicKeyTypes,
        common_name: str,
        *,
        organisation: str = "",
        unit: str = "",
        province: str = "",
        uids: Sequence[str] = (),
        not_before: datetime = START,
        not_after: datetime = END,
    ) -> bytes:
        """Certify a public key for signing; DER. `uids` like "CCCD:0…" or "MST:…"."""
        subject = subject_name(
            common_name, organisation=organisation, unit=unit, province=province, uids=uids
        )
        builder = _builder(
            subject, public_key, self.issuing.subject, self.issuing_key.public_key(), (not_before, not_after)
        )
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(_usage(ca=False), critical=True)
        return builder.sign(self.issuing_key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def revocation_lists(self, revoked: Mapping[bytes, datetime], *, at: datetime) -> tuple[bytes, ...]:
        """DER lists of both CAs, made at `at` and good for a week; `revoked`: DER certificate to moment."""
        leaves = {x509.load_der_x509_certificate(der).serial_number: time for der, time in revoked.items()}
        below = _revocation_list(self.issuing.subject, self.issuing_key, leaves, at)
        return below, _revocation_list(self.root.subject, self.root_key, {}, at)


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def _builder(
    subject: x509.Name,
    public_key: CertificatePublicKeyTypes,
    issuer: x509.Name,
    issuer_key: rsa.RSAPublicKey,
    validity: tuple[datetime, datetime],
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(validity[0])
        .not_valid_after(validity[1])
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False)
    )


def _ca(
    subject: x509.Name,
    public_key: rsa.RSAPublicKey,
    issuer: x509.Name,
    issuer_key: rsa.RSAPrivateKey,
    below: int,
    validity: tuple[datetime, datetime],
) -> x509.Certificate:
    builder = _builder(subject, public_key, issuer, issuer_key.public_key(), validity)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=below), critical=True)
    return builder.add_extension(_usage(ca=True), critical=True).sign(issuer_key, hashes.SHA256())


def _revocation_list(
    issuer: x509.Name, key: rsa.RSAPrivateKey, revoked: Mapping[int, datetime], at: datetime
) -> bytes:
    builder = x509.CertificateRevocationListBuilder(
        issuer_name=issuer, last_update=at, next_update=at + timedelta(days=7)
    )
    for serial, moment in revoked.items():
        entry = x509.RevokedCertificateBuilder(serial_number=serial, revocation_date=moment)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
