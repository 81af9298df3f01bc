"""The files of the page: all there, small, without an address of anybody else, and never looked for on the disk."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from openline.desk import pages
from openline.errors import DeskNotBuilt

CONSOLE_MAX_BYTES = 150_000
MAP_DATA = "land.json"
OURS = (b"http://www.w3.org/", b"http://localhost")


def test_what_strangers_get_does_not_hold_the_console() -> None:
    files = pages.load()
    assert {"desk.js", "live.js", "desk.css", "desk.html"}.isdisjoint(pages.FOR_STRANGERS)
    assert len(files["login.js"].plain) < len(files["desk.js"].plain)
    for name in pages.FOR_STRANGERS:
        assert b"inbox" not in files[name].plain


def test_the_console_is_small() -> None:
    files = pages.load()
    assert gzip.decompress(files["desk.js"].zipped) == files["desk.js"].plain
    assert sum(len(page.zipped) for name, page in files.items() if name != MAP_DATA) < CONSOLE_MAX_BYTES


def test_nothing_comes_from_elsewhere() -> None:
    for name, page in pages.load().items():
        addresses = set(re.findall(rb"https?://[^\s\"'`)]+", page.plain))
        assert {each for each in addresses if not each.startswith(OURS)} == set(), name


def test_a_copy_without_the_page_says_so(tmp_path: Path) -> None:
    with pytest.raises(DeskNotBuilt, match="make"):
        pages.load(tmp_path / "nothing")
    (tmp_path / "desk.html").write_text("<p>")
    with pytest.raises(DeskNotBuilt):
        pages.load(tmp_path)
