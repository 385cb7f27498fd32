"""Nothing overlaps, nothing leaves its page, nothing vanishes: the nastiest data on every page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from app.records.types import Enrolment, FormOptions, Pupil, Regime, TranscriptData, Untaught
from app.transcript import form, words
from app.transcript.pdf import render_draft, render_pdf
from app.transcript.xml import build_xml
from tests.transcript.reading import run, stored
from tests.transcript.samples import GROUPS, LONG, emptiest, longest, transcript

Word = tuple[float, float, float, float, str]
"""Left, top, right, bottom in points from the top left corner, and the word."""


def _long_items() -> TranscriptData:
    data = transcript(4)
    awards = tuple(f"Đạt giải Nhì hội thi viết chữ đẹp cấp trường lần thứ {n}" for n in range(1, 41))
    decision = "số 12/QĐ-THTHC ngày 05 tháng 6 năm 2024 của Hiệu trưởng Trường Tiểu học Thuận Hưng C " * 3
    return replace(data, outcome=replace(data.outcome, awards=awards, decision=decision.strip()))


def _flexible() -> TranscriptData:
    data = transcript(2)
    enrolment = replace(data.enrolment, regime=Regime.FLEXIBLE)
    return replace(data, subjects=("TV", "TOAN"), enrolment=enrolment)


def _single_comments() -> TranscriptData:
    data = transcript(5, comment=LONG)
    traits = {code: replace(one, comment=LONG) for code, one in data.results.traits.items()}
    return replace(data, results=replace(data.results, traits=traits, group_comments=GROUPS))


NASTY = {
    **{f"grade {grade}": transcript(grade, extra=("TDT",)) for grade in range(1, 6)},
    "longest": longest(),
    "emptiest": emptiest(),
    "long items": _long_items(),
    "flexible": _flexible(),
    "struck": replace(longest(), form=FormOptions(Untaught.STRUCK, foreign_language="Tiếng Anh")),
    "flexible struck": replace(_flexible(), form=FormOptions(Untaught.STRUCK)),
    "all comments": _single_comments(),
    "not assessed": replace(emptiest(), pupil=Pupil("1", "An"), enrolment=Enrolment("5A", 5)),
}


def words_of(path: Path) -> Iterator[list[Word]]:
    """Words of each page with their boxes, what turns or stands pale across it left out."""
    pattern = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
    for page in run("pdftotext", "-bbox", path, "-").split("<page ")[1:]:
        found = [(*map(float, match[:4]), match[4]) for match in pattern.findall(page)]
        yield [(a, b, c, d, text) for a, b, c, d, text in found if d - b < 60]


def overlapping(page: list[Word]) -> list[tuple[str, str]]:
    """Pairs of words that share ground: by more than what tones of one line leave to the next."""
    found = []
    ordered = sorted(page, key=lambda word: word[1])
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other[1] >= one[3]:
                break
            across = min(one[2], other[2]) - max(one[0], other[0])
            down = min(one[3], other[3]) - other[1]
            if across >= 1 and down >= 0.45 * min(one[3] - one[1], other[3] - other[1]):
                found.append((one[4], other[4]))
    return found


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The issued PDF of each of the nasty samples."""
    folder = tmp_path_factory.mktemp("nasty")
    return {
        name: stored(render_pdf(data, xml=build_xml(data)), folder, f"{place}.pdf")
        for place, (name, data) in enumerate(NASTY.items())
    }


@pytest.mark.parametrize("name", NASTY)
def test_no_word_overlaps_or_leaves_its_page(name: str, printed: Mapping[str, Path]) -> None:
    for page in words_of(printed[name]):
        assert overlapping(page) == []
        assert min(word[0] for word in page) >= form.LEFT - 12
        assert max(word[2] for word in page) <= form.RIGHT + 1
        assert min(word[1] for word in page) >= 15
        assert max(word[3] for word in page) <= form.A4[1] - 12


def test_an_overlap_would_be_seen() -> None:
    assert overlapping([(0, 0, 20, 10, "a"), (15, 2, 40, 12, "b")]) == [("a", "b")]
    assert overlapping([(0, 0, 20, 10, "a"), (0, 9, 40, 19, "b")]) == []


@pytest.mark.parametrize("name", NASTY)
def test_every_word_of_the_data_is_found(name: str, printed: Mapping[str, Path]) -> None:
    data = NASTY[name]
    text = run("pdftotext", "-raw", printed[name], "-")
    squeezed = "".join(line for line in text.splitlines() if "SHA-256" not in line)
    squeezed = "".join(squeezed.split())
    results = data.results
    said = [
        *(data.pupil.name, data.pupil.residence, data.pupil.guardian, data.school.name, data.leader.name),
        *(results.subjects[code].comment for code in data.subjects if code in results.subjects),
        *(results.traits[code].comment for code in data.traits if code in results.traits),
        *results.group_comments.values(),
        *data.outcome.awards,
        *(row.school for row in data.history),
    ]
    assert [one for one in said if "".join(one.removeprefix("Trường ").split()) not in squeezed] == []


@pytest.mark.parametrize("grade", [1, 2, 3, 4, 5])
def test_an_ordinary_year_takes_five_pages(grade: int, printed: Mapping[str, Path]) -> None:
    assert len(list(words_of(printed[f"grade {grade}"]))) == 5


@pytest.mark.parametrize("name", NASTY)
def test_signatures_stand_below_item_6(name: str, printed: Mapping[str, Path]) -> None:
    *_, last = words_of(printed[name])
    lines = " ".join(word[4] for word in last)
    assert words.TEACHER_HEADING in lines
    assert words.COMPLETION_TITLE in lines


@pytest.mark.parametrize("name", ["grade 1", "longest", "long items"])
def test_item_6_is_never_parted_from_the_signatures(name: str, tmp_path: Path) -> None:
    """Item 5 grows past the end of a page: item 6 goes over with the block or not at all."""
    data = NASTY[name]
    for count in range(0, 60, 6):
        awards = tuple(f"Khen thưởng đột xuất lần thứ {n} trong năm học" for n in range(count))
        longer = replace(data, outcome=replace(data.outcome, awards=awards))
        *_, last = words_of(stored(render_pdf(longer, xml=build_xml(longer)), tmp_path))
        assert words.COMPLETION_TITLE in " ".join(word[4] for word in last)
        assert overlapping(last) == []


def test_a_page_that_goes_on_says_whose_it_is(printed: Mapping[str, Path]) -> None:
    text = run("pdftotext", "-raw", printed["longest"], "-")
    assert text.count("(tiếp theo)") == 3
    assert f"{longest().pupil.name} – Lớp 4A – Năm học 2023 – 2024 (tiếp theo)" in " ".join(text.split())


def test_a_draft_has_the_same_pages(printed: Mapping[str, Path], tmp_path: Path) -> None:
    draft = list(words_of(stored(render_draft(longest()), tmp_path)))
    assert len(draft) == len(list(words_of(printed["longest"])))


def test_an_item_6_longer_than_a_page_keeps_its_end_with_the_signatures(tmp_path: Path) -> None:
    data = transcript(4)
    decision = "Quyết định về việc được lên lớp của học sinh " * 60 + "dòng cuối cùng"
    data = replace(data, outcome=replace(data.outcome, decision=decision))
    *_, last = words_of(stored(render_pdf(data, xml=build_xml(data)), tmp_path))
    lines = " ".join(word[4] for word in last)
    assert words.TEACHER_HEADING in lines
    assert "dòng cuối cùng)" in lines
