"""What can be asked about tokens, which let programs ask at the desk (docs/reference/control.md)."""

from __future__ import annotations

from openline.post.request import Request


class DeskTokenAdd(Request, tag="desk-token-add", frozen=True, kw_only=True):
    """A new token for a program, told this once; `until` is milliseconds since 1970, else 90 days from now."""

    name: str
    role: str = "viewer"
    until: int | None = None


class DeskTokenList(Request, tag="desk-token-list", frozen=True, kw_only=True):
    """The tokens that are good, and when each was last used; of none what it is."""


class DeskTokenRevoke(Request, tag="desk-token-revoke", frozen=True, kw_only=True):
    """A token is good no more."""

    name: str


TokenRequests = DeskTokenAdd | DeskTokenList | DeskTokenRevoke
