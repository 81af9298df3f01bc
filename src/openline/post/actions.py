"""Action cards: for each alarm the steps to take, a short text that an organisation may replace by its own (E8).

The ones shipped lie beside this file in `cards/`; one of the same name in the `cards/` of a home counts instead. Errors
in what a peer sent share one card. One of our own that cannot be read gives way to the one shipped, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from openline import errors
from openline.errors import LocalError, PeerError, UnknownName
from openline.limits import CARD_TEXT_MAX_BYTES
from openline.post.home.homes import read_file

SHIPPED: Final = Path(__file__).with_name("cards")
FOLDER: Final = "cards"
GENERAL: Final = "broken-rules"
"""The card of every error in what a peer sent that has none of its own."""

_CODE = re.compile(r"[a-z]+(-[a-z]+)*")


def card_of(code: str) -> str | None:
    """The name of the card that an alarm opens; None where there is none."""
    if _CODE.fullmatch(code) is None:
        return None
    if (SHIPPED / f"{code}.md").is_file():
        return code
    return GENERAL if code in _peer_codes() else None


def _peer_codes() -> Iterator[str]:
    every = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, PeerError)]
    yield from (each.code for each in every)


def codes() -> list[str]:
    """The names of all cards that are shipped."""
    return sorted(path.stem for path in SHIPPED.glob("*.md"))


def action(home: Path, code: str) -> dict[str, Any]:
    """The card for an alarm code as JSON holds it: `text`, whether it is the organisation's own, and what is wrong with
    the own one where it cannot be read. Raises UnknownName.
    """
    name = card_of(code)
    own = None
    for each in (code, name):
        if each is not None and _CODE.fullmatch(each) is not None and own is None:
            own = home / FOLDER / f"{each}.md" if (home / FOLDER / f"{each}.md").exists() else None
    if name is None and own is None:
        raise UnknownName(f"There is no action card for {code!r}; there are: {', '.join(codes())}.")
    fault = None
    if own is not None:
        try:
            return {"code": code, "card": own.stem, "text": _text(own), "own": True, "fault": None}
        except (LocalError, PeerError, UnicodeDecodeError) as error:
            fault = f"This organisation's own card {own.name} cannot be read: {error}"
    if name is None:
        raise UnknownName(fault or code)
    return {"code": code, "card": name, "text": _text(SHIPPED / f"{name}.md"), "own": False, "fault": fault}


def _text(path: Path) -> str:
    return read_file(path, CARD_TEXT_MAX_BYTES).decode()
