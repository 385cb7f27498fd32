"""What makes a PDF archival (PDF/A-3b): metadata, output intent, fonts, attachment, structure, fields."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import md5
from typing import Final
from xml.sax.saxutils import escape as xml_escape

from app.paths import resource
from app.transcript import words
from app.transcript.book import Book
from app.transcript.fonts import Face, Subset, common_characters, font
from app.transcript.pdf_file import PdfFile, array, references, text_string
from app.transcript.pen import FONT_NAMES
from app.transcript.tags import write_tree

LANGUAGE: Final = "vi-VN"
PRODUCER: Final = "Học bạ số"
PRINT_AND_LOCKED: Final = 132
"""Annotation flags: printed, position locked."""
SIGNATURES_APPEND_ONLY: Final = 3
"""There are signature fields; change the file only by appending."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the PDF; `relationship` as in ISO 32000-2, 7.11.3 ("Data")."""

    name: str
    mime: str
    description: str
    relationship: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Properties:
    """What the document says of itself. `created` is aware and comes from the data, never from the clock."""

    title: str
    subject: str
    author: str
    created: datetime | None
    identifier: bytes
    """16 bytes."""


def identifier_of(*parts: bytes) -> bytes:
    """A document identifier (ISO 32000-1, 14.4) from what the document is made of."""
    digest = md5(usedforsecurity=False)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def assemble(book: Book, properties: Properties, attachments: Sequence[Attachment] = ()) -> bytes:
    """The finished PDF/A-3b file of a book."""
    book.close()
    file = _prefix().copy()
    fonts = _fonts(file, book)
    pages = [file.reserve() for _ in book.pages]
    widgets = _widgets(file, book, pages)
    parent = file.reserve()
    for pen, number in zip(book.pages, pages, strict=True):
        content = file.add_stream(b"", pen.stream())
        annotations = b"/Annots" + references(pen.widgets) if pen.widgets else b""
        file.put(
            number,
            b"<</Type/Page/Parent %d 0 R/MediaBox%b/Resources<</Font<<%b>>>>/Contents %d 0 R"
            b"/StructParents %d/Tabs/S%b>>"
            % (parent, array((0, 0, pen.width, pen.height)), fonts, content, pen.index, annotations),
        )
    file.put(parent, b"<</Type/Pages/Count %d/Kids%b>>" % (len(pages), references(pages)))
    tree = write_tree(file, book.root, pages)
    metadata = file.add_plain_stream(b"/Type/Metadata/Subtype/XML", _xmp(properties))
    entries = _form(file, widgets) + _attach(file, attachments, properties.created)
    catalog = file.add(
        b"<</Type/Catalog/Pages %d 0 R/Lang(%b)/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R"
        b"/Metadata %d 0 R/OutputIntents[%d 0 R]/ViewerPreferences<</DisplayDocTitle true>>%b>>"
        % (parent, LANGUAGE.encode(), tree, metadata, file.named["intent"], entries)
    )
    info = file.add(_info(properties))
    return file.finish(root=catalog, info=info, identifier=properties.identifier)


@cache
def _prefix() -> PdfFile:
    """The objects that every document begins with: fonts and colour profile, compressed once per process."""
    file = PdfFile()
    profile = resource("icc", "sRGB.icc").read_bytes()
    icc = file.add_stream(b"/N 3", zlib.compress(profile, 9), compressed=True)
    file.named["intent"] = file.add(
        b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
        b"/RegistryName(http://www.color.org)/DestOutputProfile %d 0 R>>" % icc
    )
    for face in Face:
        subset = font(face).subset(common_characters())
        file.named[face] = _font(file, f"AAAAAA+{font(face).name}", subset)
    return file


def _font(file: PdfFile, name: str, subset: Subset) -> int:
    base = name.encode("ascii")
    program = file.add_stream(b"/Length1 %d" % len(subset.program), subset.compressed, compressed=True)
    to_unicode = file.add_stream(b"", subset.to_unicode, compressed=True)
    descriptor = file.add(
        b"<</Type/FontDescriptor/FontName/%b%b/FontFile2 %d 0 R>>"
        % (base, subset.metrics.encode("ascii"), program)
    )
    return file.add(
        b"<</Type/Font/Subtype/TrueType/BaseFont/%b/FirstChar 0/LastChar %d/Widths[%b]"
        b"/FontDescriptor %d 0 R/ToUnicode %d 0 R>>"
        % (base, subset.last, subset.widths.encode("ascii"), descriptor, to_unicode)
    )


def _fonts(file: PdfFile, book: Book) -> bytes:
    """The font entries of every page: the common subsets, and what this document needs beyond them."""
    entries = [b"/%b %d 0 R" % (FONT_NAMES[face], file.named[face]) for face in Face]
    for face, characters in sorted(book.extra.found.items()):
        number = _font(file, f"AAAAAB+{font(face).name}", font(face).subset(characters))
        entries.append(b"/%bx %d 0 R" % (FONT_NAMES[face], number))
    return b"".join(entries)


def _widgets(file: PdfFile, book: Book, pages: Sequence[int]) -> list[int]:
    """Empty signature fields, each with an empty appearance."""
    numbers = []
    for name, page, box in book.fields:
        pen = book.pages[page]
        rect = (box.x, pen.height - box.bottom, box.right, pen.height - box.y)
        look = file.add_stream(
            b"/Type/XObject/Subtype/Form/BBox%b/Resources<<>>" % array((0, 0, box.width, box.height)), b""
        )
        number = file.add(
            b"<</Type/Annot/Subtype/Widget/FT/Sig/T%b/TU%b/Rect%b/P %d 0 R/F %d"
            b"/AP<</N %d 0 R>>>>"
            % (
                text_string(name),
                text_string(words.FIELD_TITLES[name]),
                array(rect),
                pages[page],
                PRINT_AND_LOCKED,
                look,
            )
        )
        pen.widgets.append(number)
        numbers.append(number)
    return numbers


def _form(file: PdfFile, widgets: list[int]) -> bytes:
    if not widgets:
        return b""
    number = file.add(b"<</Fields%b/SigFlags %d>>" % (references(widgets), SIGNATURES_APPEND_ONLY))
    return b"/AcroForm %d 0 R" % number


def _attach(file: PdfFile, attachments: Sequence[Attachment], created: datetime | None) -> bytes:
    """Embed the files; catalog entries /Names and /AF."""
    if not attachments:
        return b""
    numbers, names = [], []
    for attachment in attachments:
        subtype = attachment.mime.replace("/", "#2F").encode("ascii")
        entries = b"/Type/EmbeddedFile/Subtype/%b/Params<<%b/Size %d>>"
        stream = file.add_stream(
            entries % (subtype, _dated(created, b"/ModDate"), len(attachment.content)), attachment.content
        )
        name = text_string(attachment.name)
        number = file.add(
            b"<</Type/Filespec/F%b/UF%b/Desc%b/AFRelationship/%b/EF<</F %d 0 R/UF %d 0 R>>>>"
            % (
                name,
                name,
                text_string(attachment.description),
                attachment.relationship.encode("ascii"),
                stream,
                stream,
            )
        )
        numbers.append(number)
        names.append(b"%b %d 0 R" % (name, number))
    tree = b" ".join(sorted(names))
    return b"/AF%b/Names<</EmbeddedFiles<</Names[%b]>>>>" % (references(numbers), tree)


def _dated(moment: datetime | None, *keys: bytes) -> bytes:
    """Dictionary entries with a date; none when the document has none."""
    if moment is None:
        return b""
    offset = moment.strftime("%z") or "+0000"
    day = moment.strftime("%Y%m%d%H%M%S").encode()
    value = b"(D:%b%b'%b')" % (day, offset[:3].encode(), offset[3:5].encode())
    return b"".join(key + value for key in keys)


def _info(properties: Properties) -> bytes:
    return b"<</Title%b/Subject%b/Author%b/Producer%b%b>>" % (
        text_string(properties.title),
        text_string(properties.subject),
        text_string(properties.author),
        text_string(PRODUCER),
        _dated(properties.created, b"/CreationDate", b"/ModDate"),
    )


def _xmp(properties: Properties) -> bytes:
    """The XMP packet; says the same as the information dictionary."""
    moment = properties.created.isoformat(timespec="seconds") if properties.created else ""
    dates = f"<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>\n"
    title, subject, author = (
        xml_escape(text) for text in (properties.title, properties.subject, properties.author)
    )
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>
{dates if moment else ""}<pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>""".encode()
