// What a party adds to an incident beside its assessment: sources, who investigates with whom, corrections, the same.

import { html, nothing, type TemplateResult } from "lit";
import { actForm, folded } from "./act-form.js";
import type { DeskPage } from "./page.js";
import type { IncidentSummary, Picture } from "./wire.js";
import { t } from "./tongue.js";

export function additionsView(page: DeskPage, picture: Picture, all: IncidentSummary[]): TemplateResult {
  const about = { incident: picture.id };
  const others = all.filter((each) => each.id !== picture.id && each.line === picture.line).map((each): [string, string] => [each.id, each.title ?? each.id]);
  const source = actForm(page, {
    request: "incident-source",
    about,
    fields: [
      { key: "text", label: t("The source, in words"), required: true },
      { key: "where", label: t("Where it is found") },
      { key: "when", label: t("When it was made (UTC; may be empty)"), as: "past" },
    ],
    make: ({ incident, text, where, when }) => ({ incident, sources: [[text, where ?? "", when ?? 0]] }),
    button: t("Sign the source"),
    said: t("Named and signed."),
  });
  const investigate = actForm(page, {
    request: "incident-investigate",
    about,
    fields: [
      { key: "partners", label: t("Together with (with ; between; empty: alone)"), as: "names" },
      { key: "text", label: t("In words (may be empty)") },
    ],
    button: t("Sign that we investigate"),
    said: t("Said and signed."),
  });
  const correct = actForm(page, {
    request: "incident-correct",
    about,
    fields: [
      { key: "title", label: t("Title"), hint: picture.title ?? "" },
      { key: "place", label: t("Place"), hint: picture.place ?? "" },
      { key: "at", label: t("When it happened (UTC; may be empty)"), as: "past" },
    ],
    button: t("Sign the correction"),
    said: t("Proposed and signed."),
  });
  const same = actForm(page, {
    request: "incident-same",
    about,
    fields: [
      { key: "other", label: t("The same as"), as: "choice", among: others },
      { key: "text", label: t("Why") },
    ],
    button: t("Sign that they are the same"),
    said: t("Said and signed."),
  });
  return html`${folded(t("Name a source"), source)} ${folded(t("Say that we investigate"), investigate)} ${folded(t("Propose another title, place or time"), correct)} ${others.length ? folded(t("Say that it is the same as another"), same) : nothing}`;
}
