#!/usr/bin/env python3
"""Verify an Openline bundle with nothing of Openline: this file, Python 3.11 or later, the library `cryptography`.

    python verify_bundle.py FILE [--card FILE]... [--json]

Exit 0: proved, under the keys of the cards given. Exit 1: not proved, or keys not known. Exit 2: misuse.
Written from the pages in spec/ that are named beside the rules, and from nothing else.
"""

from __future__ import annotations

import argparse
import base64
import functools
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, mldsa, mlkem, utils, x25519

ZEROS, MOST = bytes(32), (1 << 63) - 1
TERMS, KEYS, CHECKPOINT, COSIGN, MESSAGE, CORRECTION, CERTIFICATE = 1, 3, 5, 6, 16, 21, 36
TRANSLATION, TRANSLATION_WITHDRAWN = 148, 149
BODY_MAX = {TERMS: 64 << 10, KEYS: 4 << 20, CHECKPOINT: 256 << 10, COSIGN: 256 << 10}
PIECE_MAX = {0: 8192, 1: 4 << 20, 2: 1 << 20, 9: 128}


class Wrong(Exception):
    """A rule is broken: the code and a few words."""

    def __init__(self, code: str, said: str) -> None:
        super().__init__(said)
        self.code = code


def check(good: object, code: str, said: str) -> None:
    if not good:
        raise Wrong(code, said)


# entry.md, Encoding: deterministic CBOR


def decode(data: bytes, most: int) -> Any:
    check(len(data) <= most, "too-large", "more bytes than allowed")
    value, end = read_value(data, 0, 1)
    check(end == len(data), "bad-encoding", "bytes after the value")
    return value


def read_value(data: bytes, at: int, depth: int) -> tuple[Any, int]:
    check(at < len(data), "bad-encoding", "cut short")
    major, number, at = data[at] >> 5, data[at] & 31, at + 1
    if number >= 24:
        size = 1 << number - 24
        number, at = int.from_bytes(data[at : at + size]), at + size
        shortest = size < 16 and at <= len(data) and number >= (24 if size == 1 else 1 << 4 * size)
        check(shortest and major != 7, "bad-encoding", "not in the shortest form")
    if major < 2:
        return (number, -1 - number)[major], at
    if major < 4:
        check(at + number <= len(data), "bad-encoding", "cut short")
        held = data[at : at + number]
        try:
            return held if major == 2 else held.decode(), at + number
        except UnicodeDecodeError:
            raise Wrong("bad-encoding", "text that is not UTF-8") from None
    if major == 7:
        check(number in (20, 21, 22), "bad-encoding", "a value of an unknown kind")
        return (False, True, None)[number - 20], at
    check(major != 6 and depth <= 12, "bad-encoding", "a tag, or too deep")
    values, table, before = [], {}, b""
    for _ in range(number):
        start = at
        value, at = read_value(data, at, depth + 1)
        if major == 4:
            values.append(value)
            continue
        key, kind = data[start:at], type(value)
        fits = len(key) == 1 if kind is int else len(key) <= 24 if kind is str else kind is bytes and len(value) == 32
        fits = fits and (not before or (kind is bytes) == (before[0] >> 5 == 2))
        check(fits and key > before, "bad-encoding", "keys of a map out of order, or of a wrong kind")
        before = key
        table[value], at = read_value(data, at, depth + 1)
    return values if major == 4 else table, at


def encode(value: Any) -> bytes:
    if isinstance(value, dict):
        return head(5, len(value)) + b"".join(sorted(encode(key) + encode(each) for key, each in value.items()))
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(encode, value))
    if isinstance(value, int):
        return head(0, value)
    held = value.encode() if isinstance(value, str) else value
    return head(3 if isinstance(value, str) else 2, len(held)) + bytes(held)


def head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    low = 24 + (number > 0xFF) + (number > 0xFFFF) + (number > 0xFFFFFFFF)
    return bytes([major << 5 | low]) + number.to_bytes(1 << low - 24)


# What fields hold: each of these makes a parser that raises Wrong


def whole(least: int = 0, most: int = MOST) -> Callable[[Any], int]:
    return lambda value: one_of(value, type(value) is int and least <= value <= most)


def octets(size: int) -> Callable[[Any], bytes]:
    return lambda value: one_of(value, type(value) is bytes and len(value) == size)


def listed(parser: Callable[[Any], Any], least: int, most: int) -> Callable[[Any], list[Any]]:
    return lambda value: [parser(each) for each in one_of(value, type(value) is list and least <= len(value) <= most)]


def row(*parsers: Callable[[Any], Any]) -> Callable[[Any], list[Any]]:
    def parse(value: Any) -> list[Any]:
        one_of(value, type(value) is list and len(value) == len(parsers))
        return [parser(each) for parser, each in zip(parsers, value, strict=True)]

    return parse


def one_of(value: Any, fits: bool) -> Any:
    check(fits, "bad-field", "a field is missing, unknown, of a wrong type or out of range")
    return value


def fields(value: Any, parsers: dict[int, Callable[[Any], Any]], optional: set[int]) -> dict[int, Any]:
    one_of(value, type(value) is dict and parsers.keys() - optional <= value.keys() <= parsers.keys())
    return {key: parsers[key](each) for key, each in value.items()}


def name(value: Any) -> str:
    fits = type(value) is str and 0 < len(value.encode()) <= 64 and value == value.strip() and value.isprintable()
    return str(one_of(value, fits))


def text(most: int) -> Callable[[Any], str]:
    return lambda value: one_of(value, type(value) is str and len(value.encode()) <= most)


def blob(most: int) -> Callable[[Any], bytes]:
    return lambda value: one_of(value, type(value) is bytes and len(value) <= most)


ID, TIME, NUMBER, YES = octets(32), whole(), whole(1), lambda value: one_of(value, type(value) is bool)

# entry.md, Signatures

P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT_OF_MINUS_ONE = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)
Y8 = int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little")
SMALL_Y = {0, 1, P - 1, Y8, P - Y8}


def is_small(point: bytes) -> bool:
    """Whether any decoder takes this for a point whose order divides 8."""
    return int.from_bytes(point, "little") % 2**255 % P in SMALL_Y


def affine(point: bytes) -> tuple[int, int] | None:
    """The point that 32 bytes encode, None unless they are its one encoding."""
    sign, y = divmod(int.from_bytes(point, "little"), 2**255)
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    x = x if v * x * x % P == u else x * ROOT_OF_MINUS_ONE % P
    if len(point) != 32 or y >= P or v * x * x % P != u or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x, y


def plus(p: tuple[int, int, int], q: tuple[int, int, int]) -> tuple[int, int, int]:
    a, c, d = p[2] * q[2] % P, p[0] * q[0] % P, p[1] * q[1] % P
    e, square = D * c * d % P, a * a % P
    f, g = square - e, square + e
    return a * f * ((p[0] + p[1]) * (q[0] + q[1]) - c - d) % P, a * g * (d + c) % P, f * g % P


def check_point(public: bytes) -> None:
    """Canonical, not of small order, in the subgroup of prime order."""
    point, result = affine(public), (0, 1, 1)
    for bit in bin(ORDER)[2:] if point else "":
        result = plus(result, result)
        result = plus(result, (*point, 1)) if bit == "1" and point else result
    check(point and not is_small(public) and result[0] == 0 and result[1] == result[2], "bad-key", "a bad Ed25519 key")


@functools.cache
def parsed(public: bytes) -> Any:
    kinds: dict[int, Any] = {1312: mldsa.MLDSA44PublicKey, 1952: mldsa.MLDSA65PublicKey, 32: ed25519.Ed25519PublicKey}
    usable = len(public) != 32 or (affine(public) is not None and not is_small(public))
    return kinds[len(public)].from_public_bytes(public) if usable else None


def holds(public: bytes, signature: bytes, message: bytes) -> bool:
    key, short = parsed(public), len(public) == 32
    if key is None or (short and (is_small(signature[:32]) or int.from_bytes(signature[32:], "little") >= ORDER)):
        return False
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def structure(context: str, payload: bytes) -> bytes:
    """The Sig_structure (RFC 9052 section 4.4)."""
    return encode(["Signature1", b"\xa1\x01\x27", context.encode(), payload])


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


# acts.md, Passkeys

ASSERTION = [octets(37), lambda value: blob(1024)(value), octets(64)]
HALF = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551 // 2
CLIENT = re.compile(
    rb'\{"type":"webauthn\.get","challenge":"([A-Za-z0-9_-]{43})","origin":"(https?)://([a-z0-9.-]+)(:[1-9][0-9]{0,4})?"'
    rb'(,"crossOrigin":false(,([ !#-\[\]-~]|"(?!(type|challenge|origin|crossOrigin)"))+)?)?\}'
)
HOST = re.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])*[a-z]([a-z0-9-]{0,61}[a-z0-9])?")


def assertion(value: Any) -> list[bytes]:
    return [bytes(each) for each in row(*ASSERTION)(value)]


def signed_by(public: bytes, rp: str, given: list[bytes], message: bytes) -> bool:
    """Whether a passkey made this about a message."""
    data, client, signature = given
    said, flags, about = CLIENT.fullmatch(client), data[32], base64.urlsafe_b64encode(sha256(message)).rstrip(b"=")
    told = data[:32] == sha256(rp.encode()) and said is not None and said[1] == about and said[3].decode() == rp
    told = told and said is not None and (said[2] == b"https" or rp == "localhost")
    if not told or flags not in (0x05, 0x0D, 0x1D):
        return False
    signed = data + sha256(client)
    if len(public) == 32:
        return holds(public, signature, signed)
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
        key.verify(utils.encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return 0 < s <= HALF


# card.md

ED, PROOF = octets(32), octets(64)
LAST = listed(row(ID, NUMBER, ID), 0, 1 << 17)
CHANGES: dict[int, tuple[Callable[[Any], Any], ...]] = {
    1: (ED, octets(1952), ID),
    2: (name,),
    3: (ED, PROOF),
    4: (octets(1312),),
    5: (ED, PROOF),
    6: (ED, PROOF),
    7: (NUMBER, octets(1216), TIME, TIME),
    8: (NUMBER, name, ED, whole(0, 1), listed(name, 0, 16), PROOF),
    9: (NUMBER,),
    10: (ED, LAST),
    11: (lambda value: value if type(value) is bytes and len(value) in (33, 1312) else ED(value),),
    12: (ID, NUMBER, ID),
    13: (
        NUMBER,
        lambda value: value if type(value) is bytes and len(value) == 33 else ED(value),
        lambda value: one_of(value, type(value) is str and len(value) < 254 and HOST.fullmatch(value) is not None),
        assertion,
    ),
}
PAYLOAD = {2: ID, 3: NUMBER, 4: ID, 5: TIME, 6: listed(lambda value: change(value), 1, 1 << 17)}


def change(value: Any) -> list[Any]:
    code = whole()(one_of(value, type(value) is list and len(value) > 0)[0])
    check(code in CHANGES, "unknown-version", "a change of an unknown code")
    found = row(whole(), *CHANGES[code])(value)
    lines = [one[0] for one in found[2]] if code == 10 else []
    one_of(value, all(a < b for a, b in zip(lines, lines[1:], strict=False)))
    return found


def read_statement(data: bytes) -> tuple[bytes, list[Any], dict[int, Any]]:
    """Payload, pairs of signatures, fields."""
    parts = one_of(decode(data, 128 << 10), True)
    one_of(parts, type(parts) is list and 2 <= len(parts) <= 3)
    payload, *pairs = row(blob(MOST), *[row(PROOF, octets(3309))] * (len(parts) - 1))(parts)
    raw = decode(payload, 128 << 10)
    version = type(raw) is dict and whole()(raw.pop(1, None))
    check(version in (False, 1), "unknown-version", "a statement of an unknown version")
    said = fields(raw, PAYLOAD, {4})
    one_of(said, (4 in said) == (said[3] > 1))
    return payload, pairs, said


class Card:
    """Every key that a post's root certified; `feed` holds what a revoked key is good for, None for one in force."""

    def __init__(self, data: bytes) -> None:
        value = one_of(decode(data, 4 << 20), True)
        one_of(value, type(value) is list and len(value) > 0 and type(value[0]) is str)
        check(value[0] == "openline/card/1", "unknown-version", "a card of an unknown version")
        self.post, self.name, self.sealing, self.root = b"", "", 0, (b"", b"", b"")
        self.ids: list[bytes] = []
        self.enrolled: set[bytes] = set()
        self.feed: dict[bytes, dict[bytes, tuple[int, bytes]] | None] = {}
        self.others: dict[int, dict[bytes, bool]] = {4: {}, 5: {}, 6: {}, 8: {}, 13: {}}
        self.officers: list[dict[str, Any]] = []
        self.branches: dict[bytes, dict[int, bytes]] = {}
        for statement in row(text(64), listed(blob(MOST), 1, 1024))(value)[1]:
            self.take(statement)

    def digits(self) -> str:
        number = int.from_bytes(hashlib.sha512(b"openline/fingerprint/1\0" + self.post).digest()) % 10**60
        return " ".join(f"{number:060d}"[at : at + 5] for at in range(0, 60, 5))

    def feed_key(self, signature: bytes, message: bytes) -> bytes | None:
        return next((key for key in reversed(self.feed) if holds(key, signature, message)), None)

    def take(self, data: bytes) -> None:
        """card.md, Which statement is good."""
        payload, pairs, said = read_statement(data)
        new = said[6][0][1:] if said[6][0][0] == 1 else None
        one_of(said, all(each[0] != 1 for each in said[6][1:]) and said[3] == len(self.ids) + 1)
        if not self.ids:
            founds = new is not None and said[2] == sha256(b"openline/post/1\0", new[0], new[1])
            check(founds, "bad-field", "a first statement that founds no post")
            self.post = said[2]
        check(
            said[2] == self.post and said.get(4) == (self.ids[-1] if self.ids else None), "bad-field", "does not follow"
        )
        if new is not None and self.ids:
            kept = sha256(b"openline/next-root/1\0", new[0], new[1]) == self.root[2]
            check(kept, "bad-key", "another root than the one committed to")
        roots: list[Any] = [self.root] * bool(self.ids) + [new] * (new is not None)
        check(len(roots) == len(pairs), "bad-signature", "too many or too few signatures")
        if new is not None:
            check_point(new[0])
            self.enrol(new[0])
            self.enrol(new[1])
        message = structure("openline/statement/1", payload)
        for root, pair in zip(roots, pairs, strict=True):
            good = holds(root[0], pair[0], message) and holds(root[1], pair[1], message)
            check(good, "bad-signature", "a statement that its root did not sign")
        for code, *arguments in said[6]:
            (self.certify if code < 9 else self.add_passkey if code == 13 else self.withdraw)(code, *arguments)
        one_of(said, bool(self.name))
        self.ids.append(sha256(message))

    def enrol(self, public: bytes) -> None:
        check(public not in self.enrolled, "bad-key", "a key enrolled twice")
        check(len(self.enrolled) < 2048, "too-large", "too many keys")
        self.enrolled.add(public)

    def certify(self, code: int, *given: Any) -> None:
        if code == 1:
            self.root = given
        elif code == 2:
            self.name = given[0]
        elif code == 7:
            one_of(given, given[0] == self.sealing + 1 and given[2] < given[3])
            self.sealing += 1
            self.enrol(given[1])
            try:
                mlkem.MLKEM768PublicKey.from_public_bytes(given[1][:1184])
                other = x25519.X25519PublicKey.from_public_bytes(given[1][1184:])
                x25519.X25519PrivateKey.from_private_bytes(ZEROS).exchange(other)
            except ValueError:
                raise Wrong("bad-key", "a sealing key for which nothing can be sealed") from None
        else:
            public = given[2] if code == 8 else given[0]
            one_of(given, code != 8 or given[0] == len(self.officers) + 1)
            self.enrol(public)
            if code != 4:
                check_point(public)
                proved = holds(public, given[-1], b"openline/possession/1\0" + self.post + public)
                check(proved, "bad-key", "a key that nobody showed to hold")
            if code == 3:
                self.feed[public] = None
            else:
                self.others[code][public] = False
            if code == 8:
                held = {"name": given[1], "public": public, "holding": ("post", "device")[given[3]], "roles": given[4]}
                self.officers.append({**held, "ended": False, "passkeys": []})

    def add_passkey(self, code: int, number: int, public: bytes, rp: str, proof: list[bytes]) -> None:
        one_of(code, number <= len(self.officers) and not self.officers[number - 1]["ended"])
        check(len(self.officers[number - 1]["passkeys"]) < 8, "too-large", "too many passkeys")
        self.enrol(public)
        if len(public) == 32:
            check_point(public)
        proved = signed_by(public, rp, proof, b"openline/possession/1\0" + self.post + public)
        check(proved, "bad-key", "a passkey that no device showed to hold")
        self.others[13][public] = False
        self.officers[number - 1]["passkeys"].append((public, rp))

    def withdraw(self, code: int, *given: Any) -> None:
        if code == 9:
            one_of(given, given[0] <= len(self.officers) and not self.officers[given[0] - 1]["ended"])
            self.officers[given[0] - 1]["ended"] = True
        elif code == 10:
            one_of(given, self.feed.get(given[0], 0) is None)
            self.feed[given[0]] = {line: (number, entry) for line, number, entry in given[1]}
        elif code == 11:
            sort = next((keys for keys in self.others.values() if keys.get(given[0]) is False), None)
            one_of(given, sort is not None)[0]
            (sort or {})[given[0]] = True
        else:
            one_of(given, given[1] not in self.branches.setdefault(given[0], {}))
            self.branches[given[0]][given[1]] = given[2]


# entry.md, What is signed


def have(value: Any) -> dict[bytes, Any]:
    for feed, held in one_of(value, type(value) is dict and 0 < len(value) <= 64).items():
        pairs = row(whole(), ID, *[listed(row(NUMBER, ID), 1, 64)] * (len(held) - 2 if type(held) is list else 0))(held)
        beyond = [pairs[0] + 1, *(pair[0] for pair in pairs[2])] if len(one_of(pairs, len(pairs) < 4)) == 3 else [0]
        rising = all(a < b for a, b in zip(beyond, beyond[1:], strict=False))
        one_of(ID(feed), rising and (pairs[0] > 0 or pairs[1] == ZEROS))
    return dict(value)


def signature(value: Any) -> Any:
    return assertion(value) if type(value) is list else PROOF(value)


def act(value: Any) -> list[Any]:
    """officer, draft, role, time, signature, and who drafted it, if another did."""
    drafted = [row(whole(), text(64), TIME, signature)] if type(value) is list and len(value) == 6 else []
    return row(whole(), octets(16), text(64), TIME, signature, *drafted)(value)


HEADER = {1: whole(), 2: ID, 3: ID, 4: NUMBER, 5: ID, 6: TIME, 7: NUMBER, 8: whole(), 9: whole(1, 65535), 10: ID}
HEADER |= {11: whole(0, 3), 12: whole(0, 3), 13: listed(ID, 1, 16), 14: have, 15: listed(ID, 1, 32), 16: act}
SAID = {1: text(256 << 10), 2: NUMBER, 3: TIME, 4: YES}


def read_entry(data: bytes) -> dict[Any, Any]:
    """The header's fields by their keys, with its id, signed bytes, signature and items."""
    full = row(blob(16 << 10), lambda value: value, listed(lambda value: value, 0, 32))(decode(data, 1 << 20))
    raw = decode(full[0], 16 << 10)
    one_of(raw, type(raw) is dict and raw.keys() <= HEADER.keys())
    check(whole()(raw.get(1)) == 1, "unknown-version", "an entry of an unknown version")
    entry: dict[Any, Any] = fields(raw, HEADER, {5, 10, 13, 14, 15, 16})
    one_of(
        entry,
        entry[3] not in entry.get(14, {}) and (5 in entry) == (entry[4] > 1) and len(full[2]) == len(entry.get(15, [])),
    )
    for pair, commitment in zip(full[2], entry.get(15, []), strict=True):
        shown = None if pair is None else row(octets(16), blob(MOST))(pair)
        one_of(shown, shown is None or sha256(b"openline/item/1\0", *shown) == commitment)
    signed = structure("openline/entry/1", full[0])
    items = [None if pair is None else pair[1] for pair in full[2]]
    return entry | {"id": sha256(signed), "signed": signed, "items": items, "signature": PROOF(full[1])}


def read_body(entry: dict[Any, Any]) -> Any:
    """kinds.md: what a verifier reads of the body, None where it is withheld or of no concern."""
    kind, items = entry[9], entry["items"]
    needed = items[:1] if kind == CERTIFICATE else items
    if None in needed or kind not in {*BODY_MAX, MESSAGE, CORRECTION, CERTIFICATE}:
        return None
    if kind == CERTIFICATE:
        return read_certificate(entry)
    one_of(items, len(items) == 1)
    if kind == KEYS:
        return listed(blob(BODY_MAX[kind]), 1, 1024)(decode(items[0], BODY_MAX[kind]))
    if kind in BODY_MAX:
        return blob(BODY_MAX[kind])(decode(items[0], BODY_MAX[kind] + 8))
    said = fields(decode(items[0], (256 << 10) + 64), SAID, {3, 4})
    return one_of(said[2] if kind == MESSAGE else None, (3 in said) == (4 in said))


LINK = {1: whole(1, 5), 2: whole(1), 3: whole(1), 4: listed(ID, 1, 64)}
CERTIFIED = {1: ID, 2: lambda value: fields(value, LINK, {2, 3, 4}), 3: whole(1), 4: ID}
CERTIFIED |= {5: listed(lambda value: tuple(fields(value, {1: whole(1), 2: ID}, set()).values()), 1, 64)}


def read_certificate(entry: dict[Any, Any]) -> tuple[bytes, int, dict[int, Any]] | None:
    """certificate.md, Bodies: the counterpart, how much of its feed is held, and all that is said."""
    try:
        said = fields(decode(entry["items"][0], 256 << 10), CERTIFIED, {3, 4, 5})
        beyond = [number for number, _ in said.get(5, [])]
        one_of(said, (3 in said) == (4 in said) and said[1] != entry[3] and beyond == sorted(set(beyond)))
        one_of(said, len(entry["items"]) == 2 and (not beyond or beyond[0] > said.get(3, 0) + 1))
    except Wrong:
        return None
    return said[1], said.get(3, 0), said


LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
TRANSLATED: dict[int, Callable[[Any], Any]] = {
    1: listed(lambda value: value if type(value) is int and 0 <= value <= MOST else text(64)(value), 1, 13),
    2: text(64),
    3: whole(1, 2),
}
SPOKEN = {1: text(128 << 10), 2: text(4096)}


def read_translation(entry: dict[Any, Any]) -> dict[str, Any] | None:
    """translation.md: what an entry attaches or withdraws, None if nothing that can be read."""
    kind, items, refers = entry[9], entry["items"], entry.get(13, [])
    try:
        if kind == TRANSLATION_WITHDRAWN:
            fits = 16 in entry and len(refers) == len(items) == 1
            said = one_of(fits, fits) and (items[0] is None or fields(decode(items[0], 256 << 10), SPOKEN, {1, 2}))
            return {"back": one_of(refers[0], said is True or all(said.values()))}
        one_of(kind, kind == TRANSLATION and 16 in entry and 1 <= len(refers) <= 2 and len(items) == 2)
        body = fields(decode(one_of(items[0], items[0] is not None), 256 << 10), TRANSLATED, set())
        one_of(body, type(body[1][0]) is int and LANGUAGE.fullmatch(body[2]) is not None)
        words = fields(decode(items[1], 256 << 10), SPOKEN, set()) if items[1] is not None else {}
        one_of(words, all(each.strip() for each in words.values()))
    except Wrong:
        return None
    about = {"of": refers[0], "instead": refers[1] if len(refers) > 1 else None, "back": None}
    return about | {"language": body[2], "machine": body[3] == 2, "made_by": words.get(2)}


def check_act(entry: dict[Any, Any], card: Card) -> list[tuple[bytes, int]]:
    """acts.md: the passkeys that signed, and what they counted."""
    number, draft, role, time, signed, *drafted = entry[16]
    told = [("openline/act/1", number, role, time, signed), *(("openline/drafted/1", *by) for by in drafted)]
    check(not drafted or drafted[0][0] != number, "bad-act", "drafted and released by one")
    said = {1: entry[2], 2: entry[7], 3: entry[11], 4: entry[12], 5: entry[9], 6: sha256(*entry.get(15, [])), 7: draft}
    said |= {11: entry.get(13, [])} | ({10: entry[10]} if 10 in entry else {})
    counted = []
    for context, number, role, time, signed in told:
        officer = card.officers[number - 1] if 0 < number <= len(card.officers) else None
        check(officer and (not role or role in officer["roles"]), "bad-act", "an officer or a role not on the card")
        message, keys = structure(context, encode(said | {8: role, 9: time})), (officer or {})["passkeys"]
        if type(signed) is list:
            good = next((public for public, rp in keys if signed_by(public, rp, signed, message)), None)
            counted += [(good, int.from_bytes(signed[0][33:]))] if good and any(signed[0][33:]) else []
        else:
            good = holds((officer or {})["public"], signed, message)
        check(good, "bad-act", "an act that its officer did not sign")
    return counted


# checkpoint.md

LINE = re.compile(r"— ([!-*,-~]{1,255}) ([A-Za-z0-9+/]+={0,2})")
NOTE = re.compile(r"([!-*,-~]{1,255})\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]+={0,2})\n\n")


def unbase64(said: str) -> bytes:
    data = base64.b64decode(said + "=" * (-len(said) % 4))
    check(base64.b64encode(data).decode() == said, "bad-encoding", "base64 in another than its one form")
    return data


def signature_of(lines: list[str], key_name: str, kind: int, publics: list[bytes]) -> tuple[bytes, bytes] | None:
    """The signature under one of these keys, the newest first; both it and the key."""
    found: dict[tuple[str, bytes], bytes] = {}
    for line in lines:
        match = LINE.fullmatch(line)
        held = unbase64(match[2]) if match else b""
        check(match, "bad-encoding", "a line of a note that is no signature")
        one_of(found, match is not None and len(held) > 4 and (match[1], held[:4]) not in found)
        found[match[1] if match else "", held[:4]] = held[4:]
    chosen = [(sha256(key_name.encode(), b"\n", bytes([kind]), public)[:4], public) for public in reversed(publics)]
    return next(((found[key_name, key], public) for key, public in chosen if (key_name, key) in found), None)


def check_note(entry: dict[Any, Any], feed: Feed, tree: Tree | None) -> tuple[Any, ...]:
    """(text, size, relied on, time) of a checkpoint whose signatures hold."""
    try:
        said = entry["body"].decode()
    except UnicodeDecodeError:
        raise Wrong("bad-encoding", "a note that is not UTF-8") from None
    match, lines = NOTE.match(said), said.split("\n")[4:-1]
    check(match and said.endswith("\n") and lines, "bad-encoding", "not a note")
    check(len(lines) <= 128, "too-large", "a note with too many signatures")
    origin, size, root = match.groups() if match else ("", "", "")
    one_of(root, len(unbase64(root)) == 32 and int(size) <= MOST)
    post = f"openline/{feed.card.post.hex()}"
    short = signature_of(lines, origin, 1, list(feed.card.feed))
    long = signature_of(lines, post, 6, list(feed.card.others[4]))
    right = origin == f"openline/{feed.line.hex()}/{feed.card.post.hex()}" and int(size) == entry[4] - 1
    right = right and (tree is None or tree_root(tree) == unbase64(root))
    check(right, "bad-checkpoint", "not the tree of the entries before it")
    plain = said[: said.index("\n\n") + 1].encode()
    check(short and holds(short[1], short[0], plain), "bad-signature", "a checkpoint that its author did not sign")
    stamp, where = (long or (b"", b""))[0][:8], origin.encode()
    message = b"subtree/v1\n\0" + bytes([len(post)]) + post.encode() + stamp + bytes([len(where)]) + where
    message += bytes(8) + int(size).to_bytes(8) + unbase64(root)
    timed = len(stamp) == 8 and 0 < int.from_bytes(stamp) <= MOST
    check(timed and long and holds(long[1], long[0][8:], message), "bad-signature", "no post-quantum signature")
    relied = tree is not None and long is not None and not feed.card.others[4][long[1]]
    return plain, int(size), relied, int.from_bytes(stamp) * 1000


Tree = tuple[int, list[bytes]]


def grow(tree: Tree | None, leaf: bytes) -> Tree | None:
    if tree is None:
        return None
    size, nodes, node = tree[0], list(tree[1]), leaf
    while size & 1:
        node, size = sha256(b"\1", nodes.pop(), node), size >> 1
    return tree[0] + 1, [*nodes, node]


def tree_root(tree: Tree) -> bytes:
    return functools.reduce(lambda right, left: sha256(b"\1", left, right), reversed(tree[1])) if tree[1] else sha256()


# verify.md, one feed


class Feed:
    """One author's entries in order: what they say, as far as it counts."""

    def __init__(self, line: bytes, card: Card, found: Any, branched: dict[bytes, int], span: Any = None) -> None:
        self.span = span
        self.line, self.card, self.found, self.post = line, card, found, card.post
        self.branched = branched
        self.ids: dict[int, list[bytes]] = {}
        self.claims: dict[bytes, list[tuple[int, int, bytes]]] = {}
        self.beyond: dict[bytes, list[tuple[int, int, bytes]]] = {}
        self.doubtful: dict[bytes, dict[Any, Any]] = {}
        self.trees: dict[bytes, Any] = {}
        self.bodies: list[dict[Any, Any]] = []
        self.translated: list[tuple[dict[Any, Any], dict[str, Any]]] = []
        self.terms: dict[int, dict[Any, Any]] = {}
        self.spoken: dict[int, dict[Any, Any]] = {}
        self.by_one: dict[tuple[int, int], dict[Any, Any]] = {}
        self.drafts: set[bytes] = set()
        self.counted: set[tuple[bytes, int]] = set()
        self.serials: dict[int, int] = {}
        self.tips: dict[bytes, Tree | None] = {ZEROS: (0, [])}
        self.number, self.version, self.forks, self.holes = 0, 0, list[Any](), list[tuple[int, int]]()
        self.open, self.exact = False, True
        self.vouched = {last.get(line) for last in card.feed.values() if last is not None}

    def group(self, entries: list[dict[Any, Any]]) -> None:
        """verify.md, Holes and forks: all entries of one number."""
        number, before = entries[0][4], self.tips
        hole, named = number != self.number + 1, self.card.branches.get(self.line, {}).get(number)
        if hole:
            self.holes.append((self.number + 1, number - 1))
            self.exact, before = False, {}
        if self.span and number == self.span[0] > 1:
            known = list(before) or [each.get(5, ZEROS) for each in entries]
            hole, before = False, dict.fromkeys(known, (number - 1, list(self.span[2])))
        doubtful = [each for each in entries if number > self.good(each)]
        self.doubtful |= {each["id"]: each for each in doubtful}
        live = [each for each in entries if each not in doubtful] or entries
        vouched = [each for each in entries if (number, each["id"]) in self.vouched]
        if named is not None:
            live = [each for each in entries if each["id"] == named]
            self.forks, self.open = ([], False) if live else (self.forks, self.open)
        elif len(vouched) == 1:
            live, self.forks, self.open = vouched, [], False
        self.number, self.tips, self.ids[number] = number, {}, [each["id"] for each in live]
        self.ids[number] += [each["id"] for each in entries if each not in live]
        if len(live) > 1:
            self.forks.append(live[0])
            self.open = True
        for each in live:
            tree = before.get(each.get(5, ZEROS))
            if not hole and named is None and each.get(5, ZEROS) not in before:
                self.forks.append(each)
                self.open = True
            if not self.open:
                self.count(each, tree)
            self.tips[each["id"]] = grow(tree, sha256(b"\0", each["signed"]))
        self.exact = self.exact and not self.open

    def good(self, entry: dict[Any, Any]) -> int:
        last = self.card.feed[entry["key"]]
        return MOST if last is None else last.get(self.line, (0, ZEROS))[0]

    def count(self, entry: dict[Any, Any], tree: Tree | None) -> None:
        """verify.md, What an entry says."""
        kind, place = entry[9], (self.post, entry[4], entry["id"])
        acted = 16 not in entry or self.count_act(entry, place)
        try:
            entry["body"] = read_body(entry)
        except Wrong as error:
            entry["body"] = None
            if acted:
                self.found("bad-body", *place, str(error))
        self.claim(entry, place)
        if entry[7] < self.version:
            self.found("bad-terms", *place, "back to older terms")
        self.version = entry[7]
        self.terms.setdefault(self.version, entry)
        if kind >= MESSAGE:
            self.spoken.setdefault(self.version, entry)
        self.translate(entry, acted)
        if by_one(entry):
            self.by_one.setdefault((self.version, kind), entry)
        if kind == MESSAGE:
            expected = self.serials.get(entry[11], 0) + 1
            serial = expected if entry["body"] is None else entry["body"]
            if serial < expected or (serial > expected and self.exact):
                self.found("bad-serial", *place, f"{serial} where {expected} belongs")
            self.serials[entry[11]] = max(serial, expected)
        elif kind == CERTIFICATE and entry["body"] is not None:
            claims = self.claims.get(entry["body"][0], [])
            if claims and claims[-1][1] > entry["body"][1]:
                self.found("understated", *place, "less than signed before")
        elif kind == CHECKPOINT and entry["body"] is not None:
            self.found.holds(lambda: self.trees.update({entry["id"]: check_note(entry, self, tree)}), *place)
        elif kind in BODY_MAX and entry["body"] is not None:
            self.bodies.append(entry)

    def translate(self, entry: dict[Any, Any], acted: bool) -> None:
        """What it attaches or withdraws, if its act holds."""
        said = read_translation(entry) if acted and entry[9] in (TRANSLATION, TRANSLATION_WITHDRAWN) else None
        if said:
            self.translated.append((entry, said))

    def count_act(self, entry: dict[Any, Any], place: tuple[bytes, int, bytes]) -> Any:
        """Whether its act holds; a draft id and a count of a passkey are used once."""
        acted = self.found.holds(lambda: check_act(entry, self.card), *place)
        if entry[16][1] in self.drafts:
            self.found("draft-reused", *place)
        self.drafts.add(entry[16][1])
        for counted in acted if type(acted) is list else []:
            if counted in self.counted:
                self.found("counter-reused", *place)
            self.counted.add(counted)
        return acted

    def claim(self, entry: dict[Any, Any], place: tuple[bytes, int, bytes]) -> None:
        """What an entry says that its author holds of others."""
        for post, held in entry.get(14, {}).items():
            claims = self.claims.setdefault(post, [])
            while claims and claims[-1][1] > held[0] >= self.branched.get(post, MOST):
                claims.pop()
            if claims and held[0] < claims[-1][1]:
                self.found("have-decreased", *place)
                continue
            claims.append((entry[4], held[0], held[1]))
            self.beyond.setdefault(post, []).extend((entry[4], number, each) for number, each in sum(held[2:], []))

    def missing(self) -> list[tuple[int, int]]:
        """Numbers that should be shown: of a certificate (certificate.md, The file), those of its range alone."""
        if self.span is None:
            return self.holes
        holes = [*self.holes, (self.number + 1, self.span[1])]
        clipped = [(max(first, self.span[0]), min(last, self.span[1])) for first, last in holes]
        return [(first, last) for first, last in clipped if first <= last]

    def finish(self) -> None:
        """The feed is at its end."""
        for first, last in self.missing():
            self.found("hole", self.post, first, None, f"up to {last}")
        for entry in self.forks:
            self.found("forked-feed", self.post, entry[4], entry["id"])


# terms.md


def rules(value: Any) -> bytes:
    return bytes(one_of(value, type(value) is bytes and 0 < len(value) <= 32 << 10))


MEMBER = row(ID, YES)
LINE_TERMS = {1: whole(), 2: name, 3: whole(1, 65535), 4: ID, 5: listed(MEMBER, 0, 64), 6: TIME, 7: octets(16)}
LINE_TERMS |= {8: listed(whole(0, 3), 1, 4), 9: rules}


def read_terms(payload: bytes) -> dict[Any, Any]:
    raw = decode(payload, 64 << 10)
    one_of(raw, type(raw) is dict and raw.keys() <= LINE_TERMS.keys())
    check(whole()(raw.get(1)) == 1, "unknown-version", "terms of an unknown format")
    terms: dict[Any, Any] = fields(raw, LINE_TERMS, {4, 9})
    one_of(terms, (4 in terms) == (terms[3] > 1) and terms[8] == sorted(set(terms[8])))
    posts, kept = [post for post, _ in terms[5]], [post for post, active in terms[5] if active]
    one_of(terms, len(set(posts)) == len(posts) and len(kept) > 1 and (terms[3] > 1 or posts == kept))
    return terms | {"payload": payload, "kept": kept, "posts": posts, "signers": set()}


# rules.md, Two persons

ONE_IS_ENOUGH = {17, 18, 19, 20, 22, 23, 33, 35, 36, 37, 53, *range(56, 61), 73, *range(77, 82), *range(84, 89)}
ONE_IS_ENOUGH |= {105, 113, 123}


def by_one(entry: dict[Any, Any]) -> bool:
    """Whether a second person is lacking, if the rules name its kind."""
    kind, act = entry[9], entry.get(16)
    if kind < MESSAGE or kind in ONE_IS_ENOUGH or (act and (len(act) == 6 or entry[12] == 3)):
        return False
    if kind in (72, 74):
        try:
            form = decode(entry["items"][0] or b"", MOST)[1][1]
        except (Wrong, LookupError, TypeError):
            return False
        return type(form) is str and form not in ("", "accident")
    return kind != MESSAGE or 10 not in entry


def two_persons(terms: dict[Any, Any]) -> list[int]:
    """Kinds that the rules name; rules that cannot be read name none."""
    try:
        return listed(whole(MESSAGE, 65535), 1, 32)(decode(terms.get(9, b""), 32 << 10)[8])
    except (Wrong, LookupError, TypeError):
        return []


def follows(new: dict[Any, Any], old: dict[Any, Any]) -> bool:
    linked = new.get(4) == sha256(b"openline/terms/1\0", old["payload"]) and new[3] == old[3] + 1
    pairs = zip(new[5], old[5], strict=False)
    grows = len(new[5]) >= len(old[5]) and all(n[0] == o[0] and (o[1] or not n[1]) for n, o in pairs)
    grows = grows and all(active for _, active in new[5][len(old[5]) :])
    grows = grows and len(set(new["kept"]) & set(old["kept"])) > 1
    return bool(linked and grows and new[2] == old[2] and new[7] == old[7])


def check_terms(line: bytes, feeds: list[Feed], found: Any) -> tuple[list[dict[Any, Any]], set[bytes]]:
    """verify.md, Terms: the versions in force, and every post that ever was to be a member."""
    versions = read_versions(line, feeds, found)
    chain: list[dict[Any, Any]] = []
    ready = [terms for terms in versions if terms[3] == 1]
    waiting = [terms for terms in versions if terms[3] > 1]
    while len(ready) == 1:
        chain += ready
        fitting = [terms for terms in waiting if follows(terms, chain[-1])]
        waiting = [terms for terms in waiting if terms not in fitting]
        must = set(chain[-1]["kept"])
        ready = [terms for terms in fitting if terms["signers"] >= must & set(terms["kept"])]
    for terms in waiting + ready:
        found("bad-terms", *terms["place"], "that do not follow from those in force")
    if not chain:
        found("bad-terms", None, None, None, "the founding terms are not shown")
    joined = {post for terms in chain for post in terms["signers"]}
    for feed in feeds:
        check_use(feed, chain, joined, found)
    return chain, {post for terms in versions for post in terms["posts"]}


def read_versions(line: bytes, feeds: list[Feed], found: Any) -> list[dict[Any, Any]]:
    versions: dict[bytes, dict[Any, Any]] = {}
    signed: dict[tuple[bytes, Any], bytes] = {}
    for feed in feeds:
        for entry in (each for each in feed.bodies if each[9] == TERMS):
            place, payload = (feed.post, entry[4], entry["id"]), entry["body"]
            terms = found.holds(functools.partial(read_terms, payload), *place)
            if terms and (terms[3] == 1) != (sha256(b"openline/line/1\0", payload) == line):
                found("bad-terms", *place, "of another line")
            elif terms:
                versions.setdefault(payload, terms | {"place": place})["signers"].add(feed.post)
                if signed.setdefault((feed.post, terms.get(4)), payload) != payload:
                    found("forked-terms", *place)
    return list(versions.values())


def check_use(feed: Feed, chain: list[dict[Any, Any]], joined: set[bytes], found: Any) -> None:
    for version, entry in sorted(feed.terms.items()):
        if version <= len(chain) and feed.post not in chain[version - 1]["kept"]:
            found("not-a-member", feed.post, entry[4], entry["id"])
    for (version, kind), entry in sorted(feed.by_one.items()):
        if version <= len(chain) and kind in two_persons(chain[version - 1]):
            found("one-person", feed.post, entry[4], entry["id"], "by one alone, where the rules ask for two")
    for version, entry in sorted(feed.spoken.items()):
        if version > len(chain):
            found("bad-terms", feed.post, entry[4], entry["id"], "under terms that are not in force")
    if feed.spoken and feed.post not in joined:
        entry = min(feed.spoken.values(), key=lambda each: int(each[4]))
        found("not-a-member", feed.post, entry[4], entry["id"], "signed no terms")


# verify.md, What only the whole record shows


def check_claims(feeds: dict[bytes, Feed], members: set[bytes], found: Any) -> None:
    for author in feeds.values():
        for post, claims in sorted(author.claims.items()):
            if post not in members and claims:
                found("not-a-member", author.post, claims[0][0], author.ids[claims[0][0]][0], "in a have-vector")
            shown = feeds[post].ids if post in feeds else {}
            for at, number, entry in claims + author.beyond.get(post, []):
                if number in shown and entry not in shown[number] and number <= author.branched.get(post, MOST):
                    found("bad-have", author.post, at, author.ids[at][0], f"another entry {number}")


def check_revoked(feed: Feed, feeds: dict[bytes, Feed], found: Any) -> list[tuple[bytes, int]]:
    """verify.md, Revoked keys: the entries that are disowned by their author and still proved."""
    for public in reversed(feed.card.feed):
        number, last = (feed.card.feed[public] or {}).get(feed.line, (0, ZEROS))
        if number in feed.ids and last not in feed.ids[number]:
            found("key-revoked", feed.post, number, feed.ids[number][0], "another last good entry")
    told = read_told(feed, found)
    held: set[bytes] = set()
    for member in feeds.values() if feed.doubtful else ():
        claims = member.claims.get(feed.post, []) + member.beyond.get(feed.post, [])
        had = {}
        for public, number in told.items():
            knew = [at for at, upto, each in claims if upto >= number and each not in feed.doubtful]
            had[public] = min(knew, default=MOST)
        for at, _, each in claims:
            while each in feed.doubtful and at < had.get(feed.doubtful[each]["key"], MOST):
                held.add(each)
                each = feed.doubtful[each].get(5, ZEROS)
    for entry in feed.doubtful.values():
        if entry["id"] not in held:
            found("key-revoked", feed.post, entry[4], entry["id"], "held by nobody in time")
    return [(feed.post, entry[4]) for entry in feed.doubtful.values() if entry["id"] in held]


def read_told(feed: Feed, found: Any) -> dict[bytes, int]:
    """For each revoked feed key, the number of the entry of its own feed that says so first."""
    told: dict[bytes, int] = {}
    for entry in (each for each in feed.bodies if each[9] == KEYS):
        for data in entry["body"]:
            statement = found.holds(
                lambda data=data: check_statement(data, feed.card), feed.post, entry[4], entry["id"]
            )
            for code, public, *_ in statement[6] if statement else []:
                if code == 10:
                    told.setdefault(public, entry[4])
    return told


def check_statement(data: bytes, card: Card) -> dict[int, Any]:
    """A key statement in the feed is one of the card's."""
    payload, _, said = read_statement(data)
    one_of(said, said[2] == card.post)
    check(said[3] <= len(card.ids), "too-far-ahead", "the card shown hides newer keys")
    same = sha256(structure("openline/statement/1", payload)) == card.ids[said[3] - 1]
    check(same, "card-forked", "the card shown has another statement in its place")
    return said


def forked(one: Card, other: Card) -> bool:
    return any(a != b for a, b in zip(one.ids, other.ids, strict=False))


def check_cosignatures(feeds: dict[bytes, Feed], found: Any) -> dict[bytes, int]:
    """checkpoint.md: for each feed, the largest size that another member cosigned."""
    trees = {entry: (feed, tree) for feed in feeds.values() for entry, tree in feed.trees.items()}
    sizes: dict[bytes, int] = {}
    for member in feeds.values():
        for entry in (each for each in member.bodies if each[9] == COSIGN and each.get(13, [None])[0] in trees):
            owner, (plain, size, relied, _) = trees[entry[13][0]]
            place = (member.post, entry[4], entry["id"])
            if owner is member:
                found("bad-checkpoint", *place, "its own feed")
                continue
            public = found.holds(functools.partial(cosigning_key, entry["body"], member, plain), *place)
            if public and relied and not member.card.others[5][public]:
                sizes[owner.post] = max(size, sizes.get(owner.post, 0))
    return sizes


def cosigning_key(body: bytes, member: Feed, plain: bytes) -> bytes:
    """The key under which a member's cosignature holds."""
    line = body.decode(errors="replace").removesuffix("\n")
    signature, public = signature_of([line], f"openline/{member.post.hex()}", 4, list(member.card.others[5])) or (
        b"",
        b"",
    )
    time = int.from_bytes(signature[:8])
    message = b"cosignature/v1\ntime %d\n" % time + plain
    good = public and 0 < time <= MOST and holds(public, signature[8:], message)
    check(good, "bad-signature", "a cosignature that does not hold")
    return public


# translation.md


def check_translations(feeds: dict[bytes, Feed]) -> list[dict[str, Any]]:
    """Every translation that was attached, and what became of it."""
    places = {each: (post, number) for post, feed in feeds.items() for number, ids in feed.ids.items() for each in ids}
    told = [(feed, *each) for feed in feeds.values() for each in feed.translated]
    given = {entry["id"]: (feed, entry, said) for feed, entry, said in told if not said["back"]}
    gone, against, found = set[bytes](), dict[bytes, set[bytes]](), list[dict[str, Any]]()
    for feed, entry, said in told:
        of = given.get(said["back"])
        gone |= {said["back"]} if of and of[0] is feed and of[1][11] == entry[11] else set()
    for feed, entry, said in given.values():
        of = given.get(said["instead"])
        if of and entry["id"] not in gone and of[2]["of"] == said["of"] and of[1][11] == entry[11]:
            against.setdefault(said["instead"], set()).add(feed.post)
    for feed, entry, said in given.values():
        post, number = places.get(said["of"], (None, None))
        others = sorted(each.hex() for each in against.get(entry["id"], set()) - {feed.post})
        place = {"feed": feed.post.hex(), "number": entry[4], "entry": entry["id"].hex(), "of": said["of"].hex()}
        about: dict[str, Any] = {"of_feed": post and post.hex(), "of_number": number, "withdrawn": entry["id"] in gone}
        about |= {"replaced": feed.post in against.get(entry["id"], set()), "disputed": others}
        found.append(place | about | {name: said[name] for name in ("language", "machine", "made_by")})
    return found


# bundle.md


class Faults:
    """What is wrong; `file` holds what is wrong with the file itself, and comes first."""

    def __init__(self) -> None:
        self.file: list[dict[str, Any]] = []
        self.all: list[dict[str, Any]] = []

    def __call__(self, code: str, feed: Any = None, number: Any = None, entry: Any = None, said: str = "") -> None:
        place = {"feed": feed and feed.hex(), "number": number, "entry": entry and entry.hex()}
        self.all.append({"code": code, **place, "said": said})

    def holds(self, rule: Callable[[], Any], *place: Any) -> Any:
        """What the rule returns, or True; a fault and False if it is broken."""
        try:
            return rule() or True
        except Wrong as error:
            feed, number, entry = place
            self(error.code, feed, number, entry, str(error))
            return False


def pieces(file: BinaryIO, found: Any) -> Iterator[tuple[int, bytes, bytes]]:
    """(kind, content, SHA-256 of all before) of each piece, as far as they can be read."""
    digest, before, total = hashlib.sha256(), -1, 0
    try:
        while start := file.read(2):
            check(len(start) == 2, "cut-bundle", "cut short")
            check(start[0] == 0x82 and start[1] in PIECE_MAX, "bad-encoding", "not a piece of a bundle")
            kind = start[1]
            one_of(kind, before != 9 and (before < 0) == (kind == 0) and kind >= before)
            first = file.read(1)
            check(first, "cut-bundle", "cut short")
            low = first[0] & 31
            check(first[0] >> 5 == 2 and low < 27, "bad-encoding", "not a byte string")
            size = 1 << low - 24 if low > 23 else 0
            more = file.read(size)
            check(len(more) == size, "cut-bundle", "cut short")
            length = int.from_bytes(more) if size else low
            check(not size or length >= (24 if size == 1 else 1 << 4 * size), "bad-encoding", "not the shortest form")
            total += 3 + size + length
            check(length <= PIECE_MAX[kind] and total <= 4 << 30, "too-large", "a piece or a bundle above its maximum")
            content = file.read(length)
            check(len(content) == length, "cut-bundle", "cut short")
            yield kind, content, digest.digest() if kind == 9 else b""
            digest.update(start + first + more + content)
            before = kind
        check(before == 9, "cut-bundle", "ends before its seal")
    except Wrong as error:
        found.file.append({"code": error.code, "feed": None, "number": None, "entry": None, "said": str(error)})


class Bundle:
    """A bundle as it is read; `given` are the cards that the reader trusts."""

    SEAL = "openline/bundle/1"

    def __init__(self, file: BinaryIO, given: dict[bytes, Card]) -> None:
        self.found, self.given = Faults(), given
        self.line, self.exporter, self.at, self.rule = b"", b"", 0, ""
        self.cards: dict[bytes, Card] = {}
        self.feeds: dict[bytes, Feed] = {}
        self.counts: dict[bytes, list[int]] = {}
        self.last_card, self.place, self.strangers = b"", (b"", 0, b""), set[bytes]()
        self.waiting: list[dict[Any, Any]] = []
        self.chain: list[dict[Any, Any]] = []
        self.disowned: list[tuple[bytes, int]] = []
        self.cosigned: dict[bytes, int] = {}
        seal = None
        for kind, content, digest in pieces(file, self.found):
            if kind == 0 and not self.in_file(functools.partial(self.take_heading, content)):
                return
            if kind == 1:
                self.take_card(content)
            elif kind == 2:
                self.take_entry(content)
            elif kind == 9:
                seal = content, digest
        if self.line:
            self.finish(seal)

    def in_file(self, rule: Callable[[], Any]) -> bool:
        try:
            rule()
        except Wrong as error:
            self.found.file.append(
                {"code": error.code, "feed": None, "number": None, "entry": None, "said": str(error)}
            )
            return False
        return True

    def take_heading(self, content: bytes) -> None:
        value = decode(content, 1024)
        one_of(value, type(value) is list and len(value) > 0 and type(value[0]) is str)
        check(value[0] == "openline/bundle/1", "unknown-version", "not a bundle of a known version")
        _, self.line, self.exporter, self.at, self.rule = row(text(64), ID, ID, TIME, text(512))(value)

    def take_card(self, content: bytes) -> None:
        try:
            card = Card(content)
        except Wrong as error:
            self.found(error.code, None, None, None, f"a card that is none: {error}")
            return
        if card.post <= self.last_card or len(self.cards) == 64:
            self.found("bad-order", card.post, None, None, "a card too many or out of order")
            return
        self.last_card, known = card.post, self.given.get(card.post, card)
        if forked(card, known):
            self.found("card-forked", card.post, None, None, "the card contradicts the one given")
            card = known
        self.cards[card.post] = max(card, known, key=lambda each: len(each.ids))

    def take_entry(self, content: bytes) -> None:
        try:
            entry = read_entry(content)
        except Wrong as error:
            self.found(error.code, None, None, None, f"after entry {self.place[1]} of {self.place[0].hex()}: {error}")
            return
        post, place = entry[3], (entry[3], entry[4], entry["id"])
        card = self.cards.get(post)
        entry["key"] = card and card.feed_key(entry["signature"], entry["signed"])
        code = "other-line" if entry[2] != self.line else "bad-signature" if card else "no-card"
        if not entry["key"] or code == "other-line":
            if code != "no-card" or post not in self.strangers:
                self.found(code, *place)
            self.strangers |= {post} if code == "no-card" else set()
        elif place <= self.place:
            self.found("bad-order", *place)
        else:
            if self.waiting and place[:2] != self.place[:2]:
                self.close_group()
            if post not in self.feeds and card:
                self.close_feed()
                named = {
                    each: min(one.branches[self.line]) for each, one in self.cards.items() if self.line in one.branches
                }
                self.feeds[post] = Feed(self.line, card, self.found, named, self.span(post))
                self.feeds[post].exact = self.span(post) is None
                self.counts[post] = [0, 0, 0, 0]
            self.place = place
            self.waiting.append(entry)
            count = self.counts[post]
            hidden = entry["items"].count(None)
            count[:] = count[0] + 1, entry[6], count[2] + len(entry["items"]) - hidden, count[3] + hidden

    def span(self, post: bytes) -> Any:
        """The range that a certificate states of a feed, None where all of it is to be shown."""
        return None

    def close_group(self) -> None:
        if self.waiting:
            self.feeds[self.waiting[0][3]].group(self.waiting)
            self.waiting = []

    def close_feed(self) -> None:
        self.close_group()
        if self.place[0] in self.feeds:
            self.feeds[self.place[0]].finish()

    def finish(self, seal: tuple[bytes, bytes] | None) -> None:
        """verify.md, in this order: terms, cards, claims, revoked keys, cosignatures, seal."""
        self.close_feed()
        self.chain, members = check_terms(self.line, list(self.feeds.values()), self.found)
        for post in sorted(self.cards.keys() - members):
            self.found("not-a-member", post, None, None, "a card of no member")
        check_claims(self.feeds, members, self.found)
        for feed in self.feeds.values():
            self.disowned += check_revoked(feed, self.feeds, self.found)
        self.cosigned = check_cosignatures(self.feeds, self.found)
        if seal is not None:
            self.in_file(lambda: self.check_seal(*seal, members))

    def check_seal(self, content: bytes, digest: bytes, members: set[bytes]) -> None:
        said, signature = row(ID, PROOF)(decode(content, 128))
        self.in_file(lambda: check(said == digest, "changed-bundle", "changed after it was exported"))
        exported = self.exporter in members
        self.in_file(lambda: check(exported, "not-a-member", "exported by no member of the line"))
        card = self.cards.get(self.exporter)
        check(card, "no-card", "no card of the exporter")
        key = card.feed_key(signature, structure(self.SEAL, said)) if card else None
        check(card and key, "bad-signature", "not sealed by its exporter")
        check(card and key and card.feed[key] is None, "key-revoked", "sealed under a revoked key")

    def report(self) -> dict[str, Any]:
        """What was found, as JSON has it."""
        faults = self.found.file + self.found.all
        owners = [
            {"post": post.hex(), "name": card.name, "digits": card.digits(), "known": post in self.given}
            for post, card in self.cards.items()
        ]
        known = bool(owners) and all(owner["known"] for owner in owners)
        feeds = []
        for post, (entries, time, shown, withheld) in self.counts.items():
            covered = max((tree[1] for tree in self.feeds[post].trees.values() if tree[2]), default=0)
            feeds.append(
                {"post": post.hex(), "entries": entries, "last": self.feeds[post].number, "time": time}
                | {"shown": shown, "withheld": withheld, "covered": covered, "cosigned": self.cosigned.get(post, 0)}
            )
        disowned = [{"feed": post.hex(), "number": number} for post, number in self.disowned]
        translations = check_translations(self.feeds)
        verdict = {"ok": known and not faults, "proved": not faults, "known": known}
        about = {"line": self.line.hex(), "name": self.chain[-1][2] if self.chain else "", "terms": len(self.chain)}
        about |= {"exporter": self.exporter.hex(), "exported_at": self.at, "rule": self.rule}
        return (
            verdict
            | about
            | {"owners": owners, "faults": faults, "feeds": feeds, "disowned": disowned}
            | {"translations": translations}
        )


def say(report: dict[str, Any]) -> None:
    names = {owner["post"]: f"“{owner['name']}”" for owner in report["owners"]}
    for owner in sorted(report["owners"], key=lambda each: bool(each["known"])):
        print(f"{'Known' if owner['known'] else 'NOT KNOWN'}: the keys of “{owner['name']}”, {owner['digits']}")
    for fault in report["faults"][:100]:
        where = names.get(fault["feed"], "") + (f" entry {fault['number']}" if fault["number"] else "")
        print(f"Wrong: {fault['code']} {where} {fault['said']}")
    for feed in report["feeds"]:
        print(f"{names[feed['post']]}: {feed['entries']} entries up to {feed['last']}; checkpoints cover", end=" ")
        print(f"{feed['covered']}, cosigned {feed['cosigned']}; {feed['shown']} items, {feed['withheld']} withheld")
    for each in report["disowned"]:
        print(f"Entry {each['number']} of {names[each['feed']]}: disowned by its author, held by others: still proved")
    for each in report["translations"][:100]:
        who, whose = names[each["feed"]], names.get(each["of_feed"] or "", "its author")
        maker = f"{'a machine' if each['machine'] else 'a person'}, “{each['made_by'] or 'withheld'}”"
        print(
            f"Entry {each['number']} of {who}: a translation ({each['language']}), made by {maker}, of entry", end=" "
        )
        print(f"{each['of_number'] or 'not shown'} of {whose}, and not the word of {whose}", end="")
        print("; withdrawn" if each["withdrawn"] else "; replaced" if each["replaced"] else "", end="")
        print("; disputed by " + " and ".join(names[post] for post in each["disputed"]) if each["disputed"] else "")
    print("PROVED" if report["ok"] else "NOT PROVED: wrong" if report["faults"] else "NOT PROVED: keys not known")


def main() -> int:
    """Verify one bundle."""
    parser = argparse.ArgumentParser(description="Verify an Openline bundle, with nothing of Openline.")
    parser.add_argument("file", type=argparse.FileType("rb"))
    parser.add_argument("--card", type=argparse.FileType("rb"), action="append", default=[])
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    try:
        cards = [Card(card.read((4 << 20) + 1)) for card in given.card]
    except Wrong as error:
        print(f"A card given is no card: {error.code}: {error}", file=sys.stderr)
        return 2
    report = Bundle(given.file, {card.post: card for card in cards}).report()
    if given.json:
        print(json.dumps(report, indent=2))
    else:
        say(report)
    return 0 if report["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
