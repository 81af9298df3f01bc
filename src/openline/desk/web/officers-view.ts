// Who may sign in at this desk: one-time links for officers, their roles, and the end of an account.

import { html, nothing, type TemplateResult } from "lit";
import { choice, input } from "./fields.js";
import type { DeskPage } from "./page.js";
import { post } from "./wire.js";
import { code, coded, list, say, t } from "./tongue.js";

const ROLES = ["watch officer", "releaser", "viewer", "principal", "administrator"];

export interface DeskAccount {
  officer: string;
  roles: string[];
  password: boolean;
}

export class Officers {
  accounts: DeskAccount[] = [];
  private link: { officer: string; url: string | null; token: string } | null = null;

  constructor(private readonly page: DeskPage) {}

  view(): TemplateResult | typeof nothing {
    const { desk } = this.page;
    if (!desk.may("desk-link")) return nothing;
    return html`<h3>${t("Who may sign in")}</h3>
      <ul>
        ${this.accounts.map(
          (each) => html`<li>
            <bdi>${each.officer}</bdi>: ${list(each.roles.map(code))}${each.password ? nothing : `, ${t("no password set")}`}
            ${each.officer === desk.me?.officer ? nothing : html`<button @click=${(event: Event) => void this.page.signs(event, "desk-end", () => ({ officer: each.officer }), t("{officer} signs in no more.", { officer: each.officer }))}>${t("End the account of {officer}", { officer: each.officer })}</button>`}
          </li>`,
        )}
      </ul>
      <form class="inline" @submit=${(event: Event) => void this.make(event)}>
        ${input(desk, "link officer", t("Officer of this post"), { required: true })}
        <span class="fields">${choice(desk, "link role", t("Role"), coded(ROLES))}</span>
        <p class="acts"><button type="submit">${t("Make a one-time link")}</button></p>
      </form>
      ${this.link ? html`<p role="status">${say("For {officer}, once, within a day; whoever has it first becomes that officer:", { officer: this.link.officer })} <code>${this.link.url ?? this.link.token}</code></p>` : nothing}`;
  }

  private async make(event: Event): Promise<void> {
    event.preventDefault();
    const { desk } = this.page;
    const officer = desk.drafts.get("link officer");
    const roles = [desk.drafts.get("link role", ROLES[0] ?? "")];
    const made = await desk.signed(async () => {
      this.link = await post("desk-link", { officer, roles });
    }, t("The link is made: give it to nobody else."));
    if (made) desk.drafts.drop("link officer");
    await this.page.refresh();
  }
}
