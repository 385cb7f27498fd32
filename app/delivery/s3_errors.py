"""What a failed or strange S3 answer means: the library's errors turned into `DeliveryProblem`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    HTTPClientError,
    ParamValidationError,
    SSLError,
)
from botocore.parsers import ResponseParserError

from app.delivery.destinations import DeliveryProblem, ProblemKind

SETTINGS_CODES: Final[Mapping[str, str]] = {
    "NoSuchBucket": "delivery.no_bucket",
    "InvalidBucketName": "delivery.no_bucket",
    "PermanentRedirect": "delivery.wrong_region",
    "AuthorizationHeaderMalformed": "delivery.wrong_region",
    "IllegalLocationConstraintException": "delivery.wrong_region",
    "RequestTimeTooSkewed": "delivery.clock",
}
"""Errors of the whole destination, not of one item: the queue pauses, nothing is rejected."""

CONDITION_FAILED: Final = frozenset({409, 412})
_BUSY: Final = frozenset({408, 425, 429})
_LOGIN_PAGE: Final = frozenset({407, 511})


@contextmanager
def problems(place: str, key: str = "") -> Iterator[None]:
    """Turn every failure of the client inside the block into a `DeliveryProblem`."""
    try:
        yield
    except ClientError as error:
        raise from_answer(error, place, key) from error
    except (SSLError, ResponseParserError) as error:
        raise captive(place) from error
    except ParamValidationError as error:
        raise DeliveryProblem(ProblemKind.AUTH, "delivery.no_bucket", place=place) from error
    except HTTPClientError as error:
        if isinstance(error.kwargs.get("error"), TypeError):  # what the HTTP layer makes of a 303
            raise captive(place) from error
        raise DeliveryProblem(ProblemKind.OFFLINE, "delivery.offline", place=place) from error
    except BotoCoreError as error:  # no name, refused, reset, timed out, cut short
        raise DeliveryProblem(ProblemKind.OFFLINE, "delivery.offline", place=place) from error


def captive(place: str) -> DeliveryProblem:
    """A page that is not the destination answered."""
    return DeliveryProblem(ProblemKind.CAPTIVE, "delivery.captive", place=place)


def status(error: ClientError) -> int:
    """The HTTP status of an answer, 0 when it had none."""
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def code(error: ClientError) -> str:
    """The store's own error code; the status as text when the answer had none."""
    return str(error.response.get("Error", {}).get("Code", ""))


def from_answer(error: ClientError, place: str, key: str) -> DeliveryProblem:
    """The problem that an answer with status 3xx, 4xx or 5xx stands for."""
    number, name = status(error), code(error)
    if name in SETTINGS_CODES:
        return DeliveryProblem(ProblemKind.AUTH, SETTINGS_CODES[name], place=place)
    if number < 400 or number in _LOGIN_PAGE:
        return captive(place)
    facts: dict[str, Any] = {"place": place, "status": number, "key": key}
    if number in (401, 403):
        return DeliveryProblem(ProblemKind.AUTH, "delivery.auth", **facts)
    if number >= 500 or number in _BUSY:
        return DeliveryProblem(ProblemKind.SERVER, "delivery.server", **facts)
    return DeliveryProblem(ProblemKind.REJECTED, "delivery.rejected", **facts)
