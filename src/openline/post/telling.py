"""What a post tells those who watch it: the machine's words as JSON holds them (docs/reference/control.md)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from openline.engine.effects import Alarm, Arrived, Carried, Changed, Proved
from openline.feeds.record import Kept
from openline.post.names import Names
from openline.post.queries import entry_value
from openline.terms import LineId
from openline.wire.kinds import Kind


def teller(names: Names, line: LineId | None, listener: Callable[[dict[str, Any]], None]) -> Callable[[Any], None]:
    """Tells `listener` what concerns one line, or any."""

    def tell(effect: Any) -> None:
        about = effect.entry.header.line if isinstance(effect, Arrived) else effect.line
        if line is None or about is None or about == line:
            event = _event(names, effect)
            if event is not None:
                listener(event)

    return tell


def _event(names: Names, effect: Any) -> dict[str, Any] | None:
    match effect:
        case Arrived(entry, at):
            if entry.header.kind < Kind.MESSAGE:
                return None
            return {"what": "entry", **entry_value(names, Kept(entry, at, {}))}
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
