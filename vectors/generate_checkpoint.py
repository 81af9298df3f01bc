"""Writes vectors/checkpoint/*.json: good and bad notes and signatures of spec/checkpoint.md, one way of being wrong each.

Made from the C2SP pages with the bare primitives, without the package.  Everything is the same at each run but the
ML-DSA-44 signature, which is randomised: the one in signatures.json is kept as long as it holds.

    notes.json        does the note parse; one that does is also the only encoding of what it says
    signatures.json   does one signature line hold over a checkpoint, under a named key, for a key name
    expect            "accept", or the code of the error

Run: .venv/bin/python vectors/generate_checkpoint.py
"""

import json
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

FOLDER = Path(__file__).resolve().parent / "checkpoint"


def seed(what):
    return sha256(b"openline vector: " + what.encode()).digest()


LINE, ALPHA, BRAVO = (seed(what).hex() for what in ("line", "post Alpha", "post Bravo"))
ORIGIN = f"openline/{LINE}/{ALPHA}"
ALPHA_NAME, BRAVO_NAME = f"openline/{ALPHA}", f"openline/{BRAVO}"
SIZE, ROOT = 1000, seed("root")
TIME = 1_794_000_000

FEED, COSIGN, OTHER = (
    Ed25519PrivateKey.from_private_bytes(seed(what)) for what in ("feed key", "cosigning key", "other key")
)
CHECKPOINT_KEY = MLDSA44PrivateKey.from_seed_bytes(seed("checkpoint key"))
PUBLIC = {
    name: key.public_key().public_bytes_raw()
    for name, key in {"feed": FEED, "cosigning": COSIGN, "other": OTHER, "checkpoint": CHECKPOINT_KEY}.items()
}


def base64(data):
    return b64encode(data).decode()


def text(origin=ORIGIN, size=SIZE, root=ROOT):
    return f"{origin}\n{size}\n{base64(root)}\n"


def key_id(name, kind, public):
    return sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def line(name, chosen, signature):
    return f"\u2014 {name} {base64(chosen + signature)}"


def stamped(signature, time=TIME):
    return time.to_bytes(8, "big") + signature


def author_line(signed=None, key=FEED, name=ORIGIN, kind=1):
    public = key.public_key().public_bytes_raw()
    return line(name, key_id(name, kind, public), key.sign((signed or text()).encode()))


def cosign_line(signed=None, key=COSIGN, name=BRAVO_NAME, time=TIME, said=None, kind=4):
    public = key.public_key().public_bytes_raw()
    message = f"cosignature/v1\ntime {time}\n" + (signed or text())
    return line(name, key_id(name, kind, public), stamped(key.sign(message.encode()), time if said is None else said))


def mldsa_message():
    name, log = ALPHA_NAME.encode(), ORIGIN.encode()
    parts = [b"subtree/v1\n\0", bytes([len(name)]), name, TIME.to_bytes(8, "big"), bytes([len(log)]), log]
    return b"".join([*parts, bytes(8), SIZE.to_bytes(8, "big"), ROOT])


def mldsa_kept():
    """The signature in signatures.json if it holds, else a new one."""
    file = FOLDER / "signatures.json"
    if file.exists():
        good = next(case for case in json.loads(file.read_text())["cases"] if case["key"] == "checkpoint")
        kept = b64decode(good["line"].split(" ")[2])[12:]
        try:
            CHECKPOINT_KEY.public_key().verify(kept, mldsa_message())
        except InvalidSignature:
            return CHECKPOINT_KEY.sign(mldsa_message())
        return kept
    return CHECKPOINT_KEY.sign(mldsa_message())


def mldsa_line(signature, time=TIME, name=ALPHA_NAME, kind=6):
    return line(name, key_id(name, kind, PUBLIC["checkpoint"]), stamped(signature, time))


def flipped(data, at=0):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def good_notes(mldsa):
    both = [author_line(), mldsa_line(mldsa)]
    empty = text(size=0, root=sha256(b"").digest())
    largest = text(size=2**63 - 1)
    return [
        ("the author's two signatures", text(), both),
        ("cosigned by a member", text(), [*both, cosign_line()]),
        ("cosigned, without the author's signatures", text(), [cosign_line()]),
        ("empty tree", empty, [author_line(empty)]),
        ("largest size", largest, [author_line(largest)]),
        ("a signature of unknown type, one byte long", text(), [line("example.com/other", b"\0\1\2\3", b"\xff")]),
        ("two keys under one name", text(), [cosign_line(), cosign_line(key=OTHER)]),
        ("128 signatures", text(), many(128)),
        ("key name of 255 characters", text(), [line("k" * 255, b"\0\1\2\3", b"\xff")]),
    ]


def many(count):
    return [line(f"example.com/{number}", b"\0\1\2\3", b"\xff") for number in range(count)]


def bad_texts():
    """(name, code, text): the signature below each is right for the text."""
    root = base64(ROOT)
    return [
        ("origin empty", "bad-field", f"\n{SIZE}\n{root}\n"),
        ("origin with a space", "bad-field", text(origin="openline/a b")),
        ("origin with a plus", "bad-field", text(origin="openline/a+b")),
        ("origin with a tab", "bad-field", text(origin="openline/a\tb")),
        ("origin with a letter outside ASCII", "bad-field", text(origin="openline/\u00e9")),
        ("origin of 256 characters", "bad-field", text(origin="o" * 256)),
        ("size with a leading zero", "bad-encoding", text(size="01000")),
        ("size with a plus", "bad-encoding", text(size="+1000")),
        ("size negative", "bad-encoding", text(size="-1")),
        ("size empty", "bad-encoding", text(size="")),
        ("size with a space after it", "bad-encoding", text(size="1000 ")),
        ("size with an underscore", "bad-encoding", text(size="1_000")),
        ("size in Arabic-Indic digits", "bad-encoding", text(size="\u0661\u0660\u0660\u0660")),
        ("size in hexadecimal", "bad-encoding", text(size="0x3e8")),
        ("size 2^63", "bad-field", text(size=2**63)),
        ("size of 5,000 digits", "bad-field", text(size="9" * 5000)),
        ("root of 31 bytes", "bad-field", text(root=ROOT[:31])),
        ("root of 33 bytes", "bad-field", text(root=ROOT + b"\0")),
        ("root empty", "bad-field", text(root=b"")),
        ("root without padding", "bad-encoding", f"{ORIGIN}\n{SIZE}\n{root.rstrip('=')}\n"),
        ("root with bits set in its padding", "bad-encoding", f"{ORIGIN}\n{SIZE}\n{bits_in_padding(root)}\n"),
        ("root in the URL alphabet", "bad-encoding", f"{ORIGIN}\n{SIZE}\n{base64(bytes([255]) * 32).replace('/', '_')}\n"),
        ("root with a space inside", "bad-encoding", f"{ORIGIN}\n{SIZE}\n{root[:8]} {root[8:]}\n"),
        ("root in hexadecimal", "bad-field", f"{ORIGIN}\n{SIZE}\n{ROOT.hex()}\n"),
        ("root missing", "bad-encoding", f"{ORIGIN}\n{SIZE}\n"),
        ("an extension line", "bad-encoding", text() + "more\n"),
        ("an empty line inside the text", "bad-encoding", f"{ORIGIN}\n\n{SIZE}\n{root}\n"),
    ]


def bits_in_padding(encoded):
    """32 bytes end in one character of four bits, two zero bits, and `=`: set the last of them."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return encoded[:-2] + alphabet[alphabet.index(encoded[-2]) | 1] + "="


def bad_lines():
    """(name, code, signature lines below a good text)."""
    good = author_line()
    blob = good.split(" ")[2]
    return [
        ("hyphen instead of em dash", "bad-encoding", ["-" + good[1:]]),
        ("en dash instead of em dash", "bad-encoding", ["\u2013" + good[1:]]),
        ("no space after the em dash", "bad-encoding", [good.replace("\u2014 ", "\u2014")]),
        ("two spaces after the em dash", "bad-encoding", [good.replace("\u2014 ", "\u2014  ")]),
        ("no key name", "bad-encoding", [f"\u2014 {blob}"]),
        ("key name with a plus", "bad-field", [f"\u2014 openline/a+b {blob}"]),
        ("key name with a no-break space", "bad-field", [f"\u2014 openline/a\u00a0b {blob}"]),
        ("key name of 256 characters", "bad-field", [f"\u2014 {'k' * 256} {blob}"]),
        ("a space at the end", "bad-encoding", [good + " "]),
        ("base64 without padding", "bad-encoding", [line("k", b"\0\1\2\3", b"\xff").rstrip("=")]),
        ("base64 with bits set in its padding", "bad-encoding", [bits_in_padding(line("k", b"\0\1\2\3", b"\xff"))]),
        ("base64 empty", "bad-field", [f"\u2014 {ORIGIN} "]),
        ("key id alone", "bad-field", [line(ORIGIN, b"\0\1\2\3", b"")]),
        ("key id of 3 bytes", "bad-field", [line(ORIGIN, b"\0\1\2", b"")]),
        ("an empty line between signatures", "bad-encoding", [good, "", cosign_line()]),
        ("an empty line at the end", "bad-encoding", [good, ""]),
        ("the same line twice", "bad-field", [good, good]),
        ("two signatures under one key name and key id, one of them bad", "bad-field",
         [good, author_line(text(size=1))]),
        ("129 signatures", "too-large", many(129)),
        ("no signature", "bad-field", []),
    ]


def note(signed, lines):
    return (signed + "\n" + "".join(f"{each}\n" for each in lines)).encode()


def notes(mldsa):
    good = note(text(), [author_line()])
    whole = [
        ("nothing", b""),
        ("one newline", b"\n"),
        ("the text alone", text().encode()),
        ("no newline at the end", good[:-1]),
        ("no empty line after the text", good.replace(b"\n\n", b"\n")),
        ("two empty lines after the text", good.replace(b"\n\n", b"\n\n\n")),
        ("CRLF line ends", good.replace(b"\n", b"\r\n")),
        ("a byte order mark", b"\xef\xbb\xbf" + good),
        ("not UTF-8", good.replace(b"\xe2\x80\x94", b"\xe2\x80")),
        ("Latin-1", good.decode().replace("\u2014", "\u00e9").encode("latin-1")),
    ]
    codes = {"a byte order mark": "bad-field", "CRLF line ends": "bad-encoding"}
    return [
        *((said, "accept", note(signed, lines)) for said, signed, lines in good_notes(mldsa)),
        *((said, code, note(signed, [author_line(signed)])) for said, code, signed in bad_texts()),
        *((said, code, note(text(), lines)) for said, code, lines in bad_lines()),
        *((said, codes.get(said, "bad-encoding"), data) for said, data in whole),
    ]


def shown(data):
    """A note as text where it is text, else as hex."""
    try:
        return {"note": data.decode()}
    except UnicodeDecodeError:
        return {"note_hex": data.hex()}


def signatures(mldsa):
    """(name, expect, type, key, key name, line, changes to the checkpoint)."""
    bad = "bad-signature"
    author, member = author_line(), cosign_line()
    short = b64decode(author.split(" ")[2])[:-1]
    return [
        ("good author's signature", "accept", "author", "feed", ORIGIN, author, {}),
        ("another key", bad, "author", "other", ORIGIN, author, {}),
        ("another key with the key id of the right one", bad, "author", "feed", ORIGIN,
         line(ORIGIN, key_id(ORIGIN, 1, PUBLIC["feed"]), OTHER.sign(text().encode())), {}),
        ("key id changed", bad, "author", "feed", ORIGIN,
         line(ORIGIN, flipped(key_id(ORIGIN, 1, PUBLIC["feed"])), FEED.sign(text().encode())), {}),
        ("key id of a cosignature", bad, "author", "feed", ORIGIN, author_line(kind=4), {}),
        ("key name of another feed", bad, "author", "feed", ORIGIN, author_line(name=f"openline/{LINE}/{BRAVO}"), {}),
        ("key name of another feed with the key id of the right one", bad, "author", "feed", ORIGIN,
         line(f"openline/{LINE}/{BRAVO}", key_id(ORIGIN, 1, PUBLIC["feed"]), FEED.sign(text().encode())), {}),
        ("signature of 63 bytes", bad, "author", "feed", ORIGIN, line(ORIGIN, short[:4], short[4:]), {}),
        ("signature without the last newline of the text", bad, "author", "feed", ORIGIN, author_line(text()[:-1]), {}),
        ("size one more", bad, "author", "feed", ORIGIN, author, {"size": SIZE + 1}),
        ("another root", bad, "author", "feed", ORIGIN, author, {"root": flipped(ROOT).hex()}),
        ("good member's cosignature", "accept", "ed25519-cosignature", "cosigning", BRAVO_NAME, member, {}),
        ("member's key is another", bad, "ed25519-cosignature", "other", BRAVO_NAME, member, {}),
        ("member's name is another", bad, "ed25519-cosignature", "cosigning", ALPHA_NAME, member, {}),
        ("time is not the one signed", bad, "ed25519-cosignature", "cosigning", BRAVO_NAME,
         cosign_line(said=TIME + 1), {}),
        ("time 0", bad, "ed25519-cosignature", "cosigning", BRAVO_NAME, cosign_line(time=0), {}),
        ("time 2^63", bad, "ed25519-cosignature", "cosigning", BRAVO_NAME, cosign_line(time=2**63), {}),
        ("no time before the signature", bad, "ed25519-cosignature", "cosigning", BRAVO_NAME,
         line(BRAVO_NAME, key_id(BRAVO_NAME, 4, PUBLIC["cosigning"]), COSIGN.sign(text().encode())), {}),
        ("time alone", bad, "ed25519-cosignature", "cosigning", BRAVO_NAME,
         line(BRAVO_NAME, key_id(BRAVO_NAME, 4, PUBLIC["cosigning"]), stamped(b"")), {}),
        ("plain note signature in the place of a cosignature", bad, "ed25519-cosignature", "cosigning", BRAVO_NAME,
         line(BRAVO_NAME, key_id(BRAVO_NAME, 4, PUBLIC["cosigning"]), stamped(COSIGN.sign(text().encode()))), {}),
        ("cosignature of a smaller tree", bad, "ed25519-cosignature", "cosigning", BRAVO_NAME,
         cosign_line(text(size=SIZE - 1)), {}),
        ("good post-quantum signature", "accept", "mldsa44-cosignature", "checkpoint", ALPHA_NAME, mldsa_line(mldsa), {}),
        ("post-quantum: one bit changed", bad, "mldsa44-cosignature", "checkpoint", ALPHA_NAME,
         mldsa_line(flipped(mldsa, 1000)), {}),
        ("post-quantum: one byte short", bad, "mldsa44-cosignature", "checkpoint", ALPHA_NAME, mldsa_line(mldsa[:-1]), {}),
        ("post-quantum: time is not the one signed", bad, "mldsa44-cosignature", "checkpoint", ALPHA_NAME,
         mldsa_line(mldsa, TIME + 1), {}),
        ("post-quantum: name is not the one signed", bad, "mldsa44-cosignature", "checkpoint", BRAVO_NAME,
         mldsa_line(mldsa, name=BRAVO_NAME), {}),
        ("post-quantum: key id of another type", bad, "mldsa44-cosignature", "checkpoint", ALPHA_NAME,
         mldsa_line(mldsa, kind=4), {}),
        ("post-quantum: size one more", bad, "mldsa44-cosignature", "checkpoint", ALPHA_NAME, mldsa_line(mldsa),
         {"size": SIZE + 1}),
        ("post-quantum: another root", bad, "mldsa44-cosignature", "checkpoint", ALPHA_NAME, mldsa_line(mldsa),
         {"root": flipped(ROOT).hex()}),
    ]


def write(file, more, cases):
    document = {"made_by": "vectors/generate_checkpoint.py", "spec": "spec/checkpoint.md"} | more | {"cases": cases}
    (FOLDER / file).write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main():
    FOLDER.mkdir(exist_ok=True)
    mldsa = mldsa_kept()
    write("notes.json", {}, [{"name": said, "expect": expect} | shown(data) for said, expect, data in notes(mldsa)])
    checkpoint = {"origin": ORIGIN, "size": SIZE, "root": ROOT.hex()}
    keys = {name: public.hex() for name, public in PUBLIC.items()}
    fields = ("name", "expect", "type", "key", "key_name", "line")
    cases = [
        dict(zip(fields, values, strict=True)) | {"checkpoint": checkpoint | changes}
        for *values, changes in signatures(mldsa)
    ]
    write("signatures.json", {"time_s": TIME, "mldsa_message": mldsa_message().hex(), "keys": keys}, cases)


if __name__ == "__main__":
    main()
