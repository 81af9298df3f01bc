"""Bodies of incidents: what is written comes back, any bytes are read or refused."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, PeerError
from openline.exchanges.incident import READERS
from openline.terms import Instant
from openline.wire import incident as wire
from openline.wire.incident import (
    Confidence,
    Description,
    Finding,
    Judgement,
    Quiet,
    Source,
    Sources,
    Stance,
    When,
    Word,
)
from openline.wire.kinds import Kind
from openline.wire.places import Place, Shape
from tests.exchanges import incidents
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, kept

OPENED = incidents.opened()
FIRST = incidents.assessed(ALPHA, 2, OPENED, origin="from the east", confidence=Confidence.LIKELY, confirmed=True)


def test_each_kind_comes_back() -> None:
    when, description, sources = wire.opened_of(OPENED.entry)
    assert when == When(incidents.AT)
    assert description == Description("Explosion near the border", "Przewodow")
    assert sources == Sources((Source("the village's mayor"),))
    assert wire.assessed_of(FIRST.entry) == (
        Judgement(Confidence.LIKELY, True),
        Finding("An explosion, two dead.", "from the east"),
        Sources(),
    )
    assert wire.stance_of(incidents.stood(BRAVO, 1, OPENED, FIRST).entry)[0] == Stance.NO_CONTRADICTION
    assert wire.sources_of(incidents.source(BRAVO, 1, OPENED).entry) == Sources((Source("a radar"),))
    assert wire.joint_of(incidents.investigation(ALPHA, 2, OPENED, BRAVO).entry)[0] == (BRAVO,)
    asked = incidents.quiet(ALPHA, 2, OPENED, BRAVO, CHARLIE)
    assert wire.quiet_of(asked.entry)[0] == Quiet(incidents.UNTIL, (BRAVO, CHARLIE))
    assert wire.correction_of(incidents.correction(ALPHA, 2, OPENED).entry)[1] == Description(
        "Explosion at a farm", "Przewodow"
    )
    assert wire.word_of(incidents.word(ALPHA, 2, OPENED, Word.CLOSED).entry)[0] == Word.CLOSED


def test_a_place_on_the_map_comes_back() -> None:
    area = Place(shape=Shape.POINT, at=(239_300_000, 504_700_000))
    item = wire.DESCRIPTION.item(Description("Explosion", "Przewodow", area))
    entry = msgspec.structs.replace(OPENED.entry, items=(OPENED.entry.items[0], item, OPENED.entry.items[2]))
    assert wire.opened_of(entry)[1] == Description("Explosion", "Przewodow", area)
    wrong = wire.DESCRIPTION.item(Description("Explosion", "Przewodow", Place(shape=Shape.POINT)))
    with pytest.raises(BadField):
        wire.opened_of(msgspec.structs.replace(entry, items=(entry.items[0], wrong, entry.items[2])))


def test_words_may_be_withheld_and_nothing_else() -> None:
    for entry, read in ((OPENED.entry, wire.opened_of), (FIRST.entry, wire.assessed_of)):
        assert read(msgspec.structs.replace(entry, items=(entry.items[0], None, None)))[1:] == (None, None)
        with pytest.raises(BadField):
            read(msgspec.structs.replace(entry, items=(None, *entry.items[1:])))


def test_what_cannot_be_is_refused() -> None:
    wrong = (
        (incidents.quiet(ALPHA, 2, OPENED, ALPHA), wire.quiet_of),
        (incidents.quiet(ALPHA, 2, OPENED, BRAVO, BRAVO), wire.quiet_of),
        (incidents.quiet(ALPHA, 2, OPENED), wire.quiet_of),
        (incidents.investigation(ALPHA, 2, OPENED, ALPHA), wire.joint_of),
        (incidents.assessed(ALPHA, 2, OPENED, origin=" "), wire.assessed_of),
        (incidents.correction(ALPHA, 2, OPENED, " "), wire.correction_of),
    )
    for each, read in wrong:
        with pytest.raises(BadField):
            read(each.entry)
    backwards = wire.WHEN.item(When(incidents.AT, Instant(incidents.AT - 1)))
    with pytest.raises(BadField):
        wire.opened_of(msgspec.structs.replace(OPENED.entry, items=(backwards, *OPENED.entry.items[1:])))


@given(st.sampled_from(sorted(READERS)), st.lists(st.binary(max_size=80), max_size=4))
def test_any_bytes_are_read_or_refused(kind: Kind, items: list[bytes]) -> None:
    try:
        READERS[kind](kept(ALPHA, 1, kind, *items).entry)
    except PeerError:
        return
