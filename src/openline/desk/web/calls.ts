// Call requests: who asks to speak with whom, what each answered, how far each attempt got, and the one outcome.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { answerForm, closeForm, tryForm } from "./callforms.js";
import type { OpenDesk } from "./desk.js";
import { classMark, rank, stamp } from "./inbox.js";
import type { CallRequest, Contact, Party } from "./wire.js";
import { span } from "./words.js";
import { code, say, t } from "./tongue.js";

export function callsView(desk: OpenDesk): TemplateResult {
  const open = desk.board.contacts.filter((each) => each.open);
  const closed = desk.board.contacts.filter((each) => !each.open);
  return html`<section class="calls" aria-labelledby="calls-title">
    <header class="bar">
      <h2 id="calls-title">${t("Calls")} <span class="count">${open.length ? t("{count} open", { count: open.length }) : t("none open")}</span></h2>
      ${desk.may("call-ask") ? html`<button @click=${() => desk.beginCall("ask")}>${t("Ask for a call")}</button>` : nothing}
    </header>
    <ol>
      ${repeat(open, (each) => each.id, (each) => row(desk, each))}
    </ol>
    ${closed.length
      ? html`<details>
          <summary>${say("{count} closed", { count: closed.length })}</summary>
          <ol>
            ${repeat(closed, (each) => each.id, (each) => row(desk, each))}
          </ol>
        </details>`
      : nothing}
  </section>`;
}

function row(desk: OpenDesk, contact: Contact): TemplateResult {
  const request = contact.requests[0];
  const waiting = desk.board.waitsHere(contact);
  const opened = desk.contact === contact.id;
  return html`<li>
    <button
      class="row ${contact.precedence} ${waiting ? "waits" : ""} ${opened ? "opened" : ""}"
      data-id=${contact.id}
      aria-current=${opened ? "true" : "false"}
      @click=${() => desk.openCall(contact.id)}
    >
      <span class="head">
        ${rank(contact)} ${classMark(contact)} <span class="who">${say("{post}, {officer}", { post: request?.author, officer: request?.office })}</span>
        ${replyClock(desk, contact)}
      </span>
      <span class="text" dir="auto">${request?.called.map(([post, office]) => `${office} (${post})`).join(", ")}</span>
      <span class="foot">${contact.parties.map((each) => `${each.post}: ${standing(each)}`).join("; ")}</span>
    </button>
  </li>`;
}

function standing(party: Party): string {
  const last = party.answers.at(-1);
  return code(party.outcome ?? last?.reply ?? "") || t("no answer yet");
}

function replyClock(desk: OpenDesk, contact: Contact): TemplateResult | typeof nothing {
  if (!contact.open) return nothing;
  const left = Date.parse(contact.reply_by) - desk.board.now;
  return left > 0
    ? html`<span class="clock" role="timer">${say("reply in {left}", { left: span(left) })}</span>`
    : html`<span class="clock over" role="timer">${say("reply overdue by {left}", { left: span(left) })}</span>`;
}

export function contactView(desk: OpenDesk, contact: Contact): TemplateResult {
  return html`<section class="message" aria-labelledby="message-title">
    <header class="bar">
      <h2 id="message-title" tabindex="-1">${say("Call on {line}", { line: contact.line })}</h2>
      <button @click=${() => desk.close()}>${t("Close")} <kbd>Esc</kbd></button>
    </header>
    ${contact.requests.map((each) => requestView(contact, each))}
    ${contact.requests.length > 1
      ? html`<p class="mark">${say("These requests crossed: they are one contact, which {closer} closes.", { closer: contact.closer })}</p>`
      : nothing}
    ${contact.parties.map((each) => partyView(contact, each))}
    ${contact.ignored.map((each) => html`<p class="foot">${say("Counts for nothing: {id}, for {why}.", { id: each.id.slice(0, 12), why: each.why })}</p>`)}
    ${acts(desk, contact)}
  </section>`;
}

export function requestView(contact: Contact, request: CallRequest): TemplateResult {
  const said: [string, unknown][] = [
    [t("About"), request.topics?.join("; ")],
    [t("Proposed times"), request.times.map((each) => stamp(each))],
    [t("Languages"), request.languages.join(", ")],
    [t("Means"), code(request.means)],
    [t("If nobody answers"), request.consequence],
    [t("Matter"), request.matter],
    [t("Also told"), request.told?.join("; ")],
  ];
  return html`<article class="said ${contact.class}" aria-label=${t("request of {author}", { author: request.author })}>
    <p class="head">
      ${rank(contact)} ${classMark(contact)} <span>${say("{post}, {officer}", { post: html`<strong><bdi>${request.author}</bdi></strong>`, officer: request.office })}</span>
    </p>
    <p>${say("asks to speak with {called}", { called: request.called.map(([post, office]) => html`<strong><bdi>${office}</bdi></strong> (<bdi>${post}</bdi>) `) })}</p>
    <p>${say("Reply by {time}", { time: stamp(request.reply_by) })}</p>
    ${request.topics === null ? html`<p>${t("Its words are withheld.")}</p>` : nothing}
    <dl>
      ${said
        .filter(([, what]) => (Array.isArray(what) ? what.length : what))
        .map(([name, what]) => html`<div><dt>${name}</dt><dd dir="auto">${what}</dd></div>`)}
    </dl>
    ${request.content
      ? html`<p class="foot">${t("Content that whoever is on watch may take at once:")}</p>
          <p class="text" dir="auto">${request.content}</p>`
      : nothing}
    <p class="foot">${say("Signed by {officer} {at}, id", { officer: request.officer ?? t("nobody"), at: stamp(request.at) })} <code>${request.id.slice(0, 12)}</code></p>
  </article>`;
}

export function partyView(contact: Contact, party: Party): TemplateResult {
  return html`<article class="said ${contact.class}" aria-label=${t("party {post}", { post: party.post })}>
    <p class="head"><strong><bdi>${party.office}</bdi></strong> <span>(<bdi>${party.post}</bdi>)</span>
      <span class="mark">${party.outcome ? t("outcome: {outcome}", { outcome: code(party.outcome) }) : t("open")}</span></p>
    ${party.content_taken
      ? html`<p>${say("Content taken by {officer} {at}", { officer: party.content_taken.officer, at: stamp(party.content_taken.at) })}</p>`
      : nothing}
    <ul>
      ${party.attempts.map(
        (each) =>
          html`<li dir="auto">${say("Tried by {means} {began}: reached {layer}", { means: each.means, began: stamp(each.began), layer: html`<strong>${code(each.layer)}</strong>` })}
            (${each.officer ? say("stated by {officer}", { officer: each.officer }) : say("stated by the post of {post}", { post: each.stated_by })})${each.who
              ? html`, <bdi>${each.who}</bdi>`
              : nothing}${each.text ? html`: <bdi>${each.text}</bdi>` : nothing}</li>`,
      )}
      ${party.answers.map(
        (each) =>
          html`<li dir="auto"><strong>${code(each.reply)}</strong>${each.office ? html` ${say("to {to}", { to: each.office })}` : nothing}
            ${each.for ? html` ${say("for {for}", { for: stamp(each.for) })}` : nothing} ${each.times.map((at) => stamp(at))}
            ${each.reason ? html`(${code(each.reason)})` : nothing}${each.text ? html`: <bdi>${each.text}</bdi>` : nothing}
            ${each.late ? html`<strong class="mark">${t("answered late")}</strong>` : nothing}
            <span class="foot">${say("signed by {officer}, {author}, {at}", { officer: each.officer, author: each.author, at: stamp(each.at) })}</span></li>`,
      )}
    </ul>
    ${party.ended
      ? html`<p>${say("Closed as {outcome} by {officer}, {closer}, {at}", { outcome: html`<strong>${code(party.ended.outcome)}</strong>`, officer: party.ended.officer, closer: contact.closer, at: stamp(party.ended.at) })}${party.ended.text ? html`: <bdi>${party.ended.text}</bdi>` : nothing}
          ${party.ended.contradicted
            ? html`<strong class="error">${t("Contradicted by its own signature: it had signed for an answer.")}</strong>`
            : nothing}</p>`
      : nothing}
  </article>`;
}

function acts(desk: OpenDesk, contact: Contact): TemplateResult | typeof nothing {
  if (!desk.may("call-answer")) return nothing;
  const form = desk.callForm(contact.id);
  if (form === "answer") return answerForm(desk, contact);
  if (form === "close") return closeForm(desk, contact);
  if (form === "try") return tryForm(desk, contact);
  if (!contact.open) return nothing;
  return html`<p class="acts">
    ${desk.board.calledHere(contact)
      ? html`<button class="main" @click=${() => desk.beginCall("answer", contact.id)}>${t("Answer")}</button>`
      : nothing}
    ${contact.requests.some((each) => each.author === desk.board.post)
      ? html`<button @click=${() => desk.beginCall("try", contact.id)}>${t("State an attempt")}</button>`
      : nothing}
    ${contact.own ? html`<button @click=${() => desk.beginCall("close", contact.id)}>${t("Close with its outcome")}</button>` : nothing}
  </p>`;
}
