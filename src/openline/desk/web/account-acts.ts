// What is done with an account as a whole: marked by hand, taken in from others and given to them, moved, forgotten.

import { html, nothing, type TemplateResult } from "lit";
import { actForm, folded } from "./act-form.js";
import { keep } from "./downloads.js";
import { input } from "./fields.js";
import type { DeskPage } from "./page.js";
import type { WholeAccount } from "./reach-types.js";
import { get, post } from "./wire.js";
import { coded, t } from "./tongue.js";

// One request to the desk is at most a megabyte.
const FILE_MAX_BYTES = 900_000;
// What a mark can assert (docs/guides/accounts.md), as `account mark` names them.
export const WHATS = [
  "who", "whom", "initiated-by", "when", "last-before", "first-since", "times", "about", "agreed", "requested-by", "outcome", "reason", "number", "rejected",
  "said", "confirmed", "told", "happened",
];

export function importView(page: DeskPage): TemplateResult {
  const { desk } = page;
  const from = page.rest;
  const read = async (event: Event): Promise<void> => {
    event.preventDefault();
    const chosen = (event.target as HTMLFormElement).querySelector<HTMLInputElement>("input[type=file]")?.files?.[0];
    let id = "";
    const done = await desk.signed(async () => {
      if (!chosen) throw new Error(t("Choose the file."));
      if (chosen.size > FILE_MAX_BYTES) throw new Error(t("The file is too large for the desk: `openline account import` takes it."));
      id = (await post<{ id: string }>("account-import", { text: await chosen.text(), source: desk.drafts.get("account source") })).id;
    }, t("Taken in, with its marks, as an account of its own."));
    if (!done) return;
    desk.drafts.drop("account source");
    page.follow(from, `#/accounts/${id}`);
  };
  return html`<section class="compose" aria-labelledby="import-title">
    <h3 id="import-title">${t("Take in an account that others marked")}</h3>
    <form @submit=${(event: Event) => void read(event)}>
      <label>${t("The file")} <input class="first" type="file" required accept=".json" /></label>
      ${input(desk, "account source", t("From whom it came"), { required: true })}
      <p class="acts"><button class="main" type="submit">${t("Take it in")}</button></p>
    </form>
  </section>`;
}

export function wholeActs(page: DeskPage, account: WholeAccount): TemplateResult {
  const about = { account: account.id };
  const give = (): void =>
    void page.desk.signed(async () => {
      const { text } = await get<{ text: string }>("account-export", about);
      keep(new Blob([text], { type: "application/json" }), `account-${account.id.slice(0, 12)}.json`);
    }, t("The file was given to the browser."));
  const mark = actForm(page, {
    request: "account-mark",
    about,
    fields: [
      { key: "words", label: t("The words, as they stand in the text"), required: true },
      { key: "what", label: t("What they assert"), as: "choice", among: coded(WHATS) },
      { key: "who", label: t("Who (with ; between)"), as: "names" },
      { key: "whom", label: t("Whom (with ; between)"), as: "names" },
      { key: "days", label: t("Days: 2022-10 or 2022-02..2022-10") },
      { key: "number", label: t("Number: 90 or 60..100") },
      { key: "of", label: t("Number of what") },
      { key: "value", label: t("Value") },
      { key: "text", label: t("In words (may be empty)") },
      { key: "entry", label: t("The entry it is held against (its id)") },
      { key: "according_to", label: t("According to: publisher, unnamed, person:NAME, office:NAME, via:NAME") },
    ],
    button: t("Mark it"),
    said: t("Marked."),
  });
  const move = actForm(page, { request: "account-about", about, fields: [{ key: "about", label: t("About which entry (its id; may be empty)") }], button: t("Set what it is about"), said: t("Set.") });
  const from = page.rest;
  const forget = (event: Event): void => void page.signs(event, "account-remove", () => about, t("Forgotten.")).then((id) => id && page.follow(from, "#/accounts"));
  return html`<p class="acts"><button @click=${give}>${t("Take it with its marks, for others")}</button></p>
    ${folded(t("Mark words by hand"), mark)} ${folded(t("Say what it is about"), move)} ${page.desk.may("account-remove") ? folded(t("Forget this account"), html`<p class="acts"><button @click=${forget}>${t("Forget it with its marks")}</button></p>`) : nothing}`;
}
