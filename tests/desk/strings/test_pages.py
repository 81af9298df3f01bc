"""What people write is text on every page: nothing of it runs, loads, leads away, widens the page or turns it around.

An entry of each kind is written with hostile strings in each of its fields, and read in Chromium, 360 pixels wide.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Browser, Page, async_playwright

from tests.desk.browsing import AXE, FLAGS, chromium
from tests.desk.strings.acts.every import CASES
from tests.desk.strings.cases import Case, Fields
from tests.desk.strings.said import ALL, OURS, Words
from tests.desk.strings.stage import Side, Stage, with_stage
from tests.desk.strings.test_api import SEED

NARROW, HEIGHT = 360, 740
Made = dict[str, tuple[Fields, Any, str]]
MARKUP: Final = tuple(text for text in ALL if re.search(r"<|javascript:|on\w+=", text))
TURNING: Final = tuple(text for text in ALL if re.search("[\u202a-\u202e\u2066-\u2069\u0590-\u06ff]", text))

FOUND: Final = """() => {
  const wrong = [];
  for (const each of document.querySelectorAll("main *, header.top *, [role=alert] *")) {
    for (const one of each.attributes) {
      if (/^on/i.test(one.name)) wrong.push(`${each.tagName} has ${one.name}`);
      const away = /^(href|src|action|formaction|srcdoc|data|xlink:href)$/i.test(one.name);
      const own = /^(#\\/|\\/static\\/|blob:|$)/.test(one.value);
      if (away && !own) wrong.push(`${each.tagName} ${one.name}=${one.value}`);
    }
    if (/^(script|iframe|object|embed|img|base|meta|link|marquee|video|audio)$/i.test(each.tagName)) {
      wrong.push(each.tagName);
    }
  }
  const turning = /[\\u202a-\\u202e\\u2066-\\u2069]/;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (!turning.test(node.data) || node.parentElement.closest("option, textarea, script, style")) continue;
    let own = node.parentElement;
    const alone = (each) => {
      const style = getComputedStyle(each);
      return style.unicodeBidi !== "normal" || !style.display.startsWith("inline");
    };
    while (!alone(own)) own = own.parentElement;
    const others = [...own.childNodes].flatMap(function inside(each) {
      if (each === node) return [];
      if (each.nodeType === Node.TEXT_NODE) return [each.data];
      if (each.nodeType !== Node.ELEMENT_NODE || alone(each)) return [];
      return [...each.childNodes].flatMap(inside);
    });
    const beside = others.join("").match(/[\\p{L}\\p{N}]+/u);
    if (beside) wrong.push(`${beside[0]} stands beside ${node.data.slice(0, 60)} in ${own.tagName}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) {
    const beyond = (each) => each.getBoundingClientRect().right > innerWidth && !each.closest(".row.entry, .wide");
    const wide = [...document.querySelectorAll("body *")].filter(beyond);
    wrong.push(`wider than the window: ${wide.map((each) => `${each.tagName} ${each.className}`)}`);
  }
  return wrong;
}"""
"""Markup that came of text, addresses that lead away, text that turns what is beside it, pages that scroll sideways."""


class Seen:
    """A page of an officer, and all that went wrong on it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.wrong: list[str] = []
        self.found: dict[str, str] = {}
        page.on("dialog", lambda dialog: self._dialog(dialog))
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("console", lambda said: self.wrong.append(f"console: {said.text}") if said.type == "error" else None)
        page.on("request", lambda asked: self._asked(asked.url))

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"dialog: {dialog.message}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, self.address.replace("http", "ws"), "blob:")):
            self.wrong.append(f"asked for {url}")

    async def shows(self, place: str, *words: str, axe: bool = False) -> None:
        """Go to a place, wait until these words stand there, and look at everything."""
        await self.page.evaluate("place => { location.hash = place }", f"#/{place}")
        for each in words:
            await self._until(each, place)
        for each in await self.page.evaluate(FOUND):
            self.found.setdefault(each, place)
        if axe:
            await self.page.evaluate(AXE.read_text())
            run = "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
            found = (await self.page.evaluate(run))["violations"]
            self.wrong += [f"{place}: {each['id']}: {each['nodes'][0]['html']}" for each in found]

    async def _until(self, words: str, place: str) -> None:
        wanted = " ".join(words.split())
        for _ in range(1_200):
            text = await self.page.evaluate("document.querySelector('main')?.textContent ?? ''")
            if wanted in " ".join(text.split()):
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"{place} never showed {wanted!r}; {self.wrong} {self.found}")


@asynccontextmanager
async def opened(browser: Browser, side: Side) -> AsyncIterator[Seen]:
    """A narrow page of the officer who has signed in at a side."""
    address = str(side.client.base_url).rstrip("/")
    context = await browser.new_context(viewport={"width": NARROW, "height": HEIGHT})
    cookies = [{"name": name, "value": value, "url": address} for name, value in side.client.cookies.items()]
    await context.add_cookies(cookies)  # type: ignore[arg-type]
    page = await context.new_page()
    seen = Seen(page, address)
    await page.goto(address)
    await page.locator(".live.on").wait_for()
    try:
        yield seen
    finally:
        await context.close()


def hostile(words: Words, dice: random.Random, mark: str) -> Any:
    """A value of a field: strings of all bad sorts, and the mark where there is room."""
    sorts = [dice.choice(MARKUP) for _ in range(6)] + [dice.choice(TURNING), *OURS]
    taken = [text for text in sorts if words.takes(text)]
    if words.many:
        return words.wrap(tuple(dict.fromkeys(taken))[: words.many])
    whole = "\n".join((*sorts, mark))
    if words.takes(whole):
        return words.wrap(whole)
    short = [f"{text} {mark}" for text in OURS[1:3] if words.takes(f"{text} {mark}")]
    return words.wrap(dice.choice(short or taken or [text for text in ALL if text and words.takes(text)]))


async def written(stage: Stage, name: str, case: Case, dice: random.Random, mark: str) -> tuple[Fields, Any]:
    """One act with hostile words in all of its fields: what was asked, and the answer."""
    fields = await case.fill(stage)
    fields |= {field: hostile(holds[0], dice, mark) for field, holds in case.words.items()}
    side = stage.south if case.south else stage.north
    sent = {field: value for field, value in fields.items() if not field.startswith("_")}
    return fields, await side.do(name.partition(" ")[0], **sent)


async def write_all(stage: Stage, seed: int) -> Made:
    """Every act, with hostile words: by its name what was asked, the answer, and the mark in the words."""
    dice = random.Random(seed)
    made: Made = {}
    for at, (name, case) in enumerate(CASES.items()):
        mark = f"mark{at}x"
        made[name] = (*await written(stage, name, case, dice, mark), mark)
        if not case.alone and name != "notice-import":
            await stage.heard(made[name][1]["id"])
    return made


async def test_what_people_write_is_text_on_every_page(tmp_path: Path) -> None:
    executable = chromium()

    async def body(stage: Stage) -> None:
        made = await write_all(stage, SEED)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
            try:
                async with opened(browser, stage.north) as north, opened(browser, stage.south) as south:
                    await walk(stage, north, south, made)
                    for each in (north, south):
                        assert (each.wrong, each.found) == ([], {})
            finally:
                await browser.close()

    await with_stage(tmp_path, body)


async def walk(stage: Stage, north: Seen, south: Seen, made: Made) -> None:
    """Every page with something of each kind on it."""

    def at(name: str, field: str = "") -> str:
        fields, answer, _ = made[name]
        return str(fields[field] if field else answer["id"])

    shown = set()
    for name, (_, answer, _) in made.items():
        kind = None if CASES[name].alone or "id" not in answer else stage.south.kept(answer["id"])[0]
        if kind is not None and kind not in shown:
            await south.shows(f"record/{answer['id']}", answer["id"][:12])
            shown.add(kind)
    assert len(shown) > 50
    places = [
        ("now", []),
        (f"stop/{at('stop-send')}", ["stop-send"]),
        (f"notices/{at('notice-send')}", ["notice-send"]),
        (f"notices/{at('notice-end', 'notice')}", ["notice-end"]),
        (f"incidents/{at('incident-open')}", ["incident-open"]),
        (f"incidents/{at('incident-assess', 'incident')}", ["incident-assess", "incident-stance", "incident-quiet"]),
        (f"statements/{at('statement-draft')}", ["statement-draft"]),
        (f"statements/{at('statement-line', 'statement')}", ["statement-amend"]),
        (f"reach/{at('call-ask')}", ["call-ask"]),
        (f"reach/{at('call-answer', 'contact')}", ["call-answer", "call-try"]),
        (f"reach/{at('minute-draft', 'contact')}", ["minute-draft", "commit-make", "readout-mark"]),
        (f"reach/{at('readout-file', 'contact')}", ["readout-file"]),
        (f"claims/{at('claim-put')}", ["claim-put"]),
        (f"inquiries/{at('inquiry-ask')}", ["inquiry-ask"]),
        (f"together/{at('together-open')}", ["together-open"]),
        ("reach", []),
        ("line", []),
        ("map", []),
        ("record", []),
        ("drafts", []),
        ("you", []),
    ]
    for place, names in places:
        await south.shows(place, *(made[name][2] for name in names), axe=bool(names) or place == "now")
    for place, names in (
        ("watch", ["log-note", "log-hand-over"]),
        (f"accounts/{at('account-add')}", ["account-add"]),
        ("accounts/matrix", []),
    ):
        await north.shows(place, *(made[name][2] for name in names), axe=bool(names))
