"""Items as states write them: without blanks, on one line, out of order, with lists inside item E."""

from __future__ import annotations

from openline.areas.notam.items import locations, split


def test_items_without_blanks() -> None:
    found = split(
        "A2431/26 NOTAMN Q)ZBPE/QRDCA/IV/BO/W/000/999/3554N11209E013"
        " A)ZBPE B)2604151100 C)2604151200EST E)X F)SFC G)UNL"
    )
    assert (found.id, found.type, found.refers_to) == ("A2431/26", "N", None)
    assert {name: item.words for name, item in found.items.items()} == {
        "Q": "ZBPE/QRDCA/IV/BO/W/000/999/3554N11209E013",
        "A": "ZBPE",
        "B": "2604151100",
        "C": "2604151200EST",
        "E": "X",
        "F": "SFC",
        "G": "UNL",
    }


def test_letters_in_a_list_are_words_of_item_e() -> None:
    found = split("A1/26 NOTAMN Q) A) ZBPE B) 2604151100 C) PERM E) A) ONE B) TWO F) THREE G) FOUR F) GND G) FL100")
    assert found.items["E"].words == "A) ONE B) TWO F) THREE G) FOUR"
    assert (found.items["F"].words, found.items["G"].words) == ("GND", "FL100")


def test_the_bracket_of_the_telegram_and_the_foot_fall_away() -> None:
    found = split("(A0623/91 NOTAMN A) EGTT B) 9104030730 C) 9104281500 E) X (Y) F) GND G) 12 200 m (40 000 ft) MSL.)")
    assert found.items["G"].words == "12 200 m (40 000 ft) MSL."
    assert split("A1/26 NOTAMN E) X G) UNL  CREATED: 01 APR 2026 10:00 SOURCE: EUECYIYN").items["G"].words == "UNL"


def test_an_item_twice_counts_once() -> None:
    found = split("A1/26 NOTAMN A) ZBPE A) ZLHW B) 2604151100 E) X")
    assert (found.items["A"].words, found.twice) == ("ZBPE", ("A",))


def test_locations_of_a_part() -> None:
    assert locations("VOMF PART 1 OF 2") == ("VOMF",)
    assert locations("EGTT EGPX/EBBU") == ("EGTT", "EGPX", "EBBU")


def test_offsets() -> None:
    text = "A1/26 NOTAMN  A)  ZBPE  B) 2604151100"
    item = split(text).items["A"]
    assert text[item.first : item.first + len(item.words)] == "ZBPE"


def test_an_empty_text_has_nothing() -> None:
    assert split("").items == {}
