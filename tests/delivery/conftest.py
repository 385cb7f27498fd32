"""Fixtures of the delivery tests: a real S3-speaking server over HTTP, and a server that fails to order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.delivery.s3 import S3Destination
from app.demo.s3 import LocalS3
from tests.delivery.faults import FaultServer


@pytest.fixture
def store() -> Iterator[LocalS3]:
    """An empty bucket on a fresh port."""
    with LocalS3() as server:
        yield server


@pytest.fixture
def s3(store: LocalS3) -> S3Destination:
    """The destination for `store`."""
    return S3Destination(store.endpoint, store.bucket, store.access_key, store.secret)


@pytest.fixture
def faults() -> Iterator[FaultServer]:
    """A server that answers whatever the test says."""
    with FaultServer() as server:
        yield server
