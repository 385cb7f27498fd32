"""Any S3-compatible store as a destination: conditional writes, and the store's own SHA-256 as proof."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from app.delivery import s3_errors
from app.delivery.destinations import DeliveryProblem, ProblemKind, Stored
from app.delivery.keys import split_key
from app.errors import UserError

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

MEDIA_TYPES: Final = {"xml": "application/xml", "pdf": "application/pdf", "json": "application/json"}
CONNECT_SECONDS: Final = 5
READ_SECONDS: Final = 30
PAGE_KEYS: Final = 1000
_LOCAL: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class S3Destination:
    """One bucket of one store. The client is made at the first use, once; nothing is read from AWS_*."""

    def __init__(
        self,
        endpoint: str,
        bucket: str,
        access_key: str,
        secret: str,
        prefix: str = "",
        region: str = "us-east-1",
        *,
        connect_seconds: float = CONNECT_SECONDS,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        self._local = _host(endpoint) in _LOCAL
        self.endpoint, self.bucket, self.region = endpoint, bucket, region
        self.prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._access_key, self._secret = access_key, secret
        self._timeouts = (connect_seconds, read_seconds)
        self._keeps_conditions: bool | None = None
        """Whether the store honours If-None-Match; None until the first write has shown it."""

    def put(self, key: str, data: bytes, sha256: str) -> None:
        """Write under a condition; on stores that ignore the condition, look first.

        Which kind a store is shows at the first write of a session: the same bytes sent again must be
        refused. `delivery.conflict` when other bytes lie under the key.
        """
        split_key(key)
        with s3_errors.problems(self.endpoint, key):
            if not self._keeps_conditions and self._already_there(key, sha256):
                return
            if self._write(key, data, sha256):
                self._learn(key, data, sha256)
            elif not self._already_there(key, sha256):
                raise DeliveryProblem(
                    ProblemKind.SERVER, "delivery.server", place=self.endpoint, status=409, key=key
                )

    def head(self, key: str) -> Stored | None:
        """What the store reports: its SHA-256 where it keeps one, else the hash of what it sends back."""
        with s3_errors.problems(self.endpoint, key):
            try:
                answer = self._client.head_object(
                    Bucket=self.bucket, Key=self.prefix + key, ChecksumMode="ENABLED"
                )
            except ClientError as error:
                if s3_errors.status(error) == 404:
                    return None
                raise
            self._must_be_s3(answer)
            sha256 = _checksum(answer) or self._hash_of(key)
            return Stored(key, answer["ContentLength"], sha256) if sha256 else None

    def list(self, prefix: str = "") -> tuple[str, ...]:
        """All keys below the destination's own prefix that start with `prefix`, sorted."""
        keys: set[str] = set()
        with s3_errors.problems(self.endpoint):
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(
                Bucket=self.bucket, Prefix=self.prefix + prefix, PaginationConfig={"PageSize": PAGE_KEYS}
            ):
                if page.get("Name") != self.bucket:
                    raise s3_errors.captive(self.endpoint)
                keys.update(item["Key"].removeprefix(self.prefix) for item in page.get("Contents", ()))
        return tuple(sorted(keys))

    def get(self, key: str) -> bytes | None:
        """The bytes under `key`, None when there are none."""
        with s3_errors.problems(self.endpoint, key):
            try:
                answer = self._client.get_object(Bucket=self.bucket, Key=self.prefix + key)
            except self._client.exceptions.NoSuchKey:
                return None
            self._must_be_s3(answer)
            return answer["Body"].read()

    def check(self) -> None:
        """Ask for one key of the bucket: shows the network, the keys, the bucket and the region at once."""
        with s3_errors.problems(self.endpoint):
            answer = self._client.list_objects_v2(Bucket=self.bucket, Prefix=self.prefix, MaxKeys=1)
            if answer.get("Name") != self.bucket:
                raise s3_errors.captive(self.endpoint)

    def _already_there(self, key: str, sha256: str) -> bool:
        found = self.head(key)
        if found is not None and found.sha256 != sha256:
            raise DeliveryProblem(ProblemKind.CONFLICT, "delivery.conflict", place=self.endpoint, key=key)
        return found is not None

    def _write(self, key: str, data: bytes, sha256: str) -> bool:
        """True when written, False when the store says that the key is taken."""
        condition: dict[str, Any] = {} if self._keeps_conditions is False else {"IfNoneMatch": "*"}
        try:
            answer = self._client.put_object(
                Bucket=self.bucket,
                Key=self.prefix + key,
                Body=data,
                ContentType=MEDIA_TYPES.get(key.rpartition(".")[2], "application/octet-stream"),
                ChecksumAlgorithm="SHA256",
                ChecksumSHA256=base64.b64encode(bytes.fromhex(sha256)).decode("ascii"),
                **condition,
            )
        except ClientError as error:
            if condition and s3_errors.status(error) in s3_errors.CONDITION_FAILED:
                return False
            if condition and s3_errors.code(error) == "NotImplemented":
                self._keeps_conditions = False
                return self._write(key, data, sha256)
            raise
        self._must_be_s3(answer)
        return True

    def _learn(self, key: str, data: bytes, sha256: str) -> None:
        """Send the bytes just written once more: a store that keeps conditions refuses them."""
        if self._keeps_conditions is None:
            self._keeps_conditions = not self._write(key, data, sha256)

    def _hash_of(self, key: str) -> str:
        data = self.get(key)
        return "" if data is None else hashlib.sha256(data).hexdigest()

    def _must_be_s3(self, answer: Mapping[str, Any]) -> None:
        """A login page also answers 200, but knows no ETag."""
        if not answer.get("ETag"):
            if "Body" in answer:
                answer["Body"].close()
            raise s3_errors.captive(self.endpoint)

    def _refuse_page(self, response_dict: Any, **_: object) -> None:
        """A page in place of a good answer: caught before botocore takes it for an error of the store."""
        headers, body = response_dict["headers"], response_dict["body"]
        if response_dict["status_code"] >= 300 or "etag" in headers:
            return
        if not isinstance(body, bytes):  # an object without ETag: `get` refuses it
            return
        start = body.lstrip()[:9].lower()
        if start and (start.startswith((b"<html", b"<!doctype")) or not start.startswith(b"<")):
            raise s3_errors.captive(self.endpoint)

    @cached_property
    def _client(self) -> S3Client:
        """The client with nothing from the surroundings: no profile, no AWS_* keys, no metadata service."""
        import botocore.session  # slow to import: only a PC that sends pays for it
        from botocore.config import Config
        from botocore.hooks import HierarchicalEmitter

        alone = {"profile": (None, None, None, None), "config_file": (None, None, os.devnull, None)}
        hooks = HierarchicalEmitter()
        hooks.register_first("before-parse.s3.*", self._refuse_page)  # even before botocore's own
        session = botocore.session.Session(session_vars=alone, event_hooks=hooks)
        connect_seconds, read_seconds = self._timeouts
        config = Config(
            connect_timeout=connect_seconds,
            read_timeout=read_seconds,
            retries={"total_max_attempts": 1, "mode": "standard"},
            s3={"addressing_style": "path", "us_east_1_regional_endpoint": "regional"},
            signature_version="s3v4",
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            proxies={} if self._local else None,
        )
        try:
            client = session.create_client(
                "s3",
                endpoint_url=self.endpoint,
                region_name=self.region,
                aws_access_key_id=self._access_key,
                aws_secret_access_key=self._secret,
                config=config,
            )
        except (BotoCoreError, ValueError) as error:
            raise UserError("delivery.bad_endpoint", value=self.endpoint) from error
        client.meta.events.register("before-call.s3", _stay_here)
        return cast("S3Client", client)


def _stay_here(params: Any, **_: object) -> None:
    """Never follow a redirect to "the bucket's region": behind a login page botocore would do so for ever."""
    params["context"].setdefault("s3_redirect", {})["redirected"] = True


def _host(endpoint: str) -> str:
    try:
        parts = urlsplit(endpoint)
        good = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError as error:
        raise UserError("delivery.bad_endpoint", value=endpoint) from error
    if not good:
        raise UserError("delivery.bad_endpoint", value=endpoint)
    return str(parts.hostname)


def _checksum(answer: Mapping[str, Any]) -> str:
    """The SHA-256 a store reports, in hex; "" when it keeps none of the whole object."""
    try:
        raw = base64.b64decode(str(answer.get("ChecksumSHA256", "")), validate=True)
    except binascii.Error:
        return ""  # of parts ("...-3"), not of the whole
    return raw.hex() if len(raw) == 32 else ""
