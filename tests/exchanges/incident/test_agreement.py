"""One word for where the parties stand: only their own words make it."""

from __future__ import annotations

from hypothesis import given

from openline.exchanges.incident.agreement import Origin, origin, standing, words_of
from openline.feeds.record import Kept
from openline.wire.incident import Confidence, Stance, Word
from tests.exchanges.incidents import assessed, folded, incidents, opened, stood, word
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE

OPENED = opened()
BLANK = assessed(ALPHA, 2, OPENED)
EAST = assessed(ALPHA, 3, OPENED, BLANK, origin="from the east", confidence=Confidence.LIKELY)
WEST = assessed(BRAVO, 1, OPENED, origin="from the west", confidence=Confidence.POSSIBLE, confirmed=True)


def status(*entries: Kept) -> Origin:
    return origin(folded(OPENED, *entries).state)


def test_it_goes_from_unknown_by_disputed_to_likely() -> None:
    assert status() == status(BLANK) == Origin("unknown")
    assert status(BLANK, EAST) == Origin("likely", preliminary=True)
    no = stood(BRAVO, 1, OPENED, EAST, Stance.DISPUTES)
    assert status(BLANK, EAST, no) == Origin("disputed", preliminary=True)
    assert status(BLANK, EAST, no, stood(BRAVO, 2, OPENED, EAST, Stance.NO_POSITION)).status == "likely"
    assert status(BLANK, EAST, no, assessed(ALPHA, 4, OPENED, EAST, origin="a stray")).status == "not stated"
    assert status(BLANK, EAST, no, word(ALPHA, 4, OPENED, Word.WITHDRAWN, EAST)) == Origin("unknown")
    assert not standing(folded(OPENED, BLANK, word(ALPHA, 4, OPENED, Word.WITHDRAWN, BLANK)).state)


def test_two_who_say_something_else_agree_only_by_their_own_word() -> None:
    assert status(BLANK, EAST, WEST) == Origin("several", preliminary=True)
    backs = stood(ALPHA, 4, OPENED, WEST, Stance.NO_CONTRADICTION)
    assert status(BLANK, EAST, WEST, backs) == Origin("possible", preliminary=True)
    assert status(WEST) == Origin("possible", preliminary=False)
    outside = stood(CHARLIE, 1, OPENED, EAST, Stance.CONCURS)
    assert status(BLANK, EAST, WEST, outside).status == "several"
    third = assessed(CHARLIE, 2, OPENED, origin="from the east", confidence=Confidence.LIKELY)
    bridge = (stood(ALPHA, 4, OPENED, third), stood(BRAVO, 2, OPENED, third))
    assert status(BLANK, EAST, WEST, third, *bridge).status == "possible"


def test_confidence_in_words() -> None:
    assert [words_of(each) for each in Confidence] == ["not stated", "possible", "likely", "almost certain"]


@given(incidents(least=3))
def test_disputed_takes_a_signed_word_on_what_stands(entries: list[Kept]) -> None:
    state = folded(*entries).state
    said = origin(state)
    named = [each for each in standing(state) if each.standing.finding and each.standing.finding.origin]
    disputes = [
        stance
        for each in named
        for party in state.parties
        if (stance := each.stance_of(party)) is not None and each.is_fresh(stance) and stance.stance == Stance.DISPUTES
    ]
    assert (said.status == "disputed") == bool(disputes)
    assert (said.status == "unknown") == (not named)
