"""CAP 1.2 read: windows, places, languages, references, and what is wrong in a part costs only the part."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openline.areas.cap import Alert, read_cap
from openline.areas.shapes import Circle, Edges, Named, Point, Polygon
from openline.areas.times import read_time, write_time
from openline.areas.windows import EndKind, Window
from openline.errors import BadEncoding, BadField, TooLarge
from openline.limits import CAP_ALERTS_MAX
from openline.terms import Instant
from tests.areas.alerts import CIRCLE, CODES, POLYGON, TIMES, alert, info

TRIANGLE = Polygon(((0.0, 50.0), (1.0, 50.0), (1.0, 50.5)), Edges.UNSTATED, label="Channel, eastern part")


def at(text: str) -> Instant:
    found = read_time(text)
    assert found is not None
    return found


FIRING = Window(at("2024-11-30T06:00:00Z"), at("2024-11-30T16:00:00Z"))


def read(source: str) -> Alert:
    (found,) = read_cap(source.encode())
    return found


def test_an_alert_with_everything_that_counts() -> None:
    source = alert(info(POLYGON + CIRCLE + CODES))
    found = read(source)
    reading = found.reading
    assert reading.source == source
    assert (reading.format, reading.id, reading.issued) == ("cap", "CH-1", at("2024-11-27T11:00:00Z"))
    assert reading.windows == (FIRING,)
    assert reading.shown_until == FIRING.end
    assert reading.areas == (TRIANGLE, Circle((0.5, 50.25), 12_500.0, label="Channel, eastern part"))
    assert (reading.flags, reading.refused, reading.cancels) == ((), (), ())
    assert (found.sender, found.status, found.message_type, found.scope) == (
        "watch@channel.example",
        "Actual",
        "Alert",
        "Public",
    )
    assert found.infos[0].headline == "Keep clear"
    assert found.infos[0].places[0].codes == (("UN/LOCODE", "GBDVR"),)


def test_every_language_is_read() -> None:
    found = read(alert(info(), info(language="fr-FR", headline="Tenez-vous à l'écart")))
    assert [each.language for each in found.infos] == ["en-GB", "fr-FR"]
    assert found.reading.areas == (TRIANGLE, TRIANGLE)
    assert found.reading.windows == (FIRING,)


def test_blocks_of_different_times_keep_their_own() -> None:
    later = TIMES.replace("11-30", "12-01")
    found = read(alert(info(), info(CIRCLE, times=later)))
    assert [flag.code for flag in found.reading.flags] == ["windows-differ"]
    assert [write_time(each.window.start)[:10] for each in found.infos if each.window] == ["2024-11-30", "2024-12-01"]
    assert found.reading.shown_until == at("2024-12-01T16:00:00Z")


def test_an_area_of_codes_alone_is_named_and_not_guessed_at() -> None:
    found = read(alert(info(CODES)))
    assert found.reading.areas == (Named("Channel, eastern part", "UN/LOCODE GBDVR"),)


def test_without_an_onset_it_is_effective_and_without_that_it_was_sent() -> None:
    effective, onset, expires = TIMES.split("\n    ")
    assert read(alert(info(times=effective + expires))).reading.windows[0].start == at("2024-11-27T11:00:00Z")
    assert read(alert(info(times=expires))).reading.windows[0].start == at("2024-11-27T11:00:00Z")
    endless = read(alert(info(times=onset))).reading
    assert endless.windows == (Window(FIRING.start, None, EndKind.PERM),)
    assert [flag.code for flag in endless.flags] == ["no-end"]
    assert endless.shown_until is None


@pytest.mark.parametrize(
    ("area", "why"),
    [
        ("<polygon>50,0 50,1 51,1</polygon>", "four pairs"),
        ("<polygon>50,0 50,1 51,1 51,0</polygon>", "last like the first"),
        ("<polygon>50,0 50,1 nan,1 50,0</polygon>", "pairs of latitude"),
        ("<polygon>50,0 50,1 5_0,1 50,0</polygon>", "pairs of latitude"),
        ("<polygon></polygon>", "four pairs"),
        ("<polygon>0,135 0,136 95,136 0,135</polygon>", "95 is no latitude"),
        ("<polygon>" + "50,0 " * 20_000 + "</polygon>", "vertices"),
        ("<circle>50,0</circle>", "radius"),
        ("<circle>50,0 -5</circle>", "no area"),
        ("<circle>50,0 99999</circle>", "is the most"),
    ],
)
def test_a_bad_shape_is_refused_and_the_others_are_read(area: str, why: str) -> None:
    reading = read(alert(info(area + CIRCLE))).reading
    assert [type(each) for each in reading.areas] == [Circle]
    assert why in reading.refused[0].why
    assert reading.source[reading.refused[0].first : reading.refused[0].last][:190] in area


def test_a_bow_tie_and_a_circle_of_nothing() -> None:
    reading = read(alert(info("<polygon>0,0 1,1 1,0 0,1 0,0</polygon><circle>1,2 0</circle>"))).reading
    assert [flag.code for flag in reading.flags] == ["ring-crosses-itself"]
    assert isinstance(reading.areas[1], Point)


def test_bad_times_are_refused() -> None:
    reading = read(alert(info(times="<onset>tomorrow</onset><expires>2024-11-30T16:00:00</expires>"))).reading
    assert [each.words for each in reading.refused] == ["tomorrow", "2024-11-30T16:00:00"]
    backwards = TIMES.replace("11-30T06", "12-30T06")
    assert read(alert(info(times=backwards))).reading.windows == ()
    zulu = read(alert(info(times=TIMES.replace("-00:00", "Z")))).reading
    assert zulu.windows == (FIRING,)
    assert {flag.code for flag in zulu.flags} == {"time-form"}


def test_updates_and_cancels_name_what_they_end() -> None:
    names = "a@b,CH-0,2024-11-26T12:00:00+01:00 a@b,CH-9,2024-11-25T12:00:00+01:00"
    found = read(alert(info(), kind="Update", more=f"<references>{names}</references>"))
    assert found.reading.cancels == ("CH-0", "CH-9")
    assert found.references == names
    mentions = read(alert(info(), kind="Ack", more=f"<references>{names}</references>"))
    assert mentions.reading.cancels == ()
    nothing = read(alert(kind="Cancel", more="<references/>")).reading
    assert [flag.code for flag in nothing.flags] == ["no-references"]
    broken = read(alert(kind="Cancel", more="<references>CH-0</references>")).reading
    assert [each.words for each in broken.refused] == ["CH-0"]


def test_what_is_not_real_or_not_checked_is_flagged() -> None:
    exercise = alert(info()).replace(">Actual<", ">Exercise<")
    assert [flag.code for flag in read(exercise).reading.flags] == ["not-actual"]
    signed = alert(info() + '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>')
    assert [flag.code for flag in read(signed).reading.flags] == ["signature-not-checked"]
    bare = read('<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>').reading
    assert [flag.words for flag in bare.flags] == ["identifier", "sender", "sent", "status", "msgType", "scope"]


def test_a_feed_of_alerts_is_read_one_by_one_each_with_its_own_words() -> None:
    parts = [alert(info(), identifier=f"CH-{number}", declared=False) for number in range(3)]
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><entry>' + "</entry><entry>".join(parts) + "</entry></feed>"
    found = read_cap(feed.encode())
    assert [each.reading.id for each in found] == ["CH-0", "CH-1", "CH-2"]
    assert [each.reading.source for each in found] == parts


def test_prefixes_and_marks_of_byte_order_make_no_difference() -> None:
    plain = alert(info())
    prefixed = plain.replace("</", "</c:").replace("xmlns=", "xmlns:c=").replace("<", "<c:")
    prefixed = prefixed.replace("<c:?", "<?").replace("<c:/c:", "</c:")
    assert read(prefixed).reading.areas == read(plain).reading.areas
    assert read_cap(b"\xef\xbb\xbf" + plain.encode())[0].reading.areas == (TRIANGLE,)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('<alert xmlns="urn:oasis:names:tc:emergency:cap:1.1"/>', "older CAP"),
        ('<alert xmlns="http://www.incident.com/cap/1.0"/>', "older CAP"),
        ("<alert/>", "no CAP alert"),
    ],
)
def test_what_is_not_cap_1_2_says_so(source: str, words: str) -> None:
    with pytest.raises(BadField, match=words):
        read(source)


def test_entities_are_never_read() -> None:
    with pytest.raises(BadEncoding, match="entities"):
        read('<!DOCTYPE alert [<!ENTITY a "b">]>' + alert(info(), declared=False))


def test_too_many_alerts() -> None:
    empty = '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>'
    with pytest.raises(TooLarge, match="alerts"):
        read(f"<feed>{empty * (CAP_ALERTS_MAX + 1)}</feed>")


def test_a_polygon_of_200_000_vertices_is_refused_in_a_second() -> None:
    pairs = " ".join(f"{at / 10_000:.4f},{at / 20_000:.4f}" for at in range(200_000))
    source = alert(info(f"<polygon>{pairs}</polygon>{CIRCLE}")).encode()
    began = time.process_time()
    (found,) = read_cap(source)
    assert time.process_time() - began < 1.0
    assert len(found.reading.areas) == 1
    assert "200000 vertices" in found.reading.refused[0].why


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_alert_is_read_or_refused(data: st.DataObject) -> None:
    """Bytes taken out, put in or doubled anywhere: never anything but a reading or a documented error."""
    source = alert(info(POLYGON + CIRCLE + CODES), kind="Update", more="<references>a,b,c</references>").encode()
    first = data.draw(st.integers(0, len(source)))
    last = data.draw(st.integers(first, min(len(source), first + 40)))
    put = data.draw(
        st.binary(max_size=6) | st.sampled_from([b"<", b"&", b"&amp;", b"<polygon>", b"nan", source[first:last] * 2])
    )
    with contextlib.suppress(BadEncoding, BadField):
        read_cap(source[:first] + put + source[last:])
