// Incidents: one picture, neutral about cause; each party's assessment with its versions, who agrees by its own word,
// and what each party is proved to have had at a time.

import { html, nothing, type TemplateResult } from "lit";
import { area, choice, input } from "./fields.js";
import { classMark, rank, stamp } from "./inbox.js";
import { DeskPage } from "./page.js";
import { addressOf } from "./pages.js";
import { get, post, type Assessment, type IncidentSummary, type IncidentView, type Picture, type PostEvent } from "./wire.js";
import { instant } from "./words.js";

const NEW = "new";
const STANCES = ["concurs", "no-contradiction", "disputes", "no-position"];
const CONFIDENCES = ["not-stated", "possible", "likely", "almost-certain"];
const SHAPES: Record<string, string> = { own: "■", concurs: "✓", "no-contradiction": "≈", disputes: "✕", "no-position": "–", "": "·" };

export class IncidentsPage extends DeskPage {
  private incidents: IncidentSummary[] = [];
  private view: IncidentView | null = null;

  protected override concerns(event: PostEvent): boolean {
    return event.what === "entry" && (event.kind.startsWith("incident") || event.kind === "ack");
  }

  protected override async read(): Promise<void> {
    this.incidents = (await get<{ incidents: IncidentSummary[] }>("incident-list")).incidents;
    this.view = this.rest && this.rest !== NEW ? await get<IncidentView>("incident-show", this.question()) : null;
  }

  // What the picture is asked for: now or at a time, and as whose.
  private question(): Record<string, string | number> {
    const query: Record<string, string | number> = { incident: this.rest };
    const said = this.desk.drafts.get("incident at");
    const at = said ? instant(said, this.desk.board.now) : null;
    if (at !== null) query["at"] = at;
    const party = this.desk.drafts.get("incident as");
    if (party) query["party"] = party;
    return query;
  }

  override render(): TemplateResult {
    return html`<section aria-labelledby="page-title">
      <header class="bar">
        <h2 id="page-title" tabindex="-1">Incidents</h2>
        ${this.desk.may("incident-open") ? html`<a class="button" href=${addressOf("incidents", NEW)}>Open an incident</a>` : nothing}
      </header>
      <div class="panes">
        <ol class="rows">
          ${this.incidents.map((each) => this.row(each))}
        </ol>
        ${this.rest === NEW ? this.opening() : this.view ? this.picture(this.view) : html`<p class="empty">${this.incidents.length ? "Choose an incident." : "No incident has been opened."}</p>`}
      </div>
    </section>`;
  }

  private row(each: IncidentSummary): TemplateResult {
    const waits = each.waits_for_us.length > 0;
    return html`<li>
      <a class="row ${each.precedence} ${waits ? "waits" : ""}" href=${addressOf("incidents", each.id)} aria-current=${this.rest === each.id ? "true" : "false"}>
        <span class="head">${rank(each)} ${classMark(each)} <span class="who" dir="auto">${each.title ?? "(withheld)"}</span>
          <span class="mark">${each.open ? "open" : "closed"}</span></span>
        <span class="foot">${each.line}, ${stamp(each.happened)} · origin ${each.origin.status}${each.origin.preliminary ? ", preliminary" : ""}${waits ? html` · <strong>asks something of us</strong>` : nothing}</span>
      </a>
    </li>`;
  }

  private opening(): TemplateResult {
    const { desk } = this;
    const lines = desk.board.lines;
    const line = lines.find((each) => each.line === desk.drafts.get("incident line")) ?? lines[0];
    return html`<section class="compose" aria-labelledby="open-title">
      <h3 id="open-title">Open an incident</h3>
      <p class="foot">Title and place say what is seen, and nothing of who did it.</p>
      <form @submit=${(event: SubmitEvent) => void this.open(event)} @change=${() => this.requestUpdate()}>
        ${choice(desk, "incident line", "Line", lines.map((each) => each.line))} ${choice(desk, "incident class", "Class", line?.classes ?? [])}
        ${input(desk, "incident title", "Title", { required: true, first: true, most: 200 })} ${input(desk, "incident place", "Place", { required: true })}
        ${input(desk, "incident when", "When: a UTC time; empty is now")}
        <p class="signature">Signed by ${desk.me?.officer}, for ${desk.me?.post}.</p>
        <p class="acts"><button class="main" type="submit">Sign and open it</button></p>
      </form>
    </section>`;
  }

  private async open(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { desk } = this;
    const line = desk.board.lines.find((each) => each.line === desk.drafts.get("incident line")) ?? desk.board.lines[0];
    const when = desk.drafts.get("incident when");
    const at = when ? instant(when, desk.board.now) : 0;
    let id = "";
    const done = await this.sign(async () => {
      if (at === null) throw new Error(`${when} is no time: write 14:40 (UTC) or 2022-11-15T14:40Z.`);
      const body = {
        line: line?.line ?? "",
        class: desk.drafts.get("incident class", line?.classes[0] ?? "operation"),
        title: desk.drafts.get("incident title"),
        place: desk.drafts.get("incident place"),
        at,
      };
      id = (await post<{ id: string }>("incident-open", body)).id;
    }, "Incident opened and signed.", "incident title", "incident place", "incident when");
    if (done) location.hash = addressOf("incidents", id);
  }

  private picture(view: IncidentView): TemplateResult {
    const picture = view.picture;
    return html`<section class="message" aria-label="picture of the incident">
      <form class="fields" @submit=${(event: SubmitEvent) => { event.preventDefault(); void this.refresh(); }}>
        ${input(this.desk, "incident at", "As it was at (UTC; empty is now)")}
        ${choice(this.desk, "incident as", "As it was had by", [["", "this post, all that it holds"], ...(this.view?.picture?.table.map((each): [string, string] => [each.party, each.party]) ?? [])])}
        <p class="acts"><button type="submit">Show that picture</button></p>
      </form>
      ${picture ? this.whole(picture) : html`<p class="error">✕ Nothing of it is proved to have been there then.</p>`}
    </section>`;
  }

  private whole(picture: Picture): TemplateResult {
    return html`<article class="said ${picture.class}" aria-label="what happened">
        <p class="head">${rank(picture)} ${classMark(picture)} <strong dir="auto">${picture.title ?? "(withheld)"}</strong></p>
        <p dir="auto">${picture.place ?? "(withheld)"}, ${stamp(picture.happened)}</p>
        <p>Origin: <strong>${picture.origin.status}</strong>${picture.origin.preliminary ? ", preliminary" : ""}.
          ${picture.silent.length ? `Nothing said by ${picture.silent.join(", ")}.` : ""}</p>
        <ul>${picture.sources.map((each) => html`<li dir="auto">Source (${each.by}): ${each.text} ${each.where}</li>`)}</ul>
      </article>
      ${this.table(picture)}
      ${picture.assessments.map((each) => this.assessment(each))}
      ${this.asked(picture)}
      ${this.forms(picture)}
      <details>
        <summary>Timeline: ${picture.timeline.length}</summary>
        <ol class="timeline">
          ${picture.timeline.map((each) => html`<li dir="auto">${stamp(each.at)} <strong>${each.author}</strong>: ${each.what}</li>`)}
        </ol>
      </details>`;
  }

  // Parties against assessments: each says in words and by a shape what it holds.
  private table(picture: Picture): TemplateResult {
    const standing = picture.assessments.filter((each) => !each.withdrawn);
    return html`<table class="ladder stances">
      <caption>Who says what of whose assessment</caption>
      <thead>
        <tr><th scope="col">Party</th>${standing.map((each) => html`<th scope="col" dir="auto">${each.author}: ${each.origin || "origin not known"}</th>`)}</tr>
      </thead>
      <tbody>
        ${picture.table.map(
          (row) => html`<tr>
            <th scope="row">${row.party}</th>
            ${row.cells.map((cell) => html`<td class=${`stance ${cell.said}`}><span aria-hidden="true">${SHAPES[cell.said] ?? "·"}</span> ${cell.said || "nothing"}${cell.earlier ? " (of an earlier version)" : ""}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  private assessment(each: Assessment): TemplateResult {
    const name = `stance ${each.assessment}`;
    return html`<article class="said" aria-label=${`assessment of ${each.author}`}>
      <p class="head"><strong>${each.author}</strong>
        <span class="mark">${each.confirmed ? "CONFIRMED" : "PRELIMINARY"}</span>
        ${each.confidence === "not-stated" ? nothing : html`<span class="mark">${each.confidence}</span>`}
        ${each.withdrawn ? html`<span class="mark">withdrawn</span>` : nothing}</p>
      <p class="text" dir="auto">${each.what ?? "(withheld)"}</p>
      <p dir="auto">Origin: <strong>${each.origin || "not known"}</strong></p>
      ${each.earlier.map((one) => html`<p class="foot" dir="auto">Before, ${stamp(one.at)}: ${one.what ?? "(withheld)"} — origin ${one.origin || "not known"}</p>`)}
      <ul>${each.stances.filter((one) => one.counts).map((one) => html`<li dir="auto">${one.author} ${one.stance}${one.of_this_version ? "" : " (of an earlier version)"}${one.text ? `: ${one.text}` : ""}, signed by ${one.officer} ${stamp(one.at)}</li>`)}</ul>
      ${this.desk.may("incident-stance") && !each.own && !each.withdrawn
        ? html`<form class="inline fields" @submit=${(event: SubmitEvent) => this.act(event, "incident-stance", { version: each.id, stance: this.desk.drafts.get(name, STANCES[0] ?? ""), text: this.desk.drafts.get(`${name} text`) }, "Stance signed.", `${name} text`)}>
            ${choice(this.desk, name, "Our stance", STANCES)} ${input(this.desk, `${name} text`, "In words")}
            <p class="acts"><button type="submit">Sign the stance</button></p>
          </form>`
        : nothing}
    </article>`;
  }

  private asked(picture: Picture): TemplateResult {
    const all = [
      ...picture.quiets.map((each) => ({ each, what: `asks not to comment until ${each.quiet_until ?? ""}` })),
      ...picture.investigations.map((each) => ({ each, what: "investigates, and asks to do so with it" })),
      ...picture.corrections.map((each) => ({ each: { ...each, asked: each.needs, finished: null }, what: `proposes: ${each.title ?? ""}, ${each.place ?? ""}` })),
    ];
    return html`<ul>
      ${all.map(
        ({ each, what }) => html`<li dir="auto">
          <strong>${each.author}</strong> ${what}${each.withdrawn ? " — withdrawn" : ""}${each.finished ? " — finished" : ""}:
          ${each.asked.map((one) => `${one.party} ${one.answer ?? "has not answered"}`).join("; ")}
          ${this.desk.may("incident-word") && picture.waits_for_us.includes(each.id)
            ? html`<button class="main" @click=${(event: Event) => this.act(event, "incident-word", { entry: each.id, word: "accepted" }, "Signed: accepted.")}>Accept</button>
                <button @click=${(event: Event) => this.act(event, "incident-word", { entry: each.id, word: "declined" }, "Signed: declined.")}>Decline</button>`
            : nothing}
        </li>`,
      )}
    </ul>`;
  }

  private forms(picture: Picture): TemplateResult | typeof nothing {
    const { desk } = this;
    if (!desk.may("incident-assess")) return nothing;
    const mine = picture.assessments.find((each) => each.own && !each.withdrawn);
    const field = (name: string, otherwise = ""): string => desk.drafts.get(`assess ${name}`, otherwise);
    return html`<form
        class="inline"
        @submit=${(event: SubmitEvent) =>
          this.act(
            event,
            "incident-assess",
            { incident: picture.id, what: field("what"), origin: field("origin"), confidence: field("confidence", "not-stated"), confirmed: field("confirmed") === "confirmed", version: mine?.id ?? "" },
            mine ? "Revised and signed." : "Assessment signed.",
            "assess what", "assess origin", "assess confidence", "assess confirmed",
          )}
      >
        <h3>${mine ? "Revise our assessment" : "Our assessment"}</h3>
        ${area(desk, "assess what", "What we hold to have happened", { required: true })} ${input(desk, "assess origin", "Origin; empty says that it is not known")}
        <p class="fields">${choice(desk, "assess confidence", "Confidence", CONFIDENCES)} ${choice(desk, "assess confirmed", "It is", ["preliminary", "confirmed"])}</p>
        <p class="acts"><button class="main" type="submit">${mine ? "Sign the revision" : "Sign the assessment"}</button></p>
      </form>
      <form
        class="inline fields"
        @submit=${(event: SubmitEvent) => {
          const until = instant(desk.drafts.get("quiet until"), desk.board.now);
          this.act(event, "incident-quiet", { incident: picture.id, until: until ?? 0, text: desk.drafts.get("quiet text") }, "Signed: asked not to comment.", "quiet until", "quiet text");
        }}
      >
        ${input(desk, "quiet until", "Ask the others not to comment until", { required: true, hint: "2h" })} ${input(desk, "quiet text", "Why")}
        <p class="acts"><button type="submit">Sign the request</button></p>
      </form>`;
  }

  private act(event: Event, name: string, body: object, said: string, ...typed: string[]): void {
    event.preventDefault();
    void this.sign(() => post(name, body), said, ...typed);
  }
}

customElements.define("incidents-page", IncidentsPage);
