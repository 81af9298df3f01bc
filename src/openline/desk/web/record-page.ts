// The record: every entry, newest first, by what it is and says; one opened with what proves it; and a bundle to take away.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { download } from "./downloads.js";
import { choice, input } from "./fields.js";
import { classMark, rank, stamp } from "./inbox.js";
import { DeskPage } from "./page.js";
import { personsView } from "./persons.js";
import { addressOf } from "./pages.js";
import { code, coded, say, t } from "./tongue.js";
import { translationsOf } from "./translations.js";
import { get, type Entry, type Receipts, type Rung, type Shown } from "./wire.js";
import { CLASSES, PRECEDENCES } from "./words.js";

// The height of a row as record.css has it; rows outside the window are not rendered.
const ROW_PX = 92;
const BEYOND_ROWS = 6;
const PAGE_ENTRIES = 500;
// So near to the last row that is here, the next page is asked for.
const NEAR_ROWS = 200;
// Nothing found in so many pages of the record waits for a person to ask on.
const LOOKS = 10;
const SHORT = 12;
const ANY = "";

interface Row extends Entry {
  sequence: number;
  words: string;
  cut: boolean;
  withheld: boolean;
  crossed: string[];
}

interface Page {
  entries: Row[];
  before: number | null;
  looked: number;
  kinds: string[];
}

interface Whole extends Shown {
  words: string;
}

export class RecordPage extends DeskPage {
  private entries: Row[] = [];
  private kinds: string[] = [];
  private onward: number | null = null;
  private looked = 0;
  private asked = "";
  private loading = false;
  private cursor = 0;
  private first = 0;
  private opened: Whole | null = null;
  private rungs: Rung[] = [];

  private filter(): Record<string, string> {
    const named = ["text", "line", "author", "kind", "precedence", "class"] as const;
    const said = named.map((name): [string, string] => [name, this.desk.drafts.get(`record ${name}`).trim()]);
    return Object.fromEntries(said.filter(([, value]) => value));
  }

  protected override leave(): void {
    this.opened = null;
  }

  protected override async read(): Promise<void> {
    const filter = this.filter();
    const asked = JSON.stringify(filter);
    const page = await get<Page>("record-list", { ...filter, most: PAGE_ENTRIES });
    this.kinds = page.kinds;
    const top = this.entries[0]?.sequence;
    const meets = asked === this.asked && top !== undefined && page.entries.some((each) => each.sequence === top);
    if (meets) {
      const fresh = page.entries.filter((each) => each.sequence > top);
      this.entries = [...fresh, ...this.entries];
      if (fresh.length && this.cursor) this.cursor += fresh.length;
    } else {
      this.entries = page.entries;
      this.onward = page.before;
      this.looked = page.looked;
      this.cursor = 0;
    }
    this.asked = asked;
    if (this.opened?.id !== this.rest || !this.rest) this.opened = null;
    if (this.rest) {
      this.opened = await get<Whole>("show", { entry: this.rest });
      this.rungs = (await get<Receipts>("receipts", { entry: this.rest })).rungs;
    }
    this.requestUpdate();
    void this.more();
  }

  // The pages behind those that are here, as far as somebody has scrolled.
  private async more(): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    const asked = this.asked;
    await this.desk.tried(async () => {
      for (let looks = 0; this.onward !== null && looks < LOOKS && this.wants(); looks += 1) {
        const page = await get<Page>("record-list", { ...this.filter(), most: PAGE_ENTRIES, before: this.onward });
        if (asked !== this.asked) return;
        this.entries = [...this.entries, ...page.entries];
        this.onward = page.before;
        this.looked += page.looked;
        this.requestUpdate();
      }
    }, "read");
    this.loading = false;
    this.requestUpdate();
  }

  private wants(): boolean {
    return this.first + NEAR_ROWS > this.entries.length;
  }

  private scroller(): HTMLElement | null {
    return this.querySelector<HTMLElement>(".scroller");
  }

  private scrolled(): void {
    const first = Math.floor((this.scroller()?.scrollTop ?? 0) / ROW_PX);
    if (first === this.first) return;
    this.first = first;
    this.requestUpdate();
    if (this.wants() && this.onward !== null) void this.more();
  }

  private shownRows(): [number, number] {
    const tall = Math.ceil((this.scroller()?.clientHeight ?? 800) / ROW_PX);
    const from = Math.max(0, Math.min(this.first, this.entries.length - tall) - BEYOND_ROWS);
    return [from, Math.min(this.entries.length, from + tall + 2 * BEYOND_ROWS)];
  }

  override updated(): void {
    const list = this.querySelector<HTMLElement>(".window");
    if (!list) return;
    list.style.height = `${this.entries.length * ROW_PX}px`;
    const [from] = this.shownRows();
    list.style.paddingBlockStart = `${from * ROW_PX}px`;
  }

  override render(): TemplateResult {
    const [from, upto] = this.shownRows();
    return html`<section aria-labelledby="page-title">
      <header class="bar"><h2 id="page-title" tabindex="-1">${t("Record")}</h2></header>
      ${this.search()}
      <div class="panes">
        <div>
          <p class="foot" role="status">${this.standing()}</p>
          <div class="scroller" @scroll=${() => this.scrolled()} @keydown=${(event: KeyboardEvent) => this.move(event)}>
            <ol class="window" aria-label=${t("Entries")}>
              ${repeat(
                this.entries.slice(from, upto),
                (each) => each.sequence,
                (each, at) => this.row(each, from + at),
              )}
            </ol>
          </div>
        </div>
        ${this.opened ? this.whole(this.opened) : html`<p class="empty">${t("Choose an entry.")}</p>`}
      </div>
      ${this.bundles()}
    </section>`;
  }

  private standing(): string {
    const values = { count: this.entries.length, looked: this.looked };
    if (this.onward === null) return t("Entries found: {count}; the whole record was looked through.", values);
    if (this.loading) return t("Entries found: {count}; looking on …", values);
    return t("Entries found: {count}, in the newest {looked}; more come as you scroll.", values);
  }

  private search(): TemplateResult {
    const any = (names: readonly string[], words: string): [string, string][] => [[ANY, words], ...names.map((each): [string, string] => [each, each])];
    const codes = (names: readonly string[], words: string): [string, string][] => [[ANY, words], ...coded(names)];
    const { desk } = this;
    const posts = [desk.board.post, ...desk.peers].filter(Boolean);
    return html`<form role="search" class="fields" @submit=${(event: Event) => this.anew(event)} @change=${(event: Event) => this.anew(event)}>
      ${input(desk, "record text", t("Words"))} ${choice(desk, "record line", t("Line"), any(desk.board.lines.map((each) => each.line), t("all lines")))}
      ${choice(desk, "record author", t("Author"), any(posts, t("all posts")))} ${choice(desk, "record kind", t("Kind"), codes(this.kinds, t("all kinds")))}
      ${choice(desk, "record precedence", t("Precedence"), codes(PRECEDENCES, t("all")))} ${choice(desk, "record class", t("Class"), codes(CLASSES, t("all")))}
      <button type="submit">${t("Search")}</button>
    </form>`;
  }

  private anew(event: Event): void {
    event.preventDefault();
    this.first = 0;
    const scroller = this.scroller();
    if (scroller) scroller.scrollTop = 0;
    void this.refresh();
  }

  private row(each: Row, at: number): TemplateResult {
    const opened = this.rest === each.id;
    return html`<li aria-setsize=${this.onward === null ? this.entries.length : -1} aria-posinset=${at + 1}>
      <a
        class="row entry ${each.precedence} ${opened ? "opened" : ""}"
        data-at=${at}
        tabindex=${at === this.cursor ? 0 : -1}
        aria-current=${opened ? "true" : "false"}
        href=${addressOf("record", each.id)}
        @focus=${() => (this.cursor = at)}
      >
        <span class="head">
          ${rank(each)} ${classMark(each)} <span class="who">${code(each.kind)}</span>
          <span class="numbered">${each.author}, ${each.line} ${each.number}</span>
          ${each.crossed.length ? html`<span class="mark"><span aria-hidden="true">⇄</span> ${t("crossed")}</span>` : nothing}
        </span>
        <span class="text" dir="auto">${each.words}${each.cut ? "…" : ""}${each.withheld ? ` ${t("(withheld in part)")}` : ""}</span>
        <span class="foot">${each.officer ?? t("signed by the post")} · ${stamp(each.at)}</span>
      </a>
    </li>`;
  }

  // The arrows go from entry to entry, also to those that are not rendered yet.
  private move(event: KeyboardEvent): void {
    const tall = Math.max(1, Math.floor((this.scroller()?.clientHeight ?? ROW_PX) / ROW_PX));
    const steps: Record<string, number> = {
      ArrowDown: this.cursor + 1,
      ArrowUp: this.cursor - 1,
      PageDown: this.cursor + tall,
      PageUp: this.cursor - tall,
      Home: 0,
      End: this.entries.length - 1,
    };
    const wanted = steps[event.key];
    const scroller = this.scroller();
    if (wanted === undefined || !scroller) return;
    event.preventDefault();
    this.cursor = Math.max(0, Math.min(this.entries.length - 1, wanted));
    const top = this.cursor * ROW_PX;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + ROW_PX > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + ROW_PX - scroller.clientHeight;
    this.first = Math.floor(scroller.scrollTop / ROW_PX);
    this.requestUpdate();
    void this.more();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`[data-at="${this.cursor}"]`)?.focus({ preventScroll: true }));
  }

  private whole(each: Whole): TemplateResult {
    const refers = each.refers.filter((id) => id !== each.exchange);
    return html`<section class="message" aria-labelledby="entry-title">
      <header class="bar">
        <h3 id="entry-title">${say("{kind} of {author}", { kind: code(each.kind), author: each.author })}</h3>
        <a class="button" href=${addressOf("record")}>${t("Close")}</a>
      </header>
      <p class="head">${rank(each)} ${classMark(each)}</p>
      <p class="text" dir="auto">${each.text ?? each.words}</p>
      ${translationsOf(this.desk, each.id)}
      <dl class="whole">
        <dt>${t("Number")}</dt>
        <dd>${say("{number} of the feed of {author} on {line}", { number: each.number, author: each.author, line: each.line })}</dd>
        <dt>${t("Id")}</dt>
        <dd><code>${each.id}</code></dd>
        <dt>${t("Signed by")}</dt>
        <dd>${each.officer ? say("{officer}, for {author}", { officer: each.officer, author: each.author }) : say("the post of {author}", { author: each.author })}</dd>
        <dt>${t("Written")}</dt>
        <dd>${stamp(each.at)}</dd>
        <dt>${t("Kept here")}</dt>
        <dd>${stamp(each.kept_at)}</dd>
        ${each.exchange !== each.id ? html`<dt>${t("Exchange")}</dt><dd>${linked(each.exchange)}</dd>` : nothing}
        ${refers.length ? html`<dt>${t("Refers to")}</dt><dd>${refers.map((id) => html`${linked(id)} `)}</dd>` : nothing}
        ${each.crossed.length
          ? html`<dt><span aria-hidden="true">⇄</span> ${t("crossed")}</dt>
              <dd>${each.crossed.map((other) => html`${linked(other.id)} <bdi>${other.author}</bdi> `)} ${t("Neither author had the other's.")}</dd>`
          : nothing}
      </dl>
      ${personsView(this.desk, each, () => void this.refresh())} ${this.proofs()}
    </section>`;
  }

  private proofs(): TemplateResult {
    return html`<table class="ladder">
      <caption>${t("How far it provably got")}</caption>
      <thead><tr><th scope="col">${t("Rung")}</th><th scope="col">${t("Who says so")}</th><th scope="col">${t("When")}</th><th scope="col">${t("Proof")}</th></tr></thead>
      <tbody>
        ${this.rungs.map(
          (each) => html`<tr>
            <th scope="row">${each.to ? say("{rung} to {whom}", { rung: code(each.rung), whom: each.to }) : code(each.rung)}</th>
            <td>${each.by}${each.officer ? `, ${each.officer}` : ""}</td>
            <td>${stamp(each.at)}</td>
            <td>${each.proof ? linked(each.proof) : t("here alone")}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  private bundles(): TemplateResult | typeof nothing {
    const lines = this.desk.board.lines.filter((each) => !each.proposed);
    if (!lines.length) return nothing;
    return html`<form class="inline" aria-labelledby="export-title" @submit=${(event: Event) => this.take(event)}>
      <h3 id="export-title">${t("Take a line away as a bundle")}</h3>
      <p class="fields">
        ${choice(this.desk, "export line", t("Line of the bundle"), lines.map((each) => each.line))}
        ${choice(this.desk, "export words", t("What was said"), [["shown", t("is in it")], ["withheld", t("is withheld")]])}
        <button type="submit">${t("Export")}</button>
      </p>
      <p class="foot">${t("Anyone can verify it, with no post at all.")}</p>
    </form>`;
  }

  private take(event: Event): void {
    event.preventDefault();
    const { drafts, board } = this.desk;
    const line = drafts.get("export line", board.lines.find((each) => !each.proposed)?.line ?? "");
    const body = { line, withhold_all: drafts.get("export words", "shown") === "withheld" };
    void this.desk.signed(() => download("export", body), t("The bundle of {line} was given to the browser.", { line }));
  }
}

function linked(id: string): TemplateResult {
  return html`<a href=${addressOf("record", id)}><code>${id.slice(0, SHORT)}</code></a>`;
}

customElements.define("record-page", RecordPage);
