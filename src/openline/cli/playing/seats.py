"""Desks at which people may sit down while scripts play: each officer has a password, and whoever signs in takes over.

An officer's password is set through the one-time link that the desk printed, as a person would. The desk is handed over
as an officer leaves it whose watch ends: alarms of the post that came before are noted.
"""

from __future__ import annotations

import secrets
import time
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from itertools import count
from typing import Any, Final

import msgspec

from openline.cli.playing.cast import Cast
from openline.cli.rehearsal.posts import Post
from openline.post import requests

CONSONANTS: Final = "bdfghklmnprstvz"
VOWELS: Final = "aeiou"
GROUPS: Final = 4
"""Of two syllables each: 75 to the power of 8, some 49 bits, in what can be read out and typed."""

LOOK_SECONDS: Final = 0.5
_PATIENCE_SECONDS: Final = 20.0
_ANSWER_MAX_BYTES: Final = 64 << 10


class Seat(msgspec.Struct, frozen=True):
    """Where the officer of a party signs in, and with what."""

    party: str
    officer: str
    desk: str
    password: str


class Seats:
    """The desks of all posts of a cast that serve one; `taken` says who has sat down since it was asked last."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._posts = [post for post in cast.posts.values() if post.desk]
        self.seats = [self._made(post) for post in self._posts]
        self._before = {post.name: _times(post) for post in self._posts}
        self._looked = 0.0

    def taken(self) -> list[str]:
        """Parties at whose desk somebody has signed in, each once; looked for twice a second at most."""
        if time.monotonic() - self._looked < LOOK_SECONDS:
            return []
        self._looked = time.monotonic()
        free = [post for post in self._posts if post.name in self._before and post.name not in self._cast.down]
        sat = [post.name for post in free if _times(post) != self._before[post.name]]
        for name in sat:
            del self._before[name]
            self._hand_over(self._cast.posts[name], next(each for each in self.seats if each.party == name))
        return sat

    def _made(self, post: Post) -> Seat:
        seat = Seat(post.name, post.officer, post.desk, password())
        token = post.first.rpartition("#link=")[2]
        cookie = self._done(post, "link", {"token": token, "password": seat.password})
        self._done(post, "sign-out", {}, cookie)
        return seat

    def _hand_over(self, post: Post, seat: Seat) -> None:
        cookie = self._done(post, "sign-in", {"officer": seat.officer, "password": seat.password})
        for number in count(1):
            status, _, _ = self._asked(post, "note", {"number": number}, cookie)
            if status != HTTPStatus.OK:
                break
        self._done(post, "sign-out", {}, cookie)

    def _done(self, post: Post, what: str, body: dict[str, Any], cookie: str = "") -> str:
        """Ask what must not be refused; the cookie that came."""
        status, given, said = self._asked(post, what, body, cookie)
        if status != HTTPStatus.OK:
            raise self._cast.processes.failed(f"The desk of {post.name} refused {what!r}: {said}")
        return given

    def _asked(self, post: Post, what: str, body: dict[str, Any], cookie: str) -> tuple[int, str, str]:
        """Ask a desk as a browser does: status, cookie, and body of the answer. Raises what `Processes` raises."""
        host = post.desk.removeprefix("http://")
        connection = HTTPConnection(host, timeout=_PATIENCE_SECONDS)
        headers = {"origin": post.desk, "content-type": "application/json", **({"cookie": cookie} if cookie else {})}
        try:
            connection.request("POST", f"/api/v1/{what}", msgspec.json.encode(body), headers)
            answer = connection.getresponse()
            said = answer.read(_ANSWER_MAX_BYTES)
        except (OSError, HTTPException) as error:
            raise self._cast.processes.failed(f"The desk of {post.name} does not answer: {error}.") from error
        finally:
            connection.close()
        given = (answer.getheader("set-cookie") or "").partition(";")[0]
        return answer.status, given, said.decode(errors="replace")


def password() -> str:
    """A password for one evening: kavo-meri-tulo-pesa."""
    syllables = [secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(2 * GROUPS)]
    return "-".join(one + other for one, other in zip(syllables[::2], syllables[1::2], strict=True))


def _times(post: Post) -> list[int]:
    """How often each officer has signed in at the desk of a post: two times within one second are two."""
    return [each["times"] for each in post.ask(requests.DeskList())["accounts"]]
