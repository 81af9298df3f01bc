// One notice: what it says in each of its versions, its original text, what everybody signed about it, and what is owed.

import { html, nothing, type TemplateResult } from "lit";
import { choice, input } from "./fields.js";
import { stamp } from "./inbox.js";
import { changesView } from "./notice-acts.js";
import { called, type NoticesPage } from "./notices-page.js";
import { addressOf } from "./pages.js";
import { marked } from "./notice-import.js";
import { type Notice, type NoticeVersion, type Span } from "./wire.js";
import { code, coded, list, say, t, tongue } from "./tongue.js";
import { translationsOf } from "./translations.js";

export function lifeView(page: NoticesPage, notice: Notice): TemplateResult {
  const versions = [...notice.versions].reverse();
  return html`<section class="message" aria-label=${called(notice)}>
    <header class="bar">
      <h3>${say("{notice} of {author}", { notice: called(notice), author: notice.author })} <span class="mark">${code(notice.state)}</span></h3>
      <a class="button" href=${addressOf("map")}>${t("Map")}</a>
    </header>
    ${notice.remarks.map((each) => html`<p><strong>${each}</strong></p>`)}
    ${notice.form_known ? nothing : html`<p class="error">✕ ${t("This post does not know its form.")}</p>`}
    ${versions.map((each, at) => version(page, each, at === 0, versions.length))} ${words(notice)}
    ${page.desk.may("notice-say") ? acts(page, notice) : nothing} ${changesView(page, notice)}
  </section>`;
}

function version(page: NoticesPage, each: NoticeVersion, newest: boolean, count: number): TemplateResult {
  const body = html`<dl>
      <div><dt>${t("Windows")}</dt><dd>${spans(each.windows) ?? t("none")}</dd></div>
      ${each.alternate_windows.length ? html`<div><dt>${t("In reserve")}</dt><dd>${spans(each.alternate_windows)}</dd></div>` : nothing}
      ${(each.fields ?? []).map((field) => html`<div><dt>${label(field)}</dt><dd dir="auto">${filled(field)}</dd></div>`)}
      ${(each.contacts ?? []).map((one) => html`<div><dt>${t("Contact in the field")}</dt><dd><bdi>${one.name}</bdi>: <bdi>${one.means}</bdi></dd></div>`)}
      <div><dt>${t("Areas")}</dt><dd>${each.areas === null ? t("withheld") : each.areas.length}</dd></div>
    </dl>
    ${each.text ? html`<p class="text" dir="auto">${each.text}</p>` : nothing}
    ${each.source
      ? html`<h4>${t("As its issuer wrote it")}</h4>
          <pre class="text" dir="auto">${marked(each.source.text, each.source.refused.map((one) => one.split(": ")[0] ?? ""))}</pre>
          ${each.source.flags.length ? html`<p class="mark">${say("Doubts: {flags}", { flags: each.source.flags.join(", ") })}</p>` : nothing}
          ${each.source.refused.map((one) => html`<p class="error">✕ ${say("Not understood: {one}", { one })}</p>`)}`
      : nothing}
    ${newest ? translationsOf(page.desk, each.id) : nothing}
    <p class="foot">${say("Signed by {officer}, {author}, {at}, id", { officer: each.officer, author: each.author, at: stamp(each.at) })} <code>${each.id.slice(0, 12)}</code></p>`;
  if (newest) return html`<article class="said" aria-label=${t("as it stands")}>${body}</article>`;
  return html`<details><summary>${say("Version before, {at} (of {count})", { at: stamp(each.at), count })}</summary>${body}</details>`;
}

// What stands in a field: a code in words, a time with local time beside it, and anything else as it was written.
function filled(field: { type: string; text: string }): TemplateResult | string {
  if (field.type === "time" && !Number.isNaN(Date.parse(field.text))) return stamp(field.text);
  return field.type === "yes-no" || field.type === "choice" ? code(field.text) : field.text;
}

// What the signed form calls a field; in another language than this page's, that is marked.
function label(field: { label: string; label_language: string }): TemplateResult | string {
  if (field.label_language === tongue()) return field.label;
  return html`<bdi lang=${field.label_language || "en"} dir="ltr">${field.label}</bdi>${field.label_language ? html` <small class="mark" dir="ltr">${field.label_language.toUpperCase()}</small>` : nothing}`;
}

function spans(windows: Span[]): TemplateResult | null {
  if (!windows.length) return null;
  return html`${windows.map((each) => html`<div>${say("{start} to {end}", { start: stamp(each.start), end: each.end ? stamp(each.end) : t("further notice") })}${each.end_kind === "est" ? ` (${t("estimated")})` : ""}</div>`)}`;
}

function words(notice: Notice): TemplateResult {
  const old = (each: { newest?: boolean }): string => (each.newest === false ? ` — ${t("of an earlier version")}` : "");
  return html`<ul>
    ${notice.provided.map(
      (each) => html`<li>${say("Provided to {member} {at}", { member: each.member, at: stamp(each.at) })}${each.late_minutes
          ? html`, <strong>${say("late by {minutes} minutes", { minutes: each.late_minutes })}</strong>`
          : nothing}${each.obliged ? nothing : `, ${t("not obliged")}`}</li>`,
    )}
    ${notice.refused.map((each) => html`<li class="error" dir="auto">✕ ${say("Refused by {author}: {text}", { author: each.author, text: each.text })}</li>`)}
    ${notice.acknowledged.map((each) => html`<li>${say("Acknowledged by {officer}, {author}, {at}", { officer: each.officer, author: each.author, at: stamp(each.at) })}${old(each)}</li>`)}
    ${notice.passed.map((each) => html`<li dir="auto">${say("Passed on to {to} by {author}, {at}", { to: html`<strong><bdi>${each.to ?? t("(withheld)")}</bdi></strong>`, author: each.author, at: stamp(each.passed_at ?? each.at) })}${old(each)}</li>`)}
    ${notice.asked.map((each) => html`<li dir="auto">${say("Asked again by {author} {at} {text}", { author: each.author, at: stamp(each.at), text: each.text ?? "" })}</li>`)}
    ${notice.confirmed.map((each) => html`<li dir="auto">${say("Confirmed by {officer}, {author}, {at}", { officer: each.officer, author: each.author, at: stamp(each.at) })}${old(each)} ${each.text ?? ""}</li>`)}
    ${notice.tries.map((each) => html`<li dir="auto">${say("Contact {contact} tried {at}: {standing}", { contact: each.contact, at: stamp(each.tried_at), standing: html`<strong>${code(each.standing)}</strong>` })}</li>`)}
    ${notice.owes.map((each) => html`<li class="error"><span aria-hidden="true">✕</span> ${say("NOT yet by {member}: {for}", { member: each.member, for: list(each.for.map(code)) })}</li>`)}
    ${notice.ended ? html`<li dir="auto">${say("{how} by {officer}, {at} {text}", { how: html`<strong>${code(notice.ended.how)}</strong>`, officer: notice.ended.officer, at: stamp(notice.ended.at), text: notice.ended.text ?? "" })}</li>` : nothing}
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
            page.act(event, "notice-end", { notice: id, how: desk.drafts.get(`${name} how`, "cancelled"), text: desk.drafts.get(`${name} text`) }, t("Signed: the notice has ended."), `${name} text`)}
        >
          ${choice(desk, `${name} how`, t("End it as"), coded(["cancelled", "completed", "lapsed"]))} ${input(desk, `${name} text`, t("In words"))}
          <p class="acts"><button type="submit">${t("Sign and end it")}</button></p>
        </form>`;
  return html`<p class="acts">
      <button class="main" @click=${(event: SubmitEvent) => page.act(event, "notice-say", { notice: id, what: "acknowledged" }, t("Signed: acknowledged."))}>${t("Acknowledge")}</button>
      <button @click=${(event: SubmitEvent) => page.act(event, "notice-say", { notice: id, what: "confirmed" }, t("Signed: confirmed."))}>${t("Confirm it still stands")}</button>
    </p>
    <form
      class="inline"
      @submit=${(event: SubmitEvent) => page.act(event, "notice-pass", { notice: id, to: desk.drafts.get(`${name} to`) }, t("Signed: passed on."), `${name} to`)}
    >
      ${input(desk, `${name} to`, `${t("Passed on to which unit")}${notice.pass_to.length ? ` (${notice.pass_to.join("; ")})` : ""}`, { required: true })}
      <p class="acts"><button type="submit">${t("Sign “passed on”")}</button></p>
    </form>`;
}
