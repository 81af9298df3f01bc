"""An entry as it crosses one link: sealed under the sender's epoch, in short form or full; and back (spec/sealing.md).

The short form leaves out what both ends know, so each side tells `wire.short` what that is: `Reader` is the peer as the
sender knows it, and never more than the peer has signed for; `Writer` is the author as the receiver knows it.
"""

from __future__ import annotations

from openline.engine.line import EpochKeys, Line
from openline.engine.link import Link
from openline.engine.state import State
from openline.errors import BadField
from openline.keys import aead
from openline.terms import EntryId, Instant, PostId
from openline.wire.entry import Entry
from openline.wire.full import decode_full, encode_full
from openline.wire.kinds import CLEAR
from openline.wire.link import CLEAR as CLEAR_FORM
from openline.wire.link import FULL, SHORT, EntryPiece, nonce, piece_context
from openline.wire.short import decode_short, encode_short


class Reader:
    """What the short form needs to know of this link's peer (wire.short.Sender)."""

    def __init__(self, line: Line, peer: PostId, base: Instant) -> None:
        self.base = base
        self._line = line
        self._peer = peer

    def index(self, post: PostId) -> int:
        """The number of a member on the wire."""
        return self._line.index(post)

    def holds(self, feed: PostId, number: int) -> bool:
        """Whether the peer wrote this entry, or has signed that it holds it."""
        return feed == self._peer or self._line.claimed(self._peer, feed) >= number


def entry_piece(state: State, line: Line, link: Link, entry: Entry, full: bool) -> EntryPiece:
    """An entry as it crosses this link: clear where it must be readable first, short where that can be, else full."""
    header = entry.header
    member = line.index(header.author)
    keys = line.epoch
    if header.kind in CLEAR or keys is None:
        return EntryPiece(link.alias(line.id), member, header.number, 0, CLEAR_FORM, encode_full(entry))
    form = SHORT if header.author == state.me and header.epoch == keys.number and not full else FULL
    plain = encode_short(entry, Reader(line, link.peer, keys.base)) if form == SHORT else encode_full(entry)
    context = piece_context(line.id, state.me, member, header.number, keys.number, form)
    sealed = aead.seal(keys.seal, nonce(member, header.number, form), plain, context)
    return EntryPiece(link.alias(line.id), member, header.number, keys.number, form, sealed)


class Writer:
    """What is known here to rebuild a short form (wire.short.Receiver)."""

    def __init__(self, line: Line, author: PostId, keys: EpochKeys) -> None:
        self.line = line.id
        self.author = author
        self.epoch = keys.number
        self.base = keys.base
        self.salt_key = keys.salt
        self._line = line

    def member(self, index: int) -> PostId | None:
        """The member with this number."""
        return self._line.member(index)

    def id_at(self, feed: PostId, number: int) -> EntryId | None:
        """The id of an entry that is held here, chained."""
        return self._line.id_at(feed, number)


def entry_of(line: Line, link: Link, author: PostId, piece: EntryPiece, keys: EpochKeys | None) -> Entry:
    """The entry of this author that a piece holds, opened with the peer's keys; nothing of it is verified yet.

    Raises BadSeal, NotRebuilt, BadField, or as the decoders do.
    """
    if piece.form == CLEAR_FORM or keys is None:
        entry = decode_full(piece.body)
    else:
        context = piece_context(line.id, link.peer, piece.member, piece.number, piece.epoch, piece.form)
        plain = aead.open(keys.seal, nonce(piece.member, piece.number, piece.form), piece.body, context)
        if piece.form == SHORT:
            if author != link.peer:
                raise BadField("A short form of somebody else's entry.")
            return decode_short(plain, piece.number, Writer(line, author, keys))
        entry = decode_full(plain)
    header = entry.header
    if (header.line, header.author, header.number) != (line.id, author, piece.number):
        raise BadField("An entry is not the one that its piece names.")
    if any(item is None for item in entry.items):
        raise BadField("An entry came with an item withheld.")
    return entry
