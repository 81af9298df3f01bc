"""What the generators of vectors share: CBOR written from RFC 8949 section 4.2.1, seeds, and files."""

import json
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def cbor(value):
    """The deterministic encoding; a `Raw` stands for itself, so that what is wrong can be written, too."""
    match value:
        case Raw():
            return bytes(value)
        case None | False | True:
            return {None: b"\xf6", False: b"\xf4", True: b"\xf5"}[value]
        case int():
            return head(0, value) if value >= 0 else head(1, -1 - value)
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


class Raw(bytes):
    """Bytes that are put in as they are."""


def head(major, size):
    if size < 24:
        return bytes([major << 5 | size])
    for code, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if size < 1 << 8 * width:
            return bytes([major << 5 | code]) + size.to_bytes(width, "big")
    raise ValueError(size)


def seed(label):
    return sha256(b"openline vector: " + label.encode()).digest()


def hexed(data):
    """Hex; a long run of zero bytes at the end is written as `+00*` and its length."""
    short = data.rstrip(b"\x00")
    zeros = len(data) - len(short)
    return data.hex() if zeros < 4096 else f"{short.hex()}+00*{zeros}"


def text_of(cases):
    """The file's text: deterministic, one value a line."""
    return json.dumps(cases, indent=2) + "\n"


def write(files):
    """Write `{name: cases}` under this folder."""
    for name, cases in files.items():
        (FOLDER / name).parent.mkdir(exist_ok=True)
        (FOLDER / name).write_text(text_of(cases))
