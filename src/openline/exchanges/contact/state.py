"""What a contact is at one moment: the requests, and what came of it with each called party."""

from __future__ import annotations

import msgspec

from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId, Precedence, TrafficClass
from openline.wire.certificate import Certificate, Response
from openline.wire.contact import Answer, Attempt, Closing, Outcome, Reply, Request, RequestWords, Words
from openline.wire.entry import Entry


class Opened(msgspec.Struct, frozen=True):
    """A request of the contact; `words` is None where they are withheld."""

    entry: Entry
    request: Request
    words: RequestWords | None


class Answered(msgspec.Struct, frozen=True):
    """An answer. It is late where the closing entry was signed by one who did not have it."""

    kept: Kept
    answer: Answer
    words: Words | None
    late: bool = False

    @property
    def id(self) -> EntryId:
        """The id of its entry."""
        return self.kept.entry.id


class Ended(msgspec.Struct, frozen=True):
    """The closing entry, the answer that it names, and whether its author had an answer that it denies."""

    kept: Kept
    closing: Closing
    words: Words | None
    named: EntryId | None
    contradicted: bool


class Tried(msgspec.Struct, frozen=True):
    """An attempt to reach a party; without an officer a machine stated it."""

    entry: Entry
    attempt: Attempt
    words: Words | None


class Responded(msgspec.Struct, frozen=True):
    """The counterpart's response to a certificate."""

    entry: Entry
    response: Response
    words: Words | None


class Certified(msgspec.Struct, frozen=True):
    """A certificate of no contact, and the responses to it.

    `refuted` is the highest number that its author had signed for though the certificate denies it, 0 for none.
    """

    entry: Entry
    certificate: Certificate
    words: Words | None
    refuted: int = 0
    responses: tuple[Responded, ...] = ()


class Party(msgspec.Struct, frozen=True):
    """What came of the contact with one called party."""

    post: PostId
    office: str
    answers: tuple[Answered, ...] = ()
    attempts: tuple[Tried, ...] = ()
    certificates: tuple[Certified, ...] = ()
    ended: Ended | None = None

    @property
    def outcome(self) -> Outcome | None:
        """The one outcome; None while the contact is open."""
        return None if self.ended is None else self.ended.closing.outcome

    @property
    def standing(self) -> Answered | None:
        """The newest answer that is not late."""
        return next((each for each in reversed(self.answers) if not each.late), None)

    @property
    def content_taken(self) -> Answered | None:
        """The first answer by which somebody on watch took the content (B3)."""
        return next((each for each in self.answers if each.answer.reply == Reply.CONTENT_TAKEN), None)


class State(msgspec.Struct, frozen=True):
    """A contact. `requests` starts with the one whose id and author the contact has."""

    requests: tuple[Opened, ...]
    parties: tuple[Party, ...]

    @property
    def id(self) -> EntryId:
        """The id of the contact."""
        return self.requests[0].entry.id

    @property
    def closer(self) -> PostId:
        """The one post that closes it."""
        return self.requests[0].entry.header.author

    @property
    def request(self) -> Request:
        """The request whose id the contact has."""
        return self.requests[0].request

    @property
    def traffic(self) -> TrafficClass:
        """The class of everything in it."""
        return self.requests[0].entry.header.traffic

    @property
    def precedence(self) -> Precedence:
        """The highest precedence of its requests."""
        return max(each.entry.header.precedence for each in self.requests)

    @property
    def reply_by(self) -> Instant:
        """Until when an answer is asked for: the latest of its requests."""
        return max(each.request.reply_by for each in self.requests)

    @property
    def open(self) -> bool:
        """Whether any party has no outcome yet."""
        return any(each.ended is None for each in self.parties)

    def party(self, post: PostId) -> Party | None:
        """The called party at this post; in merged requests the post that closes is none."""
        return next((each for each in self.parties if each.post == post), None)
