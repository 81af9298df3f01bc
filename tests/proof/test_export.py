"""Writing a bundle: what is withheld, and the list of what is revealed."""

from __future__ import annotations

import pytest

from openline.proof.export import Revealed, Rule, write_bundle
from openline.wire.kinds import Kind
from tests.proof.bundles import agreed
from tests.proof.world import World


def told() -> tuple[World, Rule]:
    world = World("Alpha", "Bravo")
    alpha, bravo = world.members
    secret = alpha.say("The code word is heron.")
    alpha.say("Nothing to report.")
    bravo.hear()
    bravo.acknowledge()
    return world, Rule(items=frozenset({(secret.id, 0)}))


def write(world: World, rule: Rule) -> tuple[bytes, Revealed]:
    parts: list[bytes] = []
    alpha = world.members[0]
    revealed = write_bundle(
        parts.append,
        line=world.line,
        exporter=alpha.post,
        at=world.now,
        cards=[card.encode() for card in world.cards()],
        entries=world.in_order(),
        sign=alpha.own.feed.sign,
        rule=rule,
    )
    return b"".join(parts), revealed


def test_what_is_withheld_is_not_in_the_file_and_the_rest_is() -> None:
    world, rule = told()
    data, _ = write(world, rule)
    assert b"heron" not in data
    assert b"Nothing to report." in data
    assert agreed(data, world.known()).ok


def test_the_salt_of_what_is_withheld_is_not_there_either() -> None:
    world, rule = told()
    salt = world.members[0].entries[1].salts[0]
    assert salt is not None
    assert salt in write(world, Rule())[0]
    assert salt not in write(world, rule)[0]


def test_no_rule_withholds_what_the_line_says_of_itself() -> None:
    world, _ = told()
    everything = frozenset(entry.id for entry in world.in_order())
    data, revealed = write(world, Rule(bodies=True, entries=everything))
    assert b"Nothing to report." not in data
    assert agreed(data, world.known()).ok
    assert sum(feed.withheld for feed in revealed.feeds) == 2
    assert sum(feed.shown for feed in revealed.feeds) == sum(
        entry.header.kind == Kind.TERMS for entry in world.in_order()
    )


def test_the_list_says_what_the_file_reveals() -> None:
    world, rule = told()
    data, revealed = write(world, rule)
    alpha = world.members[0]
    assert revealed.size == len(data)
    assert revealed.officers == ((alpha.post, 1),)
    (mine,) = (feed for feed in revealed.feeds if feed.post == alpha.post)
    assert (mine.entries, mine.last, mine.shown, mine.withheld, mine.acts) == (3, 3, 2, 1, 2)
    said = revealed.sentences({alpha.post: "Alpha"})
    assert any("Alpha: 3 entries up to 3" in sentence and "1 withheld" in sentence for sentence in said)
    assert revealed.as_json()["feeds"][0]["post"] == revealed.feeds[0].post.hex()


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Rule(), ""),
        (Rule(bodies=True), "all that people said"),
        (Rule(bodies=True, words="names of persons"), "names of persons"),
    ],
)
def test_the_rule_is_said_in_the_bundle(rule: Rule, said: str) -> None:
    world, _ = told()
    data, revealed = write(world, rule)
    assert revealed.rule == said
    assert agreed(data, world.known()).rule == said


def test_entries_out_of_order_are_not_written() -> None:
    world, _ = told()
    alpha = world.members[0]
    with pytest.raises(ValueError, match="by author, number and id"):
        world.bundle(alpha, entries=world.in_order()[::-1])
