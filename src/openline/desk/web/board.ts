// What the page holds of the record: the newest entries as the post tells them, and what waits for somebody here.
// Nothing is worked out that the post can tell: what an event changes is asked for again.

import { get, type Alarm, type Contact, type Entry, type Line, type PostEvent, type Receipts, type Shown } from "./wire.js";
import { RANK, inOrder, isLoud, waits } from "./words.js";

// Newest exchanges that are looked through, as `openline watch` does.
const NEWEST = 500;
const AT_ONCE = 4;
// Beyond so many changed entries the whole is read again.
const CHANGED_MAX = 60;
const LADDERS_MAX = 12;
const CALLS = 200;

// What rings.
export type Ring = Entry | Contact | Alarm;

export interface Open {
  shown: Shown;
  ladders: Map<string, Receipts>;
}

export class Board {
  entries = new Map<string, Entry>();
  alarms: Alarm[] = [];
  contacts: Contact[] = [];
  lines: Line[] = [];
  open: Open | null = null;
  wanted: string | null = null;
  skew = 0;
  post = "";

  private stale = new Set<string>();
  private callsChanged = false;
  private asking = false;
  private opening = false;
  private again = false;

  constructor(
    private readonly changed: () => void,
    private readonly arrived: (entry: Entry) => void,
  ) {}

  get now(): number {
    return Date.now() + this.skew;
  }

  ordered(): Entry[] {
    return inOrder(this.entries.values());
  }

  // What rings: messages that nobody here has taken or seen, calls that nobody here has answered, and alarms of the post
  // that nobody has noted.
  ringing(): Ring[] {
    const waiting = [...this.entries.values()].filter(waits);
    const calls = this.contacts.filter((each) => this.waitsHere(each));
    const loud = [...waiting, ...calls].filter((each) => isLoud(each.precedence));
    const alarms = this.alarms.filter((each) => !this.settled(each));
    return [...loud, ...alarms].sort((one, other) => RANK[other.precedence] - RANK[one.precedence]);
  }

  // Whether what an alarm is about has been taken meanwhile.
  private settled(alarm: Alarm): boolean {
    const about = this.entries.get(alarm.about ?? "");
    if (!about) return false;
    return (alarm.code === "untaken" && !waits(about)) || (alarm.code === "untaken-there" && Boolean(about.in_hand));
  }

  // Whether an office here is called and nobody here has answered.
  waitsHere(contact: Contact): boolean {
    const answered = contact.parties.some((each) => each.answers.some((answer) => answer.own));
    return contact.open && this.calledHere(contact) && !answered;
  }

  calledHere(contact: Contact): boolean {
    return contact.requests.some((each) => each.called.some(([post]) => post === this.post));
  }

  async load(): Promise<void> {
    const [inbox, lines, calls] = await Promise.all([
      get<{ entries: Entry[] }>("inbox", { most: NEWEST }),
      get<{ lines: Line[] }>("line-list"),
      get<{ contacts: Contact[] }>("call-list", { most: CALLS }),
    ]);
    this.contacts = calls.contacts;
    this.entries = new Map(inbox.entries.map((entry) => [entry.id, entry]));
    this.lines = lines.lines.filter((line) => !line.proposed);
    this.changed();
    if (this.wanted) await this.reopen();
  }

  take(event: PostEvent): void {
    switch (event.what) {
      case "beat":
        this.skew = event.now - Date.now();
        break;
      case "entry":
        this.entry(event);
        break;
      case "delivered":
        this.doubt((each) => each.number <= event.number && (each.undelivered ?? []).includes(event.by), event.line);
        break;
      case "carried":
        this.doubt((each) => each.number <= event.number && each.rung === "kept", event.line);
        break;
      case "alarm":
        this.alarms = [...this.alarms, event];
        this.changed();
        break;
      case "alarms":
        this.alarms = event.alarms;
        this.changed();
        break;
      case "noted":
        this.alarms = this.alarms.filter((each) => each.number !== event.number);
        this.changed();
        break;
      case "changed":
        void get<{ lines: Line[] }>("line-list").then(({ lines }) => {
          this.lines = lines.filter((line) => !line.proposed);
          this.changed();
        }, ignore);
    }
  }

  private entry(event: Entry): void {
    if (event.kind.startsWith("call")) {
      if (event.kind === "call request") this.arrived(event);
      this.refreshCalls();
      return;
    }
    if (event.kind === "message" && !this.entries.has(event.id)) {
      this.entries.set(event.id, { ...event, rung: event.own ? "kept" : "delivered" });
      this.arrived(event);
      this.changed();
    }
    if (event.kind === "message") this.refresh(event.id);
    for (const target of event.refers) this.refresh(target);
  }

  private doubt(changed: (entry: Entry) => boolean, line: string): void {
    for (const entry of this.entries.values()) {
      if (entry.own && entry.line === line && changed(entry)) this.refresh(entry.id);
    }
  }

  refresh(id: string): void {
    this.stale.add(id);
    void this.pump();
  }

  private async pump(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      while (this.stale.size || this.callsChanged) {
        if (this.callsChanged) await this.readCalls();
        const ids = [...this.stale];
        this.stale.clear();
        if (ids.length > CHANGED_MAX) await this.load();
        else await this.update(ids);
      }
    } catch {
      // The post is gone, or nobody is signed in: all is loaded again when it is back.
    } finally {
      this.asking = false;
    }
  }

  private async update(ids: string[]): Promise<void> {
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const shown = await Promise.all(ids.slice(at, at + AT_ONCE).map((entry) => get<Shown>("show", { entry })));
      for (const each of shown) this.hold(each);
      this.changed();
      const opened = this.open?.shown.exchange;
      if (opened && shown.some((each) => each.exchange === opened)) await this.reopen();
    }
  }

  refreshCalls(): void {
    this.callsChanged = true;
    void this.pump();
  }

  private async readCalls(): Promise<void> {
    this.callsChanged = false;
    this.contacts = (await get<{ contacts: Contact[] }>("call-list", { most: CALLS })).contacts;
    this.changed();
  }

  private hold(shown: Shown): void {
    for (const said of shown.said ?? []) this.entries.set(said.id, said);
  }

  // Show an entry with its exchange; nothing is signed by it.
  async show(id: string | null): Promise<void> {
    this.wanted = id;
    if (id === null) {
      this.open = null;
      this.changed();
    } else await this.reopen();
  }

  private async reopen(): Promise<void> {
    this.again = true;
    if (this.opening) return;
    this.opening = true;
    try {
      while (this.again && this.wanted !== null) {
        this.again = false;
        await this.read(this.wanted);
      }
    } finally {
      this.opening = false;
    }
  }

  private async read(id: string): Promise<void> {
    const shown = await get<Shown>("show", { entry: id });
    const said = (shown.said ?? []).slice(0, LADDERS_MAX);
    const ladders = await Promise.all(said.map((each) => get<Receipts>("receipts", { entry: each.id })));
    if (this.wanted !== id) return;
    this.open = { shown, ladders: new Map(ladders.map((each) => [each.id, each])) };
    this.hold(shown);
    this.changed();
  }
}

function ignore(): void {
  // Asked again with the next event, or when the post is back.
}
