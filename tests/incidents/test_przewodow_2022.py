"""15 November 2022: the American chairman's staff cannot reach the Russian chief; others are reached (SOURCES.md)."""

from __future__ import annotations

from functools import partial

from tests.incidents.stage import Stage
from tests.pair import command, until

MATTER = "Missile at Przewodow"
CHAIRMAN = "Chairman of the Joint Chiefs of Staff"
RUSSIAN_CHIEF = "Russia:Chief of the General Staff"


def test_they_could_not_connect_me(stage: Stage) -> None:
    """Every attempt with its layer, the certificate of it, and the calls that succeed with others."""
    consequence = "We tell our allies that Russia was asked and did not answer."
    options = {"matter": MATTER, "precedence": "flash", "topic": "the explosion near Przewodow", "if_none": consequence}
    asked = stage.asks("United States", "washington-moscow", CHAIRMAN, RUSSIAN_CHIEF, within=5, **options)
    stage.hears("Russia", asked)
    until(lambda: stage.stated("United States", asked, "Russia"))
    assert stage.stated("United States", asked, "Russia")[0] == ("the link is up", "bearer")
    telephone = ("--means", "telephone", "--text", "The number of the ministry rang; nobody picked up.")
    stage.do("United States", "call", "try", asked, *telephone)
    attache = ("--means", "attache", "--layer", "desk", "--who", "the duty clerk", "--text", "He takes no message.")
    stage.do("United States", "call", "try", asked, *attache)

    stage.stop("Russia")
    until(lambda: len(stage.stated("United States", asked, "Russia")) >= 2)
    assert stage.stated("United States", asked, "Russia")[1][0] in ("the link is lost", "a dial failed")
    assert stage.stated("United States", asked, "Russia")[-1][1] == "post"

    others_are_reached(stage)
    home = stage.homes["United States"]
    assert command(home, "call", "close", asked, "declined")[0] == 1
    until(lambda: command(home, "call", "close", asked, "no-answer")[0] == 0)

    first = stage.certified("United States", asked, "first.certificate")
    assert {"delivered", "desk", "closed", "cut-or-down", "after", "one-side"} <= first.codes
    assert not first.codes & {"answered", "manned", "refuted", "no-answer-in-their-record"}
    tried = first.texts("attempt")
    assert any("telephone" in each and "officer Watch officer Hale" in each for each in tried)
    assert any("attache" in each and "reached desk" in each for each in tried)
    assert any("by link" in each and "the post, without an officer" in each for each in tried)
    assert b"explosion near" not in first.path.read_bytes()

    row = next(each for each in board(stage) if each["post"] == "Russia")
    assert (row["stands"], row["layer"], row["outcome"]) == ("no-answer", "post", "no-answer")

    stage.start("Russia")
    until(lambda: stage.party("United States", asked, "Russia")["certificates"][0]["responses"])
    second = stage.certified("United States", asked, "second.certificate")
    assert "responded" in second.codes
    assert "one-side" not in second.codes
    both_together(stage, first.path.name, second.path.name)


def board(stage: Stage) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = stage.do("United States", "call", "board", "--matter", MATTER)["rows"]
    return rows


def others_are_reached(stage: Stage) -> None:
    """Ukraine takes the content at once, Poland accepts, and both calls are held."""
    content = "Two dead near Przewodow at 14:40Z. We do not know whose missile it was. Do you?"
    to = ("Ukraine:Commander-in-Chief", "Poland:Chief of the General Staff")
    asked = stage.asks("United States", "allies", CHAIRMAN, *to, matter=MATTER, precedence="flash", content=content)
    stage.hears("Ukraine", asked)
    stage.do("Ukraine", "call", "take", asked)
    stage.do("Ukraine", "call", "accept", asked)
    stage.hears("Poland", asked)
    stage.do("Poland", "call", "accept", asked, "--text", "At once.")
    for post, present in (("Ukraine", "General Zaluzhnyi"), ("Poland", "General Andrzejczak")):
        until(partial(_accepted, stage, asked, post))
        stage.do("United States", "call", "held", asked, "--with", post, "--present", present)
        until(partial(_held, stage, asked, post))
    rows = {row["post"]: row for row in board(stage)}
    assert [rows[post]["stands"] for post in ("Ukraine", "Poland")] == ["held", "held"]
    assert rows["Ukraine"]["briefed"] is not None


def _accepted(stage: Stage, asked: str, post: str) -> bool:
    answers = stage.party("United States", asked, post)["answers"]
    return any(each["reply"] == "accepted" for each in answers)


def _held(stage: Stage, asked: str, post: str) -> bool:
    return bool(stage.party(post, asked, post)["outcome"] == "held")


def both_together(stage: Stage, first: str, second: str) -> None:
    """`verify A --against B` names what A left out, and merges the two."""
    cards = [word for home in stage.homes.values() for word in ("--card", str(home.with_suffix(".card")))]
    paths = [str(stage.folder / name) for name in (first, second)]
    code, said = command(stage.folder / "nobody", "verify", paths[0], "--against", paths[1], *cards)
    assert code == 1
    assert said["first"]["ok"]
    assert said["second"]["ok"]
    assert said["comparison"]["contradictions"] == []
    assert said["comparison"]["first_lacks"]
    assert said["comparison"]["second_lacks"] == []
    codes = {each["code"] for each in said["merged"]["sentences"]}
    assert "responded" in codes
    assert not codes & {"refuted", "one-side"}
