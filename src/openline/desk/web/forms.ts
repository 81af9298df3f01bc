// Forms: write a message, answer one, say to whom it was passed on.  Each shows in full what will be signed, and keeps
// what is typed until it is durably kept.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { OpenDesk } from "./desk.js";
import { classMark } from "./inbox.js";
import type { Entry, Precedence, Traffic } from "./wire.js";
import { CLASSES, PRECEDENCES, SHAPE, WORDS_MAX, isLoud, words } from "./words.js";
import { code, say, t } from "./tongue.js";

export function sendForm(desk: OpenDesk): TemplateResult {
  const { drafts, board } = desk;
  const line = drafts.get("send line", board.lines[0]?.line ?? "");
  const precedence = drafts.get("send precedence", "routine") as Precedence;
  const classes = classesOn(desk, line);
  const traffic = classOn(desk, line, "send class");
  const text = drafts.get("send text");
  return html`<section class="compose ${traffic}" aria-labelledby="send-title">
    <form @submit=${(event: SubmitEvent) => desk.submitSend(event)}>
      <h2 id="send-title">${t("New message")}</h2>
      <p class="fields">
        <label>
          ${t("Line")}
          <select @change=${(event: Event) => drafts.set("send line", valueOf(event))}>
            ${board.lines.map((each) => html`<option .selected=${live(each.line === line)}>${each.line}</option>`)}
          </select>
        </label>
        <label>
          ${t("Class")}
          <select @change=${(event: Event) => drafts.set("send class", valueOf(event))}>
            ${classes.map((each) => html`<option value=${each} .selected=${live(each === traffic)}>${code(each)}</option>`)}
          </select>
        </label>
      </p>
      ${precedenceFields(desk, "send precedence", precedence)}
      ${textField(desk, "send text", text, precedence)}
      ${traffic === "operation"
        ? nothing
        : html`<p>${say("{class} is signed into it for good.", { class: classMark({ class: traffic }) })}</p>`}
      ${signature(desk, t("to every member of {line}", { line }))}
      <p class="acts">
        <button class="main" type="submit">${t("Sign and send")}</button>
        <button type="button" @click=${() => desk.close()}>${t("Close")} <kbd>Esc</kbd></button>
      </p>
    </form>
  </section>`;
}

// The classes that the terms of a line allow.
export function classesOn(desk: OpenDesk, line: string): Traffic[] {
  return desk.board.lines.find((each) => each.line === line)?.classes ?? CLASSES;
}

// The class that was chosen for a line; where it allows that no more, or none was chosen, the one meant in earnest first.
export function classOn(desk: OpenDesk, line: string, name: string): Traffic {
  const classes = classesOn(desk, line);
  return classes.find((each) => each === desk.drafts.get(name)) ?? classes[0] ?? "operation";
}

export function replyForm(desk: OpenDesk, entry: Entry): TemplateResult {
  const name = `reply ${entry.id}`;
  const precedence = desk.drafts.get(`${name} precedence`, entry.precedence) as Precedence;
  return html`<form class="inline" @submit=${(event: SubmitEvent) => desk.submitReply(event, entry)}>
    ${precedenceFields(desk, `${name} precedence`, precedence)}
    ${textField(desk, `${name} text`, desk.drafts.get(`${name} text`), precedence)}
    ${signature(desk, t("as answer to {author}, class {class}", { author: entry.author, class: code(entry.class) }))}
    <p class="acts">
      <button class="main" type="submit">${t("Sign and answer")}</button>
      <button type="button" @click=${() => desk.close()}>${t("Close")} <kbd>Esc</kbd></button>
    </p>
  </form>`;
}

export function passForm(desk: OpenDesk, entry: Entry): TemplateResult {
  const name = `pass ${entry.id}`;
  return html`<form class="inline" @submit=${(event: SubmitEvent) => desk.submitPass(event, entry)}>
    <label>
      ${t("Passed on to whom")}
      <input
        class="first"
        required
        maxlength="200"
        .value=${desk.drafts.get(name)}
        @input=${(event: Event) => desk.drafts.set(name, valueOf(event))}
      />
    </label>
    ${signature(desk, t("that it was passed on; {author} reads to whom", { author: entry.author }))}
    <p class="acts">
      <button class="main" type="submit">${t("Sign “passed on”")}</button>
      <button type="button" @click=${() => desk.close()}>${t("Close")} <kbd>Esc</kbd></button>
    </p>
  </form>`;
}

export function precedenceFields(desk: OpenDesk, name: string, chosen: Precedence): TemplateResult {
  return html`<fieldset class="ranks">
    <legend>${t("Precedence")}</legend>
    ${PRECEDENCES.map(
      (each) => html`<label class="rank ${each}">
        <input
          type="radio"
          name=${name}
          value=${each}
          .checked=${each === chosen}
          @change=${() => desk.drafts.set(name, each)}
        />
        <span aria-hidden="true">${SHAPE[each]}</span> ${each.toUpperCase()}
      </label>`,
    )}
  </fieldset>`;
}

function textField(desk: OpenDesk, name: string, text: string, precedence: Precedence): TemplateResult {
  const count = words(text);
  const over = isLoud(precedence) && count > WORDS_MAX;
  const id = `${name.replaceAll(" ", "-")}-count`;
  return html`<label>
      ${t("Text")}
      <textarea
        class="first"
        rows="6"
        required
        dir="auto"
        aria-describedby=${id}
        .value=${text}
        @input=${(event: Event) => desk.drafts.set(name, valueOf(event))}
      ></textarea>
    </label>
    <p id=${id} class="words ${over ? "over" : ""}">
      ${isLoud(precedence) ? t("words: {count} of {most}", { count, most: WORDS_MAX }) : t("words: {count}", { count })}${over
        ? html` — ${t("too many: send the core now, the rest as PRIORITY")}`
        : nothing}
    </p>`;
}

export function signature(desk: OpenDesk, what: string): TemplateResult {
  return html`<p class="signature">${say("Signed by {officer}, for {post}, {what}.", { officer: desk.me?.officer, post: desk.me?.post, what })}</p>`;
}

export function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement).value;
}
