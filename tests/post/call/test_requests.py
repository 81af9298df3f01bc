"""Requests about contacts are among all requests, and each has an answer."""

from __future__ import annotations

from typing import get_args

from openline.post import requests
from openline.post.call import calls, voice
from openline.post.call.requests import CallRequests


def test_each_can_be_asked_and_is_answered() -> None:
    kinds = set(get_args(CallRequests))
    assert kinds <= set(get_args(requests.AnyRequest))
    assert kinds == set(calls.ANSWERS) | (kinds & set(voice.ANSWERS))
    assert not set(calls.ANSWERS) & set(voice.ANSWERS)
