// Makes the page: one script, one style sheet, and the licences of what went into them.
import { build } from "esbuild";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const target = join(root, "src/reportlint/serve/static");
const EXAMPLE = join(root, "examples/reports/yunxi-water-2024-faulty.txt");
const LICENCE = /^(licen[cs]e|notice)([.-].*)?$/i;
const MODULE = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//;

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });

const result = await build({
  absWorkingDir: here,
  entryPoints: { page: "src/main.ts" },
  outdir: target,
  bundle: true,
  format: "esm",
  target: ["chrome105", "edge105", "firefox115", "safari16.4"],
  charset: "utf8",
  minify: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

for (const name of ["index.html", "style.css", "icon.svg"]) await cp(join(here, "src", name), join(target, name));
await cp(EXAMPLE, join(target, "example.txt"));
await writeFile(join(target, "licenses.txt"), await licences(bundled(result.metafile)), "utf8");

/** The packages of which something is in the script. */
function bundled(metafile) {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => MODULE.exec(path)?.[1]);
  return [...new Set(used.filter(Boolean))].sort();
}

/** What their authors ask to be passed on; a package without it breaks the build. */
async function licences(names) {
  const parts = ["The page contains code of these packages, under the licences that follow their names.\n"];
  for (const name of names) {
    const folder = join(here, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const files = (await readdir(folder)).filter((file) => LICENCE.test(file)).sort();
    if (files.length === 0) throw new Error(`${name} has no licence file`);
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
    parts.push(`${"=".repeat(72)}\n${name} ${version} (${license})\n\n${texts.map((text) => text.trim()).join("\n\n")}\n`);
  }
  return parts.join("\n");
}
