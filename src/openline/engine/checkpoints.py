"""Checkpoints of our own feed, and our cosignature on those of others (spec/checkpoint.md).

The checkpoint in entry k covers exactly the tree of entries 1 to k - 1. Its post-quantum signature is an effect, so
between the effect and its result nothing else is written on that line: what would be is put off until the turn after.
"""

from __future__ import annotations

from openline.engine.effects import Answer, Refuse, SignTree
from openline.engine.line import Line
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.engine.writing import check_writable, write
from openline.errors import BadCheckpoint, BadSignature, OpenlineError, PeerError
from openline.terms import Instant, Precedence
from openline.wire.bodies import bytes_item, note_of
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.note import Checkpoint, NoteSignature, cosigner_name, decode, encode, origin
from openline.wire.note_signing import (
    ed25519_cosign,
    mldsa_message,
    mldsa_signature,
    sign_author,
    verify_author,
    verify_mldsa_cosignature,
)

EVERY_ENTRIES = 1_000
EVERY_MS = 600_000


def due(line: Line, at: Instant) -> bool:
    """Whether a checkpoint is due: enough entries, or enough time since anything was said."""
    since = line.mine.number - line.checkpoint
    return since >= EVERY_ENTRIES or (line.spoken > 0 and since > 0 and at - line.checkpoint_at >= EVERY_MS)


def begin(state: State, turn: Turn, line: Line, request: int | None = None) -> None:
    """Ask for the post-quantum signature over our tree as it is; the answer writes the checkpoint."""
    check_writable(state, line)
    waiting = state.signing.get(line.id)
    if waiting is not None:
        waiting += [] if request is None else [request]
        return
    if request is not None and line.checkpoint and not line.spoken:
        turn.emit(Answer(request, {"size": line.checkpoint}))
        return
    state.signing[line.id] = [] if request is None else [request]
    checkpoint = Checkpoint(origin(line.id, state.me), line.mine.number, line.mine.frontier.root())
    message = mldsa_message(checkpoint, cosigner_name(state.me), turn.at // 1000)
    state.signing_at[line.id] = turn.at
    turn.emit(SignTree(line.id, checkpoint.size, message))


def signed(state: State, turn: Turn, line: Line, size: int, signature: bytes) -> None:
    """The signature has come: write the checkpoint as the next entry."""
    requests = state.signing.pop(line.id, [])
    started = state.signing_at.pop(line.id, turn.at)
    if size != line.mine.number:
        _again(state, turn, line, requests)
        raise BadCheckpoint("The feed moved while its checkpoint was signed.")
    try:
        check_writable(state, line)
    except OpenlineError as error:
        for request in requests:
            turn.emit(Refuse(request, error))
        return
    checkpoint = Checkpoint(origin(line.id, state.me), size, line.mine.frontier.root())
    name = cosigner_name(state.me)
    public = state.card.checkpoint_keys[0]
    signatures = [
        sign_author(checkpoint, state.key),
        mldsa_signature(checkpoint, name, public, started // 1000, signature),
    ]
    write(state, turn, line, Kind.CHECKPOINT, (bytes_item(encode(checkpoint, signatures)),))
    line.checkpoint, line.checkpoint_at, line.spoken = size, turn.at, 0
    state.moved_lines[line.id] = None
    for request in requests:
        turn.emit(Answer(request, {"size": size}))


def _again(state: State, turn: Turn, line: Line, requests: list[int]) -> None:
    """The feed moved while its tree was signed, for evidence and new terms do not wait: sign it as it is now."""
    for request in requests:
        try:
            begin(state, turn, line, request)
        except OpenlineError as error:
            turn.emit(Refuse(request, error))


def weigh(state: State, turn: Turn, line: Line, entry: Entry, root: bytes) -> None:
    """A member's checkpoint against the tree that its entries make here: cosign it, or alarm."""
    author, number = entry.header.author, entry.header.number
    name = state.name_of(author)
    try:
        checkpoint = _check(state, line, entry, root)
    except PeerError as error:
        text = f"{name} signed a checkpoint in entry {number} that does not hold: {error}"
        turn.alarm(line.id, BadCheckpoint.code, text, entry.id, Precedence.IMMEDIATE)
        return
    newest = line.feeds[author].number
    if author == state.me or not line.writes() or line.id in state.signing or newest - number > EVERY_ENTRIES:
        return
    cosignature = ed25519_cosign(checkpoint, cosigner_name(state.me), max(1, turn.at // 1000), state.own.cosigning)
    write(state, turn, line, Kind.COSIGN, (bytes_item(cosignature.line().encode()),), refers=(entry.id,))


def _check(state: State, line: Line, entry: Entry, root: bytes) -> Checkpoint:
    note = decode(note_of(entry))
    author = entry.header.author
    expected = Checkpoint(origin(line.id, author), entry.header.number - 1, root)
    if note.checkpoint != expected:
        raise BadCheckpoint("it is not of the tree that its author's entries make.")
    card = state.card_of(author)
    if card is None:
        raise BadSignature("the card of its author is not here.")
    if not any(_signed_by(expected, s, key.public) for s in note.signatures for key in card.feed_keys):
        raise BadSignature("its author's signature does not hold.")
    name = cosigner_name(author)
    keys = [certified.public for certified in card.all_checkpoint_keys]
    if not any(_cosigned(expected, name, signature, key) for signature in note.signatures for key in keys):
        raise BadSignature("its post-quantum signature does not hold.")
    return expected


def _signed_by(checkpoint: Checkpoint, signature: NoteSignature, public: bytes) -> bool:
    try:
        verify_author(checkpoint, signature, public)
    except BadSignature:
        return False
    return True


def _cosigned(checkpoint: Checkpoint, name: str, signature: NoteSignature, public: bytes) -> bool:
    try:
        verify_mldsa_cosignature(checkpoint, name, signature, public)
    except BadSignature:
        return False
    return True
