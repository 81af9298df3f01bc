"""Translations in a record: both verifiers tell the same of them, and never as the words of who wrote the text."""

from __future__ import annotations

from typing import Any

import pytest

from openline.proof.export import Rule
from openline.proof.finding import Finding
from openline.proof.translations import TOLD_MAX, Translation, lines
from openline.terms import TrafficClass
from openline.wire.contact import WORDS, Words
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.translation import TRANSLATION, Maker
from openline.wire.translation import Translation as Body
from tests.proof.bundles import agreed
from tests.proof.world import Poster, World

CLASSES = list(TrafficClass)


@pytest.fixture
def world() -> World:
    """Two members; Alpha asked, and Bravo heard it."""
    world = World("Alpha", "Bravo")
    alpha, bravo = world.members
    alpha.say("Are these your aircraft?")
    bravo.hear()
    bravo.acknowledge()
    return world


def attach(by: Poster, *to: Entry, who: str = "Lt. Orlova", machine: bool = False, **fields: Any) -> Entry:
    body = Body((0, 1), "ru", Maker.MACHINE if machine else Maker.PERSON)
    items = TRANSLATION.item(body), WORDS.item(Words("Это ваши самолёты?", who))
    fields.setdefault("officer", 1)
    return by.write(Kind.TRANSLATION, *items, refers=tuple(each.id for each in to), **fields)


def withdraw(by: Poster, of: Entry, why: str = "", **fields: Any) -> Entry:
    fields.setdefault("officer", 1)
    place = {"refers": (of.id,), "exchange": of.id, **fields}
    return by.write(Kind.TRANSLATION_WITHDRAWN, WORDS.item(Words(why)), **place)


def verified(world: World, rule: Rule | None = None) -> Finding:
    finding = agreed(world.bundle(world.members[0], rule=rule or Rule()), world.known())
    assert finding.ok
    return finding


def told(world: World, rule: Rule | None = None) -> list[str]:
    return [each for each in verified(world, rule).sentences() if " is a translation " in each]


def test_it_is_told_with_its_maker_and_its_text_has_an_author(world: World) -> None:
    alpha, bravo = world.members
    asked = alpha.entries[-1]
    attach(bravo, asked)
    attach(bravo, asked, machine=True, who="a program")
    number = len(bravo.entries)
    of = f"of entry {asked.header.number} of “Alpha”"
    alone = f"the words of “Alpha” are in entry {asked.header.number} alone."
    assert told(world) == [
        f"Entry {number - 1} of “Bravo” is a translation (ru) {of}, made by “Lt. Orlova”; {alone}",
        f"Entry {number} of “Bravo” is a translation (ru) {of}, made by the machine “a program”; {alone}",
    ]


def test_what_became_of_it_is_told(world: World) -> None:
    alpha, bravo = world.members
    asked = alpha.entries[-1]
    first = attach(bravo, asked)
    attach(bravo, asked, first)
    gone = attach(bravo, asked)
    withdraw(bravo, gone, "Wrong tense.")
    alpha.hear()
    attach(alpha, asked, first)
    own, replaced, second, withdrawn = verified(world).translations
    assert own.feed == alpha.post
    assert (replaced.replaced, replaced.disputed, replaced.withdrawn) == (True, (alpha.post,), False)
    assert (second.replaced, second.disputed) == (False, ())
    assert withdrawn.withdrawn
    sentences = told(world)
    assert sentences[1].endswith("“Bravo” has put another in its place. “Alpha” disputes it.")
    assert sentences[3].endswith("“Bravo” withdrew it.")


def test_what_counts_for_nothing_is_not_told(world: World) -> None:
    alpha, bravo = world.members
    asked = alpha.entries[-1]
    first = attach(bravo, asked)
    attach(bravo, asked, officer=0)
    attach(bravo)
    attach(bravo, asked, first, asked)
    bravo.write(Kind.TRANSLATION, b"\xff", b"", refers=(asked.id,), officer=1)
    bravo.write(Kind.TRANSLATION, TRANSLATION.item(Body((), "ru", Maker.PERSON)), b"", refers=(asked.id,), officer=1)
    attach(bravo, asked, who=" ")
    withdraw(bravo, first, officer=0)
    withdraw(bravo, first, traffic=TrafficClass.DRILL)
    bravo.write(Kind.TRANSLATION_WITHDRAWN, b"\xa1\x01\x60", refers=(first.id,), exchange=first.id, officer=1)
    alpha.hear()
    withdraw(alpha, first)
    (only,) = verified(world).translations
    assert (only.entry, only.withdrawn, only.replaced, only.disputed) == (first.id, False, False, ())


def test_its_words_are_closed_with_what_they_translate_and_not_otherwise(world: World) -> None:
    alpha, bravo = world.members
    asked = alpha.entries[-1]
    attach(bravo, asked)
    for rule in (Rule(entries=frozenset({asked.id})), Rule(items=frozenset({(asked.id, 0)}))):
        data = world.bundle(alpha, rule=rule)
        assert "самолёты".encode() not in data
        assert told(world, rule)[0].endswith(
            f"made by a person; the words of “Alpha” are in entry {asked.header.number} alone."
        )
    other = Rule(items=frozenset({(asked.id, 7)}))
    assert "самолёты".encode() in world.bundle(alpha, rule=other)


def test_garbage_that_translates_what_is_closed_is_closed_too(world: World) -> None:
    alpha, bravo = world.members
    asked = alpha.entries[-1]
    bravo.write(Kind.TRANSLATION, b"\xff", "самолёты".encode(), refers=(asked.id,), officer=1)
    rule = Rule(items=frozenset({(asked.id, 0)}))
    assert "самолёты".encode() not in world.bundle(alpha, rule=rule)


def test_of_very_many_it_says_how_many_more(world: World) -> None:
    attach(world.members[1], world.members[0].entries[-1])
    (one,) = verified(world).translations
    said = list(lines((one,) * (TOLD_MAX + 3), {}))
    assert len(said) == TOLD_MAX + 1
    assert said[-1] == "And 3 more translations."
    assert isinstance(one, Translation)


def test_of_an_entry_that_is_not_shown_it_names_nobody(world: World) -> None:
    attach(world.members[1], attach(world.members[1], world.members[0].entries[-1]))
    data = verified(world).translations
    assert all(each.of_number is not None for each in data)
    lost = list(lines((_lost(data[0]),), {data[0].feed: "“Bravo”"}))
    assert lost[0].endswith("of an entry that is not shown, made by “Lt. Orlova”; it is its maker's word alone.")


def _lost(one: Translation) -> Translation:
    return Translation(
        **{**{name: getattr(one, name) for name in one.__struct_fields__}, "of_feed": None, "of_number": None}
    )
