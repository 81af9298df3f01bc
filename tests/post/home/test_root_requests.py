"""Requests about the root key have names of their own."""

from __future__ import annotations

from typing import get_args

from openline.post.home.root_requests import RootRequests


def test_each_has_its_name() -> None:
    names = {each.__struct_config__.tag for each in get_args(RootRequests)}
    assert names == {"keys-root-copy", "keys-root-drop", "keys-root-bring"}
