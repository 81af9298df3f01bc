"""What can be asked about drafts, which wait for a passkey or a second officer (docs/reference/control.md).

Bytes of a passkey are in base64url without padding, as browsers write them; a draft is named by its id in hexadecimal.
"""

from __future__ import annotations

from typing import Any

from openline.post.request import Request, Spoken


class DraftMake(Request, tag="draft", frozen=True, kw_only=True):
    """Make ready what another request would sign, and sign nothing yet; `request` is that one, with its `do`.

    With `release` its officer drafts, and another one is to release it; with `device` a passkey of the officer signs.
    """

    request: dict[str, Any]
    release: bool = False
    device: bool = False


class DraftSign(Request, tag="draft-sign", frozen=True, kw_only=True):
    """What a passkey of the officer made of a draft: authenticatorData, clientDataJSON and the signature."""

    draft: str
    authenticator: str
    client: str
    signature: str


class DraftRelease(Spoken, tag="draft-release", frozen=True, kw_only=True):
    """A second officer releases a draft; with `device` a passkey of theirs is to sign it."""

    draft: str
    device: bool = False


class DraftList(Request, tag="draft-list", frozen=True, kw_only=True):
    """The drafts that wait, in full."""


class DraftDrop(Request, tag="draft-drop", frozen=True, kw_only=True):
    """Nobody is to release this draft."""

    draft: str


DraftRequests = DraftMake | DraftSign | DraftRelease | DraftList | DraftDrop
