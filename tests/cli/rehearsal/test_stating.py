"""What is changed in the statement stands in it once; that the act can be played is shown by the demo."""

from __future__ import annotations

from pathlib import Path

import pytest

import openline.cli.demo
from openline.cli.rehearsal.play import Play
from openline.cli.rehearsal.proving import Proving
from openline.cli.rehearsal.stating import AMENDED, LANGUAGES, LETTER, LINE, Stating
from openline.errors import DemoFailed
from openline.wire.joint_statement import check_text
from tests.proof.pages import good, released

SECOND = openline.cli.demo.SECOND


def test_the_words_are_such_as_a_statement_may_have() -> None:
    assert tuple(LINE) == LANGUAGES
    for text in (*LINE.values(), AMENDED):
        check_text(text)
    assert "".join(LINE.values()).count(LETTER[0]) == 1


def page(play: Play) -> Path:
    """A good page, and the cards of its posts where the demo keeps them."""
    for post, member in zip(play.posts, released().posts, strict=True):
        post.card.write_bytes(member.card.encode())
    file = play.proof / "statement.html"
    file.write_bytes(good())
    return file


def test_both_verifiers_prove_a_page_and_refuse_one_changed_letter(play: Play) -> None:
    proving, file = Proving(play, SECOND), page(play)
    proving.prove_page(file)
    refusals = proving.refuse_page(file, "reject", "regect")
    assert ["another text" in said for said in refusals] == [True, True]
    assert [each.name for each in play.proof.glob("*.html")] == ["statement.html"]


def test_a_page_that_is_wrong_is_not_proved(play: Play) -> None:
    proving, file = Proving(play, SECOND), page(play)
    with pytest.raises(DemoFailed, match="not where it should be"):
        proving.refuse_page(file, "no such word", "")
    file.write_bytes(good().replace(b"reject", b"regect", 1))
    with pytest.raises(DemoFailed, match="is not proved"):
        proving.prove_page(file)


def test_nothing_is_said_before_it_is_played(play: Play) -> None:
    act = Stating(Proving(play, SECOND))
    assert (act.page, act.refusals) == (None, [])
