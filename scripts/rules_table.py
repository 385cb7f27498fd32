"""Writes docs/quy-tac-kiem-tra.md from the table of rules: `python -m scripts.rules_table`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.records.checks import GROUPS, Rule
from app.records.checks.sources import basis, outline
from app.records.types import Severity

FILE: Final = Path(__file__).resolve().parent.parent / "docs" / "quy-tac-kiem-tra.md"
_SEVERITY: Final = {Severity.ERROR: "lỗi", Severity.WARNING: "cảnh báo", Severity.NOTE: "gợi ý"}
_HEAD: Final = """# Quy tắc kiểm tra

Lệnh `hocba check` và màn hình Kiểm tra chạy mọi quy tắc dưới đây. Lỗi phải sửa xong mới chốt được lớp;
cảnh báo phải sửa hoặc chấp nhận kèm lý do; gợi ý chỉ để biết.

Dấu “…” trong câu báo là chỗ ghi tên học sinh, môn, kì hay giá trị cụ thể. `hocba rules` liệt kê bảng này
theo cài đặt của trường.

Tắt quy tắc: `hocba setting put check_off "level.score comment.equal"`.
Đổi mức của quy tắc: `hocba setting put check_severity "score.zero=note"`.
Các cài đặt khác: xem [Quản trị](huong-dan/quan-tri.md).

Tệp này do `scripts/rules_table.py` viết ra từ chương trình, không sửa tay.
"""


def table() -> str:
    """The whole document."""
    parts = [_HEAD]
    for title, rules in GROUPS.items():
        parts.append(f"\n## {title}\n\n| Quy tắc | Mức | Câu báo | Căn cứ |\n|---|---|---|---|\n")
        parts += [_row(rule) for rule in rules]
    return "".join(parts)


def _row(rule: Rule) -> str:
    cells = (f"`{rule.id}`", _SEVERITY[rule.severity], outline(rule.message), basis(rule.source))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
