"""Keys: the layout of design section 6, and nothing that could leave the destination."""

from __future__ import annotations

import pytest

from app.delivery.keys import document_key, package_key, receipt_key, split_key
from app.errors import UserError

SHA = "ab" * 32


def test_the_three_layouts() -> None:
    key = document_key("94000123", "2023-2024", "HB-0001", 2, SHA, "pdf")
    assert key == f"94000123/2023-2024/HB-0001/v2/{SHA}.pdf"
    assert package_key("94000123", "2023-2024", "G1") == "94000123/2023-2024/packages/G1.xml"
    assert receipt_key("94000123", "R1") == "94000123/receipts/R1.json"
    assert split_key(key) == tuple(key.split("/"))


@pytest.mark.parametrize("school", ["", "..", "a/b", "a\\b", "Trường", ".hidden", "-x", "a.", "a b", "a\n"])
def test_unsafe_parts_are_refused(school: str) -> None:
    with pytest.raises(UserError) as caught:
        package_key(school, "2023-2024", "G1")
    assert caught.value.code == "delivery.bad_key"


@pytest.mark.parametrize("key", ["../x", "a//b", "/a", "a/", "a/../b", ""])
def test_unsafe_keys_are_refused(key: str) -> None:
    with pytest.raises(UserError):
        split_key(key)


@pytest.mark.parametrize(("version", "sha", "ext"), [(0, SHA, "xml"), (1, "AB" * 32, "xml"), (1, SHA, "exe")])
def test_not_a_document(version: int, sha: str, ext: str) -> None:
    with pytest.raises(ValueError, match="not a document"):
        document_key("94000123", "2023-2024", "HB-0001", version, sha, ext)
