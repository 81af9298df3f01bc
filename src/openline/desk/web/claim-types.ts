// What the post answers about claims, inquiries and simultaneous exchanges (docs/reference/control.md).

import type { Entry, Precedence, Traffic } from "./wire.js";

export interface Reached {
  rung: string;
  by: string | null;
  at: string | null;
}

export interface ClaimParty {
  post: string;
  own: boolean;
  status: string;
  answers: (Entry & { stance: string; late: boolean; crossed: boolean })[];
}

export interface ClaimPut {
  id: string;
  line: string;
  at: string;
  officer: string | null;
  precedence: Precedence;
  reply_by: string | null;
  withdrawn: (Entry & { replaced_by: string | null }) | null;
  parties: ClaimParty[];
  evidence: (Entry & { files: { name: string; sha256: string }[] })[];
  told: (Entry & { names: string[] | null; allowed: boolean | null })[];
  not_told_of: string[] | null;
}

export interface Claim {
  claim: string;
  claimant: string;
  own: boolean;
  class: Traffic;
  text: string | null;
  put: ClaimPut[];
}

export interface Inquiry {
  id: string;
  line: string;
  asker: string;
  asked: string;
  own: boolean;
  officer: string | null;
  at: string;
  class: Traffic;
  precedence: Precedence;
  status: string;
  open: boolean;
  clock: string;
  over: boolean;
  begins: string | null;
  ends: string | null;
  about: string | null;
  what: string | null;
  where: string | null;
  question: string | null;
  next_step: string | null;
  answers: (Entry & { reply: string; entry: string | null; channel: string; late: boolean; overdue: boolean })[];
  judged: (Entry & { verdict: string; reply_by: string | null })[];
}

export interface TogetherParty {
  post: string;
  own: boolean;
  stands: string;
  committed: (Entry & { digest: string }) | null;
  shown: (Entry & { late: boolean }) | null;
  document: { name: string; size: number; sha256: string; base64: string; text: string | null } | null;
  silent: Entry | null;
}

export interface Together extends Entry {
  commit_by: string;
  reveal_by: string;
  complete: boolean;
  open: boolean;
  off: boolean;
  kept_here: boolean;
  lost_here: boolean;
  parties: TogetherParty[];
  withdrawn: (Entry & { not_held_by: string[] })[];
}

export interface HoaxCall extends Entry {
  question: boolean;
  peer: string | null;
  called_at: string;
  channel: string;
  name: string;
  office: string;
  shown: string;
  verdict: string | null;
  answers: { id: string; verdict: string; text: string; by: string; officer: string | null; at: string }[];
}
