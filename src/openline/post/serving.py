"""Serving a home: links, control socket, desk and upkeep around the post, until a signal comes."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack

import msgspec
import structlog

from openline.engine.effects import Alarm
from openline.errors import OpenlineError
from openline.post.control import Control
from openline.post.home import keychanges
from openline.post.home.homes import Home
from openline.post.links import Links
from openline.post.loop import now
from openline.post.page.paging import Pager
from openline.post.post import Post, run
from openline.post.service import Service
from openline.proof.sentences import utc

UPKEEP_SECONDS = 3_600.0

log = structlog.get_logger()


class Ready(msgspec.Struct, frozen=True):
    """A post that serves: `link` is host and port where it takes calls, empty when it takes none.

    `desk` is the address of its desk, empty without one; `first` the link with which its first officer signs in.
    """

    name: str
    fingerprint: str
    link: str
    desk: str = ""
    first: str = ""


class Opened(msgspec.Struct, frozen=True):
    """A desk that takes officers: its address, and the first one's link where nobody can sign in yet."""

    address: str
    first: str


DeskOf = Callable[[Service], AbstractAsyncContextManager[Opened]]
"""Opens the desk of a post: the room of the desk is above this one."""


def log_to_stderr(level: int) -> None:
    """Logs are for whoever runs the post: one line each, on stderr, from this level of `logging` on."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"], sort_keys=False),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


async def serve(
    home: Home,
    passphrase: bytes,
    link: tuple[str, int] | None,
    ready: Callable[[Ready], None],
    desk: DeskOf | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT. Raises what `openline.post.post.run` raises, PortInUse or CannotListen."""

    async def body(post: Post) -> None:
        await _serve(post, link, ready, desk)

    await run(home, passphrase, body)


async def _serve(
    post: Post, place: tuple[str, int] | None, ready: Callable[[Ready], None], desk: DeskOf | None
) -> None:
    links = Links(post.keyring.tls(), post.loop, post.group)
    post.use(links)
    service = Service(post)
    pager = post.pager = Pager(post)
    control = Control(post.keyring.home.path, service)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stopped.set)
    loop.add_signal_handler(signal.SIGHUP, pager.reread)
    upkeep = post.group.create_task(_upkeep(post))
    paging = post.group.create_task(pager.run())
    keeping = post.group.create_task(service.board.keep())
    try:
        listening = ""
        if place is not None:
            listening = f"{place[0]}:{await links.listen(*place)}"
        await control.listen()
        card = post.keyring.card
        async with AsyncExitStack() as stack:
            opened = Opened("", "") if desk is None else await stack.enter_async_context(desk(service))
            ready(Ready(card.name, card.fingerprint, listening, opened.address, opened.first))
            await stopped.wait()
            log.info("stopping")
    finally:
        keeping.cancel()
        paging.cancel()
        upkeep.cancel()
        await control.close()


async def _upkeep(post: Post) -> None:
    """What is due by the calendar: a new sealing key each week, the old ones destroyed, the root asked for in time."""
    told = False
    while True:
        own = post.keyring.own
        if keychanges.root_needed(own) and not told:
            until = utc(keychanges.sealing_until(own))
            post.alarm(
                Alarm(None, "root-needed", f"Nothing can be sealed for this post after {until}. Bring the root.")
            )
            told = True
        if not own.has_root and own != own.drop_sealing_keys(now()):
            await post.keep_keys(lambda ring: ring.without_ended(now()))
        if keychanges.sealing_key_due(post.keyring.own):
            try:
                await post.change_keys(keychanges.new_sealing_key)
            except OpenlineError as error:
                log.error("no new sealing key", code=error.code, why=str(error))
        await asyncio.sleep(UPKEEP_SECONDS)
