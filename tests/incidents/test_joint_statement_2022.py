"""23 October 2022: three capitals answer a claim with one statement, in three languages, signed by all (SOURCES.md)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.desk.browsing import browsing
from tests.incidents.stage import Stage
from tests.pair import command, refused, until
from tests.proof.bundles import ROOT
from tests.proof.readers import Reader

LINE = "three-capitals"
FIRST = {"United States": "Duty officer Hale", "United Kingdom": "Duty officer Marsh", "France": "Duty officer Moreau"}
SECOND = {"United States": "Under Secretary Reed", "United Kingdom": "Director Shaw", "France": "Directeur Petit"}
CLAIM = {
    "en": "We reject the allegation made to us today as “transparently false”.",
    "fr": "Nous rejetons l'allégation qui nous a été faite aujourd'hui : elle est manifestement fausse.",
    "ru": "Мы отвергаем высказанное нам сегодня утверждение: оно очевидно ложно.",
}
PRETEXT = {
    "en": "It must not be used as a pretext for escalation.",
    "fr": "Elle ne doit servir à personne.",
    "ru": "Оно не должно служить предлогом для эскалации.",
}
AMENDED = "Elle ne doit pas servir de prétexte à une escalade."
LETTERS = {"en": ("reject", "regect"), "fr": ("prétexte", "pretexte"), "ru": ("предлогом", "предлогам")}


@dataclass
class Released:
    """The statement of all three, and its page as two of them wrote it."""

    stage: Stage
    id: str
    pages: tuple[Path, Path]


def texts(line: dict[str, str]) -> list[str]:
    """A line as it is typed."""
    return [word for language, text in line.items() for word in ("--text", f"{language}={text}")]


def seen(stage: Stage, post: str, statement: str, **wanted: Any) -> Any:
    """The statement at a post, as soon as it has these values."""

    def found() -> Any:
        code, value = command(stage.homes[post], "statement", "show", statement)
        return code == 0 and all(value[key] == wanted[key] for key in wanted) and value

    return until(found)


@pytest.fixture(scope="module")
def released(cheap_passphrases: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Released]:
    """Drafted in Washington, amended from Paris, approved by two officers of each, released."""
    with Stage(tmp_path_factory.mktemp("three")) as stage:
        stage.found(FIRST)
        stage.line(LINE, *FIRST)
        for post, officer in SECOND.items():
            stage.do(post, "officer", "add", officer)
        words = ("The calls of 23 October", "--languages", "en,fr,ru", "--not-before", "2022-10-23T22:00Z")
        made = stage.do("United States", "statement", "draft", LINE, *words)["id"]
        for line in (CLAIM, PRETEXT):
            stage.do("United States", "statement", "line", made, *texts(line))
        value = seen(stage, "United Kingdom", made, revision=2)
        stage.do("United Kingdom", "statement", "approve", made, value["version"][:12])
        value = seen(stage, "France", made, revision=2)
        line = value["lines"][1]["id"]
        why = ("--why", "The other languages name the escalation.")
        stage.do("France", "statement", "amend", line, "--text", f"fr={AMENDED}", *why)
        proposal = seen(stage, "United States", made, proposed=1)["proposals"][0]["id"]
        stage.do("United States", "statement", "accept", proposal)
        for post in FIRST:
            version = seen(stage, post, made, revision=3)["version"][:12]
            for officer in (FIRST[post], SECOND[post]):
                stage.do(post, "statement", "approve", made, version, "--officer", officer)
        ready = seen(stage, "United States", made, status="ready")
        stage.do("United States", "statement", "release", made, ready["version"][:12])
        pages = []
        for post in ("United States", "France"):
            seen(stage, post, made, status="released", missing=[])
            pages.append(stage.folder / f"{post}.html")
            stage.do(post, "statement", "page", made, "--out", str(pages[-1]))
        yield Released(stage, made, (pages[0], pages[1]))


def cards(stage: Stage) -> list[str]:
    """The cards of all three, as they were compared."""
    return [word for home in stage.homes.values() for word in ("--card", str(home.with_suffix(".card")))]


def verified(released: Released, page: Path) -> tuple[Any, Any]:
    """What both verifiers say, for somebody with no post."""
    known = cards(released.stage)
    code, first = command(released.stage.folder / "nobody", "verify", str(page), *known)
    tool = [sys.executable, str(ROOT / "tools/verify_statement.py"), str(page), *known, "--json"]
    ran = subprocess.run(tool, capture_output=True, text=True, check=False)
    second = json.loads(ran.stdout)
    assert code == ran.returncode == (0 if first["ok"] else 1)
    assert first["ok"] == second["ok"]
    return first, second


def test_the_amendment_is_seen_by_all_and_took_the_first_approval_with_it(released: Released) -> None:
    for post in FIRST:
        value = seen(released.stage, post, released.id, status="released")
        change = value["changes"][2]
        assert (change["author"], change["officer"]) == ("France", FIRST["France"])
        assert (change["before"], change["after"]) == ({"fr": PRETEXT["fr"]}, {"fr": AMENDED})
        assert change["accepted"]["by"] == "United States"
        assert [each["of_this_version"] for each in value["approvals"]].count(False) == 1
        assert sorted(value["approved"]) == sorted(FIRST)


def test_only_the_drafter_releases_and_nothing_changes_after(released: Released) -> None:
    stage, made = released.stage, released.id
    assert refused(stage.homes["France"], "statement", "revoke", made) == (1, "not-allowed")
    words = ("statement", "line", made, "--text", "en=And more.")
    assert refused(stage.homes["United States"], *words) == (1, "not-allowed")


def test_both_verifiers_prove_every_word_in_every_language(released: Released) -> None:
    one, other = released.pages
    assert one.read_bytes() == other.read_bytes()
    first, second = verified(released, one)
    assert first["ok"], first["faults"]
    stated = first["statement"]
    assert stated["languages"] == ["en", "fr", "ru"]
    assert stated["lines"] == [list(CLAIM.values()), [PRETEXT["en"], AMENDED, PRETEXT["ru"]]]
    assert {each["name"] for each in stated["signed"]} == {*FIRST.values(), *SECOND.values()}
    assert sorted(second["approved"]) == sorted(stated["approved"])
    code, stranger = command(released.stage.folder / "nobody", "verify", str(one))
    assert (code, stranger["proved"], stranger["known"]) == (1, True, False)
    assert stranger["sentences"][0].startswith("Not known here: ")


def test_the_page_verifies_itself_without_a_network_and_shows_a_changed_letter(released: Released) -> None:
    data = released.pages[0].read_bytes()
    with browsing() as browser:
        reader = Reader(browser, released.stage.folder)
        verdict, text = reader.open(data)
        assert (verdict, "3 of 3 organisations" in text) == ("holds", True)
        shown = reader.page.locator("body").inner_text()
        for post in FIRST:
            digits = released.stage.do(post, "card", "--out", str(released.stage.folder / "shown.card"))["fingerprint"]
            assert digits in shown
        for language, (old, new) in LETTERS.items():
            changed = data.replace(old.encode(), new.encode(), 1)
            assert changed != data
            verdict, text = reader.open(changed)
            assert (verdict, text.startswith("REFUSED (changed-text)")) == ("refused", True), language
            first, second = verified(released, reader.file)
            assert "changed-text" in [each["code"] for each in first["faults"]]
            assert "changed-text" in [each["code"] for each in second["faults"]]
        assert set(reader.asked) == {reader.file.as_uri()}
        assert reader.said == []
        reader.context.close()
