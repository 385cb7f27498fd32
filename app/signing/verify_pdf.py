"""Checks the signatures of a PDF: what each covers, and that later revisions only add signatures."""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from pyhanko.pdf_utils.generic import parse_pdf_date
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.fields import enumerate_sig_fields

from app.errors import UserError
from app.signing.flow import wrong_order
from app.signing.pdf import FIELDS
from app.signing.pdf_revisions import check_revision
from app.signing.pdf_update import open_pdf
from app.signing.reports import CheckedDocument, CheckedSignature
from app.signing.verify_cms import CmsResult, check_cms

log = logging.getLogger(__name__)

HOSTILE: Final = (
    *(PdfError, SuspiciousModification, ValueError, TypeError, KeyError, IndexError, AttributeError),
    *(NotImplementedError, RecursionError, AssertionError),
)
"""What pyHanko's analysis may raise on a file that was made to confuse it: such a file is not intact."""

ROLES: Final = {name: role.value for role, name in FIELDS.items()}
REVISION_END: Final = re.compile(rb"startxref\s+\d+\s+%%EOF\r?\n?")
MOST_REVISIONS: Final = 12
"""A damaged file is not searched for more ends of revisions than this."""
LAST_LINES: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")


@dataclass(frozen=True, slots=True)
class _Found:
    """A filled signature field, and the revision that it closes."""

    name: str
    value: Any
    revision: int
    end: int
    """Length of the part of the file that it covers; 0 when the byte range is not a sound one."""
    content: bytes


def check_pdf(data: bytes) -> CheckedDocument:
    """Check every signature; UserError signing.pdf_unreadable when this is no PDF.

    A file that cannot be read to its end, but begins with a whole signed PDF, was changed after signing.
    """
    try:
        reader = open_pdf(data)
    except UserError:
        beginning = _signed_beginning(data)
        if beginning is None:
            raise
        signatures = check_pdf(beginning).signatures
        return CheckedDocument(
            tuple(replace(item, covers_all=False) for item in signatures), "signing.report_changed"
        )
    try:
        found = sorted(_find(reader, data), key=lambda item: item.revision)
        unchanged = bool(found) and _later_revisions_allowed(reader, data, found)
    except HOSTILE as error:
        log.info("signed PDF refused: %s: %s", type(error).__name__, error)
        return CheckedDocument((), "signing.report_changed")
    signatures = tuple(_check(item, data, unchanged) for item in found if _is_signature(item))
    if not found:
        return CheckedDocument(())
    if not unchanged:
        return CheckedDocument(signatures, "signing.report_changed")
    order = wrong_order(tuple(item.role for item in signatures))
    return CheckedDocument(signatures, "signing.report_order" if order else "")


def _signed_beginning(data: bytes) -> bytes | None:
    """The longest beginning of a damaged file that is a readable PDF with a signature, None without one."""
    ends = [match.end() for match in REVISION_END.finditer(data)]
    for end in reversed(ends[-MOST_REVISIONS:]):
        beginning = data[:end]
        if len(beginning) < len(data) and b"/ByteRange" in beginning and _opens(beginning):
            return beginning
    return None


def _opens(data: bytes) -> bool:
    try:
        open_pdf(data)
    except UserError:
        return False
    return True


def _find(reader: PdfFileReader, data: bytes) -> list[_Found]:
    found = []
    for name, value, _ in enumerate_sig_fields(reader, filled_status=True):
        reference = value.container_ref
        signature = value.get_object()
        revision = reader.xrefs.get_last_change(reference)
        content = bytes(signature.raw_get("/Contents").original_bytes)
        end = _covered_end(reader, data, list(signature["/ByteRange"]), content, revision)
        found.append(_Found(str(name), signature, revision, end, content))
    return found


def _covered_end(reader: PdfFileReader, data: bytes, ranges: list[int], content: bytes, revision: int) -> int:
    """Where the covered part ends, when it is all of the file up to the end of that revision."""
    if len(ranges) != 4 or ranges[0] != 0:
        return 0
    _, begin, after, rest = (int(value) for value in ranges)
    end = after + rest
    hole = data[begin:after]
    if not 0 < begin < after <= end <= len(data) or hole != b"<" + hole[1:-1] + b">":
        return 0
    if bytes.fromhex(hole[1:-1].decode("ascii")) != content:
        return 0
    last_lines = LAST_LINES.search(data, max(0, end - 64), end)
    if last_lines is None or int(last_lines[1]) != reader.xrefs.get_startxref_for_revision(revision):
        return 0
    infos = (reader.xrefs.get_xref_container_info(number) for number in range(revision + 1))
    return end if all(info.end_location <= end for info in infos) else 0


def _later_revisions_allowed(reader: PdfFileReader, data: bytes, found: list[_Found]) -> bool:
    """Whether everything after the first signature is signatures and validation data, to the last byte."""
    if not all(item.end for item in found):
        return False
    signed = {item.revision: item.end for item in found}
    last = reader.xrefs.total_revisions - 1
    if last in signed and signed[last] != len(data):
        return False
    if last not in signed and not LAST_LINES.search(data, max(0, len(data) - 64)):
        return False
    base = found[0].revision
    for number in range(base + 1, last + 1):
        check_revision(reader, base, number, signed=number in signed)
    return True


def _is_signature(item: _Found) -> bool:
    return str(item.value.get("/Type", "/Sig")) != "/DocTimeStamp"


def _check(item: _Found, data: bytes, unchanged: bool) -> CheckedSignature:
    result = check_cms(item.content, lambda name: _digest(item, data, name)) if item.end else CmsResult(False)
    return CheckedSignature(
        role=ROLES.get(item.name, item.name),
        intact=result.intact,
        certificate=result.certificate,
        extra=result.extra,
        time=result.time or _claimed_time(item.value),
        level="B-B" if result.intact and result.certificate_protected else "",
        covers_all=result.intact and unchanged,
    )


def _digest(item: _Found, data: bytes, name: str) -> bytes:
    _, begin, after, _ = (int(value) for value in item.value["/ByteRange"])
    digest = hashlib.new(name, data[:begin])
    digest.update(data[after : item.end])
    return digest.digest()


def _claimed_time(signature: Any) -> datetime | None:
    try:
        moment: datetime = parse_pdf_date(signature["/M"])
    except (KeyError, ValueError, PdfError):
        return None
    return moment if moment.tzinfo else None
