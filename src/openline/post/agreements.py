"""The rules of a line as people write and read them: a TOML file to propose, JSON to look at (docs/guides/rules.md)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from openline.errors import Misuse, PeerError
from openline.limits import HOME_FILE_MAX_BYTES
from openline.post.names import Names
from openline.terms import LineId, PostId
from openline.wire.kinds import Kind
from openline.wire.rules import EVERY_DAY, GRACE_MS, Disclosure, FormRef, Rules, Slots, decode_rules, encode_rules

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EPOCH: Final = date(1970, 1, 1)

TWO_PERSONS: Final = (Kind.JOINT_APPROVAL, Kind.DISCLOSURE, Kind.DISCLOSURE_AGREED)
"""What takes two persons where the file says nothing else: statements, and what may be said in public."""

_KNOWN: Final = frozenset(
    {"grace-minutes", "texts", "languages", "disclosure", "others-told", "two-persons", "checks", "forms"}
)
_KNOWN_CHECKS: Final = frozenset({"member", "times", "human", "days", "holidays"})


FormOf = Callable[[str], FormRef]
"""The form that NAME@VERSION is here. Raises UnknownName or Misuse."""


def read_rules(text: str, names: Names, form_of: FormOf) -> bytes:
    """The rules in a TOML file, encoded. Raises Misuse, or UnknownName, that says what in the file is wrong."""
    if len(text.encode()) > HOME_FILE_MAX_BYTES:
        raise Misuse(f"A file of rules has at most {HOME_FILE_MAX_BYTES} bytes.")
    try:
        held = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Misuse(f"The rules are not TOML: {error}.") from None
    _only(held, _KNOWN, "The rules")
    try:
        rules = Rules(
            slots=tuple(_slots(each, names) for each in _list(held, "checks", dict)),
            texts=tuple(_list(held, "texts", str)),
            grace_ms=_grace(held.get("grace-minutes", GRACE_MS / 60_000)),
            forms=tuple(sorted((_form(each, form_of) for each in _list(held, "forms", dict, str)), key=_by_name)),
            languages=tuple(_list(held, "languages", str)),
            disclosure=_disclosure(held.get("disclosure", "closed")),
            told=held.get("others-told", False) is True,
            two_persons=tuple(_kind(each) for each in _list(held, "two-persons", str))
            if "two-persons" in held
            else TWO_PERSONS,
        )
        data = encode_rules(rules)
        decode_rules(data)
    except PeerError as error:
        raise Misuse(f"The rules do not hold together: {error}") from None
    except (TypeError, KeyError, OverflowError) as error:
        raise Misuse(f"Something in the rules is of the wrong sort: {error}.") from None
    return data


def _only(held: dict[str, Any], known: frozenset[str], what: str) -> None:
    strange = sorted(held.keys() - known)
    if strange:
        raise Misuse(f"{what} hold {strange[0]!r}, which means nothing here; there are: {', '.join(sorted(known))}.")


def _list(held: dict[str, Any], key: str, *kinds: type) -> list[Any]:
    value = held.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, kinds) for each in value):
        raise Misuse(f"{key!r} is not a list of the right sort.")
    return value


def _grace(minutes: Any) -> int:
    if type(minutes) not in (int, float) or not 0 < minutes <= 24 * 60:
        raise Misuse(f"{minutes!r} is no number of minutes up to a day.")
    return int(minutes * 60_000)


def _slots(held: dict[str, Any], names: Names) -> Slots:
    _only(held, _KNOWN_CHECKS, "Checks")
    return Slots(
        member=names.member(str(held["member"])),
        machine=tuple(sorted(_minute(each) for each in _list(held, "times", str))),
        human=tuple(sorted(_minute(each) for each in _list(held, "human", str))),
        days=_days(held.get("days", "")),
        holidays=tuple(sorted((_date(each) - EPOCH).days for each in held.get("holidays", []))),
    )


def _minute(text: str) -> int:
    hours, colon, minutes = text.partition(":")
    if not colon or not (hours + minutes).isdecimal() or int(hours) > 23 or int(minutes) > 59:
        raise Misuse(f"{text!r} is no time of the day: write HH:MM, in UTC.")
    return int(hours) * 60 + int(minutes)


def _days(text: str) -> int:
    """`mon-fri`, or `mon,wed,sat`; empty is every day."""
    if not text:
        return EVERY_DAY
    mask = 0
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if first not in DAYS or (dash and last not in DAYS):
            raise Misuse(f"{part!r} are no days: write mon-fri, or mon,wed,sat.")
        at, end = DAYS.index(first), DAYS.index(last) if dash else DAYS.index(first)
        while True:
            mask |= 1 << at
            if at == end:
                break
            at = (at + 1) % 7
    return mask


def _date(value: Any) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Misuse(f"{value!r} is no day: write 2026-12-25.") from None


def _disclosure(text: Any) -> Disclosure:
    try:
        return Disclosure[str(text).upper().replace("-", "_")]
    except KeyError:
        raise Misuse(f"{text!r} is no disclosure: closed, confirm-if-asked, agreed-text or open.") from None


def _form(held: dict[str, Any] | str, form_of: FormOf) -> FormRef:
    if isinstance(held, str):
        return form_of(held)
    _only(held, frozenset({"name", "version", "sha256"}), "Forms")
    try:
        return FormRef(str(held["name"]), held["version"], bytes.fromhex(held["sha256"]))
    except ValueError:
        raise Misuse("The sha256 of a form is not hexadecimal.") from None


def _by_name(form: FormRef) -> tuple[str, int]:
    return form.name, form.version


def _kind(text: str) -> int:
    try:
        return Kind[text.upper().replace("-", "_")]
    except KeyError:
        raise Misuse(f"{text!r} is no kind of entry.") from None


def rules_value(rules: Rules, names: Names) -> dict[str, Any]:
    """Rules as JSON holds them."""
    return {
        "checks": [
            {
                "member": names.post(PostId(each.member)),
                "times": [_clock(at) for at in each.machine],
                "human": [_clock(at) for at in each.human],
                "days": [day for at, day in enumerate(DAYS) if each.days >> at & 1],
                "holidays": [(EPOCH + timedelta(days=at)).isoformat() for at in each.holidays],
            }
            for each in rules.slots
        ],
        "texts": list(rules.texts),
        "grace_minutes": rules.grace_ms / 60_000,
        "forms": [{"name": each.name, "version": each.version, "sha256": each.digest.hex()} for each in rules.forms],
        "languages": list(rules.languages),
        "disclosure": rules.disclosure.name.lower().replace("_", "-"),
        "others_told": rules.told,
        "two_persons": [Kind(each).name.lower().replace("_", "-") for each in rules.two_persons],
    }


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def in_force(names: Names, line: LineId) -> Rules:
    """The rules of a line; none where the line does not run here yet."""
    held = names.machine_line(line)
    return Rules() if held is None else held.rules
