"""Paging: while an urgent message waits for somebody, who is on call is paged until somebody takes it (PRODUCT B6, E8).

What waits is the machine's word (`engine.untaken`), who is due is the ladder's (`post.oncall`), and each page leaves in
a process of its own (`post.ringing`): nothing here keeps the loop of the post. Every attempt is kept in the record, so
that a restart pages nobody twice.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import structlog

from openline.engine.effects import Alarm, Arrived
from openline.engine.line import Untaken
from openline.engine.untaken import STOPS
from openline.errors import BadPaging, OpenlineError, PeerError, UnknownName
from openline.limits import PAGES_AT_ONCE_MAX, PAGING_FILE_MAX_BYTES
from openline.post.home.homes import read_file
from openline.post.loop import now
from openline.post.page import oncall
from openline.post.page.oncall import Config, Person
from openline.post.page.pages import Attempt, Pages, page_text
from openline.post.post import Post
from openline.proof.sentences import utc
from openline.terms import EntryId, Instant, LineId, Precedence
from openline.wire.bodies import message_of

LOOK_SECONDS: Final = 2.0
"""How often the file is looked at, and what waits."""

APART_MS: Final = 30_000
"""Time between two pages to one person: what comes due meanwhile goes into one page."""

START_SECONDS: Final = 10.0
"""What a process may take beyond the time-out of the service."""

Waiting = dict[tuple[LineId, EntryId], Untaken]
log = structlog.get_logger()


class Pager:
    """See the top of this file. `config` is the last file that could be used, None where there never was one."""

    def __init__(self, post: Post) -> None:
        self.post = post
        self.path = post.keyring.home.path / oncall.FILE
        self.config: Config | None = None
        self.fault: BadPaging | None = None
        self.pages = Pages(post)
        self._seen: tuple[int, ...] | None = None
        self._stirred = asyncio.Event()
        self._understood: tuple[tuple[str, ...], list[bool | None]] = ((), [])
        self._running = False
        self._ringing: set[str] = set()
        self._last: dict[str, Instant] = {}
        self._room = asyncio.Semaphore(PAGES_AT_ONCE_MAX)

    # The file

    def read(self) -> None:
        """Read the file anew. Raises BadPaging, after which the last good one still counts."""
        try:
            if not self.path.exists() and self.config is None:
                return
            self.config = oncall.read(read_file(self.path, PAGING_FILE_MAX_BYTES))
            self.fault = None
            self._listen()
        except BadPaging as error:
            self.fault = error
            raise
        except OpenlineError as error:
            self.fault = BadPaging(str(error))
            raise self.fault from error

    def reread(self) -> None:
        """Read the file now and alarm where it cannot be used: at SIGHUP, or when it changed."""
        self._seen = self._stamp()
        try:
            self.read()
        except BadPaging as error:
            kept = "The last one that could be used counts." if self.config else "NOBODY IS PAGED."
            self.post.alarm(Alarm(None, BadPaging.code, f"{error.args[0]} {kept}"))
        self._stirred.set()

    def _listen(self) -> None:
        """A post without a file is not told of every entry for nothing."""
        if self._running and self._told not in self.post.listeners:
            self.post.listeners.append(self._told)

    def _stamp(self) -> tuple[int, ...]:
        try:
            held = self.path.stat()
        except OSError:
            return ()
        return (held.st_mtime_ns, held.st_size, held.st_ino)

    # The ladder

    async def run(self) -> None:
        """Page until cancelled."""
        self._running = True
        self._seen = None
        try:
            while True:
                rest = self._look()
                self._stirred.clear()
                try:
                    async with asyncio.timeout(rest):
                        await self._stirred.wait()
                except TimeoutError:
                    continue
        finally:
            self._running = False
            if self._told in self.post.listeners:
                self.post.listeners.remove(self._told)

    def _told(self, effect: Any) -> None:
        if isinstance(effect, Arrived) and effect.entry.header.precedence >= Precedence.IMMEDIATE:
            self._stirred.set()

    def _look(self) -> float:
        """Page whom it is time to page; how many seconds to rest after that."""
        try:
            if self._stamp() != self._seen:
                self.reread()
            return self._page_due(now())
        except Exception:
            log.exception("paging failed; it is tried again")
            return LOOK_SECONDS

    def waiting(self) -> Waiting:
        """What waits for somebody here, of the classes that page."""
        engine, config = self.post.engine, self.config
        if engine is None or config is None:
            return {}
        return {
            (line.id, message): held
            for line in engine.state.lines.values()
            for message, held in line.untaken.items()
            if held.author != engine.state.me and held.traffic.name.lower() in config.classes
        }

    def due(self, key: tuple[LineId, EntryId], held: Untaken, at: Instant) -> oncall.Due | None:
        """Who is to be paged for a message now."""
        config = self.config
        ladder = None if config is None else config.ladder(held.precedence, held.kind)
        if config is None or ladder is None:
            return None
        wait = ladder.watched if self.post.watchers else ladder.first
        begins = self.pages.begun(*key) or Instant(held.since + wait * 1_000)
        on_call = [person.name for person in config.on_call(at)]
        return oncall.due(ladder, begins, at, on_call, self.pages.tried(*key))

    def _page_due(self, at: Instant) -> float:
        waiting = self.waiting()
        self.pages.forget(waiting)
        wanted: dict[str, dict[tuple[LineId, EntryId], int]] = {}
        look_at = Instant(at + int(LOOK_SECONDS * 1_000))
        for key, held in waiting.items():
            due = self.due(key, held, at)
            if due is not None:
                look_at = min(look_at, due.look_at or look_at)
                for name in due.names:
                    wanted.setdefault(name, {})[key] = due.round
        people = {person.name: person for person in self.config.person} if self.config else {}
        for name, messages in wanted.items():
            if name not in self._ringing and at - self._last.get(name, Instant(0)) >= APART_MS:
                self._begin(people[name], messages, [waiting[key] for key in messages], at)
        return max(0.05, (look_at - at) / 1_000)

    def _begin(
        self, person: Person, messages: Mapping[tuple[LineId, EntryId], int], held: Sequence[Untaken], at: Instant
    ) -> None:
        self._ringing.add(person.name)
        self._last[person.name] = at
        config = self.config
        assert config is not None
        text = page_text(self.post.keyring.card.name, held, self._more(config, messages))
        self.post.group.create_task(self._ring(person, messages, text, config.timeout))

    def _more(self, config: Config, messages: Iterable[tuple[LineId, EntryId]]) -> list[str]:
        """What the configuration lets strangers read beyond that something waits."""
        more = []
        for line, message in () if config.text == "quiet" else messages:
            kept = self.post.record.entry(line, message)
            if kept is None or self.post.engine is None:
                continue
            more.append(f"From {self.post.engine.state.name_of(kept.entry.header.author)}")
            if config.text == "full":
                try:
                    more[-1] += f": {message_of(kept.entry).text}"
                except PeerError:
                    continue
        return more

    async def shown(self) -> dict[str, Any]:
        """The ladder as it stands now, as JSON holds it."""
        at, config = now(), self.config
        if config is None:
            return {"file": str(self.path), "fault": None if self.fault is None else str(self.fault), "people": []}
        on_call = [person.name for person in config.on_call(at)]
        services = tuple(service for person in config.person for service in person.services)
        if self._understood[0] != services:
            self._understood = (services, await understood(services))
        known = iter(self._understood[1])
        people = [
            {
                "person": person.name,
                "on_call": person.name in on_call,
                "services": [{"kind": oncall.kind(each), "understood": next(known)} for each in person.services],
                "shifts": [{"days": list(each.days), "hours": each.hours} for each in person.shift],
            }
            for person in config.person
        ]
        return {
            "file": str(self.path),
            "fault": None if self.fault is None else str(self.fault),
            "text": config.text,
            "classes": list(config.classes),
            "nobody_on_call": not any(person.on_call(at) for person in config.person),
            "watched": self.post.watchers > 0,
            "people": people,
            "ladders": {name: msgspec.to_builtins(getattr(config, name)) for name in ("flash", "immediate", "stop")},
            "waiting": [self._waits(key, held, at) for key, held in self.waiting().items()],
        }

    def _waits(self, key: tuple[LineId, EntryId], held: Untaken, at: Instant) -> dict[str, Any]:
        due = self.due(key, held, at)
        tried = self.pages.tried(*key)
        return {
            "id": key[1].hex(),
            "precedence": held.precedence.name.lower(),
            "stop": held.kind in STOPS,
            "class": held.traffic.name.lower(),
            "since": utc(held.since),
            "paged": sorted({name for (_, name), taken in tried.items() if taken}),
            "due": [] if due is None else list(due.names),
            "next": None if due is None or due.look_at is None else utc(due.look_at),
        }

    async def test(self, name: str) -> list[Attempt]:
        """Page one person for a test. Raises UnknownName, BadPaging, or as the record does."""
        config = self.config
        people = () if config is None else config.person
        person = next((each for each in people if each.name.casefold() == name.casefold()), None)
        if config is None or person is None:
            known = ", ".join(each.name for each in people) or "nobody"
            raise UnknownName(f"{oncall.FILE} names no {name!r}; it names {known}.")
        text = f"Openline: this is a TEST page of {self.post.keyring.card.name}. Nothing waits."
        return await self.ring(person, {}, text, config.timeout)

    async def _ring(
        self, person: Person, messages: Mapping[tuple[LineId, EntryId], int], text: str, seconds: int
    ) -> None:
        try:
            await self.ring(person, messages, text, seconds, lambda: bool(messages.keys() & self.waiting().keys()))
        except OpenlineError as error:
            log.error("an attempt to page was not kept", code=error.code, why=str(error))
        except Exception:
            log.exception("a page failed", person=person.name)
        finally:
            self._ringing.discard(person.name)
            self._stirred.set()

    async def ring(
        self,
        person: Person,
        messages: Mapping[tuple[LineId, EntryId], int],
        text: str,
        seconds: int,
        wanted: Callable[[], bool] = lambda: True,
    ) -> list[Attempt]:
        """Page one person: by each service in order until one takes it, or nobody is wanted any more.

        Every attempt is kept; one that failed alarms. Raises as the record does.
        """
        attempts: list[Attempt] = []
        for place, service in enumerate(person.services, 1):
            async with self._room:
                if not wanted():
                    break
                why = await hand_over(service, text, seconds)
            left = len(person.services) - place
            attempt = Attempt(now(), person.name, place, oncall.kind(service), why, left == 0 or not why)
            attempts.append(attempt)
            self.pages.keep(attempt, messages)
            if not why:
                break
            rest = "The next service is tried." if left else "No service is left; the next person is paged."
            said = f"{person.name} could not be paged by service {place} ({attempt.kind}): {why} {rest}"
            self.post.alarm(Alarm(None, "page-failed", said))
        return attempts


async def hand_over(service: str, text: str, seconds: int) -> str:
    """Hand a page to a service, in a process of its own; "" when it took it, else why not."""
    value = await _ask({"service": service, "text": text, "seconds": seconds}, seconds + START_SECONDS)
    return f"No answer within {seconds} seconds." if value is None else str(value.get("why", "It failed."))


async def understood(services: Sequence[str]) -> list[bool | None]:
    """Of each service whether its address can be used, None where that could not be found out."""
    value = await _ask({"check": list(services)}, START_SECONDS + len(services))
    return [None] * len(services) if value is None else list(value["understood"])


async def _ask(question: dict[str, Any], seconds: float) -> dict[str, Any] | None:
    """What the process answers; None when it gave no answer in time and was ended."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "openline.post.page.ringing",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if not name.startswith("OPENLINE_")},
        cwd=Path("/"),
    )
    try:
        async with asyncio.timeout(seconds):
            said, _ = await process.communicate(msgspec.json.encode(question))
        return dict(msgspec.json.decode(said)) if said else {}
    except (TimeoutError, msgspec.DecodeError):
        return None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
