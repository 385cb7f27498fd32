"""The form's geometry: numbers only, in points from the top left corner of an A4 sheet, y downwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MM: Final = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its top left corner and size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """y of the lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """x of the centre."""
        return self.x + self.width / 2

    def moved(self, dy: float) -> Box:
        """The same box, `dy` further down."""
        return Box(self.x, self.y + dy, self.width, self.height)

    def overlaps(self, other: Box) -> bool:
        """True when the two share an area."""
        return (
            self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
        )


A4: Final = (210 * MM, 297 * MM)
A4_LANDSCAPE: Final = (297 * MM, 210 * MM)
A3_LANDSCAPE: Final = (420 * MM, 297 * MM)

LEFT: Final = 20 * MM
RIGHT: Final = A4[0] - 20 * MM
WIDTH: Final = RIGHT - LEFT
CENTRE: Final = A4[0] / 2
TOP: Final = 15 * MM
BOTTOM: Final = A4[1] - 18.5 * MM
"""Nothing but the running foot stands below."""
BODY: Final = Box(LEFT, TOP, WIDTH, BOTTOM - TOP)
FOOT: Final = (A4[1] - 9.5 * MM, A4[1] - 6.2 * MM, A4[1] - 12.8 * MM)
"""Baselines of the running foot; the third stands above the others."""

# Type sizes
TITLE: Final = 15.0
FIELD: Final = 12.5
HEADING: Final = 12.5
TABLE_HEAD: Final = 11.0
TABLE: Final = 11.5
GUIDANCE: Final = 12.5
COMMENT_SIZES: Final = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
"""Comments shrink along these sizes, then their row grows."""
FOOT_SIZE: Final = 7.5
RUNNING_HEAD: Final = (11 * MM, 10.0)
"""Baseline and size of the line above a page that goes on with what began on another."""
TOLERANCE: Final = 0.01
"""Sums of heights may exceed a page by so much: rounding, not text."""
LEADING: Final = 1.2
"""Distance of lines as a multiple of the type size."""
FIELD_STEP: Final = 21.0
"""Distance of the lines of fields."""
PADDING: Final = 5.0
"""Space between a cell's rule and its text."""

# Cover
COVER_FRAME: Final = Box(12 * MM, 12 * MM, A4[0] - 24 * MM, A4[1] - 28 * MM)
COVER_MINISTRY: Final = 92.0
COVER_TITLE: Final = (275.0, 42.0)
"""Baseline and size of HỌC BẠ."""
COVER_LEVEL: Final = (318.0, 28.0)
COVER_FIELDS: Final = Box(31 * MM, 470.0, A4[0] - 62 * MM, 5 * 32.0)
COVER_STEP: Final = 32.0
COVER_SIZE: Final = 14.0

# Table 1: subjects (widths of D2.4: 28, 16, 16, 40 %)
SUBJECT_COLUMNS: Final = (0.28 * WIDTH, 0.16 * WIDTH, 0.16 * WIDTH, 0.40 * WIDTH)
SUBJECT_HEAD_HEIGHT: Final = 32.0
SUBJECT_ROW: Final = (30.0, 74.0)
"""Smallest and largest height of a row whose comment does not need more."""
STRUCK_ROW: Final = 22.0
"""Height of the row of a subject that is not studied."""
SUBJECT_ROW_OF_13: Final = 46.0
"""What a row has when the table is full: three lines of comment."""

# Tables 2 and 3: qualities and competencies
TRAIT_COLUMNS: Final = (0.34 * WIDTH, 0.16 * WIDTH, 0.50 * WIDTH)
TRAIT_HEAD_HEIGHT: Final = 19.0
TRAIT_ROWS: Final = (26.0, 24.0, 22.0, 20.5, 19.0, 17.5)
"""Heights of a row, tried in this order until the year's second page holds everything."""

# Study history
HISTORY_COLUMNS: Final = (0.20 * WIDTH, 0.09 * WIDTH, 0.37 * WIDTH, 0.14 * WIDTH, 0.20 * WIDTH)
HISTORY_HEAD_HEIGHT: Final = 34.0
HISTORY_ROWS: Final = 7
HISTORY_ROW: Final = 29.0

# Signature block at the end, from its own top. The leader stands left, the teacher right.
SIGNATURES_HEIGHT: Final = 208.0
LEADER_COLUMN: Final = Box(LEFT + 34.0, 0.0, 220.0, SIGNATURES_HEIGHT)
TEACHER_COLUMN: Final = Box(RIGHT - 220.0, 0.0, 220.0, SIGNATURES_HEIGHT)
DATE_LINE: Final = 12.0
SIGN_HEADING: Final = 30.0
SIGN_STEP: Final = 14.5
_AREA: Final = 78.0
LEADER_SIGNATURE: Final = Box(LEADER_COLUMN.middle - 95.0, _AREA + 8, 190.0, 80.0)
TEACHER_SIGNATURE: Final = Box(TEACHER_COLUMN.middle - 78.0, _AREA + 8, 156.0, 80.0)
SEAL: Final = Box(LEADER_SIGNATURE.x + 190.0 / 3 - 100.0, _AREA - 2, 100.0, 108.5)
"""A seal of 35 mm that covers the left third of the leader's signature (Decree 30/2020, article 33), and a
line below it for the time."""
SIGN_NAME: Final = 199.0
"""Baseline of the printed names."""
