"""Requests about inquiries are among all requests, and each has an answer."""

from __future__ import annotations

from typing import get_args

from openline.post import requests
from openline.post.claim import inquiries
from openline.post.claim.inquiry_requests import InquiryRequests


def test_each_can_be_asked_and_is_answered() -> None:
    kinds = set(get_args(InquiryRequests))
    assert kinds <= set(get_args(requests.AnyRequest))
    assert kinds == set(inquiries.ANSWERS)
