// Claims: one claim to one or many, on each line on which it was put, with the answer of each party or its silence.

import { html, nothing, type TemplateResult } from "lit";
import { actForm, folded, type Field } from "./act-form.js";
import type { Claim, ClaimParty, ClaimPut } from "./claim-types.js";
import { classMark, rank, stamp } from "./inbox.js";
import { DeskPage } from "./page.js";
import { addressOf } from "./pages.js";
import { get, type PostEvent } from "./wire.js";
import { PRECEDENCES } from "./words.js";
import { code, coded, list, say, t } from "./tongue.js";

const NEW = "new";
const STANCES = ["accepts", "rejects", "no-position", "asks-evidence"];
const SHAPES: Record<string, string> = { accepts: "✓", rejects: "✕", "no-position": "–", "asks-evidence": "?", "evidence-given": "?", silent: "·" };

export class ClaimsPage extends DeskPage {
  private claims: Claim[] = [];
  private opened: Claim | null = null;

  protected override concerns(event: PostEvent): boolean {
    return event.what === "entry" && event.kind.startsWith("claim");
  }

  protected override leave(): void {
    this.opened = null;
  }

  protected override async read(): Promise<void> {
    this.claims = (await get<{ claims: Claim[] }>("claim-list")).claims;
    this.opened = this.rest && this.rest !== NEW ? await get<Claim>("claim-show", { claim: this.rest }) : null;
  }

  override render(): TemplateResult {
    return html`<section aria-labelledby="page-title">
      <header class="bar">
        <h2 id="page-title" tabindex="-1">${t("Claims")}</h2>
        ${this.desk.may("claim-put") ? html`<a class="button" href=${addressOf("claims", NEW)}>${t("Put a claim")}</a>` : nothing}
      </header>
      <div class="panes">
        <ol class="rows">${this.claims.map((each) => this.row(each))}</ol>
        ${this.rest === NEW ? this.putting() : this.opened ? this.whole(this.opened) : html`<p class="empty">${this.claims.length ? t("Choose a claim.") : t("No claim was put yet.")}</p>`}
      </div>
    </section>`;
  }

  private row(claim: Claim): TemplateResult {
    const first = claim.put[0];
    const chosen = claim.put.some((each) => each.id === this.rest) || claim.claim === this.rest;
    return html`<li>
      <a class="row ${first?.precedence ?? ""} ${chosen ? "opened" : ""}" aria-current=${chosen ? "true" : "false"} href=${addressOf("claims", first?.id ?? "")}>
        <span class="head">${first ? rank(first) : nothing} ${classMark(claim)} <span class="who"><bdi>${claim.claimant}</bdi></span></span>
        <span class="text" dir="auto">${claim.text ?? t("(text withheld)")}</span>
        <span class="foot">${claim.put.flatMap((each) => each.parties.map((party) => html`<span><bdi>${party.post}</bdi>: ${code(party.status)} </span>`))}</span>
      </a>
    </li>`;
  }

  private putting(): TemplateResult {
    const lines = this.desk.board.lines.map((each) => each.line);
    return html`<section class="compose" aria-labelledby="put-title">
      <h3 id="put-title">${t("Put a claim")}</h3>
      ${actForm(this, {
        request: "claim-put",
        about: {},
        fields: [
          { key: "text", label: t("What you hold to be so, in one or two sentences"), as: "text", required: true },
          ...this.to(lines),
          { key: "precedence", label: t("Precedence"), as: "choice", among: coded(["priority", ...PRECEDENCES.filter((each) => each !== "priority")]) },
          { key: "class", label: t("Class"), as: "choice", among: coded(this.desk.board.lines[0]?.classes ?? []) },
        ],
        make: to,
        button: t("Sign and put it"),
        said: t("Put and signed."),
        main: true,
        opens: "claims",
      })}
    </section>`;
  }

  // To whom on a line, until when, and what is said there of others.
  private to(lines: string[]): Field[] {
    return [
      { key: "line", label: t("Line"), as: "choice", among: lines },
      { key: "members", label: t("To which members (with ; between; empty: to all)"), as: "names" },
      { key: "reply_by", label: t("Reply by (UTC; may be empty)"), as: "time" },
      { key: "told", label: t("Who else is told, where it may be said (with ; between)"), as: "names" },
    ];
  }

  private whole(claim: Claim): TemplateResult {
    return html`<section class="message" aria-label=${t("claim")}>
      <header class="bar"><h3>${say("Claim of {claimant}", { claimant: claim.claimant })}</h3> <a class="button" href=${addressOf("claims")}>${t("Close")}</a></header>
      <p>${classMark(claim)}</p>
      <p class="text" dir="auto">${claim.text ?? t("(text withheld)")}</p>
      ${claim.put.map((each) => this.put(claim, each))} ${claim.own ? this.ours(claim) : nothing}
    </section>`;
  }

  private put(claim: Claim, put: ClaimPut): TemplateResult {
    const told = put.told.at(-1);
    const asked = put.parties.some((each) => each.own) && !put.withdrawn;
    return html`<article class="said" aria-label=${t("on {line}", { line: put.line })}>
      <p class="head">${rank(put)} ${say("On {line}, signed by {officer} {at}", { line: put.line, officer: put.officer ?? t("nobody"), at: stamp(put.at) })}</p>
      ${put.reply_by ? html`<p>${say("Reply by {time}", { time: stamp(put.reply_by) })}</p>` : nothing}
      ${put.withdrawn ? html`<p><strong class="mark">${t("withdrawn")}</strong> ${say("by {officer} {at}", { officer: put.withdrawn.officer ?? t("nobody"), at: stamp(put.withdrawn.at) })}${put.withdrawn.text ? html`: <bdi>${put.withdrawn.text}</bdi>` : nothing}${put.withdrawn.replaced_by ? html` <a href=${addressOf("claims", put.withdrawn.replaced_by)}>${t("the claim in its place")}</a>` : nothing}</p>` : nothing}
      ${put.parties.map((each) => partyView(each))}
      ${put.evidence.map((each) => html`<p>${say("Evidence, {at}:", { at: stamp(each.at) })} <bdi>${each.text ?? ""}</bdi> ${each.files.map((file) => html`<bdi>${file.name}</bdi> <code>${file.sha256}</code> `)}</p>`)}
      ${told?.names ? html`<p class="foot">${say("Also told, by the claimant: {names}.", { names: list(told.names) })}${told.allowed === false ? html` <strong>${t("The rules of this line do not allow it.")}</strong>` : nothing}</p>` : nothing}
      ${put.not_told_of?.length ? html`<p class="foot">${say("Not told here that it was also put to {names}.", { names: list(put.not_told_of) })}</p>` : nothing}
      ${asked ? actForm(this, { request: "claim-answer", about: { claim: put.id }, fields: [{ key: "stance", label: t("Our answer"), as: "choice", among: coded(STANCES) }, { key: "text", label: t("In words (may be empty)") }], button: t("Sign and answer"), said: t("Answered and signed."), main: true }) : nothing}
      ${claim.own && !put.withdrawn
        ? folded(t("Give evidence"), actForm(this, { request: "claim-evidence", about: { claim: put.id }, fields: [{ key: "text", label: t("The evidence, in words"), as: "text", required: true }, { key: "entries", label: t("Entries of the line (their ids, with ; between)"), as: "names" }], button: t("Sign the evidence"), said: t("Evidence given and signed.") }))
        : nothing}
      ${claim.own && !put.withdrawn
        ? folded(t("Say who else is told"), actForm(this, { request: "claim-tell", about: { claim: put.id }, fields: [{ key: "names", label: t("Names (with ; between)"), as: "names", required: true }, { key: "text", label: t("In words (may be empty)") }], button: t("Sign who is told"), said: t("Said and signed.") }))
        : nothing}
    </article>`;
  }

  // What the claimant does with a claim as a whole.
  private ours(claim: Claim): TemplateResult | typeof nothing {
    const first = claim.put.find((each) => !each.withdrawn);
    if (!first) return nothing;
    const lines = this.desk.board.lines.map((each) => each.line);
    return html`${folded(t("Put it to others, too"), actForm(this, { request: "claim-also", about: { claim: first.id }, fields: this.to(lines), make: to, button: t("Sign and put it to them"), said: t("Put and signed.") }))}
      ${folded(t("Put another in its place"), actForm(this, { request: "claim-replace", about: { claim: first.id }, fields: [{ key: "text", label: t("The claim in its place"), as: "text", required: true }, { key: "reason", label: t("Why") }, { key: "reply_by", label: t("Reply by (UTC; may be empty)"), as: "time" }], button: t("Sign the other claim"), said: t("Put and signed; the one before is withdrawn."), opens: "claims" }))}
      ${folded(t("Withdraw it"), actForm(this, { request: "claim-withdraw", about: { claim: first.id }, fields: [{ key: "text", label: t("Why") }], button: t("Sign that it is withdrawn"), said: t("Withdrawn and signed.") }))}`;
  }
}

// What was typed of one line becomes to whom it goes there.
function to(body: Record<string, unknown>): object {
  const { line, members, ...rest } = body;
  return { ...rest, to: [[line, members ?? []]] };
}

function partyView(party: ClaimParty): TemplateResult {
  return html`<p><span aria-hidden="true">${SHAPES[party.status] ?? "·"}</span> ${say("{party}: {status}", { party: html`<strong><bdi>${party.post}</bdi></strong>`, status: html`<strong>${code(party.status)}</strong>` })}</p>
    <ul>
      ${party.answers.map(
        (each) => html`<li>${code(each.stance)}${each.text ? html`: <bdi>${each.text}</bdi>` : nothing} ${each.late ? html`<strong class="mark">${t("answered late")}</strong>` : nothing} ${each.crossed ? html`<span class="mark">${t("crossed")}</span>` : nothing}
          <span class="foot">${say("signed by {officer}, {author}, {at}", { officer: each.officer ?? t("nobody"), author: each.author, at: stamp(each.at) })}</span></li>`,
      )}
    </ul>`;
}

customElements.define("claims-page", ClaimsPage);
