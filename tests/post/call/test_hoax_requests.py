"""The requests about hoax calls are in the table of contents."""

from __future__ import annotations

from typing import get_args

from openline.post.call.hoax_requests import HoaxRequests
from openline.post.call.hoaxes import ANSWERS
from openline.post.requests import AnyRequest


def test_each_is_listed_and_answered() -> None:
    assert set(get_args(HoaxRequests)) == set(ANSWERS) <= set(get_args(AnyRequest))
