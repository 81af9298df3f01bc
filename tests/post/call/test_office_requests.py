"""Requests about offices are among all requests, and each has an answer."""

from __future__ import annotations

from typing import get_args

from openline.post import requests
from openline.post.call import offices
from openline.post.call.office_requests import OfficeRequests


def test_each_can_be_asked_and_is_answered() -> None:
    kinds = set(get_args(OfficeRequests))
    assert kinds <= set(get_args(requests.AnyRequest))
    assert kinds == set(offices.ANSWERS)
