"""Sentences for people who click and for people who type commands."""

from __future__ import annotations

import re
import shlex

import pytest

from app import messages
from app.commands.parser import build
from app.errors import UserError
from app.sentences.commands import COMMANDS


@pytest.mark.parametrize("code", sorted(messages.SENTENCES))
def test_no_sentence_of_the_window_names_a_command(code: str) -> None:
    assert not re.search(r"\bhocba [a-z]", messages.SENTENCES[code])


@pytest.mark.parametrize("code", sorted(COMMANDS))
def test_each_command_exists(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert code in messages.SENTENCES
    program, *words = shlex.split(COMMANDS[code])
    assert program == "hocba"
    verbs = [word for word in words if re.fullmatch("[a-z]+", word)][:2]
    with pytest.raises(SystemExit) as left:
        build().parse_args([*verbs, "--help"])
    assert left.value.code == 0
    assert f"hocba {' '.join(verbs)}" in capsys.readouterr().out


def test_the_command_line_tells_the_command_with_its_facts() -> None:
    error = UserError("workflow.no_pupil_in_class", name="4A", code="0123")
    told = "Lớp 4A không có học sinh mang mã 0123. Xem mã trong danh sách của lớp."
    assert messages.sentence(error) == told
    assert messages.with_command(error) == f"{told} Lệnh: hocba pupils --class 4A."
    plain = UserError("cli.usage", usage="hocba LỆNH")
    assert messages.with_command(plain) == messages.sentence(plain)
