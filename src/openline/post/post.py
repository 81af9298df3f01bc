"""A post while it runs: its home held, its keys unlocked, its record open, and the loop that turns.

It runs the same with links (`openline.post.serving`) and without, for a command that finds no running post and does
its one thing itself: what it keeps goes out when the post is next served.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

import structlog

from openline.engine.conversing import gather
from openline.engine.effects import (
    Alarm,
    Arrived,
    Carried,
    Changed,
    Dial,
    Effect,
    Fetch,
    Hang,
    Note,
    Proved,
    Refold,
    Regrow,
    SealVoice,
    SignTree,
    Transmit,
    Wrap,
)
from openline.engine.engine import Engine
from openline.engine.events import Cards, Command, Fetched, Refolded, Regrown, TreeSigned, VoiceSealed, Wrapped
from openline.errors import BadKey, NameTaken, OpenlineError, PeerError, StoreDamaged
from openline.feeds.feed import regrow
from openline.feeds.record import Keep, KeepEntry, Put
from openline.identity.card import Card
from openline.identity.own import Own
from openline.identity.trust import Trust
from openline.keys import sealing
from openline.post.home import keyring as keyrings
from openline.post.home.backups import RESTORED
from openline.post.home.homes import Home
from openline.post.home.keyring import Keyring
from openline.post.home.secrets import SealedRecord
from openline.post.links import Links
from openline.post.loop import Loop, Machine, Outcome
from openline.terms import Instant, LineId, PostId
from openline.wire import cbor
from openline.wire.fields import as_list, text

CARD_TABLE = "card"
"""Cards of other posts, by post id; the machine replaces one when it learns a longer one."""

INTRODUCED_TABLE = "introduced"
"""Cards that came with a line's proposal, by post id: members of that line, whom no person here has compared."""

PEER_TABLE = "peer"
"""What this home alone says of a peer, by post id: [alias, [addresses]]."""

LINK_KEY_SECONDS = 1.0
"""How long linked peers have to learn of a new link key before it is shown; others need the newest card by hand."""

CARRIED_KEPT = 1_024
"""Newest entries of which is remembered that a bearer took them: only until a receipt proves more."""

REGROW_ENTRIES = 4_096
"""Entries read at once when the tree of a feed is made again."""

if TYPE_CHECKING:
    from openline.post.page.paging import Pager

Tell = Callable[[Any], None]
Result = TypeVar("Result")
log = structlog.get_logger()


class Post:
    """See the top of this file. Made by `run`."""

    def __init__(self, keyring: Keyring, record: SealedRecord, group: asyncio.TaskGroup) -> None:
        self.keyring = keyring
        self.record = record
        self.group = group
        self.trust = Trust()
        self.introduced: dict[PostId, Card] = {}
        self.addresses: dict[PostId, tuple[str, ...]] = {}
        self.engine: Engine | None = None
        self.links: Links | None = None
        self._early: dict[PostId, Dial] = {}
        self.listeners: list[Tell] = []
        """Who is told everything; `watchers` of them are people at a desk, for whom paging waits a little."""
        self.watchers = 0
        self.pager: Pager | None = None
        self._carried: dict[tuple[LineId, PostId], dict[int, Instant]] = {}
        self.readers = ThreadPoolExecutor(2, "reader")
        self._changing = asyncio.Lock()
        self._load_peers()
        self.loop = Loop(record, self._load, self._performers(), self._drop_links)

    # The machine and its effects

    def _load(self, at: Instant, entropy: bytes) -> tuple[Machine, Sequence[Effect]]:
        engine = Engine.load(self.record, self.keyring.own, self.keyring.card, self._cards(), self._reachable())
        restored = RESTORED.key in self.record.objects(RESTORED.table)
        self.engine = engine
        return engine, engine.start(at, entropy, restored=restored)

    def _performers(self) -> Mapping[type, Callable[[Any], None]]:
        return {
            Put: self._was_put,
            KeepEntry: self._was_kept,
            Transmit: self._transmit,
            Dial: self._dial,
            Hang: self._hang,
            Wrap: self._wrap,
            SealVoice: self._seal_voice,
            SignTree: self._sign_tree,
            Fetch: self._fetch,
            Regrow: self._regrow,
            Refold: self._refold,
            Arrived: self._arrived,
            Proved: self._tell,
            Carried: self._was_carried,
            Changed: self._tell,
            Alarm: self.alarm,
            Note: lambda note: log.info(note.text, about=note.about),
        }

    def _drop_links(self) -> None:
        if self.links:
            self.links.drop_all()

    def _transmit(self, effect: Transmit) -> None:
        if self.links:
            self.links.transmit(effect)

    def _dial(self, effect: Dial) -> None:
        if self.links:
            self.links.dial(effect)
        else:
            self._early[effect.peer] = effect

    def _hang(self, effect: Hang) -> None:
        if self.links:
            self.links.hang(effect)

    def _wrap(self, wrap: Wrap) -> None:
        try:
            sealed = sealing.seal(wrap.public, wrap.info, wrap.secret)
        except BadKey as error:
            log.warning("a secret cannot be sealed", member=wrap.member.hex()[:8], why=str(error))
        else:
            self.loop.put(Wrapped(wrap.line, wrap.epoch, wrap.member, sealed))

    def _seal_voice(self, ask: SealVoice) -> None:
        try:
            self.loop.put(VoiceSealed(ask.peer, sealing.seal(ask.public, ask.info, ask.notes)))
        except BadKey as error:
            log.warning("check digits cannot be sealed", peer=ask.peer.hex()[:8], why=str(error))

    def _sign_tree(self, tree: SignTree) -> None:
        self.loop.put(TreeSigned(tree.line, tree.size, self.keyring.own.checkpoint.sign(tree.message)))

    def _fetch(self, fetch: Fetch) -> None:
        entries = self.record.urgent(fetch.line, fetch.feed, fetch.ranges, fetch.most, fetch.most_bytes)
        self.loop.put(Fetched(fetch.link, fetch.line, fetch.feed, tuple(entries)))

    def _regrow(self, ask: Regrow) -> None:
        entries = chain.from_iterable(
            self.record.span(ask.line, ask.feed, first, min(ask.number, first + REGROW_ENTRIES - 1), 1 << 40)
            for first in range(1, ask.number + 1, REGROW_ENTRIES)
        )
        frontier, claims = regrow(entries)
        self.loop.put(Regrown(ask.line, ask.feed, ask.number, frontier.to_bytes(), tuple(claims.items())))

    def _refold(self, ask: Refold) -> None:
        entries = gather(self.record, ask.line, ask.opening)
        self.loop.put(Refolded(ask.line, ask.opening, entries, ask.news))

    def _was_carried(self, carried: Carried) -> None:
        reached = self._carried.setdefault((carried.line, carried.peer), {})
        reached[carried.number] = carried.at
        if len(reached) > CARRIED_KEPT:
            del reached[next(iter(reached))]
        self._tell(carried)

    def carried_to(self, line: LineId, number: int) -> list[tuple[PostId, Instant]]:
        """Which peers' bearers took this entry of ours since the post started, and when; nothing is signed by it."""
        return [
            (peer, reached[number])
            for (each, peer), reached in list(self._carried.items())
            if each == line and number in reached
        ]

    def alarm(self, alarm: Alarm) -> None:
        """Tell everybody who watches, and the log."""
        log.warning("alarm", code=alarm.code, text=alarm.text)
        self._tell(alarm)

    def _was_kept(self, keep: KeepEntry) -> None:
        """The machine tells what came from others; what was written here is told when it is kept."""
        if self.listeners and keep.entry.header.author == self.keyring.card.post:
            self._tell(Arrived(keep.entry, keep.at))

    def _arrived(self, arrived: Arrived) -> None:
        if arrived.entry.header.author != self.keyring.card.post:
            self._tell(arrived)

    def _tell(self, effect: Any) -> None:
        for listener in self.listeners:
            listener(effect)

    # Peers and keys

    def _load_peers(self) -> None:
        said = self.record.objects(PEER_TABLE)
        cards = self.record.objects(INTRODUCED_TABLE) | self.record.objects(CARD_TABLE)
        for post, data in cards.items():
            try:
                card = Card.admit(data)
                if post not in said:
                    self.introduced[card.post] = card
                    continue
                alias, addresses = _peer_from(said[post])
                self._trust_again(card, alias)
            except PeerError as error:
                raise StoreDamaged(f"The card of a peer in the store is damaged: {error}") from error
            self.addresses[card.post] = addresses

    def _trust_again(self, card: Card, alias: str) -> None:
        """A post that gave itself another peer's name just before a crash keeps nobody from starting."""
        try:
            self.trust = self.trust.added(card, alias)
        except NameTaken:
            self.trust = self.trust.added(card, f"{alias or card.name} {card.fingerprint[:11]}")

    def _cards(self) -> tuple[Card, ...]:
        return (*(peer.card for peer in self.trust.peers.values()), *self.introduced.values())

    def _news(self) -> Cards:
        return Cards(self.keyring.own, self.keyring.card, self._cards(), self._reachable())

    def _reachable(self) -> frozenset[PostId]:
        return frozenset(post for post, addresses in self.addresses.items() if addresses)

    def spread(self) -> None:
        """Tell machine and links what this home trusts now."""
        self.tell_links()
        self.loop.put(self._news())

    def use(self, links: Links) -> None:
        """Links are there now: they learn whom they may let in, and dial whom the machine wanted before."""
        self.links = links
        self.tell_links()
        early, self._early = self._early, {}
        for dial in early.values():
            links.dial(dial)

    def tell_links(self) -> None:
        """Tell the links whom they may let in, and where to reach whom."""
        if self.links:
            keys = {key: card.post for card in self._cards() for key in card.link_keys}
            self.links.know(keys, self.addresses)

    def _was_put(self, put: Put) -> None:
        """The machine learnt a card: links need to know its keys, too."""
        if put.table not in (CARD_TABLE, INTRODUCED_TABLE):
            return
        card = Card.admit(put.value)
        if card.post in self.trust.peers:
            before = self.trust.peers[card.post].alias
            self.trust = self.trust.updated(card)
            alias = self.trust.peers[card.post].alias
            if alias != before:
                self.keep([_peer_put(card.post, alias, self.addresses.get(card.post, ()))])
        else:
            self.introduced[card.post] = card
        self.spread()

    def trust_card(self, card: Card, alias: str) -> str:
        """Keep a card that a person compared; returns the peer's name. Raises NameTaken, CardForked or as the store."""
        trust = self.trust.added(card, alias)
        peer = trust.peers[card.post]
        addresses = self.addresses.get(card.post, ())
        self.keep([Put(CARD_TABLE, card.post, peer.card.encode()), _peer_put(card.post, peer.alias, addresses)])
        self.trust = trust
        self.introduced.pop(card.post, None)
        self.addresses.setdefault(card.post, ())
        self.spread()
        return peer.name

    def set_addresses(self, post: PostId, addresses: tuple[str, ...]) -> None:
        """Keep where to reach a peer. Raises as the store does."""
        self.keep([_peer_put(post, self.trust.peers[post].alias, addresses)])
        self.addresses[post] = addresses
        self.spread()

    async def change_keys(self, change: Callable[[Own, Card], tuple[Own, bytes]]) -> None:
        """Make and keep a change of our own keys, and tell machine and links. Raises as `Keyring.changed` does."""
        async with self._changing:
            before = self.keyring.own.link_seed
            self.keyring = await asyncio.to_thread(self.keyring.changed, change)
            self.spread()
            if self.links and self.keyring.own.link_seed != before:
                await asyncio.sleep(LINK_KEY_SECONDS)
                await self.links.wear(self.keyring.tls())

    async def keep_keys(self, change: Callable[[Keyring], Keyring]) -> None:
        """Keep a change of what the home holds of our keys that needs no statement. Raises what the change raises."""
        async with self._changing:
            self.keyring = await asyncio.to_thread(change, self.keyring)
            self.spread()

    # For what is asked

    def keep(self, keeps: Sequence[Keep]) -> None:
        """Keep something beside the machine's own, at once."""
        self.record.commit(keeps)

    async def asked(self, make: Callable[[int], Command]) -> Outcome:
        """Give the machine a command and wait for what comes of it. Raises the OpenlineError of a refusal."""
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self.loop.ask(make, lambda outcome: None if future.done() else future.set_result(outcome))
        return await future

    async def reading(self, query: Callable[..., Result], *arguments: Any) -> Result:
        """Run a query of the record beside the loop."""
        return await asyncio.get_running_loop().run_in_executor(self.readers, query, *arguments)


def _peer_put(post: PostId, alias: str, addresses: tuple[str, ...]) -> Put:
    return Put(PEER_TABLE, post, cbor.encode([alias, list(addresses)]))


def _peer_from(data: bytes) -> tuple[str, tuple[str, ...]]:
    alias, addresses = as_list(cbor.decode(data, 1 << 16), "peer", most=2, exactly=2)
    return text(alias, "alias"), tuple(text(each, "address", most=1_024) for each in as_list(addresses, "", most=64))


async def run(home: Home, passphrase: bytes, body: Callable[[Post], Awaitable[Result]]) -> Result:
    """Hold the home, start its post, and do `body` with it; then stop. Raises what `body` raises, HomeInUse, or what is
    wrong with the passphrase, the keys or the store.
    """
    with home.held():
        keyring = keyrings.unlock(home, passphrase)
        record = SealedRecord.unlocked(home.record, keyring.store_key)
        try:
            return await _run(keyring, record, body)
        finally:
            record.close()


async def _run(keyring: Keyring, record: SealedRecord, body: Callable[[Post], Awaitable[Result]]) -> Result:
    failure: OpenlineError | None = None
    results: list[Result] = []
    async with asyncio.TaskGroup() as group:
        try:
            results.append(await _turning(Post(keyring, record, group), body))
        except OpenlineError as error:
            failure = error
    if failure:
        raise failure
    return results[0]


async def _turning(post: Post, body: Callable[[Post], Awaitable[Result]]) -> Result:
    turning = post.group.create_task(post.loop.run())
    try:
        await post.loop.idle()
        if post.loop.broken:
            raise post.loop.broken
        result = await body(post)
        await post.loop.idle()
        return result
    finally:
        if post.links:
            await post.links.close()
        turning.cancel()
        post.readers.shutdown(wait=True)
