// Makes what is shipped: dist/, the licence, and the notices of what dist/ has of others.

import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const here = dirname(import.meta.dirname);
process.chdir(here);
rmSync("dist", { recursive: true, force: true });

const { metafile } = await build({
  entryPoints: ["src/extension.ts", "src/client.ts"],
  outdir: "dist",
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  minify: true,
  legalComments: "none", // ThirdPartyNotices.txt has all of them in full.
  metafile: true,
  logLevel: "warning",
  external: ["vscode"],
  // The connection is loaded by the extension when it is needed.
  supported: { "dynamic-import": false },
  plugins: [
    {
      name: "late",
      setup({ onResolve }) {
        onResolve({ filter: /^\.\/client$/ }, ({ kind }) =>
          kind === "dynamic-import" ? { path: "./client.js", external: true } : undefined,
        );
      },
    },
  ],
});

const packages = new Map();
for (const input of Object.keys(metafile.inputs)) {
  const found = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(input);
  if (found) {
    packages.set(found[2], found[1]);
  }
}
const notices = [...packages].sort().map(([name, folder]) => {
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const text = licence(folder);
  if (text === undefined) {
    throw new Error(`${name} has no licence`);
  }
  return `${name} ${version} (${license})\n${"=".repeat(60)}\n\n${text.trim()}\n`;
});
writeFileSync("ThirdPartyNotices.txt", notices.join("\n\n"));
copyFileSync(join("..", "..", "LICENSE"), "LICENSE.txt");
console.log(`dist: ${Object.entries(metafile.outputs).map(([file, { bytes }]) => `${file} ${(bytes / 1024).toFixed(0)} kB`).join(", ")}; ${packages.size} packages of others`);

function licence(folder) {
  for (const name of ["LICENSE", "LICENSE.txt", "LICENSE.md", "License.txt", "license", "LICENCE"]) {
    try {
      return readFileSync(join(folder, name), "utf8");
    } catch {
      // Another name, then.
    }
  }
  return undefined;
}
