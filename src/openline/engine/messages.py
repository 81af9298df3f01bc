"""Messages and an officer's marks on them: the checks before our own entry is written (spec/kinds.md)."""

from __future__ import annotations

from openline.engine import second_person
from openline.engine.content import Content
from openline.engine.effects import Answer
from openline.engine.events import Mark, Send
from openline.engine.line import Line
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.engine.writing import check_writable, writable, write, write_content
from openline.errors import Misuse, NotAllowed, NotReady, TooManyWords
from openline.feeds.record import Drop, Kept, Put
from openline.limits import FLASH_WORDS_MAX, NAME_MAX_BYTES, TEXT_MAX_BYTES
from openline.terms import EntryId, Instant, Precedence, TrafficClass
from openline.wire import cbor
from openline.wire.bodies import Message, message_item, message_of, whom_item
from openline.wire.entry import Act, Entry
from openline.wire.kinds import Kind

MARKS = frozenset({Kind.SEEN, Kind.ACKNOWLEDGED, Kind.TAKEN, Kind.PASSED_ON})
WORDS = MARKS | {Kind.COUNTERSIGNED}
PEOPLE = frozenset({Kind.MESSAGE, Kind.CORRECTION})
MARKED = PEOPLE | {Kind.CLAIM, Kind.INQUIRY}
"""What officers of other posts mark."""


def send(state: State, turn: Turn, line: Line, command: Send) -> None:
    """Write a message, an answer or a correction."""
    content = sending(state, line, command)
    turn.emit(Answer(command.request, write_message(state, turn, line, content, officer=command.officer).id))


def sending(state: State, line: Line, command: Send) -> Content:
    """What a message, an answer or a correction is to say. Raises the OpenlineError that forbids it."""
    check_writable(state, line)
    _check_text(command.text, command.precedence)
    target = command.replies_to or command.corrects
    traffic, exchange, refers = _place(line, command, target)
    if command.corrects is not None and command.corrects.entry.header.author != state.me:
        raise NotAllowed("Only its author corrects a message; answer it instead.")
    if traffic not in line.terms.classes:
        raise NotAllowed(f"The terms of this line do not allow {traffic.name} traffic.")
    if all(line.feeds[post].number == 0 for post in line.others()):
        raise NotReady("No other member has accepted this line yet. Ask them to, by another way.")
    kind = Kind.CORRECTION if command.corrects is not None else Kind.MESSAGE
    message = Message(command.text, next_serial(line, kind, traffic), command.deliver_by, command.give_up)
    return Content(
        kind=kind,
        items=(message_item(message),),
        precedence=command.precedence,
        traffic=traffic,
        exchange=exchange,
        refers=refers,
    )


def next_serial(line: Line, kind: int, traffic: TrafficClass) -> int:
    """The serial of what is written next in this class; a correction takes none."""
    return line.serials.get(traffic, 0) + (kind == Kind.MESSAGE)


def write_message(
    state: State, turn: Turn, line: Line, content: Content, *, officer: int = 0, act: Act | None = None
) -> Entry:
    """Write a message, an answer or a correction, by an officer's key here or with this act."""
    entry = write_content(state, turn, line, content, officer=officer, act=act)
    message = message_of(entry)
    line.serials[content.traffic] = message.serial
    if message.deliver_by is not None:
        remember(state, turn, entry, message.deliver_by, message.give_up)
    return entry


def _check_text(text: str, precedence: Precedence) -> None:
    if not text.strip():
        raise Misuse("The message is empty.")
    size = _size(text)
    if size > TEXT_MAX_BYTES:
        raise Misuse(f"The text has {size} bytes; at most {TEXT_MAX_BYTES} are allowed.")
    words = len(text.split()) if precedence >= Precedence.IMMEDIATE else 0
    if words > FLASH_WORDS_MAX:
        raise TooManyWords(
            f"{words} words; {precedence.name} has at most {FLASH_WORDS_MAX}. "
            "Send the core now, and the rest as PRIORITY after it."
        )


def _size(text: str) -> int:
    """Bytes of a text in UTF-8."""
    try:
        return len(text.encode())
    except UnicodeEncodeError as error:
        raise Misuse("The text is not proper Unicode: it holds half of a surrogate pair.") from error


def _place(line: Line, command: Send, target: Kept | None) -> tuple[TrafficClass, EntryId | None, tuple[EntryId, ...]]:
    if target is None:
        return command.traffic, None, ()
    header = target.entry.header
    if header.line != line.id or header.kind not in PEOPLE:
        raise NotAllowed("That entry is not a message of this line.")
    return header.traffic, header.exchange or target.entry.id, (target.entry.id,)


def mark(state: State, turn: Turn, line: Line, command: Mark) -> None:
    """Write an officer's word on a message, a claim or an inquiry of another post."""
    content = marking(state, line, command)
    turn.emit(Answer(command.request, write_content(state, turn, line, content, officer=command.officer).id))


def marking(state: State, line: Line, command: Mark) -> Content:
    """What an officer's word is to say. Raises the OpenlineError that forbids it."""
    check_writable(state, line)
    if command.kind == Kind.COUNTERSIGNED:
        return second_person.countersigning(state, line, command)
    header = command.target.entry.header
    if command.kind not in MARKS:
        raise Misuse("A mark is one of seen, acknowledged, taken and passed on.")
    kind = Kind(command.kind)
    if not command.officer:
        raise NotAllowed("Only a named officer can say that; give --officer.")
    if header.line != line.id or header.kind not in MARKED:
        raise NotAllowed("That entry is not a message, a claim or an inquiry of this line.")
    if header.author == state.me:
        raise NotAllowed("That is an entry of this post; the receiving side marks it.")
    items: tuple[bytes, ...] = ()
    if kind == Kind.PASSED_ON:
        if not command.to.strip() or _size(command.to) > 4 * NAME_MAX_BYTES:
            raise Misuse("Say to whom it was passed, in a few words.")
        items = (whom_item(command.to),)
    return Content(
        kind=kind,
        items=items,
        precedence=header.precedence,
        traffic=header.traffic,
        exchange=header.exchange or command.target.entry.id,
        refers=(command.target.entry.id,),
    )


def remember(state: State, turn: Turn, entry: Entry, due: Instant, give_up: bool) -> None:
    """Keep the hour by which a message must be delivered."""
    key = (entry.header.line, entry.id)
    header = entry.header
    state.reminders[key] = (header.number, due, give_up, header.traffic)
    value = cbor.encode([header.number, due, give_up, int(header.traffic)])
    turn.emit(Put("reminder", entry.header.line + entry.id, value))


def remind(state: State, turn: Turn) -> None:
    """Messages whose hour has come or that have been delivered: tell, give up, or forget."""
    for (identifier, message), (number, due, give_up, traffic) in list(state.reminders.items()):
        line = state.lines[identifier]
        missing = [post for post in line.others() if line.claimed(post, state.me) < number]
        if missing and (turn.at < due or (give_up and identifier in state.signing)):
            continue
        del state.reminders[(identifier, message)]
        turn.emit(Drop("reminder", identifier + message))
        if missing:
            text = f"Not delivered in time to {', '.join(state.name_of(post) for post in missing)}."
            _late(state, turn, line, message, text, traffic if give_up else None)


def _late(state: State, turn: Turn, line: Line, message: EntryId, text: str, given_up: TrafficClass | None) -> None:
    if given_up is not None and writable(state, line):
        write(state, turn, line, Kind.GIVEN_UP, traffic=given_up, exchange=message, refers=(message,))
        text += " It is given up, and signed as given up."
    turn.alarm(line.id, "late", text, message)
