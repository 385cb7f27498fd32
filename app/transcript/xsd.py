"""Writes the schema and the tables of its documentation from `xml_model`: `python -m app.transcript.xsd`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from app.paths import resource
from app.records import xml_names as n
from app.transcript.xml_model import GROUPS, MANY, SIMPLE, SOURCES, START, UNFILLED, Group, Item, Simple, walk

SCHEMA: Final = ("xsd", "hoc-ba.xsd")
DOCUMENT: Final = "xml-hoc-ba.md"
BEGIN: Final = "<!-- bảng do app/transcript/xsd.py ghi: bắt đầu -->\n"
END: Final = "<!-- bảng do app/transcript/xsd.py ghi: hết -->\n"
_DSIG: Final = "http://www.w3.org/2000/09/xmldsig#"
_HEAD: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- Lược đồ tệp dữ liệu học bạ số tiểu học, cấu trúc {n.STRUCTURE_VERSION}. Giải thích: docs/xml-hoc-ba.md.
     Tệp này do app/transcript/xsd.py ghi ra từ app/transcript/xml_model.py; không sửa tay.
     Thẻ vắng mặt nghĩa là không ghi nhận. Ô ký trống trước khi ký, sau đó chứa ds:Signature. -->
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="unqualified">
"""


def schema() -> str:
    """The whole XSD."""
    parts = [_HEAD, _element(Item(n.ROOT, START, GROUPS[START].label, "K", least=1), "  ", top=True)]
    parts += [_complex(name, group) for name, group in GROUPS.items()]
    parts += [_simple(name, kind) for name, kind in SIMPLE.items()]
    return "\n".join(parts) + "</xs:schema>\n"


def _element(item: Item, indent: str, *, top: bool = False) -> str:
    often = "" if item.least or top else ' minOccurs="0"'
    often += f' maxOccurs="{item.most}"' if item.most != "1" else ""
    told = escape(f"{item.label} [{item.source}]" + (f"; ví dụ: {item.example}" if item.example else ""))
    lines = [
        f'<xs:element name="{item.name}" type="{item.kind}"{often}>',
        f'  <xs:annotation><xs:documentation xml:lang="vi">{told}</xs:documentation></xs:annotation>',
        *_unique(item),
        "</xs:element>",
    ]
    return "".join(f"{indent}{line}\n" for line in lines)


def _unique(item: Item) -> Iterator[str]:
    for child, key in GROUPS[item.kind].unique if item.kind in GROUPS else ():
        yield f'  <xs:unique name="{child}.{key}">'
        yield f'    <xs:selector xpath="{child}"/><xs:field xpath="{key}"/>'
        yield "  </xs:unique>"


def _complex(name: str, group: Group) -> str:
    if group.slot:
        attributes = f'namespace="{_DSIG}" processContents="skip" minOccurs="0" maxOccurs="unbounded"'
        content = f"      <xs:any {attributes}/>\n"
    else:
        content = "".join(_element(item, "      ") for item in group.items)
    return (
        f'  <xs:complexType name="{name}">\n    <xs:sequence>\n{content}    </xs:sequence>\n'
        f"{_identifier(group.identifier)}  </xs:complexType>\n"
    )


def _identifier(value: str) -> str:
    if not value:
        return ""
    if value == "*":
        return f'    <xs:attribute name="{n.ID_ATTRIBUTE}" type="xs:ID" use="required"/>\n'
    return (
        f'    <xs:attribute name="{n.ID_ATTRIBUTE}" use="required">\n'
        '      <xs:simpleType><xs:restriction base="xs:ID">'
        f'<xs:enumeration value="{value}"/></xs:restriction></xs:simpleType>\n'
        "    </xs:attribute>\n"
    )


def _simple(name: str, kind: Simple) -> str:
    facets = "".join(f"      <xs:{facet} value={quoteattr(value)}/>\n" for facet, value in kind.facets)
    return (
        f'  <xs:simpleType name="{name}">\n'
        f'    <xs:annotation><xs:documentation xml:lang="vi">{escape(kind.words)}</xs:documentation>'
        f'</xs:annotation>\n    <xs:restriction base="{kind.base}">\n{facets}    </xs:restriction>\n'
        "  </xs:simpleType>\n"
    )


def tables() -> str:
    """The tables of the documentation: sources, then every element of every group."""
    lines = ["### Nguồn của tên thẻ\n", *(f"- **{code}**: {words}" for code, words in SOURCES.items()), ""]
    for tag, group in _groups():
        lines += [f"### `{tag}`: {group.label}\n", *_attribute(group), *_rows(group), ""]
    return "\n".join(lines)


def _groups() -> Iterator[tuple[str, Group]]:
    """Every element that has children, once, by its tag."""
    yield n.ROOT, GROUPS[START]
    for _, item in walk():
        if item.kind in GROUPS:
            yield item.name, GROUPS[item.kind]


def _attribute(group: Group) -> list[str]:
    if not group.identifier:
        return []
    told = "bắt buộc, duy nhất trong tệp" if group.identifier == "*" else f"luôn là `{group.identifier}`"
    return [f"Thuộc tính `{n.ID_ATTRIBUTE}`: {told}.\n"]


def _rows(group: Group) -> list[str]:
    if group.slot:
        return ["Trống trước khi ký; sau đó chứa các thẻ `ds:Signature` (XML Signature, XAdES B-B)."]
    head = ["| thẻ | số lần | kiểu | nội dung | nguồn | ví dụ |", "|---|---|---|---|---|---|"]
    return head + [_row(item) for item in group.items]


def _row(item: Item) -> str:
    often = f"{item.least}–n" if item.most == MANY else "1" if item.least else "0–1"
    kind = SIMPLE[item.kind].words if item.kind in SIMPLE else "xem dưới"
    label = f"{item.label} (dành sẵn: chương trình không ghi)" if item.name in UNFILLED else item.label
    example = f"`{item.example}`" if item.example else ""
    return f"| `{item.name}` | {often} | {kind} | {label} | {item.source} | {example} |"


def documented(text: str) -> str:
    """The documentation with its tables made anew; ValueError when it has lost its marks."""
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise ValueError("the marks of the tables are missing")
    return re.sub(
        f"(?<={re.escape(BEGIN)}).*(?={re.escape(END)})", lambda _: f"\n{tables()}\n", text, flags=re.DOTALL
    )


def main(docs: Path = Path("docs")) -> None:
    """Write both files anew, the documentation in the working folder's docs/."""
    resource(*SCHEMA).write_text(schema(), encoding="utf-8")
    document = docs / DOCUMENT
    document.write_text(documented(document.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
