"""What a judge says of one document, and the documents that judges are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SIGNATURES_OF_A_SEALED_DOCUMENT: Final = 3
_NUMBERED: Final = re.compile(r"^(?P<name>.+)\.(?P<signatures>[0-3])$")


@dataclass(frozen=True, slots=True)
class Sample:
    """One PDF or XML file and how many signatures it must hold."""

    path: Path
    signatures: int

    @property
    def is_pdf(self) -> bool:
        """True for a PDF, False for an XML data file."""
        return self.path.suffix == ".pdf"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of samples: documents, the trust anchors, certificates between them, and an archive."""

    documents: tuple[Sample, ...]
    anchors: Path
    chain: Path | None = None
    archive: Path | None = None
    later: tuple[Path, ...] = ()
    """Sealed PDFs with a time stamp, and with validation data."""

    @property
    def pdfs(self) -> tuple[Sample, ...]:
        """The PDF documents."""
        return tuple(sample for sample in self.documents if sample.is_pdf)

    @property
    def xmls(self) -> tuple[Sample, ...]:
        """The XML data files."""
        return tuple(sample for sample in self.documents if not sample.is_pdf)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judge's word on one document; `expected` is False for a document that was spoiled on purpose."""

    judge: str
    question: str
    file: str
    accepted: bool
    detail: str = ""
    expected: bool = True

    @property
    def right(self) -> bool:
        """True when a good document was accepted or a spoiled one refused."""
        return self.accepted == self.expected


def read_folder(folder: Path) -> Folder:
    """Find the samples of `folder`: `{name}.{signatures}.pdf|xml`, `{name}.xml` (sealed), `root.pem`.

    `chain.pem` (certificates that are not trusted by themselves), `archive/` and `later/` may be there.

    Raises FileNotFoundError when there is nothing to judge: an empty run proves nothing.
    """
    documents = tuple(_samples(sorted(folder.glob("*.pdf")) + sorted(folder.glob("*.xml"))))
    anchors = folder / "root.pem"
    if not documents or not anchors.is_file():
        raise FileNotFoundError(f"{folder} holds no documents or no root.pem")
    chain, archive = folder / "chain.pem", folder / "archive"
    return Folder(
        documents,
        anchors,
        chain=chain if chain.is_file() else None,
        archive=archive if archive.is_dir() else None,
        later=tuple(sorted((folder / "later").glob("*.pdf"))),
    )


def _samples(paths: Iterable[Path]) -> Iterable[Sample]:
    for path in paths:
        numbered = _NUMBERED.match(path.stem)
        yield Sample(path, int(numbered["signatures"]) if numbered else SIGNATURES_OF_A_SEALED_DOCUMENT)
