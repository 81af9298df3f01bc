"""Bodies of joint statements: what is written comes back, any bytes are read or refused."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, PeerError
from openline.exchanges.joint_statement import READERS
from openline.terms import EntryId, Instant
from openline.wire import joint_statement as wire
from openline.wire.contact import Words
from openline.wire.joint_statement import Approval, Change, Closing, LineChange, Opening, Outcome, Stance, Text, Verdict
from openline.wire.kinds import Kind
from tests.exchanges import joints
from tests.exchanges.talks import said
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, kept

OPENED = joints.statement(needed=2, not_before=Instant(5))
LINE = joints.add(ALPHA, 2, OPENED)


def test_each_kind_comes_back() -> None:
    opening = Opening(parties=joints.THREE, languages=("en", "fr"), needed=2, not_before=Instant(5), one_person=True)
    assert wire.opening_of(OPENED.entry) == (opening, Words("The calls of 23 October"))
    texts = (Text("en", joints.ENGLISH), Text("fr", joints.FRENCH))
    assert wire.change_of(LINE.entry) == (LineChange(Change.ADD, 0, texts), Words())
    assert wire.verdict_of(joints.word(ALPHA, 3, OPENED, LINE).entry) == (Verdict(Stance.ACCEPTS), Words())
    assert wire.approval_of(joints.approval(ALPHA, 3, OPENED, bytes(32), back=True).entry)[0] == Approval(
        bytes(32), True
    )
    assert wire.closing_of(joints.closed(ALPHA, 3, OPENED).entry)[0] == Closing(Outcome.WITHDRAWN)


def test_words_may_be_withheld_and_nothing_else() -> None:
    withheld = msgspec.structs.replace(OPENED.entry, items=(OPENED.entry.items[0], None))
    assert wire.opening_of(withheld)[1] is None
    with pytest.raises(BadField):
        wire.opening_of(msgspec.structs.replace(OPENED.entry, items=(None, OPENED.entry.items[1])))


@pytest.mark.parametrize(
    "fields",
    [
        {"parties": (ALPHA,)},
        {"parties": (BRAVO, CHARLIE)},
        {"languages": ()},
        {"languages": ("en", "en")},
        {"languages": ("English",)},
        {"needed": 3},
        {"needed": 1},
        {"about": " "},
    ],
)
def test_an_opening_that_makes_no_sense_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(BadField):
        wire.opening_of(joints.statement(**fields).entry)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["", " a", "a ", "a  b", "a\nb", "a\tb", "a\u200bb", "a\u202eb", "a\u2066b", "a\ufeffb", "\u00a0a", "a\u00adb"],
)
def test_a_line_shows_all_that_it_says(text: str) -> None:
    with pytest.raises(BadField):
        wire.check_text(text)


@pytest.mark.parametrize(
    "text",
    ["« Nous\u00a0rejetons »\u202f!", "می\u200cخواهیم", "אנו\u200f דוחים", "Мы отвергаем <это> & всё.", "👩\u200d🚒"],
)
def test_a_line_may_be_in_any_script(text: str) -> None:
    wire.check_text(text)


def test_languages_are_tags() -> None:
    for good in ("en", "fr", "zh-Hant", "sr-Latn-RS"):
        wire.check_language(good)
    for bad in ("", "e", "EN", "english", "en_GB", "en-", 'en"'):
        with pytest.raises(BadField):
            wire.check_language(bad)


def test_texts_and_digests_stand_where_they_belong() -> None:
    for bad in (
        joints.change(ALPHA, 2, OPENED),
        joints.change(ALPHA, 2, OPENED, Change.STRIKE, LINE, en="No."),
        joints.change(ALPHA, 2, OPENED, en="a\nb"),
    ):
        with pytest.raises(BadField):
            wire.change_of(bad.entry)
    for closing in (Closing(Outcome.RELEASED), Closing(Outcome.WITHDRAWN, bytes(32))):
        with pytest.raises(BadField):
            wire.closing_of(kept(ALPHA, 2, Kind.JOINT_CLOSED, wire.CLOSING.item(closing), said("")).entry)


def test_the_digest_binds_the_statement() -> None:
    one, other = (wire.version_digest(EntryId(each * 32), 0, ["en"], []) for each in (b"a", b"b"))
    assert one != other


@given(st.sampled_from(sorted(READERS)), st.lists(st.binary(max_size=80), max_size=3))
def test_any_bytes_are_read_or_refused(kind: Kind, items: list[bytes]) -> None:
    try:
        READERS[kind](kept(ALPHA, 1, kind, *items).entry)
    except PeerError:
        return
