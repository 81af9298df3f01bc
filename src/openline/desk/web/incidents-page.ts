// Incidents: one picture, neutral about cause; each party's assessment with its versions, who agrees by its own word,
// and what each party is proved to have had at a time.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { area, choice, input } from "./fields.js";
import { additionsView } from "./incident-acts.js";
import { classMark, rank, stamp } from "./inbox.js";
import { DeskPage } from "./page.js";
import { addressOf } from "./pages.js";
import { get, post, type Assessment, type IncidentSummary, type IncidentView, type Picture, type PostEvent } from "./wire.js";
import { still, timeBefore, timeTyped } from "./words.js";
import { code, coded, say, t } from "./tongue.js";

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

  protected override leave(): void {
    this.view = null;
  }

  protected override async read(): Promise<void> {
    this.incidents = (await get<{ incidents: IncidentSummary[] }>("incident-list")).incidents;
    this.view = this.rest && this.rest !== NEW ? await get<IncidentView>("incident-show", this.question()) : null;
  }

  // What the picture is asked for: now or at a time, and as whose.
  private question(): Record<string, string | number> {
    const query: Record<string, string | number> = { incident: this.rest };
    const said = this.desk.drafts.get("incident at");
    if (said) query["at"] = timeBefore(said, this.desk.board.now);
    const party = this.desk.drafts.get("incident as");
    if (party) query["party"] = party;
    return query;
  }

  override render(): TemplateResult {
    return html`<section aria-labelledby="page-title">
      <header class="bar">
        <h2 id="page-title" tabindex="-1">${t("Incidents")}</h2>
        ${this.desk.may("incident-open") ? html`<a class="button" href=${addressOf("incidents", NEW)}>${t("Open an incident")}</a>` : nothing}
      </header>
      <div class="panes">
        <ol class="rows">
          ${repeat(this.incidents, (each) => each.id, (each) => this.row(each))}
        </ol>
        ${this.rest === NEW ? this.opening() : this.view ? this.picture(this.view) : html`<p class="empty">${this.incidents.length ? t("Choose an incident.") : t("No incident has been opened.")}</p>`}
      </div>
    </section>`;
  }

  private row(each: IncidentSummary): TemplateResult {
    const waits = each.waits_for_us.length > 0;
    return html`<li>
      <a class="row ${each.precedence} ${waits ? "waits" : ""}" href=${addressOf("incidents", each.id)} aria-current=${this.rest === each.id ? "true" : "false"}>
        <span class="head">${rank(each)} ${classMark(each)} <span class="who" dir="auto">${each.title ?? t("(withheld)")}</span>
          <span class="mark">${each.open ? t("open") : t("closed")}</span></span>
        <span class="foot">${say("{line}, {happened} · origin {status}", { line: each.line, happened: stamp(each.happened), status: code(each.origin.status) })}${each.origin.preliminary ? `, ${t("preliminary")}` : ""}${waits ? html` · <strong>${t("asks something of us")}</strong>` : nothing}</span>
      </a>
    </li>`;
  }

  private opening(): TemplateResult {
    const { desk } = this;
    const lines = desk.board.lines;
    const line = lines.find((each) => each.line === desk.drafts.get("incident line")) ?? lines[0];
    return html`<section class="compose" aria-labelledby="open-title">
      <h3 id="open-title">${t("Open an incident")}</h3>
      <p class="foot">${t("Title and place say what is seen, and nothing of who did it.")}</p>
      <form @submit=${(event: SubmitEvent) => void this.open(event)} @change=${() => this.requestUpdate()}>
        ${choice(desk, "incident line", t("Line"), lines.map((each) => each.line))} ${choice(desk, "incident class", t("Class"), coded(line?.classes ?? []))}
        ${input(desk, "incident title", t("Title"), { required: true, first: true, most: 200 })} ${input(desk, "incident place", t("Place"), { required: true })}
        ${input(desk, "incident when", t("When: a UTC time; empty is now"))}
        <p class="signature">${say("Signed by {officer}, for {post}.", { officer: desk.me?.officer, post: desk.me?.post })}</p>
        <p class="acts"><button class="main" type="submit">${t("Sign and open it")}</button></p>
      </form>
    </section>`;
  }

  private async open(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { desk } = this;
    const line = desk.board.lines.find((each) => each.line === desk.drafts.get("incident line")) ?? desk.board.lines[0];
    const when = desk.drafts.get("incident when");
    let id = "";
    const done = await this.sign(async () => {
      const body = {
        line: line?.line ?? "",
        class: desk.drafts.get("incident class", line?.classes[0] ?? "operation"),
        title: desk.drafts.get("incident title"),
        place: desk.drafts.get("incident place"),
        at: when ? timeBefore(when, desk.board.now) : 0,
      };
      id = (await post<{ id: string }>("incident-open", body)).id;
    }, t("Incident opened and signed."), "incident title", "incident place", "incident when");
    if (done) this.follow(NEW, addressOf("incidents", id));
  }

  private picture(view: IncidentView): TemplateResult {
    const picture = view.picture;
    return html`<section class="message" aria-label=${t("picture of the incident")}>
      <form class="fields" @submit=${(event: SubmitEvent) => { event.preventDefault(); void this.refresh(); }}>
        ${input(this.desk, "incident at", t("As it was at (UTC; empty is now)"))}
        ${choice(this.desk, "incident as", t("As it was had by"), [["", t("this post, all that it holds")], ...(this.view?.picture?.table.map((each): [string, string] => [each.party, each.party]) ?? [])])}
        <p class="acts"><button type="submit">${t("Show that picture")}</button></p>
      </form>
      ${picture ? this.whole(picture) : html`<p class="error">✕ ${t("Nothing of it is proved to have been there then.")}</p>`}
    </section>`;
  }

  private whole(picture: Picture): TemplateResult {
    return html`<article class="said ${picture.class}" aria-label=${t("what happened")}>
        <p class="head">${rank(picture)} ${classMark(picture)} <strong dir="auto">${picture.title ?? t("(withheld)")}</strong></p>
        <p><bdi>${picture.place ?? t("(withheld)")}</bdi>, ${stamp(picture.happened)}</p>
        <p>${say("Origin: {origin}", { origin: html`<strong>${code(picture.origin.status)}</strong>` })}${picture.origin.preliminary ? `, ${t("preliminary")}` : ""}.
          ${picture.silent.length ? t("Nothing said by {silent}.", { silent: picture.silent.join(", ") }) : ""}</p>
        <ul>${picture.sources.map((each) => html`<li dir="auto">${say("Source ({by}): {text} {where}", { by: each.by, text: each.text, where: each.where })}</li>`)}</ul>
      </article>
      ${this.table(picture)}
      ${repeat(picture.assessments, (each) => each.assessment, (each) => this.assessment(each))}
      ${this.asked(picture)}
      ${this.forms(picture)} ${additionsView(this, picture, this.incidents)}
      <details>
        <summary>${say("Timeline: {count}", { count: picture.timeline.length })}</summary>
        <ol class="timeline">
          ${picture.timeline.map((each) => html`<li dir="auto">${stamp(each.at)} <strong>${each.author}</strong>: <bdi lang="en">${still(each.what)}</bdi></li>`)}
        </ol>
      </details>`;
  }

  // Parties against assessments: each says in words and by a shape what it holds.
  private table(picture: Picture): TemplateResult {
    const standing = picture.assessments.filter((each) => !each.withdrawn);
    return html`<table class="ladder stances">
      <caption>${t("Who says what of whose assessment")}</caption>
      <thead>
        <tr><th scope="col">${t("Party")}</th>${standing.map((each) => html`<th scope="col"><bdi>${each.author}</bdi>: <bdi>${each.origin || t("origin not known")}</bdi></th>`)}</tr>
      </thead>
      <tbody>
        ${picture.table.map(
          (row) => html`<tr>
            <th scope="row">${row.party}</th>
            ${row.cells.map((cell) => html`<td class=${`stance ${cell.said}`}><span aria-hidden="true">${SHAPES[cell.said] ?? "·"}</span> ${code(cell.said) || t("nothing")}${cell.earlier ? ` (${t("of an earlier version")})` : ""}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  private assessment(each: Assessment): TemplateResult {
    const name = `stance ${each.assessment}`;
    return html`<article class="said" aria-label=${t("assessment of {author}", { author: each.author })}>
      <p class="head"><strong>${each.author}</strong>
        <span class="mark">${each.confirmed ? t("CONFIRMED") : t("PRELIMINARY")}</span>
        ${each.confidence === "not-stated" ? nothing : html`<span class="mark">${code(each.confidence)}</span>`}
        ${each.withdrawn ? html`<span class="mark">${t("withdrawn")}</span>` : nothing}</p>
      <p class="text" dir="auto">${each.what ?? t("(withheld)")}</p>
      <p>${say("Origin: {origin}", { origin: html`<strong><bdi>${each.origin || t("not known")}</bdi></strong>` })}</p>
      ${each.earlier.map((one) => html`<p class="foot" dir="auto">${say("Before, {at}: {what} — origin {origin}", { at: stamp(one.at), what: one.what ?? t("(withheld)"), origin: one.origin || t("not known") })}</p>`)}
      <ul>${each.stances.filter((one) => one.counts).map((one) => html`<li dir="auto"><bdi>${one.author}</bdi>: ${code(one.stance)}${one.of_this_version ? "" : ` (${t("of an earlier version")})`}, ${say("signed by {officer} {at}", { officer: one.officer, at: stamp(one.at) })}${one.text ? html`: <bdi>${one.text}</bdi>` : nothing}</li>`)}</ul>
      ${this.desk.may("incident-stance") && !each.own && !each.withdrawn
        ? html`<form class="inline fields" @submit=${(event: SubmitEvent) => this.act(event, "incident-stance", { version: each.id, stance: this.desk.drafts.get(name, STANCES[0] ?? ""), text: this.desk.drafts.get(`${name} text`) }, t("Stance signed."), `${name} text`)}>
            ${choice(this.desk, name, t("Our stance"), coded(STANCES))} ${input(this.desk, `${name} text`, t("In words"))}
            <p class="acts"><button type="submit">${t("Sign the stance")}</button></p>
          </form>`
        : nothing}
    </article>`;
  }

  private asked(picture: Picture): TemplateResult {
    const all = [
      ...picture.quiets.map((each) => ({ each, what: t("asks not to comment until {until}", { until: each.quiet_until ?? "" }) })),
      ...picture.investigations.map((each) => ({ each, what: t("investigates, and asks to do so with it") })),
      ...picture.corrections.map((each) => ({ each: { ...each, asked: each.needs, finished: null }, what: say("proposes: {title}, {place}", { title: each.title ?? "", place: each.place ?? "" }) })),
    ];
    return html`<ul>
      ${all.map(
        ({ each, what }) => html`<li>
          <strong><bdi>${each.author}</bdi></strong> ${what}${each.withdrawn ? ` — ${t("withdrawn")}` : ""}${each.finished ? ` — ${t("finished")}` : ""}:
          ${each.asked.map((one) => `${one.party}: ${one.answer ? code(one.answer) : t("has not answered")}`).join("; ")}
          ${this.desk.may("incident-word") && picture.waits_for_us.includes(each.id)
            ? html`<button class="main" @click=${(event: Event) => this.act(event, "incident-word", { entry: each.id, word: "accepted" }, t("Signed: accepted."))}>${t("Accept")}</button>
                <button @click=${(event: Event) => this.act(event, "incident-word", { entry: each.id, word: "declined" }, t("Signed: declined."))}>${t("Decline")}</button>`
            : nothing}
        </li>`,
      )}
    </ul>`;
  }

  private forms(picture: Picture): TemplateResult | typeof nothing {
    const { desk } = this;
    if (!desk.may("incident-assess")) return nothing;
    const mine = picture.assessments.find((each) => each.own && !each.withdrawn);
    const typed = (name: string): string => `assess ${picture.id} ${name}`;
    const quiet = (name: string): string => `quiet ${picture.id} ${name}`;
    const field = (name: string, otherwise = ""): string => desk.drafts.get(typed(name), otherwise);
    return html`<form
        class="inline"
        @submit=${(event: SubmitEvent) =>
          this.act(
            event,
            "incident-assess",
            { incident: picture.id, what: field("what"), origin: field("origin"), confidence: field("confidence", "not-stated"), confirmed: field("confirmed") === "confirmed", version: mine?.id ?? "" },
            mine ? t("Revised and signed.") : t("Assessment signed."),
            typed("what"), typed("origin"), typed("confidence"), typed("confirmed"),
          )}
      >
        <h3>${mine ? t("Revise our assessment") : t("Our assessment")}</h3>
        ${area(desk, typed("what"), t("What we hold to have happened"), { required: true })} ${input(desk, typed("origin"), t("Origin; empty says that it is not known"))}
        <p class="fields">${choice(desk, typed("confidence"), t("Confidence"), coded(CONFIDENCES))} ${choice(desk, typed("confirmed"), t("It is"), coded(["preliminary", "confirmed"]))}</p>
        <p class="acts"><button class="main" type="submit">${mine ? t("Sign the revision") : t("Sign the assessment")}</button></p>
      </form>
      <form
        class="inline fields"
        @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          const body = (): object => ({ incident: picture.id, until: timeTyped(desk.drafts.get(quiet("until")), desk.board.now), text: desk.drafts.get(quiet("text")) });
          void this.sign(() => post("incident-quiet", body()), t("Signed: asked not to comment."), quiet("until"), quiet("text"));
        }}
      >
        ${input(desk, quiet("until"), t("Ask the others not to comment until"), { required: true, hint: "2h" })} ${input(desk, quiet("text"), t("Why"))}
        <p class="acts"><button type="submit">${t("Sign the request")}</button></p>
      </form>`;
  }

  private act(event: Event, name: string, body: object, said: string, ...typed: string[]): void {
    event.preventDefault();
    void this.sign(() => post(name, body), said, ...typed);
  }
}

customElements.define("incidents-page", IncidentsPage);
