// The way from page to page, the same on every page, and STOP, which is on every page.

import { html, nothing, type TemplateResult } from "lit";
import type { OpenDesk } from "./desk.js";
import { PAGES, addressOf } from "./pages.js";
import "./stop-key.js";
import { code, t } from "./tongue.js";

// So many pages have a key, from 1 on.
const KEYS = 9;

export function navView(desk: OpenDesk): TemplateResult {
  const shown = PAGES.filter((each) => desk.may(each.needs));
  return html`<nav aria-label=${t("Pages")}>
    <ul>
      ${shown.map(
        (each, at) => html`<li>
          <a
            href=${addressOf(each.name)}
            aria-current=${desk.place.page === each ? "page" : "false"}
            aria-keyshortcuts=${at < KEYS ? at + 1 : nothing}
            >${code(each.label)} ${at < KEYS ? html`<kbd>${at + 1}</kbd>` : nothing}</a
          >
        </li>`,
      )}
    </ul>
    ${desk.may("stop-send") ? html`<stop-key .desk=${desk} .lines=${desk.board.lines}></stop-key>` : nothing}
  </nav>`;
}
