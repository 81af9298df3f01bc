// What follows a call: the minute point by point, commitments, what may be said of it, and what each side published.

import { html, nothing, type TemplateResult } from "lit";
import type { OpenDesk } from "./desk.js";
import { area, choice, input } from "./fields.js";
import { stamp } from "./inbox.js";
import type { ReachPage } from "./reach-page.js";
import type { Commitment, Disclosures, Minute, MinutePoint, Readout, Readouts, Terms } from "./reach-types.js";
import { timeTyped } from "./words.js";

const SHORT = 12;
const LEVELS: [string, string][] = [
  ["closed", "closed: nothing"],
  ["confirm-if-asked", "confirm if asked"],
  ["agreed-text", "agreed text only"],
  ["open", "open"],
];
const WORDS: [string, string][] = [
  ["accepted", "accepted"],
  ["done", "done"],
  ["disputed", "disputed"],
  ["closed", "closed"],
  ["released", "released"],
];

function timeOf(desk: OpenDesk, name: string): number {
  return timeTyped(desk.drafts.get(name), desk.board.now);
}

export function minuteView(page: ReachPage, contact: string, minute: Minute | null): TemplateResult {
  const { desk } = page;
  const name = `minute ${contact}`;
  return html`<section aria-labelledby="minute-title">
    <h4 id="minute-title">Minute ${minute ? html`<span class="mark">${minute.complete ? "signed by all" : "not signed by all"}</span>` : nothing}</h4>
    ${minute ? minute.points.map((each, at) => pointView(page, each, at + 1)) : html`<p class="empty">No point is drafted.</p>`}
    ${minute?.signatures.map(
      (each) => html`<p class="foot" dir="auto"><span aria-hidden="true">${each.refused ? "✕" : "✓"}</span> ${each.refused ? "Refused" : "Signed"} by ${each.officer}, ${each.author}, ${stamp(each.at)}${each.of_this_version ? "" : ": an earlier version"}${each.reason ? `: ${each.reason}` : ""}</p>`,
    ) ?? nothing}
    ${desk.may("minute-draft")
      ? html`<form
            class="inline"
            @submit=${(event: SubmitEvent) => page.act(event, "minute-draft", () => ({ contact, text: desk.drafts.get(name) }), "Point drafted and signed.", name)}
          >
            ${area(desk, name, "New point", { required: true })}
            <p class="acts"><button type="submit">Sign the point</button></p>
          </form>
          ${minute?.points.length ? signing(page, contact, minute) : nothing}`
      : nothing}
  </section>`;
}

function signing(page: ReachPage, contact: string, minute: Minute): TemplateResult {
  const { desk } = page;
  const why = `minute ${contact} why`;
  return html`<form
    class="inline"
    @submit=${(event: SubmitEvent) => page.act(event, "minute-sign", () => ({ contact, refuse: true, text: desk.drafts.get(why) }), "Refused, and signed.", why)}
  >
    <p class="acts">
      <button class="main" type="button" @click=${(event: Event) => page.act(event, "minute-sign", () => ({ contact, version: minute.digest.slice(0, SHORT) }), "Minute signed as it stands.")}>
        Sign the minute as it stands
      </button>
    </p>
    ${input(desk, why, "Why it is not signed", { required: true })}
    <p class="acts"><button type="submit">Sign the refusal</button></p>
  </form>`;
}

function pointView(page: ReachPage, point: MinutePoint, number: number): TemplateResult {
  const { desk } = page;
  const name = `point ${point.id}`;
  return html`<article class="said" aria-label=${`point ${number}`}>
    <p class="head"><strong>${number}.</strong> <span>${point.author}, ${point.officer}</span> <span class="mark">${point.status}</span></p>
    <p class="text" dir="auto">${point.text ?? "(text withheld)"}</p>
    ${point.words.map((each) => html`<p dir="auto"><strong>${each.by}</strong>, ${each.officer}: ${each.stance}${each.text ? html`: ${each.text}` : nothing}</p>`)}
    ${!point.own && desk.may("minute-word")
      ? html`<form
          class="inline"
          @submit=${(event: SubmitEvent) => page.act(event, "minute-word", () => ({ point: point.id, text: desk.drafts.get(name) }), "Our version signed.", name)}
        >
          <p class="acts"><button type="button" @click=${(event: Event) => page.act(event, "minute-word", () => ({ point: point.id }), "Agreed and signed.")}>Agree to point ${number}</button></p>
          ${area(desk, name, `Our version of point ${number}`, { required: true })}
          <p class="acts"><button type="submit">Sign our version</button></p>
        </form>`
      : nothing}
  </article>`;
}

export function commitmentsView(page: ReachPage, contact: string, all: Commitment[], parties: string[]): TemplateResult {
  const { desk } = page;
  const name = `commit ${contact}`;
  return html`<section aria-labelledby="commit-title">
    <h4 id="commit-title">Commitments</h4>
    ${all.length ? nothing : html`<p class="empty">None is recorded.</p>`}
    ${all.map(
      (each) => html`<article class="said" aria-label=${`commitment of ${each.owner}`}>
        <p class="head"><strong>${each.owner}</strong> <span>by ${stamp(each.due)}</span> <span class="mark">${each.status}</span></p>
        <p class="text" dir="auto">${each.text ?? "(text withheld)"}</p>
        ${each.words.map((word) => html`<p dir="auto"><strong>${word.word}</strong> ${word.author}, ${word.officer}, ${stamp(word.at)}${word.text ? `: ${word.text}` : ""}</p>`)}
        ${each.open && desk.may("commit-word")
          ? html`<form
              class="inline fields"
              @submit=${(event: SubmitEvent) => page.act(event, "commit-word", () => ({ commitment: each.id, word: desk.drafts.get(`word ${each.id}`, "accepted") }), "Signed.", `word ${each.id}`)}
            >
              ${choice(desk, `word ${each.id}`, "Our word on it", WORDS)} <button type="submit">Sign the word</button>
            </form>`
          : nothing}
      </article>`,
    )}
    ${desk.may("commit-make")
      ? html`<form
          class="inline"
          @submit=${(event: SubmitEvent) =>
            page.act(
              event,
              "commit-make",
              () => ({ contact, text: desk.drafts.get(name), due: timeOf(desk, `${name} due`), owner: desk.drafts.get(`${name} owner`, parties[0] ?? "") }),
              "Commitment recorded and signed.",
              name,
              `${name} due`,
              `${name} owner`,
            )}
        >
          ${area(desk, name, "What was committed to", { required: true })}
          <p class="fields">${choice(desk, `${name} owner`, "By whom", parties)} ${input(desk, `${name} due`, "Due (UTC)", { required: true, hint: "3h, 18:40, 2022-11-15T18:40Z" })}</p>
          <p class="acts"><button type="submit">Sign the commitment</button></p>
        </form>`
      : nothing}
  </section>`;
}

export function disclosureView(page: ReachPage, contact: string, held: Disclosures, parties: string[]): TemplateResult {
  const { desk } = page;
  const name = `disclose ${contact}`;
  return html`<section aria-labelledby="disclose-title">
    <h4 id="disclose-title">What may be said</h4>
    <p class="foot">Where nothing else is agreed: ${held.rule}.</p>
    ${held.disclosures.flatMap((each) => each.terms.map((terms) => termsView(page, terms, each.in_force === terms.id)))}
    ${held.disclosures.flatMap((each) =>
      each.disclosed.map(
        (said) => html`<article class="said" aria-label="disclosed"><p dir="auto">Public ${stamp(said.happened)} by <strong>${said.by ?? "nobody known"}</strong>${said.who ? `, ${said.who}` : ""}: ${said.text ?? ""}</p>
          <p><span class="mark">${said.by_the_rule ?? said.judgement}</span> ${said.breaches.length ? html`<strong class="error">✕ recorded as a breach by ${said.breaches.map((one) => one.author).join(", ")}</strong>` : nothing}</p></article>`,
      ),
    )}
    ${desk.may("disclose-propose")
      ? html`<form
            class="inline"
            @submit=${(event: SubmitEvent) => page.act(event, "disclose-propose", () => ({ contact, level: desk.drafts.get(`${name} level`, "closed"), text: desk.drafts.get(name) }), "Proposed and signed.", name)}
          >
            ${choice(desk, `${name} level`, "Propose what may be said", LEVELS)} ${input(desk, name, "The text, or remarks")}
            <p class="acts"><button type="submit">Sign the proposal</button></p>
          </form>
          <form
            class="inline"
            @submit=${(event: SubmitEvent) =>
              page.act(event, "disclose-record", () => ({ contact, by: desk.drafts.get(`${name} by`), text: desk.drafts.get(`${name} what`), who: desk.drafts.get(`${name} who`) }), "Recorded and signed.", `${name} what`, `${name} who`)}
          >
            ${area(desk, `${name} what`, "What became public", { required: true })} ${input(desk, `${name} who`, "Who said it, and where")}
            ${choice(desk, `${name} by`, "From which party it came", [["", "nobody known"], ...parties.map((each): [string, string] => [each, each])])}
            <p class="acts"><button type="submit">Sign what became public</button></p>
          </form>`
      : nothing}
  </section>`;
}

function termsView(page: ReachPage, terms: Terms, inForce: boolean): TemplateResult {
  const { desk } = page;
  const ours = terms.by.includes(desk.board.post);
  return html`<article class="said" aria-label="terms">
    <p class="head"><strong>${terms.items.map((each) => each.level).join(", ")}</strong> <span class="mark">${inForce ? "in force" : terms.agreed_since ? "agreed" : "proposed"}</span></p>
    ${terms.text ? html`<p class="text" dir="auto">${terms.text}</p>` : nothing}
    <p class="foot">${terms.by.join(", ")} agreed${terms.agreed_since ? html` since ${stamp(terms.agreed_since)}` : "; the others have not"}.</p>
    ${!ours && desk.may("disclose-agree")
      ? html`<p class="acts"><button @click=${(event: Event) => page.act(event, "disclose-agree", () => ({ proposal: terms.id }), "Agreed and signed.")}>Agree to these terms</button></p>`
      : nothing}
  </article>`;
}

export function readoutsView(page: ReachPage, contact: string, held: Readouts, parties: string[]): TemplateResult {
  const { desk } = page;
  const name = `readout ${contact}`;
  return html`<section aria-labelledby="readout-title">
    <h4 id="readout-title">Readouts, side by side</h4>
    <div class="beside">${held.readouts.map((each) => readoutView(each, held))}</div>
    ${held.readouts.length ? nothing : html`<p class="empty">None is filed.</p>`}
    ${desk.may("readout-file")
      ? html`<form
          class="inline"
          @submit=${(event: SubmitEvent) =>
            page.act(
              event,
              "readout-file",
              () => ({
                contact,
                text: desk.drafts.get(name),
                published: timeOf(desk, `${name} published`),
                where: desk.drafts.get(`${name} where`),
                language: desk.drafts.get(`${name} language`, "en"),
                of: desk.drafts.get(`${name} of`, desk.board.post),
              }),
              "Readout filed and signed.",
              name,
              `${name} published`,
              `${name} where`,
            )}
        >
          ${area(desk, name, "Readout, as it was published", { required: true })}
          <p class="fields">
            ${choice(desk, `${name} of`, "Whose it is", parties)} ${input(desk, `${name} where`, "Where it was published", { required: true })}
            ${input(desk, `${name} published`, "Published (UTC)", { required: true, hint: "2022-11-15T18:40Z" })} ${input(desk, `${name} language`, "Language", { hint: "en" })}
          </p>
          <p class="acts"><button type="submit">Sign and file</button></p>
        </form>`
      : nothing}
  </section>`;
}

function readoutView(each: Readout, held: Readouts): TemplateResult {
  return html`<article class="said" aria-label=${`readout of ${each.of}`}>
    <p class="head"><strong>${each.of}</strong> <span>${each.where}, ${stamp(each.published)}</span></p>
    <p class="text" lang=${each.language} dir="auto">${each.text ?? "(text withheld)"}</p>
    <ul>
      ${each.marks.map((mark) => html`<li dir="auto"><strong>${mark.sort}</strong>${mark.span?.text ? html` “${mark.span.text}”` : nothing}${mark.text ? `: ${mark.text}` : ""} (${mark.author}${mark.disputed ? ", disputed" : ""}${mark.stands ? "" : ", withdrawn"})</li>`)}
      ${each.not_marked.map((id) => html`<li>Nobody has marked point ${held.points.findIndex((point) => point.id === id) + 1} of the minute here.</li>`)}
    </ul>
    <p class="foot">By the terms: ${each.disclosure.by_the_rule ?? each.disclosure.judgement}.</p>
  </article>`;
}
