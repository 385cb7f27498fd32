"""The archive: a sound bag, found damage, renewal that drops nothing, killed and full-disk runs."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path

import pytest

from app.delivery import archive_place
from app.delivery.archive import ArchiveDocument, ArchiveReport, verify_archive, write_archive
from app.delivery.archive_list import read_list
from app.errors import Cancelled, UserError
from app.interaction import SilentProgress
from app.messages import sentence
from app.records.types import School
from tests.delivery.killing import run_until_killed

AT = datetime(2024, 6, 17, 9, 30, tzinfo=timezone(timedelta(hours=7)))
SCHOOL = School(
    "94000123", "Trường Tiểu học Thuận Hưng <B>", "xã Thuận Hưng", "huyện Mỹ Tú", "tỉnh Sóc Trăng"
)
NAMES = ("Thạch Thị Sà Rây", "Nguyễn Văn Đức", "Lâm & Út", "Trần Ngọc Ánh")


def document(
    number: int, version: int = 1, class_name: str = "3A", year: str = "2023-2024"
) -> ArchiveDocument:
    xml, pdf = f"<HOC_BA>{number}.{version}</HOC_BA>".encode(), b"%PDF " + bytes([number, version]) * 500
    return ArchiveDocument(
        transcript_id=f"HB-{number:04}",
        version=version,
        class_name=class_name,
        year=year,
        pupil_code=f"00{number:08}",
        pupil_name=NAMES[number % len(NAMES)],
        state_text="Đã đóng dấu",
        sealed_at=AT,
        xml_sha256=hashlib.sha256(xml).hexdigest(),
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        xml=xml,
        pdf=pdf,
    )


DOCUMENTS = [document(0), document(1), document(2, class_name="1Đ"), document(3, class_name="10B")]


def write(folder: Path, documents: Iterable[ArchiveDocument] = DOCUMENTS, **more: object) -> ArchiveReport:
    settings: dict[str, object] = {"school": SCHOOL, "year": "2023-2024", "created_at": AT, **more}
    return write_archive(folder, documents, **settings)  # type: ignore[arg-type]


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    folder = tmp_path / "Kho lưu trữ"
    assert write(folder) == ArchiveReport(4)
    return folder


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def codes(report: ArchiveReport) -> set[tuple[str, str]]:
    assert all(failure.message for failure in report.failed)
    return {(failure.path, failure.code.removeprefix("delivery.bag_")) for failure in report.failed}


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(UserError) as caught:
        action()
    assert sentence(caught.value)
    return caught.value.code


def test_layout_is_ascii_and_complete(bag: Path) -> None:
    found = names(bag)
    assert {
        "bagit.txt",
        "bag-info.txt",
        "index.html",
        "danh-sach.csv",
        "data/2023-2024/1D/HB-0002-v1.xml",
    } <= found
    assert len(found) == 4 * 2 + 6
    assert all(name.isascii() for name in found)
    assert (bag / "bagit.txt").read_bytes() == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    octets = sum(len(item.xml) + len(item.pdf) for item in DOCUMENTS)
    assert f"Payload-Oxum: {octets}.8\n" in (bag / "bag-info.txt").read_text("utf-8")
    assert verify_archive(bag) == ArchiveReport(4)
    assert os.listdir(bag.parent) == [bag.name]


def test_the_list_opens_in_excel_and_reads_back(bag: Path) -> None:
    data = (bag / "danh-sach.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfN\xc4\x83m h\xe1\xbb\x8dc,")
    rows = read_list(data)
    assert [row.class_name for row in rows] == ["1Đ", "3A", "3A", "10B"]
    assert [row.pupil_name for row in rows if row.class_name == "3A"] == [NAMES[0], NAMES[1]]
    assert rows[1].pupil_code == "0000000000"
    assert all((bag / path).is_file() for row in rows for path, _ in row.files())


def test_the_page_links_every_file_and_needs_nothing_else(bag: Path) -> None:
    links: list[str] = []
    opened: list[str] = []

    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            values = dict(attrs)
            assert "src" not in values
            links.extend(value for name, value in attrs if name == "href" and value)
            if tag not in ("meta", "input", "br"):
                opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

    page = (bag / "index.html").read_text("utf-8")
    Links().feed(page)
    assert opened == []
    payload = {name for name in names(bag) if name.startswith("data/")}
    assert payload == {link for link in links if link.startswith("data/")}
    assert "Lâm &amp; Út" in page
    assert "Thuận Hưng &lt;B&gt;" in page
    assert "http" not in re.sub("http-equiv", "", page)


def test_same_documents_same_bytes(bag: Path, tmp_path: Path) -> None:
    write(tmp_path / "other")
    for name in names(bag):
        assert (bag / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


@pytest.mark.parametrize(
    "name", ["data/2023-2024/3A/HB-0000-v1.pdf", "index.html", "danh-sach.csv", "bag-info.txt"]
)
def test_one_changed_byte_is_found(bag: Path, name: str) -> None:
    data = bytearray((bag / name).read_bytes())
    data[-1] ^= 1
    (bag / name).write_bytes(data)
    assert codes(verify_archive(bag)) == {(name, "changed")}


def test_every_single_missing_file_is_found(bag: Path) -> None:
    for name in names(bag) - {"bagit.txt"}:
        data = (bag / name).read_bytes()
        (bag / name).unlink()
        expected = "manifest_missing" if "manifest" in name else "missing"
        assert (name, expected) in codes(verify_archive(bag))
        (bag / name).write_bytes(data)
    assert verify_archive(bag).failed == ()


@pytest.mark.parametrize("name", ["data/2023-2024/3A/la.pdf", "data/la.txt", "la.txt", "khac/la.txt"])
def test_an_added_file_is_found(bag: Path, name: str) -> None:
    (bag / name).parent.mkdir(exist_ok=True)
    (bag / name).write_bytes(b"")
    assert codes(verify_archive(bag)) == {(name, "added")}


def test_a_link_in_place_of_a_file_is_found(bag: Path, tmp_path: Path) -> None:
    name = "data/2023-2024/3A/HB-0000-v1.pdf"
    (bag / name).rename(tmp_path / "x.pdf")
    (bag / name).symlink_to(tmp_path / "x.pdf")
    (bag / "data/them").symlink_to(tmp_path)
    assert codes(verify_archive(bag)) == {(name, "changed"), ("data/them", "added")}


@pytest.mark.parametrize(
    "line",
    ["khong phai bang ke", f"{'0' * 64}  ../../etc/passwd", f"{'0' * 64}  /etc/passwd", f"{'0' * 63}  a", ""],
)
def test_a_bad_manifest_is_found(bag: Path, line: str) -> None:
    with (bag / "manifest-sha256.txt").open("a") as stream:
        stream.write(line + "\n")
    assert codes(verify_archive(bag)) == {
        ("manifest-sha256.txt", "manifest"),
        ("manifest-sha256.txt", "changed"),
    }


def test_binary_rubbish_as_manifest(bag: Path) -> None:
    (bag / "tagmanifest-sha256.txt").write_bytes(b"\xff\xfe\x00")
    assert codes(verify_archive(bag)) == {("tagmanifest-sha256.txt", "manifest")}


def test_not_a_bag(tmp_path: Path, bag: Path) -> None:
    assert code_of(lambda: verify_archive(tmp_path / "khong-co")) == "delivery.not_a_bag"
    assert code_of(lambda: verify_archive(tmp_path)) == "delivery.not_a_bag"


def test_a_bag_without_its_declaration_is_damaged(bag: Path) -> None:
    (bag / "bagit.txt").write_bytes(b"\xff")
    assert codes(verify_archive(bag)) == {("bagit.txt", "changed")}
    (bag / "bagit.txt").unlink()
    assert codes(verify_archive(bag)) == {("bagit.txt", "missing")}
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        (bag / name).unlink()
    assert code_of(lambda: verify_archive(bag)) == "delivery.not_a_bag"


def test_again_over_the_same_archive(bag: Path) -> None:
    before = {name: (bag / name).read_bytes() for name in names(bag)}
    assert write(bag) == ArchiveReport(4)
    assert {name: (bag / name).read_bytes() for name in names(bag)} == before


def test_renewal_keeps_older_versions_and_other_years(bag: Path) -> None:
    assert write(bag, [document(0, version=2), document(9)]) == ArchiveReport(6)
    assert write(bag, [document(0, class_name="4A", year="2024-2025")], year="2024-2025") == ArchiveReport(7)
    assert verify_archive(bag) == ArchiveReport(7)
    rows = read_list((bag / "danh-sach.csv").read_bytes())
    assert rows[0].year == "2024-2025"
    (old,) = (
        row for row in rows if row.transcript_id == "HB-0000" and row.version == 1 and row.year == "2023-2024"
    )
    assert old.state_text == "Bản cũ, đã thay bằng bản 2"
    assert (bag / old.pdf_path).read_bytes() == document(0).pdf


def test_a_damaged_old_file_is_repaired_when_given_again(bag: Path) -> None:
    (bag / "data/2023-2024/3A/HB-0000-v1.pdf").write_bytes(b"x")
    assert write(bag) == ArchiveReport(4)
    assert verify_archive(bag).failed == ()


def test_a_damaged_old_file_is_never_carried_on(bag: Path) -> None:
    (bag / "data/2023-2024/3A/HB-0000-v1.pdf").write_bytes(b"x")
    before = names(bag)
    assert code_of(lambda: write(bag, [document(9)])) == "delivery.archive_damaged"
    assert names(bag) == before
    assert os.listdir(bag.parent) == [bag.name]


def test_foreign_folders_are_left_alone(tmp_path: Path, bag: Path) -> None:
    (tmp_path / "rieng").mkdir()
    (tmp_path / "rieng" / "thu.txt").write_text("của tôi")
    assert code_of(lambda: write(tmp_path / "rieng")) == "delivery.archive_not_empty"
    assert code_of(lambda: write(tmp_path / "rieng" / "thu.txt")) == "delivery.archive_not_empty"
    assert names(tmp_path / "rieng") == {"thu.txt"}
    other = School("1", "Trường khác", "", "", "")
    assert code_of(lambda: write(bag, school=other)) == "delivery.archive_other_school"
    (bag / "danh-sach.csv").write_bytes(b"x")
    assert code_of(lambda: write(bag)) == "delivery.archive_damaged"
    assert code_of(lambda: write(Path("/"))) == "delivery.archive_root"


def test_an_empty_folder_is_welcome(tmp_path: Path) -> None:
    (tmp_path / "kho").mkdir()
    assert write(tmp_path / "kho") == ArchiveReport(4)
    assert code_of(lambda: write(tmp_path / "moi", [])) == "delivery.archive_empty"
    assert not (tmp_path / "moi").exists()


def test_a_document_that_does_not_fit_its_hash_is_left_out(tmp_path: Path) -> None:
    from dataclasses import replace

    bad = replace(DOCUMENTS[1], pdf=b"%PDF changed")
    report = write(tmp_path / "kho", [DOCUMENTS[0], bad])
    assert report.documents == 1
    assert NAMES[1] in report.failed[0].message
    assert verify_archive(tmp_path / "kho") == ArchiveReport(1)
    assert write(tmp_path / "hong", [bad]).documents == 0
    assert not (tmp_path / "hong").exists()


def test_documents_are_taken_one_at_a_time_with_progress(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []

    class Watch(SilentProgress):
        def step(self, done: int, total: int, text: str) -> None:
            steps.append((done, total))

    def lazy() -> Iterable[ArchiveDocument]:
        for number, item in enumerate(DOCUMENTS):
            assert len(steps) == number
            yield item

    write(tmp_path / "kho", lazy(), progress=Watch(), total=4)
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_cancelled_leaves_the_old_archive(bag: Path) -> None:
    class Cancel(SilentProgress):
        def step(self, done: int, total: int, text: str) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        write(bag, [document(9)], progress=Cancel())
    assert verify_archive(bag) == ArchiveReport(4)
    assert os.listdir(bag.parent) == [bag.name]


@pytest.mark.parametrize("step", ["write_file", "_sync"])
@pytest.mark.parametrize(("error", "code"), [(errno.ENOSPC, "disk_full"), (errno.EACCES, "archive_denied")])
def test_no_room_and_no_rights(
    bag: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: int, code: str
) -> None:
    calls = iter(range(100))
    original = getattr(archive_place, step)

    def fail(*args: object) -> None:
        if next(calls) == 3:
            raise OSError(error, os.strerror(error))
        original(*args)

    monkeypatch.setattr(archive_place, step, fail)
    assert code_of(lambda: write(bag, [document(number) for number in range(9)])) == f"delivery.{code}"
    assert verify_archive(bag) == ArchiveReport(4)
    assert os.listdir(bag.parent) == [bag.name]


def test_a_swap_that_fails_puts_the_old_archive_back(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def locked(self: Path, target: Path) -> Path:
        if self.name.endswith("dang-ghi"):
            raise PermissionError(errno.EACCES, "đang mở")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", locked)
    assert code_of(lambda: write(bag, [document(9)])) == "delivery.archive_denied"
    assert verify_archive(bag) == ArchiveReport(4)
    assert os.listdir(bag.parent) == [bag.name]


KILL = """
from pathlib import Path
from app.delivery import archive, archive_place, bagit
from tests.delivery.test_archive import write, document
point, folder = sys.argv[1:]
if point == "documents": die_at(archive_place, "write_file", calls=3)
if point == "manifests": die_at(bagit, "_write", calls=3, after=True)
if point == "syncing": die_at(archive_place, "_sync", calls=4)
if point == "moved away": die_at(Path, "rename", calls=1, after=True)
if point == "in place": die_at(Path, "rename", calls=2, after=True)
write(Path(folder), [document(number) for number in range(6)])
"""


@pytest.mark.parametrize("existing", [True, False])
@pytest.mark.parametrize("point", ["documents", "manifests", "syncing", "moved away"])
def test_killed_then_run_again(tmp_path: Path, point: str, existing: bool) -> None:
    folder = tmp_path / "kho"
    if existing:
        write(folder)
    run_until_killed(KILL, point, folder)
    if folder.exists():
        assert verify_archive(folder).failed == ()
    assert write(folder, [document(number) for number in range(6)]).documents >= 6
    assert verify_archive(folder).failed == ()
    assert os.listdir(tmp_path) == ["kho"]


def test_killed_before_the_last_clean_up(bag: Path) -> None:
    run_until_killed(KILL, "in place", bag)
    assert verify_archive(bag).failed == ()
    assert len(os.listdir(bag.parent)) == 2
    write(bag)
    assert os.listdir(bag.parent) == [bag.name]


def test_an_old_archive_survives_a_kill_between_the_renames(tmp_path: Path) -> None:
    write(tmp_path / "kho", [document(8)])
    run_until_killed(KILL, "moved away", tmp_path / "kho")
    assert write(tmp_path / "kho", [document(0)]) == ArchiveReport(2)


def test_a_copied_archive_is_still_sound(bag: Path, tmp_path: Path) -> None:
    shutil.copytree(bag, tmp_path / "usb")
    assert verify_archive(tmp_path / "usb") == ArchiveReport(4)
