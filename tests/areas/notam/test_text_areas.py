"""Areas in item E: read right, or refused with their words."""

from __future__ import annotations

from openline.areas.notam.positions import find_positions
from openline.areas.notam.text_areas import grouped, read_areas
from openline.areas.shapes import Circle, Point, Polygon

RING = "430857N 0314514E 430150N 0314522E 424800N 0314313E"


def test_a_ring_closed_by_hand_is_open_here() -> None:
    (area,) = read_areas(f"AREA BOUNDED BY {RING} 430857N 0314514E ACT").areas
    assert isinstance(area, Polygon)
    assert len(area.ring) == 3


def test_two_rings_one_after_the_other() -> None:
    found = read_areas(f"AREA 1: {RING} 430857N 0314514E AREA 2: {RING} 430857N 0314514E")
    assert len(found.areas) == 2
    text = f"{RING} 430857N 0314514E {RING}"
    assert [len(group.places) for group in grouped(text, find_positions(text))] == [4, 3]


def test_a_circle_before_and_behind_its_radius() -> None:
    for text in ("RADIUS 5NM CENTERED ON 430857N 0314514E", "PSN 430857N 0314514E RADIUS 5NM"):
        (area,) = read_areas(text).areas
        assert isinstance(area, Circle)
        assert (area.radius_m, area.radius_nm) == (9260, 5)


def test_an_arc_is_refused() -> None:
    found = read_areas(f"AREA {RING} THENCE CLOCKWISE BY THE ARC OF A CIRCLE RADIUS 5NM CENTRED ON 430000N 0310000E")
    assert found.areas == ()
    assert found.refused


def test_cranes_are_points() -> None:
    found = read_areas("CRANES ERECTED 430857N 0314514E, 430150N 0314522E, 424800N 0314313E")
    assert [type(area) for area in found.areas] == [Point] * 3


def test_positions_that_bound_nothing_known_are_refused() -> None:
    found = read_areas(f"HELLO {RING}")
    assert (found.areas, [part.words for part in found.refused]) == ((), [RING])


def test_a_radius_without_a_place_is_refused() -> None:
    found = read_areas("WI 5NM RADIUS OF LHR VOR")
    assert [part.words for part in found.refused] == ["5NM RADIUS"]


def test_stray_figures_beside_a_ring_refuse_it() -> None:
    for stray in (f"43085N 0314514E {RING}", f"{RING} 4308 0314514E", f"{RING} 4308570314514"):
        found = read_areas(f"AREA BOUNDED BY {stray} ACT")
        assert found.areas == (), stray
        assert found.refused, stray


def test_a_ring_that_crosses_itself_is_doubted() -> None:
    found = read_areas("AREA 345925N 0023116E 345925N 0023616E 345425N 0023116E 345425N 0023616E")
    assert [flag.code for flag in found.flags] == ["ring-crosses-itself"]


def test_places_that_are_only_referred_to_are_points() -> None:
    for text in (
        "COORDINATES OF WAYPOINTS 430857N 0314514E 430150N 0314522E 424800N 0314313E",
        "DVOR/DME PSN CHANGED TO 430857N 0314514E",
        "ARP 430857N 0314514E AMD",
        "CRANE ERECTED 0.5NM W OF RWY 31, PSN 430857N 0314514E, 300FT AMSL",
        "OBST LGT U/S 430857N 0314514E AND 430150N 0314522E",
    ):
        found = read_areas(text)
        assert found.areas, text
        assert {type(area) for area in found.areas} == {Point}, text


def test_a_part_of_a_circle_is_refused() -> None:
    for text in (
        "SECTOR 090-180 DEG OF CIRCLE RADIUS 5NM CENTRED ON 430857N 0314514E",
        "BTN 5NM AND 10NM RADIUS OF 430857N 0314514E",
        "5NM RADIUS OF 430857N 0314514E BTN RADIALS 090 AND 180",
        "NORTHERN HALF OF A CIRCLE RADIUS 5NM CENTRED ON 430857N 0314514E",
    ):
        found = read_areas(text)
        assert found.areas == (), text
        assert found.refused, text


def test_what_is_left_out_of_an_area_is_refused_and_the_area_stays_whole() -> None:
    found = read_areas(f"AREA {RING} EXCLUDING CIRCLE RADIUS 1NM CENTRED ON 430857N 0314514E")
    assert [type(area) for area in found.areas] == [Polygon]
    assert [part.words for part in found.refused if part.why.startswith("it is left out")] == ["430857N 0314514E"]
    assert len(read_areas(f"AREA {RING} EXC HEMS. WI 1NM RADIUS OF 430857N 0314514E").areas) == 2


def test_a_letter_that_stands_alone_between_positions_is_doubted() -> None:
    more = "422800N 0313313E 422000N 0313000E"
    assert [flag.code for flag in read_areas(f"AREA DEFINED AS {RING} O {more} 421000N 0314000E").flags] == [
        "label-alone"
    ]
    labelled = read_areas(f"AREA DEFINED AS A. {RING} B. {more} 421000N 0314000E")
    assert (len(labelled.areas), labelled.flags) == (2, ())


def test_a_radius_of_a_few_metres_is_doubted_and_glued_words_are_read() -> None:
    assert [flag.code for flag in read_areas("RADIUS 3M CENTRED ON 430857N 0314514E").flags] == ["radius-small"]
    (area,) = read_areas("PSN 430857N 0314514E RADIUS3NM.").areas
    assert isinstance(area, Circle)
    assert read_areas("PSN 430857N 0314514E 3NMRADIUS").refused


def test_a_rectangle_is_not_taken_for_a_ring_that_should_close() -> None:
    """Its last vertex differs from the first in one digit, and shares that with another."""
    square = "540000N 0070000E 541000N 0070000E 541000N 0072000E"
    assert read_areas(f"AREA {square} 540000N 0072000E").flags == ()
    assert [flag.code for flag in read_areas(f"AREA {square} 540000N 0070700E").flags] == ["ring-not-closed"]


def test_a_position_beside_what_cannot_be_read_is_no_point() -> None:
    for text in ("540000N 0070000E - 541000N 0O70000E", "AREA 540000N 0070000E THENCE ALONG THE COASTLINE"):
        assert read_areas(text).areas == (), text


def test_a_second_circle_far_behind_the_first_is_not_passed_over() -> None:
    text = (
        "CIRCLE RADIUS 5NM CENTRED ON 430857N 0314514E."
        + " ACFT SHALL KEEP CLEAR." * 8
        + " ALSO A SEMICIRCLE AROUND HLG"
    )
    found = read_areas(text)
    assert (len(found.areas), [part.words for part in found.refused]) == (1, ["SEMICIRCLE"])


def test_a_ring_closed_twice_is_closed() -> None:
    closing = "430857N 0314514E"
    for again in (f" - {closing}", f" - ({closing})"):
        found = read_areas(f"AREA BOUNDED BY {RING} {closing}{again} ACT")
        assert ([len(area.ring) for area in found.areas if isinstance(area, Polygon)], found.refused) == ([3], ())
    text = f"{RING} {closing} - {closing} 430000N 0314514E 420000N 0314514E"
    assert [len(group.places) for group in grouped(text, find_positions(text))] == [4, 3]


def test_a_distance_beside_a_ring_is_no_position() -> None:
    found = read_areas(f"WI {RING} 430857N 0314514E (112NM EAST OF BASCO AP)")
    assert (len(found.areas), found.refused) == (1, ())
    assert read_areas(f"WI {RING} 430857N 0314514E (1120N 03145E2)").refused


def test_a_ring_that_goes_back_to_its_start_need_not_be_closed_by_hand() -> None:
    ring = "N331500E1082700-N331800E1083300-N331700E1084500-N325900E1085700-N324600E1084700-N330500E1082700"
    assert [flag.code for flag in read_areas(f"AREA BOUNDED BY:{ring}").flags] == ["ring-not-closed"]
    assert read_areas(f"AREA BOUNDED BY:{ring},BAC  K TO START.").flags == ()
