"""Writes vectors/act/acts.json: acts by keys of a post and by passkeys, and each way of being wrong (spec/acts.md).

    officers  those of the author's card, from 1: public key, holding, roles, and passkeys as [public, RP id]

and of each case

    header    the header of an entry
    expect    "ok", or the code of the error
    signed    for a good act: who signed, and whether the key was the post's or a device's; the drafter second

The bytes are made here from the spec, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_act.py
"""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from plain_cbor import cbor, seed, write

LINE, AUTHOR, BEFORE, ID = (seed(name) for name in ("line", "author", "entry before", "some entry"))
DRAFT = seed("draft")[:16]
AT = 1_798_718_400_000
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
COMMITMENTS = [seed("one commitment"), seed("another")]

ANN, BO = (Ed25519PrivateKey.from_private_bytes(seed(name)) for name in ("ann", "bo"))
PHONE, STRANGER = (derive_private_key(int.from_bytes(seed(name)) >> 1, SECP256R1()) for name in ("phone", "stranger"))
STICK = Ed25519PrivateKey.from_private_bytes(seed("stick"))


def public(key):
    if isinstance(key, Ed25519PrivateKey):
        return key.public_key().public_bytes_raw()
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)


OFFICERS = [
    {
        "public": public(ANN).hex(),
        "holding": "post",
        "roles": ["duty officer"],
        "passkeys": [[public(PHONE).hex(), "localhost"], [public(STICK).hex(), "desk.north.example"]],
    },
    {"public": public(BO).hex(), "holding": "post", "roles": ["releaser"], "passkeys": []},
]


def header(**more):
    """The map of an entry without its act."""
    fields = {1: 1, 2: LINE, 3: AUTHOR, 4: 2, 5: BEFORE, 6: AT, 7: 1, 8: 1, 9: 16, 10: ID, 11: 1, 12: 3}
    return fields | {13: [ID], 15: COMMITMENTS} | {int(name[1:]): value for name, value in more.items()}


def message(role="duty officer", time=AT - 1000, context=b"openline/act/1", entry=None):
    """What is signed."""
    fields = header() if entry is None else entry
    said = {1: fields[2], 2: fields[7], 3: fields[11], 4: fields[12], 5: fields[9], 6: sha256(b"".join(fields[15])).digest()}
    said |= {7: DRAFT, 8: role, 9: time, 10: fields[10], 11: fields[13]}
    return cbor(["Signature1", b"\xa1\x01\x27", context, cbor(said)])


def b64(data):
    return urlsafe_b64encode(data).rstrip(b"=")


def assertion(key=PHONE, about=None, rp=b"localhost", flags=5, counter=7, origin=b"http://localhost:8080", upper=False,
              kind=b"webauthn.get", rest=b',"crossOrigin":false', mangle=lambda client: client):
    about = message() if about is None else about
    data = sha256(rp).digest() + bytes([flags]) + counter.to_bytes(4, "big")
    client = b'{"type":"' + kind + b'","challenge":"' + b64(sha256(about).digest()) + b'","origin":"' + origin + b'"' + rest + b"}"
    client = mangle(client)
    signed = data + sha256(client).digest()
    if isinstance(key, Ed25519PrivateKey):
        return [data, client, key.sign(signed)]
    r, s = decode_dss_signature(key.sign(signed, ECDSA(SHA256(), deterministic_signing=True)))
    s = max(s, ORDER - s) if upper else min(s, ORDER - s)
    return [data, client, r.to_bytes(32, "big") + s.to_bytes(32, "big")]


def act(signature, *drafted, officer=1, role="duty officer", time=AT - 1000):
    return [officer, DRAFT, role, time, signature, *drafted]


AWAY = {"rp": b"desk.north.example", "origin": b"https://desk.north.example"}
RELEASED = message("releaser", AT - 500)
BY_BO = {"officer": 2, "role": "releaser", "time": AT - 500}
DRAFTED = [1, "duty officer", AT - 1000, ANN.sign(message(context=b"openline/drafted/1"))]
BY_PHONE = [1, "duty officer", AT - 1000, assertion(about=message(context=b"openline/drafted/1"))]
GREASE = b',"crossOrigin":false,"other_keys_can_be_added_here":"do not compare clientDataJSON against a template."'

GOOD = {
    "by a key of the post": (act(ANN.sign(message())), [[1, "post"]]),
    "in no role": (act(ANN.sign(message("")), role=""), [[1, "post"]]),
    "by a passkey of ES256": (act(assertion()), [[1, "device"]]),
    "by a passkey of Ed25519": (act(assertion(STICK, **AWAY)), [[1, "device"]]),
    "by a passkey that does not count": (act(assertion(counter=0)), [[1, "device"]]),
    "by a passkey that is backed up": (act(assertion(flags=0x1D)), [[1, "device"]]),
    "by a passkey at a port of https": (act(assertion(STICK, rp=AWAY["rp"], origin=AWAY["origin"] + b":8443")), [[1, "device"]]),
    "client data without crossOrigin": (act(assertion(rest=b"")), [[1, "device"]]),
    "client data with more": (act(assertion(rest=GREASE)), [[1, "device"]]),
    "client data of 1,024 bytes": (
        act(assertion(rest=b',"crossOrigin":false,"a":"' + b"a" * 883 + b'"')),
        [[1, "device"]],
    ),
    "drafted by one and released by another": (act(BO.sign(RELEASED), DRAFTED, **BY_BO), [[2, "post"], [1, "post"]]),
    "drafted by a passkey": (act(BO.sign(RELEASED), BY_PHONE, **BY_BO), [[2, "post"], [1, "device"]]),
}

SIGNED = assertion()


def cut(at, size):
    """The assertion with one part cut."""
    return [part[:-size] if each == at else part for each, part in enumerate(assertion())]


BAD_SIGNATURE = {
    "by another officer's key": act(BO.sign(message())),
    "passkey about another act": act(assertion(about=message(time=AT))),
    "passkey about the bytes of the act and not their hash": act(
        assertion(mangle=lambda client: client.replace(b64(sha256(message()).digest()), b64(message())[:43]))
    ),
    "passkey at another origin": act(assertion(origin=b"https://evil.example")),
    "passkey at a name under the RP id": act(assertion(origin=b"http://evil.localhost:8080")),
    "passkey over http elsewhere": act(assertion(STICK, rp=AWAY["rp"], origin=b"http://desk.north.example")),
    "passkey for another RP id": act(assertion(rp=b"evil.example", origin=b"https://evil.example")),
    "passkey with the hash of another RP id": act(assertion(rp=b"evil.example")),
    "passkey of the other RP id of the officer": act(assertion(PHONE, **AWAY)),
    "user not present": act(assertion(flags=4)),
    "user not verified": act(assertion(flags=1)),
    "backed up and not eligible": act(assertion(flags=0x15)),
    "reserved flag": act(assertion(flags=0x07)),
    "extensions flagged": act(assertion(flags=0x85)),
    "credential flagged": act(assertion(flags=0x45)),
    "made at a registration": act(assertion(kind=b"webauthn.create")),
    "in a frame of another origin": act(assertion(rest=b',"crossOrigin":true')),
    "a name twice in the client data": act(assertion(rest=b',"crossOrigin":false,"origin":"https://evil.example"')),
    "a name escaped in the client data": act(assertion(rest=b',"crossOrigin":false,"\\u006frigin":"x"')),
    "challenge with padding": act(assertion(mangle=lambda client: client.replace(b'","origin', b'=","origin'))),
    "space in the client data": act(assertion(mangle=lambda client: client.replace(b",", b", "))),
    "another order in the client data": act(
        assertion(mangle=lambda client: b'{"origin":"http://localhost:8080",' + client[1:])
    ),
    "client data cut": act(assertion(mangle=lambda client: client[:-1])),
    "client data empty": act(assertion(mangle=lambda client: b"")),
    "a byte after the client data": act(assertion(mangle=lambda client: client + b"\n")),
    "upper s": act(assertion(upper=True)),
    "by a stranger's passkey": act(assertion(STRANGER)),
    "by a passkey of Ed25519 in the place of ES256": act(assertion(STICK)),
    "counter changed after it was signed": act([SIGNED[0][:-1] + b"\x08", *SIGNED[1:]]),
    "client data changed after it was signed": act([SIGNED[0], SIGNED[1].replace(b":8080", b":8081"), SIGNED[2]]),
    "signature of zeros": act([*SIGNED[:2], bytes(64)]),
    "drafter's signature as an act": act(ANN.sign(message(context=b"openline/drafted/1"))),
    "an act as a drafter's signature": act(BO.sign(RELEASED), [*DRAFTED[:3], ANN.sign(message())], **BY_BO),
    "drafter of another time": act(BO.sign(RELEASED), [1, "duty officer", AT, DRAFTED[3]], **BY_BO),
    "released by one who did not sign": act(ANN.sign(RELEASED), DRAFTED, **BY_BO),
    "passkey of another officer": act(assertion(about=RELEASED), **BY_BO),
}

BAD_FIELD = {
    "officer 0": act(ANN.sign(message()), officer=0),
    "officer who is not on the card": act(ANN.sign(message()), officer=3),
    "role of another": act(ANN.sign(message("releaser")), role="releaser"),
    "drafted and released by one": act(ANN.sign(message()), DRAFTED),
    "drafter who is not on the card": act(BO.sign(RELEASED), [3, *DRAFTED[1:]], **BY_BO),
    "drafter in the role of another": act(BO.sign(RELEASED), [1, "releaser", *DRAFTED[2:]], **BY_BO),
    "drafted by three fields": act(BO.sign(RELEASED), DRAFTED[:3], **BY_BO),
    "drafted null": act(BO.sign(RELEASED), None, **BY_BO),
    "act of seven": act(BO.sign(RELEASED), DRAFTED, DRAFTED, **BY_BO),
    "act of four": act(ANN.sign(message()))[:4],
    "signature of 63 bytes": act(ANN.sign(message())[:63]),
    "assertion of two": act(SIGNED[:2]),
    "assertion of four": act([*SIGNED, b""]),
    "authenticator data of 36 bytes": act(cut(0, 1)),
    "authenticator data with extensions": act([SIGNED[0] + b"\xa0", *SIGNED[1:]]),
    "signature of an assertion of 63 bytes": act(cut(2, 1)),
    "signature of an assertion in DER": act([*SIGNED[:2], b"\x30\x44" + SIGNED[2]]),
    "client data of 1,025 bytes": act(assertion(rest=b',"crossOrigin":false,"a":"' + b"a" * 884 + b'"')),
    "client data as text": act([SIGNED[0], SIGNED[1].decode(), SIGNED[2]]),
}


def case(name, expect, made, **more):
    return {"name": name, "expect": expect, "header": cbor(header(f16=made)).hex()} | more


def files():
    """What to write."""
    cases = [case(name, "ok", made, signed=signed) for name, (made, signed) in GOOD.items()]
    cases += [case(name, "bad-signature", made) for name, made in BAD_SIGNATURE.items()]
    cases += [case(name, "bad-field", made) for name, made in BAD_FIELD.items()]
    moved = header(f13=[BEFORE], f16=act(assertion()))
    cases.append(case("passkey's act moved to another entry", "bad-signature", None) | {"header": cbor(moved).hex()})
    return {"act/acts.json": {"officers": OFFICERS, "cases": cases}}


if __name__ == "__main__":
    write(files())
