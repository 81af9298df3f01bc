"""Names: whom people mean, and what they are told when nobody is meant."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from openline.errors import Misuse, UnknownName
from openline.post import requests as asks
from openline.post.home import keyring
from openline.post.loop import now
from openline.post.names import new_name, plain, precedence, traffic_class
from openline.post.post import Post
from openline.post.service import Service
from openline.terms import PostId, Precedence, TrafficClass
from tests.post.inside import alone, ask, home, together


async def test_posts_lines_officers_and_entries(tmp_path: Path) -> None:
    south = keyring.found(tmp_path / "south", "South", "Cole", b"secret", now()).card

    async def body(post: Post, service: Service) -> None:
        names = service.names
        post.trust_card(south, "The others")
        assert names.peer("the OTHERS") == south.post
        assert names.post(south.post) == "The others"
        assert names.post(post.keyring.card.post) == "North"
        assert names.post(PostId(bytes(32))) == "000000000000"
        assert names.is_own(post.keyring.card.post)
        opened = await ask(service, asks.LineOpen(line="strait", peers=("The others",)))
        assert names.line("strait").hex() == names.line(opened["id"]).hex() == opened["id"]
        assert names.line_name(names.line("strait")) == "strait"
        assert (names.officer(""), names.officer("Berg")) == (1, 1)
        await ask(service, asks.OfficerAdd(officer="Aas"))
        assert names.officer("Aas") == 2
        await ask(service, asks.OfficerEnd(officer="Berg"))
        assert names.officer("") == 2
        assert names.signer(post.keyring.card.post, 1) == "Berg"
        assert names.signer(south.post, 7) is None
        with pytest.raises(UnknownName, match="strait"):
            names.line("nowhere")
        with pytest.raises(UnknownName, match="Aas"):
            names.officer("Berg")
        with pytest.raises(UnknownName, match="The others"):
            names.peer("Nobody")
        with pytest.raises(UnknownName, match="The others"):
            names.trusted("Nobody")
        for text, error in [("12", Misuse), ("zz" * 32, Misuse), ("00" * 32, UnknownName), ("00" * 33, Misuse)]:
            with pytest.raises(error):
                names.entry(text)

    await alone(home(tmp_path, "North"), body)


async def test_an_entry_by_the_beginning_of_its_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def body(here: Service, there: Service) -> None:
        ids = [(await ask(here, asks.Send(line="strait", text=str(at))))["id"] for at in range(2)]
        for identifier in ids:
            for digits in (8, 9, 12, 63, 64):
                assert here.names.entry(identifier[:digits]).entry.id.hex() == identifier
            assert here.names.entry(identifier[:12].upper()).entry.id.hex() == identifier
        monkeypatch.setattr("openline.post.names.ID_DIGITS_MIN", 0)
        with pytest.raises(Misuse, match=f"type more digits of one: .*{ids[0][:24]} of North on strait"):
            here.names.entry("")

    await together(tmp_path, body)


async def test_what_was_written_before_a_post_was_a_member_is_history(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        entry = here.names.entry((await ask(here, asks.Send(line="strait", text="1")))["id"]).entry
        assert not here.names.is_for_us(entry)
        assert there.names.is_for_us(entry)
        others = msgspec.structs.replace(entry.header, terms=7)
        assert there.names.is_for_us(msgspec.structs.replace(entry, header=others))
        assert there.post.engine is not None
        line = there.post.engine.state.lines[entry.header.line]
        payload, terms = line.chain[0]
        without = tuple(
            msgspec.structs.replace(each, active=each.post != there.post.keyring.card.post) for each in terms.members
        )
        line.chain.insert(0, (payload, msgspec.structs.replace(terms, members=without)))
        assert not there.names.is_for_us(entry)

    await together(tmp_path, body)


def test_precedence_and_class() -> None:
    assert precedence("FLASH") is precedence("flash") is Precedence.FLASH
    assert traffic_class("Drill") is TrafficClass.DRILL
    for read in (precedence, traffic_class):
        with pytest.raises(Misuse):
            read("urgent")


def test_values_as_json_holds_them() -> None:
    value = {b"\x01": (b"\x02", [b"\x03", 4, None, True, "text"])}
    assert plain(value) == {"01": ["02", ["03", 4, None, True, "text"]]}


@pytest.mark.parametrize("text", ["", " North", "N\x1b[2J", "x" * 65, "a\udcff", "\u202eN"])
def test_what_cannot_be_a_name(text: str) -> None:
    with pytest.raises(Misuse, match="cannot be the name of a line: a name has 1 to 64 bytes"):
        new_name(text, "a line")
    assert new_name("الخط ü", "a line") == "الخط ü"
