"""Two real verifiers over a small record, and verifiers that lie, fall silent or fail."""

from __future__ import annotations

from pathlib import Path

import pytest

import openline.cli.demo
from openline.cli.rehearsal.play import Play
from openline.cli.rehearsal.proving import Proving, count
from openline.errors import DemoFailed
from openline.terms import TrafficClass
from tests.proof.world import World

SECOND = openline.cli.demo.SECOND


def bundle(play: Play, traffic: TrafficClass = TrafficClass.EXERCISE) -> Path:
    """A bundle of three posts that have said a little; their cards lie where the demo keeps them."""
    world = World(*(post.name for post in play.posts))
    west, east, _ = world.members
    west.say("An explosion at 14:40Z.", traffic=traffic)
    east.hear()
    east.acknowledge()
    tree = west.checkpoint()
    east.cosign(west, tree)
    for post, member in zip(play.posts, world.members, strict=True):
        post.card.write_bytes(member.card.encode())
    file = play.proof / "washington.bundle"
    file.write_bytes(world.bundle(west))
    return file


def program(play: Play, code: str) -> Path:
    file = play.proof / "second.py"
    file.write_text(code)
    return file


def test_both_prove_what_is_right(play: Play) -> None:
    assert "entries of 3 known posts" in Proving(play, SECOND).prove(bundle(play))


def test_both_refuse_one_changed_byte_for_the_same_reasons(play: Play) -> None:
    proving = Proving(play, SECOND)
    proving.tamper(bundle(play))
    assert list(proving.refusals) == ["openline verify", "verify_bundle.py"]
    assert all(sentences for sentences in proving.refusals.values())
    assert [file.name for file in proving.bundles] == ["changed.bundle"]


def test_a_byte_cannot_be_changed_where_it_is_not(play: Play) -> None:
    file = bundle(play)
    file.write_bytes(file.read_bytes().replace(b"14:40Z", b"14:42Z"))
    with pytest.raises(DemoFailed, match="hour"):
        Proving(play, SECOND).tamper(file)


def test_a_bundle_that_is_wrong_is_not_proved(play: Play) -> None:
    file = bundle(play)
    file.write_bytes(file.read_bytes().replace(b"14:40Z", b"14:42Z"))
    with pytest.raises(DemoFailed, match="does not prove washington.bundle"):
        Proving(play, SECOND).prove(file)


def test_keys_that_are_not_known_are_not_proved(play: Play) -> None:
    file = bundle(play)
    play.third.card.write_bytes(play.west.card.read_bytes())
    with pytest.raises(DemoFailed, match="keys are not known"):
        Proving(play, SECOND).prove(file)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise SystemExit('it broke')", "no finding, exit 1. it broke"),
        ("pass", "no finding, exit 0. It said nothing"),
        ("print('PROVED')", "no finding, exit 0"),
        ("print('[]')", "no finding"),
        ("print('{\"ok\": true}'); raise SystemExit(1)", "no finding, exit 1"),
        ('print(\'{"ok": true, "feeds": [], "owners": [], "faults": []}\')', "do not say the same"),
    ],
)
def test_a_verifier_that_does_not_do_its_work_is_noticed(play: Play, code: str, said: str) -> None:
    with pytest.raises(DemoFailed, match=said):
        Proving(play, program(play, code)).prove(bundle(play))


def test_a_verifier_that_proves_everything_is_noticed(play: Play) -> None:
    liar = program(play, 'print(\'{"ok": true, "proved": true, "feeds": [], "owners": [], "faults": []}\')')
    with pytest.raises(DemoFailed, match="not noticed"):
        Proving(play, liar).tamper(bundle(play))


def test_verifiers_that_refuse_for_different_reasons_are_noticed(play: Play) -> None:
    other = '{"ok": false, "proved": false, "faults": [{"code": "odd", "feed": null, "number": null, "said": "odd"}]}'
    with pytest.raises(DemoFailed, match="different reasons"):
        Proving(play, program(play, f"print({other!r}); raise SystemExit(1)")).tamper(bundle(play))


def test_what_is_counted(play: Play) -> None:
    counts = count(bundle(play))
    assert counts == {
        "entries": 7,
        "messages": 1,
        "acts": 1,
        "checkpoints": 1,
        "cosignatures": 1,
        "signatures": 7 + 1 + 2 + 1 + 1,
    }


def test_what_is_not_signed_as_exercise_is_noticed(play: Play) -> None:
    with pytest.raises(DemoFailed, match="OPERATION"):
        count(bundle(play, TrafficClass.OPERATION))
