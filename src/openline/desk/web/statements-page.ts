// Joint statements: the text line by line in every language, each change with who made it, and who approved which version.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { actForm, folded } from "./act-form.js";
import { download } from "./downloads.js";
import { area, choice, input } from "./fields.js";
import { classMark, stamp } from "./inbox.js";
import { DeskPage } from "./page.js";
import { addressOf } from "./pages.js";
import { get, post, type JointLine, type JointStatement, type PostEvent, type StatementHead } from "./wire.js";
import { timeTyped } from "./words.js";
import { code, coded, say, t } from "./tongue.js";
import { directionOf } from "./translations.js";

const NEW = "new";
const SHORT = 12;

export class StatementsPage extends DeskPage {
  private statements: StatementHead[] = [];
  private opened: JointStatement | null = null;

  protected override concerns(event: PostEvent): boolean {
    return event.what === "entry" && event.kind.startsWith("joint");
  }

  protected override leave(): void {
    this.opened = null;
  }

  protected override async read(): Promise<void> {
    this.statements = (await get<{ statements: StatementHead[] }>("statement-list")).statements;
    this.opened = this.rest && this.rest !== NEW ? await get<JointStatement>("statement-show", { statement: this.rest }) : null;
  }

  override render(): TemplateResult {
    return html`<section aria-labelledby="page-title">
      <header class="bar">
        <h2 id="page-title" tabindex="-1">${t("Joint statements")}</h2>
        ${this.desk.may("statement-draft") ? html`<a class="button" href=${addressOf("statements", NEW)}>${t("Draft a statement")}</a>` : nothing}
      </header>
      <div class="panes">
        <ol class="rows">
          ${repeat(this.statements, (each) => each.id, (each) => this.row(each))}
        </ol>
        ${this.rest === NEW ? this.drafting() : this.opened ? this.whole(this.opened) : html`<p class="empty">${this.statements.length ? t("Choose a statement.") : t("No statement is being drafted.")}</p>`}
      </div>
    </section>`;
  }

  private row(each: StatementHead): TemplateResult {
    return html`<li>
      <a class="row" href=${addressOf("statements", each.id)} aria-current=${this.rest === each.id ? "true" : "false"}>
        <span class="head">${classMark(each)} <span class="who" dir="auto">${each.about ?? t("(withheld)")}</span> <span class="mark">${code(each.status)}</span></span>
        <span class="foot">${say("{line} · approved by {approved}; missing: {missing}", { line: each.line, approved: each.approved.join(", ") || t("nobody"), missing: each.missing.join(", ") || t("nobody") })}</span>
      </a>
    </li>`;
  }

  private drafting(): TemplateResult {
    const { desk } = this;
    const lines = desk.board.lines;
    const line = lines.find((each) => each.line === desk.drafts.get("statement line")) ?? lines[0];
    return html`<section class="compose" aria-labelledby="draft-title">
      <h3 id="draft-title">${t("Draft a joint statement")}</h3>
      <form @submit=${(event: SubmitEvent) => void this.draft(event)} @change=${() => this.requestUpdate()}>
        <p class="fields">${choice(desk, "statement line", t("Line"), lines.map((each) => each.line))} ${choice(desk, "statement class", t("Class"), coded(line?.classes ?? []))}</p>
        ${input(desk, "statement about", t("About"), { required: true, first: true })} ${input(desk, "statement languages", t("Languages, all equally authentic"), { required: true, hint: "en fr ru" })}
        ${input(desk, "statement not_before", t("Not released before (UTC; may be empty)"))}
        ${choice(desk, "statement persons", t("Each party approves by"), [["two", t("two officers")], ["one", t("one officer")]])}
        <p class="signature">${say("Signed by {officer}, for {post}, who hold the pen. All members of the line have to approve.", { officer: desk.me?.officer, post: desk.me?.post })}</p>
        <p class="acts"><button class="main" type="submit">${t("Sign and begin")}</button></p>
      </form>
    </section>`;
  }

  private async draft(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { desk } = this;
    const line = desk.board.lines.find((each) => each.line === desk.drafts.get("statement line")) ?? desk.board.lines[0];
    const said = desk.drafts.get("statement not_before");
    let id = "";
    const done = await this.sign(async () => {
      const body = {
        line: line?.line ?? "",
        class: desk.drafts.get("statement class", line?.classes[0] ?? "operation"),
        about: desk.drafts.get("statement about"),
        languages: desk.drafts.get("statement languages").split(/[\s,]+/).filter(Boolean),
        not_before: said ? timeTyped(said, desk.board.now) : 0,
        one_person: desk.drafts.get("statement persons", "two") === "one",
      };
      id = (await post<{ id: string }>("statement-draft", body)).id;
    }, t("Drafted and signed."), "statement about", "statement languages", "statement not_before");
    if (done) this.follow(NEW, addressOf("statements", id));
  }

  private whole(each: JointStatement): TemplateResult {
    const live = !each.closed && this.desk.may("statement-line");
    return html`<section class="message" aria-label=${t("statement")}>
      <header class="bar">${classMark(each)} <h3 dir="auto">${each.about ?? t("(withheld)")}</h3> <span class="mark">${code(each.status)}</span></header>
      <p class="foot">${t("Version")} <code>${each.version.slice(0, SHORT)}</code>, ${say("revision {revision}; {drafter} has the pen.", { revision: each.revision, drafter: each.drafter })}
        ${each.not_before ? say("Not released before {time}.", { time: stamp(each.not_before) }) : nothing}
        ${each.complete ? nothing : html`<strong>${t("Not every line stands in every language yet.")}</strong>`}</p>
      <table class="ladder statement-text">
        <caption>${t("The text as it stands, in languages that are equally authentic")}</caption>
        <thead><tr>${each.languages.map((language) => html`<th scope="col">${language}</th>`)}${live ? html`<th scope="col">${t("Change")}</th>` : nothing}</tr></thead>
        <tbody>
          ${repeat(each.lines, (line) => line.id, (line) => html`<tr>
            ${each.languages.map((language) => html`<td lang=${language} dir=${directionOf(language)}>${line.texts[language] ?? html`<em>${t("missing")}</em>`}</td>`)}
            ${live ? html`<td><details><summary>${t("Change")}</summary>${this.amending(each, line)}</details></td>` : nothing}
          </tr>`)}
        </tbody>
      </table>
      ${live ? this.adding(each) : nothing} ${this.proposals(each, live)} ${this.approvals(each, live)}
      <details>
        <summary>${say("{count} changes", { count: each.changes.length })}</summary>
        <ol>${each.changes.map((edit) => html`<li dir="auto">${stamp(edit.at)} <strong><bdi>${edit.author}</bdi></strong>, <bdi>${edit.officer}</bdi>: ${code(edit.change)}
          ${Object.entries(edit.after).map(([language, text]) => html`<div lang=${language}>${language}: ${edit.before[language] ? html`<del><bdi>${edit.before[language]}</bdi></del> ` : nothing}<ins><bdi>${text}</bdi></ins></div>`)}
          ${edit.text ? html`<p dir="auto">${edit.text}</p>` : nothing}</li>`)}</ol>
      </details>
      ${each.closed ? html`<p>${say("{outcome} by {author}, {officer}, {at}. {text}", { outcome: html`<strong>${code(each.closed.outcome)}</strong>`, author: each.closed.author, officer: each.closed.officer, at: stamp(each.closed.at), text: each.closed.text ?? "" })}</p>
          ${each.status === "released" ? html`<p class="acts"><button @click=${() => void this.desk.signed(() => download("statement-page", { statement: each.id }), t("The public page was given to the browser."))}>${t("Take its public page")}</button></p>` : nothing}` : nothing}
    </section>`;
  }

  private texts(prefix: string, languages: string[]): [string, string][] {
    return languages.map((each): [string, string] => [each, this.desk.drafts.get(`${prefix} ${each}`).trim()]).filter(([, text]) => text);
  }

  private adding(each: JointStatement): TemplateResult {
    const prefix = `statement ${each.id} add`;
    return html`<form
      class="inline"
      @submit=${(event: SubmitEvent) =>
        this.act(event, "statement-line", { statement: each.id, texts: this.texts(prefix, each.languages) }, each.pen ? t("Line added and signed.") : t("Line proposed and signed."), ...each.languages.map((one) => `${prefix} ${one}`))}
    >
      ${each.languages.map((language) => area(this.desk, `${prefix} ${language}`, t("New line, {language}", { language })))}
      <p class="acts"><button type="submit">${each.pen ? t("Sign and add the line") : t("Sign and propose the line")}</button></p>
    </form>`;
  }

  private amending(each: JointStatement, line: JointLine): TemplateResult {
    const prefix = `statement ${line.id} amend`;
    const names = each.languages.map((one) => `${prefix} ${one}`);
    return html`<form @submit=${(event: SubmitEvent) => this.act(event, "statement-amend", { line: line.id, texts: this.texts(prefix, each.languages) }, each.pen ? t("Amended and signed.") : t("Amendment proposed and signed."), ...names)}>
      ${each.languages.map((language) => area(this.desk, `${prefix} ${language}`, t("Instead, {language}", { language }), { hint: line.texts[language] ?? "" }))}
      <p class="foot">${t("Without any text the line is struck.")}</p>
      <p class="acts"><button type="submit">${each.pen ? t("Sign the amendment") : t("Sign the proposal")}</button></p>
    </form>`;
  }

  private proposals(each: JointStatement, live: boolean): TemplateResult | typeof nothing {
    const open = each.proposals.filter((one) => one.status === "open");
    if (!open.length) return nothing;
    return html`<h4>${t("Proposed")}</h4>
      <ul>
        ${repeat(
          open,
          (one) => one.id,
          (one) => html`<li dir="auto"><strong>${one.author}</strong>: ${code(one.change)}
            ${Object.entries(one.after).map(([language, text]) => html`<div lang=${language}>${language}: ${one.before[language] ? html`<del><bdi>${one.before[language]}</bdi></del> ` : nothing}<ins><bdi>${text}</bdi></ins></div>`)}
            ${live
              ? html`<p class="acts">
                  ${each.pen ? html`<button class="main" @click=${(event: Event) => this.act(event, "statement-word", { change: one.id, accept: true }, t("Accepted and signed."))}>${t("Accept")}</button>` : nothing}
                  <button @click=${(event: Event) => this.act(event, "statement-word", { change: one.id, accept: false }, t("Rejected and signed."))}>${one.own ? t("Take back") : t("Reject")}</button>
                </p>`
              : nothing}</li>`,
        )}
      </ul>`;
  }

  private approvals(each: JointStatement, live: boolean): TemplateResult {
    const ours = each.approvals.some((one) => one.officer === this.desk.me?.officer && one.own && one.of_this_version && !one.taken_back);
    return html`<h4>${say("Approvals: {count} of {needed} needed", { count: each.approved.length, needed: each.needed })}${each.persons > 1 ? `, ${t("each by {persons} officers", { persons: each.persons })}` : ""}</h4>
      <ul>
        ${each.approvals.map((one) => html`<li><span aria-hidden="true">${one.of_this_version && !one.taken_back ? "✓" : "✕"}</span> ${one.author}, ${one.officer}, ${stamp(one.at)}${one.of_this_version ? "" : ` — ${t("of an earlier version, void")}`}${one.taken_back ? ` — ${t("taken back")}` : ""}</li>`)}
        ${each.missing.map((one) => html`<li><span aria-hidden="true">·</span> ${say("{member} has not approved this version", { member: one })}</li>`)}
      </ul>
      ${live
        ? html`<p class="acts">
            ${each.complete && !ours ? html`<button class="main" @click=${(event: Event) => this.act(event, "statement-approve", { statement: each.id, version: each.version.slice(0, SHORT) }, t("Approved and signed: exactly the text that stands here."))}>${t("Approve exactly this text")}</button>` : nothing}
            ${ours ? html`<button @click=${(event: Event) => this.act(event, "statement-revoke", { statement: each.id }, t("Approval taken back."))}>${t("Take our approval back")}</button>` : nothing}
            ${each.pen && each.status === "ready" ? html`<button class="main" @click=${(event: Event) => this.act(event, "statement-release", { statement: each.id, version: each.version.slice(0, SHORT) }, t("Released and signed."))}>${t("Release it")}</button>` : nothing}
          </p>
          ${each.pen ? folded(t("Withdraw the statement"), actForm(this, { request: "statement-withdraw", about: { statement: each.id }, fields: [{ key: "text", label: t("Why") }], button: t("Sign that it is withdrawn"), said: t("Withdrawn and signed.") })) : nothing}`
        : nothing}`;
  }

  private act(event: Event, name: string, body: object, said: string, ...typed: string[]): void {
    event.preventDefault();
    void this.sign(() => post(name, body), said, ...typed);
  }
}

customElements.define("statements-page", StatementsPage);
