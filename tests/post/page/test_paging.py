"""Paging by real processes to services on loopback: who is paged, what goes to the next, what ends it, what is kept."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from openline.engine.effects import Alarm
from openline.errors import Misuse, UnknownName
from openline.post import requests as asks
from openline.post import serving
from openline.post.home import homes
from openline.post.loop import now
from openline.post.notice import requests as notice_asks
from openline.post.page import oncall, pages, paging
from openline.post.page.paging import Pager
from openline.post.post import Post
from openline.post.service import Service
from openline.terms import Instant
from tests.post import sinks
from tests.post.inside import PASSPHRASE, alone, ask, home, together, until


def write(where: homes.Home, people: dict[str, list[str]], rest: str = "") -> None:
    """A paging.toml."""
    text = rest
    for name, services in people.items():
        text += f'\n[[person]]\nname = "{name}"\nservices = {services}\n'
    (where.path / oncall.FILE).write_text(text)


def log_of(post: Post) -> list[tuple[str, int, bool]]:
    """Person, place of the service, and whether it took the page."""
    return [(each.person, each.place, not each.why) for _, each in pages.held(post)]


class Clock:
    """The pager's clock, which a test moves on."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.ahead_ms = 0
        patch.setattr(paging, "now", lambda: Instant(now() + self.ahead_ms))

    def wait(self, pager: Pager, seconds: int) -> None:
        """So much time has passed."""
        self.ahead_ms += seconds * 1_000
        pager._stirred.set()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def pager_of(service: Service) -> tuple[Pager, list[Alarm]]:
    """A pager that runs in a post, and the alarms that the post tells."""
    post = service.post
    alarms: list[Alarm] = []
    post.listeners.append(lambda effect: alarms.append(effect) if isinstance(effect, Alarm) else None)
    pager = post.pager = Pager(post)
    return pager, alarms


@asynccontextmanager
async def running(pager: Pager) -> AsyncIterator[None]:
    """The pager runs inside the block."""
    task = pager.post.group.create_task(pager.run())
    try:
        yield
    finally:
        task.cancel()
        await until(lambda: task.done() and not pager._ringing)


async def at_rest(pager: Pager, count: int) -> None:
    """So many attempts are kept, and no more come of them."""
    await until(lambda: len(log_of(pager.post)) >= count and not pager._ringing)
    await asyncio.sleep(0.05)
    assert len(log_of(pager.post)) == count


async def test_until_somebody_takes_it(tmp_path: Path, clock: Clock) -> None:
    """The first by the first service that takes a page, the next in turn; then it is taken, and nobody is paged."""

    async def body(here: Service, there: Service) -> None:
        pager, alarms = pager_of(here)
        with sinks.http() as good, sinks.http(500) as bad, sinks.smtp() as mail:
            dead, post = sinks.dead_port(), "from=post@example.org&to=lie@example.org"
            aas = [f"json://127.0.0.1:{dead}/secret", f"json://127.0.0.1:{bad.port}/", f"json://127.0.0.1:{good.port}/"]
            write(here.post.keyring.home, {"Aas": aas, "Lie": [f"smtp://127.0.0.1:{mail.port}/?{post}"]})
            async with running(pager):
                sent = await ask(there, asks.Send(line="strait", text="Are these yours?", precedence="flash"))
                await at_rest(pager, 3)
                assert log_of(here.post) == [("Aas", 1, False), ("Aas", 2, False), ("Aas", 3, True)]
                assert [each["message"] for each in good.got] == ["Openline: FLASH waits at North."]
                assert [alarm.code for alarm in alarms] == ["page-failed"] * 2
                assert "Aas could not be paged by service 1 (json)" in alarms[0].text
                assert "secret" not in alarms[0].text
                clock.wait(pager, 61)
                await at_rest(pager, 4)
                assert len(mail.got) == 1
            again = here.post.pager = Pager(here.post)
            async with running(again):
                await at_rest(again, 4)
                clock.wait(again, 301)
                (shown,) = (await ask(here, asks.PagingShow()))["waiting"]
                assert (shown["id"], shown["paged"]) == (sent["id"], ["Aas", "Lie"])
                await ask(here, asks.Mark(entry=sent["id"], what="taken"))
                clock.wait(again, 3_600)
                await at_rest(again, 4)
                assert again.waiting() == {}
            told = (await ask(here, asks.PagingLog()))["attempts"]
            assert [each["for"] for each in told] == [[sent["id"]]] * 4
            assert (await ask(here, asks.PagingLog(most=1)))["attempts"] == told[-1:]

    await together(tmp_path, body)


async def test_a_stop_pages_until_it_is_read_back(tmp_path: Path, clock: Clock) -> None:
    async def body(here: Service, there: Service) -> None:
        pager, _ = pager_of(here)
        with sinks.http() as good:
            write(here.post.keyring.home, {"Aas": [f"json://127.0.0.1:{good.port}/"]})
            async with running(pager):
                sent = (await ask(there, notice_asks.StopSend(line="strait", what="aid convoy")))["id"]
                await at_rest(pager, 1)
                assert [each["message"] for each in good.got] == ["Openline: STOP waits at North."]
                clock.wait(pager, 241)
                await at_rest(pager, 2)
                await ask(here, notice_asks.StopReadBack(stop=sent, what="aid convoy"))
                clock.wait(pager, 3_600)
                await at_rest(pager, 2)

    await together(tmp_path, body)


async def test_a_watched_desk_has_its_time_and_no_more(tmp_path: Path, clock: Clock) -> None:
    async def body(here: Service, there: Service) -> None:
        pager, _ = pager_of(here)
        stop = here.watch(asks.Watch(), lambda event: None)
        with sinks.http() as good:
            write(here.post.keyring.home, {"Aas": [f"json://127.0.0.1:{good.port}/"]}, 'text = "full"')
            async with running(pager):
                await ask(there, asks.Send(line="strait", text="Boat 17.", precedence="flash", traffic="exercise"))
                await ask(there, asks.Send(line="strait", text="Testing.", precedence="flash", traffic="test"))
                await until(lambda: len(pager.waiting()) == 1)
                clock.wait(pager, 110)
                await at_rest(pager, 0)
                clock.wait(pager, 11)
                await at_rest(pager, 1)
                assert good.got[0]["message"] == "Openline: EXERCISE FLASH waits at North. From South: Boat 17."
                for _ in range(20):
                    await ask(there, asks.Send(line="strait", text="Boat 18.", precedence="flash"))
                await until(lambda: len(pager.waiting()) == 21)
                clock.wait(pager, 20)
                stop()
                await at_rest(pager, 1)
                clock.wait(pager, 11)
                await at_rest(pager, 2)
                assert good.got[1]["message"].startswith("Openline: 20 FLASH wait at North. From South: Boat 18.")

    await together(tmp_path, body)


async def alone_with(folder: Path, body: Callable[[Post, Pager, list[Alarm], Service], Awaitable[None]]) -> None:
    """Do something with a post that has a pager and no line."""

    async def within(post: Post, service: Service) -> None:
        pager, alarms = pager_of(service)
        await body(post, pager, alarms, service)

    await alone(home(folder, "North"), within)


async def test_a_broken_file_keeps_the_last_good_one(tmp_path: Path) -> None:
    async def body(post: Post, pager: Pager, alarms: list[Alarm], service: Service) -> None:
        where = post.keyring.home
        write(where, {"Aas": ["json://127.0.0.1/"]}, "colour = 1")
        async with running(pager):
            await until(lambda: alarms)
            assert (alarms[0].code, pager.config) == ("bad-paging", None)
            assert "colour" in alarms[0].text
            assert "NOBODY IS PAGED" in alarms[0].text
            write(where, {"Aas": ["json://127.0.0.1/"]})
            pager._stirred.set()
            await until(lambda: pager.config)
            assert pager._told in post.listeners
            for gone in (False, True):
                (where.path / oncall.FILE).write_text("")
                if gone:
                    (where.path / oncall.FILE).unlink()
                pager._stirred.set()
                await until(lambda: len(alarms) > 1)
                assert alarms.pop().text.endswith("The last one that could be used counts.")
                assert pager.config is not None
                shown = await ask(service, asks.PagingShow())
                assert shown["fault"]
                assert [each["person"] for each in shown["people"]] == ["Aas"]
        assert pager._told not in post.listeners

    await alone_with(tmp_path, body)


async def test_a_service_that_dawdles_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "START_SECONDS", 0.5)

    async def body(post: Post, pager: Pager, alarms: list[Alarm], service: Service) -> None:
        with sinks.drip() as slow:
            write(post.keyring.home, {"Aas": [f"json://127.0.0.1:{slow.port}/", "nothing://x"]}, "timeout = 1")
            pager.read()
            attempts = await pager.test("aas")
        assert [each.place for each in attempts] == [1, 2]
        assert attempts[0].why == "No answer within 1 seconds."
        assert "No service is left" in alarms[-1].text

    await alone_with(tmp_path, body)


async def test_a_test_page_without_a_running_pager(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        assert (await ask(service, asks.PagingShow()))["people"] == []
        with pytest.raises(UnknownName, match="it names nobody"):
            await ask(service, asks.PagingTest(person="Aas"))
        with sinks.http() as good:
            write(post.keyring.home, {"Aas": [f"json://127.0.0.1:{good.port}/"], "Lie": ["nothing://x"]})
            with pytest.raises(UnknownName, match="it names Aas, Lie"):
                await ask(service, asks.PagingTest(person="Berg"))
            (attempt,) = (await ask(service, asks.PagingTest(person="Aas")))["attempts"]
            assert (attempt["taken"], attempt["for"]) == (True, [])
            assert good.got[0]["message"] == "Openline: this is a TEST page of North. Nothing waits."
        shown = await ask(service, asks.PagingShow())
        assert [each["services"] for each in shown["people"]] == [
            [{"kind": "json", "understood": True}],
            [{"kind": "nothing", "understood": False}],
        ]
        for most in (0, 99_999):
            with pytest.raises(Misuse):
                await ask(service, asks.PagingLog(most=most))

    await alone(home(tmp_path, "North"), body)


async def test_sighup_reads_the_file_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = home(tmp_path, "North")
    reads: list[Pager] = []
    monkeypatch.setattr(Pager, "reread", lambda pager: reads.append(pager))
    monkeypatch.setattr(Pager, "_stamp", lambda pager: None)

    def ready(value: serving.Ready) -> None:
        loop = asyncio.get_running_loop()
        loop.call_soon(os.kill, os.getpid(), signal.SIGHUP)
        loop.call_later(0.1, os.kill, os.getpid(), signal.SIGTERM)

    async with asyncio.timeout(60):
        await serving.serve(where, PASSPHRASE, None, ready)
    assert len(reads) == 1
