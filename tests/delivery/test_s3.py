"""The S3 destination against a real server over HTTP, and against servers that fail."""

from __future__ import annotations

import gc
import hashlib
import socket
import threading

import pytest

from app.delivery.destinations import DeliveryProblem, ProblemKind, Stored
from app.delivery.s3 import S3Destination
from app.demo.s3 import LocalS3
from app.errors import UserError
from app.messages import sentence
from tests.delivery.faults import FaultServer

DATA = b"<HOC_BA/>" * 1000
SHA = hashlib.sha256(DATA).hexdigest()
OTHER = b"<KHAC/>"
OTHER_SHA = hashlib.sha256(OTHER).hexdigest()
KEY = f"94000123/2023-2024/HB-1/v1/{SHA}.xml"


def kind_of(action: object, *args: object) -> ProblemKind:
    assert callable(action)
    with pytest.raises(DeliveryProblem) as caught:
        action(*args)
    assert sentence(caught.value)
    return caught.value.kind


def test_put_head_list_get(s3: S3Destination) -> None:
    assert s3.head(KEY) is None
    assert s3.get(KEY) is None
    s3.put(KEY, DATA, SHA)
    assert s3.head(KEY) == Stored(KEY, len(DATA), SHA)
    assert s3.get(KEY) == DATA
    assert s3.list("94000123/") == (KEY,)
    assert s3.list("9500") == ()
    s3.check()


def test_a_prefix_is_only_seen_inside(store: LocalS3, s3: S3Destination) -> None:
    below = S3Destination(store.endpoint, store.bucket, "k", "s", prefix="/soc-trang/")
    below.put(KEY, DATA, SHA)
    assert below.list() == (KEY,)
    assert s3.list() == (f"soc-trang/{KEY}",)


def test_more_keys_than_one_page(s3: S3Destination, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.delivery.s3.PAGE_KEYS", 3)
    for number in range(8):
        s3.put(f"a/{number}.xml", b"x", hashlib.sha256(b"x").hexdigest())
    assert len(s3.list("a/")) == 8


@pytest.mark.parametrize("warm", [False, True])
def test_other_bytes_never_replace(s3: S3Destination, warm: bool) -> None:
    if warm:  # the session has learnt that this store keeps conditions
        s3.put("warm/up.xml", OTHER, OTHER_SHA)
    s3.put(KEY, DATA, SHA)
    s3.put(KEY, DATA, SHA)
    assert kind_of(s3.put, KEY, OTHER, OTHER_SHA) is ProblemKind.CONFLICT
    assert s3.get(KEY) == DATA


def test_a_store_that_ignores_conditions_is_found_out(
    store: LocalS3, s3: S3Destination, monkeypatch: pytest.MonkeyPatch
) -> None:
    from moto.s3.responses import S3Response

    monkeypatch.setattr(S3Response, "put_object", _without_condition(S3Response.put_object))
    s3.put("a/1.xml", DATA, SHA)
    assert kind_of(s3.put, "a/1.xml", OTHER, OTHER_SHA) is ProblemKind.CONFLICT
    assert s3.get("a/1.xml") == DATA


def _without_condition(written: object) -> object:
    def put_object(self: object, *args: object, **more: object) -> object:
        headers = self.headers  # type: ignore[attr-defined]
        self.headers = {  # type: ignore[attr-defined]
            name: value for name, value in headers.items() if name.lower() != "if-none-match"
        }
        assert callable(written)
        return written(self, *args, **more)

    return put_object


def test_a_store_that_refuses_conditions(
    store: LocalS3, s3: S3Destination, monkeypatch: pytest.MonkeyPatch
) -> None:
    from moto.s3.responses import S3Response

    written = S3Response.put_object

    def put_object(self: S3Response) -> object:
        if "If-None-Match" in self.headers:
            return 501, {}, "<Error><Code>NotImplemented</Code></Error>"
        return written(self)

    monkeypatch.setattr(S3Response, "put_object", put_object)
    for _ in range(2):
        s3.put("a/1.xml", DATA, SHA)
    assert kind_of(s3.put, "a/1.xml", OTHER, OTHER_SHA) is ProblemKind.CONFLICT
    assert s3.get("a/1.xml") == DATA


def test_a_store_without_checksums_is_read_back(s3: S3Destination, monkeypatch: pytest.MonkeyPatch) -> None:
    s3.put(KEY, DATA, SHA)
    monkeypatch.setattr("app.delivery.s3._checksum", lambda answer: "")
    assert s3.head(KEY) == Stored(KEY, len(DATA), SHA)


def test_nothing_is_read_from_the_surroundings(store: LocalS3, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "AWS_PROFILE": "nobody",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:9",
        "AWS_SESSION_TOKEN": "x",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "http_proxy": "http://127.0.0.1:9",
    }.items():
        monkeypatch.setenv(name, value)
    s3 = S3Destination(store.endpoint, store.bucket, store.access_key, store.secret)
    s3.put(KEY, DATA, SHA)
    assert s3.list() == (KEY,)


def test_offline_and_back_with_everything_kept(store: LocalS3, s3: S3Destination) -> None:
    s3.put(KEY, DATA, SHA)
    store.go_offline()
    for action in (lambda: s3.put("a/b.xml", OTHER, OTHER_SHA), lambda: s3.get(KEY), s3.list, s3.check):
        assert kind_of(action) is ProblemKind.OFFLINE
    store.go_online()
    assert s3.get(KEY) == DATA
    assert s3.list() == (KEY,)


def test_no_such_name_is_offline() -> None:
    assert kind_of(S3Destination("http://kho.invalid", "b1b", "k", "s").check) is ProblemKind.OFFLINE


def test_silence_is_offline(faults: FaultServer) -> None:
    faults.hang.clear()
    assert kind_of(faults.destination(read_seconds=0.2).check) is ProblemKind.OFFLINE
    assert len(faults.seen) == 1  # no retries of the library's own


def test_a_missing_bucket_pauses_everything(store: LocalS3) -> None:
    wrong = S3Destination(store.endpoint, "khong-co", "k", "s")
    assert kind_of(wrong.put, KEY, DATA, SHA) is ProblemKind.AUTH
    assert kind_of(S3Destination(store.endpoint, "a b", "k", "s").check) is ProblemKind.AUTH


@pytest.mark.parametrize("endpoint", ["", "kho.example.vn", "ftp://kho", "http://", "http://[::1"])
def test_a_bad_address_is_refused(endpoint: str) -> None:
    with pytest.raises(UserError) as caught:
        S3Destination(endpoint, "hocba", "k", "s").check()
    assert caught.value.code == "delivery.bad_endpoint"


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (500, "InternalError", ProblemKind.SERVER),
        (503, "SlowDown", ProblemKind.SERVER),
        (429, "TooManyRequests", ProblemKind.SERVER),
        (401, "Unauthorized", ProblemKind.AUTH),
        (403, "SignatureDoesNotMatch", ProblemKind.AUTH),
        (403, "RequestTimeTooSkewed", ProblemKind.AUTH),
        (301, "PermanentRedirect", ProblemKind.AUTH),
        (400, "AuthorizationHeaderMalformed", ProblemKind.AUTH),
        (404, "NoSuchBucket", ProblemKind.AUTH),
        (400, "BadDigest", ProblemKind.REJECTED),
        (413, "EntityTooLarge", ProblemKind.REJECTED),
        (511, "NetworkAuthenticationRequired", ProblemKind.CAPTIVE),
    ],
)
def test_answers_of_a_store(faults: FaultServer, status: int, code: str, kind: ProblemKind) -> None:
    faults.s3_error(status, code)
    s3 = faults.destination()
    s3._keeps_conditions = True  # straight to the write: HEAD carries no code
    assert kind_of(s3.put, KEY, DATA, SHA) is kind
    assert kind_of(s3.check) is kind


@pytest.mark.parametrize("status", [500, 403])
def test_errors_as_pages(faults: FaultServer, status: int) -> None:
    faults.login_page(status)
    expected = ProblemKind.SERVER if status == 500 else ProblemKind.AUTH
    for action in (lambda: faults.destination().put(KEY, DATA, SHA), faults.destination().check):
        assert kind_of(action) is expected


@pytest.mark.parametrize("conditions", [None, True, False])
def test_a_login_page_is_not_success(faults: FaultServer, conditions: bool | None) -> None:
    faults.login_page()
    s3 = faults.destination()
    s3._keeps_conditions = conditions
    for action in (
        lambda: s3.put(KEY, DATA, SHA),
        lambda: s3.head(KEY),
        lambda: s3.get(KEY),
        s3.list,
        s3.check,
    ):
        assert kind_of(action) is ProblemKind.CAPTIVE


@pytest.mark.parametrize("body", [b"", b"Wi-Fi", b"<?xml version='1.0'?><wifi/>"])
def test_an_answer_that_is_not_of_s3_is_not_success(faults: FaultServer, body: bytes) -> None:
    faults.answer(200, body, Content_Type="application/xml")
    s3 = faults.destination()
    s3._keeps_conditions = True
    for action in (lambda: s3.put(KEY, DATA, SHA), lambda: s3.head(KEY), lambda: s3.get(KEY)):
        assert kind_of(action) is ProblemKind.CAPTIVE
    assert kind_of(s3.list) is ProblemKind.CAPTIVE
    assert kind_of(s3.check) is ProblemKind.CAPTIVE


def test_a_well_formed_page_is_not_an_empty_list(faults: FaultServer) -> None:
    faults.answer(200, b"<html><body>Wi-Fi</body></html>", Content_Type="text/html")
    assert kind_of(faults.destination().list) is ProblemKind.CAPTIVE
    assert kind_of(faults.destination().check) is ProblemKind.CAPTIVE


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_a_login_page(faults: FaultServer, status: int) -> None:
    faults.answer(status, b"", Location="http://wifi.example/login", Content_Type="text/html")
    s3 = faults.destination()
    for action in (lambda: s3.put(KEY, DATA, SHA), lambda: s3.head(KEY), s3.check):
        assert kind_of(action) is ProblemKind.CAPTIVE


@pytest.mark.filterwarnings("ignore:Exception ignored in. <socket")
def test_a_see_other_is_a_login_page(faults: FaultServer) -> None:
    """urllib3 stumbles over a 303 of botocore's and drops the socket; the collector closes it here."""
    faults.answer(303, b"", Location="http://wifi.example/login")
    assert kind_of(faults.destination().check) is ProblemKind.CAPTIVE
    gc.collect()


def test_a_wrong_certificate_is_a_login_page() -> None:
    """A network that answers TLS with something else: the handshake fails, nothing is sent."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        s3 = S3Destination(f"https://127.0.0.1:{port}", "hocba", "k", "s")

        def plain_http() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1024)
                connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://wifi/\r\n\r\n")

        thread = threading.Thread(target=plain_http)
        thread.start()
        assert kind_of(s3.check) is ProblemKind.CAPTIVE
        thread.join()
