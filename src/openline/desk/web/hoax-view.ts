// Did you call us?  Questions to a peer whether it called, answers with a signature, and hoax calls told to all.

import { html, nothing, type TemplateResult } from "lit";
import { actForm, folded, type Field } from "./act-form.js";
import type { HoaxCall } from "./claim-types.js";
import { stamp } from "./inbox.js";
import type { DeskPage } from "./page.js";
import { code, coded, say, t } from "./tongue.js";

const SHAPES: Record<string, string> = { yes: "✓", no: "✕", unknown: "?" };

export function hoaxView(page: DeskPage, calls: HoaxCall[]): TemplateResult {
  const { desk } = page;
  const lines = desk.board.lines.map((each) => each.line);
  const call: Field[] = [
    { key: "at", label: t("When the call came (UTC)"), as: "past", required: true },
    { key: "channel", label: t("By which channel: telephone, video, messenger"), required: true },
    { key: "name", label: t("As whom the caller spoke") },
    { key: "office", label: t("Which office was named") },
    { key: "shown", label: t("Which number was shown") },
    { key: "text", label: t("What was said") },
  ];
  const ask = actForm(page, {
    request: "hoax-ask",
    about: {},
    fields: [{ key: "line", label: t("Line"), as: "choice", among: lines }, { key: "peer", label: t("Post"), as: "choice", among: desk.peers }, ...call],
    button: t("Sign and ask: did you call us?"),
    said: t("Asked and signed."),
  });
  const report = actForm(page, {
    request: "hoax-report",
    about: {},
    fields: [{ key: "line", label: t("Line"), as: "choice", among: lines }, { key: "peer", label: t("In whose name it was"), as: "choice", among: ["", ...desk.peers, desk.board.post] }, ...call],
    button: t("Sign and tell all of a hoax call"),
    said: t("Told and signed."),
  });
  return html`<section aria-labelledby="hoax-title">
    <h3 id="hoax-title">${t("Did you call us?")}</h3>
    ${calls.map((each) => callView(page, each))} ${calls.length ? nothing : html`<p class="empty">${t("Nobody has asked.")}</p>`}
    ${folded(t("Ask a post whether it called"), ask)} ${folded(t("Tell all of a hoax call"), report)}
  </section>`;
}

function callView(page: DeskPage, each: HoaxCall): TemplateResult {
  const said = [each.name, each.office, each.shown, each.text].filter(Boolean);
  return html`<article class="said" aria-label=${each.question ? t("did you call us?") : t("hoax call")}>
    <p>${each.question ? say("{author} asks {peer}: did you call by {channel} {at}?", { author: each.author, peer: each.peer, channel: each.channel, at: stamp(each.called_at) }) : say("{author} tells of a hoax call by {channel} {at}, in the name of {peer}", { author: each.author, peer: each.peer ?? t("nobody known"), channel: each.channel, at: stamp(each.called_at) })}</p>
    ${said.length ? html`<p><bdi>${said.join("; ")}</bdi></p>` : nothing}
    ${each.answers.map((one) => html`<p><strong><span aria-hidden="true">${SHAPES[one.verdict] ?? "?"}</span> ${code(one.verdict)}</strong>${one.text ? html`: <bdi>${one.text}</bdi>` : nothing} <span class="foot">${say("signed by {officer}, {author}, {at}", { officer: one.officer ?? t("nobody"), author: one.by, at: stamp(one.at) })}</span></p>`)}
    ${each.question && !each.own && each.peer === page.desk.board.post
      ? actForm(page, { request: "hoax-answer", about: { question: each.id }, fields: [{ key: "verdict", label: t("Did we call?"), as: "choice", among: coded(["no", "yes", "unknown"]) }, { key: "text", label: t("In words (may be empty)") }], button: t("Sign and answer"), said: t("Answered and signed.") })
      : nothing}
  </article>`;
}
