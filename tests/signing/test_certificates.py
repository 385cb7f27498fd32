"""Certificates, trust and revocation, with an invented authority; no token needed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from app.demo.pki import START, DemoAuthority, subject_name
from app.errors import TokenProblem, UserError
from app.signing.certificates import check_usable, describe, load_certificate
from app.signing.chains import certificate_status
from app.signing.trust import KNOWN_CERTIFICATES, Trust, default_trust, load_crls, load_pem

NOW = datetime(2024, 6, 17, 1, tzinfo=UTC)
SIGNED = datetime(2024, 6, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority() -> DemoAuthority:
    return DemoAuthority.create()


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def leaf(authority: DemoAuthority, key: rsa.RSAPrivateKey) -> bytes:
    uids = ("MST:2200000001", "CCCD: 094185000001")
    return authority.issue(key.public_key(), "THẠCH THỊ SA RÂY", organisation="Trường Mẫu", uids=uids)


def trust_of(authority: DemoAuthority, crls: tuple[bytes, ...] = ()) -> Trust:
    return Trust(anchors=authority.chain[1:], intermediates=authority.chain[:1], crls=crls)


def test_a_subject_as_vietnamese_authorities_write_it(leaf: bytes) -> None:
    info = describe(leaf)
    assert info.subject == (
        "C=VN, O=Trường Mẫu, UID=MST:2200000001, UID=CCCD: 094185000001, CN=THẠCH THỊ SA RÂY"
    )
    assert (info.cccd, info.mst, info.organisation) == ("094185000001", "2200000001", "Trường Mẫu")
    assert info.not_before == START
    assert "der" not in repr(info)


def test_files_are_read_as_pem_or_der(leaf: bytes, authority: DemoAuthority, tmp_path: Path) -> None:
    (tmp_path / "a.der").write_bytes(leaf)
    (tmp_path / "a.pem").write_bytes(authority.root_pem * 2)
    (tmp_path / "bad.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    (tmp_path / "empty.pem").write_bytes(b"")
    assert load_certificate(tmp_path / "a.der").der == leaf
    assert load_pem(tmp_path / "a.pem") == (authority.chain[1],) * 2
    for name in ("bad.pem", "empty.pem", "none.pem"):
        for read in (load_certificate, load_pem):
            with pytest.raises(UserError) as caught:
                read(tmp_path / name)
            assert (caught.value.code, caught.value.facts) == (
                "signing.certificate_file",
                {"file": tmp_path / name},
            )


def weak_certificate(bits: int, *, signing: bool) -> bytes:
    small = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    usage = dict.fromkeys(
        (
            *("content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
            *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
        ),
        False,
    )
    builder = x509.CertificateBuilder(
        issuer_name=subject_name("X"),
        subject_name=subject_name("X"),
        public_key=small.public_key(),
        serial_number=1,
        not_valid_before=START,
        not_valid_after=NOW + timedelta(days=9),
    ).add_extension(x509.KeyUsage(digital_signature=signing, **usage | {"key_encipherment": True}), True)
    return builder.sign(small, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


@pytest.mark.parametrize(
    ("bits", "signing", "code"),
    [(1024, True, "signing.certificate_weak"), (2048, False, "signing.certificate_not_for_signing")],
)
def test_certificates_that_must_not_sign(bits: int, signing: bool, code: str) -> None:
    der = weak_certificate(bits, signing=signing)
    with pytest.raises(TokenProblem) as caught:
        check_usable(describe(der), NOW)
    assert caught.value.code == code
    assert certificate_status(der, (), Trust(anchors=(der,)), NOW, NOW) == "untrusted"


def test_status_without_revocation_data_is_unknown(authority: DemoAuthority, leaf: bytes) -> None:
    assert certificate_status(leaf, (), trust_of(authority), SIGNED, NOW) == "unknown"
    assert certificate_status(leaf, authority.chain, Trust(), SIGNED, NOW) == "untrusted"
    assert certificate_status(b"nonsense", (), trust_of(authority), SIGNED, NOW) == "untrusted"


@pytest.mark.parametrize(
    ("revoked_at", "made_at", "status"),
    [
        (None, NOW, "good"),
        (None, SIGNED - timedelta(days=1), "good"),
        (None, SIGNED - timedelta(days=30), "unknown"),
        (SIGNED - timedelta(days=1), NOW, "revoked"),
        (SIGNED + timedelta(days=1), NOW, "good"),
    ],
    ids=["later list", "still fresh", "too old", "revoked before", "revoked after"],
)
def test_revocation_lists(
    authority: DemoAuthority, leaf: bytes, revoked_at: datetime | None, made_at: datetime, status: str
) -> None:
    revoked = {} if revoked_at is None else {leaf: revoked_at}
    crls = authority.revocation_lists(revoked, at=made_at)
    now = made_at + timedelta(days=2)
    assert certificate_status(leaf, (), trust_of(authority, crls), SIGNED, max(now, SIGNED)) == status


def test_only_the_issuers_own_list_counts(authority: DemoAuthority, leaf: bytes) -> None:
    forged = DemoAuthority.create().revocation_lists({leaf: SIGNED - timedelta(days=1)}, at=NOW)
    assert certificate_status(leaf, (), trust_of(authority, forged), SIGNED, NOW) == "unknown"


def test_local_time_written_as_utc_is_tolerated(authority: DemoAuthority, key: rsa.RSAPrivateKey) -> None:
    leaf = authority.issue(key.public_key(), "X", not_after=SIGNED)
    for hours, status in ((7, "unknown"), (8, "expired"), (-24 * 3650, "expired")):
        time = SIGNED + timedelta(hours=hours)
        assert certificate_status(leaf, (), trust_of(authority), time, NOW) == status


def test_trust_sorts_roots_and_intermediates(authority: DemoAuthority, tmp_path: Path) -> None:
    trust = Trust().including(authority.chain).including(authority.chain)
    assert (trust.anchors, trust.intermediates) == (authority.chain[1:], authority.chain[:1])
    (tmp_path / "root.pem").write_bytes(authority.root_pem)
    assert default_trust(tmp_path).anchors == authority.chain[1:]
    assert default_trust(tmp_path / "none") == Trust()
    assert all(len(bytes.fromhex(pin)) == 32 for pin in KNOWN_CERTIFICATES.values())


def test_revocation_lists_are_read(authority: DemoAuthority, tmp_path: Path) -> None:
    lists = authority.revocation_lists({}, at=NOW)
    pem = b"".join(x509.load_der_x509_crl(item).public_bytes(serialization.Encoding.PEM) for item in lists)
    (tmp_path / "a.pem").write_bytes(pem)
    (tmp_path / "a.crl").write_bytes(lists[0])
    assert load_crls(tmp_path / "a.pem") == lists
    assert load_crls(tmp_path / "a.crl") == lists[:1]
    with pytest.raises(UserError):
        load_crls(tmp_path / "none")
