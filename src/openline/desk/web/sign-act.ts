// Before a passkey signs: all that is signed, in full, in a dialog that only the officer ends.

import { LitElement, html, nothing, type TemplateResult } from "lit";
import { said } from "./language.js";
import { type DraftShown, type Drafted, sign, signing } from "./passkeys.js";
import { Refusal, post, signWith, type Me } from "./wire.js";
import { advice, code, t } from "./tongue.js";

const LEFT = "left";
const TWO_PERSONS = "two-persons";
const NO_DRAFT = "misuse";

export class SignAct extends LitElement {
  static override properties = { drafted: { state: true }, failed: { state: true }, busy: { state: true } };

  declare drafted: Drafted | null;
  declare failed: string | TemplateResult;
  declare busy: boolean;
  private keys: string[] = [];
  private without: (() => Promise<unknown>) | null = null;
  private done: ((value: unknown) => void) | null = null;
  private left: ((error: Refusal) => void) | null = null;

  constructor() {
    super();
    this.drafted = null;
    this.failed = "";
    this.busy = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  // Shows what is to be signed, and ends with what came of it, or with a refusal where the officer left.
  ask<T>(drafted: Drafted, keys: string[], without: (() => Promise<T>) | null = null): Promise<T> {
    this.left?.(new Refusal(LEFT, 0, t("Not signed.")));
    this.drafted = drafted;
    this.keys = keys;
    this.without = without;
    this.failed = "";
    return new Promise<T>((done, left) => {
      this.done = done as (value: unknown) => void;
      this.left = left;
    });
  }

  override updated(): void {
    const dialog = this.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
  }

  private async sign(): Promise<void> {
    if (!this.drafted) return;
    this.busy = true;
    this.failed = "";
    try {
      this.end(await sign(this.drafted, this.keys));
    } catch (error) {
      this.failed = said(error);
    } finally {
      this.busy = false;
    }
  }

  private end(value: unknown): void {
    const done = this.done;
    this.close();
    done?.(value);
  }

  // Without the device: the post signs with the key that it holds for the officer, and the record says so.
  private async plainly(): Promise<void> {
    if (!this.without) return;
    this.busy = true;
    this.failed = "";
    try {
      this.end(await this.without());
    } catch (error) {
      this.failed = said(error);
    } finally {
      this.busy = false;
    }
  }

  private leave(event: Event): void {
    event.preventDefault();
    const left = this.left;
    this.close();
    left?.(new Refusal(LEFT, 0, t("Not signed: what you typed is kept.")));
  }

  private close(): void {
    this.querySelector("dialog")?.close();
    this.drafted = null;
    this.done = null;
    this.left = null;
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.drafted) return nothing;
    const { shown } = this.drafted;
    return html`<dialog class="sign-act ${shown.class}" aria-labelledby="sign-act-title" @cancel=${(event: Event) => this.leave(event)}>
      <h2 id="sign-act-title">${shown.asked?.drafting ? t("Sign as drafter with your passkey") : t("Sign with your passkey")}</h2>
      ${wholeView(shown)}
      <p class="error" role="alert">${this.failed}</p>
      <p class="acts">
        <button class="main" autofocus ?disabled=${this.busy} @click=${() => this.sign()}>${t("Sign with passkey")}</button>
        ${this.without
          ? html`<button ?disabled=${this.busy} @click=${() => this.plainly()}>${t("Let the post sign for me")}</button>`
          : nothing}
        <button ?disabled=${this.busy} @click=${(event: Event) => this.leave(event)}>${t("Do not sign")}</button>
      </p>
    </dialog>`;
  }
}

customElements.define("sign-act", SignAct);

// Everything that the signature covers, nothing left out.
export function wholeView(shown: DraftShown): TemplateResult {
  const rows: [string, unknown][] = [
    [t("What"), code(shown.kind)],
    [t("Line"), shown.line],
    [t("Class"), code(shown.class.toUpperCase())],
    [t("Precedence"), shown.precedence.toUpperCase()],
    [t("In exchange"), shown.exchange ?? t("a new one")],
    [t("About"), shown.refers.length ? shown.refers.join(" ") : t("nothing before it")],
    [t("Drafted by"), shown.drafter ?? t("nobody else")],
    [t("Signed by"), shown.asked ? `${shown.asked.officer}${shown.asked.role ? `, ${code(shown.asked.role)}` : ""}` : t("not yet")],
    [t("At"), shown.asked?.time ?? shown.made],
    [t("Draft"), shown.draft],
  ];
  return html`<dl class="whole">
      ${rows.map(([name, value]) => html`<dt>${name}</dt><dd dir="auto">${value}</dd>`)}
      ${shown.says.map((item) => html`<dt>${t("Says")}</dt><dd>${itemView(item)}</dd>`)}
    </dl>`;
}

// Fields that hold one of several codes; what people wrote stays as it is.
const CHOICES = new Set([
  "answer", "change", "confidence", "how", "kind", "layer", "level", "line", "maker", "outcome", "progress", "reason", "reply", "shape", "sort", "stance", "state",
  "verdict", "why", "word",
]);

function itemView(item: unknown, field = ""): TemplateResult {
  if (Array.isArray(item)) return html`<ul>${item.map((each) => html`<li>${itemView(each, field)}</li>`)}</ul>`;
  if (item !== null && typeof item === "object") {
    const parts = Object.entries(item);
    return html`<ul>${parts.map(([name, value]) => html`<li><span class="key">${advice("field", name) || name}:</span> ${itemView(value, name)}</li>`)}</ul>`;
  }
  if (typeof item === "boolean") return html`${code(item ? "yes" : "no")}`;
  return CHOICES.has(field) ? html`${code(String(item))}` : html`<span dir="auto">${String(item)}</span>`;
}

// From here on what an officer signs goes through a passkey where there is one, and waits for a second person where
// the rules of the line ask for two.  That something was seen is signed by the post: nobody is asked at each look.
export function signActs(me: () => Me | null, tell: (said: string) => void): void {
  signWith(async (name, body, plainly) => {
    const who = me();
    const seen = name === "mark" && (body as { what?: string }).what === "seen";
    const may = who?.signs.includes(name) ?? false;
    if (!may || seen) return plainly();
    const keys = signing(who);
    const request = { do: name, ...body };
    try {
      if (!keys.length) return await plainly();
      const drafted = await draft(request, false);
      return drafted ? await box().ask(drafted, keys, plainly) : await plainly();
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== TWO_PERSONS) throw error;
    }
    const made = keys.length
      ? await box().ask(await post<Drafted>("draft", { request, device: true, release: true }), keys)
      : await post("draft", { request, release: true });
    setTimeout(() => tell(t("Drafted and signed. It takes two: another officer releases it, on the page Drafts.")));
    return made;
  });
}

// What is to be signed, or null for what the post does not make ready: it says by itself what is wrong with it.
async function draft(request: object, release: boolean): Promise<Drafted | null> {
  try {
    return await post<Drafted>("draft", { request, device: true, release });
  } catch (error) {
    if (error instanceof Refusal && error.code === NO_DRAFT) return null;
    throw error;
  }
}

export function box(): SignAct {
  const here = document.querySelector<SignAct>("sign-act");
  return here ?? document.body.appendChild(document.createElement("sign-act") as SignAct);
}
