"""Each judge by name: what it is asked, how its answer is read, and what it must refuse."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lxml import etree

from conformance import java_tools, spoiling
from conformance.java_tools import Unavailable
from conformance.verdicts import Folder, Sample, Verdict

# DSS meets a signature field twice: on the page, where filling it is expected, and through the structure tree
# (ISO 32000-1, 14.7.4.3), where it takes the very same filling for an unknown change.
FIELD_BY_STRUCTURE: Final = re.compile(r"/Catalog /StructTreeRoot .* /Obj \d+ 0 R /V \d+ 0 R CREATION")
XADES_PROPERTIES: Final = "http://uri.etsi.org/01903/v1.3.2#:SignedProperties"


@dataclass(frozen=True, slots=True)
class Judge:
    """A tool and the question it answers; `examine` yields verdicts or raises Unavailable."""

    name: str
    question: str
    examine: Callable[[Folder, Path], Iterable[Verdict]]


def verapdf(folder: Folder, work: Path) -> Iterator[Verdict]:
    """PDF/A-3b of every PDF: unsigned, after each signature, time-stamped, with validation data."""
    java_tools.build()
    broken = spoiling.without_metadata(folder.pdfs[0].path, work / "no-metadata.pdf")
    paths = [*(pdf.path for pdf in folder.pdfs), *folder.later]
    answers = java_tools.run("VeraCheck", [*paths, broken])
    for path in paths:
        yield _vera_verdict(path, answers[str(path)])
    yield _vera_verdict(broken, answers[str(broken)], expected=False)


def _vera_verdict(path: Path, answer: dict[str, Any], expected: bool = True) -> Verdict:
    detail = "; ".join(answer["failed"][:3])
    return Verdict("veraPDF", "PDF/A-3b", path.name, bool(answer["compliant"]), detail, expected)


def dss_pdf(folder: Folder, work: Path) -> Iterator[Verdict]:
    """Every PAdES signature found, intact, of level B, and nothing changed after it."""
    java_tools.build()
    sealed = _most_signed(folder.pdfs).path
    spoiled = [
        spoiling.with_changed_byte(sealed, work / "changed-byte.pdf"),
        spoiling.with_turned_page(sealed, work / "turned-page.pdf"),
    ]
    yield from _dss(folder, folder.pdfs, spoiled, "PAdES")


def dss_xml(folder: Folder, work: Path) -> Iterator[Verdict]:
    """Every XAdES signature found, intact and of level B."""
    java_tools.build()
    spoiled = [spoiling.with_changed_text(_most_signed(folder.xmls).path, work / "changed-text.xml")]
    signed = [xml for xml in folder.xmls if xml.signatures]
    yield from _dss(folder, signed, spoiled, "XAdES")


def _dss(folder: Folder, good: Sequence[Sample], spoiled: Sequence[Path], family: str) -> Iterator[Verdict]:
    trust = [folder.anchors, folder.chain or folder.anchors]
    answers = java_tools.run("DssCheck", [*trust, *(sample.path for sample in good), *spoiled])
    question = f"{family} level B"
    for sample in good:
        problems = dss_problems(answers[str(sample.path)], sample.signatures, family)
        yield Verdict("EU DSS", question, sample.path.name, not problems, "; ".join(problems))
    for path in spoiled:
        problems = dss_problems(answers[str(path)], len(answers[str(path)]["signatures"]), family)
        yield Verdict("EU DSS", question, path.name, not problems, "; ".join(problems), expected=False)


def dss_problems(answer: dict[str, Any], signatures: int, family: str) -> list[str]:
    """What is wrong in DSS's answer about one file; empty when all `signatures` pass."""
    found = answer["signatures"]
    problems = [answer["error"]] if "error" in answer else []
    if len(found) != signatures:
        problems.append(f"{len(found)} signatures found, {signatures} expected")
    for one in found:
        changes = [change for change in one["modified"] if not FIELD_BY_STRUCTURE.fullmatch(change)]
        wrong = [
            text
            for text, bad in (
                (f"level {one['level']}", one["level"] != f"{family}-BASELINE-B"),
                (f"{one['indication']} {one['sub_indication']}", one["indication"] != "TOTAL_PASSED"),
                ("not intact", not one["intact"]),
                ("chain not trusted", not one["trusted"]),
                ("signs nothing", one["scopes"] == 0),
                (f"changed after signing: {', '.join(changes[:2])}", changes),
            )
            if bad
        ]
        problems += [f"{one['signer']}: {', '.join(wrong)}"] if wrong else []
    return problems


def pdfsig(folder: Folder, work: Path) -> Iterator[Verdict]:
    """Poppler finds every signature valid, and the last one covers the whole file."""
    _need("pdfsig")
    for pdf in folder.pdfs:
        if pdf.signatures:
            yield _pdfsig_verdict(pdf.path, pdf.signatures, expected=True)
    sealed = _most_signed(folder.pdfs)
    for spoil, name in ((spoiling.with_changed_byte, "byte"), (spoiling.with_turned_page, "page")):
        path = spoil(sealed.path, work / f"pdfsig-{name}.pdf")
        yield _pdfsig_verdict(path, sealed.signatures, expected=False)


def _pdfsig_verdict(path: Path, signatures: int, expected: bool) -> Verdict:
    said = _run("pdfsig", "-nocert", str(path)).stdout
    valid = said.count("Signature Validation: Signature is Valid.")
    whole = len(re.findall(r"- Total document signed", said))
    pades = said.count("Signature Type: ETSI.CAdES.detached")
    good = valid == pades == signatures and whole == 1
    detail = "" if good else f"{valid} valid, {pades} ETSI.CAdES, {whole} whole, of {signatures}"
    return Verdict("pdfsig", "PDF signatures valid", path.name, good, detail, expected)


def xmlsec1(folder: Folder, work: Path) -> Iterator[Verdict]:
    """The xmlsec library verifies every XML signature up to the trust anchor."""
    _need("xmlsec1")
    for xml in folder.xmls:
        if xml.signatures:
            yield _xmlsec_verdict(xml.path, xml.signatures, folder, expected=True)
    sealed = _most_signed(folder.xmls)
    spoiled = spoiling.with_changed_text(sealed.path, work / "xmlsec-text.xml")
    yield _xmlsec_verdict(spoiled, sealed.signatures, folder, expected=False)


def _xmlsec_verdict(path: Path, signatures: int, folder: Folder, expected: bool) -> Verdict:
    root = etree.parse(path).getroot()
    tags = {element.tag for element in root.iter("*") if "Id" in element.attrib}
    names = sorted({tag for tag in tags if isinstance(tag, str) and not tag.startswith("{")})
    identified = [part for name in [*names, XADES_PROPERTIES] for part in ("--id-attr:Id", name)]
    found = len(root.findall(".//{http://www.w3.org/2000/09/xmldsig#}Signature"))
    trust = ["--enabled-key-data", "x509", "--trusted-pem", str(folder.anchors)]
    trust += ["--untrusted-pem", str(folder.chain)] if folder.chain else []
    refused = []
    for number in range(1, found + 1):
        node = ["--node-xpath", f"(//*[local-name()='Signature'])[{number}]"]
        if _run("xmlsec1", "--verify", *trust, *identified, *node, str(path)).returncode != 0:
            refused.append(str(number))
    good = found == signatures and not refused
    detail = "" if good else f"{found} found of {signatures}, refused: {', '.join(refused) or 'none'}"
    return Verdict("xmlsec1", "XML signatures valid", path.name, good, detail, expected)


def qpdf(folder: Folder, work: Path) -> Iterator[Verdict]:
    """The PDF's structure is sound."""
    _need("qpdf")
    files = [(path, True) for path in (*(pdf.path for pdf in folder.pdfs), *folder.later)]
    files.append((spoiling.truncated(folder.pdfs[0].path, work / "truncated.pdf"), False))
    for path, expected in files:
        done = _run("qpdf", "--check", str(path))
        detail = "" if done.returncode == 0 else (done.stderr or done.stdout)[-200:].strip()
        yield Verdict("qpdf", "PDF structure", path.name, done.returncode == 0, detail, expected)


def bagit(folder: Folder, work: Path) -> Iterator[Verdict]:
    """The Library of Congress's own BagIt tool accepts the archive."""
    if importlib.util.find_spec("bagit") is None:
        raise Unavailable("the bagit package is not installed")
    if folder.archive is None:
        raise Unavailable("the samples hold no archive folder")
    spoiled = work / "spoiled-archive"
    shutil.copytree(folder.archive, spoiled)
    with next(path for path in sorted((spoiled / "data").rglob("*")) if path.is_file()).open("ab") as payload:
        payload.write(b"x")
    for path, expected in ((folder.archive, True), (spoiled, False)):
        done = _run(sys.executable, "-m", "bagit", "--validate", "--quiet", str(path))
        detail = "" if done.returncode == 0 else done.stderr[-300:].strip()
        yield Verdict("bagit", "archive (RFC 8493)", path.name, done.returncode == 0, detail, expected)


JUDGES: Final = (
    Judge("veraPDF", "PDF/A-3b", verapdf),
    Judge("EU DSS", "PAdES level B", dss_pdf),
    Judge("EU DSS", "XAdES level B", dss_xml),
    Judge("pdfsig", "PDF signatures valid", pdfsig),
    Judge("xmlsec1", "XML signatures valid", xmlsec1),
    Judge("qpdf", "PDF structure", qpdf),
    Judge("bagit", "archive (RFC 8493)", bagit),
)


def _most_signed(samples: Sequence[Sample]) -> Sample:
    return max(samples, key=lambda sample: sample.signatures)


def _need(program: str) -> None:
    if shutil.which(program) is None:
        raise Unavailable(f"no {program} on this machine")


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
    )
