// Every STOP with its clock: what is known of it, who has read it back and passed it on, and what is still to be said.

import { html, nothing, type TemplateResult } from "lit";
import { DeskPage } from "./page.js";
import { input } from "./fields.js";
import { classMark, stamp } from "./inbox.js";
import { get, post, type PostEvent, type Stop } from "./wire.js";
import { span } from "./words.js";

export class StopPage extends DeskPage {
  private stops: Stop[] = [];

  protected override async read(): Promise<void> {
    this.stops = (await get<{ stops: Stop[] }>("stop-list")).stops;
  }

  protected override concerns(event: PostEvent): boolean {
    return event.what === "entry" && event.kind.startsWith("stop");
  }

  override render(): TemplateResult {
    return html`<section aria-labelledby="page-title">
      <h2 id="page-title" tabindex="-1">STOP</h2>
      <p class="foot">Hold the STOP key for one second: it is sent at once, and what is missing follows here.</p>
      ${this.stops.map((each) => this.one(each))}
      ${this.stops.length ? nothing : html`<p class="empty">No STOP has come or gone.</p>`}
    </section>`;
  }

  private one(stop: Stop): TemplateResult {
    const waits = stop.waits.length > 0;
    const known: [string, string | null][] = [
      ["What is hit", stop.what],
      ["Where", stop.where],
      ["By what", stop.by],
    ];
    return html`<article class="said stop-one ${waits ? "waits" : ""}" aria-label=${`STOP of ${stop.author}`}>
      <p class="head">
        <span class="rank flash"><span aria-hidden="true">■</span> STOP</span> ${classMark(stop)}
        <strong>${stop.author}</strong> on ${stop.line}
        ${stop.withdrawn ? html`<span class="mark">STOP withdrawn</span>` : nothing}
        ${waits ? html`<span class="clock over" role="timer">waits ${span(this.now - Date.parse(stop.at))}</span>` : nothing}
      </p>
      <dl>
        ${known.map(([name, text]) => html`<div><dt>${name}</dt><dd dir="auto">${text === null ? "withheld" : text || "not known yet"}</dd></div>`)}
      </dl>
      <ul>
        ${stop.read_back.map((each) => html`<li>Read back by ${each.officer}, ${each.author}, ${stamp(each.at)}${each.newest ? nothing : html` — <strong>before something was added</strong>`}</li>`)}
        ${stop.passed.map((each) => html`<li dir="auto">Passed on to <strong>${each.to ?? "(withheld)"}</strong> by ${each.officer}, ${each.author}, ${stamp(each.at)}</li>`)}
        ${stop.withdrawn ? html`<li dir="auto">Withdrawn ${stamp(stop.withdrawn.at)}: ${stop.withdrawn.text}</li>` : nothing}
        ${stop.waits.map((each) => html`<li class="error"><span aria-hidden="true">✕</span> NOT yet by ${each.member}: ${each.for.join(" and ")}</li>`)}
      </ul>
      <p class="foot">Signed ${stamp(stop.at)}, id <code>${stop.id.slice(0, 12)}</code></p>
      ${this.desk.may("stop-send") && !stop.withdrawn ? (stop.own ? this.ours(stop) : this.theirs(stop)) : nothing}
    </article>`;
  }

  private ours(stop: Stop): TemplateResult {
    const name = `stop ${stop.id}`;
    return html`<form class="inline" @submit=${(event: SubmitEvent) => this.add(event, stop)}>
        ${input(this.desk, `${name} what`, "What is hit", { first: stop.id.startsWith(this.rest) })}
        ${input(this.desk, `${name} where`, "Where")} ${input(this.desk, `${name} by`, "By what")}
        <p class="acts"><button class="main" type="submit">Sign and add</button></p>
      </form>
      <form class="inline" @submit=${(event: SubmitEvent) => this.withdraw(event, stop)}>
        ${input(this.desk, `${name} text`, "Why it is withdrawn", { required: true })}
        <p class="acts"><button type="submit">Sign “STOP withdrawn”</button></p>
      </form>`;
  }

  private theirs(stop: Stop): TemplateResult {
    const name = `stop ${stop.id}`;
    const read = stop.read_back.some((each) => each.newest && each.author === this.desk.board.post);
    return html`${read
        ? nothing
        : html`<form class="inline" @submit=${(event: SubmitEvent) => this.readBack(event, stop)}>
            <p>Read it back: write word for word what is hit and where.</p>
            ${stop.what ? input(this.desk, `${name} what`, "What is hit", { required: true }) : nothing}
            ${stop.where ? input(this.desk, `${name} where`, "Where", { required: true }) : nothing}
            <p class="acts"><button class="main" type="submit">Sign “read back”</button></p>
          </form>`}
      <form class="inline" @submit=${(event: SubmitEvent) => this.pass(event, stop)}>
        ${input(this.desk, `${name} to`, "Passed on to which unit", { required: true })}
        <p class="acts"><button type="submit">Sign “passed on”</button></p>
      </form>`;
  }

  private typed(stop: Stop, ...names: string[]): Record<string, string> {
    return Object.fromEntries(names.map((each) => [each, this.desk.drafts.get(`stop ${stop.id} ${each}`)]));
  }

  private act(event: SubmitEvent, name: string, stop: Stop, said: string, ...fields: string[]): void {
    event.preventDefault();
    const body = { stop: stop.id, ...this.typed(stop, ...fields) };
    void this.sign(() => post(name, body), said, ...fields.map((each) => `stop ${stop.id} ${each}`));
  }

  private add(event: SubmitEvent, stop: Stop): void {
    this.act(event, "stop-add", stop, "Added and signed; it must be read back again.", "what", "where", "by");
  }

  private withdraw(event: SubmitEvent, stop: Stop): void {
    this.act(event, "stop-withdraw", stop, "Signed: STOP withdrawn.", "text");
  }

  private readBack(event: SubmitEvent, stop: Stop): void {
    this.act(event, "stop-read-back", stop, "Signed: read back.", "what", "where");
  }

  private pass(event: SubmitEvent, stop: Stop): void {
    this.act(event, "stop-pass", stop, "Signed: passed on.", "to");
  }
}

customElements.define("stop-page", StopPage);
