"""Reading the file of an exercise: what is wrong with it is found at once, each with its line and what to write.

First the shape of every table, then, where that is right, the sense of the whole (`openline.exercises.checking`).
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from typing import Any, Final

import msgspec

from openline.errors import BadExercise
from openline.exercises.checking import Judge, check
from openline.exercises.findings import Finding, Findings
from openline.exercises.incident import Exercise, Fact, Fault, Goal, Line, Paper, Party, Step
from openline.exercises.places import Places
from openline.limits import EXERCISE_FILE_MAX_BYTES, EXERCISE_STEPS_MAX

TABLES: Final[dict[str, type[msgspec.Struct]]] = {
    "party": Party,
    "line": Line,
    "fact": Fact,
    "step": Step,
    "fault": Fault,
    "goal": Goal,
    "file": Paper,
}

_SORTS: Final = {
    "str": "a text in quotation marks",
    "int": "a whole number",
    "float": "a number with a point",
    "bool": "true or false",
    "array": "a list in brackets",
    "object": "a table",
}


_TIME: Final = re.compile(r"=\s*\d+[-\w]")
_QUOTE: Final = "Write times and spans between quotation marks."


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number - 1] if 0 < number <= len(lines) else ""


def nothing_wrong(_: str) -> str:
    """A judge that has no commands to compare with."""
    return ""


def read(data: bytes, judge: Judge = nothing_wrong) -> Exercise:
    """The exercise in a file. Raises BadExercise that lists everything found wrong."""
    exercise, findings = examine(data, judge)
    if exercise is None or findings:
        raise BadExercise(" ".join(f"Line {each.line}: {each.text}" for each in findings))
    return exercise


def examine(data: bytes, judge: Judge = nothing_wrong) -> tuple[Exercise | None, list[Finding]]:
    """The exercise, as far as it can be read, and what is wrong with its file."""
    if len(data) > EXERCISE_FILE_MAX_BYTES:
        return None, [Finding(1, f"The file is longer than {EXERCISE_FILE_MAX_BYTES} bytes.")]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return None, [Finding(data.count(b"\n", 0, error.start) + 1, "This is not text in UTF-8.")]
    try:
        raw = _plain(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        return None, [
            Finding(line, f"This is not TOML: {error}. {_QUOTE if _TIME.search(_line(text, line)) else ''}".strip())
        ]
    except RecursionError:
        return None, [Finding(1, "No exercise needs tables that are nested so deep.")]
    findings = Findings(Places(text))
    exercise = _shaped(raw, findings)
    if exercise is not None:
        check(exercise, findings, judge)
    return exercise, findings.sorted


def _plain(value: Any) -> Any:
    """Dates and times as text, as they may be written too."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime | date) else value


def _shaped(raw: dict[str, Any], findings: Findings) -> Exercise | None:
    """The tables, each of its shape; None where one is not."""
    tables = {name: _tables(raw.get(name, []), name, kind, findings) for name, kind in TABLES.items()}
    above = {key: value for key, value in raw.items() if key not in TABLES}
    exercise: Exercise | None = _converted({**above, **dict.fromkeys(TABLES, ())}, Exercise, "", 0, findings)
    if exercise is None or findings.found:
        return None
    return msgspec.structs.replace(exercise, **tables)


def _tables(raw: Any, name: str, kind: type[msgspec.Struct], findings: Findings) -> tuple[Any, ...]:
    if not isinstance(raw, list) or not all(isinstance(each, dict) for each in raw):
        findings.say(f"Write each {name} as a table with the header [[{name}]].", key=name)
        return ()
    if len(raw) > EXERCISE_STEPS_MAX:
        findings.say(f"There may be {EXERCISE_STEPS_MAX} [[{name}]]; these are {len(raw)}.", name)
        return ()
    return tuple(_converted(each, kind, name, nth, findings) for nth, each in enumerate(raw))


def _converted(raw: dict[str, Any], kind: type[msgspec.Struct], name: str, nth: int, findings: Findings) -> Any:
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        key, said = _explained(str(error), kind, f"a {name}" if name else "an exercise")
        findings.say(said, name, nth, key)
        return None


def _explained(error: str, kind: type[msgspec.Struct], what: str) -> tuple[str, str]:
    """The key that an error of msgspec is about, and the error as a sentence."""
    place = re.search(r" - at `\$\.?([\w-]*)", error)
    key = place[1] if place else ""
    if unknown := re.search(r"unknown field `([^`]*)`", error):
        names = [] if key else [field.encode_name for field in msgspec.structs.fields(kind)]
        known = f"; there are: {', '.join(names)}." if names else "."
        return key or unknown[1], f"There is no {unknown[1]!r} in {key or what}{known}"
    if missing := re.search(r"missing required field `([^`]*)`", error):
        return key, f"{(key or what).capitalize()} needs {missing[1]!r}."
    if expected := re.search(r"Expected `([^`]*)`, got `([^`]*)`", error):
        wanted, got = (" or ".join(_SORTS.get(each, each) for each in said.split(" | ")) for said in expected.groups())
        return key, f"{key!r} is {got} where {wanted} is needed."
    return key, f"{error}."
