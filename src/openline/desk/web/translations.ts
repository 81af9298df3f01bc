// Translations beside what somebody wrote: each with who or what made it and who attached it, never as the author's
// words; and the form that attaches one.

import { LitElement, html, nothing, type TemplateResult } from "lit";
import type { OpenDesk } from "./desk.js";
import { area, choice, input } from "./fields.js";
import { stamp } from "./inbox.js";
import { get, post, type Entry, type PostEvent } from "./wire.js";
import { coded, say, t, tongue } from "./tongue.js";

// The document tells what the post told, to elements that are no page.
export const TOLD = "told";

const SHORT = 40;
const FROM_RIGHT = /^(ar|dv|fa|he|ps|sd|ug|ur|yi)(-|$)/;
const NONE = "";

interface Translation extends Entry {
  field: string;
  language: string;
  maker: "person" | "machine";
  made_by: string | null;
  stands: boolean;
  withdrawn: Entry | null;
  why: string;
  replaced: string[];
  disputed: string[];
}

interface Beside extends Entry {
  texts: { field: string; text: string }[];
  translations: Translation[];
}

export function directionOf(language: string): "rtl" | "ltr" {
  return FROM_RIGHT.test(language) ? "rtl" : "ltr";
}

// What a language is called in the one that is spoken here, with its tag.
export function languageName(tag: string): string {
  try {
    const name = new Intl.DisplayNames([tongue()], { type: "language" }).of(tag);
    return name && name !== tag ? `${name} (${tag})` : tag;
  } catch {
    return tag;
  }
}

export class EntryTranslations extends LitElement {
  static override properties = { desk: { attribute: false }, entry: { attribute: false } };

  declare desk: OpenDesk;
  declare entry: string;

  private beside: Beside | null = null;
  private readonly unfolded = new Set<string>();
  private readonly told = (event: Event): void => {
    const { detail } = event as CustomEvent<PostEvent | null>;
    if (!detail || (detail.what === "entry" && detail.kind.startsWith("translation"))) void this.read();
  };

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener(TOLD, this.told);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener(TOLD, this.told);
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("entry")) return;
    this.beside = null;
    void this.read();
  }

  private async read(): Promise<void> {
    const asked = this.entry;
    await this.desk.tried(async () => {
      const beside = await get<Beside>("translation-list", { entry: asked });
      if (asked === this.entry) this.beside = beside;
    }, "quietly");
    this.requestUpdate();
  }

  override render(): TemplateResult | typeof nothing {
    const held = this.beside;
    if (!held?.texts.length || held.kind.startsWith("translation")) return nothing;
    return html`${held.translations.map((each) => this.one(held, each))} ${this.desk.may("translation-attach") ? this.form(held) : nothing}`;
  }

  private one(held: Beside, each: Translation): TemplateResult {
    const maker = html`<bdi>${each.made_by ?? t("(withheld)")}</bdi>`;
    const values = { language: languageName(each.language), maker };
    const of = held.texts.length > 1 ? held.texts.find((one) => one.field === each.field)?.text : undefined;
    return html`<article class="translation ${each.stands ? "" : "gone"}" aria-label=${t("translation")}>
      <p class="head">
        <span class="mark"><span aria-hidden="true">⇆</span> ${t("TRANSLATION")}</span>
        <span>${each.maker === "machine" ? say("{language}, made by the machine “{maker}”", values) : say("{language}, made by {maker}", values)}</span>
        ${each.withdrawn ? html`<span class="mark">${t("withdrawn")}</span>` : nothing}
        ${each.replaced.length ? html`<span class="mark">${t("replaced by a later one")}</span>` : nothing}
        ${each.disputed.length ? html`<span class="mark">${t("disputed by another translation")}</span>` : nothing}
      </p>
      ${of === undefined ? nothing : html`<p class="foot" dir="auto">“${of.slice(0, SHORT)}${of.length > SHORT ? "…" : ""}”</p>`}
      <p class="text" lang=${each.language} dir=${directionOf(each.language)}>${each.text ?? t("(text withheld)")}</p>
      ${each.why ? html`<p dir="auto">${each.why}</p>` : nothing}
      <p class="foot">
        ${say("Attached by {officer}, {author}, {at}; not the words of {whose}.", { officer: each.officer ?? "", author: each.author, at: stamp(each.at), whose: held.author })}
      </p>
      ${each.own && !each.withdrawn && this.desk.may("translation-withdraw") ? this.withdrawal(each) : nothing}
    </article>`;
  }

  private withdrawal(each: Translation): TemplateResult {
    const name = `translation ${each.id} why`;
    return this.folded(name, t("Withdraw it"), () => html`<form class="inline" @submit=${(event: Event) => void this.withdraw(event, each.id, name)}>
      ${input(this.desk, name, t("Why (may be empty)"))}
      <p class="acts"><button type="submit">${t("Sign “withdrawn”")}</button></p>
    </form>`);
  }

  private form(held: Beside): TemplateResult {
    const { desk } = this;
    const name = `translate ${held.id}`;
    const standing = held.translations.filter((each) => each.stands);
    const short = (text: string): string => (text.length > SHORT ? `${text.slice(0, SHORT)}…` : text);
    const of = held.texts.map((each): [string, string] => [each.field, short(each.text)]);
    const instead = standing.map((each): [string, string] => [each.id, `${each.language}, ${each.made_by ?? ""}, ${each.author}`]);
    return this.folded(name, t("Attach a translation"), () => html`<form class="inline" @submit=${(event: Event) => void this.attach(event, held, name)}>
        ${of.length > 1 ? html`<span class="fields">${choice(desk, `${name} field`, t("Of which text"), of)}</span>` : nothing}
        ${area(desk, `${name} text`, t("Translation"), { required: true })}
        ${input(desk, `${name} to`, t("Into which language"), { required: true, hint: "en fr ru", most: 40 })}
        <span class="fields">${choice(desk, `${name} maker`, t("Made by"), coded(["person", "machine"]))}</span>
        ${input(desk, `${name} who`, t("Name of that person or machine"), { required: true })}
        ${instead.length ? html`<span class="fields">${choice(desk, `${name} instead`, t("It contradicts"), [[NONE, t("none")], ...instead])}</span>` : nothing}
        <p class="acts"><button type="submit">${t("Sign and attach")}</button></p>
      </form>`);
  }

  // A form behind its name, on the page only while it is open.
  private folded(name: string, summary: string, form: () => TemplateResult): TemplateResult {
    const toggled = (event: Event): void => {
      const open = (event.target as HTMLDetailsElement).open;
      if (open === this.unfolded.has(name)) return;
      if (open) this.unfolded.add(name);
      else this.unfolded.delete(name);
      this.requestUpdate();
    };
    return html`<details class="act" @toggle=${toggled}>
      <summary>${summary}</summary>
      ${this.unfolded.has(name) ? form() : nothing}
    </details>`;
  }

  private async attach(event: Event, held: Beside, name: string): Promise<void> {
    event.preventDefault();
    const typed = (field: string): string => this.desk.drafts.get(`${name} ${field}`).trim();
    const body = {
      entry: held.id,
      text: typed("text"),
      to: typed("to"),
      [typed("maker") === "machine" ? "machine" : "by"]: typed("who"),
      field: held.texts.length > 1 ? typed("field") || (held.texts[0]?.field ?? "") : "",
      instead: typed("instead"),
    };
    await this.signed("translation-attach", body, t("Translation attached and signed."), ["text", "to", "maker", "who", "instead", "field"].map((each) => `${name} ${each}`));
  }

  private async withdraw(event: Event, translation: string, name: string): Promise<void> {
    event.preventDefault();
    const body = { translation, text: this.desk.drafts.get(name).trim() };
    await this.signed("translation-withdraw", body, t("Signed: translation withdrawn."), [name]);
  }

  private async signed(what: string, body: object, said: string, typed: string[]): Promise<void> {
    if (!(await this.desk.signed(() => post(what, body), said))) return;
    for (const each of typed) this.desk.drafts.drop(each);
    for (const each of this.querySelectorAll("details.act")) each.removeAttribute("open");
    await this.read();
  }
}

customElements.define("entry-translations", EntryTranslations);

// The same under a text, by the entry that holds it.
export function translationsOf(desk: OpenDesk, entry: string): TemplateResult {
  return html`<entry-translations .desk=${desk} .entry=${entry}></entry-translations>`;
}
