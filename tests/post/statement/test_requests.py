"""Requests about joint statements are among all requests, and each has an answer."""

from __future__ import annotations

from typing import get_args

from openline.post import requests
from openline.post.statement import statements
from openline.post.statement.requests import StatementRequests


def test_each_can_be_asked_and_is_answered() -> None:
    kinds = set(get_args(StatementRequests))
    assert kinds <= set(get_args(requests.AnyRequest))
    assert kinds == set(statements.ANSWERS)
