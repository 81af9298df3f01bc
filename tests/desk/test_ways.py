"""What the desk can be asked has a way on some page; what is of the machine of the post stays with its commands."""

from __future__ import annotations

from openline.desk import routes
from openline.desk.downloads import DOWNLOADS
from openline.desk.routes import ROUTES
from openline.post import requests as asks
from tests.desk.sentences import sources

BY_NO_PAGE = {
    "health": "for programs that watch the post",
    "stop-show": "the page STOP asks for all of them",
    "desk-token-add": "tokens are for programs, and are made where those are set up",
    "desk-token-list": "the same",
    "desk-token-revoke": "the same",
}
"""What may be asked at the desk and has a way on no page, and why."""

OF_THE_POST = {
    "backup": "a copy of the home, beside the home",
    "carry-in": "a stick is in the machine of the post",
    "carry-out": "the same",
    "keys-branch": "whoever holds the root key, after talking to every member",
    "keys-revoke": "whoever holds the root key",
    "keys-rotate": "the same",
    "keys-root-bring": "the root key is kept away from the post",
    "keys-root-copy": "the same",
    "keys-root-drop": "the same",
    "line-accept": "a line and its terms are agreed by whoever runs the post",
    "line-change": "the same",
    "line-checkpoint": "made by itself",
    "line-open": "as line-accept",
    "line-resume": "after a restore, by whoever restored",
    "line-rules": "as line-accept",
    "notice-agree": "as line-accept",
    "officer-add": "keys of officers are made under the passphrase of the home",
    "officer-end": "the same",
    "paging-log": "of the machine that pages",
    "paging-test": "the same",
    "peer-add": "after the digits of a card were compared by voice",
    "peer-address": "whoever runs the post",
    "roster-publish": "a file of the organisation",
    "watch": "the page has a connection of its own for events",
}
"""What only a command asks, and why: it is about the machine, its keys and its lines, not about a watch."""


def with_a_way() -> set[str]:
    """Every request that some page names."""
    text = "\n".join(sources().values())
    every = {*ROUTES, *DOWNLOADS}
    return {name for name in every if f'"{name}"' in text}


def test_whatever_may_be_asked_has_a_way_on_a_page() -> None:
    assert set(ROUTES) - with_a_way() == BY_NO_PAGE.keys()
    assert set(DOWNLOADS) - with_a_way() == set()


def test_what_belongs_to_commands_is_listed() -> None:
    every = {routes.name_of(request) for request in asks.AnyRequest.__args__}
    assert every - set(ROUTES) - set(DOWNLOADS) == set(OF_THE_POST)
