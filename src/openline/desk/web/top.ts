// Above the panes: whose desk it is, what time it is, whether it is live and can be heard, and what rings.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Ring } from "./board.js";
import type { OpenDesk } from "./desk.js";
import { classMark, clock, rank } from "./inbox.js";
import { beside, languageView } from "./language.js";
import { addressOf } from "./pages.js";
import type { Alarm, Contact, Entry } from "./wire.js";
import { local, utc } from "./words.js";
import { advice, code, list, say, t, english } from "./tongue.js";

// So much of a message stands in its alarm, on whatever page.
const FIRST_CHARACTERS = 80;

function liveView(desk: OpenDesk): TemplateResult {
  if (desk.live === "live")
    return html`<span class="live on" role="status"><span aria-hidden="true">●</span> ${t("live")}</span>`;
  if (desk.live === "dead")
    return html`<span class="live off" role="alert"><span aria-hidden="true">✕</span> ${t("NOT LIVE: the post does not answer; nothing new is shown")}</span>`;
  return html`<span class="live starting" role="status"><span aria-hidden="true">…</span> ${t("connecting")}</span>`;
}

export function barView(desk: OpenDesk): TemplateResult {
  const at = new Date(desk.board.now);
  const me = desk.me;
  return html`<header class="top">
    <span class="name"><strong><bdi>${me?.post ?? "…"}</bdi></strong> ${me ? html`<bdi>${me.officer}</bdi> (${list(me.roles.map(code))})` : nothing}</span>
    <span class="time" dir="ltr"><time datetime=${at.toISOString()}>${utc(at)}</time> <small>${local(at)}</small></span>
    ${liveView(desk)}
    <span class="buttons">
      ${desk.may("send") ? html`<button @click=${() => desk.begin("send")}>${t("New message")} <kbd>n</kbd></button>` : nothing}
      ${watchButton(desk)}
      <button aria-expanded=${desk.showKeys ? "true" : "false"} @click=${() => desk.toggleKeys()}>${t("Keys")} <kbd>?</kbd></button>
      ${languageView(() => void desk.shown?.refresh())}
      <button @click=${() => desk.signOut()}>${t("Sign out")}</button>
    </span>
  </header>`;
}

function watchButton(desk: OpenDesk): TemplateResult {
  if (desk.sound.on) return html`<button @click=${() => desk.startWatch()}>♪ ${t("Sound on: try it again")}</button>`;
  return html`<button class="main" @click=${() => desk.startWatch()}>
    ${desk.watching ? `✕ ${t("SOUND IS OFF: start the watch again")}` : t("Start watch: prove the sound")}
  </button>`;
}

// An alarm stays until somebody takes the message, or notes what the post itself said.
export function alarmView(desk: OpenDesk): TemplateResult {
  const ringing = desk.board.ringing();
  const first = ringing.find((each) => !("code" in each));
  return html`<section class="alarms" role="alert" aria-atomic="false" aria-label=${t("Alarms")}>
    ${repeat(ringing, keyOf, (each) => ring(desk, each, each === first))}
    ${ringing.length && !desk.sound.on
      ? html`<p class="silent">✕ ${t("No sound: press “Start watch”, and turn the loudspeaker on.")}</p>`
      : nothing}
  </section>`;
}

// What rings keeps its place on the page, and the focus in it, whatever comes meanwhile.
function keyOf(each: Ring): string | number {
  return "number" in each && "code" in each ? each.number : each.id;
}

function ring(desk: OpenDesk, each: Ring, first: boolean): TemplateResult {
  if ("code" in each) return told(desk, each);
  return "parties" in each ? asked(desk, each, first) : rings(desk, each, first);
}

// The key that opens what rings first stands at that alone.
function openKey(first: boolean): TemplateResult | typeof nothing {
  return first ? html` <kbd>f</kbd>` : nothing;
}

function asked(desk: OpenDesk, contact: Contact, first: boolean): TemplateResult {
  const request = contact.requests[0];
  return html`<div class="alarm ${contact.precedence}" data-id=${contact.id}>
    ${rank(contact)} ${classMark(contact)} <span>${say("{author} asks for a call on {line}: nobody here has answered", { author: html`<strong><bdi>${request?.author}</bdi></strong>`, line: contact.line })}</span>
    <button @click=${() => desk.openCall(contact.id)}>${t("Open")}${openKey(first)}</button>
    ${card(desk, "call-requested")}
  </div>`;
}

function rings(desk: OpenDesk, entry: Entry, first: boolean): TemplateResult {
  return html`<div class="alarm ${entry.precedence}" data-id=${entry.id}>
    ${rank(entry)} ${classMark(entry)}
    <span>${say("{author} on {line}", { author: html`<strong><bdi>${entry.author}</bdi></strong>`, line: entry.line })}: ${entry.waits_for === "show" ? t("nobody here has seen it") : t("nobody here has taken it")}</span>
    <span class="first-words" dir="auto">${firstWords(entry.text ?? "")}</span>
    ${clock(desk, entry)}
    <button @click=${() => desk.openEntry(entry.id)}>${t("Open")}${openKey(first)}</button>
    ${entry.waits_for === "take" && desk.may("mark")
      ? html`<button class="main" @click=${() => desk.mark(entry, "taken")}>${t("Take")}</button>`
      : nothing}
    ${card(desk, "untaken")}
  </div>`;
}

function firstWords(text: string): string {
  return text.length > FIRST_CHARACTERS ? `${text.slice(0, FIRST_CHARACTERS)}…` : text;
}

// What the post says is of the class of what it is about, or of the one class that its line allows.
function classOf(desk: OpenDesk, alarm: Alarm): TemplateResult | typeof nothing {
  const allowed = desk.board.lines.find((each) => each.line === alarm.line)?.classes ?? [];
  const known = desk.board.entries.get(alarm.about ?? "")?.class ?? (allowed.length === 1 ? allowed[0] : undefined);
  return known ? classMark({ class: known }) : nothing;
}

function told(desk: OpenDesk, alarm: Alarm): TemplateResult {
  return html`<div class="alarm ${alarm.precedence}">
    ${rank(alarm)} ${classOf(desk, alarm)} <span><strong>${say("ALARM {code}", { code: alarm.code })}</strong>${alarm.line ? html` ${say("on {line}", { line: alarm.line })}` : nothing}: ${beside(advice("alarm", alarm.code), alarm.text)}</span>
    ${desk.may("mark") ? html`<button @click=${() => desk.note(alarm)}>${t("Noted")}</button>` : nothing}
    ${alarm.code === "check-waits" && desk.may("check-answer")
      ? html`<button class="main" @click=${() => desk.answerCheck(alarm)}>${t("Answer the check")}</button>`
      : nothing}
    ${alarm.code.startsWith("stop") && alarm.about
      ? html`<a href=${addressOf("stop", alarm.about)}>${t("Open the STOP")}</a>`
      : nothing}
    ${alarm.card ? card(desk, alarm.card) : nothing}
  </div>`;
}

// What to do, in the words of the organisation.
function card(desk: OpenDesk, name: string): TemplateResult {
  return html`<details class="card" @toggle=${() => desk.readCard(name)}>
    <summary>${t("What to do")}</summary>
    <div class="text" dir="auto">${desk.cards.get(name) ?? "…"}</div>
  </details>`;
}

export function noticeView(desk: OpenDesk): TemplateResult {
  return html`<p class="notice" role="status">${desk.said}</p>
    <p class="notice error" role="alert">${desk.failed}</p>`;
}

const KEYS: [string, string][] = [
  ["f", english("open what rings")],
  ["↑ ↓", english("from message to message")],
  ["Enter", english("open: signs that you have seen it")],
  ["t", english("take: signs that you have taken its content")],
  ["a", english("acknowledge")],
  ["p", english("pass on, and say to whom")],
  ["r", english("reply")],
  ["n", english("new message")],
  ["1 2 …", english("from page to page")],
  ["Esc", english("close")],
];

// The key that was pressed: by its place where the keyboard writes other letters than Latin ones, and whatever Caps Lock says.
export function pressed(event: KeyboardEvent): string {
  if (event.key === "\u061f") return "?";
  const place = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1];
  const key = place && event.key.charCodeAt(0) > 0x7f ? place : event.key;
  return key.length === 1 ? key.toLowerCase() : key;
}

export function keysView(desk: OpenDesk): TemplateResult {
  return html`<section class="keys" aria-label=${t("Keys")}>
    <dl>${KEYS.map(([key, what]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${code(what)}</dd></div>`)}</dl>
    <label>
      <input
        type="checkbox"
        .checked=${desk.keysOn}
        @change=${(event: Event) => desk.setKeys((event.target as HTMLInputElement).checked)}
      />
      ${t("Single keys act")}
    </label>
  </section>`;
}
