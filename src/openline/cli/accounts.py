"""Commands for accounts: published texts filed as sources, marked by people, held against the record and each other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

from cyclopts import App, Parameter

from openline.cli.common import DEFAULTS, Common, app, out, read_text
from openline.cli.messages import EntryName, OfficerName
from openline.cli.printing import SHORT_ID, say
from openline.cli.screen import on_one_line
from openline.errors import Misuse
from openline.post.home import homes
from openline.post.requests import AnyRequest
from openline.post.source import requests as asks

AccountName = Annotated[str, Parameter(name="ACCOUNT", help="The account: the digits that 'account list' shows.")]
ProposalName = Annotated[str, Parameter(name="PROPOSAL", help="The proposal, as 'account propose' shows it.")]
AboutOption = Annotated[str, Parameter(help="A contact, notice, claim or message that it is about, by its id.")]

_FOUND: Final = {
    "matches": ("MATCHES", "bold green"),
    "contradicts": ("CONTRADICTS", "bold white on red"),
    "not in the record": ("NOT IN THE RECORD", "bold"),
}

account = App(name="account", help="What press and officials publish: marked, and held against the record.")
app.command(account)


@Parameter(name="*")
@dataclass(frozen=True)
class Asserted:
    """What a mark asserts."""

    who: Annotated[tuple[str, ...], Parameter(help="Who, as rosters name them; repeat for several.")] = ()
    whom: Annotated[tuple[str, ...], Parameter(help="With whom; repeat for several.")] = ()
    days: Annotated[str, Parameter(help="2022-11-15, 2022-10, 2022, or 2022-02..2022-10.")] = ""
    number: Annotated[str, Parameter(help="90, 60..100, 91.. or ..100.")] = ""
    of: Annotated[str, Parameter(help="Of what the number is: missiles.")] = ""
    value: Annotated[str, Parameter(help="For outcome, reason, agreed, confirmed: one of the words it has.")] = ""
    text: Annotated[str, Parameter(help="In words.")] = ""
    about: AboutOption = ""
    entry: Annotated[str, Parameter(help="The entry that you hold it against, where no rule decides.")] = ""
    otherwise: Annotated[bool, Parameter(help="That entry and the account exclude each other.")] = False
    according_to: Annotated[str, Parameter(help="publisher, unnamed, person:NAME, office:NAME or via:NAME.")] = ""

    def parts(self) -> dict[str, Any]:
        """The fields of a request."""
        return dict(vars(self))


Assertion = Annotated[Asserted, Parameter(show=True)]
NOTHING: Final = Asserted()


@account.command
def add(
    file: Annotated[Path, Parameter(name="FILE", help="The text, in UTF-8; it is kept byte for byte.")],
    /,
    *,
    publisher: Annotated[str, Parameter(help="Who published it.")],
    date: Annotated[str, Parameter(help="On which day: 2024-12-05. Days in the text count from it.")],
    about: AboutOption = "",
    language: Annotated[str, Parameter(help="Its language.")] = "en",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """File a published text.

    Example: openline account add report.txt --publisher "New York Times" --date 2024-12-05 --about 4f0c56b1
    """
    request = asks.AccountAdd(
        text=read_text(file), publisher=publisher, published=date, about=about, language=language, officer=officer
    )
    return common.say(common.ask(request), _print_filed)


def _print_filed(value: Any) -> None:
    already = ", as before" if value["already"] else ""
    out.print(f"Filed as {value['id']}{already}; SHA-256 of its bytes: {value['digest']}", markup=False)


@account.command(name="about")
def about_(name: AccountName, entry: EntryName = "", /, *, common: Common = DEFAULTS) -> int:
    """Say what an account is about; without an entry, nothing on the record.

    Example: openline account about 5c19aa02 4f0c56b1
    """
    return common.say(common.ask(asks.AccountAbout(account=name, about=entry)), _print_account)


@account.command(name="list")
def list_(*, common: Common = DEFAULTS) -> int:
    """Show the accounts of this home, the newest first.

    Example: openline account list
    """
    return common.say(common.ask(asks.AccountList()), _print_accounts)


def _print_accounts(value: Any) -> None:
    for each in value["accounts"]:
        _print_account(each)
    if not value["accounts"]:
        out.print("No accounts.")


def _print_account(value: Any) -> None:
    about = f", about {value['about'][:SHORT_ID]}" if value["about"] else ""
    source = f", marked by {value['from']}" if value["from"] else ""
    head = f"{value['id'][:SHORT_ID]}  {value['published']}  {value['publisher']} ({value['language']}){about}{source}"
    say("", on_one_line(head), "bold")


@account.command
def show(
    name: AccountName,
    /,
    *,
    text: Annotated[bool, Parameter(help="Its text, too.")] = False,
    common: Common = DEFAULTS,
) -> int:
    """Show the marks of an account, each held against the record.

    Example: openline account show 5c19aa02
    """

    def words(value: Any) -> None:
        _print_account(value)
        for line in value["text"].splitlines() if text else ():
            say("  | ", line)
        for mark in value["marks"]:
            _print_mark(mark)
        if not value["marks"]:
            out.print("No marks yet: 'account propose' shows what could be marked.")

    return common.say(common.ask(asks.AccountShow(account=name)), words)


def _print_mark(mark: Any) -> None:
    found, style = _FOUND[mark["verdict"]["finding"]]
    say("", on_one_line(f"{mark['mark']}. {found}: {mark['says']}"), style)
    say("    ", f"| {on_one_line(mark['words'])}")
    say("    ", on_one_line(f"according to {mark['according_to']['says']}; marked by {mark['officer']}"))
    _print_why(mark["verdict"])


def _print_why(verdict: Any) -> None:
    entry = f" [{verdict['entry'][:SHORT_ID]}]" if verdict["entry"] else ""
    against = ", ".join(each[:SHORT_ID] for each in verdict["against"])
    say("    ", on_one_line(f"{verdict['why']}{entry}" + (f" Against it: {against}." if against else "")))


@account.command
def propose(
    target: Annotated[str, Parameter(name="ACCOUNT|FILE", help="An account, or a file that is not filed.")],
    /,
    *,
    date: Annotated[str, Parameter(help="Of a file: when it was published.")] = "",
    common: Common = DEFAULTS,
) -> int:
    """Show what could be marked, with the words that make the program propose it. It finds nothing: you decide.

    Example: openline account propose 5c19aa02
    """
    if date:
        request = asks.AccountPropose(text=read_text(Path(target)), published=date)
    elif Path(target).expanduser().is_file():
        raise Misuse("Say when that file was published, with --date: days in it count from then.")
    else:
        request = asks.AccountPropose(account=target)
    return common.say(common.ask(request), _print_proposals)


def _print_proposals(value: Any) -> None:
    for each in value["proposals"]:
        say("", on_one_line(f"{each['id']}  perhaps {each['says']}"), "bold")
        say("    ", f"| {on_one_line(each['words'])}")
        for why in each["because"]:
            say("    ", on_one_line(f"“{why['words']}”: {why['taken_as']}"))
        say("    ", on_one_line(f"according to {each['according_to']['says']}"))
    if not value["proposals"]:
        out.print("Nothing to propose.")


@account.command
def mark(
    name: AccountName,
    words: Annotated[str, Parameter(name="WORDS", help="The words to mark, exactly as they stand in the text.")],
    what: Annotated[str, Parameter(name="WHAT", help="who, whom, when, last-before, outcome, number, ...")],
    /,
    *,
    nth: Annotated[int, Parameter(help="Which place, where the words stand in several.")] = 1,
    asserted: Assertion = NOTHING,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Mark words, and say what they assert.

    Example: openline account mark 5c19aa02 "last spoke in October 2022" last-before --days 2022-10
    """
    request = asks.AccountMark(account=name, words=words, nth=nth, what=what, officer=officer, **asserted.parts())
    return _marked(common, request)


@account.command
def accept(
    name: AccountName,
    proposal: ProposalName,
    /,
    *,
    what: Annotated[str, Parameter(help="What it asserts, in place of what was proposed.")] = "",
    asserted: Assertion = NOTHING,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Make a mark of a proposal; what you give takes the place of what was proposed.

    Example: openline account accept 5c19aa02 0f61b2aa --who "General Gerasimov"
    """
    request = asks.AccountAccept(account=name, proposal=proposal, what=what, officer=officer, **asserted.parts())
    return _marked(common, request)


def _marked(common: Common, request: AnyRequest) -> int:
    return common.say(common.ask(request), _print_mark)


@account.command
def reject(name: AccountName, proposal: ProposalName, /, *, common: Common = DEFAULTS) -> int:
    """Reject a proposal: it is not shown again.

    Example: openline account reject 5c19aa02 0f61b2aa
    """
    request = asks.AccountReject(account=name, proposal=proposal)
    return common.say(common.ask(request), lambda value: out.print(f"Rejected: {value['rejected']}", markup=False))


@account.command
def unmark(
    name: AccountName,
    number: Annotated[int, Parameter(name="MARK", help="The number of the mark.")],
    /,
    *,
    common: Common = DEFAULTS,
) -> int:
    """Take a mark away.

    Example: openline account unmark 5c19aa02 3
    """
    request = asks.AccountUnmark(account=name, mark=number)
    return common.say(common.ask(request), lambda value: out.print(f"Mark {value['unmarked']} is gone.", markup=False))


@account.command
def remove(name: AccountName, /, *, common: Common = DEFAULTS) -> int:
    """Forget an account with its marks.

    Example: openline account remove 5c19aa02
    """
    return common.say(common.ask(asks.AccountRemove(account=name)), _print_account)


@account.command
def matrix(
    *names: AccountName,
    about: AboutOption = "",
    common: Common = DEFAULTS,
) -> int:
    """Show accounts side by side, fact by fact, and where they contradict each other.

    Example: openline account matrix --about 4f0c56b1
    """
    return common.say(common.ask(asks.AccountMatrix(accounts=names, about=about)), print_matrix)


def print_matrix(value: Any) -> None:
    """Fact by fact, each with what every source says of it."""
    called = {each["id"]: f"{each['publisher']}, {each['published']}" for each in value["accounts"]}
    for row in value["rows"]:
        say("", on_one_line(f"{row['what']}: {row['explained']}"), "bold")
        for each in row["asserted"]:
            found, style = _FOUND[each["verdict"]["finding"]]
            voice = f", according to {each['according_to']}" if each["according_to"] != "the publisher" else ""
            say("  ", on_one_line(f"{found}  {called[each['account']]}{voice}: {each['says']}"), style)
            _print_why(each["verdict"])
    for each in value["conflicts"]:
        one, other = each["one"], each["other"]
        say("", "THEY CONTRADICT EACH OTHER: " + on_one_line(each["why"]), _FOUND["contradicts"][1])
        for side in (one, other):
            say("    ", on_one_line(f"{called[side['account']]}, according to {side['according_to']}: {side['says']}"))
    if not value["rows"]:
        out.print("No marks to compare.")


@account.command
def export(
    name: AccountName,
    /,
    *,
    file: Annotated[Path, Parameter(name="--out", help="The file to write.")],
    common: Common = DEFAULTS,
) -> int:
    """Write an account with its marks into a file, to show to others. It is not signed.

    Example: openline account export 5c19aa02 --out marks.json
    """
    value = common.ask(asks.AccountExport(account=name))
    homes.write_file(file.expanduser(), value["text"].encode())
    written = {"id": value["id"], "file": str(file)}
    return common.say(written, lambda _: out.print(f"Written: {file}", markup=False))


@account.command(name="import")
def import_(
    file: Annotated[Path, Parameter(name="FILE", help="A file that 'account export' wrote.")],
    /,
    *,
    source: Annotated[str, Parameter(name="--from", help="From whom it came.")],
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Take in an account that others marked, beside our own; its marks are theirs.

    Example: openline account import marks.json --from Poland
    """
    request = asks.AccountImport(text=read_text(file), source=source, officer=officer)
    return common.say(common.ask(request), _print_filed)
