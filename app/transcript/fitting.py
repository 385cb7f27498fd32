"""Making text fit: breaking lines, and sharing a page's height among the rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.transcript import form
from app.transcript.fonts import Face, clean, font


@lru_cache(maxsize=4_000)
def wrap(text: str, width: float, size: float, face: Face = Face.REGULAR) -> tuple[str, ...]:
    """Break `text` into lines at most `width` points wide; no line when there is no text.

    A word that is wider than a line is broken inside.
    """
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        lines.extend(_wrap_paragraph(paragraph.split(), width, size, face))
    return tuple(lines)


def _wrap_paragraph(words: Sequence[str], width: float, size: float, face: Face) -> list[str]:
    measure = font(face).width
    blank = measure(" ", size)
    lines: list[str] = []
    line, used = "", 0.0
    for word in words:
        needed = measure(word, size)
        if line and used + blank + needed <= width:
            line, used = f"{line} {word}", used + blank + needed
            continue
        if line:
            lines.append(line)
        while needed > width and len(word) > 1:
            head = _head(word, lambda part: measure(part, size) <= width)
            lines.append(word[:head])
            word = word[head:]
            needed = measure(word, size)
        line, used = word, needed
    return [*lines, line] if line else lines


def _head(word: str, fits: Callable[[str], bool]) -> int:
    for count in range(len(word) - 1, 1, -1):
        if fits(word[:count]):
            return count
    return 1


def text_height(lines: int, size: float) -> float:
    """Height that so many lines need inside a cell, with its padding."""
    return lines * size * form.LEADING + form.PADDING if lines else 0.0


@dataclass(frozen=True, slots=True)
class RowFit:
    """What one row got: the comment's type size and lines, and the row's height."""

    size: float
    lines: tuple[str, ...]
    height: float


def share_height(
    comments: Sequence[str],
    floors: Sequence[float],
    *,
    column: float,
    available: float,
    largest: float,
) -> tuple[RowFit, ...]:
    """Sizes and heights of rows with these comments in a column `column` points wide.

    `floors` are the heights that the rows need without their comments. All comments start at the largest
    size; while the rows together are higher than `available`, the one that needs most shrinks a step. What is
    then left over is given out evenly, no row growing beyond `largest` by it. The sum exceeds `available`
    only when every comment stands at the smallest size.
    """
    width = column - 2 * form.PADDING
    steps = [0] * len(comments)
    fits = [_fit(text, width, 0) for text in comments]
    heights = [max(floor, fit.height) for floor, fit in zip(floors, fits, strict=True)]
    while sum(heights) > available + form.TOLERANCE:
        row = _shrinkable(heights, floors, steps)
        if row is None:
            break
        steps[row] += 1
        fits[row] = _fit(comments[row], width, steps[row])
        heights[row] = max(floors[row], fits[row].height)
    spare = max(0.0, available - sum(heights)) / max(1, len(heights))
    return tuple(
        RowFit(fit.size, fit.lines, max(height, min(height + spare, largest)))
        for fit, height in zip(fits, heights, strict=True)
    )


def _fit(text: str, width: float, step: int) -> RowFit:
    size = form.COMMENT_SIZES[step]
    lines = wrap(text, width, size)
    return RowFit(size, lines, text_height(len(lines), size))


def _shrinkable(heights: Sequence[float], floors: Sequence[float], steps: Sequence[int]) -> int | None:
    last = len(form.COMMENT_SIZES) - 1
    rows = [row for row, step in enumerate(steps) if step < last and heights[row] > floors[row]]
    return max(rows, key=lambda row: (heights[row], -row)) if rows else None


def lines_at(text: str, column: float, height: float) -> tuple[int, int]:
    """Lines that `text` takes at the largest comment size, and lines that a cell of `height` holds."""
    size = form.COMMENT_SIZES[0]
    used = len(wrap(text, column - 2 * form.PADDING, size))
    return used, int((height - form.PADDING) // (size * form.LEADING))
