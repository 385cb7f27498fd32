"""Whether a revision leaves the description of a document as it is: only dates and the program may change."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, StreamObject
from pyhanko.pdf_utils.metadata.model import ExpandedName, XmpValue
from pyhanko.pdf_utils.metadata.xmp_xml import parse_xmp
from pyhanko.pdf_utils.reader import HistoricalResolver

from app.signing.pdf_update import written

CHANGING_INFO: Final = frozenset({"/ModDate", "/Producer"})
CHANGING_XMP: Final = frozenset({"ModifyDate", "MetadataDate", "Producer"})


def keeps_description(old: HistoricalResolver, new: HistoricalResolver) -> bool:
    """True when title, author and everything else that describes the document is the same."""
    return _info(old) == _info(new) and _description(old) == _description(new)


def _info(resolver: HistoricalResolver) -> dict[str, bytes]:
    if "/Info" not in resolver.trailer_view:
        return {}
    info = resolver.trailer_view.raw_get("/Info")
    if isinstance(info, IndirectObject):
        info = resolver(info.reference)  # the view itself would look it up in the newest revision
    if not isinstance(info, DictionaryObject):
        return {}
    return {name: written(info.raw_get(name)) for name in info if name not in CHANGING_INFO}


def _description(resolver: HistoricalResolver) -> list[dict[ExpandedName, XmpValue]]:
    if "/Metadata" not in resolver.root:
        return []
    stream = resolver.root.get_value_as_reference("/Metadata").get_object()
    if not isinstance(stream, StreamObject):
        return []
    return [
        {name: value for name, value in part if name.local_name not in CHANGING_XMP}
        for part in parse_xmp(BytesIO(stream.data))
    ]
