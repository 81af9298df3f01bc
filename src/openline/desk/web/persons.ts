// Who signed an entry: whether one officer released what takes two, who countersigned it, and the button for that.

import { html, nothing, type TemplateResult } from "lit";
import type { OpenDesk } from "./desk.js";
import type { Entry } from "./wire.js";
import { say, t } from "./tongue.js";

type Signed = Pick<Entry, "id" | "own" | "officer" | "drafter" | "released_by_one" | "countersigned">;

export function personsView(desk: OpenDesk, entry: Signed, signed?: () => void): TemplateResult | typeof nothing {
  const drafted = entry.drafter ? html`<p class="foot">${say("Drafted by {drafter}, released by {officer}.", { drafter: entry.drafter, officer: entry.officer ?? t("nobody") })}</p>` : nothing;
  if (!entry.released_by_one) return drafted;
  if (entry.countersigned) return html`<p class="by-one"><span class="mark"><span aria-hidden="true">✓</span> ${say("Released by one; countersigned by {officer}", { officer: entry.countersigned })}</span></p>`;
  const open = html`<strong class="mark"><span aria-hidden="true">½</span> ${t("Released by one: not countersigned yet")}</strong>`;
  if (!entry.own || !desk.may("mark")) return html`<p class="by-one">${open}</p>`;
  if (entry.officer === desk.me?.officer) return html`<p class="by-one">${open} ${t("You released it: another officer countersigns it.")}</p>`;
  return html`<p class="by-one acts">${open} <button class="main" @click=${() => void desk.mark(entry, "countersigned").then(signed)}>${t("Countersign")}</button></p>`;
}
