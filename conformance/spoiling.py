"""Documents spoiled on purpose: a judge that accepts one of these is worth nothing."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pikepdf
from lxml import etree
from pyhanko.pdf_utils.generic import NameObject, NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

_HEADER_COMMENT = re.compile(rb"%PDF-\d\.\d\r?\n%(.)", re.DOTALL)


def without_metadata(pdf: Path, out: Path) -> Path:
    """A readable PDF that is no PDF/A any more: its XMP metadata is gone."""
    with pikepdf.open(pdf) as document:
        del document.Root.Metadata
        document.save(out)
    return out


def with_changed_byte(pdf: Path, out: Path) -> Path:
    """One bit of the header's comment changed: same structure and pages, but not what was signed."""
    data = bytearray(pdf.read_bytes())
    found = _HEADER_COMMENT.match(data)
    if found is None:
        raise ValueError(f"{pdf.name} has no binary comment after its header")
    data[found.start(1)] ^= 1
    out.write_bytes(data)
    return out


def with_turned_page(pdf: Path, out: Path) -> Path:
    """A revision after the last signature that turns the first page: signatures intact, document altered."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf.read_bytes()))
    page = writer.root["/Pages"]["/Kids"][0]
    page[NameObject("/Rotate")] = NumberObject(90)  # type: ignore[no-untyped-call]
    writer.update_container(page)
    buffer = BytesIO()
    writer.write(buffer)  # type: ignore[no-untyped-call]
    out.write_bytes(buffer.getvalue())
    return out


def truncated(pdf: Path, out: Path) -> Path:
    """The first two thirds of a file, as after a broken copy."""
    data = pdf.read_bytes()
    out.write_bytes(data[: len(data) * 2 // 3])
    return out


def with_changed_text(xml: Path, out: Path) -> Path:
    """One more letter in the first text of the signed data."""
    tree = etree.parse(xml)
    signed = tree.getroot().find(".//*[@Id]")
    if signed is None:
        raise ValueError(f"{xml.name} has no element with an Id")
    for element in signed.iter():
        if isinstance(element.tag, str) and len(element) == 0 and (element.text or "").strip():
            element.text = f"{element.text}x"
            break
    out.write_bytes(etree.tostring(tree, encoding="UTF-8", xml_declaration=True))
    return out
