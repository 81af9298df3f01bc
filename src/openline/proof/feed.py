"""One author's feed as its entries pass by in order of number: the chain, its holes and forks, and what it says.

Entries of one number make a group, and a group is judged as a whole: two entries of one number are a fork, unless
the author's root names one of them as true, or one is under a revoked key, above what that key is good for.
`_tips` holds the entries of the last group that a next one may name as its previous, each with its tree.
`branched` gives, for each feed whose owner's root has named a true branch, the lowest entry named: what was said of
entries above it may have been said of the other branch, and may be taken back.
While a fork is open nothing later in the feed counts; only its places and signatures are checked.
"""

from __future__ import annotations

from collections.abc import Mapping

from openline.errors import PeerError
from openline.feeds.merkle import Frontier
from openline.identity.card import Card
from openline.proof.batch import NOTHING, Seen
from openline.proof.columns import Claims, Column
from openline.proof.faults import Faults
from openline.proof.notes import SignedTree, check_tree
from openline.terms import EntryId, LineId, PostId
from openline.wire.certificate import Span
from openline.wire.change import Holding
from openline.wire.entry import Have
from openline.wire.kinds import Kind


class Tree:
    """The tree up to one entry; leaves are added in bulk when the root is wanted. `known` is False after a hole."""

    def __init__(self, frontier: Frontier, known: bool = True) -> None:
        self._frontier = frontier
        self._leaves: list[bytes] = []
        self.known = known

    def add(self, leaf: bytes) -> None:
        """One more leaf."""
        if self.known:
            self._leaves.append(leaf)

    def frontier(self) -> Frontier:
        """The tree so far."""
        self._frontier = self._frontier.append_many(self._leaves)
        self._leaves.clear()
        return self._frontier

    def copy(self) -> Tree:
        """A tree that grows apart from this one."""
        return Tree(self.frontier(), self.known)


class FeedWalk:
    """See the top of this file. After `finish` its public fields are what the feed says."""

    def __init__(
        self,
        line: LineId,
        card: Card,
        faults: Faults,
        branched: Mapping[PostId, int],
        spans: Mapping[PostId, Span] | None = None,
    ) -> None:
        self._partial, self._span = spans is not None, (spans or {}).get(card.post)
        self.line = line
        self.post: PostId = card.post
        self.card = card
        self.faults = faults
        self.column = Column()
        self.claims: dict[PostId, Claims] = {}
        self.forks: list[tuple[int, tuple[EntryId, ...]]] = []
        self.settled: list[tuple[int, tuple[EntryId, ...]]] = []
        self.doubtful: dict[EntryId, Seen] = {}
        self.drafts: set[bytes] = set()
        self.counts: set[tuple[bytes, int]] = set()
        self.by_one: dict[tuple[int, int], tuple[int, EntryId]] = {}
        self.acts: dict[tuple[int, Holding], int] = {}
        self.terms: dict[int, tuple[int, EntryId]] = {}
        self.spoken: dict[int, tuple[int, EntryId]] = {}
        self.bodies: list[Seen] = []
        self.translated: list[Seen] = []
        self.trees: dict[EntryId, SignedTree] = {}
        self.entries = self.shown = self.withheld = 0
        self._good = [card.good_until(key, line) for key in card.feed_keys]
        self._named = dict(card.branches.get(line, ()))
        self._last_good = {good for good in self._good if good is not None}
        self._branched = branched
        self._group: list[Seen] = []
        self._number = 0
        self._tips: dict[EntryId, Tree] = {NOTHING: Tree(Frontier.empty())}
        self._open = False
        self._terms = 0
        self._serials: dict[int, int] = {}
        self._exact = not self._partial

    def take(self, seen: Seen) -> None:
        """The next entry, in order of number and id."""
        if self._group and seen.number != self._group[0].number:
            self._close_group()
        self._group.append(seen)
        self.entries += 1
        self.shown += seen.shown
        self.withheld += seen.withheld

    def finish(self) -> None:
        """No more entries come."""
        if self._group:
            self._close_group()
        for first, last in self.missing():
            self._say_hole(first, last)
        for number, ids in self.forks:
            listed = " and ".join(entry.hex()[:12] for entry in ids)
            said = f"was signed in {len(ids)} versions ({listed}), and nothing says which is true"
            if len(ids) == 1:
                said = "names another entry before it than the one that is shown: its author signed two histories"
            self.faults.entry("forked-feed", said, self.post, number, ids[0])

    def missing(self) -> list[tuple[int, int]]:
        """Ranges of numbers that should be shown and are not: below the last, or within the span of a certificate."""
        if not self._partial:
            return self.column.holes()
        if self._span is None:
            return []
        holes = [*self.column.holes(), (self.column.last + 1, self._span.last)]
        clipped = [(max(first, self._span.first), min(last, self._span.last)) for first, last in holes]
        return [(first, last) for first, last in clipped if first <= last]

    def _say_hole(self, first: int, last: int) -> None:
        lacking = f"entry {first}" if first == last else f"entries {first} to {last}"
        sentence = f"The feed of {self.faults.name(self.post)} lacks {lacking}."
        self.faults.add("hole", sentence, feed=self.post, number=first)

    def _close_group(self) -> None:
        group, self._group = self._group, []
        number = group[0].number
        if number != self._number + 1:
            self._tips, self._exact = {}, False
        after_hole, before = number != self._number + 1, self._tips
        if self._span is not None and number == self._span.first > 1:
            after_hole, before = False, self._begun(self._span, group, before)
        self._number = number
        alone = len(group) == 1 and not self._named and not self._good[group[0].key]
        live = group if alone else self._live(number, group)
        first = live[0] if live else group[0]
        self.column.add(number, first.id, first.time, first.shown)
        if len(group) > 1:
            self.column.twins[number] = [seen.id for seen in group if seen is not first]
        if len(live) > 1:
            self._fork(number, live)
        self._tips = {}
        for seen in live:
            self._chain(seen, before, after_hole, alone=len(live) == 1)
        self._exact = self._exact and not self._open

    def _begun(self, span: Span, group: list[Seen], before: dict[EntryId, Tree]) -> dict[EntryId, Tree]:
        """The tree before the span of a certificate, as the certificate gives it: a checkpoint has to bear it out."""
        known = list(before) or [seen.previous for seen in group]
        return {entry: Tree(Frontier(span.first - 1, span.nodes)) for entry in known}

    def _live(self, number: int, group: list[Seen]) -> list[Seen]:
        """The entries of one number that may be the true one. The others stay as evidence."""
        doubtful = [seen for seen in group if self._is_doubtful(seen)]
        self.doubtful.update((seen.id, seen) for seen in doubtful)
        named = self._named.get(number)
        if named is not None:
            live = [seen for seen in group if seen.id == named]
            if live:
                self._settle()
            if len(group) > len(live):
                self.settled.append((number, tuple(seen.id for seen in group)))
            return live
        live = [seen for seen in group if (number, seen.id) in self._last_good]
        if len(live) != 1:
            return [seen for seen in group if seen not in doubtful] or group
        self._settle()
        if len(group) > 1:
            self.settled.append((number, tuple(seen.id for seen in group)))
        return live

    def _settle(self) -> None:
        self.settled += self.forks
        self.forks.clear()
        self._open = False

    def _is_doubtful(self, seen: Seen) -> bool:
        """Signed by a revoked key, above what it is good for: it counts only where others held it in time."""
        good = self._good[seen.key]
        return good is not None and seen.number > good[0]

    def _fork(self, number: int, seen: list[Seen]) -> None:
        self._open = True
        self.forks.append((number, tuple(each.id for each in seen)))

    def _chain(self, seen: Seen, before: dict[EntryId, Tree], after_hole: bool, alone: bool) -> None:
        tree = before.get(seen.previous)
        if tree is None:
            if not after_hole and seen.number not in self._named:
                self._fork(seen.number, [seen])
            tree = Tree(Frontier.empty(), known=False)
        elif not alone or len(before) > 1:
            tree = tree.copy()
        if not self._open:
            self._count(seen, tree)
        tree.add(seen.leaf)
        self._tips[seen.id] = tree

    def _count(self, seen: Seen, tree: Tree) -> None:
        """Take an entry at its word; `tree` is the one before it."""
        if seen.flaw is not None:
            self.faults.entry(seen.flaw.code, seen.flaw.sentence, self.post, seen.number, seen.id)
        for have in seen.have:
            self._claim(seen, have)
        if seen.states is not None:
            self._certificate(seen, *seen.states)
        if seen.terms != self._terms:
            self._change_terms(seen)
        if seen.by_one:
            self.by_one.setdefault((seen.terms, seen.kind), (seen.number, seen.id))
        if seen.signers:
            self._act(seen)
        if seen.kind >= Kind.MESSAGE:
            self.spoken.setdefault(seen.terms, (seen.number, seen.id))
            if seen.flaw is None and (seen.attached is not None or seen.takes_back is not None):
                self.translated.append(seen)
            if seen.kind == Kind.MESSAGE:
                self._serial(seen)
        elif seen.body:
            if seen.kind == Kind.CHECKPOINT:
                self._checkpoint(seen, tree)
            else:
                self.bodies.append(seen)

    def _claim(self, seen: Seen, have: Have) -> None:
        claims = self.claims.get(have.feed)
        if claims is None:
            claims = self.claims[have.feed] = Claims()
        if have.number >= self._branched.get(have.feed, have.number + 1):
            claims.forget_above(have.number)
        if len(claims) and have.number < claims.upto[-1]:
            said = f"says that entries up to {have.number} of {self.faults.name(have.feed)} are held, less than before"
            self.faults.entry("have-decreased", said, self.post, seen.number, seen.id)
            return
        claims.add(seen.number, have.number, have.id)
        claims.beyond += [(seen.number, number, entry) for number, entry in have.beyond]

    def _certificate(self, seen: Seen, post: PostId, number: int) -> None:
        """A certificate says no less than its author had signed for by then (spec/certificate.md, Refuted)."""
        claims = self.claims.get(post)
        if claims is not None and len(claims) and claims.upto[-1] > number:
            said = (
                f"certifies that entries up to {number} of {self.faults.name(post)} are held, less than signed before"
            )
            self.faults.entry("understated", said, self.post, seen.number, seen.id)

    def _change_terms(self, seen: Seen) -> None:
        if seen.terms < self._terms:
            said = f"goes back from version {self._terms} of the terms to {seen.terms}"
            self.faults.entry("bad-terms", said, self.post, seen.number, seen.id)
        self._terms = seen.terms
        self.terms.setdefault(seen.terms, (seen.number, seen.id))

    def _act(self, seen: Seen) -> None:
        if seen.draft in self.drafts:
            self.faults.entry(
                "draft-reused", "carries a draft id that was used before", self.post, seen.number, seen.id
            )
        self.drafts.add(seen.draft)
        if seen.flaw is not None and seen.flaw.code == "bad-act":
            return
        for signer in seen.signers:
            self.acts[signer.officer, signer.holding] = self.acts.get((signer.officer, signer.holding), 0) + 1
            if signer.counted in self.counts:
                said = f"carries a signature of a passkey with the count {signer.counted[1]}, which it gave before"
                self.faults.entry("counter-reused", said, self.post, seen.number, seen.id)
            if signer.counted is not None:
                self.counts.add(signer.counted)

    def _serial(self, seen: Seen) -> None:
        """Serials count from 1 without a gap; a withheld one is counted, and after a hole only rising is asked."""
        expected = self._serials.get(seen.traffic, 0) + 1
        serial = expected if seen.serial is None else seen.serial
        if serial < expected or (serial > expected and self._exact):
            said = f"has serial {serial} where {expected} belongs"
            self.faults.entry("bad-serial", said, self.post, seen.number, seen.id)
        self._serials[seen.traffic] = max(serial, expected)

    def _checkpoint(self, seen: Seen, tree: Tree) -> None:
        try:
            signed = check_tree(
                self.line, self.card, seen.number, seen.body[0], tree.frontier() if tree.known else None
            )
        except PeerError as error:
            said = f"holds a checkpoint that does not hold: {error}"
            self.faults.entry(error.code, said, self.post, seen.number, seen.id)
            return
        self.trees[seen.id] = signed
