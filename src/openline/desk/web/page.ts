// What every page beside the first is: an element that asks the post for what it shows, and asks again whenever that may
// have changed.  Nothing is worked out here that the post can tell.

import { LitElement, type TemplateResult } from "lit";
import type { OpenDesk } from "./desk.js";
import { post, type PostEvent } from "./wire.js";

// Events within this time are one reason to ask again.
const SETTLE_MS = 120;

export abstract class DeskPage extends LitElement {
  static override properties = { desk: { attribute: false }, rest: { attribute: false }, now: { attribute: false } };

  // The console that the page belongs to, what stands behind its name in the address, and the time of the post.
  declare desk: OpenDesk;
  declare rest: string;
  declare now: number;

  // How often the page asks by itself, where what it shows changes with time or is told by no event.
  protected readonly againMs: number = 0;
  private repeating: number | undefined;
  private waiting: number | undefined;
  private reading = false;
  private again = false;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  // Ask the post for everything that is shown.
  protected abstract read(): Promise<void>;

  // The address names something else: what was opened is not shown under its name.
  protected leave(): void {}

  // Whether what the post told may change what is shown.
  protected concerns(event: PostEvent): boolean {
    return event.what === "entry";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.desk.shown = this;
    if (this.againMs) this.repeating = setInterval(() => void this.refresh(), this.againMs);
    void this.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.repeating);
    clearTimeout(this.waiting);
    this.waiting = undefined;
    if (this.desk.shown === this) this.desk.shown = null;
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("rest") || changed.get("rest") === undefined) return;
    this.leave();
    void this.refresh();
  }

  heard(event: PostEvent): void {
    if (!this.concerns(event) || this.waiting !== undefined) return;
    this.waiting = setTimeout(() => {
      this.waiting = undefined;
      void this.refresh();
    }, SETTLE_MS);
  }

  async refresh(): Promise<void> {
    if (this.reading) {
      this.again = true;
      return;
    }
    this.reading = true;
    const asked = this.rest;
    await this.desk.tried(() => this.read(), "read");
    if (asked !== this.rest) this.leave();
    this.reading = false;
    this.requestUpdate();
    if (this.again) {
      this.again = false;
      await this.refresh();
    }
  }

  // Sign something; what was typed under these names, and nothing else, is dropped once it is kept.
  protected async sign(what: () => Promise<unknown>, said: string, ...typed: string[]): Promise<boolean> {
    const done = await this.desk.signed(what, said);
    if (done) {
      for (const name of typed) this.desk.drafts.drop(name);
      await this.refresh();
    }
    return done;
  }

  // The same for what stands in a form, made when it is sent; the id of what was signed, empty where nothing was.
  async signs(event: Event, name: string, body: () => object | Promise<object>, said: string, ...typed: string[]): Promise<string> {
    event.preventDefault();
    let id = "";
    const done = await this.sign(async () => {
      id = (await post<{ id?: string }>(name, await body())).id ?? "";
    }, said, ...typed);
    return done ? id : "";
  }

  // On to what an act has made, unless the officer has gone elsewhere meanwhile.
  follow(from: string, address: string): void {
    if (this.isConnected && this.rest === from) location.hash = address;
  }

  abstract override render(): TemplateResult;
}
