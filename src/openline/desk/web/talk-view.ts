// What follows a call: the minute point by point, commitments, and what may be said of it in public, and what was.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { actForm, folded } from "./act-form.js";
import { stamp } from "./inbox.js";
import type { ReachPage } from "./reach-page.js";
import type { Commitment, Disclosed, Disclosures, Minute, MinutePoint, Terms } from "./reach-types.js";
import { code, coded, english, list, say, t } from "./tongue.js";

const SHORT = 12;
const LEVELS: [string, string][] = [
  ["closed", english("closed: nothing")],
  ["confirm-if-asked", english("confirm if asked")],
  ["agreed-text", english("agreed text only")],
  ["open", english("open")],
];
const WORDS = ["accepted", "done", "disputed", "closed", "released"];

export function minuteView(page: ReachPage, contact: string, minute: Minute | null): TemplateResult {
  return html`<section aria-labelledby="minute-title">
    <h4 id="minute-title">${t("Minute")} ${minute ? html`<span class="mark">${minute.complete ? t("signed by all") : t("not signed by all")}</span>` : nothing}</h4>
    ${minute ? repeat(minute.points, (each) => each.id, (each, at) => pointView(page, each, at + 1)) : html`<p class="empty">${t("No point is drafted.")}</p>`}
    ${minute?.signatures.map(
      (each) => html`<p class="foot" dir="auto"><span aria-hidden="true">${each.refused ? "✕" : "✓"}</span> ${each.refused ? say("Refused by {officer}, {author}, {at}", who(each)) : say("Signed by {officer}, {author}, {at}", who(each))}${each.of_this_version ? nothing : `: ${t("an earlier version")}`}${each.reason ? html`: <bdi>${each.reason}</bdi>` : nothing}</p>`,
    ) ?? nothing}
    ${actForm(page, { request: "minute-draft", about: { contact }, fields: [{ key: "text", label: t("New point"), as: "text", required: true }], button: t("Sign the point"), said: t("Point drafted and signed.") })}
    ${minute?.points.length && page.desk.may("minute-sign") ? signing(page, contact, minute) : nothing}
  </section>`;
}

function who(each: { officer: string | null; author: string; at: string }): Record<string, unknown> {
  return { officer: each.officer ?? t("nobody"), author: each.author, at: stamp(each.at) };
}

function signing(page: ReachPage, contact: string, minute: Minute): TemplateResult {
  return html`<p class="acts">
      <button class="main" @click=${(event: Event) => page.signs(event, "minute-sign", () => ({ contact, version: minute.digest.slice(0, SHORT) }), t("Minute signed as it stands."))}>
        ${t("Sign the minute as it stands")}
      </button>
    </p>
    ${actForm(page, { request: "minute-sign", about: { contact, refuse: true }, fields: [{ key: "text", label: t("Why it is not signed"), required: true }], button: t("Sign the refusal"), said: t("Refused, and signed.") })}`;
}

function pointView(page: ReachPage, point: MinutePoint, number: number): TemplateResult {
  return html`<article class="said" aria-label=${t("point {number}", { number })}>
    <p class="head"><strong>${number}.</strong> <span>${say("{post}, {officer}", { post: point.author, officer: point.officer })}</span> <span class="mark">${code(point.status)}</span></p>
    <p class="text" dir="auto">${point.text ?? t("(text withheld)")}</p>
    ${point.words.map((each) => html`<p>${say("{post}, {officer}", { post: html`<strong><bdi>${each.by}</bdi></strong>`, officer: each.officer })}: ${code(each.stance)}${each.text ? html`: <bdi>${each.text}</bdi>` : nothing}</p>`)}
    ${!point.own && page.desk.may("minute-word")
      ? html`<p class="acts"><button @click=${(event: Event) => page.signs(event, "minute-word", () => ({ point: point.id }), t("Agreed and signed."))}>${t("Agree to point {number}", { number })}</button></p>
          ${actForm(page, { request: "minute-word", about: { point: point.id }, fields: [{ key: "text", label: t("Our version of point {number}", { number }), as: "text", required: true }], button: t("Sign our version"), said: t("Our version signed.") })}`
      : nothing}
  </article>`;
}

export function commitmentsView(page: ReachPage, contact: string, all: Commitment[], parties: string[]): TemplateResult {
  return html`<section aria-labelledby="commit-title">
    <h4 id="commit-title">${t("Commitments")}</h4>
    ${all.length ? nothing : html`<p class="empty">${t("None is recorded.")}</p>`}
    ${repeat(
      all,
      (each) => each.id,
      (each) => html`<article class="said" aria-label=${t("commitment of {owner}", { owner: each.owner })}>
        <p class="head">${say("{owner} by {due}", { owner: html`<strong><bdi>${each.owner}</bdi></strong>`, due: stamp(each.due) })} <span class="mark">${code(each.status)}</span></p>
        <p class="text" dir="auto">${each.text ?? t("(text withheld)")}</p>
        ${each.words.map((word) => html`<p><strong>${code(word.word)}</strong> ${say("by {officer}, {author}, {at}", who(word))}${word.text ? html`: <bdi>${word.text}</bdi>` : nothing}</p>`)}
        ${each.open ? actForm(page, { request: "commit-word", about: { commitment: each.id }, fields: [{ key: "word", label: t("Our word on it"), as: "choice", among: coded(WORDS) }, { key: "text", label: t("In words (may be empty)") }], button: t("Sign the word"), said: t("Signed.") }) : nothing}
      </article>`,
    )}
    ${actForm(page, {
      request: "commit-make",
      about: { contact },
      fields: [
        { key: "text", label: t("What was committed to"), as: "text", required: true },
        { key: "owner", label: t("By whom"), as: "choice", among: parties },
        { key: "due", label: t("Due (UTC)"), as: "time", required: true },
      ],
      button: t("Sign the commitment"),
      said: t("Commitment recorded and signed."),
    })}
  </section>`;
}

export function disclosureView(page: ReachPage, contact: string, held: Disclosures, parties: string[]): TemplateResult {
  const from: [string, string][] = [["", t("nobody known")], ...parties.map((each): [string, string] => [each, each])];
  return html`<section aria-labelledby="disclose-title">
    <h4 id="disclose-title">${t("What may be said")}</h4>
    <p class="foot">${say("Where nothing else is agreed: {rule}.", { rule: code(held.rule) })}</p>
    ${held.disclosures.flatMap((each) => each.terms.map((terms) => termsView(page, terms, each.in_force === terms.id)))}
    ${held.disclosures.flatMap((each) => each.disclosed.map((said) => disclosedView(page, said)))}
    ${actForm(page, {
      request: "disclose-propose",
      about: { contact },
      fields: [
        { key: "level", label: t("Propose what may be said"), as: "choice", among: LEVELS.map(([value, words]): [string, string] => [value, code(words)]) },
        { key: "since", label: t("From when (UTC; empty: at once)"), as: "time" },
        { key: "text", label: t("The agreed text, where it is that") },
      ],
      button: t("Sign the proposal"),
      said: t("Proposed and signed."),
    })}
    ${actForm(page, {
      request: "disclose-record",
      about: { contact },
      fields: [
        { key: "text", label: t("What became public"), as: "text", required: true },
        { key: "who", label: t("Who said it, and where") },
        { key: "by", label: t("From which party it came"), as: "choice", among: from },
        { key: "at", label: t("When (UTC; empty: now)"), as: "past" },
        { key: "asked", label: t("Somebody had asked"), as: "yes", among: coded(["no", "yes"]) },
        { key: "confirmed_only", label: t("It was confirmed, and nothing more"), as: "yes", among: coded(["no", "yes"]) },
        { key: "agreed_text", label: t("It was the agreed text"), as: "yes", among: coded(["no", "yes"]) },
      ],
      button: t("Sign what became public"),
      said: t("Recorded and signed."),
    })}
  </section>`;
}

// What became public, what the terms say of it, and who records it as a breach.
function disclosedView(page: ReachPage, said: Disclosed): TemplateResult {
  const by = said.breaches.map((one) => one.author);
  return html`<article class="said" aria-label=${t("disclosed")}>
    <p>${say("Public {at} by {party}", { at: stamp(said.happened), party: html`<strong><bdi>${said.by ?? t("nobody known")}</bdi></strong>` })}${said.who ? html`, <bdi>${said.who}</bdi>` : nothing}: <bdi>${said.text ?? ""}</bdi></p>
    <p>${t("By the terms:")} <span class="mark">${code(said.by_the_rule ?? said.judgement)}</span></p>
    ${said.breaches.map((one) => html`<p><strong class="error">✕ ${say("Recorded as a breach by {officer}, {author}, {at}", who(one))}</strong>${one.text ? html`: <bdi>${one.text}</bdi>` : nothing}</p>`)}
    ${by.includes(page.desk.board.post)
      ? nothing
      : folded(
          t("Record a breach"),
          actForm(page, { request: "disclose-breach", about: { disclosed: said.id }, fields: [{ key: "text", label: t("Which terms it broke, and how") }], button: t("Sign that it is a breach"), said: t("Recorded as a breach, and signed.") }),
        )}
  </article>`;
}

function termsView(page: ReachPage, terms: Terms, inForce: boolean): TemplateResult {
  const ours = terms.by.includes(page.desk.board.post);
  const stands = inForce ? t("in force") : terms.agreed_since ? t("agreed") : t("proposed");
  const by = list(terms.by);
  return html`<article class="said" aria-label=${t("terms")}>
    <p class="head"><strong>${list(terms.items.map((each) => code(each.level)))}</strong> <span class="mark">${stands}</span></p>
    ${terms.items.map((each) => (each.since ? html`<p class="foot">${say("from {time}", { time: stamp(each.since) })}</p>` : nothing))}
    ${terms.text ? html`<p class="text" dir="auto">${terms.text}</p>` : nothing}
    <p class="foot">${terms.agreed_since ? say("{members} agreed since {time}.", { members: by, time: stamp(terms.agreed_since) }) : say("{members} agreed; the others have not.", { members: by })}</p>
    ${!ours && page.desk.may("disclose-agree")
      ? html`<p class="acts"><button @click=${(event: Event) => page.signs(event, "disclose-agree", () => ({ proposal: terms.id }), t("Agreed and signed."))}>${t("Agree to these terms")}</button></p>`
      : nothing}
  </article>`;
}
