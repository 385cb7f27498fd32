"""Real SoftHSM tokens for this package's tests: made once, because SoftHSM is configured per process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.demo.pki import DemoAuthority
from app.demo.tokens import DemoToken, Holder, make_token
from app.records.types import SigningRole
from app.signing.discovery import TokenInfo, find_tokens
from app.signing.pkcs11 import Signer, open_token
from app.signing.trust import Trust
from tests.signing.samples import sample_pdf, sample_xml, signed_pdf, signed_xml

PIN = "246810"
EXPIRED = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Kit:
    """The authority, the tokens as made and as the driver shows them, and the trust that fits them."""

    authority: DemoAuthority
    made: dict[str, DemoToken]
    tokens: dict[str, TokenInfo]
    trust: Trust

    @property
    def module(self) -> Path:
        return self.made["people"].module


@pytest.fixture(scope="package")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """Tokens "people" (teacher, leader, expired, RSA-3072), "seal", "curve" (ECDSA), "strict"."""
    before = os.environ.get("SOFTHSM2_CONF")
    folder = tmp_path_factory.mktemp("tokens")
    authority = DemoAuthority.create()
    holders = {
        "people": (
            Holder(authority, "THẠCH THỊ SA RÂY", "Trường Tiểu học Mẫu", uids=("CCCD:094185000001",)),
            Holder(authority, "NGUYỄN VĂN HÙNG", uids=("MST:2200000001", "CCCD:094070000002")),
            Holder(authority, "LÝ HẾT HẠN", not_after=EXPIRED),
            Holder(authority, "DANH KHÓA DÀI", key="rsa-3072"),
        ),
        "seal": (Holder(authority, "TRƯỜNG TIỂU HỌC MẪU", uids=("MST:2200000001",)),),
        "curve": (Holder(authority, "SƠN ĐƯỜNG CONG", key="ec-p256"),),
        "strict": (Holder(authority, "TRẦN HỎI MÃI", always_authenticate=True),),
    }
    made = {
        label: make_token(folder, label=label, pin=PIN, so_pin="13579135", holders=each)
        for label, each in holders.items()
    }
    tokens = {token.label: token for token in find_tokens([made["people"].module])}
    yield Kit(authority, made, tokens, Trust(anchors=(authority.chain[-1],)))
    if before is None:
        del os.environ["SOFTHSM2_CONF"]
    else:
        os.environ["SOFTHSM2_CONF"] = before


@contextmanager
def open_signers(kit: Kit) -> Iterator[dict[str, Signer]]:
    """An open signer for every certificate, by common name, and for every role."""
    with ExitStack() as stack:
        found: dict[str, Signer] = {}
        for token in kit.tokens.values():
            session = stack.enter_context(open_token(token, PIN))
            found |= {info.common_name: session.signer(info.fingerprint) for info in token.certificates}
        found[SigningRole.TEACHER] = found["THẠCH THỊ SA RÂY"]
        found[SigningRole.LEADER] = found["NGUYỄN VĂN HÙNG"]
        found[SigningRole.SEAL] = found["TRƯỜNG TIỂU HỌC MẪU"]
        yield found


@pytest.fixture
def signers(kit: Kit) -> Iterator[dict[str, Signer]]:
    """Open signers for one test."""
    with open_signers(kit) as found:
        yield found


@pytest.fixture(scope="package")
def sealed_pdf(kit: Kit) -> bytes:
    """A PDF with all three signatures."""
    with open_signers(kit) as signers:
        return signed_pdf(sample_pdf(), signers, SigningRole, chain=kit.authority.chain[:1])


@pytest.fixture(scope="package")
def sealed_xml(kit: Kit) -> bytes:
    """A data file with all three signatures."""
    with open_signers(kit) as signers:
        return signed_xml(sample_xml(), signers, SigningRole, chain=kit.authority.chain[:1])
