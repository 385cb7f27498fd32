"""One batch of transcripts through one or more runs: what is signed, refused and left always adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.records.types import SigningRole

if TYPE_CHECKING:
    from app.workflows.report import Failure
    from app.workflows.signing import SignNews, SignReport
    from app.workflows.signing_overview import Ready, TokenCard


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """One class of a batch. `now`: the run is, or stopped, at one of its transcripts."""

    name: str
    teacher: str
    signed: int
    failed: int
    total: int
    now: bool
    running: bool

    @property
    def left(self) -> int:
        """Neither signed nor refused."""
        return self.total - self.signed - self.failed


class Batch:
    """`chosen` never changes; signed + failed + left = chosen."""

    def __init__(
        self, role: SigningRole, token: TokenCard, chosen: tuple[Ready, ...], teachers: Mapping[str, str]
    ) -> None:
        self.role = role
        self.token = token
        self.chosen = chosen
        self.now: Ready | None = None
        self._teachers = teachers
        self._by_id = {item.transcript_id: item for item in chosen}
        self._signed: set[str] = set()
        self._failed: dict[str, Failure] = {}

    @property
    def signed(self) -> tuple[Ready, ...]:
        """Signed, kept and checked."""
        return tuple(item for item in self.chosen if item.transcript_id in self._signed)

    @property
    def failed(self) -> tuple[tuple[Ready, Failure], ...]:
        """Refused, each with its reason."""
        return tuple((self._by_id[number], failure) for number, failure in self._failed.items())

    @property
    def left(self) -> tuple[Ready, ...]:
        """Not looked at yet, or not reached."""
        gone = self._signed | self._failed.keys()
        return tuple(item for item in self.chosen if item.transcript_id not in gone)

    @property
    def counts(self) -> tuple[int, int, int]:
        """Signed, refused, left."""
        signed, failed = len(self._signed), len(self._failed)
        return signed, failed, len(self.chosen) - signed - failed

    @property
    def holder(self) -> str:
        """Whose token signs; its label when it carries several people's certificates."""
        people = self.token.people
        return people[0] if len(people) == 1 else self.token.label

    def hear(self, news: SignNews) -> None:
        """One document was begun or ended."""
        number = news.version.transcript_id
        self._refused(news.failed)
        if news.begun:
            self.now = self._by_id.get(number)
        elif number in self._by_id and number not in self._failed:
            self._signed.add(number)

    def end(self, report: SignReport | None) -> None:
        """The run is over; what the report says holds."""
        if report is not None:
            self._signed |= report.signed_ids & self._by_id.keys()
            self._refused(report.failed)

    def _refused(self, failures: Iterable[Failure]) -> None:
        for failure in failures:
            for number in failure.ids:
                if number in self._by_id and number not in self._signed:
                    self._failed[number] = failure

    def classes(self, *, running: bool) -> tuple[ClassProgress, ...]:
        """How far each class is, in the order of signing."""
        total = Counter(item.class_name for item in self.chosen)
        signed = Counter(self._by_id[number].class_name for number in self._signed)
        failed = Counter(self._by_id[number].class_name for number in self._failed)
        now = self.now.class_name if self.now is not None else ""
        return tuple(
            ClassProgress(
                name=name,
                teacher=self._teachers.get(name, ""),
                signed=signed[name],
                failed=failed[name],
                total=total[name],
                now=name == now,
                running=running,
            )
            for name in total
        )
