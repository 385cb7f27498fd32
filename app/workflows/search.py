"""One search for everything: pupils, classes, numbers of transcripts, and the code printed on a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Final

from app.errors import UserError
from app.models import classes as class_rows
from app.models import settings as settings_store
from app.models import transcripts as transcript_rows
from app.models.store import Store
from app.models.values import VersionRecord
from app.records import page_code
from app.records.names import search_form
from app.records.permissions import Action, Actor, allowed
from app.records.types import ClassYear, PupilYear

EACH: Final = 8
"""Hits shown of one kind."""
_SHORTEST_NUMBER: Final = 6


class HitKind(StrEnum):
    """What was found, in the order in which it is shown."""

    CLASS = "class"
    PUPIL = "pupil"
    TRANSCRIPT = "transcript"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `pupil_code` is any code of the pupil; `text` is what looking a page code up takes."""

    kind: HitKind
    title: str
    detail: str
    class_name: str = ""
    pupil_code: str = ""
    text: str = ""


def search(*, store: Store, actor: Actor, text: str) -> tuple[Hit, ...]:
    """What fits `text` in the active year among what this person may look up; case and diacritics aside.

    At most `EACH` hits of a kind, in class order, never by result. Nothing typed finds nothing.
    """
    wanted = search_form(text)
    if not wanted:
        return ()
    with store.reading() as session:
        year = settings_store.active_year(session)
        classes = [
            item
            for item in class_rows.load_classes(session, year, ())
            if allowed(actor, Action.LOOK_UP, class_name=item.name)
        ]
        versions = transcript_rows.current_versions(session, year) if _is_number(wanted) else ()
    seen = {item.name for item in classes}
    found: tuple[Iterable[Hit], ...] = (
        _classes(classes, wanted),
        _pupils(classes, wanted),
        _transcripts((one for one in versions if one.class_name in seen), wanted),
        _codes(text),
    )
    return tuple(hit for hits in found for hit in islice(hits, EACH))


def _is_number(wanted: str) -> bool:
    return len(wanted) >= _SHORTEST_NUMBER and any(char.isdigit() for char in wanted)


def _classes(classes: Iterable[ClassYear], wanted: str) -> Iterator[Hit]:
    name = wanted.removeprefix("lop ")
    for item in classes:
        if search_form(item.name).startswith(name):
            yield Hit(HitKind.CLASS, f"Lớp {item.name}", f"{len(item.pupils)} học sinh", item.name)


def _pupils(classes: Iterable[ClassYear], wanted: str) -> Iterator[Hit]:
    for item in classes:
        for entry in item.pupils:
            if matches(entry, wanted):
                pupil = entry.pupil
                born = f"{pupil.birth_date:%d/%m/%Y}" if pupil.birth_date else "chưa có ngày sinh"
                code = pupil.code or pupil.personal_id or pupil.vnedu_code
                detail = f"Lớp {item.name} · {born} · mã {code or 'chưa có'}"
                yield Hit(HitKind.PUPIL, pupil.name, detail, item.name, code)


def matches(entry: PupilYear, wanted: str) -> bool:
    """Whether name or one of the codes holds `wanted`, a `search_form`."""
    pupil = entry.pupil
    codes = (pupil.code, pupil.vnedu_code, pupil.personal_id)
    return wanted in search_form(pupil.name) or any(wanted in search_form(code) for code in codes)


def _transcripts(versions: Iterable[VersionRecord], wanted: str) -> Iterator[Hit]:
    for one in versions:
        if wanted in search_form(one.transcript_id):
            detail = f"Bản {one.version} · lớp {one.class_name} · {one.transcript_id}"
            title = f"Học bạ của {one.pupil_name}"
            yield Hit(HitKind.TRANSCRIPT, title, detail, one.class_name, one.pupil_code)


def _codes(text: str) -> Iterator[Hit]:
    try:
        code = page_code.parse(text)
    except UserError:
        return  # most of what is typed is no code of a page
    yield Hit(HitKind.CODE, "Mã trên trang in", code.typed, text=text)
