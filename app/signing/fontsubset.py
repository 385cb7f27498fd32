"""A TrueType font cut down to the letters of one signature, small enough to travel in every signed page."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

ARGS_ARE_WORDS: Final = 0x0001
MORE_COMPONENTS: Final = 0x0020
HAVE_INSTRUCTIONS: Final = 0x0100
SCALE_SIZES: Final = ((0x0008, 2), (0x0040, 4), (0x0080, 8))
"""Flag of a composite part's scale, and the bytes that it takes."""


@dataclass(frozen=True, slots=True)
class SubsetFont:
    """A subset for a PDF CIDFont: glyph numbers count from 0 (.notdef), widths in 1/1000 of the size."""

    name: str
    """PostScript name with the subset tag, like "ABCDEF+LiberationSerif"."""
    glyphs: Mapping[str, int]
    widths: tuple[int, ...]
    bbox: tuple[int, int, int, int]
    ascent: int
    descent: int
    data: bytes = field(repr=False)
    """The font file, deflated."""
    length: int
    """Bytes of the font file before deflating."""

    def width(self, text: str) -> float:
        """Width of a text at size 1."""
        return sum(self.widths[self.glyphs.get(letter, 0)] for letter in text) / 1000

    def encode(self, text: str) -> bytes:
        """The text as a PDF hex string of glyph numbers; a letter the font lacks shows as .notdef."""
        return b"<" + b"".join(b"%04x" % self.glyphs.get(letter, 0) for letter in text) + b">"


@dataclass(frozen=True, slots=True)
class _Font:
    tables: Mapping[str, bytes]
    cmap: Mapping[int, int]
    loca: tuple[int, ...]
    advances: tuple[int, ...]
    units: int

    def glyph(self, number: int) -> bytes:
        return self.tables["glyf"][self.loca[number] : self.loca[number + 1]]


@lru_cache(maxsize=64)
def subset(path: Path, letters: frozenset[str]) -> SubsetFont:
    """Cut the font at `path` down to `letters`; the same letters give the same bytes."""
    font = _load(path)
    present = sorted(letter for letter in letters if ord(letter) in font.cmap)
    order = _closure(font, [font.cmap[ord(letter)] for letter in present])
    place = {old: new for new, old in enumerate(order)}
    data = _write(font, order, place)
    tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(data).digest()[:6])
    x_min, y_min, x_max, y_max = struct.unpack_from(">4h", font.tables["head"], 36)
    ascent, descent = struct.unpack_from(">2h", font.tables["hhea"], 4)
    scale = 1000 / font.units
    return SubsetFont(
        name=f"{tag}+{path.stem.removesuffix('-Regular')}",
        glyphs={letter: place[font.cmap[ord(letter)]] for letter in present},
        widths=tuple(round(font.advances[old] * scale) for old in order),
        bbox=(round(x_min * scale), round(y_min * scale), round(x_max * scale), round(y_max * scale)),
        ascent=round(ascent * scale),
        descent=round(descent * scale),
        data=zlib.compress(data, 9),
        length=len(data),
    )


@lru_cache(maxsize=4)
def _load(path: Path) -> _Font:
    raw = path.read_bytes()
    (count,) = struct.unpack_from(">H", raw, 4)
    tables = {}
    for index in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", raw, 12 + 16 * index)
        tables[tag.decode("ascii")] = raw[offset : offset + length]
    (units,) = struct.unpack_from(">H", tables["head"], 18)
    (long_offsets,) = struct.unpack_from(">h", tables["head"], 50)
    (glyphs,) = struct.unpack_from(">H", tables["maxp"], 4)
    if long_offsets:
        loca = struct.unpack_from(f">{glyphs + 1}I", tables["loca"])
    else:
        loca = tuple(2 * half for half in struct.unpack_from(f">{glyphs + 1}H", tables["loca"]))
    return _Font(tables, _read_cmap(tables["cmap"]), loca, _read_advances(tables, glyphs), units)


def _read_advances(tables: Mapping[str, bytes], glyphs: int) -> tuple[int, ...]:
    (metrics,) = struct.unpack_from(">H", tables["hhea"], 34)
    values: tuple[int, ...] = struct.unpack_from(">" + "Hh" * metrics, tables["hmtx"])[::2]
    return (*values, *(values[-1:] * (glyphs - metrics)))


def _read_cmap(table: bytes) -> dict[int, int]:
    """Letter to glyph from the Unicode subtable of format 4: it holds every Vietnamese letter."""
    (count,) = struct.unpack_from(">H", table, 2)
    for index in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", table, 4 + 8 * index)
        if (platform, encoding) in ((3, 1), (0, 3)) and struct.unpack_from(">H", table, offset)[0] == 4:
            return _read_format_4(table, offset)
    raise ValueError("no Unicode character map")


def _read_format_4(table: bytes, start: int) -> dict[int, int]:
    (doubled,) = struct.unpack_from(">H", table, start + 6)
    segments = doubled // 2
    shape = f">{segments}H"
    ends = struct.unpack_from(shape, table, start + 14)
    begins = struct.unpack_from(shape, table, start + 16 + doubled)
    deltas = struct.unpack_from(shape, table, start + 16 + 2 * doubled)
    ranges_at = start + 16 + 3 * doubled
    offsets = struct.unpack_from(shape, table, ranges_at)
    found: dict[int, int] = {}
    for index, (begin, end, delta, offset) in enumerate(zip(begins, ends, deltas, offsets, strict=True)):
        for code in range(begin, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                at = ranges_at + 2 * index + offset + 2 * (code - begin)
                (glyph,) = struct.unpack_from(">H", table, at)
            if glyph or not offset:
                found[code] = (glyph + delta) & 0xFFFF
    return found


def _closure(font: _Font, wanted: Iterable[int]) -> list[int]:
    """The wanted glyphs with .notdef first and the parts of composite letters last."""
    order = list(dict.fromkeys((0, *wanted)))
    for glyph in order:  # grows while it is walked
        order += [part for _, part in _components(font.glyph(glyph)) if part not in order]
    return order


def _components(glyph: bytes) -> list[tuple[int, int]]:
    """Position of the number, and number, of each part of a composite glyph; empty for a simple one."""
    if len(glyph) < 10 or struct.unpack_from(">h", glyph)[0] >= 0:
        return []
    parts, at = [], 10
    while True:
        flags, part = struct.unpack_from(">HH", glyph, at)
        parts.append((at + 2, part))
        at += 8 if flags & ARGS_ARE_WORDS else 6
        at += next((size for flag, size in SCALE_SIZES if flags & flag), 0)
        if not flags & MORE_COMPONENTS:
            return parts


def _write(font: _Font, order: list[int], place: Mapping[int, int]) -> bytes:
    glyf, loca, hmtx = bytearray(), [0], bytearray()
    for old in order:
        glyph = _renumbered(font.glyph(old), place)
        glyf += glyph + bytes(-len(glyph) % 4)
        loca.append(len(glyf))
        hmtx += struct.pack(">Hh", font.advances[old], _left_bearing(glyph))
    head, hhea, maxp = (bytearray(font.tables[tag]) for tag in ("head", "hhea", "maxp"))
    struct.pack_into(">I", head, 8, 0)
    struct.pack_into(">h", head, 50, 1)
    struct.pack_into(">H", hhea, 34, len(order))
    struct.pack_into(">H", maxp, 4, len(order))
    struct.pack_into(">H", maxp, 26, 0)
    tables = {"glyf": bytes(glyf), "head": bytes(head), "hhea": bytes(hhea), "hmtx": bytes(hmtx)}
    tables |= {"loca": struct.pack(f">{len(loca)}I", *loca), "maxp": bytes(maxp)}
    return _assemble(tables)


def _renumbered(glyph: bytes, place: Mapping[int, int]) -> bytearray:
    """A glyph without hinting, its parts under their new numbers."""
    result = bytearray(glyph)
    if len(glyph) < 10:
        return result
    if parts := _components(glyph):
        for at, part in parts:
            (flags,) = struct.unpack_from(">H", glyph, at - 2)
            struct.pack_into(">HH", result, at - 2, flags & ~HAVE_INSTRUCTIONS, place[part])
        return result
    at = 10 + 2 * int(struct.unpack_from(">h", glyph)[0])
    (instructions,) = struct.unpack_from(">H", glyph, at)
    result[at : at + 2 + instructions] = b"\0\0"
    return result


def _left_bearing(glyph: bytearray) -> int:
    return int.from_bytes(glyph[2:4], signed=True)


def _assemble(tables: Mapping[str, bytes]) -> bytes:
    """The font file: directory with checksums, then the tables, each padded to four bytes."""
    count = len(tables)
    power = count.bit_length() - 1
    rest = 16 * (count - (1 << power))
    directory = bytearray(struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, rest))
    body = bytearray()
    begin = 12 + 16 * count
    places: dict[str, int] = {}
    for tag, data in sorted(tables.items()):
        places[tag] = begin + len(body)
        directory += struct.pack(">4sIII", tag.encode(), _checksum(data), places[tag], len(data))
        body += data + bytes(-len(data) % 4)
    font = directory + body
    struct.pack_into(">I", font, places["head"] + 8, (0xB1B0AFBA - _checksum(bytes(font))) & 0xFFFFFFFF)
    return bytes(font)


def _checksum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
