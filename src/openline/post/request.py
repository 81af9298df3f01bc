"""What all requests to a post have in common (docs/reference/control.md)."""

from __future__ import annotations

import msgspec


class Request(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="do"):
    """The number that the answer comes back with. `do` names the request."""

    id: int = 0


class Spoken(Request, frozen=True):
    """A request by which an officer says something on a line; without a name, the first officer of the post."""

    officer: str = ""
