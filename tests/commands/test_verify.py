"""`verify` with codes of printed pages: what it answers, to whom, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main
from app.models import transcripts
from app.records.page_code import page_code
from app.workflows import store as store_verbs
from tests.commands.conftest import Run


def test_codes_of_printed_pages(
    school: Run, workbooks: list[Path], data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert school("import", *workbooks)[0] == 0
    assert school("submit", "--class", "1A")[0] == school("approve", "--class", "1A")[0] == 0
    assert school("issue", "--class", "1A")[0] == 0
    pupil = school("pupils", "--class", "1A")[1]["pupils"][0]
    version = school("revoke", pupil["code"], "--reason", "Sai ngày nghỉ")[1]
    with store_verbs.open_store(data_dir) as store, store.reading() as session:
        (kept,) = transcripts.versions_of(session, version["transcript_id"])
    old = page_code(
        school="94722001", transcript_id=kept.transcript_id, version=1, data_sha256=kept.data_sha256
    ).payload
    code, answer = school("verify", old)
    assert (code, answer["documents"], [item["status"] for item in answer["codes"]]) == (1, [], ["revoked"])
    assert school("issue", "--class", "1A")[1]["issued"] == 1
    code, answer = school("verify", old.lower())
    (found,) = answer["codes"]
    assert (code, found["status"], found["replaced_by"]) == (1, "replaced", 2)
    assert (found["pupil"], found["revoked_reason"]) == (pupil["name"], "Sai ngày nghỉ")
    assert found["message"].endswith("Dùng bản 2.")
    code, answer = school("verify", old[:-1] + ("0" if old[-1] != "0" else "1"))
    assert (code, answer["error"]["code"]) == (2, "code.misread")
    assert main(["--data", str(data_dir), "--json", "verify", old]) == 1
    assert pupil["name"] not in capsys.readouterr().out
    assert main(["--data", str(tmp_path / "trong"), "--json", "verify", old]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "code.needs_store"
