"""Drawing on one page, in points from the top left corner, y downwards: tagged text, rules, dotted lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from app.transcript.fonts import Face, clean, font, runs
from app.transcript.form import Box
from app.transcript.pdf_file import escape
from app.transcript.tags import Node

FONT_NAMES: Final = {Face.REGULAR: b"F1", Face.BOLD: b"F2", Face.ITALIC: b"F3"}
HAIRLINE: Final = 0.5
LINE_ENDS: Final = (10, 13)
"""Codes that a PDF string cannot hold as they are."""


class ExtraGlyphs:
    """Characters outside the common subsets that this document needs, per face, by their codes."""

    def __init__(self) -> None:
        self.found: dict[Face, list[str]] = {}

    def encode(self, text: str, face: Face) -> bytes:
        """Codes of `text` in the face's extra subset; beyond 253 different characters, blanks."""
        known = self.found.setdefault(face, [" "])
        for character in text:
            if character not in known and len(known) < 256:
                if len(known) in LINE_ENDS:
                    known.append(" ")
                known.append(character)
        return bytes(known.index(character) if character in known else 0 for character in text)


class Pen:
    """One page under construction. Text belongs to the element that is open; rules are decoration."""

    def __init__(self, index: int, size: tuple[float, float], document: Node, extra: ExtraGlyphs) -> None:
        self.index = index
        self.width, self.height = size
        self.widgets: list[int] = []
        self.written: list[tuple[float, float, float, float]] = []
        """Left, top, right and bottom of the text so far; a paragraph of several lines reaches the edge."""
        self._extra = extra
        self._open = document
        self._content: list[bytes] = []
        self._rules: list[bytes] = []
        self._behind: list[bytes] = []
        self._count = 0

    @contextmanager
    def element(self, role: str) -> Iterator[Node]:
        """Open a structure element; text drawn inside belongs to it."""
        node = Node(role)
        self._open.kids.append(node)
        with self.inside(node):
            yield node

    @contextmanager
    def inside(self, node: Node) -> Iterator[None]:
        """Go on with an element that began elsewhere, as a table does on its second page."""
        outer, self._open = self._open, node
        try:
            yield
        finally:
            self._open = outer

    def text(self, x: float, y: float, text: str, size: float, face: Face = Face.REGULAR) -> float:
        """Draw one line, its baseline at `y`; return the x where it ends."""
        return self.lines(x, y, (text,), size, 0, face)

    def lines(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        size: float,
        leading: float,
        face: Face = Face.REGULAR,
        *,
        measure: float = 0,
    ) -> float:
        """Draw lines of one paragraph as one piece of content: left aligned, or justified to `measure`."""
        shown = [self._show(clean(line), size, face) for line in lines if line]
        if measure:
            shown = [
                self._spread(line, show, size, face, measure) for line, show in zip(lines, shown, strict=True)
            ]
        if not shown:
            return x
        start = b"BT 1 0 0 1 %.2f %.2f Tm %.2f TL " % (x, self.height - y, leading)
        self._mark(start + b" T* ".join(shown) + b" ET")
        end = x + font(face).width(clean(lines[-1]), size)
        right = end if len(lines) == 1 else self.width
        self.written.append((x, y - size, right, y + (len(lines) - 1) * leading + size / 4))
        return end

    @staticmethod
    def _spread(line: str, show: bytes, size: float, face: Face, measure: float) -> bytes:
        spare = measure - font(face).width(clean(line), size)
        return b"%.3f Tw %b 0 Tw" % (spare / max(1, line.count(" ")), show)

    def centred(self, x: float, y: float, text: str, size: float, face: Face = Face.REGULAR) -> None:
        """Draw one line centred on `x`."""
        self.text(x - font(face).width(clean(text), size) / 2, y, text, size, face)

    def right(self, x: float, y: float, text: str, size: float, face: Face = Face.REGULAR) -> None:
        """Draw one line that ends at `x`."""
        self.text(x - font(face).width(clean(text), size), y, text, size, face)

    def turned(self, x: float, middle: float, text: str, size: float, face: Face = Face.REGULAR) -> None:
        """Draw one line that reads upwards, its baseline at `x`, centred on the height `middle`."""
        y = self.height - middle - font(face).width(clean(text), size) / 2
        show = self._show(clean(text), size, face)
        self._mark(b"BT 0 1 -1 0 %.2f %.2f Tm %b ET" % (x, y, show))

    def _mark(self, drawing: bytes) -> None:
        """Add drawing as one piece of content of the open element."""
        role = self._open.role.encode("ascii")
        self._content.append(b"/%b<</MCID %d>>BDC %b EMC\n" % (role, self._count, drawing))
        self._open.kids.append((self.index, self._count))
        self._count += 1

    def mosaic(self, x: float, y: float, side: float, runs: Iterable[tuple[int, int, int]]) -> None:
        """Fill squares of `side` points below and right of (x, y): runs of (row, first column, length)."""
        squares = b" ".join([b"%d %d %d 1 re" % (column, row, length) for row, column, length in runs])
        self._mark(b"q %.4f 0 0 %.4f %.2f %.2f cm %b f Q" % (side, -side, x, self.height - y, squares))

    def free(self, box: Box) -> bool:
        """True when no text of the content stands in the box."""
        return not any(
            left < box.right and box.x < right and top < box.bottom and box.y < bottom
            for left, top, right, bottom in self.written
        )

    def furniture(self, x: float, y: float, text: str, size: float, face: Face = Face.REGULAR) -> None:
        """Draw one line that belongs to the page, not to the content (running foot)."""
        shown = self._show(clean(text), size, face)
        self._content.append(
            b"/Artifact<</Type/Pagination>>BDC BT 1 0 0 1 %.2f %.2f Tm %b ET EMC\n"
            % (x, self.height - y, shown)
        )

    def watermark(self, text: str, size: float) -> None:
        """Draw a pale diagonal text behind everything."""
        half = font(Face.BOLD).width(text, size) / 2 * 0.7071
        x, y = self.width / 2 - half + size * 0.25, self.height / 2 - half - size * 0.25
        shown = self._show(text, size, Face.BOLD)
        turn = b"0.90 g BT 0.7071 0.7071 -0.7071 0.7071 %.2f %.2f Tm %b ET 0 g\n"
        self._behind.append(turn % (x, y, shown))

    def line(self, x1: float, y1: float, x2: float, y2: float, width: float = HAIRLINE) -> None:
        """Draw a straight rule."""
        top = self.height
        self._rules.append(b"%.2f w %.2f %.2f m %.2f %.2f l S\n" % (width, x1, top - y1, x2, top - y2))

    def dots(self, x1: float, y: float, x2: float) -> None:
        """Draw a dotted writing line just below the baseline `y`."""
        if x2 - x1 > 3:
            level = self.height - y - 2
            self._rules.append(
                b"q 1 J 0.6 w [0 2.4] 0 d %.2f %.2f m %.2f %.2f l S Q\n" % (x1, level, x2, level)
            )

    def frame(self, box: Box, width: float = HAIRLINE) -> None:
        """Draw the outline of a box."""
        y = self.height - box.y - box.height
        self._rules.append(b"%.2f w %.2f %.2f %.2f %.2f re S\n" % (width, box.x, y, box.width, box.height))

    def stream(self) -> bytes:
        """The page's content stream."""
        rules = b"".join(self._behind + self._rules)
        decoration = b"/Artifact BMC\n" + rules + b"EMC\n" if rules else b""
        return decoration + b"".join(self._content)

    def _show(self, text: str, size: float, face: Face) -> bytes:
        parts = []
        for common, run in runs(text, font(face)):
            name = FONT_NAMES[face] if common else FONT_NAMES[face] + b"x"
            codes = font(face).encode(run) if common else self._extra.encode(run, face)
            parts.append(b"/%b %.2f Tf (%b) Tj" % (name, size, escape(codes)))
        return b" ".join(parts)
