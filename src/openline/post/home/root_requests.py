"""What can be asked about the root key, to keep it away from the home (docs/reference/control.md)."""

from __future__ import annotations

from openline.post.request import Request


class RootCopy(Request, tag="keys-root-copy", frozen=True, kw_only=True):
    """The root, locked under the passphrase of the home. Sealing keys for a year are made first."""


class RootDrop(Request, tag="keys-root-drop", frozen=True, kw_only=True):
    """Take the root out of the home; `copy` is in hex what is written where the root is kept from now on."""

    copy: str


class RootBring(Request, tag="keys-root-bring", frozen=True, kw_only=True):
    """Put the root back into the home, from its copy in hex."""

    copy: str


RootRequests = RootCopy | RootDrop | RootBring
