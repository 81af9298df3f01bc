"""The cards that come in a file, beside those that its reader brought (spec/verify.md, Trust)."""

from __future__ import annotations

from collections.abc import Mapping

from openline.errors import CardForked, PeerError
from openline.identity.card import Card
from openline.limits import LINE_MEMBERS_MAX
from openline.proof.faults import Faults
from openline.proof.finding import Owner
from openline.terms import PostId


class Cards:
    """The cards of the posts concerned: `used` is, of the file's card and the reader's, the longer one."""

    def __init__(self, known: Mapping[PostId, Card], faults: Faults) -> None:
        self._known = known
        self._faults = faults
        self._last = b""
        self.used: dict[PostId, Card] = {}

    def take(self, data: bytes) -> None:
        """One card of the file."""
        place = f"Card {len(self.used) + 1} of the file"
        try:
            card = Card.admit(data)
        except PeerError as error:
            self._faults.add(error.code, f"{place} is not a card: {error}")
            return
        if card.post <= self._last or len(self.used) == LINE_MEMBERS_MAX:
            self._faults.add("bad-order", f"{place} is one too many or not in order of post id.", feed=card.post)
            return
        self._last = card.post
        self._faults.names[card.post] = card.name
        self.used[card.post] = self._merged(card)

    def _merged(self, card: Card) -> Card:
        known = self._known.get(card.post)
        if known is None:
            return card
        try:
            return known.merged(card)
        except CardForked as error:
            said = f"The card of “{card.name}” contradicts the one that you brought: {error}"
            self._faults.add(error.code, said, feed=card.post)
            return known

    def owners(self) -> tuple[Owner, ...]:
        """Whose keys these are, in order of post id."""
        return tuple(
            Owner(post=post, name=card.name, digits=card.fingerprint, known=post in self._known)
            for post, card in self.used.items()
        )
