"""Commands for simultaneous exchanges: documents that all parties show at one time, or none does."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from openline.cli import times
from openline.cli.calls import TextOption
from openline.cli.common import DEFAULTS, Common, Dialogue, app, out
from openline.cli.messages import ClassName, LineName, OfficerName, Words
from openline.cli.minutes import print_ignored
from openline.cli.printing import SHORT_ID, say
from openline.cli.screen import on_one_line
from openline.errors import Misuse
from openline.limits import NAME_MAX_BYTES, TOGETHER_DOCUMENT_MAX_BYTES
from openline.post.home import homes
from openline.post.requests import AnyRequest
from openline.post.talk import together_requests as asks

together = App(name="together", help="Documents that all parties show at one time, or none does.")
app.command(together)

ExchangeName = Annotated[str, Parameter(name="ID", help="The simultaneous exchange: 'together list' shows its id.")]
_DENIED = "bold white on red"


def _say(common: Common, request: AnyRequest, exchange: str = "") -> int:
    """Write an entry, and show the exchange as it stands then."""

    def dialogue() -> Dialogue[Any]:
        kept = yield request
        return {**kept, **(yield asks.TogetherShow(exchange=exchange or kept["id"]))}

    return common.say(common.converse(dialogue()), print_exchange)


@together.command(name="open")
def open_(
    line: LineName,
    text: Words,
    /,
    *,
    peer: Annotated[tuple[str, ...], Parameter(name="--with", help="Another party; repeat for several.")],
    commit_by: Annotated[str, Parameter(help="Until when all commit: 2h, or a UTC time.")],
    reveal_by: Annotated[str, Parameter(help="Until when all are to have shown: 3h, or a UTC time.")],
    traffic: Annotated[ClassName, Parameter(name="--class")] = ClassName.OPERATION,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Ask for a simultaneous exchange, and say what each is to show.

    Example: openline together open strait "The list of those held" --with South --commit-by 2h --reveal-by 3h
    """
    request = asks.TogetherOpen(
        line=line,
        peers=peer,
        text=text,
        commit_by=times.instant_or_span(commit_by),
        reveal_by=times.instant_or_span(reveal_by),
        traffic=traffic,
        officer=officer,
    )
    return _say(common, request)


@together.command
def commit(
    exchange: ExchangeName,
    path: Annotated[Path, Parameter(name="FILE", help="The document, of any sort.")],
    /,
    *,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Bind this post to a document. Nobody else sees it until all are bound; then this post shows it by itself.

    Example: openline together commit 4f0c56b1 list.txt
    """
    data = homes.read_file(path.expanduser(), TOGETHER_DOCUMENT_MAX_BYTES)
    name = path.name.encode()[:NAME_MAX_BYTES].decode(errors="ignore")
    request = asks.TogetherCommit(exchange=exchange, document=data, name=name, officer=officer)
    return _say(common, request, exchange)


@together.command
def withdraw(
    exchange: ExchangeName, /, *, text: TextOption = "", officer: OfficerName = "", common: Common = DEFAULTS
) -> int:
    """Take no part any more. This works until all are bound, and does not reach who was bound without knowing of it.

    Example: openline together withdraw 4f0c56b1 --text "Their list has not come by noon."
    """
    return _say(common, asks.TogetherWithdraw(exchange=exchange, text=text, officer=officer), exchange)


@together.command
def show(exchange: ExchangeName, /, *, common: Common = DEFAULTS) -> int:
    """Show who is bound, who has shown its document, and the documents.

    Example: openline together show 4f0c56b1
    """
    return common.say(common.ask(asks.TogetherShow(exchange=exchange)), print_exchange)


@together.command
def save(
    exchange: ExchangeName,
    party: Annotated[str, Parameter(name="PARTY", help="The party whose document it is.")],
    path: Annotated[Path, Parameter(name="FILE", help="A new file for it.")],
    /,
    *,
    common: Common = DEFAULTS,
) -> int:
    """Write a document that was shown into a file, byte for byte.

    Example: openline together save 4f0c56b1 South list-of-south.txt
    """
    value = common.ask(asks.TogetherShow(exchange=exchange))
    found = next((each for each in value["parties"] if each["post"].casefold() == party.casefold()), None)
    if found is None or found["document"] is None:
        raise Misuse(f"{party!r} has shown no document in that exchange.")
    if path.expanduser().exists():
        raise Misuse(f"{str(path)!r} is there already: name a new file.")
    homes.write_file(path.expanduser(), b64decode(found["document"]["base64"]))
    answer = {"file": str(path), "sha256": found["document"]["sha256"], "bytes": found["document"]["size"]}
    return common.say(answer, lambda said: say("", f"{said['bytes']} bytes, SHA-256 {said['sha256']}, in {path}"))


@together.command(name="list")
def list_(
    *,
    line: Annotated[str, Parameter(help="One line only.")] = "",
    open_only: Annotated[bool, Parameter(name="--open", help="Those that are not over.")] = False,
    common: Common = DEFAULTS,
) -> int:
    """Show simultaneous exchanges, the newest first.

    Example: openline together list --open
    """
    return common.say(common.ask(asks.TogetherList(line=line, open=open_only)), print_exchanges)


def print_exchanges(value: Any) -> None:
    """One after the other, without documents."""
    for each in value["exchanges"]:
        print_exchange(each)
    if not value["exchanges"]:
        out.print("No simultaneous exchanges.")


def print_exchange(value: Any) -> None:
    """What it is about and how it stands, then each party."""
    text = "(withheld)" if value["text"] is None else on_one_line(value["text"])
    traffic = "" if value["class"] == "operation" else f"{value['class'].upper()} "
    say("", f"{value['id'][:SHORT_ID]}  {traffic}{_state(value)}: {text}", "bold")
    say("    ", f"opened by {value['author']}, {value['officer']}; {_hours(value)}")
    for party in value["parties"]:
        _print_party(party, value)
    if value["kept_here"]:
        say("    ", "Our document waits here, sealed; this post shows it by itself once all are bound.")
    if value["lost_here"]:
        say("    ", "OUR DOCUMENT IS LOST: tell the other parties.", _DENIED)
    for each in value["withdrawn"]:
        _print_withdrawn(each)
    print_ignored(value)


def _state(value: Any) -> str:
    if value["open"]:
        return "ALL SHOWN"
    if value["complete"]:
        return "ALL BOUND, not all shown"
    return "OFF, nothing is shown" if value["off"] else "open"


def _hours(value: Any) -> str:
    return f"commit by {value['commit_by']}, shown by {value['reveal_by']}"


def _print_party(party: Any, value: Any) -> None:
    stands = party["stands"]
    if stands == "did not reveal":
        said = f"COMMITTED, DID NOT REVEAL by {value['reveal_by']}"
        proof = party["silent"]
        proved = f"proved by its entry {proof['id'][:SHORT_ID]} of {proof['at']}" if proof else "not proved yet"
        say("    ", f"{party['post']}: {said}; {proved}", _DENIED)
        return
    when = party["shown"] or party["committed"]
    at = f" at {when['at']}" if when else ""
    say("    ", f"{party['post']}: {stands}{at}")
    if party["document"] is not None:
        _print_document(party["document"])


def _print_document(document: Any) -> None:
    head = f"{on_one_line(document['name'])}, {document['size']} bytes, SHA-256 {document['sha256']}"
    say("        ", head)
    if document["text"] is None:
        say("        ", "not text: write it into a file by 'openline together save'")
        return
    for line in document["text"].rstrip("\n").split("\n"):
        say("        | ", line, hang="")


def _print_withdrawn(each: Any) -> None:
    why = f": {on_one_line(each['text'])}" if each["text"] else ""
    say("    ", f"{each['at']}  {each['author']}, {each['officer']}, withdrew{why}")
    if each["not_held_by"]:
        names = ", ".join(each["not_held_by"])
        say("        ", f"not signed for yet by {names}: what they commit to before they know of it still counts")
