"""The demo's local store: keeps its data while away, forgets it when stopped, says what is missing."""

from __future__ import annotations

import sys

import pytest

from app.delivery.s3 import S3Destination
from app.demo.s3 import LocalS3
from app.errors import UserError
from app.messages import sentence


def destination(store: LocalS3) -> S3Destination:
    return S3Destination(store.endpoint, store.bucket, store.access_key, store.secret)


def test_stopped_is_forgotten() -> None:
    sha = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    store = LocalS3()
    for _ in range(2):
        store.start()
        address = store.endpoint
        assert destination(store).list() == ()
        destination(store).put("a/b.xml", b"x", sha)
        store.go_offline()
        store.go_offline()
        store.go_online()
        store.go_online()
        assert store.endpoint == address
        assert destination(store).list() == ("a/b.xml",)
        store.stop()


def test_without_the_developers_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "moto.server", None)
    with pytest.raises(UserError) as caught:
        LocalS3().start()
    assert caught.value.code == "demo.needs_dev"
    assert "moto" in sentence(caught.value)
