"""Numbers of notices: the engine gives the next one, tells of one that is missing, and remembers across a restart."""

from __future__ import annotations

from typing import Any

import pytest

from openline.engine.conversing import gather
from openline.engine.events import AcceptLine, ChangeMembers, Say
from openline.engine.line import Series
from openline.errors import NotAllowed
from openline.exchanges.notice import State, fold
from openline.limits import SERIES_MISSING_MAX
from openline.terms import EntryId, LineId, Precedence, TrafficClass
from openline.wire import notice as wire
from openline.wire.kinds import Kind
from openline.wire.rules import FormRef, Rules, encode_rules
from tests.engine.pair import Post, Wire
from tests.exchanges.warnings import FORM, head, notice_items, words


def pair() -> tuple[Wire, Post, Post, LineId]:
    both = Wire("Alpha", "Bravo")
    alpha, bravo = both.posts
    line = both.line()
    alpha.do(ChangeMembers, line=line, rules=encode_rules(Rules(forms=(FORM,))))
    both.wait(1)
    bravo.do(AcceptLine, line=line)
    both.wait(1)
    assert alpha.line(line).rules.forms == bravo.line(line).rules.forms == (FORM,)
    return both, alpha, bravo, line


def give(post: Post, line: LineId, to: Post, **fields: Any) -> EntryId:
    items = notice_items(head(number=0, to=(to.id,), **fields.pop("first", {})))
    return EntryId(post.do(Say, line=line, kind=Kind.NOTICE, items=items, officer=1, **fields))


def state(post: Post, line: LineId, opening: EntryId) -> State:
    folded = fold(gather(post.record, line, opening))
    assert folded is not None
    return folded.state


def test_numbers_have_no_gap_whatever_the_class() -> None:
    both, alpha, bravo, line = pair()
    given = [give(alpha, line, bravo) for _ in range(3)]
    test = give(alpha, line, bravo, traffic=TrafficClass.TEST)
    both.wait(1)
    assert [state(bravo, line, each).head.number for each in given] == [1, 2, 3]
    assert state(bravo, line, test).head.number == 1
    assert "notice-gap" not in bravo.told()
    assert sorted(alpha.line(line).series.values(), key=lambda each: each.highest) == [Series(1), Series(3)]
    assert alpha.line(line).series == bravo.line(line).series


def test_one_that_is_missing_is_told_and_remembered() -> None:
    both, alpha, bravo, line = pair()
    give(alpha, line, bravo)
    both.wait(1)
    (key,) = alpha.line(line).series
    alpha.line(line).series[key] = Series(4)
    give(alpha, line, bravo)
    both.wait(1)
    assert "notice-gap" in bravo.told()
    assert bravo.line(line).series[key] == Series(5, (2, 3, 4))
    assert bravo.record.objects("series")
    alpha.line(line).series[key] = Series(2)
    give(alpha, line, bravo)
    both.wait(1)
    assert bravo.line(line).series[key] == Series(5, (2, 4))
    alpha.line(line).series[key] = Series(5 + 2 * SERIES_MISSING_MAX)
    give(alpha, line, bravo)
    both.wait(1)
    assert len(bravo.line(line).series[key].missing) == SERIES_MISSING_MAX


def test_a_form_that_nobody_signed_is_refused_at_both_ends() -> None:
    both, alpha, bravo, line = pair()
    strange = FormRef(FORM.name, 2, bytes(32))
    items = wire.items(wire.Head(form=strange, year=2024, to=(bravo.id,)), *_rest())
    with pytest.raises(NotAllowed, match="is not agreed on this line: agreed is version 1"):
        alpha.do(Say, line=line, kind=Kind.NOTICE, items=items, officer=1)
    alpha.line(line)._rules = (alpha.line(line).terms.rules, Rules(forms=(strange,)))
    opening = EntryId(alpha.do(Say, line=line, kind=Kind.NOTICE, items=items, officer=1))
    both.wait(1)
    for post in (alpha, bravo):
        (refused,) = state(post, line, opening).refused
        assert refused.entry.header.author == bravo.id
        assert "version 2 is not agreed" in (refused.words or "")
    assert "notice-refused" in alpha.told()
    assert "notice-given" in bravo.told()


def _rest() -> tuple[wire.Places, wire.Particulars, wire.Source]:
    return wire.Places(), wire.Particulars(), wire.Source()


def test_it_is_acknowledged_in_time_or_both_desks_ring() -> None:
    both, alpha, bravo, line = pair()
    first = {"duties": wire.Duties(acknowledge=60_000), "windows": ()}
    late, good = give(alpha, line, bravo, first=first), give(alpha, line, bravo, first=first)
    both.wait(1)
    held = fold(gather(bravo.record, line, good))
    assert held is not None
    bravo.do(
        Say,
        line=line,
        kind=Kind.NOTICE_ACKNOWLEDGED,
        items=(words(),),
        officer=1,
        precedence=Precedence.FLASH,
        opening=good,
        refers=(good, good),
        exchange=held.entries,
    )
    both.wait(57)
    assert "notice-overdue" not in alpha.told() + bravo.told()
    both.wait(3)
    for post in (alpha, bravo):
        alarms = [each for each in post.alarms if each.code == "notice-overdue"]
        assert [each.about for each in alarms] == [late]
