"""What can be asked at the desk, and by whom: a request of the control socket each, denied to every role not named.

Questions are GET with the fields of the request in the query, acts are POST with them in a JSON object. Where an
officer signs, it is the one who has signed in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, cast

import msgspec

from openline.errors import BadRequest, RoleNeeded
from openline.post import record_requests, translation_requests
from openline.post import requests as asks
from openline.post.call import check_requests, hoax_requests, office_requests
from openline.post.call import requests as call_requests
from openline.post.claim import inquiry_requests
from openline.post.claim import requests as claim_requests
from openline.post.incident import requests as incident_requests
from openline.post.notice import requests as notice_requests
from openline.post.people import draft_requests, token_requests, watch_requests
from openline.post.people.accounts import ROLES
from openline.post.people.draft_requests import DraftMake
from openline.post.people.tokens import MACHINE_ROLES
from openline.post.request import Request
from openline.post.source import requests as source_requests
from openline.post.statement import requests as statement_requests
from openline.post.talk import minute_requests, readout_requests, together_requests

READERS: Final = frozenset({"viewer", "watch officer", "releaser", "principal"})
ON_WATCH: Final = frozenset({"watch officer", "releaser"})
RELEASERS: Final = frozenset({"releaser"})
ADMINISTRATORS: Final = frozenset({"administrator"})
ANYBODY: Final = frozenset(ROLES)
"""Whoever has signed in."""

MACHINES: Final = frozenset(MACHINE_ROLES)
"""Programs that show a token: as `viewer` they read what a viewer reads, as `monitor` how the post stands."""

OWN: Final = ("do", "id")
"""Fields of a request that are not the asker's to fill in here."""


NOTHING: Final[Mapping[str, str]] = {}


class Route(NamedTuple):
    """Who may ask what; `signs` where the officer who asks signs an entry with it."""

    request: type[Request]
    roles: frozenset[str]
    method: Literal["GET", "POST"] = "GET"
    signs: bool = False


_ASKED: Final = (
    asks.LineStatus,
    asks.Inbox,
    record_requests.RecordList,
    translation_requests.TranslationList,
    asks.Show,
    asks.Receipts,
    asks.Action,
    asks.PagingShow,
    check_requests.CheckList,
    hoax_requests.HoaxList,
    office_requests.OfficeList,
    call_requests.CallBoard,
    call_requests.CallList,
    call_requests.CallShow,
    minute_requests.MinuteShow,
    minute_requests.CommitList,
    minute_requests.DiscloseShow,
    incident_requests.IncidentShow,
    incident_requests.IncidentList,
    statement_requests.StatementShow,
    statement_requests.StatementList,
    readout_requests.ReadoutShow,
    readout_requests.ReadoutCompare,
    together_requests.TogetherShow,
    together_requests.TogetherList,
    source_requests.AccountList,
    source_requests.AccountShow,
    source_requests.AccountPropose,
    source_requests.AccountExport,
    claim_requests.ClaimShow,
    claim_requests.ClaimList,
    inquiry_requests.InquiryShow,
    inquiry_requests.InquiryList,
    notice_requests.NoticeForms,
    notice_requests.NoticeShow,
    notice_requests.NoticeList,
    notice_requests.NoticeInForce,
    notice_requests.NoticeWrite,
    notice_requests.StopList,
    notice_requests.StopShow,
    watch_requests.LogShow,
)
"""Questions of those who read."""

_SIGNED: Final = (
    asks.Send,
    asks.Reply,
    asks.Correct,
    asks.Mark,
    translation_requests.TranslationAttach,
    translation_requests.TranslationWithdraw,
    call_requests.CallAsk,
    call_requests.CallAnswer,
    call_requests.CallClose,
    call_requests.CallTry,
    call_requests.CallRespond,
    check_requests.CheckSend,
    check_requests.CheckAnswer,
    check_requests.OutageAnnounce,
    check_requests.OutageOver,
    hoax_requests.HoaxAsk,
    hoax_requests.HoaxReport,
    hoax_requests.HoaxAnswer,
    office_requests.OfficeHold,
    minute_requests.MinuteDraft,
    minute_requests.MinuteWord,
    minute_requests.MinuteSign,
    minute_requests.CommitMake,
    minute_requests.CommitWord,
    minute_requests.DisclosePropose,
    minute_requests.DiscloseAgree,
    minute_requests.DiscloseRecord,
    minute_requests.DiscloseBreach,
    incident_requests.IncidentOpen,
    incident_requests.IncidentAssess,
    incident_requests.IncidentStance,
    incident_requests.IncidentSource,
    incident_requests.IncidentInvestigate,
    incident_requests.IncidentQuiet,
    incident_requests.IncidentCorrect,
    incident_requests.IncidentWord,
    incident_requests.IncidentSame,
    statement_requests.StatementDraft,
    statement_requests.StatementLine,
    statement_requests.StatementAmend,
    statement_requests.StatementWord,
    statement_requests.StatementApprove,
    statement_requests.StatementRevoke,
    statement_requests.StatementRelease,
    statement_requests.StatementWithdraw,
    readout_requests.ReadoutFile,
    readout_requests.ReadoutMark,
    readout_requests.ReadoutWord,
    together_requests.TogetherOpen,
    together_requests.TogetherCommit,
    together_requests.TogetherWithdraw,
    source_requests.AccountAdd,
    source_requests.AccountAbout,
    source_requests.AccountRemove,
    source_requests.AccountMark,
    source_requests.AccountAccept,
    source_requests.AccountReject,
    source_requests.AccountUnmark,
    source_requests.AccountImport,
    claim_requests.ClaimPut,
    claim_requests.ClaimAlso,
    claim_requests.ClaimAnswer,
    claim_requests.ClaimEvidence,
    claim_requests.ClaimTell,
    claim_requests.ClaimWithdraw,
    claim_requests.ClaimReplace,
    inquiry_requests.InquiryAsk,
    inquiry_requests.InquiryAnswer,
    inquiry_requests.InquiryJudge,
    notice_requests.NoticeSend,
    notice_requests.NoticeImport,
    notice_requests.NoticeAmend,
    notice_requests.NoticePostpone,
    notice_requests.NoticeEnd,
    notice_requests.NoticeSay,
    notice_requests.NoticePass,
    notice_requests.NoticeTry,
    notice_requests.StopSend,
    notice_requests.StopAdd,
    notice_requests.StopReadBack,
    notice_requests.StopPass,
    notice_requests.StopWithdraw,
    watch_requests.LogNote,
    watch_requests.LogHandOver,
    watch_requests.LogTakeOver,
)
"""Acts of those on watch, each signed by the officer who asks."""

_WHOLE: Final = (
    notice_requests.NoticeImport,
    watch_requests.LogNote,
    watch_requests.LogHandOver,
    watch_requests.LogTakeOver,
)
"""Acts that are several entries at once, or none on a line: these are not drafted."""

_TABLE: Final = (
    Route(asks.About, ANYBODY | MACHINES),
    Route(asks.Health, ANYBODY | MACHINES),
    Route(asks.OfficerList, ANYBODY),
    Route(asks.LineList, ANYBODY | MACHINES),
    Route(asks.PeerList, ANYBODY | MACHINES),
    *(Route(request, READERS) for request in _ASKED),
    Route(office_requests.OfficeHistory, READERS, "POST"),
    *(Route(each, READERS, "POST") for each in (notice_requests.AssetCheck, notice_requests.NoticeRead)),
    Route(notice_requests.AreaRead, READERS),
    Route(source_requests.AccountMatrix, READERS, "POST"),
    Route(call_requests.CallDigits, ON_WATCH, "POST"),
    *(Route(request, ON_WATCH, "POST", signs=True) for request in _SIGNED),
    Route(draft_requests.DraftList, READERS),
    Route(draft_requests.DraftMake, ON_WATCH, "POST"),
    Route(draft_requests.DraftSign, ON_WATCH, "POST"),
    Route(draft_requests.DraftDrop, ON_WATCH, "POST"),
    Route(draft_requests.DraftRelease, RELEASERS, "POST", signs=True),
    Route(asks.DeskLink, ADMINISTRATORS, "POST"),
    Route(asks.DeskList, ADMINISTRATORS),
    Route(asks.DeskEnd, ADMINISTRATORS, "POST"),
    Route(token_requests.DeskTokenAdd, ADMINISTRATORS, "POST"),
    Route(token_requests.DeskTokenList, ADMINISTRATORS),
    Route(token_requests.DeskTokenRevoke, ADMINISTRATORS, "POST"),
)


def name_of(request: type[Request]) -> str:
    """What a request is called in its `do`, and so in its address."""
    return str(request.__struct_config__.tag)


ROUTES: Final[Mapping[str, Route]] = {name_of(route.request): route for route in _TABLE}
"""Everything that can be asked at /api/v1/NAME by whoever has signed in or shows a token."""


def drafts(roles: Sequence[str]) -> list[str]:
    """What somebody with these roles may ask that can be drafted, for a passkey or a second officer."""
    kinds = {name_of(request) for request in _SIGNED if request not in _WHOLE}
    return [name for name in may(roles) if name in kinds]


def may(roles: Sequence[str]) -> list[str]:
    """What somebody with these roles may ask."""
    return [name for name, route in ROUTES.items() if route.roles.intersection(roles)]


def check(name: str, roles: Sequence[str]) -> None:
    """Raise RoleNeeded unless one of the roles may ask this."""
    check_roles(name, ROUTES[name], roles)


def check_roles(name: str, route: Route, roles: Sequence[str]) -> None:
    """The same of a route that is known by another name."""
    needed = route.roles
    if not needed.intersection(roles):
        raise RoleNeeded(f"To ask {name!r} takes one of these roles: {', '.join(sorted(needed))}.")


def drafted(asked: DraftMake, roles: Sequence[str], officer: str) -> DraftMake:
    """The same, made ready for this officer, who may ask what is drafted. Raises BadRequest or RoleNeeded."""
    fields = dict(asked.request)
    name = fields.pop("do", "")
    route = ROUTES.get(name) if isinstance(name, str) else None
    if route is None or route.request not in _SIGNED or route.request in _WHOLE:
        raise BadRequest("Only what an officer signs at the desk can be drafted.")
    check(name, roles)
    inner = _request(route, fields, officer, strict=True)
    return msgspec.structs.replace(asked, request=msgspec.to_builtins(inner))


def from_body(route: Route, body: bytes, officer: str, **filled: str) -> asks.AnyRequest:
    """The request in the body of a POST, signed by this officer where it signs. Raises BadRequest.

    `filled` are more fields that the desk fills in.
    """
    try:
        fields = msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadRequest(f"This is not a JSON object: {error}.") from None
    return _request(route, fields, officer, strict=True, filled=filled)


def from_query(route: Route, query: Sequence[tuple[str, str]]) -> asks.AnyRequest:
    """The request in the query of a GET. Raises BadRequest."""
    fields = dict(query)
    if len(fields) != len(query):
        raise BadRequest("A field is named twice.")
    return _request(route, fields, "", strict=False)


def _request(
    route: Route, fields: dict[str, Any], officer: str, *, strict: bool, filled: Mapping[str, str] = NOTHING
) -> asks.AnyRequest:
    taken = [*OWN, *filled, *(["officer"] if route.signs else [])]
    for field in taken:
        if field in fields:
            raise BadRequest(f"The field {field!r} is filled in by the desk.")
    fields.update(filled)
    if route.signs:
        fields["officer"] = officer
    try:
        request = msgspec.convert({**fields, "do": name_of(route.request)}, route.request, strict=strict)
    except (msgspec.ValidationError, RecursionError) as error:
        raise BadRequest(f"This is not a request: {re.sub('[^ -~]', '?', str(error))}.") from None
    return cast(asks.AnyRequest, request)
