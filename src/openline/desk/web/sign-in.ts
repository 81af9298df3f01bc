// Signing in: by name and password, or with a one-time link that sets the password.  Alone on the login page; on the
// console it stands before what was open, so that nothing typed is lost.

import { LitElement, html, nothing } from "lit";
import { Refusal, post, type Me } from "./wire.js";

export class SignIn extends LitElement {
  static override properties = { error: { state: true }, holder: { state: true }, busy: { state: true } };

  declare error: string;
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
      this.error = error instanceof Refusal ? error.message : String(error);
    } finally {
      this.busy = false;
    }
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const field = (name: string): string => String(form.get(name) ?? "");
    if (this.holder && field("password") !== field("again")) {
      this.error = "The two passwords differ.";
      return;
    }
    void this.ask(async () => {
      const me = this.holder
        ? await post<Me>("link", { token: this.token, password: field("password") })
        : await post<Me>("sign-in", { officer: field("officer"), password: field("password") });
      this.dispatchEvent(new CustomEvent<Me>("signed-in", { detail: me, bubbles: true }));
    });
  }

  override render(): unknown {
    const holder = this.holder;
    return html`<form class="sign-in" @submit=${(event: SubmitEvent) => this.submit(event)} aria-labelledby="sign-in-title">
      <h1 id="sign-in-title">${holder ? "Set your password" : "Sign in"}</h1>
      ${holder
        ? html`<p>You are <strong>${holder.officer}</strong>: ${holder.roles.join(", ")}. At least 12 characters.</p>
            <input type="hidden" name="officer" autocomplete="username" .value=${holder.officer} />`
        : html`<label>Officer <input name="officer" autocomplete="username" required spellcheck="false" /></label>`}
      <label>
        Password
        <input name="password" type="password" autocomplete=${holder ? "new-password" : "current-password"} required />
      </label>
      ${holder
        ? html`<label>The same again <input name="again" type="password" autocomplete="new-password" required /></label>`
        : nothing}
      <p class="error" role="alert">${this.error}</p>
      <button type="submit" ?disabled=${this.busy}>${holder ? "Set password and sign in" : "Sign in"}</button>
    </form>`;
  }
}

customElements.define("sign-in", SignIn);
