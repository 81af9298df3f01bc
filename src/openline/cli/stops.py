"""STOP: you are hitting my people. One command sends it; `stop` followed by a word answers, adds, or says `send`."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import App, Parameter

from openline.cli import grounds, notice_words, times
from openline.cli.common import DEFAULTS, Common, Dialogue, app
from openline.cli.grounds import AreaFile, Areas
from openline.cli.messages import ClassName, LineName, OfficerName
from openline.post.notice import requests as asks
from openline.post.requests import AnyRequest

StopName = Annotated[str, Parameter(name="ID", help="The STOP: the digits that the alarm shows.")]
What = Annotated[str, Parameter(help="Who or what is hit.")]
Where = Annotated[str, Parameter(help="Where, in words.")]
By = Annotated[str, Parameter(help="By what.")]

HELP = """STOP: you are hitting my people. `openline stop LINE` sends it at once, as FLASH.

Example: openline stop strait --what "aid convoy" --where "coast road, km 12"
"""

stop = App(name="stop", help=HELP)
app.command(stop)


def _say(common: Common, request: AnyRequest, stop_id: str = "") -> int:
    def dialogue() -> Dialogue[Any]:
        kept = yield request
        shown = yield asks.StopShow(stop=stop_id or kept["id"])
        return {**kept, "stop": shown}

    return common.say(common.converse(dialogue()), lambda value: notice_words.print_stop(value["stop"]))


@stop.default
def send(
    line: LineName,
    /,
    *,
    what: What = "",
    where: Where = "",
    by: By = "",
    since: Annotated[str, Parameter(help="UTC time.")] = "",
    area: Areas = (),
    area_file: AreaFile = None,
    notice: Annotated[str, Parameter(help="The notice that told of these people or this place.")] = "",
    traffic: Annotated[ClassName, Parameter(name="--class")] = ClassName.OPERATION,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Send STOP at once with what is known; add the rest afterwards. It rings there until it is read back.

    Example: openline stop strait --what "aid convoy" --where "coast road, km 12"
    """
    request = asks.StopSend(
        line=line,
        what=what,
        where=where,
        by=by,
        since=times.instant(since) if since else 0,
        areas=grounds.areas(area, area_file),
        notice=notice,
        traffic=traffic.value,
        officer=officer,
    )
    return _say(common, request)


stop.command(
    send,
    name="send",
    help='The same, said in full.\n\nExample: openline stop send strait --what "aid convoy" --where "coast road"',
)


@stop.command
def add(
    name: StopName,
    /,
    *,
    what: What = "",
    where: Where = "",
    by: By = "",
    area: Areas = (),
    area_file: AreaFile = None,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Add what was not known when a STOP of ours was sent. It must be read back again.

    Example: openline stop add 4f0c56b1 --by "artillery from the east"
    """
    areas = grounds.areas(area, area_file)
    request = asks.StopAdd(stop=name, what=what, where=where, by=by, areas=areas, officer=officer)
    return _say(common, request, name)


@stop.command(name="read-back")
def read_back(
    name: StopName,
    /,
    *,
    what: What = "",
    where: Where = "",
    text: Annotated[str, Parameter(help="An answer in words.")] = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Read a STOP back: repeat what and where word for word. Anything else is refused.

    Example: openline stop read-back 4f0c56b1 --what "aid convoy" --where "coast road, km 12"
    """
    return _say(common, asks.StopReadBack(stop=name, what=what, where=where, text=text, officer=officer), name)


@stop.command(name="pass")
def pass_(
    name: StopName,
    /,
    *,
    to: Annotated[str, Parameter(help="The unit that fires, or who commands it.")],
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Sign that a STOP was passed on to those who fire.

    Example: openline stop pass 4f0c56b1 --to "3rd battery"
    """
    return _say(common, asks.StopPass(stop=name, to=to, officer=officer), name)


@stop.command
def withdraw(
    name: StopName,
    /,
    *,
    text: Annotated[str, Parameter(help="Why.")] = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Withdraw a STOP of ours. It stays in the record; nothing undoes it.

    Example: openline stop withdraw 4f0c56b1 --text "the fire has stopped"
    """
    return _say(common, asks.StopWithdraw(stop=name, text=text, officer=officer), name)


@stop.command
def show(name: StopName, /, *, common: Common = DEFAULTS) -> int:
    """Show a STOP: what is known, how long it has waited, who has read it back and passed it on.

    Example: openline stop show 4f0c56b1
    """
    return common.say(common.ask(asks.StopShow(stop=name)), notice_words.print_stop)


@stop.command(name="list")
def list_(
    *,
    line: Annotated[str, Parameter(help="Of one line only.")] = "",
    most: Annotated[int, Parameter(help="How many.")] = 20,
    common: Common = DEFAULTS,
) -> int:
    """List the newest STOPs, those that wait for somebody first.

    Example: openline stop list
    """
    return common.say(common.ask(asks.StopList(line=line, most=most)), notice_words.print_stops)
