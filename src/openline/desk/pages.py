"""The files of the page, read once from the package: no path that somebody asks for ever reaches the disk."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from openline.errors import DeskNotBuilt

FOLDER: Final = Path(__file__).with_name("static")

TYPES: Final[Mapping[str, str]] = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}

LOGIN: Final = "login.html"
CONSOLE: Final = "desk.html"
FOR_STRANGERS: Final = frozenset({"login.css", "login.js", "icon.svg", "login-ru.json", "login-ar.json"})
"""All that whoever has not signed in gets, beside the login page: of the catalogues, the words of that page alone."""


class Page(NamedTuple):
    """One file: as it is, and compressed."""

    kind: str
    plain: bytes
    zipped: bytes


def load(folder: Path = FOLDER) -> dict[str, Page]:
    """Every file of the page by its name. Raises DeskNotBuilt."""
    pages = {}
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.suffix in TYPES and path.is_file():
            data = path.read_bytes()
            pages[path.name] = Page(TYPES[path.suffix], data, gzip.compress(data, 9, mtime=0))
    if not {LOGIN, CONSOLE, "desk.js", "live.js", *FOR_STRANGERS} <= pages.keys():
        raise DeskNotBuilt("This copy of Openline does not hold the page of the desk.")
    return pages
