// The watch: who has it, what is open, the log, and the relief of one officer by another under one list.

import { html, nothing, type TemplateResult } from "lit";
import { DeskPage } from "./page.js";
import { area, choice, input } from "./fields.js";
import { rank, stamp } from "./inbox.js";
import { get, post, type Paging, type PostEvent, type WatchLog, type WatchWord } from "./wire.js";
import { code, say, t } from "./tongue.js";

// Words of other desks of this post tell nobody, so this page also asks by itself.
const AGAIN_MS = 5000;

export class WatchPage extends DeskPage {
  private log: WatchLog | null = null;
  private officers: string[] = [];
  private paging: Paging | null = null;
  protected override readonly againMs = AGAIN_MS;

  protected override concerns(event: PostEvent): boolean {
    return event.what === "entry" && event.kind !== "ack";
  }

  protected override async read(): Promise<void> {
    this.log = await get<WatchLog>("log-show", { most: 100 });
    this.paging = await get<Paging>("paging-show");
    const { officers } = await get<{ officers: { officer: string; in_force: boolean }[] }>("officer-list");
    this.officers = officers.filter((each) => each.in_force).map((each) => each.officer);
  }

  override render(): TemplateResult {
    return html`<section aria-labelledby="page-title">
      <h2 id="page-title" tabindex="-1">${t("Watch")}</h2>
      ${this.log ? this.standing(this.log) : nothing}
    </section>`;
  }

  private standing(log: WatchLog): TemplateResult {
    const me = this.desk.me?.officer ?? "";
    const taken = log.on_watch;
    return html`<p>
        ${taken
          ? html`${say("{officer} has the watch since {at}", { officer: html`<strong><bdi>${taken.officer}</bdi></strong>`, at: stamp(taken.at) })}${taken.relieved ? nothing : `, ${t("not relieving anybody")}`}.`
          : html`<strong class="error">✕ ${t("Nobody has taken the watch.")}</strong>`}
        ${log.offered ? html`${say("{officer} has handed it over to {to}, who has not taken it.", { officer: log.offered.officer, to: html`<strong><bdi>${log.offered.to}</bdi></strong>` })}` : nothing}
      </p>
      ${log.faults.map((each) => html`<p class="error" role="alert">✕ ${say("Word {number} of the log does not hold: {why}.", { number: each.number, why: each.why })}</p>`)}
      <h3>${t("Open items")}</h3>
      <ol class="open-items">
        ${log.open.map((each) => html`<li><strong>${code(each.what)}</strong> ${say("on {line}", { line: each.line })}: <bdi>${each.text}</bdi> <code>${each.id.slice(0, 12)}</code></li>`)}
      </ol>
      ${log.open.length ? nothing : html`<p class="empty">${t("Nothing is open.")}</p>`}
      ${this.desk.may("log-note") ? this.forms(log, me) : nothing}
      ${this.paging ? pagingView(this.paging) : nothing}
      <h3>${t("Log")}</h3>
      ${log.words.map((each) => this.word(each))}`;
  }

  private forms(log: WatchLog, me: string): TemplateResult {
    const mine = log.on_watch?.officer === me;
    const others = this.officers.filter((each) => each !== me);
    return html`<form class="inline" @submit=${(event: SubmitEvent) => this.note(event)}>
        ${area(this.desk, "log note", t("Note"), { required: true, first: true })}
        <p class="acts"><button class="main" type="submit">${t("Sign and note")}</button></p>
      </form>
      ${log.offered?.to === me
        ? html`<form class="inline" @submit=${(event: SubmitEvent) => this.take(event)}>
            <p>${say("{officer} leaves this to you, and you sign the same list:", { officer: log.offered.officer })}</p>
            ${items(log.offered)}
            <p class="acts"><button class="main" type="submit">${t("Sign and take the watch")}</button></p>
          </form>`
        : nothing}
      ${!log.offered && !mine
        ? html`<form class="inline" @submit=${(event: SubmitEvent) => this.take(event)}>
            <p>${t("Nobody has handed the watch over to you. You can take it all the same; the log says so.")}</p>
            <p class="acts"><button type="submit">${t("Sign and take the watch")}</button></p>
          </form>`
        : nothing}
      ${mine && others.length
        ? html`<form class="inline" @submit=${(event: SubmitEvent) => this.handOver(event, others)}>
            ${choice(this.desk, "log to", t("Hand the watch over to"), others)} ${input(this.desk, "log text", t("In words"))}
            <p class="foot">${t("The list of what is open, above, is signed with it.")}</p>
            <p class="acts"><button type="submit">${t("Sign and hand over")}</button></p>
          </form>`
        : nothing}`;
  }

  private word(word: WatchWord): TemplateResult {
    return html`<article class="said" aria-label=${t("word {number}", { number: word.number })}>
      <p class="foot">
        ${word.number}. ${stamp(word.at)} <strong>${word.officer}</strong>
        ${word.what === "note" ? nothing : html`<span class="mark">${code(word.what)}${word.to ? ` ${t("to {to}", { to: word.to })}` : ""}</span>`}
      </p>
      ${word.text ? html`<p class="text" dir="auto">${word.text}</p>` : nothing} ${items(word)}
    </article>`;
  }

  private note(event: SubmitEvent): void {
    event.preventDefault();
    void this.sign(() => post("log-note", { text: this.desk.drafts.get("log note") }), t("Noted and signed."), "log note");
  }

  private handOver(event: SubmitEvent, others: string[]): void {
    event.preventDefault();
    const to = this.desk.drafts.get("log to", others[0] ?? "");
    const body = { to, text: this.desk.drafts.get("log text") };
    void this.sign(() => post("log-hand-over", body), t("Signed: handed over to {to}.", { to }), "log to", "log text");
  }

  private take(event: SubmitEvent): void {
    event.preventDefault();
    void this.sign(() => post("log-take-over", {}), t("Signed: you have the watch."));
  }
}

// Who is on call, and whom what waits pages next.
function pagingView(paging: Paging): TemplateResult {
  return html`<h3>${t("On call")}</h3>
    ${paging.fault ? html`<p class="error">✕ ${t("The file of paging cannot be used:")} <span lang="en">${paging.fault}</span></p>` : nothing}
    <ul>${paging.people.map((each) => html`<li><bdi>${each.person}</bdi>: ${each.on_call ? html`<strong>${t("on call now")}</strong>` : t("not on call")} (<bdi>${each.services.map((one) => one.kind).join(", ")}</bdi>)</li>`)}</ul>
    ${paging.people.length ? nothing : html`<p class="empty">${t("Nobody is paged from this post.")}</p>`}
    ${(paging.waiting ?? []).map((each) => html`<p>${rank(each)} ${say("waits since {time}; paged: {paged}; next: {next}", { time: stamp(each.since), paged: each.paged.join(", ") || t("nobody"), next: each.due.join(", ") || t("nobody") })}</p>`)}`;
}

function items(word: WatchWord): TemplateResult | typeof nothing {
  return word.items.length ? html`<ul>${word.items.map((each) => html`<li><bdi>${each}</bdi></li>`)}</ul>` : nothing;
}

customElements.define("watch-page", WatchPage);
