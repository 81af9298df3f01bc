"""People who attach translations to messages, contradict them and take them back; a stream of their own.

So a world without them is the same whether or not others have them. What the machine refuses is asked for all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from openline.engine.conversing import gather
from openline.engine.events import Say
from openline.feeds.record import Kept
from openline.sim.stream import Stream
from openline.terms import Precedence
from openline.wire.contact import WORDS, Words
from openline.wire.kinds import Kind
from openline.wire.translation import TRANSLATION as BODY
from openline.wire.translation import Maker, Translation

if TYPE_CHECKING:
    from openline.sim.posts import Post

NEWEST = 4
"""Among so many of the newest they choose, so that several translate one message."""


class Interpreters(Stream):
    """See the top of this file."""

    NAME = "translated"
    SHARE = 0.1
    ACTS_MAX = 30

    def _drawn(self) -> Callable[[Post], None]:
        return self.rng.choices((self._attach, self._withdraw), (4, 1))[0]

    def _one(self, post: Post, kind: Kind) -> Kept | None:
        """One of the newest openings of a kind at a post."""
        assert self.world.line is not None
        newest = post.record.openings(self.world.line, [kind], None, NEWEST)
        return self.rng.choice(newest)[1] if newest else None

    def _attach(self, post: Post) -> None:
        message, other = self._one(post, Kind.MESSAGE), self._one(post, Kind.TRANSLATION)
        line = self.world.line
        if message is None or line is None:
            return
        header = message.entry.header
        instead = (other.entry.id,) if other is not None and self.rng.random() < 0.5 else ()
        body = Translation((0, 1), self.rng.choice(("ru", "ar", "en")), self.rng.choice(list(Maker)))
        items = BODY.item(body), WORDS.item(Words("перевод", "an interpreter"))
        post.ask(
            lambda request: Say(
                request=request,
                line=line,
                kind=Kind.TRANSLATION,
                items=items,
                officer=1,
                precedence=min(Precedence(header.precedence), Precedence.PRIORITY),
                traffic=header.traffic,
                refers=(message.entry.id, *instead),
            )
        )

    def _withdraw(self, post: Post) -> None:
        """Of others, too: that is refused."""
        held, line = self._one(post, Kind.TRANSLATION), self.world.line
        if held is None or line is None:
            return
        head, traffic = held.entry.id, held.entry.header.traffic
        exchange = tuple(gather(post.record, line, head))
        post.ask(
            lambda request: Say(
                request=request,
                line=line,
                kind=Kind.TRANSLATION_WITHDRAWN,
                items=(WORDS.item(Words("wrong")),),
                officer=1,
                traffic=traffic,
                opening=head,
                refers=(head,),
                exchange=exchange,
            )
        )
