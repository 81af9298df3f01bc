// Warnings of others, pasted or from a file: each is read here first, with what was not understood marked in its own
// text, and given notice of only then, with its text byte for byte.

import { html, nothing, type TemplateResult } from "lit";
import { area, choice } from "./fields.js";
import { type NoticesPage } from "./notices-page.js";
import { post, type ReadMessage } from "./wire.js";
import { say, t } from "./tongue.js";

// One request to the desk is at most a megabyte.
const FILE_MAX_BYTES = 700_000;
const BATCH = 50;

export interface Import {
  messages: ReadMessage[];
}

export function importView(page: NoticesPage): TemplateResult {
  const { desk, taken } = page;
  return html`<section class="compose" aria-labelledby="import-title">
    <h3 id="import-title">${t("Import warnings")}</h3>
    ${page.lineAndClass()}
    <form @submit=${(event: SubmitEvent) => void readPasted(page, event)}>
      ${area(desk, "import text", t("Warnings, as they were issued"), { first: true })}
      <p class="fields">
        ${choice(desk, "import format", t("Format"), [["", t("by how it looks")], "navwarn", "notam", "cap", "geojson"])}
        <label>${t("Or a file")} <input type="file" @change=${(event: Event) => void readChosen(page, event)} /></label>
      </p>
      <p class="acts"><button type="submit">${t("Read")}</button></p>
    </form>
    ${taken.messages.length ? found(page) : nothing}
  </section>`;
}

function found(page: NoticesPage): TemplateResult {
  const { messages } = page.taken;
  const refused = messages.filter((each) => each.refused.length).length;
  const doubted = messages.filter((each) => each.flags.length && !each.refused.length).length;
  return html`<p role="status">
      <strong>${say("{count} messages: {understood} understood, {doubted} with doubts, {refused} refused in whole or in part.", { count: messages.length, understood: messages.length - refused - doubted, doubted, refused })}</strong>
    </p>
    <form @submit=${(event: SubmitEvent) => void give(page, event)}>
      <p class="signature">${say("Signed by {officer}, for {post}: each as it was issued and as it is read.", { officer: page.desk.me?.officer, post: page.desk.me?.post })}</p>
      <p class="acts"><button class="main" type="submit">${t("Sign and give notice of all")}</button></p>
    </form>
    ${messages.map((each) => one(each))}`;
}

function one(message: ReadMessage): TemplateResult {
  const { imported } = message;
  return html`<article class="said" aria-label=${imported.source_id || t("without a number")}>
    <p class="head">
      <strong>${imported.source_id || t("without a number")}</strong>
      <span class="mark">${message.refused.length ? `✕ ${t("refused in part")}` : message.flags.length ? `◆ ${t("doubts")}` : `✓ ${t("understood")}`}</span>
      <span class="foot">${say("{count} windows, {areas} areas", { count: imported.windows.length, areas: imported.areas.length })}</span>
    </p>
    <pre class="text" dir="auto">${marked(message.text, message.refused.map((each) => each.words))}</pre>
    ${message.flags.map((each) => html`<p class="mark">${say("Doubt {code}: {text}", { code: each.code, text: each.text })}</p>`)}
    ${message.refused.map((each) => html`<p class="error">✕ “${each.words.trim().slice(0, 120)}”: ${each.why}</p>`)}
  </article>`;
}

// A text with the parts that were not understood marked in it.
export function marked(text: string, parts: string[]): (string | TemplateResult)[] {
  const shown: (string | TemplateResult)[] = [];
  let at = 0;
  for (const part of parts.map((each) => each.trim()).filter(Boolean)) {
    const found = text.indexOf(part, at);
    if (found < 0) continue;
    shown.push(text.slice(at, found), html`<mark>${part}</mark>`);
    at = found + part.length;
  }
  shown.push(text.slice(at));
  return shown;
}

async function readPasted(page: NoticesPage, event: SubmitEvent): Promise<void> {
  event.preventDefault();
  await read(page, new TextEncoder().encode(page.desk.drafts.get("import text")));
}

async function readChosen(page: NoticesPage, event: Event): Promise<void> {
  const file = (event.target as HTMLInputElement).files?.[0];
  if (file) await read(page, new Uint8Array(await file.arrayBuffer()));
}

async function read(page: NoticesPage, bytes: Uint8Array): Promise<void> {
  await page.desk.tried(async () => {
    if (bytes.length > FILE_MAX_BYTES) throw new Error(t("More than 700 kB: import the file with `openline notice import`."));
    const source = btoa(Array.from(bytes, (each) => String.fromCharCode(each)).join(""));
    const body = { source, format: page.desk.drafts.get("import format") };
    page.taken = { messages: (await post<{ messages: ReadMessage[] }>("notice-read", body)).messages };
  });
  page.requestUpdate();
}

async function give(page: NoticesPage, event: SubmitEvent): Promise<void> {
  event.preventDefault();
  const { desk } = page;
  const { messages } = page.taken;
  const line = desk.drafts.get("notice line", desk.board.lines[0]?.line ?? "");
  const kind = desk.drafts.get("notice class", desk.board.lines.find((each) => each.line === line)?.classes[0] ?? "operation");
  let given = 0;
  const done = await desk.signed(async () => {
    while (page.taken.messages.length) {
      const batch = page.taken.messages.slice(0, BATCH);
      await post("notice-import", { line, class: kind, messages: batch.map((each) => each.imported) });
      page.taken = { messages: page.taken.messages.slice(BATCH) };
      given += batch.length;
    }
  }, t("{count} notices kept and signed.", { count: messages.length }));
  if (!done && given) desk.said = t("{given} of {count} were kept and signed.", { given, count: messages.length });
  if (done) desk.drafts.drop("import text");
  await page.refresh();
}
