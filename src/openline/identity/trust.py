"""Which cards a home trusts, and by what names: a value that the shell keeps.

A card is trusted when a person added it, after comparing its fingerprint; never because a peer or a bundle sent it.
A newer statement of a trusted post is trusted because its root signed it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import msgspec

from openline.errors import NameTaken, UnknownName
from openline.identity.card import Card
from openline.terms import PostId


class Peer(msgspec.Struct, frozen=True):
    """A trusted card; `alias` is the name that this home gave it, empty when its own serves."""

    card: Card
    alias: str = ""

    @property
    def name(self) -> str:
        """The name by which people here call it."""
        return self.alias or self.card.name


class Trust(msgspec.Struct, frozen=True):
    """The peers of a home, in the order in which they were added. No two have names that look alike in case or form."""

    peers: Mapping[PostId, Peer] = MappingProxyType({})

    def added(self, card: Card, alias: str = "") -> Trust:
        """Trust this card. A post that is known already is updated, and takes the alias if one is given.

        NameTaken when another peer has the name; CardForked when its root signed two histories of its keys.
        """
        known = self.peers.get(card.post)
        if known is not None:
            card, alias = known.card.merged(card), alias or known.alias
        peer = Peer(card, alias)
        if self._holder(peer.name, card.post) is not None:
            raise NameTaken(f"Another peer is called {peer.name!r} here.")
        return self._with(peer)

    def updated(self, card: Card) -> Trust:
        """Take a longer card of a known post. UnknownName when it is not known; CardForked as for `added`.

        A post that takes another peer's name keeps its old one here, so that nobody is spoken to by mistake.
        """
        known = self.peers.get(card.post)
        if known is None:
            raise UnknownName(f"No peer here has the fingerprint of the card of {card.name!r}.")
        peer = Peer(known.card.merged(card), known.alias)
        if self._holder(peer.name, card.post) is not None:
            peer = Peer(peer.card, known.name)
        return self._with(peer)

    def find(self, name: str) -> Peer:
        """The peer that people here call by that name, in any case. UnknownName when there is none."""
        peer = self._holder(name, None)
        if peer is None:
            raise UnknownName(f"No peer is called {name!r} here.")
        return peer

    def card(self, post: PostId) -> Card | None:
        """The card of a post, or None when this home does not trust it."""
        peer = self.peers.get(post)
        return None if peer is None else peer.card

    def _with(self, peer: Peer) -> Trust:
        return Trust(MappingProxyType({**self.peers, peer.card.post: peer}))

    def _holder(self, name: str, besides: PostId | None) -> Peer | None:
        wanted = _folded(name)
        for post, peer in self.peers.items():
            if post != besides and _folded(peer.name) == wanted:
                return peer
        return None


def looks_like(name: str, other: str) -> bool:
    """Whether two names differ in case or form alone."""
    return _folded(name) == _folded(other)


@lru_cache(maxsize=1_024)
def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
