"""Writes vectors/terms/chains.json: chains of a line's terms, good and bad, one way of being wrong each (spec/terms.md).

    chain     the payloads, founding terms first; `+00*n` at the end of one stands for n zero bytes
    expect    "ok", or the code of the error: of the first payload that does not decode, else "bad-terms" where one
              does not follow from the one before
    line, hashes, must_sign    for a good chain: the line's id, each hash, and who must sign each version

The bytes are made here from the spec, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_terms.py
"""

from hashlib import sha256

from plain_cbor import cbor, hexed, seed, write

A, B, C, D = (seed(f"post {name}") for name in "ABCD")
NONCE = seed("nonce")[:16]
AT = 1_798_718_400_000


def terms(previous=None, **more):
    """A version after `previous`, or the first; f5=... puts another value under key 5, and del5=True takes it out."""
    fields = {1: 1, 2: "hot line", 3: 1, 5: [[A, True], [B, True], [C, True]], 6: AT, 7: NONCE, 8: [0, 1, 2, 3]}
    if previous is not None:
        fields |= {3: 2, 4: named(previous), 6: AT + 1}
    for name, value in more.items():
        if name.startswith("del"):
            del fields[int(name[3:])]
        else:
            fields[int(name[1:])] = value
    return cbor(fields)


def named(payload):
    return sha256(b"openline/terms/1\x00" + payload).digest()


def two(**more):
    """A chain whose second version has these fields."""
    return [FIRST, terms(FIRST, **more)]


FIRST = terms()
ADDED = terms(FIRST, f5=[[A, True], [B, True], [C, True], [D, True]])
REMOVED = terms(FIRST, f5=[[A, True], [B, True], [C, False]])

GOOD = {
    "founding terms": ([FIRST], [[A, B, C]]),
    "founding terms of two, for rehearsals": ([terms(f5=[[B, True], [A, True]], f8=[1, 2])], [[B, A]]),
    "a member is added": ([FIRST, ADDED], [[A, B, C], [A, B, C]]),
    "a member is removed": ([FIRST, REMOVED], [[A, B, C], [A, B]]),
    "one is removed and one added": (two(f5=[[A, True], [B, True], [C, False], [D, True]]), [[A, B, C], [A, B]]),
    "rules are agreed": (two(f9=b"rules"), [[A, B, C], [A, B, C]]),
    "classes change": (two(f8=[3]), [[A, B, C], [A, B, C]]),
    "three versions": (
        [FIRST, REMOVED, terms(REMOVED, f3=3, f5=[[A, True], [B, True], [C, False], [D, True]])],
        [[A, B, C], [A, B], [A, B]],
    ),
}

BAD = {
    "format 2": ("unknown-version", [terms(f1=2)]),
    "format true": ("bad-field", [terms(f1=True)]),
    "no name": ("bad-field", [terms(del2=True)]),
    "name with a line break": ("bad-field", [terms(f2="hot\nline")]),
    "name of 65 bytes": ("bad-field", [terms(f2="a" * 65)]),
    "version 0": ("bad-field", [terms(f3=0)]),
    "previous in the first": ("bad-field", [terms(f4=bytes(32))]),
    "previous null in the first": ("bad-field", [terms(f4=None)]),
    "no previous in the second": ("bad-field", two(del4=True)),
    "one member": ("bad-field", [terms(f5=[[A, True]])]),
    "a member twice": ("bad-field", [terms(f5=[[A, True], [B, True], [A, True]])]),
    "removed at the founding": ("bad-field", [terms(f5=[[A, True], [B, True], [C, False]])]),
    "one member kept": ("bad-field", two(f5=[[A, True], [B, False], [C, False]])),
    "65 members": ("bad-field", [terms(f5=[[bytes([at]) * 32, True] for at in range(65)])]),
    "kept is 1": ("bad-field", [terms(f5=[[A, True], [B, 1]])]),
    "nonce of 15 bytes": ("bad-field", [terms(f7=NONCE[:15])]),
    "no classes": ("bad-field", [terms(f8=[])]),
    "classes out of order": ("bad-field", [terms(f8=[1, 0])]),
    "class 4": ("bad-field", [terms(f8=[4])]),
    "rules that are empty": ("bad-field", two(f9=b"")),
    "rules that are text": ("bad-field", two(f9="rules")),
    "rules of 32,769 bytes": ("bad-field", two(f9=bytes(32_769))),
    "unknown field": ("bad-field", [terms(f10=0)]),
    "trailing byte": ("bad-encoding", [FIRST + b"\x00"]),
    "above 65,536 bytes": ("too-large", [FIRST + bytes(65_536)]),
    "does not start with the first": ("bad-terms", [ADDED]),
    "version left out": ("bad-terms", two(f3=3)),
    "the same again": ("bad-terms", [FIRST, FIRST]),
    "names another one before": ("bad-terms", two(f4=bytes(32))),
    "names the line instead of the terms": ("bad-terms", two(f4=sha256(b"openline/line/1\x00" + FIRST).digest())),
    "another name": ("bad-terms", two(f2="cold line")),
    "another nonce": ("bad-terms", two(f7=bytes(16))),
    "a member left out": ("bad-terms", two(f5=[[A, True], [B, True]])),
    "members exchanged": ("bad-terms", two(f5=[[B, True], [A, True], [C, True]])),
    "added and removed at once": ("bad-terms", two(f5=[[A, True], [B, True], [C, True], [D, False]])),
    "one member stays, with a new one": (
        "bad-terms",
        two(f5=[[A, True], [B, False], [C, False], [D, True]]),
    ),
    "a member returns": (
        "bad-terms",
        [FIRST, REMOVED, terms(REMOVED, f3=3, f5=[[A, True], [B, True], [C, True]])],
    ),
}


def files():
    """What to write."""
    cases = []
    for name, (chain, signers) in GOOD.items():
        says = {
            "line": sha256(b"openline/line/1\x00" + chain[0]).hexdigest(),
            "hashes": [named(payload).hex() for payload in chain],
            "must_sign": [[post.hex() for post in posts] for posts in signers],
        }
        cases.append({"name": name, "expect": "ok", "chain": [payload.hex() for payload in chain], **says})
    for name, (code, chain) in BAD.items():
        cases.append({"name": name, "expect": code, "chain": [hexed(payload) for payload in chain]})
    return {"terms/chains.json": cases}


if __name__ == "__main__":
    write(files())
