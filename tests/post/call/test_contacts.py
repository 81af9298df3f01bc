"""Contacts as JSON: every name that people and programs read."""

from __future__ import annotations

from openline.post.call.contacts import named
from openline.wire.contact import Layer, Outcome, Reason, Reply


def test_names_are_plain_words() -> None:
    assert [named(each.name) for each in Outcome] == ["held", "not-held", "declined", "no-answer", "withdrawn"]
    for options in (Reply, Reason, Layer):
        assert all(named(each.name).replace("-", "").isalpha() for each in options)
