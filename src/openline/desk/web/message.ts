// One exchange: what was said, how far each message provably got and who signed for it, and what an officer can do.

import { html, nothing, type TemplateResult } from "lit";
import type { OpenDesk } from "./desk.js";
import { classMark, clock, rank, stamp } from "./inbox.js";
import type { Entry, Rung } from "./wire.js";
import { LADDER } from "./words.js";

export function messageView(desk: OpenDesk): TemplateResult {
  const open = desk.board.open;
  if (!open) return html`<section class="message empty"><p>Choose a message, or write one (n).</p></section>`;
  const said = open.shown.said ?? [];
  return html`<section class="message" aria-labelledby="message-title">
    <header class="bar">
      <h2 id="message-title" tabindex="-1">Exchange on ${open.shown.line}</h2>
      <button @click=${() => desk.close()}>Close <kbd>Esc</kbd></button>
    </header>
    ${said.map((each) => one(desk, each, open.ladders.get(each.id)?.rungs ?? []))}
    ${open.shown.crossed.length
      ? html`<p class="mark">Crossed in transit with ${open.shown.crossed.length}: neither author had the other's.</p>`
      : nothing}
  </section>`;
}

function one(desk: OpenDesk, entry: Entry, rungs: Rung[]): TemplateResult {
  const chosen = desk.board.wanted === entry.id;
  return html`<article class="said ${entry.class} ${chosen ? "chosen" : ""}" aria-label=${`${entry.precedence} of ${entry.author}`}>
    <p class="head">
      ${rank(entry)} ${classMark(entry)}
      <span><strong>${entry.author}</strong>${entry.officer ? html`, ${entry.officer}` : nothing}</span>
      ${clock(desk, entry)}
    </p>
    <p class="text" dir="auto">${entry.text ?? "(text withheld)"}</p>
    <p class="foot">
      Written ${stamp(entry.at)}, kept here ${stamp(entry.kept_at)}; number ${entry.number} of its feed, id
      <code>${entry.id.slice(0, 12)}</code>${entry.corrected ? "; corrected by its author" : ""}${entry.given_up
        ? "; given up by its author"
        : ""}
    </p>
    ${ladder(entry, rungs)} ${entry.own ? nothing : acts(desk, entry)} ${desk.form(entry)}
  </article>`;
}

function ladder(entry: Entry, rungs: Rung[]): TemplateResult {
  return html`<table class="ladder">
    <caption>
      How far it provably got
    </caption>
    <thead>
      <tr>
        <th scope="col">Rung</th>
        <th scope="col">Who says so</th>
        <th scope="col">When</th>
        <th scope="col">Proof</th>
      </tr>
    </thead>
    <tbody>
      ${LADDER.filter((name) => !(name === "carried" && !entry.own)).map((name) => {
        const reached = rungs.filter((each) => each.rung === name);
        return reached.length ? reached.map((each) => step(each)) : html`<tr class="not">
              <th scope="row"><span aria-hidden="true">·</span> ${name}</th>
              <td colspan="3">not proved</td>
            </tr>`;
      })}
    </tbody>
  </table>`;
}

function step(rung: Rung): TemplateResult {
  return html`<tr class="reached">
    <th scope="row"><span aria-hidden="true">✓</span> ${rung.rung}${rung.to ? html` to ${rung.to}` : nothing}</th>
    <td>${rung.by}${rung.officer ? html`, ${rung.officer}` : nothing}</td>
    <td>${stamp(rung.at)}</td>
    <td>${rung.proof ? html`<code>${rung.proof.slice(0, 8)}</code>` : "here alone"}</td>
  </tr>`;
}

function acts(desk: OpenDesk, entry: Entry): TemplateResult | typeof nothing {
  if (!desk.may("mark")) return nothing;
  return html`<p class="acts">
    <button class="main" @click=${() => desk.mark(entry, "taken")}>Take <kbd>t</kbd></button>
    <button @click=${() => desk.mark(entry, "acknowledged")}>Acknowledge <kbd>a</kbd></button>
    <button @click=${() => desk.begin("pass", entry)}>Pass on <kbd>p</kbd></button>
    <button @click=${() => desk.begin("reply", entry)}>Reply <kbd>r</kbd></button>
  </p>`;
}
