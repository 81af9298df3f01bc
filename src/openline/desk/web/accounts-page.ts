// Accounts: published texts, each mark in them beside what the record says of it, and all of them side by side.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { importView, wholeActs } from "./account-acts.js";
import { area, choice, input } from "./fields.js";
import { DeskPage } from "./page.js";
import { addressOf } from "./pages.js";
import type { Account, AccountMark, Held, Matrix, Proposal, Verdict, WholeAccount } from "./reach-types.js";
import { languageOf, code, english, say, t } from "./tongue.js";
import { get, post } from "./wire.js";

const NEW = "new";
const MATRIX = "matrix";
const IMPORT = "import";
const SHORT = 12;

const SHAPES: Record<Verdict["finding"], string> = { matches: "✓", contradicts: "✕", "not in the record": "?" };

const VOICES: [string, string][] = [
  ["", english("as proposed")],
  ["publisher", english("the publisher")],
  ["unnamed", english("unnamed officials")],
];

export class AccountsPage extends DeskPage {
  // What is filed by command is told by no event.
  protected override readonly againMs = 5_000;
  private accounts: Account[] = [];
  private opened: WholeAccount | null = null;
  private proposals: Proposal[] = [];
  private matrix: Matrix | null = null;

  protected override leave(): void {
    this.opened = null;
  }

  protected override async read(): Promise<void> {
    this.accounts = (await get<{ accounts: Account[] }>("account-list")).accounts;
    const asked = this.rest;
    this.matrix = asked === MATRIX ? await post<Matrix>("account-matrix", {}) : null;
    if (!asked || asked === NEW || asked === IMPORT || asked === MATRIX) {
      this.opened = null;
      return;
    }
    const opened = await get<WholeAccount>("account-show", { account: asked });
    this.proposals = (await get<{ proposals: Proposal[] }>("account-propose", { account: asked })).proposals;
    this.opened = opened;
  }

  override render(): TemplateResult {
    return html`<section aria-labelledby="page-title">
      <header class="bar">
        <h2 id="page-title" tabindex="-1">${t("Accounts")} <span class="count">${this.accounts.length}</span></h2>
        ${this.desk.may("account-add") ? html`<a class="button" href=${addressOf("accounts", NEW)}>${t("File a text")}</a> <a class="button" href=${addressOf("accounts", IMPORT)}>${t("Take one in")}</a>` : nothing}
        <a class="button" href=${addressOf("accounts", MATRIX)}>${t("Sources against facts")}</a>
      </header>
      ${this.matrix
        ? this.beside(this.matrix)
        : html`<div class="panes">
            <ol class="rows">
              ${repeat(this.accounts, (each) => each.id, (each) => this.row(each))}
            </ol>
            ${this.rest === NEW ? this.filing() : this.rest === IMPORT ? importView(this) : this.opened ? this.whole(this.opened) : html`<p class="empty">${this.accounts.length ? t("Choose an account.") : t("No text is filed yet.")}</p>`}
          </div>`}
    </section>`;
  }

  private row(each: Account): TemplateResult {
    const chosen = this.rest === each.id;
    return html`<li>
      <a class="row ${chosen ? "opened" : ""}" aria-current=${chosen ? "true" : "false"} href=${addressOf("accounts", each.id)}>
        <span class="head"><span class="who" dir="auto">${each.publisher}</span> <span>${each.published}</span> ${each.from ? html`<span class="mark">${say("marks of {post}", { post: each.from })}</span>` : nothing}</span>
        <span class="foot">${say("{language}, {count} characters, filed by {officer}", { language: each.language, count: each.characters, officer: each.officer })}</span>
      </a>
    </li>`;
  }

  private filing(): TemplateResult {
    const { desk } = this;
    return html`<section class="compose" aria-labelledby="file-title">
      <h3 id="file-title">${t("File a published text")}</h3>
      <form @submit=${(event: Event) => void this.file(event)}>
        ${area(desk, "account text", t("Text, as it was published"), { required: true, first: true })}
        ${input(desk, "account publisher", t("Publisher"), { required: true })} ${input(desk, "account published", t("Day"), { required: true, hint: "2022-11-16" })}
        ${input(desk, "account about", t("About which entry (its id; may be empty)"))} ${input(desk, "account language", t("Language"), { hint: "en" })}
        <p class="foot">${t("It stays in this home; nothing of it goes out.")}</p>
        <p class="acts"><button class="main" type="submit">${t("File it")}</button></p>
      </form>
    </section>`;
  }

  private async file(event: Event): Promise<void> {
    event.preventDefault();
    const field = (name: string): string => this.desk.drafts.get(`account ${name}`).trim();
    const body = { text: this.desk.drafts.get("account text"), publisher: field("publisher"), published: field("published"), about: field("about"), language: field("language") || "en" };
    let id = "";
    const done = await this.sign(
      async () => {
        id = (await post<{ id: string }>("account-add", body)).id;
      },
      t("Filed."),
      ...["text", "publisher", "published", "about", "language"].map((each) => `account ${each}`),
    );
    if (done) this.follow(NEW, addressOf("accounts", id));
  }

  private whole(account: WholeAccount): TemplateResult {
    return html`<section class="message" aria-label=${t("account")}>
      <header class="bar">
        <h3 dir="auto">${account.publisher}, ${account.published}</h3>
        <a class="button" href=${addressOf("accounts")}>${t("Close")}</a>
      </header>
      <p class="foot">${account.about ? say("About {entry}.", { entry: entryLink(account.about) }) : t("About nothing on the record.")} <code>${account.id.slice(0, SHORT)}</code></p>
      <div class="beside">
        <div class="said account-text" lang=${languageOf(account.language)} dir="auto">${highlighted(account)}</div>
        <ol class="verdicts" aria-label=${t("Marks")}>
          ${repeat(account.marks, (each) => each.mark, (each) => this.mark(account, each))}
        </ol>
      </div>
      ${account.marks.length ? nothing : html`<p class="empty">${t("Nothing is marked yet.")}</p>`}
      ${this.proposed(account)} ${wholeActs(this, account)}
    </section>`;
  }

  private mark(account: Account, mark: AccountMark): TemplateResult {
    const id = `mark ${account.id} ${mark.mark}`;
    return html`<li class="said" id=${`mark-${mark.mark}`}>
      <p class="head"><strong>${mark.mark}.</strong> ${findingMark(mark.verdict)}</p>
      <p dir="auto">“${mark.words}”</p>
      <p>${mark.says}; ${mark.according_to.says}</p>
      ${why(mark.verdict)}
      <p class="foot">${say("Marked by {officer}.", { officer: mark.officer })}</p>
      ${this.desk.may("account-unmark")
        ? html`<button @click=${() => void this.sign(() => post("account-unmark", { account: account.id, mark: mark.mark }), t("Mark {number} is gone.", { number: mark.mark }), id)}>${t("Take mark {number} away", { number: mark.mark })}</button>`
        : nothing}
    </li>`;
  }

  private proposed(account: Account): TemplateResult | typeof nothing {
    const { desk } = this;
    if (!this.proposals.length) return nothing;
    return html`<h4>${t("Proposed by the program; nothing of it counts until somebody accepts it")}</h4>
      <ul class="verdicts">
        ${repeat(this.proposals, (each) => each.id, (each) => {
          const voice = `proposal ${account.id} ${each.id}`;
          const body = (): object => {
            const said = desk.drafts.get(voice);
            return { account: account.id, proposal: each.id, ...(said ? { according_to: said } : {}) };
          };
          return html`<li class="said">
            <p dir="auto">“${each.words}”</p>
            <p>${each.says}; ${each.according_to.says}</p>
            <p class="foot">${each.because.map((one) => html`${say("“{words}” taken as {meaning}.", { words: one.words, meaning: one.taken_as })} `)}</p>
            ${desk.may("account-accept")
              ? html`<p class="fields">
                  ${choice(desk, voice, t("According to"), VOICES.map(([value, words]): [string, string] => [value, code(words)]))}
                  <button class="main" @click=${() => void this.sign(() => post("account-accept", body()), t("Accepted."), voice)}>${t("Accept")}</button>
                  <button @click=${() => void this.sign(() => post("account-reject", { account: account.id, proposal: each.id }), t("Rejected; it is not proposed again."), voice)}>${t("Reject")}</button>
                </p>`
              : nothing}
          </li>`;
        })}
      </ul>`;
  }

  private beside(matrix: Matrix): TemplateResult {
    const cell = (held: Held[]): TemplateResult[] => held.map((each) => html`<p>${each.says}; ${each.according_to}<br />${findingMark(each.verdict)} ${each.verdict.entry ? entryLink(each.verdict.entry) : nothing}</p>`);
    return html`<div class="wide" tabindex="0" role="region" aria-label=${t("Sources against facts")}>
        <table class="ladder">
          <caption>${t("Each fact, and what each source asserts of it")}</caption>
          <thead>
            <tr><th scope="col">${t("Fact")}</th>${matrix.accounts.map((each) => html`<th scope="col"><a href=${addressOf("accounts", each.id)}>${each.publisher}, ${each.published}</a></th>`)}</tr>
          </thead>
          <tbody>
            ${matrix.rows.map(
              (row) => html`<tr>
                <th scope="row">${row.explained}${row.about ? html` <small>${entryLink(row.about)}</small>` : nothing}</th>
                ${matrix.accounts.map((account) => html`<td>${cell(row.asserted.filter((each) => each.account === account.id))}</td>`)}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${matrix.rows.length ? nothing : html`<p class="empty">${t("No account has marks yet.")}</p>`}
      ${matrix.conflicts.map(
        (each) => html`<p class="said"><strong class="finding contradicts"><span aria-hidden="true">✕</span> ${t("they contradict each other")}</strong>: <bdi>${each.one.says}</bdi>; <bdi>${each.other.says}</bdi>. <bdi>${each.why}</bdi></p>`,
      )}`;
  }
}

// The text with every mark in its place; where marks overlap, the words belong to all that hold them.
function highlighted(account: WholeAccount): (TemplateResult | string)[] {
  const characters = [...account.text];
  const ends = account.marks.flatMap((each) => [each.start, each.end]);
  const cuts = [...new Set([0, ...ends, characters.length])].sort((one, other) => one - other);
  return cuts.slice(0, -1).map((from, at) => {
    const words = characters.slice(from, cuts[at + 1]).join("");
    const held = account.marks.filter((each) => each.start <= from && from < each.end);
    if (!held.length) return words;
    const finding = held.some((each) => each.verdict.finding === "contradicts") ? "contradicts" : (held[0] as AccountMark).verdict.finding;
    const closing = held.filter((each) => each.end === cuts[at + 1]);
    return html`<mark class="finding ${finding.replaceAll(" ", "-")}">${words}</mark>${closing.map((each) => html`<sup><span aria-hidden="true">${SHAPES[each.verdict.finding]}</span>${each.mark}<span class="unseen"> ${findingWords(each.verdict)}</span></sup>`)}`;
  });
}

function findingWords(verdict: Verdict): string {
  return { matches: t("matches"), contradicts: t("contradicts"), "not in the record": t("not in the record") }[verdict.finding];
}

function findingMark(verdict: Verdict): TemplateResult {
  return html`<strong class="finding ${verdict.finding.replaceAll(" ", "-")}"><span aria-hidden="true">${SHAPES[verdict.finding]}</span> ${findingWords(verdict)}</strong>`;
}

function why(verdict: Verdict): TemplateResult {
  const entries = [verdict.entry, ...verdict.against].filter((each): each is string => Boolean(each));
  return html`<p>${verdict.why} ${entries.length ? say("Decided by {entries}", { entries: entries.map((each) => html`${entryLink(each)} `) }) : nothing}</p>`;
}

function entryLink(id: string): TemplateResult {
  return html`<a href=${addressOf("record", id)}><code>${id.slice(0, SHORT)}</code></a>`;
}

customElements.define("accounts-page", AccountsPage);
