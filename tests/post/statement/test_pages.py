"""The page of a released statement: the same at every party, and only of what is out."""

from __future__ import annotations

from hashlib import sha256
from types import SimpleNamespace
from typing import Any, cast

import pytest

from openline.errors import NotAllowed, UnknownName
from openline.exchanges.joint_statement import State
from openline.feeds.folding import Folded
from openline.identity.card import Card
from openline.post.names import Names
from openline.post.statement.pages import check_page, page_frame, page_of
from openline.proof.page import HEAD_DIGEST, TAIL_DIGEST
from openline.terms import PostId
from tests.proof.pages import Talk, good, released, started, wrong


def names(talk: Talk, *without: PostId) -> Names:
    """What a post knows that holds the cards of all but these."""
    cards = {post: card for post, card in talk.world.known().items() if post not in without}

    def card(post: PostId) -> Card | None:
        return cards.get(post)

    return cast(Names, SimpleNamespace(card=card, post=lambda post: talk.world.known()[post].name))


def test_the_digests_of_the_frame_are_those_of_the_files_that_are_shipped() -> None:
    digests = [sha256(each).hexdigest() for each in (page_frame().head, page_frame().tail)]
    assert digests == [HEAD_DIGEST, TAIL_DIGEST], "a changed script or style is another version of the page"


def test_the_page_is_made_of_what_counted() -> None:
    talk = released()
    folded: Folded[State] = talk.folded()
    assert page_of(names(talk), folded) == talk.page()


def test_as_many_approvals_as_it_takes() -> None:
    talk = started(needed=2, one_person=True)
    for poster in talk.posts[:2]:
        for officer in (2, 1):
            talk.approve(poster, officer)
    talk.release()
    page: Any = page_of(names(talk), talk.folded())
    assert len(page.proof.approvals) == 2


def test_only_what_is_out_is_published() -> None:
    talk = started()
    with pytest.raises(NotAllowed):
        page_of(names(talk), talk.folded())
    with pytest.raises(UnknownName):
        page_of(names(released(), released().posts[1].post), released().folded())


def test_a_page_that_nobody_would_take_is_not_written() -> None:
    check_page(good())
    with pytest.raises(NotAllowed, match="revoked since"):
        check_page(wrong("a key that was revoked since"))
