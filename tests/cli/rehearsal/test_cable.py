"""The path that can be cut: what passes, what does not, and what is told to whom."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest

from openline.cli.rehearsal.cable import HOST, Cable

PATIENCE_SECONDS = 60.0
SILENCE_SECONDS = 0.2


class Far:
    """Whatever calls here gets back what it sent, with `word` before it."""

    def __init__(self, word: bytes) -> None:
        self.word = word
        self.calls: list[socket.socket] = []
        self.listener = socket.create_server((HOST, 0))
        self.port = int(self.listener.getsockname()[1])
        self.thread = threading.Thread(target=self.answer)
        self.thread.start()

    def answer(self) -> None:
        """Take calls one after the other, until `close` makes the last one."""
        while True:
            call = self.listener.accept()[0]
            self.calls.append(call)
            try:
                while data := call.recv(1 << 16):
                    if data == b"close":
                        return
                    call.sendall(self.word + data)
            except ConnectionError:
                continue

    def close(self) -> None:
        """End the thread and every socket."""
        for call in self.calls:
            with suppress(OSError):
                call.shutdown(socket.SHUT_RDWR)
        with socket.create_connection((HOST, self.port)) as last:
            last.sendall(b"close")
            self.thread.join()
        for each in (*self.calls, self.listener):
            each.close()


@pytest.fixture
def far() -> Iterator[Far]:
    with closing(Far(b"far:")) as made:
        yield made


@pytest.fixture
def cable(far: Far) -> Iterator[Cable]:
    with closing(Cable(far.port)) as made:
        yield made


def call(cable: Cable) -> socket.socket:
    return socket.create_connection((HOST, cable.port), PATIENCE_SECONDS)


def asked(end: socket.socket, data: bytes) -> bytes:
    end.sendall(data)
    return end.recv(1 << 16)


def is_over(end: socket.socket, data: bytes) -> bool:
    """Whether the other side has hung up, politely or not."""
    try:
        return asked(end, data) == b""
    except ConnectionError:
        return True


def test_bytes_pass_both_ways_and_are_counted(cable: Cable) -> None:
    with call(cable) as near:
        assert asked(near, b"hello") == b"far:hello"
    assert cable.passed_bytes == len(b"hello") + len(b"far:hello")


def test_nothing_passes_a_cut_and_nobody_is_told(cable: Cable) -> None:
    with call(cable) as near:
        assert asked(near, b"1") == b"far:1"
        cable.cut()
        passed = cable.passed_bytes
        near.settimeout(SILENCE_SECONDS)
        with pytest.raises(TimeoutError):
            asked(near, b"2")
        assert cable.passed_bytes == passed


def test_a_new_call_comes_to_nothing_while_it_is_cut(cable: Cable) -> None:
    cable.cut()
    with call(cable) as near:
        assert is_over(near, b"1")
    assert cable.passed_bytes == 0


def test_after_mending_the_old_call_is_over_and_a_new_one_passes(cable: Cable) -> None:
    with call(cable) as near:
        assert asked(near, b"1") == b"far:1"
        cable.cut()
        cable.mend()
        assert is_over(near, b"2")
    with call(cable) as near:
        assert asked(near, b"3") == b"far:3"


def test_it_may_lead_elsewhere(cable: Cable) -> None:
    with closing(Far(b"elsewhere:")) as other:
        cable.leads_to = other.port
        with call(cable) as near:
            assert asked(near, b"1") == b"elsewhere:1"


def test_where_nobody_answers_a_call_is_over(cable: Cable) -> None:
    with socket.create_server((HOST, 0)) as gone:
        cable.leads_to = int(gone.getsockname()[1])
    with call(cable) as near:
        assert is_over(near, b"1")


def test_closing_ends_calls_that_are_cut(far: Far) -> None:
    cable = Cable(far.port)
    with call(cable) as near:
        assert asked(near, b"1") == b"far:1"
        cable.cut()
        near.sendall(b"2")
        cable.close()
        assert is_over(near, b"3")
