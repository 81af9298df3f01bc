// Forms of a call: ask for it, answer it, state an attempt, close it with its outcome.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { submitAnswer, submitAsk, submitClose, submitTry } from "./callacts.js";
import type { OpenDesk } from "./desk.js";
import { classOn, classesOn, precedenceFields, signature, valueOf } from "./forms.js";
import type { Contact, Precedence } from "./wire.js";
import { instant, local, span, utc } from "./words.js";
import { code, coded, t, english } from "./tongue.js";

const REPLIES: [string, string][] = [
  ["accepted", english("Accept: the office will speak")],
  ["counter-time", english("Propose another time")],
  ["deferred", english("Put it off until")],
  ["delegated", english("Another office will speak")],
  ["content-taken", english("Take the content, without the call")],
  ["declined", english("Decline")],
];
const TIMED: Record<string, string> = { accepted: english("For when (empty: now)"), "counter-time": english("Time"), deferred: english("Until") };
const REASONS = [
  "unstated",
  "not-available",
  "not-at-this-level",
  "not-by-this-means",
  "not-on-this-topic",
  "instructed-not-to",
  "other",
];
const LAYERS = ["none", "bearer", "post", "desk", "officer", "principal"];
const OUTCOMES = ["held", "not-held", "declined", "no-answer", "withdrawn"];

export function answerForm(desk: OpenDesk, contact: Contact): TemplateResult {
  const at = (field: string): string => `call ${contact.id} ${field}`;
  const reply = desk.drafts.get(at("reply"), "accepted");
  const timed = TIMED[reply];
  return html`<form class="inline" @submit=${(event: SubmitEvent) => submitAnswer(desk, event, contact)}>
    <fieldset>
      <legend>${t("Answer")}</legend>
      ${REPLIES.map(
        ([name, english]) => html`<label>
          <input
            type="radio"
            class=${name === "accepted" ? "first" : ""}
            name="reply"
            value=${name}
            .checked=${name === reply}
            @change=${() => desk.drafts.set(at("reply"), name)}
          />
          ${code(english)}
        </label>`,
      )}
    </fieldset>
    ${timed ? timeField(desk, at("time"), code(timed), reply !== "accepted") : nothing}
    ${reply === "delegated" ? textField(desk, at("office"), t("Which office"), true) : nothing}
    ${reply === "deferred" || reply === "declined" ? choice(desk, at("reason"), t("Reason"), coded(REASONS)) : nothing}
    ${textField(desk, at("text"), t("In words (may be empty)"), false)}
    ${signature(desk, t("as answer to {closer}", { closer: contact.closer }))} ${buttons(desk, t("Sign and answer"))}
  </form>`;
}

export function closeForm(desk: OpenDesk, contact: Contact): TemplateResult {
  const at = (field: string): string => `close ${contact.id} ${field}`;
  return html`<form class="inline" @submit=${(event: SubmitEvent) => submitClose(desk, event, contact)}>
    ${partyChoice(desk, at("peer"), contact)} ${choice(desk, at("outcome"), t("Outcome"), coded(OUTCOMES))}
    ${textField(desk, at("text"), t("In words (may be empty)"), false)}
    ${signature(desk, t("as the one outcome of this call"))} ${buttons(desk, t("Sign and close the call"))}
  </form>`;
}

export function tryForm(desk: OpenDesk, contact: Contact): TemplateResult {
  const at = (field: string): string => `try ${contact.id} ${field}`;
  return html`<form class="inline" @submit=${(event: SubmitEvent) => submitTry(desk, event, contact)}>
    ${partyChoice(desk, at("peer"), contact)}
    ${textField(desk, at("means"), t("By which means: telephone, satellite, attache"), true)}
    ${choice(desk, at("layer"), t("How far it got"), coded(LAYERS))} ${textField(desk, at("who"), t("Who answered"), false)}
    ${textField(desk, at("text"), t("What happened"), false)}
    ${signature(desk, t("as your own statement"))} ${buttons(desk, t("Sign the attempt"))}
  </form>`;
}

export function askForm(desk: OpenDesk): TemplateResult {
  const { drafts, board } = desk;
  const line = drafts.get("ask line", board.lines[0]?.line ?? "");
  const peers = desk.peers;
  return html`<section class="compose ${classOn(desk, line, "ask class")}" aria-labelledby="ask-title">
    <form @submit=${(event: SubmitEvent) => submitAsk(desk, event)}>
      <h2 id="ask-title">${t("Ask for a call")}</h2>
      <p class="fields">
        ${choice(desk, "ask line", t("Line"), plain(board.lines.map((each) => each.line)))}
        ${choice(desk, "ask class", t("Class"), coded(classesOn(desk, line)))} ${choice(desk, "ask peer", t("Post"), plain(peers))}
      </p>
      ${precedenceFields(desk, "ask precedence", drafts.get("ask precedence", "immediate") as Precedence)}
      ${textField(desk, "ask office", t("Which office of yours asks"), true, true)}
      ${textField(desk, "ask called", t("Which office is to be reached"), true)}
      ${timeField(desk, "ask reply_by", t("Reply by"), true)} ${textField(desk, "ask topic", t("About what"), false)}
      ${textField(desk, "ask consequence", t("What follows if nobody answers"), false)}
      ${textField(desk, "ask content", t("Content that whoever is on watch may take at once"), false)}
      ${signature(desk, t("to every member of {line}", { line }))} ${buttons(desk, t("Sign and ask"))}
    </form>
  </section>`;
}

function partyChoice(desk: OpenDesk, name: string, contact: Contact): TemplateResult | typeof nothing {
  const open = contact.parties.filter((each) => !each.outcome).map((each) => each.post);
  return open.length > 1 ? choice(desk, name, t("With which party"), plain(open)) : nothing;
}

function choice(desk: OpenDesk, name: string, label: string, options: [string, string][]): TemplateResult {
  const chosen = desk.drafts.get(name, options[0]?.[0] ?? "");
  return html`<label>
    ${label}
    <select @change=${(event: Event) => desk.drafts.set(name, valueOf(event))}>
      ${options.map(([value, words]) => html`<option value=${value} .selected=${live(value === chosen)}>${words}</option>`)}
    </select>
  </label>`;
}

// What people named is shown as it is.
function plain(names: string[]): [string, string][] {
  return names.map((each) => [each, each]);
}

function textField(desk: OpenDesk, name: string, label: string, required: boolean, first = false): TemplateResult {
  return html`<label>
    ${label}
    <input
      class=${first ? "first" : ""}
      dir="auto"
      ?required=${required}
      .value=${desk.drafts.get(name)}
      @input=${(event: Event) => desk.drafts.set(name, valueOf(event))}
    />
  </label>`;
}

// A time as it is typed, and below it what it comes to, in UTC and here.
function timeField(desk: OpenDesk, name: string, label: string, required: boolean): TemplateResult {
  const said = desk.drafts.get(name);
  const at = said ? instant(said, desk.board.now) : null;
  const id = `${name.replaceAll(" ", "-")}-means`;
  const means = at === null ? "" : t("{time} ({local}), in {span}", { time: utc(new Date(at)), local: local(new Date(at)), span: span(at - desk.board.now) });
  return html`<label>
      ${label}
      <input
        aria-describedby=${id}
        dir="ltr"
        placeholder="20m, 3h, 18:40 (UTC), or 2022-11-15T18:40Z"
        ?required=${required}
        .value=${said}
        @input=${(event: Event) => desk.drafts.set(name, valueOf(event))}
      />
    </label>
    <p id=${id} class="words">${said && at === null ? `✕ ${t("no time: write 20m, 3h, 18:40 or 2022-11-15T18:40Z")}` : means}</p>`;
}

function buttons(desk: OpenDesk, words: string): TemplateResult {
  return html`<p class="acts">
    <button class="main" type="submit">${words}</button>
    <button type="button" @click=${() => desk.close()}>${t("Close")} <kbd>Esc</kbd></button>
  </p>`;
}
