"""What a watcher is told: only of its line, in words, and no name under an act that does not hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openline.engine.effects import Alarm, Arrived, Carried, Changed, Note, Proved
from openline.post import requests as asks
from openline.post.post import Post
from openline.post.service import Service
from openline.post.telling import teller
from openline.terms import Instant, LineId
from tests.post.inside import alone, ask, home, together, until

OTHER = LineId(b"o" * 32)


async def test_one_line_or_all(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        line, me = LineId(b"l" * 32), post.keyring.card.post
        told: list[dict[str, Any]] = []
        tell = teller(service.names, line, told.append)
        for effect in (
            Proved(line, me, 7),
            Proved(OTHER, me, 8),
            Carried(line, 9, me, Instant(0)),
            Changed(None, "A link is up"),
            Changed(OTHER, "not ours"),
            Alarm(line, "gap", "Missing."),
            Note("for the log"),
        ):
            if not isinstance(effect, Note):
                tell(effect)
        assert [each["what"] for each in told] == ["delivered", "carried", "changed", "alarm"]
        assert [each.get("number") for each in told] == [7, 9, None, None]
        assert told[1]["at"] == "1970-01-01T00:00:00Z"
        assert told[3].pop("at").endswith("Z")
        assert told[3] == {
            "what": "alarm",
            "line": line.hex()[:12],
            "code": "gap",
            "text": "Missing.",
            "about": None,
            "entry": None,
            "precedence": "immediate",
            "card": "gap",
        }

    await alone(home(tmp_path, "North"), body)


async def test_an_act_that_the_machine_doubts_gives_no_name(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        identifier = (await ask(here, asks.Send(line="strait", text="Hello")))["id"]
        entry = here.names.entry(identifier).entry
        told: list[dict[str, Any]] = []
        tell = teller(here.names, None, told.append)
        tell(Arrived(entry, Instant(5)))
        tell(Alarm(entry.header.line, "bad-signature", "The act fails.", entry.id))
        tell(Arrived(entry, Instant(5)))
        tell(Arrived(entry, Instant(5)))
        assert [each["officer"] for each in told if each["what"] == "entry"] == ["Berg", None, "Berg"]

    await together(tmp_path, body)


async def test_an_alarm_shows_the_entry_that_it_is_about(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        identifier = (await ask(here, asks.Send(line="strait", text="Hello", traffic="exercise")))["id"]
        entry = here.names.entry(identifier).entry
        told: list[dict[str, Any]] = []
        tell = teller(here.names, None, told.append)
        tell(Alarm(entry.header.line, "late", "Not in time.", entry.id))
        assert (told[0]["entry"]["text"], told[0]["entry"]["class"]) == ("Hello", "exercise")
        assert told[0]["about"] == identifier
        tell(Alarm(OTHER, "late", "Not in time.", entry.id))
        assert told[1]["entry"] is None

    await together(tmp_path, body)


async def test_what_others_say_comes_with_a_clock(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        asked = (await ask(here, asks.Send(line="strait", text="Hello", precedence="flash")))["id"]
        answer = (await ask(here, asks.Reply(entry=asked, text="Hello?")))["id"]
        told: list[dict[str, Any]] = []
        for service in (here, there):
            for identifier in (asked, answer):
                entry = here.names.entry(identifier).entry
                teller(service.names, None, told.append)(Arrived(entry, Instant(0)))
        assert [each.get("waits_for") for each in told] == [None, None, "take", "show"]
        assert [each.get("handle_by") for each in told[2:]] == ["1970-01-01T00:10:00Z"] * 2
        assert [each.get("overdue") for each in told[2:]] == [True] * 2

    await together(tmp_path, body)


async def test_what_is_written_here_is_told_too_and_once(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        told: list[dict[str, Any]] = []
        end = here.watch(asks.Watch(line="strait"), told.append)
        message = (await ask(here, asks.Send(line="strait", text="Hello")))["id"]
        answer = (await ask(there, asks.Send(line="strait", text="Hello")))["id"]
        await until(lambda: any(each.get("id") == answer for each in told))
        said = [(each["id"], each["own"]) for each in told if each["what"] == "entry"]
        assert said == [(message, True), (answer, False)]
        end()

    await together(tmp_path, body)
