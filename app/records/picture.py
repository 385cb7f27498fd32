"""A picture of a signature or of a seal, ready to be placed in a PDF."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows of pixels from the top: `colours` are RGB, `opacity` is one byte each; both are deflated."""

    width: int
    height: int
    colours: bytes
    opacity: bytes

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """The largest width and height of the same shape within a box."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale
