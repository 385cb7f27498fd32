"""Pictures of signatures and of the seal: PNG with a transparent background (Decree 30/2020, appendix I)."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Final

from PIL import Image, UnidentifiedImageError

from app.errors import UserError
from app.records.picture import Picture

LARGEST: Final = (480, 480)
"""Pixels kept: a seal of 35 mm at 345 dots per inch. Every signed file carries the picture."""
SMALLEST: Final = 80
"""Fewer pixels along the longer side print as a smear."""
MOST_PIXELS: Final = 40_000_000
INKS: Final = 16
"""Colours kept: a signature and a seal have one each, in shades."""
VISIBLE: Final = 16
"""Opacity, of 255, from which a pixel belongs to the picture."""


def tidy_picture(file: bytes) -> bytes:
    """The picture as it is kept: PNG without empty margins, at most `LARGEST`.

    UserError picture.unreadable, picture.opaque (no transparent background), picture.too_small.
    """
    image = _opened(file)
    opacity = image.getchannel("A")
    if opacity.getextrema()[0] == 255:
        raise UserError("picture.opaque")
    drawn = opacity.point(lambda value: 255 if value >= VISIBLE else 0).getbbox()
    image = image.crop(drawn) if drawn else image
    if drawn is None or max(image.size) < SMALLEST:
        raise UserError("picture.too_small", least=SMALLEST)
    image.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    kept = BytesIO()
    image.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def read_picture(file: bytes) -> Picture:
    """The pixels of a picture. UserError picture.unreadable."""
    image = _opened(file)
    opacity = image.getchannel("A").point(lambda value: value // VISIBLE * 255 // 15)
    inks = image.convert("RGB").quantize(INKS).convert("RGB")
    colours = Image.new("RGB", image.size)
    colours.paste(inks, mask=opacity.point(lambda value: 255 if value else 0))
    return Picture(*image.size, zlib.compress(colours.tobytes(), 9), zlib.compress(opacity.tobytes(), 9))


def _opened(file: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(file), formats=("PNG",)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UserError("picture.unreadable")
            return image.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise UserError("picture.unreadable") from None
