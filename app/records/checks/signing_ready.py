"""Rules about what signing a class needs: a certificate for each of the three, valid to the last day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.records.checks.base import WARNING, Hit, RuleBook, hit
from app.records.checks.views import ClassView
from app.records.programme import out_of_scope_reason
from app.records.types import Period, SigningRole, Stage, TranscriptState

book = RuleBook()

_SIGNED_BY: Final = {
    SigningRole.TEACHER: {
        TranscriptState.TEACHER_SIGNED,
        TranscriptState.LEADER_SIGNED,
        TranscriptState.SEALED,
    },
    SigningRole.LEADER: {TranscriptState.LEADER_SIGNED, TranscriptState.SEALED},
    SigningRole.SEAL: {TranscriptState.SEALED},
}
"""States of a transcript that the role has signed."""


def _whom(role: SigningRole, view: ClassView) -> str:
    if role is SigningRole.TEACHER:
        return f"giáo viên chủ nhiệm {view.klass.homeroom_teacher}"
    return "lãnh đạo ký học bạ" if role is SigningRole.LEADER else "con dấu của nhà trường"


def _to_sign(view: ClassView) -> Iterator[SigningRole]:
    """Roles that still sign transcripts of this class; a class without a teacher is another rule's matter."""
    klass, live = view.klass, view.facts.transcripts if view.facts else {}
    if view.period is not Period.CN or out_of_scope_reason(klass.year, klass.grade):
        return
    due = [pupil.entry.key for pupil in view.pupils if pupil.enrolment.status.active]
    for role in SigningRole if due else ():
        done = all(live.get(key) in _SIGNED_BY[role] for key in due)
        if not done and (role is not SigningRole.TEACHER or klass.homeroom_teacher.strip()):
            yield role


@book.klass(
    "certificate.missing",
    WARNING,
    "domain 4.3: teacher, leader and seal each sign with their own certificate",
    "Lớp {class_name} chưa ký số được: {whom} chưa gắn chứng thư số. "
    "Cắm token rồi nhờ quản trị gắn ở Thiết lập, Ký số.",
)
def certificate_missing(view: ClassView) -> Iterator[Hit]:
    facts = view.facts
    closed = view.klass.stages.get(Period.CN, Stage.OPEN) is not Stage.OPEN
    if facts is None or not (closed or facts.binding_begun):
        return
    for role in _to_sign(view):
        if role not in facts.certificates:
            yield hit(f"certificate.{role}", whom=_whom(role, view))


@book.klass(
    "certificate.expires",
    WARNING,
    "Circular 15/2025, article 5: the certificate is valid when it signs",
    "Chứng thư số của {whom} hết hạn ngày {day}, trước khi hết hạn ký học bạ của lớp {class_name}. "
    "Gia hạn, hoặc nhờ quản trị gắn chứng thư mới ở Thiết lập, Ký số.",
)
def certificate_expires(view: ClassView) -> Iterator[Hit]:
    facts = view.facts
    if facts is None or facts.signing_ends is None:
        return
    for role in _to_sign(view):
        day = facts.certificates.get(role)
        if day is not None and day < facts.signing_ends:
            yield hit(f"certificate.{role}", day=f"{day:%d/%m/%Y}", whom=_whom(role, view))
