// One field of a form each; what is typed is kept in the tab until it is durably kept.

import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { OpenDesk } from "./desk.js";
import { valueOf } from "./forms.js";

export interface How {
  required?: boolean;
  // The field that gets the focus when its form opens.
  first?: boolean;
  most?: number;
  hint?: string;
}

export function input(desk: OpenDesk, name: string, label: string, how: How = {}): TemplateResult {
  return html`<label>
    ${label}
    <input
      class=${how.first ? "first" : ""}
      ?required=${how.required ?? false}
      maxlength=${how.most ?? 500}
      dir="auto"
      placeholder=${how.hint ?? ""}
      .value=${desk.drafts.get(name)}
      @input=${(event: Event) => desk.drafts.set(name, valueOf(event))}
    />
  </label>`;
}

export function area(desk: OpenDesk, name: string, label: string, how: How = {}): TemplateResult {
  return html`<label>
    ${label}
    <textarea
      class=${how.first ? "first" : ""}
      ?required=${how.required ?? false}
      rows="4"
      dir="auto"
      placeholder=${how.hint ?? ""}
      .value=${desk.drafts.get(name)}
      @input=${(event: Event) => desk.drafts.set(name, valueOf(event))}
    ></textarea>
  </label>`;
}

export function choice(desk: OpenDesk, name: string, label: string, among: readonly (string | [string, string])[]): TemplateResult {
  const pairs = among.map((each): [string, string] => (typeof each === "string" ? [each, each] : each));
  const chosen = desk.drafts.get(name, pairs[0]?.[0] ?? "");
  return html`<label>
    ${label}
    <select @change=${(event: Event) => desk.drafts.set(name, valueOf(event))}>
      ${pairs.map(([value, words]) => html`<option value=${value} .selected=${live(value === chosen)}>${words}</option>`)}
    </select>
  </label>`;
}
