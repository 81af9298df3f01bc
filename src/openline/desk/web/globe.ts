// The map: land, areas, and own assets on a flat chart that turns, drawn as one SVG.  It wraps at the antimeridian and
// is right at the poles because areas are drawn on a globe first (d3-geo), rings clockwise.

import { geoEquirectangular, geoAzimuthalEqualArea, geoGraticule10, geoPath, type GeoPermissibleObjects, type GeoProjection } from "d3-geo";
import type { MultiPolygon } from "geojson";
import { html, nothing, svg, type TemplateResult } from "lit";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { t } from "./tongue.js";

export const WIDTH = 960;
export const HEIGHT = 500;
const LAND = "/static/land.json";

export type Position = [number, number];

export interface Outline {
  polygons: Position[][][];
  lines: Position[][];
  points: Position[];
}

export interface Drawn {
  id: string;
  name: string;
  kind: string;
  outlines: Outline[];
}

export interface Craft {
  name: string;
  position: Position;
  warned: string;
}

// The shape beside a name that is warned of, so that no colour is needed to see it.
export function signOf(warned: string): string {
  return warned === "" ? "" : warned === "near" ? "◆ " : "▲ ";
}

// Where the middle of the chart is, and how much of the world it shows.
export interface View {
  longitude: number;
  latitude: number;
  zoom: number;
}

export const WORLD: View = { longitude: 0, latitude: 0, zoom: 1 };

let land: Promise<GeoPermissibleObjects> | undefined;

// The outlines of land, fetched from the post once; no borders of states are drawn.
export function landOutlines(): Promise<GeoPermissibleObjects> {
  land ??= fetch(LAND, { credentials: "same-origin" }).then(async (answer) => {
    if (!answer.ok) throw new Error(t("The outlines of land could not be read from the post."));
    const atlas = (await answer.json()) as Topology<{ land: GeometryCollection }>;
    return feature(atlas, atlas.objects.land);
  });
  land.catch(() => (land = undefined));
  return land;
}

export function projection(view: View): GeoProjection {
  const polar = Math.abs(view.latitude) > 75;
  const base = polar ? geoAzimuthalEqualArea() : geoEquirectangular();
  const scale = (polar ? HEIGHT / 2.4 : WIDTH / (2 * Math.PI)) * view.zoom;
  return base
    .rotate([-view.longitude, -view.latitude])
    .translate([WIDTH / 2, HEIGHT / 2])
    .scale(scale)
    .clipExtent([
      [0, 0],
      [WIDTH, HEIGHT],
    ]);
}

function shape(outline: Outline): GeoPermissibleObjects {
  const geometries = [
    { type: "MultiPolygon", coordinates: outline.polygons } as MultiPolygon,
    { type: "MultiLineString" as const, coordinates: outline.lines },
  ];
  return { type: "GeometryCollection", geometries };
}

// A view in which a place is in the middle.
export function around(at: Position, zoom: number): View {
  return { longitude: at[0], latitude: at[1], zoom };
}

export function anyPlace(outlines: Outline[]): Position | null {
  for (const each of outlines) {
    const found = each.polygons[0]?.[0]?.[0] ?? each.lines[0]?.[0] ?? each.points[0];
    if (found) return found;
  }
  return null;
}

export function chart(
  view: View,
  outlinesOfLand: GeoPermissibleObjects | null,
  areas: Drawn[],
  craft: Craft[],
  chosen: string,
  choose: (id: string) => void,
): TemplateResult {
  const placed = projection(view);
  const path = geoPath(placed);
  const drawn = areas.flatMap((each) => each.outlines.map((outline) => ({ each, outline })));
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${t("Map; every object on it stands in the table below")}>
    <rect class="sea" width=${WIDTH} height=${HEIGHT}></rect>
    <path class="grid" d=${path(geoGraticule10()) ?? ""}></path>
    ${outlinesOfLand ? svg`<path class="land" d=${path(outlinesOfLand) ?? ""}></path>` : nothing}
    ${drawn.map(
      ({ each, outline }) => svg`<path
        class="zone ${each.kind} ${each.id === chosen ? "chosen" : ""}"
        d=${path(shape(outline)) ?? ""}
        @click=${() => choose(each.id)}
      ><title>${each.name}</title></path>
      ${outline.points.map((point) => {
        const at = placed(point);
        return at ? svg`<circle class="zone ${each.kind}" cx=${at[0]} cy=${at[1]} r="5"><title>${each.name}</title></circle>` : nothing;
      })}`,
    )}
    ${craft.map((each) => {
      const at = placed(each.position);
      if (!at) return nothing;
      const [x, y] = at;
      return svg`<path class="craft ${each.warned}" d=${`M${x} ${y - 7}L${x + 6} ${y + 6}L${x - 6} ${y + 6}Z`}><title>${each.name}</title></path>
        <text class="craft-name" x=${x + 8} y=${y + 4}>${signOf(each.warned)}${each.name}</text>`;
    })}
  </svg>`;
}
