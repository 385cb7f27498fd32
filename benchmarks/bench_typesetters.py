"""The two pages of a year's results by us, by WeasyPrint and by Typst: same data, font and PDF/A-3b.

Ours makes all five pages, the XML record and its attachment as well; the others only the two with the tables.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from importlib import import_module
from importlib.util import find_spec
from itertools import cycle
from typing import Final

from app.paths import resource
from app.records.programme import field_name
from app.records.types import TranscriptData
from app.workflows.freezing import render
from benchmarks.material import transcripts
from benchmarks.timing import Row, medians

ROUNDS: Final = 9
_FONTS: Final = resource("fonts", "LiberationSerif-Regular.ttf").parent
_HEADS: Final = ("Môn học, hoạt động giáo dục", "Mức đạt được", "Điểm KTĐK", "Nhận xét")
_TRAIT_HEADS: Final = ("Phẩm chất, năng lực", "Mức đạt được", "Nhận xét")
_STYLE: Final = """
@page { size: A4; margin: 20mm 15mm } body { font: 12pt "Liberation Serif" } h1 { font-size: 14pt }
table { width: 100%; border-collapse: collapse } th, td { border: 0.5pt solid; padding: 2pt 4pt }
.next { break-before: page } .sign { display: flex; justify-content: space-between }
"""

Table = tuple[Sequence[str], Sequence[Sequence[str]]]


def rows() -> Iterator[Row]:
    """One row per typesetter that is there; the others are named as missing."""
    batch = list(transcripts())
    for name, module, typeset in (("WeasyPrint", "weasyprint", _weasyprint), ("Typst", "typst", _typst)):
        work = f"one transcript, beside {name}"
        if find_spec(module) is None:
            yield Row(work, 0.0, baseline=f"SKIPPED: {name} is not installed")
            continue
        works = (partial(_next, render, cycle(batch)), partial(_next, typeset, cycle(batch)))
        ours, theirs = medians(works, rounds=ROUNDS)
        yield Row(work, ours, 0.025, f"{name}: the two pages of results", theirs)


def _next(work: Callable[[TranscriptData], object], turn: Iterator[TranscriptData]) -> object:
    return work(next(turn))


def tables(data: TranscriptData) -> tuple[Table, Table]:
    """Subjects and traits as rows of words."""
    subjects = [
        (field_name(code), found.level or "", "" if found.score is None else str(found.score), found.comment)
        for code in data.subjects
        if (found := data.results.subjects.get(code)) is not None
    ]
    traits = [
        (field_name(code), trait.level or "", trait.comment)
        for code in data.traits
        if (trait := data.results.traits.get(code)) is not None
    ]
    return (_HEADS, subjects), (_TRAIT_HEADS, traits)


def _lines(data: TranscriptData) -> tuple[str, ...]:
    pupil, enrolment = data.pupil, data.enrolment
    return (
        f"Họ và tên: {pupil.name}   Lớp: {enrolment.class_name}",
        f"Chiều cao: {enrolment.height_cm} cm   Cân nặng: {enrolment.weight_kg} kg",
        f"Khen thưởng: {'; '.join(data.outcome.awards)}",
        f"{data.place}, {data.issued_at:%d/%m/%Y}   {data.teacher.name}   {data.leader.name}",
    )


def _weasyprint(data: TranscriptData) -> bytes:
    weasyprint = import_module("weasyprint")
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    first, second = (
        "<table><tr>"
        + "".join(f"<th>{escape(head)}</th>" for head in heads)
        + "</tr>"
        + "".join("<tr>" + "".join(f"<td>{escape(word)}</td>" for word in words) + "</tr>" for words in lines)
        + "</table>"
        for heads, lines in tables(data)
    )
    name, body, awards, signed = map(escape, _lines(data))
    page = (
        f"<html lang=vi><style>{_STYLE}</style><h1>{name}</h1><p>{body}</p>{first}"
        f"<h1 class=next>{name}</h1>{second}<p>{awards}</p><p class=sign>{signed}</p></html>"
    )
    return bytes(weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/a-3b"))


def _typst(data: TranscriptData) -> bytes:
    typst = import_module("typst")
    first, second = (
        f"#table(columns: {len(heads)},"
        + ",".join(_quoted(word) for line in (heads, *lines) for word in line)
        + ")"
        for heads, lines in tables(data)
    )
    name, body, awards, signed = map(_quoted, _lines(data))
    source = "\n".join(
        (
            '#set page(paper: "a4", margin: (x: 15mm, y: 20mm))',
            '#set document(title: "Học bạ", date: datetime(year: 2024, month: 6, day: 3))',
            '#set text(font: "Liberation Serif", size: 12pt, lang: "vi")',
            f"= #{name}\n#{body}\n\n{first}\n#pagebreak()\n= #{name}\n{second}\n#{awards}\n\n#{signed}",
        )
    ).encode()
    fonts = [str(_FONTS)]
    return bytes(typst.compile(source, font_paths=fonts, ignore_system_fonts=True, pdf_standards="a-3b"))


def _quoted(text: str) -> str:
    """A string literal of Typst."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
