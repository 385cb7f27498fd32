"""The whole chain with a key in memory: build, sign three slots, verify, read.

As a program (`python -m tests.transcript.chain`) it writes the schema anew first, prints the verdict and the
signed file, and fails when any step does: what is tried on a copy of the program with other names.
"""

from __future__ import annotations

import sys
from typing import cast

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from app.demo.pki import DemoAuthority
from app.records.types import SigningRole
from app.signing.certificates import describe, pem_certificates
from app.signing.pkcs11 import Signer
from app.signing.reports import DocumentReport
from app.signing.trust import Trust
from app.signing.verify import verify_bytes
from app.signing.xml import sign_xml
from app.transcript import xsd
from app.transcript.xml import build_xml, parse_xml
from tests.signing.samples import SIGNED_AT
from tests.transcript.samples import transcript


class KeyInMemory:
    """Signs as a token would."""

    def __init__(self, authority: DemoAuthority) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.certificate = describe(authority.issue(self._key.public_key(), "TRƯỜNG TIỂU HỌC MẪU"))

    def sign(self, data: bytes) -> bytes:
        """RSASSA-PKCS1-v1_5 with SHA-256."""
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def sealed(xml: bytes) -> tuple[bytes, DocumentReport]:
    """The file with all three signatures, and what verifying it says."""
    xml, root = sealed_with_root(xml)
    trust = Trust().including(pem_certificates(root))
    return xml, verify_bytes(xml, name="x.xml", trust=trust)


def sealed_with_root(xml: bytes) -> tuple[bytes, bytes]:
    """The file with all three signatures, and the root certificate behind them as PEM."""
    authority = DemoAuthority.create()
    signer = cast(Signer, KeyInMemory(authority))
    for role in SigningRole:
        xml = sign_xml(xml, role=role, signer=signer, signed_at=SIGNED_AT, chain=authority.chain[:1])
    return xml, authority.root_pem


def main() -> None:
    """Run the chain in the working folder."""
    xsd.main()
    data = transcript(4)
    xml, report = sealed(build_xml(data))
    if parse_xml(xml) != data:
        raise SystemExit("the record came back different")
    whole = all(item.covers_all for item in report.signatures)
    sys.stdout.write(f"{report.verdict} {[item.role for item in report.signatures]} {whole}\n{xml.decode()}")


if __name__ == "__main__":
    main()
