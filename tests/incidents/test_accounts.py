"""What is published of three incidents, held against a record that commands built (SOURCES.md)."""

from __future__ import annotations

import hashlib
import json
import os
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.incidents import press
from tests.incidents.press import Published
from tests.incidents.stage import Stage
from tests.pair import command, introduce, until
from tests.proof.bundles import ROOT

LINE = "press"
BY_HAND = ROOT / "tests/accounts/marks.json"
CHIEF, CHAIR = "Chief of the General Staff", "Chairman of the Joint Chiefs of Staff"
DEFENCE = "Chief of the Defence Staff"
CHAIRMAN = f"United States:{CHAIR}"
ROSTERS = {
    "Russia": (CHIEF, '{name = "General Gerasimov", from = 2012-11-09}'),
    "United States": (
        CHAIR,
        '{name = "General Milley", from = 2019-10-01, until = 2023-10-01}, {name = "General Brown", from = 2023-10-01}',
    ),
    "United Kingdom": (DEFENCE, '{name = "Admiral Radakin", from = 2021-11-30}'),
    "Poland": (CHIEF, '{name = "General Andrzejczak", from = 2018-07-03}'),
}
PLANNED = "The launch of 21 November was planned long before the decision on ATACMS."
RESPONSE = "The launch of 21 November was a response to the decision on ATACMS."
CLAIM = "Ukraine prepares to use a dirty bomb on its own territory."
Record = dict[str, str]


@pytest.fixture(scope="module")
def posts(capitals: Stage) -> Stage:
    """Four posts on one line, each with the roster of its office."""
    introduce(capitals.homes["Poland"], capitals.homes["United Kingdom"])
    introduce(capitals.homes["Poland"], capitals.homes["Russia"])
    capitals.line(LINE, *ROSTERS)
    capitals.agrees(LINE, *ROSTERS)
    for post, (office, holders) in ROSTERS.items():
        file = capitals.folder / f"{post}.toml"
        file.write_text(f'[[office]]\nname = "{office}"\nholders = [{holders}]\n')
        capitals.do(post, "office", "publish", LINE, "--roster", str(file))
    return capitals


@pytest.fixture(scope="module")
def record(posts: Stage) -> Record:
    """What the posts did, by names that press.py uses; all of it has come to the American post."""
    made: Record = {}
    made["unreached"] = made["asked Russia"] = asks_two(posts)
    for name, day in {"may": "2022-05-19", "october": "2022-10-24", "march": "2023-03-15"}.items():
        made[name] = called(posts, CHAIRMAN, day, "a call")[1]
    made["call"], made["held"] = called(posts, CHAIRMAN, "2024-11-27", "exercise in the eastern Mediterranean")
    made["asked"] = made["call"]
    after_the_call(posts, made)
    dirty_bomb(posts, made)
    incident(posts, made)
    unreached(posts, made)
    for each in made.values():
        until(partial(_has, posts, each))
    return made


def _has(posts: Stage, entry: str) -> bool:
    return command(posts.homes["United States"], "show", entry)[0] == 0


def seen(posts: Stage, post: str, entry: str) -> str:
    """An entry, as soon as a post has it."""
    until(lambda: command(posts.homes[post], "show", entry)[0] == 0)
    return entry


def called(posts: Stage, office: str, day: str, topic: str) -> tuple[str, str]:
    """A call at Russia's request that was held on a day: the contact, and the entry that closes it."""
    contact = posts.asks("Russia", LINE, CHIEF, office, topic=topic)
    times = ("--began", f"{day}T12:00Z", "--ended", f"{day}T12:40Z")
    return contact, posts.do("Russia", "call", "held", contact, *times)["id"]


def after_the_call(posts: Stage, made: Record) -> None:
    """A point on which the sides differ, terms at Russia's request, what became public, and the exercise."""
    contact = seen(posts, "United States", made["call"])
    seen(posts, "United States", made["held"])
    made["launch"] = posts.do("United States", "call", "minute", "draft", contact, PLANNED)["id"]
    seen(posts, "Russia", made["launch"])
    made["response"] = posts.do("Russia", "call", "minute", "differ", made["launch"], RESPONSE)["id"]
    made["terms"] = posts.do("Russia", "call", "disclose", "propose", contact, "confirm-if-asked")["id"]
    seen(posts, "United States", made["terms"])
    posts.do("United States", "call", "disclose", "agree", made["terms"])
    public = ("call", "disclose", "record", contact)
    asked = ("--by", "United States", "--asked", "--confirmed-only", "--at", "2024-12-05T15:00Z")
    made["spokesman"] = posts.do("United States", *public, *asked)["id"]
    made["ministry"] = posts.do("Russia", *public, "--by", "Russia", "--at", "2024-12-04T09:00Z")["id"]
    area = ("--area", "34-15N 033-30E, 34-15N 034-30E, 35-00N 034-30E, 35-00N 033-30E")
    fields = ("--field", "weapons=high-precision missiles", "--field", "purpose=prevent possible incidents")
    window = ("--window", "2024-12-01T06:00Z/2024-12-03T20:00Z", "--class", "exercise")
    made["notice"] = posts.do("Russia", "notice", "send", LINE, "live-fire-exercise", *area, *fields, *window)["id"]


def dirty_bomb(posts: Stage, made: Record) -> None:
    """Russia's claim, two answers to it, and the call of two chiefs, one of whom rejects it; what both agree on."""
    to = ("--to", f"{LINE}:United States", "--to", f"{LINE}:United Kingdom")
    made["claim"] = posts.do("Russia", "claim", "put", CLAIM, *to)["id"]
    for name, post in {"rejection": "United States", "its rejection": "United Kingdom"}.items():
        seen(posts, post, made["claim"])
        made[name] = posts.do(post, "claim", "answer", made["claim"], "rejects")["id"]
    chief = f"United Kingdom:{DEFENCE}"
    made["chiefs"], made["chiefs held"] = called(posts, chief, "2022-10-24", "the claim of a dirty bomb")
    seen(posts, "United Kingdom", made["chiefs held"])
    draft = ("call", "minute", "draft", made["chiefs"])
    rejects = "The United Kingdom rejects the claim of a dirty bomb."
    made["chiefs rejection"] = posts.do("United Kingdom", *draft, rejects)["id"]
    channels = "Channels of communication are kept open."
    made["channels"] = seen(posts, "Russia", posts.do("United Kingdom", *draft, channels)["id"])
    agreed = posts.do("Russia", "call", "minute", "agree", made["channels"])["id"]
    seen(posts, "United States", agreed)


def incident(posts: Stage, made: Record) -> None:
    """What came down near Przewodow: Poland's assessment, America's stance on it, and who investigates."""
    at = ("--place", "Przewodow, Poland", "--at", "2022-11-15T14:40Z")
    made["incident"] = posts.do("United States", "incident", "open", LINE, "Explosion near Przewodow", *at)["id"]
    seen(posts, "Poland", made["incident"])
    what = "Of some 90 missiles launched one came down near Przewodow. Two dead."
    origin = ("--origin", "A missile of Ukrainian air defence", "--confidence", "likely")
    made["assessment"] = posts.do("Poland", "incident", "assess", made["incident"], what, *origin)["id"]
    joint = ("incident", "investigate", made["incident"], "--with", "United States")
    made["investigation"] = posts.do("Poland", *joint)["id"]
    seen(posts, "United States", made["investigation"])
    posts.do("United States", "incident", "stance", made["assessment"], "no-contradiction")
    posts.do("United States", "incident", "accept", made["investigation"])


def asks_two(posts: Stage) -> str:
    """The American chairman asks for Russia's chief and for Poland's."""
    to = (f"Russia:{CHIEF}", f"Poland:{CHIEF}")
    return posts.asks("United States", LINE, CHAIR, *to, within=1, topic="the explosion near Przewodow")


def unreached(posts: Stage, made: Record) -> None:
    """Poland's is reached; Russia's is tried by telephone, and does not answer."""
    contact, us = made["unreached"], posts.homes["United States"]
    means = ("--means", "telephone", "--began", "2022-11-15T20:05Z", "--text", "They could not connect him.")
    posts.do("United States", "call", "try", contact, "--with", "Russia", *means)
    times = ("--began", "2022-11-15T21:00Z", "--ended", "2022-11-15T21:10Z")
    made["reached Poland"] = posts.do("United States", "call", "held", contact, "--with", "Poland", *times)["id"]
    until(lambda: command(us, "call", "close", contact, "no-answer", "--with", "Russia")[0] == 0)
    made["no answer"] = posts.party("United States", contact, "Russia")["ended"]["id"]


@pytest.fixture(scope="module")
def filed(posts: Stage, record: Record) -> dict[str, Any]:
    """Every account of press.py, filed and marked at the American post, as it is shown."""
    shown = {}
    for account in press.ALL:
        name = file(posts, record, account)
        for mark in account.marks:
            posts.do("United States", "account", "mark", name, mark.words, mark.what, *options(record, mark.parts))
        shown[account.publisher] = posts.do("United States", "account", "show", name)
    return shown


def file(posts: Stage, record: Record, account: Published) -> str:
    """File an account; its id."""
    path: Path = posts.folder / f"{account.publisher}.txt"
    path.write_bytes(account.text.encode())
    source = ("--publisher", account.publisher, "--date", account.date, "--about", record[account.about])
    return str(posts.do("United States", "account", "add", str(path), *source)["id"])


def options(record: Record, parts: dict[str, Any]) -> list[str]:
    """The parts of an assertion as options of the command."""
    words = []
    for key, value in parts.items():
        for each in value if isinstance(value, tuple) else (value,):
            words += [f"--{key.replace('_', '-')}", record[each] if key == "about" else each]
    return words


def test_at_least_25_assertions_are_held() -> None:
    assert sum(len(account.marks) for account in press.ALL) >= 25


@pytest.mark.parametrize("account", press.ALL, ids=lambda account: account.publisher)
def test_each_assertion_comes_out(filed: dict[str, Any], record: Record, account: Published) -> None:
    """Each as it must, by the entry that decides it, with a sentence why; the text is kept byte for byte."""
    shown = filed[account.publisher]
    assert shown["text"] == account.text
    names = {entry: name for name, entry in reversed(record.items())}
    found = [(each["words"], each["verdict"]["finding"], each["verdict"]["entry"]) for each in shown["marks"]]
    assert [(words, finding, names.get(entry, "")) for words, finding, entry in found] == [
        (mark.words, mark.finding, _first(names, record, mark.entry)) for mark in account.marks
    ]
    assert all(each["verdict"]["why"].endswith(".") for each in shown["marks"])


def _first(names: dict[str, str], record: Record, entry: str) -> str:
    """The name by which an entry goes, which may have several."""
    return names[record[entry]] if entry else ""


def test_both_sides_stand_beside_what_they_differ_on(filed: dict[str, Any], record: Record) -> None:
    """Planned long before, or a response: each account matches what one side says, and the other's words are named."""
    planned, response = (each for each in filed["The Chronicle"]["marks"] if each["what"] == "reason")
    assert planned["verdict"]["against"] == [record["response"]]
    assert response["verdict"]["against"] == [record["launch"]]


def test_the_matrix_shows_where_sources_contradict_each_other(
    posts: Stage, filed: dict[str, Any], record: Record
) -> None:
    """Three datings of the previous contact, who asked, when, what was agreed, why the missile was fired."""
    matrix = ("account", "matrix", *(each["id"] for each in filed.values()))
    shown = posts.do("United States", *matrix, "--about", record["call"])
    publishers = {each["id"]: each["publisher"] for each in shown["accounts"]}
    assert set(publishers.values()) == {"The Chronicle", "Agency", "The Observer"}
    (datings,) = (row for row in shown["rows"] if row["what"] == "last-before")
    assert [(publishers[each["account"]], each["verdict"]["finding"]) for each in datings["asserted"]] == [
        ("The Chronicle", press.NO),
        ("The Observer", press.YES),
    ]
    pairs = {
        (each["why"], *sorted(publishers[each[side]["account"]] for side in ("one", "other")))
        for each in shown["conflicts"]
    }
    assert {
        ("2022-10 is not 2023-03", "The Chronicle", "The Observer"),
        ("2024-11-27 is not 2024-12-03", "Agency", "The Observer"),
        ("not-announced is not open", "The Chronicle", "The Observer"),
        ("planned is not response", "The Chronicle", "The Chronicle"),
        ("2 and more calls excludes 1", "Agency", "The Observer"),
    } <= {(why, *sorted(names)) for why, *names in pairs}
    missiles = posts.do("United States", *matrix, "--about", record["incident"])
    excluded = [set(each["why"].split(" excludes ")) for each in missiles["conflicts"]]
    assert {"0 to 100 missiles", "121 and more missiles"} in excluded
    assert {"0 to 100 missiles", "60 to 100 missiles"} not in excluded


def test_the_five_press_texts_are_held_against_the_record(posts: Stage, record: Record) -> None:
    """The texts are in the folder that OPENLINE_ACCOUNTS names (tests/accounts/SOURCES.md)."""
    folder = os.environ.get("OPENLINE_ACCOUNTS")
    if not folder:
        pytest.skip("not run: OPENLINE_ACCOUNTS names no folder with the five press texts")
    texts = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in Path(folder).glob("*.txt")}
    by_hand = {each["digest"]: each for each in json.loads(BY_HAND.read_text())["texts"]}
    assert len(press.ARTICLES) >= 25
    assert {each.text for each in press.ARTICLES} == {digest[:12] for digest in by_hand}
    names = {entry: name for name, entry in reversed(record.items())}
    for digest, held in by_hand.items():
        source = ("--publisher", digest[:12], "--date", held["published"])
        account = posts.do("United States", "account", "add", str(texts[digest]), *source)
        assert account["digest"] == digest
        text = texts[digest].read_bytes().decode()
        for article in press.ARTICLES:
            if not digest.startswith(article.text):
                continue
            mark = next(each for each in held["marks"] if each["start"] == article.start)
            words = text[mark["start"] : mark["end"]]
            parts = options(record, {**article.parts, "about": article.about})
            made = posts.do("United States", "account", "mark", account["id"], words, mark["what"], *parts)["verdict"]
            found = (made["finding"], names.get(made["entry"], ""))
            assert found == (article.finding, _first(names, record, article.entry)), (words, made)
