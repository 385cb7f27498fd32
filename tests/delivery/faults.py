"""A real HTTP server that answers every request in the way a test sets: errors, login pages, silence."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from app.delivery.s3 import S3Destination

LOGIN_PAGE = b"<!DOCTYPE html><html><body><form>Wi-Fi: <input name=user></form></body></html>"


class FaultServer:
    """Answers with `status`, `headers` and `body` for every method; counts the requests by method."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: Mapping[str, str] = {}
        self.body = b""
        self.seen: list[str] = []
        self.hang = threading.Event()
        self.hang.set()
        faults = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                faults.seen.append(self.command)
                faults.hang.wait(10)
                self.send_response(faults.status)
                for name, value in faults.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(faults.body)))
                self.send_header("Connection", "close")
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(faults.body)

            do_GET = do_PUT = do_HEAD = _answer

            def log_message(self, format: str, *args: Any) -> None:
                return None

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Set the answer; header names are written with "_" for "-"."""
        self.status, self.body = status, body
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def s3_error(self, status: int, code: str) -> None:
        """Answer as S3 does."""
        body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>m</Message></Error>"
        self.answer(status, body.encode(), Content_Type="application/xml")

    def login_page(self, status: int = 200) -> None:
        self.answer(status, LOGIN_PAGE, Content_Type="text/html")

    def destination(self, read_seconds: float = 5) -> S3Destination:
        return S3Destination(self.endpoint, "hocba", "key", "secret", read_seconds=read_seconds)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hang.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
