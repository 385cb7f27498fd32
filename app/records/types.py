"""The frozen values that cross every boundary: pupils, results, classes, transcripts, findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

EMPTY: Final[Mapping[str, str]] = MappingProxyType({})


class Period(StrEnum):
    """The four periods of assessment (Circular 27, article 7). CK2 is an alias of CN."""

    GK1 = "GK1"
    CK1 = "CK1"
    GK2 = "GK2"
    CN = "CN"


class Level(StrEnum):
    """Level of a subject or activity: Hoàn thành tốt, Hoàn thành, Chưa hoàn thành (article 7.1a)."""

    T = "T"
    H = "H"
    C = "C"


class TraitLevel(StrEnum):
    """Level of a quality or competency: Tốt, Đạt, Cần cố gắng (article 7.2). Đ is U+0110."""

    T = "T"
    D = "Đ"
    C = "C"


class YearClass(StrEnum):
    """Year-end classification (article 9.2a)."""

    HTXS = "HTXS"
    HTT = "HTT"
    HT = "HT"
    CHT = "CHT"


class Sex(StrEnum):
    """Sex as written on the form."""

    MALE = "nam"
    FEMALE = "nữ"


class Regime(StrEnum):
    """How a pupil is assessed (article 8)."""

    NORMAL = "normal"
    ADJUSTED = "adjusted"
    INDIVIDUAL_PLAN = "individual_plan"
    NOT_ASSESSED = "not_assessed"
    FLEXIBLE = "flexible"


class Status(StrEnum):
    """Enrolment status codes 01-12 of the sector database; the wording is in `records.codes`."""

    STUDYING = "01"
    ARRIVED_1 = "02"
    RETURNED_1 = "03"
    LEFT_1 = "04"
    DROPPED_1 = "05"
    ARRIVED_2 = "06"
    RETURNED_2 = "07"
    LEFT_2 = "08"
    DROPPED_2 = "09"
    ARRIVED_SUMMER = "10"
    LEFT_SUMMER = "11"
    DROPPED_SUMMER = "12"

    @property
    def active(self) -> bool:
        """True while the pupil belongs to the class."""
        return self.value in {"01", "02", "03", "06", "07", "10"}


class Stage(StrEnum):
    """Stage of a class in one period."""

    OPEN = "open"
    SUBMITTED = "submitted"
    APPROVED = "approved"


class SummerStage(StrEnum):
    """Stage of one pupil's assessment in summer (đánh giá bổ sung, Circular 27, article 11.2)."""

    LISTED = "listed"
    SUBMITTED = "submitted"
    APPROVED = "approved"


class TranscriptState(StrEnum):
    """State of one version of a transcript."""

    ISSUED = "issued"
    TEACHER_SIGNED = "teacher_signed"
    LEADER_SIGNED = "leader_signed"
    SEALED = "sealed"
    REVOKED = "revoked"


class SigningRole(StrEnum):
    """Who signs, in this order (GVCN, CBQL, the school's seal)."""

    TEACHER = "teacher"
    LEADER = "leader"
    SEAL = "seal"


class Role(StrEnum):
    """Roles of an account; one person may hold several."""

    ADMIN = "admin"
    HOMEROOM = "homeroom"
    SUBJECT_TEACHER = "subject_teacher"
    CHECKER = "checker"
    LEADER = "leader"
    CLERK = "clerk"


class Severity(StrEnum):
    """error blocks, warning needs a look, note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Untaught(StrEnum):
    """What becomes of the form's rows of subjects that the pupil does not study (domain D2.4)."""

    DROPPED = "dropped"
    STRUCK = "struck"


class SubjectOrder(StrEnum):
    """Order of the rows of table 1: the printed form's, or that of some provincial exports (domain D2.4)."""

    STANDARD = "standard"
    ARTS_FIRST = "arts_first"


@dataclass(frozen=True, slots=True)
class School:
    """The school and its place names; `district` is empty for years after 1 July 2025."""

    code: str
    name: str
    commune: str
    district: str
    province: str
    body: str = ""
    """The managing body above the school's name in its papers, empty when the school prints none."""


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil as on the birth certificate; the three codes are text and may be empty."""

    code: str
    """Mã định danh Bộ GD&ĐT (sector database)."""
    name: str
    birth_date: date | None = None
    sex: Sex | None = None
    vnedu_code: str = ""
    personal_id: str = ""
    """12-digit personal identification number."""
    ethnicity: str = ""
    nationality: str = "Việt Nam"
    birth_place: str = ""
    hometown: str = ""
    residence: str = ""
    father: str = ""
    mother: str = ""
    guardian: str = ""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A pupil's place in one class and year. Heights in cm, weights in kg, absences in days."""

    class_name: str
    grade: int
    status: Status = Status.STUDYING
    regime: Regime = Regime.NORMAL
    register_number: str = ""
    enrolled_on: date | None = None
    height_cm: float | None = None
    weight_kg: float | None = None
    absent_excused: int | None = None
    absent_unexcused: int | None = None


@dataclass(frozen=True, slots=True)
class SubjectResult:
    """Result of one subject in one period. `score` is the last test; `first_score` is kept on a retest."""

    level: Level | None = None
    score: int | None = None
    comment: str = ""
    first_score: int | None = None


@dataclass(frozen=True, slots=True)
class TraitResult:
    """Result of one quality or competency in one period."""

    level: TraitLevel | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class PeriodResults:
    """All results of a pupil in one period, keyed by subject code, trait code and group code.

    `group_comments` keys: "PC" (qualities), "NLC" (general), "NLDT" (specific competencies).
    """

    subjects: Mapping[str, SubjectResult] = field(default_factory=dict)
    traits: Mapping[str, TraitResult] = field(default_factory=dict)
    group_comments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class YearOutcome:
    """What the year ended with. Completion and promotion are separate (article 11)."""

    confirmed: YearClass | None = None
    awards: tuple[str, ...] = ()
    completed: bool | None = None
    """Hoàn thành chương trình lớp học."""
    promoted: bool | None = None
    """Được lên lớp."""
    completed_primary: bool | None = None
    """Hoàn thành chương trình tiểu học (grade 5 only)."""
    decision: str = ""
    """Number and date of the principal's decision, when promoted by decision."""


@dataclass(frozen=True, slots=True)
class Supplementary:
    """Supplementary assessment in summer: only what was assessed again (Circular 27, article 11.2).

    Once approved these values also stand in the year-end results; `before` keeps what they replaced, by cell
    ("TV.score"), as text.
    """

    stage: SummerStage = SummerStage.LISTED
    assessed_on: date | None = None
    subjects: Mapping[str, SubjectResult] = field(default_factory=dict)
    traits: Mapping[str, TraitResult] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One row of "Quá trình học tập"."""

    year: str
    class_name: str
    school: str
    register_number: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True)
class PupilYear:
    """One pupil in one class and year with everything recorded: what rules, forms and files read."""

    pupil: Pupil
    enrolment: Enrolment
    results: Mapping[Period, PeriodResults] = field(default_factory=dict)
    outcome: YearOutcome = field(default_factory=YearOutcome)
    history: tuple[HistoryRow, ...] = ()
    key: int = 0
    """The store's number of this enrolment; 0 when the value does not come from a store."""
    supplementary: Supplementary | None = None
    """Assessment in summer of a pupil who did not complete the year."""

    def period(self, period: Period) -> PeriodResults:
        """Results of a period, empty when nothing is recorded."""
        return self.results.get(period, PeriodResults())


@dataclass(frozen=True, slots=True)
class LocalRules:
    """What the circular leaves to the school, or where systems differ (domain D1.3, D1.4, D3.3)."""

    minority_language_test: bool = False
    """The school sets a test in Tiếng dân tộc at the two ends of term."""
    electives_count: bool = True
    """A recorded elective counts for the year class."""
    specific: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """Pairs of grade and the specific competencies shown there, where the school's system shows others."""


STANDARD: Final = LocalRules()


@dataclass(frozen=True, slots=True)
class ClassYear:
    """A class in one school year ("2023-2024") with its pupils in Vietnamese name order."""

    name: str
    grade: int
    year: str
    homeroom_teacher: str
    """Full name, empty when nobody is assigned."""
    pupils: tuple[PupilYear, ...]
    stages: Mapping[Period, Stage] = field(default_factory=dict)
    local: LocalRules = STANDARD


@dataclass(frozen=True, slots=True)
class Signatory:
    """Title lines and name printed in a signature block."""

    title: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class FormOptions:
    """What the school chooses within the form; frozen with a version, so that it prints alike for ever."""

    untaught: Untaught = Untaught.DROPPED
    order: SubjectOrder = SubjectOrder.STANDARD
    guidance: bool = True
    """Print the page "Hướng dẫn ghi học bạ"."""
    foreign_language: str = ""
    """Written below "Ngoại ngữ 1", such as "Tiếng Anh"."""
    minority_language: str = ""
    """Written below "Tiếng dân tộc", such as "Tiếng Khmer"."""


STANDARD_FORM: Final = FormOptions()


@dataclass(frozen=True, slots=True)
class TranscriptData:
    """Everything one transcript version says; frozen at issue. Same value, same bytes."""

    transcript_id: str
    version: int
    replaces: int | None
    issued_at: datetime
    """Aware, +07:00."""
    school: School
    place: str
    """Địa danh of the date line."""
    year: str
    pupil: Pupil
    enrolment: Enrolment
    history: tuple[HistoryRow, ...]
    subjects: tuple[str, ...]
    """Subject codes shown, in the order of the form."""
    traits: tuple[str, ...]
    """Trait codes shown, in the order of the form."""
    results: PeriodResults
    """Year-end results (CN)."""
    outcome: YearOutcome
    teacher: Signatory
    leader: Signatory
    supplementary: Supplementary | None = None
    """The approved assessment in summer; its values also stand in `results`."""
    form: FormOptions = STANDARD_FORM


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A person looked at a warning and let it stand: why, who (login) and when (aware)."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: identifier, where, and one Vietnamese sentence with the way out."""

    rule: str
    severity: Severity
    class_name: str
    pupil_code: str
    """Empty for a finding about the class."""
    pupil: str
    field: str
    """Subject or trait code, or the field's name ("birth_date")."""
    message: str
    period: Period | None = None
    key: int = 0
    """The store's number of the pupil's enrolment; 0 for a class, or when it comes from no store."""
    id: str = ""
    """First digits of the fingerprint (`records.findings`); empty until a workflow has named the finding."""
    accepted: Acceptance | None = None
