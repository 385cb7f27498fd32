"""After sealing: time stamps and validation data are welcome, and nothing comes along with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.sign.timestamps import DummyTimeStamper

from app.records.types import SigningRole
from app.signing.pdf_update import Update, open_pdf
from app.signing.reports import Verdict
from app.signing.verify import verify_bytes
from app.transcript.pdf import render_pdf
from app.transcript.xml import build_xml
from conformance.stamping import stamping_authority, with_time_stamp, with_validation_data
from tests.signing.conftest import Kit, open_signers
from tests.signing.samples import signed_pdf
from tests.transcript.samples import transcript

Step = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def authority() -> DummyTimeStamper:
    return stamping_authority()


@pytest.fixture(scope="module")
def sealed_transcript(kit: Kit) -> bytes:
    """A real transcript with all three signatures."""
    data = transcript(2)
    with open_signers(kit) as signers:
        pdf = render_pdf(data, xml=build_xml(data))
        return signed_pdf(pdf, signers, SigningRole, chain=kit.authority.chain[:1])


def verdict(data: bytes, kit: Kit) -> Verdict:
    return verify_bytes(data, name="x.pdf", trust=kit.trust).verdict


@pytest.mark.parametrize(
    "steps", ["stamp", "know", "stamp know", "know stamp", "know stamp stamp"], ids=lambda text: text
)
def test_what_is_added_later_keeps_the_signatures(
    steps: str, sealed_transcript: bytes, authority: DummyTimeStamper, kit: Kit
) -> None:
    data = sealed_transcript
    for step in steps.split():
        before = data
        if step == "stamp":
            data = with_time_stamp(data, authority)
        else:
            data = with_validation_data(data, kit.authority.chain)
        assert data.startswith(before)
        assert len(data) > len(before)
    report = verify_bytes(data, name="x.pdf", trust=kit.trust)
    assert report.verdict is Verdict.VALID_UNKNOWN_STATUS
    assert [item.role for item in report.signatures] == ["teacher", "leader", "seal"]
    assert all(item.covers_all for item in report.signatures)


def _retitled(pdf: bytes) -> bytes:
    update = Update(open_pdf(pdf), len(pdf))
    update.replace(update.reader.trailer["/Info"], {"/Title": b"(Hoc ba cua em khac)"})
    return pdf + update.tail()[0]


def _described_anew(pdf: bytes) -> bytes:
    update = Update(open_pdf(pdf), len(pdf))
    reference = update.reader.root.get_value_as_reference("/Metadata")
    stream = reference.get_object()
    assert isinstance(stream, StreamObject)
    text = stream.data.replace("Năm học".encode(), "Năm thứ".encode())
    head = b"<< /Type /Metadata /Subtype /XML /Length %d >>" % len(text)
    update.objects[reference.idnum] = head + b"\nstream\n" + text + b"\nendstream"
    return pdf + update.tail()[0]


@pytest.mark.parametrize("forge", [_retitled, _described_anew])
@pytest.mark.parametrize("known_before", [False, True])
def test_a_new_description_is_no_validation_data(
    forge: Step, known_before: bool, sealed_transcript: bytes, kit: Kit
) -> None:
    data = sealed_transcript
    if known_before:
        data = with_validation_data(data, kit.authority.chain)
    forged = forge(data)
    assert forged != data
    assert verdict(data, kit) is Verdict.VALID_UNKNOWN_STATUS
    assert verdict(forged, kit) is Verdict.INVALID
