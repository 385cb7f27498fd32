"""The structure tree of a tagged PDF: what each piece of a page is, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.transcript.pdf_file import PdfFile, references

ATTRIBUTES: Final = {"TH": b"/A<</O/Table/Scope/Column>>"}


class Node:
    """One structure element. Kids are nodes or (page index, content id) pairs."""

    __slots__ = ("attributes", "kids", "number", "role")

    def __init__(self, role: str) -> None:
        self.role = role
        self.kids: list[Node | tuple[int, int]] = []
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
        return not self.kids


def write_tree(file: PdfFile, document: Node, pages: list[int]) -> int:
    """Write the tree below `document`; return the number of its StructTreeRoot.

    `pages` are the object numbers of the pages; page n has the structure key n. Signature fields stay outside
    the tree: EU DSS takes filling a field that it also meets through the tree for a forbidden change.
    """
    document.pruned()
    root = file.reserve()
    for node in document.walk():
        node.number = file.reserve()
    parents: list[list[int]] = [[] for _ in pages]
    _write(file, document, root, pages, parents)
    entries = [b"%d %b" % (index, references(numbers)) for index, numbers in enumerate(parents)]
    tree = file.add(b"<</Nums[%b]>>" % b" ".join(entries))
    body = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
    return file.put(root, body % (document.number, tree, len(entries)))


def _write(file: PdfFile, node: Node, parent: int, pages: list[int], parents: list[list[int]]) -> None:
    kids: list[bytes] = []
    first_page: int | None = None
    for kid in node.kids:
        if isinstance(kid, Node):
            _write(file, kid, node.number, pages, parents)
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
    page_entry = b"" if first_page is None else b"/Pg %d 0 R" % pages[first_page]
    body = b"<</S/%b/P %d 0 R%b%b/K[%b]>>"
    role = node.role.encode("ascii")
    file.put(node.number, body % (role, parent, page_entry, node.attributes, b" ".join(kids)))
