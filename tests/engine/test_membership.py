"""Lines and their members: proposed, accepted, changed, refused; new terms need all signatures of those they keep."""

from __future__ import annotations

import time

import msgspec
import pytest

from openline.engine.events import AcceptLine, ChangeMembers, LineStatus, OpenLine, Send
from openline.errors import LocalError, NotAllowed, UnknownName
from openline.limits import LINE_MEMBERS_MAX
from openline.terms import Instant, LineId, PostId, Precedence
from openline.wire.bodies import bytes_item
from openline.wire.kinds import Kind
from openline.wire.lineterms import Member, encode_terms, terms_hash
from openline.wire.rules import Rules, encode_rules
from tests.engine.forging import hand_over, signed
from tests.engine.pair import Wire, founded


def members(*names: str) -> tuple[Wire, LineId]:
    wire = Wire(*names)
    line = wire.line()
    wire.wait(10)
    return wire, line


# A new line


def test_a_line_is_proposed_accepted_and_used() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = alpha.do(OpenLine, "hot line", (bravo.id,))["id"]
    assert bravo.told() == ["line-proposed"]
    assert "Alpha proposes the line hot line" in bravo.alarms[0].text
    assert bravo.engine.names() == {line: "hot line"}
    assert line not in bravo.engine.state.lines
    assert bravo.do(AcceptLine, line) == {"line": "hot line", "id": line}
    bravo.do(Send, line=line, text="We are here.")
    assert alpha.texts(line, bravo) == ["We are here."]
    assert bravo.record.objects("proposal") == {}


@pytest.mark.parametrize(
    ("peers", "error", "said"),
    [
        ((), NotAllowed, "each of the other posts once"),
        (("Bravo", "Bravo"), NotAllowed, "once"),
        (("Alpha",), LocalError, "card"),
        (("Bravo", "Alpha"), LocalError, "card"),
        (("Stranger",), UnknownName, "card"),
    ],
)
def test_a_line_of_the_wrong_posts_is_not_opened(peers: tuple[str, ...], error: type[LocalError], said: str) -> None:
    wire = Wire("Alpha", "Bravo")
    with pytest.raises(error, match=said):
        wire.posts[0].do(OpenLine, "hot line", tuple(founded(name)[1].post for name in peers))
    assert wire.posts[0].engine.state.lines == {}


@pytest.mark.parametrize("name", ["", " padded ", "x" * 65, "two\nlines", "half \ud83d", "list", "send", "--json"])
def test_a_line_needs_a_name_that_can_be_said(name: str) -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    alpha.ask(OpenLine, name, (bravo.id,))
    wire.settle()
    assert list(alpha.refused) == [1]
    assert alpha.engine.state.lines == {}


def test_a_line_proposed_under_a_word_that_follows_stop_is_not_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    with monkeypatch.context() as patched:
        patched.setattr("openline.engine.membership.COMMAND_WORDS", frozenset())
        line = alpha.do(OpenLine, "list", (bravo.id,))["id"]
        wire.settle()
    with pytest.raises(NotAllowed, match="another name"):
        bravo.do(AcceptLine, line)
    assert bravo.engine.state.lines == {}


def test_two_lines_of_one_name_are_refused_here_and_there() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    alpha.do(OpenLine, "hot line", (bravo.id,))
    with pytest.raises(NotAllowed, match="already"):
        alpha.do(OpenLine, "hot line", (bravo.id,))
    theirs = bravo.do(OpenLine, "hot line", (alpha.id,))["id"]
    with pytest.raises(NotAllowed, match="another line of that name"):
        alpha.do(AcceptLine, theirs)
    with pytest.raises(UnknownName):
        alpha.do(AcceptLine, LineId(b"\x01" * 32))


def test_a_line_has_a_greatest_size() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, _ = wire.posts
    with pytest.raises(LocalError):
        alpha.do(OpenLine, "hot line", tuple(PostId(bytes([at]) * 32) for at in range(LINE_MEMBERS_MAX)))


def test_a_new_member_reads_the_whole_record() -> None:
    wire = Wire("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    line = alpha.do(OpenLine, "hot line", (bravo.id,))["id"]
    bravo.do(AcceptLine, line)
    for number in range(5):
        (alpha, bravo)[number % 2].do(Send, line=line, text=f"message {number}", precedence=Precedence.FLASH)
    wire.wait(10)
    answer = alpha.do(ChangeMembers, line, (charlie.id,))
    assert (answer["version"], answer["waiting for"]) == (2, ["Bravo"])
    assert bravo.told()[-1] == "terms-proposed"
    assert charlie.told() == []
    assert alpha.line(line).terms.version == 1
    bravo.do(AcceptLine, line)
    assert [post.line(line).terms.version for post in (alpha, bravo)] == [2, 2]
    wire.wait(10)
    assert charlie.told() == ["line-proposed"]
    charlie.do(AcceptLine, line)
    wire.wait(30)
    assert charlie.texts(line, alpha) == ["message 0", "message 2", "message 4"]
    assert charlie.texts(line, bravo) == ["message 1", "message 3"]
    charlie.do(Send, line=line, text="I have read it all.")
    wire.wait(20)
    wire.alike(line)
    assert not {code for post in wire.posts for code in post.told()} - {"line-proposed", "terms-proposed"}


def test_every_kept_member_must_sign() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    delta = wire.add("Delta")
    delta.start()
    for post in (alpha, bravo, charlie):
        post.stop()
        post.peers = tuple(other.card for other in wire.posts if other is not post)
        post.start()
    wire.wait(10)
    alpha.do(ChangeMembers, line, (delta.id,))
    bravo.do(AcceptLine, line)
    wire.wait(10)
    assert {post.line(line).terms.version for post in (alpha, bravo, charlie)} == {1}
    (status,) = charlie.do(LineStatus, line)["proposed terms"]
    assert status.pop("terms") in charlie.line(line).offers
    signed_by = {"signed": ["Alpha", "Bravo"], "not signed": ["Charlie"]}
    assert [status] == [{"version": 2, "adds": ["Delta"], "removes": [], **signed_by}]
    charlie.do(AcceptLine, line)
    wire.wait(10)
    assert {post.line(line).terms.version for post in (alpha, bravo, charlie)} == {2}
    delta.do(AcceptLine, line)
    delta.do(Send, line=line, text="Thank you.")
    wire.wait(20)
    wire.alike(line)


def test_a_removed_member_reads_nothing_from_then_on() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    alpha.do(Send, line=line, text="all three")
    alpha.do(ChangeMembers, line, (), (charlie.id,))
    bravo.do(AcceptLine, line)
    wire.wait(10)
    sizes = charlie.sizes(line)
    alpha.do(Send, line=line, text="two of us", precedence=Precedence.FLASH)
    bravo.do(Send, line=line, text="only", precedence=Precedence.FLASH)
    wire.wait(60)
    assert bravo.texts(line, alpha) == ["all three", "two of us"]
    assert alpha.texts(line, bravo) == ["only"]
    assert charlie.texts(line, alpha) == ["all three"]
    assert charlie.texts(line, bravo) == []
    assert charlie.sizes(line)["Alpha"] <= sizes["Alpha"]
    late = signed(charlie, line, terms=1)
    before = alpha.line(line).feeds[charlie.id].number
    hand_over(wire, charlie, alpha, late)
    assert alpha.line(line).feeds[charlie.id].number == before


def test_what_one_took_of_a_removed_member_comes_to_all() -> None:
    """Others take it only once somebody signed for it: so even a receipt is signed for at once."""
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    wire.wait(20)
    first = signed(charlie, line)
    second = signed(charlie, line, number=first.header.number + 1, previous=first.id)
    hand_over(wire, charlie, bravo, first)
    wire.sever("Bravo", "Charlie")
    hand_over(wire, charlie, alpha, second)
    wire.sever("Alpha", "Charlie")
    bravo.do(Send, line=line, text="we have the first")
    alpha.do(ChangeMembers, line, (), (charlie.id,))
    bravo.do(AcceptLine, line)
    wire.wait(30)
    assert alpha.line(line).feeds[charlie.id].number == second.header.number
    assert bravo.line(line).feeds[charlie.id].number == second.header.number


def test_nobody_returns_and_nobody_removes_itself() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    with pytest.raises(NotAllowed, match="itself"):
        alpha.do(ChangeMembers, line, (), (alpha.id,))
    with pytest.raises(NotAllowed):
        alpha.do(ChangeMembers, line, (bravo.id,))
    with pytest.raises(UnknownName):
        alpha.do(ChangeMembers, line, (PostId(bytes(32)),))
    alpha.do(ChangeMembers, line, (), (charlie.id,))
    bravo.do(AcceptLine, line)
    wire.wait(10)
    with pytest.raises(NotAllowed, match="nobody returns"):
        alpha.do(ChangeMembers, line, (charlie.id,))
    alpha.ask(ChangeMembers, line, (), (bravo.id,))
    wire.settle()
    assert isinstance(alpha.refused[alpha.requests], Exception)


def test_two_successors_signed_by_one_member_are_alarmed() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    alpha.do(ChangeMembers, line, (), (charlie.id,))
    with pytest.raises(NotAllowed, match="evidence"):
        alpha.do(ChangeMembers, line, (), (bravo.id,))
    terms = alpha.line(line).offers
    (first,) = terms.values()
    second = encode_terms(msgspec.structs.replace(first.terms, time=Instant(first.terms.time + 1)))
    hand_over(wire, alpha, bravo, signed(alpha, line, Kind.TERMS, (bytes_item(second),)))
    assert [alarm.precedence for alarm in bravo.alarms if alarm.code == "terms-forked"] == [Precedence.FLASH]
    assert bravo.line(line).terms.version == 1


def test_crossing_proposals_leave_the_old_terms_in_force() -> None:
    """Two members propose different successors at once: neither comes into force by itself, and the line goes on."""
    wire, line = members("Alpha", "Bravo", "Charlie", "Delta")
    alpha, bravo, charlie, delta = wire.posts
    alpha.ask(ChangeMembers, line, (), (charlie.id,))
    bravo.ask(ChangeMembers, line, (), (delta.id,))
    wire.settle()
    wire.wait(10)
    with pytest.raises(LocalError):
        alpha.do(AcceptLine, line)
    assert {post.line(line).terms.version for post in wire.posts} == {1}
    alpha.do(Send, line=line, text="still talking")
    wire.wait(10)
    assert [post.texts(line, alpha) for post in (bravo, charlie, delta)] == [["still talking"]] * 3
    assert not {"terms-forked", "bad-terms"} & {code for post in wire.posts for code in post.told()}


def test_terms_that_do_not_follow_are_alarmed() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    payload, terms = alpha.line(line).chain[-1]
    wrong = encode_terms(msgspec.structs.replace(terms, version=2, previous=bytes(32)))
    hand_over(wire, bravo, alpha, signed(bravo, line, Kind.TERMS, (bytes_item(wrong),)))
    assert alpha.told() == ["bad-terms"]
    assert alpha.line(line).chain == [(payload, terms)]


def test_offers_survive_a_restart() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    alpha.do(ChangeMembers, line, (), (charlie.id,))
    wire.wait(5)
    for post in (alpha, bravo):
        post.stop()
        post.start()
    wire.wait(10)
    bravo.do(AcceptLine, line)
    wire.wait(10)
    assert [post.line(line).terms.version for post in (alpha, bravo)] == [2, 2]


def test_a_line_of_sixty() -> None:
    """All founded, proposed, accepted by all; a FLASH of one is receipted by the 59 others."""
    begun = time.monotonic()
    names = [f"Post {at}" for at in range(60)]
    wire = Wire(names[0])
    first = wire.posts[0]
    for name in names[1:]:
        wire.add(name)
    cards = tuple(post.card for post in wire.posts)
    first.stop()
    first.peers = cards[1:]
    for post in wire.posts[1:]:
        post.peers = cards[:1]
    wire.cut = {frozenset((a, b)) for a in names[1:] for b in names[1:] if a != b}
    for post in wire.posts:
        post.start()
    wire.settle()
    line = first.do(OpenLine, "hot line", tuple(card.post for card in cards[1:]))["id"]
    for post in wire.posts[1:]:
        post.ask(AcceptLine, line)
    wire.settle(20_000)
    first.do(Send, line=line, text="FLASH to all", precedence=Precedence.FLASH)
    wire.wait(3)
    assert all(post.texts(line, first) == ["FLASH to all"] for post in wire.posts[1:])
    number = first.entries(line, first, Kind.MESSAGE)[0].header.number
    assert all(first.line(line).claimed(post.id, first.id) >= number for post in wire.posts[1:])
    assert not {code for post in wire.posts for code in post.told()} - {"line-proposed"}
    assert time.monotonic() - begun < 120


def test_rules_are_proposed_with_the_terms_and_bad_ones_are_not() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    rules = encode_rules(Rules(languages=("en", "ru")))
    assert alpha.do(ChangeMembers, line=line, rules=rules)["waiting for"] == ["Bravo"]
    bravo.do(AcceptLine, line)
    assert alpha.line(line).rules == bravo.line(line).rules == Rules(languages=("en", "ru"))
    with pytest.raises(NotAllowed, match="cannot be read"):
        alpha.do(ChangeMembers, line=line, rules=b"\x00")


def test_rules_that_cannot_be_read_are_not_accepted_and_mean_nothing() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    payload, terms = alpha.line(line).chain[-1]
    new = msgspec.structs.replace(terms, version=2, previous=terms_hash(payload), rules=b"\x00")
    hand_over(wire, alpha, bravo, signed(alpha, line, Kind.TERMS, (bytes_item(encode_terms(new)),)))
    with pytest.raises(NotAllowed, match="cannot be read"):
        bravo.do(AcceptLine, line)
    bravo.line(line).chain.append((encode_terms(new), new))
    assert bravo.line(line).rules == Rules()


def test_nobody_removes_all_the_others_with_a_new_post_beside_it() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    delta = wire.add("Delta")
    alpha.stop()
    alpha.peers = (*alpha.peers, delta.card)
    alpha.start()
    with pytest.raises(NotAllowed, match="At least two of the present members"):
        alpha.do(ChangeMembers, line, (delta.id,), (bravo.id, charlie.id))
    payload, terms = alpha.line(line).chain[-1]
    kept = tuple(msgspec.structs.replace(each, active=each.post == alpha.id) for each in terms.members)
    added = (*kept, Member(delta.id, active=True))
    alone = msgspec.structs.replace(terms, version=2, previous=terms_hash(payload), members=added)
    wire.wait(10)
    hand_over(wire, alpha, bravo, signed(alpha, line, Kind.TERMS, (bytes_item(encode_terms(alone)),)))
    assert bravo.line(line).terms.version == 1
    assert "bad-terms" in bravo.told()
