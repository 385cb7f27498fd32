"""Invented classes for the tests of workbooks, made from a seed."""

from __future__ import annotations

import random
from datetime import date

from app.records.programme import programme_for
from app.records.types import (
    ClassYear,
    Enrolment,
    Level,
    Period,
    PeriodResults,
    Pupil,
    PupilYear,
    Sex,
    SubjectResult,
    TraitLevel,
    TraitResult,
    YearClass,
    YearOutcome,
)

YEAR = "2023-2024"
FAMILY = ("Nguyễn", "Trần", "Lê", "Thạch", "Sơn", "Danh", "Lý", "Đặng", "Võ")
MIDDLE = ("Thị Ngọc", "Văn", "Hoàng", "Minh", "Gia", "Thị Bích", "Quốc")
GIVEN = ("An", "Ánh", "Bảo", "Dũng", "Đạt", "Hân", "Khôi", "Ly", "Phúc", "Quỳnh", "Trí", "Ý", "Xuân")


def klass(name: str = "4A", pupils: int = 4, seed: int = 1, period: Period = Period.CN) -> ClassYear:
    """A class with complete results in `period`."""
    rnd = random.Random(f"{name}{seed}")
    grade = int(name[0])
    people = tuple(_pupil(rnd, name, grade, number, period) for number in range(pupils))
    return ClassYear(name, grade, YEAR, "Lâm Thị Sa Rươl", people)


def _pupil(rnd: random.Random, name: str, grade: int, number: int, period: Period) -> PupilYear:
    sex = rnd.choice(list(Sex))
    birth = date(2023 - 5 - grade, rnd.randint(1, 12), rnd.randint(1, 28))
    digit = 2 if sex is Sex.MALE else 3
    serial = f"{sum(map(ord, name)) % 100:02d}{number:04d}"
    person = Pupil(
        code=f"94{serial}{grade}{number % 10}",
        name=f"{rnd.choice(FAMILY)} {rnd.choice(MIDDLE)} {rnd.choice(GIVEN)}",
        birth_date=birth,
        sex=sex,
        vnedu_code=f"25{serial}{grade}0",
        personal_id=f"094{digit}{birth.year % 100:02d}{serial}",
        ethnicity=rnd.choice(("Kinh", "Khmer", "Hoa")),
        birth_place="Bệnh viện Đa khoa Sóc Trăng",
        hometown="Ấp Tà Ân A2, xã Thuận Hưng, huyện Mỹ Tú, tỉnh Sóc Trăng",
        residence="Xã Thuận Hưng, huyện Mỹ Tú",
        father=f"{rnd.choice(FAMILY)} Văn {rnd.choice(GIVEN)}",
        mother=f"{rnd.choice(FAMILY)} Thị {rnd.choice(GIVEN)}",
    )
    place = Enrolment(
        class_name=name,
        grade=grade,
        register_number=f"{number + 101}/TH",
        enrolled_on=date(2023, 9, 5),
        height_cm=rnd.randint(110, 150) + rnd.choice((0.0, 0.5)),
        weight_kg=float(rnd.randint(18, 40)),
        absent_excused=rnd.randint(0, 5),
        absent_unexcused=rnd.randint(0, 2),
    )
    year_class = rnd.choice(list(YearClass))
    outcome = YearOutcome(
        confirmed=year_class,
        awards=("Học sinh Xuất sắc",) if year_class is YearClass.HTXS else (),
        completed=year_class is not YearClass.CHT,
        promoted=year_class is not YearClass.CHT,
    )
    return PupilYear(person, place, {period: results(rnd, grade, period)}, outcome)


def results(rnd: random.Random, grade: int, period: Period) -> PeriodResults:
    """Complete results of one pupil, comments and group comments included."""
    programme = programme_for(YEAR, grade)
    scored = programme.tests[period]
    subjects = {
        code: SubjectResult(
            level=rnd.choice(list(Level)),
            score=rnd.randint(0, 10) if code in scored else None,
            comment=f"Em học tốt phần {number}, cần đọc thêm sách.",
        )
        for number, code in enumerate(programme.subjects)
    }
    traits = {code: TraitResult(rnd.choice(list(TraitLevel))) for code in programme.traits}
    groups = {
        "PC": "Đi học đầy đủ, đúng giờ.",
        "NLC": "Biết tự học.",
        "NLDT": "Đọc trôi chảy, tính toán nhanh.",
    }
    return PeriodResults(subjects, traits, groups)
