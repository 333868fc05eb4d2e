// Runs the tests. REPORTLINT names the server that the client is tried with: the program, or a Python that has it.

import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { build } from "esbuild";

process.chdir(dirname(import.meta.dirname));
rmSync("build/test", { recursive: true, force: true });
const tests = readdirSync("test").filter((name) => name.endsWith(".test.ts"));
await build({
  entryPoints: tests.map((name) => `test/${name}`),
  outdir: "build/test",
  bundle: true,
  packages: "external",
  format: "cjs",
  platform: "node",
  target: "node20",
  sourcemap: "inline",
  logLevel: "warning",
});

const env = { ...process.env };
if (env.REPORTLINT) {
  // The tests run in this folder, whoever names the server from another.
  env.REPORTLINT = resolve(env.INIT_CWD ?? ".", env.REPORTLINT);
} else {
  console.log("\n!! REPORTLINT is not set: nothing is tried with a real server. REPORTLINT=…/reportlint npm run check\n");
}
const { status } = spawnSync(
  process.execPath,
  ["--enable-source-maps", "--test", ...tests.map((name) => `build/test/${name.replace(/\.ts$/, ".js")}`)],
  { stdio: "inherit", env },
);
process.exit(status ?? 1);
