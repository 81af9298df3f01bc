"""Writes vectors/bundle/: bundles that are right, and each way of being wrong.

Each case is a file NAME.json:

    about   what it is
    expect  "ok", or the code of a fault that a verifier must find
    feed, number   whose feed and which entry the fault names, where there is a place
    bundle  the bundle: these strings one after the other, each hex, or the name of a card file that stands there

A verifier is given alpha.card, bravo.card and charlie.card, and trusts them. Everything comes from fixed seeds but the
ML-DSA signatures, so the files differ from run to run. Run: PYTHONPATH=. .venv/bin/python vectors/generate_bundle.py
"""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

from openline.proof.export import Rule
from openline.terms import Instant
from openline.wire import cbor
from openline.wire.bodies import Message, message_item
from openline.wire.bundle import Part, encode_piece
from openline.wire.kinds import Kind
from openline.wire.lineterms import Member
from tests.proof.world import START, Poster, World, founded
from vectors.bundle_case import CASES, case, pieces, sealed, small, without

FOLDER = Path(__file__).resolve().parent / "bundle"


# Right


@case("two members: messages with acts, acks, a checkpoint and a cosignature")
def good() -> bytes:
    world, alpha, bravo = small()
    bravo.say("Understood. Sector 4 holds its fire until 1530Z.", exchange=alpha.entries[1].id)
    alpha.hear()
    alpha.acknowledge()
    checkpoint = alpha.checkpoint()
    bravo.hear()
    bravo.cosign(alpha, checkpoint)
    return world.bundle(alpha)


@case("three members, two checkpoints, each cosigned")
def three_members() -> bytes:
    world = World("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = world.members
    alpha.say("Was that yours at 1440Z?")
    charlie.hear()
    first = charlie.checkpoint()
    bravo.hear()
    bravo.say("No. We see it too.")
    bravo.cosign(charlie, first)
    alpha.hear()
    alpha.cosign(charlie, first)
    second = alpha.checkpoint()
    charlie.hear()
    charlie.cosign(alpha, second)
    return world.bundle(charlie)


@case("translations: by a person, replaced, disputed, withdrawn, and one that counts for nothing")
def translated() -> bytes:
    world, alpha, bravo = small()
    asked = alpha.entries[-1]
    first = bravo.write(Kind.TRANSLATION, *_translation("Lt. Orlova", 1), refers=(asked.id,), officer=1)
    bravo.write(Kind.TRANSLATION, *_translation("Lt. Orlova", 1), refers=(asked.id, first.id), officer=1)
    alpha.hear()
    made = alpha.write(Kind.TRANSLATION, *_translation("a program", 2), refers=(asked.id, first.id), officer=1)
    alpha.write(Kind.TRANSLATION_WITHDRAWN, cbor.encode({}), refers=(made.id,), exchange=made.id, officer=1)
    alpha.write(Kind.TRANSLATION, *_translation("", 2), refers=(asked.id,), officer=1)
    return world.bundle(alpha)


def _translation(who: str, maker: int) -> tuple[bytes, bytes]:
    return cbor.encode({1: [0, 1], 2: "ru", 3: maker}), cbor.encode({1: "Наши самолёты.", 2: who})


@case("what people said is withheld")
def withheld() -> bytes:
    world, alpha, _ = small()
    alpha.say("The second.")
    return world.bundle(alpha, rule=Rule(bodies=True))


@case("one item is withheld, and the serials around it are still gap-free")
def withheld_one() -> bytes:
    world, alpha, _ = small()
    second = alpha.say("The second.")
    alpha.say("The third.")
    return world.bundle(alpha, rule=Rule(items=frozenset({(second.id, 0)})))


@case("a kind that no verifier knows")
def unknown_kind() -> bytes:
    world, alpha, _ = small()
    alpha.write(40_000, cbor.encode(["something", 1]), cbor.encode(None))
    return world.bundle(alpha)


@case("an earlier record: both feeds end sooner than they do elsewhere")
def earlier() -> bytes:
    world, alpha, bravo = small()
    last = alpha.say("The second.")
    bravo.hear()
    ack = bravo.acknowledge()
    return world.bundle(alpha, entries=without(world, last, ack))


@case("the end of one feed is left out, and the other's ack says that there is more")
def more_exists() -> bytes:
    world, alpha, _ = small()
    return world.bundle(alpha, entries=without(world, alpha.entries[1]))


@case("a feed key was rotated; the statement stands in the feed, signed by the new key")
def rotated() -> bytes:
    world, alpha, bravo = small()
    alpha.rotate(2)
    alpha.tell_keys()
    alpha.say("Under the new key.")
    bravo.hear()
    bravo.acknowledge()
    return world.bundle(alpha)


@case("an entry above the last good one, which the other member held before it had the revocation: disowned, proved")
def disowned() -> bytes:
    world, alpha, bravo = small()
    alpha.say("We shot first.")
    bravo.hear()
    bravo.acknowledge()
    alpha.rotate(2)
    return world.bundle(bravo)


@case("two entries with one number, and the root has named the true one")
def settled_fork() -> bytes:
    world, alpha, _ = small()
    other = alpha.make(Kind.MESSAGE, message_item(Message("Nothing crosses your sector.", 2)))
    alpha.say("One crosses your sector.")
    alpha.name_branch(alpha.entries[2])
    alpha.tell_keys()
    return world.bundle(alpha, other)


@case("a third member joins, and the second is removed")
def members_change() -> bytes:
    world, alpha, bravo = small()
    charlie = world.found("Charlie")
    world.members.append(charlie)
    everybody = [Member(each.post, True) for each in world.members]
    second = world.propose(*everybody)
    alpha.agree(second)
    bravo.agree(second)
    for each in world.members:
        each.terms = 2
    charlie.agree(second)
    charlie.say("Here.")
    third = world.propose(everybody[0], Member(bravo.post, False), everybody[2])
    for each in (alpha, charlie):
        each.agree(third)
        each.terms = 3
    alpha.say("Without them.")
    return world.bundle(alpha)


# The file


@case("one byte of a text was changed", "changed-bundle")
def changed_text() -> bytes:
    world, alpha, _ = small()
    return world.bundle(alpha).replace(b"1450Z", b"1550Z")


@case("cut in the middle of an entry", "cut-bundle")
def cut() -> bytes:
    world, alpha, _ = small()
    return world.bundle(alpha)[:-300]


@case("without its seal", "cut-bundle")
def no_seal() -> bytes:
    world, alpha, _ = small()
    return b"".join(pieces(world.bundle(alpha))[:-1])


@case("a byte after the seal", "cut-bundle")
def byte_after() -> bytes:
    world, alpha, _ = small()
    return world.bundle(alpha) + b"\x82"


@case("two bundles in one file", "bad-field")
def two_in_one() -> bytes:
    world, alpha, _ = small()
    return world.bundle(alpha) * 2


@case("nothing", "cut-bundle")
def empty() -> bytes:
    return b""


@case("a heading of another format", "unknown-version")
def other_format() -> bytes:
    world, alpha, _ = small()
    return world.bundle(alpha).replace(b"openline/bundle/1", b"openline/bundle/2", 1)


@case("the length of a piece is not in its shortest form", "bad-encoding")
def long_length() -> bytes:
    world, alpha, _ = small()
    parts = pieces(world.bundle(alpha))[:-1]
    parts[3] = parts[3][:2] + b"\x5a\0\0" + parts[3][3:]
    return sealed(world, alpha, *parts)


@case("a card stands after an entry", "bad-field")
def late_card() -> bytes:
    world, alpha, _ = small()
    parts = pieces(world.bundle(alpha))[:-1]
    return sealed(world, alpha, *parts, parts[1])


@case("sealed by nobody who is on the card", "bad-signature")
def other_seal() -> bytes:
    world, alpha, bravo = small()
    parts = pieces(world.bundle(alpha))[:-1]
    return sealed(world, bravo, *parts)


@case("sealed under a key that was revoked", "key-revoked")
def revoked_seal() -> bytes:
    world, alpha, _ = small()
    parts = [*pieces(world.bundle(alpha))[:-1]]
    thief = Poster(world, alpha.own, alpha.card)
    alpha.rotate(2)
    cards = [encode_piece(Part.CARD, card.encode()) for card in world.cards()]
    return sealed(world, thief, parts[0], *cards, *parts[3:])


@case("exported by a post that is no member", "not-a-member")
def stranger_exports() -> bytes:
    world, alpha, _ = small()
    return world.bundle(world.found("Charlie"), cards=world.cards())


# Cards


@case("a card is not there", "no-card")
def card_missing() -> tuple[bytes, Poster, int]:
    world, alpha, bravo = small()
    return world.bundle(alpha, cards=[alpha.card]), bravo, 1


@case("cards are not in order", "bad-order")
def cards_reordered() -> tuple[bytes, Poster, None]:
    world, alpha, bravo = small()
    cards = world.cards()[::-1]
    return world.bundle(alpha, cards=cards), alpha if cards[1] == alpha.card else bravo, None


@case("the card of a post that is no member", "not-a-member")
def stray_card() -> tuple[bytes, Poster, None]:
    world, alpha, _ = small()
    charlie = world.found("Charlie")
    cards = sorted([*world.cards(), charlie.card], key=lambda card: card.post)
    return world.bundle(alpha, cards=cards), charlie, None


@case("a card whose root signed nothing", "bad-signature")
def forged_card() -> bytes:
    world, alpha, bravo = small()
    parts = pieces(world.bundle(alpha))[:-1]
    at = next(at for at in (1, 2) if b"Bravo" in parts[at])
    parts[at] = parts[at].replace(b"Officer of Bravo", b"Officer of Brave")
    return sealed(world, alpha, *parts)


@case("a card that contradicts the one the reader has: the same post, another statement", "card-forked")
def forked_card() -> tuple[bytes, Poster, None]:
    world = World("Alpha", "Bravo")
    alpha, _ = world.members
    alpha.own, alpha.card = founded("Alpha", Instant(START + 1))
    return world.bundle(alpha), alpha, None


def split(data: bytes, cards: dict[str, bytes]) -> list[str]:
    """A bundle as hex strings and names of cards."""
    parts: list[bytes | str] = [data]
    for name, card in cards.items():
        parts = [piece for part in parts for piece in ([part] if isinstance(part, str) else _around(part, card, name))]
    return [part if isinstance(part, str) else part.hex() for part in parts if part]


def _around(data: bytes, card: bytes, name: str) -> list[bytes | str]:
    found: list[bytes | str] = []
    for piece in data.split(card):
        found += [name, piece]
    return found[1:]


def main() -> None:
    """Write every case and the cards."""
    FOLDER.mkdir(exist_ok=True)
    import_module("vectors.bundle_entries")
    world = World("Alpha", "Bravo", "Charlie")
    cards = {f"{each.card.name.lower()}.card": each.card.encode() for each in world.members}
    for name, card in cards.items():
        (FOLDER / name).write_bytes(card)
    for name, make in CASES.items():
        data, about, expect, feed, number = make()
        index: dict[str, Any] = {"about": about, "expect": expect}
        index |= {} if feed is None else {"feed": feed.card.name}
        index |= {} if number is None else {"number": number}
        text = json.dumps({**index, "bundle": split(data, cards)}, indent=1)
        (FOLDER / f"{name}.json").write_text(text + "\n")
    (FOLDER / "good.bundle").write_bytes(CASES["good"]()[0])


if __name__ == "__main__":
    main()
