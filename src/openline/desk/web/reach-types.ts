// What the post answers about what follows a call (docs/reference/control.md).

import type { Entry } from "./wire.js";

export interface Proof {
  officer: string | null;
  at: string;
  proof: string;
}

export interface ReachRow {
  line: string;
  post: string;
  office: string;
  stands: string;
  layer: string;
  asked: string | null;
  answered: string | null;
  briefed: Proof | null;
  refused: Proof | null;
  outcome: string | null;
  attempts: number;
  contacts: string[];
}

export interface Board {
  matter: string;
  matters: string[];
  told: string[];
  rows: ReachRow[];
}

export interface Digits {
  peer: string;
  ready: boolean;
  first?: boolean;
  read?: string;
  hear?: string;
  until?: number;
}

export interface MinutePoint extends Entry {
  status: string;
  words: { by: string; officer: string | null; stance: string; text: string | null }[];
}

export interface Minute {
  id: string;
  parties: string[];
  complete: boolean;
  digest: string;
  points: MinutePoint[];
  signatures: (Entry & { refused: boolean; reason: string | null; stands: boolean; of_this_version: boolean })[];
}

export interface Commitment extends Entry {
  contact: string;
  owner: string;
  due: string;
  status: string;
  open: boolean;
  words: (Entry & { word: string })[];
}

export interface Terms extends Entry {
  items: { about: string | null; level: string; since: string | null }[];
  by: string[];
  agreed_since: string | null;
}

export interface Disclosures {
  rule: string;
  disclosures: {
    id: string;
    in_force: string | null;
    terms: Terms[];
    disclosed: Disclosed[];
  }[];
}

export interface Disclosed extends Entry {
  happened: string;
  by: string | null;
  who: string | null;
  judgement: string;
  by_the_rule: string | null;
  breaches: Entry[];
}

interface Quoted {
  text: string | null;
}

export interface ReadoutMark extends Entry {
  sort: string;
  span: Quoted | null;
  target: { what: string; id: string; of: string | null; span: Quoted | null } | null;
  stands: boolean;
  disputed: boolean;
  words: (Entry & { word: string })[];
}

export interface Compared {
  words: { both: number; first: number; second: number };
  left_out: [number, number];
  runs: { has: "both" | "first" | "second"; first: string; second: string }[];
}

export interface Readout extends Entry {
  of: string;
  published: string;
  where: string;
  language: string;
  marks: ReadoutMark[];
  not_marked: string[];
  disclosure: { judgement: string; by_the_rule: string | null };
}

export interface Readouts {
  points: { id: string; author: string; status: string; text: string | null }[];
  readouts: Readout[];
}

export interface Offices {
  members: { post: string; offices: { office: string; holder: string | null }[] }[];
}

export interface HistoryRow {
  contact: string;
  at: string;
  asked_by: string;
  outcome: string;
  holders: string[];
}

export interface History {
  sides: { post: string; office: string; holder: string; since: string | null; first_contact_since: HistoryRow | null }[];
  contacts: HistoryRow[];
  last: HistoryRow | null;
  last_by_these_holders: HistoryRow | null;
}

export interface Account {
  id: string;
  publisher: string;
  published: string;
  language: string;
  about: string | null;
  characters: number;
  officer: string;
  from: string | null;
}

export interface Verdict {
  finding: "matches" | "contradicts" | "not in the record";
  why: string;
  entry: string | null;
  against: string[];
}

export interface Asserted {
  start: number;
  end: number;
  words: string;
  what: string;
  says: string;
  according_to: { says: string };
}

export interface AccountMark extends Asserted {
  mark: number;
  officer: string;
  verdict: Verdict;
}

export interface WholeAccount extends Account {
  text: string;
  marks: AccountMark[];
}

export interface Proposal extends Asserted {
  id: string;
  because: { words: string; taken_as: string }[];
}

export interface Held {
  account: string;
  mark: number;
  says: string;
  according_to: string;
  verdict: Verdict;
}

export interface Matrix {
  accounts: Account[];
  rows: { what: string; explained: string; about: string | null; asserted: Held[] }[];
  conflicts: { one: Held; other: Held; why: string }[];
}

