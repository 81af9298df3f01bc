"""Requests about claims are among all requests, and each has an answer."""

from __future__ import annotations

from typing import get_args

from openline.post import requests
from openline.post.claim import claims
from openline.post.claim.requests import ClaimRequests


def test_each_can_be_asked_and_is_answered() -> None:
    kinds = set(get_args(ClaimRequests))
    assert kinds <= set(get_args(requests.AnyRequest))
    assert kinds == set(claims.ANSWERS)
