"""Requests about the watch are among all requests, and each has an answer."""

from __future__ import annotations

from typing import get_args

from openline.post import requests
from openline.post.people import watchlog
from openline.post.people.watch_requests import WatchRequests


def test_each_can_be_asked_and_is_answered() -> None:
    kinds = set(get_args(WatchRequests))
    assert kinds <= set(get_args(requests.AnyRequest))
    assert kinds == set(watchlog.ANSWERS)
