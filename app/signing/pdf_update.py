"""Incremental PDF updates: new objects and their cross-reference section after the untouched file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO

from pyhanko.pdf_utils.generic import DictionaryObject, PdfObject, Reference
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from app.errors import UserError


def open_pdf(data: bytes) -> PdfFileReader:
    """Parse a PDF; UserError signing.pdf_unreadable when it is none, is damaged or encrypted."""
    try:
        reader = PdfFileReader(BytesIO(data))
        encrypted = reader.encrypted
    except (PdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise UserError("signing.pdf_unreadable") from None
    if encrypted:
        raise UserError("signing.pdf_unreadable")
    return reader


def written(value: PdfObject) -> bytes:
    """A PDF value as bytes."""
    buffer = BytesIO()
    value.write_to_stream(buffer, None)
    return buffer.getvalue()


@dataclass(slots=True)
class Update:
    """Collects objects by number, then writes one revision. Object numbers below `size` replace old ones."""

    reader: PdfFileReader
    base: int
    """Length of the file that the update follows, in bytes."""
    objects: dict[int, bytes] = field(default_factory=dict)
    next_number: int = 0

    def __post_init__(self) -> None:
        self.next_number = int(self.reader.trailer["/Size"])

    def add(self, *contents: bytes) -> int:
        """Add new objects with consecutive numbers; returns the first."""
        first = self.next_number
        self.objects |= {first + index: content for index, content in enumerate(contents)}
        self.next_number += len(contents)
        return first

    def replace(self, value: DictionaryObject, changes: Mapping[str, bytes]) -> None:
        """Write an indirect dictionary of the old file again, with some entries changed."""
        reference = value.container_ref
        if not isinstance(reference, Reference):
            raise UserError("signing.pdf_unreadable")
        kept = {key: written(value.raw_get(key)) for key in value if key not in changes}
        entries = (key.encode() + b" " + content for key, content in (kept | dict(changes)).items())
        self.objects[reference.idnum] = b"<< " + b" ".join(entries) + b" >>"

    def tail(self) -> tuple[bytearray, Mapping[int, int]]:
        """The bytes to append, and where in them each object's content begins."""
        result = bytearray(b"\n")
        offsets, starts = {}, {}
        for number, content in self.objects.items():
            offsets[number] = self.base + len(result)
            result += b"%d 0 obj\n" % number
            starts[number] = len(result)
            result += content + b"\nendobj\n"
        start = self.base + len(result)
        identity = hashlib.sha256(bytes(result)).digest()[:16]
        if self.reader.has_xref_stream:
            result += self._xref_stream(offsets, start, identity)
        else:
            result += self._xref_table(offsets, identity)
        return result + b"startxref\n%d\n%%%%EOF\n" % start, starts

    def _trailer(self, size: int, identity: bytes) -> bytes:
        trailer = self.reader.trailer
        kept = b"".join(
            key.encode() + b" " + written(trailer.raw_get(key)) + b" "
            for key in ("/Root", "/Info")
            if key in trailer
        )
        if "/ID" in trailer:
            first = bytes(trailer["/ID"][0].original_bytes)
            kept += b"/ID [<%s> <%s>] " % (first.hex().encode(), identity.hex().encode())
        return b"/Size %d %s/Prev %d" % (size, kept, self.reader.last_startxref or 0)

    def _xref_table(self, offsets: Mapping[int, int], identity: bytes) -> bytes:
        rows = b"".join(
            b"%d %d\n%s"
            % (run[0], len(run), b"".join(b"%010d 00000 n \n" % offsets[number] for number in run))
            for run in _runs(offsets)
        )
        return b"xref\n%strailer\n<< %s >>\n" % (rows, self._trailer(self.next_number, identity))

    def _xref_stream(self, offsets: Mapping[int, int], start: int, identity: bytes) -> bytes:
        number = self.next_number
        entries = {**offsets, number: start}
        index = b" ".join(b"%d %d" % (run[0], len(run)) for run in _runs(entries))
        data = b"".join(b"\1" + entries[item].to_bytes(4) + b"\0\0" for run in _runs(entries) for item in run)
        trailer = self._trailer(number + 1, identity)
        head = b"/Type /XRef /W [1 4 2] /Index [%s] /Length %d %s" % (index, len(data), trailer)
        return b"%d 0 obj\n<< %s >>\nstream\n%s\nendstream\nendobj\n" % (number, head, data)


def _runs(numbers: Mapping[int, int]) -> list[list[int]]:
    """Consecutive object numbers, grouped."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
