"""The request about the record is among all requests, and has an answer."""

from __future__ import annotations

from typing import get_args

from openline.post import recordbook, requests
from openline.post.record_requests import RecordList


def test_it_can_be_asked_and_is_answered() -> None:
    assert RecordList in get_args(requests.AnyRequest)
    assert set(recordbook.ANSWERS) == {RecordList}
