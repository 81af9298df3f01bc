// How things are said on the page: ranks with a shape each, times in UTC with local time beside them, spans of time.

import type { Entry, Precedence, Traffic } from "./wire.js";
import { code, t, tongue } from "./tongue.js";

export const RANK: Record<Precedence, number> = { flash: 3, immediate: 2, priority: 1, routine: 0 };
export const PRECEDENCES: Precedence[] = ["flash", "immediate", "priority", "routine"];
export const CLASSES: Traffic[] = ["operation", "exercise", "drill", "test"];
export const SHAPE: Record<Precedence, string> = { flash: "▲", immediate: "◆", priority: "●", routine: "○" };

export const LADDER = ["kept", "carried", "delivered", "seen", "acknowledged", "taken", "passed on", "answered"];

// FLASH and IMMEDIATE take so many words (spec/kinds.md, Message).
export const WORDS_MAX = 200;

export function isLoud(precedence: Precedence): boolean {
  return RANK[precedence] >= RANK.immediate;
}

export function words(text: string): number {
  return text.trim() ? text.trim().split(/\s+/).length : 0;
}

export function utc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace("T", " ")}Z`;
}

export function local(at: Date): string {
  return at.toLocaleTimeString(`${tongue()}-u-nu-latn`, { hour: "2-digit", minute: "2-digit", hour12: false, timeZoneName: "short" });
}

export function span(milliseconds: number): string {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (hours >= 24) return t("{days} d {hours} h", { days: Math.floor(hours / 24), hours: hours % 24 });
  if (hours) return t("{hours} h {minutes} min", { hours, minutes });
  return `${minutes}:${String(rest).padStart(2, "0")}`;
}

// A time as an officer types it: a span from now (20m, 3h), a time of day in UTC (18:40), or a UTC time with its day.
// Milliseconds, or null where it is none.
export function instant(said: string, now: number): number | null {
  const text = said.trim();
  const from = /^(\d{1,4})\s*(m|min|h)$/.exec(text);
  if (from) return now + Number(from[1]) * (from[2] === "h" ? 3_600_000 : 60_000);
  const day = /^(\d{2}):(\d{2})Z?$/.exec(text);
  if (day) {
    const at = Date.parse(`${new Date(now).toISOString().slice(0, 10)}T${day[1]}:${day[2]}Z`);
    return Number.isNaN(at) ? null : at < now ? at + 86_400_000 : at;
  }
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?Z$/.test(text)) return null;
  const at = Date.parse(text.replace(" ", "T"));
  return Number.isNaN(at) ? null : at;
}

// The same, or a sentence that says what to write instead.
export function timeTyped(said: string, now: number): number {
  const at = instant(said, now);
  if (at === null) throw new Error(t("{said} is no time: write 20m, 3h, 18:40 (UTC) or 2022-11-15T18:40Z.", { said }));
  return at;
}

// A time that has been: a span goes back from now, and a time of day is the last one.
export function timeBefore(said: string, now: number): number {
  const at = timeTyped(said, now);
  if (at <= now || said.includes("-")) return at;
  return said.includes(":") ? at - 86_400_000 : 2 * now - at;
}

export function waits(entry: Entry): boolean {
  return Boolean(entry.waits_for);
}

// What waits first, the most urgent and then the oldest of it; then the rest, the newest first.
export function inOrder(entries: Iterable<Entry>): Entry[] {
  const key = (entry: Entry): number => Date.parse(entry.kept_at);
  return [...entries].sort((one, other) => {
    if (waits(one) !== waits(other)) return waits(one) ? -1 : 1;
    if (waits(one)) return RANK[other.precedence] - RANK[one.precedence] || key(one) - key(other);
    return key(other) - key(one) || other.number - one.number;
  });
}

// How far a message got, in a few words; of ours, what is not proved is said, too.
export function standing(entry: Entry): string {
  if (entry.given_up) return t("given up");
  if (!entry.own) {
    if (entry.waits_for === "take") return t("nobody here has taken it");
    if (entry.waits_for === "show") return t("nobody here has seen it");
    return code(entry.rung ?? "");
  }
  const by = entry.rung_by?.length && entry.rung !== "kept" ? ` (${entry.rung_by.join("; ")})` : "";
  const missing = entry.undelivered?.length ? ` — ${t("not held by {members}", { members: entry.undelivered.join(", ") })}` : "";
  const untaken = !missing && !entry.in_hand && !entry.refers.length ? ` — ${t("nobody there has taken it")}` : "";
  return `${code(entry.rung ?? "kept")}${by}${missing}${untaken}`;
}

// A sentence of the post that quotes somebody: signs in place of what would turn its other words around (UAX 9).
export function still(text: string): string {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}
