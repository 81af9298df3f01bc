// Notices: those that stand first, the life of each, and the two ways of giving one: by a form, or as others issued it.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { choice } from "./fields.js";
import { classMark, rank, stamp } from "./inbox.js";
import { composeView, type Compose } from "./notice-compose.js";
import { importView, type Import } from "./notice-import.js";
import { lifeView } from "./notice-life.js";
import { DeskPage } from "./page.js";
import { addressOf } from "./pages.js";
import { get, post, type Form, type Notice, type NoticeSummary, type PostEvent } from "./wire.js";
import { code, coded, list, say, t, tongue } from "./tongue.js";

const NEWEST = 200;
// What is owed and in force changes with time alone.
const AGAIN_MS = 10_000;
export const NEW = "new";
export const IMPORT = "import";

export class NoticesPage extends DeskPage {
  notices: NoticeSummary[] = [];
  total = 0;
  forms: Form[] = [];
  opened: Notice | null = null;
  compose: Compose = { outlines: [], areas: [] };
  taken: Import = { messages: [] };
  protected override readonly againMs = AGAIN_MS;

  protected override concerns(event: PostEvent): boolean {
    return event.what === "entry" && event.kind.startsWith("notice");
  }

  protected override leave(): void {
    this.opened = null;
  }

  protected override async read(): Promise<void> {
    const listed = await get<{ notices: NoticeSummary[]; total: number }>("notice-list", { most: NEWEST });
    this.notices = listed.notices;
    this.total = listed.total;
    const asked = this.rest;
    if (asked === NEW || asked === IMPORT) {
      const line = this.desk.drafts.get("notice line", this.desk.board.lines[0]?.line ?? "");
      this.forms = (await get<{ forms: Form[] }>("notice-forms", { line, language: tongue() })).forms;
      this.opened = null;
    } else this.opened = asked ? await get<Notice>("notice-show", { notice: asked, language: tongue() }) : null;
  }

  override render(): TemplateResult {
    return html`<section aria-labelledby="page-title">
      <header class="bar">
        <h2 id="page-title" tabindex="-1">${t("Notices")} <span class="count">${this.total}</span></h2>
        ${this.desk.may("notice-send")
          ? html`<a class="button" href=${addressOf("notices", NEW)}>${t("Give notice")}</a>
              <a class="button" href=${addressOf("notices", IMPORT)}>${t("Import warnings")}</a>`
          : nothing}
      </header>
      <div class="panes">
        <ol class="rows">
          ${repeat(this.notices, (each) => each.id, (each) => this.row(each))}
        </ol>
        ${this.pane()}
      </div>
    </section>`;
  }

  private pane(): TemplateResult {
    if (this.rest === NEW) return composeView(this);
    if (this.rest === IMPORT) return importView(this);
    if (this.opened) return lifeView(this, this.opened);
    return html`<p class="empty">${this.notices.length ? t("Choose a notice.") : t("No notice has come or gone yet.")}</p>`;
  }

  private row(notice: NoticeSummary): TemplateResult {
    const waits = notice.owes.length > 0;
    return html`<li>
      <a
        class="row ${notice.precedence} ${waits ? "waits" : ""} ${this.rest === notice.id ? "opened" : ""}"
        aria-current=${this.rest === notice.id ? "true" : "false"}
        href=${addressOf("notices", notice.id)}
      >
        <span class="head">
          ${rank(notice)} ${classMark(notice)}
          <span class="who"><bdi>${called(notice)}</bdi></span> <span class="mark">${code(notice.state)}</span>
        </span>
        <span class="foot">
          ${notice.own ? t("to {to}", { to: notice.line }) : t("{author} on {line}", { author: notice.author, line: notice.line })} ·
          ${notice.windows[0] ? stamp(notice.windows[0].start) : t("no window")}
          ${waits ? html` · <strong>${say("owed: {owes}", { owes: notice.owes.map((each, at) => html`${at ? "; " : ""}<bdi><bdi>${each.member}</bdi>: ${list(each.for.map(code))}</bdi>`) })}</strong>` : nothing}
        </span>
      </a>
    </li>`;
  }

  lineAndClass(): TemplateResult {
    const lines = this.desk.board.lines;
    const line = lines.find((each) => each.line === this.desk.drafts.get("notice line")) ?? lines[0];
    return html`<p class="fields">
      ${choice(this.desk, "notice line", t("Line"), lines.map((each) => each.line))}
      ${choice(this.desk, "notice class", t("Class"), coded(line?.classes ?? []))}
    </p>`;
  }

  act(event: SubmitEvent, name: string, body: object, said: string, ...typed: string[]): void {
    event.preventDefault();
    void this.sign(() => post(name, body), said, ...typed);
  }
}

export function called(notice: NoticeSummary): string {
  return `${notice.form} ${notice.number}/${notice.year}${notice.source_id ? ` (${notice.source_id})` : ""}`;
}

customElements.define("notices-page", NoticesPage);
