"""The PDF view of a transcript: the issued PDF/A-3b with the data file inside, or a marked draft."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from app.records.page_code import page_code
from app.records.programme import TRAIT_GROUPS, TRAIT_NAMES
from app.records.types import TranscriptData
from app.transcript import form, words
from app.transcript.book import Book
from app.transcript.fitting import lines_at, wrap
from app.transcript.pages_end import closing, closing_height
from app.transcript.pages_front import cover, guidance, personal
from app.transcript.pages_year import subjects_page, traits_page
from app.transcript.pdfa import Attachment, Properties, assemble, identifier_of
from app.transcript.qr import Stamp

ATTACHMENT_NAME: Final = "hoc-ba.xml"
FIELDS: Final = ("GVCN", "CBQL", "PHATHANH")
"""Signature fields of an issued transcript, in the order of signing."""


def render_pdf(data: TranscriptData, *, xml: bytes) -> bytes:
    """The issued PDF view of `data` with its data file `xml` attached and three empty signature fields.

    PDF/A-3b; the same data and XML give the same bytes on any machine and day.
    """
    digest = sha256(xml).hexdigest()
    code = " ".join(digest[start : start + 4] for start in range(0, 32, 4))
    codes = words.FOOT_CODES.format(id=data.transcript_id, version=data.version, hash=code)
    printed = page_code(
        school=data.school.code, transcript_id=data.transcript_id, version=data.version, data_sha256=digest
    )
    foot = (words.FOOT, codes, words.FOOT_LOOKUP.format(code=printed.typed))
    book = _book(data, Book(foot=foot), Stamp(printed))
    attachment = Attachment(ATTACHMENT_NAME, "text/xml", words.ATTACHMENT, "Data", xml)
    return assemble(book, _properties(data, xml), (attachment,))


def render_draft(data: TranscriptData) -> bytes:
    """A preview marked as a draft on every page, without data file and signature fields."""
    book = _book(data, Book(foot=(words.DRAFT_FOOT,), draft=True))
    return assemble(book, _properties(data, words.DRAFT.encode()))


def _book(data: TranscriptData, book: Book, stamp: Stamp | None = None) -> Book:
    """The pages; with a stamp they are an issued transcript's and have signature fields."""
    cover(book, data)
    if stamp:
        stamp.on_cover(book)
    if data.form.guidance:
        guidance(book)
    personal(book, data)
    subjects_page(book, data)
    pen, y = traits_page(book, data, closing_height(data))
    closing(book, pen, y, data, fields=stamp is not None)
    if stamp:
        stamp.on_last(book)
    return book


def _properties(data: TranscriptData, *parts: bytes) -> Properties:
    return Properties(
        title=words.TITLE_LINE.format(name=data.pupil.name, year=words.school_year(data.year)),
        subject=words.SUBJECT_LINE.format(
            class_name=data.enrolment.class_name, id=data.transcript_id, version=data.version
        ),
        author=data.school.name,
        created=data.issued_at,
        identifier=identifier_of(data.transcript_id.encode(), str(data.version).encode(), *parts),
    )


def fits(comment: str, subject_or_group: str) -> tuple[int, int]:
    """Lines that a comment takes at its full size, and lines that its box on the form holds.

    `subject_or_group` is a subject code, a trait code, or a group ("PC", "NLC", "NLDT"). A comment that takes
    more lines is printed smaller, and further on its row grows.
    """
    column, height = _comment_box(subject_or_group)
    return lines_at(comment, column, height)


def fits_smallest(comment: str, subject_or_group: str) -> tuple[int, int]:
    """Lines that a comment takes at the smallest legible size, and lines that its box on the form holds then.

    Same codes as `fits`. A comment with more lines than that does not fit: it is still printed whole, but its
    row grows beyond the form's own, so that other comments shrink or tables go on to another page. Beside a
    single trait three lines are held: what each row has when all carry a comment and nothing else is there.
    """
    column, height = _comment_box(subject_or_group)
    size = form.COMMENT_SIZES[-1]
    used = len(wrap(comment, column - 2 * form.PADDING, size))
    if subject_or_group in TRAIT_NAMES:
        return used, _LINES_BESIDE_A_TRAIT
    return used, int((height - form.PADDING) // (size * form.LEADING))


_LINES_BESIDE_A_TRAIT: Final = 3


def _comment_box(code: str) -> tuple[float, float]:
    if code in TRAIT_GROUPS:
        return form.TRAIT_COLUMNS[2], form.TRAIT_ROWS[-1] * len(TRAIT_GROUPS[code])
    if code in TRAIT_NAMES:
        return form.TRAIT_COLUMNS[2], form.TRAIT_ROWS[0]
    return form.SUBJECT_COLUMNS[3], form.SUBJECT_ROW_OF_13
