// A form of one act: its fields, the request that they become, and the button that signs it.

import { html, nothing, type TemplateResult } from "lit";
import { area, choice, input } from "./fields.js";
import type { DeskPage } from "./page.js";
import { timeBefore, timeTyped } from "./words.js";

// How a field is typed, and what it becomes: a line or some lines of text, a time to come or past, names one after
// another, one of several, or yes or no.
export type As = "line" | "text" | "time" | "past" | "names" | "choice" | "yes";

export interface Field {
  // Its name in the request.
  key: string;
  label: string;
  as?: As;
  among?: readonly (string | [string, string])[];
  required?: boolean;
  hint?: string;
}

export interface Act {
  request: string;
  // What the request names beside the fields.
  about: Record<string, unknown>;
  fields: Field[];
  button: string;
  said: string;
  main?: boolean;
  // What the request holds besides, worked out of what was typed.
  make?: (body: Record<string, unknown>) => object | Promise<object>;
  // The page on which what was signed opens.
  opens?: string;
}

// The form, for whoever may sign that.  What is left empty is left out of the request.
export function actForm(page: DeskPage, act: Act): TemplateResult | typeof nothing {
  if (!page.desk.may(act.request)) return nothing;
  const names = act.fields.map((each) => nameOf(act, each));
  return html`<form class="inline" @submit=${(event: SubmitEvent) => page.signs(event, act.request, () => bodyOf(page, act), act.said, ...names).then((id) => opened(act, id))}>
    ${act.fields.map((each) => fieldView(page, act, each))}
    <p class="acts"><button class=${act.main ? "main" : ""} type="submit">${act.button}</button></p>
  </form>`;
}

function opened(act: Act, id: string): void {
  if (id && act.opens) location.hash = `#/${act.opens}/${encodeURIComponent(id)}`;
}

// The same behind its name, where a page has many.
export function folded(name: string, form: TemplateResult | typeof nothing): TemplateResult | typeof nothing {
  return form === nothing
    ? nothing
    : html`<details class="act">
        <summary>${name}</summary>
        ${form}
      </details>`;
}

function nameOf(act: Act, field: Field): string {
  const about = Object.values(act.about).filter((each) => typeof each === "string");
  return [act.request, ...about, field.key].join(" ");
}

function fieldView(page: DeskPage, act: Act, field: Field): TemplateResult {
  const { desk } = page;
  const name = nameOf(act, field);
  const how = { required: field.required ?? false, hint: field.hint ?? (field.as === "time" || field.as === "past" ? "3h, 18:40, 2022-11-15T18:40Z" : "") };
  if (field.as === "choice" || field.as === "yes") return html`<span class="fields">${choice(desk, name, field.label, field.among ?? [])}</span>`;
  return field.as === "text" ? area(desk, name, field.label, how) : input(desk, name, field.label, how);
}

function bodyOf(page: DeskPage, act: Act): object | Promise<object> {
  const body: Record<string, unknown> = { ...act.about };
  for (const field of act.fields) {
    const among = field.among?.[0];
    const said = page.desk.drafts.get(nameOf(act, field), (typeof among === "string" ? among : among?.[0]) ?? "");
    if (said.trim()) body[field.key] = valueOf(field.as === "text" ? said : said.trim(), field.as ?? "line", page.desk.board.now);
  }
  return act.make ? act.make(body) : body;
}

function valueOf(said: string, as: As, now: number): unknown {
  if (as === "time") return timeTyped(said, now);
  if (as === "past") return timeBefore(said, now);
  if (as === "names") return said.split(/\s*[;\n]\s*/).filter(Boolean);
  return as === "yes" ? said === "yes" : said;
}
