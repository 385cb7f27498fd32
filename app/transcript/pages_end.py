"""What closes the year: items 4 to 6 and the signature block with its three fields (domain.md 2.4, 7.2)."""

from __future__ import annotations

from app.records.codes import YEAR_CLASS_TEXT
from app.records.completion import DECISION, completion_text
from app.records.types import TranscriptData
from app.transcript import form, words
from app.transcript.book import Book, draw_centred
from app.transcript.fitting import wrap
from app.transcript.fonts import Face, clean, font
from app.transcript.form import Box
from app.transcript.pen import Pen

_STEP = form.FIELD * 1.4
_GAP = 18.0
_LOWEST = form.BOTTOM - 4
_BLOCK = _STEP - 8 + form.SIGNATURES_HEIGHT
"""What the signature block needs below the last line of item 6."""


def closing(book: Book, pen: Pen, y: float, data: TranscriptData, *, fields: bool) -> tuple[Pen, float]:
    """Items 4 to 6 and the signatures, kept together: below the tables when they fit, else on a new page.

    Item 6 always stands above the signatures on their page, however long the items are. Returns that page and
    the upper edge of the signature block.
    """
    if y + closing_height(data) > form.BOTTOM + form.TOLERANCE:
        pen, y = book.next_page(), form.TOP
    y += _GAP
    *items, last = closing_items(data)
    for label, text in items:
        pen, y = _draw_item(book, pen, y, label, *_item_lines(label, text))
    pen, y = _draw_item(book, pen, y, last[0], *_item_lines(*last), below=_BLOCK)
    _signatures(book, pen, y - 4, data, fields=fields)
    return pen, y - 4


def closing_height(data: TranscriptData) -> float:
    """Height of items 4 to 6 with the signature block."""
    lines = (_item_lines(label, text) for label, text in closing_items(data))
    return _GAP + sum(1 + len(rest) for _, rest in lines) * _STEP - 4 + form.SIGNATURES_HEIGHT


def closing_items(data: TranscriptData) -> tuple[tuple[str, str], ...]:
    """Labels and texts of items 4, 5 and 6."""
    outcome = data.outcome
    result = YEAR_CLASS_TEXT[outcome.confirmed] if outcome.confirmed else ""
    completion = completion_text(outcome, data.enrolment.grade)
    if outcome.decision:
        reference = outcome.decision.removeprefix(DECISION).strip()
        completion = f"{completion} {words.DECISION.format(decision=reference)}".strip()
    return (
        (words.RESULT_TITLE, result),
        (words.AWARDS_TITLE, "; ".join(award for award in outcome.awards if award)),
        (words.COMPLETION_TITLE, completion),
    )


def _item_lines(label: str, text: str) -> tuple[str, tuple[str, ...]]:
    """The part of `text` that stands beside its label, and the lines below it."""
    text = " ".join(clean(text).split())
    start = font(Face.BOLD).width(label, form.FIELD) + 5
    beside = wrap(text, form.WIDTH - start, form.FIELD)
    if not beside:
        return "", ()
    rest = text.removeprefix(beside[0]).strip() if len(beside) > 1 else ""
    return beside[0], wrap(rest, form.WIDTH - 2, form.FIELD)


def _draw_item(
    book: Book, pen: Pen, y: float, label: str, first: str, rest: tuple[str, ...], *, below: float = 0.0
) -> tuple[Pen, float]:
    """One item, whole on the page that also has `below` points left under it.

    One that is longer than such a page flows, its last two lines kept with what is below.
    """
    whole = len(rest) * _STEP + below
    needed = whole if below and form.TOP + _GAP + whole <= _LOWEST else 0.0
    if y + needed > _LOWEST and y > form.TOP + _GAP:
        pen, y = book.next_page(), form.TOP + _GAP
    with pen.element("P") as paragraph:
        x = pen.text(form.LEFT, y, label, form.FIELD, Face.BOLD) + 5
        pen.text(x, y, first, form.FIELD)
        pen.dots(x, y, form.RIGHT)
    for place, line in enumerate(rest):
        y += _STEP
        kept = _STEP + below if place == len(rest) - 2 else 0.0
        if y + kept > _LOWEST:
            pen, y = book.next_page(), form.TOP + _STEP
        with pen.inside(paragraph):
            pen.text(form.LEFT, y, line, form.FIELD)
        pen.dots(form.LEFT, y, form.RIGHT)
    return pen, y + _STEP


def _signatures(book: Book, pen: Pen, top: float, data: TranscriptData, *, fields: bool) -> None:
    right = form.TEACHER_COLUMN
    date_line = words.place_and_date(data.place, data.issued_at.date())
    draw_centred(pen, right, top + form.DATE_LINE, date_line, form.FIELD, Face.ITALIC)
    titles = [title for title in data.leader.title if title.upper() != words.HEADMASTER]
    leader = (words.LEADER_HEADING, *titles)
    _block(pen, form.LEADER_COLUMN, top, leader, words.HEADMASTER_NOTE, data.leader.name)
    _block(pen, right, top, (words.TEACHER_HEADING,), words.TEACHER_NOTE, data.teacher.name)
    if fields:
        book.fields = [(name, pen.index, box) for name, box in field_boxes(top).items()]


def _block(pen: Pen, column: Box, top: float, titles: tuple[str, ...], note: str, name: str) -> None:
    y = top + form.SIGN_HEADING - form.SIGN_STEP
    for title in titles:
        y = draw_centred(pen, column, y + form.SIGN_STEP, title, form.FIELD, Face.BOLD)
    draw_centred(pen, column, y + form.SIGN_STEP - 1, note, 11.0, Face.ITALIC)
    draw_centred(pen, column, top + form.SIGN_NAME, name, form.FIELD, Face.BOLD)


def field_boxes(top: float) -> dict[str, Box]:
    """Boxes of the three signature fields of a block whose upper edge is at `top`."""
    return {
        "GVCN": form.TEACHER_SIGNATURE.moved(top),
        "CBQL": form.LEADER_SIGNATURE.moved(top),
        "PHATHANH": form.SEAL.moved(top),
    }
