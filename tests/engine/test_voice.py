"""Check digits between real posts: both come to the same, over cuts too, and whoever cheats gets nothing."""

from __future__ import annotations

from typing import Any

import pytest

from openline.engine.effects import SealVoice, Transmit
from openline.engine.events import CheckDigits, VoiceSealed
from openline.engine.receiving import FAULTS_MAX
from openline.errors import NotReady
from openline.exchanges.voice import LASTS_MS, Phase
from openline.keys.sealing import seal
from openline.limits import VOICE_SESSIONS_MAX
from openline.terms import EntryId
from openline.wire import voice
from openline.wire.link import EntryPiece, VoicePiece, decode_frame
from openline.wire.voice import Note, Step
from tests.engine.pair import Post, Wire

CALL = EntryId(b"C" * 32)


def pair(*more: str) -> tuple[Wire, Post, Post]:
    wire = Wire("Alpha", "Bravo", *more)
    wire.line()
    return wire, wire.posts[0], wire.posts[1]


def ask(post: Post, peer: Post, caller: Post, contact: EntryId = CALL) -> Any:
    return post.do(CheckDigits, peer.id, contact, caller.id)


def phase(post: Post, peer: Post) -> Phase | None:
    session = post.engine.state.voice.get((peer.id, CALL))
    return None if session is None else session.phase


def notes(post: Post, peer: Post, *signed: Note, signer: Post | None = None) -> VoicePiece:
    """Notes sealed for `peer`, signed by whom they say or by somebody else."""
    key = (signer or post).own.feed
    plain = voice.encode_notes([(note.payload(), key.sign(note.to_be_signed())) for note in signed])
    public = peer.card.sealing_key(post.wire.now)
    assert public is not None
    return VoicePiece(seal(public[1], voice.seal_info(post.id, peer.id), plain))


def test_both_come_to_the_same_digits_once() -> None:
    _, alpha, bravo = pair()
    numbers = [post.engine.state.lines[line].mine.number for post in (alpha, bravo) for line in post.engine.state.lines]
    assert ask(alpha, bravo, alpha)["ready"] is False
    assert bravo.told()[-1] == "digits-asked"
    assert ask(bravo, alpha, alpha)["ready"] is False
    assert (phase(alpha, bravo), phase(bravo, alpha)) == (Phase.READY, Phase.READY)
    assert (alpha.told()[-1], bravo.told()[-1]) == ("digits-ready", "digits-ready")
    ours, theirs = ask(alpha, bravo, alpha), ask(bravo, alpha, alpha)
    assert (ours["first"], theirs["first"]) == (True, False)
    assert (ours["read"], ours["hear"]) == (theirs["hear"], theirs["read"])
    assert (phase(alpha, bravo), phase(bravo, alpha)) == (None, None)
    ask(alpha, bravo, alpha)
    ask(bravo, alpha, alpha)
    assert ask(alpha, bravo, alpha)["read"] != ours["read"]
    lines = [post.engine.state.lines[line].mine.number for post in (alpha, bravo) for line in post.engine.state.lines]
    assert lines == numbers, "nothing of it is an entry"


def test_they_need_a_link_and_survive_a_cut() -> None:
    wire, alpha, bravo = pair()
    ask(alpha, bravo, alpha)
    wire.sever("Alpha", "Bravo")
    wire.settle()
    with pytest.raises(NotReady, match="no link to Alpha"):
        ask(bravo, alpha, alpha)
    wire.heal("Alpha", "Bravo")
    alpha.hold = (SealVoice,)
    wire.wait(10)
    ask(bravo, alpha, alpha)
    alpha.held.clear()
    alpha.hold = ()
    assert phase(bravo, alpha) == Phase.REVEALED
    wire.sever("Alpha", "Bravo")
    wire.settle()
    wire.heal("Alpha", "Bravo")
    wire.wait(10)
    assert phase(bravo, alpha) == phase(alpha, bravo) == Phase.READY
    assert ask(alpha, bravo, alpha)["read"] == ask(bravo, alpha, alpha)["hear"]


def test_after_15_minutes_or_a_restart_it_is_gone() -> None:
    wire, alpha, bravo = pair()
    ask(alpha, bravo, alpha)
    ask(bravo, alpha, alpha)
    wire.wait(LASTS_MS / 1_000 + 1)
    assert (phase(alpha, bravo), phase(bravo, alpha)) == (None, None)
    ask(alpha, bravo, alpha)
    alpha.stop()
    alpha.start()
    wire.wait(5)
    assert (phase(alpha, bravo), phase(bravo, alpha)) == (None, Phase.HEARD)


def test_a_peer_that_begins_again_is_followed() -> None:
    wire, alpha, bravo = pair()
    ask(alpha, bravo, alpha)
    ask(bravo, alpha, alpha)
    alpha.stop()
    alpha.start()
    wire.wait(5)
    ask(alpha, bravo, alpha)
    ask(bravo, alpha, alpha)
    assert ask(alpha, bravo, alpha)["read"] == ask(bravo, alpha, alpha)["hear"]


def test_two_peers_never_get_the_same_by_construction() -> None:
    """A post between two others that passes their values on comes to other digits with each."""
    _, alpha, bravo = pair("Charlie")
    charlie = alpha.wire.posts[2]
    for peer in (alpha, charlie):
        ask(bravo, peer, bravo)
        ask(peer, bravo, bravo)
    first, second = ask(bravo, alpha, bravo), ask(bravo, charlie, bravo)
    assert (first["read"], first["hear"]) != (second["read"], second["hear"])


def cheat(post: Post, peer: Post, *pieces: VoicePiece) -> None:
    post.wire.inject(post, peer, *pieces)
    post.wire.settle()


def test_a_value_before_its_commitment_breaks_it() -> None:
    _, alpha, bravo = pair()
    ask(alpha, bravo, alpha)
    session = alpha.engine.state.voice[(bravo.id, CALL)]
    early = Note(CALL, alpha.id, bravo.id, alpha.id, Step.REVEAL, b"v" * 32, session.ours)
    cheat(bravo, alpha, notes(bravo, alpha, early))
    assert phase(alpha, bravo) is None
    assert alpha.told()[-1] == "digits-broken"


def test_another_value_than_the_one_promised_breaks_it() -> None:
    _, alpha, bravo = pair()
    ask(alpha, bravo, alpha)
    bound = voice.commitment(CALL, bravo.id, alpha.id, b"v" * 32)
    place = (CALL, alpha.id, bravo.id, alpha.id)
    cheat(bravo, alpha, notes(bravo, alpha, Note(*place, Step.COMMIT, bound)))
    session = alpha.engine.state.voice[(bravo.id, CALL)]
    assert session.phase == Phase.REVEALED
    cheat(bravo, alpha, notes(bravo, alpha, Note(*place, Step.REVEAL, b"w" * 32, session.ours)))
    assert phase(alpha, bravo) is None
    assert alpha.told()[-1] == "digits-broken"


def test_who_reflects_substitutes_or_signs_for_another_is_not_heard() -> None:
    _, alpha, bravo = pair("Charlie")
    charlie = alpha.wire.posts[2]
    ask(alpha, bravo, alpha)
    sealed = next(effect for effect in alpha.effects if isinstance(effect, SealVoice))
    commit = Note(CALL, alpha.id, bravo.id, alpha.id, Step.COMMIT, b"h" * 32)
    mirrored = Note(CALL, alpha.id, alpha.id, bravo.id, Step.COMMIT, b"h" * 32)
    key = alpha.card.sealing_key(alpha.wire.now)
    assert key is not None
    reflected = VoicePiece(seal(key[1], voice.seal_info(bravo.id, alpha.id), sealed.notes))
    for liar, piece in (
        (bravo, reflected),
        (bravo, notes(bravo, alpha, mirrored)),
        (bravo, notes(bravo, alpha, commit, signer=charlie)),
        (charlie, notes(bravo, alpha, commit)),
        (charlie, notes(charlie, alpha, commit)),
        (bravo, notes(alpha, bravo, mirrored)),
        (bravo, VoicePiece(b"")),
        (bravo, VoicePiece(b"x" * 1_400)),
    ):
        faults = sum(link.faults for link in alpha.engine.state.links.values())
        cheat(liar, alpha, piece)
        assert sum(link.faults for link in alpha.engine.state.links.values()) == faults + 1
        assert phase(alpha, bravo) == Phase.ASKED
        assert phase(alpha, charlie) is None


def test_an_old_exchange_played_again_gives_nothing() -> None:
    _, alpha, bravo = pair()
    ask(alpha, bravo, alpha)
    ask(bravo, alpha, alpha)
    old = [effect for effect in bravo.effects if isinstance(effect, SealVoice)]
    ask(alpha, bravo, alpha)
    ask(bravo, alpha, alpha)
    ask(alpha, bravo, alpha)
    for effect in old:
        cheat(bravo, alpha, VoicePiece(seal(effect.public, effect.info, effect.notes)))
    assert phase(alpha, bravo) is None
    assert alpha.told()[-1] == "digits-broken"


def test_a_peer_asks_for_few_at_a_time() -> None:
    _, alpha, bravo = pair()
    for at in range(VOICE_SESSIONS_MAX + 3):
        ask(alpha, bravo, alpha, EntryId(bytes([at]) * 32))
    assert len(bravo.engine.state.voice) == VOICE_SESSIONS_MAX


def test_an_older_post_loses_nothing_but_the_note() -> None:
    """It takes the parts and refuses the whole of them: what else was in the frames counts, and the faults are few."""
    _, alpha, bravo = pair()
    ask(alpha, bravo, alpha)
    ask(bravo, alpha, alpha)
    frames = [decode_frame(effect.frame) for effect in alpha.effects if isinstance(effect, Transmit)]
    assert not any(isinstance(piece, VoicePiece) for frame in frames for piece in frame)
    assert any(isinstance(piece, EntryPiece) for frame in frames for piece in frame)
    assert sum(isinstance(effect, SealVoice) for effect in alpha.effects) < FAULTS_MAX


def test_a_note_that_is_sealed_too_late_goes_nowhere() -> None:
    wire, alpha, bravo = pair()
    wire.sever("Alpha", "Bravo")
    wire.settle()
    alpha.queue.append(VoiceSealed(bravo.id, b"x" * 1_400))
    wire.settle()
    assert phase(bravo, alpha) is None
