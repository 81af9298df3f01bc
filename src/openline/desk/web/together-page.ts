// Simultaneous exchanges: each side's document sealed here, all of them shown together once all are bound, or none.

import { html, nothing, type TemplateResult } from "lit";
import { actForm, folded } from "./act-form.js";
import type { Together, TogetherParty } from "./claim-types.js";
import { keep } from "./downloads.js";
import { area, input } from "./fields.js";
import { classMark, stamp } from "./inbox.js";
import { DeskPage } from "./page.js";
import { addressOf } from "./pages.js";
import { get, post, type PostEvent } from "./wire.js";
import { span } from "./words.js";
import { code, coded, list, say, t } from "./tongue.js";

const NEW = "new";
const AGAIN_MS = 15_000;
const SHORT = 12;
const SHAPES: Record<string, string> = { bound: "■", shown: "✓", "shown late": "✓", "did not reveal": "✕" };

export class TogetherPage extends DeskPage {
  private exchanges: Together[] = [];
  private opened: Together | null = null;
  private file: File | null = null;
  protected override readonly againMs = AGAIN_MS;

  protected override concerns(event: PostEvent): boolean {
    return event.what === "entry" && event.kind.startsWith("together");
  }

  protected override leave(): void {
    this.opened = null;
    this.file = null;
  }

  protected override async read(): Promise<void> {
    this.exchanges = (await get<{ exchanges: Together[] }>("together-list")).exchanges;
    this.opened = this.rest && this.rest !== NEW ? await get<Together>("together-show", { exchange: this.rest }) : null;
  }

  override render(): TemplateResult {
    return html`<section aria-labelledby="page-title">
      <header class="bar">
        <h2 id="page-title" tabindex="-1">${t("Exchanges")}</h2>
        ${this.desk.may("together-open") ? html`<a class="button" href=${addressOf("together", NEW)}>${t("Ask for an exchange")}</a>` : nothing}
      </header>
      <div class="panes">
        <ol class="rows">${this.exchanges.map((each) => this.row(each))}</ol>
        ${this.rest === NEW ? this.asking() : this.opened ? this.whole(this.opened) : html`<p class="empty">${this.exchanges.length ? t("Choose an exchange.") : t("No exchange was asked for yet.")}</p>`}
      </div>
    </section>`;
  }

  private row(each: Together): TemplateResult {
    const chosen = this.rest === each.id;
    return html`<li>
      <a class="row ${chosen ? "opened" : ""}" aria-current=${chosen ? "true" : "false"} href=${addressOf("together", each.id)}>
        <span class="head">${classMark(each)} <span class="who"><bdi>${each.author}</bdi></span> <span class="mark">${standing(each)}</span></span>
        <span class="text" dir="auto">${each.text ?? t("(text withheld)")}</span>
        <span class="foot">${each.parties.map((party) => html`<span><bdi>${party.post}</bdi>: ${code(party.stands)} </span>`)}</span>
      </a>
    </li>`;
  }

  private asking(): TemplateResult {
    const { desk } = this;
    return html`<section class="compose" aria-labelledby="together-title">
      <h3 id="together-title">${t("Ask for a simultaneous exchange")}</h3>
      <p class="foot">${t("Each side seals its document at its own post. All posts show them by themselves once all are bound; before, nobody can read any of them.")}</p>
      ${actForm(this, {
        request: "together-open",
        about: {},
        fields: [
          { key: "line", label: t("Line"), as: "choice", among: desk.board.lines.map((each) => each.line) },
          { key: "peers", label: t("With whom (with ; between; empty: all peers)"), as: "names" },
          { key: "text", label: t("What each is to show"), as: "text", required: true },
          { key: "commit_by", label: t("All are bound by (UTC)"), as: "time", required: true },
          { key: "reveal_by", label: t("All have shown by (UTC)"), as: "time", required: true },
          { key: "class", label: t("Class"), as: "choice", among: coded(desk.board.lines[0]?.classes ?? []) },
        ],
        make: (body) => ({ peers: desk.peers, ...body }),
        button: t("Sign and ask"),
        said: t("Asked and signed."),
        main: true,
        opens: "together",
      })}
    </section>`;
  }

  private whole(each: Together): TemplateResult {
    const mine = each.parties.find((party) => party.own);
    const until = Date.parse(each.complete ? each.reveal_by : each.commit_by) - this.now;
    return html`<section class="message" aria-label=${t("simultaneous exchange")}>
      <header class="bar">
        <h3>${say("Exchange asked for by {author}", { author: each.author })}</h3> <span class="mark">${standing(each)}</span>
        <a class="button" href=${addressOf("together")}>${t("Close")}</a>
      </header>
      <p class="text" dir="auto">${each.text ?? t("(text withheld)")}</p>
      <p>${say("All are bound by {commit}, and have shown by {reveal}.", { commit: stamp(each.commit_by), reveal: stamp(each.reveal_by) })}
        ${!each.open && !each.off && until > 0 ? html`<span class="clock" role="timer">${say("{left} left", { left: span(until) })}</span>` : nothing}</p>
      ${each.kept_here ? html`<p><strong>${t("Our document is sealed at this post; it is shown by itself.")}</strong></p>` : nothing}
      ${each.lost_here ? html`<p class="error">✕ ${t("Our document was lost at this post. Tell the other parties by voice.")}</p>` : nothing}
      <div class="beside">${each.parties.map((party) => this.party(party))}</div>
      ${each.withdrawn.map((one) => html`<p><strong class="mark">${t("withdrawn")}</strong> ${say("by {officer}, {author}, {at}", { officer: one.officer ?? t("nobody"), author: one.author, at: stamp(one.at) })}${one.text ? html`: <bdi>${one.text}</bdi>` : nothing}${one.not_held_by.length ? html` <strong>${say("It may still open: not held by {members}.", { members: list(one.not_held_by) })}</strong>` : nothing}</p>`)}
      ${mine && !mine.committed && !each.off && this.desk.may("together-commit") ? this.sealing(each) : nothing}
      ${mine && !each.complete && !each.off
        ? folded(t("Take no part any more"), actForm(this, { request: "together-withdraw", about: { exchange: each.id }, fields: [{ key: "text", label: t("Why") }], button: t("Sign that we withdraw"), said: t("Withdrawn and signed.") }))
        : nothing}
    </section>`;
  }

  private party(party: TogetherParty): TemplateResult {
    const { document } = party;
    return html`<article class="said" aria-label=${t("document of {party}", { party: party.post })}>
      <p class="head"><strong><bdi>${party.post}</bdi></strong> <span class="mark"><span aria-hidden="true">${SHAPES[party.stands] ?? "·"}</span> ${code(party.stands)}</span></p>
      ${party.committed ? html`<p class="foot">${say("Bound by {officer} {at} to", { officer: party.committed.officer ?? t("nobody"), at: stamp(party.committed.at) })} <code>${party.committed.digest.slice(0, SHORT)}</code></p>` : nothing}
      ${party.silent ? html`<p class="error">✕ ${say("It had all that was bound, signed an entry after the hour, {at}, and showed nothing.", { at: stamp(party.silent.at) })}</p>` : nothing}
      ${document
        ? html`${document.text === null ? nothing : html`<p class="text" dir="auto">${document.text}</p>`}
            <p class="foot"><bdi>${document.name}</bdi> ${t("{size} bytes", { size: document.size })}, <code>SHA-256 ${document.sha256}</code></p>
            <p class="acts"><button @click=${() => take(document)}>${t("Take the document")}</button></p>`
        : nothing}
    </article>`;
  }

  private sealing(each: Together): TemplateResult {
    const { desk } = this;
    const name = `seal ${each.id}`;
    return html`<form class="inline" @submit=${(event: SubmitEvent) => void this.seal(event, each)}>
      <p class="foot">${t("What is sealed here cannot be changed, and is shown by itself once all are bound.")}</p>
      ${area(desk, name, t("Our document, as text"))}
      <label>${t("Or a file (up to 128 KiB)")} <input type="file" @change=${(event: Event) => { this.file = (event.target as HTMLInputElement).files?.[0] ?? null; }} /></label>
      ${input(desk, `${name} name`, t("Its name (may be empty)"))}
      <p class="acts"><button class="main" type="submit">${t("Sign and seal it")}</button></p>
    </form>`;
  }

  private async seal(event: SubmitEvent, each: Together): Promise<void> {
    event.preventDefault();
    const { drafts } = this.desk;
    const name = `seal ${each.id}`;
    const { file } = this;
    await this.sign(async () => {
      const bytes = file ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(drafts.get(name));
      if (!bytes.length) throw new Error(t("Write the document, or choose a file."));
      const document = btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(""));
      await post("together-commit", { exchange: each.id, document, name: drafts.get(`${name} name`) || (file?.name ?? "") });
    }, t("Sealed and signed: this post is bound."), name, `${name} name`);
  }
}

function standing(each: Together): string {
  if (each.off) return t("off");
  if (each.open) return t("open: all is shown");
  return each.complete ? t("all are bound") : t("not all are bound");
}

function take(document: NonNullable<TogetherParty["document"]>): void {
  const bytes = Uint8Array.from(atob(document.base64), (each) => each.charCodeAt(0));
  keep(new Blob([bytes]), document.name.replace(/[^\w.-]/g, "_") || "document");
}

customElements.define("together-page", TogetherPage);
