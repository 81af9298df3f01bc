"""What can be asked about forms, notices and STOP (docs/reference/control.md).

Times are milliseconds since 1970. `notice` is the id of a notice, `stop` that of a STOP, or the beginning of it.
"""

from __future__ import annotations

import msgspec

from openline.areas.shapes import Area
from openline.areas.windows import Window
from openline.post.request import Request, Spoken


class NoticeForms(Request, tag="notice-forms", frozen=True, kw_only=True):
    """The forms that this post knows, in one language; of a `line`, which are agreed."""

    line: str = ""
    language: str = "en"


class NoticeAgree(Request, tag="notice-agree", frozen=True, kw_only=True):
    """Propose all forms of this post to the members of a line."""

    line: str


class NoticeSend(Spoken, tag="notice-send", frozen=True, kw_only=True):
    """Give notice by a form, NAME or NAME@VERSION. `contacts` holds [name, means] pairs."""

    line: str
    form: str
    areas: tuple[Area, ...] = ()
    windows: tuple[Window, ...] = ()
    alternates: tuple[Window, ...] = ()
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    contacts: tuple[tuple[str, str], ...] = ()
    text: str = ""
    precedence: str = "priority"
    traffic: str = msgspec.field(name="class", default="operation")


class Imported(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A warning of another issuer as it was read; `original` is its text byte for byte."""

    format: str
    original: bytes
    source_id: str = ""
    issued: int = 0
    windows: tuple[Window, ...] = ()
    alternates: tuple[Window, ...] = ()
    areas: tuple[Area, ...] = ()
    shown_until: int = 0
    cancels: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


class NoticeImport(Spoken, tag="notice-import", frozen=True, kw_only=True):
    """Give notice of warnings of others, each as it was read."""

    line: str
    messages: tuple[Imported, ...]
    form: str = "warning"
    traffic: str = msgspec.field(name="class", default="operation")


class NoticeRead(Request, tag="notice-read", frozen=True, kw_only=True):
    """Read warnings of others, a file in Base64, without sending anything."""

    source: bytes
    format: str = ""


class AreaRead(Request, tag="area-read", frozen=True, kw_only=True):
    """Read areas as a person types them: positions, or the words of a navigational warning."""

    text: str


class NoticeAmend(Spoken, tag="notice-amend", frozen=True, kw_only=True):
    """The whole notice again with what is given here in place of what it said; what is None stays."""

    notice: str
    areas: tuple[Area, ...] | None = None
    windows: tuple[Window, ...] | None = None
    alternates: tuple[Window, ...] | None = None
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    contacts: tuple[tuple[str, str], ...] | None = None
    text: str | None = None


class NoticePostpone(Spoken, tag="notice-postpone", frozen=True, kw_only=True):
    """New windows, and nothing else."""

    notice: str
    windows: tuple[Window, ...]
    alternates: tuple[Window, ...] = ()
    text: str = ""


class NoticeEnd(Spoken, tag="notice-end", frozen=True, kw_only=True):
    """The notice is cancelled, completed, lapsed, or superseded by the notice `by`."""

    notice: str
    how: str
    by: str = ""
    text: str = ""


class NoticeSay(Spoken, tag="notice-say", frozen=True, kw_only=True):
    """A word about the notice as it stands: `what` is acknowledged, asked or confirmed."""

    notice: str
    what: str
    text: str = ""


class NoticePass(Spoken, tag="notice-pass", frozen=True, kw_only=True):
    """That the notice as it stands was passed on to a unit, when; 0 is now."""

    notice: str
    to: str
    at: int = 0


class NoticeTry(Spoken, tag="notice-try", frozen=True, kw_only=True):
    """An attempt to reach a contact in the field, the first is 1, and whether somebody answered."""

    notice: str
    contact: int
    reached: bool = False
    at: int = 0
    text: str = ""


class NoticeShow(Request, tag="notice-show", frozen=True, kw_only=True):
    """One notice with all its versions and what everybody signed about it."""

    notice: str
    language: str = "en"


class NoticeList(Request, tag="notice-list", frozen=True, kw_only=True):
    """The newest notices, those that stand first."""

    line: str = ""
    most: int = 100


class NoticeInForce(Request, tag="notice-in-force", frozen=True, kw_only=True):
    """What is in force at a time; with `areas`, where; with `outlines`, as it is drawn on a globe (rings clockwise)."""

    at: int
    line: str = ""
    areas: bool = False
    outlines: bool = False


class AssetCheck(Request, tag="asset-check", frozen=True, kw_only=True):
    """Own assets, a file in Base64, held against what is in force at a time; nothing of them is kept."""

    source: bytes
    at: int
    line: str = ""
    hours: float = 24.0
    near_miles: float = 5.0


class NoticeWrite(Request, tag="notice-write", frozen=True, kw_only=True):
    """A notice for those who have no post, as geojson, cap, text or page."""

    notice: str
    format: str
    language: str = "en"
    public: bool = False


class StopSend(Spoken, tag="stop-send", frozen=True, kw_only=True):
    """STOP, at once, with what is known; `notice` is a notice that it is about."""

    line: str
    what: str = ""
    where: str = ""
    by: str = ""
    since: int = 0
    areas: tuple[Area, ...] = ()
    notice: str = ""
    traffic: str = msgspec.field(name="class", default="operation")


class StopAdd(Spoken, tag="stop-add", frozen=True, kw_only=True):
    """What was not known before."""

    stop: str
    what: str = ""
    where: str = ""
    by: str = ""
    areas: tuple[Area, ...] = ()


class StopReadBack(Spoken, tag="stop-read-back", frozen=True, kw_only=True):
    """Read a STOP of another post back; `what` and `where` are its own words."""

    stop: str
    what: str = ""
    where: str = ""
    text: str = ""


class StopPass(Spoken, tag="stop-pass", frozen=True, kw_only=True):
    """That a STOP was passed on to a unit."""

    stop: str
    to: str


class StopWithdraw(Spoken, tag="stop-withdraw", frozen=True, kw_only=True):
    """A STOP of our own is withdrawn."""

    stop: str
    text: str = ""


class StopList(Request, tag="stop-list", frozen=True, kw_only=True):
    """The newest STOPs, those that wait for somebody first."""

    line: str = ""
    most: int = 100


class StopShow(Request, tag="stop-show", frozen=True, kw_only=True):
    """One STOP."""

    stop: str


NoticeRequests = (
    NoticeForms
    | NoticeAgree
    | NoticeSend
    | NoticeImport
    | NoticeAmend
    | NoticePostpone
    | NoticeEnd
    | NoticeSay
    | NoticePass
    | NoticeTry
    | NoticeShow
    | NoticeList
    | NoticeInForce
    | NoticeWrite
    | NoticeRead
    | AreaRead
    | AssetCheck
    | StopSend
    | StopAdd
    | StopReadBack
    | StopPass
    | StopWithdraw
    | StopList
    | StopShow
)
