// The map: what is in force at a chosen time, own assets held against it, and the same in a table.

import type { GeoPermissibleObjects } from "d3-geo";
import { html, nothing, type TemplateResult } from "lit";
import { WORLD, anyPlace, around, chart, landOutlines, signOf, type Craft, type Drawn, type Outline, type Position, type View } from "./globe.js";
import { stamp } from "./inbox.js";
import { DeskPage } from "./page.js";
import { addressOf } from "./pages.js";
import { get, post, type PostEvent } from "./wire.js";
import { utc } from "./words.js";
import { code, say, t } from "./tongue.js";

const HOUR = 3_600_000;
// The slider goes from two days back to a week ahead.
const BACK_HOURS = 48;
const AHEAD_HOURS = 168;
// What is in force changes with time alone.
const AGAIN_MS = 10_000;
const ZOOM_MAX = 64;
const NEAR_ZOOM = 12;
const FILE_MAX_BYTES = 700_000;

interface InForce {
  id: string;
  line: string;
  author: string;
  form: string;
  number: number;
  year: number;
  source_id: string;
  state: string;
  until: string | null;
  outlines: Outline[];
}

interface Warned {
  asset: string;
  kind: "inside" | "entering" | "near";
  at: string;
  distance_m: number;
  edges: string[];
  notice: string;
}

interface Assets {
  assets: { name: string; fixes: { position: Position; at: string | null }[] }[];
  warnings: Warned[];
  refused: string[];
}

export class MapPage extends DeskPage {
  private land: GeoPermissibleObjects | null = null;
  private held: InForce[] = [];
  private assets: Assets | null = null;
  private file = "";
  private hours = 0;
  private view: View = WORLD;
  private chosen = "";
  protected override readonly againMs = AGAIN_MS;

  private get at(): number {
    return Math.round(this.desk.board.now + this.hours * HOUR);
  }

  protected override concerns(event: PostEvent): boolean {
    return event.what === "entry" && event.kind.startsWith("notice");
  }

  protected override async read(): Promise<void> {
    this.land ??= await landOutlines();
    const at = this.at;
    const query = { at, outlines: "true" };
    this.held = (await get<{ notices: InForce[] }>("notice-in-force", query)).notices;
    if (this.file) this.assets = await post<Assets>("asset-check", { source: this.file, at });
  }

  override render(): TemplateResult {
    const drawn = this.held.map((each): Drawn => ({ id: each.id, name: called(each), kind: each.state, outlines: each.outlines }));
    return html`<section aria-labelledby="page-title">
      <h2 id="page-title" tabindex="-1">${t("Map")}</h2>
      ${this.controls()}
      ${chart(this.view, this.land, drawn, this.craft(), this.chosen, (id) => this.choose(id))}
      ${this.warnings()} ${this.table()}
    </section>`;
  }

  private controls(): TemplateResult {
    return html`<div class="fields">
        <label class="slider"
          >${say("In force at {time}", { time: html`<bdi dir="ltr">${utc(new Date(this.at))}</bdi>` })} ${this.hours ? html`<bdi dir="ltr">(${this.hours > 0 ? "+" : ""}${this.hours} h)</bdi>` : `(${t("now")})`}
          <input
            type="range"
            min=${-BACK_HOURS}
            max=${AHEAD_HOURS}
            step="1"
            .value=${String(this.hours)}
            @input=${(event: Event) => this.slide(event)}
        /></label>
        <label
          >${t("Own assets, from a file (GeoJSON, CSV or AIS); it is not kept, and nothing of it is sent")}
          <input type="file" @change=${(event: Event) => void this.load(event)}
        /></label>
      </div>
      <p class="acts">
        <button @click=${() => this.move({ zoom: Math.min(ZOOM_MAX, this.view.zoom * 2) })}>${t("Closer")}</button>
        <button @click=${() => this.move({ zoom: Math.max(1, this.view.zoom / 2) })}>${t("Wider")}</button>
        <button @click=${() => this.move({ longitude: this.view.longitude - 60 / this.view.zoom })}>${t("West")}</button>
        <button @click=${() => this.move({ longitude: this.view.longitude + 60 / this.view.zoom })}>${t("East")}</button>
        <button @click=${() => this.move({ latitude: Math.min(90, this.view.latitude + 30 / this.view.zoom) })}>${t("North")}</button>
        <button @click=${() => this.move({ latitude: Math.max(-90, this.view.latitude - 30 / this.view.zoom) })}>${t("South")}</button>
        <button @click=${() => this.move(WORLD)}>${t("World")}</button>
        <button @click=${() => this.move({ latitude: 90, zoom: 1 })}>${t("North pole")}</button>
        <button @click=${() => this.move({ latitude: -90, zoom: 1 })}>${t("South pole")}</button>
      </p>`;
  }

  private move(to: Partial<View>): void {
    this.view = { ...this.view, ...to };
    this.requestUpdate();
  }

  private slide(event: Event): void {
    this.hours = Number((event.target as HTMLInputElement).value);
    this.requestUpdate();
    void this.refresh();
  }

  private choose(id: string): void {
    this.chosen = id;
    const outlines = this.held.find((each) => each.id === id)?.outlines ?? [];
    const place = anyPlace(outlines);
    if (place) this.view = around(place, Math.max(this.view.zoom, NEAR_ZOOM));
    this.requestUpdate();
  }

  private async load(event: Event): Promise<void> {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (!file) return;
    if (file.size > FILE_MAX_BYTES) {
      this.desk.fail(t("The file is larger than 700 kB: hold it against the notices with `openline notice assets`."));
      return;
    }
    this.desk.fail("");
    const bytes = new Uint8Array(await file.arrayBuffer());
    this.file = btoa(Array.from(bytes, (each) => String.fromCharCode(each)).join(""));
    await this.refresh();
  }

  // Each asset where it was last at the chosen time, or where it will be first.
  private craft(): Craft[] {
    const worst = new Map<string, string>();
    for (const each of this.assets?.warnings ?? []) if (!worst.has(each.asset)) worst.set(each.asset, each.kind);
    return (this.assets?.assets ?? []).flatMap((each) => {
      const past = each.fixes.filter((fix) => !fix.at || Date.parse(fix.at) <= this.at);
      const fix = past.at(-1) ?? each.fixes[0];
      return fix ? [{ name: each.name, position: fix.position, warned: worst.get(each.name) ?? "" }] : [];
    });
  }

  private warnings(): TemplateResult | typeof nothing {
    if (!this.assets) return nothing;
    const named = new Map(this.held.map((each) => [each.id, called(each)]));
    const { warnings, refused, assets } = this.assets;
    return html`<section aria-labelledby="warnings-title" role="status">
      <h3 id="warnings-title">${say("Own assets: {count}, warnings: {warnings}", { count: assets.length, warnings: warnings.length })}</h3>
      <ul>
        ${warnings.map(
          (each) => html`<li class=${each.kind === "near" ? "" : "error"}>
            <span aria-hidden="true">${signOf(each.kind)}</span>${say("{asset} {kind} {notice} at {at}", { asset: html`<strong><bdi>${each.asset}</bdi></strong>`, kind: code(each.kind.toUpperCase()), notice: named.get(each.notice) ?? each.notice.slice(0, 12), at: stamp(each.at) })}${each.distance_m
              ? `, ${t("{miles} nautical miles away", { miles: (each.distance_m / 1852).toFixed(1) })}`
              : ""}
          </li>`,
        )}
        ${refused.map((each) => html`<li class="error">${say("Not understood: {each}", { each })}</li>`)}
      </ul>
    </section>`;
  }

  private table(): TemplateResult {
    return html`<table class="ladder">
      <caption>
        ${this.held.length ? t("{count} notices in force at that time", { count: this.held.length }) : t("Nothing is in force at that time")}
      </caption>
      <thead>
        <tr><th scope="col">${t("Notice")}</th><th scope="col">${t("Line")}</th><th scope="col">${t("Until")}</th><th scope="col">${t("On the map")}</th></tr>
      </thead>
      <tbody>
        ${this.held.map(
          (each) => html`<tr aria-selected=${each.id === this.chosen ? "true" : "false"}>
            <th scope="row"><a href=${addressOf("notices", each.id)}>${called(each)}</a> ${each.state === "open" ? nothing : html`<span class="mark">${code(each.state)}</span>`}</th>
            <td>${each.line}</td>
            <td>${each.until ? stamp(each.until) : t("further notice")}</td>
            <td>
              ${anyPlace(each.outlines)
                ? html`<button @click=${() => this.choose(each.id)}>${t("Show")}</button>`
                : t("no area that can be drawn")}
            </td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

function called(each: InForce): string {
  const name = `${each.form} ${each.number}/${each.year}${each.source_id ? ` (${each.source_id})` : ""}`;
  return t("{notice} of {author}", { notice: name, author: each.author });
}

customElements.define("map-page", MapPage);
