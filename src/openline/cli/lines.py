"""Commands for lines: proposed, accepted, changed, and how they stand."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from openline.cli.common import DEFAULTS, Common, app, out, read_text
from openline.cli.messages import ClassName
from openline.cli.printing import SHORT_ID, about, say
from openline.errors import Misuse
from openline.post import requests

LineName = Annotated[str, Parameter(name="LINE", help="The line, by its name.")]

FORKED = "bold white on red"

line = App(name="line", help="Lines between this post and others.")
app.command(line)


@line.command(name="open")
def open_(
    name: LineName,
    /,
    *,
    peers: Annotated[
        tuple[str, ...], Parameter(name="--with", consume_multiple=True, help="The other members, by their names here.")
    ],
    classes: Annotated[
        tuple[ClassName, ...],
        Parameter(name="--class", consume_multiple=True, help="Allow these classes of traffic alone."),
    ] = (),
    rules: Annotated[Path | None, Parameter(help="A TOML file of its rules; without, two persons disclose.")] = None,
    common: Common = DEFAULTS,
) -> int:
    """Propose a line to other posts. It runs as soon as one of them has accepted.

    Example: openline line open strait --with "Southern Command" --rules rules.toml
    """

    def _print_proposed(value: Any) -> None:
        accept = f"openline line accept {shlex.quote(name)}"
        out.print(f"The line {name!r} is proposed. Next, on each other post: {accept}", markup=False)

    text = "" if rules is None else read_text(rules)
    request = requests.LineOpen(line=name, peers=peers, classes=tuple(each.value for each in classes), text=text)
    value = common.ask(request)
    return common.say(value, _print_proposed)


@line.command
def accept(name: LineName, /, *, terms: str = "", common: Common = DEFAULTS) -> int:
    """Accept a line that was proposed to this post, or new terms of one.

    Example: openline line accept strait

    Parameters
    ----------
    terms:
        The first digits of the terms meant, as `line status` shows them, where several are proposed at once.
    """
    value = common.ask(requests.LineAccept(line=name, terms=terms))
    return common.say(value, lambda value: out.print(f"Accepted: {name!r}.", markup=False))


@line.command(name="list")
def list_(*, common: Common = DEFAULTS) -> int:
    """Show the lines of this post, proposed ones too.

    Example: openline line list
    """

    def words(value: Any) -> None:
        for each in value["lines"]:
            state = f"{each['entries']} entries"
            if each["proposed"]:
                state = f"proposed; to accept it: openline line accept {shlex.quote(each['line'])}"
            out.print(f"{each['line']}: {state}", markup=False)
        if not value["lines"]:
            out.print("No lines yet. Propose one with 'openline line open'.")

    return common.say(common.ask(requests.LineList()), words)


@line.command
def status(name: LineName, /, *, common: Common = DEFAULTS) -> int:
    """Show how a line stands: for each member the link, how far it is proved, what it has not signed for, and faults.

    Example: openline line status strait
    """
    return common.say(common.ask(requests.LineStatus(line=name)), print_status)


def print_status(value: Any) -> None:
    """How a line stands, member by member."""
    writes = "This post can write on it." if value["writes"] else "THIS POST CANNOT WRITE ON IT NOW."
    say("", f"{value['line']}: terms {value['terms']}, {value['entries']} entries. {writes}")
    say("", f"Our feed: {value['mine']} entries, checkpoint over {value['checkpoint']}")
    if len(value["classes"]) < len(ClassName):
        say("", f"Its terms allow this traffic only: {', '.join(value['classes'])}", "bold")
    if not value["serving"]:
        say("", "This post is not running: nothing comes or goes before 'openline serve' runs.", "bold")
    if value["waits for"]:
        say("", f"Waits for: {', '.join(value['waits for'])}", "bold")
    for claim in value["claims"]:
        shown = "has shown none of the others" if claim["told"] else "is asked to show one of the others"
        say("", f"{claim['by']} claims {claim['entries']} entries of ours and {shown}", "bold")
    for each in value["members"]:
        if "proved" in each:
            _print_member(each)
        elif each["fork"]:
            todo = "Stop every copy of it but one, then name the true entry: openline keys branch ID"
            say("", f"THIS POST SIGNED TWO HISTORIES: {_fork(each['fork'])}. {todo}", FORKED)
    for offer in value["proposed terms"]:
        changes = f"adds {', '.join(offer['adds']) or 'nobody'}, removes {', '.join(offer['removes']) or 'nobody'}"
        terms = f"Proposed terms {offer['version']} ({offer['terms'][:12]})"
        say("", f"{terms}: {changes}; signed by {', '.join(offer['signed'])}")
        say("", f"Not in force: {', '.join(offer['not signed'])} must sign it, too.", "bold")


def _print_member(each: Any) -> None:
    say("", each["name"] + ("" if each["active"] else " (removed from the line)"), "bold")
    if not each["accepted"]:
        say("    ", "has not accepted the line yet: ask them to, by another way", "bold")
    say("    ", _link(each), "" if each["link"] == "up" else "bold")
    say("    ", _PROVED[each["proved"]].format(act=_act(each["last act"]), word=_word(each["last word"])))
    if each["proved"] == "officer":
        say("    ", f"last signed word of their post: {_word(each['last word'])}")
    for layer, words in _LAYERS.items():
        proof = each["layers"][layer]
        if proof is not None:
            who = f" ({', '.join(word for word in (proof.get('office'), proof['officer']) if word)})"
            say("    ", f"{words} at {proof['at']}{who}, proved by {proof['proof'][:SHORT_ID]}")
        else:
            say("    ", f"{words}: not proved by this record")
    if each["accepted"] and each["active"]:
        say("    ", _signed(each), "bold" if each["messages not signed for"] else "")
    for first, last in each["gaps"]:
        say("    ", f"MISSING here: their entries {first} to {last}", "bold")
    if each["fork"]:
        todo = "Call them by telephone; nothing of theirs counts from there on."
        say("    ", f"THEY SIGNED TWO HISTORIES: {_fork(each['fork'])}. {todo}", FORKED)


_LAYERS = {"desk": "desk manned", "officer": "officer accepted", "principal": "principal reached"}

_PROVED = {
    "officer": "proved up to a person: {act}",
    "post": "proved up to their post: {word}; nothing is proved of a person there lately",
    "bearer": "proved up to the bearer: the link is up, and their post has signed nothing on this line",
    "nothing": "nothing is proved: no link, and nothing signed by them on this line",
}


def _fork(fork: Any) -> str:
    return f"entry {fork['number']} is {' and '.join(each[:SHORT_ID] for each in fork['entries'])}"


def _link(each: Any) -> str:
    since = f" since {each['link since']}" if each["link since"] else ""
    if each["link"] != "up":
        return f"LINK DOWN{since}"
    trip = "" if each["round trip ms"] is None else f"; there and back in {each['round trip ms']:.0f} ms"
    clock = "" if each["skew ms"] is None else f"; their clock is {each['skew ms'] / 1000:+.1f} s off ours"
    return f"link up{since}{trip}{clock}"


def _word(entry: Any) -> str:
    return "" if entry is None else f"entry {entry['number']} [{entry['kind']}] at {entry['at']}"


def _act(entry: Any) -> str:
    return (
        ""
        if entry is None
        else f"{entry['officer']} signed {entry['id'][:SHORT_ID]} [{entry['kind']}] at {entry['at']}"
    )


def _signed(each: Any) -> str:
    count = each["messages not signed for"]
    if not count:
        return "has signed for every message of ours"
    listed = ", ".join(about(entry) for entry in each["not signed for"])
    return f"has NOT signed for {count} message{'s' if count != 1 else ''} of ours: {listed}"


@line.command
def add(name: LineName, /, *peers: str, common: Common = DEFAULTS) -> int:
    """Propose terms with more members. They hold once every member that they keep has accepted.

    Example: openline line add strait "Neutral Office"
    """
    return _change(name, peers, (), common)


@line.command
def remove(name: LineName, /, *peers: str, common: Common = DEFAULTS) -> int:
    """Propose terms without some members, who read nothing that is written from then on.

    Example: openline line remove strait "Neutral Office"
    """
    return _change(name, (), peers, common)


@line.command
def rules(
    name: LineName,
    /,
    *,
    propose: Annotated[
        Path | None, Parameter(help="A TOML file of rules to propose; they hold once every member has accepted.")
    ] = None,
    common: Common = DEFAULTS,
) -> int:
    """Show what the members agreed on beside who they are: link checks, forms, disclosure; or propose other rules.

    Example: openline line rules strait --propose rules.toml
    """
    if propose is None:
        value = common.ask(requests.LineRules(line=name))
        return common.say(value, lambda value: _print_rules(value["rules"]))
    value = common.ask(requests.LineRules(line=name, text=read_text(propose)))
    return common.say(value, lambda value: _print_waiting(name, value))


def _print_rules(rules: Any) -> None:
    for each in rules["checks"]:
        human = f", answered by an officer at {', '.join(each['human'])}" if each["human"] else ""
        off = f", not on {', '.join(each['holidays'])}" if each["holidays"] else ""
        times = ", ".join(each["times"]) or "never"
        say("", f"{each['member']} checks at {times} UTC{human}, on {', '.join(each['days'])}{off}")
    say("", f"a check may be {rules['grace_minutes']:g} minutes late; {len(rules['texts'])} texts to draw from")
    for each in rules["forms"]:
        say("", f"form {each['name']} version {each['version']}, {each['sha256'][:16]}")
    say("", f"languages: {', '.join(rules['languages']) or 'none agreed'}; disclosure: {rules['disclosure']}")
    say("", f"who else was told may {'' if rules['others_told'] else 'not '}be said")
    say("", f"two persons for: {', '.join(rules['two_persons']) or 'nothing'}")


def _print_waiting(name: str, value: Any) -> None:
    waiting = ", ".join(value["waiting for"]) or "nobody"
    out.print(f"Terms {value['version']} of {name!r} are proposed; they wait for {waiting}.", markup=False)


def _change(name: str, add: tuple[str, ...], remove: tuple[str, ...], common: Common) -> int:
    if not add and not remove:
        raise Misuse("Name at least one post.")
    value = common.ask(requests.LineChange(line=name, add=add, remove=remove))
    return common.say(value, lambda value: _print_waiting(name, value))


@line.command
def checkpoint(name: LineName, /, *, common: Common = DEFAULTS) -> int:
    """Sign our whole feed so far, also against a later quantum computer.

    Example: openline line checkpoint strait
    """
    value = common.ask(requests.LineCheckpoint(line=name))
    return common.say(value, lambda value: out.print(f"The checkpoint covers {value['size']} entries."))


@line.command
def resume(name: LineName, /, *, common: Common = DEFAULTS) -> int:
    """After a restore: go on though not every member could be asked what this post wrote since the backup.

    Only where nobody can be reached. If anybody holds entries of this post that are lost here, the record will show
    two histories of it.

    Example: openline line resume strait
    """
    value = common.ask(requests.LineResume(line=name))
    return common.say(value or {}, lambda value: out.print(f"This post writes on {name!r} again.", markup=False))
