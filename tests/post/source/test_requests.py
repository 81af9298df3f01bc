"""Requests about accounts are among all requests, and each has an answer."""

from __future__ import annotations

from typing import get_args

from openline.post import requests
from openline.post.source import sourcing
from openline.post.source.requests import SourceRequests


def test_each_can_be_asked_and_is_answered() -> None:
    kinds = set(get_args(SourceRequests))
    assert kinds <= set(get_args(requests.AnyRequest))
    assert kinds == set(sourcing.ANSWERS)
