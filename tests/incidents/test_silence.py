"""Different causes of silence give different findings, as far as signatures can tell, between real posts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.incidents.stage import Stage
from tests.pair import command, until

CHIEF = "East:Chief"


@pytest.fixture(scope="module")
def three(cheap_passphrases: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """West, East and a third on one line."""
    with Stage(tmp_path_factory.mktemp("silence")) as made:
        made.found({"West": "Berg", "East": "Cole", "Third": "Koh"})
        made.line("hotline", "West", "East", "Third")
        yield made


def ask(stage: Stage) -> str:
    return stage.asks("West", "hotline", "Chairman", CHIEF)


def receipt(stage: Stage, asked: str) -> bool:
    rungs = stage.do("West", "receipts", asked)["rungs"]
    return any(each["rung"] == "delivered" and each["by"] == "East" for each in rungs)


def test_causes_of_silence(three: Stage) -> None:
    unmanned = ask(three)
    until(lambda: receipt(three, unmanned))
    found = three.certified("West", unmanned, "unmanned.certificate").codes
    assert {"delivered", "desk"} <= found
    assert not found & {"manned", "answered", "cut-or-down", "delivery"}

    silent = ask(three)
    until(lambda: receipt(three, silent))
    message = three.do("West", "send", "hotline", "Radio check.", "--class", "exercise")["id"]
    until(lambda: command(three.homes["East"], "take", message)[0] == 0)
    until(lambda: any(each["rung"] == "taken" for each in three.do("West", "receipts", message)["rungs"]))
    found = three.certified("West", silent, "silent.certificate").codes
    assert {"delivered", "manned"} <= found
    assert not found & {"desk", "answered", "cut-or-down", "delivery"}

    declined = ask(three)
    three.hears("East", declined)
    three.do("East", "call", "decline", declined, "--reason", "instructed-not-to")
    until(lambda: three.party("West", declined, "East")["answers"])
    found = three.certified("West", declined, "declined.certificate").codes
    assert {"delivered", "manned", "answered"} <= found

    cut_or_down(three)


def cut_or_down(three: Stage) -> None:
    """Not known, until the third has heard of them and passes on what they signed."""
    three.stop("East")
    asked = ask(three)
    until(lambda: any(words == "a dial failed" for words, _ in three.stated("West", asked, "East")))
    first = three.certified("West", asked, "cut.certificate")
    assert {"delivery", "cut-or-down", "one-side"} <= first.codes
    assert not first.codes & {"delivered", "at-work"}
    three.do("West", "peer", "address", "East")
    three.start("East")
    until(lambda: receipt(three, asked))
    until(lambda: three.party("West", asked, "East")["certificates"][0]["responses"])
    second = three.certified("West", asked, "healed.certificate")
    assert {"delivered", "at-work", "responded"} <= second.codes
    assert not second.codes & {"cut-or-down", "delivery", "one-side"}
    assert "Third" in " ".join(second.texts("third-reach"))
