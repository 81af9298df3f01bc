"""Who signed an entry, as people ask: by a key of the post or a device, alone or after a drafter (spec/rules.md)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openline.engine.second_person import rules_for
from openline.feeds.record import Kept
from openline.identity.acts import holding
from openline.post.names import Names
from openline.post.post import Post
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.two_persons import wanted


def signed(post: Post, names: Names, entry: Entry, exchange: Iterable[Kept]) -> dict[str, Any]:
    """Where the key was, who drafted it, and of what takes two persons whether one released it, and who countersigned.

    `exchange` are the entries among which a second officer's word is looked for.
    """
    act, author = entry.header.act, entry.header.author
    card = names.card(author)
    officer = None if act is None or card is None else card.officer(act.officer)
    if act is None or officer is None:
        return {"holding": None, "drafter": None, "released_by_one": False, "countersigned": None}
    drafter = None if act.drafted is None else names.signer(author, act.drafted.officer)
    line = None if post.engine is None else post.engine.state.lines.get(entry.header.line)
    alone = line is not None and act.drafted is None
    alone = alone and line is not None and wanted(rules_for(line, entry.header), entry.header, entry.items)
    words = [each.entry.header.act for each in exchange if _countersigns(each.entry, entry)]
    second = next((names.signer(author, word.officer) for word in words if word is not None), None)
    return {
        "holding": holding(officer, act.signature).name.lower(),
        "drafter": drafter,
        "released_by_one": alone,
        "countersigned": second,
    }


def _countersigns(word: Entry, entry: Entry) -> bool:
    act, first = word.header.act, entry.header.act
    if word.header.kind != Kind.COUNTERSIGNED or act is None or first is None:
        return False
    about = word.header.refers == (entry.id,) and word.header.author == entry.header.author
    return about and act.officer != first.officer
