"""Where pages go in tests, on loopback: an HTTP server that takes, refuses or dawdles, an SMTP server, a dead port."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Sink:
    """What came, and the port; `release` lets a slow server go on."""

    def __init__(self) -> None:
        self.port = 0
        self.got: list[Any] = []
        self.release = threading.Event()


@contextmanager
def http(status: int = 200, *, slow: bool = False) -> Iterator[Sink]:
    """A server for apprise's json://; a slow one answers when it is released."""
    sink = Sink()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sink.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            if slow:
                sink.release.wait(30)
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except ConnectionError:
                self.close_connection = True

    with _served(ThreadingHTTPServer(("127.0.0.1", 0), Handler), sink):
        yield sink


@contextmanager
def drip() -> Iterator[Sink]:
    """A server that answers for ever, a byte at a time: no time-out between two bytes ends it."""
    sink = Sink()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                while not sink.release.wait(0.2):
                    self.request.sendall(b"H")

    with _served(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler), sink):
        yield sink


@contextmanager
def smtp() -> Iterator[Sink]:
    """A mail server that takes everything but mail to refused@example.org."""
    sink = Sink()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 sink\r\n")
            while line := self.rfile.readline():
                word = line[:4].upper().strip()
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    sink.got.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                refused = b"refused@" in line
                self.wfile.write(b"550 no\r\n" if refused else b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
                if word == b"QUIT":
                    return

    with _served(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler), sink):
        yield sink


@contextmanager
def _served(server: socketserver.TCPServer, sink: Sink) -> Iterator[None]:
    sink.port = server.server_address[1]
    server.daemon_threads = True  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        sink.release.set()
        server.shutdown()
        server.server_close()
        thread.join()


def dead_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])
