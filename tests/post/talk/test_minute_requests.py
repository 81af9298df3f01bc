"""Requests about minutes, commitments and disclosure are among all requests, and each has an answer."""

from __future__ import annotations

from typing import get_args

from openline.post import requests
from openline.post.talk import disclosures, minutes
from openline.post.talk.minute_requests import MinuteRequests


def test_each_can_be_asked_and_is_answered() -> None:
    kinds = set(get_args(MinuteRequests))
    assert kinds <= set(get_args(requests.AnyRequest))
    assert kinds == set(minutes.ANSWERS) | set(disclosures.ANSWERS)
