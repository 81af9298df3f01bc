"""Requests about exchanges are answered each by one function, and none is answered twice."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import get_args

import openline.post
from openline.post import answering, requests


def test_each_request_has_one_answer() -> None:
    names = [each.name for each in pkgutil.walk_packages(openline.post.__path__, "openline.post.")]
    owners = [module for name in names if hasattr(module := import_module(name), "ANSWERS") and module is not answering]
    assert len(answering.ANSWERS) == sum(len(each.ANSWERS) for each in owners) > 20
    assert set(answering.ANSWERS) < set(get_args(requests.AnyRequest))
