"""A member that lies with its own real keys: it has an honest machine, and from time to time bends what it says.

Each lie is made once at most in a world and has a name; what must come of it is for the checkers to say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from openline.engine import writing
from openline.engine.effects import KEEPS, Fetch
from openline.engine.events import Fetched, Tick
from openline.engine.line import Line
from openline.engine.link import Link
from openline.engine.sealing import entry_piece
from openline.engine.turn import Turn
from openline.feeds.feed import Feed
from openline.identity.signing import rotate_feed_key
from openline.sim.posts import Post
from openline.terms import EntryId, Instant, PostId, Precedence
from openline.wire.bodies import Message, message_item
from openline.wire.entry import Entry, Have, commitment, encode_header, entry_id, entry_to_be_signed
from openline.wire.kinds import Kind
from openline.wire.link import EntryPiece, Held, Summary, encode_piece, join

if TYPE_CHECKING:
    from openline.sim.world import World

EVERY_MS = 4_000


class Liar(Post):
    """See the top of this file."""

    honest = False

    def __init__(self, name: str, world: World) -> None:
        super().__init__(name, world)
        self.hidden: set[int] = set()
        self.lies: dict[str, Callable[[Line, Link], bool]] = {
            "forks": self._fork,
            "forges": self._forge,
            "shrinks": self._shrink,
            "claims too much": self._claim_too_much,
            "claims another id": self._claim_another,
            "omits": self._omit,
            "backdates": self._backdate,
            "replays": self._replay,
            "disowns": self._disown,
            "false summary": self._false_summary,
            "garbage": self._garbage,
        }

    def start(self) -> None:
        """As any post, and then lie from time to time."""
        super().start()
        self.world.after(EVERY_MS, self._lie, self.life)

    def _lie(self, life: int) -> None:
        if life != self.life or self.engine is None or self.world.faults.ended or not self.lies:
            return
        links = [link for link in self.engine.state.links.values() if link.greeted]
        if self.world.joined(self) and links and not self.queue:
            name = self.world.rng.choice(list(self.lies))
            link = self.world.rng.choice(links)
            line = self.world.machine_line(self)
            if line.writes() and line.id not in self.engine.state.signing and self.lies[name](line, link):
                del self.lies[name]
                self.world.fired[f"liar {name}"] += 1
                self.world.say(f"LIE of {self.name}: it {name}.")
        self.world.after(self.world.rng.randint(EVERY_MS // 4, EVERY_MS), self._lie, life)

    # Two entries with one number, and entries in the name of others

    def _variant(self, entry: Entry, **changes: object) -> Entry:
        header = msgspec.structs.replace(entry.header, **changes)
        payload = encode_header(header)
        signature = self.own.feed.sign(entry_to_be_signed(payload))
        return msgspec.structs.replace(entry, id=entry_id(payload), header=header, payload=payload, signature=signature)

    def _show(self, line: Line, link: Link, entry: Entry) -> None:
        if self.engine is None:
            return
        piece = entry_piece(self.engine.state, line, link, entry, full=True)
        self.world.network.send(link.id, join([encode_piece(piece)]))

    def _some_entry(self, line: Line) -> Entry | None:
        entries = self.record.span(line.id, self.id, 2, line.mine.number, 1 << 30)
        spoken = [entry for entry in entries if entry.header.kind >= Kind.MESSAGE and entry.header.epoch]
        return self.world.rng.choice(spoken) if spoken else None

    def _fork(self, line: Line, link: Link) -> bool:
        entry = self._some_entry(line)
        if entry is None:
            return False
        salt = (entry.salts and entry.salts[0]) or bytes(16)
        item = message_item(Message("This was never said.", 1))
        other = self._variant(entry, commitments=(commitment(salt, item),), act=None, kind=Kind.MESSAGE)
        self._show(line, link, msgspec.structs.replace(other, items=(item,), salts=(salt,)))
        return True

    def _forge(self, line: Line, link: Link) -> bool:
        others = [post for post in line.others() if line.feeds[post].number]
        if not others:
            return False
        author = self.world.rng.choice(others)
        number = line.feeds[author].number
        for entry in self.record.span(line.id, author, number, number, 1 << 30):
            self._show(line, link, self._variant(entry, number=number + 1, previous=entry.id, have=()))
        return True

    # Have-vectors that are not true, and times

    def _say(self, line: Line, kind: Kind, at: Instant, items: tuple[bytes, ...] = ()) -> None:
        """Write an entry beside the machine's own turns, keep it, and send it."""
        if self.engine is None:
            return
        turn = Turn(at, self.entropy())
        writing.write(self.engine.state, turn, line, kind, items, precedence=Precedence.IMMEDIATE)
        self.engine.state.keep_moved(turn)
        self.commit([effect for effect in turn.effects if isinstance(effect, KEEPS)])
        self.put(Tick())

    def _sign_for(self, line: Line, feed: PostId, number: int, identifier: EntryId) -> None:
        """Sign a have-vector that says this of a feed, whatever is held."""
        true, claims = line.feeds[feed], line.mine.claims
        line.feeds[feed], line.mine.claims = _FalseFeed(true, Have(feed, number, identifier)), {}
        line.changed = {feed}
        self._say(line, Kind.ACK, self.clock())
        line.feeds[feed], line.mine.claims = true, claims

    def _claimed(self, line: Line) -> PostId | None:
        feeds = [post for post in line.others() if line.mine.claims.get(post, 0) > 2 and line.feeds[post].number > 2]
        return self.world.rng.choice(feeds) if feeds else None

    def _shrink(self, line: Line, link: Link) -> bool:
        feed = self._claimed(line)
        identifier = None if feed is None else line.id_at(feed, 1)
        if feed is None or identifier is None:
            return False
        self._sign_for(line, feed, 1, identifier)
        return True

    def _claim_too_much(self, line: Line, link: Link) -> bool:
        feed = self._claimed(line)
        if feed is None:
            return False
        self._sign_for(line, feed, line.feeds[feed].number + 400, EntryId(b"\x01" * 32))
        return True

    def _claim_another(self, line: Line, link: Link) -> bool:
        feed = self._claimed(line)
        if feed is None:
            return False
        self._sign_for(line, feed, line.feeds[feed].number, EntryId(b"\x02" * 32))
        return True

    def _backdate(self, line: Line, link: Link) -> bool:
        item = message_item(Message("We told you an hour ago.", line.serials.get(0, 0) + 1))
        line.serials[0] = line.serials.get(0, 0) + 1
        self._say(line, Kind.MESSAGE, Instant(self.clock() - 3_600_000), (item,))
        return True

    def _omit(self, line: Line, link: Link) -> bool:
        """One entry is never shown to anybody."""
        number = line.mine.number + 1
        self.hidden.add(number)
        assert self.engine is not None
        for each in self.engine.state.links.values():
            if (line.id, self.id) in each.offered:
                each.offered[(line.id, self.id)].add(number)
        self._say(line, Kind.ACK, self.clock())
        return True

    def fetch(self, effect: Fetch) -> Fetched:
        """What the record answers, without what is hidden; the machine believes that it went out long ago."""
        found = super().fetch(effect)
        link = None if self.engine is None else self.engine.state.links.get(effect.link)
        if link is not None and effect.feed == self.id:
            for number in self.hidden:
                link.offered[(effect.line, self.id)].add(number)
        shown = tuple(
            entry for entry in found.entries if entry.header.author != self.id or entry.header.number not in self.hidden
        )
        return msgspec.structs.replace(found, entries=shown)

    # What comes on the link

    def _replay(self, line: Line, link: Link) -> bool:
        old = [frame for end in self.world.network.ends_of(self) for frame in end.frames]
        for frame in self.world.rng.sample(old, min(8, len(old))):
            self.world.network.send(link.id, frame)
        return bool(old)

    def _false_summary(self, line: Line, link: Link) -> bool:
        index = self.world.rng.randrange(len(line.terms.members))
        held = (Held(index, 5_000, wanted=True, beyond=((6_000, 6_002),)),)
        if line.id not in link.aliases:
            return False
        piece = Summary(link.alias(line.id), line.id, line.terms.version, held)
        self.world.network.send(link.id, join([encode_piece(piece)]))
        return True

    def _garbage(self, line: Line, link: Link) -> bool:
        rng = self.world.rng
        for _ in range(12):
            body = rng.randbytes(rng.randint(1, 400))
            piece = EntryPiece(0, rng.randrange(8), rng.randint(1, 90_000), rng.randrange(4), rng.randrange(3), body)
            self.world.network.send(link.id, join([encode_piece(piece)]))
            self.world.network.send(link.id, body)
        return True

    def _disown(self, line: Line, link: Link) -> bool:
        """Revoke the feed key as if all after the tenth entry were a thief's."""
        last = line.id_at(self.id, 10)
        if line.mine.number < 20 or last is None:
            return False
        seed = self.entropy()
        own, statement = rotate_feed_key(self.own, self.card, seed, {line.id: (10, last)}, self.clock())
        self.change_keys(own, self.card.extended(statement))
        return True


class _FalseFeed(Feed):
    """A feed of which a have-vector says what its holder wishes."""

    def __init__(self, true: Feed, told: Have) -> None:
        super().__init__(true.line, true.author)
        self._told = told

    def have(self, most: int = 0) -> Have:
        """What is told."""
        return self._told
