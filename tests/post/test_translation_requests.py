"""The requests about translations are among all requests, and each has an answer."""

from __future__ import annotations

from typing import get_args

from openline.post import requests, translations
from openline.post.translation_requests import TranslationRequests


def test_they_can_be_asked_and_are_answered() -> None:
    asked = set(get_args(TranslationRequests))
    assert asked <= set(get_args(requests.AnyRequest))
    assert set(translations.ANSWERS) == asked
