"""A local S3-speaking server (moto) for the demo and the tests, with a plug that can be pulled."""

from __future__ import annotations

import http.client
import logging
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from app.errors import UserError

if TYPE_CHECKING:
    from moto.server import ThreadedMotoServer

HOST: Final = "127.0.0.1"
ACCESS_KEY: Final = "hocba-demo"
SECRET: Final = "hocba-demo-secret"


class LocalS3:
    """A server in a thread of this process on a free port; its objects live as long as the process.

    Raises UserError demo.needs_dev when moto is not installed.
    """

    def __init__(self, bucket: str = "hocba") -> None:
        self.bucket = bucket
        self.access_key, self.secret = ACCESS_KEY, SECRET
        self._port = 0
        self._server: ThreadedMotoServer | None = None

    @property
    def endpoint(self) -> str:
        """The address; stays the same while the server is away and when it is back."""
        return f"http://{HOST}:{self._port}"

    def start(self) -> None:
        """Start with the bucket made and empty."""
        self.go_online()
        self._ask("PUT", f"/{self.bucket}")

    def go_offline(self) -> None:
        """Pull the plug: connections are refused, the objects are kept."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def go_online(self) -> None:
        """Come back on the same port with the same objects."""
        if self._server is not None:
            return
        server = _server_class()(ip_address=HOST, port=self._port, verbose=False)
        logging.getLogger("werkzeug").setLevel(logging.ERROR)  # one line per request otherwise
        server.start()
        self._server, self._port = server, server.get_host_and_port()[1]

    def stop(self) -> None:
        """Stop, and forget the objects."""
        self.go_online()
        self._ask("POST", "/moto-api/reset")
        self.go_offline()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _ask(self, method: str, path: str) -> None:
        connection = http.client.HTTPConnection(HOST, self._port, timeout=10)
        try:
            connection.request(method, path)
            answer = connection.getresponse()
            if answer.status != http.HTTPStatus.OK:
                raise RuntimeError(f"{method} {path}: {answer.status} {answer.read()!r}")
        finally:
            connection.close()


def _server_class() -> type[ThreadedMotoServer]:
    try:
        from moto.server import ThreadedMotoServer
    except ImportError as error:
        raise UserError("demo.needs_dev", module="moto") from error
    return ThreadedMotoServer
