"""The verbs of the school itself and the booklet: JSON keys and exit codes."""

from __future__ import annotations

from pathlib import Path

from tests.commands.conftest import Run
from tests.transcript.test_pictures import png


def test_names_by_date(school: Run) -> None:
    code, answer = school(
        "school", "set", "--from", "01/07/2025", "--commune", "Xã Mỹ Hương", "--district", ""
    )
    assert code == 0
    first, second = answer["schools"]
    assert (first["valid_from"], first["commune"]) == (None, "Xã Thử")
    assert (second["valid_from"], second["commune"], second["province"]) == (
        *("2025-07-01", "Xã Mỹ Hương", "Cần Thơ"),
    )
    assert school("school", "list")[1] == answer
    assert school("school", "set", "--from", "hôm qua")[0] == 2


def test_settings_of_the_form(school: Run) -> None:
    code, answer = school("setting", "put", "form_untaught", "struck")
    assert (code, answer["settings"]["form_untaught"]) == (0, "struck")
    code, answer = school("setting", "put", "form_untaught", "gạch")
    assert (code, answer["error"]["code"]) == (2, "workflow.bad_setting")


def test_pictures(school: Run, tmp_path: Path) -> None:
    file = tmp_path / "dau.png"
    file.write_bytes(png())
    assert school("picture", "set", file)[1] == {"pictures": [""]}
    assert school("picture", "set", file, "quantri")[1] == {"pictures": ["", "quantri"]}
    assert school("picture", "remove")[1] == {"pictures": ["quantri"]}
    file.write_bytes(png(opaque=True))
    code, answer = school("picture", "set", file)
    assert (code, answer["error"]["code"]) == (2, "picture.opaque")


def test_no_booklet_yet(school: Run, workbooks: list[Path], tmp_path: Path) -> None:
    school("import", *workbooks)
    pupil = school("pupils", "--class", "1A")[1]["pupils"][0]["code"]
    code, answer = school("booklet", pupil, "-o", tmp_path / "tap.pdf")
    assert (code, answer["error"]["code"]) == (3, "workflow.no_sealed_year")
