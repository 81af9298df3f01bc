// STOP: you are hitting my people.  Held for one second, it is sent at once, as FLASH, with whatever is known.

import { LitElement, html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { OpenDesk } from "./desk.js";
import { addressOf } from "./pages.js";
import { post, type Line } from "./wire.js";
import { t } from "./tongue.js";

const HOLD_MS = 1000;

export class StopKey extends LitElement {
  static override properties = { desk: { attribute: false }, lines: { attribute: false }, held: { state: true } };

  declare desk: OpenDesk;
  declare lines: Line[];
  declare held: boolean;
  private waiting: number | undefined;

  constructor() {
    super();
    this.held = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.release();
  }

  private press(): void {
    if (this.held) return;
    this.held = true;
    this.waiting = setTimeout(() => {
      this.release();
      void this.send();
    }, HOLD_MS);
  }

  private release(): void {
    clearTimeout(this.waiting);
    this.held = false;
  }

  private get line(): Line | undefined {
    const chosen = this.desk.drafts.get("stop line");
    return this.lines.find((each) => each.line === chosen) ?? this.lines[0];
  }

  private async send(): Promise<void> {
    const line = this.line;
    if (!line) return;
    const body = { line: line.line, notice: this.desk.chosenNotice(), class: line.classes[0] };
    let id = "";
    const done = await this.desk.signed(async () => {
      id = (await post<{ id: string }>("stop-send", body)).id;
    }, t("STOP is signed and kept, and goes out on {line}. Now say what is hit, and where.", { line: line.line }));
    if (!done) return;
    this.desk.leading = true;
    location.hash = addressOf("stop", id);
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    if (event.type === "keydown") this.press();
    else this.release();
  }

  override render(): TemplateResult {
    const key = (event: KeyboardEvent): void => this.key(event);
    return html`${this.lines.length > 1
        ? html`<label class="stop-line"
            >${t("STOP on")}
            <select @change=${(event: Event) => this.desk.drafts.set("stop line", (event.target as HTMLSelectElement).value)}>
              ${this.lines.map((each) => html`<option .selected=${live(each === this.line)}>${each.line}</option>`)}
            </select></label
          >`
        : nothing}
      <button
        class="stop ${this.held ? "held" : ""}"
        ?disabled=${!this.lines.length}
        @pointerdown=${() => this.press()}
        @pointerup=${() => this.release()}
        @pointerleave=${() => this.release()}
        @pointercancel=${() => this.release()}
        @keydown=${key}
        @keyup=${key}
        @blur=${() => this.release()}
      >
        <span aria-hidden="true">■</span> STOP <small>${t("hold for one second")}</small>
      </button>`;
  }
}

customElements.define("stop-key", StopKey);
