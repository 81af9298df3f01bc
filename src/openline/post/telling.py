"""What a post tells those who watch it: the machine's words as JSON holds them (docs/reference/control.md)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from openline.engine.effects import Alarm, Arrived, Carried, Changed, Proved
from openline.feeds.record import Kept
from openline.post.actions import card_of
from openline.post.loop import now
from openline.post.names import Names
from openline.post.queries import clock_of, entry_value
from openline.proof.sentences import utc
from openline.terms import EntryId, LineId
from openline.wire.kinds import Kind


def teller(names: Names, line: LineId | None, listener: Callable[[dict[str, Any]], None]) -> Callable[[Any], None]:
    """Tells `listener` what concerns one line, or any.

    The machine checks an officer's act when an entry comes, and alarms about one that fails just before it tells of
    the entry: so nothing is checked a second time here.
    """
    doubted: set[EntryId] = set()

    def tell(effect: Any) -> None:
        if isinstance(effect, Alarm) and effect.about is not None:
            doubted.add(effect.about)
        about = effect.entry.header.line if isinstance(effect, Arrived) else effect.line
        if line is None or about is None or about == line:
            event = _event(names, effect, doubted)
            if event is not None:
                listener(event)
        if isinstance(effect, Arrived):
            doubted.clear()

    return tell


def _event(names: Names, effect: Any, doubted: set[EntryId]) -> dict[str, Any] | None:
    match effect:
        case Arrived(entry, at):
            return _arrived(names, Kept(entry, at, {}), doubted) if entry.header.kind >= Kind.MESSAGE else None
        case Proved(line, by, number):
            who = {"by": names.post(by), "number": number}
            return {"what": "delivered", "at": utc(now()), "line": names.line_name(line), **who}
        case Carried(line, number, peer, at):
            who = {"to": names.post(peer), "number": number}
            return {"what": "carried", "at": utc(at), "line": names.line_name(line), **who}
        case Changed(line, what):
            return {"what": "changed", "at": utc(now()), "line": _line(names, line), "text": what}
        case Alarm(line, code, text, about, precedence):
            kept = None if about is None or line is None else names.kept(about, line)
            return {
                "what": "alarm",
                "at": utc(now()),
                "line": _line(names, line),
                "code": code,
                "text": text,
                "about": None if about is None else about.hex(),
                "entry": None if kept is None else entry_value(names, kept),
                "precedence": precedence.name.lower(),
                "card": card_of(code),
            }
        case _:
            return None


def _arrived(names: Names, kept: Kept, doubted: set[EntryId]) -> dict[str, Any]:
    header = kept.entry.header
    signer = None if header.act is None or kept.entry.id in doubted else names.signer(header.author, header.act.officer)
    value = {"what": "entry", **entry_value(names, kept, signer or "")}
    if header.kind not in (Kind.MESSAGE, Kind.CORRECTION) or not names.is_for_us(kept.entry):
        return value
    return {**value, "waits_for": "show" if header.refers else "take", **clock_of(kept)}


def _line(names: Names, line: LineId | None) -> str | None:
    return None if line is None else names.line_name(line)
