"""Invented pupils for the tests of the transcript: ordinary, longest, emptiest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from app.records.programme import programme_for
from app.records.types import (
    ClassYear,
    Enrolment,
    HistoryRow,
    Level,
    Period,
    PeriodResults,
    Pupil,
    PupilYear,
    Regime,
    School,
    Sex,
    Signatory,
    SubjectResult,
    TraitLevel,
    TraitResult,
    TranscriptData,
    YearClass,
    YearOutcome,
)

VIETNAM = timezone(timedelta(hours=7))
YEAR = "2023-2024"

LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
ALL_LETTERS = LETTERS + LETTERS.upper()

OLD_SCHOOL = School(
    code="94000123",
    name="Trường Tiểu học Thuận Hưng C",
    commune="Xã Thuận Hưng",
    district="Huyện Mỹ Tú",
    province="Tỉnh Sóc Trăng",
)
NEW_SCHOOL = replace(OLD_SCHOOL, commune="Xã Thuận Hoà", district="", province="Thành phố Cần Thơ")

SHORT = "Đọc to, rõ ràng; viết chữ đều nét, trình bày sạch đẹp."
LONG = (
    "Em đọc lưu loát, diễn cảm, hiểu nội dung bài học và biết liên hệ với cuộc sống; viết đoạn văn đủ ý, "
    "câu văn giàu hình ảnh. Cần luyện thêm cách dùng dấu câu, chú ý viết đúng các tiếng có âm đầu s/x, tr/ch "
    "và tự tin hơn khi trình bày ý kiến trước tập thể lớp."
)
GROUPS = {
    "PC": "Đi học đầy đủ, đúng giờ; mạnh dạn khi thực hiện nhiệm vụ học tập, biết giữ lời hứa.",
    "NLC": "Biết vệ sinh thân thể, ăn mặc gọn gàng; chủ động, phối hợp trong học tập; có khả năng tự học.",
    "NLDT": "Sử dụng ngôn ngữ lưu loát trong cuộc sống và học tập, biết tư duy, lập luận.",
}


def results(grade: int, comment: str = SHORT, *, extra: tuple[str, ...] = ()) -> PeriodResults:
    """Good results in every subject and trait of the grade."""
    programme = programme_for("2024-2025" if grade == 5 else YEAR, grade)
    tested = programme.tests[Period.CN]
    return PeriodResults(
        {
            code: SubjectResult(Level.T if place % 3 else Level.H, 9 if code in tested else None, comment)
            for place, code in enumerate((*programme.subjects, *extra))
        },
        {
            code: TraitResult(TraitLevel.T if place % 4 else TraitLevel.D)
            for place, code in enumerate(programme.traits)
        },
        GROUPS,
    )


def transcript(grade: int = 2, *, comment: str = SHORT, extra: tuple[str, ...] = ()) -> TranscriptData:
    """An ordinary pupil of Thuận Hưng C; `extra` adds elective subject codes."""
    programme = programme_for("2024-2025" if grade == 5 else YEAR, grade)
    return TranscriptData(
        transcript_id="HB-94000123-2023-0000000001",
        version=1,
        replaces=None,
        issued_at=datetime(2024, 6, 5, 9, 15, 30, tzinfo=VIETNAM),
        school=OLD_SCHOOL,
        place="Thuận Hưng",
        year="2024-2025" if grade == 5 else YEAR,
        pupil=Pupil(
            code="9412345678",
            name="Thạch Thị Sô Phia",
            birth_date=date(2016, 3, 9),
            sex=Sex.FEMALE,
            vnedu_code="2512345678",
            personal_id="094316001234",
            ethnicity="Khmer",
            birth_place="Xã Thuận Hưng, huyện Mỹ Tú, tỉnh Sóc Trăng",
            hometown="Xã Thuận Hưng, huyện Mỹ Tú, tỉnh Sóc Trăng",
            residence="Ấp Tà Ân A1, xã Thuận Hưng, huyện Mỹ Tú, tỉnh Sóc Trăng",
            father="Thạch Sơn",
            mother="Lý Thị Ngọc Hân",
        ),
        enrolment=Enrolment(
            class_name=f"{grade}A",
            grade=grade,
            register_number="0127/2022",
            enrolled_on=date(2022, 9, 5),
            height_cm=118.5,
            weight_kg=21.0,
            absent_excused=2,
            absent_unexcused=0,
        ),
        history=(
            HistoryRow("2022-2023", "1A", OLD_SCHOOL.name, "0127/2022", date(2022, 9, 5)),
            HistoryRow("2023-2024", "2A", OLD_SCHOOL.name, "0127/2022"),
        ),
        subjects=(*programme.subjects, *extra),
        traits=programme.traits,
        results=results(grade, comment, extra=extra),
        outcome=YearOutcome(
            confirmed=YearClass.HTT,
            awards=("Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện",),
            completed=True,
            promoted=True,
            completed_primary=True if grade == 5 else None,
        ),
        teacher=Signatory(("GIÁO VIÊN CHỦ NHIỆM",), "Trần Thị Bích Ngọc"),
        leader=Signatory(("KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"), "Nguyễn Hoàng Phương Uyên"),
    )


def longest() -> TranscriptData:
    """Grade 4 with an elective, the longest names and long comments everywhere."""
    data = transcript(4, comment=LONG, extra=("TDT",))
    name = "Nguyễn Hoàng Phương Thảo Quỳnh Trang Thượng Nghiêm Khuyên"
    place = (
        "Khóm Trường Thượng Nghĩa, phường Nguyễn Nghiêm Thượng, thành phố Nghĩa Lộ Thượng, "
        "tỉnh Thừa Thiên Huế"
    )
    pupil = replace(
        data.pupil,
        name=name,
        birth_place=place,
        hometown=place,
        residence=f"Số nhà 1234/56/78, đường Nguyễn Thị Minh Khai nối dài, {place}",
        father=name,
        mother=name,
        guardian=f"{name} (bà ngoại)",
    )
    traits = {code: replace(result, comment=LONG[:120]) for code, result in data.results.traits.items()}
    awards = (*data.outcome.awards, "Đạt giải Nhì hội giao lưu An toàn giao thông cấp huyện", "Thư khen")
    history = tuple(
        HistoryRow(
            f"{2016 + n}-{2017 + n}", "4A10", f"Trường Tiểu học {name}", f"{n:04}/2016", date(2016, 9, 5)
        )
        for n in range(9)
    )
    return replace(
        data,
        pupil=pupil,
        history=history,
        results=replace(data.results, traits=traits),
        outcome=replace(data.outcome, awards=awards, promoted=False, completed=False, decision="12/QĐ-TH"),
        teacher=replace(data.teacher, name=name),
        leader=replace(data.leader, name=name),
    )


def emptiest() -> TranscriptData:
    """Only what the type demands."""
    data = transcript(1)
    return replace(
        data,
        school=School("", "", "", "", ""),
        place="",
        pupil=Pupil(code="", name="", nationality=""),
        enrolment=Enrolment("", 1, regime=Regime.NOT_ASSESSED),
        history=(),
        results=PeriodResults(),
        outcome=YearOutcome(),
        teacher=Signatory((), ""),
        leader=Signatory((), ""),
    )


def school_class(pupils: int = 31, grade: int = 4) -> ClassYear:
    """A class of near-identical pupils with results in every period."""
    data = transcript(grade, extra=("TDT",))
    rows = tuple(
        PupilYear(
            replace(data.pupil, code=f"94{number:08}", name=f"Thạch Thị Sô Phia {number}"),
            data.enrolment,
            dict.fromkeys(Period, data.results),
            data.outcome,
        )
        for number in range(1, pupils + 1)
    )
    return ClassYear(f"{grade}A", grade, YEAR, "Trần Thị Bích Ngọc", rows)
