"""Writes vectors/card/*.json: cards that hold, and each way of being wrong, one at a time (spec/card.md).

    card      the bytes, in base64; all others are in hex
    expect    "ok", or the code of the error
    says      for a good card: what a reader finds in it

The bytes are made here from spec/card.md, without the package, but for points of odd order, which need its arithmetic.
Keys come from labels; ML-DSA-65 signing is randomised, so each run writes other signatures.
Run: .venv/bin/python vectors/generate_card.py
"""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256, sha512
from itertools import count
from pathlib import Path
from typing import Any

from card_passkeys import device_key, passkey, passkeys
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA65PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from openline.keys.edwards import BASE, L, SMALL_ORDER, add, encode, multiply

FOLDER = Path(__file__).resolve().parent / "card"
AT = 1_767_225_600_000
WEEK = 7 * 86_400_000
LINES = [bytes([n]) * 32 for n in (1, 2)]
ENTRY = b"\xee" * 32
PROTECTED = b"\xa1\x01\x27"


def cbor(value: Any) -> bytes:
    """RFC 8949 section 4.2.1, for whole numbers, bytes, text, arrays and maps."""
    match value:
        case int():
            return head(0, value)
        case bytes():
            return head(2, len(value)) + value
        case str():
            return head(3, len(value.encode())) + value.encode()
        case list():
            return head(4, len(value)) + b"".join(map(cbor, value))
        case dict():
            pairs = sorted((cbor(key), cbor(each)) for key, each in value.items())
            return head(5, len(pairs)) + b"".join(key + each for key, each in pairs)
    raise TypeError(value)


def head(major: int, size: int) -> bytes:
    if size < 24:
        return bytes([major << 5 | size])
    for code, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if size < 1 << 8 * width:
            return bytes([major << 5 | code]) + size.to_bytes(width)
    raise ValueError(size)


def seed(label: str) -> bytes:
    return sha256(b"openline card vector: " + label.encode()).digest()


def to_be_signed(payload: bytes, context: bytes = b"openline/statement/1") -> bytes:
    return cbor(["Signature1", PROTECTED, context, payload])


class Root:
    """An Ed25519 and an ML-DSA-65 key."""

    def __init__(self, label: str) -> None:
        self.short = Ed25519PrivateKey.from_private_bytes(seed(label + " ed25519"))
        self.long = MLDSA65PrivateKey.from_seed_bytes(seed(label + " ml-dsa-65"))
        self.keys = self.short.public_key().public_bytes_raw(), self.long.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> list[bytes]:
        return [self.short.sign(message), self.long.sign(message)]

    def commitment(self) -> bytes:
        return sha256(b"openline/next-root/1\0" + b"".join(self.keys)).digest()


ONE, TWO, THREE, STRANGER = Root("root 1"), Root("root 2"), Root("root 3"), Root("stranger")
POST = sha256(b"openline/post/1\0" + b"".join(ONE.keys)).digest()
ROOT = [1, *ONE.keys, TWO.commitment()]
ROTATION = [1, *TWO.keys, THREE.commitment()]
NAME = [2, "Alpha"]
FOUNDING = [ROOT, NAME]


def proved(label: str, post: bytes = POST, by: str | None = None) -> list[bytes]:
    """The public key of a label, and the proof of its possession."""
    public = Ed25519PrivateKey.from_private_bytes(seed(label)).public_key().public_bytes_raw()
    signer = Ed25519PrivateKey.from_private_bytes(seed(by or label))
    return [public, signer.sign(b"openline/possession/1\0" + post + public)]


def odd(torsion: int, secret: int) -> list[bytes]:
    """A key with a part of small order, and a possession that the cofactorless equation accepts."""
    public = encode(add(multiply(secret, BASE), SMALL_ORDER[torsion]))
    for nonce in count(1):
        r = encode(multiply(nonce, BASE))
        h = int.from_bytes(sha512(r + public + b"openline/possession/1\0" + POST + public).digest(), "little") % L
        if h % 8 == 0:
            return [public, r + ((nonce + h * secret) % L).to_bytes(32, "little")]
    raise AssertionError


def checkpoint(label: str) -> bytes:
    return MLDSA44PrivateKey.from_seed_bytes(seed(label)).public_key().public_bytes_raw()


def sealing(label: str) -> bytes:
    mlkem = MLKEM768PrivateKey.from_seed_bytes(seed(label) * 2).public_key().public_bytes_raw()
    return mlkem + X25519PrivateKey.from_private_bytes(seed(label)).public_key().public_bytes_raw()


def payload(sequence: int, previous: bytes | None, changes: list[Any], **other: Any) -> bytes:
    fields = {1: 1, 2: POST, 3: sequence, 5: AT + sequence * 1000, 6: changes}
    if previous is not None:
        fields[4] = previous
    fields |= {int(key[1:]): each for key, each in other.items()}
    return cbor({key: each for key, each in fields.items() if each is not None})


def signed(data: bytes, *roots: Root) -> bytes:
    return cbor([data, *(root.sign(to_be_signed(data)) for root in roots or (ONE,))])


def identifier(data: bytes) -> bytes:
    return sha256(to_be_signed(data)).digest()


def chain(*steps: list[Any]) -> list[bytes]:
    """Statements that follow from each other. A step is a list of changes; one that begins with a root rotates to it."""
    roots = {ONE.keys[0]: ONE, TWO.keys[0]: TWO, THREE.keys[0]: THREE}
    current, previous, statements = ONE, None, []
    for number, changes in enumerate(steps, 1):
        data = payload(number, previous, changes)
        signers = [current]
        if number > 1 and changes[0][0] == 1:
            current = roots[changes[0][1]]
            signers.append(current)
        statements.append(signed(data, *signers))
        previous = identifier(data)
    return statements


def card(statements: list[bytes], version: str = "openline/card/1") -> bytes:
    return cbor([version, statements])


def cards(*steps: list[Any]) -> bytes:
    return card(chain(*steps))


FIRST = payload(1, None, FOUNDING)
SECOND = payload(2, identifier(FIRST), [[2, "Beta"]])
OFFICER = [8, 1, "Ann Watch", *proved("officer 1")[:1], 0, ["duty officer"], *proved("officer 1")[1:]]
FULL = [
    ROOT, NAME, [3, *proved("feed 1")], [4, checkpoint("checkpoint 1")], [5, *proved("cosigning 1")],
    [6, *proved("link 1")], [7, 1, sealing("sealing 1"), AT, AT + 4 * WEEK], OFFICER,
]
LAST = [[LINES[0], 7, ENTRY], [LINES[1], 1, ENTRY]]


def fingerprint() -> str:
    number = int.from_bytes(sha512(b"openline/fingerprint/1\0" + POST).digest()) % 10**60
    return " ".join(f"{number:060d}"[at : at + 5] for at in range(0, 60, 5))


def says(name: str = "Alpha", sequence: int = 1, **more: Any) -> dict[str, Any]:
    return {"post": POST.hex(), "fingerprint": fingerprint(), "name": name, "sequence": sequence} | more


def feed(label: str, revocations: list[Any] | None = None) -> dict[str, Any]:
    told = None if revocations is None else [[line.hex(), number, entry.hex()] for line, number, entry in revocations]
    return {"public": proved(label)[0].hex(), "revocations": told}


def officer(number: int, name: str, label: str, **more: Any) -> dict[str, Any]:
    said = {"number": number, "name": name, "public": proved(label)[0].hex(), "holding": 0, "roles": []}
    return said | {"ended": None, "revoked": False} | more


def good() -> dict[str, tuple[bytes, dict[str, Any]]]:
    device = [8, 2, "Bo Line", *proved("officer 2")[:1], 1, [], *proved("officer 2")[1:]]
    duty = {"roles": ["duty officer"]}
    story = [
        FULL,
        [[10, proved("feed 1")[0], LAST], [3, *proved("feed 2")]],
        [[11, checkpoint("checkpoint 1")], [4, checkpoint("checkpoint 2")], [11, proved("cosigning 1")[0]], [5, *proved("cosigning 2")]],
        [ROTATION, [11, proved("link 1")[0]], [6, *proved("link 2")]],
        [device, [9, 1], [11, proved("officer 1")[0]], [7, 2, sealing("sealing 2"), AT + WEEK, AT + 2 * WEEK]],
        [[12, LINES[0], 8, ENTRY], [2, "Alpha, new"]],
        [[1, *THREE.keys, STRANGER.commitment()]],
    ]
    after = says(
        "Alpha, new", 7,
        feed_keys=[feed("feed 2"), feed("feed 1", LAST)],
        checkpoint_keys=[checkpoint("checkpoint 2").hex()],
        cosigning_keys=[proved("cosigning 2")[0].hex()],
        link_keys=[proved("link 2")[0].hex()],
        sealing=[[AT - 1, None], [AT, 1], [AT + WEEK, 2], [AT + 2 * WEEK - 1, 2], [AT + 2 * WEEK, 1], [AT + 4 * WEEK, None]],
        officers=[
            officer(1, "Ann Watch", "officer 1", ended=AT + 5000, revoked=True, **duty),
            officer(2, "Bo Line", "officer 2", holding=1),
        ],
        branches=[[LINES[0].hex(), [[8, ENTRY.hex()]]]],
    )
    name = "Пост «Альфа» 2"
    whole = says(
        feed_keys=[feed("feed 1")],
        checkpoint_keys=[checkpoint("checkpoint 1").hex()],
        cosigning_keys=[proved("cosigning 1")[0].hex()],
        link_keys=[proved("link 1")[0].hex()],
        sealing=[[AT, 1]],
        officers=[officer(1, "Ann Watch", "officer 1", **duty)],
        branches=[],
    )
    return {
        "good": (cards(FULL), whole),
        "good_root_and_name_alone": (cards(FOUNDING), says()),
        "good_passkeys": (
            cards(
                [*FOUNDING, OFFICER],
                [passkey(POST, "phone"), passkey(POST, "stick ed25519", "desk.north.example")],
                [[11, device_key("phone")], [11, OFFICER[3]]],
            ),
            says(
                sequence=3,
                officers=[officer(1, "Ann Watch", "officer 1", revoked=True, **duty)],
                passkeys=[
                    [
                        [device_key("phone").hex(), "localhost", True],
                        [device_key("stick ed25519").hex(), "desk.north.example", False],
                    ]
                ],
            ),
        ),
        "good_eight_passkeys": (
            cards([*FOUNDING, OFFICER, *(passkey(POST, f"phone {at}") for at in range(8))]),
            says(passkeys=[[[device_key(f"phone {at}").hex(), "localhost", False] for at in range(8)]]),
        ),
        "good_two_statements": (card([signed(FIRST), signed(SECOND)]), says("Beta", 2)),
        "good_whole_story": (cards(*story), after),
        "good_name_of_another_script": (cards([ROOT, [2, name]]), says(name)),
        "good_longest_name": (cards([ROOT, [2, "a" * 64]]), says("a" * 64)),
        "good_feed_key_good_for_nothing": (
            cards([*FOUNDING, [3, *proved("feed 1")]], [[10, proved("feed 1")[0], []]]),
            says(sequence=2, feed_keys=[feed("feed 1", [])]),
        ),
    }


def encoding() -> dict[str, tuple[str, bytes]]:
    small = cards(FOUNDING)
    statement = signed(FIRST)
    loose = FIRST[:1] + FIRST[3:38] + FIRST[1:3] + FIRST[38:]
    assert FIRST[:4] == b"\xa5\x01\x01\x02"
    return {
        "empty": ("bad-encoding", b""),
        "truncated": ("bad-encoding", small[:-1]),
        "trailing_byte": ("bad-encoding", small + b"\x00"),
        "array_of_no_stated_length": ("bad-encoding", b"\x9f" + small[1:] + b"\xff"),
        "length_not_shortest": ("bad-encoding", b"\x98\x02" + small[1:]),
        "tagged": ("bad-encoding", b"\xd9\xd9\xf7" + small),
        "text": ("bad-encoding", b"Hello.\n"),
        "payload_map_not_in_order": ("bad-encoding", card([signed(loose)])),
        "payload_with_trailing_byte": ("bad-encoding", card([signed(FIRST + b"\x00")])),
        "statement_with_trailing_byte": ("bad-encoding", card([statement + b"\x00"])),
        "statement_empty": ("bad-encoding", card([b""])),
        "payload_time_as_float": ("bad-encoding", card([signed(FIRST.replace(cbor({5: AT + 1000})[1:], b"\x05\xf9\x3c\x00"))])),
    }


def shape() -> dict[str, tuple[str, bytes]]:
    def changed(change: list[Any]) -> bytes:
        return cards([*FOUNDING, change])

    short = proved("feed 1")
    return {
        "not_a_card": ("bad-field", cbor({1: 1})),
        "no_version": ("bad-field", cbor([[signed(FIRST)]])),
        "card_of_version_2": ("unknown-version", card([signed(FIRST)], "openline/card/2")),
        "three_parts": ("bad-field", cbor(["openline/card/1", [signed(FIRST)], 0])),
        "no_statements": ("bad-field", card([])),
        "statement_not_bytes": ("bad-field", cbor(["openline/card/1", [[FIRST, ONE.sign(to_be_signed(FIRST))]]])),
        "no_signatures": ("bad-field", card([cbor([FIRST])])),
        "statement_of_version_2": ("unknown-version", card([signed(payload(1, None, FOUNDING, _1=2))])),
        "version_is_true": ("bad-field", card([signed(FIRST.replace(b"\xa5\x01\x01", b"\xa5\x01\xf5"))])),
        "no_time": ("bad-field", card([signed(payload(1, None, FOUNDING, _5=None))])),
        "unknown_field": ("bad-field", card([signed(payload(1, None, FOUNDING, _7=0))])),
        "no_changes": ("bad-field", card([signed(FIRST), signed(payload(2, identifier(FIRST), []))])),
        "unknown_change": ("unknown-version", changed([14, 0])),
        "change_without_code": ("bad-field", changed([])),
        "change_code_0": ("unknown-version", changed([0])),
        "change_code_not_a_number": ("bad-field", changed(["name", "Alpha"])),
        "change_with_a_field_more": ("bad-field", changed([3, *short, 0])),
        "possession_missing": ("bad-field", changed([3, short[0]])),
        "feed_key_31_bytes": ("bad-field", changed([3, short[0][:31], short[1]])),
        "checkpoint_key_of_ed25519": ("bad-field", changed([4, short[0]])),
        "name_empty": ("bad-field", cards([ROOT, [2, ""]])),
        "name_65_bytes": ("bad-field", cards([ROOT, [2, "a" * 65]])),
        "name_with_a_line_break": ("bad-field", cards([ROOT, [2, "Al\npha"]])),
        "name_that_turns_the_line": ("bad-field", cards([ROOT, [2, "Al\u202epha"]])),
        "name_with_a_space_at_its_end": ("bad-field", cards([ROOT, [2, "Alpha "]])),
        "holding_2": ("bad-field", changed([*OFFICER[:4], 2, *OFFICER[5:]])),
        "seventeen_roles": ("bad-field", changed([*OFFICER[:5], ["duty"] * 17, OFFICER[6]])),
        "branch_at_0": ("bad-field", changed([12, LINES[0], 0, ENTRY])),
        "revoked_lines_not_in_order": ("bad-field", cards([*FOUNDING, [3, *short]], [[10, short[0], LAST[::-1]]])),
        "revoked_line_twice": ("bad-field", cards([*FOUNDING, [3, *short]], [[10, short[0], LAST[:1] * 2]])),
        "revoked_at_0": ("bad-field", cards([*FOUNDING, [3, *short]], [[10, short[0], [[LINES[0], 0, ENTRY]]]])),
    }


def order() -> dict[str, tuple[str, bytes]]:
    """Which statement may follow which."""
    one, previous = signed(FIRST), identifier(FIRST)

    def two(sequence: int = 2, before: bytes | None = previous, **other: Any) -> bytes:
        return card([one, signed(payload(sequence, before, [[2, "Beta"]], **other))])

    return {
        "begins_at_2": ("bad-field", card([signed(SECOND)])),
        "sequence_0": ("bad-field", card([signed(payload(0, previous, FOUNDING))])),
        "gap": ("bad-field", two(3)),
        "repeated": ("bad-field", card([one, one])),
        "exchanged": ("bad-field", card([signed(SECOND), one])),
        "previous_missing": ("bad-field", two(2, None)),
        "previous_in_the_first": ("bad-field", card([signed(payload(1, bytes(32), FOUNDING))])),
        "previous_wrong": ("bad-field", two(2, bytes([previous[0] ^ 1]) + previous[1:])),
        "previous_is_hash_of_bare_payload": ("bad-field", two(2, sha256(FIRST).digest())),
        "second_of_another_post": ("bad-field", two(_2=b"\x77" * 32)),
        "post_is_not_its_root": ("bad-field", card([signed(payload(1, None, FOUNDING, _2=b"\x77" * 32))])),
        "first_without_root": ("bad-field", cards([NAME])),
        "first_without_name": ("bad-field", cards([ROOT])),
        "root_not_first": ("bad-field", cards([NAME, ROOT])),
        "two_roots": ("bad-field", cards([ROOT, NAME, ROTATION])),
    }


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def signatures() -> dict[str, tuple[str, bytes]]:
    message = to_be_signed(FIRST)
    short, long = ONE.sign(message)
    rotation = payload(2, identifier(FIRST), [ROTATION])

    def first(*pairs: list[bytes]) -> bytes:
        return card([cbor([FIRST, *pairs])])

    def rotated(*roots: Root) -> bytes:
        return card([signed(FIRST), signed(rotation, *roots)])

    both = [ONE.sign(to_be_signed(rotation)), TWO.sign(to_be_signed(rotation))]
    s = (int.from_bytes(short[32:], "little") + L).to_bytes(32, "little")
    bad: dict[str, bytes] = {
        "ed25519_flipped_in_r": first([flipped(short, 0), long]),
        "ed25519_flipped_in_s": first([flipped(short, 32), long]),
        "ed25519_s_plus_l": first([short[:32] + s, long]),
        "mldsa65_flipped_at_start": first([short, flipped(long, 0)]),
        "mldsa65_flipped_in_hints": first([short, flipped(long, 3308)]),
        "payload_flipped": card([cbor([payload(1, None, FOUNDING, _5=AT + 1), [short, long]])]),
        "signed_by_a_stranger": card([signed(FIRST, STRANGER)]),
        "ed25519_of_a_stranger": first([STRANGER.sign(message)[0], long]),
        "mldsa65_of_a_stranger": first([short, STRANGER.sign(message)[1]]),
        "signed_without_context": first(ONE.sign(FIRST)),
        "signed_in_another_context": first(ONE.sign(to_be_signed(FIRST, b"openline/entry/1"))),
        "two_pairs_without_rotation": first([short, long], [short, long]),
        "second_signed_by_the_next_root": card([signed(FIRST), signed(SECOND, TWO)]),
        "rotation_by_the_old_root_alone": rotated(ONE),
        "rotation_by_the_new_root_alone": rotated(TWO),
        "rotation_pairs_exchanged": rotated(TWO, ONE),
        "rotation_old_root_twice": rotated(ONE, ONE),
        "signed_by_the_old_root_after_rotation": card(
            [signed(FIRST), signed(rotation, ONE, TWO), signed(payload(3, identifier(rotation), [[2, "Beta"]]), ONE)]
        ),
    }
    for number, (which, key, at) in enumerate((("old", "ed25519", 0), ("old", "mldsa65", 9), ("new", "ed25519", 0), ("new", "mldsa65", 9))):
        pairs = [list(pair) for pair in both]
        pairs[number // 2][number % 2] = flipped(pairs[number // 2][number % 2], at)
        bad[f"rotation_{which}_{key}_flipped"] = card([signed(FIRST), cbor([rotation, *pairs])])
    return {name: ("bad-signature", data) for name, data in bad.items()} | {
        "ed25519_63_bytes": ("bad-field", first([short[:63], long])),
        "mldsa65_short": ("bad-field", first([short, long[:-1]])),
        "one_signature_of_two": ("bad-field", first([short])),
        "three_pairs": ("bad-field", first(*[[short, long]] * 3)),
    }


def keys() -> dict[str, tuple[str, bytes]]:
    key = proved("feed 1")

    def feed_key(public: bytes, possession: bytes) -> bytes:
        return cards([*FOUNDING, [3, public, possession]])

    mixed = Root("root 2")
    mixed.long, mixed.keys = ONE.long, (TWO.keys[0], ONE.keys[1])
    promised = payload(1, None, [[1, *ONE.keys, mixed.commitment()], NAME])
    kept = payload(2, identifier(promised), [[1, *mixed.keys, THREE.commitment()]])
    half = card([signed(promised), signed(kept, ONE, mixed)])
    lost = [1, *THREE.keys, STRANGER.commitment()]
    unfit = b"\xff" * 3 + sealing("sealing 1")[3:]
    low = sealing("sealing 1")[:-32] + bytes(32)
    neutral = Root("root 1")
    neutral.keys = odd(0, 0)[0], ONE.keys[1]
    post = sha256(b"openline/post/1\0" + b"".join(neutral.keys)).digest()
    weak = payload(1, None, [[1, *neutral.keys, TWO.commitment()], NAME], _2=post)
    base = encode(BASE)
    lax = cbor([weak, [base + (1).to_bytes(32, "little"), ONE.long.sign(to_be_signed(weak))]])
    bad = {
        "root_is_not_the_committed_one": card([signed(FIRST), signed(payload(2, identifier(FIRST), [lost]), ONE, THREE)]),
        "root_again": cards([[1, *ONE.keys, ONE.commitment()], NAME], [[1, *ONE.keys, TWO.commitment()]]),
        "root_mldsa65_again": half,
        "root_of_small_order": card([lax]),
        "root_as_feed_key": feed_key(*proved("root 1 ed25519")),
        "feed_key_neutral": feed_key(*odd(0, 0)),
        "feed_key_of_small_order": feed_key(*odd(1, 0)),
        "feed_key_of_mixed_order": feed_key(*odd(1, 77)),
        "feed_key_not_on_curve": feed_key(b"\x02" + bytes(31), key[1]),
        "feed_key_not_canonical": feed_key(b"\xee" + b"\xff" * 30 + b"\x7f", key[1]),
        "possession_of_another_post": feed_key(*proved("feed 1", post=b"\x77" * 32)),
        "possession_by_another_key": feed_key(*proved("feed 1", by="feed 2")),
        "possession_flipped": feed_key(key[0], flipped(key[1], 0)),
        "cosigning_key_not_proved": cards([*FOUNDING, [5, *proved("feed 1", by="feed 2")]]),
        "link_key_not_proved": cards([*FOUNDING, [6, *proved("feed 1", by="feed 2")]]),
        "officer_key_not_proved": cards([*FOUNDING, [*OFFICER[:6], key[1]]]),
        "key_twice": cards([*FOUNDING, [3, *key]], [[3, *key]]),
        "key_for_two_purposes": cards([*FOUNDING, [3, *key], [6, *key]]),
        "revoked_key_again": cards([*FOUNDING, [6, *key]], [[11, key[0]]], [[6, *key]]),
        "checkpoint_key_twice": cards([*FOUNDING, [4, checkpoint("checkpoint 1")], [4, checkpoint("checkpoint 1")]]),
        "sealing_key_coefficient_too_large": cards([*FOUNDING, [7, 1, unfit, AT, AT + 1]]),
        "sealing_key_x25519_of_small_order": cards([*FOUNDING, [7, 1, low, AT, AT + 1]]),
    }
    return {name: ("bad-key", data) for name, data in bad.items()}


def rules() -> dict[str, tuple[str, bytes]]:
    """Well formed and well signed, and against the rules."""
    key, link = proved("feed 1"), proved("link 1")
    box = sealing("sealing 1")

    def then(*steps: list[Any]) -> bytes:
        return cards([*FOUNDING, [3, *key], [6, *link], OFFICER], *steps)

    bad = {
        "sealing_key_number_2_first": then([[7, 2, box, AT, AT + 1]]),
        "sealing_key_ends_as_it_starts": then([[7, 1, box, AT, AT]]),
        "officer_number_gap": then([[8, 3, "Bo Line", *proved("officer 2")[:1], 0, [], *proved("officer 2")[1:]]]),
        "officer_number_again": then([[8, 1, "Bo Line", *proved("officer 2")[:1], 0, [], *proved("officer 2")[1:]]]),
        "unknown_officer_ended": then([[9, 2]]),
        "officer_ended_twice": then([[9, 1]], [[9, 1]]),
        "unknown_feed_key_revoked": then([[10, proved("feed 2")[0], []]]),
        "feed_key_revoked_twice": then([[10, key[0], []]], [[10, key[0], LAST]]),
        "feed_key_revoked_as_another": then([[11, key[0]]]),
        "link_key_revoked_as_feed_key": then([[10, link[0], []]]),
        "link_key_revoked_twice": then([[11, link[0]]], [[11, link[0]]]),
        "officer_key_revoked_twice": then([[11, OFFICER[3]]], [[11, OFFICER[3]]]),
        "unknown_key_revoked": then([[11, proved("feed 2")[0]]]),
        "root_key_revoked": then([[11, ONE.keys[0]]]),
        "two_branches_at_one_number": then([[12, LINES[0], 8, ENTRY]], [[12, LINES[0], 8, b"\xdd" * 32]]),
    }
    return {name: ("bad-field", data) for name, data in bad.items()}


def write(name: str, expect: str, data: bytes, **more: Any) -> None:
    document = {"about": name.replace("_", " "), "spec": "spec/card.md", "expect": expect, **more, "card": b64encode(data).decode()}
    (FOLDER / f"{name}.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for name, (data, told) in good().items():
        write(name, "ok", data, says=told)
    groups = [group() for group in (encoding, shape, order, signatures, keys, rules)]
    for group in [*groups, passkeys(POST, lambda *steps: cards([*FOUNDING, OFFICER], *steps))]:
        for name, (code, data) in group.items():
            assert not (FOLDER / f"{name}.json").exists(), name
            write(name, code, data)


if __name__ == "__main__":
    main()
