"""Posts and the holders of their offices, as accounts name them: what rosters on a line say at a time."""

from __future__ import annotations

from collections.abc import Iterable

from openline.accounts.facts import Holder
from openline.accounts.names import Party, known
from openline.exchanges import roster as rosters
from openline.feeds.record import Record
from openline.limits import ACCOUNT_PARTIES_MAX, OPENINGS_MAX
from openline.post.names import Names
from openline.terms import Instant, LineId, PostId
from openline.wire.kinds import Kind

PRESENT = "also present"
"""In place of a post, for persons of whom no roster says whose they are."""


class Roll:
    """The rosters of one line."""

    def __init__(self, names: Names, record: Record, line: LineId) -> None:
        held = (kept for _, kept in record.openings(line, [Kind.ROSTER], None, OPENINGS_MAX))
        self._names = names
        self._rosters = rosters.newest(held)

    def party(self, post: PostId, office: str = "", at: int = 0) -> Party:
        """A post as a party at a time: with who held the office then, or without an office with all who held one."""
        roster, name = self._rosters.get(post), self._names.post(post)
        if roster is None:
            return Party(name, office)
        if office:
            holder = roster.holder(office, Instant(at))
            return Party(name, office, (holder,) if holder else ())
        held = (each.holder_at(Instant(at)) for each in roster.offices.offices)
        return Party(name, others=tuple(each.name for each in held if each is not None))

    def holders(self) -> tuple[Holder, ...]:
        """Everybody who holds or held an office, in order of post and office; at most ACCOUNT_PARTIES_MAX."""
        found = [
            Holder(
                party=Party(self._names.post(post), office.name, (each.name,)),
                begins=each.begins,
                ends=each.ends,
                proof=state.entry.id.hex(),
            )
            for post, state in sorted(self._rosters.items())
            for office in state.offices.offices
            for each in office.holders
        ]
        return tuple(found[:ACCOUNT_PARTIES_MAX])


def with_present(parties: Iterable[Party], present: Iterable[str]) -> tuple[Party, ...]:
    """The parties, and who else is said to have taken part."""
    held = tuple(parties)
    others = tuple(each for each in present if not known(each, held))
    return (*held, Party(PRESENT, "", others)) if others else held
