"""What a member with real keys of its own, a thief with a key that was revoked, and a peer that is no member can do."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import cast

import msgspec
import pytest

from openline.engine.effects import SignTree, Transmit
from openline.engine.events import AcceptLine, Cards, LineStatus, MakeCheckpoint, OpenLine, Send
from openline.engine.link import Link
from openline.errors import CardForked, ForkedFeed, NotAllowed
from openline.identity.card import Card
from openline.identity.signing import rotate_feed_key, rotate_key
from openline.keys.sealing import seal
from openline.terms import EntryId, Instant, LineId, Precedence
from openline.wire import cbor
from openline.wire.bodies import Message, bytes_item, message_item, statements_item
from openline.wire.entry import Entry, Have
from openline.wire.full import encode_full
from openline.wire.kinds import Kind
from openline.wire.lineterms import Member, encode_terms, line_id, terms_hash
from openline.wire.link import (
    CLEAR,
    FULL,
    Ask,
    CardPiece,
    EntryPiece,
    Got,
    Held,
    Hello,
    Part,
    Piece,
    Proposal,
    Summary,
    Want,
    WantWrap,
    WrapPiece,
    encode_piece,
    wrap_info,
)
from tests.engine.forging import alias, clear, hand_over, sealed_in, signed
from tests.engine.pair import Post, Wire, seeds


def three() -> tuple[Wire, LineId, Post, Post, Post]:
    """Two honest posts and a liar on one line."""
    wire = Wire("Alpha", "Bravo", "Liar")
    line = wire.line()
    wire.wait(1)
    alpha, bravo, liar = wire.posts
    return wire, line, alpha, bravo, liar


def give(wire: Wire, giver: Post, taker: Post, *pieces: Piece) -> None:
    """Hand over these pieces, and let everything settle."""
    wire.inject(giver, taker, *pieces)
    wire.settle()


def message(text: str, serial: int = 1) -> tuple[bytes, ...]:
    """The items of a message."""
    return (message_item(Message(text, serial)),)


def stolen_and_revoked(wire: Wire, line: LineId, victim: Post) -> Post:
    """The victim writes, renews its feed key and writes on. Returns who has stolen the old key."""
    for text in ("one", "two", "three"):
        victim.do(Send, line=line, text=text, officer=1)
    wire.wait(1)
    thief = cast(Post, SimpleNamespace(own=victim.own, id=victim.id, wire=wire, line=victim.line))
    feed = victim.line(line).mine
    last = {line: (feed.number, feed.last)}
    victim.own, statement = rotate_feed_key(victim.own, victim.card, seeds("new feed key", 32), last, wire.now)
    victim.card = victim.card.extended(statement)
    victim.queue.append(Cards(victim.own, victim.card, victim.peers, frozenset(card.post for card in victim.peers)))
    wire.settle()
    for text in ("four", "five", "six", "seven"):
        victim.do(Send, line=line, text=text, officer=1)
    wire.wait(8)
    return thief


def shown_as_evidence(wire: Wire, line: LineId, liar: Post, to: Post, entry: Entry) -> None:
    """The liar signs that it saw the entry, and hands that over."""
    shown = (bytes_item(encode_full(entry)),)
    hand_over(wire, liar, to, signed(liar, line, Kind.EVIDENCE, shown))
    wire.wait(2)


def test_a_stolen_key_that_was_revoked_makes_no_fork_of_an_honest_feed() -> None:
    for back in (2, 6):
        wire, line, alpha, bravo, liar = three()
        thief = stolen_and_revoked(wire, line, alpha)
        number = alpha.line(line).mine.number - back
        forged = signed(thief, line, Kind.MESSAGE, message("never said"), number=number)
        shown_as_evidence(wire, line, liar, bravo, forged)
        assert ForkedFeed.code not in bravo.told()
        assert bravo.line(line).feeds[alpha.id].fork is None
        alpha.do(Send, line=line, text="still here", officer=1)
        assert bravo.texts(line, alpha)[-1] == "still here"


def link_of(post: Post, peer: Post) -> Link:
    """The machine's link to a peer."""
    return post.engine.state.links[post.wire.link_between(post, peer)]


def test_a_summary_of_absurd_ranges_costs_little() -> None:
    wire, line, alpha, bravo, liar = three()
    member = liar.line(line).index(bravo.id)
    ranges = tuple((2 + at * 65_538, 65_537 + at * 65_538) for at in range(1, 60))
    began = time.process_time()
    for beyond in (ranges, (), ((1 << 40, 1 << 62),), ()):
        held = Held(member, 0, wanted=True, beyond=beyond)
        give(wire, liar, alpha, Summary(alias(liar, alpha, line), line, 1, (held,)))
    for first in range(10_000, 20_000, 100):
        scattered = tuple((first + 2 * at, first + 2 * at) for at in range(50))
        held = Held(member, 0, wanted=False, beyond=scattered)
        give(wire, liar, alpha, Summary(alias(liar, alpha, line), line, 1, (held,)))
    assert time.process_time() - began < 1
    assert len(link_of(alpha, liar).offered[(line, bravo.id)].ranges()) <= 65


def test_a_peer_that_is_no_member_is_told_nothing_of_a_line() -> None:
    wire = Wire("Alpha", "Bravo")
    line = wire.line()
    alpha, bravo = wire.posts
    stranger = wire.add("Stranger")
    stranger.start()
    alpha.peers = (*alpha.peers, stranger.card)
    alpha.queue.append(Cards(alpha.own, alpha.card, alpha.peers, frozenset()))
    wire.link(stranger, alpha)
    wire.settle()
    before = len(alpha.effects)
    garbage = EntryPiece(0, 0, 9, 0, CLEAR, b"")
    give(wire, stranger, alpha, Summary(0, line, 1, ()), garbage, WantWrap(0, 1), Want(0, 0, 1))
    wire.wait(4)
    wire.sever("Alpha", "Bravo")
    wire.wait(4)
    link = wire.link_between(alpha, stranger)
    sent = [each for each in alpha.effects[before:] if isinstance(each, Transmit) and each.link == link]
    told = [piece for each in sent for piece in wire.whole_pieces(alpha, each)]
    assert told
    assert all(isinstance(piece, Got | Ask | CardPiece) for piece in told)


def test_names_for_lines_are_bounded() -> None:
    wire, line, alpha, _, liar = three()
    for first in range(0, 2_000, 200):
        give(wire, liar, alpha, *[Summary(first + at, line, 1, ()) for at in range(200)])
    assert len(link_of(alpha, liar).theirs) <= 1_024


def test_answers_that_are_not_read_do_not_pile_up() -> None:
    wire, line, alpha, _, liar = three()
    link = link_of(alpha, liar)
    wire.silent.add(frozenset((alpha.name, liar.name)))
    epoch = alpha.line(line).current_epoch or 1
    for _ in range(20):
        give(wire, liar, alpha, *[WantWrap(alias(liar, alpha, line), epoch) for _ in range(250)])
        give(wire, liar, alpha, *[Hello(1, 0, 0) for _ in range(250)])
    assert sum(map(len, link.outbox.control)) < 64_000


def test_secrets_of_epochs_never_stated_do_not_pile_up() -> None:
    wire, line, alpha, _, liar = three()
    held = alpha.card.sealing_key(wire.now)
    assert held is not None
    for epoch in range(1_000, 1_050):
        sealed = seal(held[1], wrap_info(line, liar.id, epoch, alpha.id), bytes(32))
        give(wire, liar, alpha, WrapPiece(alias(liar, alpha, line), epoch, sealed))
    assert len(alpha.line(line).unproved) <= 16


def two_cards(liar: Post) -> tuple[tuple[Card, bytes], tuple[Card, bytes]]:
    """Two cards of the liar that differ in statement 2, each with that statement."""
    statements = [rotate_key(liar.own, liar.card, "link", seeds(name, 32), liar.wire.now)[1] for name in "xy"]
    one, other = [(liar.card.extended(statement), statement) for statement in statements]
    return one, other


def test_a_root_that_signs_two_histories_of_its_keys_is_alarmed_and_blames_nobody_else() -> None:
    wire, line, alpha, bravo, liar = three()
    (one, statement), (other, _) = two_cards(liar)
    give(wire, liar, alpha, CardPiece(one.encode()))
    give(wire, liar, bravo, CardPiece(other.encode()))
    hand_over(wire, liar, alpha, signed(liar, line, Kind.KEYS, (statements_item((statement,)),)))
    wire.sever("Alpha", "Liar")
    wire.sever("Bravo", "Liar")
    wire.wait(30)
    assert bravo.told().count(CardForked.code) == 1
    assert next(each for each in bravo.alarms if each.code == CardForked.code).precedence == Precedence.FLASH
    assert link_of(bravo, alpha).faults == 0
    assert bravo.sizes(line) == alpha.sizes(line)


def test_a_post_starts_though_a_root_signed_two_histories_of_its_keys() -> None:
    wire, _, alpha, bravo, liar = three()
    (one, _), (other, _) = two_cards(liar)
    give(wire, liar, alpha, CardPiece(one.encode()))
    alpha.peers = (bravo.card, other)
    alpha.queue.append(Cards(alpha.own, alpha.card, alpha.peers, frozenset()))
    wire.settle()
    assert CardForked.code in alpha.told()
    assert alpha.engine.state.peers[liar.id] == other
    alpha.stop()
    alpha.start()
    assert alpha.engine.state.peers[liar.id] == other


def test_the_same_terms_signed_again_and_again_take_no_room() -> None:
    wire, line, alpha, _, liar = three()
    payload, terms = alpha.line(line).chain[-1]
    new = msgspec.structs.replace(terms, version=2, previous=terms_hash(payload), time=wire.now)
    far = msgspec.structs.replace(new, version=900)
    last = liar.line(line).mine
    number, previous = last.number, last.last
    for offered in [new] * 100 + [far] * 100:
        number += 1
        items = (bytes_item(encode_terms(offered)),)
        entry = signed(liar, line, Kind.TERMS, items, number=number, previous=previous)
        previous = entry.id
        hand_over(wire, liar, alpha, entry)
    (offer,) = alpha.line(line).offers.values()
    assert len(offer.entries) == 1
    assert len(alpha.line(line).later) <= 64


def test_a_fork_while_a_checkpoint_is_signed_leaves_no_request_unanswered() -> None:
    wire, line, alpha, _, liar = three()
    alpha.do(Send, line=line, text="One.", officer=1)
    alpha.hold = (SignTree,)
    request = alpha.ask(MakeCheckpoint, line)
    wire.settle()
    for text in ("one history", "another"):
        hand_over(wire, liar, alpha, signed(liar, line, Kind.MESSAGE, message(text)))
    assert alpha.entries(line, alpha, Kind.EVIDENCE)
    alpha.release()
    wire.settle()
    assert alpha.answers[request]["size"] == alpha.entries(line, alpha, Kind.CHECKPOINT)[-1].header.number - 1


def test_entries_beyond_a_gap_take_a_bounded_room_and_blame_no_messenger() -> None:
    wire, line, alpha, _, liar = three()
    number = alpha.line(line).feeds[liar.id].number
    large = "x" * 200_000
    wire.silent.add(frozenset((alpha.name, liar.name)))
    for ahead in range(200):
        entry = signed(liar, line, Kind.MESSAGE, message(large), number=number + 3 + ahead, previous=EntryId(bytes(32)))
        piece = clear(liar, alpha, entry)
        whole = encode_piece(piece)
        cuts = range(0, len(whole), 32_000)
        give(wire, liar, alpha, *[Part(ahead + 9, len(whole), at, whole[at : at + 32_000]) for at in cuts[:1]])
        for at in cuts[1:]:
            give(wire, liar, alpha, Part(ahead + 9, len(whole), at, whole[at : at + 32_000]))
    waiting = alpha.line(line).feeds[liar.id].waiting
    assert 100 < len(waiting) < 170
    assert link_of(alpha, liar).faults == 0


def test_what_cannot_be_read_yet_takes_a_bounded_room() -> None:
    wire, line, alpha, _, liar = three()
    for number in range(100, 900):
        sealed = EntryPiece(alias(liar, alpha, line), 2, number, 99, FULL, bytes(31_000))
        give(wire, liar, alpha, sealed)
    assert sum(len(piece.body) for _, piece in link_of(alpha, liar).waiting) <= 16 << 20


def test_a_key_shown_to_one_member_alone_blames_nobody_who_passes_on_what_it_signed() -> None:
    wire, line, alpha, bravo, liar = three()
    mine = liar.line(line).mine
    last = {line: (mine.number, mine.last)}
    liar.own, statement = rotate_feed_key(liar.own, liar.card, seeds("shown to one", 32), last, wire.now)
    give(wire, liar, alpha, CardPiece(liar.card.extended(statement).encode()))
    number, previous = mine.number, mine.last
    for at in range(1, 13):
        number += 1
        items = message("for some alone", at)
        entry = signed(liar, line, Kind.MESSAGE, items, number=number, previous=previous, precedence=Precedence.FLASH)
        previous = entry.id
        hand_over(wire, liar, alpha, entry)
    wire.sever("Bravo", "Liar")
    wire.wait(60)
    assert link_of(bravo, alpha).faults == 0
    assert bravo.sizes(line) == alpha.sizes(line)


def test_a_peer_that_proposes_line_after_line_keeps_nobody_else_from_it() -> None:
    wire, line, alpha, bravo, liar = three()
    for at in range(70):
        terms = msgspec.structs.replace(alpha.line(line).terms, name=f"spam {at}", nonce=at.to_bytes(16, "big"))
        payload = encode_terms(terms)
        made = signed(liar, line, Kind.TERMS, (bytes_item(payload),), number=1, previous=None)
        header = msgspec.structs.replace(made.header, line=line_id(payload), epoch=0)
        salted = tuple(salt for salt in made.salts if salt is not None)
        entry = sealed_in(liar, header, (bytes_item(payload),), salted)
        proposal = Proposal(cbor.encode([[payload], [encode_full(entry)]]), (bravo.card.encode(), liar.card.encode()))
        give(wire, liar, alpha, proposal)
    waiting = len(alpha.engine.state.proposals)
    assert waiting == 8
    bravo.do(OpenLine, "honest line", (alpha.id,))
    assert "honest line" in alpha.engine.names().values()


def lie(wire: Wire, line: LineId, liar: Post, victim: Post, number: int = 1_000_000) -> None:
    """In a summary: that it holds so many entries of the victim's feed."""
    claimed = Held(liar.line(line).index(victim.id), number, wanted=False)
    give(wire, liar, victim, Summary(alias(liar, victim, line), line, 1, (claimed,)))


def test_a_member_that_claims_to_hold_what_was_never_written_stops_nobody() -> None:
    wire, line, alpha, bravo, liar = three()
    lie(wire, line, liar, alpha)
    alpha.do(Send, line=line, text="at once")
    assert bravo.texts(line, alpha) == ["at once"]
    wire.wait(300)
    alpha.do(Send, line=line, text="still here")
    (alarm,) = [each for each in alpha.alarms if each.code == "empty-claim"]
    assert alarm.text.startswith("Liar says that it holds 1000000 entries of ours")
    assert "restored" not in alpha.told()
    (claim,) = alpha.do(LineStatus, line)["claims"]
    assert (claim["by"], claim["entries"], claim["told"]) == ("Liar", 1_000_000, True)


def test_a_signed_claim_to_what_was_never_written_is_told_as_evidence_and_stops_nobody() -> None:
    wire, line, alpha, bravo, liar = three()
    have = (Have(alpha.id, 1_000, EntryId(bytes([7]) * 32)),)
    entry = signed(liar, line, have=have, time=Instant(wire.now - 1))
    hand_over(wire, liar, alpha, entry)
    alpha.do(Send, line=line, text="at once")
    assert bravo.texts(line, alpha) == ["at once"]
    wire.wait(300)
    alarm = next(each for each in alpha.alarms if each.code == "empty-claim")
    assert (alarm.about, "Liar signed that it holds 1000 entries" in alarm.text) == (entry.id, True)
    assert alpha.kept_entry(line, entry.id).entry.header.have == have
    assert "restored" not in alpha.told()


def test_a_lie_in_the_first_word_holds_a_post_back_for_seconds_and_once() -> None:
    """Only there could an old copy be told so: what waited is written then, and no later link is believed again."""
    wire, line, alpha, bravo, liar = three()
    member = liar.line(line).index(alpha.id)
    liar.stop()
    for again in (False, True):
        wire.link(liar, alpha)
        wire.settle()
        claimed = Summary(0, line, 1, (Held(member, 1_000, wanted=False),))
        give(wire, liar, alpha, Hello(1, liar.card.sequence, alpha.card.sequence), claimed)
        request = alpha.ask(Send, line=line, text=f"meanwhile {again}")
        wire.settle()
        assert (request in alpha.answers) == again
        wire.wait(11)
        assert request in alpha.answers
        wire.sever("Alpha", "Liar")
    assert bravo.texts(line, alpha) == ["meanwhile False", "meanwhile True"]
    assert alpha.told().count("empty-claim") == 1
    assert "restored" not in alpha.told()


def test_two_liars_that_bear_each_other_out_stop_nobody() -> None:
    wire = Wire("Alpha", "Bravo", "Liar", "Crony")
    line = wire.line()
    wire.wait(1)
    alpha, bravo, liar, crony = wire.posts
    made_up = (Have(alpha.id, 1_000, EntryId(bytes([7]) * 32)),)
    for each in (liar, crony):
        lie(wire, line, each, alpha, 1_000)
        hand_over(wire, each, alpha, signed(each, line, have=made_up, time=Instant(wire.now - 1)))
    alpha.do(Send, line=line, text="at once")
    wire.wait(60)
    assert bravo.texts(line, alpha) == ["at once"]
    told = [each.text.split()[0] for each in alpha.alarms if each.code == "empty-claim"]
    assert sorted(told) == ["Crony", "Liar"]
    assert "restored" not in alpha.told()


def test_a_person_names_the_terms_where_several_are_proposed() -> None:
    wire, line, alpha, bravo, liar = three()
    payload, terms = alpha.line(line).chain[-1]
    for post, gone in ((liar, bravo), (bravo, liar)):
        members = tuple(Member(each.post, each.post != gone.id) for each in terms.members)
        new = msgspec.structs.replace(terms, version=2, previous=terms_hash(payload), members=members, time=wire.now)
        hand_over(wire, post, alpha, signed(post, line, Kind.TERMS, (bytes_item(encode_terms(new)),)))
    assert alpha.alarms[-1].text.startswith("Bravo proposes new terms")
    with pytest.raises(NotAllowed, match="Several terms"):
        alpha.do(AcceptLine, line)
    (meant,) = [key for key, offer in alpha.line(line).offers.items() if bravo.id in offer.signed]
    alpha.do(AcceptLine, line, meant.hex()[:12])
    assert liar.id not in alpha.line(line).active
