"""Requests about drafts: each comes back as it went."""

from __future__ import annotations

import pytest

from openline.post.people import draft_requests as asks
from openline.post.requests import decode, encode


@pytest.mark.parametrize(
    "request_",
    [
        asks.DraftMake(request={"do": "send", "line": "strait", "text": "x"}, release=True),
        asks.DraftSign(draft="00" * 16, authenticator="AA", client="AA", signature="AA"),
        asks.DraftRelease(draft="00" * 16, officer="Aas", device=True),
        asks.DraftList(),
        asks.DraftDrop(draft="00" * 16),
    ],
    ids=lambda request: type(request).__name__,
)
def test_a_request_comes_back(request_: asks.DraftRequests) -> None:
    assert decode(encode(request_)) == request_
