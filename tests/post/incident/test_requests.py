"""Requests about incidents come through the socket as they were written."""

from __future__ import annotations

import pytest

from openline.errors import BadRequest
from openline.post.incident import requests as asks
from openline.post.requests import decode, encode


def test_they_come_back() -> None:
    for request in (
        asks.IncidentOpen(line="strait", title="A fire", place="At sea", sources=(("a radar", "", 0),)),
        asks.IncidentAssess(incident="ab" * 32, what="A fire.", confidence="likely", confirmed=True),
        asks.IncidentShow(incident="ab" * 32, at=5, party="South"),
        asks.IncidentCorrect(incident="ab" * 32, at=0),
    ):
        assert decode(encode(request)) == request


def test_there_is_no_field_for_a_cause() -> None:
    with pytest.raises(BadRequest):
        decode(b'{"do":"incident-open","line":"strait","title":"t","place":"p","cause":"a missile"}')
