// Builds the page into ../static, or says in one sentence why not.  `make` calls it.
import { build } from "esbuild";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static");

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: ["desk.ts", "login.ts", "live.ts", "desk.css", "login.css"],
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
});
await copyFile(join(here, "../../../../node_modules/world-atlas/land-50m.json"), join(out, "land.json"));
for (const name of ["desk.html", "login.html", "icon.svg", "icon-alarm.svg"]) {
  await copyFile(join(here, name), join(out, name));
}
