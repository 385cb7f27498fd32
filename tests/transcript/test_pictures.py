"""Pictures of signatures and seals: transparent PNG, cropped, bounded, placed in proportion."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from app.errors import UserError
from app.messages import sentence
from app.records.picture import Picture
from app.transcript.pictures import LARGEST, read_picture, tidy_picture


def png(width: int = 900, height: int = 300, *, opaque: bool = False, stroke: int = 12) -> bytes:
    """A stroke in blue across an empty sheet, with a margin of a tenth."""
    image = Image.new("RGBA", (width, height), (255, 255, 255, 255 if opaque else 0))
    ends = (width // 10, height // 2, width - width // 10, height // 2 + height // 4)
    ImageDraw.Draw(image).line(ends, fill=(20, 60, 170, 255), width=stroke)
    kept = BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def test_margins_go_and_size_is_bounded() -> None:
    with Image.open(BytesIO(tidy_picture(png(3000, 1000, stroke=40)))) as image:
        assert image.mode == "RGBA"
        assert image.width == LARGEST[0]
        assert image.height < image.width / 4


def test_pixels_are_kept() -> None:
    picture = read_picture(tidy_picture(png()))
    colours, opacity = zlib.decompress(picture.colours), zlib.decompress(picture.opacity)
    assert len(colours) == 3 * len(opacity) == 3 * picture.width * picture.height
    assert {min(opacity), max(opacity)} == {0, 255}
    middle = opacity.index(255)
    assert colours[3 * middle] < 60 < 130 < colours[3 * middle + 2]
    assert colours[:3] == b"\0\0\0" or opacity[0] > 0


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"", "picture.unreadable"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "picture.unreadable"),
        (png()[:200], "picture.unreadable"),
        (png(opaque=True), "picture.opaque"),
        (png(60, 40), "picture.too_small"),
        (b"GIF89a" + bytes(20), "picture.unreadable"),
    ],
)
def test_what_cannot_be_used_is_refused(file: bytes, code: str) -> None:
    with pytest.raises(UserError) as caught:
        tidy_picture(file)
    assert caught.value.code == code
    assert sentence(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("shape", "box", "fitted"),
    [
        ((200, 100), (100, 100), (100, 50)),
        ((100, 400), (100, 100), (25, 100)),
        ((50, 50), (190, 80), (80, 80)),
    ],
)
def test_a_picture_keeps_its_shape(
    shape: tuple[int, int], box: tuple[float, float], fitted: tuple[float, float]
) -> None:
    assert Picture(*shape, b"", b"").fitted(*box) == fitted
