"""Files that are written out: whole or not at all, and every refusal is a Vietnamese sentence."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from app.errors import UserError
from app.messages import sentence
from app.workflows.exports import write_bytes
from app.workflows.faults import why


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    assert write_bytes(tmp_path / "nhap.pdf", b"%PDF").read_bytes() == b"%PDF"
    assert [file.name for file in tmp_path.iterdir()] == ["nhap.pdf"]


@pytest.mark.parametrize("place", ["tep/nhap.pdf", "khong-co/nhap.pdf", "thu-muc"])
def test_a_place_that_takes_no_file_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "tep").write_bytes(b"")
    (tmp_path / "thu-muc").mkdir()
    with pytest.raises(UserError) as caught:
        write_bytes(tmp_path / place, b"%PDF")
    assert caught.value.code == "workflow.cannot_write"
    told = sentence(caught.value)
    assert not any(word in told for word in ("No such", "directory", "Not a"))
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["tep", "thu-muc"]


def test_reasons_are_vietnamese() -> None:
    assert why(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))) == "đĩa đã đầy"
    assert why(OSError(errno.EXDEV, os.strerror(errno.EXDEV))) == f"lỗi hệ thống số {errno.EXDEV}"
