// What an officer signs of a call, made from what was typed into its forms.

import type { OpenDesk } from "./desk.js";
import { classOn } from "./forms.js";
import { post, type Contact } from "./wire.js";
import { timeTyped } from "./words.js";
import { t } from "./tongue.js";

// Sign something of a call with what is typed under this prefix.
async function submitCall(
desk: OpenDesk,
event: SubmitEvent,
name: string,
prefix: string,
make: () => object,
): Promise<boolean> {
  event.preventDefault();
  let id = "";
  const done = await desk.signed(
    async () => {
      id = (await post<{ id: string }>(name, make())).id;
    },
    t("Kept and signed."),
    [],
  );
  if (done) {
    desk.drafts.dropUnder(prefix);
    desk.doing = null;
    desk.board.refreshCalls();
    if (name === "call-ask") desk.contact = id;
  }
  return done;
}

function time(desk: OpenDesk, name: string): number {
  const said = desk.drafts.get(name);
  return said ? timeTyped(said, desk.board.now) : 0;
}

export function submitAnswer(desk: OpenDesk, event: SubmitEvent, contact: Contact): Promise<boolean> {
  const prefix = `call ${contact.id}`;
  const field = (name: string, otherwise = ""): string => desk.drafts.get(`${prefix} ${name}`, otherwise);
  return submitCall(desk, event, "call-answer", prefix, () => {
    const reply = field("reply", "accepted");
    const said: Record<string, unknown> = { contact: contact.id, reply, text: field("text") };
    if (reply === "accepted" || reply === "deferred") said["at"] = time(desk, `${prefix} time`);
    if (reply === "counter-time") said["times"] = [time(desk, `${prefix} time`)];
    if (reply === "delegated") said["office"] = field("office");
    if (reply === "deferred" || reply === "declined") said["reason"] = field("reason", "unstated");
    return said;
  });
}

export function submitClose(desk: OpenDesk, event: SubmitEvent, contact: Contact): Promise<boolean> {
  const prefix = `close ${contact.id}`;
  const field = (name: string, otherwise = ""): string => desk.drafts.get(`${prefix} ${name}`, otherwise);
  return submitCall(desk, event, "call-close", prefix, () => ({
    contact: contact.id,
    outcome: field("outcome", "held"),
    peer: party(contact, field("peer")),
    text: field("text"),
  }));
}

export function submitTry(desk: OpenDesk, event: SubmitEvent, contact: Contact): Promise<boolean> {
  const prefix = `try ${contact.id}`;
  const field = (name: string, otherwise = ""): string => desk.drafts.get(`${prefix} ${name}`, otherwise);
  return submitCall(desk, event, "call-try", prefix, () => ({
    contact: contact.id,
    means: field("means"),
    layer: field("layer", "none"),
    who: field("who"),
    peer: party(contact, field("peer")),
    text: field("text"),
  }));
}

function party(contact: Contact, chosen: string): string {
  return chosen || (contact.parties.find((each) => !each.outcome)?.post ?? "");
}

export function submitAsk(desk: OpenDesk, event: SubmitEvent): Promise<boolean> {
  const field = (name: string, otherwise = ""): string => desk.drafts.get(`ask ${name}`, otherwise);
  const line = field("line", desk.board.lines[0]?.line ?? "");
  return submitCall(desk, event, "call-ask", "ask", () => ({
    line,
    office: field("office"),
    called: [[field("peer", desk.peers[0] ?? ""), field("called")]],
    reply_by: time(desk, "ask reply_by"),
    topics: field("topic") ? [field("topic")] : [],
    consequence: field("consequence"),
    content: field("content"),
    precedence: field("precedence", "immediate"),
    class: classOn(desk, line, "ask class"),
  }));
}
