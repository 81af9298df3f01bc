"""What all requests have in common."""

from __future__ import annotations

import msgspec
import pytest

from openline.post.request import Request, Spoken


class Ask(Spoken, tag="ask", frozen=True):
    """A request for these tests."""


def test_a_request_has_a_number_and_may_have_an_officer() -> None:
    assert msgspec.json.decode(b'{"do": "ask", "id": 3, "officer": "Berg"}', type=Ask) == Ask(id=3, officer="Berg")
    assert issubclass(Spoken, Request)
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"do": "ask", "more": 1}', type=Ask)
