"""A parcel: frames in one file, for carrying by hand. Pure.

    parcel  = magic  *frame  end
    magic   = "openline parcel 1" LF                        18 bytes
    frame   = length (4 bytes, big-endian, at least 1)  length bytes
    end     = four zero bytes  SHA-256 of all before it     36 bytes, and nothing after

The hash finds accidents: a stick pulled out, a mail gateway that changed a byte. It proves nothing about anyone; the
frames themselves are sealed and signed. So each frame is handed out as soon as it is whole, and a parcel that was cut
still gives what it holds before the error that says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final

from openline.errors import BadParcel, CutParcel, FrameSize, TooLarge
from openline.limits import BUNDLE_MAX_BYTES, PARCEL_FRAME_MAX_BYTES

MAGIC: Final = b"openline parcel 1\n"
_LENGTH_BYTES = 4
_END = bytes(_LENGTH_BYTES)
_HASH_BYTES = hashlib.sha256().digest_size


def write_parcel(frames: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes of a parcel, in pieces. Raises `FrameSize` unless each frame has 1 to `PARCEL_FRAME_MAX_BYTES`."""
    digest = hashlib.sha256(MAGIC)
    yield MAGIC
    for frame in frames:
        if not 1 <= len(frame) <= PARCEL_FRAME_MAX_BYTES:
            raise FrameSize(f"A frame has 1 to {PARCEL_FRAME_MAX_BYTES} bytes, not {len(frame)}.")
        piece = len(frame).to_bytes(_LENGTH_BYTES, "big") + frame
        digest.update(piece)
        yield piece
    digest.update(_END)
    yield _END + digest.digest()


def read_parcel(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The frames of a parcel whose bytes come in any pieces; memory for one frame and one piece is all it takes.

    Raises `CutParcel` where the bytes end too early, `TooLarge` for a frame or parcel above its limit, `BadParcel` for
    anything else that `write_parcel` does not write. Frames handed out before an error are whole.
    """
    source = _Source(pieces)
    if source.take(len(MAGIC), "its first line") != MAGIC:
        raise BadParcel("This is not a parcel file of a version that we know.")
    count = 0
    while length := int.from_bytes(source.take(_LENGTH_BYTES, f"frame {count + 1}"), "big"):
        if length > PARCEL_FRAME_MAX_BYTES:
            raise TooLarge(f"Frame {count + 1} of the parcel has {length} bytes; {PARCEL_FRAME_MAX_BYTES} is the most.")
        yield source.take(length, f"frame {count + 1}")
        count += 1
    expected = source.digest.digest()
    if source.take(_HASH_BYTES, "its end") != expected:
        raise BadParcel("The parcel was changed on the way: its end does not fit its contents.")
    if not source.at_end():
        raise BadParcel("The parcel has bytes after its end.")


class _Source:
    """Bytes in pieces, taken in the sizes that the reader wants, hashed and counted as they are taken."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.digest = hashlib.sha256()
        self._pieces = iter(pieces)
        self._held = bytearray()
        self._taken_bytes = 0

    def take(self, count: int, what: str) -> bytes:
        while len(self._held) < count:
            if not self._fetch():
                raise CutParcel(
                    f"The parcel is cut short after {self._taken_bytes + len(self._held)} bytes, in {what}."
                )
        taken = bytes(self._held[:count])
        del self._held[:count]
        self._taken_bytes += count
        if self._taken_bytes > BUNDLE_MAX_BYTES:
            raise TooLarge(f"The parcel has more than {BUNDLE_MAX_BYTES} bytes.")
        self.digest.update(taken)
        return taken

    def at_end(self) -> bool:
        return not self._held and not self._fetch()

    def _fetch(self) -> bool:
        for piece in self._pieces:
            if piece:
                self._held += piece
                return True
        return False
