"""PAdES B-B signatures in the existing, named, empty field of a PDF, as an incremental update."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject
from pyhanko.pdf_utils.misc import PdfError

from app.errors import UserError
from app.records.picture import Picture
from app.records.types import SigningRole
from app.signing.appearance import Appearance, appearance_font, draw
from app.signing.certificates import check_usable
from app.signing.cms import build_cms, reserved_size
from app.signing.pdf_font import font_objects, stream
from app.signing.pdf_update import Update, open_pdf, written
from app.signing.pkcs11 import Signer
from app.signing.times import pdf_local

FIELDS: Final = {SigningRole.TEACHER: "GVCN", SigningRole.LEADER: "CBQL", SigningRole.SEAL: "PHATHANH"}
"""The names of the three signature fields."""

BYTE_RANGE: Final = b"[0 %010d %010d %010d]"
SIGNED_APPEND_ONLY: Final = 3
"""AcroForm SigFlags: signatures exist, and the file may only be appended to."""
PRINTED: Final = 4
"""Annotation flag that PDF/A wants."""


def sign_pdf(
    pdf: bytes,
    *,
    field: str,
    signer: Signer,
    signed_at: datetime,
    appearance: Appearance,
    chain: Sequence[bytes] = (),
) -> bytes:
    """Sign into the empty signature field `field`; the result begins with `pdf`, byte for byte.

    `chain`: DER certificates above the signer's, to be enclosed. UserError signing.pdf_unreadable,
    .field_missing, .already_signed; TokenProblem as `check_usable` and the signer raise.
    """
    check_usable(signer.certificate, signed_at)
    reader = open_pdf(pdf)
    update = Update(reader, len(pdf))
    try:
        form = reader.root["/AcroForm"]
        widget = _empty_field(form, field)
        box = [float(value) for value in widget["/Rect"]]
    except (PdfError, KeyError, ValueError, TypeError):
        raise UserError("signing.field_missing", field=field) from None
    size = reserved_size(signer.certificate.der, tuple(chain))
    holder = _signature_dictionary(signed_at, size)
    signature = update.add(holder)
    _fill_field(update, widget, signature, _add_appearance(update, appearance, box))
    _mark_form(update, reader.root, form)
    tail, starts = update.tail()
    return pdf + _signed(pdf, tail, starts[signature] + holder.index(b"[0 "), size, signer, chain)


def _empty_field(form: DictionaryObject, name: str) -> DictionaryObject:
    fields = (item.get_object() for item in form["/Fields"])
    found = next((item for item in fields if item.get("/T") == name and item.get("/FT") == "/Sig"), None)
    if not isinstance(found, DictionaryObject) or "/Rect" not in found:
        raise UserError("signing.field_missing", field=name)
    if "/V" in found:
        raise UserError("signing.already_signed", field=name)
    return found


def _signature_dictionary(signed_at: datetime, size: int) -> bytes:
    return (
        b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (%s)\n/ByteRange %s\n"
        b"/Contents <%s> >>"
        % (pdf_local(signed_at).encode("ascii"), BYTE_RANGE % (0, 0, 0), b"0" * (2 * size))
    )


def _add_appearance(update: Update, appearance: Appearance, box: list[float]) -> int:
    width, height = abs(box[2] - box[0]), abs(box[3] - box[1])
    font = update.add(*font_objects(appearance_font(appearance), update.next_number))
    pictures = _add_picture(update, appearance.picture) if appearance.picture else b""
    entries = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 %.3f %.3f] /Filter /FlateDecode "
        b"/Resources << /Font << /F1 %d 0 R >> %s>> " % (width, height, font, pictures)
    )
    return update.add(stream(entries, zlib.compress(draw(appearance, width, height))))


def _add_picture(update: Update, picture: Picture) -> bytes:
    """Add the picture with its transparency; the entry of the resources that names it /P1."""
    shape = b"/Width %d /Height %d " % (picture.width, picture.height)
    size = b"/Type /XObject /Subtype /Image /BitsPerComponent 8 /Filter /FlateDecode " + shape
    mask = update.add(stream(size + b"/ColorSpace /DeviceGray ", picture.opacity))
    image = update.add(stream(size + b"/ColorSpace /DeviceRGB /SMask %d 0 R " % mask, picture.colours))
    return b"/XObject << /P1 %d 0 R >> " % image


def _fill_field(update: Update, widget: DictionaryObject, signature: int, appearance: int) -> None:
    changes = {
        "/V": b"%d 0 R" % signature,
        "/AP": b"<< /N %d 0 R >>" % appearance,
        "/F": b"%d" % (int(widget.get("/F", 0)) | PRINTED),
    }
    update.replace(widget, changes)


def _mark_form(update: Update, root: DictionaryObject, form: DictionaryObject) -> None:
    """Set SigFlags, once: the first signature writes the form again, later ones leave it alone."""
    if int(form.get("/SigFlags", 0)) == SIGNED_APPEND_ONLY:
        return
    flags = {"/SigFlags": b"%d" % SIGNED_APPEND_ONLY}
    if isinstance(root.raw_get("/AcroForm"), IndirectObject):
        update.replace(form, flags)
    else:
        kept = b" ".join(key.encode() + b" " + written(form.raw_get(key)) for key in form if key not in flags)
        update.replace(root, {"/AcroForm": b"<< %s /SigFlags %d >>" % (kept, SIGNED_APPEND_ONLY)})


def _signed(
    pdf: bytes, tail: bytearray, range_at: int, size: int, signer: Signer, chain: Sequence[bytes]
) -> bytes:
    """The appended revision with its byte range and signature filled in. `range_at` counts in `tail`."""
    begin = tail.index(b"/Contents <", range_at) + len(b"/Contents ")
    end = begin + 2 * size + 2
    ranges = (len(pdf) + begin, len(pdf) + end, len(tail) - end)
    text = BYTE_RANGE % ranges
    tail[range_at : range_at + len(text)] = text
    digest = hashlib.sha256(pdf)
    digest.update(tail[:begin])
    digest.update(tail[end:])
    content = build_cms(signer, digest.digest(), chain)
    if len(content) > size:
        raise UserError("signing.signature_too_large")
    encoded = content.hex().encode("ascii")
    tail[begin + 1 : begin + 1 + len(encoded)] = encoded
    return bytes(tail)
