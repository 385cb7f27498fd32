"""The structure tree of a tagged PDF: what each piece of a page is, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.transcript.pdf_file import PdfFile, references

ATTRIBUTES: Final = {"TH": b"/A<</O/Table/Scope/Column>>"}


class Node:
    """One structure element. Kids are nodes, (page index, content id) pairs, or an annotation's number."""

    __slots__ = ("annotation", "attributes", "kids", "number", "role")

    def __init__(self, role: str, *, annotation: tuple[int, int] | None = None) -> None:
        self.role = role
        self.kids: list[Node | tuple[int, int]] = []
        self.annotation = annotation
        self.attributes = ATTRIBUTES.get(role, b"")
        self.number = 0

    def walk(self) -> Iterator[Node]:
        """This node and everything below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def pruned(self) -> bool:
        """Drop descendants without content; True when nothing is left of this node either."""
        self.kids = [kid for kid in self.kids if not (isinstance(kid, Node) and kid.pruned())]
        return not self.kids and self.annotation is None


def write_tree(file: PdfFile, document: Node, pages: list[int]) -> int:
    """Write the tree below `document`; return the number of its StructTreeRoot.

    `pages` are the object numbers of the pages. Page n has the structure key n; annotations follow,
    in reading order, which is the order in which the caller numbers them.
    """
    document.pruned()
    root = file.reserve()
    for node in document.walk():
        node.number = file.reserve()
    parents: list[list[int]] = [[] for _ in pages]
    fields: list[int] = []
    _write(file, document, root, pages, parents, fields)
    entries = [b"%d %b" % (index, references(numbers)) for index, numbers in enumerate(parents)]
    entries += [b"%d %d 0 R" % (len(pages) + index, number) for index, number in enumerate(fields)]
    tree = file.add(b"<</Nums[%b]>>" % b" ".join(entries))
    body = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
    return file.put(root, body % (document.number, tree, len(entries)))


def _write(
    file: PdfFile, node: Node, parent: int, pages: list[int], parents: list[list[int]], fields: list[int]
) -> None:
    kids: list[bytes] = []
    first_page: int | None = None
    for kid in node.kids:
        if isinstance(kid, Node):
            _write(file, kid, node.number, pages, parents, fields)
            kids.append(b"%d 0 R" % kid.number)
            continue
        page, content = kid
        parents[page].append(node.number)
        if first_page is None:
            first_page = page
        if page == first_page:
            kids.append(b"%d" % content)
        else:
            kids.append(b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (pages[page], content))
    if node.annotation is not None:
        widget, page = node.annotation
        kids.append(b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % (widget, pages[page]))
        fields.append(node.number)
    page_entry = b"" if first_page is None else b"/Pg %d 0 R" % pages[first_page]
    body = b"<</S/%b/P %d 0 R%b%b/K[%b]>>"
    role = node.role.encode("ascii")
    file.put(node.number, body % (role, parent, page_entry, node.attributes, b" ".join(kids)))
