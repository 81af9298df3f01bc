// Reach: whom we asked, reached and briefed; one contact with its attempts and all that follows it; two offices' past.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { actForm, folded } from "./act-form.js";
import type { HoaxCall } from "./claim-types.js";
import { hoaxView } from "./hoax-view.js";
import { partyView, requestView } from "./calls.js";
import { download } from "./downloads.js";
import { choice } from "./fields.js";
import { classMark, rank, stamp } from "./inbox.js";
import { DeskPage } from "./page.js";
import { addressOf } from "./pages.js";
import type { Board, Commitment, Compared, Digits, Disclosures, History, HistoryRow, Minute, Offices, ReachRow, Readouts } from "./reach-types.js";
import { readoutsView } from "./readouts-view.js";
import { commitmentsView, disclosureView, minuteView } from "./talk-view.js";
import { code, say, t } from "./tongue.js";
import { get, post, type Contact } from "./wire.js";
import { span } from "./words.js";

const NEWEST = 200;
const SHORT = 12;
const HOAXES = 20;
const AGAIN_MS = 1000;
const SHAPES: Record<string, string> = { held: "✓", briefed: "✓", refused: "✕", "no-answer": "✕", withdrawn: "✕" };

export class ReachPage extends DeskPage {
  private board: Board | null = null;
  private contacts: Contact[] = [];
  private opened: Contact | null = null;
  private minute: Minute | null = null;
  private commitments: Commitment[] = [];
  private disclosures: Disclosures | null = null;
  private readouts: Readouts | null = null;
  // Texts held against each other word by word, by the readout that was asked about.
  compared = new Map<string, Compared>();
  private hoaxes: HoaxCall[] = [];
  private digits: Digits | null = null;
  private offices: [string, string][] = [];
  private history: History | null = null;
  private timer: number | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override leave(): void {
    this.opened = null;
  }

  protected override async read(): Promise<void> {
    const matter = this.desk.drafts.get("reach matter");
    this.board = await get<Board>("call-board", matter ? { matter } : {});
    this.contacts = (await get<{ contacts: Contact[] }>("call-list", { most: NEWEST })).contacts;
    this.hoaxes = (await get<{ calls: HoaxCall[] }>("hoax-list", { most: HOAXES })).calls;
    await this.readOffices();
    const contact = this.rest;
    if (this.opened?.id !== contact) this.forgetDigits();
    if (!contact) {
      this.opened = null;
      return;
    }
    const opened = await get<Contact>("call-show", { contact });
    this.minute = (await get<{ minutes: Minute[] }>("minute-show", { contact })).minutes[0] ?? null;
    const { commitments } = await get<{ commitments: Commitment[] }>("commit-list", { line: opened.line, most: NEWEST });
    this.commitments = commitments.filter((each) => each.contact === opened.id);
    this.disclosures = await get<Disclosures>("disclose-show", { contact });
    this.readouts = await get<Readouts>("readout-show", { contact });
    this.opened = opened;
  }

  private line(): string {
    return this.desk.drafts.get("reach line", this.desk.board.lines[0]?.line ?? "");
  }

  private async readOffices(): Promise<void> {
    const line = this.line();
    if (!line) return;
    const { members } = await get<Offices>("office-list", { line });
    const published = members.flatMap((member) => member.offices.map((each): [string, string] => [member.post, each.office]));
    const own = this.contacts.filter((each) => each.line === line);
    const asked = own.flatMap((each) => [
      ...each.requests.map((request): [string, string] => [request.author, request.office]),
      ...each.parties.map((party): [string, string] => [party.post, party.office]),
    ]);
    this.offices = [...new Map([...published, ...asked].map((each) => [each.join(": "), each])).values()];
  }

  private forgetDigits(): void {
    clearTimeout(this.timer);
    this.digits = null;
  }

  override render(): TemplateResult {
    return html`<section aria-labelledby="page-title">
      <header class="bar"><h2 id="page-title" tabindex="-1">${t("Reach")}</h2></header>
      <div class="panes">
        <div>${this.board ? this.boardView(this.board) : nothing} ${this.contactList()} ${this.past()} ${this.holding()} ${hoaxView(this, this.hoaxes)}</div>
        ${this.opened ? this.whole(this.opened) : html`<p class="empty">${t("Choose a contact.")}</p>`}
      </div>
    </section>`;
  }

  private boardView(board: Board): TemplateResult {
    const matters: [string, string][] = [["", t("all matters")], ...board.matters.map((each): [string, string] => [each, each])];
    return html`<div @change=${() => void this.refresh()}>${choice(this.desk, "reach matter", t("Matter"), matters)}</div>
      <div class="wide" tabindex="0" role="region" aria-label=${t("Reach board")}>
        <table class="ladder">
          <caption>${t("Whom we asked, reached and briefed")}</caption>
          <thead><tr>${[t("Office"), t("Stands"), t("Layer reached"), t("Attempts"), t("Contact")].map((each) => html`<th scope="col">${each}</th>`)}</tr></thead>
          <tbody>${board.rows.map((each) => this.boardRow(each))}</tbody>
        </table>
      </div>
      ${board.rows.length ? nothing : html`<p class="empty">${t("We have asked nobody.")}</p>`}
      ${board.told.length ? html`<p class="foot">${say("Also told, by what we wrote: {names}.", { names: board.told.join("; ") })}</p>` : nothing}`;
  }

  private boardRow(row: ReachRow): TemplateResult {
    const proof = row.briefed ?? row.refused;
    return html`<tr>
      <th scope="row"><bdi>${row.office || t("(any office)")}</bdi>, <bdi>${row.post}</bdi> <small><bdi>${row.line}</bdi></small></th>
      <td><span aria-hidden="true">${SHAPES[row.stands] ?? "·"}</span> <strong>${code(row.stands)}</strong>${proof ? html` ${say("by {officer} {at}", { officer: proof.officer ?? t("nobody"), at: stamp(proof.at) })}` : nothing}</td>
      <td>${code(row.layer)}</td>
      <td>${row.attempts}</td>
      <td>${row.contacts.map((id) => html`<a href=${addressOf("reach", id)}><code>${id.slice(0, 8)}</code></a> `)}</td>
    </tr>`;
  }

  private contactList(): TemplateResult {
    return html`<h3>${t("Contacts")}</h3>
      <ol class="rows">
        ${repeat(this.contacts, (each) => each.id, (each) => {
          const request = each.requests[0];
          const attempts = each.parties.reduce((sum, party) => sum + party.attempts.length, 0);
          return html`<li>
            <a class="row ${each.precedence} ${this.rest === each.id ? "opened" : ""}" aria-current=${this.rest === each.id ? "true" : "false"} href=${addressOf("reach", each.id)}>
              <span class="head">${rank(each)} ${classMark(each)} <span class="who">${say("{post}, {officer}", { post: request?.author, officer: request?.office })}</span> <span class="mark">${each.open ? t("open") : t("closed")}</span></span>
              <span>${each.parties.map((party) => html`<span class="each"><bdi>${party.office}</bdi> (<bdi>${party.post}</bdi>): ${code(party.outcome ?? party.answers.at(-1)?.reply ?? "") || t("no answer yet")}</span> `)}</span>
              <span class="foot">${t("{count} attempts", { count: attempts })} · ${say("reply by {time}", { time: stamp(each.reply_by) })}</span>
            </a>
          </li>`;
        })}
      </ol>
      ${this.contacts.length ? nothing : html`<p class="empty">${t("There is no contact yet.")}</p>`}`;
  }

  private past(): TemplateResult | typeof nothing {
    const { desk } = this;
    const names = this.offices.map((each, at): [string, string] => [each.join(": "), `${this.offices[at]?.[1] ?? ""} (${each[0]})`]);
    if (names.length < 2) return nothing;
    return html`<form class="inline" aria-labelledby="past-title" @submit=${(event: Event) => this.ask(event)}>
        <h3 id="past-title">${t("What two offices have had of each other")}</h3>
        <div class="fields" @change=${() => void this.refresh()}>${choice(desk, "reach line", t("Line"), desk.board.lines.map((each) => each.line))}</div>
        <p class="fields">${choice(desk, "reach one", t("One office"), names)} ${choice(desk, "reach other", t("The other office"), [...names].reverse())}</p>
        <p class="acts"><button type="submit">${t("Show")}</button></p>
      </form>
      ${this.history ? historyView(this.history) : nothing}`;
  }

  // A new holder of an office of ours, which is told to the members of a line.
  private holding(): TemplateResult | typeof nothing {
    const { desk } = this;
    const own = this.offices.filter(([post]) => post === desk.board.post).map(([, office]) => office);
    if (!own.length) return nothing;
    const form = actForm(this, {
      request: "office-hold",
      about: { line: this.line() },
      fields: [
        { key: "office", label: t("Office of ours"), as: "choice", among: own },
        { key: "holder", label: t("Who holds it"), required: true },
        { key: "since", label: t("Since when (UTC; empty: now)"), as: "past" },
      ],
      button: t("Sign the new holder"),
      said: t("Published and signed."),
    });
    return folded(t("Name a new holder of an office"), form);
  }

  private ask(event: Event): void {
    event.preventDefault();
    const names = this.offices.map((each) => each.join(": "));
    const pick = (name: string, otherwise: string): [string, string] | undefined => this.offices[names.indexOf(this.desk.drafts.get(name, otherwise))];
    const body = { line: this.line(), one: pick("reach one", names[0] ?? ""), other: pick("reach other", names.at(-1) ?? "") };
    void this.desk.tried(async () => {
      this.history = await post<History>("office-history", body);
      this.requestUpdate();
    });
  }

  private whole(contact: Contact): TemplateResult {
    const { desk } = this;
    const parties = [...new Set([contact.requests[0]?.author ?? "", ...contact.parties.map((each) => each.post)])].filter(Boolean);
    const ours = contact.requests.some((each) => each.author === desk.board.post);
    return html`<section class="message" aria-label=${t("contact")}>
      <header class="bar">
        <h3>${say("Call on {line}", { line: contact.line })}</h3>
        <button @click=${() => desk.openCall(contact.id)}>${t("Answer, try or close it")}</button>
        <a class="button" href=${addressOf("reach")}>${t("Close")}</a>
      </header>
      ${contact.requests.map((each) => requestView(contact, each))} ${contact.parties.map((each) => partyView(contact, each))}
      ${this.digitsView(contact)} ${ours && desk.may("call-close") ? this.certificates(contact) : nothing} ${this.responding(contact)}
      ${minuteView(this, contact.id, this.minute)} ${commitmentsView(this, contact.id, this.commitments, parties)}
      ${this.disclosures ? disclosureView(this, contact.id, this.disclosures, parties) : nothing}
      ${this.readouts ? readoutsView(this, contact.id, this.readouts, parties) : nothing}
    </section>`;
  }

  private digitsView(contact: Contact): TemplateResult | typeof nothing {
    if (!this.desk.may("call-digits")) return nothing;
    const each = this.digits;
    const groups = (digits = ""): string => digits.replace(/(\d{3})(?=\d)/g, "$1 ");
    return html`<section aria-labelledby="digits-title">
      <h4 id="digits-title">${t("Check digits")}</h4>
      ${each?.ready
        ? html`<p role="status">${each.first ? say("With {peer}: read first.", { peer: each.peer }) : say("With {peer}: hear first, then answer.", { peer: each.peer })}</p>
            <dl class="whole digits"><dt>${t("Read aloud")}</dt><dd dir="ltr"><strong>${groups(each.read)}</strong></dd><dt>${t("Expect to hear")}</dt><dd dir="ltr"><strong>${groups(each.hear)}</strong></dd></dl>
            <p class="foot">${t("For one use. If you hear anything else, it is not them: hang up.")}</p>
            <p class="acts"><button @click=${() => { this.forgetDigits(); this.requestUpdate(); }}>${t("They are used")}</button></p>`
        : each
          ? html`<p role="status">${each.until ? say("Waiting for {peer} to ask for them, too: {left} left.", { peer: each.peer, left: span(each.until - this.now) }) : say("Waiting for {peer} to ask for them, too.", { peer: each.peer })}</p>`
          : html`<p class="acts">
              ${contact.parties.map((party) => html`<button @click=${() => void this.askDigits(contact, party.post)}>${contact.parties.length > 1 ? t("Ask for digits with {post}", { post: party.post }) : t("Ask for digits")}</button>`)}
            </p>`}
    </section>`;
  }

  // The digits come once both sides have asked; until then this page asks again.
  private async askDigits(contact: Contact, peer: string): Promise<void> {
    const body = { contact: contact.id, peer: contact.parties.length > 1 ? peer : "" };
    const asked = await this.desk.tried(async () => {
      this.digits = await post<Digits>("call-digits", body);
    });
    this.requestUpdate();
    clearTimeout(this.timer);
    if (asked && this.digits && !this.digits.ready && this.isConnected) {
      if (this.now > (this.digits.until ?? 0)) this.forgetDigits();
      else this.timer = setTimeout(() => void this.askDigits(contact, peer), AGAIN_MS);
    }
  }

  // To a certificate of no contact about this post: what our own record holds of that call.
  private responding(contact: Contact): TemplateResult | typeof nothing {
    if (!contact.parties.some((each) => each.post === this.desk.board.post && each.certificates.length)) return nothing;
    const form = actForm(this, { request: "call-respond", about: { contact: contact.id }, fields: [{ key: "text", label: t("In words (may be empty)") }], button: t("Sign what our record holds"), said: t("Responded and signed.") });
    return folded(t("Respond to the certificate about this post"), form);
  }

  private certificates(contact: Contact): TemplateResult {
    return html`<p class="acts">
      ${contact.parties.map(
        (each) => html`<button @click=${() => void this.certify(contact, each.post)}>${t("Certify how far we got with {post}", { post: each.post })}</button>`,
      )}
    </p>`;
  }

  private async certify(contact: Contact, peer: string): Promise<void> {
    const closer = contact.closer === this.desk.board.post;
    await this.desk.signed(() => download("call-certificate", { contact: contact.id, peer: closer ? peer : "" }), t("Certified, signed, and given to the browser."));
    await this.refresh();
  }
}

function historyView(history: History): TemplateResult {
  const row = (each: HistoryRow): TemplateResult => html`<a href=${addressOf("reach", each.contact)}>${say("{outcome}, asked by {post}", { outcome: html`${code(each.outcome)}`, post: each.asked_by })}</a> ${stamp(each.at)}`;
  return html`<section aria-label=${t("history")}>
    <ul>${history.sides.map((each) => html`<li><bdi>${each.office}</bdi> (<bdi>${each.post}</bdi>): <strong><bdi>${each.holder || t("no holder published")}</bdi></strong>${each.since ? html` ${say("since {time}", { time: stamp(each.since) })}` : nothing}</li>`)}</ul>
    <p>${t("Last held:")} ${history.last ? row(history.last) : t("never")}. ${t("Between these holders:")} ${history.last_by_these_holders ? row(history.last_by_these_holders) : t("never")}.</p>
    <ol>${history.contacts.map((each) => html`<li>${row(each)} <code>${each.contact.slice(0, SHORT)}</code></li>`)}</ol>
  </section>`;
}

customElements.define("reach-page", ReachPage);
