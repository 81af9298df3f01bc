"""The catalogues of the desk: every sentence and code in each, none that nobody shows, and no words outside them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from openline.exchanges.message import Rung
from openline.post.people.accounts import ROLES
from openline.wire.contact import Layer, Outcome, Reason, Reply
from openline.wire.incident import Confidence, Stance
from openline.wire.kinds import Kind
from openline.wire.notice import How
from tests.desk.sentences import WEB, naked, sentences, sources, unnamed
from tests.post.people.test_items import every_field, is_choice

LANGUAGES = ("ar", "ru")
PLACE = re.compile(r"\{\w+\}")
SAME_EVERYWHERE = {
    "STOP",
    "en fr ru",
    "34-15N 033-30E, 34-15N 034-30E, 35-00N 034-00E\\nwithin 5 miles of 34-15N 033-30E",
    "20m, 3h, 18:40 (UTC), or 2022-11-15T18:40Z",
    "The post does not answer. What you have typed stays here.",
    *("Enter", "Esc", "Escape"),
    *("Openline", "English", "Русский", "العربية"),
}
"""STOP is one word on all pages, like FLASH; samples of what is typed; what `error unanswered` stands beside; names of
keys, of the program, and of languages in themselves."""

CODES: dict[str, list[str]] = json.loads((WEB / "codes.json").read_text())


def catalogue(language: str) -> dict[str, Any]:
    """One catalogue as a translator edits it."""
    value: dict[str, Any] = json.loads((WEB / "words" / f"{language}.json").read_text())
    return value


def wanted() -> set[str]:
    """Every key that a catalogue has to hold."""
    prefix = {"errors": "error ", "login errors": "error ", "alarms": "alarm ", "fields": "field "}
    codes = {f"{prefix.get(group, '')}{code}" for group, held in CODES.items() for code in held}
    return codes.union(*(sentences(source) for source in sources().values()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_what_is_shown_and_nothing_else(language: str) -> None:
    held = catalogue(language)
    assert set(held) == {"language", "name", "reviewed", "words"}
    assert held["language"] == language
    assert wanted() - held["words"].keys() == set(), "the catalogue lacks these"
    assert held["words"].keys() - wanted() == set(), "nobody shows these"
    assert [key for key, said in held["words"].items() if not said.strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_every_place_for_a_value(language: str) -> None:
    words = catalogue(language)["words"]
    assert {key: said for key, said in words.items() if set(PLACE.findall(key)) != set(PLACE.findall(said))} == {}


def test_every_catalogue_can_be_chosen() -> None:
    named = re.search(r"TONGUES = \{(.*?)\}", (WEB / "tongue.ts").read_text())
    assert named is not None
    found = dict(re.findall(r'(\w+): "(\w+)"', named[1]))
    assert {each: catalogue(each)["name"] for each in LANGUAGES} | {"en": "English"} == found
    assert {path.stem for path in (WEB / "words").iterdir()} == set(LANGUAGES)


@pytest.mark.parametrize("name", sorted(sources()))
def test_no_words_stand_outside_the_catalogues(name: str) -> None:
    source = sources()[name]
    assert [each for each in naked(source) if each not in SAME_EVERYWHERE] == []
    if name != "tongue.ts":
        assert unnamed(source) == [], "look up a text that stands in the source, or a code"


def test_words_outside_are_found() -> None:
    source = 'import { say } from "./tongue.js"; html`<p title="Put here">${a ? html`<b>Plain ${x}</b>` : `${y}`} text'
    source += ' <kbd>Esc</kbd></p>`; say(x); f("Not so.")'
    assert set(naked(source)) == {"text", "Put here", "Plain", "Not so."}
    assert unnamed(source) == ["x);"]
    labels = (
        'input(desk, name, "Due"); choice(desk, at(x), `Point ${n}`, [["", "all of it"]]); html`<i title=${`as ${x}`}>'
    )
    labels += '${each.open ? "still open" : each.gone || f("id one")} ${a ? t("b") : nothing}</i>`; '
    labels += 'g({ label: "by whom" }, "Matter")'
    assert {"Due", "Point", "all of it", "as", "still open", "by whom", "Matter"} == set(naked(labels))
    assert naked('html`<p>${t("Known {a}", { a: "}" })} ✕</p>`') == []


def test_the_codes_are_those_of_the_post() -> None:
    every = {code for held in CODES.values() for code in held}
    assert {kind.name.lower().replace("_", " ") for kind in Kind} - every == set()
    assert {*ROLES, *Rung} - every == set()
    for group in (Reply, Outcome, Reason, Layer, Stance, Confidence):
        assert {each.name.lower().replace("_", "-") for each in group} - every == set(), group
    assert {each.name.lower() for each in How} - every == set()
    said = every_field()
    assert set(said) | {"text", "serial", "deliver by", "give up"} == set(CODES["fields"])
    chosen = {name for name, sorts in said.items() if any(is_choice(each) for each in sorts)}
    named = re.search(r"CHOICES = new Set\(\[(.*?)\]\)", sources()["sign-act.ts"], re.DOTALL)
    assert named is not None
    assert set(re.findall(r'"([^"]+)"', named[1])) == chosen
    values = {each.name.lower().replace("_", "-") for name in chosen for sort in said[name] for each in sort}
    assert values - every == set()
    listed = (WEB.parents[3] / "spec/errors.md").read_text()
    codes = set(re.findall(r"^\| `([a-z-]+)`", listed, re.MULTILINE))
    alarms = set(re.findall(r"^\| `([a-z-]+)`", listed.split("## Alarms")[1], re.MULTILINE))
    assert alarms - set(CODES["alarms"]) == set()
    assert {*CODES["alarms"], *CODES["errors"], *CODES["login errors"]} - {"unanswered"} - codes == set()
