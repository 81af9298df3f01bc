// Drafts that wait for a second officer: each in full, with who drafted it, to be released or dropped.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { DeskPage } from "./page.js";
import { type DraftShown, type Drafted, signing } from "./passkeys.js";
import { box, wholeView } from "./sign-act.js";
import { get, post } from "./wire.js";
import { t } from "./tongue.js";

const AGAIN_MS = 5000;

export class DraftsPage extends DeskPage {
  private drafts: DraftShown[] | null = null;
  protected override readonly againMs = AGAIN_MS;

  protected override async read(): Promise<void> {
    this.drafts = (await get<{ drafts: DraftShown[] }>("draft-list")).drafts;
  }

  override render(): TemplateResult {
    const { drafts } = this;
    return html`<section aria-labelledby="page-title">
      <h2 id="page-title" tabindex="-1">${t("Drafts")}</h2>
      ${drafts?.length === 0 ? html`<p class="empty">${t("Nothing waits for a second officer.")}</p>` : nothing}
      ${repeat(drafts ?? [], (each) => each.draft, (each) => this.draft(each))}
    </section>`;
  }

  private draft(shown: DraftShown): TemplateResult {
    const own = shown.drafter === this.desk.me?.officer;
    return html`<article class="said draft ${shown.class}" aria-label=${t("draft {draft}", { draft: shown.draft.slice(0, 8) })}>
      ${wholeView(shown)}
      <p class="acts">
        ${this.desk.may("draft-release") && !own
          ? html`<button class="main" @click=${() => this.release(shown)}>${t("Sign and release")}</button>`
          : html`<span>${own ? t("You drafted it: another officer releases it.") : t("An officer who may release does that.")}</span>`}
        ${this.desk.may("draft-drop") ? html`<button @click=${() => this.drop(shown)}>${t("Drop it")}</button>` : nothing}
      </p>
    </article>`;
  }

  private release(shown: DraftShown): void {
    const keys = signing(this.desk.me);
    const { draft } = shown;
    const plainly = (): Promise<unknown> => post("draft-release", { draft });
    const signed = async (): Promise<unknown> =>
      keys.length ? box().ask(await post<Drafted>("draft-release", { draft, device: true }), keys, plainly) : plainly();
    void this.sign(signed, t("Released and signed by two."));
  }

  private drop(shown: DraftShown): void {
    void this.sign(() => post("draft-drop", { draft: shown.draft }), t("Dropped: nobody releases it."));
  }
}

customElements.define("drafts-page", DraftsPage);
