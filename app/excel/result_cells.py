"""The cells of subjects, traits and comments of one row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from app.excel.book import Value, clean
from app.excel.identity_cells import RowReader
from app.excel.values import EXEMPT, Problem, is_exempt, read_level, read_score, read_trait_level
from app.records.programme import GROUP_NAMES, SUBJECT_NAMES, TRAIT_NAMES
from app.records.types import Level, Severity, SubjectResult, TraitLevel, TraitResult

KINDS: Final = ("level", "score", "comment")


@dataclass(slots=True)
class RowResults:
    """What a row says, by field ("TOAN.score", "YN.level", "PC"), with the cell of each value."""

    values: dict[str, object] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)

    def subjects(self) -> dict[str, SubjectResult]:
        """Subject code → result; only subjects with a value."""
        return {code: self._subject(code) for code in SUBJECT_NAMES if self._has(code)}

    def traits(self) -> dict[str, TraitResult]:
        """Trait code → result; only traits with a value."""
        return {code: self._trait(code) for code in TRAIT_NAMES if self._has(code)}

    def group_comments(self) -> dict[str, str]:
        """Group code → comment."""
        return {code: str(self.values[code]) for code in GROUP_NAMES if code in self.values}

    def _has(self, code: str) -> bool:
        return any(f"{code}.{kind}" in self.values for kind in KINDS)

    def _subject(self, code: str) -> SubjectResult:
        level, score, comment = (self.values.get(f"{code}.{kind}") for kind in KINDS)
        return SubjectResult(
            level=level if isinstance(level, Level) else None,
            score=score if isinstance(score, int) else None,
            comment=comment if isinstance(comment, str) else "",
        )

    def _trait(self, code: str) -> TraitResult:
        level, comment = self.values.get(f"{code}.level"), self.values.get(f"{code}.comment")
        return TraitResult(
            level=level if isinstance(level, TraitLevel) else None,
            comment=comment if isinstance(comment, str) else "",
        )


def read_results(row: RowReader) -> RowResults:
    """Every value of the row; what is wrong is reported and left out, the rest kept."""
    found = RowResults()
    for column, name in row.header.fields.items():
        code, _, kind = name.partition(".")
        is_result = kind in KINDS and (code in SUBJECT_NAMES or code in TRAIT_NAMES)
        if not is_result and name not in GROUP_NAMES:
            continue
        value = row.sheet.value(row.row, column)
        if value is None:
            continue
        read = _read(row, column, code, kind or "comment", value)
        if read is not None:
            found.values[name] = read
            found.cells[name] = row.cell(column)
    return found


def _read(row: RowReader, column: int, code: str, kind: str, value: Value) -> object | None:
    if kind == "comment":
        return None if is_exempt(value) else comment_text(value)
    label = SUBJECT_NAMES.get(code) or TRAIT_NAMES.get(code, code)
    read: object
    if kind == "score":
        read = read_score(value)
    else:
        read = read_trait_level(value) if code in TRAIT_NAMES else read_level(value)
    if isinstance(read, Problem):
        row.report(Severity.NOTE if read is EXEMPT else Severity.ERROR, column, read.code, label=label)
        return None
    if kind == "score" and read == 0:
        row.report(Severity.WARNING, column, "excel.score_zero", label=label)
    return read


def comment_text(value: Value) -> str:
    """A comment as it will be stored: NFC, no stray spaces, line breaks kept."""
    if not isinstance(value, str):
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    lines = (" ".join(line.split()) for line in clean(value).replace("\t", " ").split("\n"))
    return "\n".join(line for line in lines if line)
