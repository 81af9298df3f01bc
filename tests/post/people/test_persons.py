"""Who signed an entry: nobody, one officer with a key of the post; who countersigned, and who could not."""

from __future__ import annotations

from pathlib import Path

import msgspec

from openline.feeds.record import Kept
from openline.post.people.persons import signed
from openline.post.post import Post
from openline.post.service import Service
from openline.terms import EntryId, Instant, LineId, PostId
from openline.wire.entry import Act, Entry, Header
from openline.wire.kinds import Kind
from tests.post.inside import alone, home

ID = EntryId(b"\x01" * 32)


def entry(author: PostId, kind: Kind, officer: int, **more: object) -> Kept:
    """An entry by an officer, 0 for a machine."""
    act = Act(officer, bytes(16), "", Instant(1), bytes(64)) if officer else None
    blank = Header(
        line=LineId(bytes(32)),
        author=author,
        number=1,
        previous=None,
        time=Instant(1),
        terms=1,
        epoch=1,
        kind=kind,
        act=act,
    )
    header = msgspec.structs.replace(blank, **more)
    return Kept(Entry(id=ID, header=header, payload=b"", signature=b""), Instant(1), {})


async def test_who_signed_and_who_countersigned(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        me, names = post.keyring.card.post, service.names
        nobody = signed(post, names, entry(me, Kind.MESSAGE, 0).entry, ())
        assert nobody == {"holding": None, "drafter": None, "released_by_one": False, "countersigned": None}
        one = entry(me, Kind.MESSAGE, 1)
        assert signed(post, names, one.entry, ())["holding"] == "post"
        own_word = entry(me, Kind.COUNTERSIGNED, 1, refers=(ID,))
        machine = entry(me, Kind.COUNTERSIGNED, 0, refers=(ID,))
        other = entry(PostId(b"\x07" * 32), Kind.COUNTERSIGNED, 2, refers=(ID,))
        elsewhere = entry(me, Kind.COUNTERSIGNED, 2, refers=())
        found = signed(post, names, one.entry, (own_word, machine, other, elsewhere))
        assert found["countersigned"] is None

    await alone(home(tmp_path, "North"), body)
