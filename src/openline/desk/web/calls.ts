// Call requests: who asks to speak with whom, what each answered, how far each attempt got, and the one outcome.

import { html, nothing, type TemplateResult } from "lit";
import { answerForm, closeForm, tryForm } from "./callforms.js";
import type { OpenDesk } from "./desk.js";
import { classMark, rank, stamp } from "./inbox.js";
import type { CallRequest, Contact, Party } from "./wire.js";
import { span } from "./words.js";

export function callsView(desk: OpenDesk): TemplateResult {
  const open = desk.board.contacts.filter((each) => each.open);
  const closed = desk.board.contacts.filter((each) => !each.open);
  return html`<section class="calls" aria-labelledby="calls-title">
    <header class="bar">
      <h2 id="calls-title">Calls <span class="count">${open.length ? `${open.length} open` : "none open"}</span></h2>
      ${desk.may("call-ask") ? html`<button @click=${() => desk.beginCall("ask")}>Ask for a call</button>` : nothing}
    </header>
    <ol>
      ${open.map((each) => row(desk, each))}
    </ol>
    ${closed.length
      ? html`<details>
          <summary>${closed.length} closed</summary>
          <ol>
            ${closed.map((each) => row(desk, each))}
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
        ${rank(contact)} ${classMark(contact)} <span class="who">${request?.author}, ${request?.office}</span>
        ${replyClock(desk, contact)}
      </span>
      <span class="text" dir="auto">${request?.called.map(([post, office]) => `${office} (${post})`).join(", ")}</span>
      <span class="foot">${contact.parties.map((each) => `${each.post}: ${standing(each)}`).join("; ")}</span>
    </button>
  </li>`;
}

function standing(party: Party): string {
  const last = party.answers.at(-1);
  return party.outcome ?? last?.reply ?? "no answer yet";
}

function replyClock(desk: OpenDesk, contact: Contact): TemplateResult | typeof nothing {
  if (!contact.open) return nothing;
  const left = Date.parse(contact.reply_by) - desk.board.now;
  return left > 0
    ? html`<span class="clock" role="timer">reply in ${span(left)}</span>`
    : html`<span class="clock over" role="timer">reply overdue by ${span(left)}</span>`;
}

export function contactView(desk: OpenDesk, contact: Contact): TemplateResult {
  return html`<section class="message" aria-labelledby="message-title">
    <header class="bar">
      <h2 id="message-title" tabindex="-1">Call on ${contact.line}</h2>
      <button @click=${() => desk.close()}>Close <kbd>Esc</kbd></button>
    </header>
    ${contact.requests.map((each) => requestView(contact, each))}
    ${contact.requests.length > 1
      ? html`<p class="mark">These requests crossed: they are one contact, which ${contact.closer} closes.</p>`
      : nothing}
    ${contact.parties.map((each) => partyView(contact, each))}
    ${contact.ignored.map((each) => html`<p class="foot">Counts for nothing: ${each.id.slice(0, 12)}, for ${each.why}.</p>`)}
    ${acts(desk, contact)}
  </section>`;
}

function requestView(contact: Contact, request: CallRequest): TemplateResult {
  const said: [string, unknown][] = [
    ["About", request.topics?.join("; ")],
    ["Proposed times", request.times.map((each) => stamp(each))],
    ["Languages", request.languages.join(", ")],
    ["Means", request.means],
    ["If nobody answers", request.consequence],
    ["Matter", request.matter],
    ["Also told", request.told?.join("; ")],
  ];
  return html`<article class="said ${contact.class}" aria-label=${`request of ${request.author}`}>
    <p class="head">
      ${rank(contact)} ${classMark(contact)} <span><strong>${request.author}</strong>, ${request.office}</span>
    </p>
    <p>asks to speak with ${request.called.map(([post, office]) => html`<strong>${office}</strong> (${post}) `)}</p>
    <p>Reply by ${stamp(request.reply_by)}</p>
    ${request.topics === null ? html`<p>Its words are withheld.</p>` : nothing}
    <dl>
      ${said
        .filter(([, what]) => (Array.isArray(what) ? what.length : what))
        .map(([name, what]) => html`<div><dt>${name}</dt><dd dir="auto">${what}</dd></div>`)}
    </dl>
    ${request.content
      ? html`<p class="foot">Content that whoever is on watch may take at once:</p>
          <p class="text" dir="auto">${request.content}</p>`
      : nothing}
    <p class="foot">Signed by ${request.officer ?? "nobody"} ${stamp(request.at)}, id <code>${request.id.slice(0, 12)}</code></p>
  </article>`;
}

function partyView(contact: Contact, party: Party): TemplateResult {
  return html`<article class="said ${contact.class}" aria-label=${`party ${party.post}`}>
    <p class="head"><strong>${party.office}</strong> <span>(${party.post})</span>
      <span class="mark">${party.outcome ? `outcome: ${party.outcome}` : "open"}</span></p>
    ${party.content_taken
      ? html`<p>Content taken by ${party.content_taken.officer} ${stamp(party.content_taken.at)}</p>`
      : nothing}
    <ul>
      ${party.attempts.map(
        (each) =>
          html`<li dir="auto">Tried by ${each.means} ${stamp(each.began)}: reached <strong>${each.layer}</strong>
            (${each.officer ? `stated by ${each.officer}` : `stated by the post of ${each.stated_by}`})${each.who
              ? html`, ${each.who}`
              : nothing}${each.text ? html`: ${each.text}` : nothing}</li>`,
      )}
      ${party.answers.map(
        (each) =>
          html`<li dir="auto"><strong>${each.reply}</strong>${each.office ? html` to ${each.office}` : nothing}
            ${each.for ? html` for ${stamp(each.for)}` : nothing} ${each.times.map((at) => stamp(at))}
            ${each.reason ? html`(${each.reason})` : nothing}${each.text ? html`: ${each.text}` : nothing}
            ${each.late ? html`<strong class="mark">answered late</strong>` : nothing}
            <span class="foot">signed by ${each.officer}, ${each.author}, ${stamp(each.at)}</span></li>`,
      )}
    </ul>
    ${party.ended
      ? html`<p>Closed as <strong>${party.ended.outcome}</strong> by ${party.ended.officer}, ${contact.closer},
          ${stamp(party.ended.at)}${party.ended.text ? html`: ${party.ended.text}` : nothing}
          ${party.ended.contradicted
            ? html`<strong class="error">Contradicted by its own signature: it had signed for an answer.</strong>`
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
      ? html`<button class="main" @click=${() => desk.beginCall("answer", contact.id)}>Answer</button>`
      : nothing}
    ${contact.requests.some((each) => each.author === desk.board.post)
      ? html`<button @click=${() => desk.beginCall("try", contact.id)}>State an attempt</button>`
      : nothing}
    ${contact.own ? html`<button @click=${() => desk.beginCall("close", contact.id)}>Close with its outcome</button>` : nothing}
  </p>`;
}
