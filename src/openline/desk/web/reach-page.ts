// Reach: whom we asked, reached and briefed; one contact with its attempts and all that follows it; two offices' past.

import { html, nothing, type TemplateResult } from "lit";
import { partyView, requestView } from "./calls.js";
import { download } from "./downloads.js";
import { choice } from "./fields.js";
import { classMark, rank, stamp } from "./inbox.js";
import { DeskPage } from "./page.js";
import { addressOf } from "./pages.js";
import type { Board, Commitment, Digits, Disclosures, History, HistoryRow, Minute, Offices, ReachRow, Readouts } from "./reach-types.js";
import { commitmentsView, disclosureView, minuteView, readoutsView } from "./talk-view.js";
import { get, post, type Contact } from "./wire.js";
import { span } from "./words.js";

const NEWEST = 200;
const SHORT = 12;
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
  private digits: Digits | null = null;
  private offices: [string, string][] = [];
  private history: History | null = null;
  private timer: number | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override async read(): Promise<void> {
    const matter = this.desk.drafts.get("reach matter");
    this.board = await get<Board>("call-board", matter ? { matter } : {});
    this.contacts = (await get<{ contacts: Contact[] }>("call-list", { most: NEWEST })).contacts;
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

  act(event: Event, name: string, body: () => object, said: string, ...typed: string[]): void {
    event.preventDefault();
    void this.sign(() => post(name, body()), said, ...typed);
  }

  override render(): TemplateResult {
    return html`<section aria-labelledby="page-title">
      <header class="bar"><h2 id="page-title" tabindex="-1">Reach</h2></header>
      <div class="panes">
        <div>${this.board ? this.boardView(this.board) : nothing} ${this.contactList()} ${this.past()}</div>
        ${this.opened ? this.whole(this.opened) : html`<p class="empty">Choose a contact.</p>`}
      </div>
    </section>`;
  }

  private boardView(board: Board): TemplateResult {
    const matters: [string, string][] = [["", "all matters"], ...board.matters.map((each): [string, string] => [each, each])];
    return html`<div @change=${() => void this.refresh()}>${choice(this.desk, "reach matter", "Matter", matters)}</div>
      <div class="wide" tabindex="0" role="region" aria-label="Reach board">
        <table class="ladder">
          <caption>Whom we asked, reached and briefed</caption>
          <thead><tr><th scope="col">Office</th><th scope="col">Stands</th><th scope="col">Layer reached</th><th scope="col">Attempts</th><th scope="col">Contact</th></tr></thead>
          <tbody>${board.rows.map((each) => this.boardRow(each))}</tbody>
        </table>
      </div>
      ${board.rows.length ? nothing : html`<p class="empty">We have asked nobody.</p>`}
      ${board.told.length ? html`<p class="foot">Also told, by what we wrote: ${board.told.join("; ")}.</p>` : nothing}`;
  }

  private boardRow(row: ReachRow): TemplateResult {
    const proof = row.briefed ?? row.refused;
    return html`<tr>
      <th scope="row">${row.office || "(any office)"}, ${row.post} <small>${row.line}</small></th>
      <td><span aria-hidden="true">${SHAPES[row.stands] ?? "·"}</span> <strong>${row.stands}</strong>${proof ? html` by ${proof.officer} ${stamp(proof.at)}` : nothing}</td>
      <td>${row.layer}</td>
      <td>${row.attempts}</td>
      <td>${row.contacts.map((id) => html`<a href=${addressOf("reach", id)}><code>${id.slice(0, 8)}</code></a> `)}</td>
    </tr>`;
  }

  private contactList(): TemplateResult {
    return html`<h3>Contacts</h3>
      <ol class="rows">
        ${this.contacts.map((each) => {
          const request = each.requests[0];
          const attempts = each.parties.reduce((sum, party) => sum + party.attempts.length, 0);
          return html`<li>
            <a class="row ${each.precedence} ${this.rest === each.id ? "opened" : ""}" aria-current=${this.rest === each.id ? "true" : "false"} href=${addressOf("reach", each.id)}>
              <span class="head">${rank(each)} ${classMark(each)} <span class="who">${request?.author}, ${request?.office}</span> <span class="mark">${each.open ? "open" : "closed"}</span></span>
              <span dir="auto">${each.parties.map((party) => `${party.office} (${party.post}): ${party.outcome ?? party.answers.at(-1)?.reply ?? "no answer yet"}`).join("; ")}</span>
              <span class="foot">${attempts} attempts · reply by ${stamp(each.reply_by)}</span>
            </a>
          </li>`;
        })}
      </ol>
      ${this.contacts.length ? nothing : html`<p class="empty">There is no contact yet.</p>`}`;
  }

  private past(): TemplateResult | typeof nothing {
    const { desk } = this;
    const names = this.offices.map((each, at): [string, string] => [each.join(": "), `${this.offices[at]?.[1] ?? ""} (${each[0]})`]);
    if (names.length < 2) return nothing;
    return html`<form class="inline" aria-labelledby="past-title" @submit=${(event: Event) => this.ask(event)}>
        <h3 id="past-title">What two offices have had of each other</h3>
        <div class="fields" @change=${() => void this.refresh()}>${choice(desk, "reach line", "Line", desk.board.lines.map((each) => each.line))}</div>
        <p class="fields">${choice(desk, "reach one", "One office", names)} ${choice(desk, "reach other", "The other office", [...names].reverse())}</p>
        <p class="acts"><button type="submit">Show</button></p>
      </form>
      ${this.history ? historyView(this.history) : nothing}`;
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
    return html`<section class="message" aria-label="contact">
      <header class="bar">
        <h3>Call on ${contact.line}</h3>
        <button @click=${() => desk.openCall(contact.id)}>Answer, try or close it</button>
        <a class="button" href=${addressOf("reach")}>Close</a>
      </header>
      ${contact.requests.map((each) => requestView(contact, each))} ${contact.parties.map((each) => partyView(contact, each))}
      ${this.digitsView(contact)} ${ours && desk.may("call-close") ? this.certificates(contact) : nothing}
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
      <h4 id="digits-title">Check digits</h4>
      ${each?.ready
        ? html`<p role="status">With ${each.peer}: ${each.first ? "read first" : "hear first, then answer"}.</p>
            <dl class="whole digits"><dt>Read aloud</dt><dd><strong>${groups(each.read)}</strong></dd><dt>Expect to hear</dt><dd><strong>${groups(each.hear)}</strong></dd></dl>
            <p class="foot">For one use. If you hear anything else, it is not them: hang up.</p>
            <p class="acts"><button @click=${() => { this.forgetDigits(); this.requestUpdate(); }}>They are used</button></p>`
        : each
          ? html`<p role="status">Waiting for ${each.peer} to ask for them, too${each.until ? `, ${span(each.until - this.now)} more` : ""}.</p>`
          : html`<p class="acts">
              ${contact.parties.map((party) => html`<button @click=${() => void this.askDigits(contact, party.post)}>Ask for digits${contact.parties.length > 1 ? ` with ${party.post}` : ""}</button>`)}
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

  private certificates(contact: Contact): TemplateResult {
    return html`<p class="acts">
      ${contact.parties.map(
        (each) => html`<button @click=${() => void this.certify(contact, each.post)}>Certify how far we got with ${each.post}</button>`,
      )}
    </p>`;
  }

  private async certify(contact: Contact, peer: string): Promise<void> {
    const closer = contact.closer === this.desk.board.post;
    await this.desk.signed(() => download("call-certificate", { contact: contact.id, peer: closer ? peer : "" }), "Certified, signed, and given to the browser.");
    await this.refresh();
  }
}

function historyView(history: History): TemplateResult {
  const row = (each: HistoryRow): TemplateResult => html`<a href=${addressOf("reach", each.contact)}>${each.outcome}, asked by ${each.asked_by}</a> ${stamp(each.at)}`;
  return html`<section aria-label="history">
    <ul>${history.sides.map((each) => html`<li>${each.office} (${each.post}): <strong>${each.holder || "no holder published"}</strong>${each.since ? html` since ${stamp(each.since)}` : nothing}</li>`)}</ul>
    <p>Last held: ${history.last ? row(history.last) : "never"}. Between these holders: ${history.last_by_these_holders ? row(history.last_by_these_holders) : "never"}.</p>
    <ol>${history.contacts.map((each) => html`<li>${row(each)} <code>${each.contact.slice(0, SHORT)}</code></li>`)}</ol>
  </section>`;
}

customElements.define("reach-page", ReachPage);
