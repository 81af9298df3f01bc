// What goes between the page and the post: requests over HTTP, and what its answers hold (docs/reference/control.md).

export type Precedence = "flash" | "immediate" | "priority" | "routine";
export type Traffic = "operation" | "exercise" | "drill" | "test";

export interface Me {
  officer: string;
  roles: string[];
  may: string[];
  // What of it can be drafted, and so signed by a passkey.
  signs: string[];
  passkeys: { id: string; rp: string; signs: boolean }[];
  code: boolean;
  post: string;
  version: string;
  // Whether newcomers are shown their first steps here.
  guide: boolean;
}

export interface Entry {
  id: string;
  line: string;
  author: string;
  own: boolean;
  number: number;
  kind: string;
  precedence: Precedence;
  class: Traffic;
  at: string;
  kept_at: string;
  officer: string | null;
  refers: string[];
  text?: string | null;
  to?: string | null;
  rung?: string;
  rung_by?: string[];
  undelivered?: string[];
  seen?: boolean;
  in_hand?: boolean;
  waits_for?: "take" | "show" | null;
  handle_by?: string | null;
  overdue?: boolean;
  crossed?: string[];
  corrected?: boolean;
  given_up?: boolean;
  // Where `show` gave it: who signed it, and whether one did what takes two.
  holding?: "post" | "device" | null;
  drafter?: string | null;
  released_by_one?: boolean;
  countersigned?: string | null;
}

export interface Rung {
  rung: string;
  by: string;
  own: boolean;
  officer: string | null;
  at: string;
  proof: string | null;
  to?: string;
}

export interface Shown extends Omit<Entry, "crossed"> {
  exchange: string;
  said?: Entry[];
  crossed: Entry[];
  corrections?: { id: string; text: string }[];
  original?: string;
}

export interface Receipts {
  id: string;
  rungs: Rung[];
}

export interface Line {
  line: string;
  id: string;
  entries: number;
  proposed: boolean;
  // The classes that its terms allow, the one that is meant in earnest first.
  classes: Traffic[];
}

export interface Stop {
  id: string;
  line: string;
  author: string;
  own: boolean;
  class: Traffic;
  at: string;
  what: string | null;
  where: string | null;
  by: string | null;
  read_back: (Entry & { newest: boolean })[];
  passed: Entry[];
  withdrawn: Entry | null;
  waits: { member: string; for: string[] }[];
}

// When a layer of a line was proved last, by which entry, and by whom.
export interface Layer {
  at: string;
  officer: string | null;
  kind?: string;
  office?: string;
  proof: string;
}

export interface Member {
  name: string;
  active: boolean;
  accepted: boolean;
  link: string | null;
  gaps: unknown[];
  fork: unknown;
  "signed for": number | null;
  "round trip ms": number | null;
  "skew ms": number | null;
  // Of other members only.
  layers?: {
    bearer: { up: boolean; since: string | null };
    post: Layer | null;
    desk: Layer | null;
    officer: Layer | null;
    principal: Layer | null;
  };
  "messages not signed for"?: number;
  "not signed for"?: Entry[];
}

export interface LineStanding {
  line: string;
  terms: number;
  entries: number;
  mine: number;
  checkpoint: number;
  writes: boolean;
  "waits for": string[];
  members: Member[];
}

export interface Checks {
  checks: (Entry & { text: string; answers: { by: string; officer: string | null; at: string }[] })[];
  missed: (Entry & { member: string; slot: string })[];
  silences: (Entry & { why: string; begins: string; ends: string; over_at: string | null })[];
}

export interface Span {
  start: string;
  end: string | null;
  end_kind: string;
}

export interface NoticeSummary {
  id: string;
  line: string;
  author: string;
  own: boolean;
  class: Traffic;
  precedence: Precedence;
  at: string;
  form: string;
  number: number;
  year: number;
  source_id: string;
  state: string;
  windows: Span[];
  owes: { member: string; for: string[] }[];
}

export interface NoticeVersion extends Entry {
  windows: Span[];
  alternate_windows: Span[];
  areas: unknown[] | null;
  fields: { code: string; label: string; label_language: string; type: string; text: string }[] | null;
  contacts: { name: string; means: string }[] | null;
  source: { text: string; flags: string[]; refused: string[] } | null;
}

export interface NoticeWord extends Entry {
  newest?: boolean;
  passed_at?: string;
}

export interface Notice extends NoticeSummary {
  remarks: string[];
  form_known: boolean;
  pass_to: string[];
  provided: { member: string; at: string; late_minutes: number | null; obliged: boolean }[];
  versions: NoticeVersion[];
  ended: (Entry & { how: string }) | null;
  acknowledged: NoticeWord[];
  passed: NoticeWord[];
  refused: NoticeWord[];
  asked: NoticeWord[];
  confirmed: NoticeWord[];
  tries: (Entry & { contact: number; tried_at: string; standing: string })[];
}

export interface Form {
  name: string;
  version: number;
  title: string;
  language: string;
  unreviewed: boolean;
  agreed: boolean | null;
  obliged: boolean;
  lead_hours: number | null;
  areas: boolean;
  unknown: boolean;
  fields: { code: string; label: string; type: string; required: boolean; options: string[] }[];
  remarks: string[];
}

// A warning of another issuer, as it was read and would be imported.
export interface ReadMessage {
  imported: { source_id: string; windows: unknown[]; areas: unknown[] };
  text: string;
  flags: { code: string; text: string }[];
  refused: { words: string; why: string }[];
}

export interface IncidentSummary extends Entry {
  title: string | null;
  place: string | null;
  happened: string;
  open: boolean;
  origin: { status: string; preliminary: boolean };
  waits_for_us: string[];
}

export interface AssessmentVersion extends Entry {
  what: string | null;
  origin: string | null;
  confidence: string;
  confirmed: boolean;
}

export interface Assessment extends AssessmentVersion {
  assessment: string;
  earlier: AssessmentVersion[];
  withdrawn: Entry | null;
  stances: (Entry & { stance: string; of_this_version: boolean; counts: boolean })[];
}

export interface AskedOf extends Entry {
  asked: { party: string; answer: string | null }[];
  quiet_until: string | null;
  withdrawn: Entry | null;
  finished: Entry | null;
}

export interface Correction extends Entry {
  title: string | null;
  place: string | null;
  needs: { party: string; answer: string | null }[];
  withdrawn: Entry | null;
}

export interface Picture extends IncidentSummary {
  silent: string[];
  sources: { by: string; text: string; where: string }[];
  assessments: Assessment[];
  table: { party: string; cells: { said: string; earlier: boolean }[] }[];
  quiets: AskedOf[];
  investigations: AskedOf[];
  corrections: Correction[];
  timeline: (Entry & { what: string })[];
}

export interface IncidentView {
  id: string;
  picture: Picture | null;
}

export interface StatementHead extends Entry {
  about: string | null;
  status: "open" | "ready" | "released" | "withdrawn";
  languages: string[];
  needed: number;
  // Officers of each party that have to approve.
  persons: number;
  not_before: string | null;
  version: string;
  revision: number;
  complete: boolean;
  approved: string[];
  missing: string[];
}

export interface JointLine {
  id: string;
  texts: Record<string, string>;
}

export interface JointEdit extends Entry {
  change: string;
  before: Record<string, string>;
  after: Record<string, string>;
}

export interface JointStatement extends StatementHead {
  drafter: string;
  pen: boolean;
  lines: JointLine[];
  changes: JointEdit[];
  proposals: (JointEdit & { status: string })[];
  approvals: (Entry & { of_this_version: boolean; taken_back: object | null })[];
  closed: (Entry & { outcome: string }) | null;
}

export interface WatchWord {
  number: number;
  at: string;
  officer: string;
  what: "note" | "handed over" | "taken over";
  text: string;
  to: string | null;
  items: string[];
  relieved: boolean;
}

export interface Paging {
  fault: string | null;
  people: { person: string; on_call: boolean; services: { kind: string }[] }[];
  waiting?: { id: string; precedence: Precedence; since: string; paged: string[]; due: string[] }[];
}

export interface WatchLog {
  on_watch: WatchWord | null;
  offered: WatchWord | null;
  open: { what: string; id: string; line: string; text: string }[];
  words: WatchWord[];
  faults: { number: number; why: string }[];
}

export interface Alarm {
  what: "alarm";
  number: number;
  at: string;
  line: string | null;
  code: string;
  text: string;
  about: string | null;
  card: string | null;
  precedence: Precedence;
}

export type PostEvent =
  | { what: "beat"; now: number }
  | ({ what: "entry" } & Entry)
  | { what: "carried"; at: string; line: string; to: string; number: number }
  | { what: "delivered"; at: string; line: string; by: string; number: number }
  | { what: "changed"; at: string; line: string | null; text: string }
  | { what: "alarms"; alarms: Alarm[] }
  | { what: "noted"; number: number }
  | Alarm;

export interface CallRequest {
  id: string;
  author: string;
  officer: string | null;
  at: string;
  office: string;
  called: [string, string][];
  reply_by: string;
  times: string[];
  languages: string[];
  means: string;
  topics: string[] | null;
  consequence: string | null;
  content: string | null;
  matter: string | null;
  told: string[] | null;
}

export interface CallAnswer extends Entry {
  reply: string;
  for: string | null;
  times: string[];
  office: string;
  reason: string | null;
  late: boolean;
}

export interface CallAttempt {
  id: string;
  stated_by: string;
  officer: string | null;
  means: string;
  began: string;
  ended: string | null;
  layer: string;
  who: string | null;
  text: string | null;
}

export interface Party {
  post: string;
  office: string;
  outcome: string | null;
  content_taken: { officer: string | null; at: string; proof: string } | null;
  answers: CallAnswer[];
  attempts: CallAttempt[];
  certificates: { id: string }[];
  ended: (Entry & { outcome: string; contradicted: boolean; began: string | null; ended: string | null }) | null;
}

export interface Contact {
  id: string;
  line: string;
  closer: string;
  own: boolean;
  open: boolean;
  class: Traffic;
  precedence: Precedence;
  reply_by: string;
  requests: CallRequest[];
  parties: Party[];
  ignored: { id: string; why: string }[];
}

// What the worker that listens to the post says to the page.
export type Word = { is: "open" } | { is: "shut"; signIn: boolean } | { is: "event"; event: PostEvent };

export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    words: string,
  ) {
    super(words);
  }
}

export const UNANSWERED = "unanswered";

export function get<T>(name: string, query: Record<string, string | number> = {}): Promise<T> {
  const words = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)])).toString();
  return ask<T>(`/api/v1/${name}${words ? `?${words}` : ""}`, { method: "GET" });
}

type Signer = (name: string, body: object, plainly: () => Promise<unknown>) => Promise<unknown>;
let signer: Signer | null = null;

// Who looks at each act before it is asked for (sign-act.ts).
export function signWith(what: Signer): void {
  signer = what;
}

export function post<T>(name: string, body: object): Promise<T> {
  const plainly = (): Promise<T> => send<T>(name, body);
  return signer ? (signer(name, body, plainly) as Promise<T>) : plainly();
}

function send<T>(name: string, body: object): Promise<T> {
  const headers = { "content-type": "application/json" };
  return ask<T>(`/api/v1/${name}`, { method: "POST", headers, body: JSON.stringify(body) });
}

async function ask<T>(address: string, how: RequestInit): Promise<T> {
  let response: Response;
  let value: unknown;
  try {
    response = await fetch(address, { ...how, cache: "no-store", credentials: "same-origin", redirect: "error" });
    value = await response.json();
  } catch {
    throw new Refusal(UNANSWERED, 0, "The post does not answer. What you have typed stays here.");
  }
  if (!response.ok) {
    const { error } = value as { error: { code: string; message: string; advice: string } };
    throw new Refusal(error.code, response.status, `${error.message} ${error.advice}`.trim());
  }
  return value as T;
}
