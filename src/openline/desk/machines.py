"""Programs at the desk: each shows a token in every request (RFC 6750), and has no cookie, so no page acts for it.

What they may ask is in the table of routes, by the two roles that a token can have; none of these signs anything. A
good token is never kept waiting by somebody else's bad ones.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from starlette.requests import HTTPConnection

from openline.desk.replies import address_of
from openline.desk.tries import AT_ONCE_FROM_ONE_ADDRESS, SECONDS_EACH_FROM_ONE_ADDRESS, Tries
from openline.errors import BadToken, TooBusy
from openline.limits import DESK_TOKEN_REQUESTS_MAX, DESK_TOKEN_WATCHERS_MAX
from openline.post.people.tokens import Machine, Tokens

HEADER: Final = "authorization"
_SCHEME: Final = "bearer "


def shown(request: HTTPConnection) -> bool:
    """Whether a token is shown, good or not: then no cookie counts."""
    return HEADER in request.headers


class Machines:
    """Who shows which token at one desk, how many bad ones come from where, and how much each does at once."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._tries = Tries(time.monotonic, AT_ONCE_FROM_ONE_ADDRESS, SECONDS_EACH_FROM_ONE_ADDRESS)
        self._asking: Counter[str] = Counter()
        self._watching: Counter[str] = Counter()

    def find(self, request: HTTPConnection) -> Machine | None:
        """Whose token is shown, if it is good at this moment."""
        said = request.headers.getlist(HEADER)
        if len(said) != 1 or said[0][: len(_SCHEME)].lower() != _SCHEME:
            return None
        return self._tokens.holder(said[0][len(_SCHEME) :].strip())

    def known(self, request: HTTPConnection) -> Machine:
        """The same. Raises BadToken, or TooManyTries where too many bad ones came from there."""
        machine = self.find(request)
        if machine is None:
            self._tries.spend(address_of(request))
            raise BadToken("This token opens nothing here.")
        return machine

    @contextmanager
    def asking(self, machine: Machine) -> Iterator[None]:
        """While a request of this program is answered. Raises TooBusy."""
        with _counted(self._asking, machine, DESK_TOKEN_REQUESTS_MAX, "requests"):
            yield

    @contextmanager
    def watching(self, machine: Machine) -> Iterator[None]:
        """While a WebSocket of this program is open. Raises TooBusy."""
        with _counted(self._watching, machine, DESK_TOKEN_WATCHERS_MAX, "WebSockets"):
            yield


@contextmanager
def _counted(held: Counter[str], machine: Machine, most: int, what: str) -> Iterator[None]:
    if held[machine.name] >= most:
        raise TooBusy(f"One token has at most {most} {what} at a time.")
    held[machine.name] += 1
    try:
        yield
    finally:
        held[machine.name] -= 1
        if not held[machine.name]:
            del held[machine.name]
