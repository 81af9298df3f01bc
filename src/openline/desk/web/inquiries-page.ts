// Inquiries: a question about an activity with its clock, the answers to it, and what the asker made of them.

import { html, nothing, type TemplateResult } from "lit";
import { actForm } from "./act-form.js";
import type { Inquiry } from "./claim-types.js";
import { classMark, rank, stamp } from "./inbox.js";
import { DeskPage } from "./page.js";
import { addressOf } from "./pages.js";
import { get, type PostEvent } from "./wire.js";
import { span } from "./words.js";
import { code, coded, say, t } from "./tongue.js";

const NEW = "new";
const AGAIN_MS = 30_000;
const SHORT = 12;

export class InquiriesPage extends DeskPage {
  private inquiries: Inquiry[] = [];
  private opened: Inquiry | null = null;
  protected override readonly againMs = AGAIN_MS;

  protected override concerns(event: PostEvent): boolean {
    return event.what === "entry" && event.kind.startsWith("inquiry");
  }

  protected override leave(): void {
    this.opened = null;
  }

  protected override async read(): Promise<void> {
    this.inquiries = (await get<{ inquiries: Inquiry[] }>("inquiry-list")).inquiries;
    this.opened = this.rest && this.rest !== NEW ? await get<Inquiry>("inquiry-show", { inquiry: this.rest }) : null;
  }

  override render(): TemplateResult {
    return html`<section aria-labelledby="page-title">
      <header class="bar">
        <h2 id="page-title" tabindex="-1">${t("Inquiries")}</h2>
        ${this.desk.may("inquiry-ask") ? html`<a class="button" href=${addressOf("inquiries", NEW)}>${t("Ask about an activity")}</a>` : nothing}
      </header>
      <div class="panes">
        <ol class="rows">${this.inquiries.map((each) => this.row(each))}</ol>
        ${this.rest === NEW ? this.asking() : this.opened ? this.whole(this.opened) : html`<p class="empty">${this.inquiries.length ? t("Choose an inquiry.") : t("Nobody has asked yet.")}</p>`}
      </div>
    </section>`;
  }

  private row(each: Inquiry): TemplateResult {
    const chosen = this.rest === each.id;
    return html`<li>
      <a class="row ${each.precedence} ${chosen ? "opened" : ""} ${each.open && !each.own ? "waits" : ""}" aria-current=${chosen ? "true" : "false"} href=${addressOf("inquiries", each.id)}>
        <span class="head">${rank(each)} ${classMark(each)} <span class="who">${say("{asker} asks {asked}", { asker: each.asker, asked: each.asked })}</span> <span class="mark">${code(each.status)}</span> ${this.clock(each)}</span>
        <span class="text" dir="auto">${each.what ?? t("(text withheld)")}</span>
      </a>
    </li>`;
  }

  private clock(each: Inquiry): TemplateResult | typeof nothing {
    if (each.status !== "asked" && each.status !== "unsatisfactory") return nothing;
    const left = Date.parse(each.clock) - this.now;
    return left > 0
      ? html`<span class="clock" role="timer">${say("reply in {left}", { left: span(left) })}</span>`
      : html`<span class="clock over" role="timer">${say("reply overdue by {left}", { left: span(left) })}</span>`;
  }

  private asking(): TemplateResult {
    const { desk } = this;
    return html`<section class="compose" aria-labelledby="inquire-title">
      <h3 id="inquire-title">${t("Ask about an activity")}</h3>
      ${actForm(this, {
        request: "inquiry-ask",
        about: {},
        fields: [
          { key: "line", label: t("Line"), as: "choice", among: desk.board.lines.map((each) => each.line) },
          { key: "peer", label: t("Post"), as: "choice", among: desk.peers },
          { key: "what", label: t("What activity"), required: true },
          { key: "where", label: t("Where") },
          { key: "begins", label: t("Since when (UTC; may be empty)"), as: "past" },
          { key: "question", label: t("What you ask"), as: "text" },
          { key: "reply_by", label: t("Reply by (UTC; empty: in 48 hours)"), as: "time" },
          { key: "next_step", label: t("What you do next, if it is not answered") },
          { key: "about", label: t("About which entry (its id; may be empty)") },
          { key: "class", label: t("Class"), as: "choice", among: coded(desk.board.lines[0]?.classes ?? []) },
        ],
        button: t("Sign and ask"),
        said: t("Asked and signed."),
        main: true,
        opens: "inquiries",
      })}
    </section>`;
  }

  private whole(each: Inquiry): TemplateResult {
    const said: [string, unknown][] = [
      [t("Where"), each.where],
      [t("Since when"), each.begins ? stamp(each.begins) : ""],
      [t("Until"), each.ends ? stamp(each.ends) : ""],
      [t("Question"), each.question],
      [t("Announced next step"), each.next_step],
      [t("About"), each.about ? html`<a href=${addressOf("record", each.about)}><code>${each.about.slice(0, SHORT)}</code></a>` : ""],
    ];
    return html`<section class="message" aria-label=${t("inquiry")}>
      <header class="bar"><h3>${say("{asker} asks {asked}", { asker: each.asker, asked: each.asked })}</h3> <span class="mark">${code(each.status)}</span> ${this.clock(each)} <a class="button" href=${addressOf("inquiries")}>${t("Close")}</a></header>
      <p class="text" dir="auto">${each.what ?? t("(text withheld)")}</p>
      <dl>${said.filter(([, what]) => what).map(([name, what]) => html`<div><dt>${name}</dt><dd dir="auto">${what}</dd></div>`)}</dl>
      <p class="foot">${say("On {line}, signed by {officer} {at}", { line: each.line, officer: each.officer ?? t("nobody"), at: stamp(each.at) })}</p>
      ${each.answers.map((one) => this.answer(each, one))}
      ${each.judged.map((one) => html`<p><strong>${code(one.verdict)}</strong>${one.text ? html`: <bdi>${one.text}</bdi>` : nothing}${one.reply_by ? html`, ${say("Reply by {time}", { time: stamp(one.reply_by) })}` : nothing} <span class="foot">${say("signed by {officer}, {author}, {at}", { officer: one.officer ?? t("nobody"), author: one.author, at: stamp(one.at) })}</span></p>`)}
      ${each.open ? (each.own ? this.judging(each) : this.answering(each)) : nothing}
    </section>`;
  }

  private answer(each: Inquiry, one: Inquiry["answers"][number]): TemplateResult {
    return html`<article class="said" aria-label=${t("answer")}>
      <p class="text" dir="auto">${one.text ?? t("(text withheld)")}</p>
      ${one.entry ? html`<p>${t("The answer is in the entry")} <a href=${addressOf("record", one.entry)}><code>${one.entry.slice(0, SHORT)}</code></a></p>` : nothing}
      ${one.channel ? html`<p>${say("The answer went by {channel}", { channel: one.channel })}</p>` : nothing}
      <p class="foot">${say("signed by {officer}, {author}, {at}", { officer: one.officer ?? t("nobody"), author: one.author, at: stamp(one.at) })} ${one.overdue ? html`<strong>${t("after its clock")}</strong>` : nothing} ${one.late ? html`<strong>${t("answered late")}</strong>` : nothing}</p>
      ${each.own && each.open && each.answers.at(-1) === one
        ? html`<p class="acts"><button class="main" @click=${(event: Event) => void this.signs(event, "inquiry-judge", () => ({ inquiry: each.id, verdict: "satisfied", answer: one.id }), t("Signed: {what}.", { what: code("satisfied") }))}>${t("Satisfied")}</button></p>
            ${actForm(this, { request: "inquiry-judge", about: { inquiry: each.id, verdict: "unsatisfactory", answer: one.id }, fields: [{ key: "text", label: t("What is missing in it"), required: true }, { key: "reply_by", label: t("Reply by (UTC; empty: its clock runs anew)"), as: "time" }], button: t("Sign that it does not satisfy"), said: t("Signed.") })}`
        : nothing}
    </article>`;
  }

  private judging(each: Inquiry): TemplateResult {
    const verdicts = each.answers.length ? coded(["withdrawn"]) : coded(["not-answered", "withdrawn"]);
    return html`${actForm(this, { request: "inquiry-judge", about: { inquiry: each.id }, fields: [{ key: "verdict", label: t("Close it as"), as: "choice", among: verdicts }, { key: "text", label: t("In words (may be empty)") }], button: t("Sign and close it"), said: t("Closed and signed.") })}`;
  }

  private answering(each: Inquiry): TemplateResult {
    return html`${actForm(this, {
      request: "inquiry-answer",
      about: { inquiry: each.id },
      fields: [
        { key: "text", label: t("Our answer"), as: "text" },
        { key: "entry", label: t("Or the entry that answers it (its id)") },
        { key: "channel", label: t("Or by which other way it was answered") },
      ],
      button: t("Sign and answer"),
      said: t("Answered and signed."),
      main: true,
    })}`;
  }
}

customElements.define("inquiries-page", InquiriesPage);
