"""Requests about link checks are among all requests, and each has an answer."""

from __future__ import annotations

from typing import get_args

from openline.post import requests
from openline.post.call import checking
from openline.post.call.check_requests import CheckRequests


def test_each_can_be_asked_and_is_answered() -> None:
    kinds = set(get_args(CheckRequests))
    assert kinds <= set(get_args(requests.AnyRequest))
    assert kinds == set(checking.ANSWERS)
