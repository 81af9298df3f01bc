"""Writes vectors/entry/entries.json: entries that hold, and each way of being wrong, one at a time (spec/entry.md).

    full      the full form
    public    the author's Ed25519 feed key
    expect    "ok", or the code of the error
    id, leaf  for a good entry: its id, and its leaf hash in the feed's tree

The bytes are made here from the spec, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_entry.py
"""

from hashlib import sha256
from hmac import digest

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from plain_cbor import Raw, cbor, seed, write

KEY = Ed25519PrivateKey.from_private_bytes(seed("feed key"))
PUBLIC = KEY.public_key().public_bytes_raw()
LINE, AUTHOR, OTHER, THIRD = (seed(name) for name in ("line", "author", "other member", "third member"))
OTHER, THIRD = sorted((OTHER, THIRD))
BEFORE, ID = seed("entry before"), seed("some entry")
AT = 1_798_718_400_000
SALT_KEY = seed("salt key")
ACT = [3, seed("draft")[:16], "duty officer", AT - 1000, bytes(range(64))]


def sig_structure(payload, context=b"openline/entry/1"):
    return cbor(["Signature1", b"\xa1\x01\x27", context, payload])


def salt(at, start=(2).to_bytes(8, "big")):
    return digest(SALT_KEY, start + bytes([at]), "sha256")[:16]


def commitment(salted, item):
    return sha256(b"openline/item/1\x00" + salted + item).digest()


def header(**more):
    """The map of a plain entry 2; f5=... puts another value under key 5, and del5=True takes it out."""
    fields = {1: 1, 2: LINE, 3: AUTHOR, 4: 2, 5: BEFORE, 6: AT, 7: 1, 8: 1, 9: 16, 11: 0, 12: 0}
    for name, value in more.items():
        if name.startswith("del"):
            del fields[int(name[3:])]
        else:
            fields[int(name[1:])] = value
    return fields


def full(payload, items=(), context=b"openline/entry/1", signature=None):
    payload = payload if isinstance(payload, bytes) else cbor(payload)
    signed = KEY.sign(sig_structure(payload, context)) if signature is None else signature
    return cbor([payload, signed, list(items)])


def said(*items, start=(2).to_bytes(8, "big"), **more):
    """A header that commits to these items, and the items with their salts."""
    salted = [[salt(at, start), item] for at, item in enumerate(items)]
    return header(f15=[commitment(*pair) for pair in salted], **more), salted


MESSAGE = cbor({1: "Fire in sector 4.", 2: 1})
PLAIN, ITEMS = said(MESSAGE)
ACTED, ACTED_ITEMS = said(MESSAGE, start=ACT[1], f16=ACT)
BEYOND = [[9, ID], [11, ID], [12, BEFORE]]
ALL, ALL_ITEMS = said(
    MESSAGE, b"", start=ACT[1], f10=ID, f11=3, f12=3, f13=[ID, BEFORE], f14={OTHER: [7, ID, BEYOND], THIRD: [4, BEFORE]}, f16=ACT
)

GOOD = {
    "first entry, nothing optional": full(header(f4=1, f9=4, del5=True)),
    "second entry": full(header()),
    "message": full(PLAIN, ITEMS),
    "message withheld": full(PLAIN, [None]),
    "one item of two withheld": full(said(MESSAGE, b"")[0], [None, said(MESSAGE, b"")[1][1]]),
    "with an officer's act": full(ACTED, ACTED_ITEMS),
    "with every field": full(ALL, ALL_ITEMS),
    "holds nothing without a hole": full(header(f9=4, f14={OTHER: [0, bytes(32), [[2, ID]]]})),
    "holds of two feeds": full(header(f9=4, f14={OTHER: [1, ID], THIRD: [2, BEFORE]})),
    "most refers": full(header(f13=[ID] * 16)),
    "most items": full(*said(*[bytes([at]) for at in range(32)])),
    "most beyond": full(header(f14={OTHER: [1, ID, [[at, ID] for at in range(3, 67)]]})),
    "kind not known yet": full(header(f9=65_535)),
    "largest numbers": full(header(f4=(1 << 63) - 1, f6=(1 << 63) - 1, f7=(1 << 63) - 1, f8=(1 << 63) - 1)),
    "longest role": full(header(f16=[*ACT[:2], "\u00e9" * 32, *ACT[3:]])),
}

SIGNED = KEY.sign(sig_structure(cbor(PLAIN)))
FLIPPED = bytes([SIGNED[0] ^ 1]) + SIGNED[1:]
ENCODED = cbor(header())


def unsorted():
    """The header map with its first two fields exchanged."""
    fields = header()
    pairs = [cbor(key) + cbor(fields[key]) for key in sorted(fields)]
    return bytes([0xA0 + len(pairs)]) + pairs[1] + pairs[0] + b"".join(pairs[2:])


BAD = {
    "signature with a bit flipped": ("bad-signature", full(PLAIN, ITEMS, signature=FLIPPED)),
    "signature over another context": ("bad-signature", full(PLAIN, ITEMS, context=b"openline/act/1")),
    "signature of no context": ("bad-signature", full(PLAIN, ITEMS, context=b"")),
    "signature of another header": ("bad-signature", full(header(f6=AT + 1, f15=PLAIN[15]), ITEMS, signature=SIGNED)),
    "signature of 63 bytes": ("bad-field", full(PLAIN, ITEMS, signature=SIGNED[:63])),
    "previous in entry 1": ("bad-field", full(header(f4=1))),
    "no previous in entry 2": ("bad-field", full(header(del5=True))),
    "previous null": ("bad-field", full(header(f4=1, f5=None))),
    "exchange null": ("bad-field", full(header(f10=None))),
    "number 0": ("bad-field", full(header(f4=0, del5=True))),
    "number of 64 bits": ("bad-field", full(header(f4=1 << 63))),
    "number is true": ("bad-field", full(header(f4=True, del5=True))),
    "version 2": ("unknown-version", full(header(f1=2))),
    "version is true": ("bad-field", full(header(f1=True))),
    "no kind": ("bad-field", full(header(del9=True))),
    "kind 0": ("bad-field", full(header(f9=0))),
    "kind 65,536": ("bad-field", full(header(f9=65_536))),
    "terms 0": ("bad-field", full(header(f7=0))),
    "class 4": ("bad-field", full(header(f11=4))),
    "precedence 4": ("bad-field", full(header(f12=4))),
    "precedence false": ("bad-field", full(header(f12=False))),
    "line of 31 bytes": ("bad-field", full(header(f2=LINE[:31]))),
    "time before 1970": ("bad-field", full(header(f6=-1))),
    "time as a float": ("bad-encoding", full(header(f6=Raw(b"\xfb\x42\x7a\x2c\xd2\x9c\x80\x00\x00")))),
    "time as a tagged date": ("bad-encoding", full(header(f6=Raw(b"\xc1\x00")))),
    "time as a bignum": ("bad-encoding", full(header(f6=Raw(b"\xc2\x49\x01" + bytes(8))))),
    "time not in its shortest form": ("bad-encoding", full(header(f6=Raw(b"\x18\x05")))),
    "unknown field": ("bad-field", full(header(f17=0))),
    "refers empty": ("bad-field", full(header(f13=[]))),
    "refers null": ("bad-field", full(header(f13=None))),
    "refers 17": ("bad-field", full(header(f13=[ID] * 17))),
    "have empty": ("bad-field", full(header(f14={}))),
    "have of its own feed": ("bad-field", full(header(f14={AUTHOR: [1, ID]}))),
    "have of nothing with an id": ("bad-field", full(header(f14={OTHER: [0, ID]}))),
    "beyond empty": ("bad-field", full(header(f14={OTHER: [7, ID, []]}))),
    "beyond out of order": ("bad-field", full(header(f14={OTHER: [7, ID, [[11, ID], [9, ID]]]}))),
    "beyond twice": ("bad-field", full(header(f14={OTHER: [7, ID, [[9, BEFORE], [9, ID]]]}))),
    "beyond without a hole": ("bad-field", full(header(f14={OTHER: [7, ID, [[8, ID]]]}))),
    "beyond 65": ("bad-field", full(header(f14={OTHER: [1, ID, [[at, ID] for at in range(3, 68)]]}))),
    "items empty": ("bad-field", full(header(f15=[]))),
    "items 33": ("bad-field", full(*said(*[bytes([at]) for at in range(33)]))),
    "item that was not committed to": ("bad-field", full(PLAIN, [[ITEMS[0][0], MESSAGE + b"\x00"]])),
    "salt that was not committed to": ("bad-field", full(PLAIN, [[bytes(16), MESSAGE]])),
    "salt of 15 bytes": ("bad-field", full(PLAIN, [[bytes(15), MESSAGE]])),
    "item too many": ("bad-field", full(PLAIN, [*ITEMS, None])),
    "item too few": ("bad-field", full(PLAIN, [])),
    "act of six": ("bad-field", full(header(f16=[*ACT, 0]))),
    "act null": ("bad-field", full(header(f16=None))),
    "draft of 15 bytes": ("bad-field", full(header(f16=[ACT[0], ACT[1][:15], *ACT[2:]]))),
    "role of 66 bytes": ("bad-field", full(header(f16=[*ACT[:2], "\u00e9" * 33, *ACT[3:]]))),
    "header out of order": ("bad-encoding", full(unsorted())),
    "header with a trailing byte": ("bad-encoding", full(ENCODED + b"\x00")),
    "header cut": ("bad-encoding", full(ENCODED[:-1])),
    "header with a field twice": ("bad-encoding", full(b"\xac" + ENCODED[1:] + b"\x0c\x00")),
    "header of indefinite length": ("bad-encoding", full(b"\xbf" + ENCODED[1:] + b"\xff")),
    "header in a tag": ("bad-encoding", full(b"\xd8\x18" + ENCODED)),
    "header is a list": ("bad-field", full([1, 2])),
    "header above 16,384 bytes": (
        "too-large",
        full(header(f14={bytes([at]) * 32: [1, ID, [[n, ID] for n in range(3, 67)]] for at in range(8)})),
    ),
    "full form of four": ("bad-field", cbor([ENCODED, SIGNED, [], None])),
    "full form with a trailing byte": ("bad-encoding", full(PLAIN, ITEMS) + b"\x00"),
    "full form in a COSE tag": ("bad-encoding", b"\xd2" + full(PLAIN, ITEMS)),
    "full form empty": ("bad-encoding", b""),
}


def payload_of(form):
    """The header bytes of a full form made here."""
    assert form[0] == 0x83 and form[1] in (0x58, 0x59)
    width = form[1] - 0x57
    size = int.from_bytes(form[2 : 2 + width], "big")
    return form[2 + width : 2 + width + size]


def files():
    """What to write."""
    cases = []
    for name, form in GOOD.items():
        signed = sig_structure(payload_of(form))
        found = {"id": sha256(signed).hexdigest(), "leaf": sha256(b"\x00" + signed).hexdigest()}
        cases.append({"name": name, "expect": "ok", "public": PUBLIC.hex(), "full": form.hex(), **found})
    for name, (code, form) in BAD.items():
        cases.append({"name": name, "expect": code, "public": PUBLIC.hex(), "full": form.hex()})
    return {"entry/entries.json": cases}


if __name__ == "__main__":
    write(files())
