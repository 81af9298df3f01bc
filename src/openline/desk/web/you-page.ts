// Whoever has signed in: roles, passkeys and what they sign, one-time codes where passkeys cannot be.

import { html, nothing, type TemplateResult } from "lit";
import { Officers, type DeskAccount } from "./officers-view.js";
import { DeskPage } from "./page.js";
import { possible, take } from "./passkeys.js";
import { get, post, type Me } from "./wire.js";
import { code, list, say, t } from "./tongue.js";

export class YouPage extends DeskPage {
  private officers = new Officers(this);
  private secret: { secret: string; uri: string } | null = null;

  protected override concerns(): boolean {
    return false;
  }

  protected override async read(): Promise<void> {
    this.desk.me = await get<Me>("me");
    if (this.desk.may("desk-list")) this.officers.accounts = (await get<{ accounts: DeskAccount[] }>("desk-list")).accounts;
  }

  override render(): TemplateResult {
    const { me } = this.desk;
    return html`<section aria-labelledby="page-title">
      <h2 id="page-title" tabindex="-1">${t("You")}</h2>
      ${me ? this.standing(me) : nothing}
    </section>`;
  }

  private standing(me: Me): TemplateResult {
    return html`<p>${say("You are {officer}: {roles}.", { officer: html`<strong><bdi>${me.officer}</bdi></strong>`, roles: list(me.roles.map(code)) })}</p>
      <h3>${t("Passkeys")}</h3>
      <p>${t("A passkey signs you in, and signs what you do on a device of yours; without one the post signs for you.")}</p>
      <ul>
        ${me.passkeys.map(
          (each) => html`<li>
            <code>${each.id.slice(0, 12)}</code> <bdi dir="ltr">${each.rp}</bdi>:
            ${each.signs ? t("signs in and signs acts") : t("signs in only, for the card of this post does not name it")}
          </li>`,
        )}
      </ul>
      ${possible()
        ? html`<p class="acts"><button class="main" @click=${() => this.add(me)}>${t("Add a passkey")}</button></p>`
        : html`<p>${t("Passkeys cannot be here: open the desk by the name localhost, with the same port, and not by an address in numbers.")}</p>`}
      <h3>${t("One-time codes")}</h3>
      ${me.code ? html`<p>${t("A code is asked for beside your password.")}</p>` : this.codes()} ${this.officers.view()}`;
  }

  private codes(): TemplateResult {
    if (!this.secret) {
      return html`<p>${t("Where passkeys cannot be, a code from an app goes beside the password.")}</p>
        <p class="acts"><button @click=${() => this.begin()}>${t("Set up one-time codes")}</button></p>`;
    }
    return html`<p>${t("Type this into the app, or open the address with it. It is shown once.")}</p>
      <p><code class="secret">${this.secret.secret}</code></p>
      <p><code>${this.secret.uri}</code></p>
      <form class="inline" @submit=${(event: SubmitEvent) => this.confirm(event)}>
        <label>${t("The code of now")} <input name="code" inputmode="numeric" autocomplete="one-time-code" required /></label>
        <p class="acts"><button class="main" type="submit">${t("Ask for codes from now on")}</button></p>
      </form>`;
  }

  private add(me: Me): void {
    void this.sign(async () => {
      this.desk.me = await take(me.officer, "");
    }, t("The passkey is taken up."));
  }

  private begin(): void {
    void this.desk.tried(async () => {
      this.secret = await post<{ secret: string; uri: string }>("code-new", {});
      this.requestUpdate();
    });
  }

  private confirm(event: SubmitEvent): void {
    event.preventDefault();
    const typed = String(new FormData(event.target as HTMLFormElement).get("code") ?? "");
    void this.sign(async () => {
      this.desk.me = await post<Me>("code-confirm", { code: typed });
      this.secret = null;
    }, t("A code is asked for from now on."));
  }
}

customElements.define("you-page", YouPage);
