"""Frozen record values to XML elements and back: one codec per type, driven by the names in `xml_names`.

A text that is empty and a value that is None are both written as no element at all; reading gives them back
by the attribute's type, so the round trip is exact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import MappingProxyType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

from lxml import etree

from app.records.types import Sex

T = TypeVar("T")

SEX_CODES: Final[Mapping[Sex | None, str]] = {None: "0", Sex.MALE: "1", Sex.FEMALE: "2"}
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EXCERPT: Final = 20


class BadCharacter(ValueError):
    """A text for `element` holds a character that XML 1.0 cannot hold; `near` is the text before it."""

    def __init__(self, element: etree._Element, text: str, place: int) -> None:
        super().__init__(element.tag)
        self.element = element
        self.near = text[max(0, place - _EXCERPT) : place]
        self.code = f"U+{ord(text[place]):04X}"


@dataclass(frozen=True, slots=True)
class Codec:
    """How one type is written and read; `absent` is what no element means."""

    write: Callable[[Any], str | None]
    read: Callable[[str], Any]
    absent: object = None


def text_element(parent: etree._Element, tag: str, text: str) -> etree._Element:
    """Append `<tag>text</tag>`; BadCharacter when XML cannot hold the text."""
    element = etree.SubElement(parent, tag)
    found = _ILLEGAL.search(text)
    if found:
        raise BadCharacter(element, text, found.start())
    element.text = text
    return element


def write_fields(
    parent: etree._Element,
    value: object,
    names: Mapping[str, str],
    beside: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> None:
    """Append one element per attribute of `value` that says something, in the order of `names`.

    `beside`: attribute → element and text that says it once more, written right behind it unless empty.
    """
    kind: Any = type(value)
    codecs = _codecs(kind)
    for attribute, tag in names.items():
        content = getattr(value, attribute)
        codec = codecs[attribute]
        for item in content if codec.absent == () else (content,):
            text = codec.write(item)
            if text is not None:
                text_element(parent, tag, text)
        again, words = beside.get(attribute, ("", ""))
        if words:
            text_element(parent, again, words)


def read_fields(parent: etree._Element, kind: type[T], names: Mapping[str, str]) -> dict[str, Any]:
    """Keyword arguments for `kind` from the children of `parent`."""
    hashable: Any = kind
    codecs = _codecs(hashable)
    return {attribute: _read(parent, tag, codecs[attribute]) for attribute, tag in names.items()}


def _read(parent: etree._Element, tag: str, codec: Codec) -> object:
    found = parent.findall(tag)
    if codec.absent == ():
        return tuple(element.text or "" for element in found)
    return codec.read(found[0].text or "") if found else codec.absent


@cache
def _codecs(kind: Any) -> Mapping[str, Codec]:
    return {name: _codec(hint) for name, hint in get_type_hints(kind).items()}


def _codec(hint: Any) -> Codec:
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (argument for argument in get_args(hint) if argument is not type(None))
    if hint is Sex:
        return Codec(SEX_CODES.__getitem__, {code: sex for sex, code in SEX_CODES.items()}.__getitem__)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Codec(_optional(lambda member: str(member.value)), hint)
    return _CODECS.get(get_origin(hint) or hint, _NESTED)


def _optional(write: Callable[[Any], str]) -> Callable[[Any], str | None]:
    return lambda value: None if value is None else write(value)


_NESTED: Final = Codec(lambda value: None, str)
_CODECS: Final[Mapping[object, Codec]] = {
    str: Codec(lambda text: text or None, str, ""),
    bool: Codec(_optional(lambda flag: "1" if flag else "0"), lambda text: text == "1"),
    int: Codec(_optional(str), int),
    float: Codec(_optional(lambda number: repr(float(number))), float),
    date: Codec(_optional(date.isoformat), date.fromisoformat),
    datetime: Codec(_optional(datetime.isoformat), datetime.fromisoformat),
    tuple: Codec(str, str, ()),
}
