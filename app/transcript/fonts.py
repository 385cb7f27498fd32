"""The three faces of the form: measuring text, encoding it, and their embedded subsets.

Every document embeds the same subset of some 250 characters per face (ASCII, the 134 accented Vietnamese
letters and common signs), prepared once per process: one text is one string operator, and no font is ever cut
per document. Other characters that the face has go to a second subset of that document; characters it lacks
print as □.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

from reportlab.pdfbase.ttfonts import TTFontFace

from app.paths import resource

_VOWELS: Final = "aăâeêioôơuưy"
_TONES: Final = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_LOWER: Final = [unicodedata.normalize("NFC", v + t) for v in _VOWELS for t in _TONES] + ["đ"]
VIETNAMESE: Final = "".join(c for c in _LOWER if ord(c) > 127) + "".join(
    c.upper() for c in _LOWER if ord(c) > 127
)
"""The 134 accented Vietnamese letters, precomposed."""
_SIGNS: Final = "“”‘’–—…«»·°×÷½²³•≤≥₫§→−□"
_ASCII: Final = "".join(map(chr, range(32, 127)))
_FREE_CODES: Final = [code for code in (*range(1, 32), *range(127, 256)) if code not in (10, 13)]
CODES: Final[Mapping[str, int]] = {
    **{c: ord(c) for c in _ASCII},
    **dict(zip(VIETNAMESE + _SIGNS, _FREE_CODES, strict=True)),
}
"""Character to code in the common subset of every face."""
MISSING: Final = "□"
_NO_WIDTH: Final = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])


class Face(StrEnum):
    """Which face of Liberation Serif."""

    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "Italic"


def clean(text: str) -> str:
    """Printable form: NFC, no zero-width characters, white space other than new lines as blanks."""
    text = unicodedata.normalize("NFC", text)
    if text.isprintable():
        return text
    text = text.translate(_NO_WIDTH)
    return "".join(
        c if c == "\n" or not (c.isspace() or unicodedata.category(c) == "Cc") else " " for c in text
    )


class Font:
    """One face: widths in thousandths of the size, encoding, subsets."""

    def __init__(self, face: Face) -> None:
        self.ttf = TTFontFace(str(resource("fonts", f"LiberationSerif-{face}.ttf")))
        self.name = f"LiberationSerif-{face}"
        self._widths: dict[str, float] = {}
        for code, width in self.ttf.charWidths.items():
            self._widths[chr(code)] = width
        self._common = frozenset(CODES)
        self._table = str.maketrans({c: chr(code) for c, code in CODES.items()})
        self._word_width = lru_cache(maxsize=20_000)(self._measure)

    def width(self, text: str, size: float) -> float:
        """Width in points of a clean text at `size` points."""
        return self._word_width(text) * size / 1000

    def _measure(self, text: str) -> float:
        widths = self._widths
        missing = widths[MISSING]
        return sum([widths.get(c, missing) for c in text])

    def is_common(self, text: str) -> bool:
        """True when the common subset holds every character."""
        return text.isascii() or self._common.issuperset(text)

    def encode(self, text: str) -> bytes:
        """Codes of a text that `is_common`."""
        return text.translate(self._table).encode("latin-1")

    def has(self, character: str) -> bool:
        """True when the face has a glyph for it."""
        return ord(character) in self.ttf.charToGlyph

    def subset(self, characters: Sequence[str]) -> Subset:
        """An embeddable subset whose code n is `characters[n]`; code 0 stays empty."""
        return Subset(self, characters)


class Subset:
    """The PDF bodies of one subset: font program, widths and text map."""

    def __init__(self, font: Font, characters: Sequence[str]) -> None:
        ttf = font.ttf
        points = [ord(c) for c in characters]
        self.program = ttf.makeSubset(points)
        self.compressed = zlib.compress(self.program, 9)
        self.widths = " ".join(f"{ttf.charWidths.get(point, 0):.0f}" for point in points)
        self.last = len(points) - 1
        self.to_unicode = zlib.compress(_to_unicode(characters), 9)
        box = " ".join(f"{edge:.0f}" for edge in ttf.bbox)
        flags = (ttf.flags & ~32) | 4
        self.metrics = (
            f"/Flags {flags}/FontBBox[{box}]/ItalicAngle {ttf.italicAngle:.0f}/Ascent {ttf.ascent:.0f}"
            f"/Descent {ttf.descent:.0f}/CapHeight {ttf.capHeight:.0f}/StemV {ttf.stemV:.0f}"
        )


def _to_unicode(characters: Sequence[str]) -> bytes:
    pairs = [f"<{code:02X}> <{ord(c):04X}>" for code, c in enumerate(characters) if code]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def common_characters() -> list[str]:
    """Characters of the common subset by code; unused codes repeat the blank."""
    characters = [" "] * 256
    for character, code in CODES.items():
        characters[code] = character
    return characters


def runs(text: str, font: Font) -> Iterable[tuple[bool, str]]:
    """Split a clean text into runs: (True, common characters) and (False, others)."""
    if font.is_common(text):
        return [(True, text)]
    found: list[tuple[bool, str]] = []
    for character in text:
        if not font.has(character):
            character = MISSING
        common = font.is_common(character)
        if found and found[-1][0] == common:
            found[-1] = (common, found[-1][1] + character)
        else:
            found.append((common, character))
    return found


@cache
def font(face: Face) -> Font:
    """The face, read once per process."""
    return Font(face)
