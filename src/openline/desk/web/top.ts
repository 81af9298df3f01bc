// Above the panes: whose desk it is, what time it is, whether it is live and can be heard, and what rings.

import { html, nothing, type TemplateResult } from "lit";
import type { Ring } from "./board.js";
import type { OpenDesk } from "./desk.js";
import { classMark, clock, rank } from "./inbox.js";
import { addressOf } from "./pages.js";
import type { Alarm, Contact, Entry } from "./wire.js";
import { local, utc } from "./words.js";

const LIVE_WORDS = {
  starting: html`<span class="live starting" role="status"><span aria-hidden="true">…</span> connecting</span>`,
  live: html`<span class="live on" role="status"><span aria-hidden="true">●</span> live</span>`,
  dead: html`<span class="live off" role="alert"><span aria-hidden="true">✕</span> NOT LIVE: the post does not answer; nothing new is shown</span>`,
};

export function barView(desk: OpenDesk): TemplateResult {
  const at = new Date(desk.board.now);
  const me = desk.me;
  return html`<header class="top">
    <span class="name"><strong>${me?.post ?? "…"}</strong> ${me ? html`${me.officer} (${me.roles.join(", ")})` : nothing}</span>
    <span class="time"><time datetime=${at.toISOString()}>${utc(at)}</time> <small>${local(at)}</small></span>
    ${LIVE_WORDS[desk.live]}
    <span class="buttons">
      ${desk.may("send") ? html`<button @click=${() => desk.begin("send")}>New message <kbd>n</kbd></button>` : nothing}
      ${watchButton(desk)}
      <button aria-expanded=${desk.showKeys ? "true" : "false"} @click=${() => desk.toggleKeys()}>Keys <kbd>?</kbd></button>
      <button @click=${() => desk.signOut()}>Sign out</button>
    </span>
  </header>`;
}

function watchButton(desk: OpenDesk): TemplateResult {
  if (desk.sound.on) return html`<button @click=${() => desk.startWatch()}>♪ Sound on: try it again</button>`;
  return html`<button class="main" @click=${() => desk.startWatch()}>
    ${desk.watching ? "✕ SOUND IS OFF: start the watch again" : "Start watch: prove the sound"}
  </button>`;
}

// An alarm stays until somebody takes the message, or notes what the post itself said.
export function alarmView(desk: OpenDesk): TemplateResult {
  const ringing = desk.board.ringing();
  return html`<section class="alarms" role="alert" aria-atomic="false" aria-label="Alarms">
    ${ringing.map((each) => ring(desk, each))}
    ${ringing.length && !desk.sound.on
      ? html`<p class="silent">✕ No sound: press “Start watch”, and turn the loudspeaker on.</p>`
      : nothing}
  </section>`;
}

function ring(desk: OpenDesk, each: Ring): TemplateResult {
  if ("code" in each) return told(desk, each);
  return "parties" in each ? asked(desk, each) : rings(desk, each);
}

function asked(desk: OpenDesk, contact: Contact): TemplateResult {
  const request = contact.requests[0];
  return html`<div class="alarm ${contact.precedence}" data-id=${contact.id}>
    ${rank(contact)} ${classMark(contact)} <strong>${request?.author}</strong> asks for a call on ${contact.line}: nobody
    here has answered
    <button @click=${() => desk.openCall(contact.id)}>Open <kbd>f</kbd></button>
    ${card(desk, "call-requested")}
  </div>`;
}

function rings(desk: OpenDesk, entry: Entry): TemplateResult {
  return html`<div class="alarm ${entry.precedence}" data-id=${entry.id}>
    ${rank(entry)} ${classMark(entry)}
    <strong>${entry.author}</strong> on ${entry.line}:
    ${entry.waits_for === "show" ? "nobody here has seen it" : "nobody here has taken it"} ${clock(desk, entry)}
    <button @click=${() => desk.openEntry(entry.id)}>Open <kbd>f</kbd></button>
    ${entry.waits_for === "take" && desk.may("mark")
      ? html`<button class="main" @click=${() => desk.mark(entry, "taken")}>Take</button>`
      : nothing}
    ${card(desk, "untaken")}
  </div>`;
}

function told(desk: OpenDesk, alarm: Alarm): TemplateResult {
  return html`<div class="alarm ${alarm.precedence}">
    ${rank(alarm)} <strong>ALARM ${alarm.code}</strong>${alarm.line ? html` on ${alarm.line}` : nothing}: ${alarm.text}
    ${desk.may("mark") ? html`<button @click=${() => desk.note(alarm)}>Noted</button>` : nothing}
    ${alarm.code === "check-waits" && desk.may("check-answer")
      ? html`<button class="main" @click=${() => desk.answerCheck(alarm)}>Answer the check</button>`
      : nothing}
    ${alarm.code.startsWith("stop") && alarm.about
      ? html`<a href=${addressOf("stop", alarm.about)}>Open the STOP</a>`
      : nothing}
    ${alarm.card ? card(desk, alarm.card) : nothing}
  </div>`;
}

// What to do, in the words of the organisation.
function card(desk: OpenDesk, name: string): TemplateResult {
  return html`<details class="card" @toggle=${() => desk.readCard(name)}>
    <summary>What to do</summary>
    <div class="text">${desk.cards.get(name) ?? "…"}</div>
  </details>`;
}

export function noticeView(desk: OpenDesk): TemplateResult {
  return html`<p class="notice" role="status">${desk.said}</p>
    <p class="notice error" role="alert">${desk.failed}</p>`;
}

const KEYS: [string, string][] = [
  ["f", "open what rings"],
  ["↑ ↓", "from message to message"],
  ["Enter", "open: signs that you have seen it"],
  ["t", "take: signs that you have taken its content"],
  ["a", "acknowledge"],
  ["p", "pass on, and say to whom"],
  ["r", "reply"],
  ["n", "new message"],
  ["1 2 …", "from page to page"],
  ["Esc", "close"],
];

export function keysView(desk: OpenDesk): TemplateResult {
  return html`<section class="keys" aria-label="Keys">
    <dl>${KEYS.map(([key, what]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}</dl>
    <label>
      <input
        type="checkbox"
        .checked=${desk.keysOn}
        @change=${(event: Event) => desk.setKeys((event.target as HTMLInputElement).checked)}
      />
      Single keys act
    </label>
  </section>`;
}
