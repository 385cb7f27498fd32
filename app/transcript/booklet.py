"""A pupil's booklet: the transcripts of several years as one PDF, to read and print (domain.md 2).

It is a view that carries no signature: its foot names the signed transcripts it is compiled from, their data
files are attached, and who signed them stands where their signatures do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

from app.records.types import HistoryRow, SigningRole, TranscriptData
from app.transcript import form, words
from app.transcript.book import Book
from app.transcript.fitting import text_height, wrap
from app.transcript.fonts import Face
from app.transcript.form import Box
from app.transcript.pages_end import closing, closing_height, field_boxes
from app.transcript.pages_front import cover, guidance, personal
from app.transcript.pages_year import subjects_page, traits_page
from app.transcript.pdfa import Attachment, Properties, assemble, identifier_of
from app.transcript.pen import Pen
from app.transcript.table import Cell, Grid, Row, draw_table, head

NAME: Final = "hoc-ba-{year}.xml"
MARK_SIZE: Final = 9.0
_COLUMNS: Final = tuple(share * form.WIDTH for share in (0.13, 0.08, 0.24, 0.09, 0.46))
_SIZE: Final = 9.5
_FIELDS: Final[Mapping[SigningRole, str]] = {
    SigningRole.TEACHER: "GVCN",
    SigningRole.LEADER: "CBQL",
    SigningRole.SEAL: "PHATHANH",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Whose signature a transcript carries, and when it was made (aware)."""

    signer: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class SignedYear:
    """One sealed transcript: its data, its data file as signed, and the hash of that file before signing."""

    data: TranscriptData
    xml: bytes
    data_sha256: str
    marks: Mapping[SigningRole, Mark]


def render_booklet(years: Sequence[SignedYear]) -> bytes:
    """The booklet of one pupil, at least one year, oldest first; cover and personal page as of the last year.

    PDF/A-3b; the same years give the same bytes.
    """
    newest = years[-1].data
    book = Book(foot=(words.BOOKLET_FOOT,))
    cover(book, newest)
    if newest.form.guidance:
        guidance(book)
    personal(book, replace(newest, history=_history(years)), note=words.SIGNED_EACH_YEAR)
    for year in years:
        _year(book, year)
    book.running, book.foot = "", (words.BOOKLET_FOOT,)
    _sources(book, years)
    attachments = [
        Attachment(NAME.format(year=year.data.year), "text/xml", _described(year), "Data", year.xml)
        for year in years
    ]
    return assemble(book, _properties(years), attachments)


def _history(years: Sequence[SignedYear]) -> tuple[HistoryRow, ...]:
    """Every row that any of the years holds, once: what a later year says of a class replaces an earlier."""
    rows = {(row.year, row.class_name): row for year in years for row in year.data.history}
    return tuple(sorted(rows.values(), key=lambda row: row.year))


def _year(book: Book, year: SignedYear) -> None:
    data = year.data
    digits = year.data_sha256[:32]
    code = " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
    codes = words.FOOT_CODES.format(id=data.transcript_id, version=data.version, hash=code)
    book.foot = (words.BOOKLET_FOOT, codes)
    subjects_page(book, data)
    pen, y = traits_page(book, data, closing_height(data))
    pen, top = closing(book, pen, y, data, fields=False)
    boxes = field_boxes(top)
    for role, mark in year.marks.items():
        _mark(pen, boxes[_FIELDS[role]], role, mark)


def _mark(pen: Pen, box: Box, role: SigningRole, mark: Mark) -> None:
    """Who signed and when, in words, where the signature stands in the signed file."""
    if role is SigningRole.LEADER:
        box = Box(box.x + box.width * 0.36, box.y, box.width * 0.64, box.height)
    done = words.SEALED_MARK if role is SigningRole.SEAL else words.SIGNED_MARK
    lines = (done, *wrap(mark.signer, box.width, MARK_SIZE))
    time = mark.signed_at.isoformat(timespec="seconds")
    leading = MARK_SIZE * form.LEADING
    y = box.y + (box.height - leading * (len(lines) + 1)) / 2 + MARK_SIZE
    with pen.element("P"):
        for place, line in enumerate(lines):
            pen.centred(box.middle, y + place * leading, line, MARK_SIZE, Face.ITALIC)
        pen.centred(box.middle, y + len(lines) * leading, time, 7.5, Face.ITALIC)


def _sources(book: Book, years: Sequence[SignedYear]) -> None:
    """The last page: which signed files the booklet is compiled from."""
    pen = book.page()
    y = form.TOP + 30
    with pen.element("H2"):
        pen.centred(form.CENTRE, y, words.SOURCES_TITLE, form.TITLE, Face.BOLD)
    note = wrap(words.SOURCES_NOTE, form.WIDTH, form.TABLE)
    with pen.element("P"):
        pen.lines(form.LEFT, y + 26, note, form.TABLE, form.TABLE * 1.28)
    heads = Row(form.HISTORY_HEAD_HEIGHT, tuple(head(text) for text in words.SOURCES_HEADS))
    grid = Grid(_COLUMNS, (heads,))
    draw_table(book, pen, y + 36 + len(note) * form.TABLE * 1.28, grid, [_source(year) for year in years])


def _source(year: SignedYear) -> Row:
    data, digits = year.data, sha256(year.xml).hexdigest()
    texts = (
        words.school_year(data.year),
        data.enrolment.class_name,
        data.transcript_id,
        str(data.version),
        " ".join(digits[start : start + 8] for start in range(0, 64, 8)),
    )
    cells = tuple(
        Cell(wrap(text, width - 2 * form.PADDING, _SIZE), _SIZE, centred=place < 4)
        for place, (text, width) in enumerate(zip(texts, _COLUMNS, strict=True))
    )
    return Row(max(24.0, *(text_height(len(cell.lines), _SIZE) for cell in cells)), cells)


def _described(year: SignedYear) -> str:
    return f"{words.ATTACHMENT} – {words.school_year(year.data.year)}"


def _properties(years: Sequence[SignedYear]) -> Properties:
    newest = years[-1].data
    span = words.school_year(f"{years[0].data.year[:4]}-{newest.year[-4:]}")
    return Properties(
        title=words.BOOKLET_TITLE.format(name=newest.pupil.name, years=span),
        subject=words.BOOKLET_FOOT,
        author=newest.school.name,
        created=max(year.data.issued_at for year in years),
        identifier=identifier_of(b"booklet", *(year.xml for year in years)),
    )
