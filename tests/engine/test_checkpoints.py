"""Checkpoints: of exactly the tree before them, signed twice, cosigned by those who made the same tree."""

from __future__ import annotations

from dataclasses import replace

import pytest

from openline.engine.checkpoints import EVERY_ENTRIES, EVERY_MS
from openline.engine.effects import SignTree
from openline.engine.events import MakeCheckpoint, Mark, Send, TreeSigned
from openline.feeds.merkle import leaf_hash, root_of
from openline.terms import LineId, Precedence
from openline.wire.bodies import bytes_item, note_of
from openline.wire.entry import Entry, entry_to_be_signed
from openline.wire.kinds import Kind
from openline.wire.note import Checkpoint, cosigner_name, decode, encode, origin
from openline.wire.note_signing import mldsa_message, mldsa_signature, sign_author
from tests.engine.forging import hand_over, signed
from tests.engine.pair import Post, Wire


def members(*names: str) -> tuple[Wire, LineId]:
    wire = Wire(*names)
    line = wire.line()
    wire.wait(20)
    return wire, line


def checkpoints(post: Post, line: LineId, author: Post) -> list[Entry]:
    return post.entries(line, author, Kind.CHECKPOINT)


def test_it_covers_exactly_what_was_before_it() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    for number in range(5):
        alpha.do(Send, line=line, text=f"message {number}")
    size = alpha.do(MakeCheckpoint, line)["size"]
    wire.wait(10)
    entry = checkpoints(bravo, line, alpha)[-1]
    note = decode(note_of(entry))
    leaves = [leaf_hash(entry_to_be_signed(e.payload)) for e in bravo.entries(line, alpha)[: entry.header.number - 1]]
    assert note.checkpoint == Checkpoint(origin(line, alpha.id), entry.header.number - 1, root_of(leaves))
    assert size == entry.header.number - 1
    assert len(note.signatures) == 2
    assert entry.header.precedence == Precedence.ROUTINE


def test_the_others_cosign_it() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, *others = wire.posts
    alpha.do(MakeCheckpoint, line)
    wire.wait(10)
    made = checkpoints(alpha, line, alpha)[-1]
    for post in others:
        refers = [entry.header.refers for entry in alpha.entries(line, post, Kind.COSIGN)]
        assert refers.count((made.id,)) == 1
    assert not [entry for entry in alpha.entries(line, alpha, Kind.COSIGN) if made.id in entry.header.refers]


def test_one_is_made_ten_minutes_after_something_was_said_and_then_none() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, _ = wire.posts
    before = len(checkpoints(alpha, line, alpha))
    alpha.do(Send, line=line, text="Are these yours?")
    wire.wait(EVERY_MS / 1000 + 30)
    assert len(checkpoints(alpha, line, alpha)) == before + 1
    wire.wait(2 * EVERY_MS / 1000)
    assert len(checkpoints(alpha, line, alpha)) == before + 1


def test_one_is_made_every_thousand_entries() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    before = alpha.line(line).mine.number
    for number in range(EVERY_ENTRIES + 50):
        alpha.ask(Send, line=line, text=f"message {number}")
    wire.wait(30)
    numbers = [entry.header.number for entry in checkpoints(bravo, line, alpha)]
    assert [number for number in numbers if number > before]
    assert numbers[-1] >= EVERY_ENTRIES
    wire.alike(line)


def test_nothing_new_makes_no_new_one() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, _ = wire.posts
    first = alpha.do(MakeCheckpoint, line)
    number = alpha.line(line).mine.number
    assert alpha.do(MakeCheckpoint, line) == first
    assert alpha.line(line).mine.number == number


def test_what_is_asked_while_it_is_signed_is_done_after_it_and_in_order() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    asked = bravo.do(Send, line=line, text="Are these yours?")
    alpha.hold = (SignTree,)
    requests = [alpha.ask(MakeCheckpoint, line)]
    requests += [alpha.ask(Send, line=line, text=f"message {number}") for number in range(3)]
    target = alpha.kept_entry(line, asked)
    requests.append(alpha.ask(Mark, line=line, target=target, kind=Kind.SEEN, officer=1))
    requests.append(alpha.ask(MakeCheckpoint, line))
    refused = alpha.ask(Send, line=line, text="")
    wire.wait(5)
    assert not alpha.answers.keys() & set(requests)
    bravo.do(Send, line=line, text="FLASH", precedence=Precedence.FLASH)
    assert alpha.texts(line, bravo) == ["Are these yours?", "FLASH"]
    alpha.release()
    wire.wait(30)
    assert alpha.answers.keys() >= set(requests)
    assert refused in alpha.refused
    kinds = [entry.header.kind for entry in alpha.entries(line, alpha)]
    at = max(at for at, kind in enumerate(kinds) if kind == Kind.CHECKPOINT and at < kinds.index(Kind.MESSAGE))
    assert kinds[at + 1 : at + 5] == [Kind.MESSAGE, Kind.MESSAGE, Kind.MESSAGE, Kind.SEEN]
    wire.alike(line)
    assert not {code for post in wire.posts for code in post.told()} - {"line-proposed"}


def test_a_receipt_waits_for_the_signature_and_comes() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    alpha.hold = (SignTree,)
    alpha.ask(MakeCheckpoint, line)
    bravo.do(Send, line=line, text="Are these yours?")
    number = bravo.line(line).mine.number
    assert bravo.line(line).claimed(alpha.id, bravo.id) < number
    alpha.release()
    wire.settle()
    assert bravo.line(line).claimed(alpha.id, bravo.id) == number


def test_a_crash_while_it_is_signed_loses_nothing() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    alpha.do(Send, line=line, text="Are these yours?")
    alpha.hold = (SignTree,)
    alpha.ask(MakeCheckpoint, line)
    wire.settle()
    alpha.hold = ()
    alpha.stop()
    alpha.start()
    wire.wait(5)
    alpha.do(Send, line=line, text="after the crash")
    assert alpha.do(MakeCheckpoint, line)
    wire.wait(30)
    wire.alike(line)
    assert bravo.texts(line, alpha) == ["Are these yours?", "after the crash"]


def test_a_signature_over_another_tree_is_not_taken() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, _ = wire.posts
    number = alpha.line(line).mine.number
    alpha.queue.append(TreeSigned(line, number - 1, bytes(2_420)))
    wire.settle()
    assert alpha.line(line).mine.number == number


def false_checkpoint(liar: Post, line: LineId, what: str) -> Entry:
    """A checkpoint that is wrong in one way."""
    mine = liar.line(line).mine
    size = mine.number - (what == "size")
    checkpoint = Checkpoint(origin(line, liar.id), size, bytes(32) if what == "root" else mine.frontier.root())
    name, at = cosigner_name(liar.id), liar.wire.now // 1000
    long = liar.own.checkpoint.sign(mldsa_message(checkpoint, name, at))
    public = liar.card.checkpoint_keys[-1]
    signatures = [
        sign_author(checkpoint, liar.own.cosigning if what == "author" else liar.own.feed),
        mldsa_signature(checkpoint, name, public, at, long),
    ]
    if what == "quantum":
        signatures[1] = replace(signatures[1], signature=bytes(len(signatures[1].signature)))
    note = encode(checkpoint, signatures[: 1 if what == "one" else 2])
    return signed(liar, line, Kind.CHECKPOINT, (b"\x41\x00" if what == "note" else bytes_item(note),))


@pytest.mark.parametrize("what", ["root", "size", "author", "quantum", "one", "note"])
def test_a_false_one_is_alarmed_and_not_cosigned(what: str) -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, liar = wire.posts
    cosigned = len(alpha.entries(line, alpha, Kind.COSIGN))
    false = false_checkpoint(liar, line, what)
    hand_over(wire, liar, alpha, false)
    assert alpha.line(line).feeds[liar.id].last == false.id
    assert [(alarm.code, alarm.about) for alarm in alpha.alarms] == [("bad-checkpoint", false.id)]
    why = {"root": "tree", "size": "tree", "author": "author's signature", "note": ""}
    assert "Bravo" in alpha.alarms[0].text
    assert why.get(what, "post-quantum signature") in alpha.alarms[0].text
    assert len(alpha.entries(line, alpha, Kind.COSIGN)) == cosigned


def test_a_true_one_made_by_hand_is_cosigned() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    cosigned = len(alpha.entries(line, alpha, Kind.COSIGN))
    hand_over(wire, bravo, alpha, false_checkpoint(bravo, line, ""))
    assert alpha.told() == []
    assert len(alpha.entries(line, alpha, Kind.COSIGN)) == cosigned + 1
