"""Forms: the shipped ones hold together, wrong ones are refused, and what is filled in is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

import openline
from openline.areas.forms import digest, faults, read_form, said, spoken
from openline.errors import BadEncoding, BadField, PeerError, TooLarge

SHIPPED = sorted((Path(openline.__file__).parent / "forms").glob("*.toml"))
NAMES = {
    "accident",
    "goodwill",
    "hazardous-operation",
    "humanitarian-movement",
    "humanitarian-site",
    "incident",
    "live-fire-exercise",
    "missile-launch",
    "movement-of-forces",
    "space-launch",
    "warning",
}
GOOD = b'name = "a"\nversion = 1\ntitle = {en = "A"}\n'


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_each_form_is_read_and_speaks_three_languages(file: Path) -> None:
    form = read_form(file.read_bytes())
    assert file.name == f"{form.name}-{form.version}.toml"
    assert form.unreviewed == ("ru", "ar")
    for words in (form.title, *(each.label for each in form.fields)):
        assert set(words) == {"en", "ru", "ar"}
        assert all(words.values())
    assert form.basis
    assert len(digest(file.read_bytes())) == 32


def test_all_are_there() -> None:
    assert {read_form(file.read_bytes()).name for file in SHIPPED} == NAMES


def test_humanitarian_forms_print_the_three_sentences() -> None:
    for name in ("humanitarian-site", "humanitarian-movement"):
        form = read_form(next(file for file in SHIPPED if file.stem.startswith(name)).read_bytes())
        assert form.humanitarian
        text = " ".join(form.remarks["en"])
        assert "not permission" in text
        assert "no guarantee" in text
        assert "protected by law all the same" in text
        assert set(form.remarks) == {"en", "ru", "ar"}


def test_the_accident_form_needs_one_thing_and_takes_unknown() -> None:
    form = read_form(next(file for file in SHIPPED if file.stem == "accident-1").read_bytes())
    assert faults(form, {"what": "a missile left our territory"}, areas=False, windows=False) == []
    assert faults(form, {"what": "unknown", "armed": "unknown"}, areas=False, windows=False) == []
    assert len(faults(form, {}, areas=False, windows=False)) == 1


def test_what_is_filled_in_is_checked() -> None:
    form = read_form(
        GOOD + b'areas = true\nwindows = true\n[[fields]]\ncode = "n"\ntype = "number"\nlabel = {en = "N"}\n'
        b'[[fields]]\ncode = "t"\ntype = "time"\nlabel = {en = "T"}\n[[fields]]\ncode = "y"\ntype = "yes-no"\n'
        b'label = {en = "Y"}\n[[fields]]\ncode = "c"\ntype = "choice"\noptions = ["one", "two"]\nlabel = {en = "C"}\n'
    )
    good = {"n": "-12.5", "t": "2024-12-01T06:00:00Z", "y": "no", "c": "two"}
    assert faults(form, good, areas=True, windows=True) == []
    assert len(faults(form, good, areas=False, windows=False)) == 2
    for code, text in (("n", "many"), ("t", "soon"), ("y", "maybe"), ("c", "three"), ("x", "1"), ("n", "unknown")):
        assert len(faults(form, {code: text}, areas=True, windows=True)) == 1


@pytest.mark.parametrize(
    ("source", "error"),
    [
        (b"\xff", BadEncoding),
        (b"x = ", BadEncoding),
        (b"", BadField),
        (GOOD + b"colour = 1\n", BadField),
        (GOOD.replace(b'"a"', b'"A b"'), BadField),
        (GOOD.replace(b"1", b"0"), BadField),
        (GOOD.replace(b"en", b'"e!"'), BadField),
        (GOOD.replace(b'"A"', b'" "'), BadField),
        (GOOD + b"lead-hours = -1\n", BadField),
        (GOOD + b"lead-hours = nan\n", BadField),
        (GOOD + b"reconfirm-hours = 99999\n", BadField),
        (GOOD + b"pass-minutes = 5\n", BadField),
        (GOOD + b"acknowledge-minutes = -5\n", BadField),
        (GOOD + b'[[fields]]\ncode = "a"\ntype = "choice"\nlabel = {en = "A"}\n', BadField),
        (GOOD + b'[[fields]]\ncode = "a"\nlabel = {en = "A"}\n' * 2, BadField),
        (GOOD + b'[[fields]]\ncode = "a"\nlabel = {en = "%s"}\n' % (b"x" * 5_000), BadField),
        (b"#" * 70_000, TooLarge),
    ],
    ids=range(17),
)
def test_what_is_no_form_is_refused(source: bytes, error: type[PeerError]) -> None:
    with pytest.raises(error):
        read_form(source)


def test_words_in_a_language_or_else_in_english() -> None:
    assert said({"en": "a", "ru": "b"}, "ru") == "b"
    assert said({"en": "a"}, "ar") == "a"
    assert said({"fr": "c"}, "ar") == "c"
    assert said({}, "en") == ""


def test_a_text_says_in_which_language_it_is_given() -> None:
    words = {"fr": "Lieu", "en": "Place"}
    assert [(said(words, each), spoken(words, each)) for each in ("fr", "en", "ru")] == [
        ("Lieu", "fr"),
        ("Place", "en"),
        ("Place", "en"),
    ]
    assert (said({"ar": "مكان"}, "ru"), spoken({"ar": "مكان"}, "ru")) == ("مكان", "ar")
    assert (said({}, "ru"), spoken({}, "ru")) == ("", "")
