"""Everything that can be asked of a post over its control socket: the table of contents (docs/reference/control.md).

A request is one JSON object: `do` names it, `id` is the asker's number for it, and the other fields are those of the
struct. Posts, lines and officers go by the names that people here give them, entries by their ids in hex.
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from openline.errors import BadRequest, Misuse, TooLarge
from openline.limits import CONTROL_REQUEST_MAX_BYTES
from openline.post.call.check_requests import CheckRequests
from openline.post.call.hoax_requests import HoaxRequests
from openline.post.call.office_requests import OfficeRequests
from openline.post.call.requests import CallRequests
from openline.post.claim.inquiry_requests import InquiryRequests
from openline.post.claim.requests import ClaimRequests
from openline.post.home.root_requests import RootRequests
from openline.post.incident.requests import IncidentRequests
from openline.post.notice.requests import NoticeRequests
from openline.post.people.draft_requests import DraftRelease, DraftRequests
from openline.post.people.token_requests import TokenRequests
from openline.post.people.watch_requests import WatchRequests
from openline.post.record_requests import RecordRequests
from openline.post.request import Request, Spoken
from openline.post.source.requests import SourceRequests
from openline.post.statement.requests import StatementRequests
from openline.post.talk.minute_requests import MinuteRequests
from openline.post.talk.readout_requests import ReadoutRequests
from openline.post.talk.together_requests import TogetherRequests
from openline.post.translation_requests import TranslationRequests


class About(Request, tag="about", frozen=True):
    """Which post this is."""


class Health(Request, tag="health", frozen=True):
    """Whether the post does its work, tried; its newest entry, links, disk and clock."""


class PeerAdd(Request, tag="peer-add", frozen=True):
    """Trust a card, Base64. `fingerprint` must be its own: it is what a person compared."""

    card: str
    fingerprint: str
    called: str = ""


class PeerList(Request, tag="peer-list", frozen=True):
    """The peers that this home knows."""


class PeerAddress(Request, tag="peer-address", frozen=True):
    """Where to reach a peer; without an address, nowhere any more."""

    peer: str
    addresses: tuple[str, ...] = ()


class LineOpen(Request, tag="line-open", frozen=True):
    """Propose a line; on it only these classes of traffic are allowed, all where none is named.

    `text` is a TOML file of its rules.
    """

    line: str
    peers: tuple[str, ...]
    classes: tuple[str, ...] = ()
    text: str = ""


class LineAccept(Request, tag="line-accept", frozen=True):
    """Accept a proposed line, or proposed terms of one; `terms` begins with their digits where several stand open."""

    line: str
    terms: str = ""


class LineChange(Request, tag="line-change", frozen=True):
    """Propose other members."""

    line: str
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


class LineRules(Request, tag="line-rules", frozen=True):
    """The rules in force; with `text`, a TOML file of rules that is proposed to the other members."""

    line: str
    text: str = ""


class LineList(Request, tag="line-list", frozen=True):
    """The lines of this post, and those proposed to it."""


class LineStatus(Request, tag="line-status", frozen=True):
    """How a line stands."""

    line: str


class LineCheckpoint(Request, tag="line-checkpoint", frozen=True):
    """Make a checkpoint of our feed now."""

    line: str


class LineResume(Request, tag="line-resume", frozen=True):
    """A person confirms that a restored feed goes on though not every member was heard."""

    line: str


class OfficerAdd(Request, tag="officer-add", frozen=True):
    """A new officer, whose key the post holds."""

    officer: str
    roles: tuple[str, ...] = ()


class OfficerList(Request, tag="officer-list", frozen=True):
    """The officers, former ones too."""


class OfficerEnd(Request, tag="officer-end", frozen=True):
    """The officer signs nothing from here on."""

    officer: str


class Send(Request, tag="send", frozen=True):
    """A message. Without `officer` the first officer in force signs it; times are milliseconds since 1970."""

    line: str
    text: str
    precedence: str = "routine"
    traffic: str = msgspec.field(name="class", default="operation")
    officer: str = ""
    deliver_by: int | None = None
    give_up: bool = False


class Reply(Request, tag="reply", frozen=True):
    """Answer an entry; without a precedence, with its own."""

    entry: str
    text: str
    precedence: str = ""
    officer: str = ""


class Correct(Request, tag="correct", frozen=True):
    """Correct a message of our own: both texts stay."""

    entry: str
    text: str
    officer: str = ""


class Mark(Request, tag="mark", frozen=True):
    """An officer's word on an entry: `what` is seen, acknowledged, taken or passed-on, the last with `to` whom."""

    entry: str
    what: str
    to: str = ""
    officer: str = ""


class Inbox(Request, tag="inbox", frozen=True):
    """Messages and their answers in the order in which they were kept, the newest `most` exchanges.

    `before` is the `sequence` of the first one of this page: it asks for the page before it.
    """

    line: str = ""
    before: int | None = None
    most: int = 100


class Show(Request, tag="show", frozen=True):
    """One entry and its exchange. Nothing is signed by it: see `mark`."""

    entry: str


class Receipts(Request, tag="receipts", frozen=True):
    """How far an entry got, and what proves it."""

    entry: str


class Watch(Request, tag="watch", frozen=True):
    """Entries, receipts and alarms as they come, on this connection, until it is closed."""

    line: str = ""


class Action(Request, tag="action", frozen=True):
    """The action card for an alarm code."""

    code: str


class PagingShow(Request, tag="paging-show", frozen=True):
    """Who is on call, and whom what waits pages next."""


class PagingTest(Request, tag="paging-test", frozen=True):
    """Page one person for a test, by each service in order until one takes it."""

    person: str


class PagingLog(Request, tag="paging-log", frozen=True):
    """The newest `most` attempts to page somebody."""

    most: int = 100


class CarryOut(Request, tag="carry-out", frozen=True):
    """Write what a peer has not signed for into a file, sealed to it."""

    line: str
    peer: str
    file: str


class CarryIn(Request, tag="carry-in", frozen=True):
    """Take in a file that a peer carried out to us."""

    file: str


class Backup(Request, tag="backup", frozen=True):
    """Copy the home into a file while the post runs."""

    file: str


class Export(Request, tag="export", frozen=True):
    """Write a bundle of a line that anyone can verify; `withhold` names entries whose bodies stay closed, or all do."""

    line: str
    file: str
    withhold: tuple[str, ...] = ()
    withhold_all: bool = False


class KeysRotate(Request, tag="keys-rotate", frozen=True):
    """A new key of one sort in place of the old: root, feed, checkpoint, cosigning, link or sealing."""

    which: str


class KeysRevoke(Request, tag="keys-revoke", frozen=True):
    """Revoke a checkpoint, cosigning, link or officer's key, in hex, and put none in its place."""

    public: str


class KeysBranch(Request, tag="keys-branch", frozen=True):
    """Name the true branch of our own feed after a fork: the one with this entry."""

    entry: str


class DeskLink(Request, tag="desk-link", frozen=True):
    """A one-time link with which an officer sets a password for the desk; without a name, the first officer."""

    officer: str = ""
    roles: tuple[str, ...] = ()


class DeskList(Request, tag="desk-list", frozen=True):
    """Who may sign in at the desk."""


class DeskEnd(Request, tag="desk-end", frozen=True):
    """An officer signs in at the desk no more."""

    officer: str


AnyRequest = (
    About
    | Health
    | PeerAdd
    | PeerList
    | PeerAddress
    | LineOpen
    | LineAccept
    | LineChange
    | LineRules
    | LineList
    | LineStatus
    | LineCheckpoint
    | LineResume
    | OfficerAdd
    | OfficerList
    | OfficerEnd
    | Send
    | Reply
    | Correct
    | Mark
    | Inbox
    | RecordRequests
    | TranslationRequests
    | Show
    | Receipts
    | Watch
    | Action
    | PagingShow
    | PagingTest
    | PagingLog
    | CarryOut
    | CarryIn
    | Backup
    | Export
    | KeysRotate
    | KeysRevoke
    | KeysBranch
    | RootRequests
    | CallRequests
    | CheckRequests
    | ClaimRequests
    | InquiryRequests
    | HoaxRequests
    | IncidentRequests
    | NoticeRequests
    | WatchRequests
    | OfficeRequests
    | MinuteRequests
    | SourceRequests
    | StatementRequests
    | ReadoutRequests
    | TogetherRequests
    | DraftRequests
    | DeskLink
    | DeskList
    | DeskEnd
    | TokenRequests
)


SIGNING: Final = (Send, Reply, Correct, Mark, Spoken)
"""Requests by which an officer signs an entry."""


def signing(fields: dict[str, Any]) -> AnyRequest:
    """A request by which an officer signs, from its fields. Raises BadRequest, or Misuse for any other request."""
    try:
        request: AnyRequest = msgspec.convert(fields, AnyRequest)
    except (msgspec.ValidationError, RecursionError) as error:
        raise BadRequest(f"This is not a request: {re.sub('[^ -~]', '?', str(error))}.") from None
    if not isinstance(request, SIGNING) or isinstance(request, DraftRelease):
        raise Misuse("Only what an officer signs can be drafted.")
    return request


class _Numbered(msgspec.Struct):
    id: int = 0


_DECODER: Final = msgspec.json.Decoder(AnyRequest)
_ID_DECODER: Final = msgspec.json.Decoder(_Numbered)


def decode(data: bytes) -> AnyRequest:
    """The request in one line. Raises TooLarge or BadRequest, which say what is wrong with it."""
    if len(data) > CONTROL_REQUEST_MAX_BYTES:
        raise TooLarge(f"A request has at most {CONTROL_REQUEST_MAX_BYTES} bytes.")
    try:
        request: AnyRequest = _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadRequest(f"This is not a request: {error}.") from None
    return request


def number_of(data: bytes) -> int:
    """The number of a request that could not be understood, 0 if not even that could be."""
    try:
        return _ID_DECODER.decode(data).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return 0


def encode(request: AnyRequest) -> bytes:
    """One line."""
    return msgspec.json.encode(request) + b"\n"
