"""A line's members, versions and epoch keys: who is who, and who may read what."""

from __future__ import annotations

from itertools import product

from openline.engine.line import Line, epoch_keys
from openline.terms import Instant, LineId, PostId
from openline.wire.lineterms import LineTerms, Member, encode_terms, line_id
from tests.engine.forging import signed
from tests.engine.pair import START, Wire
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE

STRANGER = PostId(b"\x99" * 32)


def terms(version: int, **active: bool) -> LineTerms:
    posts = {"alpha": ALPHA, "bravo": BRAVO, "charlie": CHARLIE}
    return LineTerms(
        name="hot line",
        version=version,
        previous=None if version == 1 else bytes(32),
        members=tuple(Member(posts[name], kept) for name, kept in active.items()),
        time=START,
        nonce=bytes(16),
    )


def line_of(*versions: LineTerms) -> Line:
    payload = encode_terms(versions[0])
    line = Line(line_id(payload), ALPHA, payload, versions[0])
    line.chain += [(encode_terms(version), version) for version in versions[1:]]
    line.add_members()
    return line


def test_numbers_and_members_are_two_ways_of_one_list() -> None:
    line = line_of(terms(1, alpha=True, bravo=True, charlie=True))
    assert [line.index(post) for post in (ALPHA, BRAVO, CHARLIE, STRANGER)] == [0, 1, 2, -1]
    assert [line.member(at) for at in (0, 1, 2, 3, -1)] == [ALPHA, BRAVO, CHARLIE, None, None]
    assert line.others() == (BRAVO, CHARLIE)


def test_a_removed_member_keeps_its_number_and_feed() -> None:
    line = line_of(terms(1, alpha=True, bravo=True, charlie=True), terms(2, alpha=True, bravo=True, charlie=False))
    assert line.index(CHARLIE) == 2
    assert line.others() == (BRAVO,)
    assert CHARLIE in line.feeds
    assert [line.version(number) is None for number in (0, 1, 2, 3)] == [True, False, False, True]


def test_a_removed_member_reads_what_was_before_and_a_new_one_everything() -> None:
    line = line_of(
        terms(1, alpha=True, bravo=True),
        terms(2, alpha=True, bravo=False, charlie=True),
    )
    readers = {post: [line.may_read(post, version) for version in (1, 2, 3)] for post in (ALPHA, BRAVO, CHARLIE)}
    assert readers == {
        ALPHA: [True, True, False],
        BRAVO: [True, False, False],
        CHARLIE: [True, True, False],
    }
    assert not line.may_read(STRANGER, 1)


def test_an_id_is_known_once_the_entry_is_chained() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = wire.line()
    held = alpha.line(line)
    ahead = signed(bravo, line, number=held.feeds[bravo.id].number + 2, previous=held.mine.last)
    held.feeds[bravo.id].admit(ahead)
    assert held.id_at(bravo.id, ahead.header.number) is None
    assert held.id_at(bravo.id, 1) == bravo.entries(line, bravo)[0].id
    assert held.id_at(STRANGER, 1) is None


def test_nobody_has_claimed_anything_of_a_stranger() -> None:
    line = line_of(terms(1, alpha=True, bravo=True))
    assert line.claimed(STRANGER, ALPHA) == 0
    assert line.claimed(BRAVO, ALPHA) == 0


def test_every_line_author_number_and_secret_has_keys_of_its_own() -> None:
    lines, posts = (LineId(b"\x01" * 32), LineId(b"\x02" * 32)), (ALPHA, BRAVO)
    made = [
        epoch_keys(line, post, number, secret, Instant(0))
        for line, post, number, secret in product(lines, posts, (1, 2), (bytes(32), b"\x01" * 32))
    ]
    assert len({keys.seal for keys in made}) == 16
    assert not {keys.seal for keys in made} & {keys.salt for keys in made}
    assert not {keys.seal for keys in made} & {keys.secret for keys in made}
