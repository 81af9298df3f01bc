// One exchange: what was said, how far each message provably got and who signed for it, and what an officer can do.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { OpenDesk } from "./desk.js";
import { area } from "./fields.js";
import { classMark, clock, rank, stamp } from "./inbox.js";
import { personsView } from "./persons.js";
import { post, type Entry, type Rung } from "./wire.js";
import { translationsOf } from "./translations.js";
import { LADDER } from "./words.js";
import { code, say, t } from "./tongue.js";

export function messageView(desk: OpenDesk): TemplateResult {
  const open = desk.board.open;
  if (!open) return html`<section class="message empty"><p>${t("Choose a message, or write one (n).")}</p></section>`;
  const said = open.shown.said ?? [];
  return html`<section class="message" aria-labelledby="message-title">
    <header class="bar">
      <h2 id="message-title" tabindex="-1">${say("Exchange on {line}", { line: open.shown.line })}</h2>
      <button @click=${() => desk.close()}>${t("Close")} <kbd>Esc</kbd></button>
    </header>
    ${repeat(said, (each) => each.id, (each) => one(desk, each, open.ladders.get(each.id)?.rungs ?? []))}
    ${open.shown.crossed.length
      ? html`<p class="mark">${say("Crossed in transit with {count}: neither author had the other's.", { count: open.shown.crossed.length })}</p>`
      : nothing}
  </section>`;
}

function one(desk: OpenDesk, entry: Entry, rungs: Rung[]): TemplateResult {
  const chosen = desk.board.wanted === entry.id;
  return html`<article class="said ${entry.class} ${chosen ? "chosen" : ""}" aria-label=${t("{precedence} of {author}", { precedence: entry.precedence.toUpperCase(), author: entry.author })}>
    <p class="head">
      ${rank(entry)} ${classMark(entry)}
      <span>${signer(html`<strong><bdi>${entry.author}</bdi></strong>`, entry.officer)}</span>
      ${clock(desk, entry)}
    </p>
    <p class="text" dir="auto">${entry.text ?? t("(text withheld)")}</p>
    ${translationsOf(desk, entry.id)}
    <p class="foot">
      ${say("Written {at}, kept here {kept}; number {number} of its feed, id", { at: stamp(entry.at), kept: stamp(entry.kept_at), number: entry.number })}
      <code>${entry.id.slice(0, 12)}</code>${entry.corrected ? `; ${t("corrected by its author")}` : ""}${entry.given_up
        ? `; ${t("given up by its author")}`
        : ""}
    </p>
    ${personsView(desk, entry)} ${ladder(entry, rungs)} ${entry.own ? nothing : acts(desk, entry)} ${desk.form(entry)} ${correction(desk, entry)}
  </article>`;
}

// A post, and who of it.
function signer(post: unknown, officer: string | null): unknown[] {
  return officer ? say("{post}, {officer}", { post, officer }) : [html`<bdi>${post}</bdi>`];
}

function ladder(entry: Entry, rungs: Rung[]): TemplateResult {
  return html`<table class="ladder">
    <caption>
      ${t("How far it provably got")}
    </caption>
    <thead>
      <tr>
        <th scope="col">${t("Rung")}</th>
        <th scope="col">${t("Who says so")}</th>
        <th scope="col">${t("When")}</th>
        <th scope="col">${t("Proof")}</th>
      </tr>
    </thead>
    <tbody>
      ${LADDER.filter((name) => !(name === "carried" && !entry.own)).map((name) => {
        const reached = rungs.filter((each) => each.rung === name);
        return reached.length ? reached.map((each) => step(each)) : html`<tr class="not">
              <th scope="row"><span aria-hidden="true">·</span> ${code(name)}</th>
              <td colspan="3">${t("not proved")}</td>
            </tr>`;
      })}
    </tbody>
  </table>`;
}

function step(rung: Rung): TemplateResult {
  return html`<tr class="reached">
    <th scope="row"><span aria-hidden="true">✓</span> ${code(rung.rung)}${rung.to ? html` ${say("to {to}", { to: rung.to })}` : nothing}</th>
    <td>${signer(rung.by, rung.officer)}</td>
    <td>${stamp(rung.at)}</td>
    <td>${rung.proof ? html`<code>${rung.proof.slice(0, 8)}</code>` : t("here alone")}</td>
  </tr>`;
}

// Both texts stay; whoever had read the first sees the second.
function correction(desk: OpenDesk, entry: Entry): TemplateResult | typeof nothing {
  if (!entry.own || !desk.may("correct")) return nothing;
  const name = `correct ${entry.id}`;
  const sign = (event: Event): void => {
    event.preventDefault();
    void desk.signed(() => post("correct", { entry: entry.id, text: desk.drafts.get(name) }), t("Corrected and signed."), [entry.id]).then((done) => done && desk.drafts.drop(name));
  };
  return html`<details class="act">
    <summary>${t("Correct it")}</summary>
    <form class="inline" @submit=${sign}>
      ${area(desk, name, t("The text as it should be"), { required: true })}
      <p class="acts"><button type="submit">${t("Sign the correction")}</button></p>
    </form>
  </details>`;
}

function acts(desk: OpenDesk, entry: Entry): TemplateResult | typeof nothing {
  if (!desk.may("mark")) return nothing;
  return html`<p class="acts">
    <button class="main" @click=${() => desk.mark(entry, "taken")}>${t("Take")} <kbd>t</kbd></button>
    <button @click=${() => desk.mark(entry, "acknowledged")}>${t("Acknowledge")} <kbd>a</kbd></button>
    <button @click=${() => desk.begin("pass", entry)}>${t("Pass on")} <kbd>p</kbd></button>
    <button @click=${() => desk.begin("reply", entry)}>${t("Reply")} <kbd>r</kbd></button>
  </p>`;
}
