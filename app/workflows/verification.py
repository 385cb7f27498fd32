"""The report of a verification for people: four questions answered, who signed, and what was not checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.interaction import Progress
from app.models import transcripts as transcript_rows
from app.models.store import Store
from app.models.values import VersionRecord
from app.records.permissions import Action, Actor, allowed
from app.records.types import TranscriptState
from app.signing.reports import DocumentReport, SignatureReport, Verdict
from app.transcript.xml import parse_xml
from app.workflows import clock
from app.workflows.verify import check_bytes, files_in, read, trust_for


class Tone(StrEnum):
    """How an answer is to be taken."""

    GOOD = "good"
    UNSURE = "unsure"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the four questions, answered in one sentence."""

    question: str
    tone: Tone
    sentence: str


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature in the words of circular 15/2025, article 6."""

    role: str
    """"teacher", "leader", "seal" or the name of a foreign field."""
    name: str
    title: str
    time: datetime | None
    time_source: str
    issuer: str
    manager: str
    """Who the certificate's subject belongs to."""
    valid: str
    """The period of validity of the certificate."""
    tone: Tone
    result: str


@dataclass(frozen=True, slots=True)
class Verification:
    """Everything about one file. `about` says whose transcript it is, as far as this person may know it."""

    file: Path
    report: DocumentReport
    headline: str
    lead: str
    tone: Tone
    about: str
    answers: tuple[Answer, ...]
    signers: tuple[Signer, ...]
    limits: tuple[str, ...]
    checked_at: datetime


_HEADLINES: Final = {
    Verdict.VALID: ("Học bạ hợp lệ", Tone.GOOD),
    Verdict.VALID_UNKNOWN_STATUS: ("Học bạ hợp lệ", Tone.GOOD),
    Verdict.UNTRUSTED: ("Chưa đủ căn cứ kết luận", Tone.UNSURE),
    Verdict.INVALID: ("Không hợp lệ", Tone.BAD),
    Verdict.REVOKED: ("Đã bị thu hồi", Tone.BAD),
    Verdict.UNSIGNED: ("Không có chữ ký số", Tone.UNSURE),
    Verdict.UNREADABLE: ("Không đọc được tệp", Tone.BAD),
}
_WHAT_NEXT: Final = {
    Verdict.INVALID: " Hỏi trường phát hành, đừng dùng bản này.",
    Verdict.REVOKED: " Xin trường bản đang có hiệu lực.",
    Verdict.UNREADABLE: " Xin lại tệp từ nơi gửi.",
}
_TITLES: Final = {
    "teacher": "Giáo viên chủ nhiệm",
    "leader": "Ban giám hiệu",
    "seal": "Con dấu số của nhà trường",
}
_STATUS: Final = {
    "good": (Tone.GOOD, "Chứng thư có hiệu lực lúc ký"),
    "unknown": (Tone.GOOD, "Còn hạn lúc ký, chưa rõ có bị thu hồi"),
    "untrusted": (Tone.UNSURE, "Nơi cấp chưa có trong danh sách tin cậy"),
    "expired": (Tone.BAD, "Chứng thư hết hạn lúc ký"),
    "revoked": (Tone.BAD, "Chứng thư đã bị thu hồi lúc ký"),
}
_NOT_INTACT: Final = (Tone.BAD, "Nội dung bị thay đổi sau chữ ký")
_STANDS: Final = {
    TranscriptState.ISSUED: "Bản này mới tạo, chưa ai ký.",
    TranscriptState.TEACHER_SIGNED: "Bản này mới có chữ ký GVCN, chưa phát hành.",
    TranscriptState.LEADER_SIGNED: "Bản này chưa đóng dấu nên chưa phát hành.",
}


def check(
    *,
    paths: Sequence[Path],
    store: Store,
    actor: Actor,
    trust_files: Sequence[Path] = (),
    progress: Progress,
) -> tuple[Verification, ...]:
    """One report per document of files and folders, in their order; nothing leaves this computer.

    Everyone may ask. UserError workflow.no_file, workflow.cannot_read, workflow.nothing_to_verify.
    """
    trust = trust_for(trust_files, store)
    files = [file for path in paths for file in files_in(path)]
    if not files:
        raise UserError("workflow.nothing_to_verify", path=paths[0] if paths else "")
    found: list[Verification] = []
    for done, file in enumerate(files):
        progress.step(done, len(files), file.name)
        data = read(file)
        report = check_bytes(data, name=str(file), trust=trust, store=store)
        found.append(explain(file=file, data=data, report=report, store=store, actor=actor))
    progress.step(len(files), len(files), "")
    return tuple(found)


def explain(*, file: Path, data: bytes, report: DocumentReport, store: Store, actor: Actor) -> Verification:
    """What a report means, with what the store knows of the version."""
    with store.reading() as session:
        version = transcript_rows.find_by_content(session, data)
        versions = transcript_rows.versions_of(session, version.transcript_id) if version else ()
    headline, tone = _HEADLINES[report.verdict]
    return Verification(
        file=file,
        report=report,
        headline=headline,
        lead=report.message + _WHAT_NEXT.get(report.verdict, ""),
        tone=tone,
        about=_about(data, report, version, actor),
        answers=(
            _of_the_school(report),
            _changed(report),
            _still_valid(report, version, versions),
            _time(report),
        ),
        signers=tuple(_signer(one) for one in report.signatures),
        limits=tuple(_limits(report, version)),
        checked_at=clock.now(),
    )


def _about(data: bytes, report: DocumentReport, version: VersionRecord | None, actor: Actor) -> str:
    if version is not None:
        if not allowed(actor, Action.LOOK_UP, version.class_name):
            return f"Học bạ bản {version.version} của trường, năm học {_year(version.year)}"
        place = f"lớp {version.class_name}, năm học {_year(version.year)}, bản {version.version}"
        return f"{version.pupil_name} · {place}"
    genuine = report.verdict in (Verdict.VALID, Verdict.VALID_UNKNOWN_STATUS, Verdict.UNTRUSTED)
    if not genuine or data.lstrip()[:1] != b"<":
        return ""
    told = parse_xml(data)
    place = f"lớp {told.enrolment.class_name}, năm học {_year(told.year)}"
    return f"{told.pupil.name} · {place} · {told.school.name}"


def _year(year: str) -> str:
    return year.replace("-", "–")


def _of_the_school(report: DocumentReport) -> Answer:
    question = "Đúng là của trường này?"
    seal = next((one for one in report.signatures if one.role == "seal"), None)
    if seal is None:
        return Answer(question, Tone.UNSURE, "Chưa có con dấu số của nhà trường nên chưa phải bản phát hành.")
    if seal.integrity != "intact" or seal.certificate_status in ("expired", "revoked"):
        return Answer(question, Tone.BAD, "Con dấu số trên tệp không còn giá trị.")
    if seal.certificate_status == "untrusted":
        issuer = common_name(seal.issuer)
        return Answer(
            question, Tone.UNSURE, f"Chưa rõ. Nơi cấp {issuer} chưa có trong danh sách tin cậy của máy này."
        )
    return Answer(
        question, Tone.GOOD, f"Đúng. Con dấu số của {_name(seal)}, cấp bởi {common_name(seal.issuer)}."
    )


def _changed(report: DocumentReport) -> Answer:
    question = "Có bị sửa không?"
    count = len(report.signatures)
    if not count:
        return Answer(question, Tone.UNSURE, "Chưa biết được, vì tệp không có chữ ký số.")
    broken = [one for one in report.signatures if one.integrity != "intact"]
    if broken:
        return Answer(question, Tone.BAD, f"Có. Nội dung bị thay đổi sau chữ ký của {_name(broken[0])}.")
    if report.verdict is Verdict.INVALID and not any(
        one.certificate_status in ("expired", "revoked") for one in report.signatures
    ):
        return Answer(question, Tone.BAD, "Có. Tệp có phần nằm ngoài chữ ký.")
    return Answer(question, Tone.GOOD, f"Không. Cả {count} chữ ký còn nguyên vẹn trên toàn bộ tệp.")


def _still_valid(
    report: DocumentReport, version: VersionRecord | None, versions: Sequence[VersionRecord]
) -> Answer:
    question = "Còn giá trị không?"
    if report.verdict is Verdict.INVALID:
        return Answer(question, Tone.BAD, "Không, vì tệp không hợp lệ.")
    if version is None:
        return Answer(
            question, Tone.UNSURE, "Tệp này không có trong dữ liệu của trường đang mở. Hỏi trường phát hành."
        )
    newest = versions[-1]
    if version.state is TranscriptState.REVOKED:
        reason = f": {version.revoked_reason.rstrip('.')}" if version.revoked_reason else ""
        return Answer(question, Tone.BAD, f"Không. Trường đã thu hồi bản này{reason}.")
    if newest.version > version.version and newest.state is not TranscriptState.REVOKED:
        return Answer(question, Tone.BAD, f"Không. Đã có bản {newest.version} thay bản này.")
    if version.state in _STANDS:
        return Answer(question, Tone.UNSURE, _STANDS[version.state])
    return Answer(question, Tone.GOOD, "Còn. Chưa có lệnh thu hồi trong dữ liệu của trường.")


def _time(report: DocumentReport) -> Answer:
    question = "Giờ ký có chắc không?"
    if not report.signatures:
        return Answer(question, Tone.UNSURE, "Không có giờ ký.")
    return Answer(
        question,
        Tone.UNSURE,
        "Theo giờ máy của người ký, chưa có dấu thời gian của tổ chức cấp dấu thời gian.",
    )


def _signer(one: SignatureReport) -> Signer:
    tone, result = _STATUS[one.certificate_status]
    if one.integrity != "intact":
        tone, result = _NOT_INTACT
    period = ""
    if one.not_before is not None and one.not_after is not None:
        period = f"{one.not_before:%d/%m/%Y} – {one.not_after:%d/%m/%Y}"
    return Signer(
        role=one.role,
        name=_name(one),
        title=_TITLES.get(one.role, one.role),
        time=one.time,
        time_source="theo giờ máy người ký" if one.time_source == "signer" else "không ghi giờ ký",
        issuer=common_name(one.issuer),
        manager=part(one.subject, "O"),
        valid=period,
        tone=tone,
        result=result,
    )


def _limits(report: DocumentReport, version: VersionRecord | None) -> list[str]:
    found = []
    statuses = {one.certificate_status for one in report.signatures}
    if "unknown" in statuses:
        found.append(
            "Chưa kiểm được chứng thư có bị thu hồi không, vì máy này chưa có danh sách thu hồi của nơi cấp."
        )
    if "untrusted" in statuses:
        found.append(
            "Nơi cấp chứng thư chưa có trong danh sách tin cậy của máy này. Người quản trị thêm chứng thư "
            "gốc ở Thiết lập, mục Ký số, rồi xác minh lại."
        )
    if report.signatures:
        found.append("Giờ ký là giờ máy của người ký, chưa có dấu thời gian để chứng minh.")
    if version is None:
        found.append(
            "Chỉ đối chiếu với dữ liệu của trường đang mở; bản của trường khác cần hỏi trường đó về thu hồi, "
            "thay thế."
        )
    return found


def _name(one: SignatureReport) -> str:
    return one.common_name or common_name(one.subject)


def common_name(distinguished: str) -> str:
    """The CN of a distinguished name, or the whole name without one."""
    return part(distinguished, "CN") or distinguished


def part(distinguished: str, key: str) -> str:
    """One part of a distinguished name such as "C=VN, O=…, CN=…"; empty when it has none."""
    pairs = (piece.strip().partition("=") for piece in distinguished.split(", "))
    return next((value for name, _, value in pairs if name == key), "")
