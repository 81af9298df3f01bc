"""Names and ids: what people call posts, lines, officers and entries, and what the machine calls them."""

from __future__ import annotations

import re
from typing import Any, Final

from openline.engine.line import Line
from openline.errors import Misuse, PeerError, UnknownName
from openline.feeds.record import Kept
from openline.identity.acts import check_act
from openline.identity.card import Card
from openline.identity.trust import Peer, looks_like
from openline.limits import NAME_MAX_BYTES
from openline.post.home.keyring import Keyring
from openline.post.post import Post
from openline.terms import ID_BYTES, EntryId, LineId, PostId, Precedence, TrafficClass
from openline.wire import fields
from openline.wire.entry import Entry

ID_DIGITS_MIN: Final = 8
"""Hexadecimal digits of an id that are enough where no other entry's begins with them."""

AMBIGUOUS_LISTED: Final = 8
"""Entries listed at most when an id is not typed far enough."""

ACTS_REMEMBERED: Final = 16_384
"""Acts of which is remembered that they were checked."""


class Names:
    """What is called how in one running post."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._lines: dict[str, LineId] = {}
        self._acts: dict[EntryId, str] = {}
        self._officers: dict[str, int] = {}
        self._officers_of: Keyring | None = None

    # From what people say

    def peer(self, name: str) -> PostId:
        """A peer by its name here, or by the name on the card of a member that a line brought. Raises UnknownName."""
        try:
            return self._post.trust.find(name).card.post
        except UnknownName:
            for card in self._post.introduced.values():
                if card.name.casefold() == name.casefold():
                    return card.post
            cards = (*self._post.trust.peers, *self._post.introduced)
            known = ", ".join(sorted(self.post(post) for post in cards)) or "none"
            raise UnknownName(f"No peer is called {name!r} here; there are: {known}.") from None

    def trusted(self, name: str) -> Peer:
        """A peer that people here compared. Raises UnknownName."""
        try:
            return self._post.trust.find(name)
        except UnknownName:
            known = ", ".join(sorted(peer.name for peer in self._post.trust.peers.values())) or "none"
            raise UnknownName(f"No peer is called {name!r} here; there are: {known}.") from None

    def peers(self, names: tuple[str, ...]) -> tuple[PostId, ...]:
        """Several peers. Raises UnknownName."""
        return tuple(self.peer(name) for name in names)

    def line(self, name: str) -> LineId:
        """A line, or a proposed one, by its name or its id in hex. Raises UnknownName."""
        if name in self._lines:
            return self._lines[name]
        lines = self._lines = self.lines()
        if name in lines:
            return lines[name]
        for identifier in lines.values():
            if identifier.hex() == name:
                return identifier
        known = ", ".join(sorted(lines)) or "none"
        raise UnknownName(f"No line is called {name!r} here; there are: {known}.")

    def machine_line(self, line: LineId) -> Line | None:
        """What the machine knows of a line that runs here."""
        return None if self._post.engine is None else self._post.engine.state.lines.get(line)

    def classes(self, line: LineId) -> list[str]:
        """The classes of traffic that the terms of a line allow, operation first where it is among them."""
        held = self.machine_line(line)
        return [] if held is None else [each.name.lower() for each in TrafficClass if each in held.terms.classes]

    def member(self, name: str) -> PostId:
        """A peer, or this post by the name on its own card. Raises UnknownName."""
        own = self._post.keyring.card
        return own.post if name.casefold() == own.name.casefold() else self.peer(name)

    def lines(self) -> dict[str, LineId]:
        """All lines by name, proposed ones too."""
        engine = self._post.engine
        return {} if engine is None else {name: line for line, name in engine.names().items()}

    def officer(self, name: str) -> int:
        """The number of an officer in force who can sign here; without a name, the first. Raises UnknownName."""
        if self._officers_of is not self._post.keyring:
            self._officers, self._officers_of = {}, self._post.keyring
        if name not in self._officers:
            self._officers[name] = self._officer(name)
        return self._officers[name]

    def _officer(self, name: str) -> int:
        card, own = self._post.keyring.card, self._post.keyring.own
        for officer in card.officers:
            if officer.in_force and (officer.name == name or not name) and own.officer(officer.number) is not None:
                return officer.number
        known = ", ".join(officer.name for officer in card.officers if officer.in_force) or "none"
        raise UnknownName(f"No officer {name!r} can sign here; there are: {known}.")

    def entry(self, text: str) -> Kept:
        """An entry by its id in hex or the beginning of it, on whatever line it is. Raises Misuse or UnknownName."""
        if re.fullmatch(rf"[0-9a-fA-F]{{{ID_DIGITS_MIN},{2 * ID_BYTES}}}", text) is None:
            raise Misuse(
                f"{text!r} is no id of an entry: type the hexadecimal digits that 'inbox' or a list shows, the first "
                f"{ID_DIGITS_MIN} at least."
            )
        first, last = (EntryId(bytes.fromhex(text.ljust(2 * ID_BYTES, digit))) for digit in "0f")
        found = self._post.record.between(first, last, AMBIGUOUS_LISTED)
        kept = [each for line, entry in found if (each := self._post.record.entry(line, entry)) is not None]
        if not kept:
            raise UnknownName(
                f"No entry whose id begins with {text} is kept here; look again in the inbox, or in the list."
            )
        if len(kept) > 1:
            listed = "; ".join(self._told(each) for each in kept)
            raise Misuse(f"Several entries have ids that begin with {text}; type more digits of one: {listed}.")
        return kept[0]

    def _told(self, kept: Kept) -> str:
        header = kept.entry.header
        return f"{kept.entry.id.hex()[:24]} of {self.post(header.author)} on {self.line_name(header.line)}"

    # To what people read

    def card(self, post: PostId) -> Card | None:
        """The card of a post that is known here, this one included."""
        if post == self._post.keyring.card.post:
            return self._post.keyring.card
        return self._post.trust.card(post) or self._post.introduced.get(post)

    def post(self, post: PostId) -> str:
        """What people here call a post."""
        card = self.card(post)
        if card is None:
            return post.hex()[:12]
        peer = self._post.trust.peers.get(post)
        name = card.name if peer is None else peer.name
        return name if self.is_own(post) or not self._is_taken(name, post) else f"{name} [{card.fingerprint[:11]}]"

    def _is_taken(self, name: str, by: PostId) -> bool:
        """Whether this post, or a peer that people here trust, is called so too: whoever came by a line stands back."""
        others = [self._post.keyring.card.name]
        others += [peer.name for post, peer in self._post.trust.peers.items() if post != by]
        if by not in self._post.trust.peers:
            others += [card.name for post, card in self._post.introduced.items() if post != by]
        return any(looks_like(name, other) for other in others)

    def is_own(self, post: PostId) -> bool:
        """Whether it is this post."""
        return post == self._post.keyring.card.post

    def is_for_us(self, entry: Entry) -> bool:
        """Whether this post was a member when others wrote an entry: what came before is history to it."""
        if self.is_own(entry.header.author):
            return False
        line = self._post.engine.state.lines.get(entry.header.line) if self._post.engine else None
        terms = None if line is None else line.version(entry.header.terms)
        return terms is None or self._post.keyring.card.post in terms.active()

    def kept(self, entry: EntryId, line: LineId) -> Kept | None:
        """An entry that the machine speaks of, if it is kept here."""
        return self._post.record.entry(line, entry)

    def line_name(self, line: LineId) -> str:
        """What people here call a line."""
        for name, identifier in self.lines().items():
            if identifier == line:
                return name
        return line.hex()[:12]

    def signer(self, post: PostId, number: int) -> str | None:
        """The name of the officer of that number of any post, if there is one."""
        card = self.card(post)
        officer = None if card is None else card.officer(number)
        return None if officer is None else officer.name

    def acted(self, entry: Entry) -> str | None:
        """The officer whose act on an entry holds, by name; None where nobody signed or the act does not hold."""
        if entry.header.act is None:
            return None
        if entry.id in self._acts:
            return self._acts[entry.id]
        name = self._acted(entry)
        if name is not None:
            if len(self._acts) >= ACTS_REMEMBERED:
                self._acts.clear()
            self._acts[entry.id] = name
        return name

    def _acted(self, entry: Entry) -> str | None:
        card = self.card(entry.header.author)
        try:
            return None if card is None else check_act(entry.header, card).name
        except PeerError:
            return None


def new_name(text: str, whose: str) -> str:
    """What somebody here wants to call something. Raises Misuse, which says what a name may be."""
    try:
        return fields.name(text, whose)
    except (PeerError, UnicodeError):
        rules = f"1 to {NAME_MAX_BYTES} bytes that can all be seen, and no space at either end"
        raise Misuse(f"{text!r} cannot be the name of {whose}: a name has {rules}.") from None


def precedence(name: str) -> Precedence:
    """A precedence by its name in any case. Raises Misuse."""
    try:
        return Precedence[name.upper()]
    except KeyError:
        raise Misuse(f"{name!r} is no precedence: say flash, immediate, priority or routine.") from None


def traffic_class(name: str) -> TrafficClass:
    """A traffic class by its name in any case. Raises Misuse."""
    try:
        return TrafficClass[name.upper()]
    except KeyError:
        raise Misuse(f"{name!r} is no class of traffic: say operation, exercise, drill or test.") from None


def plain(value: Any) -> Any:
    """A value of the machine as JSON holds it: bytes in hex, whatever depth they are at."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {plain(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    return value
