"""Who a row is about: name, codes, birth date and class, read with what the whole column proves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.excel.blocks import Block
from app.excel.book import Sheet, address, shown
from app.excel.dates import order_is_doubtful, read_date
from app.excel.header import Header
from app.excel.legacy_text import Encoding, restore_name_case
from app.excel.parsed import Findings, Where
from app.excel.titles import class_name
from app.excel.values import Code, Problem, is_digits, name_text, read_code
from app.records.identity import check_personal_id, restore_zeros
from app.records.types import Severity, Sex

_CODE_FIELDS = ("code", "any_code", "vnedu_code", "personal_id")


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What columns prove as a whole: the one length of their text codes, doubtful date columns."""

    code_length: dict[int, int]
    doubtful_dates: frozenset[int]


def column_facts(sheet: Sheet, block: Block) -> ColumnFacts:
    """Looks at all rows of a block once."""
    lengths: dict[int, int] = {}
    doubtful: set[int] = set()
    for column, field in block.header.fields.items():
        values = [sheet.value(row, column) for row, _ in block.rows]
        if field in ("code", "vnedu_code"):
            texts = Counter(
                len(value.strip()) for value in values if isinstance(value, str) and is_digits(value.strip())
            )
            if len(texts) == 1:
                lengths[column] = next(iter(texts))
        elif field in ("birth_date", "enrolled_on") and order_is_doubtful(values):
            doubtful.add(column)
    return ColumnFacts(lengths, frozenset(doubtful))


@dataclass(frozen=True, slots=True)
class Person:
    """The identity cells of one row."""

    where: Where
    class_name: str
    code: str
    personal_id: str
    vnedu_code: str
    name: str
    birth_date: date | None

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two rows the same pupil: any code, else class, name and birth date."""
        code = self.code or self.personal_id or self.vnedu_code
        return ("code", code) if code else ("name", self.class_name, self.name.casefold(), self.birth_date)


class RowReader:
    """One row of a sheet: its cells by field, with problems reported under the pupil's name."""

    def __init__(
        self, sheet: Sheet, header: Header, row: int, facts: ColumnFacts, findings: Findings
    ) -> None:
        self.sheet, self.header, self.row = sheet, header, row
        self._facts, self._findings = facts, findings
        self.name = self._name()

    def report(self, severity: Severity, column: int, code: str, **facts: object) -> None:
        """Keep a problem of the cell in `column`."""
        value = shown(self.sheet.value(self.row, column))
        heading = self.header.texts.get(column, "")
        place = address(self.row, column)
        base = {"pupil": self.name or "học sinh chưa rõ tên", "value": value, "heading": heading}
        self._findings.add(severity, self.sheet.name, place, code, **(base | facts))

    def cell(self, column: int) -> str:
        return address(self.row, column)

    def person(self, fallback_class: str, latest_year: int, sex: Sex | None) -> Person:
        """All identity cells; what cannot be read is reported and left empty."""
        birth = self.date_in("birth_date", latest_year)
        codes = {field: self._code(field) for field in _CODE_FIELDS}
        if not codes["personal_id"] and len(codes["any_code"]) == 12:
            codes["personal_id"], codes["any_code"] = codes["any_code"], ""
        first = min(self.header.fields, default=0)
        return Person(
            where=Where(self.sheet.name, address(self.row, first)),
            class_name=self._class(fallback_class),
            code=codes["code"] or codes["any_code"],
            personal_id=self._personal_id(codes["personal_id"], sex, birth),
            vnedu_code=codes["vnedu_code"],
            name=self.name,
            birth_date=birth,
        )

    def _class(self, fallback: str) -> str:
        column = self.header.column("class_name")
        return (
            class_name(self.sheet.text(self.row, column))
            if column is not None and self.text("class_name")
            else fallback
        )

    def text(self, field: str) -> str:
        """The cell of `field` on one line, "" when there is none."""
        column = self.header.column(field)
        return self.sheet.text(self.row, column) if column is not None else ""

    def person_name(self, column: int) -> str:
        """The name in a cell: U+00D0 as Đ; the case restored where TCVN3 lost it."""
        name = name_text(self.sheet.value(self.row, column))
        legacy = self.sheet.legacy.get((self.row, column))
        return restore_name_case(name) if legacy == Encoding.TCVN3 else name

    def _name(self) -> str:
        wanted = ("name", "name_rest", "family_name", "given_name")
        parts = [self.person_name(column) for column, held in self.header.fields.items() if held in wanted]
        return " ".join(part for part in parts if part)

    def date_in(self, field: str, latest_year: int) -> date | None:
        """The date in the cell of `field`; doubtful orders are kept with a warning."""
        column = self.header.column(field)
        value = self.sheet.value(self.row, column) if column is not None else None
        if value is None or column is None:
            return None
        found = read_date(value, latest_year)
        if found is None:
            self.report(Severity.ERROR, column, "excel.date")
            return None
        if found.doubt == "us_order" or (column in self._facts.doubtful_dates and not isinstance(value, str)):
            self.report(Severity.WARNING, column, "excel.date_order", read=found.value.strftime("%d/%m/%Y"))
        return found.value

    def _code(self, field: str) -> str:
        column = self.header.column(field)
        value = self.sheet.value(self.row, column) if column is not None else None
        if value is None or column is None:
            return ""
        code = read_code(value)
        if isinstance(code, Problem):
            self.report(Severity.ERROR, column, code.code)
            return ""
        return self._with_zeros(code, column)

    def _with_zeros(self, code: Code, column: int) -> str:
        """Zeros that Excel dropped, when all codes kept as text in the column have one length."""
        length = self._facts.code_length.get(column, 0)
        if not code.was_number or len(code.text) >= length:
            return code.text
        self.report(Severity.NOTE, column, "excel.code_restored", read=code.text.zfill(length))
        return code.text.zfill(length)

    def _personal_id(self, text: str, sex: Sex | None, birth: date | None) -> str:
        column = self.header.column("personal_id")
        if not text or column is None:
            return text
        restored = restore_zeros(text, sex, birth) or self._zeros_by_year(text, birth)
        if restored is not None:
            self.report(Severity.NOTE, column, "excel.code_restored", read=restored)
            return restored
        if check_personal_id(text, sex, birth):
            self.report(Severity.WARNING, column, "excel.personal_id")
        return text

    def _zeros_by_year(self, text: str, birth: date | None) -> str | None:
        """Without the sex: the one completion that fits province and birth year, if there is one."""
        if birth is None or self.header.has("sex", "female"):
            return None
        found = {restore_zeros(text, sex, birth) for sex in Sex} - {None}
        return found.pop() if len(found) == 1 else None


def latest_year(year: str) -> int:
    """The last calendar year of a school year: nobody is born later, and two-digit years end there."""
    return int(year[-4:])


def duplicates(people: Iterable[Person], findings: Findings) -> set[int]:
    """Positions of rows whose pupil stands further up already; each is reported."""
    seen: dict[tuple[object, ...], Person] = {}
    repeated: set[int] = set()
    for position, person in enumerate(people):
        first = seen.setdefault(person.key, person)
        if first is person:
            continue
        repeated.add(position)
        where = person.where
        facts = {"pupil": person.name, "other": first.name, "first": first.where.cell}
        findings.error(where.sheet, where.cell, "excel.duplicate", **facts)
    return repeated
