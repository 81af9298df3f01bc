// The inbox: what waits for somebody here first, by precedence and with its clock; then the rest, newest first.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { OpenDesk } from "./desk.js";
import type { Entry } from "./wire.js";
import { SHAPE, local, span, standing, utc, waits } from "./words.js";
import { code, say, t } from "./tongue.js";

const SHOWN_CHARACTERS = 240;

export function inboxView(desk: OpenDesk): TemplateResult {
  const entries = desk.board.ordered();
  const waiting = entries.filter(waits).length;
  return html`<section class="inbox" aria-labelledby="inbox-title">
    <h2 id="inbox-title">${t("Inbox")} <span class="count">${waiting ? t("{waiting} waiting", { waiting }) : t("nothing waits")}</span></h2>
    <ol @keydown=${(event: KeyboardEvent) => desk.move(event)}>
      ${repeat(
        entries,
        (entry) => entry.id,
        (entry) => row(desk, entry),
      )}
    </ol>
    ${entries.length ? nothing : html`<p class="empty">${t("No message has come or gone yet.")}</p>`}
  </section>`;
}

function row(desk: OpenDesk, entry: Entry): TemplateResult {
  const opened = desk.board.wanted === entry.id;
  const text = entry.text ?? t("(text withheld)");
  return html`<li>
    <button
      class="row ${entry.precedence} ${waits(entry) ? "waits" : ""} ${opened ? "opened" : ""}"
      data-id=${entry.id}
      tabindex=${desk.cursor === entry.id ? 0 : -1}
      aria-current=${opened ? "true" : "false"}
      @focus=${() => desk.point(entry.id)}
      @click=${() => desk.openEntry(entry.id)}
    >
      <span class="head">
        ${rank(entry)} ${classMark(entry)}
        <span class="who">${entry.own ? t("to {to}", { to: entry.line }) : t("{author} on {line}", { author: entry.author, line: entry.line })}</span>
        ${entry.refers.length ? html`<span class="mark">${t("answer")}</span>` : nothing}
        ${entry.corrected ? html`<span class="mark">${t("corrected")}</span>` : nothing}
        ${entry.crossed?.length ? html`<span class="mark">${t("crossed")}</span>` : nothing}
        ${clock(desk, entry)}
      </span>
      <span class="text" dir="auto">${text.slice(0, SHOWN_CHARACTERS)}${text.length > SHOWN_CHARACTERS ? "…" : ""}</span>
      <span class="foot">${standing(entry)} · ${stamp(entry.kept_at)}</span>
    </button>
  </li>`;
}

export function rank(entry: { precedence: Entry["precedence"] }): TemplateResult {
  return html`<span class="rank ${entry.precedence}"
    ><span aria-hidden="true">${SHAPE[entry.precedence]}</span> ${entry.precedence.toUpperCase()}</span
  >`;
}

export function classMark(entry: { class: Entry["class"] }): TemplateResult | typeof nothing {
  return entry.class === "operation"
    ? nothing
    : html`<span class="class ${entry.class}">${code(entry.class.toUpperCase())}</span>`;
}

export function stamp(time: string): TemplateResult {
  const at = new Date(time);
  return html`<time datetime=${time} dir="ltr">${utc(at)} <small>(${local(at)})</small></time>`;
}

export function clock(desk: OpenDesk, entry: Entry): TemplateResult | typeof nothing {
  if (!waits(entry) || !entry.handle_by) return nothing;
  const left = Date.parse(entry.handle_by) - desk.board.now;
  return left > 0
    ? html`<span class="clock" role="timer">${say("{left} left", { left: span(left) })}</span>`
    : html`<span class="clock over" role="timer">${say("overdue by {left}", { left: span(left) })}</span>`;
}
