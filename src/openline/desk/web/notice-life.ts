// One notice: what it says in each of its versions, its original text, what everybody signed about it, and what is owed.

import { html, nothing, type TemplateResult } from "lit";
import { choice, input } from "./fields.js";
import { stamp } from "./inbox.js";
import { called, type NoticesPage } from "./notices-page.js";
import { addressOf } from "./pages.js";
import { marked } from "./notice-import.js";
import { type Notice, type NoticeVersion, type Span } from "./wire.js";

export function lifeView(page: NoticesPage, notice: Notice): TemplateResult {
  const versions = [...notice.versions].reverse();
  return html`<section class="message" aria-label=${called(notice)}>
    <header class="bar">
      <h3>${called(notice)} of ${notice.author} <span class="mark">${notice.state}</span></h3>
      <a class="button" href=${addressOf("map")}>Map</a>
    </header>
    ${notice.remarks.map((each) => html`<p><strong>${each}</strong></p>`)}
    ${notice.form_known ? nothing : html`<p class="error">✕ This post does not know its form.</p>`}
    ${versions.map((each, at) => version(each, at === 0, versions.length))} ${words(notice)}
    ${page.desk.may("notice-say") ? acts(page, notice) : nothing}
  </section>`;
}

function version(each: NoticeVersion, newest: boolean, count: number): TemplateResult {
  const body = html`<dl>
      <div><dt>Windows</dt><dd>${spans(each.windows) ?? "none"}</dd></div>
      ${each.alternate_windows.length ? html`<div><dt>In reserve</dt><dd>${spans(each.alternate_windows)}</dd></div>` : nothing}
      ${(each.fields ?? []).map((field) => html`<div><dt>${field.label}</dt><dd dir="auto">${field.text}</dd></div>`)}
      ${(each.contacts ?? []).map((one) => html`<div><dt>Contact in the field</dt><dd dir="auto">${one.name}: ${one.means}</dd></div>`)}
      <div><dt>Areas</dt><dd>${each.areas === null ? "withheld" : each.areas.length}</dd></div>
    </dl>
    ${each.text ? html`<p class="text" dir="auto">${each.text}</p>` : nothing}
    ${each.source
      ? html`<h4>As its issuer wrote it</h4>
          <pre class="text" dir="auto">${marked(each.source.text, each.source.refused.map((one) => one.split(": ")[0] ?? ""))}</pre>
          ${each.source.flags.length ? html`<p class="mark">Doubts: ${each.source.flags.join(", ")}</p>` : nothing}
          ${each.source.refused.map((one) => html`<p class="error">✕ Not understood: ${one}</p>`)}`
      : nothing}
    <p class="foot">Signed by ${each.officer}, ${each.author}, ${stamp(each.at)}, id <code>${each.id.slice(0, 12)}</code></p>`;
  if (newest) return html`<article class="said" aria-label="as it stands">${body}</article>`;
  return html`<details><summary>Version before, ${stamp(each.at)} (of ${count})</summary>${body}</details>`;
}

function spans(windows: Span[]): TemplateResult | null {
  if (!windows.length) return null;
  return html`${windows.map((each) => html`<div>${stamp(each.start)} to ${each.end ? stamp(each.end) : "further notice"}${each.end_kind === "est" ? " (estimated)" : ""}</div>`)}`;
}

function words(notice: Notice): TemplateResult {
  const old = (each: { newest?: boolean }): string => (each.newest === false ? " — an earlier version" : "");
  return html`<ul>
    ${notice.provided.map(
      (each) => html`<li>Provided to ${each.member} ${stamp(each.at)}${each.late_minutes
          ? html`, <strong>late by ${each.late_minutes} minutes</strong>`
          : nothing}${each.obliged ? nothing : ", not obliged"}</li>`,
    )}
    ${notice.refused.map((each) => html`<li class="error" dir="auto">✕ Refused by ${each.author}: ${each.text}</li>`)}
    ${notice.acknowledged.map((each) => html`<li>Acknowledged by ${each.officer}, ${each.author}, ${stamp(each.at)}${old(each)}</li>`)}
    ${notice.passed.map((each) => html`<li dir="auto">Passed on to <strong>${each.to ?? "(withheld)"}</strong> by ${each.author}, ${stamp(each.passed_at ?? each.at)}${old(each)}</li>`)}
    ${notice.asked.map((each) => html`<li dir="auto">Asked again by ${each.author} ${stamp(each.at)} ${each.text ?? ""}</li>`)}
    ${notice.confirmed.map((each) => html`<li dir="auto">Confirmed by ${each.officer}, ${each.author}, ${stamp(each.at)}${old(each)} ${each.text ?? ""}</li>`)}
    ${notice.tries.map((each) => html`<li dir="auto">Contact ${each.contact} tried ${stamp(each.tried_at)}: <strong>${each.standing}</strong></li>`)}
    ${notice.owes.map((each) => html`<li class="error"><span aria-hidden="true">✕</span> NOT yet by ${each.member}: ${each.for.join(" and ")}</li>`)}
    ${notice.ended ? html`<li dir="auto"><strong>${notice.ended.how}</strong> by ${notice.ended.officer}, ${stamp(notice.ended.at)} ${notice.ended.text ?? ""}</li>` : nothing}
  </ul>`;
}

function acts(page: NoticesPage, notice: Notice): TemplateResult | typeof nothing {
  if (notice.ended && notice.ended.how !== "cancelled") return nothing;
  const desk = page.desk;
  const name = `notice ${notice.id}`;
  const id = notice.id;
  if (notice.own)
    return notice.ended
      ? html``
      : html`<form
          class="inline"
          @submit=${(event: SubmitEvent) =>
            page.act(event, "notice-end", { notice: id, how: desk.drafts.get(`${name} how`, "cancelled"), text: desk.drafts.get(`${name} text`) }, "Signed: the notice has ended.", `${name} text`)}
        >
          ${choice(desk, `${name} how`, "End it as", ["cancelled", "completed", "lapsed"])} ${input(desk, `${name} text`, "In words")}
          <p class="acts"><button type="submit">Sign and end it</button></p>
        </form>`;
  return html`<p class="acts">
      <button class="main" @click=${(event: SubmitEvent) => page.act(event, "notice-say", { notice: id, what: "acknowledged" }, "Signed: acknowledged.")}>Acknowledge</button>
      <button @click=${(event: SubmitEvent) => page.act(event, "notice-say", { notice: id, what: "confirmed" }, "Signed: confirmed.")}>Confirm it still stands</button>
    </p>
    <form
      class="inline"
      @submit=${(event: SubmitEvent) => page.act(event, "notice-pass", { notice: id, to: desk.drafts.get(`${name} to`) }, "Signed: passed on.", `${name} to`)}
    >
      ${input(desk, `${name} to`, `Passed on to which unit${notice.pass_to.length ? ` (${notice.pass_to.join("; ")})` : ""}`, { required: true })}
      <p class="acts"><button type="submit">Sign “passed on”</button></p>
    </form>`;
}
