"""The subset font holds the same outlines under new numbers."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

import pytest

from app.paths import resource
from app.signing.fontsubset import _components, _load, subset

FONT = resource("fonts", "LiberationSerif-Regular.ttf")
LETTERS = frozenset("Đỗ Thị Ngọc Ánh ĐƯỜNG ệẫộữỵ0123456789-:T+")


def tables_of(data: bytes) -> Mapping[str, bytes]:
    (count,) = struct.unpack_from(">H", data, 4)
    entries = (struct.unpack_from(">4sIII", data, 12 + 16 * index) for index in range(count))
    return {tag.decode(): data[offset : offset + length] for tag, _, offset, length in entries}


def outline(glyph: bytes) -> tuple[int, ...]:
    """Number of contours and the bounding box."""
    return struct.unpack_from(">5h", glyph) if glyph else ()


def test_every_letter_and_its_parts_keep_their_outline() -> None:
    font, original = subset(FONT, LETTERS), _load(FONT)
    tables = tables_of(zlib.decompress(font.data))
    loca = struct.unpack(f">{len(font.widths) + 1}I", tables["loca"])
    composite = 0
    for letter, number in font.glyphs.items():
        new = tables["glyf"][loca[number] : loca[number + 1]]
        old = original.glyph(original.cmap[ord(letter)])
        assert outline(new) == outline(old)
        assert font.widths[number] == round(
            original.advances[original.cmap[ord(letter)]] * 1000 / original.units
        )
        for (_, new_part), (_, old_part) in zip(_components(new), _components(old), strict=True):
            composite += 1
            part = tables["glyf"][loca[new_part] : loca[new_part + 1]]
            assert outline(part) == outline(original.glyph(old_part))
    assert composite > 10
    assert set(font.glyphs) == set(LETTERS)


def test_checksums_are_right() -> None:
    data = zlib.decompress(subset(FONT, LETTERS).data)
    words = struct.unpack(f">{len(data) // 4}I", data)
    assert sum(words) & 0xFFFFFFFF == 0xB1B0AFBA


@pytest.mark.parametrize("letter", ["漢", "\U0001f600"])
def test_an_unknown_letter_is_shown_as_missing(letter: str) -> None:
    font = subset(FONT, frozenset("ab" + letter))
    assert set(font.glyphs) == {"a", "b"}
    assert font.encode("a" + letter) == b"<00010000>"
