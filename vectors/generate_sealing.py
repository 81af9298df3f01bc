"""Writes vectors/sealing/*.json: an epoch's keys, what is sealed under them, and wraps of its secret (spec/sealing.md).

    epoch.json    from the secret to both keys, the commitment, the salts, and the pieces of entries in both sealed
                  forms; then pieces that do not open or rebuild, with `expect`
    wraps.json    the secret wrapped by HPKE for a key of a given seed; then wraps that do not open

Made from the spec and the bare primitives, without the package, and the same at each run but for HPKE, which is
randomised: wraps that still open are kept as they are.
Run: .venv/bin/python vectors/generate_sealing.py
"""

import json
from hashlib import sha256, shake_256
from hmac import digest

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from plain_cbor import FOLDER, cbor, seed, write

LINE, OTHER_LINE = seed("line"), seed("other line")
MEMBERS = [seed(f"member {at}") for at in range(3)]
AUTHOR, MEMBER = 1, 2
EPOCH, NUMBER = 5, 1234
BASE = 1_798_718_400_000
SECRET, SIGNER = seed("epoch secret"), Ed25519PrivateKey.from_private_bytes(seed("feed key"))
BEFORE, HELD = seed("entry before"), seed("entry of member 0")
SHORT, FULL = 1, 2


def derived(info):
    return HKDF(SHA256(), 32, None, info).derive(SECRET)


SEAL_KEY = derived(b"openline/seal/1\x00" + LINE + MEMBERS[AUTHOR] + EPOCH.to_bytes(8, "big"))
SALT_KEY = derived(b"openline/salt/1")
ITEM = cbor({1: "Fire in sector 4.", 2: 7})
SALT = digest(SALT_KEY, NUMBER.to_bytes(8, "big") + b"\x00", "sha256")[:16]
COMMITMENT = sha256(b"openline/item/1\x00" + SALT + ITEM).digest()
PAYLOAD = cbor(
    {
        1: 1, 2: LINE, 3: MEMBERS[AUTHOR], 4: NUMBER, 5: BEFORE, 6: BASE + 90_000, 7: 1, 8: EPOCH, 9: 16, 11: 0, 12: 3,
        14: {MEMBERS[0]: [40, HELD]}, 15: [COMMITMENT],
    }
)  # fmt: skip
SIGNATURE = SIGNER.sign(cbor(["Signature1", b"\xa1\x01\x27", b"openline/entry/1", PAYLOAD]))
FULL_FORM = cbor([PAYLOAD, SIGNATURE, [[SALT, ITEM]]])


def short(**more):
    """The short form: both ids left out, time from the epoch's; f5=... puts another value under key 5."""
    fields = {6: 90_000, 7: 1, 9: 16, 12: 3, 14: [[0, 40]], 15: [ITEM], 17: SIGNATURE}
    return cbor(fields | {int(name[1:]): value for name, value in more.items()})


def nonce(form, number=NUMBER, member=AUTHOR):
    return bytes([form]) + member.to_bytes(3, "big") + number.to_bytes(8, "big")


def aad(form, number=NUMBER, member=AUTHOR, epoch=EPOCH, line=LINE, sealer=AUTHOR):
    return cbor(["openline/piece/1", line, MEMBERS[sealer], member, number, epoch, form])


def piece(plain, form, at=None, under=None):
    return AESGCMSIV(SEAL_KEY).encrypt(at or nonce(form), plain, under or aad(form)).hex()


def flipped(sealed):
    return bytes([bytes.fromhex(sealed)[0] ^ 1]).hex() + sealed[2:]


def epoch():
    keys = {"seal_key": SEAL_KEY, "salt_key": SALT_KEY, "commitment": sha256(b"openline/epoch/1\x00" + SECRET).digest()}
    known = {"line": LINE, "secret": SECRET, "public": SIGNER.public_key().public_bytes_raw(), "before": BEFORE}
    given = {"members": [post.hex() for post in MEMBERS], "member": AUTHOR, "epoch": EPOCH, "base": BASE, "number": NUMBER}
    hexed = {name: value.hex() for name, value in (known | {"held": HELD} | keys | {"full": FULL_FORM}).items()}
    forms = [
        {"name": name, "form": form, "nonce": nonce(form).hex(), "aad": aad(form).hex(), "plain": plain.hex(), "sealed": piece(plain, form)}
        for name, form, plain in (
            ("short form", SHORT, short()),
            ("short form that names what could be left out", SHORT, short(f5=BEFORE, f14=[[0, 40, HELD]])),
            ("full form", FULL, FULL_FORM),
        )
    ]
    bad = {
        "a bit flipped": ("bad-seal", SHORT, flipped(piece(short(), SHORT))),
        "shorter than a tag": ("bad-seal", SHORT, "00" * 15),
        "sealed as full form": ("bad-seal", SHORT, piece(FULL_FORM, FULL)),
        "sealed for another number": ("bad-seal", SHORT, piece(short(), SHORT, nonce(SHORT, 5), aad(SHORT, 5))),
        "sealed for another member's entry": ("bad-seal", SHORT, piece(short(), SHORT, nonce(SHORT, member=0), aad(SHORT, member=0))),
        "sealed for another epoch": ("bad-seal", SHORT, piece(short(), SHORT, under=aad(SHORT, epoch=6))),
        "sealed for another line": ("bad-seal", SHORT, piece(short(), SHORT, under=aad(SHORT, line=OTHER_LINE))),
        "sealed by another": ("bad-seal", SHORT, piece(short(), SHORT, under=aad(SHORT, sealer=0))),
        "another nonce": ("bad-seal", SHORT, piece(short(), SHORT, nonce(FULL))),
        "names an entry not held": ("not-rebuilt", SHORT, piece(short(f14=[[0, 41]]), SHORT)),
        "names a member not known": ("not-rebuilt", SHORT, piece(short(f14=[[9, 40, HELD]]), SHORT)),
        "another text than was signed": ("bad-signature", SHORT, piece(short(f15=[ITEM[:-1] + b"\x08"]), SHORT)),
        "another time than was signed": ("bad-signature", SHORT, piece(short(f6=90_001), SHORT)),
        "another id before than was signed": ("bad-signature", SHORT, piece(short(f5=HELD), SHORT)),
        "class 0 said": ("bad-field", SHORT, piece(short(f11=0), SHORT)),
        "refers empty": ("bad-field", SHORT, piece(short(f13=[]), SHORT)),
        "a trailing byte": ("bad-encoding", SHORT, piece(short() + b"\x00", SHORT)),
    }  # fmt: skip
    wrong = [{"name": name, "expect": code, "form": form, "sealed": sealed} for name, (code, form, sealed) in bad.items()]
    return {**given, **hexed, "forms": forms, "bad": wrong}


SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
SEALING_SEED = seed("sealing key")
EXPANDED = shake_256(SEALING_SEED).digest(96)
MLKEM = MLKEM768PrivateKey.from_seed_bytes(EXPANDED[:64])
X25519 = X25519PrivateKey.from_private_bytes(EXPANDED[64:])
PRIVATE = MLKEM768X25519PrivateKey(MLKEM, X25519)
PUBLIC = MLKEM768X25519PublicKey(MLKEM.public_key(), X25519.public_key())


def info(line=LINE, author=MEMBERS[AUTHOR], epoch=EPOCH, member=MEMBERS[MEMBER], context="openline/wrap/1"):
    return cbor([context, line, author, epoch, member])


WRAPS = {
    "good": ("ok", info()),
    "for another line": ("bad-seal", info(line=OTHER_LINE)),
    "by another author": ("bad-seal", info(author=MEMBERS[0])),
    "for another epoch": ("bad-seal", info(epoch=6)),
    "for another member": ("bad-seal", info(member=MEMBERS[0])),
    "in another context": ("bad-seal", info(context="openline/parcel/1")),
}


def kept(name, before):
    """The wrap of the last run where it still holds, else a new one."""
    try:
        sealed = bytes.fromhex(before[name])
        if SUITE.decrypt(sealed, PRIVATE, WRAPS[name][1]) == SECRET:
            return sealed
    except (KeyError, InvalidTag, ValueError):
        pass
    return SUITE.encrypt(SECRET, PUBLIC, WRAPS[name][1])


def wraps():
    path = FOLDER / "sealing/wraps.json"
    before = {case["name"]: case["wrap"] for case in json.loads(path.read_text())["wraps"]} if path.exists() else {}
    cases = [{"name": name, "expect": code, "wrap": kept(name, before).hex()} for name, (code, _) in WRAPS.items()]
    good = bytes.fromhex(cases[0]["wrap"])
    cases.append({"name": "a bit flipped", "expect": "bad-seal", "wrap": (bytes([good[0] ^ 1]) + good[1:]).hex()})
    cases.append({"name": "cut", "expect": "bad-seal", "wrap": good[:-1].hex()})
    public = MLKEM.public_key().public_bytes_raw() + X25519.public_key().public_bytes_raw()
    given = {"line": LINE, "author": MEMBERS[AUTHOR], "member": MEMBERS[MEMBER], "info": info(), "secret": SECRET}
    hexed = {name: value.hex() for name, value in (given | {"seed": SEALING_SEED, "public": public}).items()}
    return {**hexed, "epoch": EPOCH, "wraps": cases}


def files():
    """What to write."""
    return {"sealing/epoch.json": epoch(), "sealing/wraps.json": wraps()}


if __name__ == "__main__":
    write(files())
