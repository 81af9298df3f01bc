"""Writes vectors/link/frames.json: frames of every piece, good and bad, one way of being wrong each (spec/link.md).

    frame     the bytes of one frame; `+00*n` at its end stands for n zero bytes
    expect    "ok", or the code of the error
    pieces    for a good frame: each piece as its array, byte strings as {"hex": ...}

The bytes are made here from the spec, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_link.py
"""

from plain_cbor import Raw, cbor, hexed, seed, write

LINE = seed("line")
BODY = seed("body")

PIECES = {
    "hello": [0, 1, 5, 3],
    "hello of who holds no card": [0, 1, 1, 0],
    "summary of nothing": [1, 0, LINE, 1, []],
    "summary": [1, 7, LINE, 3, [[0, 12, True, []], [1, 40, False, [[42, 44], [50, 50]]], [63, 0, True, [[2, 9]]]]],
    "entry in clear form": [2, 0, 1, 1, 0, 0, BODY],
    "entry in short form": [2, 0, 1, 1234, 2, 1, BODY],
    "entry in full form": [2, 65536, 63, (1 << 63) - 1, (1 << 63) - 1, 2, BODY],
    "part": [3, 1, 100, 68, BODY],
    "got": [4, 123456789],
    "want": [5, 0, 1, 1234],
    "wrap": [6, 0, 2, BODY],
    "want wrap": [7, 0, 2],
    "card": [8, BODY],
    "proposal": [9, BODY, [BODY, BODY]],
    "ask": [10],
    "voice": [11, BODY],
}

BAD = {
    "unknown code": [12],
    "code true": [True, 1],
    "code negative": [-1],
    "no code": [],
    "not a list": {0: 1},
    "hello of three": [0, 1, 5],
    "hello version true": [0, True, 5, 3],
    "alias 65,537": [1, 65_537, LINE, 1, []],
    "summary of terms 0": [1, 0, LINE, 0, []],
    "summary of a line of 31 bytes": [1, 0, LINE[:31], 1, []],
    "summary with a member twice": [1, 0, LINE, 1, [[1, 0, True, []], [1, 0, True, []]]],
    "summary out of order": [1, 0, LINE, 1, [[2, 0, True, []], [1, 0, True, []]]],
    "summary of member 64": [1, 0, LINE, 1, [[64, 0, True, []]]],
    "wanted is 1": [1, 0, LINE, 1, [[0, 0, 1, []]]],
    "range without a hole": [1, 0, LINE, 1, [[0, 5, True, [[6, 9]]]]],
    "range that falls": [1, 0, LINE, 1, [[0, 5, True, [[9, 8]]]]],
    "ranges out of order": [1, 0, LINE, 1, [[0, 5, True, [[20, 21], [8, 9]]]]],
    "ranges that meet": [1, 0, LINE, 1, [[0, 5, True, [[8, 9], [10, 11]]]]],
    "65 ranges": [1, 0, LINE, 1, [[0, 5, True, [[2 * at, 2 * at] for at in range(4, 69)]]]],
    "entry 0": [2, 0, 1, 0, 1, 1, BODY],
    "entry of member 64": [2, 0, 64, 1, 1, 1, BODY],
    "form 3": [2, 0, 1, 1, 1, 3, BODY],
    "clear form of an epoch": [2, 0, 1, 1, 1, 0, BODY],
    "sealed form of no epoch": [2, 0, 1, 1, 0, 1, BODY],
    "part of nothing": [3, 1, 100, 0, b""],
    "part beyond its piece": [3, 1, 100, 69, BODY],
    "part above 32,768 bytes": [3, 1, 40_000, 0, bytes(32_769)],
    "got negative": [4, -1],
    "want entry 0": [5, 0, 1, 0],
    "wrap of epoch 0": [6, 0, 0, BODY],
    "wrap of 4,097 bytes": [6, 0, 1, bytes(4_097)],
    "want wrap of epoch 0": [7, 0, 0],
    "card is text": [8, "card"],
    "proposal of 65 cards": [9, BODY, [b""] * 65],
    "ask with more": [10, 0],
    "voice without notes": [11],
    "voice of 4,097 bytes": [11, bytes(4_097)],
}

FRAMES = {
    "frame is a map": ("bad-field", cbor({1: [10]})),
    "frame of 256 pieces": ("bad-field", cbor([[10]] * 256)),
    "frame above 65,536 bytes": ("too-large", cbor([[8, bytes(65_536)]])),
    "frame with a trailing byte": ("bad-encoding", cbor([[10]]) + b"\x00"),
    "frame cut": ("bad-encoding", cbor([[4, 500]])[:-1]),
    "frame of indefinite length": ("bad-encoding", b"\x9f\x81\x0a\xff"),
    "number not in its shortest form": ("bad-encoding", cbor([[4, Raw(b"\x18\x05")]])),
    "number as a bignum": ("bad-encoding", cbor([[4, Raw(b"\xc2\x41\x05")]])),
    "empty": ("bad-encoding", b""),
}


def plain(value):
    """A piece in JSON."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    return {"hex": value.hex()} if isinstance(value, bytes) else value


def files():
    """What to write."""
    good = {name: [piece] for name, piece in PIECES.items()}
    good |= {"no pieces": [], "every piece": list(PIECES.values()), "255 pieces": [[10]] * 255}
    cases = [
        {"name": name, "expect": "ok", "frame": cbor(pieces).hex(), "pieces": plain(pieces)}
        for name, pieces in good.items()
    ]
    cases += [{"name": name, "expect": "bad-field", "frame": hexed(cbor([piece]))} for name, piece in BAD.items()]
    cases += [{"name": name, "expect": code, "frame": hexed(frame)} for name, (code, frame) in FRAMES.items()]
    return {"link/frames.json": cases}


if __name__ == "__main__":
    write(files())
