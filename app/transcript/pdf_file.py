"""A PDF file as numbered objects: bodies in, bytes out, nothing that depends on the day or the machine.

Written here because general libraries spend most of our 25 ms per transcript on bookkeeping (reportlab's
canvas took 13 ms for text and rules alone). Fonts are still parsed and cut by reportlab, and tests read every
file back with qpdf (pikepdf) and Poppler.
"""

from __future__ import annotations

import zlib
from typing import Final

HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class PdfFile:
    """Objects in the order of their numbers; `copy` shares what is already written."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = [HEADER]
        self._length = len(HEADER)
        self._offsets: list[int] = []
        self.named: dict[str, int] = {}

    def copy(self) -> PdfFile:
        """A file that starts with the same objects."""
        twin = PdfFile()
        twin._chunks = [b"".join(self._chunks)]
        twin._length = self._length
        twin._offsets = self._offsets.copy()
        twin.named = self.named.copy()
        return twin

    def reserve(self) -> int:
        """The number of an object whose body comes later with `put`."""
        self._offsets.append(0)
        return len(self._offsets)

    def put(self, number: int, body: bytes) -> int:
        """Write the body of a reserved object."""
        self._offsets[number - 1] = self._length
        chunk = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        self._chunks.append(chunk)
        self._length += len(chunk)
        return number

    def add(self, body: bytes) -> int:
        """Write a new object; return its number."""
        return self.put(self.reserve(), body)

    def add_stream(self, entries: bytes, data: bytes, *, compressed: bool = False) -> int:
        """Write a stream; `data` is deflated unless it already is."""
        if not compressed:
            data = zlib.compress(data, 6)
        head = b"<<%b/Filter/FlateDecode/Length %d>>" % (entries, len(data))
        return self.add(b"%b\nstream\n%b\nendstream" % (head, data))

    def add_plain_stream(self, entries: bytes, data: bytes) -> int:
        """Write a stream without a filter, as archives want their metadata."""
        return self.add(b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data))

    def finish(self, *, root: int, info: int, identifier: bytes) -> bytes:
        """The whole file; `identifier` (16 bytes) becomes both halves of its ID."""
        start = self._length
        count = len(self._offsets) + 1
        table = b"".join([b"%010d 00000 n \n" % offset for offset in self._offsets])
        code = identifier.hex().encode("ascii")
        tail = (
            b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]>>\n"
            b"startxref\n%d\n%%%%EOF\n"
        )
        self._chunks.append(tail % (count, table, count, root, info, code, code, start))
        return b"".join(self._chunks)


def text_string(text: str) -> bytes:
    """A PDF text string: ASCII as it is, anything else as UTF-16BE in hexadecimal."""
    if text.isascii() and text.isprintable():
        return b"(" + escape(text.encode("ascii")) + b")"
    return b"<feff" + text.encode("utf-16-be").hex().encode("ascii") + b">"


def escape(data: bytes) -> bytes:
    """Bytes of a literal string, without its parentheses."""
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def array(numbers: list[float] | tuple[float, ...]) -> bytes:
    """An array of numbers with two decimals."""
    return b"[" + b" ".join([b"%.2f" % number for number in numbers]) + b"]"


def references(numbers: list[int]) -> bytes:
    """An array of references."""
    return b"[" + b" ".join([b"%d 0 R" % number for number in numbers]) + b"]"
