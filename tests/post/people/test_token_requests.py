"""Requests about tokens: their names, and what may be left out."""

from __future__ import annotations

from openline.post import requests as asks
from openline.post.people.token_requests import DeskTokenAdd, DeskTokenList, DeskTokenRevoke


def test_what_may_be_left_out() -> None:
    assert asks.decode(b'{"do": "desk-token-add", "name": "archive"}') == DeskTokenAdd(name="archive", role="viewer")
    assert asks.decode(b'{"do": "desk-token-list"}') == DeskTokenList()
    assert asks.decode(b'{"do": "desk-token-revoke", "name": "archive"}') == DeskTokenRevoke(name="archive")
