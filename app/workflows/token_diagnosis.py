"""Why a USB Token is not recognised: drivers, readers and tokens of this computer, in plain words."""

from __future__ import annotations

import platform
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from app.models import settings as settings_store
from app.models.store import Store
from app.signing.discovery import Discovery, TokenInfo, discover

State = Literal["ok", "warning", "failed"]
_SYSTEMS: Final[Mapping[str, str]] = {"Darwin": "macOS"}
_PROBLEMS: Final[Mapping[str, str]] = {
    "missing": "không còn tệp này trên máy. Cài lại trình điều khiển của nơi cấp.",
    "not_a_module": "tệp hỏng hoặc không phải trình điều khiển token. Cài lại trình điều khiển của nơi cấp.",
    "wrong_machine": "không phải bản {bits}-bit. Cài bản {bits}-bit của nơi cấp, rồi rút token ra cắm lại.",
    "crashed": "trình điều khiển bị lỗi khi đọc. Cài bản mới hơn của nơi cấp.",
    "timeout": "trình điều khiển không trả lời. Rút token, cắm lại vào cổng khác rồi thử lại.",
    "failed": "trình điều khiển báo lỗi. Rút token, cắm lại rồi thử lại.",
}


@dataclass(frozen=True, slots=True)
class DiagnosisLine:
    """One fact about this computer and, when something is wrong, what to do."""

    state: State
    text: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found, in the order of looking: computer, drivers, readers, tokens."""

    lines: tuple[DiagnosisLine, ...]

    @property
    def text(self) -> str:
        """Everything as plain lines, to be sent to whoever helps."""
        return "\n".join(line.text for line in self.lines)


def diagnose(*, store: Store) -> Diagnosis:
    """Look at every driver of this computer; asks for no PIN and takes as long as the slowest driver."""
    with store.reading() as session:
        modules = settings_store.modules(session)
    return diagnosis_of(discover(modules))


def diagnosis_of(found: Discovery) -> Diagnosis:
    """The lines for what was discovered."""
    return Diagnosis(
        (_computer(), *_drivers(found.modules), *_readers(found), *(_token(token) for token in found.tokens))
    )


def _computer() -> DiagnosisLine:
    system = platform.system()
    name = _SYSTEMS.get(system, system)
    return DiagnosisLine("ok", f"Máy chạy {name}, chương trình bản {_bits()}-bit.")


def _bits() -> int:
    return struct.calcsize("P") * 8


def _drivers(modules: Sequence[tuple[Path, str]]) -> Iterator[DiagnosisLine]:
    if not modules:
        yield DiagnosisLine(
            "failed",
            f"Máy chưa có trình điều khiển token nào. Cài bản {_bits()}-bit của nơi cấp, rồi cắm lại token.",
        )
    for path, problem in modules:
        told = _PROBLEMS[problem].format(bits=_bits()) if problem else "đọc được."
        yield DiagnosisLine("failed" if problem else "ok", f"Trình điều khiển {path.name}: {told}")


def _readers(found: Discovery) -> Iterator[DiagnosisLine]:
    for path, readers in found.readers:
        if readers:
            yield DiagnosisLine("ok", f"Đầu đọc mà {path.name} thấy: {', '.join(readers)}.")
    if not found.tokens:
        yield DiagnosisLine(
            "failed",
            "Chưa thấy USB Token nào. Cắm vào cổng USB khác, không qua bộ chia; chờ 5 giây rồi thử lại.",
        )


def _token(token: TokenInfo) -> DiagnosisLine:
    names = ", ".join(dict.fromkeys(item.common_name for item in token.certificates))
    told = f"USB Token {token.label}, sê-ri {token.serial}"
    if not names:
        return DiagnosisLine("warning", f"{told}: không có chứng thư số nào. Hỏi nơi cấp token.")
    return DiagnosisLine("ok", f"{told}: {len(token.certificates)} chứng thư của {names}.")
