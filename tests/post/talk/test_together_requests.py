"""Requests about simultaneous exchanges are among all requests, and each has an answer."""

from __future__ import annotations

from typing import get_args

from openline.post import requests
from openline.post.talk import together
from openline.post.talk.together_requests import TogetherRequests


def test_each_can_be_asked_and_is_answered() -> None:
    kinds = set(get_args(TogetherRequests))
    assert kinds <= set(get_args(requests.AnyRequest))
    assert kinds == set(together.ANSWERS)
