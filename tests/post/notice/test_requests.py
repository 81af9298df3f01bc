"""Requests about notices are among all requests, and each has an answer."""

from __future__ import annotations

from typing import get_args

from openline.post import requests
from openline.post.notice import assets, notices, noticing, stopping, warnings
from openline.post.notice.requests import NoticeRequests


def test_each_can_be_asked_and_is_answered() -> None:
    kinds = set(get_args(NoticeRequests))
    assert kinds <= set(get_args(requests.AnyRequest))
    assert kinds == {*noticing.ANSWERS, *notices.ANSWERS, *stopping.ANSWERS, *assets.ANSWERS, *warnings.ANSWERS}
