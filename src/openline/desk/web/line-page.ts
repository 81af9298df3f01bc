// How each line stands: with every member five layers, each proved apart and with its age; what it has not signed for;
// gaps, forks and clocks; and the checks of the line.

import { html, nothing, type TemplateResult } from "lit";
import { actForm, folded } from "./act-form.js";
import { DeskPage } from "./page.js";
import { stamp } from "./inbox.js";
import { get, post, type Checks, type LineStanding, type Member } from "./wire.js";
import { span } from "./words.js";
import { code, coded, say, t, english } from "./tongue.js";

// Nothing tells when a link goes or comes, so this page also asks by itself.
const AGAIN_MS = 5000;

const LAYERS: [keyof NonNullable<Member["layers"]>, string][] = [
  ["bearer", english("Bearer: a link is open")],
  ["post", english("Post: it signed something")],
  ["desk", english("Desk manned: an officer signed")],
  ["officer", english("Officer accepted something")],
  ["principal", english("Principal reached")],
];

interface Shown {
  standing: LineStanding;
  checks: Checks;
}

export class LinePage extends DeskPage {
  private lines: Shown[] = [];
  protected override readonly againMs = AGAIN_MS;

  protected override async read(): Promise<void> {
    this.lines = await Promise.all(
      this.desk.board.lines.map(async ({ line }) => ({
        standing: await get<LineStanding>("line-status", { line }),
        checks: await get<Checks>("check-list", { line, most: 10 }),
      })),
    );
  }

  override render(): TemplateResult {
    return html`<section aria-labelledby="page-title">
      <h2 id="page-title" tabindex="-1">${t("Lines")}</h2>
      ${this.lines.map((each) => this.one(each))}
      ${this.lines.length ? nothing : html`<p class="empty">${t("No line runs here yet: openline line open.")}</p>`}
    </section>`;
  }

  private one({ standing, checks }: Shown): TemplateResult {
    const others = standing.members.filter((each) => each.layers);
    return html`<article class="said" aria-label=${t("line {line}", { line: standing.line })}>
      <header class="bar">
        <h3>${standing.line}</h3>
        ${this.desk.may("check-send")
          ? html`<button @click=${() => this.check(standing.line, false)}>${t("Check the line")}</button>
              <button @click=${() => this.check(standing.line, true)}>${t("Ask for an officer's answer")}</button>`
          : nothing}
      </header>
      <p class="foot">
        ${say("{entries} entries, {mine} ours; terms {terms}, our feed is under a checkpoint up to {checkpoint}", { entries: standing.entries, mine: standing.mine, terms: standing.terms, checkpoint: standing.checkpoint })}
        ${standing.writes ? nothing : html`<strong class="error">✕ ${t("This post writes nothing on it yet.")}</strong>`}
        ${standing["waits for"].length ? html` — ${say("waits for {members}", { members: standing["waits for"].join(", ") })}` : nothing}
      </p>
      ${others.map((each) => this.member(each))} ${this.checked(checks)} ${folded(t("Announce silence"), this.silence(standing.line))}
    </article>`;
  }

  private silence(line: string): TemplateResult | typeof nothing {
    return actForm(this, {
      request: "outage-announce",
      about: { line },
      fields: [
        { key: "why", label: t("Reason"), as: "choice", among: coded(["outage", "radio-silence", "move"]) },
        { key: "begins", label: t("From when (UTC; empty: at once)"), as: "time" },
        { key: "ends", label: t("Until (UTC)"), as: "time", required: true },
        { key: "text", label: t("In words (may be empty)") },
      ],
      make: (body) => ({ begins: this.desk.board.now, ...body }),
      button: t("Sign the announcement"),
      said: t("Announced and signed."),
    });
  }

  private member(member: Member): TemplateResult {
    const faults = [
      member.active ? "" : t("is no member any more"),
      member.accepted ? "" : t("has not accepted the terms"),
      member.gaps.length ? t("{count} gaps in what is held of its feed", { count: member.gaps.length }) : "",
      member.fork ? t("signed two entries with one number") : "",
    ].filter(Boolean);
    return html`<table class="ladder">
      <caption>
        ${member.name}${faults.length ? html` <strong class="error">✕ ${faults.join("; ")}</strong>` : nothing}
      </caption>
      <thead>
        <tr><th scope="col">${t("Layer")}</th><th scope="col">${t("Proved")}</th><th scope="col">${t("Age")}</th><th scope="col">${t("By")}</th></tr>
      </thead>
      <tbody>
        ${LAYERS.map(([name, words]) => this.layer(member, name, code(words)))}
      </tbody>
      <tfoot>
        <tr>
          <td colspan="4" class="foot">
            ${say("It signed for {count} of our entries", { count: member["signed for"] ?? 0 })};
            ${member["messages not signed for"]
              ? html`<strong>${say("{count} messages not signed for", { count: member["messages not signed for"] })}</strong>: ${member[
                  "not signed for"
                ]?.map((each) => html`<span dir="auto">“${(each.text ?? "").slice(0, 60)}” </span>`)}`
              : t("nothing is waiting")};
            ${say("its clock: {skew}", { skew: skew(member["skew ms"]) })};
            ${member["round trip ms"] === null ? t("round trip not measured") : t("round trip {time} ms", { time: member["round trip ms"].toFixed(0) })}
          </td>
        </tr>
      </tfoot>
    </table>`;
  }

  private layer(member: Member, name: keyof NonNullable<Member["layers"]>, words: string): TemplateResult {
    const held = member.layers?.[name];
    const at = held && ("up" in held ? held.since : held.at);
    const reached = held && (!("up" in held) || held.up);
    if (!reached) {
      const down = name === "bearer" && at ? say("no; down since {at}", { at: stamp(at) }) : t("not proved");
      return html`<tr class="not"><th scope="row"><span aria-hidden="true">·</span> ${words}</th><td colspan="3">${down}</td></tr>`;
    }
    const who = "up" in held ? t("this post sees it") : [held.officer, held.kind ? code(held.kind) : held.office].filter(Boolean).join(", ");
    return html`<tr class="reached">
      <th scope="row"><span aria-hidden="true">✓</span> ${words}</th>
      <td>${at ? stamp(at) : t("now")}</td>
      <td>${at ? span(this.now - Date.parse(at)) : nothing}</td>
      <td><bdi>${who}</bdi></td>
    </tr>`;
  }

  private checked(checks: Checks): TemplateResult {
    return html`<details ?open=${checks.missed.length > 0}>
      <summary>
        ${checks.checks[0] ? say("Checks: last {at}", { at: stamp(checks.checks[0].at) }) : t("Checks: none yet")}${checks.missed.length
          ? html`, <strong class="error">✕ ${say("{count} missed", { count: checks.missed.length })}</strong>`
          : nothing}
      </summary>
      <ul>
        ${checks.missed.map((each) => html`<li class="error">${say("Missed: the check of {member} {slot}", { member: each.member, slot: stamp(each.slot) })}</li>`)}
        ${checks.silences.map((each) => html`<li>${say("Announced silence of {author}, {why}: {begins} to {ends}", { author: each.author, why: code(each.why), begins: stamp(each.begins), ends: stamp(each.ends) })}${each.text ? html`: <bdi>${each.text}</bdi>` : nothing}
            ${each.over_at ? html` ${say("over since {time}", { time: stamp(each.over_at) })}` : each.own && this.desk.may("outage-over") && Date.parse(each.ends) > this.now ? html`<button @click=${(event: Event) => void this.signs(event, "outage-over", () => ({ outage: each.id }), t("Signed: the silence is over."))}>${t("It is over")}</button>` : nothing}</li>`)}
        ${checks.checks.map(
          (each) => html`<li dir="auto">${each.author} ${stamp(each.at)}: ${each.text}
            ${each.answers.length
              ? html`— ${say("answered by {who}", { who: each.answers.map((answer) => answer.officer ?? t("the post of {by}", { by: answer.by })).join(", ") })}`
              : html`<strong>— ${t("not answered yet")}</strong>`}</li>`,
        )}
      </ul>
    </details>`;
  }

  private check(line: string, human: boolean): void {
    void this.sign(() => post("check-send", { line, human }), t("Check kept and signed."));
  }
}

// How another clock stands to ours, in words.
function skew(milliseconds: number | null): string {
  if (milliseconds === null) return t("not known");
  if (Math.abs(milliseconds) < 1000) return t("within a second of ours");
  return milliseconds > 0 ? t("{span} ahead", { span: span(milliseconds) }) : t("{span} behind", { span: span(milliseconds) });
}

customElements.define("line-page", LinePage);
