"""What can be asked at the desk, and by whom: a request of the control socket each, denied to every role not named.

Questions are GET with the fields of the request in the query, acts are POST with them in a JSON object. Where an
officer signs, it is the one who has signed in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, cast

import msgspec

from openline.errors import BadRequest, RoleNeeded
from openline.post import call_requests, check_requests, office_requests
from openline.post import requests as asks
from openline.post.accounts import ROLES
from openline.post.request import Request

READERS: Final = frozenset({"viewer", "watch officer", "releaser", "principal"})
ON_WATCH: Final = frozenset({"watch officer", "releaser"})
ADMINISTRATORS: Final = frozenset({"administrator"})
ANYBODY: Final = frozenset(ROLES)
"""Whoever has signed in."""

OWN: Final = ("do", "id")
"""Fields of a request that are not the asker's to fill in here."""


class Route(NamedTuple):
    """Who may ask what; `signs` where the officer who asks signs an entry with it."""

    request: type[Request]
    roles: frozenset[str]
    method: Literal["GET", "POST"] = "GET"
    signs: bool = False


_TABLE: Final = (
    Route(asks.About, ANYBODY),
    Route(asks.OfficerList, ANYBODY),
    Route(asks.LineList, ANYBODY),
    Route(asks.PeerList, ANYBODY),
    Route(asks.LineStatus, READERS),
    Route(asks.Inbox, READERS),
    Route(asks.Show, READERS),
    Route(asks.Receipts, READERS),
    Route(asks.Action, READERS),
    Route(asks.PagingShow, READERS),
    Route(check_requests.CheckList, READERS),
    Route(office_requests.OfficeList, READERS),
    Route(call_requests.CallBoard, READERS),
    Route(call_requests.CallList, READERS),
    Route(call_requests.CallShow, READERS),
    Route(asks.Send, ON_WATCH, "POST", signs=True),
    Route(asks.Reply, ON_WATCH, "POST", signs=True),
    Route(asks.Correct, ON_WATCH, "POST", signs=True),
    Route(asks.Mark, ON_WATCH, "POST", signs=True),
    Route(call_requests.CallAsk, ON_WATCH, "POST", signs=True),
    Route(call_requests.CallAnswer, ON_WATCH, "POST", signs=True),
    Route(call_requests.CallClose, ON_WATCH, "POST", signs=True),
    Route(call_requests.CallTry, ON_WATCH, "POST", signs=True),
    Route(call_requests.CallRespond, ON_WATCH, "POST", signs=True),
    Route(check_requests.CheckSend, ON_WATCH, "POST", signs=True),
    Route(check_requests.CheckAnswer, ON_WATCH, "POST", signs=True),
    Route(asks.DeskLink, ADMINISTRATORS, "POST"),
    Route(asks.DeskList, ADMINISTRATORS),
    Route(asks.DeskEnd, ADMINISTRATORS, "POST"),
)


def name_of(request: type[Request]) -> str:
    """What a request is called in its `do`, and so in its address."""
    return str(request.__struct_config__.tag)


ROUTES: Final[Mapping[str, Route]] = {name_of(route.request): route for route in _TABLE}
"""Everything that can be asked at /api/v1/NAME by whoever has signed in."""


def may(roles: Sequence[str]) -> list[str]:
    """What somebody with these roles may ask."""
    return [name for name, route in ROUTES.items() if route.roles.intersection(roles)]


def check(name: str, roles: Sequence[str]) -> None:
    """Raise RoleNeeded unless one of the roles may ask this."""
    needed = ROUTES[name].roles
    if not needed.intersection(roles):
        raise RoleNeeded(f"To ask {name!r} takes one of these roles: {', '.join(sorted(needed))}.")


def from_body(route: Route, body: bytes, officer: str) -> asks.AnyRequest:
    """The request in the body of a POST, signed by this officer where it signs. Raises BadRequest."""
    try:
        fields = msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadRequest(f"This is not a JSON object: {error}.") from None
    return _request(route, fields, officer, strict=True)


def from_query(route: Route, query: Sequence[tuple[str, str]]) -> asks.AnyRequest:
    """The request in the query of a GET. Raises BadRequest."""
    fields = dict(query)
    if len(fields) != len(query):
        raise BadRequest("A field is named twice.")
    return _request(route, fields, "", strict=False)


def _request(route: Route, fields: dict[str, Any], officer: str, *, strict: bool) -> asks.AnyRequest:
    taken = [*OWN, "officer"] if route.signs else OWN
    for field in taken:
        if field in fields:
            raise BadRequest(f"The field {field!r} is filled in by the desk.")
    if route.signs:
        fields["officer"] = officer
    try:
        request = msgspec.convert({**fields, "do": name_of(route.request)}, route.request, strict=strict)
    except (msgspec.ValidationError, RecursionError) as error:
        raise BadRequest(f"This is not a request: {re.sub('[^ -~]', '?', str(error))}.") from None
    return cast(asks.AnyRequest, request)
