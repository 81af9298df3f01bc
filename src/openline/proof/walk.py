"""The walk over a record: every entry once, in order, and then what only the whole of it can show (spec/bundle.md).

Entries come feed by feed in order of post id, by number, two with one number in order of id. So one pass is enough:
each feed is judged as it passes, what authors say of each other's feeds is noted, and compared when all have passed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from openline.errors import PeerError
from openline.identity.card import Card
from openline.proof.batch import Batch, Broken, MapFunction, Seen, batches, check_batch, keys_of
from openline.proof.disowned import judge_doubtful
from openline.proof.faults import Faults
from openline.proof.feed import FeedWalk
from openline.proof.finding import Acts, Bounds, Covered, Disowned, Feed, Moment, Settled
from openline.proof.lineterms import TermsWalk
from openline.proof.notes import SignedTree, check_cosignature
from openline.terms import EntryId, Instant, LineId, PostId
from openline.wire.certificate import Span
from openline.wire.change import Holding
from openline.wire.kinds import Kind

_ANY = 1 << 63


class Walk:
    """See the top of this file. `cards` holds the card of every author that may be met.

    `spans` are those of a certificate: outside of them, single entries may stand (spec/certificate.md)."""

    def __init__(
        self,
        line: LineId,
        cards: Mapping[PostId, Card],
        faults: Faults,
        spans: Mapping[PostId, Span] | None = None,
    ) -> None:
        self.spans = spans
        self.line = line
        self.cards = cards
        self.faults = faults
        self.feeds: dict[PostId, FeedWalk] = {}
        self.terms = TermsWalk(line, faults)
        self.disowned: list[Disowned] = []
        self._place: tuple[PostId, int, EntryId] | None = None
        self._strangers: set[PostId] = set()
        self._branched = {
            post: min(number for number, _ in card.branches[line])
            for post, card in cards.items()
            if card.branches.get(line)
        }
        self._cosigned: dict[PostId, dict[PostId, int]] = {}

    def take_all(self, entries: Iterable[bytes], map_function: MapFunction) -> None:
        """All entries, in full form."""
        keys = {post: keys_of(card) for post, card in self.cards.items()}
        work: Iterable[Batch] = batches(self.line, keys, entries)
        for summary in map_function(check_batch, work):
            for each in summary:
                if isinstance(each, Broken):
                    self._refuse(each)
                else:
                    self._take(each)

    def _refuse(self, broken: Broken) -> None:
        if broken.author is None or broken.number is None:
            after = "at the start of the entries"
            if self._place is not None:
                after = f"after entry {self._place[1]} of {self.faults.name(self._place[0])}"
            self.faults.add(broken.flaw.code, f"{broken.flaw.sentence} It stands {after}.")
        elif broken.flaw.code != "no-card" or broken.author not in self._strangers:
            self.faults.entry(broken.flaw.code, broken.flaw.sentence, broken.author, broken.number, broken.id)
            if broken.flaw.code == "no-card":
                self._strangers.add(broken.author)

    def _take(self, seen: Seen) -> None:
        place = (seen.author, seen.number, seen.id)
        if self._place is not None and place <= self._place:
            said = "does not stand in its place: entries go by author, number and id, each once"
            self.faults.entry("bad-order", said, *place)
            return
        if self._place is None or self._place[0] != seen.author:
            self._finish_feed()
            card = self.cards[seen.author]
            self.feeds[seen.author] = FeedWalk(self.line, card, self.faults, self._branched, self.spans)
        self._place = place
        self.feeds[seen.author].take(seen)

    def _finish_feed(self) -> None:
        if self._place is not None:
            self.feeds[self._place[0]].finish()

    def finish(self) -> None:
        """No more entries come: judge what only the whole record shows."""
        self._finish_feed()
        self.terms.read(self.feeds.values())
        self._check_cards()
        self._check_claims()
        for feed in self.feeds.values():
            self._check_last_good(feed)
            self.disowned += judge_doubtful(feed, self.feeds, self.faults)
        self._check_cosignatures()

    def _check_cards(self) -> None:
        for post in sorted(self.cards):
            if post not in self.terms.members:
                said = f"The card of {self.faults.name(post)} is that of no member of the line."
                self.faults.add("not-a-member", said, feed=post)

    def _check_claims(self) -> None:
        for author in self.feeds.values():
            for post, claims in sorted(author.claims.items()):
                if post not in self.terms.members and len(claims):
                    said = "speaks of the feed of a post that is no member of the line"
                    self.faults.entry("not-a-member", said, author.post, claims.at[0], author.column.id(claims.at[0]))
                feed = self.feeds.get(post)
                if feed is None:
                    continue
                most = self._branched.get(post, _ANY)
                for at, number, entry in claims.all():
                    if 0 < number <= most and feed.column.holds(number, entry) is False:
                        said = f"says it holds another entry {number} of {self.faults.name(post)} than the one shown"
                        self.faults.entry("bad-have", said, author.post, at, author.column.id(at))

    def _check_last_good(self, feed: FeedWalk) -> None:
        """A revocation names the last good entry by number and id: the entry shown with that number is that one."""
        for key in feed.card.feed_keys:
            good = feed.card.good_until(key, self.line)
            if good is not None and good[0] and feed.column.holds(*good) is False:
                said = "is not the last good entry that its author's revocation names"
                self.faults.entry("key-revoked", said, feed.post, good[0], feed.column.id(good[0]))

    def _check_cosignatures(self) -> None:
        trees = {entry: (feed.post, tree) for feed in self.feeds.values() for entry, tree in feed.trees.items()}
        for feed in self.feeds.values():
            for seen in feed.bodies:
                if seen.kind == Kind.COSIGN and seen.refers in trees:
                    self._check_cosignature(feed, seen, *trees[seen.refers])

    def _check_cosignature(self, feed: FeedWalk, seen: Seen, owner: PostId, tree: SignedTree) -> None:
        if owner == feed.post:
            self.faults.entry("bad-checkpoint", "cosigns its author's own feed", feed.post, seen.number, seen.id)
            return
        try:
            relied = check_cosignature(tree, feed.card, seen.body[0])
        except PeerError as error:
            said = f"holds a cosignature that does not hold: {error}"
            self.faults.entry(error.code, said, feed.post, seen.number, seen.id)
            return
        if relied and tree.relied:
            sizes = self._cosigned.setdefault(owner, {})
            sizes[feed.post] = max(sizes.get(feed.post, 0), tree.checkpoint.size)

    def feed_findings(self) -> tuple[Feed, ...]:
        """What is shown of each feed."""
        return tuple(self._feed_finding(feed) for feed in self.feeds.values())

    def _feed_finding(self, feed: FeedWalk) -> Feed:
        column = feed.column
        claims = [(other.claims[feed.post].upto[-1], other.post) for other in self._claimants(feed.post)]
        claimed, claimed_by = max(claims, default=(0, None))
        return Feed(
            post=feed.post,
            entries=feed.entries,
            last=column.last,
            id=column.id(column.last) or EntryId(b""),
            time=column.time(column.last),
            holes=tuple(feed.missing()),
            claimed=claimed,
            claimed_by=claimed_by,
            covered=self._covered(feed),
            shown=feed.shown,
            withheld=feed.withheld,
        )

    def _claimants(self, post: PostId) -> list[FeedWalk]:
        return [other for other in self.feeds.values() if post in other.claims and len(other.claims[post])]

    def _covered(self, feed: FeedWalk) -> Covered | None:
        relied = [tree for tree in feed.trees.values() if tree.relied]
        if not relied:
            return None
        tree = max(relied, key=lambda each: each.checkpoint.size)
        sizes = self._cosigned.get(feed.post, {})
        most = max(sizes.values(), default=0)
        by = tuple(post for post, size in sizes.items() if size == most)
        return Covered(size=tree.checkpoint.size, time=tree.time, cosigned=most, by=by)

    def acts(self) -> tuple[Acts, ...]:
        """The acts that hold, by officer."""
        found = []
        for feed in self.feeds.values():
            for (number, held), count in sorted(feed.acts.items()):
                officer = feed.card.officer(number)
                assert officer is not None
                holding = "post" if held is Holding.POST else "device"
                in_force = officer.in_force
                found.append(
                    Acts(
                        post=feed.post,
                        officer=number,
                        name=officer.name,
                        holding=holding,
                        count=count,
                        in_force=in_force,
                    )
                )
        return tuple(found)

    def settled(self) -> tuple[Settled, ...]:
        """Forks whose true branch the author's root has named."""
        return tuple(
            Settled(feed=feed.post, number=number, entries=ids)
            for feed in self.feeds.values()
            for number, ids in feed.settled
        )

    def bounds(self, wanted: Collection[EntryId]) -> tuple[Bounds, ...]:
        """When the wanted entries can have been signed, for those that are shown (spec/verify.md)."""
        found = []
        for entry in sorted(wanted):
            for feed in self.feeds.values():
                number = feed.column.find(entry)
                if number is not None:
                    found.append(self._bounds(feed, number, entry))
        return tuple(found)

    def _bounds(self, feed: FeedWalk, number: int, entry: EntryId) -> Bounds:
        held = []
        for post, claims in feed.claims.items():
            newest = claims.newest_at(number)
            if post in self.feeds and self.feeds[post].column.id(newest) is not None:
                held.append(self._moment(self.feeds[post], newest))
        later = []
        for other in self._claimants(feed.post):
            first = other.claims[feed.post].first_with(number, entry)
            if first is not None:
                later.append(self._moment(other, first))
        return Bounds(
            of=self._moment(feed, number),
            not_before=max(held, key=lambda each: each.time, default=None),
            not_after=min(later, key=lambda each: each.time, default=None),
        )

    def _moment(self, feed: FeedWalk, number: int) -> Moment:
        entry = feed.column.id(number) or EntryId(b"")
        return Moment(feed=feed.post, number=number, entry=entry, time=Instant(feed.column.time(number)))
