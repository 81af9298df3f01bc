// Which language the interface speaks: the choice, and whether anybody who speaks it has reviewed it.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { Refusal } from "./wire.js";
import { TONGUES, advice, choose, t, tongue, unreviewed, type Tongue } from "./tongue.js";
import { still } from "./words.js";

export function languageView(then: () => void = () => undefined): TemplateResult {
  const chosen = (event: Event): void => {
    void choose((event.target as HTMLSelectElement).value as Tongue).then(then);
  };
  return html`<span class="language">
    <select aria-label=${t("Language")} @change=${chosen}>
      ${Object.entries(TONGUES).map(
        ([name, own]) => html`<option value=${name} lang=${name} .selected=${live(name === tongue())}>${own}</option>`,
      )}
    </select>
    ${unreviewed() ? html`<small class="unreviewed">◆ ${t("no native speaker has reviewed this translation")}</small>` : nothing}
  </span>`;
}

// A sentence of the post, with what its code means in the chosen language before it.
export function beside(meaning: string, english: string): TemplateResult | string {
  const plain = still(english);
  return meaning ? html`${meaning} <span lang="en" dir="ltr" class="english">${plain}</span>` : plain;
}

// What went wrong, for the page.
export function said(error: unknown): TemplateResult | string {
  if (error instanceof Refusal) return beside(advice("error", error.code), error.message);
  return error instanceof Error ? error.message : String(error);
}
