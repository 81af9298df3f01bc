// Every STOP with its clock: what is known of it, who has read it back and passed it on, and what is still to be said.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { DeskPage } from "./page.js";
import { input } from "./fields.js";
import { classMark, stamp } from "./inbox.js";
import { get, post, type PostEvent, type Stop } from "./wire.js";
import { span } from "./words.js";
import { code, list, say, t } from "./tongue.js";
import { translationsOf } from "./translations.js";

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
      <p class="foot">${t("Hold the STOP key for one second: it is sent at once, and what is missing follows here.")}</p>
      ${repeat(this.stops, (each) => each.id, (each) => this.one(each))}
      ${this.stops.length ? nothing : html`<p class="empty">${t("No STOP has come or gone.")}</p>`}
    </section>`;
  }

  private one(stop: Stop): TemplateResult {
    const waits = stop.waits.length > 0;
    const known: [string, string | null][] = [
      [t("What is hit"), stop.what],
      [t("Where"), stop.where],
      [t("By what"), stop.by],
    ];
    return html`<article class="said stop-one ${waits ? "waits" : ""}" aria-label=${t("STOP of {author}", { author: stop.author })}>
      <p class="head">
        <span class="rank flash"><span aria-hidden="true">■</span> STOP</span> ${classMark(stop)}
        ${say("{author} on {line}", { author: html`<strong><bdi>${stop.author}</bdi></strong>`, line: stop.line })}
        ${stop.withdrawn ? html`<span class="mark">${t("STOP withdrawn")}</span>` : nothing}
        ${waits ? html`<span class="clock over" role="timer">${say("waits {span}", { span: span(this.now - Date.parse(stop.at)) })}</span>` : nothing}
      </p>
      <dl>
        ${known.map(([name, text]) => html`<div><dt>${name}</dt><dd dir="auto">${text === null ? t("withheld") : text || t("not known yet")}</dd></div>`)}
      </dl>
      ${translationsOf(this.desk, stop.id)}
      <ul>
        ${stop.read_back.map((each) => html`<li>${say("Read back by {officer}, {author}, {at}", { officer: each.officer, author: each.author, at: stamp(each.at) })}${each.newest ? nothing : html` — <strong>${t("before something was added")}</strong>`}</li>`)}
        ${stop.passed.map((each) => html`<li dir="auto">${say("Passed on to {to} by {officer}, {author}, {at}", { to: html`<strong><bdi>${each.to ?? t("(withheld)")}</bdi></strong>`, officer: each.officer, author: each.author, at: stamp(each.at) })}</li>`)}
        ${stop.withdrawn ? html`<li dir="auto">${say("Withdrawn {at}: {text}", { at: stamp(stop.withdrawn.at), text: stop.withdrawn.text })}</li>` : nothing}
        ${stop.waits.map((each) => html`<li class="error"><span aria-hidden="true">✕</span> ${say("NOT yet by {member}: {for}", { member: each.member, for: list(each.for.map(code)) })}</li>`)}
      </ul>
      <p class="foot">${say("Signed {at}, id", { at: stamp(stop.at) })} <code>${stop.id.slice(0, 12)}</code></p>
      ${this.desk.may("stop-send") && !stop.withdrawn ? (stop.own ? this.ours(stop) : this.theirs(stop)) : nothing}
    </article>`;
  }

  private ours(stop: Stop): TemplateResult {
    const name = `stop ${stop.id}`;
    return html`<form class="inline" @submit=${(event: SubmitEvent) => this.add(event, stop)}>
        ${input(this.desk, `${name} what`, t("What is hit"), { first: stop.id.startsWith(this.rest) })}
        ${input(this.desk, `${name} where`, t("Where"))} ${input(this.desk, `${name} by`, t("By what"))}
        <p class="acts"><button class="main" type="submit">${t("Sign and add")}</button></p>
      </form>
      <form class="inline" @submit=${(event: SubmitEvent) => this.withdraw(event, stop)}>
        ${input(this.desk, `${name} text`, t("Why it is withdrawn"), { required: true })}
        <p class="acts"><button type="submit">${t("Sign “STOP withdrawn”")}</button></p>
      </form>`;
  }

  private theirs(stop: Stop): TemplateResult {
    const name = `stop ${stop.id}`;
    const read = stop.read_back.some((each) => each.newest && each.author === this.desk.board.post);
    return html`${read
        ? nothing
        : html`<form class="inline" @submit=${(event: SubmitEvent) => this.readBack(event, stop)}>
            <p>${t("Read it back: write word for word what is hit and where.")}</p>
            ${stop.what ? input(this.desk, `${name} what`, t("What is hit"), { required: true }) : nothing}
            ${stop.where ? input(this.desk, `${name} where`, t("Where"), { required: true }) : nothing}
            <p class="acts"><button class="main" type="submit">${t("Sign “read back”")}</button></p>
          </form>`}
      <form class="inline" @submit=${(event: SubmitEvent) => this.pass(event, stop)}>
        ${input(this.desk, `${name} to`, t("Passed on to which unit"), { required: true })}
        <p class="acts"><button type="submit">${t("Sign “passed on”")}</button></p>
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
    this.act(event, "stop-add", stop, t("Added and signed; it must be read back again."), "what", "where", "by");
  }

  private withdraw(event: SubmitEvent, stop: Stop): void {
    this.act(event, "stop-withdraw", stop, t("Signed: STOP withdrawn."), "text");
  }

  private readBack(event: SubmitEvent, stop: Stop): void {
    this.act(event, "stop-read-back", stop, t("Signed: read back."), "what", "where");
  }

  private pass(event: SubmitEvent, stop: Stop): void {
    this.act(event, "stop-pass", stop, t("Signed: passed on."), "to");
  }
}

customElements.define("stop-page", StopPage);
