"""A document under construction: its pages with their running feet, and lines of labelled blanks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.transcript import form, words
from app.transcript.fitting import wrap
from app.transcript.fonts import Face, clean, font
from app.transcript.form import Box
from app.transcript.pen import ExtraGlyphs, Pen
from app.transcript.tags import Node


class Book:
    """Pages in order; `foot` lines stand at the bottom of each, a draft says so across each.

    `running` stands above a page that goes on with what began on another. It and `foot` may be changed
    between pages.
    """

    def __init__(self, *, foot: Sequence[str] = (), draft: bool = False, margin: float = form.LEFT) -> None:
        self.root = Node("Document")
        self.extra = ExtraGlyphs()
        self.pages: list[Pen] = []
        self.fields: list[tuple[str, int, Box]] = []
        """Empty signature fields: name, page index, box."""
        self.foot = foot
        self.running = ""
        self._feet: list[Sequence[str]] = []
        self._draft = draft
        self._margin = margin

    def page(self, size: tuple[float, float] = form.A4) -> Pen:
        """Start a new page."""
        pen = Pen(len(self.pages), size, self.root, self.extra)
        if self._draft:
            pen.watermark(words.DRAFT, 110)
        self.pages.append(pen)
        self._feet.append(self.foot)
        return pen

    def next_page(self, size: tuple[float, float] = form.A4) -> Pen:
        """Start a page that goes on with what began on the one before."""
        pen = self.page(size)
        if self.running:
            y, type_size = form.RUNNING_HEAD
            line, type_size = _squeezed(self.running, form.WIDTH, type_size)
            start = pen.width - form.LEFT - font(Face.ITALIC).width(clean(line), type_size)
            pen.furniture(start, y, line, type_size, Face.ITALIC)
        return pen

    def close(self) -> None:
        """Write the running feet, now that the number of pages is known."""
        for pen, foot in zip(self.pages, self._feet, strict=True):
            number = words.PAGE.format(page=pen.index + 1, pages=len(self.pages))
            end = pen.width - self._margin
            for place, line in enumerate(foot):
                text, size = _squeezed(line, end - self._margin - 50)
                pen.furniture(self._margin, pen.height - form.A4[1] + form.FOOT[place], text, size)
            start = end - font(Face.REGULAR).width(number, form.FOOT_SIZE)
            pen.furniture(start, pen.height - form.A4[1] + form.FOOT[0], number, form.FOOT_SIZE)


def _squeezed(line: str, width: float, size: float = form.FOOT_SIZE) -> tuple[str, float]:
    wide = font(Face.REGULAR).width(clean(line), size)
    return line, size * min(1.0, width / wide)


@dataclass(frozen=True, slots=True)
class Blank:
    """A labelled blank on a line of fields, `width` points wide with its label."""

    label: str
    value: str
    width: float
    face: Face = field(default=Face.REGULAR)


def draw_blanks(pen: Pen, x: float, y: float, blanks: Sequence[Blank], size: float = form.FIELD) -> float:
    """Draw one line of labelled blanks over dotted lines; return the baseline below it.

    A value that is too long for its blank shrinks, then goes on in further lines.
    """
    bottom = y
    with pen.element("P"):
        for blank in blanks:
            bottom = max(bottom, _draw_blank(pen, x, y, blank, size))
            x += blank.width
    return bottom + form.FIELD_STEP


def _draw_blank(pen: Pen, x: float, y: float, blank: Blank, size: float) -> float:
    start = pen.text(x, y, blank.label, size) + 5
    end = x + blank.width - 5
    lines, small = fit_line(blank.value, end - start, size, blank.face)
    for place, line in enumerate(lines):
        pen.text(start + 2, y + place * small * form.LEADING, line, small, blank.face)
    last = y + max(0, len(lines) - 1) * small * form.LEADING
    pen.dots(start, last, end)
    return last


def fit_line(text: str, width: float, size: float, face: Face) -> tuple[tuple[str, ...], float]:
    """The text on one line at the largest size that holds it, down to three quarters, else on more lines."""
    for share in (1.0, 0.95, 0.9, 0.85, 0.8, 0.75):
        lines = wrap(text, width - 2, size * share, face)
        if len(lines) <= 1:
            return lines, size * share
    lines = wrap(text, width - 2, size * 0.85, face)
    if len(lines) <= 3:
        return lines, size * 0.85
    return wrap(text, width - 2, form.COMMENT_SIZES[-1], face), form.COMMENT_SIZES[-1]


def draw_centred(pen: Pen, box: Box, y: float, text: str, size: float, face: Face) -> float:
    """Draw one paragraph in the middle of `box`, smaller or broken when it is long; return the last y."""
    lines, size = fit_line(text, box.width, size, face)
    with pen.element("P"):
        for place, line in enumerate(lines):
            pen.centred(box.middle, y + place * size * form.LEADING, line, size, face)
    return y + max(0, len(lines) - 1) * size * form.LEADING
