// Give notice by a form: its fields, areas in words with their drawing, windows, and how it reads in each language.

import { html, nothing, type TemplateResult } from "lit";
import { area, choice, input } from "./fields.js";
import { WORLD, anyPlace, around, chart, type Outline } from "./globe.js";
import { NEW, type NoticesPage } from "./notices-page.js";
import { addressOf } from "./pages.js";
import { get, post, type Form } from "./wire.js";
import { instant, utc } from "./words.js";
import { coded, say, t } from "./tongue.js";

const CLOSE = 8;
const LANGUAGES: [string, string][] = [
  ["en", "English"],
  ["ru", "Русский"],
  ["ar", "العربية"],
];

// What was typed for areas, as the post reads it.
export interface Compose {
  outlines: Outline[];
  areas: unknown[];
  translated?: Form[];
}

export function composeView(page: NoticesPage): TemplateResult {
  const { desk } = page;
  const form = chosen(page);
  return html`<section class="compose" aria-labelledby="compose-title">
    <h3 id="compose-title">${t("Give notice")}</h3>
    <form @submit=${(event: SubmitEvent) => void send(page, event)} @change=${() => page.requestUpdate()}>
      ${page.lineAndClass()}
      ${choice(desk, "notice form", t("Form"), page.forms.map((each): [string, string] => [`${each.name}@${each.version}`, `${each.title}${each.agreed === false ? ` — ${t("not agreed on this line")}` : ""}`]))}
      ${form ? body(page, form) : nothing}
      <p class="signature">${say("Signed by {officer}, for {post}.", { officer: desk.me?.officer, post: desk.me?.post })}</p>
      <p class="acts">
        <button type="button" @click=${() => void preview(page)}>${t("Preview")}</button>
        <button class="main" type="submit">${t("Sign and give notice")}</button>
      </p>
    </form>
    ${form ? previewView(page, form) : nothing}
  </section>`;
}

function chosen(page: NoticesPage): Form | undefined {
  const name = page.desk.drafts.get("notice form");
  return page.forms.find((each) => `${each.name}@${each.version}` === name) ?? page.forms[0];
}

function body(page: NoticesPage, form: Form): TemplateResult {
  const { desk } = page;
  return html`${form.remarks.map((each) => html`<p><strong>${each}</strong></p>`)}
    <p class="foot">${form.obliged ? t("Due {hours} hours ahead; later is allowed, and marked late.", { hours: form.lead_hours }) : t("Voluntary: not obliged, and never late.")}</p>
    ${form.fields.map((each) =>
      each.options.length
        ? choice(desk, `notice field ${each.code}`, each.label, ["", ...each.options])
        : each.type === "yes-no"
          ? choice(desk, `notice field ${each.code}`, each.label, coded(["", "yes", "no", ...(form.unknown ? ["unknown"] : [])]))
          : input(desk, `notice field ${each.code}`, `${each.label}${each.required ? "" : ` (${t("may be left out")})`}`, { most: 2000 }),
    )}
    ${form.areas === false ? nothing : area(desk, "notice areas", t("Where: one area a line, as warnings say it"), { hint: "34-15N 033-30E, 34-15N 034-30E, 35-00N 034-00E\nwithin 5 miles of 34-15N 033-30E" })}
    ${area(desk, "notice windows", t("When: one window a line, START/END, UTC"), { hint: "2026-12-01T06:00Z/2026-12-01T18:00Z\n3h/5h" })}
    ${area(desk, "notice text", t("In words (may be left out)"))}`;
}

function previewView(page: NoticesPage, form: Form): TemplateResult | typeof nothing {
  const { compose } = page;
  const place = anyPlace(compose.outlines);
  const translated = compose.translated ?? [];
  if (!place && !translated.length) return nothing;
  return html`<section aria-label=${t("Preview")}>
    ${place
      ? chart(around(place, CLOSE), null, [{ id: "new", name: form.title, kind: "open", outlines: compose.outlines }], [], "", () => undefined)
      : chart(WORLD, null, [], [], "", () => undefined)}
    ${translated.map(
      (each) => html`<article class="said" lang=${each.language} dir=${each.language === "ar" ? "rtl" : "ltr"} aria-label=${each.language}>
        <h4>${each.title}</h4>
        ${each.unreviewed ? html`<p class="mark">${LANGUAGES.find(([code]) => code === each.language)?.[1]}: ${t("checked by nobody who speaks it")}</p>` : nothing}
        <dl>${each.fields.map((field) => html`<div><dt>${field.label}</dt><dd dir="auto">${page.desk.drafts.get(`notice field ${field.code}`) || "—"}</dd></div>`)}</dl>
        ${each.remarks.map((remark) => html`<p><strong>${remark}</strong></p>`)}
      </article>`,
    )}
  </section>`;
}

async function preview(page: NoticesPage): Promise<boolean> {
  const done = await page.desk.tried(async () => {
    await readAreas(page);
    windows(page);
    const name = chosen(page)?.name;
    const line = page.desk.drafts.get("notice line", page.desk.board.lines[0]?.line ?? "");
    const all = await Promise.all(LANGUAGES.map(([language]) => get<{ forms: Form[] }>("notice-forms", { line, language })));
    page.compose.translated = all.flatMap(({ forms }) => forms.filter((each) => each.name === name));
  });
  page.requestUpdate();
  return done;
}

async function readAreas(page: NoticesPage): Promise<void> {
  const lines = page.desk.drafts.get("notice areas").split("\n").filter((each) => each.trim());
  const read = await Promise.all(lines.map((text) => get<{ areas: unknown[]; outlines: Outline[] }>("area-read", { text })));
  page.compose = {
    ...page.compose,
    areas: read.flatMap((each) => each.areas),
    outlines: read.flatMap((each) => each.outlines),
  };
}

// Windows as they are typed. Throws a sentence about the first that is none.
function windows(page: NoticesPage): Window[] {
  return windowsTyped(page.desk.drafts.get("notice windows"), page.desk.board.now);
}

interface Window {
  start: number;
  end: number | null;
  end_kind: string;
}

export function windowsTyped(said: string, now: number): Window[] {
  const lines = said.split("\n").filter((each) => each.trim());
  return lines.map((each) => {
    const [begins, ends] = each.split("/", 2);
    const start = instant(begins ?? "", now);
    const end = ends?.trim() ? instant(ends, now) : null;
    if (start === null || (ends?.trim() && end === null) || (end !== null && end < start))
      throw new Error(t("{said} is no window: write START/END, as {time}Z/6h.", { said: each.trim(), time: utc(new Date(now)).slice(0, 16).replace(" ", "T") }));
    return { start, end, end_kind: end === null ? "perm" : "fixed" };
  });
}

async function send(page: NoticesPage, event: SubmitEvent): Promise<void> {
  event.preventDefault();
  const { desk } = page;
  const form = chosen(page);
  const line = desk.board.lines.find((each) => each.line === desk.drafts.get("notice line")) ?? desk.board.lines[0];
  if (!form || !line) return;
  const names = form.fields.map((each) => each.code);
  const filled = names.map((code): [string, string] => [code, desk.drafts.get(`notice field ${code}`).trim()]);
  let id = "";
  const done = await desk.signed(async () => {
    await readAreas(page);
    const said = {
      line: line.line,
      form: `${form.name}@${form.version}`,
      class: desk.drafts.get("notice class", line.classes[0] ?? "operation"),
      fields: Object.fromEntries(filled.filter(([, text]) => text)),
      areas: page.compose.areas,
      windows: windows(page),
      text: desk.drafts.get("notice text"),
    };
    id = (await post<{ id: string }>("notice-send", said)).id;
  }, t("Notice kept and signed."));
  if (!done) return;
  for (const name of [...names.map((code) => `field ${code}`), "areas", "windows", "text"]) desk.drafts.drop(`notice ${name}`);
  page.compose = { outlines: [], areas: [] };
  page.follow(NEW, addressOf("notices", id));
}
