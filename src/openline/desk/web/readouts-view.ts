// Readouts of a contact side by side: what each side published, the marks of every side on it, and two word by word.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { actForm, folded } from "./act-form.js";
import { choice } from "./fields.js";
import { stamp } from "./inbox.js";
import type { ReachPage } from "./reach-page.js";
import type { Compared, Readout, ReadoutMark, Readouts } from "./reach-types.js";
import { languageOf, code, coded, say, t } from "./tongue.js";
import { get } from "./wire.js";

const SHOWN = 40;

export function readoutsView(page: ReachPage, contact: string, held: Readouts, parties: string[]): TemplateResult {
  return html`<section aria-labelledby="readout-title">
    <h4 id="readout-title">${t("Readouts, side by side")}</h4>
    <div class="beside">${repeat(held.readouts, (each) => each.id, (each) => readoutView(page, each, held))}</div>
    ${held.readouts.length ? nothing : html`<p class="empty">${t("None is filed.")}</p>`}
    ${actForm(page, {
      request: "readout-file",
      about: { contact },
      fields: [
        { key: "text", label: t("Readout, as it was published"), as: "text", required: true },
        { key: "of", label: t("Whose it is"), as: "choice", among: parties },
        { key: "where", label: t("Where it was published"), required: true },
        { key: "published", label: t("Published (UTC)"), as: "past", required: true, hint: "2022-11-15T18:40Z" },
        { key: "language", label: t("Language"), required: true, hint: "en" },
      ],
      button: t("Sign and file"),
      said: t("Readout filed and signed."),
    })}
  </section>`;
}

function readoutView(page: ReachPage, each: Readout, held: Readouts): TemplateResult {
  return html`<article class="said" aria-label=${t("readout of {party}", { party: each.of })}>
    <p class="head">${say("{party}: {where}, {time}", { party: html`<strong><bdi>${each.of}</bdi></strong>`, where: each.where, time: stamp(each.published) })}</p>
    <p class="text" lang=${languageOf(each.language)} dir="auto">${each.text ?? t("(text withheld)")}</p>
    <ul>
      ${each.marks.map((mark) => markView(page, mark, held))}
      ${each.not_marked.map((id) => html`<li>${t("Nobody has marked point {number} of the minute here.", { number: numberOf(held, id) })}</li>`)}
    </ul>
    <p class="foot">${t("By the terms:")} ${code(each.disclosure.by_the_rule ?? each.disclosure.judgement)}.</p>
    ${page.desk.may("readout-mark") ? folded(t("Mark it"), marking(page, each, held)) : nothing} ${folded(t("Word by word against another text"), comparing(page, each, held))}
  </article>`;
}

function numberOf(held: Readouts, id: string): number {
  return held.points.findIndex((point) => point.id === id) + 1;
}

// A mark is who says so, of which words; another may agree with it or dispute it.
function markView(page: ReachPage, mark: ReadoutMark, held: Readouts): TemplateResult {
  const about = mark.target;
  const other = about?.span?.text;
  const stands = [mark.disputed ? t("disputed") : "", mark.stands ? "" : t("withdrawn")].filter(Boolean);
  const sign = (event: Event, word: string): void => void page.signs(event, "readout-word", () => ({ mark: mark.id, word }), t("Signed: {what}.", { what: code(word) }));
  return html`<li>
    <strong>${code(mark.sort)}</strong>${about?.what === "point" ? html` ${t("point {number}", { number: numberOf(held, about.id) })}` : nothing}${mark.span?.text ? html` “<bdi>${mark.span.text}</bdi>”` : nothing}${other ? html` — <bdi>${about?.of}</bdi>: “<bdi>${other}</bdi>”` : nothing}${mark.text ? html`: <bdi>${mark.text}</bdi>` : nothing}
    <span class="foot">(${say("{post}, {officer}", { post: mark.author, officer: mark.officer })}${stands.map((each) => html`, <strong>${each}</strong>`)})</span>
    ${mark.words.map((each) => html`<p class="foot">${code(each.word)}: ${say("{post}, {officer}", { post: each.author, officer: each.officer })}${each.text ? html`: <bdi>${each.text}</bdi>` : nothing}</p>`)}
    ${mark.stands && page.desk.may("readout-word")
      ? html`<p class="acts">
          ${mark.own
            ? html`<button @click=${(event: Event) => sign(event, "withdrawn")}>${t("Withdraw the mark")}</button>`
            : html`<button @click=${(event: Event) => sign(event, "agreed")}>${t("Agree with the mark")}</button>
                <button @click=${(event: Event) => sign(event, "disputed")}>${t("Dispute the mark")}</button>`}
        </p>`
      : nothing}
  </li>`;
}

// What a readout can be held against: points of the minute, and the other readouts.
function others(each: Readout, held: Readouts): [string, string][] {
  const short = (text: string | null): string => (text ?? "").slice(0, SHOWN);
  return [
    ...held.points.map((point, at): [string, string] => [point.id, `${t("point {number}", { number: at + 1 })}: ${short(point.text)}`]),
    ...held.readouts.filter((one) => one.id !== each.id).map((one): [string, string] => [one.id, t("readout of {party}", { party: one.of })]),
  ];
}

function marking(page: ReachPage, each: Readout, held: Readouts): TemplateResult | typeof nothing {
  return actForm(page, {
    request: "readout-mark",
    about: { readout: each.id },
    fields: [
      { key: "sort", label: t("What it does"), as: "choice", among: coded(["covers", "missing", "added", "differs"]) },
      { key: "target", label: t("Beside what"), as: "choice", among: [...others(each, held), ["", t("nothing: it adds something")]] },
      { key: "quote", label: t("Its words, as they stand there (empty for what is missing)") },
      { key: "other_quote", label: t("Words of the other readout") },
      { key: "text", label: t("In words (may be empty)") },
    ],
    button: t("Sign the mark"),
    said: t("Marked and signed."),
  });
}

function comparing(page: ReachPage, each: Readout, held: Readouts): TemplateResult | typeof nothing {
  const among = others(each, held);
  if (!among.length) return nothing;
  const name = `compare ${each.id}`;
  const compared = page.compared.get(each.id);
  const compare = (event: Event): void => {
    event.preventDefault();
    void page.desk.tried(async () => {
      page.compared.set(each.id, await get<Compared>("readout-compare", { readout: each.id, other: page.desk.drafts.get(name, among[0]?.[0] ?? "") }));
      page.requestUpdate();
    });
  };
  return html`<form class="inline" @submit=${compare}>
      <span class="fields">${choice(page.desk, name, t("Against"), among)}</span>
      <p class="acts"><button type="submit">${t("Compare")}</button></p>
    </form>
    ${compared ? comparedView(compared) : nothing}`;
}

// Words that only one has are said so aloud and by a line through or under them, not by colour alone.
function comparedView(compared: Compared): TemplateResult {
  const { words, left_out: left } = compared;
  return html`<section aria-label=${t("word by word")}>
    <p class="foot">${t("Words that both have: {both}; only this one: {first}; only the other: {second}. That means nothing by itself.", { ...words })}${left[0] || left[1] ? html` <strong>${t("Words at the ends that were not compared: {first}; {second}.", { first: left[0], second: left[1] })}</strong>` : nothing}</p>
    <p class="text compared" dir="auto">${compared.runs.map((run) =>
      run.has === "both" ? html`${run.first} ` : run.has === "first" ? html`<del><span class="unseen">${t("only this one")} </span>${run.first}</del> ` : html`<ins><span class="unseen">${t("only the other")} </span>${run.second}</ins> `,
    )}</p>
  </section>`;
}
