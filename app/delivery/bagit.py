"""BagIt 1.0 (RFC 8493): the tag files and manifests of a bag, and the check of every file against them."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from app.errors import UserError
from app.interaction import Progress
from app.messages import text

DECLARATION: Final = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
BAGIT: Final = "bagit.txt"
INFO: Final = "bag-info.txt"
MANIFEST: Final = "manifest-sha256.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
PAYLOAD: Final = "data"

_DECLARED: Final = re.compile(
    r"\A\ufeff?BagIt-Version: \d+\.\d+\r?\nTag-File-Character-Encoding: UTF-8\s*\Z", re.IGNORECASE
)
_LINE: Final = re.compile(r"([0-9a-fA-F]{64})[ \t]+\*?(\S.*)")
_ESCAPES: Final = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))


@dataclass(frozen=True, slots=True)
class ArchiveFailure:
    """One thing wrong: path below the bag ("/" between parts), code and facts of the sentence."""

    path: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The Vietnamese sentence."""
        return text(self.code, {"path": self.path, **self.facts})


def write_bag_files(root: Path, payload: Mapping[str, str], info: Iterable[tuple[str, str]]) -> None:
    """Declare `root` a bag: `payload` is path ("data/…") to SHA-256, other files in `root` are tag files."""
    _write(root / BAGIT, DECLARATION)
    _write(root / INFO, "".join(f"{label}: {' '.join(value.split())}\n" for label, value in info))
    _write(root / MANIFEST, _manifest(payload))
    tags = {path.name: file_sha256(path) for path in root.iterdir() if path.is_file()}
    _write(root / TAG_MANIFEST, _manifest(tags))


def read_info(root: Path) -> dict[str, str]:
    """The labels and values of bag-info.txt, folded lines joined; empty when there is none."""
    try:
        lines = (root / INFO).read_text("utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return {}
    info: dict[str, str] = {}
    label = ""
    for line in lines:
        if line[:1] in (" ", "\t") and label:
            info[label] += " " + line.strip()
            continue
        label, _, value = line.partition(":")
        info[label] = value.strip()
    return info


def is_bag(root: Path) -> bool:
    """True when `root` carries a sound BagIt declaration."""
    try:
        return bool(_DECLARED.match((root / BAGIT).read_text("utf-8")))
    except (OSError, UnicodeDecodeError):
        return False


def check_bag(root: Path, progress: Progress | None = None) -> Iterator[ArchiveFailure]:
    """Every changed, missing and added file of the bag, and every manifest that cannot be trusted.

    A folder with a manifest and no declaration is still a bag: the declaration is what is missing.
    """
    if not is_bag(root) and not any((root / name).is_file() for name in (MANIFEST, TAG_MANIFEST)):
        raise UserError("delivery.not_a_bag", place=root)
    files = frozenset(_files(root))
    payload = {path for path in files if path.startswith(f"{PAYLOAD}/")}
    yield from _check_against(root, MANIFEST, payload, progress)
    tags = {path for path in files if not path.startswith(f"{PAYLOAD}/")}
    yield from _check_against(root, TAG_MANIFEST, tags - {TAG_MANIFEST})


def read_manifest(path: Path) -> dict[str, str]:
    """Path to SHA-256; UserError delivery.bag_manifest names the first line that is not sound."""
    entries: dict[str, str] = {}
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            found = _LINE.fullmatch(line.decode("utf-8"))
        except UnicodeDecodeError:
            found = None
        name = _decode(found[2]) if found else ""
        if not found or not _inside(name) or entries.get(name, found[1].lower()) != found[1].lower():
            raise UserError("delivery.bag_manifest", path=path.name, line=number)
        entries[name] = found[1].lower()
    return entries


def file_sha256(path: Path) -> str:
    """SHA-256 of a file in lower-case hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _check_against(
    root: Path, manifest: str, present: set[str], progress: Progress | None = None
) -> Iterator[ArchiveFailure]:
    try:
        listed = read_manifest(root / manifest)
    except FileNotFoundError:
        yield ArchiveFailure(manifest, "delivery.bag_manifest_missing")
        return
    except UserError as error:
        yield ArchiveFailure(manifest, error.code, error.facts)
        return
    except OSError as error:
        yield _unreadable(manifest, error)
        return
    for path in sorted(listed.keys() - present):
        yield ArchiveFailure(path, "delivery.bag_missing")
    for path in sorted(present - listed.keys()):
        yield ArchiveFailure(path, "delivery.bag_added")
    both = sorted(listed.keys() & present)
    for done, path in enumerate(both, start=1):
        yield from _check_file(root, path, listed[path])
        if progress is not None:
            progress.step(done, len(both), path)


def _check_file(root: Path, path: str, sha256: str) -> Iterator[ArchiveFailure]:
    try:
        if (root / path).is_symlink() or file_sha256(root / path) != sha256:
            yield ArchiveFailure(path, "delivery.bag_changed")
    except OSError as error:
        yield _unreadable(path, error)


def _unreadable(path: str, error: OSError) -> ArchiveFailure:
    return ArchiveFailure(path, "delivery.bag_unreadable", {"reason": error.strerror or "lỗi đọc"})


def _files(root: Path) -> Iterator[str]:
    """Every file below `root`; a link counts as a file and is never followed."""
    for folder, folders, files in os.walk(root):
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        for name in (*files, *links):
            yield Path(folder, name).relative_to(root).as_posix()


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _decode(name: str) -> str:
    for escape, character in _ESCAPES:
        name = re.sub(escape, character, name, flags=re.IGNORECASE)
    return name.removeprefix("./")


def _manifest(entries: Mapping[str, str]) -> str:
    return "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(entries.items()))


def _write(path: Path, content: str) -> None:
    path.write_text(content, "utf-8", newline="\n")
