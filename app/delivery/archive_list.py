"""The list of an archive: one row per transcript version, as `danh-sach.csv` keeps it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final

from app.errors import UserError

LIST: Final = "danh-sach.csv"
HEADINGS: Final = (
    "Năm học",
    "Lớp",
    "Mã học sinh",
    "Họ và tên",
    "Mã học bạ",
    "Phiên bản",
    "Trạng thái",
    "Đóng dấu lúc",
    "Tệp PDF",
    "SHA-256 của PDF",
    "Tệp XML",
    "SHA-256 của XML",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One version of one transcript in the archive; paths start with "data/". Order as HEADINGS."""

    year: str
    class_name: str
    pupil_code: str
    pupil_name: str
    transcript_id: str
    version: int
    state_text: str
    sealed_at: str
    """ISO 8601 with offset, "" when unknown."""
    pdf_path: str
    pdf_sha256: str
    xml_path: str
    xml_sha256: str

    def files(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """(path, SHA-256) of both files."""
        return (self.pdf_path, self.pdf_sha256), (self.xml_path, self.xml_sha256)


def write_list(rows: Iterable[Row]) -> bytes:
    """CSV with commas, in UTF-8 with a byte order mark, so that Excel shows the letters right."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([getattr(row, item.name) for item in fields(Row)] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def read_list(data: bytes) -> tuple[Row, ...]:
    """The rows of a list that `write_list` made; UserError delivery.bag_changed for any other content."""
    try:
        lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
        if not lines or tuple(lines[0]) != HEADINGS:
            raise UserError("delivery.bag_changed", path=LIST)
        return tuple(_row(line) for line in lines[1:])
    except (ValueError, csv.Error) as error:
        raise UserError("delivery.bag_changed", path=LIST) from error


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """By year, newest first, then class (numbers by value); pupils stay in the order they came in."""
    by_class = sorted(rows, key=lambda row: class_order(row.class_name))
    return tuple(sorted(by_class, key=lambda row: row.year, reverse=True))


def class_order(name: str) -> tuple[tuple[int, str], ...]:
    """Sorts 2B before 10A."""
    parts = re.findall(r"\d+|\D+", name)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def _row(line: list[str]) -> Row:
    if len(line) != len(HEADINGS):
        raise ValueError(f"{len(line)} columns")
    year, class_name, code, name, transcript_id, version, state, sealed_at, *files = line
    pdf_path, pdf_sha256, xml_path, xml_sha256 = files
    return Row(
        year=year,
        class_name=class_name,
        pupil_code=code,
        pupil_name=name,
        transcript_id=transcript_id,
        version=int(version),
        state_text=state,
        sealed_at=sealed_at,
        pdf_path=pdf_path,
        pdf_sha256=pdf_sha256,
        xml_path=xml_path,
        xml_sha256=xml_sha256,
    )
