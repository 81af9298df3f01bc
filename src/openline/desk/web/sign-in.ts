// Signing in: by name and password, or with a one-time link that sets the password.  Alone on the login page; on the
// console it stands before what was open, so that nothing typed is lost.

import { LitElement, html, nothing, type TemplateResult } from "lit";
import { languageView, said } from "./language.js";
import * as passkeys from "./passkeys.js";
import { code, list, say, t } from "./tongue.js";
import { Refusal, post, type Me } from "./wire.js";

export class SignIn extends LitElement {
  static override properties = { error: { state: true }, holder: { state: true }, busy: { state: true } };

  declare error: string | TemplateResult;
  declare holder: { officer: string; roles: string[] } | null;
  declare busy: boolean;
  private token = "";

  constructor() {
    super();
    this.error = "";
    this.holder = null;
    this.busy = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const link = /^#link=([\w-]+)$/.exec(location.hash);
    if (link?.[1]) {
      this.token = link[1];
      history.replaceState(null, "", "/");
      void this.ask(async () => {
        this.holder = await post<{ officer: string; roles: string[] }>("link-holder", { token: this.token });
      });
    }
  }

  override updated(): void {
    const field = this.querySelector<HTMLInputElement>("input:not([type=hidden])");
    if (field && !this.contains(document.activeElement)) field.focus();
  }

  private async ask(what: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.error = "";
    try {
      await what();
    } catch (error) {
      this.error = error instanceof Refusal ? said(error) : t("The device did not sign: {why}", { why: String(error) });
    } finally {
      this.busy = false;
    }
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const field = (name: string): string => String(form.get(name) ?? "");
    if (this.holder && field("password") !== field("again")) {
      this.error = t("The two passwords differ.");
      return;
    }
    void this.ask(async () => {
      const me = this.holder
        ? await post<Me>("link", { token: this.token, password: field("password") })
        : await post<Me>("sign-in", { officer: field("officer"), password: field("password"), code: field("code") });
      this.entered(me);
    });
  }

  private entered(me: Me): void {
    this.dispatchEvent(new CustomEvent<Me>("signed-in", { detail: me, bubbles: true }));
  }

  private withPasskey(): void {
    const { holder, token } = this;
    void this.ask(async () => this.entered(holder ? await passkeys.take(holder.officer, token) : await passkeys.signIn()));
  }

  override render(): unknown {
    const holder = this.holder;
    return html`<form class="sign-in" @submit=${(event: SubmitEvent) => this.submit(event)} aria-labelledby="sign-in-title">
      <h1 id="sign-in-title">${holder ? t("Set your password") : t("Sign in")}</h1>
      ${holder
        ? html`<p>${say("You are {officer}: {roles}. At least 12 characters.", { officer: html`<strong><bdi>${holder.officer}</bdi></strong>`, roles: list(holder.roles.map(code)) })}</p>
            <input type="hidden" name="officer" autocomplete="username" .value=${holder.officer} />`
        : html`<label>${t("Officer")} <input name="officer" autocomplete="username" required spellcheck="false" /></label>`}
      <label>
        ${t("Password")}
        <input name="password" type="password" autocomplete=${holder ? "new-password" : "current-password"} required />
      </label>
      ${holder
        ? html`<label>${t("The same again")} <input name="again" type="password" autocomplete="new-password" required /></label>`
        : nothing}
      ${holder
        ? nothing
        : html`<label>${t("One-time code, if you have set them up")} <input name="code" inputmode="numeric" autocomplete="one-time-code" /></label>`}
      <p class="error" role="alert">${this.error}</p>
      ${passkeys.possible()
        ? html`<button type="button" ?disabled=${this.busy} @click=${() => this.withPasskey()}>
            ${holder ? t("Use a passkey instead") : t("Sign in with a passkey")}
          </button>`
        : nothing}
      <button type="submit" ?disabled=${this.busy}>${holder ? t("Set password and sign in") : t("Sign in")}</button>
      ${languageView(() => this.dispatchEvent(new Event("language", { bubbles: true })))}
    </form>`;
  }
}

customElements.define("sign-in", SignIn);
