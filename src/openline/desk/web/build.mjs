// Builds the page into ../static, or says in one sentence why not.  `make` calls it.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static");

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const built = await build({
  absWorkingDir: here,
  entryPoints: ["desk.ts", "login.ts", "live.ts", "desk.css", "login.css"],
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
});
// The indentation inside templates is for whoever writes them.
for (const name of ["desk.js", "login.js"]) {
  const script = await readFile(join(out, name), "utf8");
  await writeFile(join(out, name), script.replace(/\n {2,}/g, "\n"));
}
await copyFile(join(here, "../../../../node_modules/world-atlas/land-50m.json"), join(out, "land.json"));
for (const name of ["desk.html", "login.html", "icon.svg", "icon-alarm.svg"]) {
  await copyFile(join(here, name), join(out, name));
}

// Each catalogue whole for whoever has signed in, and with the words of the login page alone for strangers.
const SENTENCE = /\b(?:t|say|english)\(\s*"((?:[^"\\]|\\.)*)"\s*[,)]/g;
const { inputs } = Object.values(built.metafile.outputs).find((each) => each.entryPoint === "login.ts");
const sources = await Promise.all(Object.keys(inputs).filter((each) => each.endsWith(".ts")).map((each) => readFile(join(here, each), "utf8")));
const codes = JSON.parse(await readFile(join(here, "codes.json"), "utf8"));
const asked = new Set([
  ...sources.flatMap((source) => [...source.matchAll(SENTENCE)].map(([, english]) => JSON.parse(`"${english}"`))),
  ...codes.roles,
  ...codes["login errors"].map((each) => `error ${each}`),
]);
for (const name of await readdir(join(here, "words"))) {
  const catalogue = JSON.parse(await readFile(join(here, "words", name), "utf8"));
  const words = Object.entries(catalogue.words).filter(([english]) => asked.has(english));
  await writeFile(join(out, name), JSON.stringify(catalogue));
  await writeFile(join(out, `login-${name}`), JSON.stringify({ ...catalogue, words: Object.fromEntries(words) }));
}
