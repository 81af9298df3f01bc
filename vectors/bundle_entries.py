"""Bundles whose entries are wrong, one way each: signatures, chains, acts, terms, revoked keys, checkpoints."""

from __future__ import annotations

import msgspec

from openline.terms import EntryId, LineId, PostId
from openline.wire import cbor
from openline.wire.bodies import Message, message_item
from openline.wire.bundle import Part, encode_piece
from openline.wire.entry import Have
from openline.wire.full import encode_full
from openline.wire.kinds import Kind
from openline.wire.lineterms import Member, encode_terms
from openline.wire.note import decode, encode
from tests.proof.world import Poster, World, seeds
from vectors.bundle_case import case, pieces, sealed, signed_by, small, without

# Entries


@case("an entry that somebody else signed", "bad-signature")
def re_signed() -> tuple[bytes, Poster, int]:
    world, alpha, bravo = small()
    entries = [signed_by(entry, bravo.own.feed) if entry == alpha.entries[1] else entry for entry in world.in_order()]
    return world.bundle(alpha, entries=entries), alpha, 2


@case("a signature whose S is not below the order of the group", "bad-signature")
def large_s() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    last = alpha.entries[1]
    order = 2**252 + 27742317777372353535851937790883648493
    s = int.from_bytes(last.signature[32:], "little") + order
    odd = msgspec.structs.replace(last, signature=last.signature[:32] + s.to_bytes(32, "little"))
    return world.bundle(alpha, entries=[odd if entry == last else entry for entry in world.in_order()]), alpha, 2


@case("a header with a field more", "bad-field")
def odd_header() -> bytes:
    world, alpha, _ = small()
    parts = pieces(world.bundle(alpha))[:-1]
    payload, signature, items = cbor.decode(encode_full(alpha.entries[1]), 1 << 20)
    header = {**cbor.decode(payload, 1 << 20), 17: 1}
    full = cbor.encode([cbor.encode(header), signature, items])
    whole = encode_piece(Part.ENTRY, encode_full(alpha.entries[1]))
    return sealed(world, alpha, *(encode_piece(Part.ENTRY, full) if part == whole else part for part in parts))


@case("a body item that is not the one committed to", "bad-field")
def other_item() -> bytes:
    world, alpha, _ = small()
    parts = pieces(world.bundle(alpha))[:-1]
    return sealed(world, alpha, *(part.replace(b"1450Z", b"1550Z") for part in parts))


@case("an entry of another line", "other-line")
def other_line() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    alpha.say("Elsewhere.", line=LineId(bytes(32)))
    return world.bundle(alpha), alpha, 3


@case("an entry stands twice", "bad-order")
def repeated() -> tuple[bytes, Poster, int]:
    world, alpha, bravo = small()
    parts = pieces(world.bundle(alpha))[:-1]
    first = min(world.members, key=lambda each: each.post)
    return sealed(world, alpha, *parts[:4], *parts[3:]), first, 1


@case("two entries have changed places", "bad-order")
def reordered() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    parts = pieces(world.bundle(alpha))[:-1]
    first = min(world.members, key=lambda each: each.post)
    return sealed(world, alpha, *parts[:3], parts[4], parts[3], *parts[5:]), first, 1


@case("an entry in the middle is left out", "hole")
def hole() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    alpha.say("The second.")
    return world.bundle(alpha, entries=without(world, alpha.entries[1])), alpha, 2


@case("the first entry is left out", "hole")
def no_start() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    return world.bundle(alpha, entries=without(world, alpha.entries[0])), alpha, 1


@case("two entries with one number", "forked-feed")
def fork() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    other = alpha.make(Kind.MESSAGE, message_item(Message("Nothing crosses your sector.", 2)))
    alpha.say("One crosses your sector.")
    return world.bundle(alpha, other), alpha, 3


@case("an entry names another one before it", "forked-feed")
def other_previous() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    alpha.say("After another history.", previous=EntryId(bytes(31) + b"\1"))
    return world.bundle(alpha), alpha, 3


@case("a have-vector goes back", "have-decreased")
def have_decreased() -> tuple[bytes, Poster, int]:
    world, alpha, bravo = small()
    bravo.write(Kind.ACK, have=(Have(alpha.post, 1, alpha.entries[0].id),))
    return world.bundle(alpha), bravo, 3


@case("a have-vector names another entry than the one shown", "bad-have")
def bad_have() -> tuple[bytes, Poster, int]:
    world, alpha, bravo = small()
    alpha.say("The second.")
    bravo.write(Kind.ACK, have=(Have(alpha.post, 3, EntryId(bytes(31) + b"\1")),))
    return world.bundle(alpha), bravo, 3


@case("what is held beyond a gap is another entry than the one shown", "bad-have")
def bad_beyond() -> tuple[bytes, Poster, int]:
    world, alpha, bravo = small()
    alpha.say("The second.")
    alpha.say("The third.")
    beyond = ((4, EntryId(bytes(31) + b"\1")),)
    bravo.write(Kind.ACK, have=(Have(alpha.post, 2, alpha.entries[1].id, beyond),))
    return world.bundle(alpha), bravo, 3


@case("a have-vector speaks of a post that is no member", "not-a-member")
def have_of_stranger() -> tuple[bytes, Poster, int]:
    world, alpha, bravo = small()
    bravo.write(Kind.ACK, have=(Have(PostId(b"\1" * 32), 1, EntryId(bytes(31) + b"\1")),))
    return world.bundle(alpha), bravo, 3


# Acts and bodies


@case("an act by an officer who is not on the card", "bad-act")
def unknown_officer() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    alpha.say("By nobody.", officer=7)
    return world.bundle(alpha), alpha, 3


@case("an act moved onto another entry", "bad-act")
def moved_act() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    act = alpha.entries[1].header.act
    alpha.say("Fire at will.", officer=0, act=act)
    return world.bundle(alpha), alpha, 3


@case("an act in a role that its officer does not have", "bad-act")
def other_role() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    entry = alpha.make(Kind.SEEN, officer=1, refers=(alpha.entries[1].id,))
    assert entry.header.act is not None
    act = msgspec.structs.replace(entry.header.act, role="minister")
    header = msgspec.structs.replace(entry.header, act=act)
    alpha.entries.append(alpha.sign(header, (), ()))
    return world.bundle(alpha), alpha, 3


@case("a draft id used twice", "draft-reused")
def draft_reused() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    act = alpha.entries[1].header.act
    assert act is not None
    alpha.say("Again.", draft=act.draft)
    return world.bundle(alpha), alpha, 3


@case("a serial is left out", "bad-serial")
def serial_gap() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    alpha.say("The third?", serial=3)
    return world.bundle(alpha), alpha, 3


@case("a serial is used twice", "bad-serial")
def serial_twice() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    alpha.say("The first again.", serial=1)
    return world.bundle(alpha), alpha, 3


@case("a message that holds no message", "bad-body")
def bad_body() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    alpha.write(Kind.MESSAGE, cbor.encode({1: "no serial"}), officer=1)
    return world.bundle(alpha), alpha, 3


# Terms


@case("the terms are those of another line", "bad-terms")
def other_terms() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    other = msgspec.structs.replace(world.chain[0], nonce=seeds("other", 16))
    alpha.agree(encode_terms(other))
    return world.bundle(alpha), alpha, 3


@case("a message under terms that not all have signed", "bad-terms")
def terms_not_signed() -> tuple[bytes, Poster, int]:
    world, alpha, bravo = small()
    second = world.propose(*world.chain[0].members, Member(PostId(b"\1" * 32), True))
    alpha.agree(second)
    alpha.terms = 2
    alpha.say("Under new terms.")
    return world.bundle(alpha), alpha, 4


@case("an author goes back to older terms", "bad-terms")
def terms_backwards() -> tuple[bytes, Poster, int]:
    world, alpha, bravo = small()
    second = world.propose(*world.chain[0].members, Member(PostId(b"\1" * 32), True))
    alpha.agree(second)
    bravo.agree(second)
    alpha.terms = 2
    alpha.say("Under new terms.")
    alpha.terms = 1
    alpha.say("Under old terms.")
    return world.bundle(alpha), alpha, 5


@case("one member signs two successors of one version", "forked-terms")
def forked_terms() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    first = world.chain[0]
    alpha.agree(world.propose(*first.members, Member(PostId(b"\1" * 32), True)))
    other = msgspec.structs.replace(world.chain[1], members=(*first.members, Member(PostId(b"\2" * 32), True)))
    alpha.agree(encode_terms(other))
    return world.bundle(alpha), alpha, 4


@case("a removed member writes on under the terms that removed it", "not-a-member")
def removed_member() -> tuple[bytes, Poster, int]:
    world = World("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = world.members
    kept = [Member(each.post, each is not charlie) for each in world.members]
    second = world.propose(*kept)
    alpha.agree(second)
    bravo.agree(second)
    charlie.terms = 2
    charlie.say("Still here.")
    return world.bundle(alpha), charlie, 2


@case("an author speaks who never signed the terms", "not-a-member")
def never_joined() -> tuple[bytes, Poster, int]:
    world = World("Alpha", "Bravo")
    alpha, bravo = world.members
    bravo.entries.clear()
    bravo.say("I agreed to nothing.")
    return world.bundle(alpha), bravo, 1


# Revoked keys


@case("an entry above the last good one that nobody is shown to have held", "key-revoked")
def thief() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    stolen = alpha.own
    alpha.rotate(2)
    honest, alpha.own = alpha.own, stolen
    alpha.say("A thief's.")
    alpha.own = honest
    return world.bundle(alpha), alpha, 3


@case("an entry under the old key, acknowledged after the acknowledging member had the revocation", "key-revoked")
def held_too_late() -> tuple[bytes, Poster, int]:
    world, alpha, bravo = small()
    thief = Poster(world, alpha.own, alpha.card, entries=list(alpha.entries))
    alpha.rotate(2)
    alpha.tell_keys()
    bravo.hear()
    bravo.acknowledge()
    bad = thief.make(Kind.MESSAGE, message_item(Message("A thief's.", 2)))
    beyond = Have(alpha.post, 3, alpha.entries[2].id, ((5, bad.id),))
    bravo.write(Kind.ACK, have=(beyond,))
    return world.bundle(alpha, bad), alpha, 3


@case("the revocation names another last good entry than the one shown", "key-revoked")
def other_last_good() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    true = alpha.entries[1]
    alpha.entries[1] = alpha.make(Kind.ACK, number=2, previous=alpha.entries[0].id)
    alpha.rotate(2)
    alpha.entries[1] = true
    return world.bundle(alpha), alpha, 2


@case("the card leaves out key statements that stand in its post's own feed", "too-far-ahead")
def hidden_statement() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    old, own = alpha.card, alpha.own
    alpha.rotate(2)
    alpha.own, card = own, alpha.card
    alpha.tell_keys()
    alpha.card = old
    assert card.sequence == 2
    return world.bundle(alpha), alpha, 3


@case("a key statement in the feed is another than the card's", "card-forked")
def other_statement() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    old, own = alpha.card, alpha.own
    alpha.rotate(2)
    alpha.own = own
    alpha.tell_keys()
    alpha.card = old
    alpha.name_branch(alpha.entries[0])
    return world.bundle(alpha), alpha, 3


# Checkpoints


@case("a checkpoint of another tree", "bad-checkpoint")
def other_root() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    alpha.checkpoint(alpha.note(root=bytes(32)))
    return world.bundle(alpha), alpha, 3


@case("a checkpoint of a smaller tree than all before it", "bad-checkpoint")
def other_size() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    note = alpha.note()
    alpha.say("The second.")
    alpha.checkpoint(note)
    return world.bundle(alpha), alpha, 4


@case("a checkpoint without its post-quantum signature", "bad-signature")
def no_mldsa() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    note = decode(alpha.note())
    alpha.checkpoint(encode(note.checkpoint, note.signatures[:1]))
    return world.bundle(alpha), alpha, 3


@case("a checkpoint that its feed key did not sign", "bad-signature")
def no_feed_signature() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    note = decode(alpha.note())
    alpha.checkpoint(encode(note.checkpoint, note.signatures[1:]))
    return world.bundle(alpha), alpha, 3


@case("a checkpoint that is no note", "bad-encoding")
def no_note() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    alpha.checkpoint(b"all is well\n")
    return world.bundle(alpha), alpha, 3


@case("a cosignature on another tree", "bad-signature")
def bad_cosignature() -> tuple[bytes, Poster, int]:
    world, alpha, bravo = small()
    checkpoint = alpha.checkpoint()
    alpha.checkpoint()
    bravo.hear()
    wrong = bravo.cosign(alpha, alpha.entries[3])
    header = msgspec.structs.replace(wrong.header, refers=(checkpoint.id,))
    bravo.entries[-1] = bravo.sign(
        header, tuple(each or b"" for each in wrong.items), tuple(each or b"" for each in wrong.salts)
    )
    return world.bundle(alpha), bravo, 3


@case("a cosignature on one's own feed", "bad-checkpoint")
def own_cosignature() -> tuple[bytes, Poster, int]:
    world, alpha, _ = small()
    alpha.cosign(alpha, alpha.checkpoint())
    return world.bundle(alpha), alpha, 4
