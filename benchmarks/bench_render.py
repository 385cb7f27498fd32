"""One transcript from frozen data to XML and PDF/A-3b, and a whole school on two cores."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from itertools import cycle, islice
from multiprocessing import get_context
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.paths import resource
from app.records.types import TranscriptData
from app.workflows.freezing import render
from benchmarks.material import PUPILS, transcripts
from benchmarks.timing import Row, medians

CORES: Final = 2
BARE_PAGES: Final = 5


def rows() -> list[Row]:
    """Render one (beside a bare reportlab file with the same font), then a school."""
    batch = list(transcripts())
    turn = cycle(batch)
    one, bare = medians([lambda: render(next(turn)), _bare_pages], rounds=25)
    everybody = list(islice(cycle(batch), PUPILS))
    return [
        Row("render one transcript (XML + PDF/A-3b)", one, 0.025, f"{BARE_PAGES} bare reportlab pages", bare),
        Row(
            f"render {PUPILS} transcripts on {CORES} cores",
            _school(everybody),
            15.0,
            "one by one",
            one * PUPILS,
        ),
    ]


def _school(batch: Sequence[TranscriptData]) -> float:
    start = time.perf_counter()
    with ProcessPoolExecutor(CORES, mp_context=get_context("spawn")) as pool:
        for _ in pool.map(render, batch, chunksize=8):
            pass
    return time.perf_counter() - start


def _bare_pages() -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    for number in range(BARE_PAGES):
        canvas.setFont("Bare", 12)
        for line in range(40):
            canvas.drawString(60, 800 - 18 * line, f"Trang {number}, dòng {line}: Hoàn thành tốt")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


pdfmetrics.registerFont(TTFont("Bare", str(resource("fonts", "LiberationSerif-Regular.ttf"))))
