"""Answers of the desk: every error has a status, and nothing of what went wrong inside is told."""

from __future__ import annotations

import json
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response

from openline import errors
from openline.desk.app import Desk
from openline.desk.replies import STATUS, answer, answering, nowhere, refusal


def told(response: Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return response.status_code, json.loads(bytes(response.body))["error"]["code"]


def test_errors_have_a_status() -> None:
    assert told(refusal(errors.NotSignedIn("x"))) == (401, "not-signed-in")
    assert told(refusal(errors.DraftStale("x"))) == (409, "draft-stale")
    assert all(400 <= status < 600 for status in STATUS.values())
    assert bytes(answer({"a": 1}).body) == b'{"a":1}'


async def test_what_fails_inside_is_told_as_a_fault_of_the_desk() -> None:
    async def broken(desk: Desk, request: Request) -> Response:
        raise ZeroDivisionError("a secret")

    request = Request({"type": "http", "path": "/x", "headers": [], "query_string": b"", "server": ("h", 1)})
    response = await answering(broken)(cast(Any, None), request)
    assert told(response) == (500, "internal-error")
    assert b"secret" not in bytes(response.body)
    assert told(await nowhere(request, None)) == (404, "unknown-name")
