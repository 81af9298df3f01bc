"""What a post tells those who watch it: the machine's words as JSON holds them (docs/reference/control.md)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from openline.engine.effects import Alarm, Arrived, Carried, Changed, Proved
from openline.feeds.record import Kept
from openline.post.names import Names
from openline.post.queries import entry_value
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
            if entry.header.kind < Kind.MESSAGE:
                return None
            act = entry.header.act
            signer = None if act is None or entry.id in doubted else names.signer(entry.header.author, act.officer)
            return {"what": "entry", **entry_value(names, Kept(entry, at, {}), signer or "")}
        case Proved(line, by, number):
            return {"what": "delivered", "line": names.line_name(line), "by": names.post(by), "number": number}
        case Carried(line, number, peer):
            return {"what": "carried", "line": names.line_name(line), "to": names.post(peer), "number": number}
        case Changed(line, what):
            return {"what": "changed", "line": None if line is None else names.line_name(line), "text": what}
        case Alarm(line, code, text, about, precedence):
            return {
                "what": "alarm",
                "line": None if line is None else names.line_name(line),
                "code": code,
                "text": text,
                "about": None if about is None else about.hex(),
                "precedence": precedence.name.lower(),
            }
        case _:
            return None
