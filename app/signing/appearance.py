"""What a reader sees in the signature's box: blue for a person, a red seal for the school (domain D7.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final

from app.paths import resource
from app.records.picture import Picture
from app.records.types import SigningRole
from app.signing.certificates import CertificateInfo
from app.signing.fontsubset import SubsetFont, subset
from app.signing.times import iso_local

FONT: Final = resource("fonts", "LiberationSerif-Regular.ttf")
SIGNED: Final = "Đã ký số"
SEALED: Final = "Đã đóng dấu số"
CLOCK: Final = "0123456789-:T+"
LARGEST: Final = 10.0
LEADING: Final = 1.18
BLUE: Final = b"0 0.2 0.6"
RED: Final = b"0.8 0 0"
TIME_SIZE: Final = 7.0
"""Type size of the time below a picture."""
SEAL_COVERS: Final = 1 / 3
UNDER_THE_SEAL: Final = 0.35
"""The seal covers the left third of the leader's signature (Decree 30/2020, article 33): no text there."""
CIRCLE: Final = 0.5523
"""Length of a Bézier handle that makes a quarter of a circle of radius 1."""


class Style(StrEnum):
    """A person's mark or the organisation's seal."""

    PERSONAL = "personal"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Appearance:
    """The text in the box from top to bottom, and its look. The last line is the signing time."""

    style: Style
    lines: tuple[str, ...]
    free: float = 0.0
    """Share of the box's width that stays free on the left."""
    picture: Picture | None = None
    """Picture of the signature or of the seal; then only the last line is written, below it."""


def appearance_for(
    role: SigningRole, certificate: CertificateInfo, signed_at: datetime, picture: Picture | None = None
) -> Appearance:
    """The mark of a role: who, when (ISO 8601, +07:00), and that it is a digital signature.

    With a picture: the picture, and the time below.
    """
    time = iso_local(signed_at)
    name = certificate.common_name
    if role is SigningRole.SEAL:
        return Appearance(Style.ORGANISATION, (name, SEALED, time), picture=picture)
    free = UNDER_THE_SEAL if role is SigningRole.LEADER else 0.0
    return Appearance(Style.PERSONAL, (SIGNED, name, time), free, picture)


def appearance_font(appearance: Appearance) -> SubsetFont:
    """The font cut to this signer's letters: the same for all documents of a batch."""
    return subset(FONT, frozenset("".join(appearance.lines[:-1]) + CLOCK + " "))


@lru_cache(maxsize=64)
def draw(appearance: Appearance, width: float, height: float) -> bytes:
    """The content stream for a box of `width` by `height` points; uses font /F1, and /P1 for a picture."""
    font = appearance_font(appearance)
    if appearance.picture is not None:
        return _with_picture(appearance, appearance.picture, font, width, height)
    if appearance.style is Style.PERSONAL:
        free = width * appearance.free
        lines, sizes = _fitted(appearance.lines, 1, font, width - free, height, alike=True)
        return b"q %s rg BT\n%sET Q" % (BLUE, _text(lines, sizes, font, ((width + free) / 2, height / 2)))
    side = min(width, height)
    round_seal = max(width, height) <= 2 * side
    frame_width = side if round_seal else width
    inner = (frame_width * 0.8, side * 0.52) if round_seal else (frame_width - 16, side - 12)
    lines, sizes = _fitted(appearance.lines, 0, font, *inner, alike=False)
    x, y = (width - frame_width) / 2, (height - side) / 2
    frames = b"".join(
        b"%.2f w\n%s S\n"
        % (line, _frame(x + gap, y + gap, frame_width - 2 * gap, side - 2 * gap, round_seal))
        for line, gap in ((1.4, 1.0), (0.5, 3.2))
    )
    text = _text(lines, sizes, font, (width / 2, height / 2))
    return b"q %s RG %s rg\n%sBT\n%sET Q" % (RED, RED, frames, text)


def _with_picture(
    appearance: Appearance, picture: Picture, font: SubsetFont, width: float, height: float
) -> bytes:
    """The picture above a line with the time; under a seal its left third lies where the seal will be."""
    strip = TIME_SIZE * LEADING
    wide, high = picture.fitted(width, height - strip)
    x = width * SEAL_COVERS - wide * SEAL_COVERS if appearance.free else (width - wide) / 2
    y = strip + (height - strip - high) / 2
    shown = b"q %.2f 0 0 %.2f %.2f %.2f cm /P1 Do Q\n" % (wide, high, x, y)
    colour = BLUE if appearance.style is Style.PERSONAL else RED
    left = width * appearance.free
    line = appearance.lines[-1]
    size = min(TIME_SIZE, (width - left) / font.width(line))
    text = _text((line,), [size], font, ((width + left) / 2, strip / 2))
    return shown + b"q %s rg BT\n%sET Q" % (colour, text)


def _fitted(
    lines: tuple[str, ...], name: int, font: SubsetFont, width: float, height: float, *, alike: bool
) -> tuple[tuple[str, ...], list[float]]:
    """Lines and sizes, all `alike` or each filling the box; the name's line is broken where that helps."""
    words = lines[name].split()
    best: tuple[tuple[str, ...], list[float]] = ((), [])
    for count in range(1, max(1, min(4, len(words))) + 1):
        choice = (*lines[:name], *_broken(words, count, font), *lines[name + 1 :])
        sizes = _sizes(choice, font, width, height, alike)
        if not best[1] or (min(sizes), sizes[name]) > (min(best[1]), best[1][name]):
            best = (choice, sizes)
    return best


def _sizes(lines: tuple[str, ...], font: SubsetFont, width: float, height: float, alike: bool) -> list[float]:
    """For each line the size at which it fills the width, all smaller when the height does not suffice."""
    sizes = [min(LARGEST, width / (font.width(line) or 1)) for line in lines]
    if alike:
        sizes = [min(sizes)] * len(lines)
    scale = min(1.0, height / (LEADING * sum(sizes)))
    return [size * scale for size in sizes]


def _broken(words: list[str], count: int, font: SubsetFont) -> tuple[str, ...]:
    """Words on about `count` lines of like width."""
    goal = font.width(" ".join(words)) / count
    lines: list[str] = []
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if line and len(lines) < count - 1 and font.width(longer) > goal * 1.1:
            lines.append(line)
            longer = word
        line = longer
    return (*lines, line)


def _text(lines: tuple[str, ...], sizes: list[float], font: SubsetFont, centre: tuple[float, float]) -> bytes:
    """Lines of text around a point, as PDF operators."""
    top = centre[1] + LEADING * sum(sizes) / 2
    shown = []
    for line, size in zip(lines, sizes, strict=True):
        base = top - size * 0.92
        left = centre[0] - font.width(line) * size / 2
        shown.append(b"/F1 %.2f Tf 1 0 0 1 %.2f %.2f Tm %s Tj\n" % (size, left, base, font.encode(line)))
        top -= LEADING * size
    return b"".join(shown)


def _frame(x: float, y: float, width: float, height: float, ellipse: bool) -> bytes:
    """Path of an ellipse, or of a box with round corners, as PDF operators."""
    rx, ry = (width / 2, height / 2) if ellipse else (8.0, 8.0)
    kx, ky = rx * (1 - CIRCLE), ry * (1 - CIRCLE)
    right, top = x + width, y + height
    path = (
        (b"m", (x + rx, y)),
        (b"l", (right - rx, y)),
        (b"c", (right - kx, y, right, y + ky, right, y + ry)),
        (b"l", (right, top - ry)),
        (b"c", (right, top - ky, right - kx, top, right - rx, top)),
        (b"l", (x + rx, top)),
        (b"c", (x + kx, top, x, top - ky, x, top - ry)),
        (b"l", (x, y + ry)),
        (b"c", (x, y + ky, x + kx, y, x + rx, y)),
    )
    return (
        b"\n".join(b" ".join(b"%.2f" % value for value in values) + b" " + op for op, values in path) + b" h"
    )
