// The console: what a watch officer sees and does.  One element holds it together; what it shows is in the other files.

import { LitElement, html, nothing, type TemplateResult } from "lit";
import { Sound } from "./alarm.js";
import { Board } from "./board.js";
import { Drafts } from "./drafts.js";
import { askForm } from "./callforms.js";
import { callsView, contactView } from "./calls.js";
import { classOn, passForm, replyForm, sendForm } from "./forms.js";
import "./guide.js";
import { inboxView } from "./inbox.js";
import { messageView } from "./message.js";
import { said } from "./language.js";
import { signActs } from "./sign-act.js";
import "./sign-in.js";
import { alarmView, barView, keysView, noticeView, pressed } from "./top.js";
import { navView } from "./nav.js";
import type { DeskPage } from "./page.js";
import { PAGES, addressOf, placeOf, type Place } from "./pages.js";
import { Refusal, get, post, type Alarm, type Contact, type Entry, type Me, type Word } from "./wire.js";
import { TOLD } from "./translations.js";
import { isLoud } from "./words.js";
import { begin, code, say, t } from "./tongue.js";

const LIVE = "/static/live.js";
const CLOCK_MS = 1000;
const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select";

// Trusted Types: the one address from which a script may be started.
const scripts = window.trustedTypes?.createPolicy("openline", {
  createScriptURL: (address: string) => {
    if (address !== LIVE) throw new TypeError("not a script of the desk");
    return address;
  },
});

export type CallForm = "answer" | "close" | "try";
type Form = { kind: "send" | "ask" } | { kind: "reply" | "pass" | CallForm; id: string };

export class OpenDesk extends LitElement {
  board = new Board(
    () => this.changed(),
    (entry) => this.arrived(entry),
  );
  drafts = new Drafts(() => this.requestUpdate());
  sound = new Sound(() => this.requestUpdate());
  me: Me | null = null;
  live: "starting" | "live" | "dead" = "starting";
  cursor: string | null = null;
  contact: string | null = null;
  peers: string[] = [];
  cards = new Map<string, string>();
  watching = false;
  showKeys = false;
  keysOn = localStorage.getItem("keys") !== "off";
  said = "";
  failed: string | TemplateResult = "";
  // Whether it was reading that failed: only then a later reading takes the words away.
  private unread = false;
  // The next page is where an act leads.
  leading = false;
  doing: Form | null = null;
  // Where the address leads, and the page that is shown there, if it is not the first.
  place: Place = placeOf("", () => true);
  shown: DeskPage | null = null;
  private signIn = false;
  private worker: Worker | null = null;
  // How often the connection opened or shut.
  private opened = 0;
  // A form is being opened: what is typed meanwhile is meant for it, and is no key.
  private opening = false;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("keydown", (event) => this.key(event));
    signActs(
      () => this.me,
      (said) => {
        this.said = said;
        this.requestUpdate();
      },
    );
    addEventListener("hashchange", () => this.go());
    setInterval(() => this.requestUpdate(), CLOCK_MS);
    // A page that holds a lock is not put to sleep by the browser.
    void navigator.locks?.request("openline desk", { mode: "shared" }, () => new Promise(() => undefined));
    this.worker = new Worker((scripts?.createScriptURL(LIVE) ?? LIVE) as string, { type: "module" });
    this.worker.onmessage = (message: MessageEvent<Word>) => this.hear(message.data);
  }

  // What the post says

  private hear(word: Word): void {
    switch (word.is) {
      case "open":
        void this.catchUp(++this.opened);
        break;
      case "shut":
        this.opened += 1;
        this.live = "dead";
        if (word.signIn) this.signIn = true;
        else void this.tried(() => get<Me>("me"), "quietly");
        this.requestUpdate();
        break;
      case "event":
        this.board.take(word.event);
        this.shown?.heard(word.event);
        document.dispatchEvent(new CustomEvent(TOLD, { detail: word.event }));
        if (word.event.what === "alarm") this.sound.chime();
    }
  }

  // Read what there is.  The desk is live when it shows it and its keys work, not when a connection stands.
  private async catchUp(opened: number): Promise<void> {
    const read = await this.tried(async () => {
      this.me = await get<Me>("me");
      this.board.post = this.me.post;
      this.peers = (await get<{ peers: { peer: string }[] }>("peer-list")).peers.map((each) => each.peer);
      await this.board.load();
    }, "read");
    if (opened !== this.opened) return;
    if (!read) {
      if (!this.signIn) setTimeout(() => opened === this.opened && void this.catchUp(opened), CLOCK_MS);
      return;
    }
    this.live = "live";
    this.cursor ??= this.board.ordered()[0]?.id ?? null;
    this.go();
    document.dispatchEvent(new CustomEvent(TOLD, { detail: null }));
    await this.shown?.refresh();
  }

  // Show what the address names.
  private go(): void {
    const before = this.place.page;
    this.place = placeOf(location.hash, (what) => this.may(what));
    this.requestUpdate();
    const led = this.leading;
    this.leading = false;
    if (before === this.place.page) return;
    this.fail("");
    // What was signed is told where it was signed and where that led, and not on every page from then on.
    if (!led) this.said = "";
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("#page-title")?.focus());
  }

  // Back to the first page, where messages and calls are.
  private home(): void {
    if (this.place.page !== PAGES[0]) location.hash = addressOf("now");
    this.place = placeOf("", () => true);
  }

  // The notice that is chosen on the page that shows notices: a STOP names it.
  chosenNotice(): string {
    return this.place.page.name === "notices" ? this.place.rest : "";
  }

  async note(alarm: Alarm): Promise<void> {
    await this.tried(() => post("note", { number: alarm.number }));
  }

  // An officer answers a check of another post, which shows that a person is here.
  async answerCheck(alarm: Alarm): Promise<void> {
    const body = { check: alarm.about ?? "" };
    if (await this.signed(() => post("check-answer", body), t("Check answered and signed."))) await this.note(alarm);
  }

  // The action card of an alarm, read when somebody opens it.
  async readCard(name: string): Promise<void> {
    if (this.cards.has(name)) return;
    await this.tried(async () => {
      this.cards.set(name, (await get<{ text: string }>("action", { code: name })).text);
    });
  }

  private arrived(entry: Entry): void {
    if (entry.kind === "message") this.cursor ??= entry.id;
    if (!entry.own && !isLoud(entry.precedence)) this.sound.chime();
  }

  private changed(): void {
    this.sound.ring(this.board.ringing()[0]?.precedence ?? null);
    this.requestUpdate();
  }

  // Why an officer's act was refused stands until the next act; what the page reads by itself takes back its own words alone.
  async tried(what: () => Promise<unknown>, how: "act" | "read" | "quietly" = "act"): Promise<boolean> {
    try {
      await what();
      if (how === "act" || (how === "read" && this.unread)) this.fail("");
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) this.signIn = true;
      else if (how !== "quietly") this.fail(said(error), how === "read");
      return false;
    } finally {
      this.requestUpdate();
    }
  }

  fail(words: string | TemplateResult, unread = false): void {
    this.failed = words;
    this.unread = unread;
    this.requestUpdate();
  }

  private signedIn(event: CustomEvent<Me>): void {
    this.me = event.detail;
    this.signIn = false;
    this.worker?.postMessage("again");
    this.requestUpdate();
  }

  // What an officer does

  may(what: string): boolean {
    return this.me?.may.includes(what) ?? false;
  }

  async startWatch(): Promise<void> {
    await this.sound.start();
    this.watching = true;
    this.changed();
  }

  async signOut(): Promise<void> {
    if (await this.tried(() => post("sign-out", {}))) {
      this.drafts.dropAll();
      location.replace("/");
    }
  }

  point(id: string): void {
    this.cursor = id;
    this.requestUpdate();
  }

  async openEntry(id: string, sign = true): Promise<void> {
    this.home();
    this.cursor = id;
    this.contact = null;
    this.doing = null;
    await this.tried(() => this.board.show(id));
    if (sign && this.may("mark")) await this.signSeen();
    await this.updateComplete;
    this.querySelector<HTMLElement>("#message-title")?.focus();
  }

  // Whoever opens a message has seen it, and signs so; as `openline show` does.
  private async signSeen(): Promise<void> {
    const fresh = (this.board.open?.shown.said ?? []).filter((each) => !each.own && !each.seen);
    for (const each of fresh) {
      await this.tried(() => post("mark", { entry: each.id, what: "seen" }), "quietly");
      this.board.refresh(each.id);
    }
  }

  close(): void {
    this.fail("");
    if (this.doing) this.doing = null;
    else {
      this.contact = null;
      void this.board.show(null);
    }
    this.requestUpdate();
    this.focusRow();
  }

  private focusRow(): void {
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>(`.row[data-id="${this.cursor ?? ""}"]`)?.focus(),
    );
  }

  async mark(entry: Pick<Entry, "id">, what: "taken" | "acknowledged" | "countersigned"): Promise<void> {
    await this.signed(() => post("mark", { entry: entry.id, what }), t("Signed: {what}, by {officer}.", { what: code(what), officer: this.me?.officer ?? "" }), [
      entry.id,
    ]);
  }

  async signed(what: () => Promise<unknown>, said: string, changed: string[] = []): Promise<boolean> {
    this.said = "";
    const done = await this.tried(what);
    if (done) {
      this.said = said;
      for (const id of changed) this.board.refresh(id);
    }
    this.requestUpdate();
    return done;
  }

  async begin(kind: "send" | "reply" | "pass", entry?: Entry): Promise<void> {
    this.home();
    if (kind === "send") this.doing = { kind };
    else if (entry) {
      if (this.board.wanted !== entry.id) {
        this.opening = true;
        await this.openEntry(entry.id);
        this.opening = false;
      }
      this.doing = { kind, id: entry.id };
    }
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(".first")?.focus();
  }

  form(entry: Entry): TemplateResult | typeof nothing {
    if (!this.doing || !("id" in this.doing) || this.doing.id !== entry.id) return nothing;
    return this.doing.kind === "reply" ? replyForm(this, entry) : passForm(this, entry);
  }

  async submitSend(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const line = this.drafts.get("send line", this.board.lines[0]?.line ?? "");
    const body = {
      line,
      text: this.drafts.get("send text"),
      precedence: this.drafts.get("send precedence", "routine"),
      class: classOn(this, line, "send class"),
    };
    let id = "";
    const done = await this.signed(
      async () => {
        id = (await post<{ id: string }>("send", body)).id;
      },
      t("Kept and signed. It goes out as soon as there is a way."),
    );
    if (!done) return;
    this.drafts.drop("send text");
    this.drafts.drop("send precedence");
    this.doing = null;
    await this.openEntry(id, false);
  }

  async submitReply(event: SubmitEvent, entry: Entry): Promise<void> {
    event.preventDefault();
    const name = `reply ${entry.id}`;
    const precedence = this.drafts.get(`${name} precedence`, entry.precedence);
    const body = { entry: entry.id, text: this.drafts.get(`${name} text`), precedence };
    if (await this.signed(() => post("reply", body), t("Answer kept and signed."), [entry.id])) {
      this.drafts.drop(`${name} text`);
      this.drafts.drop(`${name} precedence`);
      this.doing = null;
    }
  }

  async submitPass(event: SubmitEvent, entry: Entry): Promise<void> {
    event.preventDefault();
    const to = this.drafts.get(`pass ${entry.id}`);
    const body = { entry: entry.id, what: "passed-on", to };
    if (await this.signed(() => post("mark", body), t("Signed: passed on to {to}.", { to }), [entry.id])) {
      this.drafts.drop(`pass ${entry.id}`);
      this.doing = null;
    }
  }

  // Calls

  openCall(id: string): void {
    this.home();
    this.contact = id;
    this.doing = null;
    void this.board.show(null);
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("#message-title")?.focus());
  }

  async beginCall(kind: "ask" | CallForm, id = ""): Promise<void> {
    this.doing = kind === "ask" ? { kind } : { kind, id };
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(".first, form.inline input, form.inline select")?.focus();
  }

  callForm(id: string): string {
    return this.doing && "id" in this.doing && this.doing.id === id ? this.doing.kind : "";
  }

  // Keys

  // In the list the arrows go from message to message.
  move(event: KeyboardEvent): void {
    const rows = [...this.querySelectorAll<HTMLElement>(".row")];
    const at = rows.findIndex((each) => each.dataset["id"] === this.cursor);
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
    const next = rows[steps[event.key] ?? -1];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

  private key(event: KeyboardEvent): void {
    if (this.signIn || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") this.close();
    if (!this.keysOn || document.querySelector("dialog[open]") || (event.target as Element).matches(TYPING)) return;
    if (this.opening) return event.preventDefault();
    const entry = this.board.entries.get(this.board.wanted ?? this.cursor ?? "");
    const acts: Record<string, () => unknown> = {
      f: () => this.openFirst(),
      n: () => this.may("send") && this.begin("send"),
      t: () => this.actOn(entry, (each) => this.mark(each, "taken")),
      a: () => this.actOn(entry, (each) => this.mark(each, "acknowledged")),
      p: () => this.actOn(entry, (each) => this.begin("pass", each)),
      r: () => this.may("reply") && entry && this.begin("reply", entry),
      "?": () => this.toggleKeys(),
    };
    const key = pressed(event);
    const page = PAGES.filter((each) => this.may(each.needs))[Number(key) - 1];
    const act = page ? () => (location.hash = addressOf(page.name)) : acts[key];
    if (act) {
      event.preventDefault();
      act();
    }
  }

  private actOn(entry: Entry | undefined, what: (entry: Entry) => unknown): void {
    if (!this.may("mark")) this.fail(t("Your role signs nothing here."));
    else if (!entry) this.fail(t("Choose a message first."));
    else if (entry.own) this.fail(t("That is a message of this post; the other side takes it."));
    else void what(entry);
    this.requestUpdate();
  }

  openFirst(): void {
    const ringing = this.board.ringing();
    const first = ringing.find((each): each is Entry | Contact => "id" in each) ?? (ringing.length ? null : this.board.ordered()[0]);
    // What the post itself says has nothing to open, and to open another message would sign it seen.
    if (!first) return this.querySelector<HTMLElement>(".alarms button")?.focus();
    if ("parties" in first) this.openCall(first.id);
    else void this.openEntry(first.id);
  }

  toggleKeys(): void {
    this.showKeys = !this.showKeys;
    this.requestUpdate();
  }

  setKeys(on: boolean): void {
    this.keysOn = on;
    localStorage.setItem("keys", on ? "on" : "off");
    this.requestUpdate();
  }

  // What is seen

  override updated(): void {
    const ringing = this.board.ringing();
    const first = ringing[0];
    const name = this.me?.post ?? "Openline";
    const dead = this.live === "dead" ? `✕ ${t("NOT LIVE")} · ` : "";
    document.title = first
      ? `${dead}▲ ${first.precedence.toUpperCase()} ${ringing.length} · ${name}`
      : `${dead}${name} · Openline`;
    const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    const wanted = first || dead ? "/static/icon-alarm.svg" : "/static/icon.svg";
    if (icon && icon.getAttribute("href") !== wanted) icon.setAttribute("href", wanted);
  }

  private pane(): TemplateResult {
    if (this.doing?.kind === "send") return sendForm(this);
    if (this.doing?.kind === "ask") return askForm(this);
    const contact = this.board.contacts.find((each) => each.id === this.contact);
    return contact ? contactView(this, contact) : messageView(this);
  }

  panes(): TemplateResult {
    return html`<div class="panes">
      <div>${inboxView(this)} ${callsView(this)}</div>
      ${this.pane()}
    </div>`;
  }

  override render(): TemplateResult {
    return html`${this.signIn
        ? html`<div class="again" role="dialog" aria-modal="true" aria-labelledby="sign-in-title">
            <p>${t("You are not signed in any more. What you typed is kept.")}</p>
            <sign-in @signed-in=${(event: CustomEvent<Me>) => this.signedIn(event)}></sign-in>
          </div>`
        : nothing}
      <div ?inert=${this.signIn}>
        ${barView(this)} ${navView(this)}
        <main>
          <h1 class="unseen">${say("Desk of {post}", { post: this.me?.post ?? "…" })}</h1>
          ${this.me?.guide ? html`<desk-guide .desk=${this} .now=${this.board.now}></desk-guide>` : nothing}
          ${alarmView(this)} ${noticeView(this)} ${this.showKeys ? keysView(this) : nothing}
          ${this.place.page.view(this, this.place.rest, this.board.now)}
        </main>
      </div>`;
  }
}

await begin("");
customElements.define("open-desk", OpenDesk);
