// How each line stands: with every member five layers, each proved apart and with its age; what it has not signed for;
// gaps, forks and clocks; and the checks of the line.

import { html, nothing, type TemplateResult } from "lit";
import { DeskPage } from "./page.js";
import { stamp } from "./inbox.js";
import { get, post, type Checks, type LineStanding, type Member } from "./wire.js";
import { span } from "./words.js";

// Nothing tells when a link goes or comes, so this page also asks by itself.
const AGAIN_MS = 5000;

const LAYERS: [keyof NonNullable<Member["layers"]>, string][] = [
  ["bearer", "Bearer: a link is open"],
  ["post", "Post: it signed something"],
  ["desk", "Desk manned: an officer signed"],
  ["officer", "Officer accepted something"],
  ["principal", "Principal reached"],
];

interface Shown {
  standing: LineStanding;
  checks: Checks;
}

export class LinePage extends DeskPage {
  private lines: Shown[] = [];
  private timer: number | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(() => void this.refresh(), AGAIN_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

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
      <h2 id="page-title" tabindex="-1">Lines</h2>
      ${this.lines.map((each) => this.one(each))}
      ${this.lines.length ? nothing : html`<p class="empty">No line runs here yet: openline line open.</p>`}
    </section>`;
  }

  private one({ standing, checks }: Shown): TemplateResult {
    const others = standing.members.filter((each) => each.layers);
    return html`<article class="said" aria-label=${`line ${standing.line}`}>
      <header class="bar">
        <h3>${standing.line}</h3>
        ${this.desk.may("check-send")
          ? html`<button @click=${() => this.check(standing.line, false)}>Check the line</button>
              <button @click=${() => this.check(standing.line, true)}>Ask for an officer's answer</button>`
          : nothing}
      </header>
      <p class="foot">
        ${standing.entries} entries, ${standing.mine} ours; terms ${standing.terms}, our feed is under a checkpoint up to
        ${standing.checkpoint}
        ${standing.writes ? nothing : html`<strong class="error">✕ This post writes nothing on it yet.</strong>`}
        ${standing["waits for"].length ? html` — waits for ${standing["waits for"].join(", ")}` : nothing}
      </p>
      ${others.map((each) => this.member(each))} ${this.checked(checks)}
    </article>`;
  }

  private member(member: Member): TemplateResult {
    const faults = [
      member.active ? "" : "is no member any more",
      member.accepted ? "" : "has not accepted the terms",
      member.gaps.length ? `${member.gaps.length} gaps in what is held of its feed` : "",
      member.fork ? "signed two entries with one number" : "",
    ].filter(Boolean);
    return html`<table class="ladder">
      <caption>
        ${member.name}${faults.length ? html` <strong class="error">✕ ${faults.join("; ")}</strong>` : nothing}
      </caption>
      <thead>
        <tr><th scope="col">Layer</th><th scope="col">Proved</th><th scope="col">Age</th><th scope="col">By</th></tr>
      </thead>
      <tbody>
        ${LAYERS.map(([name, words]) => this.layer(member, name, words))}
      </tbody>
      <tfoot>
        <tr>
          <td colspan="4" class="foot">
            It signed for ${member["signed for"] ?? 0} of our entries;
            ${member["messages not signed for"]
              ? html`<strong>${member["messages not signed for"]} messages not signed for</strong>: ${member[
                  "not signed for"
                ]?.map((each) => html`<span dir="auto">“${(each.text ?? "").slice(0, 60)}” </span>`)}`
              : "nothing is waiting"};
            its clock ${skew(member["skew ms"])}; round trip
            ${member["round trip ms"] === null ? "not measured" : `${member["round trip ms"].toFixed(0)} ms`}
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
      const down = name === "bearer" && at ? html`no; down since ${stamp(at)}` : "not proved";
      return html`<tr class="not"><th scope="row"><span aria-hidden="true">·</span> ${words}</th><td colspan="3">${down}</td></tr>`;
    }
    const who = "up" in held ? "this post sees it" : [held.officer, held.kind ?? held.office].filter(Boolean).join(", ");
    return html`<tr class="reached">
      <th scope="row"><span aria-hidden="true">✓</span> ${words}</th>
      <td>${at ? stamp(at) : "now"}</td>
      <td>${at ? span(this.now - Date.parse(at)) : nothing}</td>
      <td dir="auto">${who}</td>
    </tr>`;
  }

  private checked(checks: Checks): TemplateResult {
    return html`<details ?open=${checks.missed.length > 0}>
      <summary>
        Checks: ${checks.checks[0] ? html`last ${stamp(checks.checks[0].at)}` : "none yet"}${checks.missed.length
          ? html`, <strong class="error">✕ ${checks.missed.length} missed</strong>`
          : nothing}
      </summary>
      <ul>
        ${checks.missed.map((each) => html`<li class="error">Missed: the check of ${each.member} ${stamp(each.slot)}</li>`)}
        ${checks.silences.map((each) => html`<li>Announced silence of ${each.author}, ${each.why}: ${stamp(each.begins)} to ${stamp(each.ends)}</li>`)}
        ${checks.checks.map(
          (each) => html`<li dir="auto">${each.author} ${stamp(each.at)}: ${each.text}
            ${each.answers.length
              ? html`— answered by ${each.answers.map((answer) => answer.officer ?? `the post of ${answer.by}`).join(", ")}`
              : html`<strong>— not answered yet</strong>`}</li>`,
        )}
      </ul>
    </details>`;
  }

  private check(line: string, human: boolean): void {
    void this.sign(() => post("check-send", { line, human }), "Check kept and signed.");
  }
}

// How another clock stands to ours, in words.
function skew(milliseconds: number | null): string {
  if (milliseconds === null) return "is not known";
  if (Math.abs(milliseconds) < 1000) return "is within a second of ours";
  return `is ${span(milliseconds)} ${milliseconds > 0 ? "ahead" : "behind"}`;
}

customElements.define("line-page", LinePage);
