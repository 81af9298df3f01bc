// What changes a notice of ours, what its receiver tries, and what it becomes for those who have no post.

import { html, nothing, type TemplateResult } from "lit";
import { actForm, folded, type Field } from "./act-form.js";
import { keep } from "./downloads.js";
import { choice } from "./fields.js";
import { windowsTyped } from "./notice-compose.js";
import { type NoticesPage } from "./notices-page.js";
import { get, type Notice } from "./wire.js";
import { coded, t, tongue } from "./tongue.js";

const ENDS: Record<string, string> = { text: "txt", geojson: "geojson", cap: "xml", page: "html" };
const FIELD = "field ";
const WINDOWS = "2026-12-01T06:00Z/2026-12-01T18:00Z";

export function changesView(page: NoticesPage, notice: Notice): TemplateResult {
  const live = !notice.ended;
  return html`${live && notice.own ? folded(t("Amend it"), amending(page, notice)) : nothing} ${live && notice.own ? folded(t("Postpone it"), postponing(page, notice)) : nothing}
    ${!notice.own ? folded(t("State that we tried its contact in the field"), trying(page, notice)) : nothing} ${folded(t("Take it away for those who have no post"), writing(page, notice))}`;
}

// The whole notice again, with what is typed here in place of what it said.
function amending(page: NoticesPage, notice: Notice): TemplateResult | typeof nothing {
  const now = notice.versions.at(-1);
  const fields: Field[] = (now?.fields ?? []).map((each) => ({ key: `${FIELD}${each.code}`, label: each.label, hint: each.text }));
  return actForm(page, {
    request: "notice-amend",
    about: { notice: notice.id },
    fields: [
      ...fields,
      { key: "areas", label: t("Where: one area a line, as warnings say it"), as: "text" },
      { key: "windows", label: t("When: one window a line, START/END, UTC"), as: "text", hint: WINDOWS },
      { key: "text", label: t("In words (may be left out)"), as: "text" },
    ],
    make: async (body) => {
      const said: Record<string, unknown> = { notice: notice.id };
      const typed = Object.entries(body).filter(([key]) => key.startsWith(FIELD));
      if (typed.length) said["fields"] = Object.fromEntries(typed.map(([key, text]) => [key.slice(FIELD.length), text]));
      if (body["text"]) said["text"] = body["text"];
      if (body["windows"]) said["windows"] = windowsTyped(String(body["windows"]), page.desk.board.now);
      if (body["areas"]) {
        const lines = String(body["areas"]).split("\n").filter((each) => each.trim());
        const read = await Promise.all(lines.map((text) => get<{ areas: unknown[] }>("area-read", { text })));
        said["areas"] = read.flatMap((each) => each.areas);
      }
      return said;
    },
    button: t("Sign the amendment"),
    said: t("Amended and signed; it must be acknowledged again."),
  });
}

function postponing(page: NoticesPage, notice: Notice): TemplateResult | typeof nothing {
  return actForm(page, {
    request: "notice-postpone",
    about: { notice: notice.id },
    fields: [
      { key: "windows", label: t("When: one window a line, START/END, UTC"), as: "text", hint: WINDOWS, required: true },
      { key: "text", label: t("In words (may be left out)") },
    ],
    make: (body) => ({ ...body, windows: windowsTyped(String(body["windows"] ?? ""), page.desk.board.now) }),
    button: t("Sign the new windows"),
    said: t("Postponed and signed."),
  });
}

function trying(page: NoticesPage, notice: Notice): TemplateResult | typeof nothing {
  const contacts = notice.versions.at(-1)?.contacts ?? [];
  if (!contacts.length) return html`<p class="empty">${t("It names no contact in the field.")}</p>`;
  return actForm(page, {
    request: "notice-try",
    about: { notice: notice.id },
    fields: [
      { key: "contact", label: t("Contact in the field"), as: "choice", among: contacts.map((each, at): [string, string] => [String(at + 1), `${each.name}: ${each.means}`]) },
      { key: "reached", label: t("Somebody answered"), as: "yes", among: coded(["no", "yes"]) },
      { key: "at", label: t("When (UTC; empty: now)"), as: "past" },
      { key: "text", label: t("What happened") },
    ],
    make: (body) => ({ ...body, contact: Number(body["contact"]) }),
    button: t("Sign the attempt"),
    said: t("Stated and signed."),
  });
}

function writing(page: NoticesPage, notice: Notice): TemplateResult {
  const { desk } = page;
  const name = `write ${notice.id}`;
  const formats = Object.keys(ENDS);
  const write = (event: Event): void => {
    event.preventDefault();
    const format = desk.drafts.get(name, formats[0] ?? "text");
    void desk.signed(async () => {
      const { text } = await get<{ text: string }>("notice-write", { notice: notice.id, format, language: tongue() });
      keep(new Blob([text]), `notice.${ENDS[format] ?? "txt"}`);
    }, t("The file was given to the browser."));
  };
  return html`<form class="inline" @submit=${write}>
    <span class="fields">${choice(desk, name, t("Format"), formats)}</span>
    <p class="acts"><button type="submit">${t("Take it")}</button></p>
  </form>`;
}
