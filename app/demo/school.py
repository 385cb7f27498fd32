"""A generated school like the plan's: 27 classes, 847 invented pupils, results of the year's end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from app.demo.names import Person, person, relative
from app.demo.results import Comments, year_results
from app.errors import UserError
from app.records.awards import award_text, computed
from app.records.classification import propose
from app.records.completion import propose_outcome
from app.records.names import sort_key
from app.records.programme import Programme, out_of_scope_reason, programme_for
from app.records.types import ClassYear, Enrolment, Period, Pupil, PupilYear, School, Sex, YearOutcome

SCHOOL: Final = School("94722999", "Trường Tiểu học Thuận Hưng Mẫu", "Thuận Hưng", "Mỹ Tú", "Sóc Trăng")
CLASSES: Final = (6, 6, 5, 5, 5)
"""Number of classes per grade 1-5."""
_PLACES: Final = ("Thuận Hưng", "Mỹ Hương", "Long Hưng", "Phú Mỹ", "Mỹ Thuận", "Hưng Phú")
_HAMLETS: Final = ("Trà Lây", "Tà Ân A", "Bưng Tróp", "Giồng Chùa", "Phú Túc", "Thiện Bình")


@dataclass(frozen=True, slots=True)
class DemoSchool:
    """The school, its classes (teachers' names inside), and the people who lead it."""

    school: School
    year: str
    classes: tuple[ClassYear, ...]
    vice_principal: Person
    clerk: Person
    checker: Person


def make_school(*, pupils: int = 847, year: str = "2023-2024", seed: int = 27) -> DemoSchool:
    """The same arguments give the same school. UserError demo.too_few for less than one pupil a grade."""
    if pupils < len(CLASSES):
        raise UserError("demo.too_few", least=len(CLASSES))
    random = Random(f"{seed}/{year}/{pupils}")
    names = _class_names(pupils)
    sizes = [pupils // len(names) + (1 if i < pupils % len(names) else 0) for i in range(len(names))]
    maker = _Maker(random, year)
    return DemoSchool(
        school=SCHOOL,
        year=year,
        classes=tuple(maker.klass(name, size) for name, size in zip(names, sizes, strict=True)),
        vice_principal=person(random, Sex.MALE, "Kinh"),
        clerk=person(random, Sex.FEMALE, "Kinh"),
        checker=person(random, Sex.FEMALE, "Khmer"),
    )


def _class_names(pupils: int) -> list[str]:
    """1A … 5E; a small school has fewer classes, at least one in each grade."""
    scale = min(1.0, pupils / 540)
    return [
        f"{grade}{'ABCDEFGH'[number]}"
        for grade, count in enumerate(CLASSES, start=1)
        for number in range(max(1, round(count * scale)))
    ]


class _Maker:
    def __init__(self, random: Random, year: str) -> None:
        self._random = random
        self._year = year
        self._first = int(year[:4])
        self._number = 0

    def klass(self, name: str, size: int) -> ClassYear:
        """One class with its teacher; grade 5 of 2023-2024 has a list and no results."""
        grade = int(name[0])
        entries = [self._entry(name, grade) for _ in range(size)]
        entries.sort(key=lambda entry: sort_key(entry.pupil.name))
        if out_of_scope_reason(self._year, grade) is None:
            programme = programme_for(self._year, grade)
            comments = Comments(self._random)
            entries = [self._with_results(entry, programme, comments) for entry in entries]
        teacher = person(self._random, Sex.FEMALE if self._random.random() < 0.75 else Sex.MALE)
        return ClassYear(name, grade, self._year, teacher.name, tuple(entries))

    def _with_results(self, entry: PupilYear, programme: Programme, comments: Comments) -> PupilYear:
        """Results of the year's end and what follows from them: class, completion, promotion, award."""
        marked = replace(entry, results={Period.CN: year_results(self._random, programme, comments)})
        code = propose(self._year, marked).code
        proposed = propose_outcome(code, programme.grade)
        return replace(
            marked,
            outcome=YearOutcome(
                confirmed=code,
                awards=tuple(award_text(title) for title in computed(code)),
                completed=proposed.completed,
                promoted=bool(proposed.promoted),
            ),
        )

    def _entry(self, class_name: str, grade: int) -> PupilYear:
        random = self._random
        self._number += 1
        who = person(random)
        born = date(self._first - 5 - grade, 1, 1) + timedelta(days=random.randrange(365))
        home = f"Ấp {random.choice(_HAMLETS)}, xã {random.choice(_PLACES)}, huyện Mỹ Tú, tỉnh Sóc Trăng"
        start = self._first - grade + 1
        pupil = Pupil(
            code=f"94{self._first % 100:02}{self._number:06}",
            name=who.name,
            birth_date=born,
            sex=who.sex,
            personal_id=self._personal_id(who.sex, born),
            ethnicity=who.ethnicity,
            birth_place=f"Xã {random.choice(_PLACES)}, huyện Mỹ Tú, tỉnh Sóc Trăng",
            hometown=f"Xã {random.choice(_PLACES)}, huyện Mỹ Tú, tỉnh Sóc Trăng",
            residence=home,
            father=relative(random, who.name, Sex.MALE, who.ethnicity),
            mother=relative(random, who.name, Sex.FEMALE, who.ethnicity),
        )
        return PupilYear(pupil, self._enrolment(class_name, grade, start))

    def _personal_id(self, sex: Sex, born: date) -> str:
        """Twelve digits of someone born in Sóc Trăng after 2000 (D5.3)."""
        return f"094{2 if sex is Sex.MALE else 3}{born.year % 100:02}{self._number * 7 + 100003:06}"

    def _enrolment(self, class_name: str, grade: int, start: int) -> Enrolment:
        random = self._random
        return Enrolment(
            class_name=class_name,
            grade=grade,
            register_number=f"{self._number:04}/{start}",
            enrolled_on=date(start, 8, random.randrange(15, 30)),
            height_cm=float(108 + 5 * grade + random.randrange(10)),
            weight_kg=float(16 + 2 * grade + random.randrange(6)),
            absent_excused=random.choice((0, 0, 0, 1, 1, 2, 3)),
            absent_unexcused=random.choice((0, 0, 0, 0, 0, 1)),
        )
