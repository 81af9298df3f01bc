// The first five minutes of a newcomer: steps that tick themselves off by what the officer does, here or at the post.

import { LitElement, html, nothing, type TemplateResult } from "lit";
import type { OpenDesk } from "./desk.js";
import { say, t } from "./tongue.js";
import { TOLD } from "./translations.js";
import type { Entry, PostEvent } from "./wire.js";
import { isLoud } from "./words.js";

const KEPT = "guide";

interface Step {
  name: string;
  title(): string;
  how(desk: OpenDesk): unknown;
  // Of which kind the entry is that this officer signs with it.
  signs?: string;
  // Whether the page shows that it is done.
  done?(desk: OpenDesk, ticked: Set<string>): boolean;
  // Whether it can be done now; else a later step is shown meanwhile.
  ready?(desk: OpenDesk, ticked: Set<string>): boolean;
}

function key(name: string): TemplateResult {
  return html`<kbd>${name}</kbd>`;
}

// A loud message of another post that nobody here has taken: those that a script took before are not the visitor's.
function rings(entry: Entry): boolean {
  return !entry.own && isLoud(entry.precedence) && entry.waits_for === "take";
}

function opened(_: OpenDesk, ticked: Set<string>): boolean {
  return ticked.has("open") || ticked.has("take");
}

const STEPS: Step[] = [
  {
    name: "watch",
    title: () => t("Start your watch"),
    how: () => t("Press “Start watch” above, and hear the sound: a browser sounds only after you pressed something."),
    done: (desk) => desk.sound.on,
  },
  {
    name: "open",
    title: () => t("Open the FLASH"),
    how: (desk) =>
      [...desk.board.entries.values()].some(rings)
        ? say("It rings. Press {key}: opening it signs that you have seen it, and the other side reads that.", { key: key("f") })
        : t("Within half a minute one comes in, and rings."),
    done: (desk, ticked) => (desk.board.open?.shown.said ?? []).some((each) => rings(each) || (ticked.has("take") && !each.own)),
  },
  {
    name: "take",
    title: () => t("Take it"),
    how: () => say("Press {key}: you sign that its content is in your hands, and it rings no more.", { key: key("t") }),
    signs: "taken",
    ready: opened,
  },
  {
    name: "acknowledge",
    title: () => t("Acknowledge it"),
    how: () => say("Press {key}. Seen, taken, acknowledged: each is a signature of its own, and says only what it says.", { key: key("a") }),
    signs: "acknowledged",
    ready: opened,
  },
  {
    name: "pass",
    title: () => t("Pass it on"),
    how: () => say("Press {key}, say to whom, and sign. The other side asked exactly that: who has it, and to whom did it go?", { key: key("p") }),
    signs: "passed on",
    ready: opened,
  },
  {
    name: "ladder",
    title: () => t("Answer, and watch the ladder"),
    how: () =>
      say("Press {key}, write a line, and sign. The ladder below your answer climbs as the others sign: delivered, then taken. What is not proved is shown as not proved.", { key: key("r") }),
    done: (desk) => laddered(desk),
    ready: opened,
  },
  {
    name: "call",
    title: () => t("Answer a call"),
    how: () => t("One of the others asks your office for a call. Press “Open” beside it and answer: accept, put off, or decline and say why."),
    signs: "call answer",
    ready: (desk) => desk.board.contacts.some((each) => desk.board.waitsHere(each)),
  },
  {
    name: "incident",
    title: () => t("Read the picture of the incident"),
    how: () => t("Go to Incidents and open the explosion: who says what, how sure each is, and what nobody knows. Alarms that told you of it go with Noted."),
    done: (desk) => desk.place.page.name === "incidents" && desk.place.rest !== "",
  },
  {
    name: "map",
    title: () => t("Look at the map"),
    how: () => t("Go to Map: what is in force now, and on the slider, when. However small an area is drawn, it stands in the table below."),
    done: (desk) => desk.place.page.name === "map",
  },
  {
    name: "stop",
    title: () => t("Press STOP"),
    how: () => t("It says: you are hitting my people. Hold the red key for one second; nobody is hit in an exercise. Then see the others read it back."),
    signs: "stop",
  },
];

// Whether an answer of ours is open, and somebody else has signed that it is taken.
function laddered(desk: OpenDesk): boolean {
  const own = (desk.board.open?.shown.said ?? []).filter((each) => each.own);
  return own.some((each) => desk.board.open?.ladders.get(each.id)?.rungs.some((rung) => rung.rung === "taken"));
}

export class DeskGuide extends LitElement {
  static override properties = { desk: { attribute: false }, now: { attribute: false } };

  declare desk: OpenDesk;
  declare now: number;
  private done: Set<string>;
  private last = "";
  private folded: boolean;

  constructor() {
    super();
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}") as { done?: string[]; hidden?: boolean };
    this.done = new Set(kept.done ?? []);
    this.folded = kept.hidden ?? false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener(TOLD, this.heard);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener(TOLD, this.heard);
  }

  // What this officer signed, here or elsewhere.
  private readonly heard = (told: Event): void => {
    const event = (told as CustomEvent<PostEvent | null>).detail;
    if (event?.what !== "entry" || !event.own || event.officer !== this.desk.me?.officer) return;
    const step = STEPS.find((each) => each.signs === event.kind);
    if (step) this.tick(step.name);
  };

  override willUpdate(): void {
    for (const step of STEPS) if (step.done?.(this.desk, this.done)) this.tick(step.name);
  }

  private tick(name: string): void {
    if (this.done.has(name)) return;
    this.done.add(name);
    this.last = name;
    this.keep();
  }

  private hide(hidden: boolean): void {
    this.folded = hidden;
    this.keep();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("button")?.focus());
  }

  private keep(): void {
    localStorage.setItem(KEPT, JSON.stringify({ done: [...this.done], hidden: this.folded }));
    this.requestUpdate();
  }

  private get next(): Step | undefined {
    const left = STEPS.filter((each) => !this.done.has(each.name));
    return left.find((each) => each.ready?.(this.desk, this.done) ?? true) ?? left[0];
  }

  override render(): TemplateResult {
    const count = t("{done} of {all}", { done: this.done.size, all: STEPS.length });
    if (this.folded) return html`<p class="guide"><button @click=${() => this.hide(false)}>${t("Show the guide")} <small>${count}</small></button></p>`;
    const last = STEPS.find((each) => each.name === this.last);
    const next = this.next;
    return html`<section class="guide" aria-label=${t("Your first five minutes")}>
      <header>
        <h2>${t("Your first five minutes")} <small>${count}</small></h2>
        <button @click=${() => this.hide(true)}>${t("Hide the guide")}</button>
      </header>
      <p role="status">
        ${last ? html`<span class="ticked">✓ ${last.title()}.</span>` : nothing}
        ${next
          ? html`<strong>${next.title()}.</strong> ${next.how(this.desk)}`
          : html`<strong>${t("That is the whole round.")}</strong> ${t("All that you did is signed as exercise and stands on the page Record. The evening goes on: write to the others, or sit down at another desk.")}`}
      </p>
      <details>
        <summary>${t("All steps")}</summary>
        <ol>
          ${STEPS.map(
            (each) => html`<li class=${this.done.has(each.name) ? "ticked" : ""}>
              ${each.title()}${this.done.has(each.name) ? html` <span>✓ ${t("done")}</span>` : nothing}
            </li>`,
          )}
        </ol>
      </details>
    </section>`;
  }
}

customElements.define("desk-guide", DeskGuide);
