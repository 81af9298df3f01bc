// The pages of the desk, in the order of their keys.  A page stands in the address behind "#/", with what it shows.

import { html, type TemplateResult } from "lit";
import type { OpenDesk } from "./desk.js";
import "./accounts-page.js";
import "./claims-page.js";
import "./drafts-page.js";
import "./incidents-page.js";
import "./inquiries-page.js";
import "./line-page.js";
import "./map-page.js";
import "./notices-page.js";
import "./reach-page.js";
import "./record-page.js";
import "./statements-page.js";
import "./stop-page.js";
import "./together-page.js";
import "./watch-page.js";
import "./you-page.js";
import { english } from "./tongue.js";

export interface Page {
  name: string;
  label: string;
  // What somebody must be allowed to ask for to see it.
  needs: string;
  view(desk: OpenDesk, rest: string, now: number): TemplateResult;
}

export const PAGES: Page[] = [
  { name: "now", label: english("Now"), needs: "inbox", view: (desk) => desk.panes() },
  {
    name: "stop",
    label: "STOP",
    needs: "stop-list",
    view: (desk, rest, now) => html`<stop-page .desk=${desk} .rest=${rest} .now=${now}></stop-page>`,
  },
  {
    name: "line",
    label: english("Line"),
    needs: "line-status",
    view: (desk, rest, now) => html`<line-page .desk=${desk} .rest=${rest} .now=${now}></line-page>`,
  },
  {
    name: "notices",
    label: english("Notices"),
    needs: "notice-list",
    view: (desk, rest, now) => html`<notices-page .desk=${desk} .rest=${rest} .now=${now}></notices-page>`,
  },
  {
    name: "map",
    label: english("Map"),
    needs: "notice-in-force",
    view: (desk, rest, now) => html`<map-page .desk=${desk} .rest=${rest} .now=${now}></map-page>`,
  },
  {
    name: "incidents",
    label: english("Incidents"),
    needs: "incident-list",
    view: (desk, rest, now) => html`<incidents-page .desk=${desk} .rest=${rest} .now=${now}></incidents-page>`,
  },
  {
    name: "statements",
    label: english("Statements"),
    needs: "statement-list",
    view: (desk, rest, now) => html`<statements-page .desk=${desk} .rest=${rest} .now=${now}></statements-page>`,
  },
  {
    name: "watch",
    label: english("Watch"),
    needs: "log-show",
    view: (desk, rest, now) => html`<watch-page .desk=${desk} .rest=${rest} .now=${now}></watch-page>`,
  },
  {
    name: "reach",
    label: english("Reach"),
    needs: "call-board",
    view: (desk, rest, now) => html`<reach-page .desk=${desk} .rest=${rest} .now=${now}></reach-page>`,
  },
  {
    name: "claims",
    label: english("Claims"),
    needs: "claim-list",
    view: (desk, rest, now) => html`<claims-page .desk=${desk} .rest=${rest} .now=${now}></claims-page>`,
  },
  {
    name: "inquiries",
    label: english("Inquiries"),
    needs: "inquiry-list",
    view: (desk, rest, now) => html`<inquiries-page .desk=${desk} .rest=${rest} .now=${now}></inquiries-page>`,
  },
  {
    name: "together",
    label: english("Exchanges"),
    needs: "together-list",
    view: (desk, rest, now) => html`<together-page .desk=${desk} .rest=${rest} .now=${now}></together-page>`,
  },
  {
    name: "accounts",
    label: english("Accounts"),
    needs: "account-list",
    view: (desk, rest, now) => html`<accounts-page .desk=${desk} .rest=${rest} .now=${now}></accounts-page>`,
  },
  {
    name: "record",
    label: english("Record"),
    needs: "record-list",
    view: (desk, rest, now) => html`<record-page .desk=${desk} .rest=${rest} .now=${now}></record-page>`,
  },
  {
    name: "drafts",
    label: english("Drafts"),
    needs: "draft-list",
    view: (desk, rest, now) => html`<drafts-page .desk=${desk} .rest=${rest} .now=${now}></drafts-page>`,
  },
  {
    name: "you",
    label: english("You"),
    needs: "about",
    view: (desk, rest, now) => html`<you-page .desk=${desk} .rest=${rest} .now=${now}></you-page>`,
  },
];

export interface Place {
  page: Page;
  rest: string;
}

// Where an address leads; what is unknown, or not for this person, leads to the first page.
export function placeOf(hash: string, may: (what: string) => boolean): Place {
  const [name, ...rest] = hash.replace(/^#\/?/, "").split("/");
  const page = PAGES.find((each) => each.name === name && may(each.needs));
  let said = "";
  try {
    said = decodeURIComponent(rest.join("/"));
  } catch {
    // A broken address shows the page without anything chosen.
  }
  return page ? { page, rest: said } : { page: PAGES[0] as Page, rest: "" };
}

export function addressOf(name: string, rest = ""): string {
  return rest ? `#/${name}/${encodeURIComponent(rest)}` : `#/${name}`;
}
