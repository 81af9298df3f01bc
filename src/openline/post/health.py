"""Whether the post does its work, tried and not assumed: its loop turns, its store answers, its store keeps.

Each of the three is tried by one try at a time: one that hangs is waited for, and no other is begun beside it, so that
asking costs a post in trouble nothing more. A try is told for a while, so that asking often costs little.
"""

from __future__ import annotations

import asyncio
import shutil
import statistics
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from openline.errors import StoreDamaged
from openline.feeds.record import Kept, Put
from openline.post import requests as asks
from openline.post.loop import now
from openline.post.post import Post
from openline.proof.sentences import utc
from openline.terms import PostId
from openline.wire import cbor

if TYPE_CHECKING:
    from openline.post.speaker import Answerer, Speaker

WITHIN_SECONDS: Final = 2.0
"""A post that takes longer than this for one of the three does not do its work."""

TOLD_SECONDS: Final = 1.0
"""How long a try of the loop, or of a query, is told."""

WRITTEN_TOLD_SECONDS: Final = 10.0
"""The same of one that has the disk synced."""

TABLE: Final = "health"
_KEY: Final = b"written"


class Probe:
    """One thing that is tried: `begin` starts a try, whose answer is told for so many seconds."""

    def __init__(self, begin: Callable[[], asyncio.Future[Any]], told_seconds: float) -> None:
        self._begin = begin
        self._told_seconds = told_seconds
        self._try: asyncio.Future[Any] | None = None
        self._begun = 0.0

    async def well(self) -> bool:
        """Whether the newest try has come to something, in time."""
        clock = asyncio.get_running_loop().time()
        if self._try is None or (self._try.done() and clock - self._begun >= self._told_seconds):
            self._try, self._begun = self._begin(), clock
        await asyncio.wait({self._try}, timeout=WITHIN_SECONDS)
        return self._try.done() and not self._try.cancelled() and self._try.exception() is None


class Pulse:
    """The three probes of one running post."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self.began = now()
        self.turns = Probe(post.loop.turned, TOLD_SECONDS)
        self.reads = Probe(self._read, TOLD_SECONDS)
        self.writes = Probe(self._write, WRITTEN_TOLD_SECONDS)

    async def serves(self) -> dict[str, bool]:
        """Each of the three, tried beside each other; all false while the post starts again from its record."""
        if self._post.loop.broken is not None:
            return dict.fromkeys(("turns", "reads", "writes"), False)
        turns, reads, writes = await asyncio.gather(self.turns.well(), self.reads.well(), self.writes.well())
        return {"turns": turns, "reads": reads, "writes": writes}

    def _read(self) -> asyncio.Future[Any]:
        return asyncio.get_running_loop().run_in_executor(self._post.readers, self._newest)

    def _newest(self) -> None:
        newest = self._post.record.newest(None, 1)
        if newest and self._post.record.entry(newest[0][1].entry.header.line, newest[0][1].entry.id) is None:
            raise StoreDamaged("The newest entry is not found by its id.")

    def _write(self) -> asyncio.Future[Any]:
        return self._post.loop.keeping([Put(TABLE, _KEY, cbor.encode(now()))])


async def health(service: Speaker, request: asks.Health) -> Any:
    """How the post stands, for whoever looks after it: no words of anybody are in it."""
    post, probed = service.post, await service.pulse.serves()
    newest = None
    if probed["reads"]:
        newest = next(iter(await post.reading(post.record.newest, None, 1)), None)
    disk = shutil.disk_usage(post.keyring.home.path)
    peers = [_peer(service, peer.card.post, peer.name) for peer in post.trust.peers.values()]
    known = [each["skew_ms"] for each in peers if each["skew_ms"] is not None]
    return {
        "ok": all(probed.values()),
        **probed,
        "broken": None if post.loop.broken is None else post.loop.broken.code,
        "now": utc(now()),
        "since": utc(service.pulse.began),
        "newest": None if newest is None else _entry(service, newest[1]),
        "peers": sorted(peers, key=lambda each: str(each["peer"])),
        "skew_ms": round(statistics.median(known)) if known else None,
        "disk": {"free_bytes": disk.free, "total_bytes": disk.total},
    }


def _entry(service: Speaker, kept: Kept) -> dict[str, Any]:
    header = kept.entry.header
    return {
        "id": kept.entry.id.hex(),
        "kept": utc(kept.at),
        "line": service.names.line_name(header.line),
        "author": service.names.post(header.author),
        "number": header.number,
    }


def _peer(service: Speaker, peer: PostId, name: str) -> dict[str, Any]:
    """One peer: whether a link to it is up and since when it is as it is, and how late its entries seem at least."""
    links, engine = service.post.links, service.post.engine
    lines = [] if engine is None else list(engine.state.lines.values())
    skews = [line.skew[peer] for line in lines if peer in line.skew]
    return {
        "peer": name,
        "linked": links is not None and peer in links.peers(),
        "since": None if links is None else utc(links.since(peer)),
        "skew_ms": min(skews, default=None),
    }


ANSWERS: Final[Mapping[type, Answerer]] = {asks.Health: health}
"""By the type of the request."""
