// The language of the interface.  Every sentence is written here in English, which is its name in the catalogues
// (words/*.json); what people wrote is never looked up.

import { html } from "lit";

export const TONGUES = { en: "English", ru: "Русский", ar: "العربية" };
export type Tongue = keyof typeof TONGUES;

const FROM_RIGHT: readonly Tongue[] = ["ar"];
const KEPT = "language";
const PATIENCE_MS = 3000;

interface Catalogue {
  // Who reviewed it, a native speaker, and when; null as long as nobody has.
  reviewed: string | null;
  words: Record<string, string>;
}

let spoken: Tongue = "en";
let held: Catalogue | null = null;
let folder = "";

export function tongue(): Tongue {
  return spoken;
}

// Whether no native speaker has reviewed the catalogue that is shown.
export function unreviewed(): boolean {
  return held !== null && held.reviewed === null;
}

function known(english: string): string | undefined {
  return held && Object.hasOwn(held.words, english) ? held.words[english] : undefined;
}

// A sentence of the interface, as text; {name} in it stands for a value.
export function t(english: string, values: Record<string, unknown> = {}): string {
  return parts(english, values)
    .map((each) => (typeof each === "string" ? each : isolated(String(each.value ?? ""))))
    .join("");
}

// The same for the page: what a value says keeps its own direction, and may be more than text.
export function say(english: string, values: Record<string, unknown>): unknown[] {
  return parts(english, values).map((each) => {
    if (typeof each === "string") return each;
    return typeof each.value === "string" ? html`<bdi>${each.value}</bdi>` : each.value;
  });
}

function parts(english: string, values: Record<string, unknown>): (string | { value: unknown })[] {
  return (known(english) ?? english).split(/(\{\w+\})/).map((each) => {
    const name = /^\{(\w+)\}$/.exec(each)?.[1];
    return name === undefined ? each : { value: values[name] };
  });
}

// A value within text of the other direction (Unicode UAX 9, FSI and PDI).
function isolated(value: string): string {
  return FROM_RIGHT.includes(spoken) ? `\u2068${value}\u2069` : value;
}

// What somebody called the language of a text, where it is the name of one (RFC 5646); else that of the page.
export function languageOf(said: string): string {
  return /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i.test(said) ? said : spoken;
}

// A sentence that is looked up where it is shown, with `code`.
export function english(sentence: string): string {
  return sentence;
}

// A code of the post in words (codes.ts lists them); one that the catalogue does not hold is shown as it is.
export function code(value: string): string {
  return known(value) ?? value;
}

// Words one after another.
export function list(words: string[]): string {
  return words.join(FROM_RIGHT.includes(spoken) ? "\u060c " : ", ");
}

// Codes to choose among, each with its words.
export function coded(values: readonly string[]): [string, string][] {
  return values.map((each) => [each, code(each)]);
}

// What the catalogue says of an error, an alarm or a field of what is signed by its code, if it does.
export function advice(kind: "error" | "alarm" | "field", name: string): string {
  return known(`${kind} ${name}`) ?? "";
}

// Speak as was chosen here before, else as the browser prefers.  The login page has a catalogue of its own words alone.
export async function begin(prefix: string): Promise<void> {
  folder = prefix;
  const wanted = [localStorage.getItem(KEPT) ?? "", ...navigator.languages].map((each) => each.slice(0, 2).toLowerCase());
  await speak(wanted.find((each): each is Tongue => Object.hasOwn(TONGUES, each)) ?? "en");
}

export async function choose(chosen: Tongue): Promise<void> {
  localStorage.setItem(KEPT, chosen);
  await speak(chosen);
  redraw();
}

// Draw every element anew, in the language that is spoken now.
export function redraw(): void {
  for (const each of document.querySelectorAll<Element & { requestUpdate?: () => void }>("*")) each.requestUpdate?.();
}

async function speak(wanted: Tongue): Promise<void> {
  const read = wanted === "en" ? null : await catalogue(wanted);
  spoken = read ? wanted : "en";
  held = read;
  document.documentElement.lang = spoken;
  document.documentElement.dir = FROM_RIGHT.includes(spoken) ? "rtl" : "ltr";
}

// The catalogue of a language; null, and with it English, where the post does not give it.
async function catalogue(wanted: Tongue): Promise<Catalogue | null> {
  try {
    const address = `/static/${folder}${wanted}.json`;
    const answer = await fetch(address, { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.ok ? ((await answer.json()) as Catalogue) : null;
  } catch {
    return null;
  }
}
