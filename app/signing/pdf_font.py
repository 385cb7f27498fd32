"""The PDF objects of an embedded subset font, as PDF/A wants them."""

from __future__ import annotations

from typing import Final

from app.signing.fontsubset import SubsetFont

TO_UNICODE: Final = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
%s
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def font_objects(font: SubsetFont, first: int) -> tuple[bytes, ...]:
    """Type0 font, CIDFont, descriptor, ToUnicode and font file, numbered from `first`."""
    name = font.name.encode("ascii")
    widths = b" ".join(b"%d" % width for width in font.widths)
    return (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H "
        b"/DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>" % (name, first + 1, first + 3),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDToGIDMap /Identity /DW 1000 /W [0 [%s]] "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R >>"
        % (name, widths, first + 2),
        b"<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%d %d %d %d] /ItalicAngle 0 /Ascent %d "
        b"/Descent %d /CapHeight 662 /StemV 80 /FontFile2 %d 0 R >>"
        % (name, *font.bbox, font.ascent, font.descent, first + 4),
        stream(b"", TO_UNICODE % _mapping(font)),
        stream(b"/Filter /FlateDecode /Length1 %d " % font.length, font.data),
    )


def stream(entries: bytes, data: bytes) -> bytes:
    """A stream object with more dictionary entries."""
    return b"<< %s/Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def _mapping(font: SubsetFont) -> bytes:
    pairs = [b"<%04x> <%s>" % (glyph, _utf16(letter)) for letter, glyph in font.glyphs.items()]
    blocks = (pairs[start : start + 100] for start in range(0, len(pairs), 100))
    return b"\n".join(b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks)


def _utf16(letter: str) -> bytes:
    return letter.encode("utf-16-be").hex().encode("ascii")
